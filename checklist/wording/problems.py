"""What is wrong with an answer or a pack, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from checklist.errors import PackProblem
from checklist.quantity import Unit
from checklist.questionnaire.typed import read_amount, read_duration
from checklist.wording.answers import duration_text
from checklist.wording.phrases import Phrases
from checklist.wording.words import Words

NOTHING_NEAR = "—"


def problem_text(words: Words, code: str, params: Mapping[str, Any]) -> str:
    """Return what is wrong with an answer, and what to do."""
    texts = {key: _text(value) for key, value in params.items()}
    if "limit" in params and params.get("type") in _LIMITS:
        texts["limit"] = _LIMITS[params["type"]](words, texts["limit"])
    return words.phrase(f"problems.{code}", **texts)


def pack_problem_text(phrases: Phrases, language: str, problem: PackProblem) -> str:
    """Return a mistake in a pack or file as `file:line:column: sentence`."""
    texts = {key: _text(value) for key, value in problem.params.items()}
    sentence = phrases.text(language, f"pack_problems.{problem.code}", **texts)
    return f"{problem.file}:{problem.line}:{problem.column}: {sentence}"


def _text(value: object) -> str:
    return str(value) or NOTHING_NEAR


def _amount(words: Words, limit: str) -> str:
    return words.count(read_amount(limit), Unit.parse("jpy"))


def _duration(words: Words, limit: str) -> str:
    return duration_text(words, read_duration(limit))


def _number(words: Words, limit: str) -> str:
    return words.number(Fraction(limit))


# Packs write limits in one plain spelling; a person reads them in their own language.
_LIMITS: dict[str, Callable[[Words, str], str]] = {"amount": _amount, "duration": _duration, "count": _number}
