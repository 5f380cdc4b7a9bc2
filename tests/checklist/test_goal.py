"""The KGI as given, the part of it to work back from, and the rates and paces read beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.chain.goal import Goal, stage_missing
from checklist.planning.facts import make_facts
from checklist.planning.model import NOT_SAID, RateRow, Reckoned, Why
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unknown

PlanOf = Callable[..., Plan]
CERTAIN = {"orders_booked": "0", "pipeline_expected": "0", "path": "full"}
COUNT = {"kgi_kind": "count", "kgi_count": "120", "kgi_count_stage": "opportunity", "existing_count": "20"}
SHOW = {
    **CERTAIN,
    "campaign": "trade_show",
    "lead_to_opportunity": None,
    "card_to_opportunity": "20%",
    "campaign_date": "2027-02-24",
    "shows_in_period": "3",
}


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def rate(plan: Plan, name: str) -> RateRow:
    return next(row.rate for row in plan.chain.stages if row.rate and row.rate.id == name)


def pace(plan: Plan, stage: str) -> Reckoned:
    row = plan.chain.stage(stage)
    assert row is not None
    return row.run_rate


@pytest.mark.parametrize(
    ("changes", "amount"),
    [
        ({}, 100_000_000),
        (COUNT, 120),
        ({"kgi_kind": "growth", "last_year_amount": "2億円", "growth_rate": "30%"}, Fraction(3, 10)),
        ({"kgi_kind": "rate", "kgi_rate_step": "opportunity_to_deal", "kgi_rate_to": "25%"}, Fraction(1, 4)),
    ],
)
def test_kgi_is_stated_as_it_was_given(plan_of: PlanOf, changes: dict[str, Any], amount: Fraction) -> None:
    kgi = plan_of(**changes).kgi
    assert kgi.kind == changes.get("kgi_kind", "amount")
    assert value(kgi.amount) == amount
    assert kgi.day == date(2027, 12, 31)


def test_kgi_of_no_kind_yet_names_the_question(plan_of: PlanOf) -> None:
    plan = plan_of(kgi_kind=None)
    assert plan.kgi.amount == Unknown(("kgi_kind",))
    assert plan.chain.goal_part.quantity == Unknown(("kgi_kind",))


def test_kgi_carries_its_basis_business_and_share(plan_of: PlanOf) -> None:
    kgi = plan_of("full", kgi_basis="orders", business="在庫管理クラウド", share="50%").kgi
    assert (kgi.basis, kgi.business, value(kgi.share)) == ("orders", "在庫管理クラウド", Fraction(1, 2))


def test_part_of_the_goal_is_explained_by_what_was_asked(plan_of: PlanOf) -> None:
    assert [name for name, _ in plan_of().chain.goal_part.why.values] == [
        "kgi_amount",
        "existing_revenue",
        "share",
    ]
    full = plan_of(**CERTAIN).chain.goal_part.why
    assert [name for name, _ in full.values][2:] == ["orders_booked", "pipeline_expected", "share"]
    assert [name for name, _ in plan_of(**COUNT).chain.goal_part.why.values] == [
        "kgi_count",
        "existing_count",
        "share",
    ]


def test_part_is_what_is_left_times_the_share(plan_of: PlanOf) -> None:
    # (100 - 10 - 20 - 5 million) x 40 %
    taken_off = {"existing_revenue": "1000万円", "orders_booked": "2000万円", "pipeline_expected": "500万円"}
    plan = plan_of(**{**CERTAIN, **taken_off}, share="40%")
    assert value(plan.chain.goal_part.quantity) == 26_000_000
    assert value(plan.chain.stages[-1].exact.quantity) == Fraction(26, 3)
    assert value(plan.chain.stages[-1].required.quantity) == 9


def test_count_is_worked_back_from_its_own_stage(plan_of: PlanOf) -> None:
    chain = plan_of(**COUNT, share="50%").chain
    assert (chain.goal_stage, value(chain.goal_part.quantity)) == ("opportunity", 50)
    assert str(chain.goal_part.quantity.unit) == "opportunity"  # type: ignore[union-attr]
    assert chain.unit_value == NOT_SAID


def test_count_of_no_stage_yet_names_the_question(plan_of: PlanOf) -> None:
    part = plan_of(**{**COUNT, "kgi_count_stage": None}).chain.goal_part.quantity
    assert part == Unknown(("kgi_count_stage",))


def test_rate_with_own_counts_has_its_interval_and_is_no_guess(plan_of: PlanOf) -> None:
    # 20 of 80: 0.1681 to 0.3549.
    row = rate(
        plan_of(opportunity_to_deal={"count": "20", "of": "80", "period": "1年"}), "opportunity_to_deal"
    )
    assert (value(row.interval_low), value(row.interval_high)) == (Fraction(17, 100), Fraction(36, 100))
    assert (row.source, row.provisional, row.small) == ("own_record", False, False)
    assert row.counts == ("20", "80", "1年")
    assert row.at_least == NOT_SAID


def test_lower_bound_is_said_of_100_percent_alone(plan_of: PlanOf) -> None:
    row = rate(plan_of(opportunity_to_deal={"count": "3", "of": "3"}), "opportunity_to_deal")
    assert value(row.at_least) == Fraction(44, 100)
    assert row.small


def test_rate_without_counts_has_no_interval(plan_of: PlanOf) -> None:
    typed = {"low": "20%", "likely": "25%", "high": "30%", "source": "assumption"}
    row = rate(plan_of(opportunity_to_deal=typed), "opportunity_to_deal")
    assert (value(row.low), value(row.high)) == (Fraction(1, 5), Fraction(3, 10))
    assert row.interval_low == row.interval_high == row.at_least == NOT_SAID
    assert (row.counts, row.provisional, row.small, row.per_month) == (None, True, False, False)


@pytest.mark.parametrize(
    ("count", "of", "small"), [(5, 30, False), (4, 30, True), (5, 29, True), (200, 200, False)]
)
def test_counts_are_small_below_30_cases_or_5_successes(
    plan_of: PlanOf, count: int, of: int, small: bool
) -> None:
    typed = {"count": str(count), "of": str(of)}
    assert rate(plan_of(opportunity_to_deal=typed), "opportunity_to_deal").small is small


def test_pace_per_month_runs_until_the_stage_is_too_late(plan_of: PlanOf) -> None:
    plan = plan_of(**CERTAIN, lead_volume="月30件", opportunity_volume="3か月で30件")
    # 279 days until 30 August and 310 until 30 September, in months of 365/12 days.
    assert value(pace(plan, "lead").quantity) == 30 * 279 / Fraction(365, 12)
    assert value(pace(plan, "opportunity").quantity) == 10 * 310 / Fraction(365, 12)
    assert [name for name, _ in pace(plan, "lead").why.values] == ["lead_volume", "months_left"]


def test_pace_brings_nothing_once_it_is_too_late(plan_of: PlanOf) -> None:
    plan = plan_of(**CERTAIN, lead_volume="月30件", today=date(2027, 9, 10))
    assert value(pace(plan, "lead").quantity) == 0


def test_pace_per_show_is_counted_by_the_shows_planned(plan_of: PlanOf) -> None:
    plan = plan_of(**SHOW, card_volume="2回で300枚")
    assert value(pace(plan, "card").quantity) == 450
    per_show, shows = pace(plan, "card").why.values
    assert (per_show[0], value(per_show[1]), shows[0]) == ("card_volume", 150, "shows_in_period")


def test_pace_that_is_not_given_is_named_and_one_not_asked_is_not(plan_of: PlanOf) -> None:
    assert pace(plan_of(**CERTAIN), "lead").quantity == Unknown(("lead_volume",))
    assert pace(plan_of(**CERTAIN), "deal").quantity == NOT_SAID


def test_pace_without_a_deadline_names_what_is_missing(plan_of: PlanOf) -> None:
    plan = plan_of(**{**CERTAIN, "lead_to_opportunity_time": "unknown"}, lead_volume="月30件")
    assert pace(plan, "lead").quantity == Unknown(("lead_to_opportunity_time",))


def test_rate_of_a_list_is_one_per_month(plan_of: PlanOf) -> None:
    listed = {"campaign": "ma_rollout", "ma_phase": "growth", "purpose": None, "lead_to_opportunity": None}
    plan = plan_of(**CERTAIN, **listed, contact_to_opportunity="1%", mailable_contacts="1,000")
    assert rate(plan, "contact_to_opportunity").per_month
    assert not rate(plan, "opportunity_to_deal").per_month


def test_list_without_a_day_to_work_in_is_impossible(plan_of: PlanOf) -> None:
    listed = {"campaign": "ma_rollout", "ma_phase": "growth", "purpose": None, "lead_to_opportunity": None}
    rates = {"contact_to_opportunity": "1%", "mailable_contacts": "1,000", "contact_growth": "月0件"}
    plan = plan_of(**CERTAIN, **listed, **rates, campaign_date="2027-09-30")
    assert plan.chain.stages[0].required.quantity == Impossible("no_time_left")


def test_stage_that_the_team_does_not_tell_apart_cannot_be_counted() -> None:
    goal = Goal("count", "lead", Reckoned(NOT_SAID, Why("goal_count")), NOT_SAID, NOT_SAID, NOT_SAID)
    assert stage_missing(goal, ("card", "deal")) == Impossible("stage_not_told_apart", {"stage": "lead"})
    assert stage_missing(goal, ("lead", "deal")) is None


def test_facts_of_the_chain_are_named_by_stage(btob: Pack, plan_of: PlanOf) -> None:
    plan = plan_of()
    facts = make_facts(btob, plan.chain, plan.schedule, plan.chain.goal_part.quantity)
    assert value(facts["exact_deal"]) == Fraction(100, 3)
    assert value(facts["required_lead"]) == 680
    assert facts["required_card"] == Unknown(("card",))
    assert (value(facts["days_to_kgi_date"]), value(facts["days_to_lead_deadline"])) == (402, 279)


def test_schedule_without_a_date_names_it(plan_of: PlanOf) -> None:
    schedule = plan_of(kgi_date=None).schedule
    assert schedule.problem == Unknown(("kgi_date",))
    assert (schedule.kgi_date, schedule.lead_deadline, schedule.days_to_kgi_date) == (None, None, None)


def test_rate_goal_that_is_not_said_to_the_end_is_unknown(plan_of: PlanOf) -> None:
    rate_goal = {"kgi_kind": "rate", "kgi_rate_from": "20%", "kgi_rate_volume": "月20件"}
    assert plan_of(**rate_goal).chain.goal_part.quantity == Unknown(("kgi_rate_step",))
    assert plan_of(**rate_goal).outlook is None
    chain = plan_of(**rate_goal, kgi_rate_step="opportunity_to_deal", kgi_rate_to="unknown").chain
    assert chain.goal_part.quantity == Unknown(("kgi_rate_to",))
    assert chain.rate_goal is not None and chain.rate_goal.cases == Unknown(("kgi_rate_to",))


def test_rate_goal_without_a_volume_names_it(plan_of: PlanOf) -> None:
    rate_goal = {"kgi_kind": "rate", "kgi_rate_from": "20%", "kgi_rate_to": "25%"}
    goal = plan_of(**rate_goal, kgi_rate_step="opportunity_to_deal").chain.rate_goal
    assert goal is not None and goal.volume == Unknown(("kgi_rate_volume",))
    given = {"kgi_rate_step": "opportunity_to_deal", "kgi_rate_volume": "月20件"}
    goal = plan_of(**rate_goal, **given).chain.rate_goal
    assert goal is not None and isinstance(goal.volume, Known)
    assert goal.volume.because == ("kgi_rate_volume", "kgi_date")
