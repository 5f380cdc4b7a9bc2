"""What parts of a pack say about each other: every reference leads somewhere, every figure makes sense."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fractions import Fraction

from checklist.expression import Choice, Choices, Number
from checklist.pack.binding import Bound, Parts
from checklist.pack.models import Benchmark, Entry, Funnel, Kpi, Option, Pick, Question, Section
from checklist.pack.problems import Path, Placed, Problems, nearest
from checklist.pack.vocabulary import FORMULAS, FORMULAS_IF_PRESENT, VOCABULARY, Word
from checklist.quantity import Unit

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%", re.ASCII)
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
    """Note every reference that leads nowhere, and what the engine needs and does not find."""
    benchmarks = {placed.model.id for placed in parts.benchmarks}
    kpis = {placed.model.id for placed in parts.kpis}
    stages = {
        stage.id
        for placed in parts.funnels
        for stage in (*placed.model.stages, *(s for route in placed.model.routes for s in route.stages))
    }
    rates = {slot.id for slot in bound.slots if slot.draft.ends}
    items = {placed.model.id for placed in parts.items}
    for section in parts.sections:
        _check_section(section, items, benchmarks, problems)
    for funnel in parts.funnels:
        _check_funnel(funnel, bound, rates, benchmarks, problems)
    for kpi in parts.kpis:
        _check_kpi(kpi, kpis, stages, rates, problems)
    for pick in parts.picks:
        _check_pick(pick, kpis, problems)
    for benchmark in parts.benchmarks:
        _check_benchmark(benchmark, problems)
    concerns = {*bound.questions, *stages, *kpis, *(placed.model.id for placed in parts.formulas)}
    for finding in parts.findings:
        for index, name in enumerate(finding.model.concerns):
            if name not in concerns:
                problems.unknown(finding, "unknown_reference", name, concerns, "concerns", index)
    _check_vocabulary(parts, bound, stages, rates, problems)


def _check_section(
    section: Placed[Section], items: Collection[str], benchmarks: Collection[str], problems: Problems
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


def _check_question(
    section: Placed[Section], path: Path, question: Question, benchmarks: Collection[str], problems: Problems
) -> None:
    wants_options = question.type in _CHOICES
    if wants_options and len(question.options) < 2 or not wants_options and question.options:
        code = "too_few" if wants_options else "options_not_wanted"
        params = {"limit": 2, "found": len(question.options)} if wants_options else {"type": question.type}
        problems.about(section, code, *path, "options", **params)
    if question.published is not None and question.published not in benchmarks:
        problems.unknown(section, "unknown_benchmark", question.published, benchmarks, *path, "published")
    for name in ("minimum", "maximum", "above"):
        limit, form = getattr(question, name), _LIMITS.get(question.type)
        if limit is not None and (form is None or not form.fullmatch(limit)):
            problems.about(section, "bad_limit", *path, name, value=limit, type=question.type)


def _check_funnel(
    funnel: Placed[Funnel],
    bound: Bound,
    rates: Collection[str],
    benchmarks: Collection[str],
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
        if rate.published is not None and rate.published not in benchmarks:
            within: Path = ("rates", index, "published")
            problems.unknown(funnel, "unknown_benchmark", rate.published, benchmarks, *within)
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
            if option not in optional and option not in problems.broken:
                path: Path = (*slot.path, "options", index, "id")
                close = nearest(option, optional)
                problems.add(slot.document, path, "unknown_stage", name=option, nearest=close)


def _check_question_name(
    placed: Placed[Funnel], name: str, type_: str, bound: Bound, problems: Problems, *within: str | int
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


def _check_benchmark(benchmark: Placed[Benchmark], problems: Problems) -> None:
    values: list[Fraction] = []
    for key in ("low", "typical", "high"):
        found = _PERCENT.fullmatch(getattr(benchmark.model, key))
        if found is None:
            problems.about(benchmark, "bad_percentage", key, value=getattr(benchmark.model, key))
        else:
            values.append(Fraction(found.group(1)))
    if values != sorted(values):
        problems.about(benchmark, "range_out_of_order", "low")


def _check_vocabulary(
    parts: Parts, bound: Bound, stages: Collection[str], rates: Collection[str], problems: Problems
) -> None:
    offered = bound.questions.get("campaign")
    campaigns = set(offered.type.options) if offered and isinstance(offered.type, Choice) else set()
    for word in VOCABULARY:
        if word.id == "campaign" or campaigns & set(word.campaigns):
            _check_word(parts, bound, word, _known_options(word, stages, rates), problems)
    formulas = {placed.model.id: placed for placed in parts.formulas}
    for name, unit in (FORMULAS | FORMULAS_IF_PRESENT).items():
        if name in formulas:
            found = formulas[name].model.unit
            if found != unit:
                problems.about(formulas[name], "unit_mismatch", "unit", left=unit, right=found)
        elif name in FORMULAS and name not in problems.broken:
            problems.about(parts.manifest, "missing_vocabulary", "id", name=name, expected="formula")
    _check_campaigns(parts, bound, campaigns, problems)


def _known_options(word: Word, stages: Collection[str], rates: Collection[str]) -> Collection[str]:
    return {"kgi_count_stage": stages, "kgi_rate_step": rates}.get(word.id, word.options)


def _check_word(
    parts: Parts, bound: Bound, word: Word, options: Collection[str], problems: Problems
) -> None:
    question = bound.questions.get(word.id)
    if question is None:
        if word.id not in problems.broken:
            problems.about(parts.manifest, "missing_vocabulary", "id", name=word.id, expected=word.type)
        return
    slot = next(slot for slot in bound.slots if slot.id == word.id)
    if question.question.type != word.type:
        found = question.question.type
        params: Mapping[str, str] = {"name": word.id, "expected": word.type, "found": found}
        problems.add(slot.document, (*slot.path, "type"), "wrong_question_type", key=False, **params)
    elif word.unit and isinstance(question.type, Number) and question.type.unit != Unit.parse(word.unit):
        right = str(question.type.unit)
        problems.add(slot.document, (*slot.path, "unit"), "unit_mismatch", left=word.unit, right=right)
    elif isinstance(question.type, Choice) and options:
        for index, option in enumerate(question.question.options):
            if option.id not in options:
                _refuse_option(slot.path, index, option, options, problems, slot.document)


def _refuse_option(
    path: Path, index: int, option: Option, options: Collection[str], problems: Problems, document: object
) -> None:
    from checklist.pack.reading import Document

    assert isinstance(document, Document)
    close = nearest(option.id, options)
    problems.add(
        document, (*path, "options", index, "id"), "unsupported_option", name=option.id, nearest=close
    )


def _check_campaigns(parts: Parts, bound: Bound, campaigns: Collection[str], problems: Problems) -> None:
    funnels = {placed.model.id for placed in parts.funnels}
    for funnel in parts.funnels:
        if campaigns and funnel.model.id not in campaigns:
            problems.unknown(funnel, "unknown_campaign", funnel.model.id, campaigns, "id")
    for slot in bound.slots:
        if slot.id == "campaign":
            for index, option in enumerate(slot.draft.question.options):
                if option.id not in funnels and option.id not in problems.broken:
                    path: Path = (*slot.path, "options", index, "id")
                    problems.add(slot.document, path, "no_funnel", name=option.id)
