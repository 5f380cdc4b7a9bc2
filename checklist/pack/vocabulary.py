"""The ids that the engine reads by name, and so every pack has to define, with their types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklist.expression import Boolean, Choice, Number, Type
from checklist.pack.models import Funnel, QuestionType, RuleScope
from checklist.quantity import ONE, Unit

CAMPAIGNS = ("site_renewal", "ma_rollout", "trade_show")
SITE, MA, SHOW = CAMPAIGNS

CHECK_ANSWERS = ("yes", "partly", "no")

RESERVED = frozenset(
    "and or not in if else is known answered asked when_asked ceil floor min max count true false".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One question that the engine reads; needed where the pack has one of `campaigns`."""

    id: str
    type: QuestionType
    unit: str | None = None
    options: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = CAMPAIGNS


VOCABULARY: tuple[Word, ...] = (
    Word("campaign", "single_choice", options=CAMPAIGNS),
    Word(
        "purpose",
        "single_choice",
        options=("awareness", "acquisition", "opportunities"),
        campaigns=(SITE, SHOW),
    ),
    Word("ma_phase", "single_choice", options=("start", "growth", "mature"), campaigns=(MA,)),
    Word("business", "text"),
    Word("campaign_date", "date"),
    Word("kgi_kind", "single_choice", options=("amount", "count", "growth", "rate")),
    Word("kgi_basis", "single_choice", options=("orders", "revenue", "arr")),
    Word("kgi_amount", "amount", "jpy"),
    Word("kgi_count", "count", "case"),
    Word("kgi_count_stage", "single_choice"),
    Word("existing_count", "count", "case"),
    Word("last_year_amount", "amount", "jpy"),
    Word("growth_rate", "percentage"),
    Word("kgi_rate_step", "single_choice"),
    Word("kgi_rate_from", "percentage"),
    Word("kgi_rate_to", "percentage"),
    Word("kgi_rate_volume", "volume"),
    Word("kgi_date", "date"),
    Word("existing_revenue", "amount", "jpy"),
    Word("orders_booked", "amount", "jpy"),
    Word("pipeline_expected", "amount", "jpy"),
    Word("share", "percentage"),
    Word("average_deal", "amount", "jpy/deal"),
    Word("lead_to_opportunity_time", "duration"),
    Word("opportunity_to_deal_time", "duration"),
    Word("budget", "amount", "jpy"),
    Word("gross_margin", "percentage"),
    Word("meeting_capacity", "volume", "opportunity/month"),
    Word("web_stages", "multiple_choice", campaigns=(SITE,)),
    Word("ma_stages", "multiple_choice", campaigns=(MA,)),
    Word("show_stages", "multiple_choice", campaigns=(SHOW,)),
    Word("mailable_contacts", "count", "contact", campaigns=(MA,)),
    Word("contact_growth", "volume", "contact/month", campaigns=(MA,)),
    Word("show_days", "count", "day", campaigns=(SHOW,)),
    Word("show_hours", "count", "hour/day", campaigns=(SHOW,)),
    Word("show_staff", "count", "person", campaigns=(SHOW,)),
    Word("talks_per_person_hour", "count", "talk/person/hour", campaigns=(SHOW,)),
    Word("shows_in_period", "count", "show", campaigns=(SHOW,)),
    Word("booked_meetings", "count", "booked_meeting", campaigns=(SHOW,)),
)

SENTENCE_FACTS = (
    "kgi_sentence_has_number",
    "kgi_sentence_has_date",
    "kgi_sentence_has_business",
    "kgi_sentence_is_activity",
    "kgi_sentence_is_vague",
    "kgi_sentence_disagrees",
)
CURRENT_COUNTS = ("current_main_kpis", "current_leading_kpis", "current_lagging_kpis")

_OF_EVERY_KPI: dict[str, Type] = {
    "kpi_timing": Choice(("leading", "lagging")),
    "kpi_vanity": Boolean(),
    "kpi_has_baseline": Boolean(),
    "kpi_has_target": Boolean(),
    "kpi_has_guardrail": Boolean(),
    "kpi_has_next": Boolean(),
    "kpi_ratio": Number(ONE),
}
_OF_PLANNED_KPIS: dict[str, Type] = {
    "kpi_role": Choice(("primary", "guardrail", "final")),
}
_OF_CURRENT_KPIS: dict[str, Type] = {
    "kpi_has_link": Boolean(),
    "kpi_has_owner": Boolean(),
    "kpi_is_defined": Boolean(),
    "kpi_is_goal_slice": Boolean(),
    "kpi_per_differs": Boolean(),
    "kpi_target_is_benchmark": Boolean(),
}

FORMULAS = {"goal_amount": "jpy", "goal_count": "case"}
FORMULAS_IF_PRESENT = {"talk_capacity": "talk"}


def fact_types(funnels: Iterable[Funnel]) -> dict[str, Type]:
    """Return what findings and computed checks may read beyond answers and formulas."""
    day = Number(Unit.parse("day"))
    facts: dict[str, Type] = {
        "goal_part": Number(Unit.parse("jpy")),
        "days_to_kgi_date": day,
        "days_to_lead_deadline": day,
        **dict.fromkeys(SENTENCE_FACTS, Boolean()),
        **dict.fromkeys(CURRENT_COUNTS, Number(ONE)),
    }
    for funnel in funnels:
        for stage in (*funnel.stages, *(stage for route in funnel.routes for stage in route.stages)):
            facts[f"exact_{stage.id}"] = facts[f"required_{stage.id}"] = Number(Unit.parse(stage.id))
    return facts


def kpi_fact_types(each: RuleScope) -> dict[str, Type]:
    """Return what a rule about every KPI of one kind may read of that KPI, nothing for other rules."""
    if each == "plan":
        return {}
    return _OF_EVERY_KPI | (_OF_PLANNED_KPIS if each == "kpi" else _OF_CURRENT_KPIS)
