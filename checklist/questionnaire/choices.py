"""Choosing options: by id, or by the title in any language, as a person would type it in a file."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from checklist.errors import TypedError
from checklist.pack.compiled import BoundQuestion
from checklist.pack.problems import nearest
from checklist.questionnaire.plain import as_text
from checklist.questionnaire.values import Chosen, ChosenMany

NONE_OF_THESE = "none_of_these"
MAX_OPTION = 200
MAX_CHOSEN = 100

_CHECK = {
    "yes": ("yes", "はい"),
    "partly": ("partly", "一部", "一部できている", "部分的に"),
    "no": ("no", "いいえ"),
}
_SEPARATOR = re.compile(r"[,、\n]")


def choose_one(question: BoundQuestion, typed: str) -> Chosen:
    """Return the option meant; raise TypedError("not_an_option") with the nearest one."""
    return Chosen(_option(typed, _titles(question)))


def choose_many(question: BoundQuestion, raw: Any) -> ChosenMany:
    """Return the options meant in the order of the pack; none at all is an answer too."""
    titles = _titles(question)
    typed = _listed(raw, titles)
    if len(typed) > MAX_CHOSEN:
        raise TypedError("too_many_options", limit=MAX_CHOSEN)
    if NONE_OF_THESE in typed:
        if len(set(typed)) > 1:
            raise TypedError("none_and_others")
        return ChosenMany(())
    chosen = {_option(text, titles) for text in typed}
    return ChosenMany(tuple(option.option.id for option in question.options if option.option.id in chosen))


def _listed(raw: Any, titles: dict[str, str]) -> list[str]:
    if isinstance(raw, list | tuple):
        return [as_text(one).strip() for one in raw]
    text = as_text(raw).strip()
    if _plain(text) in titles:
        return [text]
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]


def _option(typed: str, titles: dict[str, str]) -> str:
    """Find an option by id or title; `titles` leads from each way to write it to its id."""
    text = typed.strip()[:MAX_OPTION]
    option = titles.get(_plain(text))
    if option is None:
        close = nearest(_plain(text[:80]), titles)
        raise TypedError("not_an_option", typed=text[:40], nearest=titles.get(close, ""))
    return option


def _titles(question: BoundQuestion) -> dict[str, str]:
    if question.question.type == "check":
        return {_plain(word): option for option, words in _CHECK.items() for word in words}
    titles = {
        _plain(title): bound.option.id for bound in question.options for title in bound.option.title.values()
    }
    return titles | {bound.option.id: bound.option.id for bound in question.options}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
