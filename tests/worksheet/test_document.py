from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from checklist.wording.view import AnswerRow
from checklist.worksheet.document import html
from checklist.worksheet.printer import Printer
from checklist.worksheet.wire import Attachment
from tests.worksheet.conftest import text_of
from tests.worksheet.sample import sample_view

HOSTILE = "<script>alert(1)</script><img src='file:///etc/passwd'><h1>Mine</h1>{{ 7*7 }}"


def squeezed(text: str) -> str:
    return "".join(text.split())


def titles(outline: list) -> list[str]:
    return [title for one in outline for title in (titles(one) if isinstance(one, list) else [one.title])]


def test_every_kpi_is_printed_with_its_numbers(printed: Path, language: str):
    text = text_of(printed)
    for kpi in sample_view(language).kpis:
        for part in (
            kpi.title,
            kpi.baseline.text,
            kpi.must.text,
            kpi.target.text,
            kpi.stretch.text,
            kpi.red_action,
        ):
            assert squeezed(part) in text


def test_the_goal_the_chain_and_its_limits_are_printed(printed: Path, language: str):
    view, text = sample_view(language), text_of(printed)
    sentences = [
        view.kgi_sentence,
        view.verdict_body,
        view.chain.forward_check,
        view.schedule_note,
        view.footer,
    ]
    sentences += [*view.chain.chance, *view.chain.footnotes, *view.sources]
    assert [sentence for sentence in sentences if squeezed(sentence) not in text] == []


def test_every_check_finding_task_and_answer_is_printed(printed: Path, language: str):
    view, text = sample_view(language), text_of(printed)
    parts = [check.remedy for item in view.items for check in item.checks]
    parts += [point.body for item in view.items for point in item.points]
    parts += [finding.title for finding in view.findings] + [todo.text for todo in view.todos]
    parts += [row.title for row in view.answers]
    assert [part for part in parts if squeezed(part) not in text] == []


def test_what_is_unknown_or_impossible_says_why(printed: Path, language: str):
    view, text = sample_view(language), text_of(printed)
    notes = {view.schedule[-1].shown.note, view.chain.stages[0].run_rate.note, view.kpis[4].target.note}
    assert all(squeezed(note) in text for note in notes)


def test_provisional_numbers_carry_their_mark(language: str):
    view = sample_view(language)
    mark = view.words["labels.provisional_mark"]
    target = next(kpi.target for kpi in view.kpis if kpi.target.provisional)
    assert re.search(rf'{re.escape(target.text)}</span>\s*<span class="mark">{re.escape(mark)}<', html(view))


def test_a_worksheet_of_twelve_kpis_has_at_most_ten_pages(printed: Path):
    assert 6 <= len(PdfReader(printed).pages) <= 10


def test_every_page_but_the_first_repeats_the_title_and_each_is_numbered(printed: Path, language: str):
    pages = [squeezed(page.extract_text()) for page in PdfReader(printed).pages]
    title = squeezed(sample_view(language).title)
    assert all(title in page for page in pages)
    assert all(f"{number}/{len(pages)}" in page for number, page in enumerate(pages, 1))


def test_a_worksheet_names_its_language_title_author_and_sections(printed: Path, language: str):
    reader, view = PdfReader(printed), sample_view(language)
    assert reader.trailer["/Root"]["/Lang"] == language
    assert (reader.metadata.title, reader.metadata.author) == (view.title, "Shirube")
    bookmarks = titles(reader.outline)
    headings = ("kgi", "items", "chain", "kpis", "kpi_sheets", "operation", "findings", "todos", "answers")
    assert bookmarks[0] == view.title
    assert [name for name in headings if view.words[f"headings.{name}"] not in bookmarks] == []


def test_a_worksheet_claims_to_be_archivable_and_accessible(printed: Path):
    root = PdfReader(printed).trailer["/Root"]
    claims = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in claims
    assert re.search(r'pdfaid:part(="|>)3', claims)


def test_only_our_fonts_are_used_and_they_are_embedded(printed: Path):
    listed = subprocess.run(["pdffonts", printed], capture_output=True, check=True, text=True)
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    assert sorted(row[0].split("+")[1] for row in rows) == ["KPI-Sans", "KPI-Sans-Bold"]
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)


def test_equal_plans_give_equal_bytes(printed: Path, printer: Printer, language: str):
    assert printer.print(sample_view(language)) == printed.read_bytes()


def test_an_attachment_comes_back_as_it_was(printer: Printer):
    answers = json.dumps({"business": "生産管理"}).encode()
    files = [Attachment("answers.json", answers, "Answers")]
    printed = printer.print(html(sample_view("ja")), files)
    assert PdfReader(BytesIO(printed)).attachments == {"answers.json": [answers]}
    assert printer.print(html(sample_view("ja")), files) == printed


def test_markup_that_people_type_is_printed_as_text(printer: Printer, tmp_path: Path):
    view = replace(sample_view("en"), title=HOSTILE, subtitle=HOSTILE, kgi_sentence=HOSTILE)
    path = tmp_path / "hostile.pdf"
    path.write_bytes(printer.print(view))
    assert squeezed(HOSTILE) in text_of(path)
    assert "root:" not in text_of(path)
    assert "Mine" not in titles(PdfReader(path).outline)


@pytest.mark.parametrize("text", ["あ" * 10_000, "x" * 10_000], ids=["wide", "one_long_word"])
def test_ten_thousand_characters_stay_inside_the_page(printer: Printer, tmp_path: Path, text: str):
    view = replace(sample_view("en"), answers=(AnswerRow("business", "Campaign", text[:200], text),))
    path = tmp_path / "long.pdf"
    path.write_bytes(printer.print(view))
    assert text_of(path).count(text[0]) >= 10_000
    boxes = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    assert max(float(right) for right in re.findall(r'xMax="([\d.]+)"', boxes)) < 595 - 40


def test_a_heading_that_is_missing_is_an_error():
    view = sample_view("ja")
    words = {key: text for key, text in view.words.items() if key != "headings.kgi"}
    with pytest.raises(KeyError):
        html(replace(view, words=words))
