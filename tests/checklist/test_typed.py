"""What people type: every accepted spelling with its value, every refusal with its code."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from checklist.questionnaire.typed import (
    clean_text,
    is_later_word,
    is_unknown_word,
    read_amount,
    read_count,
    read_date,
    read_duration,
    read_number,
    read_percentage,
    read_rate,
    read_volume,
)
from tests.outcomes import outcome, refusal

NUMBERS = [
    ("0", 0),
    ("42", 42),
    ("007", 7),
    ("３．５", Fraction(7, 2)),
    ("1,234.5", Fraction(2469, 2)),
    ("１，２３４", 1234),
    ("1,2345,6789", 123456789),
    ("　 12 ", 12),
    ("12\n", 12),
    ("-3", -3),
    ("−3", -3),
    ("－３", -3),
    ("△3", -3),
    ("▲ 3", -3),
    ("(1,000)", -1000),
    ("（1,000）", -1000),
    ("+3", 3),
    ("約100", 100),
    ("about 100", 100),
    ("123456789012345", 123456789012345),
    ("1234567890123456", "too_many_digits"),
    ("0.1234567890123456", "too_many_digits"),
    ("", "empty"),
    ("　", "empty"),
    ("1e5", "exponent"),
    ("1E+5", "exponent"),
    ("１ｅ５", "exponent"),
    ("NaN", "not_a_number"),
    ("inf", "not_a_number"),
    ("--3", "not_a_number"),
    ("(-3)", "not_a_number"),
    ("()", "not_a_number"),
    ("-", "not_a_number"),
    (".5", "not_a_number"),
    ("0x10", "not_a_number"),
    ("abc", "not_a_number"),
    ("٣", "not_a_number"),
    ("1_000", "not_a_number"),
    ("1,00", "misplaced_separator"),
    ("1,5", "misplaced_separator"),
    ("1,0000", "misplaced_separator"),
    ("0,123", "misplaced_separator"),
    ("12,34,567", "misplaced_separator"),
    ("1,", "misplaced_separator"),
    ("5.", "misplaced_separator"),
    ("1.000,50", "misplaced_separator"),
    ("1.2.3", "misplaced_separator"),
    ("1 000", "misplaced_separator"),
    ("10〜20", "range"),
    ("10～20", "range"),
    ("10²", "bad_character"),
    ("½", "bad_character"),
    ("⑴", "bad_character"),
    ("①", "bad_character"),
    ("1\x002", "bad_character"),
    ("1\u202e2", "bad_character"),
    ("1\u200b2", "bad_character"),
    ("\ud8001", "bad_character"),
    ("1" * 101, "text_too_long"),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_number(text: str, expected: Any) -> None:
    assert outcome(read_number, text) == expected


OKU = 10**8
AMOUNTS = [
    ("100000000", OKU),
    ("100,000,000", OKU),
    ("1億", OKU),
    ("1億円", OKU),
    ("１億円", OKU),
    ("一億円", OKU),
    ("1.5億", 150_000_000),
    ("1億2,000万円", 120_000_000),
    ("1億2000万", 120_000_000),
    ("1億 2000万 円", 120_000_000),
    ("1億2千万円", 120_000_000),
    ("1億2345万6789円", 123_456_789),
    ("1億5000円", 100_005_000),
    ("1億500,000", 100_500_000),
    ("3000万", 30_000_000),
    ("3千万円", 30_000_000),
    ("三千万円", 30_000_000),
    ("3万5000", 35_000),
    ("3万5千円", 35_000),
    ("500千円", 500_000),
    ("5,000千円", 5_000_000),
    ("100百万円", OKU),
    ("1,234百万円", 1_234_000_000),
    ("百万円", 1_000_000),
    ("千五百円", 1500),
    ("12,000万円", 120_000_000),
    ("1兆円", 10**12),
    ("￥1,000", 1000),
    ("¥1,000", 1000),
    ("￥ 1,000", 1000),
    ("1,000円", 1000),
    ("JPY 1,000", 1000),
    ("1,000 JPY", 1000),
    ("3M", 3_000_000),
    ("3m yen", 3_000_000),
    ("3 million", 3_000_000),
    ("¥3 million", 3_000_000),
    ("1.2 billion", 1_200_000_000),
    ("1.2bn", 1_200_000_000),
    ("500k yen", 500_000),
    ("500 thousand yen", 500_000),
    ("約3000万円", 30_000_000),
    ("△500千円", -500_000),
    ("▲1億円", -OKU),
    ("-￥1,000", -1000),
    ("￥-1,000", -1000),
    ("（￥1,000）", -1000),
    ("(1,000円)", -1000),
    ("0円", 0),
    ("999兆円", 999 * 10**12),
    ("1000兆円", "too_many_digits"),
    ("9999999兆円", "too_many_digits"),
    ("1000000000000000円", "too_many_digits"),
    ("1億5000", "ambiguous_number"),
    ("2億5", "ambiguous_number"),
    ("3万5", "ambiguous_number"),
    ("1億20000万", "not_an_amount"),
    ("1.5億2000万", "not_an_amount"),
    ("1万2億", "not_an_amount"),
    ("億円", "not_an_amount"),
    ("円", "not_an_amount"),
    ("たくさん", "not_an_amount"),
    ("3 zillion", "not_an_amount"),
    ("1,00万円", "misplaced_separator"),
    ("1e8円", "exponent"),
    ("$1,000", "other_currency"),
    ("1000ドル", "other_currency"),
    ("1000 USD", "other_currency"),
    ("100万円〜200万円", "range"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amount(text: str, expected: Any) -> None:
    assert outcome(read_amount, text) == expected


COUNTS = [
    ("40", 40),
    ("40件", 40),
    ("４０　件", 40),
    ("1,200人", 1200),
    ("1万件", 10_000),
    ("1.5万人", 15_000),
    ("3百枚", 300),
    ("3日", 3),
    ("3日間", 3),
    ("8時間", 8),
    ("40 leads", 40),
    ("5 people", 5),
    ("2k contacts", 2000),
    ("0", 0),
    ("-0", 0),
    ("-3", "negative"),
    ("△3件", "negative"),
    ("2.5", "not_whole"),
    ("件", "not_a_count"),
    ("40件以上", "not_a_count"),
    ("1億5000件", 100_005_000),
    ("いくつか", "not_a_count"),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_count(text: str, expected: Any) -> None:
    assert outcome(read_count, text) == expected


def test_count_may_have_decimals_when_allowed() -> None:
    assert read_count("2.5件", whole=False) == Fraction(5, 2)


def test_count_knows_only_the_counters_it_is_given() -> None:
    assert outcome(read_count, "40枚", counters=("件",)) == "not_a_count"
    assert outcome(read_count, "40件", counters=("件",)) == 40


RATES = [
    ("25%", Fraction(1, 4)),
    ("２５％", Fraction(1, 4)),
    ("25 %", Fraction(1, 4)),
    ("25", Fraction(1, 4)),
    ("25パーセント", Fraction(1, 4)),
    ("25 percent", Fraction(1, 4)),
    ("2割5分", Fraction(1, 4)),
    ("2割", Fraction(1, 5)),
    ("２割５分３厘", Fraction(253, 1000)),
    ("0.5%", Fraction(1, 200)),
    ("1%", Fraction(1, 100)),
    ("12.5", Fraction(1, 8)),
    ("1.01", Fraction(101, 10000)),
    ("0", 0),
    ("0%", 0),
    ("0.0", 0),
    ("100%", 1),
    ("100", 1),
    ("0.5", "ambiguous_rate"),
    ("1", "ambiguous_rate"),
    ("０．２５", "ambiguous_rate"),
    ("-5%", "negative"),
    ("△5", "negative"),
    ("100.1%", "above_100"),
    ("250", "above_100"),
    ("11割", "above_100"),
    ("25%%", "not_a_rate"),
    ("%", "not_a_rate"),
    ("5件中1件", "not_a_rate"),
    ("四分の一", "not_a_rate"),
    ("1/4", "not_a_rate"),
    ("20〜25%", "range"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "expected"), RATES)
def test_rate(text: str, expected: Any) -> None:
    assert outcome(read_rate, text) == expected


GROWTH = [
    ("30%", Fraction(3, 10)),
    ("30", Fraction(3, 10)),
    ("30%増", Fraction(3, 10)),
    ("30％増加", Fraction(3, 10)),
    ("３割増", Fraction(3, 10)),
    ("30%の成長", Fraction(3, 10)),
    ("+30%", Fraction(3, 10)),
    ("1.3倍", Fraction(3, 10)),
    ("前年比30%増", Fraction(3, 10)),
    ("前年比+30%", Fraction(3, 10)),
    ("前年比1.3倍", Fraction(3, 10)),
    ("対前年比20%減", Fraction(-1, 5)),
    ("30% increase", Fraction(3, 10)),
    ("10% decrease", Fraction(-1, 10)),
    ("-10%", Fraction(-1, 10)),
    ("△10%", Fraction(-1, 10)),
    ("150%", Fraction(3, 2)),
    ("0", 0),
    ("前年比130%", "ambiguous_growth"),
    ("前年比30%", "ambiguous_growth"),
    ("昨対130%", "ambiguous_growth"),
    ("YoY 130%", "ambiguous_growth"),
    ("0.3", "ambiguous_rate"),
    ("-0.3", "ambiguous_rate"),
    ("-30%増", "not_a_rate"),
    ("増", "not_a_rate"),
    ("倍", "not_a_rate"),
]


@pytest.mark.parametrize(("text", "expected"), GROWTH)
def test_growth(text: str, expected: Any) -> None:
    assert outcome(read_percentage, text, growth=True) == expected


@pytest.mark.parametrize(
    ("text", "maximum", "expected"),
    [
        ("40%", Fraction(1), Fraction(2, 5)),
        ("100%", Fraction(1), 1),
        ("101%", Fraction(1), "above_maximum"),
        ("250%", None, Fraction(5, 2)),
        ("-5%", None, "negative"),
        ("0.4", Fraction(1), "ambiguous_rate"),
        ("30%増", None, "not_a_rate"),
        ("1.3倍", None, "not_a_rate"),
    ],
)
def test_share(text: str, maximum: Fraction | None, expected: Any) -> None:
    assert outcome(read_percentage, text, maximum=maximum) == expected


@pytest.mark.parametrize(
    ("reader", "text", "params"),
    [
        (read_rate, "0.5", {"typed": "0.5", "as_percent": "0.5%", "as_fraction": "50%"}),
        (read_rate, "０．５", {"typed": "０．５", "as_percent": "0.5%", "as_fraction": "50%"}),
        (
            read_amount,
            "1億5000",
            {"typed": "1億5000", "as_written": "100005000", "as_spoken": "150000000"},
        ),
        (read_amount, "2億5", {"typed": "2億5", "as_written": "200000005", "as_spoken": "250000000"}),
        (read_amount, "3万5", {"typed": "3万5", "as_written": "30005", "as_spoken": "35000"}),
        (read_amount, "$5", {"typed": "$5", "currency": "$"}),
        (read_count, "2.5件", {"typed": "2.5件", "below": "2", "above": "3"}),
        (read_duration, "1.5か月", {"typed": "1.5か月", "days": "46"}),
        (read_duration, "3月", {"typed": "3月", "count": "3"}),
        (read_duration, "3", {"typed": "3", "count": "3"}),
        (read_date, "2027-02-30", {"typed": "2027-02-30", "year": 2027, "month": 2, "last": 28}),
        (read_date, "2027年2月", {"typed": "2027年2月", "first": "2027-02-01", "last": "2027-02-28"}),
        (read_date, "03/04/2027", {"typed": "03/04/2027", "one": "2027-03-04", "other": "2027-04-03"}),
        (read_volume, "40件", {"typed": "40件", "count": "40"}),
        (read_volume, "月1,00件", {"typed": "月1,00件"}),
        (read_number, "1\u202e2", {"typed": "12", "character": "U+202E"}),
    ],
)
def test_refusal_holds_what_was_typed_and_what_would_be_right(
    reader: Any, text: str, params: dict[str, Any]
) -> None:
    assert refusal(reader, text) == params


def test_growth_with_two_readings_names_both() -> None:
    params = refusal(read_percentage, "前年比130%", growth=True)
    assert params == {"typed": "前年比130%", "as_growth": "130%", "as_ratio": "30%"}


def test_share_above_its_maximum_names_the_maximum() -> None:
    params = refusal(read_percentage, "120%", maximum=Fraction(1))
    assert params == {"typed": "120%", "maximum": "100%"}


def test_what_was_typed_is_repeated_in_forty_characters_at_most() -> None:
    assert refusal(read_number, "あ" * 500)["typed"] == "あ" * 40


@pytest.mark.parametrize(
    "text", ["わからない", "分からない。", "不明", " Unknown ", "I don’t know", "don't know"]
)
def test_word_for_unknown(text: str) -> None:
    assert is_unknown_word(text)
    assert not is_later_word(text)


@pytest.mark.parametrize("text", ["あとで", "後で", "Later"])
def test_word_for_later(text: str) -> None:
    assert is_later_word(text)
    assert not is_unknown_word(text)


@pytest.mark.parametrize("text", ["", "40", "わからないことはない", "\x00", "n/a"])
def test_other_words_are_neither_unknown_nor_later(text: str) -> None:
    assert not is_unknown_word(text)
    assert not is_later_word(text)


@pytest.mark.parametrize(
    ("text", "multiline", "cleaned"),
    [
        ("  ポンプ事業 ", False, "ポンプ事業"),
        ("ﾎﾟﾝﾌﾟ", False, "ﾎﾟﾝﾌﾟ"),
        ("は\u3099", False, "ば"),
        ("a\r\nb\tc", False, "a b c"),
        ("a\r\nb\u2028c", True, "a\nb\nc"),
        ("a\x00\x07b", False, "ab"),
        ("safe\u202etxt.exe", False, "safetxt.exe"),
        ("\ufeffa\u200bb", False, "ab"),
        ("a\ud800b", False, "ab"),
        ("👨\u200d👩", False, "👨\u200d👩"),
        ("<b>&", False, "<b>&"),
    ],
)
def test_text_is_cleaned_of_what_cannot_be_seen(text: str, multiline: bool, cleaned: str) -> None:
    assert clean_text(text, 100, multiline) == cleaned


def test_text_over_its_length_is_refused_with_both_lengths() -> None:
    assert clean_text("あ" * 10, 10) == "あ" * 10
    assert refusal(clean_text, "あ" * 11, max_length=10) == {"typed": "あ" * 11, "length": 11, "limit": 10}
