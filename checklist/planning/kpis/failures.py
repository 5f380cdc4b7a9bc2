"""Where each KPI is judged by the rules, and the kinds of failure among the engine's own findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from checklist.checks.findings import EachScope, Finding
from checklist.expression import ScopeValue
from checklist.pack.models import FailureCode
from checklist.planning.inputs import Inputs
from checklist.planning.kpis.current import CurrentKpi
from checklist.planning.kpis.facts import current_facts, planned_facts
from checklist.planning.model import PlannedKPI

CODES: Mapping[str, FailureCode] = {
    "too_few_cases_to_tell": "F9",
    "kpi_cannot_be_judged": "F9",
    "kpi_cannot_be_judged_yet": "F9",
    "lead_deadline_past": "F12",
    "lead_deadline_near": "F12",
    "campaign_after_deadline": "F12",
    "no_time_left": "F12",
    "provisional_rates": "F16",
}


def with_code(finding: Finding) -> Finding:
    """Return a finding of the engine with the kind of failure that it is, where it is one."""
    return replace(finding, code=CODES.get(finding.id)) if finding.origin == "engine" else finding


def kpi_scopes(
    inputs: Inputs,
    facts: Mapping[str, ScopeValue],
    kpis: Sequence[PlannedKPI],
    current: Sequence[CurrentKpi],
) -> EachScope:
    """Return the scopes in which rules about each KPI are judged: its own facts beside those of the plan."""
    scope = inputs.path.scope
    planned = [(kpi.id, planned_facts(inputs, kpi, kpis)) for kpi in kpis]
    followed = [(kpi.name, current_facts(kpi)) for kpi in current]
    return {
        "kpi": [(name, scope.with_facts({**facts, **own})) for name, own in planned],
        "current_kpi": [(name, scope.with_facts({**facts, **own})) for name, own in followed],
    }
