"""Targets of each KPI: must, target and stretch from the chain, else as typed; worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from checklist.pack.catalogue import Kpi, Measures
from checklist.pack.compiled import Pack
from checklist.planning.inputs import Inputs
from checklist.planning.kpis.targets import Targets, set_targets
from checklist.planning.model import PlannedKPI
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route
from tests.conftest import TODAY

PlanOf = Callable[..., Plan]
SITE = {"orders_booked": "0", "pipeline_expected": "0", "path": "full", "purpose": "opportunities"}
OWN = {"count": "40", "of": "200"}
LIST = {
    "orders_booked": "0",
    "pipeline_expected": "0",
    "path": "full",
    "campaign": "ma_rollout",
    "ma_phase": "growth",
    "purpose": None,
    "lead_to_opportunity": None,
    "contact_to_opportunity": {"likely": "1%", "source": "own_record"},
    "mailable_contacts": "1,000",
    "contact_growth": "月0件",
    "campaign_date": "2026-11-24",
}


def planned(plan: Plan, kpi_id: str) -> PlannedKPI:
    return next(kpi for kpi in plan.kpis if kpi.id == kpi_id)


def value(quantity: Quantity) -> Fraction | None:
    return quantity.value if isinstance(quantity, Known) else None


def numbers(kpi: PlannedKPI) -> tuple[Fraction | None, ...]:
    return tuple(
        value(one) for one in (kpi.baseline, kpi.must.quantity, kpi.target.quantity, kpi.stretch.quantity)
    )


def formulas(kpi: PlannedKPI) -> tuple[str, ...]:
    return tuple(one.why.formula for one in (kpi.must, kpi.target, kpi.stretch))


def test_count_on_the_chain_has_the_required_count_and_those_for_80_and_90_percent(plan_of: PlanOf) -> None:
    kpi = planned(plan_of(**SITE, opportunity_volume="月10件"), "web_opportunities")
    assert numbers(kpi) == (10, 136, 153, 163)
    assert formulas(kpi) == ("required", "required_80", "required_90")
    # 310 days until 30 September are 10.19 months: 10 a month make 101.9 of 136.
    assert value(kpi.ratio) == 136 / (Fraction(310) / Fraction(365, 12) * 10)


def test_count_rests_on_the_rates_below_it_alone(plan_of: PlanOf) -> None:
    plan = plan_of(**SITE, opportunity_to_deal={"count": "50", "of": "200"})
    assert not planned(plan, "web_opportunities").provisional
    assert planned(plan, "web_new_leads").provisional


def test_guardrail_on_the_chain_has_a_floor_and_nothing_beyond(plan_of: PlanOf) -> None:
    kpi = planned(plan_of(**SITE, lead_volume="月20件"), "web_new_leads")
    assert kpi.role == "guardrail"
    assert numbers(kpi) == (20, 680, None, None)
    assert formulas(kpi) == ("required", "hold_baseline", "hold_baseline")
    assert (value(kpi.ratio), kpi.ratio_note) == (None, "")


def test_rate_on_the_chain_says_what_it_takes_for_80_and_90_percent(plan_of: PlanOf) -> None:
    kpi = planned(plan_of(**SITE, lead_to_opportunity=OWN), "web_lead_to_opportunity")
    assert numbers(kpi) == (Fraction(1, 5), Fraction(1, 5), Fraction(228, 1000), Fraction(244, 1000))
    assert formulas(kpi) == ("assumed_rate", "rate_for_chance", "rate_for_chance")
    assert (value(kpi.ratio), kpi.provisional) == (Fraction(228, 200), False)


def test_rate_that_is_no_own_record_is_no_baseline(plan_of: PlanOf) -> None:
    assumed = {"likely": "20%", "source": "assumption"}
    kpi = planned(plan_of(**SITE, lead_to_opportunity=assumed), "web_lead_to_opportunity")
    assert numbers(kpi)[:2] == (None, Fraction(1, 5))
    assert (value(kpi.ratio), kpi.provisional) == (None, True)


def test_rate_for_a_chance_may_lie_beyond_100_percent(plan_of: PlanOf) -> None:
    sure = {"lead_to_opportunity": "99%", "opportunity_to_deal": "25%"}
    kpi = planned(plan_of(**SITE, **sure), "web_lead_to_opportunity")
    assert isinstance(kpi.stretch.quantity, Impossible)
    assert kpi.stretch.quantity.reason == "above_100"
    assert kpi.stretch.quantity.params == {"rate": "lead_to_opportunity"}


def test_rate_that_nobody_knows_leaves_its_targets_unknown(plan_of: PlanOf) -> None:
    kpi = planned(plan_of(**SITE, lead_to_opportunity="unknown"), "web_lead_to_opportunity")
    assert numbers(kpi) == (None, None, None, None)
    assert kpi.target.quantity.missing == ("lead_to_opportunity",)  # type: ignore[union-attr]


def test_goal_that_is_covered_sets_no_target_on_the_chain(plan_of: PlanOf) -> None:
    plan = plan_of(**SITE, existing_revenue="1億円", cost_per_web_lead_baseline="2万円")
    assert formulas(planned(plan, "web_opportunities")) == ("covered", "covered", "covered")
    assert numbers(planned(plan, "web_opportunities")) == (None, None, None, None)
    assert numbers(planned(plan, "cost_per_web_lead"))[:2] == (20_000, 20_000)


def test_list_says_the_rate_that_it_would_take(plan_of: PlanOf) -> None:
    kpi = planned(plan_of(**{**LIST, "ma_phase": "start"}), "mailable_list_size")
    assert numbers(kpi) == (1000, 1335, 1523, 1635)
    assert value(kpi.ratio) == Fraction(1335, 1000)


def test_typed_target_stands_beside_what_is_held(plan_of: PlanOf) -> None:
    typed = {"mail_click_rate_baseline": "1.8%", "mail_click_rate_target": "2.7%"}
    kpi = planned(plan_of(**LIST, **typed), "mail_click_rate")
    assert numbers(kpi) == (Fraction(18, 1000), Fraction(18, 1000), Fraction(27, 1000), None)
    assert formulas(kpi) == ("hold_baseline", "typed_target", "typed_target")
    assert (value(kpi.ratio), kpi.ratio_note) == (Fraction(3, 2), "")


def test_ratio_is_turned_round_where_lower_is_better(plan_of: PlanOf) -> None:
    typed = {"first_response_hours_baseline": "8", "first_response_hours_target": "4"}
    assert value(planned(plan_of(**LIST, **typed), "first_response_hours").ratio) == 2


@pytest.mark.parametrize(
    ("baseline", "target", "note"), [("0", "5", "from_zero"), ("5", "0", "to_zero"), ("0", "0", "from_zero")]
)
def test_zero_has_no_ratio_but_a_word(plan_of: PlanOf, baseline: str, target: str, note: str) -> None:
    typed = {"hot_leads_baseline": f"{baseline}件", "hot_leads_target": f"{target}件"}
    kpi = planned(plan_of(**LIST, **typed), "hot_leads")
    assert (value(kpi.ratio), kpi.ratio_note) == (None, note)


@pytest.mark.parametrize(
    ("typed", "provisional"),
    [
        ("1.8%", False),
        ({"count": "18", "of": "1,000"}, False),
        ({"likely": "1.8%", "source": "own_record"}, False),
        ({"likely": "1.8%", "source": "assumption"}, True),
        (None, False),
    ],
)
def test_baseline_that_is_assumed_is_provisional(plan_of: PlanOf, typed: Any, provisional: bool) -> None:
    assert (
        planned(plan_of(**LIST, mail_click_rate_baseline=typed), "mail_click_rate").provisional is provisional
    )


def test_guardrail_keeps_its_stated_limit_whatever_its_baseline(plan_of: PlanOf) -> None:
    kpi = planned(plan_of(**LIST, spam_complaint_rate_baseline="0.1%"), "spam_complaint_rate")
    assert numbers(kpi) == (Fraction(1, 1000), Fraction(3, 1000), None, None)
    assert formulas(kpi) == ("stated_limit", "typed_target", "typed_target")


def test_guardrail_without_a_limit_keeps_its_baseline(plan_of: PlanOf) -> None:
    kpi = planned(plan_of(**SITE, cost_per_web_lead_baseline="2万円"), "cost_per_web_lead")
    assert (numbers(kpi), formulas(kpi)[0]) == ((20_000, 20_000, None, None), "hold_baseline")


def test_only_kpis_that_nothing_gives_a_target_are_to_be_set(plan_of: PlanOf) -> None:
    plan = plan_of("quick")
    assert [todo.about for todo in plan.todos if todo.kind == "kpi_target"] == [
        kpi.id for kpi in plan.kpis if kpi.role == "primary" and kpi.id != "web_new_leads"
    ]
    # The full path asks for each target itself.
    assert not [todo for todo in plan_of(**SITE).todos if todo.kind == "kpi_target"]


def targets_of(pack: Pack, plan: Plan, kpi: Kpi) -> Targets:
    """Set the targets of any KPI by the chain of a plan."""
    answers = read_answers(pack, {"pack": "btob", "answers": {}})
    return set_targets(Inputs(pack, answers, route(pack, answers), TODAY), plan.chain, kpi, "primary")


def test_rate_over_two_steps_is_provisional_where_one_of_them_is(btob: Pack, plan_of: PlanOf) -> None:
    show = {
        "campaign": "trade_show",
        "purpose": "acquisition",
        "lead_to_opportunity": None,
        "show_stages": ["valid_lead"],
        "booked_meetings": "0",
        "card_to_valid_lead": {"count": "100", "of": "200"},
        "valid_lead_to_opportunity": {"likely": "20%", "source": "assumption"},
    }
    found = targets_of(btob, plan_of(**{**SITE, **show}), btob.kpis["card_to_opportunity_rate"])
    assert (value(found.baseline), value(found.must.quantity)) == (None, Fraction(1, 10))
    assert found.provisional


def test_kpi_that_is_the_monthly_rate_of_a_list_has_to_become_what_the_list_needs(
    btob: Pack, plan_of: PlanOf
) -> None:
    # 310 days are 10.19 months: 136 opportunities from 1,000 contacts take 1.334 % a month.
    kpi = btob.kpis["hot_leads"].model_copy(update={"measures": Measures(rate="contact_to_opportunity")})
    found = targets_of(btob, plan_of(**LIST), kpi)
    needed = Fraction(136, 1000) / (Fraction(310) / Fraction(365, 12))
    assert (value(found.baseline), value(found.must.quantity)) == (Fraction(1, 100), needed)
    assert (found.must.why.formula, found.provisional) == ("stock_rate", False)
    assert value(found.ratio) == needed * 100
    assert value(found.target.quantity) is value(found.stretch.quantity) is None


def test_goal_that_is_a_rate_is_its_own_target(plan_of: PlanOf) -> None:
    goal = {"kgi_kind": "rate", "kgi_rate_step": "lead_to_opportunity", "kgi_rate_from": "20%"}
    plan = plan_of(**SITE, **goal, kgi_rate_to="25%", kgi_rate_volume="月10件")
    kpi = planned(plan, "web_lead_to_opportunity")
    assert numbers(kpi) == (Fraction(1, 5), Fraction(1, 4), Fraction(1, 4), None)
    assert (value(kpi.ratio), kpi.provisional) == (Fraction(5, 4), False)
