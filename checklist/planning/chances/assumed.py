"""What a simulation assumes: rates and deals with how far they may be off, read from the answers."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.planning.chain.climb import ladder_of
from checklist.planning.chain.steps import joining_index
from checklist.planning.chances.leverage import DEAL
from checklist.planning.inputs import Inputs
from checklist.planning.model import Chain, StageRow
from checklist.quantity import Known, Quantity, multiply, round_down
from checklist.questionnaire.values import Estimate

SEED = 20_260_401


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A rate or an amount: its typical value with a range or its own counts, or neither when it is fixed."""

    id: str
    likely: float
    low: float | None = None
    high: float | None = None
    counts: tuple[float, float] | None = None
    amount: bool = False

    @property
    def is_fixed(self) -> bool:
        """Return whether nothing is known about how far it may be off."""
        return self.counts is None and (self.low is None or self.low == self.high)


@dataclass(frozen=True, slots=True)
class Case:
    """What is simulated: `tries` go through `first`, `second_tries` through `second`, both through `shared`.

    Each run needs `need` at the bottom or, where the deal is uncertain, what makes `part`.
    """

    tries: int
    first: tuple[Uncertain, ...]
    need: int
    shared: tuple[Uncertain, ...] = ()
    second_tries: int = 0
    second: tuple[Uncertain, ...] = ()
    deal: Uncertain | None = None
    part: float = 0.0

    @property
    def uncertain(self) -> tuple[Uncertain, ...]:
        """Return what has to be drawn."""
        deal = (self.deal,) if self.deal else ()
        return tuple(one for one in (*self.first, *self.shared, *self.second, *deal) if not one.is_fixed)

    @property
    def fixed(self) -> tuple[str, ...]:
        """Return the ids of the rates that are taken as given."""
        return tuple(one.id for one in (*self.first, *self.shared, *self.second) if one.is_fixed)


def read_case(inputs: Inputs, chain: Chain, required: Known) -> Case:
    """Read what a known chain assumes; `required` is the planned count at its top."""
    joins = joining_index(chain)
    second_tries = 0 if joins is None else whole_number(chain.routes[0].required.quantity)
    main = _assumed(inputs, chain.stages)
    deal = _uncertain(inputs, DEAL, chain.unit_value, amount=True)
    return Case(
        tries=whole_number(ladder_of(chain).tries_of(0, required)),
        first=main if joins is None else main[:joins],
        need=whole_number(chain.stages[-1].required.quantity),
        shared=() if joins is None else main[joins:],
        second_tries=second_tries,
        second=_assumed(inputs, chain.routes) if second_tries else (),
        deal=None if deal is None or deal.is_fixed else deal,
        part=_part(chain),
    )


def _part(chain: Chain) -> float:
    """Return the money to reach: the part of the goal, or what the deals allotted to this campaign make."""
    allotted = multiply(chain.stages[-1].required.quantity, chain.unit_value)
    parts = [each.value for each in (chain.goal_part.quantity, allotted) if isinstance(each, Known)]
    return float(min(parts, default=0))


def _assumed(inputs: Inputs, rows: tuple[StageRow, ...]) -> tuple[Uncertain, ...]:
    found = (_uncertain(inputs, row.rate.id, row.rate.quantity) for row in rows if row.rate is not None)
    return tuple(one for one in found if one is not None)


def _uncertain(inputs: Inputs, name: str, typical: Quantity, amount: bool = False) -> Uncertain | None:
    if not isinstance(typical, Known):
        return None
    answer = inputs.answer(name)
    if not isinstance(answer, Estimate):
        return Uncertain(name, float(typical.value), amount=amount)
    counts = (float(answer.counts.count), float(answer.counts.of)) if answer.counts else None
    low, high = (None if end is None else float(end) for end in (answer.low, answer.high))
    return Uncertain(name, float(typical.value), low, high, counts, amount)


def whole_number(quantity: Quantity) -> int:
    """Return a known count without its fraction; 0 for one that is not known, which adds nothing."""
    return round_down(quantity.value) if isinstance(quantity, Known) else 0
