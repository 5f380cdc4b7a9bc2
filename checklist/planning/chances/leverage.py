"""What each rate, and the average deal, would have to become, and what a realistic rise in it saves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from checklist.planning.chain.climb import ladder_of
from checklist.planning.chain.ladder import not_below_zero, whole_down, whole_up
from checklist.planning.chain.rates import is_small
from checklist.planning.chances.chance import wilson_bounds
from checklist.planning.inputs import Inputs
from checklist.planning.model import NOT_SAID, Chain, RateRow
from checklist.quantity import Impossible, Known, Quantity, compare, divide, subtract
from checklist.questionnaire.values import Estimate

DEAL = "average_deal"
FIFTH = Fraction(6, 5)

RiseReason = Literal["own_high", "wilson_upper", "fifth", "half_way", "full"]


@dataclass(frozen=True, slots=True)
class Lever:
    """A rate or the average deal: what it is and would have to become, and what a realistic rise saves.

    `needed` alone makes the present run-rate of the top `stage` enough. `reason` says where `realistic` comes
    from; a rate that is 100 % already is "full". `required` and `then` are whole counts at the top stage.
    """

    id: str
    stage: str
    now: Quantity
    needed: Quantity
    realistic: Quantity
    reason: RiseReason
    required: Quantity
    then: Quantity
    saved: Quantity


def find_levers(inputs: Inputs, chain: Chain) -> tuple[Lever, ...]:
    """Return the levers of a chain that could be worked back, the one that saves most first."""
    if chain.status != "known" or chain.rate_goal is not None:
        return ()
    brings = ladder_of(chain).carried(chain.stages[0].run_rate.quantity)
    levers = [*_rate_levers(inputs, chain, brings), *_deal_levers(inputs, chain, brings)]
    return tuple(sorted(levers, key=lambda lever: -_number(lever.saved)))


def _number(quantity: Quantity) -> Fraction:
    return quantity.value if isinstance(quantity, Known) else Fraction(-1)


def _rate_levers(inputs: Inputs, chain: Chain, brings: Quantity) -> Iterator[Lever]:
    for row in (*chain.stages, *chain.routes):
        if row.rate is not None and isinstance(row.rate.quantity, Known):
            yield _rate_lever(inputs, chain, row.rate, row.rate.quantity, brings)


def _rate_lever(inputs: Inputs, chain: Chain, rate: RateRow, now: Known, brings: Quantity) -> Lever:
    value, reason = _realistic(inputs, rate.id, now.value, Fraction(1))
    realistic = Known(value, now.unit, now.because)
    then = ladder_of(chain, {rate.id: realistic}).needed(0, chain.stages[-1].required.quantity)
    needed = _rate_needed(chain, rate.id, now, brings)
    return _lever(chain, rate.id, now, needed, realistic, reason, then)


def _deal_levers(inputs: Inputs, chain: Chain, brings: Quantity) -> Iterator[Lever]:
    now, part = chain.unit_value, chain.goal_part.quantity
    if not isinstance(now, Known):
        return
    value, reason = _realistic(inputs, DEAL, now.value, None)
    realistic = Known(value, now.unit, now.because)
    # Of several campaigns on one goal, this one may have been allotted fewer deals than its part needs.
    allotted, alone = chain.stages[-1].required.quantity, whole_up(divide(part, realistic))
    then = ladder_of(chain).needed(0, allotted if compare(alone, allotted) == 1 else alone)
    yield _lever(chain, DEAL, now, _deal_needed(part, whole_down(brings)), realistic, reason, then)


def _lever(
    chain: Chain,
    name: str,
    now: Known,
    needed: Quantity,
    realistic: Known,
    reason: RiseReason,
    then: Quantity,
) -> Lever:
    required, whole = chain.stages[0].required.quantity, whole_up(then)
    saved = not_below_zero(subtract(required, whole))
    return Lever(name, chain.stages[0].id, now, needed, realistic, reason, required, whole, saved)


def _realistic(
    inputs: Inputs, name: str, now: Fraction, most: Fraction | None
) -> tuple[Fraction, RiseReason]:
    """Return how far it can realistically rise: to its own high value, or by a fifth, half the way at most.

    Own counts hold a rise by a fifth back to the end of their interval. Neither a published range nor the
    interval of few cases says what this team can reach.
    """
    answer = inputs.answer(name)
    if most is not None and now >= most:
        return most, "full"
    if isinstance(answer, Estimate):
        if answer.high is not None and answer.high > now and answer.source != "published":
            return answer.high, "own_high"
        upper = _upper(answer)
        if upper is not None and now < upper < now * FIFTH:
            return upper, "wilson_upper"
    half_way = now if most is None else (now + most) / 2
    if most is not None and half_way < now * FIFTH:
        return half_way, "half_way"
    return now * FIFTH, "fifth"


def _upper(answer: Estimate) -> Fraction | None:
    counts = answer.counts
    if counts is None or is_small(counts):
        return None
    return wilson_bounds(int(counts.count), int(counts.of))[1]


def _rate_needed(chain: Chain, name: str, now: Known, brings: Quantity) -> Quantity:
    """Solve for the rate that makes the present run-rate enough; what it brings is a straight line in it."""
    whole, without = chain.stages[-1].required.quantity, _without(chain, name, now)
    if not isinstance(brings, Known) or not isinstance(without, Known) or not isinstance(whole, Known):
        return _first_not_known(brings, without, whole)
    if whole.value <= without.value:
        return Known(Fraction(0), now.unit, now.because)
    if brings.value == without.value:
        return Impossible("above_100", {"rate": name})
    needed = now.value * (whole.value - without.value) / (brings.value - without.value)
    if needed > 1:
        return Impossible("above_100", {"rate": name})
    return Known(needed, now.unit, brings.because)


def _without(chain: Chain, name: str, now: Known) -> Quantity:
    """Return what the present run-rate still brings with this rate at zero: what comes by another route."""
    nothing = Known(Fraction(0), now.unit)
    if not chain.routes:
        return nothing
    return ladder_of(chain, {name: nothing}).carried(chain.stages[0].run_rate.quantity)


def _deal_needed(part: Quantity, deals: Quantity) -> Quantity:
    if isinstance(deals, Known) and deals.value <= 0:
        return Impossible("no_deals_at_pace")
    return divide(part, deals)


def _first_not_known(*quantities: Quantity) -> Quantity:
    return next((quantity for quantity in quantities if not isinstance(quantity, Known)), NOT_SAID)
