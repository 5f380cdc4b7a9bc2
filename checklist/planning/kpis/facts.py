"""What rules may read of each KPI, recommended or followed today; what cannot be told is Unknown."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from checklist.expression import ScopeValue
from checklist.pack.vocabulary import CURRENT_COUNTS
from checklist.planning.inputs import Inputs
from checklist.planning.kpis.current import QUESTION, CurrentKpi
from checklist.planning.kpis.traits import later_stage
from checklist.planning.model import PlannedKPI
from checklist.quantity import ONE, Known, Unknown

Facts = dict[str, ScopeValue]


def current_facts(kpi: CurrentKpi) -> Facts:
    """Return what rules may read of a KPI of the team."""
    traits = kpi.traits
    told: dict[str, ScopeValue | None] = {
        "kpi_timing": traits.timing,
        "kpi_vanity": traits.vanity,
        "kpi_has_baseline": traits.has_baseline,
        "kpi_has_target": traits.has_target,
        "kpi_has_guardrail": None if traits.is_guardrail else traits.has_guardrail,
        "kpi_has_next": traits.has_next,
        "kpi_has_link": traits.has_link,
        "kpi_has_owner": traits.has_owner,
        "kpi_is_defined": traits.is_defined,
        "kpi_is_goal_slice": traits.is_goal_slice,
        "kpi_per_differs": traits.per_differs,
        "kpi_target_is_benchmark": traits.target_is_benchmark,
        "kpi_ratio": None if traits.ratio is None else Known(traits.ratio, ONE, (QUESTION,)),
    }
    return _facts(told, QUESTION)


def current_counts(kpis: Sequence[CurrentKpi]) -> Facts:
    """Return how many KPIs a team steers by, and how many lead or lag; Unknown where that is open."""
    if not kpis:
        return dict.fromkeys(CURRENT_COUNTS, Unknown((QUESTION,)))
    main = [kpi.traits for kpi in kpis if not kpi.traits.is_guardrail]
    timings = [kpi.traits.timing for kpi in kpis]
    return {
        "current_main_kpis": Known(Fraction(len(main)), ONE, (QUESTION,)),
        "current_leading_kpis": _at_least("leading", timings),
        "current_lagging_kpis": _at_least("lagging", timings),
    }


def _at_least(timing: str, timings: Sequence[str | None]) -> ScopeValue:
    """Return how many have a timing; none found among some that are open is Unknown."""
    found = timings.count(timing)
    if not found and None in timings:
        return Unknown((QUESTION,))
    return Known(Fraction(found), ONE, (QUESTION,))


def planned_facts(inputs: Inputs, kpi: PlannedKPI, kpis: Sequence[PlannedKPI]) -> Facts:
    """Return what rules may read of a recommended KPI."""
    defined = inputs.pack.kpis[kpi.id]
    others = [inputs.pack.kpis[other.id] for other in kpis if other.id != kpi.id]
    guarded = any(other.id in defined.guardrails for other in others) if defined.guardrails else None
    told: dict[str, ScopeValue | None] = {
        "kpi_role": kpi.role,
        "kpi_timing": defined.timing,
        "kpi_vanity": defined.vanity,
        "kpi_has_baseline": _has_baseline(inputs, kpi),
        "kpi_has_target": any(isinstance(r.quantity, Known) for r in (kpi.must, kpi.target)),
        "kpi_has_guardrail": guarded,
        "kpi_has_next": any(later_stage(defined.stage, other.stage) for other in others),
        "kpi_ratio": kpi.ratio if isinstance(kpi.ratio, Known) else None,
    }
    return _facts(told, kpi.id)


def _has_baseline(inputs: Inputs, kpi: PlannedKPI) -> bool | None:
    """Say whether the present value is known; None where nobody was asked for it."""
    measures = inputs.pack.kpis[kpi.id].measures
    # A goal that is covered has no chain, so that the targets do not hold the pace that was typed.
    typed = measures is not None and inputs.flow(f"{measures.stage}_volume") is not None
    if typed or isinstance(kpi.baseline, Known):
        return True
    asked = inputs.path.asks(f"{kpi.id}_baseline") or (
        measures is not None and inputs.path.asks(f"{measures.stage}_volume")
    )
    return False if asked else None


def _facts(told: dict[str, ScopeValue | None], name: str) -> Facts:
    return {fact: Unknown((name,)) if value is None else value for fact, value in told.items()}
