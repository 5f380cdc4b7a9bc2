"""The errors of the engine: they carry a code and facts, and the edge words them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class ChecklistError(Exception):
    """Say what went wrong as a code and the facts that a sentence about it needs."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class UnitMismatch(ChecklistError):
    """Two quantities of different units were added, subtracted or compared."""


class TypedError(ChecklistError):
    """What a person typed cannot be read, or can be read in two ways."""


class ExpressionError(ChecklistError):
    """An expression of a pack is wrong; `position` counts characters from 0."""

    def __init__(self, code: str, position: int = 0, **params: Any) -> None:
        super().__init__(code, **params)
        self.position = position


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One mistake in a pack; lines and columns count from 1, and are 1 where only the file is known."""

    file: str
    line: int
    column: int
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class PackError(ChecklistError):
    """A pack cannot be used; `problems` holds every mistake found, in the order of the files."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        super().__init__("pack_has_problems", count=len(problems))
        self.problems = tuple(problems)
