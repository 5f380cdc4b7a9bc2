"""What people type: durations, dates and volumes."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from checklist.questionnaire.typed import (
    Duration,
    Volume,
    read_date,
    read_duration,
    read_volume,
    subtract,
)
from tests.outcomes import outcome

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
