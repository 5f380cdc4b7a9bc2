"""Typed numbers, money and counts: signs, separators, 万 and 億, million and k."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from checklist.errors import TypedError
from checklist.quantity import decimal_text
from checklist.questionnaire.typed.text import normalised, shown

MAX_DIGITS = 15

COUNTERS = (
    *("件", "人", "社", "枚", "名", "回", "本", "日", "日間", "時間", "個", "台", "通", "組"),
    *("商談", "リード"),
    *("case", "cases", "lead", "leads", "opportunity", "opportunities", "deal", "deals", "order", "orders"),
    *("person", "people", "staff", "contact", "contacts", "company", "companies", "card", "cards"),
    *("talk", "talks", "visit", "visits", "user", "users", "session", "sessions", "inquiry", "inquiries"),
    *("meeting", "meetings", "day", "days", "hour", "hours", "time", "times", "show", "shows"),
)

_APPROXIMATELY = re.compile(r"^(?:約|およそ|おおよそ|about|approx\.?|~)\s*")
_EXPONENT = re.compile(r"[0-9]\s*e\s*[+-]?[0-9]")
_RANGE = re.compile(r"[0-9][^0-9~]{0,4}~[^0-9~]{0,4}[0-9]")
_DIGITS = re.compile(r"[0-9][0-9,. ']*")
_GROUPED = re.compile(
    r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,3}(?:,[0-9]{4}){2,})(?:\.[0-9]+)?"
)
_SIGN = re.compile(r"^([-+△▲])\s*")

_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_SCALES = {
    "兆": 10**12,
    "千億": 10**11,
    "百億": 10**10,
    "十億": 10**9,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
    "十": 10,
}
_PART = re.compile(rf"\s*([0-9][0-9,.]*)?\s*({'|'.join(_SCALES)})")
_ENGLISH_SCALES = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "trillion": 10**12,
}
_ENGLISH = re.compile(rf"(.*[0-9])\s*({'|'.join(_ENGLISH_SCALES)})")

_CURRENCY_BEFORE = re.compile(r"^(?:¥|jpy|yen)\s*")
_CURRENCY_BEHIND = re.compile(r"\s*(?:円|yen|jpy)$")
_OTHER_CURRENCY = re.compile(
    r"[$€£₩]|\b(?:usd|eur|gbp|cny|krw)\b|dollars?|euros?|ドル|ユーロ|ポンド|ウォン|元$"
)


def read_number(text: str) -> Fraction:
    """Read a plain decimal with optional sign and separators."""
    sign, body = split_sign(prepared(text), text, "not_a_number")
    return sign * plain_number(body, text, "not_a_number")


def read_amount(text: str) -> Fraction:
    """Read an amount of money in yen: `1億2,000万円`, `3 million yen`, `△500千円`."""
    code = "not_an_amount"
    body = prepared(text)
    if other := _OTHER_CURRENCY.search(body):
        raise TypedError("other_currency", typed=shown(text), currency=other.group())
    sign, body = split_sign(body, text, code)
    bare = _CURRENCY_BEFORE.sub("", body)
    if bare != body and sign == 1:
        sign, bare = split_sign(bare, text, code)
    number = _CURRENCY_BEHIND.sub("", bare)
    return sign * scaled_number(number, text, code, closed=number != bare)


def read_count(text: str, counters: Sequence[str] = COUNTERS, whole: bool = True) -> Fraction:
    """Read how many: `40件`, `1万件`, `1,200`; negative counts and, if `whole`, parts are refused."""
    code = "not_a_count"
    sign, body = split_sign(prepared(text), text, code)
    number = _without_counter(body, counters)
    value = scaled_number(number, text, code, closed=number != body)
    if sign < 0 and value:
        raise TypedError("negative", typed=shown(text))
    if whole and value.denominator != 1:
        raise TypedError("not_whole", typed=shown(text), below=str(int(value)), above=str(int(value) + 1))
    return value


def prepared(text: str) -> str:
    """Return normalised lower-case text without "about"; raise TypedError for exponents and ranges."""
    body = normalised(text).lower()
    if _EXPONENT.search(body):
        raise TypedError("exponent", typed=shown(text))
    if _RANGE.search(body):
        raise TypedError("range", typed=shown(text))
    return _APPROXIMATELY.sub("", body)


def split_sign(body: str, text: str, code: str) -> tuple[int, str]:
    """Return 1 or -1 and the rest; -, △, ▲ and parentheses around the whole are minus."""
    if body.startswith("(") and body.endswith(")"):
        inner = body[1:-1].strip()
        if _SIGN.match(inner):
            raise TypedError(code, typed=shown(text))
        return -1, inner
    sign = _SIGN.match(body)
    if not sign:
        return 1, body
    return 1 if sign.group(1) == "+" else -1, body[sign.end() :]


def plain_number(body: str, text: str, code: str) -> Fraction:
    """Read digits with well-formed separators; raise `code` for anything that is no number at all."""
    if not _DIGITS.fullmatch(body):
        raise TypedError(code, typed=shown(text))
    if not _GROUPED.fullmatch(body):
        raise TypedError("misplaced_separator", typed=shown(text))
    digits = body.replace(",", "")
    if len(digits.replace(".", "").lstrip("0")) > MAX_DIGITS:
        raise TypedError("too_many_digits", typed=shown(text), limit=MAX_DIGITS)
    return Fraction(digits)


def scaled_number(body: str, text: str, code: str, closed: bool) -> Fraction:
    """Read a number with 万 or million in it; `closed` tells that a unit such as 円 stood behind it."""
    english = _ENGLISH.fullmatch(body)
    if english:
        value = plain_number(english.group(1).rstrip(), text, code) * _ENGLISH_SCALES[english.group(2)]
    else:
        value = _japanese_number(body.translate(_KANJI_DIGITS), text, code, closed)
    if value >= 10**MAX_DIGITS:
        raise TypedError("too_many_digits", typed=shown(text), limit=MAX_DIGITS)
    return value


def _japanese_number(body: str, text: str, code: str, closed: bool) -> Fraction:
    """Add up parts such as 1億, 2,000万 and 500, each smaller than the scale before it."""
    total, scale, place = Fraction(0), 0, 0
    while part := _PART.match(body, place):
        if not part.group(1) and part.group(2)[0] not in "十百千":
            raise TypedError(code, typed=shown(text))
        value = plain_number(part.group(1) or "1", text, code) * _SCALES[part.group(2)]
        _check_descent(total, scale, value, text, code)
        total, scale, place = total + value, _SCALES[part.group(2)], part.end()
    rest = body[place:].strip()
    if not scale:
        return plain_number(rest, text, code)
    if not rest:
        return total
    value = plain_number(rest, text, code)
    _check_descent(total, scale, value, text, code)
    if not closed and value < max(scale // 10**4, 10):
        _refuse_two_readings(total, scale, value, text)
    return total + value


def _check_descent(total: Fraction, scale: int, value: Fraction, text: str, code: str) -> None:
    if scale and (value >= scale or total % scale):
        raise TypedError(code, typed=shown(text))


def _refuse_two_readings(total: Fraction, scale: int, rest: Fraction, text: str) -> None:
    """1億5000 may be 100,005,000 or, as people speak, 150,000,000."""
    spoken = total + rest * (scale // 10 if rest < 10 else scale // 10**4)
    raise TypedError(
        "ambiguous_number",
        typed=shown(text),
        as_written=decimal_text(total + rest),
        as_spoken=decimal_text(spoken),
    )


def _without_counter(body: str, counters: Sequence[str]) -> str:
    for counter in sorted(counters, key=len, reverse=True):
        if body.endswith(counter):
            return body[: -len(counter)].rstrip()
    return body
