"""The pack's language: what it refuses, what it computes, and what it does with the unknown."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from checklist.errors import ExpressionError
from checklist.expression import (
    Boolean,
    Choice,
    Choices,
    Date,
    Expression,
    Number,
    ScopeValue,
    Text,
    Type,
    order,
    parse,
)
from checklist.quantity import ONE, Impossible, Known, Unit, Unknown

SYMBOLS: Mapping[str, Type] = {
    "campaign": Choice(("site_renewal", "ma_rollout", "trade_show")),
    "web_stages": Choices(("visit", "valid_lead")),
    "kgi_amount": Number(Unit.parse("jpy")),
    "existing_revenue": Number(Unit.parse("jpy")),
    "average_deal": Number(Unit.parse("jpy/deal")),
    "share": Number(ONE),
    "lead_volume": Number(Unit.parse("lead/month")),
    "kgi_date": Date(),
    "campaign_date": Date(),
    "business": Text(),
    "late": Boolean(),
}

ANSWERS: Mapping[str, ScopeValue] = {
    "campaign": "site_renewal",
    "web_stages": frozenset({"valid_lead"}),
    "kgi_amount": Known(Fraction(100_000_000), Unit.parse("jpy"), ("kgi_amount",)),
    "average_deal": Known(Fraction(3_000_000), Unit.parse("jpy/deal"), ("average_deal",)),
    "share": Known(Fraction(1, 4), ONE, ("share",)),
    "kgi_date": datetime.date(2027, 3, 31),
    "campaign_date": datetime.date(2027, 3, 1),
    "business": "Pumps",
    "late": True,
}


@dataclass
class Scope:
    values: Mapping[str, ScopeValue] = field(default_factory=lambda: ANSWERS)
    hidden: frozenset[str] = frozenset()

    def value(self, name: str) -> ScopeValue:
        return self.values.get(name, Unknown((name,)))

    def is_asked(self, name: str) -> bool:
        return name not in self.hidden

    def is_answered(self, name: str) -> bool:
        return name in self.values


def read(text: str) -> Expression:
    return parse(text, SYMBOLS)


def refusal(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1 + 2 * 3", 7, "1"),
        ("0.1 + 0.2", Fraction(3, 10), "1"),
        ("-kgi_amount", -100_000_000, "jpy"),
        ("kgi_amount - 1000", 99_999_000, "jpy"),
        ("1000 + kgi_amount", 100_001_000, "jpy"),
        ("kgi_amount * share", 25_000_000, "jpy"),
        ("kgi_amount / average_deal", Fraction(100, 3), "deal"),
        ("ceil(kgi_amount / average_deal)", 34, "deal"),
        ("floor(kgi_amount / average_deal)", 33, "deal"),
        ("2 * kgi_amount", 200_000_000, "jpy"),
        ("kgi_amount / (1 + 1)", 50_000_000, "jpy"),
        ("max(kgi_amount - 200000000, 0)", 0, "jpy"),
        ("min(0, share)", 0, "1"),
        ("count(web_stages)", 1, "1"),
        ("kgi_date - campaign_date", 30, "day"),
        ("(kgi_date - campaign_date) + 1", 31, "day"),
        ("kgi_amount if campaign == 'site_renewal' else 0", 100_000_000, "jpy"),
        ("kgi_amount if campaign == 'trade_show' else 0", 0, "jpy"),
        ("kgi_amount\n  - 1\n", 99_999_999, "jpy"),
        ("  kgi_amount - 1", 99_999_999, "jpy"),
    ],
)
def test_formula_gives_an_exact_value_with_its_unit(text: str, value: int | Fraction, unit: str) -> None:
    expression = read(text)
    result = expression.quantity(Scope())
    assert isinstance(result, Known)
    assert (result.value, result.unit) == (value, Unit.parse(unit))
    assert expression.type == Number(Unit.parse(unit))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("campaign == 'site_renewal'", True),
        ("'site_renewal' == campaign", True),
        ("campaign != 'site_renewal'", False),
        ("campaign in ('ma_rollout', 'trade_show')", False),
        ("campaign not in ('ma_rollout', 'trade_show')", True),
        ("campaign in ('site_renewal')", True),
        ("'valid_lead' in web_stages", True),
        ("'visit' in web_stages", False),
        ("'visit' not in web_stages", True),
        ("share < 0.3", True),
        ("0.3 < share", False),
        ("0 < share <= 0.25", True),
        ("0 < share < 0.25", False),
        ("kgi_amount >= 100000000", True),
        ("kgi_amount == 1", False),
        ("kgi_amount != 1", True),
        ("kgi_date > campaign_date", True),
        ("kgi_date == campaign_date", False),
        ("kgi_date - campaign_date < 31", True),
        ("count(web_stages) >= 2", False),
        ("known(share)", True),
        ("known(existing_revenue)", False),
        ("known(kgi_amount / share)", True),
        ("known(business)", True),
        ("answered(business)", True),
        ("answered(existing_revenue)", False),
        ("asked(share)", True),
        ("not asked(share)", False),
        ("late and not late", False),
        ("late if campaign == 'site_renewal' else not late", True),
        ("existing_revenue > 0", None),
        ("not existing_revenue > 0", None),
        ("existing_revenue > 0 and late", None),
        ("existing_revenue > 0 and not late", False),
        ("not late and existing_revenue > 0", False),
        ("existing_revenue > 0 or late", True),
        ("existing_revenue > 0 or not late", None),
        ("kgi_amount / 0 > 1", None),
        ("late if existing_revenue > 0 else late", None),
    ],
)
def test_condition_is_true_false_or_cannot_be_told(text: str, held: bool | None) -> None:
    expression = read(text)
    assert expression.type == Boolean()
    assert expression.evaluate(Scope()) is held
    assert expression.holds(Scope()) is held


def test_unknown_name_makes_the_formula_unknown_and_is_named() -> None:
    expression = read("(kgi_amount - existing_revenue) * share")
    assert expression.quantity(Scope()) == Unknown(("existing_revenue",))
    assert expression.missing(Scope()) == ("existing_revenue",)


def test_known_formula_misses_nothing() -> None:
    assert read("kgi_amount * share").missing(Scope()) == ()


def test_condition_that_is_settled_misses_nothing() -> None:
    assert read("existing_revenue > 0 or late").missing(Scope()) == ()
    assert read("existing_revenue > 0 or not late").missing(Scope()) == ("existing_revenue",)


def test_value_behind_an_unknown_condition_misses_the_condition() -> None:
    expression = read("kgi_amount if existing_revenue > 0 else 0")
    assert expression.quantity(Scope()) == Unknown(("existing_revenue",))


def test_impossible_says_more_than_unknown() -> None:
    result = read("max(existing_revenue, kgi_amount / (share - share))").quantity(Scope())
    assert result == Impossible("division_by_zero", {"by": "share"})
    assert read("existing_revenue + kgi_amount / 0").quantity(Scope()) == Impossible(
        "division_by_zero", {"by": ""}
    )


def test_branch_not_taken_is_not_computed() -> None:
    assert read("kgi_amount / 0 if not late else kgi_amount").quantity(Scope()) == ANSWERS["kgi_amount"]


def test_value_remembers_the_answers_it_came_from() -> None:
    result = read("ceil(kgi_amount * share / average_deal)").quantity(Scope())
    assert isinstance(result, Known)
    assert result.because == ("kgi_amount", "share", "average_deal")
    days = read("kgi_date - campaign_date").quantity(Scope())
    assert isinstance(days, Known)
    assert days.because == ("kgi_date", "campaign_date")


def test_question_off_the_path_counts_as_zero_when_asked_for_so() -> None:
    expression = read("kgi_amount - when_asked(existing_revenue)")
    assert expression.quantity(Scope()) == Unknown(("existing_revenue",))
    hidden = expression.quantity(Scope(hidden=frozenset({"existing_revenue"})))
    assert isinstance(hidden, Known)
    assert hidden.value == 100_000_000


def test_choice_and_date_can_be_results() -> None:
    assert read("campaign").evaluate(Scope()) == "site_renewal"
    assert read("kgi_date if late else campaign_date").evaluate(Scope()) == datetime.date(2027, 3, 31)


def test_asking_for_the_wrong_kind_of_result_is_a_programming_error() -> None:
    with pytest.raises(TypeError):
        read("share").holds(Scope())
    with pytest.raises(TypeError):
        read("late").quantity(Scope())


def test_names_come_once_in_the_order_of_the_text() -> None:
    expression = read("share > 0 and asked(campaign) and share < 1 and late")
    assert expression.names == ("share", "campaign", "late")


def test_explanation_tells_what_decided() -> None:
    both = read("campaign == 'site_renewal' or existing_revenue > 0").explain(Scope())
    assert both.result is True
    assert both.values == (
        ("campaign", "site_renewal"),
        ("existing_revenue", Unknown(("existing_revenue",))),
    )
    assert both.decisive == ("campaign",)


@pytest.mark.parametrize(
    ("text", "decisive"),
    [
        ("late and share > 0", ("late", "share")),
        ("not late and share > 0", ("late",)),
        ("late and existing_revenue > 0", ("existing_revenue",)),
        ("not known(existing_revenue)", ("existing_revenue",)),
        ("kgi_amount if late else existing_revenue", ("late", "kgi_amount")),
        ("kgi_amount if existing_revenue > 0 else 0", ("existing_revenue",)),
        ("answered(business)", ("business",)),
    ],
)
def test_decisive_names_are_those_that_made_the_result(text: str, decisive: tuple[str, ...]) -> None:
    assert read(text).explain(Scope()).decisive == decisive


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("kgi_amuont > 0", "unknown_name", 0),
        ("late and kgi_amuont > 0", "unknown_name", 9),
        ("  kgi_amuont", "unknown_name", 2),
        ("campaign == 'site_renewel'", "unknown_option", 12),
        ("campaign in ('trade_show', 'x')", "unknown_option", 27),
        ("'lead' in web_stages", "unknown_option", 0),
        ("kgi_amount + average_deal", "unit_mismatch", 13),
        ("kgi_amount > share", "unit_mismatch", 13),
        ("max(kgi_amount, 1, lead_volume)", "unit_mismatch", 19),
        ("kgi_amount if late else share", "unit_mismatch", 24),
        ("kgi_amount and late", "type_mismatch", 0),
        ("not share", "type_mismatch", 4),
        ("campaign + 1", "type_mismatch", 0),
        ("campaign > 'trade_show'", "type_mismatch", 11),
        ("campaign == 1", "type_mismatch", 0),
        ("campaign in (1, 2)", "type_mismatch", 13),
        ("campaign in (share, late)", "type_mismatch", 13),
        ("'visit' in campaign", "type_mismatch", 11),
        ("web_stages == 'visit'", "type_mismatch", 0),
        ("share in ('visit')", "type_mismatch", 0),
        ("kgi_date > 3", "type_mismatch", 11),
        ("kgi_date + 3", "type_mismatch", 0),
        ("kgi_date - 3", "type_mismatch", 11),
        ("business == 'a'", "type_mismatch", 0),
        ("business", "type_mismatch", 0),
        ("late == late", "type_mismatch", 0),
        ("late if share else late", "type_mismatch", 8),
        ("late if late else share", "type_mismatch", 18),
        ("business if late else business", "type_mismatch", 22),
        ("count(campaign)", "type_mismatch", 6),
        ("when_asked(late)", "type_mismatch", 11),
        ("ceil(late)", "type_mismatch", 5),
        ("'site_renewal'", "not_allowed", 0),
        ("known('visit')", "not_allowed", 6),
        ("True", "not_allowed", 0),
        ("None", "not_allowed", 0),
        ("share ** 2", "not_allowed", 0),
        ("share // 2", "not_allowed", 0),
        ("+share", "not_allowed", 0),
        ("late is late", "not_allowed", 0),
        ("late == [1]", "not_allowed", 8),
        ('campaign == "trade_show"', "not_allowed", 12),
        ("lambda: 1", "not_allowed", 6),
        ("share # 1", "not_allowed", 6),
        ("share.real", "not_allowed", 0),
        ("(share, late)", "not_allowed", 0),
        ("f'a'", "not_allowed", 0),
        ("b'a'", "not_allowed", 0),
        ("売上 > 0", "not_allowed", 0),
        ("campaign == u'trade_show'", "type_mismatch", 12),
        ("campaign == 'trade_' 'show'", "type_mismatch", 12),
        ("1e5", "bad_number", 0),
        ("1_000", "bad_number", 0),
        ("0x10", "bad_number", 0),
        ("share + 2j", "bad_number", 8),
        ("1if late else 2", "bad_number", 0),
        (".5", "bad_number", 0),
        ("share > 5.", "bad_number", 8),
        ("open(share)", "unknown_function", 0),
        ("celi(share)", "unknown_function", 0),
        ("share.as_integer_ratio()", "unknown_function", 0),
        ("ceil()", "wrong_arguments", 0),
        ("ceil(share, share)", "wrong_arguments", 0),
        ("min(share)", "wrong_arguments", 0),
        ("min(*share, share)", "wrong_arguments", 0),
        ("asked(share + 1)", "wrong_arguments", 6),
        ("ceil(x=share)", "wrong_arguments", 0),
        ("share + " * 60 + "share", "too_deep", 0),
        ("-" * 490 + "1", "too_deep", 51),
        ("1" * 501, "too_long", 500),
    ],
)
def test_mistake_is_refused_with_its_place(text: str, code: str, position: int) -> None:
    error = refusal(text)
    assert (error.code, error.position) == (code, position)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "kgi_amount +",
        "(late",
        "late) or (late",
        "late = late",
        "late late",
        "007",
        "(" * 240 + "1" + ")" * 240,
    ],
)
def test_text_that_is_no_expression_is_bad_syntax(text: str) -> None:
    error = refusal(text)
    assert error.code == "bad_syntax"
    assert 0 <= error.position <= len(text)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("kgi_amuont > 0", {"name": "kgi_amuont", "nearest": "kgi_amount"}),
        ("zzz > 0", {"name": "zzz", "nearest": ""}),
        (
            "campaign == 'site_renewel'",
            {"option": "site_renewel", "nearest": "site_renewal", "question": "campaign"},
        ),
        ("kgi_amount + average_deal", {"left": "jpy", "right": "jpy/deal"}),
        ("celi(share)", {"name": "celi", "nearest": "ceil"}),
        ("min(share)", {"name": "min", "expected": "2+", "found": 1}),
        ("not share", {"expected": "boolean", "found": "number"}),
    ],
)
def test_refusal_carries_the_facts_of_its_sentence(text: str, params: dict[str, object]) -> None:
    assert refusal(text).params == params


def test_parsing_never_warns() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in ("1if late else 2", "'a' is 'b'", "0x1for", "1or 2", "'a'(1)", "1(2)"):
            assert refusal(text).code


def formulas(**texts: str) -> dict[str, Expression]:
    symbols = {name: Number() for name in (*texts, "x")}
    return {name: parse(text, symbols) for name, text in texts.items()}


def test_formulas_come_after_those_they_read() -> None:
    assert order(formulas(total="part * 2", part="x + first", first="x")) == ("first", "part", "total")


def test_cycle_is_written_from_the_first_formula() -> None:
    with pytest.raises(ExpressionError) as caught:
        order(formulas(free="x", a="b + 1", b="c", c="a"))
    assert caught.value.code == "cycle"
    assert caught.value.params == {"path": "a -> b -> c -> a"}


def test_formula_that_reads_itself_is_a_cycle() -> None:
    with pytest.raises(ExpressionError) as caught:
        order(formulas(a="a + 1"))
    assert caught.value.params == {"path": "a -> a"}
