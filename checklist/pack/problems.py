"""Collecting what is wrong with a pack, each mistake where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from checklist.errors import ExpressionError, PackProblem
from checklist.pack.reading import Document, Step

_AROUND = re.compile(r"^(?:required_|exact_)|_(?:volume|baseline|target)$")

T = TypeVar("T", bound=BaseModel)
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """One part of the pack and where it stands."""

    model: T
    document: Document
    path: Path = ()


@dataclass(slots=True)
class Problems:
    """Everything found so far. `broken` holds ids of parts left out, about which no more is said.

    `unread` holds the folders in which a whole file had to be left out.
    """

    found: list[PackProblem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def is_broken(self, name: str) -> bool:
        """Say whether a name is, or is made from, the id of a part left out."""
        parts = _AROUND.sub("", name).split("_to_")
        return name in self.broken or any(part in self.broken for part in parts)

    def leave_out(self, document: Document, ids: Iterable[str]) -> None:
        """Note that a whole file is left out, with the ids written in it."""
        self.unread.add(document.file.partition("/")[0])
        self.broken.update(ids)

    def add_file(self, file: str, code: str, /, **params: Any) -> None:
        """Note a problem of a whole file."""
        self.found.append(PackProblem(file, 1, 1, code, params))

    def add(self, document: Document, path: Path, code: str, /, *, key: bool = False, **params: Any) -> None:
        """Note a problem of the value at `path`, or of its key."""
        self.found.append(PackProblem(document.file, *document.place(path, key), code, params))

    def about(
        self, placed: Placed[Any], code: str, /, *within: Step, key: bool = False, **params: Any
    ) -> None:
        """Note a problem of a part, or of something within it."""
        self.add(placed.document, (*placed.path, *within), code, key=key, **params)

    def add_expression(self, document: Document, path: Path, error: ExpressionError) -> None:
        """Note a problem inside an expression, unless it only follows from a part left out."""
        written = error.params.get("name") or error.params.get("option")
        if error.code in ("unknown_name", "unknown_option") and self.is_broken(str(written)):
            return
        place = document.place_inside(path, error.position)
        self.found.append(PackProblem(document.file, *place, error.code, dict(error.params)))

    def unknown(self, placed: Placed[Any], code: str, name: str, known: Iterable[str], *within: Step) -> None:
        """Note a reference that leads nowhere, with the nearest name that exists."""
        if not self.is_broken(name):
            self.about(placed, code, *within, name=name, nearest=nearest(name, known))

    def sorted(self) -> tuple[PackProblem, ...]:
        """Return the problems in the order of the files, pack.yaml first, each once."""
        once = {(p.file, p.line, p.column, p.code, str(p.params)): p for p in self.found}
        keys = sorted(once, key=lambda key: (key[0] != "pack.yaml", *key))
        return tuple(once[key] for key in keys)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the one written, or nothing when none is close."""
    return next(iter(get_close_matches(word, list(known), 1)), "")
