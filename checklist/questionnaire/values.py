"""What an answer can be, once read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from checklist.quantity import Unit
from checklist.questionnaire.typed import Duration, Volume

Source = Literal["own_record", "similar_campaign", "published", "assumption", "unstated"]


@dataclass(frozen=True, slots=True)
class NotKnown:
    """The person said that they do not know, will say later, or take no number for now."""

    word: Literal["unknown", "later", "none"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One option's id; for a check yes, partly or no."""

    option: str


@dataclass(frozen=True, slots=True)
class ChosenMany:
    """Option ids in the order of the pack; empty when the person said "none of these"."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """A rate's two counts, and the period they were counted in as typed."""

    count: Fraction
    of: Fraction
    period: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its range and source; a percentage is a fraction (25 % is 1/4).

    `benchmark` is the id of the published range that was chosen, if one was.
    """

    likely: Fraction
    unit: Unit
    low: Fraction | None = None
    high: Fraction | None = None
    source: Source = "unstated"
    counts: OwnCounts | None = None
    benchmark: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """So many per period, as typed; `unit` is the thing counted, without the period."""

    volume: Volume
    unit: Unit


@dataclass(frozen=True, slots=True)
class Span:
    """A duration as typed."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    day: date


@dataclass(frozen=True, slots=True)
class Words:
    """Free text."""

    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list, each with the answers given, by column; none at all is an answer too."""

    rows: tuple[tuple[tuple[str, Cell], ...], ...]


Cell = NotKnown | Chosen | Estimate | Flow | Span | Words
Answer = NotKnown | Chosen | ChosenMany | Estimate | Flow | Span | Day | Words | Rows


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer: a code and the facts for its sentence."""

    question_id: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers read, whether or not they are on the path, and the problems of those that could not be.

    `raw` is what was typed, by question id, problems included.
    """

    path: Literal["quick", "full"]
    language: str
    given: Mapping[str, Answer]
    raw: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
