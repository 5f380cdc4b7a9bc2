"""What a plan with its simulation costs beside the bare numpy draws and products that it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import log
from pathlib import Path

import numpy as np
import pytest

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.chances import chance, draws
from checklist.planning.chances.simulation import SAMPLES
from checklist.planning.plan import Plan, make_plan
from checklist.quantity import Known
from checklist.questionnaire.answers import read_answers
from tests.benchmarks.pace import seconds, times_as_long

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]
TODAY = date(2026, 11, 24)
ROUNDS = 60
MOST_OVER_BARE_DRAWS = 1.3
# The example's own numbers: three rates by their counts, one as a range, 61,112 visits for 22 deals.
COUNTS = ((120, 15_000), (72, 120), (20, 80))
LOW, LIKELY, HIGH = 0.2, 0.3, 0.4
VISITS, DEALS = 61_112, 22
Z90 = 1.2815515655446004
CACHES = [
    found for module in (chance, draws) for found in vars(module).values() if hasattr(found, "cache_clear")
]


@pytest.fixture(scope="module")
def with_simulation(root: Path, btob: Pack) -> Callable[[], Plan]:
    document = read_yaml((root / "tests/examples/sensor_maker_site_renewal.yaml").read_text("utf-8"))
    answers = read_answers(btob, document.content)
    assert not answers.problems
    return lambda: make_plan(btob, answers, TODAY)


def bare_draws() -> tuple[float, float, float]:
    """Draw the rates, their product, what the visits bring and what it would have taken: nothing else."""
    dice = np.random.default_rng(1)
    rate = 1.0
    for count, of in COUNTS:
        rate = rate * dice.beta(count + 0.5, of - count + 0.5, SAMPLES)
    low, middle, high = (log(end / (1 - end)) for end in (LOW, LIKELY, HIGH))
    normal = dice.standard_normal(SAMPLES)
    logits = middle + normal * np.where(normal < 0, (middle - low) / Z90, (high - middle) / Z90)
    rate = rate / (1 + np.exp(-logits))
    brought = dice.binomial(VISITS, rate)
    taken = DEALS + dice.negative_binomial(DEALS, rate)
    return np.mean(taken <= VISITS), np.mean(brought), np.mean(taken)


def forget() -> None:
    """Empty the caches, so that no side lives on what the round before worked out."""
    for cache in CACHES:
        cache.cache_clear()


def test_the_bare_draws_say_what_the_plan_says(with_simulation: Callable[[], Plan]) -> None:
    outlook = with_simulation().outlook
    assert outlook is not None and outlook.samples == SAMPLES
    assert outlook.required == Known(VISITS, outlook.required.unit, outlook.required.because)  # type: ignore[union-attr]
    assert abs(outlook.chance_percent - 100 * bare_draws()[0]) <= 1.5  # type: ignore[operator]


def test_a_plan_with_its_simulation_takes_little_more_than_the_draws(
    with_simulation: Callable[[], Plan],
) -> None:
    ratio = times_as_long(with_simulation, bare_draws, ROUNDS, before=forget)
    spent = seconds(with_simulation, before=forget) * 1000
    print(f"\nplan with {SAMPLES:,} samples / bare draws and products: {ratio:.2f} ({spent:.0f} ms)")
    assert ratio <= MOST_OVER_BARE_DRAWS


def test_the_same_plan_again_is_not_simulated_again(with_simulation: Callable[[], Plan]) -> None:
    with_simulation()
    assert seconds(with_simulation) * 2 < seconds(with_simulation, before=forget)
