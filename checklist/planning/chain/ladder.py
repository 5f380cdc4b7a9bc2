"""The chain as arithmetic: from a need at its bottom to what each stage above has to hold."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from checklist.planning.chances.chance import (
    chance_of_at_least,
    chance_of_sum,
    trials_beside,
    trials_for_chance,
)
from checklist.quantity import (
    Impossible,
    Known,
    Quantity,
    Unit,
    add,
    divide,
    multiply,
    round_down,
    round_up,
    subtract,
)


@dataclass(frozen=True, slots=True)
class Exposure:
    """How a stock at the top turns into tries: its months, and the stock-months of what joins it."""

    months: Quantity
    joining: Quantity

    def tries(self, size: Quantity) -> Quantity:
        """Return the stock-months of a stock of this size."""
        return add(multiply(size, self.months), self.joining)

    def size(self, tries: Quantity) -> Quantity:
        """Return the stock that gives this many stock-months."""
        return divide(not_below_zero(subtract(tries, self.joining)), self.months)


@dataclass(frozen=True, slots=True)
class SecondRoute:
    """What a second way in brings: `tries` at `rate` to the bottom, and `brought` at stage `joins`."""

    joins: int
    brought: Quantity
    tries: Quantity
    to_bottom: Quantity


@dataclass(frozen=True)
class Ladder:
    """Stages from the top down with the rate of each step; `exposure` when the top is a stock."""

    stages: tuple[str, ...]
    rates: tuple[Quantity, ...]
    exposure: Exposure | None = None
    second: SecondRoute | None = None

    @cached_property
    def _to_bottom(self) -> tuple[Quantity, ...]:
        totals: list[Quantity] = [Known(Fraction(1), Unit())]
        for rate in reversed(self.rates):
            totals.append(multiply(rate, totals[-1]))
        return tuple(reversed(totals))

    def to_bottom(self, index: int) -> Quantity:
        """Return the rate from a stage to the bottom."""
        return self._to_bottom[index]

    def between(self, index: int, below: int) -> Quantity:
        """Return the rate from a stage to one below it."""
        total: Quantity = Known(Fraction(1), Unit())
        for rate in self.rates[index:below]:
            total = multiply(total, rate)
        return total

    def tries_needed(self, index: int, bottom: Quantity) -> Quantity:
        """Return what stage `index` has to hold, unrounded; of a stock, its stock-months."""
        second = self.second
        if second is None or index >= second.joins:
            return divide(bottom, self.to_bottom(index))
        at_join = subtract(divide(bottom, self.to_bottom(second.joins)), second.brought)
        return divide(not_below_zero(at_join), self.between(index, second.joins))

    def needed(self, index: int, bottom: Quantity) -> Quantity:
        """Return the count that stage `index` has to hold, unrounded."""
        tries = self.tries_needed(index, bottom)
        return self.exposure.size(tries) if self.exposure and index == 0 else tries

    def tries_of(self, index: int, count: Quantity) -> Quantity:
        """Return the tries that a count at a stage is; only a stock's differ from the count."""
        return self.exposure.tries(count) if self.exposure and index == 0 else count

    def carried(self, count: Quantity) -> Quantity:
        """Carry the top stage's count to the bottom with unrounded rates."""
        second = self.second
        tries = self.tries_of(0, count)
        if second is None or second.joins == 0:
            return multiply(tries, self.to_bottom(0))
        at_join = add(multiply(tries, self.between(0, second.joins)), second.brought)
        return multiply(at_join, self.to_bottom(second.joins))

    def forward(self, count: Quantity) -> Quantity:
        """Carry the top stage's count to the bottom with unrounded rates, rounded down once."""
        return whole_down(self.carried(count))

    def chance(self, index: int, count: Known, wanted: int) -> float | None:
        """Return the chance that a stage's count brings `wanted` at the bottom, or None when not known."""
        rate, tries = self.to_bottom(index), self.tries_of(index, count)
        if not isinstance(rate, Known) or not isinstance(tries, Known):
            return None
        first = (round_down(tries.value), float(rate.value))
        beside = self._beside(index)
        return chance_of_sum(wanted, first, beside) if beside else chance_of_at_least(wanted, *first)

    def count_for(self, index: int, wanted: int, chance: float) -> Quantity:
        """Return the count at a stage that brings `wanted` at the bottom with this chance."""
        rate = self.to_bottom(index)
        if not isinstance(rate, Known):
            return rate
        beside = self._beside(index)
        if beside:
            tries = trials_beside(wanted, rate.value, beside, chance)
        else:
            tries = trials_for_chance(wanted, rate.value, chance)
        needed = self.tries_needed(index, Known(Fraction(wanted), Unit.parse(self.stages[-1])))
        if not isinstance(needed, Known):
            return needed
        count: Quantity = Known(Fraction(tries), needed.unit, needed.because)
        return whole_up(self.exposure.size(count) if self.exposure and index == 0 else count)

    def _beside(self, index: int) -> tuple[int, float] | None:
        second = self.second
        if second is None or index >= second.joins:
            return None
        if isinstance(second.tries, Known) and isinstance(second.to_bottom, Known):
            return round_down(second.tries.value), float(second.to_bottom.value)
        return None


def not_below_zero(quantity: Quantity) -> Quantity:
    """Return the quantity, or zero of its unit where it is below."""
    if isinstance(quantity, Known) and quantity.value < 0:
        return Known(Fraction(0), quantity.unit, quantity.because)
    return quantity


def whole_up(quantity: Quantity) -> Quantity:
    """Round a known count up to a whole one."""
    if isinstance(quantity, Known):
        return Known(Fraction(round_up(quantity.value)), quantity.unit, quantity.because)
    return quantity


def whole_down(quantity: Quantity) -> Quantity:
    """Round a known count down to a whole one."""
    if isinstance(quantity, Known):
        return Known(Fraction(round_down(quantity.value)), quantity.unit, quantity.because)
    return quantity


def no_months(months: Quantity) -> Quantity:
    """Return Impossible when there is no time left for a stock to work in."""
    if isinstance(months, Known) and months.value <= 0:
        return Impossible("no_time_left", {})
    return months
