"""What can be said of one KPI of the team; None is what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

STAGES = ("attract", "engage", "capture", "nurture", "qualify", "opportunity", "win", "retain")
AMBITIOUS = 3


@dataclass(frozen=True, slots=True)
class Traits:
    """What was found out about one KPI of the team; see the facts of rules in pack/vocabulary.py."""

    timing: str | None
    is_guardrail: bool
    vanity: bool | None
    has_baseline: bool | None
    has_target: bool | None
    has_guardrail: bool | None
    has_next: bool | None
    has_link: bool
    has_owner: bool | None
    is_defined: bool
    is_goal_slice: bool
    per_differs: bool | None
    target_is_benchmark: bool | None
    ratio: Fraction | None
    in_plan: bool


def later_stage(first: str, second: str) -> bool:
    """Say whether the second stage of a KPI lies behind the first."""
    return STAGES.index(second) > STAGES.index(first)


def noticed(traits: Traits) -> tuple[str, ...]:
    """Return what the reader of the list should see, by weight."""
    return tuple(_noticed(traits))


def _noticed(traits: Traits) -> Iterator[str]:
    if traits.is_goal_slice:
        yield "goal_slice"
    if not traits.is_defined:
        yield "not_defined"
    elif traits.vanity and traits.has_next is False:
        yield "vanity"
    elif not traits.has_link and not traits.is_goal_slice:
        yield "no_link"
    if traits.has_guardrail is False and not traits.is_guardrail:
        yield "no_guardrail"
    if traits.has_owner is False:
        yield "no_owner"
    if traits.has_baseline is False:
        yield "target_without_baseline" if traits.has_target else "no_baseline"
    if traits.per_differs:
        yield "per_differs"
    if traits.target_is_benchmark and not traits.has_baseline:
        yield "target_is_benchmark"
    if traits.ratio is not None and traits.ratio > AMBITIOUS:
        yield "ambitious"
