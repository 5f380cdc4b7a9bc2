"""Readiness, findings and to-dos in words."""

from __future__ import annotations

from checklist.checks.findings import Finding, Todo
from checklist.checks.readiness import CheckResult, ItemResult
from checklist.pack.models import Check, Item
from checklist.planning.plan import Plan
from checklist.wording.view import CheckRow, FindingView, ItemView, PointRow, TodoView
from checklist.wording.words import Words


def item_views(words: Words, plan: Plan) -> tuple[ItemView, ...]:
    """Word the four items with their checks and setting points."""
    items = {item.id: item for item in words.pack.items}
    return tuple(_item(words, items[result.id], result) for result in plan.readiness.items)


def _item(words: Words, item: Item, result: ItemResult) -> ItemView:
    checks = {check.id: check for check in item.checks}
    score = words.phrase("readiness.score", answered=str(result.answered), total=str(result.total))
    return ItemView(
        id=item.id,
        title=words.of(item.title),
        question=words.of(item.question),
        verdict=result.verdict,
        verdict_text=words.phrase(f"readiness.{result.verdict}"),
        score_text=score,
        percent=50 * result.points // result.total if result.points_possible else None,
        checks=tuple(_check(words, checks[check.id], check) for check in result.checks),
        points=tuple(PointRow(words.of(point.title), words.of(point.body)) for point in item.points),
    )


def _check(words: Words, check: Check, result: CheckResult) -> CheckRow:
    answer = result.answer or "not_answered"
    return CheckRow(
        id=check.id,
        title=words.of(check.title),
        answer=answer,
        answer_text=words.phrase(f"check_answers.{answer}"),
        blocker=check.blocker,
        remedy=_remedy(words, check, answer),
    )


def _remedy(words: Words, check: Check, answer: str) -> str:
    if answer == "partly":
        return words.of(check.remedy_partly or check.remedy)
    return words.of(check.remedy) if answer in ("no", "unknown") else ""


def finding_view(words: Words, finding: Finding) -> FindingView:
    """Word a finding of the engine, of a rule, or the advice of a chosen option."""
    title, body = _finding_words(words, finding)
    severity = words.phrase(f"severity.{finding.severity}")
    return FindingView(finding.id, finding.severity, severity, title, body)


def _finding_words(words: Words, finding: Finding) -> tuple[str, str]:
    if finding.origin == "rule":
        rule = next(rule for rule in words.pack.findings if rule.id == finding.id)
        return words.of(rule.title), _concerning(words, finding) + words.of(rule.advice)
    if finding.origin == "option":
        question_id, option_id = finding.id.split(".")
        options = words.pack.questions[question_id].options
        option = next(bound.option for bound in options if bound.option.id == option_id)
        names = {"question": words.title(question_id), "option": words.of(option.title)}
        return words.phrase("findings.option", **names), words.of(option.advice)
    params = words.params(finding.params)
    key = f"findings.{finding.id}"
    return words.phrase(f"{key}.title", **params), words.phrase(f"{key}.body", **params)


def _concerning(words: Words, finding: Finding) -> str:
    """Say which KPIs a rule about each of them holds for; a name as typed stays as typed."""
    if not finding.kpis:
        return ""
    titles = [words.title(name) if name in finding.concerns else name for name in finding.kpis]
    quoted = [words.phrase("document.quoted", text=words.inside_quotes(title)) for title in titles]
    return words.phrase("current.concerns", kpis=words.phrase("document.quoted_separator").join(quoted))


def todo_view(words: Words, plan: Plan, todo: Todo) -> TodoView:
    """Word a to-do: a check's or rule's own task, or what to do about a question."""
    if todo.kind == "check":
        check = next(c for item in words.pack.items for c in item.checks if c.id == todo.about)
        return TodoView(todo.about, words.of(check.todo), words.of(check.title))
    if todo.kind == "rule":
        rule = next(rule for rule in words.pack.findings if rule.id == todo.about)
        return TodoView(todo.about, words.of(rule.todo), words.of(rule.title))
    title = words.title(todo.about)
    if todo.kind == "finding":
        title = next(finding_view(words, found).title for found in plan.findings if found.id == todo.about)
    text = words.phrase(f"todos.{todo.kind}", title=words.inside_quotes(title))
    return TodoView(todo.about, text, title)
