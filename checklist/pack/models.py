"""The shape of a pack: what its YAML files may hold, before anything is cross-checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from checklist.pack.fields import Id, Model, Source, Text

QuestionType = Literal[
    "single_choice",
    "multiple_choice",
    "check",
    "amount",
    "count",
    "rate",
    "percentage",
    "volume",
    "duration",
    "date",
    "text",
    "measure",
    "list",
]


FailureCode = Literal[
    "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9",
    "F10", "F11", "F12", "F13", "F14", "F15", "F16", "F17",
]  # fmt: skip
RuleScope = Literal["plan", "kpi", "current_kpi"]


class Option(Model):
    """One choice of a question; its advice is what choosing it calls for."""

    id: Id
    title: Text
    hint: Text | None = None
    show_when: Source | None = None
    advice: Text | None = None


ColumnType = Literal["text", "single_choice", "amount", "count", "rate", "percentage", "volume", "duration"]


class Column(Model):
    """One cell of each row of a list; `options_from` takes the options from elsewhere in the pack."""

    id: Id
    type: ColumnType
    title: Text
    hint: Text | None = None
    example: Text | None = None
    optional: bool = False
    unit: Source | None = None
    minimum: str | None = None
    maximum: str | None = None
    above: str | None = None
    options: tuple[Option, ...] = ()
    options_from: Literal["kpis", "campaigns"] | None = None
    max_length: int = 120


class Question(Model):
    """One question; an answer to it that is no longer on the path counts as not given.

    `label` is what documents call the answer, where the title is a whole question.
    `unit` is what the number counts: `jpy`, `jpy/deal`, `lead`, `opportunity/lead`.
    `minimum` and `maximum` are in the words a person would type and inclusive; `above` excludes its value.
    `measure_unit` says how a `measure` (a KPI's own value) is read: see `Kpi.unit`.
    A `list` is answered by up to `most_rows` rows of its `columns`; to expressions it is their number.
    `terms` are the words of the glossary that help with it.
    """

    id: Id
    type: QuestionType
    title: Text
    label: Text | None = None
    hint: Text | None = None
    why: Text | None = None
    where: Text | None = None
    example: Text | None = None
    essential: bool = False
    optional: bool = False
    show_when: Source | None = None
    unit: Source | None = None
    measure_unit: str | None = None
    minimum: str | None = None
    maximum: str | None = None
    above: str | None = None
    options: tuple[Option, ...] = ()
    allow_unknown: bool = True
    none_for_now: bool = False
    published: Id | None = None
    multiline: bool = False
    max_length: int = 200
    item: Id | None = None
    columns: tuple[Column, ...] = ()
    most_rows: int = 12
    terms: tuple[Id, ...] = ()


class Entry(Model):
    """A place in a section where the loader puts questions that follow from elsewhere in the pack."""

    generate: Literal["rates", "volumes", "kpi_baselines", "kpi_targets", "checks"]
    item: Id | None = None


class Section(Model):
    """One page of the questionnaire."""

    id: Id
    title: Text
    intro: Text | None = None
    show_when: Source | None = None
    questions: tuple[Question | Entry, ...]


class Computed(Model):
    """A check that numbers decide: the first condition that holds gives the answer, else it is "no"."""

    yes: Source
    partly: Source | None = None


class Check(Model):
    """One of the checks before setting KPIs; asked unless `computed`.

    `remedy` is the advice for "no" and "don't know", `remedy_partly` for "partly" (else `remedy`);
    `todo` is the short task that a failed check leaves. `code` names the failure that a "no" is.
    """

    id: Id
    title: Text
    code: FailureCode | None = None
    hint: Text | None = None
    why: Text | None = None
    example: Text | None = None
    blocker: bool = False
    computed: Computed | None = None
    show_when: Source | None = None
    terms: tuple[Id, ...] = ()
    fails_when: Text
    remedy: Text
    remedy_partly: Text | None = None
    todo: Text


class Point(Model):
    """A point to mind when setting KPIs."""

    title: Text
    body: Text


class Item(Model):
    """One of the four items, with its checks (before setting) and points (when setting)."""

    id: Id
    title: Text
    question: Text
    checks: tuple[Check, ...]
    points: tuple[Point, ...]


class Stage(Model):
    """One stage of a funnel; a `core` stage is always in the chain, others when the team tells them apart.

    `counter` is the word behind a number of them (件, 人, 枚). `volume` asks what the team has today.
    """

    id: Id
    title: Text
    counter: Text
    definition: Text
    core: bool = False
    volume: bool = False


class RateWords(Model):
    """What one step's rate question says beyond the generated wording; `label` names it in documents."""

    id: Id
    title: Text | None = None
    label: Text | None = None
    hint: Text | None = None
    where: Text | None = None
    published: Id | None = None


class Route(Model):
    """A second way into the chain: `top` (a count question) times its rates adds to stage `joins`."""

    id: Id
    title: Text
    joins: Id
    top: Id
    show_when: Source
    stages: tuple[Stage, ...]


class Stock(Model):
    """A top stage that is a stock, not a flow: its rate is per month of the stock.

    `size` is a count question, `growth` a volume question for what joins the stock.
    """

    stage: Id
    size: Id
    growth: Id


class Funnel(Model):
    """The stages of one campaign from the top down; `id` is the campaign's option id."""

    id: Id
    title: Text
    told_apart: Id
    stages: tuple[Stage, ...]
    rates: tuple[RateWords, ...] = ()
    routes: tuple[Route, ...] = ()
    stock: Stock | None = None


class Pick(Model):
    """Which KPIs are recommended when a condition holds; the answers it reads are the reason given."""

    id: Id
    when: Source
    title: Text
    reason: Text
    primary: tuple[Id, ...] = Field(min_length=3, max_length=5)
    guardrails: tuple[Id, ...] = Field(min_length=2, max_length=4)
    final: Id


class FindingRule(Model):
    """A rule that, when it holds, puts a finding in the plan.

    A rule of `each` KPI is judged for every KPI recommended (`kpi`) or entered by the team (`current_kpi`)
    and makes one finding for all those it holds for.
    """

    id: Id
    severity: Literal["critical", "warning", "info"]
    when: Source
    each: RuleScope = "plan"
    code: FailureCode | None = None
    concerns: tuple[Id, ...] = ()
    title: Text
    advice: Text
    todo: Text | None = None


class Formula(Model):
    """A named calculation that other formulas, rules and the engine read by id."""

    id: Id
    title: Text
    formula: Source
    unit: Source


class GeneratedWords(Model):
    """How a generated question is worded.

    `{from}`, `{to}`, `{stage}`, `{kpi}` and `{definition}` stand for names and the KPI's definition.
    """

    title: Text
    hint: Text | None = None
    why: Text | None = None
    terms: tuple[Id, ...] = ()


class Generated(Model):
    """The wording of all generated questions."""

    rate: GeneratedWords
    stock_rate: GeneratedWords
    volume: GeneratedWords
    baseline: GeneratedWords
    target: GeneratedWords


class Manifest(Model):
    """pack.yaml: what the pack is."""

    id: Id
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    schema_version: Literal[1] = Field(alias="schema")
    languages: tuple[Id, ...]
    title: Text
    licence: str
    generated: Generated
