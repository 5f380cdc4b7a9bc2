"""What a person typed at one question: between the fields of a form and the raw form that is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol

from checklist.pack.compiled import BoundQuestion
from checklist.questionnaire.typed import is_later_word, is_unknown_word
from webapp.assessments.rows import TypedRow, rows_from_form, rows_from_raw

CHOICES = ("single_choice", "check")
STATES = ("unknown", "later", "published", "none")
NOT_KNOWN = ("unknown", "later")
PARTS = ("low", "high", "source", "count", "of", "period")


class Form(Protocol):
    """The part of a submitted form that is read here."""

    def get(self, name: str, default: str = "") -> str: ...

    def getlist(self, name: str) -> list[str]: ...


class Contradiction(Exception):
    """Two fields of one question say different things; `code` names which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one question as typed; `state` holds the ticked STATES, `many` the ticked options."""

    value: str = ""
    many: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    source: str = ""
    count: str = ""
    of: str = ""
    period: str = ""
    state: str = ""
    rows: tuple[TypedRow, ...] = ()

    @property
    def has_counts(self) -> bool:
        """Return whether a rate was given by its counts."""
        return bool(self.count or self.of)

    @property
    def has_number(self) -> bool:
        """Return whether any number was typed."""
        return bool(self.value or self.low or self.high or self.has_counts)


NOTHING = Typed()


def from_form(question: BoundQuestion, form: Form) -> Typed:
    """Read one question's fields; blanks around them do not count."""
    name = question.id
    if question.question.type == "list":
        return Typed(rows=rows_from_form(question, form))
    parts = {part: _first(form, f"{name}.{part}") for part in PARTS}
    parts["state"] = " ".join(each for each in form.getlist(f"{name}.state") if each in STATES)
    if question.question.type == "multiple_choice":
        return Typed(many=tuple(form.getlist(name)), **parts)
    return Typed(value=_first(form, name), **parts)


def _first(form: Form, name: str) -> str:
    """Return a field without the blanks around it; `get` would make an error for each that was not sent."""
    return next(iter(form.getlist(name)), "").strip()


def from_raw(question: BoundQuestion, raw: Any) -> Typed:
    """Return the fields that show a stored answer."""
    if raw is None:
        return NOTHING
    if question.question.type == "list":
        return Typed(rows=rows_from_raw(question, raw))
    if isinstance(raw, list):
        return Typed(many=tuple(map(str, raw)), state="" if raw else "none")
    if isinstance(raw, Mapping):
        return _from_mapping(raw)
    text = str(raw)
    if question.question.type in CHOICES:
        return Typed(value=_state_of(text) or text)
    if question.question.type == "multiple_choice" and not _state_of(text):
        return Typed(many=(text,))
    state = _state_of(text)
    return Typed(state=state) if state else Typed(value=text)


def to_raw(question: BoundQuestion, typed: Typed, before: Typed = NOTHING) -> Any:
    """Return the raw answer, None for none; raise Contradiction.

    Where both a number and "I don't know" are given, the one that is new since `before` counts.
    """
    kind = question.question.type
    if kind in CHOICES:
        return typed.value or None
    if " " in typed.state:
        raise Contradiction("two_states")
    if kind == "multiple_choice":
        return _many(typed)
    typed = _settled(typed, before)
    if typed.state:
        return typed.state if typed.state in NOT_KNOWN else {"choose": typed.state}
    return _number(typed) if typed.has_number else None


def _settled(typed: Typed, before: Typed) -> Typed:
    if not typed.state:
        return typed
    if not typed.has_number:
        return Typed(state=typed.state)
    if before.state == typed.state and not before.has_number:
        return _without_state(typed)
    if _without_state(typed) == _without_state(before):
        return Typed(state=typed.state)
    raise Contradiction("number_and_state")


def _without_state(typed: Typed) -> Typed:
    return Typed(**{each.name: getattr(typed, each.name) for each in fields(Typed) if each.name != "state"})


def _many(typed: Typed) -> Any:
    if typed.many and typed.state:
        raise Contradiction("options_and_state")
    if typed.state == "none":
        return []
    return typed.state or list(typed.many) or None


def _number(typed: Typed) -> Any:
    if typed.has_counts:
        if typed.value:
            raise Contradiction("rate_and_counts")
        return {"count": typed.count, "of": typed.of, **_given(typed, "period", "source")}
    extra = _given(typed, "low", "high", "source")
    return {"likely": typed.value, **extra} if extra else typed.value


def _given(typed: Typed, *names: str) -> dict[str, str]:
    return {name: getattr(typed, name) for name in names if getattr(typed, name)}


def _from_mapping(raw: Mapping[str, Any]) -> Typed:
    if "choose" in raw:
        return Typed(state=str(raw["choose"]))
    parts = {part: str(raw[part]) for part in PARTS if raw.get(part) is not None}
    return Typed(value=str(raw.get("likely", "")), **parts)


def _state_of(text: str) -> str:
    if text in NOT_KNOWN:
        return text
    if is_unknown_word(text):
        return "unknown"
    return "later" if is_later_word(text) else ""
