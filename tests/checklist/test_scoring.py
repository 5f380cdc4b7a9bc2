"""How leads are handed over: what the plan's KPIs call for, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from checklist.errors import PackError
from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.planning.plan import Plan, make_plan
from checklist.planning.scores.scoring import Call, PlannedRule, ScoringPlan
from checklist.quantity import Known
from checklist.questionnaire.answers import read_answers
from checklist.wording.phrases import LANGUAGES, Phrases
from checklist.wording.sections.scoring import scoring_sections
from checklist.wording.view import SectionView
from checklist.wording.words import Words
from tests.builders import tiny_pack

MaPlan = Callable[..., Plan]
COUNTED: dict[str, Any] = {
    "scored_leads": "2,000",
    "scored_won": "100",
    "ma_actions": [
        {"action": "price_page_views", "did": "200", "won": "40"},
        {"action": "document_download", "did": "400", "won": "22"},
        {"action": "webinar_attended", "did": "80", "won": "8"},
        {"action": "mail_clicked", "did": "500", "won": "0"},
    ],
}


@pytest.fixture(scope="module")
def ma_plan(btob: Pack, root: Path) -> MaPlan:
    example = yaml.safe_load((root / "tests/examples/saas_ma_rollout.yaml").read_text(encoding="utf-8"))

    def make(**changes: Any) -> Plan:
        given = {**example["answers"], **changes}
        answers = read_answers(
            btob, {**example, "answers": {k: v for k, v in given.items() if v is not None}}
        )
        return make_plan(btob, answers, date(2026, 11, 24))

    return make


def scoring(plan: Plan) -> ScoringPlan:
    assert plan.scoring is not None
    return plan.scoring


def rules(plan: Plan) -> dict[str, PlannedRule]:
    return {rule.id: rule for rule in scoring(plan).rules}


def triggers(plan: Plan) -> set[str]:
    return {trigger.id for trigger in scoring(plan).triggers}


def test_a_site_renewal_hands_nothing_over_by_score(plan_of: Callable[..., Plan]) -> None:
    assert plan_of().scoring is None


def test_every_rule_and_trigger_says_which_kpi_of_the_plan_calls_for_it(ma_plan: MaPlan) -> None:
    for phase in ("start", "growth", "mature"):
        plan = ma_plan(ma_phase=phase)
        planned = {kpi.id for kpi in plan.kpis}
        assert all(rule.calls for rule in scoring(plan).rules)
        assert all(trigger.calls or trigger.answers for trigger in scoring(plan).triggers)
        called = [rule.calls for rule in scoring(plan).rules]
        called += [trigger.calls for trigger in scoring(plan).triggers]
        assert {call.kpi for calls in called for call in calls} <= planned


def test_a_programme_that_starts_gets_three_to_five_rules(ma_plan: MaPlan) -> None:
    start, growth = ma_plan(ma_phase="start"), ma_plan()
    assert 3 <= len(rules(start)) <= 5
    assert len(rules(growth)) > 5
    assert "start_small" in scoring(start).notes
    assert "start_small" not in scoring(growth).notes


def test_fit_behaviour_and_minus_points_stand_apart(ma_plan: MaPlan) -> None:
    plan = scoring(ma_plan())
    axes = [{rule.id for rule in plan.rules_of(axis)} for axis in ("fit", "behaviour", "negative")]
    assert sum(len(axis) for axis in axes) == len(plan.rules)
    assert all(axes)
    assert all(rule.points <= 0 for rule in plan.rules_of("negative"))
    assert plan.line is not None and plan.line.fit > 0


def test_a_kpi_further_on_calls_for_a_trigger_only_through_the_next_step(ma_plan: MaPlan) -> None:
    called = {trigger.id: trigger.calls for trigger in scoring(ma_plan()).triggers}
    assert Call("mail_click_rate") in called["download_follow_up"]
    assert "wake_up" not in called
    assert "wake_up" in triggers(ma_plan(ma_phase="mature"))


def test_renewals_are_watched_where_the_goal_rests_on_present_customers(ma_plan: MaPlan) -> None:
    mature = ma_plan(ma_phase="mature")
    reminder = next(part for part in scoring(mature).triggers if part.id == "renewal_reminder")
    assert reminder.answers == ("ma_phase", "kgi_basis", "existing_revenue")
    assert "renewal_reminder" not in triggers(ma_plan(ma_phase="mature", existing_revenue="0円"))


def test_the_deadline_is_the_one_that_was_answered(ma_plan: MaPlan) -> None:
    def agreed(**changes: Any) -> list[str | None]:
        return [stage.agreed for stage in scoring(ma_plan(**changes)).stages if stage.id == "handover"]

    assert agreed() == ["three_days"]
    assert agreed(first_response="undecided") == agreed(first_response=None) == [None]


def test_no_more_is_handed_over_than_sales_can_take(ma_plan: MaPlan) -> None:
    # 30 opportunities a month at 50 of 200 MQLs.
    line = scoring(ma_plan()).line
    assert line is not None and isinstance(line.handovers.quantity, Known)
    assert line.handovers.quantity.value == 120
    assert str(line.handovers.quantity.unit) == "mql/month"


def test_without_counts_every_point_is_provisional(ma_plan: MaPlan) -> None:
    assert {rule.points_source for rule in scoring(ma_plan()).rules} == {"provisional"}
    assert scoring(ma_plan()).everyone is None


def test_counts_give_points_and_the_line_no_longer_holds(ma_plan: MaPlan) -> None:
    plan = ma_plan(**COUNTED)
    found = {name: (rule.points, rule.points_source) for name, rule in rules(plan).items()}
    assert found["price_page_views"] == (19, "lift")
    assert found["document_download"] == (0, "lift")
    assert found["mail_clicked"] == (-30, "lift")
    assert found["webinar_attended"] == (15, "provisional")
    assert scoring(ma_plan()).line.holds  # type: ignore[union-attr]
    assert not scoring(plan).line.holds  # type: ignore[union-attr]


def test_a_counted_action_stays_in_even_where_no_kpi_calls_for_it(ma_plan: MaPlan) -> None:
    assert "mail_clicked" not in rules(ma_plan(ma_phase="mature"))
    assert rules(ma_plan(ma_phase="mature", **COUNTED))["mail_clicked"].calls == ()


def test_nothing_won_leaves_every_point_provisional(ma_plan: MaPlan) -> None:
    plan = ma_plan(**COUNTED | {"scored_won": "0"})
    assert {rule.points_source for rule in scoring(plan).rules} == {"provisional"}


def test_of_actions_that_go_together_only_the_highest_counts(ma_plan: MaPlan) -> None:
    caps = {cap.id: cap.most for cap in scoring(ma_plan()).caps}
    assert caps == {"considering": 20, "reacting": 10}
    assert {cap.id: cap.most for cap in scoring(ma_plan(**COUNTED)).caps}["considering"] == 19
    # One action of a group has nothing to be added to.
    assert scoring(ma_plan(ma_phase="start")).caps == ()
    assert [cap.id for cap in scoring(ma_plan(ma_phase="mature")).caps] == ["considering"]


def test_the_list_of_actions_offers_the_rules_for_behaviour(btob: Pack) -> None:
    action = btob.questions["ma_actions"].columns[0]
    behaviour = {rule.id for rule in btob.scoring["ma_rollout"].rules if rule.axis == "behaviour"}
    assert {option.option.id for option in action.options} == behaviour
    titles = {rule.id: rule.title for rule in btob.scoring["ma_rollout"].rules}
    assert all(option.option.title == titles[option.option.id] for option in action.options)


def test_every_kpi_of_ma_has_a_whole_row(btob: Pack) -> None:
    kpis = [kpi for kpi in btob.kpis.values() if "ma_rollout" in kpi.campaigns]
    assert len(kpis) == 28
    assert all(kpi.measurement for kpi in kpis)
    rates = [kpi for kpi in kpis if kpi.unit == "percent" and kpi.id != "ma_return_on_investment"]
    assert all(kpi.population for kpi in rates)
    assert [kpi.id for kpi in kpis if kpi.stage not in ("win", "retain") and kpi.next_step is None] == []


def section(plan: Plan, btob: Pack, phrases: Phrases, language: str) -> SectionView:
    (view,) = scoring_sections(Words(btob, phrases, language), plan)
    return view


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_even_and_leave_no_cell_empty(
    ma_plan: MaPlan, btob: Pack, phrases: Phrases, language: str
) -> None:
    for changes in ({"ma_phase": "start"}, {}, {"ma_phase": "mature", **COUNTED}):
        for table in section(ma_plan(**changes), btob, phrases, language).tables:
            assert len(table.columns) <= 6
            assert all(len(row) == len(table.columns) for row in table.rows)
            assert all(cell.text.strip() for row in table.rows for cell in row)


def test_points_say_what_they_rest_on(ma_plan: MaPlan, btob: Pack, phrases: Phrases) -> None:
    view = section(ma_plan(**COUNTED), btob, phrases, "ja")
    behaviour = next(table for table in view.tables if "行動" in table.caption)
    cells = {row[0].text: row for row in behaviour.rows}
    price, webinar = cells["料金ページを7日間に3回以上見た"], cells["セミナー（ウェビナー）に参加した"]
    assert (price[1].text, price[1].provisional) == ("+19", False)
    assert "200件中40件" in price[2].text and "95%" in price[2].text
    assert (webinar[1].text, webinar[1].provisional) == ("+15", True)
    assert webinar[2].text.startswith("データ不足・仮点")
    assert any("確率を表すものではありません" in note for note in view.notes)


def test_a_show_gets_ranks_and_what_starts_after_it(btob: Pack, root: Path, phrases: Phrases) -> None:
    example = yaml.safe_load((root / "tests/examples/robot_trade_show.yaml").read_text(encoding="utf-8"))
    plan = make_plan(btob, read_answers(btob, example), date(2026, 11, 24))
    assert {"rank_a_loaded", "rank_b_loaded", "rank_c_loaded"} <= triggers(plan)
    assert len(section(plan, btob, phrases, "en").tables) == 2


BROKEN = """\
id: {campaign}
title: {{ ja: 引き渡し, en: Handover }}
intro: {{ ja: 引き渡し, en: Handover }}
stages: []
rules:
  - id: rule
    axis: fit
    title: {{ ja: 条件, en: Rule }}
    points: 5
    follows: [{kpi}]
    source: {{ ja: 例, en: Example }}
"""


@pytest.mark.parametrize(
    ("campaign", "kpi", "code"),
    [("tea_party", "inquiries", "unknown_campaign"), ("site_renewal", "tea_served", "unknown_kpi")],
)
def test_scoring_that_leads_nowhere_is_refused(tmp_path: Path, campaign: str, kpi: str, code: str) -> None:
    text = BROKEN.format(campaign=campaign, kpi=kpi)
    with pytest.raises(PackError) as caught:
        load_pack(tiny_pack(tmp_path, {f"scoring/{campaign}.yaml": text}))
    assert code in {problem.code for problem in caught.value.problems}
