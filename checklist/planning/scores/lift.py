"""What an action says about who is won: its lift over everyone, and the points that follow.

The points put leads in an order; several added up are no probability, as actions go together.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log2
from typing import Literal

from checklist.planning.chances.chance import wilson_bounds

PRIOR_LEADS = 20
FEWEST_LEADS = 30
FEWEST_EXPECTED_WINS = 5
LEAST, MOST = -30, 40
# The square of the 97.5 % point of the normal distribution, 1.959964.
_Z_SQUARED = Fraction(3_841_459, 1_000_000)

Verdict = Literal["points", "no_difference", "too_few", "no_wins", "contradictory"]


@dataclass(frozen=True, slots=True)
class Counts:
    """So many leads, and how many of them were won."""

    leads: int
    won: int

    @property
    def rate(self) -> Fraction:
        return Fraction(self.won, self.leads)

    @property
    def add_up(self) -> bool:
        return 0 <= self.won <= self.leads and self.leads > 0

    def within(self, everyone: Counts) -> bool:
        """Return whether these can be some of everyone: neither more leads won, nor more lost."""
        lost = self.leads - self.won
        return self.won <= everyone.won and lost <= everyone.leads - everyone.won


@dataclass(frozen=True, slots=True)
class Lift:
    """The lift of one action; `points` are None where the counts give none, and the verdict says why.

    `times` is the smoothed rate over everyone's; `low` and `high` are the 95 % Wilson interval of the rate.
    """

    counts: Counts
    verdict: Verdict
    points: int | None = None
    times: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None


def measure_lift(action: Counts, everyone: Counts) -> Lift:
    """Return the lift of an action: p0 = W/N, p = (w + 20 p0)/(n + 20), points = 10 log2(p/p0).

    There are points only from 30 leads with 5 wins expected among them; 0 where the interval contains p0.
    """
    if not (action.add_up and everyone.add_up and action.within(everyone)):
        return Lift(action, "contradictory")
    if everyone.won == 0:
        return Lift(action, "no_wins")
    usual = everyone.rate
    low, high = wilson_bounds(action.won, action.leads)
    times = (action.won + PRIOR_LEADS * usual) / (action.leads + PRIOR_LEADS) / usual
    if action.leads < FEWEST_LEADS or action.leads * usual < FEWEST_EXPECTED_WINS:
        return Lift(action, "too_few", None, times, low, high)
    if _interval_contains(action, usual):
        return Lift(action, "no_difference", 0, times, low, high)
    return Lift(action, "points", points_of(times), times, low, high)


def points_of(times: Fraction) -> int:
    """Return 10 points for each doubling, from -30 to 40."""
    return max(LEAST, min(MOST, round(10 * log2(times))))


def _interval_contains(action: Counts, usual: Fraction) -> bool:
    """Say whether the 95 % Wilson interval contains a rate, by the score test that it inverts."""
    distance = action.rate - usual
    return distance * distance * action.leads <= _Z_SQUARED * usual * (1 - usual)
