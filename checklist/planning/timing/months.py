"""The monthly plan: what each stage has to bring in each period up to the KGI date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checklist.planning.inputs import Inputs, months_between
from checklist.planning.model import NOT_SAID, Chain, Schedule, StageRow
from checklist.planning.timing.entries import Entries, SpreadBy, read_entries, stage_flow
from checklist.planning.timing.fiscal import Grain, Period, fiscal_start, months_spanned, period_of, periods
from checklist.planning.timing.schedule import deadline_of, missing_for
from checklist.planning.timing.season import Problem
from checklist.planning.timing.spread import Flow, shares, spread_over
from checklist.quantity import Impossible, Known, Quantity, Unknown, round_half_up

MOST_ROWS = 14
SUBTOTALS: dict[Grain, Grain | None] = {"month": "quarter", "quarter": "half", "half": "year", "year": None}
DEDUCTED = ("existing_revenue", "existing_count", "orders_booked", "pipeline_expected")


@dataclass(frozen=True, slots=True)
class StageTime:
    """When a stage comes and how much of it: `total` is what the chain requires.

    `brought` is what the present run-rate brings. Of a stock, the counts are what it holds at a period's end.
    """

    stage: str
    first: date | None
    last: date | None
    total: Quantity
    brought: Quantity
    stock: bool = False


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The counts of one period, in the order of the plan's stages."""

    period: Period
    needed: tuple[Quantity, ...]
    brought: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class MonthlyPlan:
    """Every stage over the periods up to the KGI date; the rows of a stage add up to what it requires.

    Long plans have rows of quarters, half-years or years instead of months. Without rows, `problem` says
    what is missing. `season_problem` says why last year's months were not used.
    """

    grain: Grain
    fiscal_start: int
    spread_by: SpreadBy
    season_problem: Problem
    season_months: tuple[int, ...]
    shows: tuple[date, ...]
    stages: tuple[StageTime, ...]
    rows: tuple[PeriodRow, ...]
    subtotals: tuple[PeriodRow, ...]
    deducted: tuple[tuple[str, Quantity], ...]
    problem: Quantity | None = None


@dataclass(frozen=True, slots=True)
class _Timed:
    row: StageRow
    time: StageTime
    needed: Flow | Unknown
    brought: Flow


def make_months(inputs: Inputs, chain: Chain, schedule: Schedule) -> MonthlyPlan | None:
    """Spread the chain over time; None without a chain to spread, or when it is too late for it."""
    if chain.rate_goal or chain.status in ("covered", "none") or not chain.stages:
        return None
    if schedule.kgi_date is None or isinstance(schedule.problem, Impossible):
        return None
    entries = read_entries(inputs, schedule)
    if entries is None or _begins_after(entries.flow, schedule.kgi_date):
        return None
    timed = tuple(_timed(inputs, chain, schedule, entries, row) for row in chain.stages)
    return _plan(inputs, chain, schedule, entries, timed)


def _timed(inputs: Inputs, chain: Chain, schedule: Schedule, entries: Entries, row: StageRow) -> _Timed:
    stock = chain.stock is not None and row is chain.stages[0]
    flow = _flow_in_time(inputs, schedule, entries, row)
    needed = () if isinstance(flow, Unknown) else flow
    brought, count = _brought(inputs, schedule, entries, row) if not stock else ((), NOT_SAID)
    time = StageTime(
        stage=row.id,
        first=needed[0].first if needed else None,
        last=needed[-1].last if needed else deadline_of(schedule, row.id),
        total=row.required.quantity,
        brought=count,
        stock=stock,
    )
    return _Timed(row, time, flow, brought)


def _begins_after(flow: Flow | Unknown, day: date) -> bool:
    return not isinstance(flow, Unknown) and flow[0].first > day


def _flow_in_time(inputs: Inputs, schedule: Schedule, entries: Entries, row: StageRow) -> Flow | Unknown:
    """Return when a stage comes; where a lag is not known it may come too late, and then nothing is said."""
    flow, end = stage_flow(inputs, entries.flow, row.id), schedule.kgi_date
    late = end is not None and not isinstance(flow, Unknown) and flow[-1].last > end
    return missing_for(schedule) if late else flow


def _brought(inputs: Inputs, schedule: Schedule, entries: Entries, row: StageRow) -> tuple[Flow, Quantity]:
    """Return when and how much of a stage the present run-rate brings; nothing where it is not known."""
    count, end = row.run_rate.quantity, deadline_of(schedule, row.id)
    if not isinstance(count, Known) or end is None or end < inputs.today:
        return (), NOT_SAID
    whole = Known(round_half_up(count.value), count.unit, count.because)
    given = inputs.flow(f"{row.id}_volume")
    if given is not None and given.volume.per == "show":
        flow = _flow_in_time(inputs, schedule, entries, row)
        return ((), NOT_SAID) if isinstance(flow, Unknown) else (flow, whole)
    return spread_over(inputs.today, end), whole


def _plan(
    inputs: Inputs, chain: Chain, schedule: Schedule, entries: Entries, timed: tuple[_Timed, ...]
) -> MonthlyPlan:
    start, flows = fiscal_start(inputs), [each.needed for each in timed]
    assert schedule.kgi_date is not None
    first = min([inputs.today, *(flow[0].first for flow in flows if not isinstance(flow, Unknown))])
    grain = _grain(first, schedule.kgi_date, start)
    spans = periods(first, schedule.kgi_date, grain, start)
    problem = next((flow for flow in flows if isinstance(flow, Unknown)), None)
    nothing = all(isinstance(flow, Unknown) for flow in flows)
    rows = () if nothing else _rows(inputs, chain, schedule, timed, spans)
    return MonthlyPlan(
        grain=grain,
        fiscal_start=start,
        spread_by=entries.spread_by,
        season_problem=entries.season_problem,
        season_months=entries.season_months,
        shows=entries.shows,
        stages=tuple(each.time for each in timed),
        rows=rows,
        subtotals=_subtotals(rows, timed, SUBTOTALS[grain], start),
        deducted=_deducted(inputs),
        problem=problem,
    )


def _grain(first: date, last: date, start: int) -> Grain:
    """Return months where they fit on a page, else the finest periods that do."""
    if months_spanned(first, last) <= MOST_ROWS:
        return "month"
    grains: tuple[Grain, ...] = ("quarter", "half")
    return next((grain for grain in grains if len(periods(first, last, grain, start)) <= MOST_ROWS), "year")


def _rows(
    inputs: Inputs, chain: Chain, schedule: Schedule, timed: tuple[_Timed, ...], spans: tuple[Period, ...]
) -> tuple[PeriodRow, ...]:
    needed = [_needed(inputs, chain, schedule, each, spans) for each in timed]
    brought = [_spread(each.time.brought, each.brought, spans) for each in timed]
    return tuple(
        PeriodRow(span, tuple(column[at] for column in needed), tuple(column[at] for column in brought))
        for at, span in enumerate(spans)
    )


def _needed(
    inputs: Inputs, chain: Chain, schedule: Schedule, each: _Timed, spans: tuple[Period, ...]
) -> tuple[Quantity, ...]:
    if each.time.stock:
        return tuple(_stock_at(inputs, chain, schedule, span) for span in spans)
    if isinstance(each.needed, Unknown):
        return (each.needed,) * len(spans)
    return _spread(each.row.required.quantity, each.needed, spans)


def _stock_at(inputs: Inputs, chain: Chain, schedule: Schedule, span: Period) -> Quantity:
    """Return what a stock holds at the end of a period, with what joins it, in whole contacts."""
    stock, end = chain.stock, min(span.last, schedule.kgi_date or span.last)
    assert stock is not None
    if not isinstance(stock.size, Known):
        return stock.size
    if not isinstance(stock.joining, Known):
        return stock.joining
    grown = stock.joining.value * months_between(inputs.today, end)
    whole = round_half_up(stock.size.value + grown)
    return Known(whole, stock.size.unit, (*stock.size.because, *stock.joining.because))


def _spread(total: Quantity, flow: Flow, spans: tuple[Period, ...]) -> tuple[Quantity, ...]:
    if not isinstance(total, Known):
        return (total,) * len(spans)
    counts = shares(int(total.value), flow, spans)
    return tuple(Known(Fraction(count), total.unit, total.because) for count in counts)


def _subtotals(
    rows: tuple[PeriodRow, ...], timed: tuple[_Timed, ...], grain: Grain | None, start: int
) -> tuple[PeriodRow, ...]:
    if grain is None:
        return ()
    groups: dict[Period, list[PeriodRow]] = {}
    for row in rows:
        groups.setdefault(period_of(row.period.first, grain, start), []).append(row)
    stocks = tuple(each.time.stock for each in timed)
    return tuple(
        PeriodRow(
            period,
            tuple(_together([row.needed[at] for row in group], stock) for at, stock in enumerate(stocks)),
            tuple(_together([row.brought[at] for row in group], stock) for at, stock in enumerate(stocks)),
        )
        for period, group in groups.items()
    )


def _together(counts: list[Quantity], stock: bool) -> Quantity:
    """Return the sum of the counts of a flow, or what a stock holds in the end."""
    last = counts[-1]
    if stock or not isinstance(last, Known):
        return last
    return Known(sum((c.value for c in counts if isinstance(c, Known)), Fraction(0)), last.unit, last.because)


def _deducted(inputs: Inputs) -> tuple[tuple[str, Quantity], ...]:
    """Return what is taken off the goal before the campaign's part, so that it is not planned again."""
    found = ((name, inputs.number(name)) for name in DEDUCTED if inputs.path.asks(name))
    return tuple((name, value) for name, value in found if isinstance(value, Known) and value.value)
