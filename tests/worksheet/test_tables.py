"""The plan as CSV, opened again as a spreadsheet would."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from checklist.wording.view import Column, SectionView, Shown, TableView, WordedPlan
from checklist.worksheet.outline import sections
from checklist.worksheet.tables import counted, csv_tables
from tests.worksheet.companies import COMPANIES, HOSTILE, RARE, company_plan, worded

SENSOR = "sensor_maker_site_renewal"
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?")
Lines = list[list[str]]


def opened(view: WordedPlan) -> Lines:
    return list(csv.reader(io.StringIO(csv_tables(view).decode("utf-8-sig"), newline=""), strict=True))


def with_table(view: WordedPlan, columns: tuple[Column, ...], *rows: tuple[Shown, ...]) -> WordedPlan:
    section = SectionView("trial", "Trial", tables=(TableView("Trial", columns, rows),))
    return replace(view, goal_sections=(section,))


def trial(lines: Lines) -> Lines:
    return [line[1:] for line in lines if line[0] == "trial" and line[1] != "title"]


@pytest.fixture(scope="module")
def view() -> WordedPlan:
    return worded(company_plan(SENSOR), "ja")


@pytest.fixture(scope="module", params=COMPANIES)
def company(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_excel_is_told_the_encoding_and_gets_its_own_line_ends(view: WordedPlan) -> None:
    written = csv_tables(view)
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.endswith(b"\r\n")
    assert written.count(b"\r\n") >= len(opened(view))


def test_every_line_says_its_section_and_its_kind(company: str, language: str) -> None:
    shown = worded(company_plan(company), language)
    lines = opened(shown)
    names = [section.id for section in sections(shown)]
    assert {line[1] for line in lines} <= {"title", "text", "table", "head", "row", "note"}
    assert len(names) == len(set(names))
    given = list(dict.fromkeys(line[0] for line in lines))
    assert given == [name for name in names if name in given]
    assert set(names) - set(given) <= {"provisional"}


def test_a_row_has_as_many_cells_as_its_head(company: str, language: str) -> None:
    wide = 0
    for line in opened(worded(company_plan(company), language)):
        wide = len(line) if line[1] == "head" else wide
        assert line[1] != "row" or len(line) == wide, line


def test_what_a_stage_requires_is_a_number_that_can_be_reckoned_with(company: str, language: str) -> None:
    plan = company_plan(company)
    (heads, *rows) = [line for line in opened(worded(plan, language)) if line[:2] in STAGES][
        : 1 + len(plan.chain.stages)
    ]
    for row, stage in zip(rows, plan.chain.stages, strict=True):
        wanted = getattr(stage.required.quantity, "value", None)
        assert wanted is None or int(row[3]) == wanted, heads


STAGES = (["chain", "head"], ["chain", "row"])


def test_one_unit_stands_in_the_head_and_several_beside_the_numbers(view: WordedPlan) -> None:
    columns = (Column("名前"), Column("数", True), Column("値", True))
    rows = (
        (Shown("a"), Shown("1,200件"), Shown("3,000,000円")),
        (Shown("b"), Shown("-5件"), Shown("8件")),
        (Shown("c"), Shown("—"), Shown("20%")),
        (Shown("d"), Shown("不明", "unknown"), Shown("20%（低め10%）")),
    )
    assert trial(opened(with_table(view, columns, *rows))) == [
        ["head", "名前", "数（件）", "値", "単位"],
        ["row", "a", "1200", "3000000", "円"],
        ["row", "b", "-5", "8", "件"],
        ["row", "c", "—", "20%", ""],
        ["row", "d", "不明", "20%（低め10%）", ""],
    ]


def test_a_row_of_two_units_keeps_them_beside_the_numbers(view: WordedPlan) -> None:
    columns = (Column("x"), Column("y", True), Column("z", True))
    rows = ((Shown("a"), Shown("1件"), Shown("2円")), (Shown("b"), Shown("3円"), Shown("4件")))
    assert trial(opened(with_table(view, columns, *rows)))[1:] == [
        ["row", "a", "1件", "2円"],
        ["row", "b", "3円", "4件"],
    ]


def test_what_is_provisional_or_missing_is_said_in_a_column_of_its_own(view: WordedPlan) -> None:
    columns = (Column("x"), Column("y", True), Column("z", True))
    row = (Shown("a"), Shown("5", provisional=True), Shown("不明", "unknown", "単価が分かると計算できます。"))
    head, line = trial(opened(with_table(view, columns, row)))
    assert head[-1] == "注記"
    assert line == ["row", "a", "5", "不明", "y：仮の数字です\nz：単価が分かると計算できます。"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_never_becomes_a_formula_and_stays_in_its_cell(view: WordedPlan, text: str) -> None:
    hostile = with_table(replace(view, title=text, kgi_sentence=text), (Column(text),), (Shown(text),))
    lines = opened(hostile)
    kept = text if text[0] == "a" else f"'{text}"
    assert trial(lines) == [["head", kept], ["row", kept]]
    assert [line[2] for line in lines if line[:2] == ["plan", "title"]] == [kept]
    assert not [
        cell for line in lines for cell in line if cell.startswith(FORMULAS) and not NUMBER.fullmatch(cell)
    ]


FORMULAS = tuple("=+-@\t\r\n＝＋－＠")


@pytest.mark.parametrize(
    "text", ["二行\nの文", "tab\tの文", "a\r\nb", '"引用", と', RARE, "\u202eabc", "x" * 40000]
)
def test_any_text_comes_back_as_it_was(view: WordedPlan, text: str) -> None:
    assert trial(opened(with_table(view, (Column("x"),), (Shown(text),))))[1] == ["row", text]


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1"])
def test_text_that_begins_with_a_tab_or_a_line_end_is_no_formula_either(view: WordedPlan, text: str) -> None:
    assert trial(opened(with_table(view, (Column("x"),), (Shown(text),))))[1] == ["row", f"'{text}"]


def test_half_a_character_does_not_break_the_file(view: WordedPlan) -> None:
    assert trial(opened(with_table(view, (Column("x"),), (Shown("a\ud842"),))))[1] == ["row", "a?"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("680件", ("680", "件")),
        ("¥3,000", ("3000", "¥")),
        ("1,234.5 leads", ("1234.5", "leads")),
        ("-0.5", ("-0.5", "")),
        ("0.8%", ("0.8%", None)),
        ("100%でも足りません", None),
        ("20%〜40%", None),
        ("0（572）", None),
        ("2027年4月30日", None),
        ("月12件", None),
        ("1234567890123456件", None),
        ("—", None),
    ],
)
def test_only_a_single_number_is_split_from_its_unit(text: str, read: tuple[str, str | None] | None) -> None:
    assert counted(text) == read
