"""Reading the rows of a list: each cell like an answer of its own, each mistake by row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from checklist.errors import TypedError
from checklist.pack.compiled import BoundQuestion
from checklist.pack.problems import nearest
from checklist.questionnaire.values import Answer, Cell, Rows

ReadCell = Callable[[BoundQuestion, Any], Answer]

ROW_ID = "id"


def read_rows(question: BoundQuestion, raw: Any, read: ReadCell) -> Rows:
    """Read a list of mappings; rows in which nothing was typed do not count.

    Raise TypedError("in_row") with the row (from 1), the column and what is wrong there.
    """
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        raise TypedError("rows_wanted")
    filled = [(number, row) for number, row in enumerate(raw, 1) if _is_filled(row)]
    if len(filled) > question.question.most_rows:
        raise TypedError("too_many_rows", limit=question.question.most_rows)
    return Rows(tuple(_read_row(question, number, row, read) for number, row in filled))


def _is_filled(row: Mapping[Any, Any]) -> bool:
    return any(not is_blank_cell(value) for key, value in row.items() if key != ROW_ID)


def is_blank_cell(value: Any) -> bool:
    """Say whether a cell holds nothing."""
    return value is None or isinstance(value, str) and not value.strip()


def in_row(question: BoundQuestion, number: int, column: str, problem: TypedError) -> TypedError:
    """Return what is wrong in a cell, with where it stands."""
    facts = {"problem": problem.code, "params": problem.params}
    return TypedError("in_row", row=number, question=question.id, column=column, **facts)


def _read_row(
    question: BoundQuestion, number: int, row: Mapping[Any, Any], read: ReadCell
) -> tuple[tuple[str, Cell], ...]:
    columns = {column.id: column for column in question.columns}
    for key in row:
        if key != ROW_ID and key not in columns:
            close = nearest(str(key)[:80], columns)
            raise TypedError("unknown_column", row=number, name=str(key)[:80], nearest=close)
    cells: dict[str, Cell] = {}
    for name, column in columns.items():
        typed = row.get(name)
        if is_blank_cell(typed) and column.question.optional:
            continue
        try:
            cells[name] = cast(Cell, read(column, typed))
        except TypedError as error:
            raise in_row(question, number, name, error) from error
    return tuple(cells.items())
