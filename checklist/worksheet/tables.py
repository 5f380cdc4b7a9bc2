"""The whole plan as one CSV file that opens in Excel: a block of lines for every table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from checklist.wording.view import Column, SectionView, Shown, TableView, WordedPlan
from checklist.worksheet.outline import sections

NUMBER = r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
DIGIT = re.compile("[0-9]")
PLAIN = re.compile(rf"{NUMBER}%?", re.ASCII)
# A currency, one number, and a unit in words that is no second number, range or bracket.
COUNTED = re.compile(rf"(¥?)({NUMBER})(%|[^0-9０-９%()（）〜~→/]{{0,20}})", re.ASCII)
# Excel keeps 15; a longer number stays the text that it is on screen.
MOST_DIGITS = 15
# What makes Excel or LibreOffice read a cell as a formula, full-width forms included.
# Source: OWASP, CSV Injection.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def csv_tables(view: WordedPlan) -> bytes:
    """Return the plan as CSV: UTF-8 with a byte order mark and CRLF, as Excel wants it.

    Every line starts with the id of its section and its kind: title, text, table, head, row or note.
    Numbers stand without separators, their unit in the head or in a column of its own. Text that a
    spreadsheet would take for a formula has an apostrophe before it.
    """
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(map(_harmless, _lines(view)))
    return written.getvalue().encode("utf-8-sig", "replace")


def _harmless(line: Sequence[str]) -> list[str]:
    return [f"'{cell}" if cell.startswith(FORMULA) and not PLAIN.fullmatch(cell) else cell for cell in line]


def _lines(view: WordedPlan) -> Iterator[Sequence[str]]:
    for section in sections(view):
        if section.intro or section.tables or section.notes:
            yield from ((section.id, *line) for line in _section(section, view.words))


def _section(section: SectionView, words: dict[str, str]) -> Iterator[Sequence[str]]:
    yield "title", section.title
    yield from (("text", sentence) for sentence in section.intro)
    for table in section.tables:
        if table.caption != section.title:
            yield "table", table.caption
        yield from _table(table, words)
    yield from (("note", note) for note in section.notes)


def _table(table: TableView, words: dict[str, str]) -> Iterator[Sequence[str]]:
    shared = [_shared_unit(table, place) for place in range(len(table.columns))]
    rows = [_row(table, row, shared) for row in table.rows]
    units = [unit for _, unit in rows]
    notes = [_note(table, row, words) for row in table.rows]
    more = [(words["exports.unit"], units), (words["exports.note"], notes)]
    added = [(head, cells) for head, cells in more if any(cells)]
    heads = [_head(column, unit, words) for column, unit in zip(table.columns, shared, strict=True)]
    yield "head", *heads, *(head for head, _ in added)
    for place, (cells, _) in enumerate(rows):
        yield "row", *cells, *(column[place] for _, column in added)


def _head(column: Column, unit: str | None, words: dict[str, str]) -> str:
    return words["document.bracketed"].format(text=column.title, note=unit) if unit else column.title


def _shared_unit(table: TableView, place: int) -> str | None:
    """Return the unit of a column where every number in it has the same."""
    texts = [row[place].text for row in table.rows if DIGIT.search(row[place].text)]
    read = [counted(text) for text in texts] if table.columns[place].numeric else []
    units = {one[1] if one else None for one in read}
    return units.pop() if len(units) == 1 else None


def _row(table: TableView, row: tuple[Shown, ...], shared: list[str | None]) -> tuple[list[str], str]:
    """Return the cells of a row, and the one unit of its numbers that no head names."""
    read = [
        counted(cell.text) if column.numeric else None
        for cell, column in zip(row, table.columns, strict=True)
    ]
    units = {one[1] for one, head in zip(read, shared, strict=True) if one and one[1] and head is None}
    own = units.pop() if len(units) == 1 else None
    cells = [
        one[0] if one and one[1] in (None, "", head, own) else cell.text
        for one, cell, head in zip(read, row, shared, strict=True)
    ]
    return cells, own or ""


def counted(text: str) -> tuple[str, str | None] | None:
    """Split `680件`, `¥3,000` or `2 leads` into plain digits and unit; the unit of per cent is None.

    Return None for a text that is more than one number, or has more digits than a spreadsheet keeps.
    """
    found = COUNTED.fullmatch(text)
    if found is None or sum(letter.isdigit() for letter in found[2]) > MOST_DIGITS:
        return None
    digits = found[2].replace(",", "")
    return (f"{digits}%", None) if found[3] == "%" else (digits, f"{found[1]}{found[3]}".strip())


def _note(table: TableView, row: tuple[Shown, ...], words: dict[str, str]) -> str:
    """Say which numbers of a row are provisional, and what is to be noted about each."""
    remarks: dict[str, list[str]] = {}
    for cell, column in zip(row, table.columns, strict=True):
        mark = words["exports.provisional"] if cell.provisional else ""
        for remark in filter(None, (mark, cell.note)):
            remarks.setdefault(remark, []).append(column.title)
    lines = [
        words["document.labelled"].format(label=words["document.list_separator"].join(titles), text=remark)
        for remark, titles in remarks.items()
    ]
    return "\n".join(lines)
