"""Parts of a whole: shares that must not exceed it, and whole units shared out so that they add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checklist.quantity import ONE, Impossible, Known, Quantity, add, decimal_text, subtract

ALL = Known(Fraction(1), ONE)
NOTHING = Known(Fraction(0), ONE)


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of one whole; `total` is Impossible above 100 %, `rest` is what nobody carries."""

    each: tuple[Quantity, ...]
    total: Quantity
    rest: Quantity


def add_shares(question_id: str, each: Iterable[Quantity]) -> Shares:
    """Add the shares typed in a list; one that is not known leaves total and rest unknown."""
    shares = tuple(each)
    known = sum((share.value for share in shares if isinstance(share, Known)), Fraction(0))
    if known > 1:
        facts = {"list": question_id, "sum": f"{decimal_text(known * 100)}%"}
        refused = Impossible("shares_above_100", facts)
        return Shares(shares, refused, refused)
    total = total_of(shares, NOTHING)
    return Shares(shares, total, subtract(ALL, total))


def total_of(parts: Iterable[Quantity], nothing: Known) -> Quantity:
    """Return the sum of the parts; `nothing` is zero of their unit."""
    total: Quantity = nothing
    for part in parts:
        total = add(total, part)
    return total


def share_out(total: int, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """Share whole units out by weight with the largest remainder, ties to the first (Hamilton's method).

    The parts add up to `total`, and each is its exact part rounded up or down; no weight at all gives none.
    """
    together = sum(weights, Fraction(0))
    if not together:
        return (0,) * len(weights)
    exact = [total * weight / together for weight in weights]
    parts = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: parts[index] - exact[index])
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return tuple(parts)
