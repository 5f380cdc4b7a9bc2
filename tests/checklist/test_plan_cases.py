"""Plans whose numbers are easily got wrong: two routes, stocks, rates over several steps, huge numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.chain.steps import rests_on_provisional
from checklist.planning.chances.chance import chance_of_sum
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording import Phrases, present
from checklist.worksheet.text import markdown

PlanOf = Callable[..., Plan]
SHOW = {
    "campaign": "trade_show",
    "lead_to_opportunity": None,
    "card_to_opportunity": "5%",
    "booked_meeting_to_held_meeting": "80%",
    "held_meeting_to_opportunity": "50%",
    "orders_booked": "0",
    "pipeline_expected": "0",
    "path": "full",
}
LIST = {
    "campaign": "ma_rollout",
    "ma_phase": "growth",
    "purpose": None,
    "lead_to_opportunity": None,
    "contact_to_opportunity": {"likely": "1%", "source": "own_record"},
    "mailable_contacts": "1,000",
    "contact_growth": "月0件",
    "campaign_date": "2026-11-24",
    "orders_booked": "0",
    "pipeline_expected": "0",
    "path": "full",
}


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def kpi(plan: Plan, kpi_id: str):  # type: ignore[no-untyped-def]
    return next(planned for planned in plan.kpis if planned.id == kpi_id)


def test_the_target_of_a_rate_counts_on_the_meetings_booked_beside_it(plan_of: PlanOf) -> None:
    plan = plan_of(**SHOW, purpose="acquisition", booked_meetings="100")
    cards = int(value(plan.chain.stages[0].required.quantity))
    target = value(kpi(plan, "card_to_opportunity_rate").target.quantity)
    beside = (100, 0.8 * 0.5 * 0.25)
    assert chance_of_sum(34, (cards, float(target) * 0.25), beside) >= 0.8
    assert chance_of_sum(34, (cards, float(target - Fraction(1, 1000)) * 0.25), beside) < 0.8


def test_meetings_that_are_enough_on_their_own_leave_no_cards_and_no_target(plan_of: PlanOf) -> None:
    plan = plan_of(**SHOW, purpose="acquisition", booked_meetings="1000")
    assert value(plan.chain.stages[0].required.quantity) == 0
    assert plan.chain.chance is None
    assert isinstance(kpi(plan, "card_to_opportunity_rate").target.quantity, Unknown)


def test_booked_meetings_that_nobody_knows_leave_the_cards_unknown(plan_of: PlanOf) -> None:
    top = plan_of(**SHOW, booked_meetings="unknown").chain.stages[0].required.quantity
    assert isinstance(top, Unknown) and "booked_meetings" in top.missing


def test_what_joins_a_list_before_the_start_works_the_whole_time(plan_of: PlanOf) -> None:
    at_once = plan_of(**{**LIST, "contact_growth": "月100件"})
    later = plan_of(**{**LIST, "contact_growth": "月100件", "campaign_date": "2027-02-24"})
    growing, waiting = at_once.chain.stock, later.chain.stock
    assert growing is not None and waiting is not None
    months, wait = value(waiting.months), value(growing.months) - value(waiting.months)
    assert value(waiting.contact_months) == months * 1000 + 100 * months * (wait + months / 2)


def test_a_list_shows_what_it_holds_today(plan_of: PlanOf) -> None:
    row = plan_of(**LIST).chain.stages[0]
    assert value(row.run_rate.quantity) == 1000
    assert value(row.uplift.quantity) == value(row.required.quantity) - 1000


def test_targets_never_fall_below_what_is_required(plan_of: PlanOf) -> None:
    plan = plan_of(average_deal="5億円", lead_to_opportunity="95%", opportunity_to_deal="95%")
    for row in plan.chain.stages:
        assert value(row.required_80.quantity) >= value(row.required.quantity)


def test_a_count_rests_on_every_rate_below_it(plan_of: PlanOf) -> None:
    own = {"count": "40", "of": "200"}
    plan = plan_of(lead_to_opportunity=own, opportunity_to_deal={"choose": "published"})
    assert kpi(plan, "web_new_leads").provisional


def test_leads_that_come_after_the_deadline_bring_no_extra_deals(plan_of: PlanOf) -> None:
    rate = {"kgi_rate_from": "20%", "kgi_rate_to": "25%", "kgi_rate_volume": "月100件"}
    dates = {"campaign_date": "2026-11-24", "kgi_date": "2026-12-31"}
    plan = plan_of(kgi_kind="rate", kgi_rate_step="lead_to_opportunity", **dates, **rate)
    goal = plan.chain.rate_goal
    assert goal is not None
    assert value(goal.extra) > 0
    assert value(goal.extra_deals) == 0


@pytest.mark.parametrize("target", ["20%", "15%"])
def test_a_rate_goal_that_is_not_higher_is_impossible(plan_of: PlanOf, target: str) -> None:
    rate = {"kgi_rate_from": "20%", "kgi_rate_to": target, "kgi_rate_volume": "月100件"}
    plan = plan_of(kgi_kind="rate", kgi_rate_step="lead_to_opportunity", **rate)
    assert plan.chain.status == "impossible"
    assert isinstance(plan.chain.goal_part.quantity, Impossible)
    assert [finding.id for finding in plan.findings].count("rate_goal_not_higher") == 1


def test_none_of_very_many_still_leaves_an_upper_end(plan_of: PlanOf) -> None:
    plan = plan_of(opportunity_to_deal={"count": "0", "of": "20000"})
    reason = plan.chain.stages[0].required.quantity
    assert isinstance(reason, Impossible) and reason.params["upper"] == "0.02"


def test_a_goal_that_counts_leads_has_no_deadline_of_its_own(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of(
        kgi_kind="count",
        kgi_count="30",
        kgi_count_stage="lead",
        existing_count="0",
        kgi_date="2026-12-01",
        campaign_date="2026-11-01",
    )
    assert "lead_deadline_near" not in {finding.id for finding in plan.findings}
    assert present(plan, btob, phrases, "ja").schedule_note == ""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_largest_numbers_are_printed_in_full(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str
) -> None:
    tiny = "0.00001%"
    plan = plan_of(
        kgi_amount="999999999999999円",
        average_deal="1円",
        lead_to_opportunity=tiny,
        opportunity_to_deal=tiny,
    )
    text = markdown(present(plan, btob, phrases, language))
    assert "99,999,999,999,999,900,000,000,000,000" in text


def test_only_what_a_provisional_rate_was_used_for_is_marked(plan_of: PlanOf) -> None:
    own = {"count": "10", "of": "40"}
    plan = plan_of(**SHOW, purpose="opportunities", booked_meetings="20", opportunity_to_deal=own)
    marked = {row.id: rests_on_provisional(plan.chain, row) for row in plan.chain.stages}
    assert marked == {"card": True, "opportunity": False, "deal": False}
    assert not rests_on_provisional(plan.chain, plan.chain.routes[0])
