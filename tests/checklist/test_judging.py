"""Whether a KPI's change can be told from chance, against values worked out beside."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from statistics import NormalDist

import pytest

from checklist.planning.chances.chance import cases_to_tell, events_to_tell, wilson_bounds
from checklist.planning.feasibility.judging import Judgement
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity

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


@pytest.mark.parametrize(
    ("baseline", "target", "verdict", "needed"),
    # Twice as many take 23 events in each period; a rise by one takes thousands.
    [
        ("9件", "18件", "cannot_judge", 23),
        ("10件", "20件", "reference_only", 23),
        ("22件", "44件", "reference_only", 23),
        ("23件", "46件", "can_judge", 23),
        ("29件", "30件", "reference_only", 13_429),
        ("30件", "31件", "large_changes_only", 14_363),
        ("30件", "20件", "large_changes_only", None),
        ("0件", "9件", "cannot_judge", None),
        ("0件", "10件", "reference_only", None),
        ("0件", "30件", "large_changes_only", None),
    ],
)
def test_a_count_is_judged_by_the_events_in_a_period(
    plan_of: PlanOf, baseline: str, target: str, verdict: str, needed: int | None
) -> None:
    one = judged(
        plan_of("full", **NOTHING_YET, inquiries_baseline=baseline, inquiries_target=target), "inquiries"
    )
    assert (one.verdict, one.basis) == (verdict, "typed")
    assert (one.needed.value if isinstance(one.needed, Known) else None) == needed
    assert value(one.expected) == value(one.events) == (value(one.baseline) or value(one.target))


MAIL = {
    "campaign": "ma_rollout",
    "ma_phase": "growth",
    "purpose": None,
    "lead_to_opportunity": None,
    "contact_to_opportunity": {"likely": "1%", "source": "own_record"},
    "contact_growth": "月0件",
    "campaign_date": "2026-11-24",
}


def mailed(plan_of: PlanOf, contacts: str, **changes: object) -> Plan:
    return plan_of("full", **NOTHING_YET, **MAIL, mailable_contacts=contacts, **changes)


@pytest.mark.parametrize(("contacts", "verdict"), [("7,833", "can_judge"), ("7,832", "cannot_judge")])
def test_a_guardrail_of_the_list_is_judged_against_its_limit_by_one_mailing(
    plan_of: PlanOf, contacts: str, verdict: str
) -> None:
    # From 0.1 % to the limit of 0.3 % takes 7,833 mails; at 0.1 % they are 8 complaints.
    one = judged(mailed(plan_of, contacts, spam_complaint_rate_baseline="0.1%"), "spam_complaint_rate")
    assert (value(one.target), value(one.needed)) == (Fraction(3, 1000), 7_833)
    assert (one.verdict, one.basis) == (verdict, "list")
    assert value(one.events) == value(one.expected) / 1000


def test_a_guardrail_that_stands_at_its_limit_aims_at_no_change(plan_of: PlanOf) -> None:
    one = judged(mailed(plan_of, "10,000", unsubscribe_rate_baseline="0.5%"), "unsubscribe_rate")
    assert not isinstance(one.target, Known) and not isinstance(one.needed, Known)
    assert (value(one.events), one.verdict) == (50, "large_changes_only")


def test_hours_and_the_size_of_a_list_are_not_judged_by_counts(plan_of: PlanOf) -> None:
    assert judged(mailed(plan_of, "10,000"), "first_response_hours").verdict == "not_by_count"
    start = plan_of("full", **NOTHING_YET, **{**MAIL, "ma_phase": "start"}, mailable_contacts="1,000")
    assert judged(start, "mailable_list_size").verdict == "not_by_count"


def test_a_covered_goal_has_nothing_to_judge(plan_of: PlanOf) -> None:
    plan = plan_of("full", **NOTHING_YET, existing_revenue="1億円", lead_volume="月10件")
    assert {one.verdict for one in plan.judgements} == {"not_by_count"}


def test_without_a_date_the_window_is_unknown(plan_of: PlanOf) -> None:
    one = judged(plan_of("full", **NOTHING_YET, kgi_date=None, lead_volume="月10件"), "web_new_leads")
    assert one.days.missing == ("kgi_date",)  # type: ignore[union-attr]
    assert one.verdict == "unknown"


@pytest.mark.parametrize(("start", "days"), [("2027-11-29", 1), ("2027-11-30", None), ("2026-01-01", 371)])
def test_a_window_begins_with_the_campaign_or_today_and_needs_a_day(
    plan_of: PlanOf, start: str, days: int | None
) -> None:
    # From 24 November 2026 until 30 November 2027 are 371 days; leads after that are too late.
    plan = plan_of("full", **NOTHING_YET, campaign_date=start, lead_volume="月10件")
    one = judged(plan, "web_lead_to_opportunity")
    assert (one.verdict == "too_soon") is (days is None)
    if days is not None:
        assert value(one.days) == days


def test_assumed_rates_make_cases_events_but_no_baseline(plan_of: PlanOf) -> None:
    one = judged(plan_of("quick"), "web_lead_to_opportunity")
    assert not isinstance(one.baseline, Known)
    assert (value(one.expected), value(one.events), one.basis) == (680, 136, "required")


def test_a_rate_from_zero_is_seen_by_what_it_aims_at(plan_of: PlanOf) -> None:
    targets = {"key_page_reach_baseline": "0%", "key_page_reach_target": "1%"}
    one = judged(plan_of("full", **NOTHING_YET, **WEB, visit_volume="月2000件", **targets), "key_page_reach")
    assert value(one.events) == value(one.expected) / 100


def test_the_best_and_then_the_nearest_earlier_kpi_is_named(plan_of: PlanOf) -> None:
    few = {"lead_volume": "later", "visit_volume": "月300件"}
    reach = {"key_page_reach_baseline": "18%", "key_page_reach_target": "30%"}
    forms = {"form_reach_baseline": "20%", "form_reach_target": "35%"}
    plan = plan_of("full", **NOTHING_YET, **WEB, **few, **reach, **forms)
    verdicts = {one.kpi: one.verdict for one in plan.judgements}
    assert verdicts["key_page_reach"] == verdicts["form_reach"] == "can_judge"
    assert verdicts["web_lead_to_opportunity"] == "cannot_judge"
    # Forms lie nearer to the opportunity than key pages do.
    assert judged(plan, "web_lead_to_opportunity").watch == "form_reach"
    few_forms = {**forms, "form_reach_target": "20.1%"}
    plan = plan_of("full", **NOTHING_YET, **WEB, **few, **reach, **few_forms)
    # Now only a large change of them could be seen, so that key pages are the better ones to watch.
    assert judged(plan, "form_reach").verdict == "large_changes_only"
    assert judged(plan, "web_lead_to_opportunity").watch == "key_page_reach"
    assert judged(plan, "form_reach").watch == "key_page_reach"
    assert judged(plan, "key_page_reach").watch is None
    assert judged(plan, "web_valid_lead_rate").watch is None


def test_sessions_are_the_visits_of_the_chain(plan_of: PlanOf) -> None:
    targets = {"engagement_rate_baseline": "50%", "engagement_rate_target": "55%"}
    plan = plan_of("full", **NOTHING_YET, **WEB, purpose="awareness", visit_volume="月2000件", **targets)
    one = judged(plan, "engagement_rate")
    assert (value(one.expected), one.basis) == (2000 * 350 / Fraction(365, 12), "run_rate")


def test_a_target_out_of_reach_is_not_replaced_by_the_rate_assumed(plan_of: PlanOf) -> None:
    own = {"lead_to_opportunity": "99%", "purpose": "opportunities"}
    one = judged(plan_of("full", **NOTHING_YET, **own), "web_lead_to_opportunity")
    assert one.target == Impossible("above_100", {"rate": "lead_to_opportunity"})


def test_a_stage_below_a_rate_goal_counts_what_comes_at_present(plan_of: PlanOf) -> None:
    goal = {"kgi_kind": "rate", "kgi_rate_step": "lead_to_opportunity", "kgi_rate_from": "20%"}
    changes = {**NOTHING_YET, **goal, "kgi_rate_to": "25%", "kgi_rate_volume": "月10件"}
    plan = plan_of("full", purpose="opportunities", **changes)
    one = judged(plan, "web_opportunities")
    # 350 days from 15 January: a fifth of 10 leads a month.
    assert (value(one.expected), one.basis) == (2 * 350 / Fraction(365, 12), "goal")
