"""Reading a value whose kind nobody asked for: per cent, yen, hours, so many per month, or a count."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from checklist.errors import TypedError
from checklist.questionnaire.typed.numbers import prepared, read_amount, read_count
from checklist.questionnaire.typed.rates import read_percentage
from checklist.questionnaire.typed.volumes import read_volume

_PERCENT = ("%", "パーセント", "割", "percent", "per cent", "pct")
_MONEY = ("円", "¥", "yen", "jpy")
_HOURS = ("時間", "hours", "hour", "hrs", "h")


def read_measured(text: str) -> tuple[Fraction, str] | None:
    """Return a value and its unit (`1`, `jpy`, `hour`, `case/month` or `case`), or None if unreadable."""
    for unit, read in _READERS:
        try:
            return read(text), unit
        except TypedError:
            continue
    return None


def _per_cent(text: str) -> Fraction:
    _expect(prepared(text).endswith(_PERCENT))
    return read_percentage(text)


def _yen(text: str) -> Fraction:
    body = prepared(text)
    _expect(any(mark in body for mark in _MONEY))
    return read_amount(text)


def _hours(text: str) -> Fraction:
    _expect(prepared(text).endswith(_HOURS))
    return read_count(text, _HOURS, whole=False)


def _per_month(text: str) -> Fraction:
    monthly = read_volume(text).per_month()
    _expect(monthly is not None)
    return monthly or Fraction(0)


def _count(text: str) -> Fraction:
    return read_count(text, whole=False)


def _expect(fits: bool) -> None:
    if not fits:
        raise TypedError("not_a_number")


_READERS: tuple[tuple[str, Callable[[str], Fraction]], ...] = (
    ("1", _per_cent),
    ("jpy", _yen),
    ("hour", _hours),
    ("case/month", _per_month),
    ("case", _count),
)
