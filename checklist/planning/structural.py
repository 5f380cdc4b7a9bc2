"""Findings that follow from the shape of the chain itself, whatever the pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from checklist.checks.findings import Finding
from checklist.planning.chain.climb import ladder_of
from checklist.planning.chain.ladder import whole_down
from checklist.planning.chances.simulation import Outlook
from checklist.planning.inputs import Inputs
from checklist.planning.model import Chain, Schedule
from checklist.quantity import Impossible, Known, Quantity, decimal_text, round_half_up

FEW = 5
SOON_DAYS = 14
SURE = 90
# From this many times the present rate on, better mails alone do not close the gap.
FAR = 3
GOAL_ANSWERS = (
    "existing_revenue",
    "existing_count",
    "kgi_amount",
    "last_year_amount",
    "growth_rate",
    "kgi_count",
)


def structural_findings(
    inputs: Inputs, chain: Chain, schedule: Schedule, outlook: Outlook | None
) -> Iterator[Finding]:
    """Yield what a reader of this chain must know before relying on it."""
    yield from _about_status(inputs, chain)
    yield from _about_dates(inputs, schedule)
    yield from _about_time_left(inputs, chain, schedule)
    yield from _about_rates(chain)
    yield from _about_size(chain)
    yield from _about_chance(chain, outlook)
    yield from _about_pace(chain)
    yield from _about_stock(chain)
    yield from _about_rate_goal(chain)


def _about_status(inputs: Inputs, chain: Chain) -> Iterator[Finding]:
    if chain.status == "covered":
        need = {"zero": chain.stages[-1].required.quantity}
        concerns = tuple(name for name in GOAL_ANSWERS if inputs.path.asks(name))
        yield Finding("already_covered", "engine", "critical", concerns, need)
    reason = chain.goal_part.quantity
    if isinstance(reason, Impossible):
        yield Finding(reason.reason, "engine", "critical", (), dict(reason.params))


def _about_dates(inputs: Inputs, schedule: Schedule) -> Iterator[Finding]:
    problem = schedule.problem
    if isinstance(problem, Impossible):
        name = "lead_deadline_past" if problem.reason == "deadline_past" else problem.reason
        yield Finding(name, "engine", "critical", ("kgi_date",), dict(problem.params))
    # Where the goal counts leads, they may come until its very date.
    if schedule.latest is None or schedule.kgi_date is None or schedule.latest >= schedule.kgi_date:
        return
    facts = {"deadline": schedule.latest, "kgi_date": schedule.kgi_date, "today": inputs.today}
    if 0 <= (schedule.latest - inputs.today).days <= SOON_DAYS and not isinstance(problem, Impossible):
        yield Finding("lead_deadline_near", "engine", "warning", ("kgi_date",), facts)
    start = inputs.day("campaign_date")
    late = start is not None and schedule.latest < start <= schedule.kgi_date
    if start and late and not isinstance(problem, Impossible):
        facts = {"start": start, **facts}
        yield Finding("campaign_after_deadline", "engine", "critical", ("campaign_date", "kgi_date"), facts)


def _about_time_left(inputs: Inputs, chain: Chain, schedule: Schedule) -> Iterator[Finding]:
    """A list that starts on the very last day has no time to work, though no deadline has passed."""
    start, months = inputs.day("campaign_date"), chain.stock.months if chain.stock else None
    late = start is not None and schedule.latest is not None and start > schedule.latest
    if isinstance(months, Impossible) and not isinstance(schedule.problem, Impossible) and not late:
        yield Finding(months.reason, "engine", "critical", ("campaign_date", "kgi_date"), {})


def _about_rates(chain: Chain) -> Iterator[Finding]:
    rates = [row.rate for row in (*chain.stages, *chain.routes) if row.rate is not None]
    for rate in rates:
        if isinstance(rate.quantity, Impossible):
            yield Finding(rate.quantity.reason, "engine", "critical", (rate.id,), dict(rate.quantity.params))
        elif isinstance(rate.quantity, Known) and rate.quantity.value == 1 and not chain.rate_goal:
            params: dict[str, Quantity | str] = {"rate": rate.id}
            if isinstance(rate.at_least, Known):
                params["at_least"] = rate.at_least
            name = "rate_of_100_with_counts" if "at_least" in params else "rate_of_100"
            yield Finding(name, "engine", "warning", (rate.id,), params)
    provisional = [rate.id for rate in rates if rate.provisional]
    if provisional:
        count = Known(Fraction(len(provisional)))
        yield Finding("provisional_rates", "engine", "warning", tuple(provisional), {"count": count})


def _about_size(chain: Chain) -> Iterator[Finding]:
    if chain.status == "covered" or chain.rate_goal or not chain.stages:
        return
    if len(chain.stages) == 1:
        yield Finding("one_stage_only", "engine", "warning", (), {"stage": chain.goal_stage})
    bottom, chance = chain.stages[-1], chain.chance
    exact = bottom.exact.quantity
    few = chain.goal_stage == "deal" and isinstance(exact, Known) and exact.value < FEW
    if few and chance is not None:
        params: dict[str, Quantity | str] = {"stage": chance.stage, "count": chance.required}
        params |= {"percent": str(chance.percent_none), "deals": bottom.required.quantity}
        yield Finding("few_deals", "engine", "warning", (), params)


def _about_chance(chain: Chain, outlook: Outlook | None) -> Iterator[Finding]:
    """Say how likely the required count is enough: as simulated where there are ranges."""
    chance = chain.chance
    if chance is None:
        return
    facts = (chance.percent, chance.required_80, chance.required_90)
    if outlook is not None and outlook.chance_percent is not None:
        facts = (outlook.chance_percent, outlook.required_80, outlook.required_90)
    if facts[0] < SURE:
        params: dict[str, Quantity | str] = {"stage": chance.stage, "count": chance.required}
        params |= {"percent": str(facts[0]), "count_80": facts[1], "count_90": facts[2]}
        yield Finding("expected_not_certain", "engine", "info", (), params)


def _about_pace(chain: Chain) -> Iterator[Finding]:
    """The nearest stage to the goal whose present pace alone is enough says that nothing has to be added."""
    if chain.rate_goal or chain.status != "known":
        return
    for row in reversed(chain.stages[:-1] if chain.stock is None else chain.stages[1:-1]):
        brought, needed = row.run_rate.quantity, row.required.quantity
        if isinstance(brought, Known) and isinstance(needed, Known) and brought.value >= needed.value > 0:
            facts = {"stage": row.id, "brought": _to_places(brought, 0), "needed": needed}
            yield Finding("pace_is_enough", "engine", "info", (f"{row.id}_volume",), facts)
            return


def _about_stock(chain: Chain) -> Iterator[Finding]:
    stock = chain.stock
    if stock is None or not isinstance(stock.needed_rate, Known):
        return
    params: dict[str, Quantity | str] = {"needed": stock.needed_rate, "present": stock.present_rate}
    if stock.needed_rate.value > 1:
        yield Finding("stock_rate_above_100", "engine", "critical", (), params)
    elif isinstance(stock.present_rate, Known) and stock.needed_rate.value > stock.present_rate.value:
        times = stock.needed_rate.value / stock.present_rate.value
        brings = _to_places(ladder_of(chain).carried(stock.size), 1)
        params |= {"times": decimal_text(times, 1), "brings": brings}
        params["goal"] = chain.stages[-1].required.quantity
        yield Finding("stock_rate_high", "engine", "critical" if times >= FAR else "warning", (), params)


def _to_places(quantity: Quantity, places: int) -> Quantity:
    if isinstance(quantity, Known):
        return replace(quantity, value=round_half_up(quantity.value, places))
    return quantity


def _about_rate_goal(chain: Chain) -> Iterator[Finding]:
    goal = chain.rate_goal
    if goal is None or not isinstance(goal.before, Known) or not isinstance(goal.after, Known):
        return
    if isinstance(goal.volume, Known) and isinstance(goal.cases, Known) and isinstance(goal.extra, Known):
        if goal.volume.value < goal.cases.value:
            params = {"cases": goal.cases, "volume": whole_down(goal.volume)}
            yield Finding("too_few_cases_to_tell", "engine", "warning", ("kgi_rate_volume",), params)
