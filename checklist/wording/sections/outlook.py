"""How likely the goal is, which number helps most, and how sure the rates are, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil

from checklist.planning.chain.rates import FEW_CASES, FEW_SUCCESSES
from checklist.planning.chain.steps import rests_on_provisional
from checklist.planning.chances.leverage import DEAL, Lever
from checklist.planning.chances.simulation import LUCK, Outlook
from checklist.planning.model import Chain, RateRow
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording.chain import beside_text, counts_text
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words


def outlook_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the chance with its range, the levers, and the rates with their intervals."""
    outlook = plan.outlook
    if outlook is not None and outlook.chance_percent is not None:
        yield _chance_section(words, plan.chain, outlook, plan.rescue is not None)
    if plan.levers:
        yield _lever_section(words, plan)
    rates = tuple(row.rate for row in (*plan.chain.stages, *plan.chain.routes) if row.rate is not None)
    if rates and plan.chain.rate_goal is None and any(isinstance(rate.quantity, Known) for rate in rates):
        yield _rate_section(words, rates)


def _chance_section(words: Words, chain: Chain, outlook: Outlook, too_late: bool) -> SectionView:
    simulated = outlook.method == "simulated"
    samples = words.number(Fraction(outlook.samples))
    how = words.phrase("outlook.simulated", samples=samples) if simulated else words.phrase("outlook.exact")
    late = (words.phrase("outlook.too_late"),) if too_late else ()
    intro = (*late, _chance_sentence(words, chain, outlook), how, *_what_decides(words, chain, outlook))
    tables = (_results(words, chain, outlook), *(_for_certainty(words, chain, outlook) if simulated else ()))
    spread = (_spread(words, outlook),) if outlook.spread else ()
    notes = tuple(_assumptions(words, chain, outlook)) if simulated else ()
    return SectionView("outlook", words.phrase("outlook.title"), intro, (*tables, *spread), notes)


def _chance_sentence(words: Words, chain: Chain, outlook: Outlook) -> str:
    """Say how likely the whole units are or, where the deal was drawn too, the amount."""
    return words.phrase(
        "outlook.chance_amount" if _deal_was_drawn(outlook) else "outlook.chance_count",
        top=words.title(outlook.stage),
        count=words.quantity(outlook.required),
        beside=beside_text(words, chain),
        bottom=words.title(chain.goal_stage),
        need=words.quantity(chain.stages[-1].required.quantity),
        goal=words.quantity(chain.goal_part.quantity),
        percent=str(outlook.chance_percent),
    )


def _deal_was_drawn(outlook: Outlook) -> bool:
    return any(name == DEAL for name, _ in outlook.spread)


def _what_decides(words: Words, chain: Chain, outlook: Outlook) -> Iterator[str]:
    """Say which assumption decides most, and what would narrow it; luck only where it decides more."""
    assumed = [(name, percent) for name, percent in outlook.spread if name != LUCK]
    if not assumed:
        return
    if outlook.spread[0][0] == LUCK:
        yield words.phrase("outlook.luck", percent=str(outlook.spread[0][1]))
    name, percent = assumed[0]
    counted = {row.rate.id for row in (*chain.stages, *chain.routes) if row.rate and row.rate.counts}
    kind = "deal" if name == DEAL else "counts" if name in counted else "range"
    yield words.phrase(
        "outlook.decides",
        name=words.quoted(name),
        percent=str(percent),
        advice=words.phrase(f"outlook.advice.{kind}"),
    )


def _results(words: Words, chain: Chain, outlook: Outlook) -> TableView:
    money = isinstance(outlook.amounts.p50, Known)
    heads = [Column(words.phrase("outlook.case")), Column(words.title(chain.goal_stage), numeric=True)]
    if money:
        heads.append(Column(words.phrase("outlook.amount"), numeric=True))
    bottom, part = chain.stages[-1].required.quantity, chain.goal_part.quantity
    rows = [(words.phrase("outlook.goal"), bottom, part)]
    for name in ("p10", "p50", "p90"):
        counts, amounts = getattr(outlook.counts, name), getattr(outlook.amounts, name)
        rows.append((words.phrase(f"outlook.{name}"), counts, amounts))
    cells = ((Shown(name), *(words.shown(one) for one in values[: len(heads) - 1])) for name, *values in rows)
    texts = {"top": words.title(outlook.stage), "count": words.quantity(outlook.required)}
    return TableView(words.phrase("outlook.caption_results", **texts), tuple(heads), tuple(cells))


def _for_certainty(words: Words, chain: Chain, outlook: Outlook) -> Iterator[TableView]:
    """Yield the counts at the top for 80 % and 90 %, beside those with the rates taken as given."""
    top = chain.stages[0]
    provisional = rests_on_provisional(chain, top)
    rows = (
        (80, outlook.required_80, top.required_80.quantity),
        (90, outlook.required_90, top.required_90.quantity),
    )
    heads = ("certainty", "with_ranges", "as_given")
    yield TableView(
        words.phrase("outlook.caption_counts", top=words.title(top.id)),
        tuple(Column(words.phrase(f"outlook.{name}"), numeric=name != "certainty") for name in heads),
        tuple(
            (
                Shown(words.phrase("outlook.percent", percent=str(percent))),
                *(_marked(words.shown(count), provisional) for count in counts),
            )
            for percent, *counts in rows
        ),
    )


def _marked(shown: Shown, provisional: bool) -> Shown:
    return replace(shown, provisional=provisional and shown.state == "known")


def _spread(words: Words, outlook: Outlook) -> TableView:
    heads = (Column(words.phrase("outlook.assumption")), Column(words.phrase("outlook.share"), numeric=True))
    rows = tuple((Shown(words.title(name)), Shown(_share(words, part))) for name, part in outlook.spread)
    return TableView(words.phrase("outlook.caption_spread"), heads, rows)


def _share(words: Words, percent: int) -> str:
    key = "outlook.percent" if percent else "outlook.below_one"
    return words.phrase(key, **({"percent": str(percent)} if percent else {}))


def _assumptions(words: Words, chain: Chain, outlook: Outlook) -> Iterator[str]:
    yield words.phrase("outlook.not_the_range")
    yield words.phrase("outlook.reading")
    yield words.phrase("outlook.independent")
    if isinstance(chain.unit_value, Known):
        yield words.phrase("outlook.one_deal" if _deal_was_drawn(outlook) else "outlook.same_deal")
    if outlook.fixed:
        yield words.phrase("outlook.fixed", names=words.names(outlook.fixed))


def _lever_section(words: Words, plan: Plan) -> SectionView:
    top = words.title(plan.levers[0].stage)
    reckoned = any(not isinstance(lever.needed, Unknown) for lever in plan.levers)
    names = ("name", "now", *(("needed",) if reckoned else ()), "realistic", "then", "saved")
    heads = tuple(
        Column(words.phrase(f"levers.{name}", **({"top": top} if name == "then" else {})), name != "name")
        for name in names
    )
    helpful = [lever for lever in plan.levers if not isinstance(lever.saved, Known) or lever.saved.value]
    rows = tuple(tuple(_lever_cell(words, lever, name) for name in names) for lever in helpful or plan.levers)
    table = TableView(words.phrase("levers.caption"), heads, rows)
    intro = (*_best_lever(words, plan.levers[0], top), words.phrase("levers.order", top=top))
    notes = tuple(_lever_notes(words, plan, top, reckoned))
    return SectionView("levers", words.phrase("levers.title"), intro, (table,), notes)


def _best_lever(words: Words, lever: Lever, top: str) -> Iterator[str]:
    if isinstance(lever.saved, Known) and lever.saved.value:
        yield words.phrase(
            "levers.first",
            name=words.quoted(lever.id),
            now=_value(words, lever.now),
            realistic=_value(words, lever.realistic),
            top=top,
            required=words.quantity(lever.required),
            then=words.quantity(lever.then),
        )


def _lever_cell(words: Words, lever: Lever, name: str) -> Shown:
    if name == "name":
        return Shown(words.title(lever.id))
    if name == "now":
        return Shown(_value(words, lever.now))
    if name == "realistic":
        return Shown(_value(words, lever.realistic), note=words.phrase(f"levers.reasons.{lever.reason}"))
    if name == "needed":
        return _needed(words, lever)
    return words.shown(lever.then if name == "then" else lever.saved)


def _needed(words: Words, lever: Lever) -> Shown:
    """Word the value it would have to become, rounded up so that it is enough as printed."""
    needed, now = lever.needed, lever.now
    if isinstance(needed, Impossible) and needed.reason == "above_100":
        return Shown(words.phrase("levers.above_100"), "impossible")
    if not isinstance(needed, Known) or not isinstance(now, Known):
        return words.shown(needed)
    if needed.value <= now.value:
        return Shown(words.phrase("levers.enough"))
    scale = Fraction(1) if needed.value >= 1 else Fraction(1000 if needed.value * 200 > 1 else 100_000)
    return Shown(_value(words, replace(needed, value=ceil(needed.value * scale) / scale)))


def _value(words: Words, quantity: Quantity) -> str:
    """Word a rate or a deal size; the rate of a stock is per month."""
    text = words.quantity(quantity)
    if isinstance(quantity, Known) and ("month", -1) in quantity.unit.powers:
        return words.phrase("document.per", counted=text, per=words.phrase("per.month"))
    return text


def _lever_notes(words: Words, plan: Plan, top: str, reckoned: bool) -> Iterator[str]:
    if reckoned:
        yield words.phrase("levers.needed_note", top=top)
    pace = plan.chain.stages[0].run_rate.quantity
    if not reckoned and isinstance(pace, Unknown) and pace.missing:
        yield words.phrase("levers.no_pace", names=words.names(pace.missing))


def _rate_section(words: Words, rates: tuple[RateRow, ...]) -> SectionView:
    names = ("rate", "value", "range", "source", "cases")
    heads = tuple(
        Column(words.phrase(f"rate_certainty.{name}"), name in ("value", "range")) for name in names
    )
    table = TableView(
        words.phrase("rate_certainty.caption"), heads, tuple(_rate_cells(words, rate) for rate in rates)
    )
    notes = tuple(_rate_notes(words, rates))
    return SectionView("rate_certainty", words.phrase("rate_certainty.title"), (), (table,), notes)


def _rate_cells(words: Words, rate: RateRow) -> tuple[Shown, ...]:
    value = words.shown(rate.quantity)
    small = words.phrase("rate_certainty.small") if rate.small else ""
    return (
        Shown(words.title(rate.id)),
        replace(value, text=_value(words, rate.quantity), provisional=rate.provisional),
        _bounds(words, rate),
        Shown(words.phrase(f"sources.{rate.source}") if rate.source else words.phrase("document.not_said")),
        Shown(counts_text(words, rate) or words.phrase("document.not_said"), note=small),
    )


def _bounds(words: Words, rate: RateRow) -> Shown:
    ends, kind = (rate.low, rate.high), "as_typed"
    if not isinstance(rate.low, Known):
        ends, kind = (rate.interval_low, rate.interval_high), "interval"
    low, high = ends
    if not isinstance(low, Known) or not isinstance(high, Known):
        return Shown(words.phrase("document.not_said"))
    text = words.phrase("rate_certainty.bounds", low=words.quantity(low), high=words.quantity(high))
    return Shown(text, note=words.phrase(f"rate_certainty.{kind}"))


def _rate_notes(words: Words, rates: tuple[RateRow, ...]) -> Iterator[str]:
    if any(isinstance(rate.interval_low, Known) for rate in rates):
        yield words.phrase("rate_certainty.interval_note")
    if any(rate.small for rate in rates):
        numbers = {"cases": str(FEW_CASES), "successes": str(FEW_SUCCESSES)}
        yield words.phrase("rate_certainty.small_note", **numbers)
