"""What the present run-rate brings anyway until it is too late for the goal."""

from __future__ import annotations

from fractions import Fraction

from checklist.planning.inputs import Inputs, months_between
from checklist.planning.model import NOT_SAID, Reckoned, Schedule, Why
from checklist.planning.timing.schedule import deadline_of, missing_for
from checklist.quantity import Known, Quantity, Unit, Unknown, multiply
from checklist.questionnaire.values import Flow


def run_rate(inputs: Inputs, stage: str, schedule: Schedule) -> Reckoned:
    """Return what `{stage}_volume` brings from today to the last day that counts for the stage."""
    name = f"{stage}_volume"
    if name not in inputs.pack.questions or not inputs.path.asks(name):
        return Reckoned(NOT_SAID, Why("run_rate"))
    flow = inputs.flow(name)
    if flow is None:
        return Reckoned(Unknown((name,)), Why("run_rate"))
    times, unit = _times(inputs, flow, stage, schedule)
    count = multiply(_per_time(flow, stage, name), times)
    return Reckoned(count, Why("run_rate", ((name, _per_time(flow, stage, name)), (unit, times))))


def stock_size(inputs: Inputs, stage: str) -> Reckoned:
    """Return what a stock holds today, which is its present value."""
    funnels = inputs.pack.funnels.values()
    name = next(funnel.stock.size for funnel in funnels if funnel.stock and funnel.stock.stage == stage)
    size = inputs.number(name)
    return Reckoned(size, Why("stock_size", ((name, size),)))


def _per_time(flow: Flow, stage: str, name: str) -> Quantity:
    monthly = flow.volume.per_month()
    if monthly is None:
        return Known(flow.volume.count / flow.volume.span, Unit.parse(f"{stage}/show"), (name,))
    return Known(monthly, Unit.parse(f"{stage}/month"), (name,))


def _times(inputs: Inputs, flow: Flow, stage: str, schedule: Schedule) -> tuple[Quantity, str]:
    """Return the months left, or the shows planned where the team counts per show."""
    if flow.volume.per_month() is None:
        return inputs.shows(f"{stage}_volume"), "shows_in_period"
    end = deadline_of(schedule, stage)
    if end is None:
        return missing_for(schedule), "months_left"
    left = max(Fraction(0), months_between(inputs.today, end))
    return Known(left, Unit.parse("month")), "months_left"
