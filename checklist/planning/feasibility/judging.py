"""Can it be judged: whether the window and the volume can show the change that a KPI aims at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from checklist.pack.catalogue import Kpi
from checklist.pack.compiled import Pack
from checklist.planning.chain.steps import Step, measured_step
from checklist.planning.chances.chance import cases_to_tell, events_to_tell
from checklist.planning.feasibility.volumes import (
    NO_VOLUME,
    OF_THE_LIST,
    STAGE_OF_POPULATION,
    Basis,
    Volume,
    list_volume,
    volume_of,
)
from checklist.planning.inputs import DAY, Inputs
from checklist.planning.model import NOT_SAID, Chain, PlannedKPI, Schedule, StageRow
from checklist.planning.timing.schedule import missing_for
from checklist.quantity import Known, Quantity, Unknown, compare, divide, multiply, subtract

Verdict = Literal[
    "can_judge", "large_changes_only", "reference_only", "cannot_judge", "too_soon", "unknown", "not_by_count"
]

FUNNEL = ("attract", "engage", "capture", "nurture", "qualify", "opportunity", "win", "retain")
# The better the higher; too soon is no better than too few.
RANK = {"can_judge": 3, "large_changes_only": 2, "reference_only": 1, "cannot_judge": 0, "too_soon": 0}
FEW_EVENTS, SOME_EVENTS = 10, 30
NOTE_ABOVE = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a KPI's change can be seen, with the facts.

    `expected` and `needed` are cases of the denominator for a rate, events for a count, in a period of
    `days`; the period before needs as many. `basis` says what `expected` rests on. `interval_low` and
    `interval_high` are the 95 % Wilson interval of a baseline with counts. `watch` is an earlier KPI of the
    plan that can be judged better. `needs_note` holds where the target is more than three times the baseline.
    """

    kpi: str
    verdict: Verdict
    baseline: Quantity
    target: Quantity
    expected: Quantity = NOT_SAID
    needed: Quantity = NOT_SAID
    events: Quantity = NOT_SAID
    basis: Basis = "none"
    days: Quantity = NOT_SAID
    interval_low: Quantity = NOT_SAID
    interval_high: Quantity = NOT_SAID
    watch: str | None = None
    needs_note: bool = False


def judge_kpis(
    inputs: Inputs, chain: Chain, schedule: Schedule, kpis: tuple[PlannedKPI, ...]
) -> tuple[Judgement, ...]:
    """Judge every KPI of the plan, and name an earlier one to watch where it cannot be judged."""
    found = tuple(_judge(inputs, chain, schedule, planned) for planned in kpis)
    roles = {planned.id: planned.role for planned in kpis}
    primary = [one for one in found if roles[one.kpi] == "primary"]
    watched = {one.kpi: _earlier(inputs.pack, one, primary) for one in found if roles[one.kpi] != "guardrail"}
    return tuple(replace(one, watch=name) if (name := watched.get(one.kpi)) else one for one in found)


def _judge(inputs: Inputs, chain: Chain, schedule: Schedule, planned: PlannedKPI) -> Judgement:
    kpi = inputs.pack.kpis[planned.id]
    one = Judgement(
        kpi.id, "not_by_count", planned.baseline, aimed_at(planned), needs_note=needs_note(planned)
    )
    if chain.status == "covered" or not kpi.by_chance or kpi.unit not in ("percent", "count"):
        return one
    if chain.stock is not None and kpi.measures and kpi.measures.stage == chain.stock.stage:
        return one
    one = replace(one, days=_days(inputs, schedule, kpi))
    if isinstance(one.days, Known) and one.days.value <= 0:
        return replace(one, verdict="too_soon")
    judge = _rate if kpi.unit == "percent" else _count
    judged = judge(inputs, chain, planned, one)
    return replace(judged, verdict=_verdict(judged))


def aimed_at(planned: PlannedKPI) -> Quantity:
    """Return the target, or the limit that a guard-rail is held at where it is another than the baseline."""
    if isinstance(planned.target.quantity, Known):
        return planned.target.quantity
    must, baseline = planned.must.quantity, planned.baseline
    same = isinstance(must, Known) and isinstance(baseline, Known) and must.value == baseline.value
    return planned.target.quantity if same or planned.role != "guardrail" else must


def needs_note(planned: PlannedKPI) -> bool:
    """Return whether the target is so far off that how it is to be reached has to be written down."""
    return isinstance(planned.ratio, Known) and planned.ratio.value > NOTE_ABOVE


def _days(inputs: Inputs, schedule: Schedule, kpi: Kpi) -> Quantity:
    """Return the days from the start of the campaign to the goal's date, less the lag of the KPI's stage."""
    if schedule.kgi_date is None:
        return Unknown(("kgi_date",))
    start = max(inputs.today, inputs.day("campaign_date") or inputs.today)
    whole = Known(Fraction((schedule.kgi_date - start).days), DAY, ("kgi_date",))
    return subtract(whole, _lag(schedule, kpi, _ends(inputs.pack, kpi)))


def _lag(schedule: Schedule, kpi: Kpi, ends: tuple[str, str] | None) -> Quantity:
    """Return the days until what is counted has become opportunities or deals."""
    top, bottom = ends or (kpi.population, _reached(kpi))
    if bottom not in ("opportunity", "deal"):
        return Known(Fraction(0), DAY)
    end, middle, first = schedule.kgi_date, schedule.opportunity_deadline, schedule.lead_deadline
    stop = end if bottom == "deal" else middle
    start = middle if top == "opportunity" else first
    if start is None or stop is None:
        return missing_for(schedule)
    return Known(Fraction((stop - start).days), DAY)


def _reached(kpi: Kpi) -> str | None:
    """Return the stage that the KPI counts, as far as its lag goes."""
    if kpi.measures is not None:
        return kpi.measures.stage
    return {"opportunity": "opportunity", "win": "deal"}.get(kpi.stage)


def _ends(pack: Pack, kpi: Kpi) -> tuple[str, str] | None:
    """Return the two stages of the rate that the KPI measures, be it one step or several in a row."""
    rate = kpi.measures.rate if kpi.measures else None
    bound = pack.questions.get(rate) if rate else None
    return bound.ends if bound else None


def _rate(inputs: Inputs, chain: Chain, planned: PlannedKPI, one: Judgement) -> Judgement:
    kpi = inputs.pack.kpis[planned.id]
    step = measured_step(chain, kpi)
    volume = _denominator(inputs, chain, kpi, step, one)
    low, high = _interval(step)
    return replace(
        one,
        expected=volume.count,
        basis=volume.basis,
        needed=_cases(one.baseline, one.target),
        events=_events(volume.count, _rate_seen(planned, one)),
        interval_low=low,
        interval_high=high,
    )


def _rate_seen(planned: PlannedKPI, one: Judgement) -> Quantity:
    """Return the rate that makes cases events: the present one, else the one assumed or aimed at."""
    if isinstance(one.baseline, Known):
        return one.baseline if one.baseline.value else one.target
    assumed = isinstance(planned.must.quantity, Known) and planned.must.why.formula == "assumed_rate"
    return planned.must.quantity if assumed else one.baseline


def _events(cases: Quantity, rate: Quantity) -> Quantity:
    if isinstance(cases, Known) and isinstance(rate, Known):
        return Known(cases.value * rate.value)
    return multiply(cases, rate)


def _denominator(inputs: Inputs, chain: Chain, kpi: Kpi, step: Step | None, one: Judgement) -> Volume:
    """Return the cases that the rate is counted over in the window."""
    goal = chain.rate_goal
    if goal is not None and step is not None and step.rates[0].id == goal.rate:
        return Volume(goal.volume, "goal")
    if step is not None and step.rates[0].per_month and chain.stock:
        return Volume(chain.stock.contact_months, "list")
    if kpi.population in OF_THE_LIST:
        return list_volume(inputs, chain)
    ends = _ends(inputs.pack, kpi)
    top = ends[0] if ends else STAGE_OF_POPULATION.get(kpi.population or "", kpi.population)
    volume = volume_of(inputs, chain, top, one.days) if top else NO_VOLUME
    if volume.basis == "none" and ends:
        return _from_below(inputs, chain, ends[1], one) or volume
    return volume


def _from_below(inputs: Inputs, chain: Chain, bottom: str, one: Judgement) -> Volume | None:
    """Return the denominator that the numerator's own pace means at the present rate."""
    below = volume_of(inputs, chain, bottom, one.days)
    count = divide(below.count, one.baseline)
    return Volume(count, below.basis) if isinstance(count, Known) else None


def _cases(before: Quantity, after: Quantity) -> Quantity:
    if not isinstance(before, Known) or not isinstance(after, Known):
        return NOT_SAID
    cases = cases_to_tell(before.value, after.value) if 0 <= before.value <= 1 >= after.value else None
    return NOT_SAID if cases is None else Known(Fraction(cases))


def _interval(step: Step | None) -> tuple[Quantity, Quantity]:
    """Return the Wilson interval of the baseline, where it is a rate of the chain with counts of its own."""
    if step is None or len(step.rates) > 1:
        return NOT_SAID, NOT_SAID
    return step.rates[0].interval_low, step.rates[0].interval_high


def _count(inputs: Inputs, chain: Chain, planned: PlannedKPI, one: Judgement) -> Judgement:
    measures = inputs.pack.kpis[planned.id].measures
    stage = (measures.stage or measures.route_stage) if measures else None
    row = chain.stage(stage) if stage else None
    judged = _on_chain(inputs, chain, row, one) if row else _typed(one)
    needed = _events_needed(judged)
    # What is required says nothing about the present, so there is nothing to compare it with.
    return judged if needed is None or judged.basis == "required" else replace(judged, needed=needed)


def _on_chain(inputs: Inputs, chain: Chain, row: StageRow, one: Judgement) -> Judgement:
    """Compare what the present pace brings by the deadline with what is required by then."""
    volume = volume_of(inputs, chain, row.id, one.days)
    if isinstance(volume.count, Known) and not volume.count.value:
        volume = Volume(row.required.quantity, "required")
    present, required = row.run_rate.quantity, row.required.quantity
    # What the present pace brings anyway is to be held, not to be raised.
    reached = compare(present, row.exact.quantity) in (0, 1)
    compared = replace(one, baseline=present, target=NOT_SAID if reached else required)
    return replace(compared, expected=volume.count, basis=volume.basis, events=volume.count)


def _typed(one: Judgement) -> Judgement:
    """Compare counts typed for a period of their own, in which the target is to be reached too."""
    from_zero = isinstance(one.baseline, Known) and not one.baseline.value
    count = one.target if from_zero else one.baseline
    return replace(one, expected=count, basis="typed", events=count)


def _events_needed(one: Judgement) -> Quantity | None:
    """Return the events that show the rise; a target that is reached already has none to show."""
    if not isinstance(one.baseline, Known) or not isinstance(one.target, Known) or not one.baseline.value:
        return None
    ratio = one.target.value / one.baseline.value
    needed = events_to_tell(ratio) if ratio > 1 else None
    return None if needed is None else Known(Fraction(needed))


def _verdict(one: Judgement) -> Verdict:
    """Judge by what is needed where that is known, else by the events to be expected."""
    if not isinstance(one.days, Known) or not isinstance(one.expected, Known):
        return "unknown"
    if isinstance(one.needed, Known) and one.expected.value >= one.needed.value:
        return "can_judge"
    if not isinstance(one.events, Known):
        return "unknown"
    if one.events.value < FEW_EVENTS:
        return "cannot_judge"
    return "reference_only" if one.events.value < SOME_EVENTS else "large_changes_only"


def _earlier(pack: Pack, one: Judgement, primary: Iterable[Judgement]) -> str | None:
    """Return the KPI further up the funnel that is judged best, the nearest one where several are."""
    here = FUNNEL.index(pack.kpis[one.kpi].stage)
    if RANK.get(one.verdict, 3) == 3 or one.target is NOT_SAID:
        return None
    better = [
        (RANK[other.verdict], FUNNEL.index(pack.kpis[other.kpi].stage), other.kpi)
        for other in primary
        if RANK.get(other.verdict, 0) > RANK[one.verdict] and FUNNEL.index(pack.kpis[other.kpi].stage) < here
    ]
    return max(better)[2] if better else None
