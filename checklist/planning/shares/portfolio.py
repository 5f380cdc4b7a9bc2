"""One goal carried by several campaigns: parts, whole units, and contacts that are not counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checklist.planning.chain.goal import MONEY_KINDS, Goal
from checklist.planning.chain.ladder import whole_up
from checklist.planning.inputs import Inputs, Row
from checklist.planning.model import NOT_SAID, Chain
from checklist.planning.shares.allotment import OTHERS
from checklist.planning.shares.leadstage import (
    OPPORTUNITY,
    first_lead_stage,
    in_unit,
    is_no_record,
    lead_row,
    none_of,
    usable_rate,
)
from checklist.planning.shares.sharing import ALL, NOTHING, Shares, total_of
from checklist.quantity import (
    Impossible,
    Quantity,
    Unknown,
    compare,
    divide,
    multiply,
    subtract,
)

CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Carrier:
    """One campaign of the portfolio, from its part of the goal up to the contacts it has to collect.

    `whole` counts the goal's stage; `stage` is what the campaign counts as leads. Of the leads it has to
    `collect`, `overlap` are counted before, and the rest, the `leads` it needs, are new. `provisional` says
    that a rate used is no own record.
    """

    campaign: str | None
    name: str
    share: Quantity
    part: Quantity
    need: Quantity
    whole: Quantity
    opportunities: Quantity
    stage: str | None
    leads: Quantity
    overlap: Quantity
    collect: Quantity
    provisional: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All campaigns that carry the goal, this plan's first; `rest` is the part that none of them carries.

    `whole` is the exact need of all rounded up once; `brings` has to reach `carried`. `contacts` are the
    different people that all campaigns need, `collected` what they collect, with some of them twice.
    """

    goal_stage: str
    shares: Shares
    carriers: tuple[Carrier, ...]
    carried: Quantity
    rest: Quantity
    need: Quantity
    whole: Quantity
    opportunities: Quantity
    brings: Quantity
    reached: bool | None
    contacts: Quantity
    collected: Quantity


def make_portfolio(inputs: Inputs, chain: Chain, goal: Goal) -> Portfolio | None:
    """Put the campaigns that share the goal side by side; None without others, or where it is covered."""
    allotment = goal.allotment
    if allotment is None or chain.status == "covered" or not chain.stages:
        return None
    shares = allotment.shares
    all_of_it = divide(goal.part.quantity, shares.each[0])
    others = zip(inputs.rows(OTHERS), allotment.wholes[1:], strict=True)
    carriers = (
        _main(inputs, chain, goal, shares.each[0]),
        *(_other(inputs, goal, row, all_of_it, whole) for row, whole in others),
    )
    carried = multiply(all_of_it, shares.total)
    brings = multiply(allotment.whole, goal.unit_value) if goal.kind in MONEY_KINDS else allotment.whole
    order = compare(brings, carried)
    return Portfolio(
        goal_stage=goal.stage,
        shares=shares,
        carriers=carriers,
        carried=carried,
        rest=multiply(all_of_it, shares.rest),
        need=allotment.need,
        whole=allotment.whole,
        opportunities=_opportunities_of(carriers),
        brings=brings,
        reached=None if order is None else order >= 0,
        contacts=_people(each.leads for each in carriers),
        collected=_people(each.collect for each in carriers),
    )


def _opportunities_of(carriers: Iterable[Carrier]) -> Quantity:
    counts = [each.opportunities for each in carriers]
    return NOT_SAID if NOT_SAID in counts else total_of(counts, none_of(OPPORTUNITY))


def _people(counts: Iterable[Quantity]) -> Quantity:
    """Add up people that campaigns count in different words."""
    return total_of((in_unit(count, CONTACT) for count in counts), none_of(CONTACT))


def _main(inputs: Inputs, chain: Chain, goal: Goal, share: Quantity) -> Carrier:
    opportunities, leads = chain.stage(OPPORTUNITY), lead_row(inputs, chain)
    funnel = inputs.pack.funnels[inputs.choice("campaign") or ""]
    count = leads.required.quantity if leads else Unknown((funnel.told_apart,))
    return Carrier(
        campaign=funnel.id,
        name="",
        share=share,
        part=goal.part.quantity,
        need=goal.need,
        whole=goal.whole,
        opportunities=opportunities.required.quantity if opportunities else NOT_SAID,
        stage=leads.id if leads else None,
        leads=count,
        overlap=NOTHING,
        collect=count,
        provisional=any(each.rate.provisional for each in chain.stages if each.rate),
    )


def _other(inputs: Inputs, goal: Goal, row: Row, all_of_it: Quantity, whole: Quantity) -> Carrier:
    funnel = inputs.pack.funnels.get(row.choice("campaign") or "")
    stage = first_lead_stage(funnel) if funnel else None
    part = multiply(all_of_it, row.number("share"))
    opportunities = _opportunities(goal, row, whole)
    overlap = row.number("overlap")
    leads = _new_leads(goal, row, whole, opportunities, stage)
    if compare(overlap, ALL) == 0:
        leads = Impossible("all_contacts_shared")
    return Carrier(
        campaign=funnel.id if funnel else None,
        name=row.text("name"),
        share=row.number("share"),
        part=part,
        need=divide(part, goal.unit_value) if goal.kind in MONEY_KINDS else part,
        whole=whole,
        opportunities=whole_up(opportunities),
        stage=stage,
        leads=whole_up(leads),
        overlap=overlap,
        collect=whole_up(divide(leads, subtract(ALL, overlap))),
        provisional=is_no_record(row, "lead_rate") or is_no_record(row, "win_rate"),
    )


def _opportunities(goal: Goal, row: Row, whole: Quantity) -> Quantity:
    """Return the opportunities a campaign needs by its own win rate, unrounded."""
    if goal.stage == "deal":
        return divide(whole, usable_rate(row.number("win_rate"), "win_rate"))
    return whole if goal.stage == OPPORTUNITY else NOT_SAID


def _new_leads(goal: Goal, row: Row, whole: Quantity, opportunities: Quantity, stage: str | None) -> Quantity:
    """Return the new leads a campaign needs by its own rate, unrounded, in its own unit."""
    if stage is None:
        return Unknown((OTHERS,))
    if goal.stage not in ("deal", OPPORTUNITY):
        return in_unit(whole, stage)
    return in_unit(divide(opportunities, usable_rate(row.number("lead_rate"), "lead_rate")), stage)
