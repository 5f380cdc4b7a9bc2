"""Whole plans of the worked example and of every awkward case around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unknown, decimal_text
from checklist.questionnaire.answers import read_answers

PlanOf = Callable[..., Plan]


def whole(quantity: Quantity) -> int:
    assert isinstance(quantity, Known), quantity
    assert quantity.value.denominator == 1
    return int(quantity.value)


def column(plan: Plan, name: str) -> list[Quantity]:
    return [getattr(row, name).quantity for row in plan.chain.stages]


def found(plan: Plan) -> set[str]:
    return {finding.id for finding in plan.findings}


def test_the_worked_example_comes_out(plan_of: PlanOf) -> None:
    plan = plan_of()
    exact = [decimal_text(value.value, 2) for value in column(plan, "exact") if isinstance(value, Known)]
    assert exact == ["666.67", "133.33", "33.33"]
    assert [whole(value) for value in column(plan, "required")] == [680, 136, 34]
    check = plan.chain.forward_check
    assert check is not None and check.reached
    assert whole(check.brings) == 102_000_000


def test_the_chance_of_the_required_count_and_the_counts_for_80_and_90_percent(plan_of: PlanOf) -> None:
    chance = plan_of().chain.chance
    assert chance is not None
    assert chance.percent == 52
    assert (whole(chance.required_80), whole(chance.required_90)) == (773, 829)


WIN_RATES: list[tuple[Any, int | str | None]] = [
    ("25%", 680),
    ("25", 680),
    ("２５", 680),
    ("２５％", 680),
    ("25 %", 680),
    (" 25% ", 680),
    ("25.0%", 680),
    ("25パーセント", 680),
    ("２．５割", 680),
    ("2割5分", 680),
    ("100%", 170),
    ("100", 170),
    ("50%", 340),
    ("1%", 17_000),
    ("0.5%", 34_000),
    ("33.3%", 511),
    ("12.5", 1360),
    ("99.9%", 171),
    ({"count": "20", "of": "80"}, 680),
    ({"count": "１", "of": "４", "period": "6か月"}, 680),
    ({"count": "1", "of": "3"}, 510),
    ({"likely": "25%", "source": "own_record"}, 680),
    ({"low": "20%", "likely": "25%", "high": "30%", "source": "assumption"}, 680),
    ("0", "zero_rate"),
    ("0%", "zero_rate"),
    ("０", "zero_rate"),
    ({"count": "0", "of": "20"}, "zero_of_n"),
    (None, "missing"),
    ("unknown", "missing"),
    ("later", "missing"),
    ("わからない", "missing"),
    ("あとで", "missing"),
    ("不明", "missing"),
    ("", "missing"),
    ("101", "above_100"),
    ("101%", "above_100"),
    ("-5", "negative"),
    ("△5%", "negative"),
    ("1e309", "exponent"),
    ("1e2", "exponent"),
    ("abc", "not_a_rate"),
    ("nan", "not_a_rate"),
    ("inf", "not_a_rate"),
    ("二五", None),
    ("0.25", "ambiguous_rate"),
    ("1", "ambiguous_rate"),
    ("20〜30%", "range"),
    ("1,5", "misplaced_separator"),
    ("9" * 20, "too_many_digits"),
    ("9" * 5000, None),
    ("25%\u202e", "bad_character"),
    ("25\x00", "bad_character"),
    ({"count": "5", "of": "3"}, None),
    ({"count": "1", "of": "0"}, None),
    ({"low": "30%", "likely": "25%"}, None),
    ([], None),
    ({"a": {"b": {"c": "d"}}}, None),
    (25, 680),
    (True, None),
]


@pytest.mark.parametrize(("typed", "outcome"), WIN_RATES)
def test_every_win_rate_gives_the_right_number_or_says_what_is_wrong(
    btob: Pack, plan_of: PlanOf, typed: Any, outcome: int | str | None
) -> None:
    read = read_answers(btob, {"pack": "btob", "path": "quick", "answers": {"opportunity_to_deal": typed}})
    codes = [problem.code for problem in read.problems]
    top = plan_of(opportunity_to_deal=typed).chain.stages[0].required.quantity
    if isinstance(outcome, int):
        assert codes == [] and whole(top) == outcome
    elif outcome == "missing":
        assert codes == [] and top == Unknown(("opportunity_to_deal",))
    elif outcome in ("zero_rate", "zero_of_n"):
        assert codes == [] and isinstance(top, Impossible) and top.reason == outcome
    else:
        assert codes == [outcome] if outcome else len(codes) == 1
        assert isinstance(top, Unknown)


def test_the_table_of_typed_win_rates_stays_long() -> None:
    assert len(WIN_RATES) >= 40


def test_an_existing_revenue_left_blank_is_unknown_and_not_zero(plan_of: PlanOf) -> None:
    plan = plan_of(existing_revenue=None)
    assert plan.chain.goal_part.quantity == Unknown(("existing_revenue",))
    assert plan.chain.status == "unknown"


@pytest.mark.parametrize("existing", ["1億円", "2億円"])
def test_a_goal_that_is_already_covered_needs_no_deals(plan_of: PlanOf, existing: str) -> None:
    plan = plan_of(existing_revenue=existing)
    assert plan.chain.status == "covered"
    assert [whole(value) for value in column(plan, "required")] == [0]
    assert "already_covered" in found(plan)


def test_a_rate_of_100_percent_is_accepted_with_the_count_behind_it(plan_of: PlanOf) -> None:
    plan = plan_of(opportunity_to_deal={"count": "3", "of": "3"})
    assert whole(plan.chain.stages[0].required.quantity) == 170
    finding = next(f for f in plan.findings if f.id == "rate_of_100_with_counts")
    at_least = finding.params["at_least"]
    assert isinstance(at_least, Known) and round(at_least.value * 100) == 44


def test_one_large_deal_is_one_deal_with_the_chance_of_none(plan_of: PlanOf) -> None:
    plan = plan_of(average_deal="5億円")
    assert [whole(value) for value in column(plan, "required")] == [20, 4, 1]
    finding = next(f for f in plan.findings if f.id == "few_deals")
    assert finding.params["percent"] == "36"


def test_a_single_stage_has_nothing_leading(plan_of: PlanOf) -> None:
    plan = plan_of(
        kgi_kind="count", kgi_count="30件", kgi_count_stage="lead", existing_count="0", kgi_amount=None
    )
    assert [whole(value) for value in column(plan, "required")] == [30]
    assert "one_stage_only" in found(plan)


def test_a_kgi_that_is_a_count_skips_the_deal_size(plan_of: PlanOf) -> None:
    plan = plan_of(kgi_kind="count", kgi_count="120", kgi_count_stage="opportunity", existing_count="20")
    assert [row.id for row in plan.chain.stages] == ["lead", "opportunity"]
    assert [whole(value) for value in column(plan, "required")] == [500, 100]


def test_growth_over_last_year_gives_the_amount(plan_of: PlanOf) -> None:
    plan = plan_of(
        kgi_kind="growth", last_year_amount="2億円", growth_rate="30%", existing_revenue="1億6,000万円"
    )
    assert whole(plan.chain.goal_part.quantity) == 100_000_000
    assert whole(plan.chain.stages[0].required.quantity) == 680


def test_a_kgi_that_is_a_rate_names_the_extra_deals_and_the_cases_it_takes(plan_of: PlanOf) -> None:
    plan = plan_of(
        kgi_kind="rate",
        kgi_rate_step="opportunity_to_deal",
        kgi_rate_from="20%",
        kgi_rate_to="25%",
        kgi_rate_volume="月20件",
        campaign_date="2026-11-24",
        kgi_date="2027-11-24",
    )
    goal = plan.chain.rate_goal
    assert goal is not None
    assert goal.volume == Known(Fraction(240), goal.volume.unit, goal.volume.because)  # type: ignore[union-attr]
    assert whole(goal.extra_deals) == 12
    assert whole(goal.cases) == 1094
    assert "too_few_cases_to_tell" in found(plan)


@pytest.mark.parametrize("share", ["0%", "101%", "-5%"])
def test_a_share_outside_0_to_100_percent_is_refused(btob: Pack, share: str) -> None:
    read = read_answers(btob, {"pack": "btob", "answers": {"share": share}})
    assert [problem.question_id for problem in read.problems] == ["share"]


def test_a_goal_nearer_than_one_cycle_says_when_leads_had_to_exist(plan_of: PlanOf) -> None:
    plan = plan_of(kgi_date="2027-02-28")
    finding = next(f for f in plan.findings if f.id == "lead_deadline_past")
    assert finding.params["deadline"] == "2026-10-28"
    assert plan.schedule.lead_deadline == date(2026, 10, 28)


def test_31_march_minus_one_month_is_28_february(plan_of: PlanOf) -> None:
    plan = plan_of(kgi_date="2027-03-31", opportunity_to_deal_time="0日", lead_to_opportunity_time="1か月")
    assert plan.schedule.lead_deadline == date(2027, 2, 28)


def test_days_stay_days(plan_of: PlanOf) -> None:
    plan = plan_of(kgi_date="2027-12-31", opportunity_to_deal_time="90日", lead_to_opportunity_time="2週間")
    assert plan.schedule.lead_deadline == date(2027, 9, 18)


def test_a_known_part_of_the_cycle_is_enough_to_be_too_late(plan_of: PlanOf) -> None:
    plan = plan_of(
        kgi_date="2026-12-31", lead_to_opportunity_time="unknown", opportunity_to_deal_time="6か月"
    )
    assert "lead_deadline_past" in found(plan)


def test_an_unsourced_rate_is_provisional_and_an_own_record_is_not(plan_of: PlanOf) -> None:
    plan = plan_of(opportunity_to_deal={"count": "20", "of": "80"})
    assert "lead_to_opportunity" in plan.provisional
    assert "opportunity_to_deal" not in plan.provisional


def test_every_plan_recommends_3_to_5_primary_kpis_2_to_4_guardrails_and_one_final(plan_of: PlanOf) -> None:
    cases = [("site_renewal", "purpose", p) for p in ("awareness", "acquisition", "opportunities")]
    cases += [("trade_show", "purpose", p) for p in ("awareness", "acquisition", "opportunities")]
    cases += [("ma_rollout", "ma_phase", p) for p in ("start", "growth", "mature")]
    for campaign, question, choice in cases:
        plan = plan_of(campaign=campaign, **{question: choice})
        roles = [kpi.role for kpi in plan.kpis]
        assert 3 <= roles.count("primary") <= 5, (campaign, choice)
        assert 2 <= roles.count("guardrail") <= 4, (campaign, choice)
        assert roles.count("final") == 1
        assert all(question in kpi.reasons for kpi in plan.kpis)


def test_a_plan_is_the_same_twice(plan_of: PlanOf) -> None:
    assert plan_of() == plan_of()


def test_nobody_is_locked_out_by_empty_answers(plan_of: PlanOf) -> None:
    nothing = dict.fromkeys(
        ("campaign", "purpose", "kgi_kind", "kgi_amount", "kgi_date", "existing_revenue", "share")
    )
    assert plan_of(**nothing).chain.status == "none"
