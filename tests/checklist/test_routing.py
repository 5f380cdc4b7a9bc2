"""Routing: what is asked, what counts, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.quantity import Known, Unit, Unknown
from checklist.questionnaire import routing
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import chain_stages, chosen_pick, route
from tests.builders import PACKS, tiny_pack

SITE: Mapping[str, Any] = {"campaign": "site_renewal", "purpose": "acquisition", "kgi_kind": "amount"}
SHOW: Mapping[str, Any] = {"campaign": "trade_show", "purpose": "acquisition", "kgi_kind": "amount"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACKS / "minimal")


def walk(pack: Pack, answers: Mapping[str, Any], path: str = "full") -> routing.Path:
    read = read_answers(pack, {"path": path, "answers": answers})
    assert read.problems == ()
    return route(pack, read)


def asked(pack: Pack, answers: Mapping[str, Any], path: str = "full") -> list[str]:
    sections = walk(pack, answers, path).sections
    return [question.id for section in sections for question in section.questions]


def rates(pack: Pack, answers: Mapping[str, Any], path: str = "full") -> list[str]:
    return [name for name in asked(pack, answers, path) if pack.questions[name].ends]


def test_question_is_asked_only_when_its_condition_definitely_holds(pack: Pack):
    assert "kgi_amount" not in asked(pack, {})
    assert "kgi_amount" in asked(pack, {"kgi_kind": "amount"})
    assert "kgi_amount" not in asked(pack, {"kgi_kind": "growth"})


def test_section_whose_condition_cannot_be_told_is_not_on_the_path(pack: Pack):
    assert [section.id for section in walk(pack, {}).sections] == ["campaign_plan", "goal", "process"]
    assert "kpi" in [section.id for section in walk(pack, SITE).sections]


def test_hidden_answer_counts_as_not_given(pack: Pack):
    scope = walk(pack, {"kgi_kind": "count", "kgi_amount": "1億円"}).scope
    assert scope.value("kgi_amount") == Unknown(("kgi_amount",))
    assert not scope.is_answered("kgi_amount") and not scope.is_asked("kgi_amount")
    assert scope.given["kgi_amount"] is not None


def test_answer_that_is_shown_again_counts_again(pack: Pack):
    value = walk(pack, {"kgi_kind": "amount", "kgi_amount": "1億円"}).scope.value("kgi_amount")
    assert value == Known(Fraction(10**8), Unit.parse("jpy"), ("kgi_amount",))


def test_option_that_is_no_longer_shown_counts_as_not_given(pack: Pack):
    counted = {"kgi_kind": "count", "kgi_count_stage": "lead"}
    site = walk(pack, {**SITE, **counted})
    show = walk(pack, {**SHOW, **counted})
    assert site.scope.value("kgi_count_stage") == "lead"
    assert show.scope.value("kgi_count_stage") == Unknown(("kgi_count_stage",))
    (goal,) = [section for section in show.sections if section.id == "goal"]
    assert [option.option.id for option in goal.options["kgi_count_stage"]] == ["deal", "opportunity"]


def test_stage_of_another_campaign_is_not_told_apart(pack: Pack):
    assert rates(pack, {**SHOW, "web_stages": ["visit"]}) == ["card_to_opportunity", "opportunity_to_deal"]


def test_chain_has_the_core_stages_and_those_told_apart_from_the_top_down(pack: Pack):
    read = read_answers(pack, {"answers": {**SITE, "web_stages": ["valid_lead", "visit"]}})
    stages = chain_stages(pack, read, route(pack, read))
    assert stages == ("visit", "lead", "valid_lead", "opportunity", "deal")


def test_rates_are_asked_for_each_step_of_the_chain_in_order(pack: Pack):
    assert rates(pack, {**SITE, "web_stages": ["visit", "valid_lead"]}) == [
        "visit_to_lead",
        "lead_to_valid_lead",
        "valid_lead_to_opportunity",
        "opportunity_to_deal",
    ]
    assert rates(pack, SITE) == ["lead_to_opportunity", "opportunity_to_deal"]


def test_no_rate_is_asked_before_the_campaign_is_known(pack: Pack):
    assert rates(pack, {"kgi_kind": "amount"}) == []


def test_goal_that_counts_a_stage_needs_no_rate_below_it(pack: Pack):
    counted = {**SITE, "kgi_kind": "count", "web_stages": ["visit"]}
    assert rates(pack, {**counted, "kgi_count_stage": "opportunity"}) == [
        "visit_to_lead",
        "lead_to_opportunity",
    ]
    assert rates(pack, {**counted, "kgi_count_stage": "lead"}) == ["visit_to_lead"]


def test_goal_that_is_a_rate_needs_the_rates_below_it_only(pack: Pack):
    raised = {**SITE, "kgi_kind": "rate", "kgi_rate_step": "lead_to_opportunity", "web_stages": ["visit"]}
    assert rates(pack, raised) == ["opportunity_to_deal"]


def test_second_route_is_asked_about_once_it_is_in_use(pack: Pack):
    own = ["booked_meeting_to_held_meeting", "held_meeting_to_opportunity"]
    assert set(own) & set(rates(pack, {**SHOW, "booked_meetings": "0"})) == set()
    assert rates(pack, {**SHOW, "booked_meetings": "20"})[-2:] == own


def test_volumes_are_asked_for_the_stages_of_the_chain(pack: Pack):
    assert "visit_volume" not in asked(pack, SITE)
    names = asked(pack, {**SITE, "web_stages": ["visit"]})
    assert [name for name in names if name.endswith("_volume")] == ["visit_volume", "lead_volume"]


def test_a_volume_that_only_another_campaign_counts_is_not_asked(btob: Pack):
    site, show = {**SITE, "web_stages": ["mql"]}, {**SHOW, "show_stages": ["valid_lead"]}
    assert [name for name in asked(btob, site) if name.endswith("_volume")] == [
        "lead_volume",
        "opportunity_volume",
    ]
    assert [name for name in asked(btob, show) if name.endswith("_volume")] == [
        "card_volume",
        "opportunity_volume",
    ]


def test_quick_path_asks_the_essential_questions_and_the_core_rates(pack: Pack):
    assert asked(pack, {**SITE, "web_stages": ["visit", "valid_lead"]}, "quick") == [
        "campaign",
        "purpose",
        "kgi_kind",
        "kgi_amount",
        "kgi_date",
        "existing_revenue",
        "share",
        "average_deal",
        "lead_to_opportunity",
        "opportunity_to_deal",
    ]


def test_section_with_nothing_to_ask_is_left_out(pack: Pack):
    assert [section.id for section in walk(pack, SITE, "quick").sections] == [
        "campaign_plan",
        "goal",
        "process",
    ]


def test_kpi_that_the_chain_measures_is_not_asked(pack: Pack):
    names = asked(pack, SITE)
    assert "leads_baseline" not in names and "deals_target" not in names
    assert "valid_leads_baseline" in names and "valid_leads_target" in names
    assert "valid_leads_baseline" not in asked(pack, {**SITE, "web_stages": ["valid_lead"]})


def test_guardrail_is_asked_for_its_baseline_only(pack: Pack):
    names = asked(pack, SITE)
    assert "spam_share_baseline" in names and "spam_share_target" not in names


def test_kpi_of_a_second_route_is_measured_once_the_route_is_in_use(pack: Pack):
    assert "held_meetings_baseline" in asked(pack, {**SHOW, "booked_meetings": "0"})
    assert "held_meetings_baseline" not in asked(pack, {**SHOW, "booked_meetings": "20"})


def test_first_pick_that_holds_is_chosen_and_the_last_one_catches_the_rest(pack: Pack):
    def pick(answers: Mapping[str, Any]) -> str | None:
        chosen = chosen_pick(pack, walk(pack, answers).scope)
        return chosen.id if chosen else None

    assert pick(SITE) == "web_acquisition"
    assert pick({**SITE, "purpose": "opportunities"}) == "web_any"
    assert pick({"campaign": "site_renewal", "purpose": "unknown"}) == "web_any"
    assert pick({}) is None


def test_computed_check_is_never_asked(pack: Pack):
    assert "kgi_agreed" in asked(pack, SITE) and "time_left" not in asked(pack, SITE)


def test_unknown_counts_as_answered(pack: Pack):
    before, after = walk(pack, SITE), walk(pack, {**SITE, "kgi_amount": "わからない"})
    assert (after.answered, after.asked) == (before.answered + 1, before.asked)
    assert after.scope.is_answered("kgi_amount")
    assert after.scope.value("kgi_amount") == Unknown(("kgi_amount",))


def test_optional_question_holds_nothing_back(pack: Pack):
    first = walk(pack, {**SITE, "campaign_date": "2027-01-01"}).sections[0]
    assert (first.state, first.answered, first.asked) == ("done", 3, 3)
    more = walk(pack, {**SITE, "campaign_date": "2027-01-01", "business": "Pumps"}).sections[0]
    assert (more.state, more.answered, more.asked) == ("done", 4, 4)


def test_next_is_the_first_question_still_to_answer(pack: Pack):
    assert walk(pack, {}).next == ("campaign_plan", "campaign")
    assert walk(pack, SITE).next == ("campaign_plan", "campaign_date")
    assert walk(pack, {**SITE, "campaign_date": "later"}).next == ("goal", "kgi_basis")


def test_nothing_is_next_when_all_is_answered(pack: Pack):
    answers: dict[str, Any] = dict(SITE)
    while (place := walk(pack, answers, "quick").next) is not None:
        answers[place[1]] = "unknown"
    path = walk(pack, answers, "quick")
    assert {section.state for section in path.sections} == {"done"} and path.answered == path.asked == 10


def test_formula_leaves_out_what_is_not_asked(pack: Pack):
    answers = {**SITE, "kgi_amount": "1億円", "existing_revenue": "2,000万円", "share": "50%"}
    full = {**answers, "orders_booked": "1,000万円"}
    assert walk(pack, full).scope.value("goal_amount").value == 35_000_000
    assert walk(pack, full, "quick").scope.value("goal_amount").value == 40_000_000


def test_formula_says_what_is_missing(pack: Pack):
    value = walk(pack, {**SITE, "kgi_amount": "1億円", "share": "50%"}).scope.value("goal_amount")
    assert value == Unknown(("existing_revenue", "orders_booked"))


def test_facts_can_be_read_beside_the_answers(pack: Pack):
    scope = walk(pack, SITE).scope
    fact = Known(Fraction(100), Unit.parse("day"))
    with_facts = scope.with_facts({"days_to_kgi_date": fact})
    assert scope.value("days_to_kgi_date") == Unknown(("days_to_kgi_date",))
    assert with_facts.value("days_to_kgi_date") == fact
    assert pack.expressions["check.time_left.yes"].holds(with_facts) is True


def test_volume_is_a_number_per_month_and_per_show_it_is_not(pack: Pack):
    scope = walk(pack, {**SITE, "meeting_capacity": "年120件"}).scope
    assert scope.value("meeting_capacity") == Known(
        Fraction(10), Unit.parse("opportunity/month"), ("meeting_capacity",)
    )
    per_show = walk(pack, {**SITE, "meeting_capacity": "20件/回"}).scope
    assert per_show.value("meeting_capacity") == Unknown(("meeting_capacity",))


def test_hidden_one_of_several_chosen_options_is_left_out(tmp_path: Path):
    late = {"sections/90-late.yaml": LATE}
    pack = load_pack(tiny_pack(tmp_path, late))
    path = walk(pack, {"campaign": "trade_show", "late": ["one", "two"]})
    assert path.scope.value("late") == frozenset({"two"})


LATE = """
id: late_section
title: { ja: あ, en: A }
questions:
  - id: late
    type: multiple_choice
    title: { ja: あ, en: A }
    options:
      - { id: one, show_when: "campaign == 'site_renewal'", title: { ja: い, en: One } }
      - { id: two, title: { ja: う, en: Two } }
"""


@pytest.mark.benchmark
def test_routing_the_shipped_pack_takes_no_time_to_speak_of(btob_path: Path):
    pack = load_pack(btob_path)
    read = read_answers(pack, {"answers": {**SITE, "web_stages": ["visit", "valid_lead", "mql", "sql"]}})
    start = perf_counter()
    for _ in range(100):
        route(pack, read)
    assert (perf_counter() - start) / 100 < 0.0015
