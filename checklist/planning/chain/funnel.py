"""The funnel worked back: the rows of the chain, the forward check and the chance."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from checklist.pack.models import Funnel, Route, Stock
from checklist.planning import model
from checklist.planning.chain.goal import MONEY_KINDS, Goal, stage_missing
from checklist.planning.chain.ladder import Exposure, Ladder, SecondRoute, no_months, not_below_zero, whole_up
from checklist.planning.chain.rates import read_rate
from checklist.planning.chain.runrate import run_rate, stock_size
from checklist.planning.inputs import MONTH, Inputs, months_between
from checklist.planning.model import NOT_SAID, Chain, Chance, ForwardCheck, RateRow, Reckoned, StageRow, Why
from checklist.planning.timing.schedule import deadline_of, missing_for
from checklist.quantity import Impossible, Known, Quantity, Unit, add, divide, multiply, subtract


def work_back(
    inputs: Inputs, funnel: Funnel, stages: tuple[str, ...], goal: Goal, schedule: model.Schedule
) -> Chain:
    """Work the chain back from the goal; `stages` are those the team tells apart, from the top down."""
    missing = stage_missing(goal, stages)
    if missing:
        return Chain("impossible", replace(goal.part, quantity=missing), goal.stage, goal.unit_value)
    if isinstance(goal.need, Known) and goal.need.value <= 0 or _covered(goal):
        return _covered_chain(goal)
    stages = stages[: stages.index(goal.stage) + 1]
    rates = tuple(read_rate(inputs, above, below) for above, below in zip(stages, stages[1:], strict=False))
    ladder, stock = _ladder(inputs, funnel, stages, rates, schedule)
    rows = tuple(_row(inputs, ladder, rates, index, goal, schedule) for index in range(len(stages)))
    return Chain(
        status=_status(rows),
        goal_part=goal.part,
        goal_stage=goal.stage,
        unit_value=goal.unit_value,
        stages=rows,
        routes=_route_rows(inputs, funnel, stages, schedule),
        forward_check=_forward(ladder, rows[0], goal),
        chance=_chance(ladder, rows, goal),
        stock=_stock_row(inputs, stock, ladder, rows, schedule) if stock else None,
    )


def _covered(goal: Goal) -> bool:
    part = goal.part.quantity
    return isinstance(part, Known) and part.value <= 0


def _covered_chain(goal: Goal) -> Chain:
    none = Known(Fraction(0), Unit.parse(goal.stage), _because(goal.part.quantity))
    zero = Reckoned(none, Why("covered"))
    row = StageRow(goal.stage, zero, zero, zero, zero, Reckoned(NOT_SAID, Why("run_rate")), zero, None)
    part = replace(goal.part, quantity=not_below_zero(goal.part.quantity))
    return Chain("covered", part, goal.stage, goal.unit_value, (row,))


def _because(quantity: Quantity) -> tuple[str, ...]:
    return quantity.because if isinstance(quantity, Known) else ()


def _ladder(
    inputs: Inputs,
    funnel: Funnel,
    stages: tuple[str, ...],
    rates: tuple[RateRow, ...],
    schedule: model.Schedule,
) -> tuple[Ladder, Stock | None]:
    steps = tuple(rate.quantity for rate in rates)
    stock = funnel.stock if funnel.stock and funnel.stock.stage == stages[0] and len(stages) > 1 else None
    exposure = _exposure(inputs, stock, stages[1], schedule) if stock else None
    plain = Ladder(stages, steps, exposure)
    return replace(plain, second=_second_route(inputs, funnel, plain)), stock


def _exposure(inputs: Inputs, stock: Stock, next_stage: str, schedule: model.Schedule) -> Exposure:
    """Count the months that a stock works, from the start to the last day its next stage is in time."""
    start = max(inputs.today, inputs.day("campaign_date") or inputs.today)
    end = deadline_of(schedule, next_stage)
    if end is None:
        months: Quantity = missing_for(schedule)
    else:
        months = no_months(Known(months_between(start, end), MONTH))
    growth = inputs.number_when_asked(stock.growth, Unit.parse(f"{stock.stage}/month"))
    # What joins before the start works the whole time, what joins afterwards half of it on average.
    waiting = Known(months_between(inputs.today, start), MONTH)
    working = add(waiting, divide(months, Known(Fraction(2))))
    return Exposure(months, multiply(multiply(growth, working), months))


def _routes(inputs: Inputs, funnel: Funnel, stages: tuple[str, ...]) -> tuple[Route, ...]:
    """Return the second routes in use; one whose size was asked and is not known counts, as unknown."""
    return tuple(
        route
        for route in funnel.routes
        if route.joins in stages and inputs.path.asks(route.top) and _may_hold(inputs, f"route.{route.id}")
    )


def _may_hold(inputs: Inputs, place: str) -> bool:
    return inputs.pack.expressions[place].evaluate(inputs.path.scope) is not False


def _route_rates(inputs: Inputs, route: Route) -> tuple[RateRow, ...]:
    ids = (*(stage.id for stage in route.stages), route.joins)
    return tuple(read_rate(inputs, above, below) for above, below in zip(ids, ids[1:], strict=False))


def _second_route(inputs: Inputs, funnel: Funnel, ladder: Ladder) -> SecondRoute | None:
    for route in _routes(inputs, funnel, ladder.stages):
        joins = ladder.stages.index(route.joins)
        top = inputs.number(route.top)
        to_join: Quantity = Known(Fraction(1))
        for rate in _route_rates(inputs, route):
            to_join = multiply(to_join, rate.quantity)
        to_bottom = multiply(to_join, ladder.to_bottom(joins))
        return SecondRoute(joins, multiply(top, to_join), top, to_bottom)
    return None


def _route_rows(
    inputs: Inputs, funnel: Funnel, stages: tuple[str, ...], schedule: model.Schedule
) -> tuple[StageRow, ...]:
    rows: list[StageRow] = []
    for route in _routes(inputs, funnel, stages)[:1]:
        count = inputs.number(route.top)
        for stage, rate in zip(route.stages, _route_rates(inputs, route), strict=True):
            why = Why("route_expected", ((route.top, inputs.number(route.top)),))
            here, none = Reckoned(count, why), Reckoned(NOT_SAID, why)
            brought = run_rate(inputs, stage.id, schedule)
            rows.append(StageRow(stage.id, here, here, none, none, brought, none, rate))
            count = multiply(count, rate.quantity)
    return tuple(rows)


def _row(
    inputs: Inputs,
    ladder: Ladder,
    rates: tuple[RateRow, ...],
    index: int,
    goal: Goal,
    schedule: model.Schedule,
) -> StageRow:
    need, stage, whole = goal.need, ladder.stages[index], goal.whole
    needed, shared, bottom = _why_needed(goal), _why_whole(goal), ladder.stages[-1]
    below = tuple((rate.id, rate.quantity) for rate in rates[index:])
    exact = ladder.needed(index, need)
    required = whole_up(ladder.needed(index, whole))
    stock = ladder.exposure is not None and index == 0
    present = stock_size(inputs, stage) if stock else run_rate(inputs, stage, schedule)
    return StageRow(
        id=stage,
        exact=Reckoned(exact, Why("exact", ((bottom, need), *below)) if below else needed),
        required=Reckoned(required, Why("required", ((bottom, whole), *below)) if below else shared),
        required_80=Reckoned(_for_chance(ladder, index, whole, 0.8, required), Why("required_80", below)),
        required_90=Reckoned(_for_chance(ladder, index, whole, 0.9, required), Why("required_90", below)),
        run_rate=present,
        uplift=_uplift(stage, required, present.quantity),
        rate=rates[index] if index < len(rates) else None,
    )


def _why_needed(goal: Goal) -> Why:
    """Say how the bottom of the chain follows from the goal itself."""
    if goal.kind == "count":
        return goal.part.why
    return Why("deals_needed", (("goal_part", goal.part.quantity), ("average_deal", goal.unit_value)))


def _why_whole(goal: Goal) -> Why:
    """Say how the whole units at the bottom follow; among several campaigns they are shared out."""
    allotment = goal.allotment
    if allotment is None or not allotment.is_known:
        return _why_needed(goal)
    share = allotment.shares.each[0]
    return Why("allotted", (("whole_of_all", allotment.whole), ("share", share)))


def _uplift(stage: str, required: Quantity, present: Quantity) -> Reckoned:
    why = Why("uplift", ((stage, required), (f"{stage}_volume", present)))
    return Reckoned(not_below_zero(subtract(required, present)), why)


def _for_chance(ladder: Ladder, index: int, whole: Quantity, chance: float, required: Quantity) -> Quantity:
    """Return the count for a chance; where the required count already gives it, that count."""
    if not isinstance(whole, Known):
        return whole
    if not whole.value:
        return required
    count = ladder.count_for(index, int(whole.value), chance)
    enough = isinstance(count, Known) and isinstance(required, Known) and count.value < required.value
    return required if enough else count


def _status(rows: tuple[StageRow, ...]) -> model.ChainStatus:
    top = rows[0].required.quantity
    if isinstance(top, Known):
        return "known"
    return "impossible" if isinstance(top, Impossible) else "unknown"


def _forward(ladder: Ladder, top: StageRow, goal: Goal) -> ForwardCheck | None:
    count = top.required.quantity
    deals = ladder.forward(count)
    others, part = _beside(goal)
    together = deals if others is NOT_SAID else add(deals, others)
    brings = multiply(together, goal.unit_value) if goal.kind in MONEY_KINDS else together
    if not isinstance(brings, Known) or not isinstance(part, Known):
        return None
    return ForwardCheck(top.id, count, deals, brings, part, brings.value >= part.value, others)


def _beside(goal: Goal) -> tuple[Quantity, Quantity]:
    """Return what other campaigns bring at the bottom and what all carry together.

    Whole units are rounded up once for all campaigns, so that only their sum has to reach its part.
    """
    allotment = goal.allotment
    if allotment is None or not allotment.is_known:
        return NOT_SAID, goal.part.quantity
    carried = divide(multiply(goal.part.quantity, allotment.shares.total), allotment.shares.each[0])
    return allotment.others, carried


def _chance(ladder: Ladder, rows: tuple[StageRow, ...], goal: Goal) -> Chance | None:
    top, whole = rows[0], goal.whole
    count = top.required.quantity
    if len(rows) < 2 or not isinstance(count, Known) or not isinstance(whole, Known) or not count.value:
        return None
    chance, some = ladder.chance(0, count, int(whole.value)), ladder.chance(0, count, 1)
    if chance is None or some is None or chance == 1.0:
        return None
    return Chance(
        top.id,
        count,
        min(99, round(chance * 100)),
        round((1 - some) * 100),
        top.required_80.quantity,
        top.required_90.quantity,
    )


def _stock_row(
    inputs: Inputs, stock: Stock, ladder: Ladder, rows: tuple[StageRow, ...], schedule: model.Schedule
) -> model.Stock:
    exposure = ladder.exposure
    assert exposure is not None
    size = inputs.number(stock.size)
    tries = exposure.tries(size)
    return model.Stock(
        stage=stock.stage,
        months=exposure.months,
        size=size,
        joining=inputs.number_when_asked(stock.growth, Unit.parse(f"{stock.stage}/month")),
        contact_months=tries,
        needed_rate=divide(rows[1].required.quantity, tries),
        present_rate=ladder.rates[0],
        joined=exposure.joining,
    )
