"""The words of the glossary that questions and other words point to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checklist.pack.models import Question
from checklist.pack.placing import Parts
from checklist.pack.problems import Path, Placed, Problems

Pointing = tuple[Placed[Any], Path, tuple[str, ...]]


def check_terms(parts: Parts, problems: Problems) -> None:
    """Note every pointer to a word that the glossary does not have."""
    known = {term.model.id for term in parts.terms}
    for placed, within, names in _pointing(parts):
        for index, name in enumerate(names):
            if name not in known:
                problems.unknown(placed, "unknown_term", name, known, *within, index)


def _pointing(parts: Parts) -> Iterator[Pointing]:
    for section in parts.sections:
        for index, entry in enumerate(section.model.questions):
            if isinstance(entry, Question):
                yield section, ("questions", index, "terms"), entry.terms
    for item in parts.items:
        for index, check in enumerate(item.model.checks):
            yield item, ("checks", index, "terms"), check.terms
    for name, words in parts.manifest.model.generated:
        yield parts.manifest, ("generated", name, "terms"), words.terms
    for term in parts.terms:
        yield term, ("see_also",), term.model.see_also
