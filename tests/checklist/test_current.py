"""The team's own KPIs: what is read into a name, what is noticed, and what is suggested."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.kpis.current import CurrentKpi, read_value
from checklist.planning.kpis.named import guess_kpi, is_money_of_goal, is_person
from checklist.planning.plan import Plan
from checklist.quantity import Known, Unknown
from checklist.wording import Phrases, present

PlanOf = Callable[..., Plan]
SOUND = {"name": "新規リード数", "now": "月20件", "target": "月40件", "owner": "田中", "link": "商談が増える"}


def examined(plan_of: PlanOf, *rows: dict[str, str], **changes: Any) -> tuple[CurrentKpi, ...]:
    return plan_of("full", current_kpis=list(rows), **changes).current_kpis


def only(plan_of: PlanOf, row: dict[str, str], **changes: Any) -> CurrentKpi:
    (kpi,) = examined(plan_of, row, **changes)
    return kpi


def test_without_a_list_nothing_is_examined_and_nothing_is_printed(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of("full")
    assert plan.current_kpis == ()
    sections = [section.id for section in present(plan, btob, phrases, "ja").kpi_sections]
    assert "current_kpis" not in sections


def test_name_like_a_title_is_taken_for_that_kpi_and_said_to_be_a_guess(plan_of: PlanOf) -> None:
    kpi = only(plan_of, SOUND)
    assert (kpi.kpi, kpi.guessed) == ("web_new_leads", True)


def test_kpi_that_the_team_chose_is_no_guess(plan_of: PlanOf) -> None:
    kpi = only(plan_of, {**SOUND, "kpi": "inquiries"})
    assert (kpi.kpi, kpi.guessed) == ("inquiries", False)


@pytest.mark.parametrize(
    ("name", "kpi"),
    [
        ("新規リード数（サイト経由）", "web_new_leads"),
        ("ﾌｫｰﾑ完了率", "form_completion"),
        ("資料ダウンロード", "document_downloads"),
        ("engagement RATE", "engagement_rate"),
        ("サービスサイトの訪問ユーザー数", "web_users"),
        ("社内勉強会の回数", None),
        ("CV", None),
    ],
)
def test_titles_are_compared_by_likeness(btob: Pack, name: str, kpi: str | None) -> None:
    of_site = [one for one in btob.kpis.values() if "site_renewal" in one.campaigns]
    assert guess_kpi(of_site, name, ()) == kpi


def test_kpi_of_another_campaign_is_not_guessed(plan_of: PlanOf) -> None:
    assert only(plan_of, {**SOUND, "name": "開封率"}).kpi is None


@pytest.mark.parametrize(
    "owner", ["田中", "営業部 田中", "田中（営業部）", "阿部", "営業部長", "K. Tanaka", "Head of Sales"]
)
def test_person_or_post_is_an_owner(owner: str) -> None:
    assert is_person(owner)


@pytest.mark.parametrize(
    "owner",
    [
        "営業部",
        "マーケチーム",
        "第一営業部",
        "インサイドセールス",
        "全員",
        "未定",
        "sales team",
        "Marketing",
        "TBD",
    ],
)
def test_team_is_no_owner(owner: str) -> None:
    assert not is_person(owner)


def test_owner_left_blank_is_open_where_the_team_says_that_everyone_has_one(plan_of: PlanOf) -> None:
    row = {key: text for key, text in SOUND.items() if key != "owner"}
    assert "no_owner" in only(plan_of, row).noticed
    assert "no_owner" not in only(plan_of, row, one_named_owner="yes").noticed


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3.2%", Fraction(4, 125), "1"),
        ("3割", Fraction(3, 10), "1"),
        ("700万円", Fraction(7_000_000), "jpy"),
        ("¥5,000", Fraction(5000), "jpy"),
        ("4時間", Fraction(4), "hour"),
        ("月20件", Fraction(20), "case/month"),
        ("240 in 12 months", Fraction(20), "case/month"),
        ("１，２００", Fraction(1200), "case"),
        ("300枚", Fraction(300), "case"),
    ],
)
def test_value_is_read_with_the_unit_it_shows(text: str, value: Fraction, unit: str) -> None:
    read = read_value(text)
    assert read is not None and (read.value, str(read.unit)) == (value, unit)


@pytest.mark.parametrize("text", ["高める", "前年並み", "A+", "10〜20", "", "1e9"])
def test_value_that_cannot_be_read_is_unknown_and_not_wrong(plan_of: PlanOf, text: str) -> None:
    kpi = only(plan_of, {**SOUND, "now": text})
    assert isinstance(kpi.now, Unknown)
    assert ("no_baseline" in kpi.noticed or "target_without_baseline" in kpi.noticed) is (text == "")


def test_page_views_alone_are_to_be_paired_with_what_follows(plan_of: PlanOf) -> None:
    kpi = only(plan_of, {"name": "月間PV", "now": "月5万", "owner": "田中"})
    assert kpi.noticed[0] == "vanity" and "no_link" not in kpi.noticed
    assert (kpi.suggestion.action, kpi.suggestion.reasons) == ("pair", ("vanity",))
    assert kpi.suggestion.kpi is not None


def test_page_views_beside_leads_are_no_vanity(plan_of: PlanOf) -> None:
    views, _ = examined(plan_of, {"name": "月間PV", "now": "月5万", "link": "見る人が増える"}, SOUND)
    assert "vanity" not in views.noticed


@pytest.mark.parametrize("name", ["月次売上", "Web経由の売上高", "受注額（四半期）", "Monthly sales", "MRR"])
def test_slice_of_an_amount_is_replaced(plan_of: PlanOf, name: str) -> None:
    kpi = only(plan_of, {**SOUND, "name": name})
    assert kpi.noticed[0] == "goal_slice"
    assert kpi.suggestion.action == "replace" and kpi.suggestion.kpi in {"key_page_reach", "form_reach"}


@pytest.mark.parametrize(
    "name", ["受注率", "平均単価", "Sales qualified leads", "売上目標達成率", "Revenue per user"]
)
def test_what_only_sounds_like_sales_is_no_slice(name: str) -> None:
    assert not is_money_of_goal(name)


@pytest.mark.parametrize("name", ["受注率", "Win rate"])
def test_rate_that_is_the_goal_itself_is_no_kpi_on_the_way_to_it(plan_of: PlanOf, name: str) -> None:
    goal = {"kgi_kind": "rate", "kgi_rate_step": "opportunity_to_deal"}
    assert only(plan_of, {**SOUND, "name": name}, **goal).noticed[0] == "goal_slice"
    assert "goal_slice" not in only(plan_of, {**SOUND, "name": "フォーム完了率"}, **goal).noticed


def test_slice_of_a_count_is_found_by_the_stage_that_the_goal_counts(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count_stage": "deal", "kgi_count": "30", "existing_count": "0"}
    count |= {"kgi_amount": None, "existing_revenue": None, "average_deal": None}
    assert only(plan_of, {**SOUND, "name": "月間受注件数"}, **count).noticed[0] == "goal_slice"
    assert "goal_slice" not in only(plan_of, {**SOUND, "name": "受注率"}, **count).noticed


def test_kpi_without_a_reason_is_replaced_by_one_of_the_plan_each_time_another(plan_of: PlanOf) -> None:
    rows = [{"name": f"社内勉強会{n}", "now": "月2回", "owner": "田中"} for n in range(3)]
    found = examined(plan_of, *rows)
    assert all("no_link" in kpi.noticed for kpi in found)
    assert len({kpi.suggestion.kpi for kpi in found}) == 3


def test_stage_of_the_chain_needs_no_reason(plan_of: PlanOf) -> None:
    assert "no_link" not in only(plan_of, {"name": "新規リード数", "now": "月20件", "owner": "田中"}).noticed


def test_lonely_kpi_is_paired_with_a_guardrail_of_the_plan(plan_of: PlanOf) -> None:
    kpi = only(plan_of, SOUND)
    assert "no_guardrail" in kpi.noticed
    assert (kpi.suggestion.action, kpi.suggestion.kpi) == ("pair", "web_valid_lead_rate")


def test_sound_pair_is_kept(plan_of: PlanOf) -> None:
    rate = {
        "name": "有効リード率",
        "now": "60%",
        "target": "65%",
        "owner": "佐藤",
        "per": "lead",
        "decision": "keep",
    }
    leads, valid = examined(plan_of, SOUND, rate)
    assert (leads.noticed, valid.noticed) == ((), ())
    assert (leads.suggestion.action, valid.suggestion.action, valid.decision) == ("keep", "keep", "keep")


def test_denominator_is_compared_with_how_visits_are_counted(plan_of: PlanOf) -> None:
    counted = {"web_stages": ["visit"], "visit_counting": "users"}
    row = {"name": "フォーム到達率", "now": "3%", "owner": "田中"}
    assert "per_differs" in only(plan_of, {**row, "per": "session"}, **counted).noticed
    assert "per_differs" not in only(plan_of, {**row, "per": "user"}, **counted).noticed
    assert "per_differs" not in only(plan_of, {**row, "per": "session"}).noticed


def test_users_and_sessions_in_one_list_are_mixed(plan_of: PlanOf) -> None:
    rows = [{"name": f"率{per}", "now": "3%", "per": per, "link": "近づく"} for per in ("user", "session")]
    assert all("per_differs" in kpi.noticed for kpi in examined(plan_of, *rows))


def test_target_of_a_published_figure_is_noticed_only_without_an_own_value(plan_of: PlanOf) -> None:
    row = {"name": "商談化率", "kpi": "web_lead_to_opportunity", "target": "20%", "owner": "田中"}
    assert "target_is_benchmark" in only(plan_of, row).noticed
    assert "target_is_benchmark" not in only(plan_of, {**row, "now": "15%"}).noticed
    assert "target_is_benchmark" not in only(plan_of, {**row, "target": "21%"}).noticed


def test_far_target_is_noticed_only_in_the_same_unit(plan_of: PlanOf) -> None:
    assert "ambitious" in only(plan_of, {**SOUND, "target": "月80件"}).noticed
    assert "ambitious" not in only(plan_of, {**SOUND, "target": "80件"}).noticed


def test_far_target_where_lower_is_better_is_turned_round(plan_of: PlanOf) -> None:
    row = {"name": "リード単価", "owner": "田中", "link": "費用が下がる", "now": "4万円"}
    assert "ambitious" in only(plan_of, {**row, "target": "1万円"}).noticed
    assert "ambitious" not in only(plan_of, {**row, "target": "16万円"}).noticed


def test_known_values_carry_where_they_come_from(plan_of: PlanOf) -> None:
    kpi = only(plan_of, SOUND)
    assert isinstance(kpi.now, Known) and kpi.now.because == ("current_kpis",)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_table_says_what_was_noticed_and_what_to_do(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str
) -> None:
    rows = [SOUND, {"name": "月次売上", "decision": "replace"}, {"name": "ブランド力", "target": "高める"}]
    plan = plan_of("full", current_kpis=rows)
    (section,) = [s for s in present(plan, btob, phrases, language).kpi_sections if s.id == "current_kpis"]
    (table,) = section.tables
    assert [row[0].text for row in table.rows] == ["新規リード数", "月次売上", "ブランド力"]
    assert len(table.columns) == 4 and all(len(row) == 4 for row in table.rows)
    assert all(cell.text for row in table.rows for cell in row)


def test_name_that_looks_like_an_id_or_markup_stays_as_typed(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of("full", current_kpis=[{"name": "<b>lead</b>"}])
    (section,) = [s for s in present(plan, btob, phrases, "en").kpi_sections if s.id == "current_kpis"]
    assert section.tables[0].rows[0][0].text == "<b>lead</b>"


def test_money_is_no_slice_of_a_goal_that_has_no_kind_yet(plan_of: PlanOf) -> None:
    assert "goal_slice" not in only(plan_of, {**SOUND, "name": "月次売上"}, kgi_kind=None).noticed


def test_rate_with_one_end_on_the_chain_needs_no_reason(plan_of: PlanOf) -> None:
    # The chain tells leads apart and no visits.
    plan = plan_of("full", current_kpis=[{"name": "CVR", "now": "2%", "kpi": "web_lead_conversion"}])
    assert "web_lead_conversion" not in {kpi.id for kpi in plan.kpis}
    assert "no_link" not in plan.current_kpis[0].noticed
    plan = plan_of(
        "full", current_kpis=[{"name": "到達率", "now": "2%", "kpi": "form_reach"}], purpose="awareness"
    )
    assert "no_link" in plan.current_kpis[0].noticed


def test_longest_title_within_a_name_is_meant(btob: Pack) -> None:
    short = btob.kpis["inquiries"].model_copy(update={"title": {"ja": "商談数", "en": "Meetings"}})
    long = btob.kpis["form_reach"].model_copy(update={"title": {"ja": "初回商談数", "en": "First meetings"}})
    assert guess_kpi((short, long), "月間の初回商談数", (short.id,)) == long.id
    assert guess_kpi((short, long), "月間の商談数", ()) == short.id
