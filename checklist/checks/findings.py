"""Findings of the pack's rules, the advice of chosen options, and the to-dos that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from checklist.checks.readiness import Readiness
from checklist.expression import Scope
from checklist.pack.compiled import Pack
from checklist.pack.models import FailureCode, FindingRule, RuleScope
from checklist.quantity import Quantity
from checklist.questionnaire.values import Answer, Chosen, ChosenMany, NotKnown

SEVERITIES = ("critical", "warning", "info")
FactValue = Quantity | date | str | tuple[str, ...]
EachScope = Mapping[RuleScope, Sequence[tuple[str, Scope]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the reader has to know; `origin` says where its words are.

    Params are quantities, dates, ids of questions and stages, or several ids at once. `kpis` are those that a
    rule about each KPI holds for: ids, or names as the team typed them. `code` is the kind of failure, where
    it is one.
    """

    id: str
    origin: Literal["engine", "rule", "option"]
    severity: Literal["critical", "warning", "info"]
    concerns: tuple[str, ...] = ()
    params: Mapping[str, FactValue] = field(default_factory=dict)
    kpis: tuple[str, ...] = ()
    code: FailureCode | None = None


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: `kind` says why, `about` is the id of the question, check, rule or KPI."""

    kind: Literal[
        "finding",
        "unknown",
        "later",
        "none",
        "blank",
        "provisional",
        "check",
        "rule",
        "kpi_target",
        "kpi_note",
    ]
    about: str


def rule_findings(pack: Pack, scope: Scope, each: EachScope | None = None) -> tuple[Finding, ...]:
    """Return a finding for each rule that definitely holds: for the plan, or for some of its KPIs.

    `each` gives the scopes of the KPIs, by the kind of rule that is judged in them.
    """
    return tuple(finding for rule in pack.findings if (finding := _judge(pack, rule, scope, each or {})))


def _judge(pack: Pack, rule: FindingRule, scope: Scope, each: EachScope) -> Finding | None:
    condition = pack.expressions[f"finding.{rule.id}"]
    if rule.each == "plan":
        holds = condition.evaluate(scope) is True
        return Finding(rule.id, "rule", rule.severity, rule.concerns, code=rule.code) if holds else None
    kpis = tuple(name for name, within in each.get(rule.each, ()) if condition.evaluate(within) is True)
    if not kpis:
        return None
    concerns = (*rule.concerns, *(name for name in kpis if rule.each == "kpi"))
    return Finding(rule.id, "rule", rule.severity, concerns, kpis=kpis, code=rule.code)


def option_advice(pack: Pack, given: Iterable[tuple[str, Answer]]) -> tuple[Finding, ...]:
    """Return the advice of each chosen option that has some, as `question.option`."""
    return tuple(
        Finding(f"{question_id}.{option.option.id}", "option", "info", (question_id,))
        for question_id, answer in given
        if isinstance(answer, Chosen | ChosenMany)
        for option in pack.questions[question_id].options
        if option.option.advice and option.option.id in _chosen(answer)
    )


def _chosen(answer: Chosen | ChosenMany) -> tuple[str, ...]:
    return (answer.option,) if isinstance(answer, Chosen) else answer.options


def sorted_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put the most severe first, otherwise in the order found."""
    return tuple(sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)))


def make_todos(
    pack: Pack,
    asked: Iterable[str],
    given: Mapping[str, Answer],
    readiness: Readiness,
    findings: Iterable[Finding],
    provisional: Iterable[str],
) -> tuple[Todo, ...]:
    """Return what is left to do: what stands in the way of the goal first, then what the chain lacks.

    Failed checks follow, then rules, other open questions and provisional numbers.
    """
    findings, rules = tuple(findings), {rule.id: rule for rule in pack.findings}
    open_questions = [todo for name in asked if (todo := _open_question(pack, name, given))]
    todos = [Todo("finding", f.id) for f in findings if f.origin == "engine" and f.severity == "critical"]
    todos += [todo for todo in open_questions if pack.questions[todo.about].question.essential]
    todos += [
        Todo("check", check.id)
        for item in readiness.items
        for check in item.checks
        if check.answer in ("no", "unknown", "partly")
    ]
    todos += [Todo("rule", f.id) for f in findings if f.origin == "rule" and rules[f.id].todo]
    todos += open_questions
    todos += [Todo("provisional", question_id) for question_id in provisional]
    return tuple(dict.fromkeys(todos))


def _open_question(pack: Pack, question_id: str, given: Mapping[str, Answer]) -> Todo | None:
    bound, answer = pack.questions[question_id], given.get(question_id)
    if bound.kind == "check":
        return None
    if isinstance(answer, NotKnown):
        return Todo(answer.word, question_id)
    if answer is None and not bound.question.optional:
        return Todo("blank", question_id)
    return None
