"""Customer groups whose deals differ in size or win rate, planned side by side."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.planning.chain.ladder import not_below_zero, whole_up
from checklist.planning.inputs import Inputs, Row
from checklist.planning.model import NOT_SAID, Chain
from checklist.planning.shares.leadstage import (
    OPPORTUNITY,
    between,
    brought_beside,
    is_assumed,
    is_no_record,
    lead_row,
    none_of,
    usable_rate,
)
from checklist.planning.shares.sharing import ALL, Shares, add_shares, total_of
from checklist.quantity import Impossible, Quantity, compare, divide, multiply, subtract

SEGMENTS = "segments"
DEAL = "deal"


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment: its part of the goal, and the deals, opportunities and leads it takes, each rounded up.

    `leads` is NOT_SAID where the team tells no stage of leads apart; `provisional` says that a rate used is
    no own record.
    """

    name: str
    share: Quantity
    part: Quantity
    deal: Quantity
    win_rate: Quantity
    own_win_rate: bool
    deals: Quantity
    opportunities: Quantity
    leads: Quantity
    provisional: bool


@dataclass(frozen=True, slots=True)
class SegmentPlan:
    """The segments side by side; `rest` is the part of the goal that no segment carries.

    `average` is what one average deal and win rate would have asked for at `stage` for the same part,
    `difference` what the segments ask for beyond it (below 0: less), `relative` the same over `average`.
    """

    stage: str
    shares: Shares
    rows: tuple[SegmentRow, ...]
    carried: Quantity
    rest: Quantity
    deals: Quantity
    opportunities: Quantity
    leads: Quantity
    brings: Quantity
    average: Quantity
    difference: Quantity
    relative: Quantity


def plan_segments(inputs: Inputs, chain: Chain) -> SegmentPlan | None:
    """Plan each segment with its own deal and win rate; whole deals are rounded up in each.

    None without segments, where the goal is no amount, or where it is covered.
    """
    given = inputs.rows(SEGMENTS)
    if not given or not chain.stages or chain.status == "covered" or chain.unit_value is NOT_SAID:
        return None
    shares = add_shares(SEGMENTS, (row.number("share") for row in given))
    way = _Way.of(inputs, chain)
    refused = shares.total if isinstance(shares.total, Impossible) else None
    needs = [_need(chain, row, refused) for row in given]
    rows = tuple(_row(row, need, way, needs) for row, need in zip(given, needs, strict=True))
    return _add_up(chain, shares, rows, way)


@dataclass(frozen=True, slots=True)
class _Need:
    """What a segment needs at deals (whole) and opportunities (exact)."""

    part: Quantity
    deal: Quantity
    win_rate: Quantity
    own_win_rate: bool
    deals: Quantity
    opportunities: Quantity


@dataclass(frozen=True, slots=True)
class _Way:
    """How leads become opportunities; `beside` is what a second route brings of them, where there is one."""

    stage: str | None
    rate: Quantity
    win_rate: Quantity
    beside: Quantity | None
    assumed: bool
    assumed_win_rate: bool

    @staticmethod
    def of(inputs: Inputs, chain: Chain) -> _Way:
        top, beside = lead_row(inputs, chain), brought_beside(inputs, chain)
        rate = between(chain, top.id, OPPORTUNITY) if top else NOT_SAID
        brought = multiply(beside.count, between(chain, beside.stage, OPPORTUNITY)) if beside else None
        return _Way(
            stage=top.id if top else None,
            rate=rate,
            win_rate=between(chain, OPPORTUNITY, DEAL),
            beside=brought,
            assumed=top is not None and is_assumed(chain, top.id, OPPORTUNITY),
            assumed_win_rate=is_assumed(chain, OPPORTUNITY, DEAL),
        )

    def leads(self, opportunities: Quantity, all_of_them: Quantity) -> Quantity:
        """Return the leads, rounded up, for opportunities that take their part of the second route."""
        if self.stage is None:
            return NOT_SAID
        if self.beside is None or compare(all_of_them, none_of(OPPORTUNITY)) == 0:
            return whole_up(divide(opportunities, self.rate))
        part = divide(multiply(self.beside, opportunities), all_of_them)
        return whole_up(divide(not_below_zero(subtract(opportunities, part)), self.rate))


def _need(chain: Chain, row: Row, refused: Impossible | None) -> _Need:
    part = refused or multiply(chain.goal_part.quantity, row.number("share"))
    deal = row.number("deal")
    own = "win_rate" in row.cells
    rate = usable_rate(row.number("win_rate"), "win_rate") if own else between(chain, OPPORTUNITY, DEAL)
    deals = whole_up(divide(part, deal))
    return _Need(part, deal, rate, own, deals, divide(deals, rate))


def _row(row: Row, need: _Need, way: _Way, needs: list[_Need]) -> SegmentRow:
    together = total_of((each.opportunities for each in needs), none_of(OPPORTUNITY))
    return SegmentRow(
        name=row.text("name"),
        share=row.number("share"),
        part=need.part,
        deal=need.deal,
        win_rate=need.win_rate,
        own_win_rate=need.own_win_rate,
        deals=need.deals,
        opportunities=whole_up(need.opportunities),
        leads=way.leads(need.opportunities, together),
        provisional=way.assumed
        or (is_no_record(row, "win_rate") if need.own_win_rate else way.assumed_win_rate),
    )


def _add_up(chain: Chain, shares: Shares, rows: tuple[SegmentRow, ...], way: _Way) -> SegmentPlan:
    def total(name: str, unit: str) -> Quantity:
        return total_of((getattr(row, name) for row in rows), none_of(unit))

    carried = multiply(chain.goal_part.quantity, shares.total)
    leads = total("leads", way.stage) if way.stage else NOT_SAID
    opportunities = total("opportunities", OPPORTUNITY)
    average = _average(chain, shares, carried, way)
    difference = subtract(leads if way.stage else opportunities, average)
    return SegmentPlan(
        stage=way.stage or OPPORTUNITY,
        shares=shares,
        rows=rows,
        carried=carried,
        rest=multiply(chain.goal_part.quantity, shares.rest),
        deals=total("deals", DEAL),
        opportunities=opportunities,
        leads=leads,
        brings=total_of((multiply(row.deals, row.deal) for row in rows), none_of("jpy")),
        average=average,
        difference=difference,
        relative=divide(difference, average),
    )


def _average(chain: Chain, shares: Shares, carried: Quantity, way: _Way) -> Quantity:
    """Return what the plan's one average deal and win rate ask for, for the same part of the goal."""
    row = chain.stage(way.stage or OPPORTUNITY)
    if row is not None and compare(shares.total, ALL) == 0:
        return row.required.quantity
    deals = whole_up(divide(carried, chain.unit_value))
    opportunities = divide(deals, way.win_rate)
    if way.stage is None:
        return whole_up(opportunities)
    return way.leads(opportunities, opportunities)
