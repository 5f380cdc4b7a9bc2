"""Can it be done: what the plan needs against what sales, the booth and the money can take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from checklist.planning.chain.goal import MONEY_KINDS
from checklist.planning.chain.ladder import whole_up
from checklist.planning.feasibility.money import ALLOWED_SHARE, allowed_cost
from checklist.planning.inputs import DAY, DAYS_PER_MONTH, Inputs
from checklist.planning.model import NOT_SAID, Chain, Reckoned, Schedule, Why
from checklist.planning.shares.leadstage import in_unit
from checklist.planning.timing.schedule import TO_DEAL
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown, divide, multiply, subtract

Verdict = Literal["enough", "tight", "short", "unknown"]

NO_TIME = "no_time_to_handle"
TIGHT_ABOVE = Fraction(4, 5)
SHOW_LIMITS = ("show_days", "show_hours", "show_staff", "talks_per_person_hour", "shows_in_period")
_SHOW = Known(Fraction(1), Unit.parse("show"))


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """One limit: what is `needed` of what is `available`, the ratio of the two, and `it_takes` to do it all.

    `it_takes` is the months that sales needs, or the staff that the booth needs; `stage` is what is counted.
    For sales, `needed` and `available` are per month; the need per week stands beside.
    """

    id: Literal["sales", "booth", "budget"]
    stage: str
    needed: Reckoned
    available: Reckoned
    ratio: Quantity
    verdict: Verdict
    it_takes: Reckoned | None = None
    needed_per_week: Quantity = NOT_SAID


def make_capacity(inputs: Inputs, chain: Chain, schedule: Schedule) -> tuple[CapacityRow, ...]:
    """Set each limit that was asked for against what the chain requires; nothing where no chain needs it."""
    if chain.status in ("covered", "none"):
        return ()
    return (*_sales(inputs, chain, schedule), *_booth(inputs, chain), *_budget(inputs, chain))


def _sales(inputs: Inputs, chain: Chain, schedule: Schedule) -> Iterator[CapacityRow]:
    row = chain.stage("opportunity")
    # A better rate is won with the opportunities there are: no more of them have to be handled.
    if row is None or chain.rate_goal is not None or not inputs.path.asks("meeting_capacity"):
        return
    days, capacity, count = handling_days(inputs, schedule), inputs.number("meeting_capacity"), row.required
    months = in_unit(divide(days, Known(DAYS_PER_MONTH)), "month")
    per_month = divide(count.quantity, months)
    it_takes = divide(count.quantity, capacity)
    yield _row(
        "sales",
        row.id,
        Reckoned(
            per_month, Why("needed_per_month", ((row.id, count.quantity), ("months_to_handle", months)))
        ),
        Reckoned(capacity, Why("capacity_answer")),
        Reckoned(
            it_takes, Why("months_at_capacity", ((row.id, count.quantity), ("meeting_capacity", capacity)))
        ),
        divide(count.quantity, in_unit(divide(days, Known(Fraction(7))), "week")),
    )


def handling_days(inputs: Inputs, schedule: Schedule) -> Quantity:
    """Return the days in which opportunities can still be handled and won by the goal's date.

    From the start of the campaign, or today if that is later, less the time from opportunity to deal.
    """
    if schedule.kgi_date is None:
        return Unknown(("kgi_date",))
    start = max(inputs.today, inputs.day("campaign_date") or inputs.today)
    whole = Known(Fraction((schedule.kgi_date - start).days), DAY, ("kgi_date", "campaign_date"))
    left = subtract(whole, inputs.number_when_asked(TO_DEAL, DAY))
    return Impossible(NO_TIME) if isinstance(left, Known) and left.value <= 0 else left


def _booth(inputs: Inputs, chain: Chain) -> Iterator[CapacityRow]:
    row = chain.stage("talk") or chain.stage("card")
    if row is None or not inputs.path.asks(SHOW_LIMITS[0]):
        return
    values = tuple((name, inputs.number(name)) for name in SHOW_LIMITS)
    talks, others = _product(values), _product(values, "show_staff")
    needed = row.required.quantity
    staff = whole_up(in_unit(divide(needed, others), "person"))
    yield _row(
        "booth",
        row.id,
        row.required,
        Reckoned(in_unit(talks, row.id), Why("booth_talks", values)),
        Reckoned(
            staff, Why("staff_needed", ((row.id, needed), *(v for v in values if v[0] != "show_staff")))
        ),
    )


def _product(values: tuple[tuple[str, Quantity], ...], left_out: str = "") -> Quantity:
    total: Quantity = divide(Known(Fraction(1)), _SHOW)
    for name, value in values:
        total = total if name == left_out else multiply(total, value)
    return total


def _budget(inputs: Inputs, chain: Chain) -> Iterator[CapacityRow]:
    """Yield the budget against the allowed cost, for a goal in money whose allowed share is asked for."""
    asked = inputs.path.asks("budget") and inputs.path.asks(ALLOWED_SHARE)
    if not asked or inputs.choice("kgi_kind") not in MONEY_KINDS:
        return
    allowed = allowed_cost(inputs, chain)
    if allowed.quantity is not NOT_SAID:
        yield _row("budget", "", Reckoned(inputs.number("budget"), Why("budget")), allowed)


def _row(
    name: Literal["sales", "booth", "budget"],
    stage: str,
    needed: Reckoned,
    available: Reckoned,
    it_takes: Reckoned | None = None,
    per_week: Quantity = NOT_SAID,
) -> CapacityRow:
    ratio = divide(needed.quantity, available.quantity)
    verdict = _verdict(needed.quantity, available.quantity, ratio)
    return CapacityRow(name, stage, needed, available, ratio, verdict, it_takes, per_week)


def _verdict(needed: Quantity, available: Quantity, ratio: Quantity) -> Verdict:
    """Judge a limit: where nothing is available or no day is left, anything needed is too much."""
    if isinstance(needed, Known) and isinstance(available, Known) and available.value == 0:
        return "short" if needed.value > 0 else "enough"
    if isinstance(needed, Impossible) and needed.reason == NO_TIME:
        return "short"
    if not isinstance(ratio, Known):
        return "unknown"
    if ratio.value > 1:
        return "short"
    return "tight" if ratio.value > TIGHT_ABOVE else "enough"
