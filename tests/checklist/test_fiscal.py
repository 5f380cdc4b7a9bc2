from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.pack.compiled import Pack
from checklist.planning.timing.fiscal import MONTHS_IN, Grain, months_spanned, period_of, periods
from checklist.wording import Phrases
from checklist.wording.periods import month_name, period_name
from checklist.wording.words import Words

days = st.dates(date(1990, 1, 1), date(2200, 12, 31))
starts = st.integers(1, 12)
grains: st.SearchStrategy[Grain] = st.sampled_from(sorted(MONTHS_IN))


@pytest.mark.parametrize(
    ("day", "grain", "start", "year", "number", "first", "last"),
    [
        (date(2027, 3, 31), "year", 4, 2026, 1, date(2026, 4, 1), date(2027, 3, 31)),
        (date(2027, 4, 1), "year", 4, 2027, 1, date(2027, 4, 1), date(2028, 3, 31)),
        (date(2027, 9, 30), "half", 4, 2027, 1, date(2027, 4, 1), date(2027, 9, 30)),
        (date(2028, 2, 29), "quarter", 4, 2027, 4, date(2028, 1, 1), date(2028, 3, 31)),
        (date(2028, 2, 29), "month", 4, 2027, 11, date(2028, 2, 1), date(2028, 2, 29)),
        (date(2027, 1, 1), "year", 1, 2027, 1, date(2027, 1, 1), date(2027, 12, 31)),
        (date(2027, 12, 31), "quarter", 1, 2027, 4, date(2027, 10, 1), date(2027, 12, 31)),
        (date(2027, 9, 30), "quarter", 10, 2026, 4, date(2027, 7, 1), date(2027, 9, 30)),
        (date(2027, 10, 1), "half", 10, 2027, 1, date(2027, 10, 1), date(2028, 3, 31)),
        (date(2028, 1, 31), "quarter", 12, 2027, 1, date(2027, 12, 1), date(2028, 2, 29)),
    ],
)
def test_a_day_falls_in_its_period(
    day: date, grain: Grain, start: int, year: int, number: int, first: date, last: date
) -> None:
    found = period_of(day, grain, start)
    assert (found.fiscal_year, found.number, found.first, found.last) == (year, number, first, last)


@given(day=days, grain=grains, start=starts)
def test_every_day_of_a_period_gives_the_same_period(day: date, grain: Grain, start: int) -> None:
    found = period_of(day, grain, start)
    assert found.first <= day <= found.last
    assert months_spanned(found.first, found.last) == MONTHS_IN[grain]
    assert period_of(found.first, grain, start) == period_of(found.last, grain, start) == found


@given(first=days, length=st.integers(0, 3000), grain=grains, start=starts)
def test_periods_follow_one_another_without_a_gap(first: date, length: int, grain: Grain, start: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    found = periods(first, last, grain, start)
    assert found[0].first <= first and last <= found[-1].last and found[-1].first <= last
    for one, following in zip(found, found[1:], strict=False):
        assert following.first.toordinal() == one.last.toordinal() + 1


@pytest.mark.parametrize(
    ("grain", "start", "ja", "en"),
    [
        ("month", 4, "2027年4月", "Apr 2027"),
        ("quarter", 4, "2027年度 第1四半期（4月〜6月）", "FY2027 Q1 (Apr–Jun)"),
        ("half", 4, "2027年度 上期（2027年4月〜9月）", "FY2027 H1 (Apr–Sep 2027)"),
        ("half", 10, "2026年度 下期（2027年4月〜9月）", "FY2026 H2 (Apr–Sep 2027)"),
        ("year", 4, "2027年度（2027年4月〜2028年3月）", "FY2027 (Apr 2027–Mar 2028)"),
        ("year", 1, "2027年度（2027年1月〜12月）", "FY2027 (Jan–Dec 2027)"),
    ],
)
def test_a_period_is_named_with_its_months(
    btob: Pack, phrases: Phrases, grain: Grain, start: int, ja: str, en: str
) -> None:
    period = period_of(date(2027, 4, 15), grain, start)
    assert period_name(Words(btob, phrases, "ja"), period) == ja
    assert period_name(Words(btob, phrases, "en"), period) == en


def test_a_month_has_its_full_name(btob: Pack, phrases: Phrases) -> None:
    assert [month_name(Words(btob, phrases, language), 4) for language in ("ja", "en")] == ["4月", "April"]
