"""Chances: the one place where floats are used; what leaves it is rounded or a whole count."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import ceil, exp, floor, lgamma, log, log1p, log10, sqrt
from statistics import NormalDist

_NORMAL = NormalDist()
# Above this many trials the exact tail loses digits; a Poisson tail stands in for few successes and a
# skew-corrected normal one for many. Both are then within 0.001 of it.
_EXACT_UP_TO = 200_000
_FEW_SUCCESSES = 1_000
FEWEST_EVENTS = 10


def chance_of_at_least(successes: int, trials: int, rate: float) -> float:
    """Return the chance of `successes` or more in `trials` independent tries (binomial upper tail)."""
    if successes <= 0:
        return 1.0
    if successes > trials:
        return 0.0
    if rate >= 1.0:
        return 1.0
    if rate <= 0.0:
        return 0.0
    if trials <= _EXACT_UP_TO:
        return incomplete_beta(successes, trials - successes + 1, rate)
    if successes <= _FEW_SUCCESSES:
        return _poisson_tail(successes, trials * rate)
    return _normal_tail(successes, trials, rate)


def _poisson_tail(successes: int, mean: float) -> float:
    """Return the chance of `successes` or more where many tries bring `mean` on average."""
    log_mean = log(mean)
    below = sum(exp(count * log_mean - mean - lgamma(count + 1)) for count in range(successes))
    return min(1.0, max(0.0, 1.0 - below))


def _normal_tail(successes: int, trials: int, rate: float) -> float:
    """Return the tail with a first-order correction for skew (Cornish-Fisher)."""
    spread = sqrt(trials * rate * (1 - rate))
    z = (successes - 0.5 - trials * rate) / spread
    skew = (1 - 2 * rate) / spread
    tail = 1 - _NORMAL.cdf(z) + skew * (z * z - 1) / 6 * _NORMAL.pdf(z)
    return min(1.0, max(0.0, tail))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) (DLMF 8.17.22, by Lentz's method)."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(a, b, x) / a
    return 1.0 - front * _continued_fraction(b, a, 1.0 - x) / b


def _continued_fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0), tiny)
    value = d
    for step in range(1, 10_000):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        d = 1.0 / _away_from_zero(1.0 + even * d, tiny)
        c = _away_from_zero(1.0 + even / c, tiny)
        value *= c * d
        d = 1.0 / _away_from_zero(1.0 + odd * d, tiny)
        c = _away_from_zero(1.0 + odd / c, tiny)
        value *= c * d
        if abs(c * d - 1.0) < 1e-14:
            break
    return value


def _away_from_zero(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny


@lru_cache(maxsize=512)
def trials_for_chance(successes: int, rate: Fraction, chance: float) -> int:
    """Return the fewest tries that give at least `successes` with at least `chance`; `rate` is above 0."""
    if rate >= 1:
        return successes
    p = float(rate)
    low = max(successes, 1) - 1
    high = max(successes, ceil(_normal_trials(successes, p, chance)))
    while chance_of_at_least(successes, high, p) < chance:
        low, high = high, high + max(1, high // 8)
    return _first_whole(low, high, lambda n: chance_of_at_least(successes, n, p) >= chance)


def _normal_trials(successes: int, rate: float, chance: float) -> float:
    z = _NORMAL.inv_cdf(chance)
    root = (z * sqrt(1 - rate) + sqrt(z * z * (1 - rate) + 4 * successes)) / 2
    return root * root / rate


def _first_whole(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first whole number above `low` for which `holds`, which is true of `high` and monotone."""
    near = max(low, high - max(2, high // 50))
    if near > low and holds(near):
        high = near
    elif near > low:
        low = near
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


@lru_cache(maxsize=512)
def rate_for_chance(
    successes: int,
    trials: int,
    chance: float,
    below: Fraction = Fraction(1),
    beside: tuple[int, float] | None = None,
) -> Fraction | None:
    """Return the lowest rate of one step that gives `successes` with `chance`, or None when none does.

    `below` is the rate from there to the bottom, `beside` a second group of (tries, rate to the bottom).
    Rounded up to 0.1 points, or to 0.001 points where it is at most half a percent.
    """
    for scale in (1_000, 100_000):
        steps = _steps_for_chance(successes, trials, chance, float(below) / scale, scale, beside)
        if steps is None or steps * 200 > scale:
            break
    return None if steps is None else Fraction(steps, scale)


def _steps_for_chance(
    successes: int,
    trials: int,
    chance: float,
    each: float,
    scale: int,
    beside: tuple[int, float] | None,
) -> int | None:
    def enough(steps: int) -> bool:
        rate = min(1.0, steps * each)
        if beside is None:
            return chance_of_at_least(successes, trials, rate) >= chance
        return chance_of_sum(successes, (trials, rate), beside) >= chance

    return _first_whole(-1, scale, enough) if enough(scale) else None


@lru_cache(maxsize=64)
def chances_of_each(tries: int, rate: float) -> tuple[float, ...]:
    """Return the chance of exactly 0, 1, 2 … successes, up to where the rest is below 1e-12."""
    chances, below = [], 1.0
    for brought in range(tries + 1):
        at_least = chance_of_at_least(brought + 1, tries, rate)
        chances.append(below - at_least)
        below = at_least
        if below < 1e-12:
            break
    return tuple(chances)


def chance_of_sum(successes: int, first: tuple[int, float], second: tuple[int, float]) -> float:
    """Return the chance that two independent groups of (tries, rate) bring `successes` together."""
    return sum(
        chance * chance_of_at_least(successes - brought, *first)
        for brought, chance in enumerate(chances_of_each(*second))
        if chance > 1e-9
    )


@lru_cache(maxsize=256)
def trials_beside(successes: int, rate: Fraction, second: tuple[int, float], chance: float) -> int:
    """Return the fewest tries at `rate` that, beside a second group, give `successes` with `chance`."""
    p, high = float(rate), trials_for_chance(successes, rate, chance)
    return _first_whole(-1, high, lambda n: chance_of_sum(successes, (n, p), second) >= chance)


def quantile(share: float, expected: float, at_least: Callable[[int], float]) -> int:
    """Return the lowest count that the result stays within with a chance of `share`.

    `at_least` is the chance of a count or more; `expected` is where the search starts.
    """
    high = ceil(expected)
    while at_least(high + 1) > 1 - share:
        high += max(1, high // 8)
    return _first_whole(-1, high, lambda count: at_least(count + 1) <= 1 - share)


def wilson_bounds(count: int, of: int) -> tuple[Fraction, Fraction]:
    """Return the 95 % Wilson interval of a rate (Wilson 1927); `of` is above 0.

    Two digits are kept; the upper bound is rounded up, so that it is never 0.
    """
    z = _NORMAL.inv_cdf(0.975)
    p = count / of
    centre = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return _two_digits(low, round), _two_digits(high, ceil)


def _two_digits(value: float, rounding: Callable[[float], int]) -> Fraction:
    if value <= 0.0:
        return Fraction(0)
    scale = 10 ** (1 - floor(log10(value)))
    # What floats add at the end must not round 1 up to 1.1.
    return min(Fraction(1), Fraction(rounding(round(value * scale, 9)), scale))


@lru_cache(maxsize=512)
def cases_to_tell(before: Fraction, after: Fraction) -> int | None:
    """Return the cases per period that tell two rates apart: 80 % power, 5 % two-sided (Fleiss 1981).

    None when the rates are equal.
    """
    p, q = float(before), float(after)
    if p == q:
        return None
    mean = (p + q) / 2
    z_alpha, z_beta = _NORMAL.inv_cdf(0.975), _NORMAL.inv_cdf(0.8)
    spread = z_alpha * sqrt(2 * mean * (1 - mean)) + z_beta * sqrt(p * (1 - p) + q * (1 - q))
    return ceil(spread * spread / ((p - q) * (p - q)))


@lru_cache(maxsize=512)
def events_to_tell(ratio: Fraction) -> int | None:
    """Return the events that tell a period with `ratio` times as many: 80 % power, 5 % two-sided.

    Poisson counts of two equal periods on the square-root scale, which below FEWEST_EVENTS does not hold;
    None when nothing changes.
    """
    if ratio == 1 or ratio < 0:
        return None
    z = _NORMAL.inv_cdf(0.975) + _NORMAL.inv_cdf(0.8)
    return max(FEWEST_EVENTS, ceil(z * z / (2 * (sqrt(float(ratio)) - 1) ** 2)))
