"""What a chain, a schedule and a KPI with targets are: plain values with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from checklist.quantity import Quantity, Unknown
from checklist.questionnaire.values import Source

NOT_SAID = Unknown(())

Role = Literal["primary", "guardrail", "final"]


@dataclass(frozen=True, slots=True)
class Why:
    """Where a number comes from: the name of a formula and each value that went into it, by id."""

    formula: str
    values: tuple[tuple[str, Quantity], ...] = ()


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A number of the plan with its reason."""

    quantity: Quantity
    why: Why


@dataclass(frozen=True, slots=True)
class RateRow:
    """The rate of one step; `at_least` is the Wilson lower bound where a rate of 100 % has counts.

    `per_month` marks the rate of a stock. `provisional` is true for anything but an own record.
    `interval_low` and `interval_high` are the 95 % Wilson interval of its counts, which are `small` when they
    say little: fewer than 30 cases, or fewer than 5 of them successful.
    """

    id: str
    quantity: Quantity
    low: Quantity = NOT_SAID
    high: Quantity = NOT_SAID
    source: Source | None = None
    benchmark: str | None = None
    counts: tuple[str, str, str] | None = None
    provisional: bool = False
    per_month: bool = False
    at_least: Quantity = NOT_SAID
    interval_low: Quantity = NOT_SAID
    interval_high: Quantity = NOT_SAID
    small: bool = False


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of the chain with what it has to bring; `rate` leads to the next stage."""

    id: str
    exact: Reckoned
    required: Reckoned
    required_80: Reckoned
    required_90: Reckoned
    run_rate: Reckoned
    uplift: Reckoned
    rate: RateRow | None


@dataclass(frozen=True, slots=True)
class ForwardCheck:
    """The top stage's count carried forward: `brings` has to reach `goal`.

    `others` is what other campaigns bring at the bottom; `brings` and `goal` are then of all together.
    """

    top_stage: str
    top: Quantity
    deals: Quantity
    brings: Quantity
    goal: Quantity
    reached: bool
    others: Quantity = NOT_SAID


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely the required count reaches the goal, in per cent, with the rates taken as given.

    `percent` is below 100, as nothing is certain; `percent_none` is the chance of nothing at all.
    """

    stage: str
    required: Quantity
    percent: int
    percent_none: int
    required_80: Quantity
    required_90: Quantity


@dataclass(frozen=True, slots=True)
class Stock:
    """A stock at the top: months of exposure and the monthly rate that it would take.

    `joined` is the contact-months of what joins it, which are part of `contact_months`.
    """

    stage: str
    months: Quantity
    size: Quantity
    joining: Quantity
    contact_months: Quantity
    needed_rate: Quantity
    present_rate: Quantity
    joined: Quantity = NOT_SAID


@dataclass(frozen=True, slots=True)
class RateGoal:
    """A KGI that is a rate: what it brings at the present volume and the cases to tell that it moved."""

    rate: str
    before: Quantity
    after: Quantity
    volume: Quantity
    extra: Quantity
    extra_deals: Quantity
    cases: Quantity


ChainStatus = Literal["known", "unknown", "impossible", "covered", "none"]


@dataclass(frozen=True, slots=True)
class Chain:
    """The way back from the KGI; stages run from the top down, `routes` are second ways in."""

    status: ChainStatus
    goal_part: Reckoned
    goal_stage: str
    unit_value: Quantity
    stages: tuple[StageRow, ...] = ()
    routes: tuple[StageRow, ...] = ()
    forward_check: ForwardCheck | None = None
    chance: Chance | None = None
    stock: Stock | None = None
    rate_goal: RateGoal | None = None

    def stage(self, stage_id: str) -> StageRow | None:
        """Return the row of a stage, in the chain or a second route."""
        return next((row for row in (*self.stages, *self.routes) if row.id == stage_id), None)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When things must have happened; a date or what is missing.

    `latest` is the last day for leads as far as the times are known: with one missing, it may be earlier.
    """

    today: date
    kgi_date: date | None
    lead_deadline: date | None
    opportunity_deadline: date | None
    problem: Quantity | None = None
    days_to_kgi_date: int | None = None
    days_to_lead_deadline: int | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedKPI:
    """A recommended KPI with its targets; `reasons` are the answers that it was picked for."""

    id: str
    role: Role
    reasons: tuple[str, ...]
    baseline: Quantity
    must: Reckoned
    target: Reckoned
    stretch: Reckoned
    ratio: Quantity
    ratio_note: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Kgi:
    """The KGI as given."""

    kind: str | None
    basis: str | None
    amount: Quantity
    day: date | None
    business: str | None
    share: Quantity
