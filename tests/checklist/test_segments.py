"""Segments side by side: each with its own deal and win rate, and what one average would have hidden."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.planning.shares.segments import SegmentPlan
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording import Phrases, present
from tests.checklist.test_channels import LIST, SHOW

PlanOf = Callable[..., Plan]
Row = dict[str, Any]
CERTAIN = {"orders_booked": "0", "pipeline_expected": "0", "path": "full"}
LARGE = {"name": "大手", "share": "60%", "deal": "600万円", "win_rate": "20%"}
SMALL = {"name": "中小", "share": "40%", "deal": "100万円", "win_rate": "30%"}


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def segments(plan_of: PlanOf, *rows: Row, **changes: object) -> SegmentPlan:
    plan = plan_of(**{**CERTAIN, **changes}, segments=list(rows))
    assert plan.segments is not None
    return plan.segments


def counts(plan: SegmentPlan) -> list[tuple[Fraction, ...]]:
    return [(value(row.deals), value(row.opportunities), value(row.leads)) for row in plan.rows]


def test_each_segment_is_worked_back_with_its_own_deal_and_win_rate(plan_of: PlanOf) -> None:
    plan = segments(plan_of, LARGE, SMALL)
    # 60 million / 6 million; 40 million / 1 million at 30 % are 133.3 opportunities and 666.7 leads.
    assert counts(plan) == [(10, 50, 250), (40, 134, 667)]
    assert (value(plan.deals), value(plan.opportunities), value(plan.leads)) == (50, 184, 917)
    assert value(plan.brings) == value(plan.carried) == 100_000_000


def test_the_plan_with_one_average_is_compared_and_what_it_hides_is_said(plan_of: PlanOf) -> None:
    plan = plan_of(**CERTAIN, segments=[LARGE, SMALL])
    assert plan.segments is not None
    assert plan.segments.average == plan.chain.stages[0].required.quantity
    assert value(plan.segments.difference) == 917 - 680
    assert "segments_hide" in {finding.id for finding in plan.findings}


def test_segments_that_need_less_than_the_average_are_said_too(plan_of: PlanOf) -> None:
    plan = plan_of(**CERTAIN, segments=[{"name": "大手", "share": "100%", "deal": "600万円"}])
    assert plan.segments is not None
    assert value(plan.segments.difference) == 340 - 680
    assert "segments_need_less" in {finding.id for finding in plan.findings}


def test_one_segment_like_the_average_differs_in_nothing(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of(**CERTAIN, segments=[{"name": "全体", "share": "100%", "deal": "300万円"}])
    assert plan.segments is not None
    assert counts(plan.segments) == [(34, 136, 680)]
    assert value(plan.segments.difference) == 0
    assert not {"segments_hide", "segments_need_less"} & {finding.id for finding in plan.findings}
    assert "segments" in {section.id for section in present(plan, btob, phrases, "en").goal_sections}


def test_whole_deals_are_rounded_up_in_each_segment(plan_of: PlanOf) -> None:
    half = {"share": "50%", "deal": "3000万円"}
    plan = segments(plan_of, {"name": "a", **half}, {"name": "b", **half})
    assert [value(row.deals) for row in plan.rows] == [2, 2]
    assert value(plan.brings) == 120_000_000


@pytest.mark.parametrize(
    ("shares", "rest"),
    [(["33%", "33%", "34%"], 0), (["33.3%", "33.3%", "33.3%"], 100_000), (["0.1%", "0.2%"], 99_700_000)],
)
def test_what_no_segment_carries_is_shown(plan_of: PlanOf, shares: list[str], rest: int) -> None:
    rows = [{"name": share, "share": share, "deal": "300万円"} for share in shares]
    plan = plan_of(**CERTAIN, segments=rows)
    assert plan.segments is not None
    assert value(plan.segments.rest) == rest
    assert value(plan.segments.carried) + rest == value(plan.chain.goal_part.quantity)
    assert ("share_not_carried" in {finding.id for finding in plan.findings}) == (rest > 0)


def test_shares_above_100_percent_are_refused(plan_of: PlanOf) -> None:
    plan = segments(plan_of, LARGE, {**SMALL, "share": "40.5%"})
    assert isinstance(plan.carried, Impossible) and plan.carried.reason == "shares_above_100"
    assert all(isinstance(row.leads, Impossible) for row in plan.rows)


def test_an_unknown_cell_leaves_only_what_rests_on_it_unknown(plan_of: PlanOf) -> None:
    plan = segments(plan_of, LARGE, {**SMALL, "deal": "わからない"})
    assert value(plan.rows[0].leads) == 250
    assert isinstance(plan.rows[1].deals, Unknown)
    assert isinstance(plan.leads, Unknown) and isinstance(plan.difference, Unknown)


def test_a_win_rate_of_none_won_cannot_be_worked_back(plan_of: PlanOf) -> None:
    plan = segments(plan_of, LARGE, {**SMALL, "win_rate": {"count": "0", "of": "12"}})
    opportunities = plan.rows[1].opportunities
    assert isinstance(opportunities, Impossible) and opportunities.reason == "zero_rate"


def test_with_nothing_known_nothing_is_zero(plan_of: PlanOf) -> None:
    unknown = {name: "unknown" for name in ("kgi_amount", "share", "opportunity_to_deal")}
    plan = segments(plan_of, {**LARGE, "win_rate": None}, **unknown)
    assert isinstance(plan.rows[0].part, Unknown) and isinstance(plan.leads, Unknown)


def test_booked_meetings_are_taken_off_once_over_all_segments(plan_of: PlanOf) -> None:
    average = {"deal": "300万円"}
    rows = [{"name": "a", "share": "50%", **average}, {"name": "b", "share": "50%", **average}]
    plan = plan_of(**CERTAIN, **SHOW, segments=rows)
    assert plan.segments is not None
    # 2 x 17 deals are 136 opportunities, 8 of them from booked meetings; 128 at 5 % are 2,560 cards.
    assert [value(row.leads) for row in plan.segments.rows] == [1280, 1280]
    assert value(plan.segments.average) == 2560


def test_a_list_without_mqls_is_compared_at_opportunities(plan_of: PlanOf) -> None:
    plan = segments(plan_of, LARGE, SMALL, **LIST, contact_to_opportunity="1%")
    assert plan.stage == "opportunity"
    assert value(plan.difference) == 184 - 136


def test_a_count_and_a_covered_goal_have_no_segments(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count": "30", "kgi_count_stage": "deal", "existing_count": "0"}
    assert plan_of(**CERTAIN, **count, segments=[LARGE]).segments is None
    assert plan_of(**CERTAIN, existing_revenue="2億円", segments=[LARGE]).segments is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.integers(1, 250), st.integers(1, 2000)), min_size=1, max_size=4))
def test_the_parts_of_the_segments_make_the_whole_and_are_reached(
    plan_of: PlanOf, rows: list[tuple[int, int]]
) -> None:
    given = [{"name": "n", "share": f"{share / 10}%", "deal": f"{deal}万円"} for share, deal in rows]
    plan = segments(plan_of, *given)
    assert sum(value(row.part) for row in plan.rows) + value(plan.rest) == 100_000_000
    assert value(plan.brings) >= value(plan.carried)
    for row in plan.rows:
        assert value(row.deals) * value(row.deal) >= value(row.part)
        assert value(row.leads) * Fraction(1, 20) >= value(row.deals)


def test_what_an_average_hides_is_said_in_per_cent(plan_of: PlanOf) -> None:
    # 917 leads instead of 680 are 34.9 % more; 340 are 50 % less.
    plan = plan_of(**CERTAIN, segments=[LARGE, SMALL])
    (hide,) = [finding for finding in plan.findings if finding.id == "segments_hide"]
    assert (hide.severity, hide.params["percent"], hide.params["stage"]) == ("warning", "35%", "lead")
    assert value(hide.params["leads"]) == 917  # type: ignore[arg-type]
    plan = plan_of(**CERTAIN, segments=[{"name": "大手", "share": "100%", "deal": "600万円"}])
    (less,) = [finding for finding in plan.findings if finding.id == "segments_need_less"]
    assert (less.severity, less.params["percent"]) == ("info", "50%")


def test_segment_is_provisional_by_the_rates_that_it_uses(plan_of: PlanOf) -> None:
    own, guess = {"count": "50", "of": "200"}, {"likely": "25%", "source": "assumption"}
    average = {"name": "平均", "share": "40%", "deal": "300万円"}
    counted = {**LARGE, "win_rate": own}
    known = segments(plan_of, counted, average, lead_to_opportunity=own, opportunity_to_deal=own)
    assert [row.provisional for row in known.rows] == [False, False]
    mixed = segments(plan_of, counted, average, lead_to_opportunity=own, opportunity_to_deal=guess)
    assert [row.provisional for row in mixed.rows] == [False, True]
    assert [row.own_win_rate for row in mixed.rows] == [True, False]
