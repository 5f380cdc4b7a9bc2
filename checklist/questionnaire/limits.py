"""The limits a pack sets to a number or date, written as a person would type them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache

from checklist.errors import TypedError
from checklist.pack.models import Question
from checklist.questionnaire.typed import (
    read_amount,
    read_count,
    read_date,
    read_duration,
    read_percentage,
)


def check_limits(question: Question, value: Fraction | date) -> None:
    """Raise TypedError too_low, too_high or not_above; `limit` is as the pack writes it."""
    if question.minimum is not None and _below(value, limit(question.type, question.minimum)):
        raise TypedError("too_low", limit=question.minimum, type=question.type)
    if question.maximum is not None and _below(limit(question.type, question.maximum), value):
        raise TypedError("too_high", limit=question.maximum, type=question.type)
    if question.above is not None and not _below(limit(question.type, question.above), value):
        raise TypedError("not_above", limit=question.above, type=question.type)


@lru_cache(maxsize=512)
def limit(kind: str, text: str) -> Fraction | date:
    """Read a limit; a duration is counted in days, a percentage as a fraction."""
    if kind == "amount":
        return read_amount(text)
    if kind in ("rate", "percentage"):
        return read_percentage(text, growth=text.startswith("-"))
    if kind == "duration":
        return read_duration(text).days
    return read_date(text) if kind == "date" else read_count(text, whole=False)


def _below(left: Fraction | date, right: Fraction | date) -> bool:
    if isinstance(left, date) or isinstance(right, date):
        return isinstance(left, date) and isinstance(right, date) and left < right
    return left < right
