from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.planning.timing.reviews import Kind, Review
from checklist.wording import Phrases
from checklist.wording.sections.time import review_sections
from checklist.wording.words import Words

PlanOf = Callable[..., Plan]
FULL: dict[str, Any] = {"path": "full", "orders_booked": "0", "pipeline_expected": "0"}
SHOW: dict[str, Any] = {"campaign": "trade_show", "lead_to_opportunity": None, "card_to_opportunity": "20%"}
MA: dict[str, Any] = {"campaign": "ma_rollout", "ma_phase": "growth", "campaign_date": "2027-01-31"}


def days_of(plan: Plan, *kinds: Kind) -> list[date]:
    return [review.day for review in plan.reviews if set(kinds) & set(review.kinds)]


def one(plan: Plan, kind: Kind) -> Review:
    (review,) = [review for review in plan.reviews if kind in review.kinds]
    return review


def test_a_renewal_is_judged_after_30_60_and_90_days(plan_of: PlanOf) -> None:
    plan = plan_of()
    expected = [date(2027, 2, 14), date(2027, 3, 16), date(2027, 4, 15)]
    assert days_of(plan, "renewal_30", "renewal_60", "renewal_90") == expected
    steered = {kpi.id for kpi in plan.kpis if kpi.role != "final"}
    assert set(one(plan, "renewal_30").looks) == steered


def test_a_show_is_judged_a_week_a_month_and_a_year_after_its_last_day(plan_of: PlanOf) -> None:
    plan = plan_of(**SHOW, **FULL, campaign_date="2027-02-24", show_days="3", booked_meetings="20")
    assert [one(plan, kind).day for kind in ("show_week", "show_month", "show_year")] == [
        date(2027, 3, 5),
        date(2027, 3, 26),
        date(2028, 2, 26),
    ]
    assert "show_cards" in one(plan, "show_week").looks


def test_meetings_booked_before_a_show_are_looked_at_first(plan_of: PlanOf) -> None:
    changes = {**SHOW, **FULL, "purpose": "opportunities", "booked_meetings": "20"}
    plan = plan_of(**changes, campaign_date="2027-02-24")
    assert "booked_meetings_made" in one(plan, "show_week").looks
    assert set(one(plan, "show_month").looks) == {"follow_up_appointments", "show_opportunities"}


def test_ma_is_looked_at_monthly_for_three_months_and_then_quarterly(plan_of: PlanOf) -> None:
    plan = plan_of(**MA)
    assert days_of(plan, "ma_month") == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert days_of(plan, "ma_quarter") == [date(2027, 7, 31), date(2027, 10, 31)]


def test_deadlines_are_gates_with_the_stages_they_close(plan_of: PlanOf) -> None:
    plan = plan_of(**FULL, web_stages=["visit"])
    assert (one(plan, "lead_deadline").day, one(plan, "opportunity_deadline").day) == (
        date(2027, 8, 30),
        date(2027, 9, 30),
    )
    assert one(plan, "lead_deadline").looks == ("visit", "lead")


def test_cards_have_no_deadline_but_their_show(plan_of: PlanOf) -> None:
    assert days_of(plan_of(**SHOW), "lead_deadline") == []


@pytest.mark.parametrize(
    ("start", "months"),
    [(None, [12, 3, 6, 9]), ("m1", [12, 3, 6, 9]), ("m10", [12, 3, 6, 9]), ("m2", [1, 4, 7, 10])],
)
def test_quarters_end_with_those_of_the_fiscal_year(
    plan_of: PlanOf, start: str | None, months: list[int]
) -> None:
    plan = plan_of(**FULL, fiscal_year_start=start)
    assert [day.month for day in days_of(plan, "quarter_end")] == months


def test_what_falls_on_one_day_is_one_review(plan_of: PlanOf) -> None:
    plan = plan_of(**FULL, review_date="2027-04-15")
    (review,) = [review for review in plan.reviews if review.day == date(2027, 4, 15)]
    assert review.kinds == ("renewal_90", "review_date")
    assert len(review.looks) == len(set(review.looks)) == len(plan.kpis)


def test_reviews_are_in_order_and_none_is_past(plan_of: PlanOf) -> None:
    plan = plan_of(**FULL, today=date(2027, 3, 16), review_date="2027-03-01")
    days = [review.day for review in plan.reviews]
    assert days == sorted(set(days)) and days[0] == date(2027, 3, 16)
    assert days_of(plan, "renewal_30", "review_date") == []


def test_provisional_numbers_are_replaced_within_three_months_or_by_the_review(plan_of: PlanOf) -> None:
    rates: dict[str, Any] = {
        "lead_to_opportunity": {"likely": "20%", "source": "assumption"},
        "opportunity_to_deal": {"count": "20", "of": "80"},
    }
    plan = plan_of(**rates)
    assert (one(plan, "provisional").day, one(plan, "provisional").looks) == (
        date(2027, 2, 24),
        ("lead_to_opportunity",),
    )
    plan = plan_of(**FULL, **rates, review_date="2027-01-31")
    assert one(plan, "provisional").day == date(2027, 1, 31)
    plan = plan_of(**FULL, **rates, review_date="2026-01-31")
    assert one(plan, "provisional").day == date(2027, 2, 24)
    assert (
        days_of(plan_of(**{**rates, "lead_to_opportunity": {"count": "40", "of": "200"}}), "provisional")
        == []
    )


def test_the_last_review_is_the_goals_date(plan_of: PlanOf) -> None:
    plan = plan_of()
    assert plan.reviews[-1].day == date(2027, 12, 31) and plan.reviews[-1].kinds == ("kgi_date",)
    assert plan.reviews[-1].looks[0] == "deal"


def test_what_recurs_is_given_for_two_years(plan_of: PlanOf) -> None:
    plan = plan_of(**MA | {"kgi_date": "2199-03-30"})
    assert len(plan.reviews) < 30
    assert max(days_of(plan, "quarter_end")) < date(2028, 11, 25)


def test_a_goal_past_or_without_a_date_leaves_what_can_still_be_reviewed(plan_of: PlanOf) -> None:
    assert days_of(plan_of(kgi_date="2026-11-23"), "quarter_end", "kgi_date", "lead_deadline") == []
    assert len(days_of(plan_of(kgi_date=None), "renewal_30", "renewal_60", "renewal_90")) == 3


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_review_says_when_why_and_what(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str
) -> None:
    for changes in ({}, SHOW, MA):
        plan = plan_of(**{**FULL, **changes, "review_date": "2027-04-15"})
        (view,) = review_sections(Words(btob, phrases, language), plan)
        assert all(cell.text for row in view.tables[0].rows for cell in row)


def test_all_kpis_are_named_as_such(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    plan = plan_of(**FULL, review_date="2027-05-10")
    (view,) = review_sections(Words(btob, phrases, "ja"), plan)
    looks = {row[0].text: row[2].text for row in view.tables[0].rows}
    assert looks["2027年5月10日"] == "この計画のKPIすべて"
    assert looks["2027年2月14日"] == "主KPIとガードレールすべて"


def test_orders_of_a_show_are_looked_at_after_a_year_where_no_kpi_counts_them(plan_of: PlanOf) -> None:
    plan = plan_of(**SHOW, **FULL, campaign_date="2027-02-24")
    assert one(plan, "show_year").looks == ("deal",)
    assert one(plan, "show_month").looks == (
        "followed_up_in_time",
        "follow_up_unsubscribe_rate",
        "card_to_opportunity_rate",
    )


def test_quarter_that_ends_on_a_deadline_is_named(plan_of: PlanOf) -> None:
    (review,) = [review for review in plan_of(**FULL).reviews if review.day == date(2027, 9, 30)]
    assert review.kinds == ("opportunity_deadline", "quarter_end")
    assert review.quarter is not None and review.quarter.first == date(2027, 7, 1)


def test_first_months_steer_and_later_quarters_look_at_the_result(plan_of: PlanOf) -> None:
    plan = plan_of(**MA)
    final = {kpi.id for kpi in plan.kpis if kpi.role == "final"}
    rails = {kpi.id for kpi in plan.kpis if kpi.role == "guardrail"}
    early = next(review for review in plan.reviews if "ma_month" in review.kinds)
    late = next(review for review in plan.reviews if "ma_quarter" in review.kinds)
    assert rails <= set(early.looks) and not final & set(early.looks)
    assert final <= set(late.looks) and not rails & set(late.looks)


def test_goal_that_counts_opportunities_has_no_gate_on_its_own_day(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count": "120", "kgi_count_stage": "opportunity", "existing_count": "0"}
    assert days_of(plan_of(**count), "opportunity_deadline") == []
    assert one(plan_of(**count), "kgi_date").looks[0] == "opportunity"


def test_final_kpi_that_is_the_goals_own_stage_is_not_named_twice(plan_of: PlanOf) -> None:
    assert one(plan_of(**FULL), "kgi_date").looks == ("deal", "web_lead_to_opportunity")
    deals = plan_of(**FULL, purpose="opportunities")
    assert "web_sourced_deals" in {kpi.id for kpi in deals.kpis}
    assert one(deals, "kgi_date").looks == ("deal",)
