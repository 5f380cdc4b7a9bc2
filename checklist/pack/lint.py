"""What a pack must keep to beyond its shape: one id for one thing, every text in every language, no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from checklist.pack import coverage, needs, references
from checklist.pack.binding import Bound
from checklist.pack.models import Entry, Question
from checklist.pack.placing import Parts
from checklist.pack.problems import Path, Placed, Problems
from checklist.pack.vocabulary import RESERVED, fact_types, kpi_fact_types

_HTML = re.compile(r"<[A-Za-z/!?]")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = {
    "rate": ("from", "to"),
    "stock_rate": ("from", "to"),
    "volume": ("stage",),
    "baseline": ("kpi", "definition"),
    "target": ("kpi", "definition"),
}


def check(parts: Parts, bound: Bound, problems: Problems) -> None:
    """Note every problem of content."""
    _check_ids(parts, bound, problems)
    _check_texts(parts, problems)
    _check_placeholders(parts, problems)
    _check_entries(parts, problems)
    references.check(parts, bound, problems)
    needs.check(parts, bound, problems)
    coverage.check(parts, bound, problems)


def _check_ids(parts: Parts, bound: Bound, problems: Problems) -> None:
    for placed in _lists(parts):
        _check_unique(((part, part.model.id, ("id",)) for part in placed), problems)
    for part, lists in _lists_within(parts):
        for path, ids in lists:
            _check_unique(((part, name, (*path, place, "id")) for place, name in ids), problems)
    _check_names(parts, bound, problems)


def _lists(parts: Parts) -> tuple[list[Any], ...]:
    return (
        parts.sections,
        parts.items,
        parts.kpis,
        parts.picks,
        parts.funnels,
        parts.benchmarks,
        parts.terms,
        parts.findings,
        parts.formulas,
        parts.scoring,
    )


def _lists_within(parts: Parts) -> Iterator[tuple[Placed[Any], list[tuple[Path, list[tuple[int, str]]]]]]:
    """Yield the lists of ids that have to differ within one part only."""
    for section in parts.sections:
        yield (
            section,
            [
                (("questions", index, name), _ids(getattr(entry, name)))
                for index, entry in enumerate(section.model.questions)
                for name in ("options", "columns")
                if isinstance(entry, Question)
            ],
        )
    for funnel in parts.funnels:
        model = funnel.model
        yield funnel, [(("stages",), _ids(model.stages)), (("rates",), _ids(model.rates))]
    for scoring in parts.scoring:
        keys = ("stages", "groups", "rules", "triggers", "notes")
        yield scoring, [((key,), _ids(getattr(scoring.model, key))) for key in keys]


def _ids(models: Iterable[Any]) -> list[tuple[int, str]]:
    return [(index, model.id) for index, model in enumerate(models)]


def _check_unique(named: Iterable[tuple[Placed[Any], str, Path]], problems: Problems) -> None:
    first: dict[str, str] = {}
    for placed, name, within in named:
        line, _ = placed.document.place((*placed.path, *within))
        if name in first:
            problems.about(placed, "duplicate_id", *within, name=name, first=first[name])
        first.setdefault(name, f"{placed.document.file}:{line}")


def _check_names(parts: Parts, bound: Bound, problems: Problems) -> None:
    """Check that questions, formulas and facts, which expressions name alike, have different ids."""
    facts = fact_types(placed.model for placed in parts.funnels)
    facts |= kpi_fact_types("kpi") | kpi_fact_types("current_kpi")
    taken: dict[str, str] = {}
    slots = sorted(bound.slots, key=lambda slot: slot.draft.kind in ("written", "check"))
    for slot in slots:
        written = slot.draft.kind in ("written", "check")
        path: Path = (*slot.path, "id") if written else slot.path
        if slot.id in RESERVED or slot.id in facts:
            problems.add(slot.document, path, "id_taken", name=slot.id)
        elif slot.id in taken and written:
            problems.add(slot.document, path, "duplicate_id", name=slot.id, first=taken[slot.id])
        line, _ = slot.document.place(slot.path)
        taken.setdefault(slot.id, f"{slot.document.file}:{line}")
    for formula in parts.formulas:
        name = formula.model.id
        if name in RESERVED or name in facts or name in taken:
            problems.about(formula, "id_taken", "id", name=name)


def _check_texts(parts: Parts, problems: Problems) -> None:
    languages = set(parts.manifest.model.languages)
    for placed in ([parts.manifest], *_lists(parts)):
        for part in placed:
            for path, text in _texts(part.model, ()):
                if text.keys() != languages:
                    _check_languages(part, path, text, languages, problems)
                for language, words in text.items():
                    if html := _HTML.search(words):
                        found = words[html.start() : html.start() + 20]
                        problems.about(part, "html_in_text", *path, language, found=found)


def _check_languages(
    part: Placed[Any], path: Path, text: dict[str, str], languages: set[str], problems: Problems
) -> None:
    for language in sorted(languages - text.keys()):
        problems.about(part, "missing_text", *path, key=True, language=language)
    for language in sorted(text.keys() - languages):
        problems.about(part, "unknown_language", *path, language, key=True, language=language)


def _texts(model: BaseModel, path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield every text: the only mappings that models hold."""
    for name, value in model.__dict__.items():
        if isinstance(value, dict):
            yield (*path, name), value
        elif isinstance(value, BaseModel):
            yield from _texts(value, (*path, name))
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _texts(item, (*path, name, index))


def _check_placeholders(parts: Parts, problems: Problems) -> None:
    for name, allowed in _PLACEHOLDERS.items():
        words = getattr(parts.manifest.model.generated, name)
        for path, text in _texts(words, ("generated", name)):
            for language, sentence in text.items():
                for found in _PLACEHOLDER.findall(sentence):
                    if found not in allowed:
                        known = ", ".join(f"{{{word}}}" for word in allowed)
                        problems.about(
                            parts.manifest, "unknown_placeholder", *path, language, name=found, known=known
                        )


def _check_entries(parts: Parts, problems: Problems) -> None:
    """Check that everything generated has one place in the questionnaire."""
    needed = ["rates", "volumes", "kpi_baselines", "kpi_targets"]
    missing = dict.fromkeys([*needed, *(f"checks {item.model.id}" for item in parts.items)])
    placed: set[str] = set()
    for section in parts.sections:
        for index, entry in enumerate(section.model.questions):
            if not isinstance(entry, Entry):
                continue
            name = f"checks {entry.item}" if entry.generate == "checks" else entry.generate
            missing.pop(name, None)
            if name in placed:
                problems.about(section, "entry_twice", "questions", index, "generate", name=name)
            placed.add(name)
    for name in missing if "sections" not in problems.unread else ():
        problems.about(parts.manifest, "missing_entry", "generated", key=True, name=name)
