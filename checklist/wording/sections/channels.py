"""The channels in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from checklist.planning.model import NOT_SAID
from checklist.planning.plan import Plan
from checklist.planning.shares.channels import ChannelCost, ChannelPlan, ChannelRow
from checklist.quantity import Known, Quantity, compare, subtract
from checklist.wording.sections.cells import (
    EMPTY,
    YEN,
    brief,
    filled,
    in_yen,
    is_none,
    marked,
    open_points,
    route_name,
)
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words


def channel_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word how the leads are spread over the channels, what that brings and what it costs."""
    channels = plan.channels
    if channels is None:
        return
    names = {"stage": words.title(channels.stage), "bottom": words.title(channels.goal_stage)}
    key = "intro" if isinstance(channels.required, Known) else "intro_open"
    intro = words.phrase(f"channels.{key}", required=words.quantity(channels.required), **names)
    notes = (
        *_assigned(words, channels),
        *_expected(words, channels),
        *_costs(words, channels),
        *open_points(words, channels.rows),
    )
    table = _channel_table(words, plan, channels)
    yield SectionView("channels", words.phrase("channels.title"), (intro,), (table,), notes)


def _channel_table(words: Words, plan: Plan, channels: ChannelPlan) -> TableView:
    below = _stages_below(channels)
    titles = [Column(words.phrase("channels.channel")), Column(words.title(channels.stage), True)]
    if below:
        titles.append(Column(words.phrase("channels.rate"), True))
        expected = {"opportunity": "channels.opportunities"}
        titles += [
            Column(words.phrase(expected.get(stage, "channels.brings"), bottom=words.title(stage)), True)
            for stage in below
        ]
    if channels.cost is not None:
        titles += [Column(words.phrase(f"channels.{name}"), True) for name in ("cost_per_lead", "cost")]
    rows = [_channel(words, channels, row, number) for number, row in enumerate(channels.rows, 1)]
    return TableView(
        words.phrase("channels.caption"),
        tuple(titles),
        tuple(filled(row, len(titles)) for row in (*rows, *_closing_rows(words, plan, channels))),
    )


def _stages_below(channels: ChannelPlan) -> tuple[str, ...]:
    """Return the stages below the leads for which something is expected."""
    if channels.result.opportunities is NOT_SAID:
        return ()
    return tuple(dict.fromkeys(("opportunity", channels.goal_stage)))


def _channel(words: Words, channels: ChannelPlan, row: ChannelRow, number: int) -> tuple[Shown, ...]:
    name = Shown(row.name or words.phrase("channels.unnamed", n=str(number)))
    cells = [name, brief(words, row.leads)]
    below = _stages_below(channels)
    if below:
        cells.append(marked(brief(words, row.rate), row.provisional))
        expected = (row.opportunities, row.brings)[: len(below)]
        cells += [marked(_rounded(words, each), row.provisional) for each in expected]
    if channels.cost is not None:
        cells += [brief(words, in_yen(row.cost_per_lead)), brief(words, row.cost)]
    return tuple(cells)


def _rounded(words: Words, quantity: Quantity) -> Shown:
    """Word what is expected on average, to one decimal."""
    shown = brief(words, quantity)
    return replace(shown, text=words.rounded(quantity)) if isinstance(quantity, Known) else shown


def _closing_rows(words: Words, plan: Plan, channels: ChannelPlan) -> Iterator[tuple[Shown, ...]]:
    """Yield what no channel carries, what a second route brings, and the totals."""
    result, cost, below = channels.result, channels.cost, _stages_below(channels)
    if not is_none(channels.rest):
        yield Shown(words.phrase("channels.rest")), brief(words, channels.rest)
    if not is_none(channels.over) and channels.over is not NOT_SAID:
        over = channels.over
        less = Known(-over.value, over.unit) if isinstance(over, Known) else over
        yield Shown(words.phrase("channels.over")), brief(words, less)
    if below and result.beside is not NOT_SAID:
        name = words.phrase("channels.beside", name=route_name(words, plan))
        cells = (Shown(name), EMPTY, EMPTY, *(EMPTY,) * (len(below) - 1))
        yield (*cells, _rounded(words, result.beside))
    total = [Shown(words.phrase("channels.total")), brief(words, channels.required)]
    if below:
        total += [
            EMPTY,
            *(_rounded(words, each) for each in (result.opportunities, result.brings)[: len(below)]),
        ]
    if cost is not None:
        total += [brief(words, _whole_yen(cost.per_lead)), brief(words, cost.total)]
    yield tuple(total)


def _whole_yen(each: Quantity) -> Quantity:
    return Known(Fraction(round(each.value)), YEN, each.because) if isinstance(each, Known) else each


def _assigned(words: Words, channels: ChannelPlan) -> Iterator[str]:
    stage = words.title(channels.stage)
    if isinstance(channels.over, Known) and channels.over.value:
        yield words.phrase("channels.above_required", stage=stage, over=words.quantity(channels.over))
    elif isinstance(channels.rest, Known) and channels.rest.value:
        yield words.phrase("channels.not_carried", stage=stage, rest=words.quantity(channels.rest))


def _expected(words: Words, channels: ChannelPlan) -> Iterator[str]:
    """Yield whether the expected result is enough, and how many more leads would make it so."""
    result, below = channels.result, _stages_below(channels)
    gap = result.gap
    if below and not all(row.own_rate for row in channels.rows):
        yield words.phrase("channels.whole_rate")
    if not below or not isinstance(gap, Known) or not isinstance(result.brings, Known):
        return
    size = Known(abs(gap.value), gap.unit)
    texts = {"bottom": words.title(channels.goal_stage), "brings": words.rounded(result.brings)}
    texts |= {"needed": words.quantity(result.needed), "gap": words.rounded(size)}
    key = "short" if gap.value > 0 else "surplus" if size.value >= 1 else "reached"
    yield words.phrase(f"channels.{key}", surplus=words.rounded(size), **texts)
    if isinstance(result.more_leads, Known):
        more = words.quantity(result.more_leads)
        yield words.phrase("channels.more", stage=words.title(channels.stage), more=more)
    elif gap.value > 0:
        yield words.phrase("channels.no_more")


def _costs(words: Words, channels: ChannelPlan) -> Iterator[str]:
    cost = channels.cost
    if cost is None:
        return
    if isinstance(cost.total, Known):
        each = words.quantity(_whole_yen(cost.per_lead))
        stage = words.title(channels.stage)
        yield words.phrase("channels.cost_total", cost=words.quantity(cost.total), stage=stage, per_lead=each)
    else:
        yield _at_least(words, cost)
    order = compare(cost.at_least, cost.budget)
    if order == 1:
        over = words.quantity(subtract(cost.at_least, cost.budget))
        yield words.phrase("channels.above_budget", budget=words.quantity(cost.budget), over=over)
    elif order is not None and isinstance(cost.total, Known):
        yield words.phrase("channels.within_budget", budget=words.quantity(cost.budget))


def _at_least(words: Words, cost: ChannelCost) -> str:
    if not all(cost.missing) or is_none(cost.at_least):
        return words.phrase("channels.cost_at_least_all")
    names = words.phrase("document.list_separator").join(cost.missing)
    return words.phrase("channels.cost_at_least", names=names, at_least=words.quantity(cost.at_least))
