"""What units, reasons, routing and the pack cost beside the same formulas written by hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.chances import chance
from checklist.planning.plan import Plan, make_plan
from checklist.quantity import Known, Quantity
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route
from checklist.questionnaire.values import Answers
from tests.benchmarks.by_hand import TYPED, ByHand, known_numbers, work_out
from tests.benchmarks.pace import times_as_long

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]
TODAY = date(2026, 11, 24)
ROUNDS = 200
MOST_OVER_BY_HAND = 30
MONEY = ("gross_profit", "break_even", "roi", "cost_per_lead", "ceiling_per_lead")
CACHES = [found for found in vars(chance).values() if hasattr(found, "cache_clear")]


@dataclass(frozen=True)
class Work:
    """The same example, by the engine and by hand."""

    engine: Callable[[], Plan]
    by_hand: Callable[[], ByHand]


@pytest.fixture(scope="module")
def work(root: Path, btob: Pack) -> Work:
    document = read_yaml((root / "tests/examples/sensor_maker_site_renewal.yaml").read_text("utf-8"))
    answers = read_answers(btob, document.content)
    assert not answers.problems
    numbers = known_numbers(answers)
    return Work(lambda: route_and_plan(btob, answers), lambda: work_out(numbers, TODAY))


def route_and_plan(pack: Pack, answers: Answers) -> Plan:
    return make_plan(pack, answers, TODAY, samples=0, path=route(pack, answers))


def forget_chances() -> None:
    """Empty the caches, so that no side lives on chances of the round before."""
    for cache in CACHES:
        cache.cache_clear()


def value(quantity: Quantity) -> object:
    return quantity.value if isinstance(quantity, Known) else None


def test_the_formulas_by_hand_say_what_the_plan_says(work: Work) -> None:
    plan, hand = work.engine(), work.by_hand()
    stages, kpis = plan.chain.stages, {kpi.id: kpi for kpi in plan.kpis}
    for column in ("exact", "required", "required_80", "required_90"):
        assert [value(getattr(row, column).quantity) for row in stages] == getattr(hand, column)
    assert value(plan.chain.goal_part.quantity) == hand.goal_part
    assert {row.id: value(row.uplift.quantity) for row in stages[:2]} == hand.uplift
    assert plan.schedule.lead_deadline == hand.lead_deadline
    assert plan.chain.forward_check and value(plan.chain.forward_check.brings) == hand.brings
    assert plan.chain.chance and plan.chain.chance.percent == hand.percent
    final = kpis["web_lead_to_opportunity"]
    assert [value(final.target.quantity), value(final.stretch.quantity)] == hand.rate_targets
    assert [value(kpis[name].ratio) for name in TYPED] == hand.ratios
    fifths = {lever.id: value(lever.then) for lever in plan.levers if lever.reason == "fifth"}
    assert fifths == {name: hand.levers[name] for name in fifths}
    assert plan.money and [value(plan.money.quantity(name)) for name in MONEY] == hand.money
    months = [row.needed[:3] for row in plan.months.rows if value(row.needed[0])] if plan.months else []
    assert [[value(cell) for cell in column] for column in zip(*months, strict=True)] == hand.months
    assert set(hand.rules) <= {finding.id for finding in plan.findings}


def test_a_whole_plan_takes_a_small_multiple_of_its_formulas(work: Work) -> None:
    ratio = times_as_long(work.engine, work.by_hand, ROUNDS, before=forget_chances)
    print(f"\nroute and plan / by hand: {ratio:.1f} ({milliseconds(work.engine):.2f} ms)")
    assert ratio <= MOST_OVER_BY_HAND


def test_so_does_everything_but_the_chances(work: Work) -> None:
    ratio = times_as_long(work.engine, work.by_hand, ROUNDS)
    print(f"\nroute and plan / by hand, chances known: {ratio:.1f} ({milliseconds(work.engine):.2f} ms)")
    assert ratio <= MOST_OVER_BY_HAND


def milliseconds(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return (time.perf_counter() - begun) * 1000
