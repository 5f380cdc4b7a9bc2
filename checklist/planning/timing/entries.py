"""When leads or cards come in, and when each stage below them follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from checklist.pack.vocabulary import SHOW
from checklist.planning.inputs import Inputs
from checklist.planning.model import Schedule
from checklist.planning.timing.schedule import TO_DEAL, TO_OPPORTUNITY, missing_for
from checklist.planning.timing.season import Problem, read_season
from checklist.planning.timing.spread import Flow, on_days, shifted, spread_over
from checklist.quantity import Known, Unknown

SpreadBy = Literal["days", "season", "shows"]


@dataclass(frozen=True, slots=True)
class Entries:
    """How the stages above the opportunity come in."""

    flow: Flow | Unknown
    spread_by: SpreadBy = "days"
    season_problem: Problem = ""
    season_months: tuple[int, ...] = ()
    shows: tuple[date, ...] = ()


def read_entries(inputs: Inputs, schedule: Schedule) -> Entries | None:
    """Return when leads or cards come in; None when that is too late for the goal."""
    if inputs.choice("campaign") == SHOW:
        return _shows(inputs, schedule)
    start, end = start_day(inputs), schedule.lead_deadline
    if end is None:
        return Entries(missing_for(schedule))
    if end < start:
        return None
    season = read_season(inputs, start, end)
    by: SpreadBy = "days" if season.problem else "season"
    return Entries(spread_over(start, end, season.weights), by, season.problem, season.months)


def start_day(inputs: Inputs) -> date:
    """Return the day from which the campaign can bring leads: today, or its start when that is ahead."""
    return max(inputs.today, inputs.day("campaign_date") or inputs.today)


def _shows(inputs: Inputs, schedule: Schedule) -> Entries | None:
    """Return the shows: the first on the campaign's date, more of them evenly until the lead deadline."""
    first, end = inputs.day("campaign_date"), schedule.lead_deadline
    if first is None:
        return Entries(Unknown(("campaign_date",)), "shows")
    if end is not None and end < first:
        return None
    count = inputs.number("shows_in_period") if inputs.path.asks("shows_in_period") else Known(Fraction(1))
    if not isinstance(count, Known):
        return Entries(Unknown(("shows_in_period",)), "shows")
    if count.value > 1 and end is None:
        return Entries(missing_for(schedule), "shows")
    shows, span = int(count.value), (end - first).days if end else 0
    days = tuple(first + timedelta(days=span * index // shows) for index in range(shows))
    return Entries(on_days(days), "shows", shows=days)


def stage_flow(inputs: Inputs, entries: Flow | Unknown, stage: str) -> Flow | Unknown:
    """Return when a stage comes: with the entries, or after the lag of each step below them."""
    lags = {"opportunity": (TO_OPPORTUNITY,), "deal": (TO_OPPORTUNITY, TO_DEAL)}.get(stage, ())
    flow = entries
    for name in lags:
        lag = inputs.duration(name)
        if isinstance(flow, Unknown):
            return flow
        if lag is None:
            return Unknown((name,))
        flow = shifted(flow, lag)
    return flow
