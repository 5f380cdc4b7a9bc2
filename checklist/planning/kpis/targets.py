"""Targets of the recommended KPIs: must, target and stretch, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from checklist.pack.catalogue import Kpi
from checklist.planning.chain.steps import Step, beside, measured_step, rests_on_provisional
from checklist.planning.chances.chance import rate_for_chance
from checklist.planning.inputs import Inputs
from checklist.planning.model import NOT_SAID, Chain, Reckoned, Role, StageRow, Why
from checklist.quantity import Impossible, Known, Quantity, Unknown, divide
from checklist.questionnaire.typed import read_number
from checklist.questionnaire.values import Estimate


@dataclass(frozen=True, slots=True)
class Targets:
    """What a KPI has now and has to reach; `ratio_note` is a code where no ratio can be said."""

    baseline: Quantity
    must: Reckoned
    target: Reckoned
    stretch: Reckoned
    ratio: Quantity = NOT_SAID
    ratio_note: str = ""
    provisional: bool = False


def set_targets(inputs: Inputs, chain: Chain, kpi: Kpi, role: Role) -> Targets:
    """Set the targets of one KPI: from the chain where it measures it, else as typed."""
    if chain.status == "covered" and kpi.measures is not None:
        none = Reckoned(NOT_SAID, Why("covered"))
        return Targets(NOT_SAID, none, none, none)
    row = _measured_stage(chain, kpi)
    if row is not None:
        return _held(_count_targets(chain, row, kpi), role)
    step = measured_step(chain, kpi)
    if step is not None:
        return _held(_rate_targets(chain, step, kpi), role)
    return _typed_targets(inputs, kpi, role)


def _held(targets: Targets, role: Role) -> Targets:
    """Return a guard-rail's targets: what the chain relies on is its floor, with nothing beyond it."""
    if role != "guardrail":
        return targets
    none = Reckoned(NOT_SAID, Why("hold_baseline"))
    return replace(targets, target=none, stretch=none, ratio=NOT_SAID, ratio_note="")


def _measured_stage(chain: Chain, kpi: Kpi) -> StageRow | None:
    measures = kpi.measures
    stage = measures and (measures.stage or measures.route_stage)
    return chain.stage(stage) if stage and chain.status != "covered" else None


def _count_targets(chain: Chain, row: StageRow, kpi: Kpi) -> Targets:
    ratio, note = _ratio(kpi, row.run_rate.quantity, row.required.quantity)
    # What people know as the present value is the pace, not what it adds up to by the deadline.
    present = next((pace for _, pace in row.run_rate.why.values), row.run_rate.quantity)
    if note == "from_zero" and present != row.run_rate.quantity:
        ratio, note = NOT_SAID, ""
    return Targets(
        baseline=present,
        must=row.required,
        target=row.required_80,
        stretch=row.required_90,
        ratio=ratio,
        ratio_note=note,
        provisional=rests_on_provisional(chain, row),
    )


def _rate_targets(chain: Chain, step: Step, kpi: Kpi) -> Targets:
    must = Reckoned(step.quantity, Why("assumed_rate", tuple((r.id, r.quantity) for r in step.rates)))
    goal = chain.rate_goal
    if goal is not None and goal.rate == step.rates[0].id:
        ratio, note = _ratio(kpi, goal.before, goal.after)
        none = Reckoned(NOT_SAID, must.why)
        return Targets(goal.before, must, must, none, ratio, note)
    own = all(rate.source == "own_record" for rate in step.rates)
    # A rate that is no own record is what the plan assumes, not where the team stands.
    baseline = step.quantity if own else NOT_SAID
    provisional = any(rate.provisional for rate in step.rates)
    if step.rates[0].per_month and chain.stock:
        return _stock_rate_targets(chain, baseline, provisional, kpi)
    target = _rate_for(chain, step, Fraction(4, 5))
    stretch = _rate_for(chain, step, Fraction(9, 10))
    ratio, note = _ratio(kpi, baseline, target.quantity)
    return Targets(baseline, must, target, stretch, ratio, note, provisional)


def _stock_rate_targets(chain: Chain, baseline: Quantity, provisional: bool, kpi: Kpi) -> Targets:
    stock = chain.stock
    assert stock is not None
    needed = Reckoned(stock.needed_rate, Why("stock_rate", ((stock.stage, stock.contact_months),)))
    ratio, note = _ratio(kpi, baseline, needed.quantity)
    none = Reckoned(NOT_SAID, Why("stock_rate"))
    return Targets(baseline, needed, none, none, ratio, note, provisional)


def _rate_for(chain: Chain, step: Step, chance: Fraction) -> Reckoned:
    """Return the rate at which the required count above it reaches the goal with `chance`."""
    count, assumed, below = step.top.required.quantity, step.quantity, step.below
    why = Why("rate_for_chance", ((step.top.id, count), *((rate.id, rate.quantity) for rate in step.rates)))
    whole = chain.stages[-1].required.quantity
    if chain.rate_goal is not None or isinstance(count, Known) and not count.value:
        return Reckoned(NOT_SAID, why)
    if not (isinstance(whole, Known) and isinstance(count, Known) and isinstance(below, Known)):
        return Reckoned(_first_not_known(whole, count, assumed, below), why)
    if not isinstance(assumed, Known):
        return Reckoned(assumed, why)
    rate = rate_for_chance(
        int(whole.value), int(count.value), float(chance), below.value, beside(chain, step.top)
    )
    if rate is None:
        return Reckoned(Impossible("above_100", {"rate": step.rates[0].id}), why)
    return Reckoned(Known(max(rate, assumed.value), assumed.unit, assumed.because), why)


def _first_not_known(*quantities: Quantity) -> Quantity:
    return next((quantity for quantity in quantities if not isinstance(quantity, Known)), NOT_SAID)


def _typed_targets(inputs: Inputs, kpi: Kpi, role: Role) -> Targets:
    baseline = _typed(inputs, f"{kpi.id}_baseline")
    target = _typed(inputs, f"{kpi.id}_target")
    floor = _limit(kpi, baseline) if role == "guardrail" else baseline
    held = Why("stated_limit" if role == "guardrail" and kpi.limit else "hold_baseline")
    why = Why("typed_target", ((f"{kpi.id}_target", target),))
    ratio, note = _ratio(kpi, baseline, target)
    answer = inputs.answer(f"{kpi.id}_baseline")
    provisional = isinstance(answer, Estimate) and answer.source not in ("own_record", "unstated")
    none = Reckoned(NOT_SAID, why)
    goal = none if role == "guardrail" and isinstance(target, Unknown) else Reckoned(target, why)
    return Targets(baseline, Reckoned(floor, held), goal, none, ratio, note, provisional)


def _typed(inputs: Inputs, name: str) -> Quantity:
    answer = inputs.answer(name)
    if isinstance(answer, Estimate):
        return Known(answer.likely, answer.unit, (name,))
    return Unknown((name,))


def _limit(kpi: Kpi, baseline: Quantity) -> Quantity:
    """Return the stated limit of a guard-rail, or its baseline where none is stated."""
    if kpi.limit is None:
        return baseline
    value = read_number(kpi.limit.value.rstrip("%"))
    return Known(value / 100 if kpi.limit.value.endswith("%") else value)


def _ratio(kpi: Kpi, baseline: Quantity, target: Quantity) -> tuple[Quantity, str]:
    """Return target over baseline, turned round where lower is better; no ratio for a zero."""
    if not isinstance(baseline, Known) or not isinstance(target, Known):
        return NOT_SAID, ""
    if baseline.value == 0 or target.value == 0:
        return NOT_SAID, "from_zero" if baseline.value == 0 else "to_zero"
    same = Known(target.value, baseline.unit)
    return (divide(baseline, same) if kpi.better == "lower" else divide(same, baseline)), ""
