"""Expressions under random text and random values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.errors import ExpressionError
from checklist.expression import Boolean, Choice, Choices, Date, Number, Type, parse
from checklist.quantity import Known, Quantity, Unit, Unknown, decimal_text

JPY = Unit.parse("jpy")
SYMBOLS: Mapping[str, Type] = {
    "a": Number(JPY),
    "b": Number(JPY),
    "rate": Number(),
    "campaign": Choice(("show", "site")),
    "stages": Choices(("lead", "visit")),
    "day": Date(),
    "yes": Boolean(),
}
WORDS = [
    *SYMBOLS,
    *("and", "or", "not", "in", "if", "else", "is", "lambda", "+", "-", "*", "/", "**", "<", "==", "(", ")"),
    *(",", ".", "'show'", "'lead'", "1", "0.5", "1e9", "known(", "count(", "max(", "[", "f'{a}'"),
    *("\n", "#", "売"),
]


@dataclass
class Scope:
    values: Mapping[str, Quantity]

    def value(self, name: str) -> Quantity:
        return self.values.get(name, Unknown((name,)))

    def is_asked(self, name: str) -> bool:
        return True

    def is_answered(self, name: str) -> bool:
        return name in self.values


def parse_or_refuse(text: str) -> None:
    try:
        expression = parse(text, SYMBOLS)
    except ExpressionError as error:
        assert 0 <= error.position <= len(text)
    else:
        expression.explain(Scope({}))


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_parsed_or_refused_with_a_place_in_it(text: str) -> None:
    parse_or_refuse(text)


@given(st.lists(st.sampled_from(WORDS), max_size=14))
@settings(max_examples=300, deadline=None)
def test_any_row_of_words_is_parsed_or_refused_with_a_place_in_it(words: list[str]) -> None:
    parse_or_refuse(" ".join(words))


decimals = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False).map(Fraction)


@given(decimals, decimals)
@settings(max_examples=60, deadline=None)
def test_literals_are_exact(left: Fraction, right: Fraction) -> None:
    source = f"{decimal_text(left)} + {decimal_text(right)} * 2"
    assert parse(source, {}).quantity(Scope({})) == Known(left + right * 2)


truths = st.sampled_from(["a > 0", "a < 0", "b > 0"])


@given(truths, truths)
@settings(max_examples=30, deadline=None)
def test_de_morgan_holds_with_three_values(left: str, right: str) -> None:
    scope = Scope({"a": Known(Fraction(1), JPY)})
    together = parse(f"not ({left} and {right})", SYMBOLS).holds(scope)
    assert together is parse(f"not {left} or not {right}", SYMBOLS).holds(scope)


SOURCES = ["a > b", "a > b or b > 10", "a > 5 or a <= 5 and b > 3", "a > 1 and b < 9"]


@given(decimals, decimals, st.sampled_from(SOURCES))
@settings(max_examples=60, deadline=None)
def test_what_is_settled_without_an_answer_stays_so_with_it(a: Fraction, b: Fraction, source: str) -> None:
    expression = parse(source, SYMBOLS)
    with_b = Scope({"b": Known(b, JPY)})
    with_both = Scope({"a": Known(a, JPY), "b": Known(b, JPY)})
    settled = expression.holds(with_b)
    assert expression.holds(with_both) is not None
    assert settled is None or expression.holds(with_both) is settled
    assert bool(expression.missing(with_b)) is (settled is None)
