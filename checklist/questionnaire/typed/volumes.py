"""Typed volumes: how many in how long, or at each show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from checklist.errors import TypedError
from checklist.quantity import decimal_text
from checklist.questionnaire.typed.durations import DAYS, read_duration
from checklist.questionnaire.typed.numbers import prepared, read_count
from checklist.questionnaire.typed.text import shown

Per = Literal["day", "week", "month", "year", "show"]

_CODE = "not_a_volume"
_COUNT_LAST = re.compile(r"(.*[^0-9,.\-(])(?<!で)(?<!に)(?:()|(で|に|:))\s*([-(△▲]?[0-9].*)")
_COUNT_FIRST = re.compile(r"(.+?)\s*(?:/|\b(?:per|every|each|in|over|an?)\b)\s*(.+)")
_ADVERB = re.compile(r"(.+?)\s+(daily|weekly|monthly|yearly|annually)")
_PER_EACH = re.compile(r"(?:の?(?:当|あ)たり|につき|ごと|毎)$")
_ARTICLE = re.compile(r"^(?:a|an|the|one)\s+")
_SHOWS = re.compile(
    r"(?:(?:展示会)?の?([0-9]{0,3})回(?:の(?:展示会|出展))?|([0-9]{0,3})\s*(?:展示会|出展|shows?|events?|exhibitions?))"
)
_BARE_PERIOD: dict[str, Per] = {
    **dict.fromkeys(("日", "毎日", "1日", "日次", "day", "daily"), "day"),
    **dict.fromkeys(("週", "週間", "毎週", "週次", "week", "weekly"), "week"),
    **dict.fromkeys(("月", "月間", "毎月", "ひと月", "一か月", "月次", "month", "monthly"), "month"),
    **dict.fromkeys(("年", "年間", "毎年", "年次", "year", "yearly", "annually"), "year"),
}
# 2027年40件 or 10日40件 may name a date; with 間, か月 or a word in between they cannot.
_MAY_BE_DATE = re.compile(r"(?!1[年日])[0-9]+\s*[年日]")


@dataclass(frozen=True, slots=True)
class Volume:
    """`count` of something in `span` days, weeks, months or years, or at `span` shows."""

    count: Fraction
    per: Per
    span: int = 1

    def per_month(self) -> Fraction | None:
        """Return the count per month of 365/12 days, or None when it is per show."""
        if self.per == "show":
            return None
        return self.count * DAYS["month"] / (self.span * DAYS[self.per])


def read_volume(text: str) -> Volume:
    """Read `月40件`, `6か月で240件`, `300枚/回` or `40 per month`; a bare number is refused."""
    body = prepared(text)
    for count, period in _splits(body):
        span = _period(period)
        if span and span[1] > 0:
            return Volume(_counted(count, text), *span)
    _counted_alone(body, text)
    raise TypedError(_CODE, typed=shown(text))


def _splits(body: str) -> list[tuple[str, str]]:
    """Return the ways to part the text into a count and a period."""
    splits = []
    if found := _COUNT_LAST.fullmatch(body):
        period, bare, _, count = found.groups()
        if bare is None or not _MAY_BE_DATE.fullmatch(period.strip()):
            splits.append((count, period.strip()))
    for pattern in (_COUNT_FIRST, _ADVERB):
        if found := pattern.fullmatch(body):
            splits.append((found.group(1), found.group(2).strip()))
    return splits


def _period(words: str) -> tuple[Per, int] | None:
    words = _ARTICLE.sub("", _PER_EACH.sub("", words))
    if words in _BARE_PERIOD:
        return _BARE_PERIOD[words], 1
    if show := _SHOWS.fullmatch(words):
        return "show", int(show.group(1) or show.group(2) or 1)
    try:
        duration = read_duration(words)
    except TypedError:
        return None
    return duration.unit, duration.count


def _counted(count: str, text: str) -> Fraction:
    try:
        return read_count(count, whole=False)
    except TypedError as error:
        code = _CODE if error.code == "not_a_count" else error.code
        raise TypedError(code, **{**error.params, "typed": shown(text)}) from None


def _counted_alone(body: str, text: str) -> None:
    """Raise volume_without_period when the text is nothing but a count."""
    count = _counted(body, text)
    raise TypedError("volume_without_period", typed=shown(text), count=decimal_text(count))
