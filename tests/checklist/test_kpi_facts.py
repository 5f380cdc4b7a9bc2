"""What rules may read of each KPI: what cannot be told is Unknown, never a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.inputs import Inputs
from checklist.planning.kpis.current import CurrentKpi
from checklist.planning.kpis.facts import current_counts, current_facts, planned_facts
from checklist.planning.kpis.sentence import sentence_facts
from checklist.planning.kpis.traits import later_stage
from checklist.planning.plan import Plan
from checklist.quantity import ONE, Known, Unknown
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route
from tests.conftest import TODAY, WORKED

PlanOf = Callable[..., Plan]
TYPED = ("current_kpis",)
OPEN = Unknown(TYPED)


@pytest.fixture
def lead(plan_of: PlanOf) -> CurrentKpi:
    (kpi,) = plan_of("full", current_kpis=[{"name": "新規リード数", "now": "月20件"}]).current_kpis
    return kpi


def timed(kpi: CurrentKpi, *timings: str | None, guardrails: int = 0) -> list[CurrentKpi]:
    """Return KPIs of these timings, the first of them guard-rails."""
    return [
        replace(kpi, traits=replace(kpi.traits, timing=timing, is_guardrail=place < guardrails))
        for place, timing in enumerate(timings)
    ]


def count(number: int) -> Known:
    return Known(Fraction(number), ONE, TYPED)


def test_no_list_says_nothing_about_how_many_kpis_there_are() -> None:
    assert set(current_counts(()).values()) == {OPEN}


def test_kpis_are_counted_without_guardrails_and_by_timing(lead: CurrentKpi) -> None:
    assert current_counts(timed(lead, "leading", "lagging", "lagging", guardrails=1)) == {
        "current_main_kpis": count(2),
        "current_leading_kpis": count(1),
        "current_lagging_kpis": count(2),
    }


def test_no_leading_kpi_among_known_ones_is_zero_and_among_open_ones_unknown(lead: CurrentKpi) -> None:
    assert current_counts(timed(lead, "lagging"))["current_leading_kpis"] == count(0)
    assert current_counts(timed(lead, "lagging", None))["current_leading_kpis"] == OPEN
    assert current_counts(timed(lead, "leading", None))["current_leading_kpis"] == count(1)


def test_guardrail_needs_no_guardrail_of_its_own(lead: CurrentKpi) -> None:
    alone = replace(lead, traits=replace(lead.traits, has_guardrail=False, is_guardrail=False))
    rail = replace(lead, traits=replace(lead.traits, has_guardrail=False, is_guardrail=True))
    assert current_facts(alone)["kpi_has_guardrail"] is False
    assert current_facts(rail)["kpi_has_guardrail"] == OPEN


def test_ratio_is_what_the_team_wants_over_what_it_has(plan_of: PlanOf) -> None:
    row = {"name": "新規リード数", "now": "月20件", "target": "月30件"}
    (kpi,) = plan_of("full", current_kpis=[row]).current_kpis
    assert current_facts(kpi)["kpi_ratio"] == Known(Fraction(3, 2), ONE, TYPED)
    (kpi,) = plan_of("full", current_kpis=[{**row, "now": ""}]).current_kpis
    assert current_facts(kpi)["kpi_ratio"] == OPEN


def planned(pack: Pack, plan: Plan, kpi_id: str, path: str = "full", **changes: Any) -> dict[str, object]:
    given = {name: answer for name, answer in {**WORKED, **changes}.items() if answer is not None}
    answers = read_answers(pack, {"pack": "btob", "path": path, "answers": given})
    inputs = Inputs(pack, answers, route(pack, answers), TODAY)
    kpi = next(one for one in plan.kpis if one.id == kpi_id)
    return dict(planned_facts(inputs, kpi, plan.kpis))


def facts_of(
    pack: Pack, plan_of: PlanOf, kpi_id: str, path: str = "full", **changes: Any
) -> dict[str, object]:
    return planned(pack, plan_of(path, **changes), kpi_id, path, **changes)


def test_recommended_kpi_tells_its_role_timing_target_and_what_stands_beside_it(
    btob: Pack, plan_of: PlanOf
) -> None:
    facts = facts_of(btob, plan_of, "web_new_leads", orders_booked="0", pipeline_expected="0")
    assert (facts["kpi_role"], facts["kpi_timing"]) == ("primary", btob.kpis["web_new_leads"].timing)
    assert (facts["kpi_vanity"], facts["kpi_has_target"]) == (False, True)
    assert facts["kpi_has_guardrail"] is True  # web_valid_lead_rate
    assert facts["kpi_has_next"] is True  # web_lead_to_opportunity
    assert facts["kpi_ratio"] == Unknown(("web_new_leads",))


def test_final_kpi_has_nothing_behind_it(btob: Pack, plan_of: PlanOf) -> None:
    assert facts_of(btob, plan_of, "web_lead_to_opportunity")["kpi_has_next"] is False


def test_kpi_that_is_paired_with_nothing_in_the_plan_has_no_guardrail(btob: Pack, plan_of: PlanOf) -> None:
    plan = plan_of("full")
    alone = replace(plan, kpis=tuple(kpi for kpi in plan.kpis if kpi.id in ("form_reach", "web_new_leads")))
    assert planned(btob, alone, "web_new_leads")["kpi_has_guardrail"] is False


def test_kpi_without_target_says_so(btob: Pack, plan_of: PlanOf) -> None:
    assert facts_of(btob, plan_of, "form_reach")["kpi_has_target"] is False
    assert facts_of(btob, plan_of, "form_reach", form_reach_target="4%")["kpi_has_target"] is True
    assert facts_of(btob, plan_of, "form_reach", form_reach_baseline="3%")["kpi_has_target"] is True


def test_present_value_asked_for_and_not_given_is_missing(btob: Pack, plan_of: PlanOf) -> None:
    assert facts_of(btob, plan_of, "form_reach")["kpi_has_baseline"] is False
    assert facts_of(btob, plan_of, "form_reach", form_reach_baseline="3%")["kpi_has_baseline"] is True
    assert facts_of(btob, plan_of, "web_new_leads", lead_volume="月20件")["kpi_has_baseline"] is True


def test_present_value_that_nobody_asked_for_is_open(btob: Pack, plan_of: PlanOf) -> None:
    assert facts_of(btob, plan_of, "form_reach", "quick")["kpi_has_baseline"] == Unknown(("form_reach",))


def test_pace_that_was_typed_counts_where_the_goal_is_covered(btob: Pack, plan_of: PlanOf) -> None:
    covered = {"existing_revenue": "1億円", "lead_volume": "月20件"}
    assert facts_of(btob, plan_of, "web_new_leads", **covered)["kpi_has_baseline"] is True


def test_kpi_that_needs_no_guardrail_leaves_it_open(btob: Pack, plan_of: PlanOf) -> None:
    listed = {"campaign": "ma_rollout", "ma_phase": "growth", "purpose": None, "lead_to_opportunity": None}
    assert btob.kpis["spam_complaint_rate"].guardrails == ()
    facts = facts_of(btob, plan_of, "spam_complaint_rate", **listed)
    assert facts["kpi_has_guardrail"] == Unknown(("spam_complaint_rate",))


def test_kpi_of_the_same_stage_is_not_a_later_one() -> None:
    assert later_stage("capture", "qualify")
    assert not later_stage("capture", "capture") and not later_stage("qualify", "capture")


@pytest.mark.parametrize(("sentence", "differs"), [("受注1億円", False), ("受注2億円", True)])
def test_rules_may_read_that_sentence_and_answers_differ(btob: Pack, sentence: str, differs: bool) -> None:
    answers = read_answers(
        btob, {"pack": "btob", "path": "full", "answers": {**WORKED, "kgi_sentence": sentence}}
    )
    facts = sentence_facts(Inputs(btob, answers, route(btob, answers), TODAY))
    assert facts["kgi_sentence_disagrees"] is differs
    assert (facts["kgi_sentence_has_number"], facts["kgi_sentence_has_date"]) == (True, False)
    assert (facts["kgi_sentence_is_activity"], facts["kgi_sentence_is_vague"]) == (False, False)
