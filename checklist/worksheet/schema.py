"""The plan as the JSON document `plan/1` with its words, and the schema that follows from the dataclasses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from checklist.planning.document import MOVED, SCHEMA, document
from checklist.planning.model import Reckoned, Why
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown
from checklist.questionnaire.values import Answer, Cell, Rows
from checklist.wording.phrases import LANGUAGES
from checklist.wording.view import WordedPlan

Schema = dict[str, Any]


def plan_json(plan: Plan, view: WordedPlan) -> bytes:
    """Return the plan as it is exported: values and ids, and beside them the words of one language."""
    return _printed({**document(plan), "language": view.language, "words": asdict(view)})


def schema_json() -> bytes:
    """Return the schema as `docs/plan-1.schema.json` publishes it."""
    return _printed(plan_schema())


def _printed(content: Schema) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def plan_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of what `plan_json` writes; other keys are allowed nowhere."""
    shapes = _Shapes()
    kept = {name: shapes.of(kind) for name, kind in get_type_hints(Plan).items() if name not in MOVED}
    asked = {"question": TEXT, "answer": shapes.answer(Answer | None), "typed": {}}
    properties = {
        "schema": {"const": SCHEMA},
        "pack": _object({"id": TEXT, "version": TEXT, "hash": TEXT}),
        "made_on": DAY,
        **kept,
        "answers": _list(_object(asked)),
        "language": {"enum": list(LANGUAGES)},
        "words": shapes.of(WordedPlan),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:shirube:plan:1",
        "title": f"Shirube {SCHEMA}",
        **_object(properties),
        "$defs": dict(sorted(shapes.definitions.items())),
    }


def _object(properties: Schema, *optional: str) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _tuple(items: list[Schema]) -> Schema:
    return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}


def _map(each: Schema) -> Schema:
    return {"type": "object", "additionalProperties": each}


TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
DECIMAL: Schema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
FRACTION: Schema = {"type": "string", "pattern": "^-?[0-9]+/[0-9]+$"}
SIMPLE: dict[Any, Schema] = {
    Any: {},
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: TEXT,
    date: DAY,
    Fraction: DECIMAL,
    Unit: TEXT,
}
STATES: dict[Any, Schema] = {
    Known: {"state": {"const": "known"}, "value": DECIMAL, "unit": TEXT, "fraction": FRACTION},
    Unknown: {"state": {"const": "unknown"}, "missing": _list(TEXT)},
    Impossible: {"state": {"const": "impossible"}, "reason": TEXT, "params": _map(TEXT)},
}


class _Shapes:
    """The schemas of types, as `planning.document` writes their values; each class is defined once."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """Return the schema of a type; raise TypeError for one that has none."""
        if kind in SIMPLE:
            return SIMPLE[kind]
        if isinstance(kind, type) and get_origin(kind) is None:
            return self._defined(_name(kind), kind, self._class)
        return self._generic(get_origin(kind), get_args(kind))

    def answer(self, kind: Any) -> Schema:
        """Return the schema of an answer, which says its kind beside its fields."""
        members = get_args(kind)
        if members:
            return {"anyOf": [self.answer(member) for member in members]}
        if kind in SIMPLE:
            return SIMPLE[kind]
        return self._defined(f"answer.{kind.__name__}", kind, self._answer)

    def _defined(self, name: str, kind: type, describe: Callable[[type], Schema]) -> Schema:
        if name not in self.definitions:
            self.definitions[name] = {}  # a class may hold others of its own kind
            self.definitions[name] |= {**_about(kind), **describe(kind)}
        return {"$ref": f"#/$defs/{name}"}

    def _class(self, kind: type) -> Schema:
        if kind in STATES:
            return _object(STATES[kind], "fraction")
        if kind is Reckoned:
            why = {"why": self.of(Why)}
            return {"anyOf": [_object({**state, **why}, "fraction") for state in STATES.values()]}
        if kind is Why:
            return _object({"formula": TEXT, "values": _map(self.of(Quantity))})
        return _object({name: self.of(part) for name, part in get_type_hints(kind).items()})

    def _answer(self, kind: type) -> Schema:
        said: Schema = {"kind": {"const": kind.__name__.lower()}}
        if kind is Rows:
            return _object({**said, "rows": _list(_map(self.answer(Cell)))})
        return _object({**said, **{name: self.of(part) for name, part in get_type_hints(kind).items()}})

    def _generic(self, origin: Any, parts: tuple[Any, ...]) -> Schema:
        if origin is Literal:
            return {"enum": list(parts)}
        if origin in (Union, UnionType):
            return {"anyOf": [self.of(part) for part in parts]}
        if origin is tuple and parts[-1] is not Ellipsis:
            return _tuple([self.of(part) for part in parts])
        if origin in (tuple, list, frozenset):
            return _list(self.of(parts[0]))
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return _map(self.of(parts[1]))
        raise TypeError(f"no schema for {origin} of {parts}")


def _name(kind: type) -> str:
    """Return the class's name; that of a part of the words begins with `words`, as some are alike."""
    return f"words.{kind.__name__}" if kind.__module__ == WordedPlan.__module__ else kind.__name__


def _about(kind: type) -> Schema:
    return {"description": " ".join((kind.__doc__ or "").split())}
