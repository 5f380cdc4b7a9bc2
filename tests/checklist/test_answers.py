"""Reading answers: what people type is accepted or named, and nothing is raised but what says so."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checklist.errors import TypedError
from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.quantity import ONE, Unit
from checklist.questionnaire.answers import read_answer, read_answers
from checklist.questionnaire.typed import Duration, Volume
from checklist.questionnaire.values import (
    Chosen,
    ChosenMany,
    Day,
    Estimate,
    Flow,
    NotKnown,
    OwnCounts,
    Span,
    Words,
)
from tests.builders import PACKS

PACK = load_pack(PACKS / "minimal")
JPY = Unit.parse("jpy")
RATE = Unit.parse("opportunity/lead")
QUARTER = Fraction(1, 4)


def read(question_id: str, raw: Any, pack: Pack = PACK) -> Any:
    return read_answer(pack.questions[question_id], raw, pack)


def refused(question_id: str, raw: Any) -> str:
    with pytest.raises(TypedError) as raised:
        read(question_id, raw)
    return raised.value.code


@pytest.mark.parametrize(
    ("question_id", "raw", "answer"),
    [
        ("kgi_amount", "1億2,000万円", Estimate(Fraction(120_000_000), JPY)),
        ("kgi_amount", 5_000_000, Estimate(Fraction(5_000_000), JPY)),
        ("average_deal", "300万円", Estimate(Fraction(3_000_000), Unit.parse("jpy/deal"))),
        ("kgi_count", "30件", Estimate(Fraction(30), Unit.parse("case"))),
        ("talks_per_person_hour", "2.5", Estimate(Fraction(5, 2), Unit.parse("talk/person/hour"))),
        ("lead_to_opportunity", "25%", Estimate(QUARTER, RATE)),
        ("share", "40%", Estimate(Fraction(2, 5), ONE)),
        ("growth_rate", "30%増", Estimate(Fraction(3, 10), ONE)),
        ("spam_share_baseline", "0.3%", Estimate(Fraction(3, 1000), ONE)),
        ("meeting_capacity", "月20件", Flow(Volume(Fraction(20), "month"), Unit.parse("opportunity"))),
        ("meeting_capacity", "20", Flow(Volume(Fraction(20), "month"), Unit.parse("opportunity"))),
        ("lead_to_opportunity_time", "3か月", Span(Duration(3, "month"))),
        ("kgi_date", "令和9年3月31日", Day(date(2027, 3, 31))),
        ("business", " 在庫管理クラウド ", Words("在庫管理クラウド")),
        ("campaign", "site_renewal", Chosen("site_renewal")),
        ("campaign", "サイトリニューアル", Chosen("site_renewal")),
        ("campaign", "site  Renewal", Chosen("site_renewal")),
        ("web_stages", ["有効リード", "visit"], ChosenMany(("visit", "valid_lead"))),
        ("web_stages", "訪問、有効リード", ChosenMany(("visit", "valid_lead"))),
        ("web_stages", [], ChosenMany(())),
        ("web_stages", "none_of_these", ChosenMany(())),
        ("web_stages", ["none_of_these"], ChosenMany(())),
        ("kgi_agreed", "はい", Chosen("yes")),
        ("kgi_agreed", "一部", Chosen("partly")),
        ("kgi_agreed", "いいえ", Chosen("no")),
        ("kgi_agreed", "わからない", NotKnown("unknown")),
        ("kgi_amount", "不明", NotKnown("unknown")),
        ("kgi_amount", "later", NotKnown("later")),
        ("kgi_amount", {"likely": "あとで"}, NotKnown("later")),
        ("existing_revenue", {"choose": "none"}, NotKnown("none")),
    ],
)  # fmt: skip
def test_what_people_type_is_read(question_id: str, raw: Any, answer: Any):
    assert read(question_id, raw) == answer


def test_range_has_three_numbers_and_a_source():
    raw = {"low": "20%", "likely": "25%", "high": "30%", "source": "own_record"}
    assert read("lead_to_opportunity", raw) == Estimate(
        QUARTER, RATE, Fraction(1, 5), Fraction(3, 10), "own_record"
    )


def test_parts_left_blank_in_a_form_are_not_given():
    raw = {"low": "", "likely": "25%", "high": " ", "source": "", "count": None}
    assert read("lead_to_opportunity", raw) == Estimate(QUARTER, RATE)


@pytest.mark.parametrize(
    "raw",
    [
        {"count": "40", "of": "160"},
        {"count": 40, "of": 160},
        "160件中40件",
        "40 of 160",
        "40/160",
        {"likely": "160件中40件"},
    ],
)
def test_rate_by_its_counts_is_the_teams_own_record(raw: Any):
    counts = OwnCounts(Fraction(40), Fraction(160))
    assert read("lead_to_opportunity", raw) == Estimate(QUARTER, RATE, source="own_record", counts=counts)


def test_period_of_the_counts_is_kept_as_typed():
    estimate = read("lead_to_opportunity", {"count": "40", "of": "160", "period": "6か月"})
    assert estimate.counts == OwnCounts(Fraction(40), Fraction(160), "6か月")


def test_none_of_many_is_a_rate_of_zero_with_its_counts():
    estimate = read("lead_to_opportunity", {"count": "0", "of": "20"})
    assert (estimate.likely, estimate.counts) == (0, OwnCounts(Fraction(0), Fraction(20)))


def test_published_range_can_be_chosen_for_now():
    chosen = read("lead_to_opportunity", {"choose": "published"})
    low, high = Fraction(1, 10), Fraction(3, 10)
    benchmark = "bm_lead_to_opportunity"
    assert chosen == Estimate(Fraction(1, 5), RATE, low, high, "published", benchmark=benchmark)
    assert read("lead_to_opportunity", {"choose": "none"}) == NotKnown("none")


@pytest.mark.parametrize(
    ("question_id", "raw", "code"),
    [
        ("campaign", "", "required"),
        ("campaign", "site_renewl", "not_an_option"),
        ("campaign", "unknown", "unknown_not_allowed"),
        ("campaign", ["site_renewal"], "wrong_shape"),
        ("campaign", {"id": "site_renewal"}, "wrong_shape"),
        ("web_stages", ["visit", "none_of_these"], "none_and_others"),
        ("web_stages", ["visit", ["visit"]], "wrong_shape"),
        ("web_stages", ["visit"] * 101, "too_many_options"),
        ("kgi_agreed", True, "wrong_shape"),
        ("kgi_agreed", "たぶん", "not_an_option"),
        ("kgi_amount", "0", "not_above"),
        ("kgi_amount", "100ドル", "other_currency"),
        ("kgi_amount", 10**20, "too_many_digits"),
        ("kgi_amount", float("nan"), "not_an_amount"),
        ("kgi_amount", 1e30, "exponent"),
        ("existing_revenue", "△100万円", "too_low"),
        ("share", "101%", "too_high"),
        ("share", "0.5", "ambiguous_rate"),
        ("kgi_count", "2.5", "not_whole"),
        ("kgi_date", "2019-12-31", "too_low"),
        ("lead_to_opportunity_time", "61か月", "too_high"),
        ("lead_to_opportunity_time", "3", "duration_without_unit"),
        ("business", "あ" * 41, "text_too_long"),
        ("business", "\u200b\u202e", "required"),
        ("business", "x" * 20_000, "text_too_long"),
        ("kgi_amount", {"low": "1円", "high": "3円"}, "likely_missing"),
        ("kgi_amount", {"low": "1円", "likely": "3円"}, "range_incomplete"),
        ("kgi_amount", {"low": "3円", "likely": "2円", "high": "1円"}, "low_above_high"),
        ("kgi_amount", {"low": "1円", "likely": "4円", "high": "3円"}, "likely_outside_range"),
        ("kgi_amount", {"likely": "4円", "sauce": "own_record"}, "unknown_part"),
        ("kgi_amount", {"likely": "4円", "source": "own_recrd"}, "unknown_source"),
        ("kgi_amount", {"likely": {"likely": "4円"}}, "wrong_shape"),
        ("kgi_amount", {"count": "4", "of": "8"}, "counts_not_wanted"),
        ("kgi_amount", {"choose": "none"}, "none_not_allowed"),
        ("kgi_amount", {"choose": "published"}, "nothing_published"),
        ("kgi_amount", {"choose": ["none"]}, "not_an_option"),
        ("lead_to_opportunity", {"count": "40"}, "count_and_of"),
        ("lead_to_opportunity", {"count": "40", "of": "0"}, "of_zero"),
        ("lead_to_opportunity", {"count": "40", "of": "20"}, "count_above_of"),
        ("lead_to_opportunity", "20件中40件", "count_above_of"),
        ("lead_to_opportunity", "120%", "above_100"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_with_a_code(question_id: str, raw: Any, code: str):
    assert refused(question_id, raw) == code


def test_refused_option_names_the_nearest():
    with pytest.raises(TypedError) as raised:
        read("campaign", "サイトリニュアル")
    assert raised.value.params["nearest"] == "site_renewal"


def test_limit_is_named_as_the_pack_writes_it():
    with pytest.raises(TypedError) as raised:
        read("share", "120%")
    assert raised.value.params["limit"] == "100%"


def test_counts_of_a_stock_must_be_of_one_month(btob_path: Any):
    pack = load_pack(btob_path)
    question = pack.questions["contact_to_opportunity"]
    for period in ("", "1か月", "1 month"):
        raw = {"count": "24", "of": "12000", "period": period}
        assert read_answer(question, raw, pack).likely == Fraction(1, 500)
    with pytest.raises(TypedError) as raised:
        read_answer(question, {"count": "144", "of": "12000", "period": "6か月"}, pack)
    assert raised.value.code == "period_not_one_month"


def test_every_problem_of_a_document_is_noted_and_good_answers_are_kept():
    answers = {"campaign": "x", "kgi_amont": "1", "share": "0.5", "kgi_kind": "金額", "business": ""}
    document = {"pack": "btob", "language": "fr", "path": "fast", "anwsers": {}, "answers": answers}
    result = read_answers(PACK, document)
    assert [(problem.question_id, problem.code) for problem in result.problems] == [
        ("", "unknown_key"),
        ("", "wrong_pack"),
        ("", "unknown_path"),
        ("", "unknown_language"),
        ("campaign", "not_an_option"),
        ("kgi_amont", "unknown_question"),
        ("share", "ambiguous_rate"),
    ]
    assert result.problems[5].params["nearest"] == "kgi_amount"
    assert dict(result.given) == {"kgi_kind": Chosen("amount")}
    assert result.raw == answers
    assert (result.path, result.language) == ("full", "ja")


@pytest.mark.parametrize("document", [None, [], "answers", 3, {"answers": []}, {"answers": "none"}])
def test_document_of_another_shape_is_a_problem(document: Any):
    assert [problem.code for problem in read_answers(PACK, document).problems] == ["wrong_shape"]


def test_too_many_answers_are_refused():
    answers = {f"q{index}": "1" for index in range(1001)}
    assert [problem.code for problem in read_answers(PACK, {"answers": answers}).problems] == [
        "too_many_answers"
    ]


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(["1億円", "25%", "40/200", "3か月", "none", "published", "own_record", "visit", "later"]),
)
KEYS = st.sampled_from(["low", "likely", "high", "source", "count", "of", "period", "choose", "id", ""])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(name=st.sampled_from(sorted(PACK.questions)), raw=VALUES)
def test_no_answer_raises_anything_but_what_says_what_is_wrong(name: str, raw: Any):
    try:
        read(name, raw)
    except TypedError as error:
        assert error.code


@settings(max_examples=100, deadline=None)
@given(
    document=st.one_of(
        VALUES,
        st.fixed_dictionaries(
            {
                "answers": st.dictionaries(
                    st.one_of(SCALARS, st.sampled_from(sorted(PACK.questions))), VALUES
                ),
                "path": VALUES,
                "language": VALUES,
                "pack": VALUES,
            }
        ),
    )
)
def test_no_document_raises_anything(document: Any):
    assert read_answers(PACK, document).path in ("quick", "full")
