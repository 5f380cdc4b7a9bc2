"""What must follow each KPI, and how each is measured, in words."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.pack.catalogue import Kpi, Measurement
from checklist.planning.kpis.measurement import MeasuredKpi, MeasurementPlan
from checklist.planning.kpis.nextsteps import NextStep
from checklist.planning.plan import Plan
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content")


def diagnosis_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the diagnosis table: when a KPI rises and the next step does not, where to look."""
    if not plan.next_steps:
        return
    table = TableView(
        words.phrase("diagnosis.caption"),
        tuple(Column(words.phrase(f"diagnosis.{name}")) for name in ("kpi", "follows", "look_at")),
        tuple(_next_step(words, step) for step in plan.next_steps),
    )
    intro = (words.phrase("diagnosis.intro"),)
    yield SectionView("diagnosis", words.phrase("diagnosis.title"), intro, (table,))


def _next_step(words: Words, step: NextStep) -> tuple[Shown, ...]:
    advice = words.pack.kpis[step.kpi].next_step
    note = "" if step.watched else words.phrase("diagnosis.not_watched")
    return (
        Shown(words.title(step.kpi)),
        Shown(words.title(step.follows), note=note),
        Shown(words.of(advice.look_at) if advice else ""),
    )


def measurement_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the measurement plan: where each KPI is read, how one knows, and what to do first."""
    if plan.measurement is None:
        return
    notes = (words.phrase("measurement.names_note"), *_setting_up(words, plan.measurement))
    yield SectionView(
        "measurement",
        words.phrase("measurement.title"),
        (words.phrase("measurement.intro"),),
        (
            _reading(words, plan.measurement),
            *_missing(words, plan.measurement),
            _utm(words, plan.measurement),
        ),
        notes,
    )


def _reading(words: Words, plan: MeasurementPlan) -> TableView:
    names = ("kpi", "state", "report", "event", "acceptance")
    return TableView(
        words.phrase("measurement.caption"),
        tuple(Column(words.phrase(f"measurement.{name}")) for name in names),
        tuple(_row(words, row) for row in plan.rows),
    )


def _row(words: Words, row: MeasuredKpi) -> tuple[Shown, ...]:
    kpi = words.pack.kpis[row.kpi]
    measurement = kpi.measurement
    return (
        Shown(words.of(kpi.title)),
        Shown(words.phrase(f"measurement.states.{row.state}")),
        Shown(_report(words, kpi)),
        Shown(_names(words, measurement) if measurement else words.phrase("document.not_said")),
        Shown(words.of(measurement.acceptance) if measurement else words.phrase("document.not_said")),
    )


def _report(words: Words, kpi: Kpi) -> str:
    if kpi.measurement is None:
        return words.of(kpi.source)
    return words.of(kpi.measurement.report)


def _names(words: Words, measurement: Measurement) -> str:
    """Return the exact names: the event or metric, what it carries, and the field of MA or CRM."""
    parts = [name for name in (measurement.event, ", ".join(measurement.parameters)) if name]
    if measurement.field is not None:
        parts.append(words.phrase("measurement.field", field=words.of(measurement.field)))
    return words.phrase("measurement.names_separator").join(parts) or words.phrase("document.not_said")


def _missing(words: Words, plan: MeasurementPlan) -> Iterator[TableView]:
    """Yield the table of what cannot be measured yet, with what to do first."""
    missing = [row for row in plan.rows if row.state == "not_yet"]
    if missing:
        yield TableView(
            words.phrase("measurement.missing_caption"),
            tuple(Column(words.phrase(f"measurement.{name}")) for name in ("kpi", "because", "first_step")),
            tuple(_missing_row(words, row) for row in missing),
        )


def _missing_row(words: Words, row: MeasuredKpi) -> tuple[Shown, ...]:
    measurement = words.pack.kpis[row.kpi].measurement
    first = words.of(measurement.first_step) if measurement else words.phrase("document.not_said")
    return Shown(words.title(row.kpi)), Shown(words.title(row.because)), Shown(first)


def _setting_up(words: Words, plan: MeasurementPlan) -> Iterator[str]:
    if plan.owner:
        yield words.phrase("measurement.owner", owner=plan.owner)
    if plan.ready_by:
        yield words.phrase("measurement.ready_by", date=words.date(plan.ready_by))


def _utm(words: Words, plan: MeasurementPlan) -> TableView:
    tag = plan.campaign_tag or words.phrase("measurement.utm.no_tag")
    return TableView(
        words.phrase("measurement.utm.caption"),
        tuple(Column(words.phrase(f"measurement.utm.{name}")) for name in ("parameter", "rule", "example")),
        tuple(
            (
                Shown(name),
                Shown(words.phrase(f"measurement.utm.{name}")),
                Shown(tag if name == "utm_campaign" else words.phrase(f"measurement.utm.{name}_example")),
            )
            for name in UTM
        ),
    )
