"""The stage that a campaign counts as leads (leads, cards, MQLs), and how it leads on to the goal."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checklist.pack.models import Funnel
from checklist.planning.inputs import Inputs, Row
from checklist.planning.model import Chain, RateRow, StageRow
from checklist.quantity import Impossible, Known, Quantity, Unit, multiply

OPPORTUNITY = "opportunity"


def first_lead_stage(funnel: Funnel) -> str:
    """Return the stage at which people become leads: the first core one, or the first below a stock."""
    ids = [stage.id for stage in funnel.stages]
    if funnel.stock is not None:
        return ids[ids.index(funnel.stock.stage) + 1]
    return next(stage.id for stage in funnel.stages if stage.core)


def lead_row(inputs: Inputs, chain: Chain) -> StageRow | None:
    """Return the row of the chain's leads; None where the team tells no such stage apart."""
    funnel = inputs.pack.funnels.get(inputs.choice("campaign") or "")
    if funnel is None or not chain.stages:
        return None
    stock = funnel.stock.stage if funnel.stock else None
    flows = [row for row in chain.stages if row.id != stock]
    core = {stage.id for stage in funnel.stages if stage.core}
    row = flows[0] if stock else next((row for row in flows if row.id in core), None)
    return None if row and stock and row.id in (OPPORTUNITY, "deal") else row


@dataclass(frozen=True, slots=True)
class Beside:
    """What a second route brings at the stage where it joins the chain."""

    stage: str
    count: Quantity


def brought_beside(inputs: Inputs, chain: Chain) -> Beside | None:
    """Return what the chain's second route brings, where it has one."""
    funnel = inputs.pack.funnels.get(inputs.choice("campaign") or "")
    if funnel is None or not chain.routes:
        return None
    route = next(route for route in funnel.routes if route.stages[0].id == chain.routes[0].id)
    count = chain.routes[-1].required.quantity
    last = chain.routes[-1].rate
    return Beside(route.joins, multiply(count, last.quantity)) if last else None


def between(chain: Chain, above: str, below: str) -> Quantity:
    """Return the rate from one stage of the chain to one below it, or 1 from a stage to itself."""
    total: Quantity = Known(Fraction(1), Unit())
    for rate in _rates(chain, above, below):
        total = multiply(total, rate.quantity)
    return total


def is_assumed(chain: Chain, above: str, below: str) -> bool:
    """Say whether a rate between two stages of the chain is no own record."""
    return any(rate.provisional for rate in _rates(chain, above, below))


def _rates(chain: Chain, above: str, below: str) -> tuple[RateRow, ...]:
    ids = [row.id for row in chain.stages]
    steps = chain.stages[ids.index(above) : ids.index(below)]
    return tuple(row.rate for row in steps if row.rate is not None)


def is_no_record(row: Row, column: str) -> bool:
    """Say whether the number in a cell is known and is no own record."""
    given = row.estimate(column)
    return given is not None and given.source != "own_record"


def in_unit(quantity: Quantity, unit: str) -> Quantity:
    """Return the same value in the unit that the chain counts in, such as cards for leads."""
    if isinstance(quantity, Known):
        return Known(quantity.value, Unit.parse(unit), quantity.because)
    return quantity


def usable_rate(rate: Quantity, name: str) -> Quantity:
    """Return the rate, or Impossible where it is 0 and nothing can be worked back through it."""
    if isinstance(rate, Known) and not rate.value:
        return Impossible("zero_rate", {"rate": name})
    return rate


def none_of(unit: str) -> Known:
    """Return zero of a unit."""
    return Known(Fraction(0), Unit.parse(unit))
