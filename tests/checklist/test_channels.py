"""The required leads spread over channels: the parts always make the whole, and what they bring is said."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.planning.shares.channels import ChannelPlan
from checklist.planning.shares.sharing import share_out
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording import Phrases, present
from checklist.wording.view import SectionView

PlanOf = Callable[..., Plan]
Row = dict[str, Any]
CERTAIN = {"orders_booked": "0", "pipeline_expected": "0", "path": "full"}
SHOW = {
    "campaign": "trade_show",
    "lead_to_opportunity": None,
    "card_to_opportunity": "5%",
    "booked_meeting_to_held_meeting": "80%",
    "held_meeting_to_opportunity": "50%",
    "booked_meetings": "20",
}
LIST = {
    "campaign": "ma_rollout",
    "ma_phase": "growth",
    "purpose": None,
    "lead_to_opportunity": None,
    "mailable_contacts": "20,000",
    "contact_growth": "月0件",
}


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def spread(plan_of: PlanOf, *rows: Row, **changes: object) -> ChannelPlan:
    plan = plan_of(**{**CERTAIN, **changes}, channels=list(rows))
    assert plan.channels is not None
    return plan.channels


def leads(plan: ChannelPlan) -> list[int]:
    return [int(value(row.leads)) for row in plan.rows]


def section(plan: Plan, pack: Pack, phrases: Phrases, language: str, name: str) -> SectionView:
    return next(view for view in present(plan, pack, phrases, language).goal_sections if view.id == name)


# The worked example needs 680 leads.
@pytest.mark.parametrize(
    ("rows", "parts", "rest"),
    [
        ([{"name": "検索", "share": "100%"}], [680], 0),
        ([{"name": "検索", "share": "40%"}], [272], 408),
        ([{"name": share, "share": share} for share in ("33%", "33%", "34%")], [225, 224, 231], 0),
        ([{"name": "a", "share": "0.1%"}, {"name": "b", "share": "0.2%"}], [1, 1], 678),
        ([{"name": "a", "count": "80"}, {"name": "b", "share": "50%"}], [80, 300], 300),
        ([{"name": "a", "count": "80", "share": "90%"}, {"name": "b", "share": "100%"}], [80, 600], 0),
        ([{"name": "a", "share": "0%"}, {"name": "b", "share": "100%"}], [0, 680], 0),
        ([{"name": "a", "count": "680"}, {"name": "b", "share": "100%"}], [680, 0], 0),
    ],
)
def test_fixed_numbers_come_first_and_shares_divide_what_remains(
    plan_of: PlanOf, rows: list[Row], parts: list[int], rest: int
) -> None:
    plan = spread(plan_of, *rows)
    assert leads(plan) == parts
    assert sum(leads(plan)) + value(plan.rest) == value(plan.required) == 680
    assert value(plan.rest) == rest


def test_fixed_numbers_beyond_the_required_are_shown_as_such(plan_of: PlanOf) -> None:
    plan = spread(plan_of, {"name": "a", "count": "700"}, {"name": "b", "share": "100%"})
    assert leads(plan) == [700, 0]
    assert sum(leads(plan)) - value(plan.over) == 680
    assert value(plan.rest) == 0


def test_shares_above_100_percent_are_refused(plan_of: PlanOf) -> None:
    rows = [{"name": "a", "share": "60%"}, {"name": "b", "share": "40.1%"}]
    plan = plan_of(**CERTAIN, channels=rows)
    assert plan.channels is not None
    refused = plan.channels.rows[0].leads
    assert isinstance(refused, Impossible) and refused.reason == "shares_above_100"
    assert refused.params["sum"] == "100.1%"
    found = next(finding for finding in plan.findings if finding.id == "shares_above_100")
    assert found.severity == "warning"


def test_decimals_that_add_up_to_100_percent_are_not_above_it(plan_of: PlanOf) -> None:
    shares = ["10%", "20%", "70%"]
    plan = spread(plan_of, *({"name": share, "share": share} for share in shares))
    assert leads(plan) == [68, 136, 476]


def test_a_channel_without_share_and_number_is_unknown_and_its_leads_stay_unassigned(plan_of: PlanOf) -> None:
    plan = spread(plan_of, {"name": "a", "share": "25%"}, {"name": "b"}, {"name": "c", "share": "わからない"})
    assert value(plan.rows[0].leads) == 170
    assert isinstance(plan.rows[1].leads, Unknown) and isinstance(plan.rows[2].leads, Unknown)
    assert value(plan.rest) == 510


def test_each_channel_brings_deals_by_its_own_rate(plan_of: PlanOf) -> None:
    plan = spread(
        plan_of,
        {"name": "広告", "share": "50%", "lead_rate": "10%"},
        {"name": "紹介", "share": "50%", "lead_rate": {"count": "12", "of": "40"}},
    )
    assert [value(row.opportunities) for row in plan.rows] == [34, 102]
    assert [value(row.brings) for row in plan.rows] == [Fraction(17, 2), Fraction(51, 2)]
    assert value(plan.result.brings) == 34 == value(plan.result.needed)
    assert value(plan.result.gap) == 0
    assert [row.provisional for row in plan.rows] == [True, False]


def test_a_channel_without_a_rate_uses_that_of_the_plan_but_not_for_an_unknown_one(plan_of: PlanOf) -> None:
    plan = spread(
        plan_of, {"name": "a", "share": "50%"}, {"name": "b", "share": "50%", "lead_rate": "unknown"}
    )
    assert value(plan.rows[0].rate) == Fraction(1, 5) and not plan.rows[0].own_rate
    assert isinstance(plan.rows[1].rate, Unknown)
    assert isinstance(plan.result.brings, Unknown)


def test_a_mix_that_brings_too_little_says_how_many_more_leads_it_takes(plan_of: PlanOf) -> None:
    plan = plan_of(**CERTAIN, channels=[{"name": "a", "share": "100%", "lead_rate": "15%"}])
    assert plan.channels is not None
    result = plan.channels.result
    assert value(result.brings) == Fraction(51, 2)
    # 8.5 deals at 15 % x 25 % a lead are 226.7 leads.
    assert value(result.more_leads) == 227
    assert "channel_gap" in {finding.id for finding in plan.findings}


def test_a_mix_that_brings_nothing_cannot_be_made_enough(plan_of: PlanOf) -> None:
    plan = plan_of(**CERTAIN, channels=[{"name": "a", "share": "100%", "lead_rate": "0%"}])
    assert plan.channels is not None
    assert isinstance(plan.channels.result.more_leads, Impossible)
    assert "channels_bring_none" in {finding.id for finding in plan.findings}


def test_costs_add_up_to_a_total_and_a_blended_cost_per_lead(plan_of: PlanOf) -> None:
    rows = [
        {"name": "a", "share": "50%", "cost": "1万円"},
        {"name": "b", "share": "50%", "cost": "2万円"},
    ]
    plan = plan_of(**CERTAIN, channels=rows, budget="1000万円")
    assert plan.channels is not None and plan.channels.cost is not None
    cost = plan.channels.cost
    assert value(cost.total) == 10_200_000
    assert value(cost.per_lead) == 15_000
    assert "channels_above_budget" in {finding.id for finding in plan.findings}


def test_a_channel_without_a_cost_leaves_the_total_unknown_and_the_rest_as_a_lower_bound(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    rows = [{"name": "広告", "share": "50%", "cost": "1万円"}, {"name": "紹介", "share": "50%"}]
    plan = plan_of(**CERTAIN, channels=rows)
    assert plan.channels is not None and plan.channels.cost is not None
    cost = plan.channels.cost
    assert isinstance(cost.total, Unknown) and cost.missing == ("紹介",)
    assert value(cost.at_least) == 3_400_000
    notes = section(plan, btob, phrases, "ja", "channels").notes
    assert any("紹介" in note and "3,400,000円" in note for note in notes)


def test_a_show_spreads_its_cards_and_counts_on_the_booked_meetings(plan_of: PlanOf) -> None:
    plan = spread(plan_of, {"name": "ブース", "share": "100%"}, **SHOW)
    assert plan.stage == "card"
    assert str(plan.rows[0].leads.unit) == "card"  # type: ignore[union-attr]
    # 20 booked meetings bring 8 opportunities and so 2 deals; the cards bring the other 32.
    assert value(plan.result.beside) == 2
    assert value(plan.result.brings) == 34


def test_an_ma_programme_spreads_its_mqls_and_is_not_asked_without_them(plan_of: PlanOf) -> None:
    told_apart = {"ma_stages": ["mql"], "contact_to_mql": "1%", "mql_to_opportunity": "20%"}
    plan = spread(plan_of, {"name": "ウェビナー", "share": "100%"}, **LIST, **told_apart)
    assert (plan.stage, value(plan.required)) == ("mql", 680)
    bare = plan_of(
        **{**CERTAIN, **LIST, "contact_to_opportunity": "1%"}, channels=[{"name": "a", "share": "1%"}]
    )
    assert bare.channels is None


@pytest.mark.parametrize("stage", ["lead", "opportunity", "deal"])
def test_a_goal_that_is_a_count_is_compared_at_its_own_stage(plan_of: PlanOf, stage: str) -> None:
    goal = {"kgi_kind": "count", "kgi_count": "30", "kgi_count_stage": stage, "existing_count": "0"}
    plan = spread(plan_of, {"name": "a", "share": "100%"}, **goal)
    assert plan.goal_stage == stage
    assert value(plan.result.brings) == 30


def test_a_covered_goal_and_a_rate_leave_nothing_to_spread(plan_of: PlanOf) -> None:
    rows = [{"name": "a", "share": "100%"}]
    assert plan_of(**CERTAIN, channels=rows, existing_revenue="2億円").channels is None
    rate = {"kgi_rate_step": "lead_to_opportunity", "kgi_rate_from": "20%", "kgi_rate_to": "25%"}
    assert (
        plan_of(**CERTAIN, channels=rows, kgi_kind="rate", kgi_rate_volume="月100件", **rate).channels is None
    )


def test_with_nothing_known_nothing_is_zero(plan_of: PlanOf) -> None:
    unknown = {name: "unknown" for name in ("share", "average_deal", "lead_to_opportunity")}
    plan = spread(plan_of, {"name": "a", "share": "100%"}, **unknown)
    assert isinstance(plan.rows[0].leads, Unknown) and isinstance(plan.result.gap, Unknown)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_table_of_channels_has_a_row_for_what_nobody_carries(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str
) -> None:
    plan = plan_of(**CERTAIN, channels=[{"name": "検索", "share": "40%"}])
    (table,) = section(plan, btob, phrases, language, "channels").tables
    texts = [row[1].digits for row in table.rows]
    assert texts == ["272", "408", "680"]
    assert all(len(row) == len(table.columns) <= 7 for row in table.rows)


def test_without_channels_the_plan_has_no_such_section(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    view = present(plan_of(**CERTAIN), btob, phrases, "ja")
    assert {"channels", "segments", "portfolio"}.isdisjoint({each.id for each in view.goal_sections})


weights = st.lists(st.fractions(0, 1), min_size=1, max_size=12)


@given(total=st.integers(0, 10**9), shares=weights)
def test_shared_out_units_add_up_and_are_their_exact_part_rounded(total: int, shares: list[Fraction]) -> None:
    parts, together = share_out(total, shares), sum(shares)
    assert sum(parts) == (total if together else 0)
    for part, share in zip(parts, shares, strict=True):
        exact = total * share / together if together else Fraction(0)
        assert abs(part - exact) < 1


tenths = st.lists(st.integers(0, 400), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fixed=st.lists(st.integers(0, 300), max_size=3), shares=tenths)
def test_channels_always_add_up_to_what_is_required(
    plan_of: PlanOf, fixed: list[int], shares: list[int]
) -> None:
    rows = [{"name": "n", "count": str(count)} for count in fixed]
    rows += [{"name": "n", "share": f"{share / 10}%"} for share in shares]
    plan = spread(plan_of, *rows)
    if sum(shares) > 1000:
        assert isinstance(plan.rest, Impossible)
    else:
        assert sum(leads(plan)) + value(plan.rest) - value(plan.over) == value(plan.required)
