"""What can still be moved in the worked example, whose leads are due by 30 August 2027."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.planning.timing.rescue import Rescue
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording import Phrases
from checklist.wording.sections.time import rescue_sections
from checklist.wording.words import Words

PlanOf = Callable[..., Plan]
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LATE: dict[str, Any] = {"today": date(2027, 9, 10), "campaign_date": "2027-01-15"}
FULL: dict[str, Any] = {"path": "full", "orders_booked": "0", "pipeline_expected": "0"}


def rescue_of(plan: Plan) -> Rescue:
    assert plan.rescue is not None
    return plan.rescue


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known)
    return quantity.value


def rows(pack: Pack, phrases: Phrases, plan: Plan, language: str = "ja") -> dict[str, tuple[str, str]]:
    (view,) = rescue_sections(Words(pack, phrases, language), plan)
    return {name.text: (shown.text, why.text) for name, shown, why in view.tables[0].rows}


def test_a_goal_that_leads_still_serve_needs_no_rescue(plan_of: PlanOf) -> None:
    assert plan_of().rescue is None
    assert plan_of(today=date(2027, 8, 30), campaign_date="2027-01-15").rescue is None


def test_leads_that_come_too_late_can_serve_a_later_goal(plan_of: PlanOf) -> None:
    rescue = rescue_of(plan_of(**LATE))
    assert rescue.reason == "leads_late"
    assert (rescue.start, rescue.earliest_goal) == (date(2027, 9, 10), date(2028, 1, 10))
    assert value(rescue.new_leads_carry.quantity) == 0


def test_opportunities_from_leads_that_exist_can_still_be_made_until_their_own_deadline(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of(**LATE)
    rescue = rescue_of(plan)
    assert rescue.opportunity_deadline == date(2027, 9, 30)
    assert rescue.opportunities is not None and value(rescue.opportunities.quantity) == 136
    assert rows(btob, phrases, plan)["今あるリードからの商談"][0] == "2027年9月30日までに136件"


def test_past_that_deadline_they_cannot(plan_of: PlanOf) -> None:
    rescue = rescue_of(plan_of(today=date(2027, 10, 1), campaign_date="2027-01-15"))
    assert rescue.opportunities is None and rescue.pace_carries is None


def test_the_first_goal_is_one_whose_lead_deadline_is_not_before_the_start(plan_of: PlanOf) -> None:
    # 28 February less a month is 28 January, so a lead of 31 January needs 1 March.
    rescue = rescue_of(
        plan_of(
            today=date(2028, 12, 31),
            campaign_date="2028-01-15",
            kgi_date="2029-01-05",
            opportunity_to_deal_time="2か月",
            lead_to_opportunity_time="0日",
        )
    )
    assert rescue.earliest_goal == date(2029, 3, 1)


lags = st.sampled_from(["0日", "1日", "45日", "3週間", "1か月", "5か月", "1年"])


@FEW
@given(day=st.dates(date(2027, 1, 1), date(2029, 1, 1)), first=lags, second=lags)
def test_no_earlier_goal_would_do_and_that_one_does(
    plan_of: PlanOf, day: date, first: str, second: str
) -> None:
    times = {"lead_to_opportunity_time": first, "opportunity_to_deal_time": second, "campaign_date": None}
    past = (day - timedelta(days=1)).isoformat()
    earliest = rescue_of(plan_of(today=day, kgi_date=past, **times)).earliest_goal
    assert earliest is not None
    assert plan_of(today=day, kgi_date=earliest.isoformat(), **times).rescue is None
    before = (earliest - timedelta(days=1)).isoformat()
    assert plan_of(today=day, kgi_date=before, **times).rescue is not None


def test_a_campaign_that_starts_too_late_can_start_earlier_or_serve_a_later_goal(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of(campaign_date="2027-10-01")
    rescue = rescue_of(plan)
    assert (rescue.reason, rescue.start) == ("starts_late", date(2027, 10, 1))
    assert rescue.earliest_goal == date(2028, 2, 1)
    assert rows(btob, phrases, plan)["施策の開始日"][0] == "2027年8月30日より前"


def test_of_a_goal_in_the_past_only_the_date_can_move(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    plan = plan_of(kgi_date="2026-11-23", campaign_date="2026-01-15")
    assert rescue_of(plan).reason == "kgi_past"
    assert list(rows(btob, phrases, plan)) == ["KGIの期限"]


def test_a_lag_not_known_is_named_and_no_date_is_made_up(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of(kgi_date="2026-11-23", campaign_date=None, lead_to_opportunity_time=None)
    rescue = rescue_of(plan)
    assert (rescue.earliest_goal, rescue.earliest_missing) == (None, ("lead_to_opportunity_time",))
    assert "リードから商談までの期間" in rows(btob, phrases, plan)["KGIの期限"][1]


def test_the_open_pipeline_would_need_a_better_win_rate_or_larger_deals(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    # 4 of 10 million are expected, so it is worth 16 million at 25 %; 6 million more make 62.5 %.
    plan = plan_of(**LATE, **{**FULL, "pipeline_expected": "400万円"}, kgi_amount="1000万円")
    pipeline = rescue_of(plan).pipeline
    assert pipeline is not None
    assert value(pipeline.value.quantity) == 16_000_000
    assert value(pipeline.win_rate.quantity) == Fraction(5, 8)
    assert value(pipeline.deal.quantity) == 7_500_000
    assert rows(btob, phrases, plan)["進行中の商談の受注率"][0] == "25%から62.5%へ（今の2.5倍）"


def test_a_pipeline_too_small_says_that_all_of_it_is_not_enough(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of(**LATE, **{**FULL, "pipeline_expected": "100万円"})
    pipeline = rescue_of(plan).pipeline
    assert pipeline is not None and isinstance(pipeline.win_rate.quantity, Impossible)
    assert rows(btob, phrases, plan)["進行中の商談の受注率"][0] == "100%でも不足"


@pytest.mark.parametrize(("given", "there"), [("0", False), ("unknown", True), (None, True)])
def test_nothing_is_said_of_a_pipeline_that_is_empty_or_not_known(
    plan_of: PlanOf, given: str | None, there: bool
) -> None:
    pipeline = rescue_of(plan_of(**LATE, **{**FULL, "pipeline_expected": given})).pipeline
    assert (pipeline is not None) == there
    if pipeline is not None:
        assert pipeline.value.quantity == Unknown(("pipeline_expected",))


def test_what_the_present_pace_still_brings_is_given_as_a_share(plan_of: PlanOf) -> None:
    rescue = rescue_of(plan_of(**LATE, **FULL, opportunity_volume="月30件"))
    # Twenty days of opportunities at 25 %, of 33.3 deals.
    expected = Fraction(30) * 20 / Fraction(365, 12) / 4 / Fraction(100, 3)
    assert rescue.pace_stage == "opportunity"
    assert rescue.pace_carries is not None and value(rescue.pace_carries.quantity) == expected


def test_before_the_lead_deadline_the_leads_of_today_count(plan_of: PlanOf) -> None:
    rescue = rescue_of(plan_of(**FULL, campaign_date="2027-10-01", lead_volume="月20件"))
    assert rescue.pace_stage == "lead"
    assert rescue.pace_carries is not None and 0 < value(rescue.pace_carries.quantity) < 1


def test_a_pace_not_known_is_named(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    plan = plan_of(**LATE, **FULL)
    carries = rescue_of(plan).pace_carries
    assert carries is not None and carries.quantity == Unknown(("opportunity_volume",))
    assert rows(btob, phrases, plan)["今のペースで届く割合"][0] == "不明"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_row_has_a_value_and_a_reason(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str
) -> None:
    plan = plan_of(**LATE, **{**FULL, "pipeline_expected": "400万円"}, opportunity_volume="月30件")
    table = rows(btob, phrases, plan, language)
    assert len(table) == 6 and all(shown and why for shown, why in table.values())


def test_a_rate_that_is_reached_too_late_takes_no_opportunities_of_its_own(plan_of: PlanOf) -> None:
    rate = {"kgi_kind": "rate", "kgi_rate_step": "lead_to_opportunity", "kgi_rate_from": "20%"}
    plan = plan_of(**LATE, **rate, kgi_rate_to="25%", kgi_rate_volume="月100件")
    rescue = rescue_of(plan)
    assert rescue.opportunity_deadline == date(2027, 9, 30)
    assert (rescue.opportunities, rescue.pipeline, rescue.pace_carries) == (None, None, None)


def test_the_full_amount_of_the_pipeline_says_what_it_was_worked_out_from(plan_of: PlanOf) -> None:
    plan = plan_of(**LATE, path="full", orders_booked="0", pipeline_expected="1000万円")
    pipeline = rescue_of(plan).pipeline
    assert pipeline is not None
    # 10 million expected at 25 % are 40 million in full.
    assert value(pipeline.value.quantity) == 40_000_000
    assert [name for name, _ in pipeline.value.why.values] == ["pipeline_expected", "opportunity_to_deal"]
    assert [name for name, _ in pipeline.deal.why.values] == [
        "pipeline_expected",
        "goal_part",
        "average_deal",
    ]
