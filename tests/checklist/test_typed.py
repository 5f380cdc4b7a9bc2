"""What people type: every accepted spelling with its value, every refusal with its code."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from checklist.errors import TypedError
from checklist.questionnaire.typed import (
    Duration,
    Volume,
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
    subtract,
)


def outcome(reader: Any, text: str, **options: Any) -> Any:
    """Return the value read, or the code of the refusal as a string."""
    try:
        return reader(text, **options)
    except TypedError as error:
        return error.code


def refusal(reader: Any, text: str, **options: Any) -> dict[str, Any]:
    with pytest.raises(TypedError) as caught:
        reader(text, **options)
    return caught.value.params


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


DURATIONS = [
    ("3か月", Duration(3, "month")),
    ("3ヶ月", Duration(3, "month")),
    ("3ヵ月", Duration(3, "month")),
    ("３カ月", Duration(3, "month")),
    ("3ｶ月", Duration(3, "month")),
    ("3箇月", Duration(3, "month")),
    ("3か月間", Duration(3, "month")),
    ("3 months", Duration(3, "month")),
    ("1 month", Duration(1, "month")),
    ("a month", Duration(1, "month")),
    ("90日", Duration(90, "day")),
    ("90日間", Duration(90, "day")),
    ("90 days", Duration(90, "day")),
    ("2週間", Duration(2, "week")),
    ("2週", Duration(2, "week")),
    ("2 weeks", Duration(2, "week")),
    ("半年", Duration(6, "month")),
    ("half a year", Duration(6, "month")),
    ("1年", Duration(1, "year")),
    ("1 year", Duration(1, "year")),
    ("1年半", Duration(18, "month")),
    ("1.5年", Duration(18, "month")),
    ("1年6か月", Duration(18, "month")),
    ("1 year and 6 months", Duration(18, "month")),
    ("0日", Duration(0, "day")),
    ("約3か月", Duration(3, "month")),
    ("1.5か月", "fractional_duration"),
    ("1か月半", "fractional_duration"),
    ("2.5週間", "fractional_duration"),
    ("0.3年", "fractional_duration"),
    ("3", "duration_without_unit"),
    ("３０", "duration_without_unit"),
    ("3月", "month_or_months"),
    ("-3か月", "negative"),
    ("51年", "duration_too_long"),
    ("999999999999999日", "duration_too_long"),
    ("3か月〜6か月", "range"),
    ("3m", "not_a_duration"),
    ("しばらく", "not_a_duration"),
    ("か月", "not_a_duration"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "expected"), DURATIONS)
def test_duration(text: str, expected: Any) -> None:
    assert outcome(read_duration, text) == expected


@pytest.mark.parametrize(
    ("day", "duration", "expected"),
    [
        ("2027-03-31", Duration(1, "month"), "2027-02-28"),
        ("2028-03-31", Duration(1, "month"), "2028-02-29"),
        ("2027-03-31", Duration(3, "month"), "2026-12-31"),
        ("2027-01-31", Duration(1, "month"), "2026-12-31"),
        ("2027-12-31", Duration(12, "month"), "2026-12-31"),
        ("2028-02-29", Duration(1, "year"), "2027-02-28"),
        ("2027-03-31", Duration(2, "week"), "2027-03-17"),
        ("2027-03-01", Duration(90, "day"), "2026-12-01"),
        ("2027-03-01", Duration(0, "month"), "2027-03-01"),
    ],
)
def test_months_are_calendar_months_clamped_to_the_end_of_the_month(
    day: str, duration: Duration, expected: str
) -> None:
    assert str(subtract(datetime.date.fromisoformat(day), duration)) == expected


def test_duration_in_days_takes_a_month_as_a_twelfth_of_365_days() -> None:
    assert Duration(12, "month").days == Duration(1, "year").days == 365
    assert Duration(1, "month").days == Fraction(365, 12)
    assert Duration(2, "week").days == 14


END_OF_MARCH = datetime.date(2027, 3, 31)
DATES = [
    ("2027-03-31", END_OF_MARCH),
    ("2027/3/31", END_OF_MARCH),
    ("2027.3.31", END_OF_MARCH),
    ("20270331", END_OF_MARCH),
    ("２０２７／３／３１", END_OF_MARCH),
    ("2027年3月31日", END_OF_MARCH),
    ("2027年 3月 31日", END_OF_MARCH),
    ("2027年3月31日（水）", END_OF_MARCH),
    ("2027年3月末", END_OF_MARCH),
    ("令和9年3月31日", END_OF_MARCH),
    ("令和９年３月３１日", END_OF_MARCH),
    ("R9.3.31", END_OF_MARCH),
    ("r9/3/31", END_OF_MARCH),
    ("㋿9年3月31日", END_OF_MARCH),
    ("令和元年5月1日", datetime.date(2019, 5, 1)),
    ("平成31年4月30日", datetime.date(2019, 4, 30)),
    ("31 March 2027", END_OF_MARCH),
    ("31st March 2027", END_OF_MARCH),
    ("31 Mar. 2027", END_OF_MARCH),
    ("March 31, 2027", END_OF_MARCH),
    ("Mar 31 2027", END_OF_MARCH),
    ("31/03/2027", END_OF_MARCH),
    ("03/31/2027", END_OF_MARCH),
    ("03/03/2027", datetime.date(2027, 3, 3)),
    ("2028-02-29", datetime.date(2028, 2, 29)),
    ("03/04/2027", "ambiguous_date"),
    ("2027年3月", "date_without_day"),
    ("2027-03", "date_without_day"),
    ("令和9年3月", "date_without_day"),
    ("March 2027", "date_without_day"),
    ("3月31日", "date_without_year"),
    ("3/31", "date_without_year"),
    ("27/3/31", "short_year"),
    ("2027-02-29", "no_such_date"),
    ("2027-13-01", "no_such_date"),
    ("2027-00-10", "no_such_date"),
    ("31 April 2027", "no_such_date"),
    ("45/45/2027", "no_such_date"),
    ("2027年13月末", "no_such_date"),
    ("0000-01-01", "no_such_date"),
    ("1899-12-31", "date_out_of_range"),
    ("2201-01-01", "date_out_of_range"),
    ("2027-13", "not_a_date"),
    ("2027年度末", "not_a_date"),
    ("来年", "not_a_date"),
    ("2027", "not_a_date"),
    ("2027-3/31", "not_a_date"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_date(text: str, expected: Any) -> None:
    assert outcome(read_date, text) == expected


def volume(count: int | str, per: Any, span: int = 1) -> Volume:
    return Volume(Fraction(count), per, span)


VOLUMES = [
    ("40/月", volume(40, "month")),
    ("40件/月", volume(40, "month")),
    ("４０件／月", volume(40, "month")),
    ("月40件", volume(40, "month")),
    ("月に40件", volume(40, "month")),
    ("月間40件", volume(40, "month")),
    ("毎月40件", volume(40, "month")),
    ("月あたり40件", volume(40, "month")),
    ("1か月に40件", volume(40, "month")),
    ("1か月あたり40件", volume(40, "month")),
    ("週10", volume(10, "week")),
    ("週に10件", volume(10, "week")),
    ("1日3件", volume(3, "day")),
    ("1日あたり3件", volume(3, "day")),
    ("毎日3件", volume(3, "day")),
    ("6か月で240件", volume(240, "month", 6)),
    ("6ヶ月間で240件", volume(240, "month", 6)),
    ("6か月240件", volume(240, "month", 6)),
    ("半年で240件", volume(240, "month", 6)),
    ("12か月で1,200件", volume(1200, "month", 12)),
    ("240件/6か月", volume(240, "month", 6)),
    ("年間480件", volume(480, "year")),
    ("年480件", volume(480, "year")),
    ("1年で480件", volume(480, "year")),
    ("90日間で30件", volume(30, "day", 90)),
    ("月1.5万件", volume(15000, "month")),
    ("月2.5件", volume("5/2", "month")),
    ("1回の展示会で300枚", volume(300, "show")),
    ("展示会1回あたり300枚", volume(300, "show")),
    ("1回で300枚", volume(300, "show")),
    ("3回の展示会で900枚", volume(900, "show", 3)),
    ("300/回", volume(300, "show")),
    ("300枚/展示会", volume(300, "show")),
    ("300 per show", volume(300, "show")),
    ("40 per month", volume(40, "month")),
    ("40 leads per month", volume(40, "month")),
    ("40 a month", volume(40, "month")),
    ("40/month", volume(40, "month")),
    ("40 monthly", volume(40, "month")),
    ("240 in 6 months", volume(240, "month", 6)),
    ("240 leads in 6 months", volume(240, "month", 6)),
    ("240 over half a year", volume(240, "month", 6)),
    ("0/月", volume(0, "month")),
    ("40", "volume_without_period"),
    ("40件", "volume_without_period"),
    ("1万", "volume_without_period"),
    ("-40/月", "negative"),
    ("0か月で40件", "not_a_volume"),
    ("2027年40件", "not_a_volume"),
    ("3月で40件", "not_a_volume"),
    ("40/袋", "not_a_volume"),
    ("たくさん", "not_a_volume"),
    ("月1,00件", "misplaced_separator"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "expected"), VOLUMES)
def test_volume(text: str, expected: Any) -> None:
    assert outcome(read_volume, text) == expected


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (volume(40, "month"), 40),
        (volume(240, "month", 6), 40),
        (volume(480, "year"), 40),
        (volume(7, "week"), Fraction(365, 12)),
        (volume(1, "day"), Fraction(365, 12)),
        (volume(300, "show"), None),
    ],
)
def test_volume_per_month(read: Volume, expected: Any) -> None:
    assert read.per_month() == expected


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
