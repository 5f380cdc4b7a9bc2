"""The arithmetic of the chain on its own, against numbers worked out by hand."""

from fractions import Fraction

import pytest

from checklist.planning.chain.ladder import Exposure, Ladder, SecondRoute, whole_up
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown, decimal_text

STAGES = ("lead", "opportunity", "deal")


def known(value: object, unit: str) -> Known:
    return Known(Fraction(str(value)), Unit.parse(unit))


def rates(first: object = "0.2", second: object = "0.25") -> tuple[Quantity, Quantity]:
    return known(first, "opportunity/lead"), known(second, "deal/opportunity")


def text(quantity: Quantity) -> str:
    assert isinstance(quantity, Known)
    return decimal_text(quantity.value, 2)


NEED = Known(Fraction(100, 3), Unit.parse("deal"))


@pytest.mark.parametrize(
    ("index", "exact", "required"), [(0, "666.67", 680), (1, "133.33", 136), (2, "33.33", 34)]
)
def test_whole_deals_are_worked_back_and_rounded_up_at_each_stage(
    index: int, exact: str, required: int
) -> None:
    ladder = Ladder(STAGES, rates())
    assert text(ladder.needed(index, NEED)) == exact
    assert whole_up(ladder.needed(index, whole_up(NEED))) == known(required, STAGES[index])


def test_the_forward_check_rounds_down_once_at_the_bottom() -> None:
    ladder = Ladder(STAGES, rates())
    assert ladder.forward(known(680, "lead")) == known(34, "deal")
    assert ladder.forward(known(667, "lead")) == known(33, "deal")


def test_two_deals_at_one_in_three_are_six_leads() -> None:
    ladder = Ladder(("lead", "deal"), (Known(Fraction(1, 3), Unit.parse("deal/lead")),))
    assert ladder.needed(0, known(2, "deal")) == known(6, "lead")


def test_above_an_unknown_rate_everything_is_unknown_and_below_it_nothing_is() -> None:
    ladder = Ladder(STAGES, (Unknown(("lead_to_opportunity",)), rates()[1]))
    assert ladder.needed(0, NEED) == Unknown(("lead_to_opportunity",))
    assert isinstance(ladder.needed(1, NEED), Known)


def test_an_impossible_rate_says_so_all_the_way_up() -> None:
    blocked = Impossible("zero_rate", {"rate": "opportunity_to_deal"})
    ladder = Ladder(STAGES, (rates()[0], blocked))
    assert ladder.needed(0, NEED) == blocked


def test_a_second_way_in_takes_its_part_off_the_first() -> None:
    second = SecondRoute(
        1, known(8, "opportunity"), known(20, "booked_meeting"), known("0.1", "deal/booked_meeting")
    )
    ladder = Ladder(STAGES, rates(), second=second)
    assert ladder.needed(1, known(20, "deal")) == known(80, "opportunity")
    assert ladder.needed(0, known(20, "deal")) == known(360, "lead")
    assert ladder.forward(known(360, "lead")) == known(20, "deal")


def test_a_second_way_in_that_brings_enough_leaves_nothing_for_the_first() -> None:
    second = SecondRoute(
        1, known(100, "opportunity"), known(250, "booked_meeting"), known("0.1", "deal/booked_meeting")
    )
    assert Ladder(STAGES, rates(), second=second).needed(0, known(20, "deal")) == known(0, "lead")


def test_a_stock_works_month_after_month_and_grows() -> None:
    contact_months = Unit.parse("contact") * Unit.parse("month")
    exposure = Exposure(known(8, "month"), Known(Fraction(6400), contact_months))
    assert exposure.tries(known(4200, "contact")) == Known(Fraction(40_000), contact_months)
    assert exposure.size(Known(Fraction(40_000), contact_months)) == known(4200, "contact")
