"""Targets of the recommended KPIs: must, target and stretch, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checklist.pack.models import Kpi
from checklist.planning.chance import rate_for_chance
from checklist.planning.inputs import Inputs
from checklist.planning.model import NOT_SAID, Chain, RateRow, Reckoned, StageRow, Why
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


def set_targets(inputs: Inputs, chain: Chain, kpi: Kpi, role: str) -> Targets:
    """Set the targets of one KPI: from the chain where it measures it, else as typed."""
    row = _measured_stage(chain, kpi)
    if row is not None:
        return _count_targets(row, kpi)
    step = _measured_rate(chain, kpi)
    if step is not None:
        return _rate_targets(chain, *step, kpi)
    return _typed_targets(inputs, kpi, role)


def _measured_stage(chain: Chain, kpi: Kpi) -> StageRow | None:
    measures = kpi.measures
    stage = measures and (measures.stage or measures.route_stage)
    return chain.stage(stage) if stage and chain.status != "covered" else None


def _measured_rate(chain: Chain, kpi: Kpi) -> tuple[StageRow, RateRow] | None:
    wanted = kpi.measures.rate if kpi.measures else None
    for row in (*chain.stages, *chain.routes):
        if row.rate is not None and row.rate.id == wanted:
            return row, row.rate
    return None


def _count_targets(row: StageRow, kpi: Kpi) -> Targets:
    ratio, note = _ratio(kpi, row.run_rate.quantity, row.required.quantity)
    provisional = row.rate is not None and row.rate.provisional
    return Targets(
        row.run_rate.quantity, row.required, row.required_80, row.required_90, ratio, note, provisional
    )


def _rate_targets(chain: Chain, row: StageRow, rate: RateRow, kpi: Kpi) -> Targets:
    must = Reckoned(rate.quantity, Why("assumed_rate", ((rate.id, rate.quantity),)))
    baseline = rate.quantity if rate.source == "own_record" else Unknown((rate.id,))
    if rate.per_month and chain.stock:
        return _stock_rate_targets(chain, baseline, rate, kpi)
    target = _rate_for(chain, row, rate, Fraction(4, 5))
    stretch = _rate_for(chain, row, rate, Fraction(9, 10))
    ratio, note = _ratio(kpi, baseline, target.quantity)
    return Targets(baseline, must, target, stretch, ratio, note, rate.provisional)


def _stock_rate_targets(chain: Chain, baseline: Quantity, rate: RateRow, kpi: Kpi) -> Targets:
    stock = chain.stock
    assert stock is not None
    needed = Reckoned(stock.needed_rate, Why("stock_rate", ((stock.stage, stock.contact_months),)))
    ratio, note = _ratio(kpi, baseline, needed.quantity)
    none = Reckoned(NOT_SAID, Why("stock_rate"))
    return Targets(baseline, needed, none, none, ratio, note, rate.provisional)


def _rate_for(chain: Chain, row: StageRow, rate: RateRow, chance: Fraction) -> Reckoned:
    """Return the rate at which the required count above it reaches the goal with `chance`."""
    why = Why("rate_for_chance", ((row.id, row.required.quantity), (rate.id, rate.quantity)))
    whole = chain.stages[-1].required.quantity if chain.stages else NOT_SAID
    count, below = row.required.quantity, _rate_below(chain, row)
    if not (isinstance(whole, Known) and isinstance(count, Known) and isinstance(below, Known)):
        return Reckoned(_first_not_known(whole, count, below), why)
    total = rate_for_chance(int(whole.value), int(count.value), float(chance))
    if total is None or not isinstance(rate.quantity, Known):
        return Reckoned(NOT_SAID, why)
    wanted = _rounded_up(total / below.value)
    if wanted > 1:
        return Reckoned(Impossible("above_100", {"rate": rate.id}), why)
    return Reckoned(Known(wanted, rate.quantity.unit, rate.quantity.because), why)


def _rate_below(chain: Chain, row: StageRow) -> Quantity:
    """Return the rate from the stage under `row` to the bottom."""
    if row not in chain.stages:
        return NOT_SAID
    total = Fraction(1)
    for below in chain.stages[chain.stages.index(row) + 1 :]:
        if below.rate is None:
            break
        if not isinstance(below.rate.quantity, Known):
            return below.rate.quantity
        total *= below.rate.quantity.value
    return Known(total)


def _rounded_up(rate: Fraction) -> Fraction:
    """Round a rate up to 0.1 points, or to 0.001 points below half a percent."""
    scale = 1_000 if rate >= Fraction(1, 200) else 100_000
    return Fraction(-((-rate * scale) // 1), scale)


def _first_not_known(*quantities: Quantity) -> Quantity:
    return next(quantity for quantity in quantities if not isinstance(quantity, Known))


def _typed_targets(inputs: Inputs, kpi: Kpi, role: str) -> Targets:
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
