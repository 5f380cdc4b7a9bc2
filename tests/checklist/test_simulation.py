"""The simulation against what can be worked out exactly, and what it makes of a plan's answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import exp, floor, lgamma, log, sqrt
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.chances.assumed import Case, Uncertain
from checklist.planning.chances.chance import chance_of_at_least, chance_of_sum, trials_for_chance
from checklist.planning.chances.draws import simulate, split_normal
from checklist.planning.chances.simulation import SAMPLES, Outlook
from checklist.planning.plan import Plan, make_plan
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.questionnaire.answers import read_answers

PlanOf = Callable[..., Plan]
NORMAL = NormalDist()
COUNTED = Uncertain("win", 0.25, counts=(20, 80))
CONTACT = Uncertain("contact_to_opportunity", 0.01, 0.008, 0.013)
RANGED = Uncertain("valid", 0.3, 0.2, 0.4)
SHOW = {
    "campaign": "trade_show",
    "lead_to_opportunity": None,
    "card_to_opportunity": {"count": "15", "of": "300"},
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
    "contact_to_opportunity": {"low": "0.8%", "likely": "1%", "high": "1.3%", "source": "own_record"},
    "mailable_contacts": "1,000",
    "contact_growth": "月10件",
    "campaign_date": "2026-11-24",
    "orders_booked": "0",
    "pipeline_expected": "0",
    "path": "full",
}


def error(chance: float) -> float:
    """Return four standard errors of a chance that so many runs give."""
    return 4 * sqrt(chance * (1 - chance) / SAMPLES)


def beta_binomial(tries: int, count: float, of: float) -> list[float]:
    """Return the exact chance of 0, 1, 2 … successes where the rate is Beta(count + 1/2, rest + 1/2)."""
    a, b = count + 0.5, of - count + 0.5

    def of_each(k: int) -> float:
        ways = lgamma(tries + 1) - lgamma(k + 1) - lgamma(tries - k + 1)
        mixed = lgamma(a + k) + lgamma(b + tries - k) - lgamma(a + b + tries)
        return exp(ways + mixed + lgamma(a + b) - lgamma(a) - lgamma(b))

    return [of_each(k) for k in range(tries + 1)]


def ranged_rates(one: Uncertain, points: int = 2000) -> list[float]:
    """Return a rate at evenly spread quantiles, by its definition and not by the engine."""
    assert one.low is not None and one.high is not None
    low, middle, high = (log(end / (1 - end)) for end in (one.low, one.likely, one.high))
    z90, rates = NORMAL.inv_cdf(0.9), []
    for index in range(points):
        z = NORMAL.inv_cdf((index + 0.5) / points)
        rates.append(1 / (1 + exp(-(middle + z / z90 * ((middle - low) if z < 0 else (high - middle))))))
    return rates


def known(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def outlook_of(plan: Plan) -> Outlook:
    assert plan.outlook is not None
    return plan.outlook


def test_one_step_with_own_counts_agrees_with_the_beta_binomial() -> None:
    chances, need = beta_binomial(50, 20, 80), 13
    exact = sum(chances[need:])
    drawn = simulate(Case(50, (COUNTED,), need), SAMPLES)
    assert drawn.chance == pytest.approx(exact, abs=error(exact))
    for share, found in zip((0.1, 0.5, 0.9), drawn.counts, strict=True):
        assert sum(chances[: int(found) + 1]) >= share - error(share)
        assert sum(chances[: int(found)]) < share + error(share)


def test_the_tries_for_80_and_90_percent_agree_with_the_beta_binomial() -> None:
    drawn = simulate(Case(50, (COUNTED,), 13), SAMPLES)
    for chance, tries in ((0.8, drawn.tries_80), (0.9, drawn.tries_90)):
        assert sum(beta_binomial(int(tries), 20, 80)[13:]) == pytest.approx(chance, abs=0.012)


def test_a_range_agrees_with_adding_up_its_quantiles() -> None:
    case = Case(800, (RANGED, Uncertain("win", 0.1)), 20)
    exact = sum(chance_of_at_least(20, 800, rate * 0.1) for rate in ranged_rates(RANGED)) / 2000
    assert simulate(case, SAMPLES).chance == pytest.approx(exact, abs=error(exact))


def test_two_fixed_steps_are_one_binomial() -> None:
    drawn = simulate(Case(680, (Uncertain("a", 0.2), Uncertain("b", 0.25)), 34), SAMPLES)
    exact = chance_of_at_least(34, 680, 0.05)
    assert drawn.chance == pytest.approx(exact, abs=error(exact))
    assert drawn.tries_80 == pytest.approx(trials_for_chance(34, Fraction(1, 20), 0.8), abs=3)
    assert drawn.shares == () and drawn.luck == 1.0


def test_a_second_route_adds_its_own_product() -> None:
    shared = replace(RANGED, id="win")
    case = Case(
        150, (Uncertain("a", 0.2),), 15, shared=(shared,), second_tries=40, second=(Uncertain("b", 0.5),)
    )
    rates = ranged_rates(shared, 400)
    exact = sum(chance_of_sum(15, (150, 0.2 * rate), (40, 0.5 * rate)) for rate in rates) / len(rates)
    assert simulate(case, SAMPLES).chance == pytest.approx(exact, abs=error(exact) + 0.001)


def test_a_deal_with_a_range_is_drawn_once_for_all_deals() -> None:
    deal = Uncertain("average_deal", 3.0, 2.0, 5.0, amount=True)
    drawn = simulate(Case(10, (), 10, deal=deal, part=35.0), SAMPLES)
    exact = 1 - NORMAL.cdf(NORMAL.inv_cdf(0.9) * log(3.5 / 3) / log(5 / 3))
    assert drawn.chance == pytest.approx(exact, abs=error(exact))
    assert drawn.amounts == pytest.approx((20, 30, 50), rel=0.01)
    assert [name for name, _ in drawn.shares] == ["average_deal"]


@pytest.mark.parametrize(
    "one",
    [
        RANGED,
        Uncertain("skewed", 0.02, 0.015, 0.2),
        Uncertain("never_higher", 0.3, 0.1, 0.3),
        Uncertain("never_lower", 0.3, 0.3, 0.5),
        Uncertain("from_nothing", 0.05, 0.0, 0.1),
        Uncertain("up_to_all", 0.9, 0.7, 1.0),
        Uncertain("amount", 3e6, 1e6, 4e6, amount=True),
    ],
    ids=lambda one: one.id,
)
def test_low_typical_and_high_are_met_as_p10_median_and_p90(one: Uncertain) -> None:
    assert one.low is not None and one.high is not None
    z = np.array([NORMAL.inv_cdf(share) for share in (0.1, 0.5, 0.9)])
    assert split_normal(one, z) == pytest.approx([one.low, one.likely, one.high], rel=1e-6, abs=1e-9)
    many = split_normal(one, np.random.default_rng(7).standard_normal(20_000))
    assert one.amount or (many.min() >= 0 and many.max() <= 1)


@settings(max_examples=40, deadline=None)
@given(
    tries=st.integers(1, 3000),
    more=st.integers(1, 3000),
    need=st.integers(1, 60),
    second=st.integers(0, 100),
    of=st.integers(1, 200),
    part=st.floats(0, 1),
)
def test_more_tries_never_lower_the_chance(
    tries: int, more: int, need: int, second: int, of: int, part: float
) -> None:
    first = Uncertain("first", 0.3, counts=(round(part * of), of))
    case = Case(tries, (first,), need, second_tries=second, second=(RANGED,))
    assert simulate(case, 2000).chance <= simulate(replace(case, tries=tries + more), 2000).chance


def test_a_higher_high_value_moves_the_answer_and_not_the_dice() -> None:
    chances = [
        simulate(Case(800, (replace(RANGED, high=high), COUNTED), 60), SAMPLES).chance
        for high in (0.35, 0.4, 0.45, 0.5)
    ]
    assert chances == sorted(chances)


@pytest.mark.parametrize("tries", [10**15, 10**40])
def test_counts_beyond_all_measure_still_come_out(tries: int) -> None:
    drawn = simulate(Case(tries, (RANGED,), tries * 3 // 10), 2000)
    assert drawn.chance == pytest.approx(0.5, abs=0.05)
    assert drawn.counts[1] == pytest.approx(tries * 0.3, rel=0.02)


def test_fixed_rates_give_the_exact_binomial(plan_of: PlanOf) -> None:
    plan = plan_of()
    outlook = outlook_of(plan)
    assert (outlook.method, outlook.samples, outlook.spread) == ("exact", 0, ())
    assert plan.chain.chance is not None and outlook.chance_percent == plan.chain.chance.percent == 52
    assert (known(outlook.required_80), known(outlook.required_90)) == (773, 829)
    p10, p50, p90 = (
        int(known(value)) for value in (outlook.counts.p10, outlook.counts.p50, outlook.counts.p90)
    )
    for share, count in ((0.1, p10), (0.5, p50), (0.9, p90)):
        assert 1 - chance_of_at_least(count + 1, 680, 0.05) >= share
        assert 1 - chance_of_at_least(count, 680, 0.05) < share
    assert known(outlook.amounts.p50) == p50 * 3_000_000
    assert outlook.fixed == ("lead_to_opportunity", "opportunity_to_deal")


def test_own_counts_are_simulated_and_widen_the_range(plan_of: PlanOf) -> None:
    sure = outlook_of(plan_of())
    plan = plan_of(opportunity_to_deal={"count": "20", "of": "80"})
    outlook = outlook_of(plan)
    assert (outlook.method, outlook.samples) == ("simulated", SAMPLES)
    assert known(outlook.counts.p10) < known(sure.counts.p10)
    assert known(outlook.counts.p90) > known(sure.counts.p90)
    assert known(outlook.required_80) > 773
    assert [name for name, _ in outlook.spread] == ["opportunity_to_deal", "luck"]
    assert sum(share for _, share in outlook.spread) == 100
    assert outlook.fixed == ("lead_to_opportunity",)


def test_the_same_answers_give_the_same_plan(plan_of: PlanOf) -> None:
    counted = {"opportunity_to_deal": {"count": "20", "of": "80"}}
    first = plan_of(**counted)
    simulate.cache_clear()
    assert plan_of(**counted) == first


def test_the_widest_range_decides_most_of_the_spread(plan_of: PlanOf) -> None:
    plan = plan_of(
        lead_to_opportunity={"low": "19%", "likely": "20%", "high": "21%", "source": "own_record"},
        opportunity_to_deal={"low": "10%", "likely": "25%", "high": "50%", "source": "assumption"},
    )
    shares = dict(outlook_of(plan).spread)
    assert shares["opportunity_to_deal"] > 80 > 10 > shares["lead_to_opportunity"]


def test_a_range_of_the_deal_rounds_the_amounts_and_counts_as_an_assumption(plan_of: PlanOf) -> None:
    plan = plan_of(average_deal={"low": "200万円", "likely": "300万円", "high": "500万円"})
    outlook = outlook_of(plan)
    amounts = [int(known(value)) for value in (outlook.amounts.p10, outlook.amounts.p50, outlook.amounts.p90)]
    assert all(str(amount)[3:].strip("0") == "" for amount in amounts)
    assert amounts == sorted(amounts)
    assert outlook.spread[0][0] == "average_deal"


def test_an_unknown_rate_leaves_no_number_but_what_is_missing(plan_of: PlanOf) -> None:
    outlook = outlook_of(plan_of(opportunity_to_deal="unknown"))
    assert outlook.missing == ("opportunity_to_deal",)
    assert outlook.chance_percent is None
    for quantity in (outlook.counts.p50, outlook.amounts.p90, outlook.required_80):
        assert isinstance(quantity, Unknown)


def test_none_of_n_cannot_be_worked_back_and_gives_no_chance(plan_of: PlanOf) -> None:
    outlook = outlook_of(plan_of(opportunity_to_deal={"count": "0", "of": "20"}))
    assert outlook.chance_percent is None
    assert isinstance(outlook.required, Impossible)


def test_a_covered_goal_and_a_rate_goal_have_no_outlook(plan_of: PlanOf) -> None:
    assert plan_of(existing_revenue="2億円").outlook is None
    rate = {"kgi_rate_step": "opportunity_to_deal", "kgi_rate_from": "20%", "kgi_rate_to": "25%"}
    plan = plan_of(path="full", kgi_kind="rate", kgi_amount=None, kgi_rate_volume="月20件", **rate)
    assert plan.outlook is None and plan.levers == ()


def test_nothing_left_to_chance_has_no_outlook(plan_of: PlanOf) -> None:
    assert plan_of(lead_to_opportunity="100%", opportunity_to_deal="100%").outlook is None


def test_all_of_three_is_far_from_certain(plan_of: PlanOf) -> None:
    plan = plan_of(lead_to_opportunity="100%", opportunity_to_deal={"count": "3", "of": "3"})
    outlook = outlook_of(plan)
    assert outlook.chance_percent is not None and outlook.chance_percent < 30
    assert known(outlook.required_80) > known(outlook.required)


def test_a_count_of_opportunities_has_no_amounts(plan_of: PlanOf) -> None:
    plan = plan_of(
        path="full",
        kgi_kind="count",
        kgi_amount=None,
        kgi_count="30",
        kgi_count_stage="opportunity",
        existing_count="0",
        lead_to_opportunity={"count": "40", "of": "200"},
    )
    outlook = outlook_of(plan)
    assert str(known(outlook.counts.p50)) in {"29", "30", "31"}
    assert isinstance(outlook.amounts.p50, Unknown)


def test_meetings_booked_beside_the_cards_count_towards_the_goal(plan_of: PlanOf) -> None:
    plan = plan_of(**SHOW, purpose="acquisition", booked_meetings="40")
    outlook = outlook_of(plan)
    assert outlook.stage == "card"
    assert outlook.chance_percent is not None and 40 <= outlook.chance_percent <= 60
    assert set(outlook.fixed) >= {"booked_meeting_to_held_meeting", "held_meeting_to_opportunity"}


def test_a_stock_works_by_its_contact_months(plan_of: PlanOf) -> None:
    plan = plan_of(**LIST)
    outlook = outlook_of(plan)
    assert outlook.stage == "contact"
    assert known(outlook.required_80) > known(plan.chain.stages[0].required_80.quantity)
    stock = plan.chain.stock
    assert stock is not None
    tries = floor(known(stock.months) * known(outlook.required) + known(stock.joined))
    exact = sum(chance_of_at_least(34, tries, rate * 0.25) for rate in ranged_rates(CONTACT, 400)) / 400
    assert outlook.chance_percent == pytest.approx(100 * exact, abs=1)


def test_a_rate_that_may_be_nothing_is_not_made_up_for_by_any_count(plan_of: PlanOf) -> None:
    plan = plan_of(opportunity_to_deal={"low": "0%", "likely": "25%", "high": "30%", "source": "assumption"})
    outlook = outlook_of(plan)
    assert isinstance(outlook.required_80, Known)
    assert outlook.required_90 == Impossible("no_count_is_enough")


def test_numpy_is_not_loaded_until_something_is_simulated(root: Path) -> None:
    code = "import sys, webapp.cli, checklist.planning.plan; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)


def test_a_plan_without_samples_leaves_the_outlook_out(btob: Pack, root: Path) -> None:
    document = read_yaml((root / "tests/examples/sensor_maker_site_renewal.yaml").read_text("utf-8"))
    answers = read_answers(btob, document.content)
    whole = make_plan(btob, answers, date(2026, 11, 24))
    without = make_plan(btob, answers, date(2026, 11, 24), samples=0)
    assert replace(whole, outlook=None, findings=()) == replace(without, findings=())
    # The same findings; only the chance that one of them names is then the one with the rates as given.
    assert [found.id for found in whole.findings] == [found.id for found in without.findings]


def test_deal_that_alone_is_uncertain_decides_all_of_the_spread(plan_of: PlanOf) -> None:
    deal = {"low": "200万円", "likely": "300万円", "high": "500万円"}
    outlook = outlook_of(plan_of(lead_to_opportunity="100%", opportunity_to_deal="100%", average_deal=deal))
    assert outlook.spread == (("average_deal", 100),)


def test_where_nothing_is_tried_nothing_decides_the_spread() -> None:
    drawn = simulate(Case(tries=0, first=(RANGED,), need=1), 100)
    assert (drawn.chance, drawn.shares, drawn.luck) == (0.0, (), 0.0)


def test_amounts_of_an_uncertain_deal_are_wider_than_its_counts(plan_of: PlanOf) -> None:
    deal = {"low": "200万円", "likely": "300万円", "high": "500万円"}
    outlook = outlook_of(plan_of(average_deal=deal))
    counts, amounts = outlook.counts, outlook.amounts
    assert known(amounts.p90) / known(amounts.p10) > Fraction(3, 2) * known(counts.p90) / known(counts.p10)
