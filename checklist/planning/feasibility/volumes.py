"""How many of a stage come in a window: at the present pace, or as the chain requires."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checklist.planning.inputs import DAYS_PER_MONTH, Inputs
from checklist.planning.model import NOT_SAID, Chain
from checklist.planning.shares.leadstage import between, in_unit
from checklist.quantity import Known, Quantity, Unknown, multiply

Basis = Literal["run_rate", "required", "list", "typed", "goal", "none"]

# What a denominator counts, where it is a stage under another name.
STAGE_OF_POPULATION = {"session": "visit", "user": "visit"}
OF_THE_LIST = ("contact", "sent", "delivered")


@dataclass(frozen=True, slots=True)
class Volume:
    """A count in the window and what it rests on: the present pace, the chain, one mailing to the list …"""

    count: Quantity
    basis: Basis = "none"


NO_VOLUME = Volume(NOT_SAID)


def volume_of(inputs: Inputs, chain: Chain, stage: str, days: Quantity) -> Volume:
    """Return how many of a stage come in so many days: its own pace, one above, else what is required."""
    unknown = Volume(Unknown((f"{stage}_volume",))) if inputs.path.asks(f"{stage}_volume") else NO_VOLUME
    for above in _from_here_up(chain, stage):
        pace = _in_window(inputs, above, days)
        if pace is not None:
            count = pace if above == stage else multiply(pace, between(chain, above, stage))
            return Volume(in_unit(count, stage), "run_rate")
    row = chain.stage(stage)
    if row is not None and isinstance(row.required.quantity, Known) and row.required.quantity.value:
        # A goal that is a rate states how many cases there are; nothing is required of them.
        return (
            Volume(row.run_rate.quantity, "goal")
            if chain.rate_goal
            else Volume(row.required.quantity, "required")
        )
    return unknown


def _from_here_up(chain: Chain, stage: str) -> tuple[str, ...]:
    """Return the stage and those above it, the nearest first; a stock is no flow and brings none."""
    ids = [row.id for row in chain.stages]
    if stage not in ids:
        return (stage,)
    stock = chain.stock.stage if chain.stock else None
    return tuple(name for name in reversed(ids[: ids.index(stage) + 1]) if name != stock)


def _in_window(inputs: Inputs, stage: str, days: Quantity) -> Quantity | None:
    flow = inputs.flow(f"{stage}_volume")
    if flow is None:
        return None
    monthly = flow.volume.per_month()
    if monthly is not None:
        months = multiply(days, Known(1 / DAYS_PER_MONTH))
        return multiply(Known(monthly, because=(f"{stage}_volume",)), months)
    each = Known(flow.volume.count / flow.volume.span, because=(f"{stage}_volume",))
    return multiply(each, inputs.shows(f"{stage}_volume"))


def list_volume(inputs: Inputs, chain: Chain) -> Volume:
    """Return the list as it stands: what one mailing to everybody on it would reach."""
    return Volume(chain.stock.size, "list") if chain.stock else NO_VOLUME
