"""Whether a KPI's change can be told from chance, against values worked out beside."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from statistics import NormalDist

import pytest

from checklist.planning.chances.chance import cases_to_tell, events_to_tell, wilson_bounds
from checklist.planning.feasibility.judging import Judgement
from checklist.planning.plan import Plan
from checklist.quantity import Known, Quantity

PlanOf = Callable[..., Plan]

# The full path asks what is certain already, and how many meetings are booked.
NOTHING_YET = {"orders_booked": "0", "pipeline_expected": "0", "booked_meetings": "0"}

WEB = {"web_stages": ["visit"], "visit_to_lead": {"count": 100, "of": "10,000", "period": "5か月"}}


def judged(plan: Plan, kpi: str) -> Judgement:
    return next(one for one in plan.judgements if one.kpi == kpi)


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known)
    return quantity.value


def found(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {finding.id: finding.concerns for finding in plan.findings}


@pytest.mark.parametrize(
    ("before", "after", "cases"),
    [
        ("0.005", "0.0075", 15_600),
        ("0.01", "0.012", 42_700),
        ("0.01", "0.013", 19_800),
        ("0.01", "0.015", 7_750),
        ("0.02", "0.03", 3_830),
    ],
)
def test_sample_sizes_are_those_of_the_standard_table(before: str, after: str, cases: int) -> None:
    assert cases_to_tell(Fraction(before), Fraction(after)) == pytest.approx(cases, rel=0.002)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(5, 20, 0.11, 0.47), (10, 40, 0.14, 0.40), (20, 100, 0.13, 0.29), (30, 3000, 0.0070, 0.0142)],
)
def test_wilson_intervals_are_the_published_ones(count: int, of: int, low: float, high: float) -> None:
    # Two digits are kept, and the upper end is rounded up.
    bounds = wilson_bounds(count, of)
    assert float(bounds[0]) == pytest.approx(low, rel=0.005)
    assert high <= float(bounds[1]) + 0.005 * high <= high * 1.07


def test_30_events_show_a_rise_of_about_85_percent() -> None:
    needed = events_to_tell(Fraction(186, 100))
    assert needed is not None and needed <= 30 < (events_to_tell(Fraction(180, 100)) or 0)


def test_30_events_have_a_power_of_41_percent_for_half_as_much_again() -> None:
    # On the square-root scale the difference of two counts has a standard deviation of 1 / sqrt 2.
    shift = (1.5**0.5 - 1) * 60**0.5
    assert NormalDist().cdf(shift - NormalDist().inv_cdf(0.975)) == pytest.approx(0.41, abs=0.005)
    assert events_to_tell(Fraction(3, 2)) == 78


@pytest.mark.parametrize("ratio", [Fraction(1), Fraction(-1)])
def test_no_change_needs_no_events(ratio: Fraction) -> None:
    assert events_to_tell(ratio) is None


def test_a_rate_is_judged_by_the_cases_that_its_change_needs(plan_of: PlanOf) -> None:
    # 2,000 visits a month for the 350 days from 15 January; 18 to 25 % needs 540 of them.
    targets = {"key_page_reach_baseline": "18%", "key_page_reach_target": "25%"}
    one = judged(plan_of("full", **NOTHING_YET, **WEB, visit_volume="月2000件", **targets), "key_page_reach")
    assert value(one.expected) == 2000 * 350 / Fraction(365, 12)
    assert value(one.needed) == cases_to_tell(Fraction(18, 100), Fraction(25, 100))
    assert (one.basis, one.verdict) == ("run_rate", "can_judge")


@pytest.mark.parametrize(
    ("visits", "verdict"),
    # A change from 2 to 2.2 % needs 80,000 visits; 350 days are 11.5 months.
    [("月1万件", "can_judge"), ("月1000件", "large_changes_only"), ("月100件", "reference_only")],
)
def test_too_few_cases_are_graded_by_the_events_expected(plan_of: PlanOf, visits: str, verdict: str) -> None:
    targets = {"form_reach_baseline": "2%", "form_reach_target": "2.2%"}
    assert (
        judged(plan_of("full", **NOTHING_YET, **WEB, visit_volume=visits, **targets), "form_reach").verdict
        == verdict
    )


def test_a_denominator_that_nobody_counts_follows_from_its_numerator(plan_of: PlanOf) -> None:
    # 10 leads a month at 25 % of forms completed are 40 forms reached.
    targets = {"form_completion_baseline": "25%", "form_completion_target": "35%"}
    one = judged(plan_of("full", **NOTHING_YET, lead_volume="月10件", **targets), "form_completion")
    assert value(one.expected) == 40 * 350 / Fraction(365, 12)


def test_a_pace_further_up_is_carried_down_by_the_rates(plan_of: PlanOf) -> None:
    one = judged(
        plan_of("full", **NOTHING_YET, **WEB, visit_volume="月2000件", lead_volume="later"), "web_new_leads"
    )
    assert value(one.expected) == 20 * 350 / Fraction(365, 12)
    assert one.basis == "run_rate"


def test_without_a_pace_the_chain_stands_in_and_says_so(plan_of: PlanOf) -> None:
    one = judged(plan_of("quick"), "web_new_leads")
    assert (value(one.expected), one.basis) == (680, "required")
    assert not isinstance(one.needed, Known)


def test_a_rate_with_counts_carries_its_wilson_interval(plan_of: PlanOf) -> None:
    rate = {"count": 10, "of": 40, "period": "1年"}
    one = judged(plan_of("full", **NOTHING_YET, lead_to_opportunity=rate), "web_lead_to_opportunity")
    assert (value(one.interval_low), value(one.interval_high)) == wilson_bounds(10, 40)


def test_the_time_to_an_opportunity_is_taken_off_the_window(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, purpose="opportunities", lead_volume="月10件")
    # From 15 January to 31 December are 350 days; leads after 30 November are opportunities too late.
    assert value(judged(plan, "web_opportunities").days) == 350 - (31 + 30 - 30)
    assert value(judged(plan, "web_new_leads").days) == 350


def test_a_window_shorter_than_the_way_to_a_deal_is_too_soon(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, purpose="opportunities", campaign_date="2027-10-15")
    assert judged(plan, "web_sourced_deals").verdict == "too_soon"


def test_an_unknown_time_makes_the_verdict_unknown(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, purpose="opportunities", opportunity_to_deal_time="unknown")
    one = judged(plan, "web_sourced_deals")
    assert one.verdict == "unknown"
    assert one.days.missing == ("opportunity_to_deal_time",)  # type: ignore[union-attr]


def test_few_expected_events_cannot_be_judged_and_an_earlier_kpi_is_named(plan_of: PlanOf) -> None:
    # One lead a month: 2.1 opportunities and half a deal in the window.
    targets = {"key_page_reach_baseline": "18%", "key_page_reach_target": "40%"}
    plan = plan_of(
        "full",
        **NOTHING_YET,
        purpose="opportunities",
        **WEB,
        visit_volume="月300件",
        lead_volume="月1件",
        **targets,
    )
    deals = judged(plan, "web_sourced_deals")
    assert deals.verdict == "cannot_judge"
    assert deals.watch == "key_page_reach"
    assert "web_sourced_deals" in found(plan)["kpi_cannot_be_judged"]


def test_no_earlier_kpi_is_named_where_none_is_better(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, purpose="opportunities", lead_volume="月1件")
    assert judged(plan, "web_sourced_deals").watch is None
    assert "kpi_cannot_be_judged_yet" in found(plan)


def test_what_the_pace_brings_anyway_is_held_and_needs_no_proof(plan_of: PlanOf) -> None:
    one = judged(plan_of("full", **NOTHING_YET, lead_volume="月500件"), "web_new_leads")
    assert not isinstance(one.target, Known)
    assert not isinstance(one.needed, Known)


def test_what_no_sample_judges_is_left_out(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, core_web_vitals_pass_baseline="62%")
    assert judged(plan, "core_web_vitals_pass").verdict == "not_by_count"


@pytest.mark.parametrize(
    ("target", "finding", "note"),
    [("12件", None, False), ("13件", "ratio_above_1_5", False), ("24件", "ratio_above_1_5", False)]
    + [("25件", "ratio_above_3", True)],
)
def test_a_target_far_from_the_baseline_is_warned_of(
    plan_of: PlanOf, target: str, finding: str | None, note: bool
) -> None:
    plan = plan_of("full", **NOTHING_YET, inquiries_baseline="8件", inquiries_target=target)
    named = {name for name, kpis in found(plan).items() if name.startswith("ratio") and "inquiries" in kpis}
    assert named == ({finding} if finding else set())
    assert judged(plan, "inquiries").needs_note is note
    assert (("kpi_note", "inquiries") in {(todo.kind, todo.about) for todo in plan.todos}) is note


def test_a_baseline_of_zero_has_no_ratio(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, inquiries_baseline="0件", inquiries_target="12件")
    assert not any("inquiries" in kpis for name, kpis in found(plan).items() if name.startswith("ratio"))
    assert judged(plan, "inquiries").verdict == "reference_only"


def test_a_rate_goal_is_judged_by_its_own_volume_and_reported_once(plan_of: PlanOf) -> None:
    goal = {"kgi_kind": "rate", "kgi_rate_step": "lead_to_opportunity", "kgi_rate_from": "20%"}
    plan = plan_of("full", **NOTHING_YET, **goal, kgi_rate_to="25%", kgi_rate_volume="月10件")
    one = judged(plan, "web_lead_to_opportunity")
    assert plan.chain.rate_goal is not None
    assert (one.expected, one.basis) == (plan.chain.rate_goal.volume, "goal")
    assert "too_few_cases_to_tell" in found(plan)
    assert "web_lead_to_opportunity" not in found(plan).get("kpi_cannot_be_judged", ())
