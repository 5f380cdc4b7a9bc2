"""Reading a KGI sentence: number, date and business, told apart from what only sounds like a goal."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from checklist.checks.kgi_sentence import KgiSentence, read_kgi_sentence

YES, NO, OPEN = True, False, None

# The sentence; whether it holds a number, a date and a business; whether it is about activity.
JAPANESE = [
    ("2027年3月末までに、在庫管理クラウドの新規受注を1億2,000万円にする", YES, YES, YES, NO),
    ("２０２７年３月３１日までに産業用センサーの受注額１億円", YES, YES, YES, NO),
    ("令和9年3月末までに、給与計算サービスの新規契約を30件獲得する", YES, YES, YES, NO),
    ("2026年度中に、製造業向けSaaSで新規受注3億円", YES, YES, YES, NO),
    ("FY2026の保守サービス売上を前年比30%増", YES, YES, YES, NO),
    ("今期中に、協働ロボットの商談を120件つくる", YES, YES, YES, NO),
    ("上期中に、名古屋支店の受注を倍増する", YES, YES, YES, NO),
    ("2027年9月30日までに、クラウド会計の受注率を20%から25%に上げる", YES, YES, YES, NO),
    ("来年3月までに、測定器の引き合いを三十件増やす", YES, YES, YES, NO),
    ("2027年3月期に、ARRを5億円にする", YES, YES, NO, NO),
    ("2027年3月末までに新規受注1億円", YES, YES, NO, NO),
    ("売上1億円", YES, NO, NO, NO),
    ("産業用センサーで売上1億円", YES, NO, YES, NO),
    ("新規受注を1.5倍に伸ばす", YES, NO, NO, NO),
    ("流入をとにかく増やす", NO, NO, NO, YES),
    ("PV100万", YES, NO, NO, YES),
    ("2027年3月末までに月間10万PVを達成する", YES, YES, NO, YES),
    ("フォロワーを1万人にする", YES, NO, NO, YES),
    ("自然検索のセッションを30%増やす", YES, NO, YES, YES),
    ("オウンドメディアの記事を毎月20本公開する", YES, NO, YES, YES),
    ("今期中に在庫管理クラウドの商談を増やす", NO, YES, YES, NO),
    ("在庫管理クラウドの認知を高める", NO, NO, YES, NO),
    ("3億円のパイプラインを第3四半期末までに", YES, YES, NO, NO),
    ("半年以内に問い合わせを月50件にする", YES, YES, NO, NO),
    ("プロダクト365の売上を伸ばす", OPEN, NO, YES, NO),
]
ENGLISH = [
    ("100 million yen in new orders for the inventory cloud by 31 March 2027", YES, YES, YES, NO),
    ("¥120,000,000 in orders from factory sensors by the end of FY2026", YES, YES, YES, NO),
    ("30 new deals for payroll software by March 2027", YES, YES, YES, NO),
    ("By Q2 2027, win 120 qualified opportunities for the robotics line", YES, YES, YES, NO),
    ("Raise the win rate of the accounting cloud from 20% to 25% by 30 September 2027", YES, YES, YES, NO),
    ("Grow maintenance revenue by 30% this fiscal year", YES, YES, YES, NO),
    ("Thirty new deals by the end of the year", YES, YES, NO, NO),
    ("Double new orders by March 2027", YES, YES, NO, NO),
    ("¥100 million in sales", YES, NO, NO, NO),
    ("$2 million in new bookings in 2027", YES, YES, NO, NO),
    ("ARR of ¥500m by 2027-03-31", YES, YES, NO, NO),
    ("1.5x pipeline within 12 months", YES, YES, NO, NO),
    ("Get as much traffic as possible", NO, NO, NO, YES),
    ("1 million page views", YES, NO, NO, YES),
    ("50,000 sessions a month by June 2027", YES, YES, NO, YES),
    ("10k followers by the end of Q2", YES, YES, NO, YES),
    ("Publish 20 articles a month", YES, NO, OPEN, YES),
    ("More leads for the inventory cloud next year", NO, YES, YES, NO),
    ("Become the leading brand for warehouse robots", NO, NO, YES, NO),
    ("Increase sales", NO, NO, NO, NO),
    ("Win 40 customers from trade shows before 31/03/2027", YES, YES, YES, NO),
    ("Two hundred meetings booked by April", YES, YES, NO, NO),
]


@pytest.mark.parametrize(("sentence", "number", "day", "business", "activity"), JAPANESE + ENGLISH)
def test_sentence_is_read(
    sentence: str, number: bool | None, day: bool, business: bool | None, activity: bool
) -> None:
    found = read_kgi_sentence(sentence)
    assert (found.has_number, found.has_date, found.is_activity) == (number, day, activity)
    assert found.has_business in ((True, False, None) if business is OPEN else (business,))


def values(sentence: KgiSentence) -> list[tuple[str, Fraction | None]]:
    return [(number.kind, number.value) for number in sentence.numbers]


def test_amounts_and_counts_are_the_same_however_they_are_written() -> None:
    for text in ("1億2,000万円", "１２０百万円", "120,000,000円", "¥120 million", "120m yen"):
        assert values(read_kgi_sentence(f"受注 {text}")) == [("amount", Fraction(120_000_000))]
    for text in ("受注を30件", "受注を三十件", "30 new deals"):
        assert values(read_kgi_sentence(text)) == [("count", Fraction(30))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("受注率を3割に", [("rate", Fraction(3, 10))]),
        ("受注率を20%から25%に", [("rate", Fraction(1, 5)), ("rate", Fraction(1, 4))]),
        ("受注を1.5倍に", [("times", Fraction(3, 2))]),
        ("10x pipeline", [("times", Fraction(10))]),
        ("商談を3千件", [("count", Fraction(3000))]),
        ("two deals", [("count", None)]),
        ("¥3,000", [("amount", Fraction(3000))]),
        # Without a unit, only what is too large for a count is money, or what follows a word for it.
        ("目標は2億", [("amount", Fraction(200_000_000))]),
        ("売上高は5,000万", [("amount", Fraction(50_000_000))]),
        ("目標は5,000万", []),
        ("リード 300", []),
        ("Sales of 5 million", [("amount", Fraction(5_000_000))]),
        ("Sales of 5000", []),
    ],
)
def test_number_is_read_by_its_unit(sentence: str, expected: list[tuple[str, Fraction | None]]) -> None:
    assert values(read_kgi_sentence(sentence)) == expected


def test_number_without_a_unit_leaves_open_whether_there_is_one() -> None:
    assert read_kgi_sentence("リード 300").has_number is None
    assert read_kgi_sentence("リードを増やす").has_number is False


@pytest.mark.parametrize(
    "sentence", ["フォロワー数は3000", "アクセス数を 3000", "記事を 20", "10万PV", "PV 100"]
)
def test_number_of_what_the_team_does_or_draws_is_one_of_activity(sentence: str) -> None:
    (number,) = read_kgi_sentence(sentence).numbers
    assert (number.kind, number.is_activity) == ("count", True)


def test_amount_beside_an_activity_is_a_result() -> None:
    assert not read_kgi_sentence("記事で3,000万円").is_activity
    assert read_kgi_sentence("記事を30本").is_activity


@pytest.mark.parametrize("text", ["$2 million in orders", "3,000ドル", "$3,000", "3,000 euros"])
def test_other_currency_is_a_number_that_is_not_compared(text: str) -> None:
    assert values(read_kgi_sentence(text)) == [("amount", None)]


@pytest.mark.parametrize(
    ("sentence", "meant", "other"),
    [
        ("2027年3月末までに1億円", date(2027, 3, 31), date(2027, 9, 30)),
        ("2027年3月期に1億円", date(2027, 3, 20), date(2026, 3, 31)),
        ("2026年度末までに1億円", date(2027, 3, 31), date(2028, 3, 31)),
        ("R8年度中に1億円", date(2027, 3, 31), date(2028, 3, 31)),
        ("by 31 March 2027", date(2027, 3, 31), date(2027, 3, 30)),
        ("by the end of Q1 FY2026", date(2027, 3, 31), date(2025, 12, 31)),
        ("in 2027", date(2027, 12, 31), date(2028, 1, 1)),
    ],
)
def test_day_is_compared_with_the_widest_reading(sentence: str, meant: date, other: date) -> None:
    found = read_kgi_sentence(sentence)
    assert found.may_mean(meant) and not found.may_mean(other)


@pytest.mark.parametrize("sentence", ["今期中に受注1億円", "by the end of Q2", "上期末までに", "by March"])
def test_period_without_a_year_counts_as_a_date_that_is_vague(sentence: str) -> None:
    found = read_kgi_sentence(sentence)
    assert found.has_date and found.period_is_vague and found.may_mean(date(2031, 1, 1))


@pytest.mark.parametrize("sentence", ["2025年比で30%増", "30% more than 2025", "前年から20%伸ばす"])
def test_point_of_comparison_is_no_date(sentence: str) -> None:
    assert not read_kgi_sentence(sentence).has_date


def test_may_as_a_verb_is_no_month() -> None:
    assert not read_kgi_sentence("Sales may reach 30 deals").has_date


def test_business_of_the_answers_is_found_in_the_sentence() -> None:
    business = "産業用センサー事業（国内の製造業向け）"
    assert read_kgi_sentence("2027年3月末までに、センサーの新規受注を1億円", business).has_business is True
    assert read_kgi_sentence("2027年3月末までに、測定器の新規受注を1億円", business).has_business is None
    assert read_kgi_sentence("2027年3月末までに、新規受注を1億円", business).has_business is False


def test_business_within_what_is_counted_is_found() -> None:
    sentence = "50 new endpoint security contracts by 31 December 2027"
    assert read_kgi_sentence(sentence, "Endpoint security for mid-sized companies").has_business is True


def test_nothing_is_said_against_a_sentence_that_only_looks_odd() -> None:
    found = read_kgi_sentence("ISO9001支援の受注を伸ばす")
    assert found.has_number is None and not found.is_activity


def test_long_or_empty_text_is_no_trouble() -> None:
    assert read_kgi_sentence("").has_number is False
    assert read_kgi_sentence("1億円" * 60).has_number is True


@pytest.mark.parametrize(
    ("sentence", "business", "named"),
    [
        ("建機の受注を1億円", "建機", True),
        ("建機レンタの受注を1億円", "建機レンタル", True),
        ("重機の受注を1億円", "建機レンタル", None),
        ("デジタル広告の受注を1億円", "建機レンタル", None),
        ("受注を1億円", "建機", False),
        ("sensor orders of 100m yen", "Sensor business", True),
        ("orders of 100m yen", "Business", False),
    ],
)
def test_business_shares_three_characters_or_a_word(sentence: str, business: str, named: bool | None) -> None:
    assert read_kgi_sentence(sentence, business).has_business is named


def test_sentence_without_a_date_may_mean_any_day() -> None:
    found = read_kgi_sentence("受注を1億円")
    assert not found.has_date and not found.period_is_vague
    assert found.may_mean(date(2031, 1, 1))


def test_two_dates_may_mean_either_and_one_with_a_year_is_not_vague() -> None:
    found = read_kgi_sentence("今期中、遅くとも2027年3月末までに受注を1億円")
    assert not found.period_is_vague
    assert read_kgi_sentence("2027年3月末か2027年9月末までに受注を1億円").may_mean(date(2027, 9, 30))
