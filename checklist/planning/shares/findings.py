"""Findings on channels, segments and other campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from checklist.checks.findings import FactValue, Finding
from checklist.planning.shares.allotment import OTHERS
from checklist.planning.shares.channels import CHANNELS, ChannelPlan
from checklist.planning.shares.portfolio import Carrier, Portfolio
from checklist.planning.shares.segments import SEGMENTS, SegmentPlan
from checklist.planning.shares.sharing import Shares
from checklist.quantity import Impossible, Known, Quantity, compare, decimal_text, round_half_up

DIFFERS = Fraction(1, 5)
Severity = Literal["critical", "warning", "info"]


def spread_findings(
    channels: ChannelPlan | None, segments: SegmentPlan | None, portfolio: Portfolio | None
) -> Iterator[Finding]:
    """Yield what does not add up between the parts and the whole."""
    if portfolio is not None:
        yield from _about_shares(OTHERS, portfolio.shares, portfolio.rest)
        yield from _about_carriers(portfolio)
    if segments is not None:
        yield from _about_shares(SEGMENTS, segments.shares, segments.rest)
        yield from _about_average(segments)
    if channels is not None:
        yield from _about_shares(CHANNELS, channels.shares, channels.rest)
        yield from _about_channels(channels)


def _about_shares(question_id: str, shares: Shares, rest: Quantity) -> Iterator[Finding]:
    """Yield shares above 100 %; of other campaigns they put the goal itself in doubt."""
    facts: dict[str, FactValue] = {"list": question_id, "rest": rest}
    if isinstance(shares.total, Impossible):
        severity: Severity = "critical" if question_id == OTHERS else "warning"
        yield Finding("shares_above_100", "engine", severity, (question_id,), dict(shares.total.params))
    elif isinstance(rest, Known) and rest.value > 0:
        yield Finding("share_not_carried", "engine", "info", (question_id,), facts)


def _about_carriers(portfolio: Portfolio) -> Iterator[Finding]:
    for number, carrier in enumerate(portfolio.carriers):
        if isinstance(carrier.leads, Impossible) and carrier.leads.reason == "all_contacts_shared":
            row = {"row": str(number)}
            yield Finding("all_contacts_shared", "engine", "critical", (OTHERS,), row)
    empty = [carrier for carrier in portfolio.carriers if _has_none(carrier)]
    if empty:
        count = Known(Fraction(len(empty)))
        facts: dict[str, FactValue] = {"whole": portfolio.whole, "campaigns": count}
        yield Finding("nothing_allotted", "engine", "warning", (OTHERS, "share"), facts)


def _has_none(carrier: Carrier) -> bool:
    return isinstance(carrier.whole, Known) and not carrier.whole.value


def _about_average(plan: SegmentPlan) -> Iterator[Finding]:
    relative = plan.relative
    if not isinstance(relative, Known) or abs(relative.value) <= DIFFERS:
        return
    leads = plan.leads if plan.stage != "opportunity" else plan.opportunities
    facts: dict[str, FactValue] = {"stage": plan.stage, "leads": leads, "average": plan.average}
    facts["percent"] = f"{decimal_text(abs(relative.value) * 100, 0)}%"
    if relative.value > 0:
        yield Finding("segments_hide", "engine", "warning", (SEGMENTS, "average_deal"), facts)
    else:
        yield Finding("segments_need_less", "engine", "info", (SEGMENTS, "average_deal"), facts)


def _about_channels(plan: ChannelPlan) -> Iterator[Finding]:
    result, cost = plan.result, plan.cost
    if isinstance(result.gap, Known) and result.gap.value > 0 and isinstance(result.brings, Known):
        brings = decimal_text(round_half_up(result.brings.value, 1))
        facts: dict[str, FactValue] = {"stage": plan.goal_stage, "brings": brings}
        facts |= {"needed": result.needed, "more": result.more_leads}
        if isinstance(result.more_leads, Known):
            yield Finding("channel_gap", "engine", "warning", (CHANNELS,), facts)
        else:
            yield Finding("channels_bring_none", "engine", "warning", (CHANNELS,), facts)
    if cost is not None and compare(cost.at_least, cost.budget) == 1:
        money = {"cost": cost.at_least, "budget": cost.budget}
        yield Finding("channels_above_budget", "engine", "warning", (CHANNELS, "budget"), money)
