"""What a reader must know of the worked example's chain before relying on it, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from checklist.checks.findings import Finding
from checklist.planning.plan import Plan
from checklist.quantity import Known

PlanOf = Callable[..., Plan]
CERTAIN = {"orders_booked": "0", "pipeline_expected": "0", "path": "full"}
OWN = {"count": "40", "of": "200"}
LIST = {
    **CERTAIN,
    "campaign": "ma_rollout",
    "ma_phase": "growth",
    "purpose": None,
    "lead_to_opportunity": None,
    "mailable_contacts": "1,000",
    "contact_growth": "月0件",
    "campaign_date": "2026-11-24",
}
RATE = {"kgi_kind": "rate", "kgi_rate_step": "opportunity_to_deal", "campaign_date": "2026-11-24"}


def found(plan: Plan, name: str) -> Finding | None:
    hits = [finding for finding in plan.findings if finding.id == name]
    assert len(hits) <= 1
    return hits[0] if hits else None


def said(plan: Plan, name: str) -> Finding:
    finding = found(plan, name)
    assert finding is not None, [one.id for one in plan.findings]
    assert finding.origin == "engine"
    return finding


def number(finding: Finding, name: str) -> Fraction:
    value = finding.params[name]
    assert isinstance(value, Known), value
    return value.value


def test_goal_that_is_covered_names_the_answers_that_say_so(plan_of: PlanOf) -> None:
    finding = said(plan_of(existing_revenue="1億円"), "already_covered")
    assert (finding.severity, finding.concerns) == ("critical", ("existing_revenue", "kgi_amount"))
    assert number(finding, "zero") == 0
    assert found(plan_of(existing_revenue="9,999万円"), "already_covered") is None


@pytest.mark.parametrize(
    ("today", "near"),
    [("2027-08-16", True), ("2027-08-15", False), ("2027-08-30", True), ("2027-08-31", False)],
)
def test_lead_deadline_is_near_from_14_days_before_until_the_day_itself(
    plan_of: PlanOf, today: str, near: bool
) -> None:
    # Leads are due by 30 August 2027.
    plan = plan_of(today=date.fromisoformat(today))
    finding = found(plan, "lead_deadline_near")
    assert (finding is not None) is near
    assert (found(plan, "lead_deadline_past") is not None) is (today == "2027-08-31")
    if finding is not None:
        assert (finding.severity, finding.concerns) == ("warning", ("kgi_date",))
        assert finding.params["deadline"] == date(2027, 8, 30)
        assert finding.params["kgi_date"] == date(2027, 12, 31)
        assert finding.params["today"] == date.fromisoformat(today)


@pytest.mark.parametrize(
    ("start", "late"),
    [("2027-08-30", False), ("2027-08-31", True), ("2027-12-31", True), ("2028-01-01", False), (None, False)],
)
def test_campaign_that_starts_between_the_lead_deadline_and_the_goal_is_late(
    plan_of: PlanOf, start: str | None, late: bool
) -> None:
    finding = found(plan_of(campaign_date=start), "campaign_after_deadline")
    assert (finding is not None) is late
    if finding is not None and start:
        assert (finding.severity, finding.concerns) == ("critical", ("campaign_date", "kgi_date"))
        assert finding.params["start"] == date.fromisoformat(start)
        assert finding.params["deadline"] == date(2027, 8, 30)


def test_deadline_that_is_past_is_said_without_a_word_on_the_start(plan_of: PlanOf) -> None:
    plan = plan_of(today=date(2027, 9, 10), campaign_date="2027-10-01")
    assert said(plan, "lead_deadline_past").severity == "critical"
    assert found(plan, "campaign_after_deadline") is None
    assert found(plan, "lead_deadline_near") is None


def test_goal_in_the_past_is_said_as_such(plan_of: PlanOf) -> None:
    finding = said(plan_of(today=date(2028, 1, 1)), "kgi_date_past")
    assert (finding.severity, finding.concerns) == ("critical", ("kgi_date",))
    assert found(plan_of(today=date(2027, 12, 31)), "kgi_date_past") is None


def test_rate_of_nothing_is_critical_and_names_the_rate(plan_of: PlanOf) -> None:
    finding = said(plan_of(opportunity_to_deal="0%"), "zero_rate")
    assert (finding.severity, finding.concerns) == ("critical", ("opportunity_to_deal",))


def test_rate_of_100_percent_without_counts_has_no_lower_bound(plan_of: PlanOf) -> None:
    finding = said(plan_of(opportunity_to_deal="100%"), "rate_of_100")
    assert (finding.severity, finding.concerns) == ("warning", ("opportunity_to_deal",))
    assert finding.params == {"rate": "opportunity_to_deal"}
    near = plan_of(opportunity_to_deal="99.9%")
    assert found(near, "rate_of_100") is None and found(near, "rate_of_100_with_counts") is None


def test_provisional_rates_are_counted_and_named(plan_of: PlanOf) -> None:
    finding = said(plan_of(), "provisional_rates")
    assert number(finding, "count") == 2
    assert finding.concerns == ("lead_to_opportunity", "opportunity_to_deal")
    assert number(said(plan_of(lead_to_opportunity=OWN), "provisional_rates"), "count") == 1
    assert found(plan_of(lead_to_opportunity=OWN, opportunity_to_deal=OWN), "provisional_rates") is None


@pytest.mark.parametrize(("average_deal", "few"), [("2,000万円", False), ("2,001万円", True)])
def test_fewer_than_5_deals_are_few(plan_of: PlanOf, average_deal: str, few: bool) -> None:
    # 100 leads at 5 %: none at all in 0.95^100 = 0.6 % of cases.
    finding = found(plan_of(average_deal=average_deal), "few_deals")
    assert (finding is not None) is few
    if finding is not None:
        assert (finding.severity, finding.params["stage"], finding.params["percent"]) == (
            "warning",
            "lead",
            "1",
        )
        assert (number(finding, "count"), number(finding, "deals")) == (100, 5)


def test_few_opportunities_are_not_few_deals(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count": "4", "kgi_count_stage": "opportunity", "existing_count": "0"}
    assert found(plan_of(**count), "few_deals") is None


def test_chain_of_one_stage_says_so_unless_it_is_covered(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count": "30", "kgi_count_stage": "lead", "existing_count": "0"}
    assert said(plan_of(**count), "one_stage_only").params == {"stage": "lead"}
    assert found(plan_of(**{**count, "existing_count": "30"}), "one_stage_only") is None
    assert found(plan_of(), "one_stage_only") is None


def test_expected_count_is_said_not_to_be_certain(plan_of: PlanOf) -> None:
    finding = said(plan_of(), "expected_not_certain")
    assert (finding.severity, finding.params["stage"], finding.params["percent"]) == ("info", "lead", "52")
    assert [number(finding, name) for name in ("count", "count_80", "count_90")] == [680, 773, 829]


def test_chance_of_90_percent_is_sure_enough(plan_of: PlanOf) -> None:
    # One deal from two opportunities at 69 %: 1 - 0.31² = 90.4 %, which is said to be 90 %.
    one = {"average_deal": "1億円", "lead_to_opportunity": "100%"}
    assert plan_of(**one, opportunity_to_deal="69%").chain.chance.percent == 90  # type: ignore[union-attr]
    assert found(plan_of(**one, opportunity_to_deal="69%"), "expected_not_certain") is None
    assert said(plan_of(**one, opportunity_to_deal="67%"), "expected_not_certain").params["percent"] == "89"


def test_pace_that_is_enough_is_said_of_the_stage_nearest_to_the_goal(plan_of: PlanOf) -> None:
    # 24 November to 30 August are 279 days: 80 a month make 733.8 leads, 74 make 678.
    finding = said(plan_of(**CERTAIN, lead_volume="月80件"), "pace_is_enough")
    assert (finding.severity, finding.concerns, finding.params["stage"]) == ("info", ("lead_volume",), "lead")
    assert (number(finding, "brought"), number(finding, "needed")) == (734, 680)
    assert found(plan_of(**CERTAIN, lead_volume="月74件"), "pace_is_enough") is None
    # 310 days until 30 September: 14 a month make 142 opportunities, of which 136 are needed.
    both = plan_of(**CERTAIN, lead_volume="月80件", opportunity_volume="月14件")
    assert said(both, "pace_is_enough").params["stage"] == "opportunity"


def test_pace_that_just_reaches_it_is_enough_and_none_is_where_nothing_is_needed(plan_of: PlanOf) -> None:
    # 365 days are twelve months: 11⅓ opportunities a month are exactly the 136 needed.
    exact = {"kgi_date": "2028-02-24", "today": date(2026, 11, 24), "opportunity_volume": "3年で408件"}
    assert number(said(plan_of(**CERTAIN, **exact), "pace_is_enough"), "brought") == 136
    covered = plan_of(**CERTAIN, **exact, existing_revenue="1億円")
    assert found(covered, "pace_is_enough") is None


def test_list_that_would_need_a_higher_rate_says_how_many_times_and_what_it_brings(plan_of: PlanOf) -> None:
    # 310 days are 10.19 months of 1,000 contacts: 1 % brings 101.9 opportunities, 25.5 deals of 34.
    finding = said(plan_of(**LIST, contact_to_opportunity="1%"), "stock_rate_high")
    assert (finding.severity, finding.params["times"]) == ("warning", "1.3")
    assert (number(finding, "brings"), number(finding, "goal")) == (Fraction(51, 2), 34)
    assert number(finding, "needed") == Fraction(136, 1000) / (Fraction(310) / Fraction(365, 12))
    assert number(finding, "present") == Fraction(1, 100)


@pytest.mark.parametrize(
    ("rate", "severity"), [("0.5%", "warning"), ("0.4%", "critical"), ("1.3%", "warning"), ("1.4%", None)]
)
def test_three_times_the_present_rate_is_out_of_reach(
    plan_of: PlanOf, rate: str, severity: str | None
) -> None:
    # 1.334 % a month are needed.
    finding = found(plan_of(**LIST, contact_to_opportunity=rate), "stock_rate_high")
    assert (finding.severity if finding else None) == severity


def test_exactly_three_times_the_present_rate_is_out_of_reach(plan_of: PlanOf) -> None:
    # 365 days: 12 months of 1,000 contacts, of which 144 opportunities take 1.2 % a month, three times 0.4 %.
    exact = {"kgi_date": "2028-02-24", "average_deal": "1億円", "kgi_amount": "36億円"}
    finding = said(plan_of(**{**LIST, **exact}, contact_to_opportunity="0.4%"), "stock_rate_high")
    assert (number(finding, "needed"), finding.severity) == (Fraction(12, 1000), "critical")
    enough = plan_of(**{**LIST, **exact}, contact_to_opportunity="1.2%")
    assert found(enough, "stock_rate_high") is None


def test_list_too_small_for_the_goal_needs_more_than_everybody(plan_of: PlanOf) -> None:
    small = plan_of(**{**LIST, "mailable_contacts": "10"}, contact_to_opportunity="1%")
    assert said(small, "stock_rate_above_100").severity == "critical"
    assert found(small, "stock_rate_high") is None
    # 12 months of 12 contacts are 144: just as many opportunities as are needed.
    exact = {"kgi_date": "2028-02-24", "average_deal": "1億円", "kgi_amount": "36億円"}
    just = plan_of(**{**LIST, **exact, "mailable_contacts": "12"}, contact_to_opportunity="50%")
    assert found(just, "stock_rate_above_100") is None
    assert said(just, "stock_rate_high").params["times"] == "2.0"


def rate_goal(volume: str, end: str = "2027-11-24") -> dict[str, Any]:
    return {
        **RATE,
        "kgi_rate_from": "20%",
        "kgi_rate_to": "25%",
        "kgi_rate_volume": volume,
        "kgi_date": end,
    }


@pytest.mark.parametrize(("volume", "enough"), [("年1094件", True), ("年1093件", False)])
def test_rate_goal_has_enough_cases_from_the_sample_size_on(
    plan_of: PlanOf, volume: str, enough: bool
) -> None:
    finding = found(plan_of(**rate_goal(volume)), "too_few_cases_to_tell")
    assert (finding is None) is enough
    if finding is not None:
        assert (number(finding, "cases"), number(finding, "volume")) == (1094, 1093)
        assert (finding.severity, finding.concerns) == ("warning", ("kgi_rate_volume",))


def test_rate_goal_says_nothing_of_a_chain_that_it_has_not(plan_of: PlanOf) -> None:
    plan = plan_of(**rate_goal("月20件"), opportunity_to_deal="100%", opportunity_volume="月500件")
    assert not {one.id for one in plan.findings} & {
        "rate_of_100",
        "pace_is_enough",
        "few_deals",
        "one_stage_only",
    }


def test_volume_short_of_the_cases_is_said_in_whole_cases(plan_of: PlanOf) -> None:
    # 1,094 a year are 1,091.003 in 364 days.
    finding = said(plan_of(**rate_goal("年1094件", "2027-11-23")), "too_few_cases_to_tell")
    assert number(finding, "volume") == 1091
