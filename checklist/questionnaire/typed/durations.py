"""Typed durations, in the unit that was typed, and calendar arithmetic with them."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from checklist.errors import TypedError
from checklist.questionnaire.typed.numbers import plain_number, prepared
from checklist.questionnaire.typed.text import shown

DurationUnit = Literal["day", "week", "month", "year"]

DAYS: dict[DurationUnit, Fraction] = {
    "day": Fraction(1),
    "week": Fraction(7),
    "month": Fraction(365, 12),
    "year": Fraction(365),
}
MAX_YEARS = 50

_CODE = "not_a_duration"
_NUMBER = r"([0-9][0-9,.]*|an?\b|one\b)"
_MONTH = r"(?:[かヶカヵケ箇個]月間?|months?|mos?\b)"
_YEAR = r"(?:年間?|years?|yrs?\b)"
_SPELLINGS: tuple[tuple[DurationUnit, str], ...] = (
    ("day", r"(?:日間?|days?)"),
    ("week", r"(?:週間?|weeks?|wks?\b)"),
    ("month", _MONTH),
    ("year", _YEAR),
)
_SINGLE = tuple((unit, re.compile(rf"{_NUMBER}\s*{words}")) for unit, words in _SPELLINGS)
_HALF_YEAR = re.compile(r"半年間?|half a year|half year")
_AND_A_HALF = re.compile(rf"{_NUMBER}\s*(年|[かヶカヵケ箇個]月|週間?)半")
_YEARS_AND_MONTHS = re.compile(rf"{_NUMBER}\s*{_YEAR}\s*(?:と|and)?\s*{_NUMBER}\s*{_MONTH}")
_CALENDAR_MONTH = re.compile(r"([0-9]{1,2})\s*月")
_BARE = re.compile(r"[0-9][0-9,. ]*")


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of days, weeks, calendar months or years."""

    count: int
    unit: DurationUnit

    @property
    def days(self) -> Fraction:
        """Return the length in days, a month being 365/12 and a year 365."""
        return self.count * DAYS[self.unit]


def read_duration(text: str) -> Duration:
    """Read `3か月`, `90日`, `1年半` or `2 weeks`; parts of a month or week are refused."""
    body = prepared(text)
    if body.startswith(("-", "△", "▲")):
        raise TypedError("negative", typed=shown(text))
    duration = _duration(body, text)
    if duration.days > MAX_YEARS * DAYS["year"]:
        raise TypedError("duration_too_long", typed=shown(text), years=MAX_YEARS)
    return duration


def subtract(day: datetime.date, duration: Duration) -> datetime.date:
    """Return the day one duration earlier; months are calendar months, clamped to the month's last day."""
    if duration.unit in ("day", "week"):
        return day - datetime.timedelta(days=duration.count * int(DAYS[duration.unit]))
    months = day.year * 12 + day.month - 1 - duration.count * (12 if duration.unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _duration(body: str, text: str) -> Duration:
    if _HALF_YEAR.fullmatch(body):
        return Duration(6, "month")
    if half := _AND_A_HALF.fullmatch(body):
        count = _count(half.group(1), text) + Fraction(1, 2)
        return _whole(count, "year" if half.group(2) == "年" else "month", text)
    if both := _YEARS_AND_MONTHS.fullmatch(body):
        return _whole(_count(both.group(1), text) * 12 + _count(both.group(2), text), "month", text)
    for unit, pattern in _SINGLE:
        if single := pattern.fullmatch(body):
            return _whole(_count(single.group(1), text), unit, text)
    return _refuse(body, text)


def _whole(count: Fraction, unit: DurationUnit, text: str) -> Duration:
    """Return a whole number of units; 1.5 years are 18 months."""
    if count.denominator == 1:
        return Duration(int(count), unit)
    if unit == "year" and (count * 12).denominator == 1:
        return Duration(int(count * 12), "month")
    raise TypedError("fractional_duration", typed=shown(text), days=str(round(count * DAYS[unit])))


def _count(number: str, text: str) -> Fraction:
    return Fraction(1) if number in ("a", "an", "one") else plain_number(number, text, _CODE)


def _refuse(body: str, text: str) -> Duration:
    if _BARE.fullmatch(body):
        raise TypedError("duration_without_unit", typed=shown(text), count=body)
    if month := _CALENDAR_MONTH.fullmatch(body):
        raise TypedError("month_or_months", typed=shown(text), count=month.group(1))
    raise TypedError(_CODE, typed=shown(text))
