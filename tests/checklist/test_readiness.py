"""Readiness: five checks worth two points each, judged by hand; a blocker outweighs the points."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checklist.checks.readiness import ItemResult
from checklist.planning.plan import Plan

PlanOf = Callable[..., Plan]

# The five checks of "KPI and target", the blocker first.
FIVE = (
    "causal_link_stated",
    "controllable",
    "formula_unambiguous",
    "leading_and_lagging",
    "guardrails_chosen",
)
ANSWERS = {"y": "yes", "p": "partly", "n": "no", "u": "unknown"}
ASKED = (
    "kgi_agreed",
    "target_and_exclusions_decided",
    "kgi_and_kpi_differ",
    "stage_definitions_written",
    "recent_counts_available",
    "measurement_in_place",
    "season_and_past_campaigns_known",
    *FIVE,
    "one_named_owner",
    "red_action_decided",
    "handover_rule_and_reject_reason",
    "review_and_stop_rule",
)
SETTLED = {
    **dict.fromkeys(ASKED, "yes"),
    "business": "在庫管理クラウド",
    "orders_booked": "0",
    "pipeline_expected": "0",
    "budget": "500万円",
    "meeting_capacity": "月30件",
    "review_cadence": "monthly",
    "review_meeting": "月次会議",
}


def item(plan: Plan, name: str) -> ItemResult:
    return next(one for one in plan.readiness.items if one.id == name)


def judged(plan_of: PlanOf, letters: str) -> ItemResult:
    """Judge "KPI and target" answered with one letter for each check; a dash is no answer."""
    given = {name: ANSWERS.get(letter) for name, letter in zip(FIVE, letters, strict=True)}
    return item(plan_of("full", **given), "kpi_and_target")


def check(plan: Plan, name: str) -> str | None:
    return next(one.answer for part in plan.readiness.items for one in part.checks if one.id == name)


@pytest.mark.parametrize(
    ("letters", "points", "verdict"),
    [
        ("yyyyy", 10, "ready"),
        ("yyypp", 8, "ready"),
        ("yyppp", 7, "conditional"),
        ("yypnn", 5, "conditional"),
        ("yynnn", 4, "fix_first"),
        ("yypun", 5, "conditional"),
        ("nyyyy", 8, "fix_first"),
        ("uyyyy", 8, "fix_first"),
        ("pyyyy", 9, "conditional"),
        ("nnnnn", 0, "fix_first"),
    ],
)
def test_item_is_ready_from_80_percent_conditional_from_50_and_a_blocker_decides(
    plan_of: PlanOf, letters: str, points: int, verdict: str
) -> None:
    found = judged(plan_of, letters)
    assert (found.answered, found.total, found.points, found.points_possible) == (5, 5, points, 10)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("letters", "answered", "verdict"),
    [
        ("yyyy-", 4, "ready"),
        ("yyy--", 3, "conditional"),
        ("-yyyy", 4, "conditional"),
        ("-----", 0, "not_judged"),
    ],
)
def test_what_is_not_answered_costs_no_points_but_four_fifths_must_be(
    plan_of: PlanOf, letters: str, answered: int, verdict: str
) -> None:
    found = judged(plan_of, letters)
    assert (found.answered, found.points_possible, found.verdict) == (answered, 2 * answered, verdict)


def test_blocker_is_marked_and_a_number_is_computed_not_asked(plan_of: PlanOf) -> None:
    plan = plan_of("full", **SETTLED)
    marked = {one.id for one in item(plan, "kpi_and_target").checks if one.blocker}
    assert marked == {"causal_link_stated"}
    computed = {one.id for one in item(plan, "goal_clarity").checks if one.computed}
    assert computed == {"kgi_in_one_sentence", "campaign_share_decided", "one_main_purpose"}


@pytest.mark.parametrize(
    # 5 million yen a deal are 20 deals and 80 opportunities; each deal takes 4 opportunities.
    ("average_deal", "opportunities", "answer"),
    [
        ("500万円", 80, "yes"),
        ("1,500万円", 28, "partly"),
        ("3,500万円", 12, "partly"),
        ("5,000万円", 8, "no"),
    ],
)
def test_volume_is_judged_by_the_opportunities_that_are_required(
    plan_of: PlanOf, average_deal: str, opportunities: int, answer: str
) -> None:
    plan = plan_of("full", **{**SETTLED, "average_deal": average_deal})
    row = plan.chain.stage("opportunity")
    assert row is not None and row.required.quantity.value == opportunities  # type: ignore[union-attr]
    assert check(plan, "enough_volume") == answer


def test_volume_that_cannot_be_worked_out_is_unknown(plan_of: PlanOf) -> None:
    assert check(plan_of("full", **{**SETTLED, "average_deal": "unknown"}), "enough_volume") == "unknown"


def test_computed_check_without_any_of_its_answers_is_left_open(plan_of: PlanOf) -> None:
    nothing = dict.fromkeys(("kgi_amount", "kgi_date", "business", "budget", "meeting_capacity"))
    plan = plan_of("full", **{**SETTLED, **nothing})
    assert check(plan, "kgi_in_one_sentence") is None
    assert check(plan, "capacity_known") is None
    assert check(plan_of("full", **{**SETTLED, "budget": "unknown"}), "capacity_known") == "partly"
    assert check(plan_of("full", **{**SETTLED, **nothing, "budget": "unknown"}), "capacity_known") == "no"


def test_check_that_does_not_apply_leaves_the_total(plan_of: PlanOf) -> None:
    amount = item(plan_of("full", **SETTLED), "process_and_baseline")
    leads = {"kgi_kind": "count", "kgi_count_stage": "lead", "kgi_count": "30", "existing_count": "0"}
    count = item(plan_of("full", **{**SETTLED, **leads}), "process_and_baseline")
    assert {one.id for one in amount.checks} - {one.id for one in count.checks} == {
        "enough_volume",
        "deal_size_win_rate_cycle_known",
    }
    assert (amount.total, count.total) == (7, 5)


def test_everything_is_ready_only_when_every_item_is(plan_of: PlanOf) -> None:
    ready = plan_of("full", **SETTLED)
    assert {one.verdict for one in ready.readiness.items} == {"ready"}
    assert ready.readiness.overall == "ready"
    partly = plan_of("full", **{**SETTLED, "causal_link_stated": "partly"})
    assert partly.readiness.overall == "conditional"
    failed = plan_of("full", **{**SETTLED, "causal_link_stated": "no"})
    assert failed.readiness.overall == "fix_first"


def test_item_nobody_answered_keeps_the_whole_from_ready(plan_of: PlanOf) -> None:
    plan = plan_of("full", **{**SETTLED, **dict.fromkeys(FIVE)})
    verdicts = [one.verdict for one in plan.readiness.items]
    assert sorted(verdicts) == ["not_judged", "ready", "ready", "ready"]
    assert plan.readiness.overall == "conditional"


def test_what_stands_in_the_way_of_the_goal_outweighs_how_well_it_was_prepared(plan_of: PlanOf) -> None:
    late = plan_of("full", **{**SETTLED, "kgi_date": "2027-02-28"})
    assert "lead_deadline_past" in {found.id for found in late.findings if found.severity == "critical"}
    assert {one.verdict for one in late.readiness.items} == {"ready"}
    assert late.readiness.overall == "fix_first"
