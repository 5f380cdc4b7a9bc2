"""The failures F1 to F17: each is found where it is, once for all KPIs, and not in a good plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.kpis.failures import CODES
from checklist.planning.plan import Plan
from checklist.wording import Phrases, present

PlanOf = Callable[..., Plan]
EVERY = [f"F{number}" for number in range(1, 18)]

GOOD_LIST = [
    {"name": "新規リード数", "now": "月20件", "target": "月40件", "owner": "田中", "link": "商談が増える"},
    {"name": "有効リード率", "now": "60%", "target": "65%", "owner": "佐藤", "per": "lead"},
    {"name": "フォーム到達率", "now": "3%", "target": "4%", "owner": "鈴木", "per": "user"},
    {"name": "フォーム完了率", "now": "25%", "target": "35%", "owner": "鈴木"},
]
GOOD: dict[str, Any] = {
    "campaign_date": "2026-12-10",
    "orders_booked": "0",
    "pipeline_expected": "0",
    "business": "在庫管理クラウド",
    "kgi_sentence": "2027年12月31日までに、在庫管理クラウドの新規受注を1億円にする",
    "web_stages": ["visit", "valid_lead"],
    "visit_counting": "users",
    "lead_to_opportunity": None,
    "visit_to_lead": {"count": "1,200", "of": "60,000", "period": "1年"},
    "lead_to_valid_lead": {"count": "720", "of": "1,200", "period": "1年"},
    "valid_lead_to_opportunity": {"count": "300", "of": "720", "period": "1年"},
    "opportunity_to_deal": {"count": "75", "of": "300", "period": "1年"},
    "meeting_capacity": "月60件",
    "baseline_frozen": "yes",
    "review_date": "2027-03-01",
    "one_named_owner": "yes",
    "stage_definitions_written": "yes",
    "key_page_reach_baseline": "18%",
    "form_reach_baseline": "3%",
    "form_completion_baseline": "25%",
    "inquiries_baseline": "900件",
    "inquiries_target": "1,000件",
    "lead_volume": "月100件",
    "opportunity_volume": "月25件",
    "current_kpis": GOOD_LIST,
}


def listed(*rows: dict[str, str], **changes: Any) -> dict[str, Any]:
    return {"current_kpis": list(rows), **changes}


PAGE_VIEWS = {"name": "月間PV", "now": "月5万", "owner": "田中"}
LEADS = {"name": "新規リード数", "now": "月20件", "owner": "田中"}
RESULTS = [LEADS, {"name": "Web起点の受注数", "now": "月2件", "owner": "田中"}]
SIX = [{**LEADS, "name": f"指標{n}", "link": "近づく"} for n in range(6)]

FEW = {"visit_to_lead": "5%", "valid_lead_to_opportunity": "50%", "opportunity_to_deal": "50%"}
FEW |= {"kgi_amount": "1200万円", "lead_volume": "月1件", "opportunity_volume": "月1件"}
NEW_MA = {"campaign": "ma_rollout", "ma_phase": "start"}

# The code, the finding that says it, and what is wrong in an otherwise good plan.
WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("F1", "current_kpi_vanity", listed(PAGE_VIEWS)),
    ("F1", "kgi_sentence_about_activity", {"kgi_sentence": "PV100万"}),
    ("F2", "current_kpi_without_link", listed({"name": "勉強会", "now": "月2回", "owner": "田中"})),
    ("F3", "current_kpi_is_goal_slice", listed({**LEADS, "name": "月次売上"})),
    ("F4", "current_kpis_too_many", listed(*SIX)),
    ("F5", "current_kpis_all_lagging", listed(*RESULTS)),
    ("F6", "current_kpi_without_owner", listed({**LEADS, "owner": "マーケティング部"})),
    ("F7", "current_kpi_without_baseline", listed({"name": "新規リード数", "target": "月40件"})),
    ("F7", "primary_without_baseline", {"inquiries_baseline": "unknown"}),
    ("F8", "current_kpi_vague", listed({"name": "ブランド力", "link": "選ばれる"})),
    ("F9", "kpi_cannot_be_judged", FEW),
    ("F10", "current_kpi_without_guardrail", listed(LEADS)),
    ("F11", "leads_without_fit", {"web_stages": ["visit"], "lead_to_opportunity": "20%"}),
    ("F12", "lead_deadline_past", {"opportunity_to_deal_time": "2年"}),
    ("F13", "sales_capacity_short", {"meeting_capacity": "月2件"}),
    ("F14", "freeze_before_renewal", {"baseline_frozen": "no"}),
    ("F14", "new_ma_changes_definitions", {**NEW_MA, "stage_definitions_written": "no"}),
    ("F15", "review_date_missing", {"review_date": "unknown"}),
    ("F16", "provisional_rates", {"visit_to_lead": {"likely": "2%", "source": "assumption"}}),
    (
        "F16",
        "current_kpi_target_is_benchmark",
        listed({"name": "商談化率", "kpi": "web_lead_to_opportunity", "target": "20%"}),
    ),
    ("F17", "current_kpi_denominators_mixed", listed({**LEADS, "name": "フォーム到達率", "per": "session"})),
]  # fmt: skip


WIN_RATE = {"kgi_kind": "rate", "kgi_rate_step": "opportunity_to_deal"}


def test_good_plan_shows_none_of_the_failures(plan_of: PlanOf) -> None:
    plan = plan_of("full", **GOOD)
    # Visits are a stage of this site, of which a note reminds however good the plan is.
    assert [f.id for f in plan.findings if f.code and f.id != "visits_are_not_the_goal"] == []
    assert all(kpi.suggestion.action == "keep" for kpi in plan.current_kpis)


@pytest.mark.parametrize(("code", "finding", "wrong"), WRONG, ids=[f"{c}-{f}" for c, f, _ in WRONG])
def test_failure_is_found_once(plan_of: PlanOf, code: str, finding: str, wrong: dict[str, Any]) -> None:
    plan = plan_of("full", **{**GOOD, **wrong})
    assert [found.code for found in plan.findings if found.id == finding] == [code]


def test_every_code_is_said_by_a_rule_a_check_or_the_engine(btob: Pack) -> None:
    said = {rule.code for rule in btob.findings} | {
        check.code for item in btob.items for check in item.checks
    }
    assert sorted((said | set(CODES.values())) - {None}) == sorted(EVERY)
    assert {code for code, _, _ in WRONG} == set(EVERY)


def test_rule_about_each_kpi_makes_one_finding_that_names_them_all(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    rows = [{**LEADS, "name": name, "owner": "営業部", "link": "近づく"} for name in ("電話", "訪問", "手紙")]
    plan = plan_of("full", **{**GOOD, **listed(*rows)})
    (found,) = [finding for finding in plan.findings if finding.id == "current_kpi_without_owner"]
    assert found.kpis == ("電話", "訪問", "手紙")
    (view,) = [view for view in present(plan, btob, phrases, "ja").findings if view.id == found.id]
    assert view.body.startswith("対象は「電話」「訪問」「手紙」です。")


def test_recommended_kpis_are_named_by_their_titles_and_are_concerned(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of("full", **{**GOOD, "inquiries_baseline": "unknown"})
    (found,) = [finding for finding in plan.findings if finding.id == "primary_without_baseline"]
    assert found.concerns == found.kpis == ("inquiries",)
    (view,) = [view for view in present(plan, btob, phrases, "en").findings if view.id == found.id]
    assert "Inquiries" in view.body


def test_baseline_nobody_was_asked_for_is_not_missed(plan_of: PlanOf) -> None:
    assert "primary_without_baseline" not in {finding.id for finding in plan_of("quick").findings}


def test_sentence_and_answers_that_differ_are_shown_side_by_side(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of("full", **{**GOOD, "kgi_sentence": "2027年3月末までに在庫管理クラウドで8,000万円"})
    views = {view.id: view.body for view in present(plan, btob, phrases, "ja").findings}
    assert "8,000万円" in views["kgi_number_differs"] and "100,000,000円" in views["kgi_number_differs"]
    assert "2027年3月末" in views["kgi_date_differs"] and "2027年12月31日" in views["kgi_date_differs"]


@pytest.mark.parametrize(
    ("sentence", "changes", "differs"),
    [
        ("受注30件", {"kgi_kind": "count", "kgi_count_stage": "deal", "kgi_count": "40"}, True),
        ("受注40件で1億円", {"kgi_kind": "count", "kgi_count_stage": "deal", "kgi_count": "40"}, False),
        ("売上を前年比30%増", {"kgi_kind": "growth", "growth_rate": "30%"}, False),
        ("売上を前年比130%に", {"kgi_kind": "growth", "growth_rate": "30%"}, False),
        ("売上を1.3倍に", {"kgi_kind": "growth", "growth_rate": "30%"}, False),
        ("売上を1.5倍に", {"kgi_kind": "growth", "growth_rate": "30%"}, True),
        ("受注率を20%から25%に", {**WIN_RATE, "kgi_rate_to": "25%"}, False),
        ("受注を120百万円", {"kgi_amount": "1億2,000万円"}, False),
        ("受注を$1 million", {}, False),
        ("PV100万", {}, False),
    ],
)  # fmt: skip
def test_number_is_compared_with_the_goal_of_its_own_kind(
    plan_of: PlanOf, sentence: str, changes: dict[str, Any], differs: bool
) -> None:
    plan = plan_of("full", kgi_sentence=sentence, **changes)
    assert ("kgi_number_differs" in {finding.id for finding in plan.findings}) is differs


def test_sentence_left_out_is_no_failure(plan_of: PlanOf) -> None:
    assert [f.id for f in plan_of("full").findings if f.id.startswith("kgi_sentence")] == []


def test_number_of_things_to_do_is_not_the_goal(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count_stage": "deal", "kgi_count": "40"}
    plan = plan_of("full", kgi_sentence="記事を10本公開し、新規受注を40件にする", **count)
    assert "kgi_number_differs" not in {finding.id for finding in plan.findings}
    plan = plan_of("full", kgi_sentence="記事を40本公開し、新規受注を30件にする", **count)
    assert "kgi_number_differs" in {finding.id for finding in plan.findings}
