"""Quantities that are known, unknown or impossible, with units and exact arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from types import MappingProxyType

from checklist.errors import ChecklistError, UnitMismatch

_NO_PARAMS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of named units with powers, sorted by name: yen per deal is (("deal", -1), ("jpy", 1))."""

    powers: tuple[tuple[str, int], ...] = ()

    @staticmethod
    def parse(text: str) -> Unit:
        """Read `jpy/deal`, `talk/person/hour` or `1`; raise ChecklistError("bad_unit") for anything else."""
        return _parse_unit(text)

    def __mul__(self, other: Unit) -> Unit:
        return _combine(self, other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return _combine(self, other, -1)

    def __str__(self) -> str:
        above = [name for name, power in self.powers for _ in range(power)]
        below = [name for name, power in self.powers for _ in range(-power)]
        return "/".join(["*".join(above) or "1", *below])


@lru_cache(maxsize=1024)
def _parse_unit(text: str) -> Unit:
    powers: dict[str, int] = {}
    for index, name in enumerate(text.split("/")):
        if name == "1" and index == 0:
            continue
        if not name.isidentifier() or not name.isascii():
            raise ChecklistError("bad_unit", unit=text)
        powers[name] = powers.get(name, 0) + (1 if index == 0 else -1)
    return _unit_of(powers)


@lru_cache(maxsize=4096)
def _combine(left: Unit, right: Unit, sign: int) -> Unit:
    powers = dict(left.powers)
    for name, power in right.powers:
        powers[name] = powers.get(name, 0) + sign * power
    return _unit_of(powers)


def _unit_of(powers: Mapping[str, int]) -> Unit:
    return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)))


ONE = Unit()


@dataclass(frozen=True, slots=True)
class Known:
    """An exact value; `because` holds the ids of the answers and formulas that it came from."""

    value: Fraction
    unit: Unit = ONE
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that cannot be said; `missing` holds the ids of what would have to be known."""

    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impossible:
    """A value that cannot exist; `reason` is a code and `params` the facts for its sentence."""

    reason: str
    params: Mapping[str, str] = field(default_factory=lambda: _NO_PARAMS)


Quantity = Known | Unknown | Impossible


def add(left: Quantity, right: Quantity) -> Quantity:
    """Return the sum, raising UnitMismatch when the units differ."""
    if isinstance(left, Known) and isinstance(right, Known):
        return Known(left.value + right.value, _same_unit(left, right), _reasons(left, right))
    return _not_known(left, right)


def subtract(left: Quantity, right: Quantity) -> Quantity:
    """Return the difference, raising UnitMismatch when the units differ."""
    if isinstance(left, Known) and isinstance(right, Known):
        return Known(left.value - right.value, _same_unit(left, right), _reasons(left, right))
    return _not_known(left, right)


def multiply(left: Quantity, right: Quantity) -> Quantity:
    """Return the product; nothing times an unknown is unknown, even when the other side is 0."""
    if isinstance(left, Known) and isinstance(right, Known):
        return Known(left.value * right.value, left.unit * right.unit, _reasons(left, right))
    return _not_known(left, right)


def divide(left: Quantity, right: Quantity) -> Quantity:
    """Return the quotient; dividing by 0 is Impossible and names what was 0."""
    if isinstance(left, Known) and isinstance(right, Known):
        if right.value == 0:
            return Impossible("division_by_zero", {"by": ",".join(right.because)})
        return Known(left.value / right.value, left.unit / right.unit, _reasons(left, right))
    return _not_known(left, right)


def compare(left: Quantity, right: Quantity) -> int | None:
    """Return -1, 0 or 1, or None when either side is not known; raise UnitMismatch when the units differ."""
    if isinstance(left, Known) and isinstance(right, Known):
        _same_unit(left, right)
        return (left.value > right.value) - (left.value < right.value)
    return None


def round_up(value: Fraction) -> int:
    """Round a count that must be reached."""
    return ceil(value)


def round_down(value: Fraction) -> int:
    """Round what can be relied on, such as the deals of a forward check."""
    return floor(value)


def round_half_up(value: Fraction, places: int = 0) -> Fraction:
    """Round to `places` decimals, halves away from zero."""
    scaled = abs(value) * 10**places
    whole = floor(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def decimal_text(value: Fraction, places: int | None = None) -> str:
    """Write a value as plain decimal digits, rounded half up to `places`.

    Without `places`, write every digit of a terminating decimal, else round to four places.
    """
    if places is None:
        places = _places_needed(value)
    rounded = round_half_up(value, places)
    digits = str(abs(rounded.numerator) * 10**places // rounded.denominator).rjust(places + 1, "0")
    sign = "-" if rounded < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _places_needed(value: Fraction) -> int:
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 and max(twos, fives) <= 12 else 4


def _same_unit(left: Known, right: Known) -> Unit:
    if left.unit != right.unit:
        raise UnitMismatch("unit_mismatch", left=str(left.unit), right=str(right.unit))
    return left.unit


def _reasons(left: Known, right: Known) -> tuple[str, ...]:
    if not right.because or left.because == right.because:
        return left.because
    return tuple(dict.fromkeys(left.because + right.because))


def _not_known(left: Quantity, right: Quantity) -> Unknown | Impossible:
    """Combine two sides of which at least one is not known: impossible says more than unknown."""
    for side in (left, right):
        if isinstance(side, Impossible):
            return side
    missing = [name for side in (left, right) if isinstance(side, Unknown) for name in side.missing]
    return Unknown(tuple(dict.fromkeys(missing)))
