"""Spreading a whole number over days: by calendar, by season, and shifted by the lag of a step."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm

from checklist.planning.timing.fiscal import Period
from checklist.questionnaire.typed import Duration, subtract

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one month that share a weight evenly."""

    first: date
    last: date
    weight: Fraction

    @property
    def days(self) -> int:
        """Return the number of days, both ends counted."""
        return (self.last - self.first).days + 1

    def part(self, first: date, last: date) -> Stretch:
        """Return the days from `first` to `last` with their share of the weight."""
        days = (last - first).days + 1
        return Stretch(first, last, self.weight * days / self.days)


Flow = tuple[Stretch, ...]


def later(day: date, duration: Duration) -> date:
    """Return the day one duration later, clamped to the month's last day as when counting back."""
    return subtract(day, Duration(-duration.count, duration.unit))


def spread_over(first: date, last: date, season: Mapping[int, Fraction] | None = None) -> Flow:
    """Return the days from `first` to `last`, each alike or weighted by what its month holds in `season`."""
    whole = Stretch(first, last, Fraction((last - first).days + 1))
    flow = tuple(_by_month(whole))
    if season is None:
        return flow
    return tuple(Stretch(part.first, part.last, _in_season(part, season)) for part in flow)


def on_days(days: Iterable[date]) -> Flow:
    """Return single days that share alike."""
    return tuple(Stretch(day, day, Fraction(1)) for day in days)


def shifted(flow: Flow, lag: Duration) -> Flow:
    """Return the flow one lag later: every day moves by exactly that many days or calendar months."""
    return tuple(part for stretch in flow for part in _shifted(stretch, lag))


def shares(total: int, flow: Flow, periods: Sequence[Period]) -> tuple[int, ...]:
    """Return how many of `total` fall in each period: whole numbers that add up to `total`.

    They are the steps of the running total rounded half up, so that coarser periods agree with finer ones.
    """
    common = lcm(*(stretch.weight.denominator for stretch in flow))
    weights = [0] * len(periods)
    at = 0
    for stretch in flow:
        while periods[at].last < stretch.first:
            at += 1
        weights[at] += stretch.weight.numerator * (common // stretch.weight.denominator)
    return _rounded(total, weights)


def _rounded(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    whole, so_far, given, found = sum(weights), 0, 0, []
    for weight in weights:
        so_far += weight
        reached = (2 * total * so_far + whole) // (2 * whole)
        found.append(reached - given)
        given = reached
    return tuple(found)


def _in_season(part: Stretch, season: Mapping[int, Fraction]) -> Fraction:
    return season[part.first.month] * part.days / _length(part.first)


def _by_month(stretch: Stretch) -> Iterator[Stretch]:
    first = stretch.first
    while first <= stretch.last:
        last = min(stretch.last, first.replace(day=_length(first)))
        yield stretch.part(first, last)
        first = last + ONE_DAY


def _shifted(stretch: Stretch, lag: Duration) -> Iterator[Stretch]:
    first, last = later(stretch.first, lag), later(stretch.last, lag)
    if lag.unit in ("day", "week"):
        yield from _by_month(Stretch(first, last, stretch.weight))
        return
    # The days that a shorter month lacks all fall on its last day.
    short = max(0, stretch.last.day - last.day)
    kept = stretch.days - 1 - short
    if short and kept > 0:
        yield Stretch(first, last - ONE_DAY, stretch.weight * kept / stretch.days)
        yield Stretch(last, last, stretch.weight * (stretch.days - kept) / stretch.days)
    else:
        yield Stretch(first, last, stretch.weight)


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
