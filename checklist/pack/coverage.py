"""Whether every campaign is served: KPIs for each purpose, and a quick path that is quick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checklist.expression import Choice, Expression, ScopeValue
from checklist.pack.binding import Bound
from checklist.pack.compiled import BoundQuestion
from checklist.pack.placing import Parts
from checklist.pack.problems import Path, Problems
from checklist.pack.vocabulary import MA
from checklist.quantity import Unknown

QUICK_LIMIT = 15


@dataclass(frozen=True, slots=True)
class _World:
    """A scope in which some choices are made, nothing else is known, and everything chosen is asked."""

    chosen: Mapping[str, str]

    def value(self, name: str) -> ScopeValue:
        return self.chosen.get(name) or Unknown((name,))

    def is_asked(self, name: str) -> bool:
        return name in self.chosen

    def is_answered(self, name: str) -> bool:
        return name in self.chosen


def check(parts: Parts, bound: Bound, problems: Problems) -> None:
    """Note campaigns and purposes without KPIs, and quick paths that are too long."""
    if problems.broken:
        return
    for campaign in _options(bound, "campaign"):
        _check_picks(campaign, bound, parts, problems)
        _check_quick_path(campaign, bound, problems)


def _options(bound: Bound, question_id: str) -> tuple[str, ...]:
    question = bound.questions.get(question_id)
    return question.type.options if question and isinstance(question.type, Choice) else ()


def _check_picks(campaign: str, bound: Bound, parts: Parts, problems: Problems) -> None:
    question_id = "ma_phase" if campaign == MA else "purpose"
    conditions = [bound.expressions.get(f"pick.{placed.model.id}") for placed in parts.picks]
    if None in conditions:
        return
    for index, purpose in enumerate(_options(bound, question_id)):
        world = _World({"campaign": campaign, question_id: purpose})
        if not any(condition and condition.holds(world) for condition in conditions):
            slot = next(slot for slot in bound.slots if slot.id == question_id)
            path: Path = (*slot.path, "options", index, "id")
            problems.add(slot.document, path, "no_pick", campaign=campaign, purpose=purpose)


def _check_quick_path(campaign: str, bound: Bound, problems: Problems) -> None:
    longest, kind = max(
        ((_quick_length(campaign, kind, bound), kind) for kind in _options(bound, "kgi_kind")),
        default=(0, ""),
    )
    if longest > QUICK_LIMIT:
        slot = next(slot for slot in bound.slots if slot.id == "campaign")
        problems.add(
            slot.document,
            slot.path,
            "quick_path_too_long",
            campaign=campaign,
            kind=kind,
            found=longest,
            limit=QUICK_LIMIT,
        )


def _quick_length(campaign: str, kind: str, bound: Bound) -> int:
    world = _World({"campaign": campaign, "kgi_kind": kind})
    sections = (section for section in bound.sections if _may_hold(section.show_when, world))
    return sum(1 for section in sections for _ in _essential(section.questions, campaign, world))


def _essential(questions: tuple[BoundQuestion, ...], campaign: str, world: _World) -> Iterator[BoundQuestion]:
    for question in questions:
        here = not question.funnels or campaign in question.funnels
        if question.question.essential and here and _may_hold(question.show_when, world):
            yield question


def _may_hold(condition: Expression | None, world: _World) -> bool:
    return condition is None or condition.holds(world) is not False
