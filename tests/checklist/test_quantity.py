"""Exact arithmetic on quantities that are known, unknown or impossible."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from checklist.errors import ChecklistError, UnitMismatch
from checklist.quantity import (
    ONE,
    Impossible,
    Known,
    Quantity,
    Unit,
    Unknown,
    add,
    compare,
    decimal_text,
    divide,
    multiply,
    round_down,
    round_half_up,
    round_up,
    subtract,
)

Operation = Callable[[Quantity, Quantity], Quantity]
OPERATIONS = [add, subtract, multiply, divide]


def known(value: int | str, unit: str = "1", *because: str) -> Known:
    return Known(Fraction(value), Unit.parse(unit), because)


@pytest.mark.parametrize("text", ["1", "jpy", "jpy/deal", "talk/hour/person", "1/month", "hour/day"])
def test_unit_is_written_as_it_was_read(text: str) -> None:
    assert str(Unit.parse(text)) == text


@pytest.mark.parametrize("text", ["", "/deal", "jpy//deal", "jpy/1", "2", "円", "jpy per deal"])
def test_anything_else_is_no_unit(text: str) -> None:
    with pytest.raises(ChecklistError) as caught:
        Unit.parse(text)
    assert (caught.value.code, caught.value.params) == ("bad_unit", {"unit": text})


def test_units_cancel() -> None:
    jpy, deal = Unit.parse("jpy"), Unit.parse("deal")
    assert jpy / (jpy / deal) == deal
    assert Unit.parse("opportunity/lead") * Unit.parse("lead") == Unit.parse("opportunity")
    assert jpy / jpy == ONE
    assert str(deal * deal) == "deal*deal"


@pytest.mark.parametrize(
    ("operation", "value", "unit"),
    [
        (add, "0.3", "jpy"),
        (subtract, "-0.1", "jpy"),
        (multiply, "0.02", "jpy*jpy"),
        (divide, "0.5", "1"),
    ],
)
def test_arithmetic_is_exact(operation: Operation, value: str, unit: str) -> None:
    result = operation(known("0.1", "jpy"), known("0.2", "jpy"))
    assert isinstance(result, Known)
    assert (result.value, str(result.unit)) == (Fraction(value), unit)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_result_names_each_reason_once(operation: Operation) -> None:
    result = operation(known(1, "1", "a", "b"), known(2, "1", "b", "c"))
    assert isinstance(result, Known)
    assert result.because == ("a", "b", "c")


@pytest.mark.parametrize("operation", [add, subtract, compare])
def test_different_units_do_not_mix(operation: Callable[[Quantity, Quantity], object]) -> None:
    with pytest.raises(UnitMismatch) as caught:
        operation(known(1, "jpy"), known(1, "deal"))
    assert caught.value.params == {"left": "jpy", "right": "deal"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_unknown_makes_the_result_unknown_and_says_what_is_missing(operation: Operation) -> None:
    assert operation(known(0), Unknown(("a",))) == Unknown(("a",))
    assert operation(Unknown(("a", "b")), Unknown(("b", "c"))) == Unknown(("a", "b", "c"))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_impossible_says_more_than_unknown(operation: Operation) -> None:
    impossible = Impossible("too_late")
    assert operation(Unknown(("a",)), impossible) is impossible
    assert operation(impossible, known(1)) is impossible


def test_dividing_by_zero_is_impossible_and_names_what_was_zero() -> None:
    assert divide(known(1), known(0, "1", "rate")) == Impossible("division_by_zero", {"by": "rate"})


def test_comparison_gives_the_sign_or_nothing() -> None:
    assert compare(known(1), known(2)) == -1
    assert compare(known(2), known(2)) == 0
    assert compare(known(3), known(2)) == 1
    assert compare(known(3), Unknown(("a",))) is None
    assert compare(Impossible("too_late"), known(3)) is None


@pytest.mark.parametrize(
    ("value", "up", "down"), [("33.33", 34, 33), ("34", 34, 34), ("-0.5", 0, -1), ("0", 0, 0)]
)
def test_rounding_up_and_down(value: str, up: int, down: int) -> None:
    assert (round_up(Fraction(value)), round_down(Fraction(value))) == (up, down)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("0.5", 0, "1"), ("-0.5", 0, "-1"), ("0.25", 1, "0.3"), ("-0.25", 1, "-0.3"), ("2.4", 0, "2")],
)
def test_halves_are_rounded_away_from_zero(value: str, places: int, expected: str) -> None:
    assert round_half_up(Fraction(value), places) == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("1/3", None, "0.3333"),
        ("1/8", None, "0.125"),
        ("5", None, "5"),
        ("-5/2", None, "-2.5"),
        ("-1/100", None, "-0.01"),
        ("2/3", 1, "0.7"),
        ("5", 2, "5.00"),
        ("-1/1000", 1, "0.0"),
        ("123456789012345678", None, "123456789012345678"),
    ],
)
def test_decimal_text_has_plain_digits(value: str, places: int | None, expected: str) -> None:
    assert decimal_text(Fraction(value), places) == expected
