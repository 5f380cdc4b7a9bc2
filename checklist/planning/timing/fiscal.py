"""Fiscal years and their halves, quarters and months."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from checklist.planning.inputs import Inputs

Grain = Literal["month", "quarter", "half", "year"]

MONTHS_IN: dict[Grain, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
APRIL = 4


@dataclass(frozen=True, slots=True)
class Period:
    """Part of a fiscal year, which is named by the calendar year it starts in; `number` counts from 1."""

    grain: Grain
    fiscal_year: int
    number: int
    first: date
    last: date


def fiscal_start(inputs: Inputs) -> int:
    """Return the month in which the fiscal year starts, April unless said otherwise."""
    chosen = inputs.choice("fiscal_year_start")
    return month_number(chosen) if chosen else APRIL


def month_number(option: str) -> int:
    """Return the month behind an option id of `m1` to `m12`."""
    return int(option.removeprefix("m"))


def period_of(day: date, grain: Grain, start: int = APRIL) -> Period:
    """Return the period that a day falls in, the fiscal year starting in month `start`."""
    months = MONTHS_IN[grain]
    year, month = divmod(day.year * 12 + day.month - start, 12)
    number = month // months
    first = year * 12 + start - 1 + number * months
    return Period(grain, year, number + 1, _first_day(first), _last_day(first + months - 1))


def periods(first: date, last: date, grain: Grain, start: int = APRIL) -> tuple[Period, ...]:
    """Return the periods from the one that holds `first` to the one that holds `last`."""
    found = [period_of(first, grain, start)]
    while found[-1].last < last:
        found.append(period_of(_first_day(_months(found[-1].last) + 1), grain, start))
    return tuple(found)


def months_spanned(first: date, last: date) -> int:
    """Return how many calendar months two days and what lies between touch."""
    return _months(last) - _months(first) + 1


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


def _last_day(months: int) -> date:
    year, month = months // 12, months % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])
