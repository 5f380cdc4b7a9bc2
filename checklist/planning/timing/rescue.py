"""What can still be moved when leads come too late for the KGI."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from checklist.planning.inputs import Inputs
from checklist.planning.model import Chain, Reckoned, Schedule, StageRow, Why
from checklist.planning.timing.entries import start_day
from checklist.planning.timing.schedule import TO_DEAL, TO_OPPORTUNITY
from checklist.planning.timing.spread import later
from checklist.quantity import ONE, Impossible, Known, Quantity, Unit, add, divide, multiply
from checklist.questionnaire.typed import Duration, subtract

OPPORTUNITY = "opportunity"
JPY = Unit.parse("jpy")
LAGS = {"deal": (TO_OPPORTUNITY, TO_DEAL), OPPORTUNITY: (TO_OPPORTUNITY,)}

Reason = Literal["kgi_past", "leads_late", "starts_late"]


@dataclass(frozen=True, slots=True)
class OpenPipeline:
    """What the open opportunities would need to bring this campaign's part as well.

    `value` is their full amount; the part takes this `win_rate` at present values, or this `deal` at the
    present win rate.
    """

    value: Reckoned
    win_rate: Reckoned
    deal: Reckoned


@dataclass(frozen=True, slots=True)
class Rescue:
    """Why it is too late, and what can still be moved; a part that nothing can be said about is None.

    `earliest_goal` is the first KGI date that leads made on `start` can serve. `opportunities` have to come
    from leads that exist already. `new_leads_carry` and `pace_carries` are shares of this campaign's part:
    of leads still to be made, and of what comes at the present run-rate of `pace_stage`.
    """

    reason: Reason
    start: date
    kgi_date: date
    lead_deadline: date | None
    opportunity_deadline: date | None
    earliest_goal: date | None
    earliest_missing: tuple[str, ...]
    opportunities: Reckoned | None
    pipeline: OpenPipeline | None
    goal_part: Reckoned
    new_leads_carry: Reckoned
    pace_stage: str | None
    pace_carries: Reckoned | None


def what_can_move(inputs: Inputs, chain: Chain, schedule: Schedule) -> Rescue | None:
    """Say what can still be moved for a goal that leads no longer serve; None when they still do."""
    reason = _reason(inputs, schedule)
    if reason is None or schedule.kgi_date is None or chain.status in ("covered", "none"):
        return None
    start = start_day(inputs)
    earliest, missing = _earliest(inputs, start, chain.goal_stage)
    open_ = reason != "kgi_past" and chain.rate_goal is None
    row = _opportunities(inputs, chain, schedule) if open_ else None
    pace = _pace_row(inputs, chain, schedule) if open_ else None
    return Rescue(
        reason=reason,
        start=start,
        kgi_date=schedule.kgi_date,
        lead_deadline=schedule.lead_deadline,
        opportunity_deadline=schedule.opportunity_deadline,
        earliest_goal=earliest,
        earliest_missing=missing,
        opportunities=row.required if row else None,
        pipeline=_pipeline(inputs, chain) if open_ else None,
        goal_part=chain.goal_part,
        new_leads_carry=Reckoned(Known(Fraction(0)), Why("new_leads_too_late")),
        pace_stage=pace.id if pace else None,
        pace_carries=_carried(chain, pace) if pace else None,
    )


def _reason(inputs: Inputs, schedule: Schedule) -> Reason | None:
    problem, deadline = schedule.problem, schedule.latest
    if isinstance(problem, Impossible):
        return "kgi_past" if problem.reason == "kgi_date_past" else "leads_late"
    start = inputs.day("campaign_date")
    return "starts_late" if deadline and start and start > deadline else None


def _earliest(inputs: Inputs, start: date, goal_stage: str) -> tuple[date | None, tuple[str, ...]]:
    """Return the first KGI date whose lead deadline is not before `start`, or what is missing for it."""
    names = LAGS.get(goal_stage, ())
    lags = [lag for name in names if (lag := inputs.duration(name)) is not None]
    if len(lags) < len(names):
        return None, tuple(name for name in names if inputs.duration(name) is None)
    day = start
    for lag in lags:
        day = later(day, lag)
    # The end of a short month leads back to before the start: 28 February less a month is 28 January.
    while _back(day, lags) < start:
        day += timedelta(days=1)
    return day, ()


def _back(day: date, lags: list[Duration]) -> date:
    for lag in reversed(lags):
        day = subtract(day, lag)
    return day


def _opportunities(inputs: Inputs, chain: Chain, schedule: Schedule) -> StageRow | None:
    end = schedule.opportunity_deadline
    return chain.stage(OPPORTUNITY) if end is not None and end >= inputs.today else None


def _pipeline(inputs: Inputs, chain: Chain) -> OpenPipeline | None:
    row = chain.stage(OPPORTUNITY)
    if row is None or row.rate is None or not inputs.path.asks("pipeline_expected"):
        return None
    expected, part, rate = inputs.number("pipeline_expected"), chain.goal_part.quantity, row.rate.quantity
    if isinstance(expected, Known) and not expected.value:
        return None
    times = divide(add(expected, part), expected)
    values = (("pipeline_expected", expected), ("goal_part", part), (row.rate.id, rate))
    deal = (*values[:2], ("average_deal", chain.unit_value))
    return OpenPipeline(
        value=Reckoned(_in_yen(divide(expected, rate)), Why("pipeline_value", (values[0], values[2]))),
        win_rate=Reckoned(_at_most_all(multiply(rate, times), row.rate.id), Why("pipeline_win_rate", values)),
        deal=Reckoned(multiply(chain.unit_value, times), Why("pipeline_deal", deal)),
    )


def _in_yen(value: Quantity) -> Quantity:
    """Return the full amount of what is expected of it; the units of a win rate cancel in people's minds."""
    return Known(value.value, JPY, value.because) if isinstance(value, Known) else value


def _at_most_all(rate: Quantity, rate_id: str) -> Quantity:
    if isinstance(rate, Known) and rate.value > 1:
        return Impossible("above_100", {"rate": rate_id})
    return rate


def _pace_row(inputs: Inputs, chain: Chain, schedule: Schedule) -> StageRow | None:
    """Return the stage whose run-rate still counts: opportunities, else leads before their deadline."""
    row = _opportunities(inputs, chain, schedule)
    if row is not None and isinstance(row.run_rate.quantity, Known):
        return row
    if schedule.lead_deadline is None or schedule.lead_deadline < inputs.today:
        return row
    above = [each for each in chain.stages if _runs(inputs, chain, each)]
    return above[-1] if above else row


def _runs(inputs: Inputs, chain: Chain, row: StageRow) -> bool:
    """Say whether a stage above the opportunity has a run-rate per time; a stock has none, nor has a show."""
    flow = inputs.flow(f"{row.id}_volume")
    above = row.id not in (OPPORTUNITY, "deal") and isinstance(row.run_rate.quantity, Known)
    return above and flow is not None and flow.volume.per != "show"


def _carried(chain: Chain, row: StageRow) -> Reckoned:
    """Return the share of the need at the bottom that a stage's run-rate brings, at most all of it."""
    bottom, rows = chain.stages[-1], chain.stages[chain.stages.index(row) :]
    brings = row.run_rate.quantity
    for rate in (each.rate for each in rows if each.rate is not None):
        brings = multiply(brings, rate.quantity)
    share = divide(brings, bottom.exact.quantity)
    if isinstance(share, Known):
        share = Known(min(share.value, Fraction(1)), ONE, share.because)
    values = ((row.id, row.run_rate.quantity), (bottom.id, bottom.exact.quantity))
    return Reckoned(share, Why("pace_carries", values))
