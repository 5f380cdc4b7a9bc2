"""Readers of typed text: never anything but a value or a TypedError, and what is written is read back."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.errors import TypedError
from checklist.quantity import decimal_text
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

READERS: list[Callable[[str], Any]] = [
    read_number,
    read_amount,
    read_count,
    partial(read_count, whole=False),
    read_rate,
    read_percentage,
    partial(read_percentage, growth=True),
    read_duration,
    read_date,
    read_volume,
    is_unknown_word,
    is_later_word,
    partial(clean_text, max_length=50, multiline=True),
]

PIECES = st.sampled_from(
    [
        *"0123456789０１９,，.．-−△▲()（）%％/年月日週回件枚億万千百十円￥¥ 　~〜一二半割分厘増減倍でに",
        *("か月", "ヶ月", "週間", "前年比", "令和", "R", "平成元年", "展示会", "million", "k"),
        *("per", "month", "March", "in", "a", "year", "99999999999999999999"),
        *("\u202e", "\x00", "\ud800", "\ufdfa", "½", "²", "e5", "約"),
    ]
)
typed = st.text(max_size=30) | st.lists(PIECES, max_size=9).map("".join)


@pytest.mark.parametrize("reader", READERS)
@given(text=typed)
@settings(max_examples=120, deadline=None)
def test_any_text_gives_a_value_or_a_refusal_that_can_be_stored(
    reader: Callable[[str], Any], text: str
) -> None:
    try:
        reader(text)
    except TypedError as error:
        assert len(error.params["typed"]) <= 40
        repr(sorted(error.params.items())).encode()
        error.params["typed"].encode()


whole = st.integers(min_value=0, max_value=10**15 - 1)


@given(whole, st.sampled_from(["{}", "{}円", "￥{}", "JPY {}", " {} 円"]), st.booleans())
@settings(max_examples=80, deadline=None)
def test_amount_with_separators_and_full_width_digits_is_read_back(value: int, form: str, wide: bool) -> None:
    digits = f"{value:,}"
    if wide:
        digits = "".join(chr(ord(char) + 0xFEE0) for char in digits)
    assert read_amount(form.format(digits)) == value


@given(st.integers(1, 9999), st.integers(0, 9999), st.integers(0, 9999))
@settings(max_examples=60, deadline=None)
def test_amount_in_oku_and_man_is_read_back(oku: int, man: int, yen: int) -> None:
    assert read_amount(f"{oku}億{man:,}万{yen}円") == oku * 10**8 + man * 10**4 + yen


@given(st.integers(-(10**9), 10**9).map(lambda number: Fraction(number, 1000)))
@settings(max_examples=60, deadline=None)
def test_number_is_read_back(value: Fraction) -> None:
    assert read_number(decimal_text(value)) == value
    assert read_number(decimal_text(value).replace("-", "△")) == value


@given(st.integers(0, 10**5).map(lambda number: Fraction(number, 10**5)))
@settings(max_examples=60, deadline=None)
def test_rate_with_its_sign_is_read_back(rate: Fraction) -> None:
    assert read_rate(decimal_text(rate * 100) + "%") == rate


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_date_is_read_back(day: datetime.date) -> None:
    month_name = day.strftime("%B")
    for written in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.day} {month_name} {day.year}",
        f"{month_name} {day.day}, {day.year}",
    ):
        assert read_date(written) == day


@given(st.dates(datetime.date(1950, 1, 1)), st.integers(0, 600))
@settings(max_examples=60, deadline=None)
def test_months_before_a_day_is_the_same_day_or_the_end_of_a_shorter_month(
    day: datetime.date, months: int
) -> None:
    earlier = subtract(day, Duration(months, "month"))
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day <= day.day
    assert earlier.day == day.day or (earlier + datetime.timedelta(days=1)).day == 1


@given(st.integers(0, 10**6), st.integers(2, 50))
@settings(max_examples=40, deadline=None)
def test_volume_is_read_back(count: int, months: int) -> None:
    expected = Volume(Fraction(count), "month", months)
    assert read_volume(f"{months}か月で{count}件") == expected
    assert read_volume(f"{count:,}件/{months}ヶ月") == expected
    assert read_volume(f"{count} in {months} months") == expected


@given(st.text(max_size=60), st.booleans())
@settings(max_examples=150, deadline=None)
def test_cleaned_text_is_clean_already(text: str, multiline: bool) -> None:
    cleaned = clean_text(text, 500, multiline)
    assert clean_text(cleaned, 500, multiline) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
