"""What rules and computed checks may read beyond the answers."""

from __future__ import annotations

from fractions import Fraction

from checklist.pack.compiled import Pack
from checklist.planning.inputs import DAY
from checklist.planning.model import Chain, Schedule
from checklist.planning.timing.schedule import missing_for
from checklist.quantity import Known, Quantity, Unknown


def make_facts(pack: Pack, chain: Chain, schedule: Schedule, asked_part: Quantity) -> dict[str, Quantity]:
    """Return every fact by name; what the chain does not hold is Unknown."""
    facts: dict[str, Quantity] = {
        "goal_part": asked_part,
        "days_to_kgi_date": _days(schedule.days_to_kgi_date, Unknown(("kgi_date",))),
        "days_to_lead_deadline": _days(schedule.days_to_lead_deadline, missing_for(schedule)),
    }
    for funnel in pack.funnels.values():
        for stage in (*funnel.stages, *(stage for route in funnel.routes for stage in route.stages)):
            row = chain.stage(stage.id)
            unsaid = Unknown((stage.id,))
            facts[f"exact_{stage.id}"] = row.exact.quantity if row else unsaid
            facts[f"required_{stage.id}"] = row.required.quantity if row else unsaid
    return facts


def _days(days: int | None, missing: Unknown) -> Quantity:
    return missing if days is None else Known(Fraction(days), DAY)
