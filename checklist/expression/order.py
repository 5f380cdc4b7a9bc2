"""The order in which formulas that read each other can be worked out."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from checklist.errors import ExpressionError
from checklist.expression.evaluate import Expression


def order(expressions: Mapping[str, Expression]) -> tuple[str, ...]:
    """Return the ids so that each comes after those it reads; raise ExpressionError("cycle", path=…)."""
    graph = {
        name: [read for read in expression.names if read in expressions]
        for name, expression in expressions.items()
    }
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ExpressionError("cycle", path=_path(error.args[1], list(expressions))) from None


def _path(cycle: list[str], names: list[str]) -> str:
    """Write the cycle so that each name reads the next, from the name that was defined first."""
    ring = list(reversed(cycle))[1:]
    start = ring.index(min(ring, key=names.index))
    turned = ring[start:] + ring[:start]
    return " -> ".join([*turned, turned[0]])
