"""Numbers with what is known about them: a range, the counts behind a rate, and where they come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, get_args

from checklist.errors import TypedError
from checklist.pack.compiled import BoundQuestion, Pack
from checklist.pack.problems import nearest
from checklist.quantity import ONE
from checklist.questionnaire.limits import check_limits
from checklist.questionnaire.plain import as_text
from checklist.questionnaire.typed import (
    COUNTERS,
    clean_text,
    read_amount,
    read_count,
    read_duration,
    read_percentage,
    read_rate,
)
from checklist.questionnaire.values import Estimate, NotKnown, OwnCounts, Source

_PARTS = ("low", "likely", "high", "source", "count", "of", "period")
_SOURCES: tuple[Source, ...] = get_args(Source)
_MEASURE_COUNTERS = (*COUNTERS, "秒", "秒間", "分", "位", "点", "second", "seconds", "sec", "s", "h", "d")
_OF = re.compile(r"(?P<of>[^中う]{1,40})(?:中の?|のうち)(?P<count>[^中]{1,40})")
_OUT_OF = re.compile(r"(?P<count>.{1,40}?)\s*(?:/|／|\bout of\b|\bof\b)\s*(?P<of>.{1,40})")


def read_estimate(question: BoundQuestion, raw: Any) -> Estimate:
    """Read a number; a rate without a source is unstated, one given by its counts is the team's own."""
    parts = _parts(question, raw)
    source = _source(parts.get("source"))
    if "count" in parts or "of" in parts:
        return _from_counts(question, parts, source)
    if "likely" not in parts:
        raise TypedError("likely_missing")
    read = _reader(question)
    numbers = {key: _within_limits(question, read(parts[key])) for key in _PARTS[:3] if key in parts}
    low, high = _range(numbers)
    return Estimate(numbers["likely"], question.unit or ONE, low, high, source or "unstated")


def choose_for_now(question: BoundQuestion, raw: Mapping[Any, Any], pack: Pack) -> Estimate | NotKnown:
    """Read the choice to take the published range, or no number, for the time being."""
    chosen = raw["choose"]
    asked = question.question
    if chosen == "none" and asked.none_for_now:
        return NotKnown("none")
    benchmark = pack.benchmarks.get(asked.published or "")
    if chosen != "published" or benchmark is None or not benchmark.choosable:
        code = {"none": "none_not_allowed", "published": "nothing_published"}.get(str(chosen)[:20])
        raise TypedError(code or "not_an_option", typed=str(chosen)[:40], nearest="")
    figures = (benchmark.low, benchmark.typical, benchmark.high)
    low, likely, high = (read_percentage(text) for text in figures if text is not None)
    return Estimate(likely, question.unit or ONE, low, high, "published", benchmark=benchmark.id)


def _parts(question: BoundQuestion, raw: Any) -> dict[str, str]:
    """Return what was given by part; parts left blank in a form are not given."""
    if not isinstance(raw, Mapping):
        text = as_text(raw)
        return _counts_in(text) or {"likely": text} if question.question.type == "rate" else {"likely": text}
    parts: dict[str, str] = {}
    for key, value in raw.items():
        if key not in _PARTS:
            name = str(key)[:80]
            raise TypedError("unknown_part", name=name, nearest=nearest(name, _PARTS))
        text = "" if value is None else as_text(value)
        if text.strip():
            parts[key] = text
    if "likely" in parts and question.question.type == "rate":
        return _counts_in(parts["likely"]) | parts
    return parts


def _counts_in(text: str) -> dict[str, str]:
    """Read 200件中40件 and 40 of 200."""
    found = _OF.fullmatch(text.strip()) or _OUT_OF.fullmatch(text.strip())
    return {key: value.strip() for key, value in found.groupdict().items()} if found else {}


def _source(text: str | None) -> Source | None:
    if text is None:
        return None
    for source in _SOURCES:
        if source == text.strip():
            return source
    raise TypedError("unknown_source", name=text[:40], nearest=nearest(text[:40], _SOURCES))


def _from_counts(question: BoundQuestion, parts: Mapping[str, str], source: Source | None) -> Estimate:
    if question.question.type != "rate":
        raise TypedError("counts_not_wanted")
    if "count" not in parts or "of" not in parts:
        raise TypedError("count_and_of")
    count, of = read_count(parts["count"]), read_count(parts["of"])
    if of == 0:
        raise TypedError("of_zero")
    if count > of:
        raise TypedError("count_above_of", count=str(count), of=str(of))
    period = clean_text(parts.get("period", ""), 40)
    if question.kind == "stock_rate" and period:
        _check_one_month(period)
    counts = OwnCounts(count, of, period)
    return Estimate(count / of, question.unit or ONE, source=source or "own_record", counts=counts)


def _check_one_month(period: str) -> None:
    """A stock's rate is per month, so that counts of another period would be another rate."""
    duration = read_duration(period)
    if (duration.count, duration.unit) != (1, "month"):
        raise TypedError("period_not_one_month", typed=period)


def _range(numbers: Mapping[str, Fraction]) -> tuple[Fraction | None, Fraction | None]:
    low, high, likely = numbers.get("low"), numbers.get("high"), numbers["likely"]
    if low is None and high is None:
        return None, None
    if low is None or high is None:
        raise TypedError("range_incomplete", missing="low" if low is None else "high")
    if low > high:
        raise TypedError("low_above_high")
    if not low <= likely <= high:
        raise TypedError("likely_outside_range")
    return low, high


def _within_limits(question: BoundQuestion, value: Fraction) -> Fraction:
    check_limits(question.question, value)
    return value


def _reader(question: BoundQuestion) -> Callable[[str], Fraction]:
    """Return the reader for the question's kind of number."""
    asked = question.question
    if asked.type == "measure":
        return _measure_reader(asked.measure_unit)
    if asked.type == "count":
        unit = question.unit or ONE
        whole = all(power > 0 for _, power in unit.powers)
        return lambda text: read_count(text, whole=whole)
    if asked.type == "percentage":
        return lambda text: read_percentage(text, growth=asked.id == "growth_rate")
    return read_amount if asked.type == "amount" else read_rate


def _measure_reader(unit: str | None) -> Callable[[str], Fraction]:
    if unit == "percent":
        return read_percentage
    if unit == "jpy":
        return read_amount
    return lambda text: read_count(text, counters=_MEASURE_COUNTERS, whole=False)
