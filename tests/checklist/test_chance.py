"""Chances against values that can be looked up or worked out by hand."""

from fractions import Fraction
from math import comb

import pytest

from checklist.planning.chances.chance import (
    cases_to_tell,
    chance_of_at_least,
    chance_of_sum,
    rate_for_chance,
    trials_beside,
    trials_for_chance,
    wilson_bounds,
)


def by_summing(successes: int, trials: int, rate: float) -> float:
    return sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(successes, trials + 1))


@pytest.mark.parametrize(
    ("successes", "trials", "rate"), [(1, 20, 0.05), (34, 680, 0.05), (9, 10, 0.9), (3, 3, 0.5)]
)
def test_the_tail_is_the_sum_of_its_terms(successes: int, trials: int, rate: float) -> None:
    assert chance_of_at_least(successes, trials, rate) == pytest.approx(
        by_summing(successes, trials, rate), abs=1e-12
    )


def test_680_leads_at_5_percent_bring_34_deals_with_a_chance_of_52_percent() -> None:
    assert round(100 * chance_of_at_least(34, 680, 0.05)) == 52


@pytest.mark.parametrize(("chance", "leads"), [(0.8, 773), (0.9, 829)])
def test_the_fewest_leads_for_a_chance(chance: float, leads: int) -> None:
    assert trials_for_chance(34, Fraction(1, 20), chance) == leads
    assert by_summing(34, leads, 0.05) >= chance > by_summing(34, leads - 1, 0.05)


def test_more_than_were_tried_never_happens() -> None:
    assert chance_of_at_least(4, 3, 0.9) == 0.0


def test_a_certain_step_needs_no_spare() -> None:
    assert trials_for_chance(34, Fraction(1), 0.9) == 34


def test_huge_counts_stay_close_to_the_exact_tail() -> None:
    exact, approximate = chance_of_at_least(10_000, 200_000, 0.05), chance_of_at_least(10_000, 200_001, 0.05)
    assert exact == pytest.approx(approximate, abs=1e-3)


def test_the_rate_for_a_chance_is_the_lowest_that_gives_it() -> None:
    rate = rate_for_chance(34, 680, 0.8)
    assert rate is not None
    assert by_summing(34, 680, float(rate)) >= 0.8 > by_summing(34, 680, float(rate) - 0.001)


def test_no_rate_brings_more_than_were_tried() -> None:
    assert rate_for_chance(5, 4, 0.8) is None


def test_two_groups_together_are_one_group_of_the_same_rate() -> None:
    together = chance_of_sum(5, (60, 0.1), (40, 0.1))
    assert together == pytest.approx(chance_of_at_least(5, 100, 0.1), abs=1e-7)


def test_a_second_group_spares_tries_of_the_first() -> None:
    alone = trials_for_chance(20, Fraction(1, 10), 0.8)
    assert trials_beside(20, Fraction(1, 10), (50, 0.1), 0.8) == alone - 50


def test_three_of_three_is_at_least_44_percent() -> None:
    assert wilson_bounds(3, 3) == (Fraction(44, 100), Fraction(1))


def test_the_published_sample_sizes_come_out() -> None:
    assert cases_to_tell(Fraction(2, 100), Fraction(3, 100)) == 3826
    assert cases_to_tell(Fraction(1, 4), Fraction(1, 4)) is None
