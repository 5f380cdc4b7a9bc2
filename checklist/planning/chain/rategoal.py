"""A KGI that is a rate: what moving it brings at the present volume, and how many cases would tell."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from checklist.pack.compiled import Pack
from checklist.planning.chain.ladder import whole_up
from checklist.planning.chain.rates import read_rate
from checklist.planning.chances.chance import cases_to_tell
from checklist.planning.inputs import Inputs, months_between
from checklist.planning.model import (
    NOT_SAID,
    Chain,
    ChainStatus,
    RateGoal,
    RateRow,
    Reckoned,
    Schedule,
    StageRow,
    Why,
)
from checklist.planning.timing.schedule import deadline_of, missing_for
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown, multiply, subtract


def work_out_rate_goal(inputs: Inputs, stages: tuple[str, ...], schedule: Schedule) -> Chain:
    """Read the chain from the rate's upper stage down: now, with the rate reached, and what is extra."""
    step = inputs.choice("kgi_rate_step")
    ends = _ends(inputs.pack, step)
    if step is None or ends is None:
        missing = Reckoned(Unknown(("kgi_rate_step",)), Why("rate_goal"))
        return Chain("unknown", missing, stages[-1], NOT_SAID)
    above, below = ends
    chain = (above, below, *stages[stages.index(below) + 1 :]) if below in stages else (above, below)
    before, after = _rate(inputs, "kgi_rate_from", ends), _rate(inputs, "kgi_rate_to", ends)
    volume, in_time = (_volume(inputs, above, deadline_of(schedule, s), schedule) for s in ("deal", above))
    rows = _rows(inputs, chain, (before, after), volume, in_time)
    extra = rows[1].uplift.quantity if _is_higher(before, after) else Impossible("rate_goal_not_higher")
    goal = RateGoal(step, before, after, volume, extra, rows[-1].uplift.quantity, _cases(before, after))
    part = Reckoned(extra, Why("rate_goal", (("kgi_rate_from", before), ("kgi_rate_to", after))))
    return Chain(_status(extra), part, chain[-1], NOT_SAID, rows, rate_goal=goal)


def _ends(pack: Pack, step: str | None) -> tuple[str, str] | None:
    bound = pack.questions.get(step) if step else None
    return bound.ends if bound else None


def _rate(inputs: Inputs, name: str, ends: tuple[str, str]) -> Quantity:
    value = inputs.number(name)
    if isinstance(value, Known):
        return Known(value.value, Unit.parse(f"{ends[1]}/{ends[0]}"), value.because)
    return value


def _is_higher(before: Quantity, after: Quantity) -> bool:
    return not isinstance(before, Known) or not isinstance(after, Known) or after.value > before.value


def _volume(inputs: Inputs, stage: str, end: date | None, schedule: Schedule) -> Quantity:
    """Return how many of the rate's denominator come until a day."""
    flow = inputs.flow("kgi_rate_volume")
    if flow is None:
        return Unknown(("kgi_rate_volume",))
    monthly = flow.volume.per_month()
    if monthly is None:
        shows = inputs.shows("kgi_rate_volume")
        each = Known(flow.volume.count / flow.volume.span, Unit.parse(f"{stage}/show"), ("kgi_rate_volume",))
        return multiply(each, shows)
    if end is None:
        return missing_for(schedule)
    months = max(Fraction(0), months_between(_start(inputs), end))
    return Known(monthly * months, Unit.parse(stage), ("kgi_rate_volume", "kgi_date"))


def _rows(
    inputs: Inputs,
    chain: tuple[str, ...],
    rate: tuple[Quantity, Quantity],
    volume: Quantity,
    in_time: Quantity,
) -> tuple[StageRow, ...]:
    """Work the counts down: the rate's own two stages until the goal's date, below them what is in time."""
    before, after = rate
    first = RateRow(f"{chain[0]}_to_{chain[1]}", after, source="assumption", provisional=False)
    below = tuple(read_rate(inputs, a, b) for a, b in zip(chain[1:], chain[2:], strict=False))
    rows, now, then = [], volume, volume
    rates = (first, *below)
    for index, stage in enumerate(chain):
        if index == 2:
            now, then = (_through(in_time, step, below[0].quantity) for step in (before, after))
        rows.append(_row(stage, now, then, rates[index] if index < len(rates) else None))
        if index < len(rates):
            now = multiply(now, before if index == 0 else rates[index].quantity)
            then = multiply(then, rates[index].quantity)
    return tuple(rows)


def _start(inputs: Inputs) -> date:
    """Return the day from which the campaign can move the rate."""
    return max(inputs.today, inputs.day("campaign_date") or inputs.today)


def _through(volume: Quantity, *rates: Quantity) -> Quantity:
    for rate in rates:
        volume = multiply(volume, rate)
    return volume


def _row(stage: str, now: Quantity, then: Quantity, rate: RateRow | None) -> StageRow:
    why = Why("at_new_rate", ((stage, now),))
    none = Reckoned(NOT_SAID, why)
    return StageRow(
        id=stage,
        exact=Reckoned(then, why),
        required=Reckoned(whole_up(then), why),
        required_80=none,
        required_90=none,
        run_rate=Reckoned(now, Why("at_present_rate")),
        uplift=Reckoned(subtract(then, now), Why("extra")),
        rate=rate,
    )


def _cases(before: Quantity, after: Quantity) -> Quantity:
    if not isinstance(before, Known) or not isinstance(after, Known):
        sides = [side for side in (before, after) if isinstance(side, Unknown)]
        return Unknown(tuple(name for side in sides for name in side.missing))
    cases = cases_to_tell(before.value, after.value)
    if cases is None:
        return Impossible("rates_are_equal", {})
    return Known(Fraction(cases), Unit.parse("case"))


def _status(extra: Quantity) -> ChainStatus:
    if isinstance(extra, Known):
        return "known"
    return "impossible" if isinstance(extra, Impossible) else "unknown"
