"""The recommended KPIs in words."""

from __future__ import annotations

from dataclasses import replace

from checklist.pack.catalogue import Kpi
from checklist.planning.model import PlannedKPI, Reckoned
from checklist.planning.plan import Plan
from checklist.quantity import Known, Quantity, Unknown, round_half_up
from checklist.wording.answers import said
from checklist.wording.chain import reckoned
from checklist.wording.view import KpiView, Shown
from checklist.wording.words import Words


def kpi_views(words: Words, plan: Plan) -> tuple[KpiView, ...]:
    """Word every recommended KPI with its targets, in order of role."""
    return tuple(_kpi(words, plan, planned, words.pack.kpis[planned.id]) for planned in plan.kpis)


def _kpi(words: Words, plan: Plan, planned: PlannedKPI, kpi: Kpi) -> KpiView:
    provisional = planned.provisional
    return KpiView(
        id=kpi.id,
        title=words.of(kpi.title),
        role=planned.role,
        role_text=words.phrase(f"roles.{planned.role}"),
        reasons=_reasons(words, plan, planned),
        purpose=words.of(kpi.purpose),
        definition=words.of(kpi.definition),
        formula=_formula(words, kpi),
        stage_text=words.phrase(f"stage_of_kpi.{kpi.stage}"),
        better_text=words.phrase(f"better.{kpi.better}"),
        timing=kpi.timing,
        timing_text=words.phrase(f"timing.{kpi.timing}"),
        baseline=_baseline(words, kpi, planned),
        must=_target(words, kpi, planned.must, provisional),
        target=_target(words, kpi, planned.target, provisional),
        stretch=_target(words, kpi, planned.stretch, provisional),
        ratio=_ratio(words, planned),
        limit=_limit(words, kpi),
        source=words.of(kpi.source),
        cadence=words.phrase(f"cadence.{kpi.cadence}"),
        red_action=words.of(kpi.red_action),
        pitfall=words.of(kpi.pitfall),
        guardrails=tuple(words.title(name) for name in kpi.guardrails),
    )


def _reasons(words: Words, plan: Plan, planned: PlannedKPI) -> tuple[str, ...]:
    pick = next((pick for pick in words.pack.picks if pick.id == plan.pick), None)
    given = dict(plan.answers)
    answers = [
        words.phrase("kpis.because", question=words.title(name), answer=said(words, name, given.get(name)))
        for name in planned.reasons
    ]
    return (*((words.of(pick.reason),) if pick else ()), *answers)


def _formula(words: Words, kpi: Kpi) -> str:
    if kpi.numerator is None or kpi.denominator is None:
        return ""
    parts = {"numerator": words.of(kpi.numerator), "denominator": words.of(kpi.denominator)}
    return words.phrase("kpis.formula", **parts)


def kpi_value(words: Words, kpi: Kpi, quantity: Quantity) -> Shown:
    """Word a value in the KPI's own unit, or the chain's where it has one."""
    if isinstance(quantity, Known):
        plain = str(quantity.unit) in ("1", "case") or kpi.unit == "percent"
        text = words.measure(quantity.value, kpi.unit) if plain else words.quantity(quantity, 0)
        return Shown(text)
    if isinstance(quantity, Unknown) and quantity.missing:
        return Shown(words.phrase("kpis.not_set"), "unknown", words.shown(quantity).note)
    return words.shown(quantity)


def _baseline(words: Words, kpi: Kpi, planned: PlannedKPI) -> Shown:
    """Word the present value; where the targets rest on it alone, it shares their provisional mark."""
    shown = kpi_value(words, kpi, planned.baseline)
    typed = planned.must.why.formula == "hold_baseline" and shown.state == "known"
    return replace(shown, provisional=planned.provisional and typed)


def _target(words: Words, kpi: Kpi, value: Reckoned, provisional: bool) -> Shown:
    shown = kpi_value(words, kpi, value.quantity)
    known = isinstance(value.quantity, Known)
    return Shown(shown.text, shown.state, shown.note, provisional and known, reckoned(words, value).why)


def _ratio(words: Words, planned: PlannedKPI) -> str:
    if planned.ratio_note:
        return words.phrase(f"kpis.{planned.ratio_note}")
    if not isinstance(planned.ratio, Known):
        return ""
    if words.pack.kpis[planned.id].better == "lower":
        return words.phrase(
            "kpis.ratio_lower", percent=words.percent(round_half_up(1 / planned.ratio.value, 2))
        )
    key = "ratio_to_pace" if planned.must.why.formula == "required" else "ratio"
    return words.phrase(f"kpis.{key}", ratio=words.number(planned.ratio.value, 2))


def _limit(words: Words, kpi: Kpi) -> str:
    if kpi.limit is None:
        return ""
    return words.phrase("kpis.limit", value=kpi.limit.value, source=words.of(kpi.limit.source))
