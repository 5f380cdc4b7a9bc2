"""A plan as the JSON document `plan/1`, described in docs/plan-1.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from checklist.planning.model import Reckoned, Why
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown, decimal_text
from checklist.questionnaire.typed import Duration, Volume
from checklist.questionnaire.values import Rows

SCHEMA = "plan/1"


def document(plan: Plan) -> dict[str, Any]:
    """Return the plan as plain JSON values: numbers as decimal strings, dates as ISO, ids for words."""
    names = [field.name for field in fields(plan) if field.name not in MOVED]
    return {
        "schema": SCHEMA,
        "pack": {"id": plan.pack_id, "version": plan.pack_version, "hash": plan.pack_hash},
        "made_on": plan.today.isoformat(),
        **{name: _plain(getattr(plan, name)) for name in names},
        "answers": [
            {"question": name, "answer": _answer(answer), "typed": plan.raw.get(name)}
            for name, answer in plan.answers
        ],
    }


MOVED = {"pack_id", "pack_version", "pack_hash", "today", "answers", "raw"}


def quantity(value: Quantity) -> dict[str, Any]:
    """Return a quantity with its state; a value that decimals cannot hold also as a fraction."""
    if isinstance(value, Unknown):
        return {"state": "unknown", "missing": list(value.missing)}
    if isinstance(value, Impossible):
        return {"state": "impossible", "reason": value.reason, "params": dict(value.params)}
    known: dict[str, Any] = {"state": "known", "value": decimal_text(value.value), "unit": str(value.unit)}
    if Fraction(known["value"]) != value.value:
        known["fraction"] = f"{value.value.numerator}/{value.value.denominator}"
    return known


def _answer(answer: object) -> Any:
    if answer is None:
        return None
    kind = type(answer).__name__.lower()
    return {"kind": kind, **_plain(answer)}


def _plain(value: Any) -> Any:
    if isinstance(value, Known | Unknown | Impossible):
        return quantity(value)
    if isinstance(value, Reckoned):
        return {**quantity(value.quantity), "why": _plain(value.why)}
    if isinstance(value, Why):
        return {"formula": value.formula, "values": {name: quantity(part) for name, part in value.values}}
    if isinstance(value, Rows):
        return {"rows": [{name: _answer(cell) for name, cell in row} for row in value.rows]}
    if isinstance(value, Duration | Unit | Volume) or not is_dataclass(value):
        return _simple(value)
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _simple(value: Any) -> Any:
    if isinstance(value, Duration):
        return {"count": value.count, "unit": value.unit}
    if isinstance(value, Volume):
        return {"count": decimal_text(value.count), "per": value.per, "span": value.span}
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, date | Unit):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(part) for part in value]
    return value
