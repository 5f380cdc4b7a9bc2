"""A pack ready for use: every question in its place, every expression parsed, every name resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklist.expression import Expression, Type
from checklist.pack.catalogue import Benchmark, Kpi, Term
from checklist.pack.models import (
    FindingRule,
    Formula,
    Funnel,
    Item,
    Manifest,
    Option,
    Pick,
    Question,
    Section,
)
from checklist.pack.scoring import Scoring
from checklist.quantity import Unit


@dataclass(frozen=True, slots=True)
class BoundOption:
    """An option with its parsed condition."""

    option: Option
    show_when: Expression | None


@dataclass(frozen=True, slots=True)
class BoundQuestion:
    """A question with its parsed condition and unit.

    `kind` says where it comes from: written, rate, stock_rate, volume, check, kpi_baseline or kpi_target.
    For a rate, `ends` are the ids of its two stages and `funnels` the campaigns whose chain may hold it.
    `unit` is None for what is not a number. A generated question is shown by routing, not by a condition.
    The `columns` of a list are read like questions of their own.
    """

    question: Question
    section: str
    kind: str
    type: Type
    unit: Unit | None
    show_when: Expression | None
    options: tuple[BoundOption, ...]
    ends: tuple[str, str] | None = None
    funnels: tuple[str, ...] = ()
    kpi: str | None = None
    columns: tuple[BoundQuestion, ...] = ()

    @property
    def id(self) -> str:
        return self.question.id


@dataclass(frozen=True, slots=True)
class BoundSection:
    """A section with its parsed condition and its questions in order."""

    section: Section
    show_when: Expression | None
    questions: tuple[BoundQuestion, ...]

    @property
    def id(self) -> str:
        return self.section.id


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack; mappings keep the order of the files. `hash` is the SHA-256 of its content in hex.

    `expressions` holds every parsed expression beyond `show_when` by its place:
    `formula.<id>`, `finding.<id>`, `pick.<id>`, `route.<id>`, and for a check `check.<id>.yes`,
    `check.<id>.partly` and `check.<id>.show_when`, and for scoring `scoring.<campaign>.rules.<id>`,
    `scoring.<campaign>.triggers.<id>` and `scoring.<campaign>.notes.<id>`.
    """

    manifest: Manifest
    hash: str
    sections: tuple[BoundSection, ...]
    questions: Mapping[str, BoundQuestion]
    items: tuple[Item, ...]
    funnels: Mapping[str, Funnel]
    kpis: Mapping[str, Kpi]
    picks: tuple[Pick, ...]
    benchmarks: Mapping[str, Benchmark]
    terms: Mapping[str, Term]
    findings: tuple[FindingRule, ...]
    formulas: Mapping[str, Formula]
    formula_order: tuple[str, ...]
    scoring: Mapping[str, Scoring]
    expressions: Mapping[str, Expression]

    @property
    def id(self) -> str:
        return self.manifest.id
