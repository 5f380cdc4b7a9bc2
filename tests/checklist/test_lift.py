"""Points from counts, worked out by hand: p0 = W/N, p = (w + 20 p0)/(n + 20), points = 10 log2(p/p0)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from checklist.planning.scores.lift import Counts, measure_lift, points_of

# 5 % of all leads were won.
EVERYONE = Counts(leads=2_000, won=100)


@pytest.mark.parametrize(
    ("times", "points"),
    [("1", 0), ("2", 10), ("4", 20), ("1/2", -10), ("1/4", -20), ("3/2", 6), ("16", 40), ("1/8", -30)],
)
def test_each_doubling_is_ten_points(times: str, points: int) -> None:
    assert points_of(Fraction(times)) == points


def test_points_are_clipped_at_both_ends() -> None:
    assert (points_of(Fraction(1_000)), points_of(Fraction(1, 1_000))) == (40, -30)


def test_an_action_of_better_leads_brings_points() -> None:
    # p = (40 + 1) / 220 = 18.64 %, 3.727 times 5 %; log2 of that is 1.898.
    lift = measure_lift(Counts(200, 40), EVERYONE)
    assert (lift.verdict, lift.points, lift.times) == ("points", 19, Fraction(41, 11))


def test_smoothing_draws_a_small_group_towards_the_rest() -> None:
    # Raw 10 of 100 is twice 5 %; (10 + 1) / 120 is 1.833 times.
    lift = measure_lift(Counts(100, 10), EVERYONE)
    assert lift.times == Fraction(11, 6)


def test_an_interval_that_contains_the_usual_rate_gives_no_points() -> None:
    lift = measure_lift(Counts(400, 22), EVERYONE)
    assert (lift.verdict, lift.points) == ("no_difference", 0)
    assert lift.low is not None and lift.high is not None
    assert lift.low < EVERYONE.rate < lift.high


def test_an_interval_just_beside_the_usual_rate_gives_points() -> None:
    # Of 200 leads 17 won: the interval is 5.37 % to 13.2 %; with 16 it begins at 4.98 %.
    assert measure_lift(Counts(200, 16), EVERYONE).verdict == "no_difference"
    assert measure_lift(Counts(200, 17), EVERYONE).verdict == "points"


def test_nothing_won_among_many_is_a_clear_minus() -> None:
    # (0 + 1) / 520 is 0.0385 times 5 %: 10 log2 is -47, clipped.
    lift = measure_lift(Counts(500, 0), EVERYONE)
    assert (lift.verdict, lift.points) == ("points", -30)


@pytest.mark.parametrize(
    ("counts", "everyone"),
    [
        (Counts(29, 20), Counts(100, 50)),
        (Counts(99, 30), EVERYONE),
    ],
    ids=["fewer than 30 leads", "fewer than 5 wins expected"],
)
def test_few_cases_give_no_points_however_good_they_look(counts: Counts, everyone: Counts) -> None:
    lift = measure_lift(counts, everyone)
    assert (lift.verdict, lift.points) == ("too_few", None)
    assert lift.low is not None


def test_thirty_leads_with_five_wins_expected_are_enough() -> None:
    assert measure_lift(Counts(30, 28), Counts(300, 50)).points is not None
    assert measure_lift(Counts(100, 30), EVERYONE).points is not None


def test_with_nothing_won_at_all_there_are_no_points() -> None:
    lift = measure_lift(Counts(500, 0), Counts(2_000, 0))
    assert (lift.verdict, lift.points) == ("no_wins", None)


def test_with_everyone_won_no_action_stands_out() -> None:
    assert measure_lift(Counts(50, 50), Counts(100, 100)).points == 0


@pytest.mark.parametrize(
    "counts",
    [Counts(20, 25), Counts(0, 0), Counts(150, 101), Counts(1_950, 10)],
    ids=["more won than did it", "nobody", "more won than in all", "more lost than in all"],
)
def test_counts_that_cannot_be_true_give_no_points(counts: Counts) -> None:
    lift = measure_lift(counts, EVERYONE)
    assert (lift.verdict, lift.points) == ("contradictory", None)
