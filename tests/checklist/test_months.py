"""The monthly plan of the worked example: 680 leads, 136 opportunities and 34 deals over time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.planning.timing.months import MOST_ROWS, MonthlyPlan
from checklist.quantity import Known, Quantity, Unknown
from checklist.wording import Phrases
from checklist.wording.sections.months import month_sections
from checklist.wording.view import SectionView
from checklist.wording.words import Words

PlanOf = Callable[..., Plan]
Section = Callable[..., SectionView]
TODAY = date(2026, 11, 24)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FULL: dict[str, Any] = {"path": "full", "orders_booked": "0", "pipeline_expected": "0"}
SHOW: dict[str, Any] = {
    **FULL,
    "campaign": "trade_show",
    "lead_to_opportunity": None,
    "card_to_opportunity": "20%",
    "shows_in_period": "1",
    "booked_meetings": "0",
}
MA: dict[str, Any] = {
    **FULL,
    "campaign": "ma_rollout",
    "ma_stages": ["mql"],
    "lead_to_opportunity": None,
    "mailable_contacts": "12,000",
    "contact_growth": "月200件",
    "contact_to_mql": "1%",
    "mql_to_opportunity": "25%",
}


def months_of(plan: Plan) -> MonthlyPlan:
    assert plan.months is not None
    return plan.months


def number(quantity: Quantity) -> int | None:
    return int(quantity.value) if isinstance(quantity, Known) else None


def column(months: MonthlyPlan, stage: str, kind: str = "needed") -> dict[str, int | None]:
    at = [each.stage for each in months.stages].index(stage)
    return {row.period.first.isoformat()[:7]: number(getattr(row, kind)[at]) for row in months.rows}


def filled(counts: dict[str, int | None]) -> dict[str, int | None]:
    return {month: count for month, count in counts.items() if count}


def whole(count: int | None) -> int:
    assert count is not None
    return count


@pytest.fixture(scope="module")
def section(btob: Pack, phrases: Phrases) -> Section:
    def words_of(plan: Plan, language: str = "ja") -> SectionView:
        (view,) = month_sections(Words(btob, phrases, language), plan)
        return view

    return words_of


def test_leads_come_by_the_days_of_each_month_and_the_others_follow_by_their_lags(plan_of: PlanOf) -> None:
    months = months_of(plan_of(campaign_date="2027-07-01", kgi_date="2027-12-31"))
    # 1 July to 31 August, for 30 November is a month before which opportunities are still in time.
    assert months.stages[0].last == date(2027, 8, 30)
    assert filled(column(months, "lead")) == {"2027-07": 346, "2027-08": 334}
    assert filled(column(months, "opportunity")) == {"2027-08": 69, "2027-09": 67}
    assert filled(column(months, "deal")) == {"2027-11": 17, "2027-12": 17}


def test_the_months_add_up_to_what_each_stage_requires(plan_of: PlanOf) -> None:
    plan = plan_of()
    months = months_of(plan)
    for stage in plan.chain.stages:
        assert sum(whole(count) for count in column(months, stage.id).values()) == number(
            stage.required.quantity
        )


lags = st.sampled_from(["0日", "1日", "10日", "45日", "2週間", "1か月", "2か月", "1年", "13か月"])


@FEW
@given(
    goal=st.integers(1, 9999),
    to_opportunity=st.integers(1, 1000),
    first=lags,
    second=lags,
    start=st.integers(-40, 900),
    end=st.integers(0, 2500),
    fiscal=st.integers(1, 12),
    season=st.none() | st.lists(st.integers(0, 99), min_size=12, max_size=12),
)
def test_whatever_the_answers_nothing_is_lost_or_added(
    plan_of: PlanOf,
    goal: int,
    to_opportunity: int,
    first: str,
    second: str,
    start: int,
    end: int,
    fiscal: int,
    season: list[int] | None,
) -> None:
    rows = [{"month": f"m{at + 1}", "count": str(count)} for at, count in enumerate(season or [])]
    plan = plan_of(
        **FULL,
        kgi_amount=f"{goal}万円",
        average_deal="7万円",
        lead_to_opportunity={"count": str(to_opportunity), "of": "1000"},
        lead_to_opportunity_time=first,
        opportunity_to_deal_time=second,
        campaign_date=(TODAY + timedelta(days=start)).isoformat(),
        kgi_date=(TODAY + timedelta(days=end)).isoformat(),
        fiscal_year_start=f"m{fiscal}",
        last_year_by_month=rows or None,
        lead_volume="月11件",
    )
    if plan.months is None:
        assert plan.rescue is not None
        return
    assert_reconciled(plan)


def assert_reconciled(plan: Plan) -> None:
    months = months_of(plan)
    assert 1 <= len(months.rows) <= MOST_ROWS or months.grain == "year"
    for at, stage in enumerate(months.stages):
        for kind, total in (("needed", stage.total), ("brought", stage.brought)):
            if isinstance(total, Known) and not stage.stock:
                counts = [whole(number(getattr(row, kind)[at])) for row in months.rows]
                assert all(count >= 0 for count in counts) and sum(counts) == total.value
                if months.subtotals:
                    groups = [whole(number(getattr(row, kind)[at])) for row in months.subtotals]
                    assert sum(groups) == total.value
        if stage.last and plan.schedule.kgi_date:
            assert stage.last <= plan.schedule.kgi_date


def test_a_lead_deadline_of_today_puts_every_lead_on_this_month(plan_of: PlanOf) -> None:
    months = months_of(plan_of(today=date(2027, 8, 30), campaign_date="2027-01-15"))
    assert (months.stages[0].first, months.stages[0].last) == (date(2027, 8, 30), date(2027, 8, 30))
    assert filled(column(months, "lead")) == {"2027-08": 680}
    assert filled(column(months, "deal")) == {"2027-12": 34}


def test_a_day_too_late_there_is_no_monthly_plan(plan_of: PlanOf) -> None:
    assert plan_of(today=date(2027, 8, 31), campaign_date="2027-01-15").months is None


def test_without_a_start_the_plan_begins_today(plan_of: PlanOf) -> None:
    months = months_of(plan_of(campaign_date=None))
    assert months.stages[0].first == TODAY


def season(**counts: int) -> list[dict[str, str]]:
    return [{"month": month, "count": str(count)} for month, count in counts.items()]


def test_last_years_months_decide_the_shares(plan_of: PlanOf) -> None:
    months = months_of(plan_of(**FULL, campaign_date="2027-07-01", last_year_by_month=season(m7=10, m8=30)))
    # August is open for 30 of its 31 days.
    august = Fraction(30 * 30, 31)
    assert months.spread_by == "season"
    assert filled(column(months, "lead"))["2027-07"] == round(680 * 10 / (10 + august))


@pytest.mark.parametrize(
    ("rows", "problem", "concerned"),
    [
        (season(m7=10), "month_missing", (8,)),
        (season(m7=0, m8=0, m9=5), "all_zero", (7, 8)),
        ([*season(m7=10, m8=30), *season(m7=12)], "month_twice", (7,)),
        ([{"month": "m7", "count": "unknown"}, *season(m8=30)], "month_missing", (7,)),
        (None, "not_given", ()),
    ],
)
def test_months_that_cannot_be_used_are_said_to_be_left_out(
    plan_of: PlanOf, section: Section, rows: Any, problem: str, concerned: tuple[int, ...]
) -> None:
    plan = plan_of(**FULL, campaign_date="2027-07-01", last_year_by_month=rows)
    months = months_of(plan)
    assert (months.spread_by, months.season_problem, months.season_months) == ("days", problem, concerned)
    assert filled(column(months, "lead")) == {"2027-07": 346, "2027-08": 334}
    assert any("前年" in note for note in section(plan).notes)


def test_a_lag_not_known_is_named_instead_of_a_table(plan_of: PlanOf, section: Section) -> None:
    plan = plan_of(opportunity_to_deal_time=None)
    assert months_of(plan).rows == ()
    assert months_of(plan).problem == Unknown(("opportunity_to_deal_time",))
    assert section(plan).tables == () and "商談から受注までの期間" in section(plan).intro[0]


def test_a_rate_not_known_leaves_its_stages_out_by_name(plan_of: PlanOf, section: Section) -> None:
    view = section(plan_of(lead_to_opportunity=None))
    assert [head.title for head in view.tables[0].columns] == ["期間", "商談", "受注"]
    assert any("「リード」" in note and "商談化率" in note for note in view.notes)


@pytest.mark.parametrize(
    "changes",
    [
        {"existing_revenue": "2億円"},
        {"kgi_date": "2026-11-23"},
        {"kgi_date": None},
        {"campaign": None},
        {
            "kgi_kind": "rate",
            "kgi_rate_step": "opportunity_to_deal",
            "kgi_rate_from": "20%",
            "kgi_rate_to": "25%",
            "kgi_rate_volume": "月40件",
        },
    ],
)
def test_there_is_nothing_to_spread(plan_of: PlanOf, changes: dict[str, Any]) -> None:
    assert plan_of(**changes).months is None


def test_cards_come_on_the_day_of_the_show(plan_of: PlanOf) -> None:
    months = months_of(plan_of(**SHOW, campaign_date="2027-02-24", card_volume="300枚/回"))
    assert filled(column(months, "card")) == {"2027-02": 680}
    assert filled(column(months, "card", "brought")) == {"2027-02": 300}
    assert filled(column(months, "opportunity")) == {"2027-03": 136}
    assert filled(column(months, "deal")) == {"2027-06": 34}


def test_several_shows_share_the_cards_and_their_dates_are_said_to_be_assumed(
    plan_of: PlanOf, section: Section
) -> None:
    plan = plan_of(**{**SHOW, "shows_in_period": "3"}, campaign_date="2027-02-24")
    months = months_of(plan)
    assert months.shows == (date(2027, 2, 24), date(2027, 4, 27), date(2027, 6, 28))
    assert list(filled(column(months, "card")).values()) == [227, 226, 227]
    assert any("等間隔" in note for note in section(plan).notes)


def test_a_show_after_the_deadline_has_no_monthly_plan(plan_of: PlanOf) -> None:
    plan = plan_of(**SHOW, campaign_date="2027-09-15")
    assert plan.months is None and plan.rescue is not None


def test_of_a_show_the_cards_are_known_when_a_lag_is_not(plan_of: PlanOf) -> None:
    months = months_of(plan_of(**SHOW, campaign_date="2027-02-24", opportunity_to_deal_time=None))
    assert filled(column(months, "card")) == {"2027-02": 680}
    assert set(column(months, "deal").values()) == {None}


def test_a_stock_is_shown_as_what_it_holds_and_not_added_up(plan_of: PlanOf, section: Section) -> None:
    plan = plan_of(**MA, campaign_date="2027-01-01", mql_volume="月80件")
    months = months_of(plan)
    held = [whole(count) for count in column(months, "contact").values()]
    assert held[0] == 12_039 and held == sorted(held)
    assert sum(whole(count) for count in column(months, "mql").values()) == number(months.stages[1].total)
    assert section(plan).tables[0].rows[-1][1].text == "—"


def test_long_plans_have_rows_of_quarters_or_half_years(plan_of: PlanOf) -> None:
    grains = {
        end: months_of(plan_of(kgi_date=end)).grain
        for end in ("2027-12-31", "2028-01-31", "2029-12-31", "2032-12-31", "2040-12-31")
    }
    assert list(grains.values()) == ["month", "quarter", "quarter", "half", "year"]


def test_the_subtotals_are_those_of_the_fiscal_year(plan_of: PlanOf, section: Section) -> None:
    for start, first in (("m4", "2026年度 第3四半期（10月〜12月） 計"), ("m10", "2026年度 第1四半期")):
        plan = plan_of(**FULL, fiscal_year_start=start, lead_volume="月10件")
        texts = [row[0].text for row in section(plan).tables[0].rows]
        assert texts[2].startswith(first)


def test_a_cell_holds_what_is_needed_and_what_comes_anyway(plan_of: PlanOf, section: Section) -> None:
    plan = plan_of(**FULL, campaign_date="2027-07-01", lead_volume="月10件")
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in section(plan).tables[0].rows}
    assert rows["2027年7月"] == ["346（10）", "—", "—"]
    assert rows["2027年5月"] == ["0（10）", "—", "—"]
    assert rows["合計"][1:] == ["136", "34"]


def test_at_most_six_stages_stand_side_by_side(plan_of: PlanOf, section: Section) -> None:
    stages = ["visit", "key_page_visit", "form_arrival", "valid_lead", "mql", "sql"]
    steps = ["visit", "key_page_visit", "form_arrival", "lead", "valid_lead", "mql", "sql", "opportunity"]
    rates = {f"{one}_to_{two}": "50%" for one, two in zip(steps, steps[1:], strict=False)}
    view = section(plan_of(**FULL, web_stages=stages, **rates, lead_to_opportunity=None))
    titles = [head.title for head in view.tables[0].columns]
    assert titles == ["期間", "訪問", "リード", "MQL", "SQL", "商談", "受注"]
    assert any("「フォーム到達」" in note for note in view.notes)


def test_what_is_deducted_already_is_named(plan_of: PlanOf, section: Section) -> None:
    plan = plan_of(**{**FULL, "orders_booked": "200万円"}, existing_revenue="1000万円")
    assert [name for name, _ in months_of(plan).deducted] == ["existing_revenue", "orders_booked"]
    assert any("10,000,000円" in note for note in section(plan).notes)


def test_one_show_that_was_not_asked_about_is_one(plan_of: PlanOf) -> None:
    show = {name: given for name, given in SHOW.items() if name not in ("path", "shows_in_period")}
    assert months_of(plan_of(**show, campaign_date="2027-02-24")).shows == (date(2027, 2, 24),)


def test_two_shows_without_a_deadline_have_no_days_of_their_own(plan_of: PlanOf) -> None:
    changes = {"shows_in_period": "2", "lead_to_opportunity_time": "unknown"}
    months = months_of(plan_of(**{**SHOW, **changes}, campaign_date="2027-02-24"))
    assert months.problem == Unknown(("lead_to_opportunity_time",)) and months.shows == ()
    months = months_of(plan_of(**{**SHOW, **changes, "shows_in_period": "1"}, campaign_date="2027-02-24"))
    assert months.shows == (date(2027, 2, 24),)


def test_pace_of_a_show_has_no_day_where_the_lag_is_not_known(plan_of: PlanOf) -> None:
    changes = {"lead_to_opportunity_time": "unknown", "opportunity_volume": "1回で10件"}
    months = months_of(plan_of(**{**SHOW, **changes}, campaign_date="2027-02-24"))
    assert set(column(months, "opportunity", "brought").values()) == {None}
    assert {stage.stage: stage.brought for stage in months.stages}["opportunity"] == Unknown(())
