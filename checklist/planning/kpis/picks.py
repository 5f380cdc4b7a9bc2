"""Which KPIs are recommended, and the answers that are the reason."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.pack.catalogue import Kpi
from checklist.pack.models import Pick
from checklist.planning.inputs import Inputs
from checklist.planning.kpis.targets import set_targets
from checklist.planning.model import Chain, PlannedKPI, Role
from checklist.questionnaire.chain import chosen_pick


def pick_kpis(inputs: Inputs, chain: Chain) -> tuple[Pick | None, tuple[PlannedKPI, ...]]:
    """Recommend the KPIs of the first pick whose condition holds, with their targets."""
    pick = chosen_pick(inputs.pack, inputs.path.scope)
    if pick is None:
        return None, ()
    names = inputs.pack.expressions[f"pick.{pick.id}"].names
    reasons = tuple(name for name in names if inputs.answer(name) is not None)
    return pick, tuple(
        _plan_kpi(inputs, chain, inputs.pack.kpis[kpi_id], role, reasons) for role, kpi_id in _roles(pick)
    )


def _roles(pick: Pick) -> Iterator[tuple[Role, str]]:
    for kpi_id in pick.primary:
        yield "primary", kpi_id
    for kpi_id in pick.guardrails:
        yield "guardrail", kpi_id
    yield "final", pick.final


def _plan_kpi(inputs: Inputs, chain: Chain, kpi: Kpi, role: Role, reasons: tuple[str, ...]) -> PlannedKPI:
    targets = set_targets(inputs, chain, kpi, role)
    return PlannedKPI(
        id=kpi.id,
        role=role,
        reasons=reasons,
        baseline=targets.baseline,
        must=targets.must,
        target=targets.target,
        stretch=targets.stretch,
        ratio=targets.ratio,
        ratio_note=targets.ratio_note,
        provisional=targets.provisional,
    )
