"""From what people type, in a form or a file, to answers; what cannot be read is said for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from checklist.errors import TypedError
from checklist.pack.compiled import BoundQuestion, Pack
from checklist.pack.problems import nearest
from checklist.quantity import ONE, Unit
from checklist.questionnaire.choices import choose_many, choose_one
from checklist.questionnaire.estimates import choose_for_now, read_estimate
from checklist.questionnaire.limits import check_limits
from checklist.questionnaire.plain import as_text
from checklist.questionnaire.rows import read_rows
from checklist.questionnaire.typed import (
    Volume,
    clean_text,
    is_later_word,
    is_unknown_word,
    read_date,
    read_duration,
    read_volume,
)
from checklist.questionnaire.values import Answer, Answers, Day, Flow, NotKnown, Problem, Span, Words

ReadAnswer = Callable[[BoundQuestion, Any, Pack], Answer]

MAX_ANSWERS = 1000
MONTH = Unit.parse("month")
_KEYS = ("pack", "pack_version", "pack_hash", "language", "path", "answers", "decisions")
_NUMBERS = ("amount", "count", "rate", "percentage", "measure")


def read_answer(question: BoundQuestion, raw: Any, pack: Pack) -> Answer:
    """Read one answer as typed, as an option, or as a mapping; raise TypedError with what is wrong."""
    if is_blank(raw):
        raise TypedError("required")
    not_known = _not_known(question, raw)
    if not_known is not None:
        return not_known
    if isinstance(raw, Mapping) and "choose" in raw:
        return choose_for_now(question, raw, pack)
    kind = question.question.type
    if kind in ("single_choice", "check"):
        return choose_one(question, as_text(raw))
    if kind == "multiple_choice":
        return choose_many(question, raw)
    if kind in _NUMBERS:
        return read_estimate(question, raw)
    if kind == "list":
        return read_rows(question, raw, lambda column, typed: read_answer(column, typed, pack))
    return _read_plain(question, as_text(raw))


def read_answers(pack: Pack, document: Any, read: ReadAnswer = read_answer) -> Answers:
    """Read a whole answers document, in which every problem is noted and nothing is raised.

    `read` may stand in for `read_answer` to remember what it has read before.
    """
    problems: list[Problem] = []
    if not isinstance(document, Mapping):
        document = {}
        problems.append(Problem("", "wrong_shape", {"expected": "mapping"}))
    _check_document(pack, document, problems)
    raw = _raw_answers(document, problems)
    given: dict[str, Answer] = {}
    for name, typed in raw.items():
        _read_into(given, pack, name, typed, problems, read)
    path: Literal["quick", "full"] = "quick" if document.get("path") == "quick" else "full"
    return Answers(path, _language(pack, document), given, raw, tuple(problems))


def is_blank(raw: Any) -> bool:
    """Say whether nothing was given; an empty list is an answer where several options can be chosen."""
    if isinstance(raw, str):
        return not raw.strip()
    if isinstance(raw, Mapping):
        return all(value is None or value == "" for value in raw.values())
    return raw is None


def _read_into(
    given: dict[str, Answer],
    pack: Pack,
    name: str,
    typed: Any,
    problems: list[Problem],
    read: ReadAnswer,
) -> None:
    question = pack.questions.get(name)
    if question is None:
        close = nearest(name[:80], pack.questions)
        problems.append(Problem(name[:80], "unknown_question", {"name": name[:80], "nearest": close}))
    elif not is_blank(typed):
        try:
            given[name] = read(question, typed, pack)
        except TypedError as error:
            problems.append(Problem(name, error.code, error.params))


def _not_known(question: BoundQuestion, raw: Any) -> NotKnown | None:
    """Read わからない and あとで, unless an option has just these words."""
    word = _only_word(raw)
    if word is None or any(option.option.id == word for option in question.options):
        return None
    unknown = is_unknown_word(word)
    if not unknown and not is_later_word(word):
        return None
    if not question.question.allow_unknown:
        raise TypedError("unknown_not_allowed", typed=word)
    return NotKnown("unknown" if unknown else "later")


def _only_word(raw: Any) -> str | None:
    if isinstance(raw, Mapping):
        filled = {key: value for key, value in raw.items() if value not in (None, "")}
        raw = filled.get("likely") if filled.keys() <= {"likely", "source"} else None
    return raw.strip() if isinstance(raw, str) and len(raw) <= 100 else None


def _read_plain(question: BoundQuestion, text: str) -> Answer:
    asked = question.question
    if asked.type == "text":
        words = clean_text(text, asked.max_length, asked.multiline)
        if not words:
            raise TypedError("required")
        return Words(words)
    if asked.type == "date":
        day = read_date(text)
        check_limits(asked, day)
        return Day(day)
    if asked.type == "duration":
        duration = read_duration(text)
        check_limits(asked, duration.days)
        return Span(duration)
    return Flow(_read_volume(question, text), (question.unit or ONE) * MONTH)


def _read_volume(question: BoundQuestion, text: str) -> Volume:
    """Read how many in how long; a bare number is per month only where the question itself says so."""
    try:
        return read_volume(text)
    except TypedError as error:
        if error.code != "volume_without_period" or question.kind == "volume":
            raise
        return read_volume(f"{text} / month")


def _check_document(pack: Pack, document: Mapping[Any, Any], problems: list[Problem]) -> None:
    for key in document:
        if key not in _KEYS:
            name = str(key)[:80]
            problems.append(Problem("", "unknown_key", {"name": name, "nearest": nearest(name, _KEYS)}))
    if document.get("pack", pack.id) != pack.id:
        found = str(document["pack"])[:80]
        problems.append(Problem("", "wrong_pack", {"expected": pack.id, "found": found}))
    if document.get("path", "full") not in ("quick", "full"):
        problems.append(Problem("", "unknown_path", {"name": str(document["path"])[:80]}))
    languages = pack.manifest.languages
    if document.get("language", languages[0]) not in languages:
        name = str(document["language"])[:80]
        problems.append(Problem("", "unknown_language", {"name": name, "known": ", ".join(languages)}))


def _language(pack: Pack, document: Mapping[Any, Any]) -> str:
    languages = pack.manifest.languages
    return next((name for name in languages if document.get("language") == name), languages[0])


def _raw_answers(document: Mapping[Any, Any], problems: list[Problem]) -> dict[str, Any]:
    answers = document.get("answers")
    if answers is None:
        return {}
    if not isinstance(answers, Mapping):
        problems.append(Problem("", "wrong_shape", {"expected": "mapping"}))
        return {}
    if len(answers) > MAX_ANSWERS:
        problems.append(Problem("", "too_many_answers", {"limit": MAX_ANSWERS}))
        return {}
    return {key: raw for key, raw in answers.items() if isinstance(key, str)}
