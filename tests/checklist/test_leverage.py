"""What each rate would have to become, and what a realistic rise in it saves."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil

import pytest

from checklist.pack.compiled import Pack
from checklist.planning.chances.leverage import Lever
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording import Phrases
from checklist.wording.sections.outlook import outlook_sections
from checklist.wording.words import Words

PlanOf = Callable[..., Plan]
FULL = {"path": "full", "orders_booked": "0", "pipeline_expected": "0"}
COUNTED = {"count": "20", "of": "80", "period": "1年"}


def lever(plan: Plan, name: str) -> Lever:
    return next(found for found in plan.levers if found.id == name)


def known(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def test_a_win_rate_of_30_instead_of_25_percent_saves_680_to_567_leads(plan_of: PlanOf) -> None:
    win = lever(plan_of(), "opportunity_to_deal")
    assert (known(win.now), known(win.realistic)) == (Fraction(1, 4), Fraction(3, 10))
    assert (known(win.required), known(win.then), known(win.saved)) == (680, 567, 113)
    assert win.reason == "fifth"


def test_a_larger_deal_needs_fewer_whole_deals(plan_of: PlanOf) -> None:
    deal = lever(plan_of(), "average_deal")
    assert known(deal.realistic) == 3_600_000
    # 100 million yen at 3.6 million a deal are 28 whole deals, at 5 % of the leads.
    assert known(deal.then) == 28 * 20


def test_the_lever_that_saves_most_comes_first(plan_of: PlanOf) -> None:
    plan = plan_of(
        lead_to_opportunity={"low": "19%", "likely": "20%", "high": "21%", "source": "own_record"},
        opportunity_to_deal={"low": "20%", "likely": "25%", "high": "50%", "source": "assumption"},
    )
    saved = [known(found.saved) for found in plan.levers]
    assert saved == sorted(saved, reverse=True)
    assert [found.id for found in plan.levers] == [
        "opportunity_to_deal",
        "average_deal",
        "lead_to_opportunity",
    ]


@pytest.mark.parametrize(
    ("typed", "realistic", "reason"),
    [
        ("25%", Fraction(3, 10), "fifth"),
        ("90%", Fraction(95, 100), "half_way"),
        ("100%", Fraction(1), "full"),
        ({"low": "20%", "likely": "25%", "high": "28%", "source": "own_record"}, Fraction(7, 25), "own_high"),
        ({"low": "20%", "likely": "25%", "high": "25%", "source": "own_record"}, Fraction(3, 10), "fifth"),
        (COUNTED, Fraction(3, 10), "fifth"),
        ({"count": "500", "of": "2000"}, Fraction(27, 100), "wilson_upper"),
        ({"count": "1", "of": "4"}, Fraction(3, 10), "fifth"),
    ],
)
def test_how_far_a_rate_can_realistically_rise(
    plan_of: PlanOf, typed: object, realistic: Fraction, reason: str
) -> None:
    win = lever(plan_of(opportunity_to_deal=typed), "opportunity_to_deal")
    assert (known(win.realistic), win.reason) == (realistic, reason)


def test_a_published_high_value_is_nobodys_own(plan_of: PlanOf) -> None:
    plan = plan_of(opportunity_to_deal={"choose": "published"})
    assert lever(plan, "opportunity_to_deal").reason == "fifth"


def test_a_rate_of_100_percent_saves_nothing_more(plan_of: PlanOf) -> None:
    assert known(lever(plan_of(opportunity_to_deal="100%"), "opportunity_to_deal").saved) == 0


def test_the_rate_needed_makes_the_present_pace_just_enough(plan_of: PlanOf) -> None:
    plan = plan_of(**FULL, lead_volume="月50件")
    pace = known(plan.chain.stages[0].run_rate.quantity)
    needed = known(lever(plan, "opportunity_to_deal").needed)
    assert pace * Fraction(1, 5) * needed == 34
    assert known(lever(plan, "average_deal").needed) == Fraction(100_000_000, int(pace / 20))


def test_a_pace_that_no_rate_makes_enough_is_said_to_be_so(plan_of: PlanOf) -> None:
    plan = plan_of(**FULL, lead_volume="月1件")
    assert lever(plan, "opportunity_to_deal").needed == Impossible(
        "above_100", {"rate": "opportunity_to_deal"}
    )
    assert lever(plan, "average_deal").needed == Impossible("no_deals_at_pace")


def test_no_pace_at_all_is_no_rate_either(plan_of: PlanOf) -> None:
    plan = plan_of(**FULL, lead_volume="月0件")
    assert lever(plan, "lead_to_opportunity").needed == Impossible(
        "above_100", {"rate": "lead_to_opportunity"}
    )


def test_an_unknown_pace_leaves_what_is_needed_unknown_and_what_is_saved_known(plan_of: PlanOf) -> None:
    plan = plan_of(**FULL, lead_volume="unknown")
    win = lever(plan, "opportunity_to_deal")
    assert win.needed == Unknown(("lead_volume",))
    assert known(win.saved) == 113


def test_a_pace_above_what_is_needed_needs_less_than_today(plan_of: PlanOf) -> None:
    win = lever(plan_of(**FULL, lead_volume="月500件"), "opportunity_to_deal")
    assert known(win.needed) < known(win.now)


def test_a_rate_of_a_second_route_is_a_lever_too(plan_of: PlanOf) -> None:
    plan = plan_of(
        **FULL,
        campaign="trade_show",
        lead_to_opportunity=None,
        card_to_opportunity="5%",
        booked_meetings="40",
        booked_meeting_to_held_meeting="80%",
        held_meeting_to_opportunity="50%",
    )
    held = lever(plan, "booked_meeting_to_held_meeting")
    # A fifth more is beyond half the way to 100 %. 136 less 40 x 90 % x 50 % booked, at 5 % of the cards.
    assert known(held.realistic) == Fraction(9, 10)
    assert known(held.then) == (136 - 18) * 20
    assert held.stage == "card"


def test_meetings_that_are_enough_on_their_own_leave_nothing_to_save(plan_of: PlanOf) -> None:
    plan = plan_of(
        **FULL,
        campaign="trade_show",
        lead_to_opportunity=None,
        card_to_opportunity="5%",
        booked_meetings="1000",
        booked_meeting_to_held_meeting="80%",
        held_meeting_to_opportunity="50%",
    )
    assert {known(found.saved) for found in plan.levers} == {0}


def test_where_meetings_are_enough_the_rate_of_cards_may_be_nothing(plan_of: PlanOf) -> None:
    show = {"campaign": "trade_show", "lead_to_opportunity": None, "card_to_opportunity": "5%"}
    booked = {"booked_meetings": "1000", "booked_meeting_to_held_meeting": "80%"}
    pace = {"card_volume": "1回で100枚", "shows_in_period": "2", "held_meeting_to_opportunity": "50%"}
    plan = plan_of(**FULL, **show, **booked, **pace)
    assert known(lever(plan, "card_to_opportunity").needed) == 0
    # Without the win rate even the meetings bring nothing: 34 of 410 opportunities have to be won.
    assert known(lever(plan, "opportunity_to_deal").needed) == Fraction(34, 410)


def test_a_stock_is_saved_in_contacts(plan_of: PlanOf) -> None:
    plan = plan_of(
        **FULL,
        campaign="ma_rollout",
        ma_phase="growth",
        purpose=None,
        lead_to_opportunity=None,
        contact_to_opportunity="1%",
        mailable_contacts="5,000",
        contact_growth="月0件",
        campaign_date="2026-11-24",
    )
    monthly = lever(plan, "contact_to_opportunity")
    assert known(monthly.realistic) == Fraction(12, 1000)
    stock = plan.chain.stock
    assert stock is not None
    months = known(stock.months)
    assert known(monthly.then) == ceil(136 / (Fraction(12, 1000) * months))
    assert 5000 * months * known(monthly.needed) == 136


@pytest.mark.parametrize(
    "changes",
    [
        {"existing_revenue": "2億円"},
        {"opportunity_to_deal": {"count": "0", "of": "20"}},
        {"opportunity_to_deal": "unknown"},
        {"campaign": None},
    ],
    ids=["covered", "none of n", "unknown", "no campaign"],
)
def test_a_chain_that_cannot_be_worked_back_has_no_levers(
    plan_of: PlanOf, changes: dict[str, object]
) -> None:
    assert plan_of(**changes).levers == ()


def test_one_stage_only_has_no_rate_to_raise(plan_of: PlanOf) -> None:
    plan = plan_of(
        path="full",
        kgi_kind="count",
        kgi_amount=None,
        kgi_count="30",
        kgi_count_stage="lead",
        existing_count="0",
    )
    assert len(plan.chain.stages) == 1
    assert plan.levers == () and plan.outlook is None


def test_where_every_rate_is_100_percent_the_deal_size_alone_saves_anything(plan_of: PlanOf) -> None:
    plan = plan_of(lead_to_opportunity="100%", opportunity_to_deal="100%")
    assert [known(found.saved) for found in plan.levers] == [34 - 28, 0, 0]
    assert plan.levers[0].id == "average_deal"


def test_own_counts_give_an_interval_and_small_counts_are_said_to_be_small(plan_of: PlanOf) -> None:
    rates = {row.rate.id: row.rate for row in plan_of(opportunity_to_deal=COUNTED).chain.stages if row.rate}
    win, opened = rates["opportunity_to_deal"], rates["lead_to_opportunity"]
    assert (known(win.interval_low), known(win.interval_high)) == (Fraction(17, 100), Fraction(36, 100))
    assert not win.small
    assert isinstance(opened.interval_low, Unknown) and not opened.small


@pytest.mark.parametrize(("count", "of", "small"), [(5, 30, False), (5, 29, True), (4, 400, True)])
def test_fewer_than_30_cases_or_5_successes_are_small(
    plan_of: PlanOf, count: int, of: int, small: bool
) -> None:
    plan = plan_of(opportunity_to_deal={"count": str(count), "of": str(of)})
    assert plan.chain.stages[1].rate is not None and plan.chain.stages[1].rate.small is small


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"opportunity_to_deal": COUNTED},
        {
            "opportunity_to_deal": {"count": "1", "of": "4"},
            "average_deal": {"low": "1円", "likely": "2円", "high": "3円"},
        },
        {**FULL, "lead_volume": "月1件"},
        {**FULL, "lead_volume": "unknown"},
        {"opportunity_to_deal": {"low": "0%", "likely": "25%", "high": "30%"}},
        {"opportunity_to_deal": "unknown"},
        {"existing_revenue": "2億円"},
    ],
)
def test_every_outlook_can_be_worded(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str, changes: dict[str, object]
) -> None:
    for section in outlook_sections(Words(btob, phrases, language), plan_of(**changes)):
        assert section.title and section.tables
        for table in section.tables:
            assert len(table.columns) <= 6
            assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_words_name_what_decides_the_spread_and_what_to_do_about_it(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = plan_of(opportunity_to_deal={"low": "10%", "likely": "25%", "high": "50%", "source": "assumption"})
    chance, levers, rates = outlook_sections(Words(btob, phrases, "en"), plan)
    assert "Win rate" in chance.intro[2] and "your own record" in chance.intro[2]
    assert "from 680 leads to 340 leads" in levers.intro[0]
    assert rates.tables[0].rows[-1][2].text == "10% to 50%"
