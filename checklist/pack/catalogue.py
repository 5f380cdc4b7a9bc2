"""What a pack knows: KPIs, how each is measured, published figures and terms."""

from __future__ import annotations

from typing import Literal

from checklist.pack.fields import Id, Model, Text

KpiUnit = Literal["percent", "count", "jpy", "hour", "second", "day", "position"]


class Measures(Model):
    """What in the chain a KPI measures, so that its target comes from the chain."""

    stage: Id | None = None
    rate: Id | None = None
    route_stage: Id | None = None


class Limit(Model):
    """A guard-rail's stated limit and where it comes from."""

    value: str
    source: Text


class Measurement(Model):
    """How a KPI is read, in the exact names of the tool.

    `event` is a GA4 event or metric, `parameters` what it carries, `field` the field of the MA tool or CRM.
    `acceptance` says how one knows that it is measured, `first_step` what to do while it is not.
    """

    tool: Literal["ga4", "search_console", "ma", "crm", "event", "finance", "crawler", "field_data"]
    report: Text
    event: str | None = None
    parameters: tuple[str, ...] = ()
    field: Text | None = None
    acceptance: Text
    first_step: Text


class NextStep(Model):
    """The KPI that must follow when this one rises, and where to look when it does not."""

    kpi: Id
    look_at: Text


class Kpi(Model):
    """One KPI of the catalogue, as defined.

    `population` is what its denominator counts (`session`, `user`, `card` …), so that mixed ones are found.
    `vanity` marks a number that can rise for ever without the goal coming nearer.
    `by_chance` is false where no sample judges it: the team's own acts, full counts, ratios of amounts.
    """

    id: Id
    title: Text
    purpose: Text
    definition: Text
    numerator: Text | None = None
    denominator: Text | None = None
    unit: KpiUnit
    better: Literal["higher", "lower"]
    stage: Literal["attract", "engage", "capture", "nurture", "qualify", "opportunity", "win", "retain"]
    timing: Literal["leading", "lagging"]
    measures: Measures | None = None
    source: Text
    cadence: Literal["weekly", "monthly", "quarterly", "per_show"]
    limit: Limit | None = None
    guardrails: tuple[Id, ...] = ()
    red_action: Text
    pitfall: Text
    campaigns: tuple[Id, ...] = ()
    population: Id | None = None
    vanity: bool = False
    by_chance: bool = True
    measurement: Measurement | None = None
    next_step: NextStep | None = None


class Citation(Model):
    """Where a published figure comes from."""

    title: Text
    year: int
    grade: Literal["A", "A-", "B", "B-", "C", "D"]


class Benchmark(Model):
    """A published range or a single `typical` figure; never used unless chosen, and then marked provisional.

    Percentages are written as 12.5%, all else as plain digits. `kpis` are those it can stand beside.
    """

    id: Id
    unit: Literal["percent", "jpy", "hour", "day", "count"] = "percent"
    kpis: tuple[Id, ...] = ()
    low: str | None = None
    typical: str | None = None
    high: str | None = None
    definition: Text
    citation: Citation

    @property
    def choosable(self) -> bool:
        """Return whether it can be taken for a rate that a team does not know: a whole range in per cent."""
        return self.unit == "percent" and None not in (self.low, self.typical, self.high)


class Term(Model):
    """A word of the trade: what it means, and what it must not be mixed up with."""

    id: Id
    title: Text
    short: Text
    more: Text | None = None
    see_also: tuple[Id, ...] = ()
