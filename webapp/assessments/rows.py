"""The rows of a list question: between the fields of a form and the raw form that is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count, takewhile
from typing import Any, Protocol

from checklist.pack.compiled import BoundQuestion

BLANK_ROWS = 3

TypedRow = tuple[tuple[str, str], ...]


class Form(Protocol):
    """The part of a submitted form that is read here."""

    def getlist(self, name: str) -> list[str]: ...


def rows_from_form(question: BoundQuestion, form: Form) -> tuple[TypedRow, ...]:
    """Read every row that was on the page; blanks around a field do not count, blank rows neither.

    A page shows more rows than allowed where a file brought them along: none is dropped unsaid.
    """
    sent = takewhile(
        lambda number: number < question.question.most_rows or _was_sent(question, form, number), count()
    )
    rows = (
        tuple((column.id, _field(form, f"{question.id}.{number}.{column.id}")) for column in question.columns)
        for number in sent
    )
    return tuple(row for row in rows if any(text for _, text in row))


def rows_from_raw(question: BoundQuestion, raw: Any) -> tuple[TypedRow, ...]:
    """Return the fields that show stored rows."""
    if not isinstance(raw, list):
        return ()
    return tuple(_typed_row(question, row) for row in raw if isinstance(row, Mapping))


def rows_to_raw(question: BoundQuestion, rows: tuple[TypedRow, ...], before: Any) -> list[Any] | None:
    """Return the rows to store, None for none; what was not touched stays as it was stored."""
    stored = [row for row in before if isinstance(row, Mapping)] if isinstance(before, list) else []
    return [_row_to_raw(question, row, stored) for row in rows] or None


def field_name(question_id: str, number: int, column: str) -> str:
    """Name the field of a cell; rows are counted from 1, as people count them."""
    return f"{question_id}.{number - 1}.{column}"


def blank_rows(question: BoundQuestion, filled: int) -> int:
    """Return how many rows to offer below those filled in."""
    return max(0, min(BLANK_ROWS, question.question.most_rows - filled))


def _row_to_raw(
    question: BoundQuestion, row: TypedRow, stored: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Keep a stored row as it was, or, in the row that begins alike, each cell that was not touched."""
    shown = [(_typed_row(question, each), each) for each in stored]
    same = next((each for typed, each in shown if typed == row), None)
    if same is not None:
        return same
    alike, raw = next(((dict(typed), each) for typed, each in shown if typed[0] == row[0]), ({}, {}))
    return {name: raw[name] if alike.get(name) == text else text for name, text in row if text}


def _was_sent(question: BoundQuestion, form: Form, number: int) -> bool:
    return any(form.getlist(f"{question.id}.{number}.{column.id}") for column in question.columns)


def _field(form: Form, name: str) -> str:
    return next(iter(form.getlist(name)), "").strip()


def _typed_row(question: BoundQuestion, row: Mapping[str, Any]) -> TypedRow:
    return tuple((column.id, _cell(row.get(column.id))) for column in question.columns)


def _cell(value: Any) -> str:
    """Return a cell as one line; a rate given by its counts reads as `40 / 200`."""
    if isinstance(value, Mapping):
        if "of" in value:
            return f"{value.get('count', '')} / {value['of']}"
        return str(value.get("likely", ""))
    return "" if value is None else str(value)
