from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklist.planning.timing.fiscal import MONTHS_IN, Grain, periods
from checklist.planning.timing.spread import later, shares, shifted, spread_over
from checklist.questionnaire.typed import Duration


@pytest.mark.parametrize(
    ("day", "lag", "expected"),
    [
        (date(2027, 1, 31), Duration(1, "month"), date(2027, 2, 28)),
        (date(2028, 1, 31), Duration(1, "month"), date(2028, 2, 29)),
        (date(2028, 2, 29), Duration(1, "year"), date(2029, 2, 28)),
        (date(2027, 12, 31), Duration(2, "month"), date(2028, 2, 29)),
        (date(2027, 2, 28), Duration(2, "week"), date(2027, 3, 14)),
    ],
)
def test_a_lag_is_counted_in_calendar_months_or_days_as_typed(
    day: date, lag: Duration, expected: date
) -> None:
    assert later(day, lag) == expected


@given(
    first=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    length=st.integers(0, 200),
    lags=st.lists(
        st.builds(Duration, st.integers(0, 70), st.sampled_from(["day", "week", "month", "year"])), max_size=3
    ),
)
def test_a_shifted_flow_holds_every_day_where_that_day_falls(
    first: date, length: int, lags: list[Duration]
) -> None:
    flow = spread_over(first, first + timedelta(days=length))
    days = [first + timedelta(days=day) for day in range(length + 1)]
    for lag in lags:
        flow, days = shifted(flow, lag), [later(day, lag) for day in days]
    expected: dict[tuple[int, int], Fraction] = {}
    for day in days:
        expected[day.year, day.month] = expected.get((day.year, day.month), Fraction(0)) + 1
    found: dict[tuple[int, int], Fraction] = {}
    for part in flow:
        assert (part.first.year, part.first.month) == (part.last.year, part.last.month)
        key = (part.first.year, part.first.month)
        found[key] = found.get(key, Fraction(0)) + part.weight
    assert found == expected


@given(
    total=st.integers(0, 10**6),
    length=st.integers(0, 1500),
    season=st.lists(st.integers(1, 50), min_size=12, max_size=12),
    start=st.integers(1, 12),
)
def test_coarser_periods_hold_the_sum_of_the_finer_ones(
    total: int, length: int, season: list[int], start: int
) -> None:
    first = date(2026, 11, 25)
    last = first + timedelta(days=length)
    flow = spread_over(first, last, {at + 1: Fraction(count) for at, count in enumerate(season)})
    months = periods(first, last, "month", start)
    counts = shares(total, flow, months)
    assert sum(counts) == total and min(counts) >= 0
    grains: tuple[Grain, ...] = tuple(grain for grain in MONTHS_IN if grain != "month")
    for grain in grains:
        spans = periods(first, last, grain, start)
        summed = [
            sum(
                count
                for count, month in zip(counts, months, strict=True)
                if span.first <= month.first <= span.last
            )
            for span in spans
        ]
        assert list(shares(total, flow, spans)) == summed
