"""Answers that nobody had in mind: shows after the goal, missing times, deals on a knife's edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.plan import Plan, make_plan
from checklist.quantity import Known, Unknown
from checklist.questionnaire.answers import read_answers
from checklist.wording import Phrases, present

TODAY = date(2026, 11, 24)
SENSOR, ROBOT, SAAS = "sensor_maker_site_renewal", "robot_trade_show", "saas_ma_rollout"
ALONE = {"existing_revenue": "0", "orders_booked": "0", "pipeline_expected": "0", "share": "100%"}
SURE = {
    "visit_to_lead": "5%",
    "lead_to_valid_lead": "50%",
    "valid_lead_to_opportunity": "30%",
    "opportunity_to_deal": "25%",
}
PlanWith = Callable[..., Plan]


@pytest.fixture(scope="module")
def plan_with(btob: Pack, root: Path) -> PlanWith:
    def make(example: str, today: date = TODAY, **changes: Any) -> Plan:
        content = read_yaml((root / f"tests/examples/{example}.yaml").read_text("utf-8")).content
        answers = {**content["answers"], **changes}
        return make_plan(btob, read_answers(btob, {**content, "answers": answers}), today)

    return make


def findings(plan: Plan) -> set[str]:
    return {finding.id for finding in plan.findings}


@pytest.mark.parametrize(
    "changes",
    [
        {"campaign_date": "2028-01-15", "lead_to_opportunity_time": "unknown"},
        {
            "campaign_date": "2027-12-01",
            "lead_to_opportunity_time": "3か月",
            "opportunity_to_deal_time": "unknown",
        },
    ],
)
def test_a_show_whose_results_may_come_too_late_is_no_error(
    plan_with: PlanWith, btob: Pack, phrases: Phrases, changes: dict[str, str]
) -> None:
    plan = plan_with(ROBOT, **changes)
    assert plan.months is None or all(
        isinstance(cell, Unknown) or cell.value >= 0  # type: ignore[union-attr]
        for row in plan.months.rows
        for cell in row.needed
    )
    assert present(plan, btob, phrases, "ja").title


def test_a_deal_with_one_end_only_is_worth_what_was_typed_half_of_the_time(
    plan_with: PlanWith,
) -> None:
    def chance(low: str, likely: str, high: str) -> int:
        deal = {"low": low, "likely": likely, "high": high, "source": "own_record"}
        all_sure = dict.fromkeys(SURE, "100%")
        outlook = plan_with(SENSOR, **ALONE, **all_sure, kgi_amount="500万円", average_deal=deal).outlook
        assert outlook is not None and outlook.chance_percent is not None
        return outlook.chance_percent

    # Five deals of a million make five million exactly, so nothing but a smaller deal can miss it.
    assert chance("100万円", "100万円", "120万円") == 99
    assert 49 <= chance("90万円", "100万円", "100万円") <= 51


def test_a_larger_deal_never_asks_a_campaign_for_more_than_it_was_allotted(plan_with: PlanWith) -> None:
    deal = {"low": "90万円", "likely": "100万円", "high": "105万円", "source": "own_record"}
    other = {"campaign": "trade_show", "share": "35%", "lead_rate": "10%", "win_rate": "20%", "overlap": "0%"}
    changes = {**ALONE, "share": "30%", "kgi_amount": "400万円", "average_deal": deal}
    plan = plan_with(SENSOR, **changes, other_campaigns=[other, other])
    lever = next(lever for lever in plan.levers if lever.id == "average_deal")
    assert isinstance(lever.then, Known) and isinstance(lever.required, Known)
    assert lever.then.value <= lever.required.value


@pytest.mark.parametrize(
    ("today", "changes"),
    [(TODAY, {"campaign_date": "2027-08-30"}), (date(2027, 8, 30), {})],
)
def test_a_list_that_starts_on_the_last_day_has_no_time_left(
    plan_with: PlanWith, today: date, changes: dict[str, str]
) -> None:
    plan = plan_with(SAAS, today, **changes)
    assert "no_time_left" in findings(plan)
    assert plan.readiness.overall == "fix_first"


def test_a_start_after_the_last_day_for_opportunities_is_too_late_whatever_the_time_before(
    plan_with: PlanWith,
) -> None:
    plan = plan_with(SENSOR, lead_to_opportunity_time="unknown", opportunity_to_deal_time="9か月")
    assert "campaign_after_deadline" in findings(plan)
    assert plan.rescue is not None and plan.rescue.reason == "starts_late"
    assert plan.readiness.overall == "fix_first"


def test_nothing_is_spread_over_months_once_it_is_too_late(plan_with: PlanWith) -> None:
    plan = plan_with(SENSOR, lead_to_opportunity_time="later", opportunity_to_deal_time="1年")
    assert plan.rescue is not None and plan.rescue.reason == "leads_late"
    assert plan.months is None


def test_a_volume_per_show_where_there_are_no_shows_names_the_volume(plan_with: PlanWith) -> None:
    plan = plan_with(SENSOR, lead_volume="展示会1回で40件")
    row = plan.chain.stage("lead")
    assert row is not None and row.run_rate.quantity == Unknown(("lead_volume",))


def test_a_time_that_is_not_known_is_no_part_of_a_sentence(
    plan_with: PlanWith, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_with(ROBOT, lead_to_opportunity_time="later")
    for language, word in (("ja", "あとで後"), ("en", "Later later")):
        view = present(plan, btob, phrases, language)
        assert all(word not in sentence for part in view.goal_sections for sentence in part.intro)
