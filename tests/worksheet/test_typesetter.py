from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from checklist.worksheet.printer import Printer
from checklist.worksheet.typesetter import FONTS, HERE, BundledOnly, printable

LETTERS = frozenset("abcが〓髙神")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\U0001f600b", "a〓b"),
        ("か\u3099", "が"),
        ("a\u202eb", "ab"),
        ("b\ufe0f", "b"),
        ("\U0001f468\u200d\U0001f467", "〓〓"),
        ("\U0001f44d\U0001f3fd", "〓"),
        ("a\u2009b", "a b"),
        ("a\x00b", "ab"),
        ("髙神", "髙神"),
    ],
)
def test_what_the_fonts_lack_is_replaced(typed: str, printed: str):
    assert printable(typed, LETTERS) == printed


def test_both_faces_have_the_same_characters():
    regular, bold = (TTFont(HERE / "fonts" / name).getBestCmap().keys() for name in FONTS.values())
    assert regular == bold


def test_no_other_font_steps_in_for_an_odd_character(printer: Printer):
    pdf = printer.print("<html lang=ja><title>t</title><p>絵文字\U0001f600と☑とעברית")
    fonts = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    assert [font.get_object()["/BaseFont"].split("+")[1] for font in fonts.values()] == ["KPI-Sans"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.com/",
        "data:text/plain,a",
        "ftp://a/",
        "font:../x",
        "",
    ],
)
def test_nothing_but_the_bundled_fonts_is_fetched(address: str):
    with pytest.raises(ValueError, match="not bundled"):
        BundledOnly().fetch(address)


def test_a_document_that_asks_for_files_gets_none(printer: Printer, tmp_path: Path):
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>secret</text></svg>")
    address = secret.as_uri()
    page = (
        f"<html lang=en><title>t</title><link rel=attachment href='{address}'><img src='{address}' alt=x>"
        f"<object data='{address}'></object><p style='background: url({address})'>seen"
    )
    reader = PdfReader(BytesIO(printer.print(page)))
    assert "secret" not in reader.pages[0].extract_text()
    assert reader.attachments == {}
