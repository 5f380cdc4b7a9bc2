"""Compiled expressions: nested closures over a scope, with three-valued logic."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from checklist.expression.types import Boolean, Number, Scope, ScopeValue, Type
from checklist.quantity import ONE, Impossible, Known, Quantity, Unit, Unknown, compare

Run = Callable[[Scope], Any]

DAY = Unit.parse("day")


@dataclass(frozen=True, slots=True)
class Node:
    """One part of a compiled expression.

    `run` returns a value, Unknown or Impossible; `decided_by` the names that made the value what it is.
    """

    type: Type
    run: Run
    decided_by: Callable[[Scope], tuple[str, ...]]
    position: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an expression came out as it did: every name it reads with its value, and which of them decided."""

    source: str
    result: ScopeValue | None
    values: tuple[tuple[str, ScopeValue], ...]
    decisive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression; `names` are the names it reads, in the order of their first appearance."""

    source: str
    type: Type
    names: tuple[str, ...]
    _node: Node = field(repr=False, compare=False)

    def evaluate(self, scope: Scope) -> ScopeValue | None:
        """Return the value, which may be Unknown or Impossible; a boolean that cannot be told is None."""
        result: ScopeValue = self._node.run(scope)
        if isinstance(self.type, Boolean) and not isinstance(result, bool):
            return None
        return result

    def holds(self, scope: Scope) -> bool | None:
        """Evaluate a condition; None means that it cannot be told. Raise TypeError for other types."""
        result = self.evaluate(scope)
        if result is None or isinstance(result, bool):
            return result
        raise TypeError(f"not a condition: {self.source}")

    def quantity(self, scope: Scope) -> Quantity:
        """Evaluate a formula. Raise TypeError when the expression is not a number."""
        result = self.evaluate(scope)
        if isinstance(result, Quantity):
            return result
        raise TypeError(f"not a number: {self.source}")

    def missing(self, scope: Scope) -> tuple[str, ...]:
        """Return the ids that would have to be known, nothing when the value is known or impossible."""
        result = self._node.run(scope)
        return result.missing if isinstance(result, Unknown) else ()

    def explain(self, scope: Scope) -> Explanation:
        """Return the result with what every name was."""
        values = tuple((name, scope.value(name)) for name in self.names)
        return Explanation(self.source, self.evaluate(scope), values, self._node.decided_by(scope))


def constant(value: Fraction, position: int) -> Node:
    """Return a literal number."""
    quantity = Known(value)
    return Node(Number(literal=True), lambda scope: quantity, lambda scope: (), position)


def read(name: str, type_: Type, position: int) -> Node:
    """Return the value of a name."""
    return Node(type_, lambda scope: scope.value(name), lambda scope: (name,), position, name)


def about(name: str, type_: Type, run: Run, position: int) -> Node:
    """Return what `run` says about one name, such as whether it is asked."""
    return Node(type_, run, lambda scope: (name,), position)


def apply(type_: Type, function: Callable[..., Any], inputs: Sequence[Node], position: int) -> Node:
    """Return a function of values that deals with unknown and impossible ones itself."""

    def run(scope: Scope) -> Any:
        return function(*[node.run(scope) for node in inputs])

    return Node(type_, run, lambda scope: _decided_by_all(inputs, scope), position)


def apply_known(type_: Type, function: Callable[..., Any], inputs: Sequence[Node], position: int) -> Node:
    """Return a function of values that is only called when all of them are known."""

    def careful(*values: Any) -> Any:
        doubt = _doubt(values)
        return function(*values) if doubt is None else doubt

    return apply(type_, careful, inputs, position)


def all_of(inputs: Sequence[Node], position: int) -> Node:
    """Return `and`: false as soon as one is false, whatever else is unknown."""
    return _logic(inputs, False, position)


def any_of(inputs: Sequence[Node], position: int) -> Node:
    """Return `or`: true as soon as one is true, whatever else is unknown."""
    return _logic(inputs, True, position)


def _logic(inputs: Sequence[Node], settles: bool, position: int) -> Node:
    def run(scope: Scope) -> Any:
        doubts = []
        for node in inputs:
            held = node.run(scope)
            if held is settles:
                return settles
            if held is not (not settles):
                doubts.append(held)
        return _doubt(doubts) if doubts else not settles

    def decided_by(scope: Scope) -> tuple[str, ...]:
        results = [node.run(scope) for node in inputs]
        for node, held in zip(inputs, results, strict=True):
            if held is settles:
                return node.decided_by(scope)
        doubtful = [node for node, held in zip(inputs, results, strict=True) if not isinstance(held, bool)]
        return _decided_by_all(doubtful or inputs, scope)

    return Node(Boolean(), run, decided_by, position)


def conditional(condition: Node, then: Node, otherwise: Node, position: int) -> Node:
    """Return one of two values; when the condition cannot be told, neither can the value."""

    def run(scope: Scope) -> Any:
        held = condition.run(scope)
        if isinstance(held, bool):
            return then.run(scope) if held else otherwise.run(scope)
        return held

    def decided_by(scope: Scope) -> tuple[str, ...]:
        held = condition.run(scope)
        if isinstance(held, bool):
            return _decided_by_all([condition, then if held else otherwise], scope)
        return condition.decided_by(scope)

    return Node(then.type, run, decided_by, position)


def with_unit(node: Node, unit: Unit) -> Node:
    """Return a literal number as a quantity of `unit`."""

    def run(scope: Scope) -> Quantity:
        value: Quantity = node.run(scope)
        return replace(value, unit=unit) if isinstance(value, Known) else value

    return replace(node, type=Number(unit), run=run)


def is_known(value: ScopeValue) -> bool:
    """Say whether a value can be worked with."""
    return not isinstance(value, Unknown | Impossible)


def days_between(names: Iterable[str]) -> Callable[[datetime.date, datetime.date], Known]:
    """Return the function later - earlier in days, which remembers whose dates they are."""
    because = tuple(name for name in names if name)
    return lambda later, earlier: Known(Fraction((later - earlier).days), DAY, because)


def smallest(*values: Quantity) -> Quantity:
    """Return the least of known quantities."""
    return _outermost(values, -1)


def largest(*values: Quantity) -> Quantity:
    """Return the greatest of known quantities."""
    return _outermost(values, 1)


def _outermost(values: Sequence[Quantity], sign: int) -> Quantity:
    best = values[0]
    for value in values[1:]:
        if compare(value, best) == sign:
            best = value
    reasons = [name for value in values if isinstance(value, Known) for name in value.because]
    return replace(best, because=tuple(dict.fromkeys(reasons))) if isinstance(best, Known) else best


def rounded(function: Callable[[Fraction], int]) -> Callable[[Known], Known]:
    """Return rounding by `function` that keeps unit and reasons."""
    return lambda quantity: replace(quantity, value=Fraction(function(quantity.value)))


def zero_unless_asked(name: str, unit: Unit) -> Run:
    """Return the value of an asked question and 0 for one that is not on the path."""
    nothing = Known(Fraction(0), unit)
    return lambda scope: scope.value(name) if scope.is_asked(name) else nothing


def negative(quantity: Known) -> Known:
    """Return the quantity with the other sign."""
    return replace(quantity, value=-quantity.value)


def how_many(name: str) -> Callable[[frozenset[str]], Known]:
    """Return the number of chosen options."""
    return lambda chosen: Known(Fraction(len(chosen)), ONE, (name,) if name else ())


def _doubt(values: Iterable[Any]) -> Unknown | Impossible | None:
    """Return why the values cannot be worked with: impossible says more than unknown."""
    missing: dict[str, None] = {}
    unknown = False
    for value in values:
        if isinstance(value, Impossible):
            return value
        if isinstance(value, Unknown):
            unknown = True
            missing.update(dict.fromkeys(value.missing))
    return Unknown(tuple(missing)) if unknown else None


def _decided_by_all(inputs: Iterable[Node], scope: Scope) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for node in inputs for name in node.decided_by(scope)))
