"""Put a whole plan into words, once for every rendering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.quantity import Known
from checklist.questionnaire.values import Answer
from checklist.wording.answers import option_title, said
from checklist.wording.chain import chain_view, citation, reckoned
from checklist.wording.items import finding_view, item_views, todo_view
from checklist.wording.kpis import kpi_views
from checklist.wording.phrases import Phrases
from checklist.wording.sections.channels import channel_sections
from checklist.wording.sections.current import current_sections
from checklist.wording.sections.feasibility import capacity_sections, judging_sections, money_sections
from checklist.wording.sections.following import diagnosis_sections, measurement_sections
from checklist.wording.sections.months import month_sections
from checklist.wording.sections.outlook import outlook_sections
from checklist.wording.sections.portfolio import portfolio_sections
from checklist.wording.sections.scoring import scoring_sections
from checklist.wording.sections.segments import segment_sections
from checklist.wording.sections.time import rescue_sections, review_sections
from checklist.wording.sections.yardsticks import yardstick_sections
from checklist.wording.view import AnswerRow, Fact, SectionView, Shown, WordedPlan
from checklist.wording.words import Words


def present(plan: Plan, pack: Pack, phrases: Phrases, language: str) -> WordedPlan:
    """Return the plan in words; the screen, the PDF and the exports print nothing else."""
    words = Words(pack, phrases, language)
    campaign = _choice(words, "campaign", plan.campaign)
    return WordedPlan(
        language=language,
        words=_fixed(phrases, language),
        title=words.phrase("document.title", campaign=campaign)
        if plan.campaign
        else words.phrase("document.title_open"),
        subtitle=plan.kgi.business or "",
        campaign_id=plan.campaign or "",
        campaign=campaign,
        made_on=words.date(plan.today),
        path_text=words.phrase(f"document.path_{plan.path}"),
        kgi_sentence=_kgi_sentence(words, plan),
        kgi=tuple(_kgi_facts(words, plan)),
        verdict=plan.readiness.overall,
        verdict_text=words.phrase(f"readiness.{plan.readiness.overall}"),
        verdict_body=_verdict_body(words, plan),
        items=item_views(words, plan),
        chain=chain_view(words, plan),
        schedule=tuple(_schedule(words, plan)),
        schedule_note=_schedule_note(words, plan),
        goal_sections=tuple(_sections(words, plan, GOAL_SECTIONS)),
        kpis=kpi_views(words, plan),
        kpi_sections=tuple(_sections(words, plan, KPI_SECTIONS)),
        findings=tuple(finding_view(words, finding) for finding in plan.findings),
        todos=tuple(todo_view(words, plan, todo) for todo in plan.todos),
        provisional=tuple(_provisional(words, plan)),
        sources=tuple(_sources(words, plan)),
        answers=tuple(_answers(words, plan)),
        footer=words.phrase("document.made_with", version=plan.pack_version),
    )


SectionOf = Callable[[Words, Plan], Iterable[SectionView]]

GOAL_SECTIONS: tuple[SectionOf, ...] = (
    outlook_sections,
    portfolio_sections,
    channel_sections,
    segment_sections,
    rescue_sections,
    month_sections,
    capacity_sections,
    money_sections,
)
KPI_SECTIONS: tuple[SectionOf, ...] = (
    judging_sections,
    current_sections,
    diagnosis_sections,
    measurement_sections,
    yardstick_sections,
    scoring_sections,
    review_sections,
)


def _sections(words: Words, plan: Plan, makers: tuple[SectionOf, ...]) -> Iterator[SectionView]:
    for make in makers:
        yield from make(words, plan)


def _verdict_body(words: Words, plan: Plan) -> str:
    """Say what the verdict rests on: a critical finding first, then what has not been judged."""
    critical = next((finding for finding in plan.findings if finding.severity == "critical"), None)
    if critical is not None:
        return words.phrase("readiness.critical_sentence", title=finding_view(words, critical).title)
    overall = plan.readiness.overall
    if overall == "conditional" and any(item.verdict == "not_judged" for item in plan.readiness.items):
        return words.phrase("readiness.conditional_open_sentence")
    warnings = sum(finding.severity == "warning" for finding in plan.findings)
    sentence = words.phrase(f"readiness.{overall}_sentence")
    if overall == "ready" and warnings:
        sentence += words.phrase("readiness.cautions", count=str(warnings))
    return sentence


def _fixed(phrases: Phrases, language: str) -> dict[str, str]:
    groups = (
        "headings",
        "targets",
        "labels",
        "severity",
        "readiness",
        "grades",
        "document",
        "exports",
        "calendar",
    )
    return {f"{name}.{key}": text for name in groups for key, text in phrases.group(language, name).items()}


def _choice(words: Words, question_id: str, option_id: str | None) -> str:
    if option_id is None:
        return words.phrase("document.unknown")
    return option_title(words, words.pack.questions[question_id], option_id)


def _kgi_sentence(words: Words, plan: Plan) -> str:
    kgi = plan.kgi
    uncounted = kgi.kind == "count" and dict(plan.answers).get("kgi_count_stage") is None
    if kgi.kind is None or kgi.day is None or uncounted or not isinstance(kgi.amount, Known):
        return words.phrase("kgi.incomplete")
    business = words.phrase("kgi.of_business", business=kgi.business) if kgi.business else ""
    values = dict(plan.answers)
    texts = {"date": words.date(kgi.day), "business": business, "amount": words.quantity(kgi.amount)}
    texts["basis"] = words.phrase("kgi.amount_word")
    if kgi.basis:
        texts["basis"] = words.phrase("kgi.of_basis", basis=_choice(words, "kgi_basis", kgi.basis))
    if kgi.kind == "growth":
        texts["amount"] = words.percent(kgi.amount.value)
        texts["last_year"] = said(words, "last_year_amount", values.get("last_year_amount"))
    if kgi.kind == "count":
        texts["stage"] = words.title(plan.chain.goal_stage)
        texts["amount"] = words.stage_count(kgi.amount.value, plan.chain.goal_stage)
    if kgi.kind == "rate":
        if plan.chain.rate_goal is None:
            return words.phrase("kgi.incomplete")
        texts["rate"] = words.title(plan.chain.rate_goal.rate)
        texts["before"] = said(words, "kgi_rate_from", values.get("kgi_rate_from"))
        texts["amount"] = words.percent(kgi.amount.value)
    return words.phrase(f"kgi.{kgi.kind}", **texts)


KGI_FACTS = (
    "kgi_amount",
    "last_year_amount",
    "growth_rate",
    "kgi_count",
    "kgi_rate_from",
    "kgi_rate_to",
    "kgi_rate_volume",
    "kgi_date",
    "existing_revenue",
    "existing_count",
    "orders_booked",
    "pipeline_expected",
    "share",
    "average_deal",
    "mailable_contacts",
    "contact_growth",
    "booked_meetings",
)


def _kgi_facts(words: Words, plan: Plan) -> list[Fact]:
    given = dict(plan.answers)
    facts = [
        Fact(words.title(name), _answer_shown(words, name, given.get(name)))
        for name in KGI_FACTS
        if name in given
    ]
    if plan.kgi.kind in ("amount", "growth", "count"):
        facts.append(Fact(words.title("goal_part"), reckoned(words, plan.chain.goal_part)))
    return facts


def _answer_shown(words: Words, name: str, answer: Answer | None) -> Shown:
    return Shown(said(words, name, answer), "known" if answer is not None else "unknown")


def _schedule(words: Words, plan: Plan) -> list[Fact]:
    """Word the dates; a deadline that is the goal's date itself says nothing of its own."""
    schedule, given = plan.schedule, dict(plan.answers)
    days = {"opportunity_deadline": schedule.opportunity_deadline, "lead_deadline": schedule.lead_deadline}
    facts = [_date_fact(words, "kgi_date", schedule.kgi_date)]
    facts += [_date_fact(words, name, day) for name, day in days.items() if day != schedule.kgi_date]
    times = ("lead_to_opportunity_time", "opportunity_to_deal_time", "campaign_date")
    return facts + [
        Fact(words.title(name), _answer_shown(words, name, given[name])) for name in times if name in given
    ]


def _date_fact(words: Words, name: str, day: date | None) -> Fact:
    if day is None:
        return Fact(words.title(name), Shown(words.phrase("document.unknown"), "unknown"))
    return Fact(words.title(name), Shown(words.date(day)))


def _schedule_note(words: Words, plan: Plan) -> str:
    schedule = plan.schedule
    if schedule.problem is not None:
        return words.shown(schedule.problem).note
    later = schedule.lead_deadline == schedule.kgi_date
    return "" if later else words.phrase("document.median_note")


def _provisional(words: Words, plan: Plan) -> list[Fact]:
    given = dict(plan.answers)
    return [Fact(words.title(name), Shown(said(words, name, given.get(name)))) for name in plan.provisional]


def _sources(words: Words, plan: Plan) -> list[str]:
    used = [row.rate.benchmark for row in (*plan.chain.stages, *plan.chain.routes) if row.rate]
    names = dict.fromkeys(name for name in used if name)
    return [citation(words, words.pack.benchmarks[name]) for name in names]


def _answers(words: Words, plan: Plan) -> list[AnswerRow]:
    """Word every answer but the checks, which stand with their items."""
    sections = {section.id: words.of(section.section.title) for section in words.pack.sections}
    return [
        AnswerRow(
            name, sections[words.pack.questions[name].section], words.title(name), said(words, name, answer)
        )
        for name, answer in plan.answers
        if words.pack.questions[name].kind != "check"
    ]
