"""Reading the KGI as one sentence: does it hold a number, a date and a business, and is it a result?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from checklist.checks.kgi_words import ACTIVITY, EMPTY, GENERIC, RESULT
from checklist.errors import TypedError
from checklist.questionnaire.typed import read_amount, read_count, read_percentage
from checklist.questionnaire.typed.periods import Period, find_periods, in_common_calendar

NumberKind = Literal["amount", "count", "rate", "times"]


@dataclass(frozen=True, slots=True)
class SentenceNumber:
    """A number with its unit as written; `value` is None where it cannot be compared, such as dollars.

    An `is_activity` number counts what the team does or draws, such as page views or followers.
    """

    kind: NumberKind
    typed: str
    value: Fraction | None
    is_activity: bool = False


@dataclass(frozen=True, slots=True)
class KgiSentence:
    """What a KGI sentence says; None is what cannot be told, so that nobody is accused wrongly."""

    numbers: tuple[SentenceNumber, ...]
    periods: tuple[Period, ...]
    has_number: bool | None
    has_business: bool | None
    is_activity: bool

    @property
    def has_date(self) -> bool:
        """Say whether a day or period is named, be it one without a year."""
        return bool(self.periods)

    @property
    def period_is_vague(self) -> bool:
        """Say whether every period named leaves the year open."""
        return self.has_date and all(period.is_vague for period in self.periods)

    def may_mean(self, day: date) -> bool:
        """Say whether a day fits at least one of the periods named, or none is."""
        return not self.periods or any(period.holds(day) for period in self.periods)


_SCALE = "兆|千億|百億|十億|億|千万|百万|十万|万|千|百"
_ENGLISH_SCALE = r"(?:thousand|million|billion|mn|bn|k|m|b)(?![a-z])"
_JA_COUNTERS = "件|社|名|人|本|枚|台|口|組|ライセンス|アカウント|契約|商談|リード|案件|アポ"
_KANJI_NUMBER = rf"[一二三四五六七八九十百千]+(?=円|割|倍|{_JA_COUNTERS})"
_NUMBER = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:{_SCALE})(?:\s*[0-9][0-9,]*)?)*|{_KANJI_NUMBER}"
_EN_COUNTED = (
    "deals?|orders?|contracts?|customers?|clients?|accounts?|opportunit(?:y|ies)|meetings?|leads?|"
    "(?:in|en)quir(?:y|ies)|mqls?|sqls?|companies|appointments?|subscriptions?|licen[cs]es?|seats?|wins?|demos?"
)
_JA_ACTIVE = (
    "回|pv|uu|imp|ページビュー|セッション|ユーザー|訪問|アクセス|クリック|フォロワー|ビュー|再生|いいね"
)
_EN_ACTIVE = (
    "page ?views?|views?|sessions?|visits?|visitors?|users?|followers?|impressions?|clicks?|likes?|"
    "posts?|articles?|pvs?|uus?"
)
_UNITS = (
    ("yen", "円|yen|jpy"),
    ("currency", "ドル|ユーロ|元|dollars?|euros?|usd|eur"),
    ("rate", "%|パーセント|percent|per cent|pct|割"),
    ("times", "倍|times(?![a-z])|x(?![a-z])"),
    ("active", rf"{_JA_ACTIVE}|(?:[a-z&-]+\s+){{0,2}}?(?:{_EN_ACTIVE})(?![a-z])"),
    ("count", rf"{_JA_COUNTERS}|(?:[a-z&-]+\s+){{0,3}}?(?:{_EN_COUNTED})(?![a-z])"),
)
_ANY_UNIT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS)
_MEASURED = re.compile(
    rf"(?P<sign>[¥$€£]?)\s*(?P<number>{_NUMBER})"
    rf"\s*(?P<scale>{_ENGLISH_SCALE})?\s*(?:{_ANY_UNIT})?"
)
_BEFORE = re.compile(rf"(?:{ACTIVITY})[数がをはのへ:]*\s*$")
_IN_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred|dozen)"
    rf"\b[a-z\s-]*?(?:{_EN_COUNTED}|percent|per cent|yen)\b|\b(?:doubl|tripl|twice)[a-z]*|倍増|半減"
)
_LARGE = ("億", "千万", "百万", "million", "billion", "mn", "bn")
_MONEY = re.compile(r"(?:売上|額|arr|mrr|粗利|revenue|sales)[高はをの:]*\s*$")
_WORD = re.compile(r"[a-z][a-z-]{3,}")
_NOUN = re.compile(r"[一-龥ァ-ヶーa-z0-9]{2,}")
_SHARED = 3


def read_kgi_sentence(text: str, business: str = "") -> KgiSentence:
    """Read a sentence such as 「2027年3月末までに、在庫管理クラウドの新規受注を1億円」.

    `business` is what the team calls the business elsewhere; a shared word tells that it is named.
    """
    body = in_common_calendar(unicodedata.normalize("NFKC", text).lower())
    periods = find_periods(body)
    bare = _without(body, [(period.start, period.end) for period in periods])
    found = [(match, _number(match, bare)) for match in _MEASURED.finditer(bare)]
    numbers = tuple(number for _, number in found if number is not None)
    rest = _without(bare, [match.span() for match, _ in found])
    unread = any(number is None for _, number in found)
    numbers += tuple(SentenceNumber("count", word, None) for word in _IN_WORDS.findall(rest))
    rest = _IN_WORDS.sub(" ", rest)
    return KgiSentence(
        numbers=numbers,
        periods=periods,
        has_number=True if numbers else None if unread else False,
        has_business=_has_business(bare, rest, _plain(business)),
        is_activity=_is_activity(body, numbers),
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """Return the text with some parts blanked out, so that places stay what they were."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _number(match: re.Match[str], text: str) -> SentenceNumber | None:
    """Classify a number by its unit; one without any is None, unless it is as large as only money is."""
    parts = match.groupdict()
    typed, digits = match.group().strip(), f"{parts['number']}{parts['scale'] or ''}"
    active = bool(parts["active"] or _BEFORE.search(text[: match.start()]))
    if parts["sign"] == "¥" or parts["yen"]:
        return SentenceNumber("amount", typed, _read("amount", f"{digits}円"))
    if parts["sign"] or parts["currency"]:
        return SentenceNumber("amount", typed, None)
    if parts["rate"]:
        return SentenceNumber("rate", typed, _read("rate", f"{digits}{parts['rate']}"))
    if parts["times"]:
        return SentenceNumber("times", typed, _read("count", digits))
    if parts["count"] or active:
        return SentenceNumber("count", typed, _read("count", digits), active)
    money = "万" in digits and _MONEY.search(text[: match.start()])
    if money or any(scale in digits for scale in _LARGE):
        return SentenceNumber("amount", typed, _read("amount", digits))
    return None


def _read(kind: str, text: str) -> Fraction | None:
    try:
        if kind == "amount":
            return read_amount(text)
        return read_percentage(text) if kind == "rate" else read_count(text, whole=False)
    except TypedError:
        return None


def _is_activity(body: str, numbers: tuple[SentenceNumber, ...]) -> bool:
    """Say whether the sentence speaks of page views and the like, and of no result of the business."""
    if re.search(RESULT, body) or any(number.kind == "amount" for number in numbers):
        return False
    return any(number.is_activity for number in numbers) or re.search(ACTIVITY, body) is not None


def _has_business(bare: str, rest: str, business: str) -> bool | None:
    """Say whether something but number, date and measure is named; where that is not the business, None.

    The business may stand within a measure ("50 new endpoint security contracts"), which `rest` lacks.
    """
    left = re.sub(EMPTY, " ", rest)
    if business and _shares_a_word(bare, business):
        return True
    if not _NOUN.search(left):
        return False
    return None if business else True


def _shares_a_word(text: str, business: str) -> bool:
    return any(word in text for word in _distinct_words(business))


def _distinct_words(business: str) -> Iterator[str]:
    """Yield what sets a business apart: English words, and runs of three Japanese characters."""
    kept = re.sub(GENERIC, " ", business)
    yield from _WORD.findall(kept)
    for run in re.findall(r"[一-龥ァ-ヶー]{2,}", kept):
        if len(run) < _SHARED:
            yield run
        for start in range(len(run) - _SHARED + 1):
            yield run[start : start + _SHARED]
