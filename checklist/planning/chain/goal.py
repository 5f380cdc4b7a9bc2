"""The goal: what the bottom of the chain has to bring, from the KGI as given."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.planning.chain.ladder import whole_up
from checklist.planning.inputs import Inputs
from checklist.planning.model import NOT_SAID, Kgi, Reckoned, Why
from checklist.planning.shares.allotment import Allotment, allot
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown, divide

MONEY_KINDS = ("amount", "growth")


@dataclass(frozen=True, slots=True)
class Goal:
    """What this campaign carries: `part` as money or a count, `need` exactly at the stage that counts.

    `whole` is the need in whole units: rounded up, or as shared out over all campaigns by `allotment`.
    """

    kind: str | None
    stage: str
    part: Reckoned
    unit_value: Quantity
    need: Quantity
    whole: Quantity
    allotment: Allotment | None = None


def read_goal(inputs: Inputs, last_stage: str) -> Goal:
    """Read the goal of an amount, growth or count; a rate has no part to work back from."""
    kind = inputs.choice("kgi_kind")
    if kind in MONEY_KINDS:
        return _money_goal(inputs, kind, last_stage)
    if kind == "count":
        return _count_goal(inputs, last_stage)
    missing = Unknown(("kgi_kind",) if kind is None else ())
    return Goal(kind, last_stage, Reckoned(missing, Why("goal_part")), NOT_SAID, missing, missing)


def _money_goal(inputs: Inputs, kind: str | None, last_stage: str) -> Goal:
    part = inputs.number("goal_amount")
    deal = inputs.number("average_deal")
    names = ("kgi_amount", "last_year_amount", "growth_rate", "existing_revenue", "orders_booked")
    why = Why("goal_part", _asked_values(inputs, (*names, "pipeline_expected", "share")))
    need = divide(part, deal)
    return Goal(kind, last_stage, Reckoned(part, why), deal, need, *_whole(inputs, need))


def _count_goal(inputs: Inputs, last_stage: str) -> Goal:
    part = inputs.number("goal_count")
    stage = inputs.choice("kgi_count_stage")
    why = Why("goal_count", _asked_values(inputs, ("kgi_count", "existing_count", "share")))
    need = _in_unit(part, Unit.parse(stage)) if stage else Unknown(("kgi_count_stage",))
    return Goal("count", stage or last_stage, Reckoned(need, why), NOT_SAID, need, *_whole(inputs, need))


def _whole(inputs: Inputs, need: Quantity) -> tuple[Quantity, Allotment | None]:
    """Return the whole units that this campaign has to bring, and how they were shared out."""
    allotment = allot(inputs, need)
    if allotment and allotment.is_known:
        return allotment.wholes[0], allotment
    return whole_up(need), allotment


def _in_unit(part: Quantity, unit: Unit) -> Quantity:
    return Known(part.value, unit, part.because) if isinstance(part, Known) else part


def _asked_values(inputs: Inputs, names: tuple[str, ...]) -> tuple[tuple[str, Quantity], ...]:
    return tuple((name, inputs.number(name)) for name in names if inputs.path.asks(name))


def read_kgi(inputs: Inputs) -> Kgi:
    """Return the KGI as the person gave it, for the sentence that states it."""
    kind = inputs.choice("kgi_kind")
    names = {"amount": "kgi_amount", "growth": "growth_rate", "count": "kgi_count", "rate": "kgi_rate_to"}
    amount: Quantity = inputs.number(names[kind]) if kind in names else Unknown(("kgi_kind",))
    return Kgi(
        kind=kind,
        basis=inputs.choice("kgi_basis"),
        amount=amount,
        day=inputs.day("kgi_date"),
        business=inputs.text("business"),
        share=inputs.number("share"),
    )


def stage_missing(goal: Goal, stages: tuple[str, ...]) -> Impossible | None:
    """Say that the stage the KGI counts is not one that the team tells apart."""
    return None if goal.stage in stages else Impossible("stage_not_told_apart", {"stage": goal.stage})
