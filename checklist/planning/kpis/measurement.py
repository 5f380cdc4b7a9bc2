"""The measurement plan: how each KPI is read, and what has to be done before it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from checklist.planning.inputs import Inputs
from checklist.planning.model import PlannedKPI
from checklist.quantity import Known
from checklist.questionnaire.values import NotKnown

State = Literal["measured", "not_yet", "not_said"]

IN_PLACE = "measurement_in_place"
TOOLS_IN_PLACE = ("ga4", "ma", "crm")


@dataclass(frozen=True, slots=True)
class MeasuredKpi:
    """Whether a KPI of the plan can be read today; `because` is the answer that says so."""

    kpi: str
    state: State
    because: str = ""


@dataclass(frozen=True, slots=True)
class MeasurementPlan:
    """Every KPI with its state; `owner` and `ready_by` are who sets up what is missing, and by when."""

    rows: tuple[MeasuredKpi, ...]
    owner: str | None
    ready_by: date | None
    campaign_tag: str | None


def plan_measurement(inputs: Inputs, kpis: tuple[PlannedKPI, ...]) -> MeasurementPlan | None:
    """Say of each recommended KPI whether it is measured, or None where nothing is recommended."""
    if not kpis:
        return None
    return MeasurementPlan(
        rows=tuple(_measured(inputs, kpi) for kpi in kpis),
        owner=inputs.text("measurement_owner"),
        ready_by=inputs.day("measurement_ready_by"),
        campaign_tag=_campaign_tag(inputs),
    )


def _measured(inputs: Inputs, planned: PlannedKPI) -> MeasuredKpi:
    """A KPI with an own value is measured; one not known, or whose tool is not set up, is not."""
    question = f"{planned.id}_baseline"
    if isinstance(planned.baseline, Known):
        return MeasuredKpi(planned.id, "measured", next(iter(planned.baseline.because), ""))
    answer = inputs.answer(question)
    if isinstance(answer, NotKnown) and answer.word == "unknown":
        return MeasuredKpi(planned.id, "not_yet", question)
    measurement = inputs.pack.kpis[planned.id].measurement
    needs_tool = measurement is not None and measurement.tool in TOOLS_IN_PLACE
    if needs_tool and (inputs.choice(IN_PLACE) == "no" or isinstance(inputs.answer(IN_PLACE), NotKnown)):
        return MeasuredKpi(planned.id, "not_yet", IN_PLACE)
    return MeasuredKpi(planned.id, "not_said")


def _campaign_tag(inputs: Inputs) -> str | None:
    """Return the `utm_campaign` to use: the campaign with the month it starts."""
    campaign, day = inputs.choice("campaign"), inputs.day("campaign_date")
    return f"{campaign}-{day:%Y%m}" if campaign and day else None
