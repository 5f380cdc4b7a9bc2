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


def problem_text(words: Words, code: str, params: Mapping[str, Any]) -> str:
    """Return what is wrong with an answer, and what to do."""
    if code == "in_row":
        return _in_row(words, params)
    texts = {key: str(value) for key, value in params.items()}
    if "limit" in texts and texts.get("type") in _LIMITS:
        texts["limit"] = _LIMITS[texts["type"]](words, texts["limit"])
    if code == "wrong_shape":
        texts["expected"] = words.phrase(f"shapes.{texts['expected']}")
    return words.phrase(f"problems.{code}", **texts) + _nearest(words.phrases, words.language, texts)


def _in_row(words: Words, params: Mapping[str, Any]) -> str:
    columns = words.pack.questions[params["question"]].columns
    title = next(words.of(column.question.title) for column in columns if column.id == params["column"])
    sentence = problem_text(words, params["problem"], params["params"])
    return words.phrase("problems.in_row", row=str(params["row"]), column=title, sentence=sentence)


def pack_problem_text(phrases: Phrases, language: str, problem: PackProblem) -> str:
    """Return a mistake in a pack or file as `file:line:column: sentence`."""
    texts = {key: str(value) for key, value in problem.params.items()}
    sentence = phrases.text(language, f"pack_problems.{problem.code}", **texts)
    sentence += _nearest(phrases, language, texts)
    return f"{problem.file}:{problem.line}:{problem.column}: {sentence}"


def _nearest(phrases: Phrases, language: str, texts: Mapping[str, str]) -> str:
    """Return a hint at what may have been meant, or nothing where nothing is near."""
    nearest = texts.get("nearest")
    return phrases.text(language, "document.nearest", nearest=nearest) if nearest else ""


def _amount(words: Words, limit: str) -> str:
    return words.count(read_amount(limit), Unit.parse("jpy"))


def _duration(words: Words, limit: str) -> str:
    return duration_text(words, read_duration(limit))


def _number(words: Words, limit: str) -> str:
    return words.number(Fraction(limit))


# Packs write limits in one plain spelling; a person reads them in their own language.
_LIMITS: dict[str, Callable[[Words, str], str]] = {"amount": _amount, "duration": _duration, "count": _number}
