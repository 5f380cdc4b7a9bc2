"""Typed dates, of the common and the Japanese calendar."""

from __future__ import annotations

import calendar
import datetime
import re

from checklist.errors import TypedError
from checklist.questionnaire.typed.text import normalised, shown

FIRST = datetime.date(1900, 1, 1)
LAST = datetime.date(2200, 12, 31)

_CODE = "not_a_date"
_WEEKDAY = re.compile(r"\s*\((?:[月火水木金土日](?:曜日?)?|[a-z]{3,9})\)$")
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_ERA = re.compile(r"(令和|平成|昭和|[rhs])\s*([0-9]{1,2}|元)\s*(年|[-/.])")
_MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS = _MONTH_NAMES | {name[:3]: number for name, number in _MONTH_NAMES.items()} | {"sept": 9}
_NAME = f"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\\.?"

_YEAR_FIRST = (
    re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日"),
    re.compile(r"([0-9]{4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,2})"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
)
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_NAME},?\s+([0-9]{{4}})")
_NAME_FIRST = re.compile(rf"{_NAME}\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_MONTH_END = re.compile(r"([0-9]{4})年\s*([0-9]{1,2})月末日?")
_MONTH_ONLY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*月?")
_NAMED_MONTH_ONLY = re.compile(rf"{_NAME},?\s+([0-9]{{4}})")
_NO_YEAR = re.compile(r"[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{1,2}")


def read_date(text: str) -> datetime.date:
    """Read one day, such as `2027-03-31`, `令和9年3月31日` or `31 March 2027`.

    Raise TypedError: date_without_day, date_without_year, ambiguous_date, no_such_date,
    date_out_of_range or not_a_date.
    """
    body = _common_calendar(_WEEKDAY.sub("", normalised(text).lower()))
    year, month, day = _parts(body, text)
    date = _date(year, month, day, text)
    if not FIRST <= date <= LAST:
        raise TypedError("date_out_of_range", typed=shown(text), first=str(FIRST), last=str(LAST))
    return date


def _common_calendar(body: str) -> str:
    """Write 令和9年 as 2027年; the rest stays as it is."""
    era = _ERA.match(body)
    if not era:
        return body
    year = _ERAS[era.group(1)] + (1 if era.group(2) == "元" else int(era.group(2)))
    return f"{year}{era.group(3)}{body[era.end() :]}"


def _parts(body: str, text: str) -> tuple[int, int, int]:
    for pattern in _YEAR_FIRST:
        if found := pattern.fullmatch(body):
            numbers = [int(part) for part in found.groups() if part.isdigit()]
            return numbers[0], numbers[1], numbers[2]
    if found := _DAY_FIRST.fullmatch(body):
        return int(found.group(3)), _MONTHS[found.group(2)], int(found.group(1))
    if found := _NAME_FIRST.fullmatch(body):
        return int(found.group(3)), _MONTHS[found.group(1)], int(found.group(2))
    if found := _YEAR_LAST.fullmatch(body):
        return _year_last(int(found.group(1)), int(found.group(3)), int(found.group(4)), text)
    if found := _MONTH_END.fullmatch(body):
        year, month = int(found.group(1)), int(found.group(2))
        return year, month, _last_day(year, month)
    return _refuse(body, text)


def _year_last(first: int, second: int, year: int, text: str) -> tuple[int, int, int]:
    """03/04/2027 has two readings, 31/03/2027 only one."""
    readings = {(year, first, second), (year, second, first)}
    possible = sorted(reading for reading in readings if 1 <= reading[2] <= _last_day(*reading[:2]))
    if len(possible) > 1:
        one, other = (datetime.date(*reading) for reading in possible)
        raise TypedError("ambiguous_date", typed=shown(text), one=str(one), other=str(other))
    return possible[0] if possible else (year, second, first)


def _date(year: int, month: int, day: int, text: str) -> datetime.date:
    last = _last_day(year, month)
    if not 1 <= day <= last:
        raise TypedError("no_such_date", typed=shown(text), year=year, month=month, last=last)
    return datetime.date(year, month, day)


def _last_day(year: int, month: int) -> int:
    """Return the number of days of a month, 0 for a month or year that does not exist."""
    if not (1 <= month <= 12 and datetime.MINYEAR <= year <= datetime.MAXYEAR):
        return 0
    return calendar.monthrange(year, month)[1]


def _refuse(body: str, text: str) -> tuple[int, int, int]:
    if found := _MONTH_ONLY.fullmatch(body):
        _refuse_month(int(found.group(1)), int(found.group(2)), text)
    if found := _NAMED_MONTH_ONLY.fullmatch(body):
        _refuse_month(int(found.group(2)), _MONTHS[found.group(1)], text)
    if _NO_YEAR.fullmatch(body):
        raise TypedError("date_without_year", typed=shown(text))
    if _SHORT_YEAR.fullmatch(body):
        raise TypedError("short_year", typed=shown(text))
    raise TypedError(_CODE, typed=shown(text))


def _refuse_month(year: int, month: int, text: str) -> None:
    last = _last_day(year, month)
    if not last:
        raise TypedError(_CODE, typed=shown(text))
    first_day, last_day = datetime.date(year, month, 1), datetime.date(year, month, last)
    raise TypedError("date_without_day", typed=shown(text), first=str(first_day), last=str(last_day))
