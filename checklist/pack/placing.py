"""Putting the questions of a pack in their places, those that are written and those that follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checklist.errors import ChecklistError
from checklist.expression import Choice, Choices, Date, Number, Text, Type
from checklist.pack.catalogue import Benchmark, Kpi, Term
from checklist.pack.generate import (
    Draft,
    baseline_drafts,
    check_drafts,
    rate_drafts,
    target_drafts,
    volume_drafts,
)
from checklist.pack.models import Entry, FindingRule, Formula, Funnel, Item, Manifest, Pick, Question, Section
from checklist.pack.problems import Path, Placed, Problems
from checklist.pack.reading import Document
from checklist.pack.scoring import Scoring
from checklist.pack.vocabulary import CHECK_ANSWERS
from checklist.quantity import ONE, Unit


@dataclass(slots=True)
class Parts:
    """Everything the files of a pack hold, each part with its place."""

    manifest: Placed[Manifest]
    sections: list[Placed[Section]] = field(default_factory=list)
    items: list[Placed[Item]] = field(default_factory=list)
    kpis: list[Placed[Kpi]] = field(default_factory=list)
    picks: list[Placed[Pick]] = field(default_factory=list)
    funnels: list[Placed[Funnel]] = field(default_factory=list)
    benchmarks: list[Placed[Benchmark]] = field(default_factory=list)
    terms: list[Placed[Term]] = field(default_factory=list)
    findings: list[Placed[FindingRule]] = field(default_factory=list)
    formulas: list[Placed[Formula]] = field(default_factory=list)
    scoring: list[Placed[Scoring]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slot:
    """One question in its place; the path leads to where it, or what it follows from, is written."""

    draft: Draft
    section: str
    type: Type
    unit: Unit | None
    document: Document
    path: Path

    @property
    def id(self) -> str:
        return self.draft.question.id


def place_questions(parts: Parts, problems: Problems) -> tuple[list[Slot], dict[str, int]]:
    """Return all questions in order, and for each section the place of its first one."""
    slots: list[Slot] = []
    first_slot: dict[str, int] = {}
    for section in parts.sections:
        first_slot[section.model.id] = len(slots)
        for index, entry in enumerate(section.model.questions):
            path = (*section.path, "questions", index)
            for draft, document, place in _drafts(parts, entry, section.document, path):
                slot = _slot(draft, section.model.id, document, place, problems)
                if slot is not None:
                    slots.append(slot)
    return slots, first_slot


def _drafts(
    parts: Parts, entry: Question | Entry, document: Document, path: Path
) -> Iterator[tuple[Draft, Document, Path]]:
    if isinstance(entry, Question):
        yield Draft(entry, "written"), document, path
    elif entry.generate == "checks":
        yield from _checks(parts, entry)
    else:
        yield from ((draft, document, path) for draft in _generated(parts, entry))


def _generated(parts: Parts, entry: Entry) -> Iterator[Draft]:
    manifest = parts.manifest.model
    if entry.generate in ("rates", "volumes"):
        follow = rate_drafts if entry.generate == "rates" else volume_drafts
        return follow(manifest, [placed.model for placed in parts.funnels])
    kpis = {placed.model.id: placed.model for placed in parts.kpis}
    picks = [placed.model for placed in parts.picks]
    ask = baseline_drafts if entry.generate == "kpi_baselines" else target_drafts
    return ask(manifest, picks, kpis)


def _checks(parts: Parts, entry: Entry) -> Iterator[tuple[Draft, Document, Path]]:
    for item in parts.items:
        if item.model.id == entry.item:
            places = {check.id: index for index, check in enumerate(item.model.checks)}
            for draft in check_drafts(item.model):
                yield draft, item.document, (*item.path, "checks", places[draft.question.id])


def _slot(draft: Draft, section: str, document: Document, path: Path, problems: Problems) -> Slot | None:
    try:
        type_, unit = type_of(draft.question)
    except ChecklistError as error:
        key = "unit" if draft.question.unit is not None else "type"
        problems.add(document, (*path, key), error.code, **error.params)
        problems.broken.add(draft.question.id)
        return None
    return Slot(draft, section, type_, unit, document, path)


_MEASURES = {"percent": ONE, "count": ONE, "position": ONE}


def type_of(question: Question) -> tuple[Type, Unit | None]:
    """Return the type of a question in expressions and its unit; raise ChecklistError for a wrong unit."""
    options = tuple(option.id for option in question.options)
    match question.type:
        case "single_choice":
            return Choice(options), None
        case "multiple_choice":
            return Choices(options), None
        case "check":
            return Choice(CHECK_ANSWERS), None
        case "text":
            return Text(), None
        case "date":
            return Date(), None
        case "duration":
            return Number(Unit.parse("day")), Unit.parse("day")
        case "list":
            return Number(Unit.parse("row")), Unit.parse("row")
        case "percentage":
            return Number(ONE), ONE
        case "measure":
            name = question.measure_unit or "count"
            unit = _MEASURES.get(name) or Unit.parse(name)
            return Number(unit), unit
    unit = _written_unit(question)
    return Number(unit), unit


def _written_unit(question: Question) -> Unit:
    if question.unit is None:
        raise ChecklistError("missing_unit", type=question.type)
    unit = Unit.parse(question.unit)
    powers = dict(unit.powers)
    needed = {"volume": ("month", -1), "amount": ("jpy", 1)}.get(question.type)
    if needed and powers.get(needed[0]) != needed[1]:
        raise ChecklistError("unit_does_not_fit", unit=question.unit, type=question.type)
    return unit
