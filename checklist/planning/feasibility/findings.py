"""Findings on whether the plan can be done, judged and paid for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checklist.checks.findings import FactValue, Finding
from checklist.planning.chain.steps import measured_step
from checklist.planning.feasibility.judging import NOTE_ABOVE, Judgement
from checklist.planning.feasibility.money import Money, allowed_cost
from checklist.planning.inputs import Inputs
from checklist.planning.model import Chain, PlannedKPI
from checklist.quantity import Known, Quantity, Unit, compare, round_half_up

YEN = Unit.parse("jpy")
WARN_ABOVE = Fraction(3, 2)
TOO_SOON = "too_soon"
NOT_JUDGED = ("reference_only", "cannot_judge", TOO_SOON)


def feasibility_findings(
    inputs: Inputs,
    chain: Chain,
    kpis: tuple[PlannedKPI, ...],
    judgements: tuple[Judgement, ...],
    money: Money | None,
) -> Iterator[Finding]:
    """Yield one finding of each kind; several KPIs share one, which names them all."""
    yield from _about_ratios(inputs, chain, kpis)
    yield from _about_judging(inputs, chain, kpis, judgements)
    yield from _about_money(inputs, chain, money)


def _about_ratios(inputs: Inputs, chain: Chain, kpis: tuple[PlannedKPI, ...]) -> Iterator[Finding]:
    """Yield the targets far above the baseline; the goal's own rate and a list's are said elsewhere."""
    ratios = {
        planned.id: planned.ratio.value
        for planned in kpis
        if isinstance(planned.ratio, Known) and not _said_elsewhere(inputs, chain, planned)
    }
    far = tuple(name for name, ratio in ratios.items() if ratio > NOTE_ABOVE)
    some = tuple(name for name, ratio in ratios.items() if WARN_ABOVE < ratio <= NOTE_ABOVE)
    if far:
        yield Finding("ratio_above_3", "engine", "warning", far, {"kpis": far})
    if some:
        yield Finding("ratio_above_1_5", "engine", "info", some, {"kpis": some})


def _said_elsewhere(inputs: Inputs, chain: Chain, planned: PlannedKPI) -> bool:
    if chain.rate_goal is None and chain.stock is None:
        return False
    step = measured_step(chain, inputs.pack.kpis[planned.id])
    if step is None:
        return False
    of_the_goal = chain.rate_goal is not None and step.rates[0].id == chain.rate_goal.rate
    return of_the_goal or step.rates[0].per_month


def _about_judging(
    inputs: Inputs, chain: Chain, kpis: tuple[PlannedKPI, ...], judgements: tuple[Judgement, ...]
) -> Iterator[Finding]:
    """Yield the main and final KPIs whose change cannot be seen, with the earlier ones to watch."""
    steered = {kpi.id for kpi in kpis if kpi.role != "guardrail" and not _said_elsewhere(inputs, chain, kpi)}
    # Of a count as typed, several periods may be added up, so too few in one of them prove nothing.
    told = [
        one for one in judgements if one.kpi in steered and (one.basis != "typed" or one.verdict == TOO_SOON)
    ]
    unseen = [one for one in told if one.verdict in NOT_JUDGED]
    names = tuple(one.kpi for one in unseen)
    earlier = tuple(dict.fromkeys(one.watch for one in unseen if one.watch))
    if earlier:
        params: dict[str, FactValue] = {"kpis": names, "earlier": earlier}
        yield Finding("kpi_cannot_be_judged", "engine", "warning", names, params)
    elif names:
        yield Finding("kpi_cannot_be_judged_yet", "engine", "warning", names, {"kpis": names})


def _about_money(inputs: Inputs, chain: Chain, money: Money | None) -> Iterator[Finding]:
    """Yield that the cost is not earned back, or else that a lead costs more than the team allows."""
    deals = chain.stage("deal")
    if money is None or deals is None or chain.status == "covered":
        return
    even, needed = money.quantity("break_even"), deals.required.quantity
    if compare(even, needed) == 1:
        params: dict[str, FactValue] = {"break_even": even, "deals": needed}
        yield Finding("break_even_above_required", "engine", "warning", ("budget", "gross_margin"), params)
    elif compare(money.quantity("budget"), allowed_cost(inputs, chain).quantity) == 1:
        params = {"stage": money.lead_stage or "", "cost": _yen(money.quantity("cost_per_lead"))}
        params["allowed"] = _yen(money.quantity("allowed_per_lead"))
        yield Finding(
            "cost_per_lead_above_allowed", "engine", "warning", ("budget", "allowed_cost_share"), params
        )


def _yen(quantity: Quantity) -> Quantity:
    """Return what one of something costs in whole yen."""
    if isinstance(quantity, Known):
        return Known(round_half_up(quantity.value), YEN, quantity.because)
    return quantity
