"""Lists: each cell is read like an answer of its own, and what is wrong is said by row and column."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route
from checklist.questionnaire.values import Answers, Chosen, Estimate, Rows, Words
from checklist.wording import Phrases, answer_text, problem_text
from checklist.wording import Words as InWords
from tests.builders import tiny_pack

SECTION = """\
id: spread
title: { ja: 広げ方, en: Spread }
questions:
  - id: channels
    type: list
    most_rows: 3
    title: { ja: チャネル, en: Channels }
    columns:
      - { id: name, type: text, title: { ja: 名前, en: Name } }
      - { id: share, type: percentage, optional: true, title: { ja: 割合, en: Share } }
      - { id: kpi, type: single_choice, options_from: kpis, optional: true, title: { ja: 指標, en: KPI } }
  - id: why_so_many
    type: text
    title: { ja: 理由, en: Reason }
    show_when: "channels > 2"
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder: Path = tmp_path_factory.mktemp("lists")
    return load_pack(tiny_pack(folder, {"sections/90-spread.yaml": SECTION}))


def read(pack: Pack, channels: Any) -> Answers:
    return read_answers(pack, {"answers": {"channels": channels}})


def test_each_row_holds_what_was_given(pack: Pack):
    kpi = next(iter(pack.kpis))
    answers = read(pack, [{"name": "検索広告", "share": "４０％"}, {"name": "展示会", "kpi": kpi}])
    rows = answers.given["channels"]
    assert isinstance(rows, Rows) and not answers.problems
    first, second = (dict(row) for row in rows.rows)
    assert first["name"] == Words("検索広告")
    assert isinstance(first["share"], Estimate) and first["share"].likely == Fraction(2, 5)
    assert second["kpi"] == Chosen(kpi)
    assert "share" not in second


def test_rows_in_which_nothing_was_typed_do_not_count(pack: Pack):
    rows = read(pack, [{"name": " "}, {"id": "r2"}, {"name": "紹介"}]).given["channels"]
    assert isinstance(rows, Rows) and len(rows.rows) == 1


def test_an_empty_list_says_that_there_are_none(pack: Pack):
    assert read(pack, []).given["channels"] == Rows(())


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ([{"name": "広告"}, {"name": "紹介", "share": "たくさん"}], "in_row", "2行目の「割合」"),
        ([{"share": "40%"}], "in_row", "1行目の「名前」"),
        ([{"name": "広告", "kpi": "nothing_like_it"}], "in_row", "1行目の「指標」"),
        ([{"name": "広告", "shares": "40%"}], "unknown_column", "share"),
        ([{"name": str(number)} for number in range(4)], "too_many_rows", "3行まで"),
        ("広告と紹介", "rows_wanted", "一覧"),
        (["広告"], "rows_wanted", "一覧"),
        ({"name": "広告"}, "rows_wanted", "一覧"),
        (7, "rows_wanted", "一覧"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    pack: Pack, phrases: Phrases, typed: Any, code: str, said: str
):
    (problem,) = read(pack, typed).problems
    assert (problem.question_id, problem.code) == ("channels", code)
    for language in ("ja", "en"):
        sentence = problem_text(InWords(pack, phrases, language), problem.code, problem.params)
        assert said in sentence or language == "en"


def test_a_condition_reads_the_number_of_rows(pack: Pack):
    few = read(pack, [{"name": "広告"}])
    many = read(pack, [{"name": name} for name in ("広告", "紹介", "展示会")])
    assert not route(pack, few).asks("why_so_many")
    assert route(pack, many).asks("why_so_many")


def test_rows_are_said_in_words(pack: Pack, phrases: Phrases):
    answers = read(pack, [{"name": "広告", "share": "40%"}, {"name": "紹介"}])
    words = InWords(pack, phrases, "ja")
    assert (
        answer_text(words, pack.questions["channels"], answers.given["channels"]) == "広告：割合 40%； 紹介"
    )
