"""Whether a rule can fire at all, and whether it can stay silent: a search through made-up answers."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, Literal

from checklist.expression import Boolean, Choice, Choices, Date, Expression, Number, ScopeValue, Type
from checklist.pack.binding import Bound
from checklist.pack.placing import Parts
from checklist.pack.problems import Placed, Problems
from checklist.quantity import Known, Unknown

Verdict = Literal["never_fires", "always_fires"]

MOST_WORLDS = 40_000
SEED = 20260401
_NUMBER = re.compile(r"(?<![A-Za-z_0-9'])[0-9]+(?:\.[0-9]+)?")
_FIRST_DAY = datetime.date(2026, 4, 1)
_DAYS = (0, 1, 400)
_OFF_THE_PATH = object()


def verdict(expression: Expression, types: Mapping[str, Type]) -> Verdict | None:
    """Say that a condition can never hold, or holds whatever is answered; None is as it should be.

    Every combination of options, and numbers on both sides of each number written in the condition, are
    tried; of more than MOST_WORLDS combinations, as many drawn with a fixed seed.
    """
    fires = silent = False
    for world in _worlds(expression, types):
        held = expression.evaluate(world) is True
        fires, silent = fires or held, silent or not held
        if fires and silent:
            return None
    return "always_fires" if fires else "never_fires"


@dataclass(frozen=True, slots=True)
class _World:
    """A scope in which every name has a made-up value, is not known, or is not asked."""

    values: Mapping[str, object]

    def value(self, name: str) -> ScopeValue:
        value = self.values[name]
        return Unknown((name,)) if value is _OFF_THE_PATH else value  # type: ignore[return-value]

    def is_asked(self, name: str) -> bool:
        return self.values[name] is not _OFF_THE_PATH

    def is_answered(self, name: str) -> bool:
        return not isinstance(self.value(name), Unknown)


def _worlds(expression: Expression, types: Mapping[str, Type]) -> Iterator[_World]:
    names = expression.names
    numbers = sorted({Fraction(found) for found in _NUMBER.findall(expression.source)})
    candidates = [_candidates(name, types[name], numbers) for name in names]
    for values in _combinations(candidates):
        yield _World(dict(zip(names, values, strict=True)))


def _combinations(candidates: Sequence[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    if prod(len(each) for each in candidates) <= MOST_WORLDS:
        yield from product(*candidates)
        return
    draw = random.Random(SEED)
    for _ in range(MOST_WORLDS):
        yield tuple(draw.choice(each) for each in candidates)


def _candidates(name: str, type_: Type, numbers: Sequence[Fraction]) -> list[object]:
    return [*_values(type_, numbers), Unknown((name,)), _OFF_THE_PATH]


def _values(type_: Type, numbers: Sequence[Fraction]) -> list[object]:
    match type_:
        case Choice(options):
            return list(options)
        case Choices(options):
            return [frozenset(), frozenset(options), *(frozenset({option}) for option in options)]
        case Number(unit):
            return [Known(number, unit) for number in _around(numbers)]
        case Boolean():
            return [True, False]
        case Date():
            return [_FIRST_DAY + datetime.timedelta(days=days) for days in _DAYS]
    return ["words"]


def _around(numbers: Sequence[Fraction]) -> list[Fraction]:
    """Return numbers on both sides of each written one, and far from all of them."""
    beside = {
        near for number in numbers for near in (number / 2, number, number + Fraction(1, 2), number * 2)
    }
    return sorted({Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1000), *beside})


def check(parts: Parts, bound: Bound, problems: Problems) -> None:
    """Note every rule and pick that can never fire, or always does."""
    rules: list[tuple[str, Placed[Any]]] = [(f"finding.{rule.model.id}", rule) for rule in parts.findings]
    rules += [(f"pick.{pick.model.id}", pick) for pick in parts.picks]
    for place, placed in rules:
        found = verdict(bound.expressions[place], bound.types)
        if found is not None:
            problems.about(placed, found, "when", name=placed.model.id)
