"""Last year's count of each month, and whether it can be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from checklist.planning.inputs import Inputs
from checklist.planning.timing.fiscal import month_number
from checklist.quantity import Known

QUESTION = "last_year_by_month"

Problem = Literal["", "not_given", "month_missing", "month_twice", "all_zero"]


@dataclass(frozen=True, slots=True)
class Season:
    """Last year's counts by month; `problem` says why they cannot be used, `months` which it concerns."""

    counts: Mapping[int, Fraction]
    problem: Problem = ""
    months: tuple[int, ...] = ()

    @property
    def weights(self) -> Mapping[int, Fraction] | None:
        """Return the counts where they can be used."""
        return None if self.problem else self.counts


def read_season(inputs: Inputs, first: date, last: date) -> Season:
    """Read last year's counts for the months from `first` to `last`, all of which have to be there."""
    rows = [(row.choice("month"), row.number("count")) for row in inputs.rows(QUESTION)]
    given = [(month_number(name), count.value) for name, count in rows if name and isinstance(count, Known)]
    counts, times = dict(given), Counter(month for month, _ in given)
    if not given:
        return Season({}, "not_given")
    if twice := tuple(sorted(month for month, times_given in times.items() if times_given > 1)):
        return Season(counts, "month_twice", twice)
    window = _months(first, last)
    if missing := tuple(month for month in window if month not in counts):
        return Season(counts, "month_missing", missing)
    if not any(counts[month] for month in window):
        return Season(counts, "all_zero", window)
    return Season(counts)


def _months(first: date, last: date) -> tuple[int, ...]:
    """Return the months of the year that two days and what lies between touch, each once and in order."""
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return tuple(dict.fromkeys(month % 12 + 1 for month in range(start, min(end, start + 11) + 1)))
