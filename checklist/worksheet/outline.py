"""The whole plan as sections of sentences and tables, for the forms that have no layout of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from checklist.wording.view import Column, Fact, KpiView, SectionView, Shown, StageView, TableView, WordedPlan

ROLES = ("final", "primary", "guardrail")
COUNTS = ("required", "required_80", "required_90", "run_rate", "uplift", "exact")
TARGETS = ("must", "target", "stretch")


def sections(view: WordedPlan) -> Iterator[SectionView]:
    """Yield every part of the plan, and nothing that is not in its words."""
    yield _summary(view)
    yield _facts(view, "kgi", view.kgi)
    yield _chain(view)
    yield _facts(view, "schedule", view.schedule, view.schedule_note)
    yield from view.goal_sections
    yield _kpis(view)
    yield _kpi_sheets(view)
    yield from view.kpi_sections
    yield _findings(view)
    yield _todos(view)
    yield _readiness(view)
    yield _facts(view, "provisional", view.provisional)
    yield _answers(view)
    yield SectionView("sources", view.words["headings.sources"], notes=(*view.sources, view.footer))


def _summary(view: WordedPlan) -> SectionView:
    rows = (
        ("labels.kgi", view.kgi_sentence),
        ("exports.business", view.subtitle),
        ("exports.campaign", view.campaign),
        ("labels.verdict", view.verdict_text),
        ("exports.path", view.path_text),
        ("labels.made_on", view.made_on),
    )
    facts = tuple(Fact(view.words[label], Shown(text)) for label, text in rows if text)
    return SectionView("plan", view.title, (view.verdict_body,), _pairs(view, view.title, facts))


def _facts(view: WordedPlan, name: str, facts: Iterable[Fact], note: str = "") -> SectionView:
    heading = view.words[f"headings.{name}"]
    return SectionView(name, heading, tables=_pairs(view, heading, facts), notes=_said(note))


def _pairs(view: WordedPlan, caption: str, facts: Iterable[Fact]) -> tuple[TableView, ...]:
    rows = [(Shown(fact.label), fact.shown) for fact in facts]
    return _table(view, caption, ("labels.question", "labels.value"), rows, "labels.value")


def _chain(view: WordedPlan) -> SectionView:
    chain, heading = view.chain, view.words["headings.chain"]
    rows = (*chain.stages, *chain.routes)
    names = tuple(f"labels.{name}" for name in COUNTS)
    counts = [(Shown(row.title), *(_digits(getattr(row, name)) for name in COUNTS)) for row in rows]
    worked = [(Shown(view.words["exports.goal_part"]), chain.goal_part)]
    worked += [(Shown(row.title), row.required) for row in rows]
    tables = (
        *_table(view, heading, ("labels.stage", *names), counts, *names),
        *_rates(view, rows),
        *_workings(view, "labels.stage", worked),
    )
    notes = _said(chain.forward_check, *chain.chance, *chain.footnotes)
    return SectionView("chain", heading, _said(chain.message), tables, notes)


def _digits(shown: Shown) -> Shown:
    """Leave out the unit, which the name of the stage says."""
    return replace(shown, text=shown.digits or shown.text)


def _rates(view: WordedPlan, stages: Iterable[StageView]) -> tuple[TableView, ...]:
    rates = [stage.rate for stage in stages if stage.rate]
    rows = [(Shown(one.title), one.shown, Shown(one.source), Shown(one.citation)) for one in rates]
    names = ("labels.rate", "labels.value", "labels.source", "labels.citation")
    return _table(view, view.words["headings.rates"], names, rows, "labels.value")


def _workings(view: WordedPlan, head: str, rows: Iterable[tuple[Shown, Shown]]) -> tuple[TableView, ...]:
    """List how numbers come about: a formula in words and each value that went into it."""
    words = view.words
    worked = [
        (
            name,
            replace(shown, note=""),
            Shown(shown.why.formula),
            Shown(words["document.list_separator"].join(_labelled(view, *one) for one in shown.why.values)),
        )
        for name, shown in rows
        if shown.state == "known" and shown.why
    ]
    names = (head, "labels.value", "labels.formula", "exports.values")
    return _table(view, words["exports.workings"], names, worked, "labels.value")


def _labelled(view: WordedPlan, label: str, text: str) -> str:
    return view.words["document.labelled"].format(label=label, text=text)


def _kpis(view: WordedPlan) -> SectionView:
    targets = tuple(f"targets.{name}" for name in TARGETS)
    rows = [
        (
            Shown(kpi.title),
            Shown(kpi.role_text),
            kpi.baseline,
            *(getattr(kpi, name) for name in TARGETS),
            Shown(kpi.ratio),
            Shown(kpi.limit),
        )
        for kpi in _in_order(view)
    ]
    names = ("labels.kpi", "labels.role", "labels.baseline", *targets, "labels.ratio", "labels.limit")
    heading = view.words["headings.kpis"]
    worked = [(Shown(kpi.title), kpi.target) for kpi in _in_order(view)]
    tables = _table(view, heading, names, rows, "labels.baseline", *targets)
    return SectionView("kpis", heading, tables=(*tables, *_workings(view, "labels.kpi", worked)))


def _in_order(view: WordedPlan) -> Iterator[KpiView]:
    for role in ROLES:
        yield from view.kpis_of(role)


def _kpi_sheets(view: WordedPlan) -> SectionView:
    heading = view.words["headings.kpi_sheets"]
    names = ("purpose", "definition", "formula", "data_source", "cadence", "red_action", "pitfall")
    titles = ("labels.kpi", *(f"labels.{name}" for name in names), "labels.guardrails", "labels.reasons")
    rows = [tuple(map(Shown, _sheet(view, kpi))) for kpi in _in_order(view)]
    return SectionView("kpi_sheets", heading, tables=_table(view, heading, titles, rows))


def _sheet(view: WordedPlan, kpi: KpiView) -> tuple[str, ...]:
    definition = " ".join(_said(kpi.definition, kpi.better_text, kpi.stage_text, kpi.timing_text))
    guardrails = view.words["document.list_separator"].join(kpi.guardrails)
    upkeep = (kpi.source, kpi.cadence, kpi.red_action, kpi.pitfall)
    return (kpi.title, kpi.purpose, definition, kpi.formula, *upkeep, guardrails, "\n".join(kpi.reasons))


def _findings(view: WordedPlan) -> SectionView:
    heading = view.words["headings.findings"]
    names = ("exports.severity", "exports.finding", "exports.advice")
    rows = [tuple(map(Shown, (one.severity_text, one.title, one.body))) for one in view.findings]
    return SectionView("findings", heading, tables=_table(view, heading, names, rows))


def _todos(view: WordedPlan) -> SectionView:
    heading = view.words["headings.todos"]
    rows = [(Shown(todo.text), Shown(todo.about)) for todo in view.todos]
    return SectionView("todos", heading, tables=_table(view, heading, ("labels.todo", "exports.about"), rows))


def _readiness(view: WordedPlan) -> SectionView:
    words, heading = view.words, view.words["headings.items"]
    verdicts = [(item.title, item.question, item.verdict_text, item.score_text) for item in view.items]
    checks = [
        (
            item.title,
            check.title,
            words["labels.blocker"] if check.blocker else "",
            check.answer_text,
            check.remedy,
        )
        for item in view.items
        for check in item.checks
    ]
    points = [(item.title, point.title, point.body) for item in view.items for point in item.points]
    item = "labels.question"
    tables = (
        *_texts(view, heading, (item, "exports.question", "labels.verdict", "exports.score"), verdicts),
        *_texts(view, words["exports.checks"], (item, *CHECK), checks),
        *_texts(view, words["headings.points"], (item, "exports.point", "exports.advice"), points),
    )
    return SectionView("readiness", heading, tables=tables)


CHECK = ("labels.check", "labels.blocker", "labels.answer", "labels.remedy")


def _answers(view: WordedPlan) -> SectionView:
    heading = view.words["headings.answers"]
    rows = [(row.section, row.title, row.text) for row in view.answers]
    names = ("exports.section", "exports.question", "labels.answer")
    return SectionView("answers", heading, tables=_texts(view, heading, names, rows))


def _texts(
    view: WordedPlan, caption: str, names: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> tuple[TableView, ...]:
    return _table(view, caption, names, [tuple(map(Shown, row)) for row in rows])


def _table(
    view: WordedPlan, caption: str, names: tuple[str, ...], rows: Sequence[tuple[Shown, ...]], *numeric: str
) -> tuple[TableView, ...]:
    """Return one table, or none without rows; `names` are the keys of its titles."""
    columns = tuple(Column(view.words[name], name in numeric) for name in names)
    return (TableView(caption, columns, tuple(rows)),) if rows else ()


def _said(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
