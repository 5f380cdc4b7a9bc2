"""The stretch of the chain that a rate KPI measures: one step, or several in a row."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checklist.pack.catalogue import Kpi
from checklist.planning.chain.rates import rate_id
from checklist.planning.model import NOT_SAID, Chain, RateRow, StageRow
from checklist.quantity import Known, Quantity, multiply, round_down


@dataclass(frozen=True, slots=True)
class Step:
    """From `top` down through `rates`; `quantity` is their product, `below` the rate from there down."""

    top: StageRow
    rates: tuple[RateRow, ...]
    quantity: Quantity
    below: Quantity


def measured_step(chain: Chain, kpi: Kpi) -> Step | None:
    """Return the stretch whose rate the KPI measures, or None where the chain does not hold it."""
    wanted = kpi.measures.rate if kpi.measures else None
    if wanted is None or chain.status == "covered":
        return None
    return _within(chain.stages, wanted) or _single(chain.routes, wanted)


def _within(rows: tuple[StageRow, ...], wanted: str) -> Step | None:
    for start, top in enumerate(rows):
        for end in range(start + 1, len(rows)):
            if rate_id(top.id, rows[end].id) == wanted:
                return Step(top, _rates(rows[start:end]), _product(rows[start:end]), _product(rows[end:]))
    return None


def _single(rows: tuple[StageRow, ...], wanted: str) -> Step | None:
    """Return a step of a second route; what lies below it is shared, so no chance is worked out."""
    for row in rows:
        if row.rate is not None and row.rate.id == wanted:
            return Step(row, (row.rate,), row.rate.quantity, NOT_SAID)
    return None


def _rates(rows: tuple[StageRow, ...]) -> tuple[RateRow, ...]:
    return tuple(row.rate for row in rows if row.rate is not None)


def _product(rows: tuple[StageRow, ...]) -> Quantity:
    total: Quantity = Known(Fraction(1))
    for rate in _rates(rows):
        total = multiply(total, rate.quantity)
    return total


def beside(chain: Chain, row: StageRow) -> tuple[int, float] | None:
    """Return the tries of the second route and its rate to the bottom, for a stage above where it joins."""
    if not chain.routes:
        return None
    tries, joins = chain.routes[0].required.quantity, joining_index(chain)
    if joins is None or chain.stages.index(row) >= joins:
        return None
    rate = multiply(_product(chain.routes), _product(chain.stages[joins:]))
    if not isinstance(tries, Known) or not isinstance(rate, Known):
        return None
    return round_down(tries.value), float(rate.value)


def joining_index(chain: Chain) -> int | None:
    """Return where in the chain the second route comes in."""
    last = chain.routes[-1].rate if chain.routes else None
    for index, stage in enumerate(chain.stages):
        if last is not None and last.id.endswith(f"_to_{stage.id}"):
            return index
    return None


def rests_on_provisional(chain: Chain, row: StageRow) -> bool:
    """Return whether a stage's count was worked out with a rate that is no own record."""
    if chain.rate_goal is not None:
        return False
    if row in chain.stages:
        index, joins = chain.stages.index(row), joining_index(chain)
        beside_it = chain.routes if joins is not None and index < joins else ()
        used = (*chain.stages[index:], *beside_it)
    else:
        used = chain.routes[: chain.routes.index(row)]
    return any(rate.provisional for rate in _rates(used))
