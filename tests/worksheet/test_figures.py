from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from checklist.worksheet.figures import funnel_figure, items_figure, tree_figure
from checklist.worksheet.svg import cut, length, wrap
from tests.worksheet.sample import sample_view

FIGURES = (items_figure, funnel_figure, tree_figure)
SVG = "{http://www.w3.org/2000/svg}"

every_figure = pytest.mark.parametrize("draw", FIGURES, ids=lambda draw: draw.__name__)
both_languages = pytest.mark.parametrize("language", ["ja", "en"])


@every_figure
@both_languages
def test_a_figure_is_well_formed_and_says_what_it_shows(draw, language: str):
    root = ElementTree.fromstring(draw(sample_view(language)))
    assert root.get("role") == "img"
    assert (root[0].tag, len(root[0].text) > 10) == (f"{SVG}title", True)


@every_figure
@both_languages
def test_a_figure_looks_the_same_without_any_style_sheet(draw, language: str):
    drawn = str(draw(sample_view(language)))
    assert not re.search(r"\s(class|style|id)=|<style|currentColor|var\(", drawn)
    texts = ElementTree.fromstring(drawn).iter(f"{SVG}text")
    assert all(text.get("fill") and text.get("font-family") and text.get("font-size") for text in texts)


@every_figure
def test_a_figure_is_drawn_the_same_way_twice(draw):
    assert draw(sample_view("ja")) == draw(sample_view("ja"))


@every_figure
@both_languages
def test_no_text_of_a_figure_runs_out_of_it(draw, language: str):
    shifts = {"start": (0, 1), "middle": (0.5, 0.5), "end": (1, 0)}
    for text in ElementTree.fromstring(draw(sample_view(language))).iter(f"{SVG}text"):
        before, after = shifts[text.get("text-anchor")]
        wide = length(text.text, float(text.get("font-size")))
        assert float(text.get("x")) - before * wide >= -1
        assert float(text.get("x")) + after * wide <= 681


def test_markup_in_a_name_is_drawn_as_text():
    view = sample_view("en")
    hostile = replace(view.kpis[0], title="<script>alert(1)</script>&\"'")
    drawn = str(tree_figure(replace(view, kpis=(hostile, *view.kpis[1:]))))
    assert "<script" not in drawn
    assert "<script>alert(1)</script>" in "".join(ElementTree.fromstring(drawn).itertext())


@every_figure
def test_a_plan_without_anything_still_has_figures(draw):
    view = sample_view("ja")
    empty = replace(view, items=(), kpis=(), kgi=(), chain=replace(view.chain, stages=()))
    assert ElementTree.fromstring(draw(empty)).tag == f"{SVG}svg"


def test_the_funnel_names_each_stage_its_count_and_the_rate_between():
    drawn = "".join(ElementTree.fromstring(funnel_figure(sample_view("en"))).itertext())
    assert all(
        part in drawn for part in ("Visits", "68,000", "680", "Deals won", "34", "Leads to opportunities 20%")
    )


def test_more_kpis_of_a_role_than_fit_are_counted():
    view = sample_view("en")
    many = tuple(replace(view.kpis[2], id=f"kpi_{n}", title=f"Number {n}") for n in range(9))
    drawn = "".join(ElementTree.fromstring(tree_figure(replace(view, kpis=many))).itertext())
    assert "Number 4" in drawn
    assert "+4" in drawn


@pytest.mark.parametrize(
    "text", ["重要ページの閲覧数(サービス・料金・導入事例)", "Visits to key pages and prices", "あ" * 300]
)
def test_wrapped_lines_fit_their_width(text: str):
    lines = wrap(text, 120, 11, 2)
    assert len(lines) <= 2
    assert all(length(line, 11) <= 120 for line in lines)


def test_what_is_left_out_of_a_line_shows_as_an_ellipsis():
    assert wrap("one two three four five six", 60, 11, 1)[0].endswith("…")
    assert cut("100,000,000,000", 40, 11).endswith("…")
    assert cut("34", 40, 11) == "34"


def test_no_line_begins_with_a_closing_mark():
    lines = wrap("受注額、受注件数、商談数、リード数。", 55, 11, 9)
    assert not [line for line in lines if line[0] in "、。"]
