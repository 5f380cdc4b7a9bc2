"""Days and periods named in running text: `2027年3月末までに`, `by the end of FY2026`, 今期中."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checklist.errors import TypedError
from checklist.questionnaire.typed.dates import FIRST, LAST, read_date


@dataclass(frozen=True, slots=True)
class Period:
    """A day or period as written, at `start` to `end` of the text.

    `first` and `last` are the widest reading of it, and None for one that names no year, such as 今期.
    """

    typed: str
    start: int
    end: int
    first: datetime.date | None = None
    last: datetime.date | None = None

    @property
    def is_vague(self) -> bool:
        """Say whether the period names no year."""
        return self.first is None

    def holds(self, day: datetime.date) -> bool:
        """Say whether a day may be meant; a vague period may mean any."""
        return self.first is None or self.last is None or self.first <= day <= self.last


_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_NAMES |= {name[:3]: number for name, number in _NAMES.items()} | {"sept": 9}
_NAME = f"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})\\b\\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_PART_JA = r"(?:上期|下期|上半期|下半期|前期|後期|第?[一二三四1-4]四半期|[1-4]q|q[1-4])"
_PART = rf"(?:{_PART_JA}|h[12])"
_AGO = re.compile(r"\s*(?:比|実績|の実績|から|より|以降)")
_SINCE = re.compile(r"\b(?:from|since|than|vs\.?|over|compared (?:to|with))\s+(?:the\s+)?$")
_ERA = re.compile(r"(?:令和|\br)\s*([0-9]{1,2}|元)\s*年")
_FOUR = re.compile(r"[0-9]{4}")
_COUNTED = r"(?:[0-9]+|an?|one|two|three|six|nine|twelve)"

_DAYS = (
    r"[0-9]{4}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日",
    r"(?<![0-9])[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])",
    r"(?<![0-9])[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}(?![0-9])",
    rf"(?<![0-9])[0-9]{{1,2}}{_ORDINAL}\s+(?:of\s+)?{_NAME},?\s+[0-9]{{4}}",
    rf"{_NAME}\s+[0-9]{{1,2}}{_ORDINAL},?\s+[0-9]{{4}}",
)
_MONTHS = (
    r"(?P<year>[0-9]{4})\s*年\s*(?P<month>[0-9]{1,2})\s*月(?:期末|期|末日?|上旬|中旬|下旬|中)?",
    r"(?<![0-9])(?P<year>20[0-9]{2})[-/.](?P<month>[0-9]{1,2})(?![0-9])",
    rf"(?P<name>{_NAME}),?\s+(?P<year>[0-9]{{4}})",
)
_FISCAL = (
    rf"(?:{_PART}\s*(?:of\s+)?)?\bfy\s*'?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9])\s*{_PART}?末?",
    rf"(?P<year>[0-9]{{4}})\s*年度\s*の?{_PART_JA}?(?:末|内|中)?",
    r"(?:fiscal|financial)(?: year)?\s+(?P<year>[0-9]{4})",
)
_PARTS_OF_YEARS = (
    rf"{_PART}\s*(?:of\s+)?(?P<year>20[0-9]{{2}})(?![0-9])",
    rf"(?P<year>20[0-9]{{2}})\s*年?\s*の?{_PART}末?",
)
_YEARS = (
    r"(?P<year>20[0-9]{2})\s*年(?:末|内|中)?",
    r"\b(?:in|by|during|until|before|through|end of|close of)\s+(?P<year>20[2-5][0-9])\b(?!,[0-9])",
)
_VAGUE = (
    r"(?:今|当|来|次|本)(?:年度|期|年|月|週)(?:末|内|中)?",
    rf"{_PART_JA}(?:末|内|中)?",
    r"年度?内|年末|年度末|期末|期中|期内|決算(?:期|日|月)?まで",
    r"(?:[0-9]+|[一二三四五六七八九十]+|半)\s*(?:[かヶカヵケ箇個]月|年|週間?|四半期)\s*(?:以内|後|間で|で)",
    r"(?<![0-9月])[0-9]{1,2}\s*月(?:[0-9]{1,2}日|末日?|上旬|中旬|下旬|中|まで|期)",
    r"(?:this|next|the|current|coming)\s+(?:(?:fiscal|financial|business|calendar|current|coming)\s+)?"
    r"(?:year|quarter|half|month)\b(?!\s*-?on)(?:[- ]end)?",
    r"(?:(?:fiscal|financial)\s+)?(?:year|quarter|month)[- ]end",
    r"end of (?:the )?(?:(?:fiscal|financial) )?(?:year|quarter|month|half)",
    r"\bq[1-4]\b|\bh[12]\b",
    rf"\b(?:within|in|over|after)\s+(?:the next\s+)?{_COUNTED}\s+(?:months?|quarters?|years?|weeks?)\b",
    rf"\b(?:by|before|until|in|through|during|end of)\s+(?:the end of\s+)?{_NAME}(?!\s*[0-9])",
)

_Range = tuple[datetime.date, datetime.date]
_Read = Callable[["re.Match[str]"], "_Range | None"]


def find_periods(text: str) -> tuple[Period, ...]:
    """Return the days and periods named in normalised lower-case text, in their order.

    What is a point of comparison (前年比, `since 2025`) is left out.
    """
    taken: list[Period] = []
    for patterns, read in _READERS:
        for pattern in patterns:
            for found in pattern.finditer(text):
                if any(found.start() < other.end and other.start < found.end() for other in taken):
                    continue
                taken.append(Period(found.group(), found.start(), found.end(), *(read(found) or ())))
    return tuple(sorted(_ahead(text, taken), key=lambda period: period.start))


def in_common_calendar(text: str) -> str:
    """Write 令和9年 as 2027年; the rest stays as it is."""
    return _ERA.sub(lambda era: f"{2018 + (1 if era.group(1) == '元' else int(era.group(1)))}年", text)


def _ahead(text: str, periods: list[Period]) -> Iterator[Period]:
    for period in periods:
        if not _AGO.match(text, period.end) and not _SINCE.search(text[: period.start]):
            yield period


def _day(found: re.Match[str]) -> _Range | None:
    """Return the day, or the whole year of one that does not exist or has two readings."""
    try:
        day = read_date(found.group())
    except TypedError:
        year = int(_FOUR.findall(found.group())[0])
        return _from_to((year, 1), (year, 12))
    return day, day


def _month(found: re.Match[str]) -> _Range | None:
    groups = found.groupdict()
    name, year = groups.get("name"), int(groups["year"])
    month = _NAMES[name.rstrip(".")] if name else int(groups["month"])
    return _from_to((year, month), (year, month))


def _fiscal(found: re.Match[str]) -> _Range | None:
    """Return the widest reading: some name a fiscal year by its first day, others by its last."""
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return _from_to((year, 1), (year + 1, 12))


def _part_of_year(found: re.Match[str]) -> _Range | None:
    """Return the calendar year and, for those whose year starts in April, the months up to March."""
    year = int(found["year"])
    return _from_to((year, 1), (year + 1, 3))


def _year(found: re.Match[str]) -> _Range | None:
    year = int(found["year"])
    return _from_to((year, 1), (year, 12))


def _from_to(start: tuple[int, int], end: tuple[int, int]) -> _Range | None:
    """Return whole months from a year and month to another, nothing where there is no such month."""
    if not FIRST.year <= start[0] < LAST.year or not 1 <= end[1] <= 12:
        return None
    return datetime.date(*start, 1), datetime.date(*end, calendar.monthrange(*end)[1])


def _no_year(found: re.Match[str]) -> None:
    return None


_READERS: tuple[tuple[tuple[re.Pattern[str], ...], _Read], ...] = tuple(
    (tuple(re.compile(pattern) for pattern in patterns), read)
    for patterns, read in (
        (_DAYS, _day),
        (_MONTHS, _month),
        (_FISCAL, _fiscal),
        (_PARTS_OF_YEARS, _part_of_year),
        (_YEARS, _year),
        (_VAGUE, _no_year),
    )
)
