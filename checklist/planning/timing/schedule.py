"""When a lead must exist for its order to come in time."""

from __future__ import annotations

from datetime import date

from checklist.planning.inputs import Inputs
from checklist.planning.model import Schedule
from checklist.quantity import Impossible, Quantity, Unknown
from checklist.questionnaire.typed import Duration, subtract

TO_OPPORTUNITY = "lead_to_opportunity_time"
TO_DEAL = "opportunity_to_deal_time"


def make_schedule(inputs: Inputs, goal_stage: str) -> Schedule:
    """Work the dates back from the KGI date, whose stage the goal counts.

    A deadline before today is Impossible with both dates, also when only one of the two times is known.
    """
    end = inputs.day("kgi_date")
    if end is None:
        return Schedule(inputs.today, None, None, None, Unknown(("kgi_date",)))
    to_deal = _time(inputs, TO_DEAL, goal_stage == "deal")
    to_opportunity = _time(inputs, TO_OPPORTUNITY, goal_stage in ("deal", "opportunity"))
    opportunity = _before(end, to_deal)
    lead = _before(opportunity, to_opportunity)
    latest = lead or opportunity or _before(end, to_opportunity) or end
    return Schedule(
        today=inputs.today,
        kgi_date=end,
        lead_deadline=lead,
        opportunity_deadline=opportunity,
        problem=_problem(inputs.today, end, latest, lead, (to_deal, to_opportunity)),
        days_to_kgi_date=(end - inputs.today).days,
        days_to_lead_deadline=(lead - inputs.today).days if lead else None,
        latest=latest,
    )


def _time(inputs: Inputs, question_id: str, counts: bool) -> Duration | None | str:
    """Return the duration, the question's id when it is not known, or None when it does not count."""
    if not counts:
        return None
    return inputs.duration(question_id) or question_id


def _before(day: date | None, time: Duration | None | str) -> date | None:
    if day is None or isinstance(time, str):
        return None
    if time is None:
        return day
    try:
        return subtract(day, time)
    except (OverflowError, ValueError):
        return date.min


def _problem(
    today: date, end: date, latest: date, lead: date | None, times: tuple[Duration | None | str, ...]
) -> Quantity | None:
    facts = {"kgi_date": end.isoformat(), "deadline": latest.isoformat(), "today": today.isoformat()}
    if end < today:
        return Impossible("kgi_date_past", facts)
    if latest < today:
        return Impossible("deadline_past", facts)
    if lead is None:
        return Unknown(tuple(time for time in times if isinstance(time, str)))
    return None


def deadline_of(schedule: Schedule, stage: str) -> date | None:
    """Return the last day on which a `stage` still leads to the goal in time."""
    if stage == "deal":
        return schedule.kgi_date
    return schedule.opportunity_deadline if stage == "opportunity" else schedule.lead_deadline


def missing_for(schedule: Schedule) -> Unknown:
    """Return what would have to be known for the lead deadline."""
    return schedule.problem if isinstance(schedule.problem, Unknown) else Unknown((TO_OPPORTUNITY, TO_DEAL))
