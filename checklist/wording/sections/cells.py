"""Cells and rows that several sections of the plan are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown
from checklist.wording.view import Shown
from checklist.wording.words import Words

YEN = Unit.parse("jpy")
EMPTY = Shown("")


def brief(words: Words, quantity: Quantity, places: int | None = None) -> Shown:
    """Word a quantity without the note on what is missing, which `open_points` says once for all cells."""
    return replace(words.shown(quantity, places), note="")


def bare(words: Words, quantity: Quantity) -> Shown:
    """Word a count by its digits alone, where the column names what is counted."""
    shown = brief(words, quantity)
    return replace(shown, text=shown.digits) if shown.digits else shown


def open_points(words: Words, rows: Iterable[Any]) -> Iterator[str]:
    """Yield why some numbers of these rows cannot be said: each reason once, and all that is missing."""
    values = [getattr(row, field.name) for row in rows for field in fields(row)]
    impossible = (value for value in values if isinstance(value, Impossible))
    yield from dict.fromkeys(words.reason(value) for value in impossible)
    missing = dict.fromkeys(name for value in values if isinstance(value, Unknown) for name in value.missing)
    lists = tuple(name for name in missing if _is_list(words, name))
    if lists:
        yield words.phrase("spread.empty_cells", lists=words.names(lists))
    others = tuple(name for name in missing if name not in lists)
    if others:
        yield words.phrase("document.missing", names=words.names(others))


def _is_list(words: Words, name: str) -> bool:
    bound = words.pack.questions.get(name)
    return bound is not None and bound.question.type == "list"


def filled(cells: tuple[Shown, ...], width: int) -> tuple[Shown, ...]:
    """Fill a row up with empty cells."""
    return (*cells, *(EMPTY,) * (width - len(cells)))


def in_yen(each: Quantity) -> Quantity:
    """Return an amount for each of something as a plain amount, where the column says what for."""
    return Known(each.value, YEN, each.because) if isinstance(each, Known) else each


def marked(shown: Shown, provisional: bool) -> Shown:
    """Mark a known number that rests on a rate that is no own record."""
    return replace(shown, provisional=provisional and shown.state == "known")


def is_none(quantity: Quantity) -> bool:
    """Say whether a quantity is known to be zero."""
    return isinstance(quantity, Known) and not quantity.value


def route_name(words: Words, plan: Plan) -> str:
    """Return what the second route of the plan's campaign is called."""
    routes = words.pack.funnels[plan.campaign or ""].routes
    return words.of(routes[0].title)


def is_money(quantity: Quantity) -> bool:
    """Say whether a quantity is a known amount."""
    return isinstance(quantity, Known) and quantity.unit == YEN
