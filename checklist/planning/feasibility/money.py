"""Money for the boss: what the campaign costs, what it should bring, and what a lead may cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checklist.planning.chain.goal import MONEY_KINDS
from checklist.planning.chain.ladder import whole_up
from checklist.planning.inputs import Inputs
from checklist.planning.model import NOT_SAID, Chain, Reckoned, StageRow, Why
from checklist.planning.shares.leadstage import OPPORTUNITY, between, brought_beside, in_unit, lead_row
from checklist.quantity import Impossible, Known, Quantity, add, divide, multiply, subtract

DEAL = "deal"
ALLOWED_SHARE = "allowed_cost_share"
_ONE = Known(Fraction(1))


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One figure with how it comes about; its id is that of its formula, without the stage."""

    id: str
    value: Reckoned


@dataclass(frozen=True, slots=True)
class Money:
    """The figures that can be said of this goal; `lead_stage` is what counts as a lead in this campaign."""

    lead_stage: str | None
    rows: tuple[MoneyRow, ...]

    def quantity(self, row_id: str) -> Quantity:
        """Return a figure, or NOT_SAID where this goal has none."""
        return next((row.value.quantity for row in self.rows if row.id == row_id), NOT_SAID)


def make_money(inputs: Inputs, chain: Chain) -> Money | None:
    """Return what the campaign costs against what it should bring; None while no cost is asked for.

    Gross profit is known for a goal in money alone; a count or a rate gets what each result costs.
    """
    if chain.status == "none" or not inputs.path.asks("budget"):
        return None
    lead = priced_row(inputs, chain)
    rows = tuple(MoneyRow(value.why.formula, value) for value in _figures(inputs, chain, lead))
    return Money(lead.id if lead else None, rows)


def _figures(inputs: Inputs, chain: Chain, lead: StageRow | None) -> Iterator[Reckoned]:
    budget = inputs.number("budget")
    yield Reckoned(budget, Why("budget", ()))
    if inputs.choice("kgi_kind") in MONEY_KINDS:
        yield from _returns(inputs, chain, budget)
    if chain.rate_goal is not None:
        extra = chain.rate_goal.extra
        yield Reckoned(
            divide(budget, extra), Why("cost_per_extra", (("budget", budget), ("rate_goal", extra)))
        )
    elif chain.status != "covered":
        yield from _costs(inputs, chain, lead, budget)
        yield from _pipeline(chain)


def _returns(inputs: Inputs, chain: Chain, budget: Quantity) -> Iterator[Reckoned]:
    """Yield the gross profit, the deals that pay for the campaign, and the return on it."""
    margin, deal = inputs.number("gross_margin"), inputs.number("average_deal")
    part = chain.goal_part.quantity
    profit = multiply(part, margin)
    yield Reckoned(profit, Why("gross_profit", (("goal_part", part), ("gross_margin", margin))))
    deals = whole_up(divide(budget, multiply(deal, margin)))
    each = (("average_deal", deal), ("gross_margin", margin))
    yield Reckoned(deals, Why("break_even", (("budget", budget), *each)))
    if chain.status != "covered":
        values = (("budget", budget), ("expected_gross_profit", profit))
        yield Reckoned(_return_on(budget, profit), Why("roi", values))


def _return_on(budget: Quantity, profit: Quantity) -> Quantity:
    """Return (gross profit - cost) / cost; what costs nothing has no return on its cost."""
    if isinstance(budget, Known) and budget.value == 0:
        return Impossible("no_cost")
    return divide(subtract(profit, budget), budget)


def _costs(inputs: Inputs, chain: Chain, lead: StageRow | None, budget: Quantity) -> Iterator[Reckoned]:
    """Yield what a lead costs and may cost, and what an opportunity and a deal cost."""
    if lead is not None:
        yield _cost_of(lead, budget, "cost_per_lead")
        if inputs.choice("kgi_kind") in MONEY_KINDS:
            yield _worth(inputs, chain, lead)
            if inputs.path.asks(ALLOWED_SHARE):
                yield allowed_per_lead(inputs, chain, lead)
    for name in (OPPORTUNITY, DEAL):
        row = chain.stage(name)
        if row is not None and row is not lead:
            yield _cost_of(row, budget, f"cost_per_{name}")


def _cost_of(row: StageRow, budget: Quantity, formula: str) -> Reckoned:
    count = row.required.quantity
    cost = NOT_SAID if isinstance(count, Known) and not count.value else divide(budget, count)
    return Reckoned(cost, Why(formula, (("budget", budget), (row.id, count))))


def _worth(inputs: Inputs, chain: Chain, row: StageRow) -> Reckoned:
    """Return the gross profit that one of a stage stands for: the ceiling of what it may cost."""
    deal, margin = inputs.number("average_deal"), inputs.number("gross_margin")
    rate = between(chain, row.id, DEAL) if chain.stage(DEAL) else NOT_SAID
    values = (("average_deal", deal), ("gross_margin", margin), ("to_deal_rate", rate))
    worth = in_unit(multiply(multiply(deal, margin), rate), f"jpy/{row.id}")
    return Reckoned(worth, Why("ceiling_per_lead", values))


def allowed_per_lead(inputs: Inputs, chain: Chain, row: StageRow) -> Reckoned:
    """Return what one of a stage may cost: its gross profit x the share that may be spent on winning it."""
    ceiling, share = _worth(inputs, chain, row).quantity, inputs.number(ALLOWED_SHARE)
    values = (("ceiling_per_lead", ceiling), (ALLOWED_SHARE, share))
    return Reckoned(multiply(ceiling, share), Why("allowed_per_lead", values))


def allowed_cost(inputs: Inputs, chain: Chain) -> Reckoned:
    """Return what the campaign may cost: what is required, and what comes beside it, at the allowed cost."""
    row = priced_row(inputs, chain)
    if row is None:
        return Reckoned(NOT_SAID, Why("allowed_cost"))
    each, count = allowed_per_lead(inputs, chain, row).quantity, row.required.quantity
    total = multiply(count, each)
    values: tuple[tuple[str, Quantity], ...] = ((row.id, count), ("allowed_per_lead", each))
    beside = brought_beside(inputs, chain)
    joins = chain.stage(beside.stage) if beside else None
    if beside is None or joins is None:
        return Reckoned(total, Why("allowed_cost", values))
    extra = multiply(beside.count, allowed_per_lead(inputs, chain, joins).quantity)
    values = (*values, (chain.routes[0].id, chain.routes[0].required.quantity))
    return Reckoned(add(total, extra), Why("allowed_cost_beside", values))


def priced_row(inputs: Inputs, chain: Chain) -> StageRow | None:
    """Return the stage that a cost per lead is said of: opportunities where no leads are told apart."""
    return lead_row(inputs, chain) or chain.stage(OPPORTUNITY)


def _pipeline(chain: Chain) -> Iterator[Reckoned]:
    """Yield how many times the goal must lie in opportunities, and what that is in money."""
    row = chain.stage(OPPORTUNITY)
    if row is None or row.rate is None:
        return
    rate, count = row.rate.quantity, row.required.quantity
    times = in_unit(divide(_ONE, rate), "times")
    yield Reckoned(times, Why("coverage", ((row.rate.id, rate),)))
    if chain.unit_value is not NOT_SAID:
        worth = multiply(_deals_of(count), chain.unit_value)
        yield Reckoned(worth, Why("pipeline", ((row.id, count), ("average_deal", chain.unit_value))))


def _deals_of(count: Quantity) -> Quantity:
    """Return opportunities as the deals that they may become, so that a deal's size can be laid on them."""
    return in_unit(count, DEAL)
