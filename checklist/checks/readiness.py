"""Readiness: the four items judged by their checks, never locking anybody out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from checklist.expression import Scope
from checklist.pack.compiled import Pack
from checklist.pack.models import Check, Item
from checklist.questionnaire.values import Answer, Chosen, NotKnown

Verdict = Literal["ready", "conditional", "fix_first", "not_judged"]

POINTS = {"yes": 2, "partly": 1, "no": 0, "unknown": 0}
READY_FROM, CONDITIONAL_FROM = 80, 50


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: answer is yes, partly, no, unknown, or None when it was not answered."""

    id: str
    answer: str | None
    blocker: bool
    computed: bool


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One of the four items: `answered` of its `total` checks; `points` count answered ones only."""

    id: str
    verdict: Verdict
    answered: int
    total: int
    points: int
    points_possible: int
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """The four items and what they mean together."""

    overall: Verdict
    items: tuple[ItemResult, ...]


def judge(pack: Pack, given: Mapping[str, Answer], asked: frozenset[str], scope: Scope) -> Readiness:
    """Judge every item by the checks that are asked now and those that a number decides."""
    items = tuple(_judge_item(pack, item, given, asked, scope) for item in pack.items)
    return Readiness(_overall(tuple(item.verdict for item in items)), items)


def _judge_item(
    pack: Pack, item: Item, given: Mapping[str, Answer], asked: frozenset[str], scope: Scope
) -> ItemResult:
    checks = tuple(
        CheckResult(check.id, _answer(pack, check, given, scope), check.blocker, check.computed is not None)
        for check in item.checks
        if (_applies(pack, check, scope) if check.computed else check.id in asked)
    )
    answers = [check.answer for check in checks if check.answer is not None]
    points, possible = sum(POINTS[answer] for answer in answers), 2 * len(answers)
    total = sum(_applies(pack, check, scope) for check in item.checks)
    verdict = _verdict(checks, points, possible, total)
    return ItemResult(item.id, verdict, len(answers), total, points, possible, checks)


def _applies(pack: Pack, check: Check, scope: Scope) -> bool:
    condition = pack.expressions.get(f"check.{check.id}.show_when")
    return condition is None or condition.evaluate(scope) is True


def _answer(pack: Pack, check: Check, given: Mapping[str, Answer], scope: Scope) -> str | None:
    if check.computed:
        return _computed_answer(pack, check, scope)
    answer = given.get(check.id)
    if isinstance(answer, Chosen):
        return answer.option
    return "unknown" if isinstance(answer, NotKnown) else None


def _computed_answer(pack: Pack, check: Check, scope: Scope) -> str | None:
    """Return what the numbers decide, or None where nothing they come from was answered yet."""
    verdicts = []
    for answer in ("yes", "partly"):
        condition = pack.expressions.get(f"check.{check.id}.{answer}")
        holds = condition.evaluate(scope) if condition else False
        if holds is True:
            return answer
        verdicts.append(holds)
    if not _any_answered(pack, check, scope):
        return None
    return "unknown" if None in verdicts else "no"


def _any_answered(pack: Pack, check: Check, scope: Scope) -> bool:
    names = pack.expressions[f"check.{check.id}.yes"].names
    questions = [name for name in names if name in pack.questions]
    return not questions or any(scope.is_answered(name) for name in questions)


def _verdict(checks: tuple[CheckResult, ...], points: int, possible: int, total: int) -> Verdict:
    """Judge an item: a failed blocker decides, a partly met or unanswered one keeps it from ready.

    So does answering less than four fifths of the checks: half an item cannot be called ready.
    """
    if not possible:
        return "not_judged"
    blockers = [check.answer for check in checks if check.blocker]
    percent = 100 * points / possible
    if "no" in blockers or "unknown" in blockers or percent < CONDITIONAL_FROM:
        return "fix_first"
    enough = 100 * possible >= READY_FROM * 2 * total
    if enough and percent >= READY_FROM and all(answer == "yes" for answer in blockers):
        return "ready"
    return "conditional"


def _overall(verdicts: tuple[Verdict, ...]) -> Verdict:
    judged = [verdict for verdict in verdicts if verdict != "not_judged"]
    if not judged:
        return "not_judged"
    if "fix_first" in judged:
        return "fix_first"
    return "ready" if set(judged) == {"ready"} and len(judged) == len(verdicts) else "conditional"
