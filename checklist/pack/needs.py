"""What the engine needs of a pack: the questions and formulas it reads by name, and a funnel per campaign."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from checklist.expression import Choice
from checklist.pack.binding import Bound
from checklist.pack.generate import rate_names
from checklist.pack.models import Option
from checklist.pack.placing import Parts, Slot
from checklist.pack.problems import Path, Problems, nearest
from checklist.pack.vocabulary import FORMULAS, FORMULAS_IF_PRESENT, VOCABULARY, Word
from checklist.quantity import Unit

_READ_FOR_RATES = ("campaign", "kgi_kind", "kgi_count_stage", "kgi_rate_step")


def check(parts: Parts, bound: Bound, problems: Problems) -> None:
    """Note what is missing or of another kind than the engine expects."""
    slots = {slot.id: slot for slot in reversed(bound.slots)}
    offered = slots.get("campaign")
    campaigns = set(offered.type.options) if offered and isinstance(offered.type, Choice) else set()
    for word in VOCABULARY:
        if word.id == "campaign" or campaigns & set(word.campaigns):
            _check_word(parts, word, slots, problems)
    _check_formulas(parts, problems)
    _check_funnels(parts, campaigns, problems)
    if offered:
        _check_campaigns(parts, offered, problems)
    _check_order(parts, bound, slots, problems)


def _check_word(parts: Parts, word: Word, slots: dict[str, Slot], problems: Problems) -> None:
    slot = slots.get(word.id)
    if slot is None:
        if not problems.is_broken(word.id):
            problems.about(parts.manifest, "missing_vocabulary", "id", name=word.id, expected=word.type)
        return
    question = slot.draft.question
    if question.type != word.type:
        place: Path = (*slot.path, "type")
        found, expected = question.type, word.type
        problems.add(
            slot.document, place, "wrong_question_type", name=word.id, expected=expected, found=found
        )
    elif word.unit and slot.unit != Unit.parse(word.unit):
        place = (*slot.path, "unit")
        problems.add(slot.document, place, "unit_mismatch", left=word.unit, right=str(slot.unit))
    elif isinstance(slot.type, Choice):
        _check_options(slot, _known_options(word, parts), problems)


def _known_options(word: Word, parts: Parts) -> Collection[str]:
    if word.id == "kgi_count_stage":
        return {stage.id for funnel in parts.funnels for stage in funnel.model.stages}
    if word.id == "kgi_rate_step":
        return rate_names(placed.model for placed in parts.funnels)
    return word.options


def _check_options(slot: Slot, known: Collection[str], problems: Problems) -> None:
    for path, option in _options(slot):
        if option.id not in known and not problems.is_broken(option.id):
            close = nearest(option.id, known)
            problems.add(slot.document, path, "unsupported_option", name=option.id, nearest=close)


def _options(slot: Slot) -> Iterator[tuple[Path, Option]]:
    for index, option in enumerate(slot.draft.question.options):
        yield (*slot.path, "options", index, "id"), option


def _check_formulas(parts: Parts, problems: Problems) -> None:
    formulas = {placed.model.id: placed for placed in parts.formulas}
    for name, unit in (FORMULAS | FORMULAS_IF_PRESENT).items():
        if name in formulas:
            found = formulas[name].model.unit
            if found != unit:
                problems.about(formulas[name], "unit_mismatch", "unit", left=unit, right=found)
        elif name in FORMULAS and not problems.is_broken(name):
            problems.about(parts.manifest, "missing_vocabulary", "id", name=name, expected="formula")


def _check_funnels(parts: Parts, campaigns: Collection[str], problems: Problems) -> None:
    for funnel in parts.funnels:
        if campaigns and funnel.model.id not in campaigns:
            problems.unknown(funnel, "unknown_campaign", funnel.model.id, campaigns, "id")


def _check_campaigns(parts: Parts, offered: Slot, problems: Problems) -> None:
    funnels = {placed.model.id for placed in parts.funnels}
    for path, option in _options(offered):
        if option.id not in funnels and not problems.is_broken(option.id):
            problems.add(offered.document, path, "no_funnel", name=option.id)


def _check_order(parts: Parts, bound: Bound, slots: dict[str, Slot], problems: Problems) -> None:
    """Check that what decides on the chain is asked before the rates of the chain."""
    order = {slot.id: index for index, slot in enumerate(bound.slots)}
    first = next((slot.id for slot in bound.slots if slot.draft.ends), None)
    for name in (*_READ_FOR_RATES, *(funnel.model.told_apart for funnel in parts.funnels)):
        if first and name in slots and order[name] > order[first]:
            slot = slots[name]
            problems.add(slot.document, (*slot.path, "id"), "asked_too_late", name=name, before=first)
