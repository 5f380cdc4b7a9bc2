"""Dated review points: when to look, and at what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from checklist.pack.catalogue import Kpi
from checklist.pack.vocabulary import MA, SHOW, SITE
from checklist.planning.inputs import Inputs
from checklist.planning.model import Chain, PlannedKPI, Schedule
from checklist.planning.timing.fiscal import Period, fiscal_start, periods
from checklist.planning.timing.spread import later
from checklist.quantity import Known
from checklist.questionnaire.typed import Duration

RENEWAL_DAYS = (30, 60, 90)
FIRST_MONTHS = 3
QUARTER = 3
AHEAD = Duration(24, "month")
PROVISIONAL_WITHIN = Duration(3, "month")

Kind = Literal[
    "renewal_30",
    "renewal_60",
    "renewal_90",
    "show_week",
    "show_month",
    "show_year",
    "ma_month",
    "ma_quarter",
    "provisional",
    "review_date",
    "lead_deadline",
    "opportunity_deadline",
    "quarter_end",
    "kgi_date",
]
RENEWAL: tuple[Kind, ...] = ("renewal_30", "renewal_60", "renewal_90")


@dataclass(frozen=True, slots=True)
class Review:
    """One day to look at the plan: why (`kinds`) and at which KPIs, stages or numbers (`looks`, by id).

    `quarter` is the one that ends on the day.
    """

    day: date
    kinds: tuple[Kind, ...]
    looks: tuple[str, ...]
    quarter: Period | None = None


@dataclass(frozen=True, slots=True)
class _Point:
    day: date
    kind: Kind
    looks: tuple[str, ...]
    quarter: Period | None = None


def make_reviews(
    inputs: Inputs,
    chain: Chain,
    schedule: Schedule,
    kpis: tuple[PlannedKPI, ...],
    provisional: tuple[str, ...] = (),
) -> tuple[Review, ...]:
    """Return the review points from today on, in order; those on one day are one review.

    What recurs is given for two years. `provisional` are the ids of the numbers to be replaced.
    """
    points = (
        *_campaign_points(inputs, schedule, kpis),
        *_provisional_points(inputs, schedule, provisional),
        *_agreed_points(inputs, kpis),
        *_gates(inputs, chain, schedule),
        *_quarter_ends(inputs, chain, schedule, kpis),
        *_last(inputs, chain, schedule, kpis),
    )
    return tuple(_merged(point for point in points if point.day >= inputs.today))


def _merged(points: Iterable[_Point]) -> Iterator[Review]:
    days: dict[date, list[_Point]] = {}
    for point in points:
        days.setdefault(point.day, []).append(point)
    for day in sorted(days):
        kinds = dict.fromkeys(point.kind for point in days[day])
        looks = dict.fromkeys(name for point in days[day] for name in point.looks)
        quarter = next((point.quarter for point in days[day] if point.quarter), None)
        yield Review(day, tuple(kinds), tuple(looks), quarter)


def _campaign_points(inputs: Inputs, schedule: Schedule, kpis: tuple[PlannedKPI, ...]) -> Iterator[_Point]:
    start, campaign = inputs.day("campaign_date"), inputs.choice("campaign")
    if start is None:
        return
    if campaign == SITE:
        steered = _of_role(kpis, "primary", "guardrail")
        for days, kind in zip(RENEWAL_DAYS, RENEWAL, strict=True):
            yield _Point(start + timedelta(days=days), kind, steered)
    elif campaign == SHOW:
        yield from _after_show(inputs, _last_day_of_show(inputs, start), kpis)
    elif campaign == MA:
        yield from _of_programme(inputs, start, schedule.kgi_date, kpis)


def _last_day_of_show(inputs: Inputs, first: date) -> date:
    days = inputs.number("show_days") if inputs.path.asks("show_days") else Known(Fraction(1))
    return first + timedelta(days=int(days.value) - 1) if isinstance(days, Known) else first


def _after_show(inputs: Inputs, end: date, kpis: tuple[PlannedKPI, ...]) -> Iterator[_Point]:
    """Look at what was gathered after a week, at opportunities after a month, at orders after a year."""
    picked = [inputs.pack.kpis[kpi.id] for kpi in kpis]
    on_site = {kpi.id for kpi in picked if _at_the_show(inputs, kpi)}
    first = tuple(kpi.id for kpi in picked if kpi.stage not in ("opportunity", "win") or kpi.id in on_site)
    followed = ("nurture", "opportunity")
    second = tuple(kpi.id for kpi in picked if kpi.stage in followed and kpi.id not in on_site)
    bottom = inputs.pack.funnels[SHOW].stages[-1].id
    last = tuple(kpi.id for kpi in picked if kpi.stage == "win") or (bottom,)
    yield _Point(end + timedelta(days=7), "show_week", first)
    yield _Point(later(end, Duration(1, "month")), "show_month", second)
    yield _Point(later(end, Duration(1, "year")), "show_year", last)


def _at_the_show(inputs: Inputs, kpi: Kpi) -> bool:
    """Say whether a KPI is settled by the end of the show, as those of a second route are."""
    routes = (route for funnel in inputs.pack.funnels.values() for route in funnel.routes)
    stages = tuple(stage.id for route in routes for stage in route.stages)
    measures = kpi.measures
    if measures is None:
        return False
    return measures.route_stage is not None or (measures.rate or "").startswith(stages)


def _of_programme(
    inputs: Inputs, start: date, end: date | None, kpis: tuple[PlannedKPI, ...]
) -> Iterator[_Point]:
    """Look monthly for three months, then every quarter until the goal's date."""
    limit = later(max(start, inputs.today), AHEAD)
    until = min(end, limit) if end else limit
    month = 1
    while (day := later(start, Duration(month, "month"))) <= until:
        early = month <= FIRST_MONTHS
        looks = _of_role(kpis, "primary", "guardrail") if early else _of_role(kpis, "primary", "final")
        yield _Point(day, "ma_month" if early else "ma_quarter", looks)
        month += 1 if month < FIRST_MONTHS else QUARTER


def _provisional_points(inputs: Inputs, schedule: Schedule, provisional: tuple[str, ...]) -> Iterator[_Point]:
    """Replace provisional numbers within three months, or by the review or the lead deadline if earlier."""
    if provisional:
        days = [later(inputs.today, PROVISIONAL_WITHIN), inputs.day("review_date"), schedule.lead_deadline]
        yield _Point(min(day for day in days if day and day >= inputs.today), "provisional", provisional)


def _agreed_points(inputs: Inputs, kpis: tuple[PlannedKPI, ...]) -> Iterator[_Point]:
    day = inputs.day("review_date")
    if day is not None:
        yield _Point(day, "review_date", _of_role(kpis, "primary", "guardrail", "final"))


def _gates(inputs: Inputs, chain: Chain, schedule: Schedule) -> Iterator[_Point]:
    """Yield the deadlines by which stages have to be complete; the goal's own date is not one of them.

    Cards come at the show and not until a deadline, and a stock has none.
    """
    stages = [row.id for row in chain.stages]
    stock = chain.stock.stage if chain.stock else None
    above = tuple(name for name in stages if name not in (stock, "opportunity", "deal"))
    above = () if inputs.choice("campaign") == SHOW else above
    lead, opportunity, end = schedule.lead_deadline, schedule.opportunity_deadline, schedule.kgi_date
    if lead is not None and lead != end and above:
        yield _Point(lead, "lead_deadline", above)
    if opportunity is not None and opportunity != end and "opportunity" in stages:
        yield _Point(opportunity, "opportunity_deadline", ("opportunity",))


def _quarter_ends(
    inputs: Inputs, chain: Chain, schedule: Schedule, kpis: tuple[PlannedKPI, ...]
) -> Iterator[_Point]:
    end = schedule.kgi_date
    if end is None or end < inputs.today:
        return
    until = min(end, later(inputs.today, AHEAD))
    looks = (*(row.id for row in chain.stages), *_finals(inputs, chain, kpis))
    for quarter in periods(inputs.today, until, "quarter", fiscal_start(inputs)):
        if quarter.last < until:
            yield _Point(quarter.last, "quarter_end", looks, quarter)


def _last(inputs: Inputs, chain: Chain, schedule: Schedule, kpis: tuple[PlannedKPI, ...]) -> Iterator[_Point]:
    if schedule.kgi_date is not None:
        bottom = (chain.goal_stage,) if chain.stages else ()
        yield _Point(schedule.kgi_date, "kgi_date", (*bottom, *_finals(inputs, chain, kpis)))


def _finals(inputs: Inputs, chain: Chain, kpis: tuple[PlannedKPI, ...]) -> tuple[str, ...]:
    """Return the final KPIs, without one that is a stage of the chain by another name."""
    measured = {name: inputs.pack.kpis[name].measures for name in _of_role(kpis, "final")}
    return tuple(name for name, what in measured.items() if not (what and chain.stage(what.stage or "")))


def _of_role(kpis: tuple[PlannedKPI, ...], *roles: str) -> tuple[str, ...]:
    return tuple(kpi.id for kpi in kpis if kpi.role in roles)
