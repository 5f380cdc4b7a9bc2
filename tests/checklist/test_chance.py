"""Chances against values that can be looked up or worked out by hand."""

from fractions import Fraction
from math import comb, exp

import pytest

from checklist.planning.chances.chance import (
    cases_to_tell,
    chance_of_at_least,
    chance_of_sum,
    chances_of_each,
    events_to_tell,
    incomplete_beta,
    quantile,
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


@pytest.mark.parametrize(
    ("successes", "trials", "rate", "chance"),
    [
        (0, 5, 0.1, 1.0),
        (0, 5, 0.0, 1.0),
        (1, 5, 0.0, 0.0),
        (5, 5, 1.0, 1.0),
        (6, 5, 1.0, 0.0),
        (5, 5, 0.5, 1 / 32),
    ],
)
def test_the_ends_of_the_tail_are_certain_or_impossible(
    successes: int, trials: int, rate: float, chance: float
) -> None:
    assert chance_of_at_least(successes, trials, rate) == pytest.approx(chance, abs=1e-12)


@pytest.mark.parametrize(
    ("a", "b", "x", "expected"),
    [
        (2, 3, 0.0, 0.0),
        (2, 3, 1.0, 1.0),
        (1, 1, 0.25, 0.25),
        (2, 2, 0.5, 0.5),
        # P(2 or more of 4 at 40 %) = 1 - 0.6^4 - 4 x 0.4 x 0.6^3; and the same seen from the other end.
        (2, 3, 0.4, 0.5248),
        (3, 2, 0.6, 0.4752),
        (1, 20, 0.01, 1 - 0.99**20),
        (20, 1, 0.99, 0.99**20),
        (0.5, 0.5, 0.25, 1 / 3),
    ],
)
def test_the_incomplete_beta_function_is_the_published_one(
    a: float, b: float, x: float, expected: float
) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("successes", "chance"),
    [(1, 1 - exp(-2)), (2, 1 - 3 * exp(-2)), (3, 1 - 5 * exp(-2)), (4, 1 - 19 / 3 * exp(-2))],
)
def test_few_successes_of_a_million_tries_are_poisson(successes: int, chance: float) -> None:
    assert chance_of_at_least(successes, 1_000_000, 2e-6) == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize("successes", [2_900, 2_960, 3_000, 3_060, 3_120])
def test_many_successes_of_many_tries_are_normal_with_their_skew(successes: int) -> None:
    exact = incomplete_beta(successes, 300_000 - successes + 1, 0.01)
    assert chance_of_at_least(successes, 300_000, 0.01) == pytest.approx(exact, abs=2e-5)


@pytest.mark.parametrize(
    ("successes", "rate", "chance", "tries"),
    [
        (1, Fraction(1, 2), 0.5, 1),
        (1, Fraction(1, 2), 0.75, 2),
        (1, Fraction(1, 2), 0.8, 3),
        (2, Fraction(1, 2), 0.5, 3),
        (1, Fraction(1, 1000), 0.9, 2302),  # log 0.1 / log 0.999 = 2301.4
        (3, Fraction(9, 10), 0.9, 4),  # 0.9^3 = 0.729, of four 0.9^4 + 4 x 0.9^3 x 0.1 = 0.9477
        (7, Fraction(3, 2), 0.9, 7),
    ],
)
def test_the_fewest_tries_are_found_from_either_side(
    successes: int, rate: Fraction, chance: float, tries: int
) -> None:
    assert trials_for_chance(successes, rate, chance) == tries


def test_each_count_has_its_own_chance() -> None:
    assert chances_of_each(3, 0.5) == pytest.approx((1 / 8, 3 / 8, 3 / 8, 1 / 8))
    assert chances_of_each(2, 0.0) == pytest.approx((1.0,))
    assert chances_of_each(2, 1.0) == pytest.approx((0.0, 0.0, 1.0))


def test_two_coins_are_two_groups() -> None:
    chances = [chance_of_sum(heads, (1, 0.5), (1, 0.5)) for heads in (0, 1, 2, 3)]
    assert chances == pytest.approx([1.0, 0.75, 0.25, 0.0])


@pytest.mark.parametrize(
    ("trials", "rate"),
    [
        (1_000, Fraction(161, 100_000)),  # 1 - 0.2^(1/1000) = 0.16081 %
        (322, Fraction(499, 100_000)),  # 0.49858 %, which in steps of 0.1 points would be half a percent
        (300, Fraction(6, 1_000)),  # 0.53504 %
        (10, Fraction(149, 1_000)),  # 14.866 %
        (1, Fraction(8, 10)),
    ],
)
def test_the_rate_for_one_success_is_rounded_up_finely_where_it_is_small(trials: int, rate: Fraction) -> None:
    assert rate_for_chance(1, trials, 0.8) == rate


def test_the_rate_for_a_chance_counts_what_follows_and_what_comes_beside() -> None:
    # One in ten of what follows: 1 - 0.2^(1/1000) over 0.1 is 1.6081 %.
    assert rate_for_chance(1, 1_000, 0.8, Fraction(1, 10)) == Fraction(17, 1_000)
    assert rate_for_chance(1, 1, 0.8, Fraction(1, 2)) is None
    assert rate_for_chance(2, 1, 0.5, beside=(1, 1.0)) == Fraction(1, 2)
    assert rate_for_chance(2, 1, 0.5, beside=(1, 0.4)) is None


def test_a_second_group_that_is_enough_leaves_no_tries() -> None:
    assert trials_beside(5, Fraction(1, 10), (5, 1.0), 0.9) == 0
    assert trials_beside(6, Fraction(1, 2), (5, 1.0), 0.75) == 2


@pytest.mark.parametrize(("share", "count"), [(0.1, 3), (0.5, 5), (0.9, 7)])
@pytest.mark.parametrize("start", [0.0, 5.0, 9.0])
def test_ten_coins_stay_within_3_5_and_7_heads(share: float, count: int, start: float) -> None:
    # 3 or fewer heads: 17.2 %, 2 or fewer 5.5 %; 7 or fewer 94.5 %, 6 or fewer 82.8 %.
    assert quantile(share, start, lambda heads: by_summing(max(heads, 0), 10, 0.5)) == count


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 20, "0", "0.17"),  # 1.96² / (20 + 1.96²) = 0.1611
        (20, 20, "0.84", "1"),
        (20, 80, "0.17", "0.36"),  # 0.1681 and 0.3549
        (1, 1_000, "0.00018", "0.0057"),  # 0.0001766 and 0.005643
        (10, 20, "0.3", "0.71"),  # 0.2993 and 0.7007
    ],
)
def test_wilson_bounds_keep_two_digits_and_the_upper_is_rounded_up(
    count: int, of: int, low: str, high: str
) -> None:
    assert wilson_bounds(count, of) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("ratio", "events"),
    # (1.96 + 0.8416)² = 7.849; over twice the square of the root less one.
    [("2", 23), ("1.5", 78), ("1.25", 282), ("0.5", 46), ("4", 10), ("0", 10), ("1", None), ("-1", None)],
)
def test_events_that_tell_a_change(ratio: str, events: int | None) -> None:
    assert events_to_tell(Fraction(ratio)) == events


@pytest.mark.parametrize(
    ("before", "after", "cases"), [("0.2", "0.25", 1094), ("0.25", "0.2", 1094), ("0", "0.1", 74)]
)
def test_cases_that_tell_two_rates_apart(before: str, after: str, cases: int) -> None:
    assert cases_to_tell(Fraction(before), Fraction(after)) == cases
