"""What parts of a pack say about each other: every reference leads somewhere, every figure makes sense."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from checklist.expression import Choices
from checklist.pack.binding import Bound
from checklist.pack.catalogue import Benchmark, Kpi
from checklist.pack.generate import rate_names
from checklist.pack.models import Entry, Funnel, Pick, Question, Section
from checklist.pack.placing import Parts
from checklist.pack.problems import Path, Placed, Problems, nearest
from checklist.pack.published import check_benchmark, check_choosable
from checklist.pack.scoring import Scoring
from checklist.pack.terms import check_terms

_LIMITS = {
    "amount": re.compile(r"-?[0-9][0-9,]{0,20}円"),
    "count": re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?"),
    "rate": re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?%"),
    "percentage": re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?%"),
    "duration": re.compile(r"[0-9]{1,5}(日|週間|か月|年)"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_CHOICES = ("single_choice", "multiple_choice")


def check(parts: Parts, bound: Bound, problems: Problems) -> None:
    """Note every reference that leads nowhere and every figure that makes no sense."""
    benchmarks = {placed.model.id: placed.model for placed in parts.benchmarks}
    kpis = {placed.model.id: placed.model for placed in parts.kpis}
    stages = {
        stage.id
        for placed in parts.funnels
        for stage in (*placed.model.stages, *(s for route in placed.model.routes for s in route.stages))
    }
    rates = rate_names(placed.model for placed in parts.funnels)
    items = {placed.model.id for placed in parts.items}
    for section in parts.sections:
        _check_section(section, items, benchmarks, problems)
    check_terms(parts, problems)
    for funnel in parts.funnels:
        _check_funnel(funnel, bound, rates, benchmarks, problems)
    for kpi in parts.kpis:
        _check_kpi(kpi, kpis, stages, rates, problems)
    for pick in parts.picks:
        _check_pick(pick, kpis, problems)
    for scoring in parts.scoring:
        _check_scoring(scoring, kpis, bound, problems)
    for benchmark in parts.benchmarks:
        check_benchmark(benchmark, kpis, problems)
    concerns = {*bound.questions, *stages, *kpis, *(placed.model.id for placed in parts.formulas)}
    for finding in parts.findings:
        for index, name in enumerate(finding.model.concerns):
            if name not in concerns:
                problems.unknown(finding, "unknown_reference", name, concerns, "concerns", index)


def _check_section(
    section: Placed[Section], items: Collection[str], benchmarks: Mapping[str, Benchmark], problems: Problems
) -> None:
    for index, entry in enumerate(section.model.questions):
        path: Path = ("questions", index)
        if entry.item is not None and entry.item not in items:
            problems.unknown(section, "unknown_item", entry.item, items, *path, "item")
        if isinstance(entry, Entry):
            if entry.generate == "checks" and entry.item is None:
                problems.about(section, "missing_key", *path, name="item")
        else:
            _check_question(section, path, entry, benchmarks, problems)


def _check_columns(section: Placed[Section], path: Path, question: Question, problems: Problems) -> None:
    if (question.type == "list") != bool(question.columns):
        problems.about(section, "columns_and_list", *path, "type", type=question.type)
    for index, column in enumerate(question.columns):
        offers = len(column.options) > 1 or column.options_from is not None
        if (column.type == "single_choice") != offers:
            problems.about(
                section, "too_few", *path, "columns", index, "type", limit=2, found=len(column.options)
            )


def _check_question(
    section: Placed[Section],
    path: Path,
    question: Question,
    benchmarks: Mapping[str, Benchmark],
    problems: Problems,
) -> None:
    _check_columns(section, path, question, problems)
    found = len(question.options)
    if question.type in _CHOICES and found < 2:
        problems.about(section, "too_few", *path, "options", limit=2, found=found)
    elif question.type not in _CHOICES and found:
        problems.about(section, "options_not_wanted", *path, "options", type=question.type)
    check_choosable(section, question.published, benchmarks, problems, *path)
    for name in ("minimum", "maximum", "above"):
        limit, form = getattr(question, name), _LIMITS.get(question.type)
        if limit is not None and (form is None or not form.fullmatch(limit)):
            problems.about(section, "bad_limit", *path, name, value=limit, type=question.type)


def _check_funnel(
    funnel: Placed[Funnel],
    bound: Bound,
    rates: Collection[str],
    benchmarks: Mapping[str, Benchmark],
    problems: Problems,
) -> None:
    model = funnel.model
    own = [stage.id for stage in model.stages]
    if sum(stage.core for stage in model.stages) < 2 or not model.stages[-1].core:
        problems.about(funnel, "too_few_core_stages", "stages")
    _check_told_apart(funnel, bound, problems)
    for index, rate in enumerate(model.rates):
        if rate.id not in rates:
            problems.unknown(funnel, "unknown_rate", rate.id, rates, "rates", index, "id")
        check_choosable(funnel, rate.published, benchmarks, problems, "rates", index)
    for index, route in enumerate(model.routes):
        if route.joins not in own:
            problems.unknown(funnel, "unknown_stage", route.joins, own, "routes", index, "joins")
        _check_question_name(funnel, route.top, "count", bound, problems, "routes", index, "top")
    if model.stock:
        if model.stock.stage not in own:
            problems.unknown(funnel, "unknown_stage", model.stock.stage, own, "stock", "stage")
        _check_question_name(funnel, model.stock.size, "count", bound, problems, "stock", "size")
        _check_question_name(funnel, model.stock.growth, "volume", bound, problems, "stock", "growth")


def _check_told_apart(funnel: Placed[Funnel], bound: Bound, problems: Problems) -> None:
    model = funnel.model
    _check_question_name(funnel, model.told_apart, "multiple_choice", bound, problems, "told_apart")
    question = bound.questions.get(model.told_apart)
    optional = {stage.id for stage in model.stages if not stage.core}
    if question and isinstance(question.type, Choices):
        slot = next(slot for slot in bound.slots if slot.id == question.id)
        for index, option in enumerate(question.type.options):
            if option not in optional and not problems.is_broken(option):
                path: Path = (*slot.path, "options", index, "id")
                close = nearest(option, optional)
                problems.add(slot.document, path, "unknown_stage", name=option, nearest=close)


def _check_question_name(
    placed: Placed[Any], name: str, type_: str, bound: Bound, problems: Problems, *within: str | int
) -> None:
    question = bound.questions.get(name)
    if question is None:
        problems.unknown(placed, "unknown_question", name, bound.questions, *within)
    elif question.question.type != type_:
        found = question.question.type
        problems.about(placed, "wrong_question_type", *within, name=name, expected=type_, found=found)


def _check_kpi(
    kpi: Placed[Kpi],
    kpis: Collection[str],
    stages: Collection[str],
    rates: Collection[str],
    problems: Problems,
) -> None:
    for index, name in enumerate(kpi.model.guardrails):
        if name not in kpis:
            problems.unknown(kpi, "unknown_kpi", name, kpis, "guardrails", index)
    following = kpi.model.next_step
    if following is not None and following.kpi not in kpis:
        problems.unknown(kpi, "unknown_kpi", following.kpi, kpis, "next_step", "kpi")
    measures = kpi.model.measures
    if measures is None:
        return
    for key in ("stage", "route_stage"):
        stage = getattr(measures, key)
        if stage is not None and stage not in stages:
            problems.unknown(kpi, "unknown_stage", stage, stages, "measures", key)
    if measures.rate is not None and measures.rate not in rates:
        problems.unknown(kpi, "unknown_rate", measures.rate, rates, "measures", "rate")


def _check_pick(pick: Placed[Pick], kpis: Collection[str], problems: Problems) -> None:
    model = pick.model
    named: list[tuple[str, Path]] = [(name, ("primary", i)) for i, name in enumerate(model.primary)]
    named += [(name, ("guardrails", index)) for index, name in enumerate(model.guardrails)]
    seen: set[str] = set()
    for name, within in [*named, (model.final, ("final",))]:
        if name not in kpis:
            problems.unknown(pick, "unknown_kpi", name, kpis, *within)
        elif name in seen:
            problems.about(pick, "kpi_twice", *within, name=name)
        seen.add(name)


def _check_scoring(scoring: Placed[Scoring], kpis: Collection[str], bound: Bound, problems: Problems) -> None:
    model = scoring.model
    campaign = bound.questions.get("campaign")
    campaigns = [option.option.id for option in campaign.options] if campaign else []
    if model.id not in campaigns:
        problems.unknown(scoring, "unknown_campaign", model.id, campaigns, "id")
    for index, stage in enumerate(model.stages):
        if stage.deadline_from is not None:
            within: Path = ("stages", index, "deadline_from")
            _check_question_name(scoring, stage.deadline_from, "single_choice", bound, problems, *within)
    groups = [group.id for group in model.groups]
    for index, rule in enumerate(model.rules):
        if rule.group is not None and rule.group not in groups:
            problems.unknown(scoring, "unknown_reference", rule.group, groups, "rules", index, "group")
    for index, trigger in enumerate(model.triggers):
        if trigger.moves not in kpis:
            problems.unknown(scoring, "unknown_kpi", trigger.moves, kpis, "triggers", index, "moves")
    follows: list[tuple[Path, tuple[str, ...]]] = [
        (("rules", index), rule.follows) for index, rule in enumerate(model.rules)
    ]
    follows += [(("triggers", index), trigger.follows) for index, trigger in enumerate(model.triggers)]
    for path, names in follows:
        for place, name in enumerate(names):
            if name not in kpis:
                problems.unknown(scoring, "unknown_kpi", name, kpis, *path, "follows", place)
