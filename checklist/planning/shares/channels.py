"""The leads a plan requires, spread over the channels that are to bring them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from checklist.planning.chain.ladder import not_below_zero, whole_up
from checklist.planning.inputs import Inputs, Row
from checklist.planning.model import NOT_SAID, Chain
from checklist.planning.shares.leadstage import (
    OPPORTUNITY,
    between,
    brought_beside,
    in_unit,
    is_assumed,
    is_no_record,
    lead_row,
    none_of,
)
from checklist.planning.shares.sharing import Shares, add_shares, share_out, total_of
from checklist.quantity import (
    Impossible,
    Known,
    Quantity,
    Unknown,
    add,
    compare,
    divide,
    multiply,
    subtract,
)

CHANNELS = "channels"


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel: its leads (whole), what they are expected to bring (exact), and what they cost.

    `rate` is the channel's own where `own_rate`, else the chain's; `provisional` when it is no own record.
    A cost left empty is NOT_SAID.
    """

    name: str
    leads: Quantity
    rate: Quantity
    own_rate: bool
    opportunities: Quantity
    brings: Quantity
    cost_per_lead: Quantity
    cost: Quantity
    provisional: bool


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """What the channels are expected to bring together at the goal's stage, against what it needs.

    `beside` is the part of `brings` that comes from a second route. `gap` is what is lacking (below 0: a
    surplus), `more_leads` the leads in the same mix that would close it.
    """

    opportunities: Quantity
    beside: Quantity
    brings: Quantity
    needed: Quantity
    gap: Quantity
    more_leads: Quantity


@dataclass(frozen=True, slots=True)
class ChannelCost:
    """What the leads cost; `total` is Unknown while `missing` names channels, which `at_least` leaves out."""

    total: Quantity
    at_least: Quantity
    missing: tuple[str, ...]
    per_lead: Quantity
    budget: Quantity


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """The required leads channel by channel: the rows and `rest`, less `over`, add up to `required`.

    `rest` is what no channel carries, `over` what fixed numbers bring beyond what is required; `cost` is None
    where no channel has one.
    """

    stage: str
    goal_stage: str
    required: Quantity
    shares: Shares
    rows: tuple[ChannelRow, ...]
    rest: Quantity
    over: Quantity
    result: ChannelResult
    cost: ChannelCost | None


def spread_channels(inputs: Inputs, chain: Chain) -> ChannelPlan | None:
    """Spread the required leads over the channels: fixed numbers first, then shares of what remains.

    None without channels, without a stage of leads, or where the goal is covered.
    """
    given, top = inputs.rows(CHANNELS), lead_row(inputs, chain)
    if not given or top is None or chain.status == "covered" or chain.rate_goal is not None:
        return None
    required = top.required.quantity
    fixed = tuple(in_unit(row.number("count"), top.id) if row.estimate("count") else None for row in given)
    shares = add_shares(CHANNELS, _shares(given, fixed))
    leads, rest, over = _spread(required, fixed, shares)
    rows = tuple(_row(chain, top.id, row, count) for row, count in zip(given, leads, strict=True))
    return ChannelPlan(
        stage=top.id,
        goal_stage=chain.goal_stage,
        required=required,
        shares=shares,
        rows=rows,
        rest=rest,
        over=over,
        result=_result(inputs, chain, rows, top.id),
        cost=_cost(inputs, rows, top.id),
    )


def _shares(given: Iterable[Row], fixed: Iterable[Quantity | None]) -> tuple[Quantity, ...]:
    """Return the share of each channel that has no fixed number."""
    return tuple(row.number("share") for row, count in zip(given, fixed, strict=True) if count is None)


def _spread(
    required: Quantity, fixed: tuple[Quantity | None, ...], shares: Shares
) -> tuple[tuple[Quantity, ...], Quantity, Quantity]:
    """Return the leads of each channel, what no channel carries, and what is fixed beyond the required."""
    counts = [count for count in fixed if count is not None]
    if not isinstance(required, Known):
        return _in_order(fixed, [required] * len(shares.each)), required, NOT_SAID
    nothing_left = none_of(str(required.unit))
    remains = subtract(required, total_of(counts, nothing_left))
    over = not_below_zero(subtract(nothing_left, remains))
    if isinstance(shares.total, Impossible):
        return _in_order(fixed, [shares.total] * len(shares.each)), shares.total, over
    parts = _share_rest(not_below_zero(remains), shares)
    return _in_order(fixed, parts[:-1]), parts[-1], over


def _share_rest(remains: Quantity, shares: Shares) -> list[Quantity]:
    """Share out what remains; the last part is what no channel carries, or whose share is not known."""
    assert isinstance(remains, Known)
    weights = [share.value if isinstance(share, Known) else Fraction(0) for share in shares.each]
    counts = share_out(int(remains.value), [*weights, 1 - sum(weights, Fraction(0))])
    parts: list[Quantity] = [Known(Fraction(count), remains.unit, remains.because) for count in counts]
    known = [isinstance(share, Known) for share in shares.each]
    return [part if said else Unknown((CHANNELS,)) for part, said in zip(parts, [*known, True], strict=True)]


def _in_order(fixed: Iterable[Quantity | None], parts: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Put the parts in the places that have no fixed number."""
    remaining = iter(parts)
    return tuple(next(remaining) if count is None else count for count in fixed)


def _row(chain: Chain, stage: str, row: Row, leads: Quantity) -> ChannelRow:
    rate, own = _rate(chain, stage, row)
    opportunities = multiply(leads, rate)
    brings = leads if chain.goal_stage == stage else opportunities
    if chain.goal_stage not in (stage, OPPORTUNITY):
        brings = multiply(opportunities, between(chain, OPPORTUNITY, chain.goal_stage))
    each = in_unit(row.number("cost"), f"jpy/{stage}") if "cost" in row.cells else NOT_SAID
    cost = multiply(leads, each) if "cost" in row.cells else NOT_SAID
    assumed = is_no_record(row, "lead_rate") if own else _is_assumed(chain, stage)
    return ChannelRow(row.text("name"), leads, rate, own, opportunities, brings, each, cost, assumed)


def _is_assumed(chain: Chain, stage: str) -> bool:
    return chain.stage(OPPORTUNITY) is not None and is_assumed(chain, stage, OPPORTUNITY)


def _rate(chain: Chain, stage: str, row: Row) -> tuple[Quantity, bool]:
    """Return a channel's rate from lead to opportunity, the chain's where the channel names none."""
    if chain.stage(OPPORTUNITY) is None:
        return NOT_SAID, False
    if "lead_rate" in row.cells:
        return in_unit(row.number("lead_rate"), f"{OPPORTUNITY}/{stage}"), True
    return between(chain, stage, OPPORTUNITY), False


def _result(inputs: Inputs, chain: Chain, rows: tuple[ChannelRow, ...], stage: str) -> ChannelResult:
    from_channels = total_of((row.brings for row in rows), none_of(chain.goal_stage))
    beside, needed = _beside(inputs, chain), chain.stages[-1].required.quantity
    brings = from_channels if beside is NOT_SAID else add(from_channels, beside)
    gap = subtract(needed, brings)
    each = divide(from_channels, _leads(rows, stage))
    opportunities = total_of((row.opportunities for row in rows), none_of(OPPORTUNITY))
    return ChannelResult(
        opportunities=opportunities if chain.stage(OPPORTUNITY) else NOT_SAID,
        beside=beside,
        brings=brings,
        needed=needed,
        gap=gap,
        more_leads=whole_up(divide(gap, each)) if isinstance(gap, Known) and gap.value > 0 else NOT_SAID,
    )


def _leads(rows: Iterable[ChannelRow], stage: str) -> Quantity:
    return total_of((row.leads for row in rows), none_of(stage))


def _beside(inputs: Inputs, chain: Chain) -> Quantity:
    """Return what a second route brings at the goal's stage."""
    beside = brought_beside(inputs, chain)
    return multiply(beside.count, between(chain, beside.stage, chain.goal_stage)) if beside else NOT_SAID


def _cost(inputs: Inputs, rows: tuple[ChannelRow, ...], stage: str) -> ChannelCost | None:
    if all(row.cost_per_lead is NOT_SAID for row in rows):
        return None
    missing = tuple(row.name for row in rows if not isinstance(row.cost, Known))
    at_least = total_of((row.cost for row in rows if isinstance(row.cost, Known)), none_of("jpy"))
    total: Quantity = Unknown((CHANNELS,)) if missing else at_least
    leads = _leads(rows, stage)
    return ChannelCost(
        total=total,
        at_least=at_least,
        missing=missing,
        per_lead=divide(total, leads) if compare(leads, none_of(stage)) else NOT_SAID,
        budget=inputs.number("budget") if inputs.path.asks("budget") else NOT_SAID,
    )
