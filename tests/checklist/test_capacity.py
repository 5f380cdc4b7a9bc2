"""What the plan needs against what sales, the booth and the money can take, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from checklist.planning.feasibility.capacity import CapacityRow
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unknown

PlanOf = Callable[..., Plan]

# The full path asks what is certain already, and how many meetings are booked.
NOTHING_YET = {"orders_booked": "0", "pipeline_expected": "0", "booked_meetings": "0"}

# 34 deals / 25 % = 136 opportunities. 15 January to 31 December are 350 days, less three months.
DAYS = 350 - 3 * Fraction(365, 12)
SHOW = {
    "campaign": "trade_show",
    "campaign_date": "2027-02-24",
    "lead_to_opportunity": None,
    "show_days": "3",
    "show_hours": "7",
    "show_staff": "6",
    "talks_per_person_hour": "5",
    "shows_in_period": "2",
    "card_to_opportunity": "10%",
}
MONEY = {"budget": "500万円", "gross_margin": "40%", "allowed_cost_share": "30%"}


def row_of(plan: Plan, name: str) -> CapacityRow:
    return next(row for row in plan.capacity if row.id == name)


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known)
    return quantity.value


def rows_by_capacity(plan_of: PlanOf, *capacities: str) -> Iterator[CapacityRow]:
    for capacity in capacities:
        yield row_of(plan_of("full", **NOTHING_YET, meeting_capacity=capacity), "sales")


def test_needed_opportunities_are_spread_over_the_days_left_to_handle_them(plan_of: PlanOf) -> None:
    row = row_of(plan_of("full", **NOTHING_YET, meeting_capacity="月20件"), "sales")
    assert value(row.needed.quantity) == 136 / (DAYS / Fraction(365, 12))
    assert value(row.needed_per_week) == 136 / (DAYS / 7)
    assert value(row.ratio) == value(row.needed.quantity) / 20


def test_verdict_is_tight_above_80_percent_and_short_above_the_limit(plan_of: PlanOf) -> None:
    # 15.99 a month are needed.
    verdicts = [row.verdict for row in rows_by_capacity(plan_of, "月20件", "月19件", "月16件", "月15件")]
    assert verdicts == ["enough", "tight", "tight", "short"]


def test_months_it_would_take_are_the_opportunities_over_the_capacity(plan_of: PlanOf) -> None:
    row = row_of(plan_of("full", **NOTHING_YET, meeting_capacity="月17件"), "sales")
    assert row.it_takes is not None
    assert value(row.it_takes.quantity) == 8


@pytest.mark.parametrize(("capacity", "short"), [("月15件", True), ("月20件", False)])
def test_the_finding_and_the_row_say_the_same(plan_of: PlanOf, capacity: str, short: bool) -> None:
    plan = plan_of("full", **NOTHING_YET, meeting_capacity=capacity)
    assert ("sales_capacity_short" in {finding.id for finding in plan.findings}) is short
    assert (row_of(plan, "sales").verdict == "short") is short


def test_no_capacity_at_all_is_short_and_divides_by_nothing(plan_of: PlanOf) -> None:
    row = row_of(plan_of("full", **NOTHING_YET, meeting_capacity="月0件"), "sales")
    assert row.verdict == "short"
    assert isinstance(row.ratio, Impossible)


def test_a_start_too_late_to_win_anything_is_short(plan_of: PlanOf) -> None:
    row = row_of(
        plan_of("full", **NOTHING_YET, meeting_capacity="月20件", campaign_date="2027-11-15"), "sales"
    )
    assert row.needed.quantity == Impossible("no_time_to_handle")
    assert row.verdict == "short"


def test_unknown_capacity_is_named(plan_of: PlanOf) -> None:
    row = row_of(plan_of("full", **NOTHING_YET, meeting_capacity="unknown"), "sales")
    assert row.ratio == Unknown(("meeting_capacity",))
    assert row.verdict == "unknown"


def test_a_goal_that_counts_opportunities_has_no_time_to_a_deal_taken_off(plan_of: PlanOf) -> None:
    goal = {"kgi_kind": "count", "kgi_count_stage": "opportunity", "kgi_count": "120", "existing_count": "0"}
    row = row_of(plan_of("full", **NOTHING_YET, **goal, meeting_capacity="月5件"), "sales")
    assert value(row.needed.quantity) == 120 / (350 / Fraction(365, 12))
    assert row.verdict == "short"


def test_booth_holds_days_times_hours_times_staff_times_talks_times_shows(plan_of: PlanOf) -> None:
    row = row_of(plan_of("full", **NOTHING_YET, **SHOW), "booth")
    assert value(row.available.quantity) == 3 * 7 * 6 * 5 * 2
    assert value(row.needed.quantity) == 1360
    assert row.verdict == "short"


def test_staff_that_would_be_needed_is_a_whole_number_of_people(plan_of: PlanOf) -> None:
    # 1,360 cards / (3 x 7 x 5 x 2 = 210 talks for each of the staff) = 6.5, so 7.
    row = row_of(plan_of("full", **NOTHING_YET, **SHOW), "booth")
    assert row.it_takes is not None
    assert value(row.it_takes.quantity) == 7


def test_a_booth_number_left_out_is_named(plan_of: PlanOf) -> None:
    row = row_of(plan_of("full", **NOTHING_YET, **{**SHOW, "show_hours": "unknown"}), "booth")
    assert row.available.quantity == Unknown(("show_hours",))
    assert row.verdict == "unknown"


def test_budget_is_set_against_the_required_leads_at_the_allowed_cost(plan_of: PlanOf) -> None:
    # 680 leads x (3,000,000 x 40 % x 5 % x 30 % = 18,000).
    row = row_of(plan_of("full", **NOTHING_YET, **MONEY), "budget")
    assert value(row.available.quantity) == 12_240_000
    assert row.verdict == "enough"


def test_booked_meetings_add_what_they_may_cost_to_the_cards(plan_of: PlanOf) -> None:
    # 20 x 80 % x 50 % = 8 opportunities beside 128 from 1,280 cards; each may cost 1,200,000 x 25 % x 30 %.
    meetings = {**NOTHING_YET, "booked_meetings": "20", "booked_meeting_to_held_meeting": "80%"}
    plan = plan_of("full", **SHOW, **MONEY, **meetings, held_meeting_to_opportunity="50%")
    assert value(row_of(plan, "budget").available.quantity) == (128 + 8) * 90_000


def test_budget_without_an_allowed_share_is_unknown_and_names_it(plan_of: PlanOf) -> None:
    row = row_of(plan_of("full", **NOTHING_YET, **{**MONEY, "allowed_cost_share": None}), "budget")
    assert row.ratio == Unknown(("allowed_cost_share",))
    assert row.verdict == "unknown"


def test_a_covered_goal_needs_nothing(plan_of: PlanOf) -> None:
    assert (
        plan_of("full", **NOTHING_YET, existing_revenue="2億円", meeting_capacity="月1件", **MONEY).capacity
        == ()
    )


def test_a_start_that_leaves_no_day_to_win_anything_is_short(plan_of: PlanOf) -> None:
    # Three months before 31 December is 30 September; of a quarter as 365/4 days a part of a day is left.
    days = {"opportunity_to_deal_time": "90日", "campaign_date": "2027-10-02", "meeting_capacity": "月20件"}
    row = row_of(plan_of("full", **NOTHING_YET, **days), "sales")
    assert (row.needed.quantity, row.verdict) == (Impossible("no_time_to_handle"), "short")


def test_a_booth_that_holds_just_what_is_needed_is_tight(plan_of: PlanOf) -> None:
    # 2 days x 8 hours x 17 staff x 5 talks = 1,360 cards.
    just = {"show_days": "2", "show_hours": "8", "show_staff": "17", "shows_in_period": "1"}
    row = row_of(plan_of("full", **NOTHING_YET, **{**SHOW, **just}), "booth")
    assert (value(row.ratio), row.verdict) == (1, "tight")
    assert row.it_takes is not None and value(row.it_takes.quantity) == 17
    assert "show_staff" not in [name for name, _ in row.it_takes.why.values]
    assert "show_staff" in [name for name, _ in row.available.why.values]
