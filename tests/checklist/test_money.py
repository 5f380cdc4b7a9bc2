"""What the campaign costs and should bring, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from checklist.planning.feasibility.money import Money
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Unknown
from checklist.wording import Phrases, present

PlanOf = Callable[..., Plan]

# The full path asks what is certain already, and how many meetings are booked.
NOTHING_YET = {"orders_booked": "0", "pipeline_expected": "0", "booked_meetings": "0"}

MONEY = {"budget": "1000万円", "gross_margin": "40%", "allowed_cost_share": "30%"}


def money(plan: Plan) -> Money:
    assert plan.money is not None
    return plan.money


def value(plan: Plan, row: str) -> Fraction:
    quantity = money(plan).quantity(row)
    assert isinstance(quantity, Known)
    return quantity.value


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("budget", 10_000_000),
        ("gross_profit", 100_000_000 * Fraction(2, 5)),
        # 10,000,000 / (3,000,000 x 40 %) = 8.3, so 9.
        ("break_even", 9),
        # (40,000,000 - 10,000,000) / 10,000,000
        ("roi", 3),
        ("cost_per_lead", Fraction(10_000_000, 680)),
        # 3,000,000 x 40 % x 20 % x 25 %
        ("ceiling_per_lead", 60_000),
        ("allowed_per_lead", 18_000),
        ("cost_per_opportunity", Fraction(10_000_000, 136)),
        ("cost_per_deal", Fraction(10_000_000, 34)),
        ("coverage", 4),
        ("pipeline", 136 * 3_000_000),
    ],
)
def test_each_figure_is_what_it_comes_to_by_hand(plan_of: PlanOf, row: str, expected: Fraction) -> None:
    assert value(plan_of("full", **NOTHING_YET, **MONEY), row) == expected


@pytest.mark.parametrize(
    ("win_rate", "times"), [("30%", Fraction(10, 3)), ("20%", 5), ("15%", Fraction(20, 3))]
)
def test_coverage_is_one_over_the_win_rate(plan_of: PlanOf, win_rate: str, times: Fraction) -> None:
    assert value(plan_of("full", **NOTHING_YET, **MONEY, opportunity_to_deal=win_rate), "coverage") == times


@pytest.mark.parametrize("row", ["gross_profit", "break_even", "roi", "ceiling_per_lead", "allowed_per_lead"])
def test_without_the_own_margin_nothing_that_needs_it_is_said(plan_of: PlanOf, row: str) -> None:
    assert money(plan_of("full", **NOTHING_YET, **{**MONEY, "gross_margin": "unknown"})).quantity(
        row
    ) == Unknown(("gross_margin",))


def test_without_an_allowed_share_the_ceiling_stands_and_the_allowed_cost_is_unknown(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, **{**MONEY, "allowed_cost_share": None})
    assert value(plan, "ceiling_per_lead") == 60_000
    assert money(plan).quantity("allowed_per_lead") == Unknown(("allowed_cost_share",))


def test_what_costs_nothing_has_no_return_on_it(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, **{**MONEY, "budget": "0円"})
    assert money(plan).quantity("roi") == Impossible("no_cost")
    assert value(plan, "break_even") == 0


def test_a_goal_that_is_a_count_gets_costs_and_no_profit(plan_of: PlanOf) -> None:
    goal = {"kgi_kind": "count", "kgi_count_stage": "deal", "kgi_count": "34", "existing_count": "0"}
    plan = plan_of("full", **NOTHING_YET, **goal, **MONEY)
    rows = ["budget", "cost_per_lead", "cost_per_opportunity", "cost_per_deal", "coverage"]
    assert [row.id for row in money(plan).rows] == rows


def test_a_goal_that_is_a_rate_gets_what_each_extra_one_costs(plan_of: PlanOf) -> None:
    goal = {"kgi_kind": "rate", "kgi_rate_step": "opportunity_to_deal", "kgi_rate_from": "20%"}
    plan = plan_of(
        "full", **NOTHING_YET, **goal, kgi_rate_to="25%", kgi_rate_volume="年400件", budget="1000万円"
    )
    assert [row.id for row in money(plan).rows] == ["budget", "cost_per_extra"]


def test_a_covered_goal_has_no_cost_per_lead(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, existing_revenue="2億円", **MONEY)
    assert [row.id for row in money(plan).rows] == ["budget", "gross_profit", "break_even"]


def test_the_quick_path_asks_for_no_cost_and_says_nothing_of_it(plan_of: PlanOf) -> None:
    assert plan_of("quick").money is None


def found(plan: Plan) -> set[str]:
    return {finding.id for finding in plan.findings}


def test_a_cost_that_is_not_earned_back_is_said_once(plan_of: PlanOf) -> None:
    # 42,000,000 / 1,200,000 = 35 deals, where 34 are needed.
    ids = found(plan_of("full", **NOTHING_YET, **{**MONEY, "budget": "4200万円"}))
    assert "break_even_above_required" in ids
    assert not {"budget_above_gross_profit", "cost_per_lead_above_allowed"} & ids


def test_a_cost_that_the_required_deals_just_earn_back_is_not_reported(plan_of: PlanOf) -> None:
    assert "break_even_above_required" not in found(
        plan_of("full", **NOTHING_YET, **{**MONEY, "budget": "4080万円"})
    )


def test_without_the_size_of_a_deal_the_rule_of_the_pack_says_it(plan_of: PlanOf) -> None:
    ids = found(plan_of("full", **NOTHING_YET, **{**MONEY, "budget": "4200万円"}, average_deal="unknown"))
    assert "budget_above_gross_profit" in ids
    assert "break_even_above_required" not in ids


@pytest.mark.parametrize(("budget", "above"), [("1224万円", False), ("1225万円", True)])
def test_a_lead_above_the_allowed_cost_is_reported(plan_of: PlanOf, budget: str, above: bool) -> None:
    ids = found(plan_of("full", **NOTHING_YET, **{**MONEY, "budget": budget}))
    assert ("cost_per_lead_above_allowed" in ids) is above


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_boss_reads_each_figure_with_how_it_comes_about(
    plan_of: PlanOf, btob: object, phrases: Phrases, language: str
) -> None:
    view = present(plan_of("full", **NOTHING_YET, **MONEY), btob, phrases, language)  # type: ignore[arg-type]
    section = next(section for section in view.goal_sections if section.id == "money")
    rows = section.tables[0].rows
    assert "300%" in {row[1].text for row in rows}
    assert all(row[2].text for row in rows)


def test_what_the_campaign_may_cost_says_what_it_counts(plan_of: PlanOf) -> None:
    row = next(row for row in plan_of("full", **NOTHING_YET, **MONEY).capacity if row.id == "budget")
    assert (row.available.why.formula, [name for name, _ in row.available.why.values]) == (
        "allowed_cost",
        ["lead", "allowed_per_lead"],
    )
    meetings = {"booked_meetings": "20", "booked_meeting_to_held_meeting": "80%"}
    show = {"campaign": "trade_show", "lead_to_opportunity": None, "card_to_opportunity": "10%"}
    plan = plan_of("full", **{**NOTHING_YET, **meetings}, **show, **MONEY, held_meeting_to_opportunity="50%")
    row = next(row for row in plan.capacity if row.id == "budget")
    assert row.available.why.formula == "allowed_cost_beside"
    # 34 deals are 136 opportunities; the meetings bring 8 of them, and 1,280 cards the rest.
    assert [(name, value.value) for name, value in row.available.why.values] == [  # type: ignore[union-attr]
        ("card", 1280),
        ("allowed_per_lead", 9_000),
        ("booked_meeting", 20),
    ]


def test_cost_and_allowed_cost_of_a_lead_are_named_in_whole_yen(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, **{**MONEY, "budget": "1,300万円"})
    (finding,) = [one for one in plan.findings if one.id == "cost_per_lead_above_allowed"]
    # 13,000,000 / 680 = 19,117.6
    cost, allowed = finding.params["cost"], finding.params["allowed"]
    assert isinstance(cost, Known) and isinstance(allowed, Known)
    assert (cost.value, str(cost.unit), allowed.value, str(allowed.unit)) == (19_118, "jpy", 18_000, "jpy")
