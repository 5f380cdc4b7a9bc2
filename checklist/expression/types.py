"""What an expression can be about: the types of its names and where their values come from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Protocol

from checklist.quantity import ONE, Quantity, Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity of one unit; a `literal` one takes the unit of what it is added to or compared with."""

    unit: Unit = ONE
    literal: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some option ids."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Any number of some option ids."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Boolean:
    """True, false or unknown."""


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a person; an expression may only ask whether they were given."""


Type = Number | Choice | Choices | Boolean | Date | Text

ScopeValue = Quantity | bool | str | frozenset[str] | datetime.date


class Scope(Protocol):
    """Answer what the names of an expression stand for, here and now."""

    def value(self, name: str) -> ScopeValue:
        """Return the value, or Unknown with what is missing."""
        ...

    def is_asked(self, name: str) -> bool:
        """Say whether the question is on the path."""
        ...

    def is_answered(self, name: str) -> bool:
        """Say whether something was given, be it "unknown"."""
        ...


def kind(type_: Type) -> str:
    """Return the word for a type in error params: number, choice, choices, boolean, date or text."""
    return type(type_).__name__.lower()
