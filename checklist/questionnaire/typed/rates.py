"""Typed rates, shares and growth."""

from __future__ import annotations

import re
from fractions import Fraction

from checklist.errors import TypedError
from checklist.quantity import decimal_text
from checklist.questionnaire.typed.numbers import plain_number, prepared, split_sign
from checklist.questionnaire.typed.text import shown

_CODE = "not_a_rate"
_PERCENT = re.compile(r"\s*(?:%|パーセント|percent|per cent|pct)$")
_TENTHS = re.compile(r"(?:([0-9][0-9.]*)割)(?:([0-9])分)?(?:([0-9])厘)?")
_YEAR_ON_YEAR = re.compile(r"(?:対?前年(?:同期)?比|昨対比?|対前年|year[- ]on[- ]year|yoy)[で:]?\s*")
_MORE = re.compile(r"\s*(?:の?(?:増加?|アップ|成長|伸長|伸び)|increase|growth|more|up)$")
_LESS = re.compile(r"\s*(?:の?(?:減少?|ダウン)|decrease|less|down)$")
_TIMES = re.compile(r"\s*倍$")


def read_rate(text: str) -> Fraction:
    """Read a conversion rate, 1/4 for `25%`; a bare number above 0 and up to 1 is refused as ambiguous."""
    value = _fraction(prepared(text), text)
    if value < 0:
        raise TypedError("negative", typed=shown(text))
    if value > 1:
        raise TypedError("above_100", typed=shown(text))
    return value


def read_percentage(text: str, maximum: Fraction | None = None, growth: bool = False) -> Fraction:
    """Read a share or, with `growth`, a change against last year, which may be negative.

    `maximum` counts 1 as 100 %. With `growth`, `30%増` and `1.3倍` are 3/10 and `前年比130%` is refused.
    """
    body = prepared(text)
    value = _growth(body, text) if growth else _fraction(body, text)
    if value < 0 and not growth:
        raise TypedError("negative", typed=shown(text))
    if maximum is not None and value > maximum:
        raise TypedError("above_maximum", typed=shown(text), maximum=percent_text(maximum))
    return value


def percent_text(value: Fraction) -> str:
    """Write 1/4 as `25%`."""
    return decimal_text(value * 100) + "%"


def _fraction(body: str, text: str) -> Fraction:
    tenths = _TENTHS.fullmatch(body)
    if tenths:
        wari, bu, rin = (plain_number(part or "0", text, _CODE) for part in tenths.groups())
        return wari / 10 + bu / 100 + rin / 1000
    sign, unsigned = split_sign(body, text, _CODE)
    number = _PERCENT.sub("", unsigned)
    value = sign * plain_number(number, text, _CODE)
    if number == unsigned and 0 < abs(value) <= 1:
        _refuse_bare(value, text)
    return value / 100


def _refuse_bare(value: Fraction, text: str) -> None:
    raise TypedError(
        "ambiguous_rate",
        typed=shown(text),
        as_percent=percent_text(value / 100),
        as_fraction=percent_text(value),
    )


def _growth(body: str, text: str) -> Fraction:
    against_last_year = _YEAR_ON_YEAR.match(body)
    change = body[against_last_year.end() :] if against_last_year else body
    for words, sign in ((_MORE, 1), (_LESS, -1)):
        if words.search(change):
            return sign * _size(words.sub("", change), text)
    if _TIMES.search(change):
        return plain_number(_TIMES.sub("", change), text, _CODE) - 1
    value = _fraction(change, text)
    if against_last_year and not change.startswith(("+", "-", "△", "▲")):
        raise TypedError(
            "ambiguous_growth",
            typed=shown(text),
            as_growth=percent_text(value),
            as_ratio=percent_text(value - 1),
        )
    return value


def _size(body: str, text: str) -> Fraction:
    """Read the 30% of `30%増`, which has no sign of its own but for an idle plus."""
    value = _fraction(body, text)
    if value < 0:
        raise TypedError(_CODE, typed=shown(text))
    return value
