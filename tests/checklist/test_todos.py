"""What is left to do, in order: failed checks, rules, open questions, provisional numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checklist.checks.findings import Finding, Todo, option_advice, sorted_findings
from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.questionnaire.values import ChosenMany

PlanOf = Callable[..., Plan]
KINDS = ("check", "rule", "unknown", "later", "none", "blank", "provisional")


def todos(plan: Plan, *kinds: str) -> list[str]:
    return [todo.about for todo in plan.todos if todo.kind in kinds]


@pytest.mark.parametrize(
    ("answer", "to_do"), [("no", True), ("partly", True), ("unknown", True), ("yes", False), (None, False)]
)
def test_check_that_is_not_met_is_to_do(plan_of: PlanOf, answer: str | None, to_do: bool) -> None:
    assert ("one_named_owner" in todos(plan_of("full", one_named_owner=answer), "check")) is to_do


def test_check_is_not_asked_for_twice(plan_of: PlanOf) -> None:
    assert "one_named_owner" not in todos(plan_of("full", one_named_owner="unknown"), "unknown", "blank")


def test_answer_that_is_unknown_left_for_later_or_blank_is_to_do_as_such(plan_of: PlanOf) -> None:
    plan = plan_of("full", budget="unknown", meeting_capacity="later", gross_margin=None)
    assert "budget" in todos(plan, "unknown") and "budget" not in todos(plan, "later", "blank")
    assert "meeting_capacity" in todos(plan, "later")
    assert "gross_margin" in todos(plan, "blank")


def test_question_that_may_be_skipped_is_not_to_do(plan_of: PlanOf, btob: Pack) -> None:
    blank = todos(plan_of("full"), "blank")
    assert blank and not [name for name in blank if btob.questions[name].question.optional]
    assert "measurement_owner" not in blank


def test_rule_that_holds_is_to_do_where_it_says_what(plan_of: PlanOf, btob: Pack) -> None:
    plan = plan_of("full")
    doing = {rule.id for rule in btob.findings if rule.todo}
    rules = [finding.id for finding in plan.findings if finding.origin == "rule"]
    assert todos(plan, "rule") == [name for name in rules if name in doing] != []


def test_provisional_numbers_are_to_be_replaced(plan_of: PlanOf) -> None:
    assert todos(plan_of(), "provisional") == ["lead_to_opportunity", "opportunity_to_deal"]
    own = plan_of(lead_to_opportunity={"count": "40", "of": "200"})
    assert todos(own, "provisional") == ["opportunity_to_deal"]


def test_todos_come_by_kind_and_each_once(plan_of: PlanOf) -> None:
    plan = plan_of("full", one_named_owner="no")
    kinds = [todo.kind for todo in plan.todos if todo.kind in KINDS]
    rank = {"check": 0, "rule": 1, "provisional": 3}
    assert [rank.get(kind, 2) for kind in kinds] == sorted(rank.get(kind, 2) for kind in kinds)
    assert len(set(plan.todos)) == len(plan.todos)
    assert Todo("check", "one_named_owner") in plan.todos


def test_most_severe_finding_comes_first_and_the_order_found_stays() -> None:
    found = [
        Finding("a", "rule", "info"),
        Finding("b", "rule", "critical"),
        Finding("c", "engine", "warning"),
        Finding("d", "engine", "critical"),
    ]
    assert [finding.id for finding in sorted_findings(found)] == ["b", "d", "c", "a"]


@pytest.mark.parametrize(
    ("chosen", "advised"), [("not_yet", ["sales_involvement.not_yet"]), ("together", []), (None, [])]
)
def test_option_with_advice_gives_it_when_it_is_chosen(
    plan_of: PlanOf, chosen: str | None, advised: list[str]
) -> None:
    plan = plan_of("full", sales_involvement=chosen)
    found = [finding for finding in plan.findings if finding.origin == "option"]
    assert [finding.id for finding in found] == advised
    assert all((one.severity, one.concerns) == ("info", ("sales_involvement",)) for one in found)


def test_options_with_advice_give_it_when_several_are_chosen(btob: Pack) -> None:
    chosen = ChosenMany(("together", "not_yet"))
    assert [one.id for one in option_advice(btob, [("sales_involvement", chosen)])] == [
        "sales_involvement.not_yet"
    ]
