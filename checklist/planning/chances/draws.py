"""The draws of a simulation: the only module that uses numpy, imported by what simulates alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, log, prod
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from checklist.planning.chances.assumed import SEED, Case, Uncertain

# The normal quantile of 90 %, so that low and high are met in one of ten cases each.
_Z90 = 1.2815515655446004
# From so many expected events on, their count is as good as normal.
_MANY = 1e3
# Beyond so many, whole numbers get too large to be drawn one by one.
_TOO_MANY = 1e12
# Below this rate nothing ever comes of a try.
_NEVER = 1e-300
# Shares are said in whole per cent, for which a quarter of the runs is enough.
_PART_FOR_SHARES = 4

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the runs gave: the chance, P10, P50, P90 of counts and amounts, the tries for 80 % and 90 %.

    `shares` are the parts of the variance of the result, by id; `luck` is what fixed rates would leave.
    """

    chance: float
    counts: tuple[float, ...]
    amounts: tuple[float, ...]
    tries_80: float
    tries_90: float
    shares: tuple[tuple[str, float], ...]
    luck: float


@lru_cache(maxsize=64)
def simulate(case: Case, samples: int) -> Drawn:
    """Run the case; the same case gives the same result, and a changed input meets the same dice.

    The tries that a run takes until its need is met are drawn (negative binomial), so that more tries never
    lower the chance; what the tries bring is drawn beside them (binomial).
    """
    drawn = {one.id: _values(one, samples) for one in case.uncertain}
    rate = _product((*case.first, *case.shared), drawn, samples)
    rate_beside = _product((*case.second, *case.shared), drawn, samples)
    deal = _product((case.deal,) if case.deal else (), drawn, samples)
    counts = _successes(case.tries, rate, "bottom")
    needs: Floats | float = np.ceil(case.part / deal - _NOISE) if case.deal else float(case.need)
    if case.second_tries:
        beside = _successes(case.second_tries, rate_beside, "beside")
        counts = counts + beside
        needs = np.maximum(needs - beside, 0.0)
    tries = _tries_until(needs, rate)
    tries_80, tries_90 = _quantiles(tries, (0.8, 0.9))
    shares, luck = _shares(case, drawn, rate, rate_beside, deal)
    return Drawn(
        chance=float(np.count_nonzero(tries <= case.tries)) / samples,
        counts=_quantiles(counts, (0.1, 0.5, 0.9)),
        amounts=_quantiles(counts * deal, (0.1, 0.5, 0.9)) if case.deal else (),
        tries_80=tries_80,
        tries_90=tries_90,
        shares=shares,
        luck=luck,
    )


def _dice(name: str) -> np.random.Generator:
    """Return the dice of one name, so that what else is drawn does not change them."""
    return np.random.Generator(np.random.PCG64((SEED, crc32(name.encode()))))


def _values(one: Uncertain, samples: int) -> Floats:
    dice = _dice(one.id)
    if one.counts is not None:
        count, of = one.counts
        return dice.beta(count + 0.5, of - count + 0.5, samples)
    return split_normal(one, dice.standard_normal(samples))


# What floats add at the end must not ask for one deal more.
_NOISE = 1e-9


def split_normal(one: Uncertain, normal: Floats) -> Floats:
    """Turn standard normals into values that have `low`, `likely` and `high` as P10, median and P90.

    Rates lie on the logit scale and amounts on the log scale; an end at 0 % or 100 %, which the logit scale
    does not hold, puts the rate on the plain scale, cut off at both ends.
    """
    assert one.low is not None and one.high is not None
    ends = (one.low, one.likely, one.high)
    values: Floats
    if one.amount:
        # Times the typical value, so that half of the draws are exactly that where an end is no further off.
        values = one.likely * np.exp(_two_pieces([log(end / one.likely) for end in ends], normal))
    elif one.low <= 0 or one.high >= 1:
        values = np.minimum(np.maximum(_two_pieces(ends, normal), 0.0), 1.0)
    else:
        odds = np.exp(_two_pieces([log(end / (1 - end)) for end in ends], normal))
        values = odds / (1 + odds)
    return values


def _two_pieces(ends: Iterable[float], normal: Floats) -> Floats:
    low, middle, high = ends
    below, above = (middle - low) / _Z90, (high - middle) / _Z90
    values = (above + below) / 2 * normal
    if above != below:
        values += (above - below) / 2 * np.abs(normal)
    values += middle
    return values


def _product(factors: tuple[Uncertain, ...], drawn: Mapping[str, Floats], samples: int) -> Floats:
    fixed = prod((factor.likely for factor in factors if factor.id not in drawn), start=1.0)
    total: Floats = np.full(samples, fixed)
    for factor in factors:
        if factor.id in drawn:
            total *= drawn[factor.id]
    return total


def _successes(tries: int, rate: Floats, name: str) -> Whole | Floats:
    if tries <= _TOO_MANY:
        return _dice(name).binomial(tries, rate)
    return _events(tries * rate, name)


def _tries_until(needs: Floats | float, rate: Floats) -> Floats:
    """Draw the tries until the needed successes have come (a Poisson count of failures, mixed by gamma)."""
    failures = _dice("gamma").standard_gamma(needs, len(rate))
    failures *= 1 / np.maximum(rate, _NEVER) - 1
    tries: Floats = np.add(_events(failures, "failures"), needs)
    return tries


def _events(expected: Floats, name: str) -> Whole | Floats:
    """Draw Poisson counts; large ones are normal to far less than what is rounded away."""
    if expected.min() < _MANY and expected.max() < _TOO_MANY:
        return _dice(name).poisson(expected)
    counts = _dice(name).standard_normal(len(expected))
    counts *= np.sqrt(expected)
    counts += expected
    return np.rint(np.maximum(counts, 0.0, out=counts), out=counts)


def _quantiles(values: Whole | Floats, shares: tuple[float, ...]) -> tuple[float, ...]:
    """Return the lowest value that each share of the runs stays within."""
    places = [ceil(round(share * len(values), 6)) - 1 for share in shares]
    if values.dtype.kind == "i" and values.max() < len(values):
        # Small counts are tallied, which is much faster than putting them in order.
        upto = np.cumsum(np.bincount(values))
        return tuple(float(place) for place in np.searchsorted(upto, places, side="right"))
    placed = np.partition(values, places)
    return tuple(float(placed[place]) for place in places)


def _shares(
    case: Case, drawn: Mapping[str, Floats], rate: Floats, rate_beside: Floats, deal: Floats
) -> tuple[tuple[tuple[str, float], ...], float]:
    """Split the variance of the result: what luck leaves, the rest by squared correlation."""
    enough = max(1, len(rate) // _PART_FOR_SHARES)
    rate, rate_beside, deal = rate[:enough], rate_beside[:enough], deal[:enough]
    expected = (case.tries * rate + case.second_tries * rate_beside) * deal
    luck = case.tries * rate * (1 - rate) + case.second_tries * rate_beside * (1 - rate_beside)
    luck *= deal * deal
    spread, left = float(np.var(expected)), float(np.mean(luck))
    if not spread + left > 0:
        return (), 0.0
    off = expected - np.mean(expected)
    squared = {name: _squared_correlation(values[:enough], off) for name, values in drawn.items()}
    whole = sum(squared.values()) or 1.0
    known = spread / (spread + left)
    return tuple((name, known * part / whole) for name, part in squared.items()), 1 - known


def _squared_correlation(values: Floats, off: Floats) -> float:
    """Return how much of a result, given as what it is off its mean, goes along with the values."""
    both, own, result = float(np.mean(values * off)), float(np.var(values)), float(np.var(off))
    return both * both / (own * result) if own > 0 and result > 0 else 0.0
