"""Typed text as such: cleaning, one spelling for characters that mean the same, and "I don't know"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from checklist.errors import TypedError

MAX_SHORT = 100
SHOWN = 40

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = re.compile(f"[{_BIDI}\u200b\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_LIKE_SPACE = re.compile(r"[\n\t]+")

# NFKC would turn 10² into 102, ½ into 1⁄2 and ⑴ into (1): only plain changes of width are wanted.
_HARMLESS = ("<wide>", "<narrow>", "<noBreak>", "<square>", "<font>")
_ONE_SPELLING = str.maketrans({"−": "-", "‐": "-", "‒": "-", "–": "-", "’": "'", "〜": "~", "∼": "~"})

_UNKNOWN = frozenset(
    {
        "わからない",
        "分からない",
        "判らない",
        "解らない",
        "わかりません",
        "分かりません",
        "不明",
        "未定",
        "unknown",
        "not known",
        "not sure",
        "don't know",
        "dont know",
        "do not know",
        "i don't know",
    }
)
_LATER = frozenset({"あとで", "後で", "later", "あとで答える", "後で答える", "answer later"})


def clean_text(text: str, max_length: int, multiline: bool = False) -> str:
    """Return the text without control characters and hidden direction marks, composed and trimmed.

    Line ends become "\\n", or a blank when not `multiline`. Raise TypedError("text_too_long").
    """
    lines = _LINE_END.sub("\n", text)
    kept = _INVISIBLE.sub("", "".join(char for char in lines if char in "\n\t" or _is_visible(char)))
    if not multiline:
        kept = _LIKE_SPACE.sub(" ", kept)
    composed = unicodedata.normalize("NFC", kept).strip()
    if len(composed) > max_length:
        raise TypedError("text_too_long", typed=composed[:SHOWN], length=len(composed), limit=max_length)
    return composed


def shown(text: str) -> str:
    """Return what was typed as an error may repeat it: printable and short."""
    return clean_text(text[: SHOWN * 4], SHOWN * 12)[:SHOWN]


def normalised(text: str) -> str:
    """Return short text with one spelling for each character: half width, plain minus, plain blanks.

    Raise TypedError: empty, text_too_long or bad_character.
    """
    trimmed = text.strip()
    if not trimmed:
        raise TypedError("empty", typed="")
    if len(trimmed) > MAX_SHORT:
        raise TypedError("text_too_long", typed=shown(text), length=len(trimmed), limit=MAX_SHORT)
    characters = "".join(_plain(char, text) for char in trimmed)
    return unicodedata.normalize("NFKC", characters).translate(_ONE_SPELLING).strip()


def is_unknown_word(text: str) -> bool:
    """Say whether this is a way to type "I don't know"."""
    return _as_word(text) in _UNKNOWN


def is_later_word(text: str) -> bool:
    """Say whether this is a way to type "I will answer later"."""
    return _as_word(text) in _LATER


@lru_cache(maxsize=1024)
def _as_word(text: str) -> str:
    try:
        return normalised(text).casefold().rstrip("。.")
    except TypedError:
        return ""


def _plain(char: str, text: str) -> str:
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    tag = unicodedata.decomposition(char).partition(" ")[0]
    if category[0] == "C" or (tag.startswith("<") and tag not in _HARMLESS):
        raise TypedError("bad_character", typed=shown(text), character=f"U+{ord(char):04X}")
    return char


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs") and ord(char) & 0xFFFE != 0xFFFE
