"""The article's warning: what must follow when a KPI rises, so that a target met is not a goal missed."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.pack.compiled import Pack
from checklist.planning.model import PlannedKPI

BEFORE_THE_RESULT = ("attract", "engage", "capture", "nurture", "qualify", "opportunity")


@dataclass(frozen=True, slots=True)
class NextStep:
    """A KPI of the plan, the KPI that must follow it, and whether the plan watches that one too."""

    kpi: str
    follows: str
    watched: bool


def next_steps(pack: Pack, kpis: tuple[PlannedKPI, ...]) -> tuple[NextStep, ...]:
    """Return the next step of every KPI that comes before the result, from the top of the funnel down."""
    planned = {kpi.id for kpi in kpis}
    found = [
        (
            BEFORE_THE_RESULT.index(kpi.stage),
            NextStep(kpi.id, kpi.next_step.kpi, kpi.next_step.kpi in planned),
        )
        for kpi in (pack.kpis[planned_kpi.id] for planned_kpi in kpis)
        if kpi.next_step is not None and kpi.stage in BEFORE_THE_RESULT
    ]
    return tuple(step for _, step in sorted(found, key=lambda one: one[0]))
