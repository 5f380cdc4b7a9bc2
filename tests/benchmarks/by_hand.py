"""The site renewal example worked out by hand: plain Python over Fraction, no pack, units or reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from checklist.planning.chances.chance import chance_of_at_least, rate_for_chance, trials_for_chance
from checklist.questionnaire.values import Answers, Estimate

STAGES = ("visit", "lead", "valid_lead", "opportunity", "deal")
NUMBERS = ("kgi_amount", "existing_revenue", "orders_booked", "pipeline_expected", "share", "average_deal")
TYPED = ("key_page_reach", "form_reach", "form_completion", "inquiries")
MONTH = Fraction(365, 12)


@dataclass
class ByHand:
    """The numbers that the plan of the example has too, under the same names."""

    goal_part: Fraction
    exact: list[Fraction]
    required: list[int]
    required_80: list[int]
    required_90: list[int]
    uplift: dict[str, Fraction]
    lead_deadline: date
    brings: Fraction
    percent: int
    rate_targets: list[Fraction]
    ratios: list[Fraction]
    levers: dict[str, int]
    money: list[Fraction]
    months: list[list[int]]
    rules: list[str]


def known_numbers(answers: Answers) -> dict[str, Any]:
    """Take the values out of the answers, so that reading what was typed is in neither time."""
    given = answers.given
    values: dict[str, Any] = {
        name: answer.likely for name, answer in given.items() if isinstance(answer, Estimate)
    }
    values |= {
        name: given[name].volume.per_month() for name in ("visit_volume", "lead_volume", "meeting_capacity")
    }
    values |= {name: given[name].day for name in ("kgi_date", "campaign_date", "review_date")}
    values |= {name: given[name].option for name in ("kgi_kind", "campaign", "purpose", "first_response")}
    return values


def work_out(v: dict[str, Any], today: date) -> ByHand:
    """Work the goal back to visits, forward again, and out to targets and rules."""
    part = (v["kgi_amount"] - v["existing_revenue"] - v["orders_booked"] - v["pipeline_expected"]) * v[
        "share"
    ]
    need = part / v["average_deal"]
    whole = ceil(need)
    rates = [v[f"{above}_to_{below}"] for above, below in zip(STAGES, STAGES[1:], strict=False)]
    to_bottom = [Fraction(1)]
    for rate in reversed(rates):
        to_bottom.insert(0, rate * to_bottom[0])
    required = [ceil(whole / rate) for rate in to_bottom]
    opportunity_deadline = months_before(v["kgi_date"], 4)
    lead_deadline = months_before(opportunity_deadline, 1)
    months = Fraction((lead_deadline - today).days) / MONTH
    return ByHand(
        goal_part=part,
        exact=[need / rate for rate in to_bottom],
        required=required,
        required_80=[trials_for_chance(whole, rate, 0.8) for rate in to_bottom],
        required_90=[trials_for_chance(whole, rate, 0.9) for rate in to_bottom],
        uplift={
            stage: max(Fraction(0), required[index] - v[f"{stage}_volume"] * months)
            for index, stage in enumerate(STAGES[:2])
        },
        lead_deadline=lead_deadline,
        brings=floor(required[0] * to_bottom[0]) * v["average_deal"],
        percent=round(chance_of_at_least(whole, required[0], float(to_bottom[0])) * 100),
        rate_targets=_rate_targets(whole, required, to_bottom),
        ratios=[v[f"{name}_target"] / v[f"{name}_baseline"] for name in TYPED],
        levers=_levers(v, part, rates, to_bottom[0]),
        money=_money(v, part, required[1], to_bottom[1]),
        months=_months(v, required, lead_deadline),
        rules=[name for name, holds in RULES.items() if holds(v, part, required[3], lead_deadline)],
    )


def _levers(v: dict[str, Any], part: Fraction, rates: list[Fraction], through: Fraction) -> dict[str, int]:
    """Return what the top stage needs when one rate, or the deal, alone is a fifth higher."""
    names = [f"{above}_to_{below}" for above, below in zip(STAGES, STAGES[1:], strict=False)]
    whole, top = ceil(part / v["average_deal"]), {}
    for name, rate in zip(names, rates, strict=True):
        top[name] = ceil(whole / (through * min(Fraction(1), rate * Fraction(6, 5)) / rate))
    top["average_deal"] = ceil(ceil(part / (v["average_deal"] * Fraction(6, 5))) / through)
    return top


def _money(v: dict[str, Any], part: Fraction, leads: int, to_deal: Fraction) -> list[Fraction]:
    """Return gross profit, break-even deals, return on the cost, cost per lead and its ceiling."""
    profit, per_deal = part * v["gross_margin"], v["average_deal"] * v["gross_margin"]
    return [
        profit,
        Fraction(ceil(v["budget"] / per_deal)),
        (profit - v["budget"]) / v["budget"],
        v["budget"] / leads,
        per_deal * to_deal,
    ]


def _months(v: dict[str, Any], required: list[int], deadline: date) -> list[list[int]]:
    """Spread what the stages down to valid leads require over the days of each month until the deadline."""
    first, days = v["campaign_date"], []
    while first <= deadline:
        following = months_before(first.replace(day=1), -1)
        days.append((min(following - timedelta(days=1), deadline) - first).days + 1)
        first = following
    return [_in_steps(total, days) for total in required[:3]]


def _in_steps(total: int, days: list[int]) -> list[int]:
    reached = [
        floor(Fraction(total * sum(days[: at + 1]), sum(days)) + Fraction(1, 2)) for at in range(len(days))
    ]
    return [after - before for before, after in zip([0, *reached], reached, strict=False)]


def _rate_targets(whole: int, required: list[int], to_bottom: list[Fraction]) -> list[Fraction]:
    """Return the rates from lead to opportunity that reach the goal in 80 % and 90 % of cases."""
    targets = []
    for chance in (0.8, 0.9):
        rate = rate_for_chance(whole, required[1], chance, to_bottom[3])
        assert rate is not None
        targets.append(rate)
    return targets


def months_before(day: date, months: int) -> date:
    """Go back calendar months, to the month's last day where it is shorter."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _capacity_short(v: dict[str, Any], part: Fraction, opportunities: int, deadline: date) -> bool:
    window = (v["kgi_date"] - v["campaign_date"]).days - 4 * MONTH
    return window > 0 and window * v["meeting_capacity"] / opportunities < MONTH


RULES: dict[str, Callable[[dict[str, Any], Fraction, int, date], bool]] = {
    "sales_capacity_short": _capacity_short,
    "campaign_after_kgi_date": lambda v, part, n, deadline: v["campaign_date"] > v["kgi_date"],
    "review_after_goal": lambda v, part, n, deadline: v["review_date"] > v["kgi_date"],
    "budget_above_gross_profit": lambda v, part, n, deadline: v["budget"] > part * v["gross_margin"],
    "campaign_carries_everything": lambda v, part, n, deadline: v["share"] == 1,
    "awareness_with_amount": lambda v, part, n, deadline: (
        v["purpose"] == "awareness" and v["kgi_kind"] == "amount"
    ),
    "slow_first_response": lambda v, part, n, deadline: v["first_response"] not in ("same_day", "next_day"),
}
