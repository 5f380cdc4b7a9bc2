"""The ladder behind a chain, to be climbed again with a rate changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from checklist.planning.chain.ladder import Exposure, Ladder, SecondRoute
from checklist.planning.chain.steps import joining_index
from checklist.planning.model import Chain, StageRow
from checklist.quantity import Known, Quantity, multiply

_AS_THEY_ARE: Mapping[str, Quantity] = MappingProxyType({})


def ladder_of(chain: Chain, instead: Mapping[str, Quantity] = _AS_THEY_ARE) -> Ladder:
    """Return the ladder that a chain was worked back on; `instead` holds other values of rates by id."""
    stages = tuple(row.id for row in chain.stages)
    stock = chain.stock
    exposure = Exposure(stock.months, stock.joined) if stock else None
    plain = Ladder(stages, _rates(chain.stages, instead), exposure)
    joins = joining_index(chain)
    if joins is None:
        return plain
    return replace(plain, second=_second(chain, plain, joins, instead))


def _second(chain: Chain, plain: Ladder, joins: int, instead: Mapping[str, Quantity]) -> SecondRoute:
    top = chain.routes[0].required.quantity
    to_join: Quantity = Known(Fraction(1))
    for rate in _rates(chain.routes, instead):
        to_join = multiply(to_join, rate)
    return SecondRoute(joins, multiply(top, to_join), top, multiply(to_join, plain.to_bottom(joins)))


def _rates(rows: tuple[StageRow, ...], instead: Mapping[str, Quantity]) -> tuple[Quantity, ...]:
    return tuple(instead.get(row.rate.id, row.rate.quantity) for row in rows if row.rate is not None)
