"""The campaigns that carry one goal, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from checklist.planning.plan import Plan
from checklist.planning.shares.portfolio import Carrier, Portfolio
from checklist.quantity import Known, Quantity, compare
from checklist.wording.answers import option_title
from checklist.wording.sections.cells import EMPTY, bare, brief, filled, in_yen, is_money, marked, open_points
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words


def portfolio_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the campaigns that carry one goal, with nobody counted twice."""
    portfolio = plan.portfolio
    if portfolio is None:
        return
    bottom = portfolio.goal_stage
    middle = ["opportunities"] if bottom == "deal" else []
    titles = [Column(words.phrase("portfolio.campaign")), Column(words.phrase("portfolio.part"), True)]
    titles += [Column(words.title(bottom), True)]
    titles += [
        Column(words.phrase(f"portfolio.{name}"), True) for name in (*middle, "leads", "overlap", "collect")
    ]
    table = TableView(
        words.phrase("portfolio.caption"),
        tuple(titles),
        (
            *(
                _carrier(words, portfolio, each, first=not index)
                for index, each in enumerate(portfolio.carriers)
            ),
            *(filled(row, len(titles)) for row in _portfolio_totals(words, portfolio)),
        ),
    )
    count = words.number(Fraction(len(portfolio.carriers)))
    intro = words.phrase("portfolio.intro", count=count, bottom=words.title(bottom))
    notes = tuple(_portfolio_notes(words, plan, portfolio))
    yield SectionView("portfolio", words.phrase("portfolio.title"), (intro,), (table,), notes)


def _carrier(words: Words, portfolio: Portfolio, each: Carrier, first: bool) -> tuple[Shown, ...]:
    middle = [bare(words, each.opportunities)] if portfolio.goal_stage == "deal" else []
    middle = [marked(shown, each.provisional) for shown in middle]
    return (
        Shown(_carrier_name(words, each, first)),
        brief(words, each.part, 0 if is_money(each.part) else None),
        bare(words, each.whole),
        *middle,
        _contacts(words, each, each.leads),
        Shown(words.phrase("document.not_said")) if first else _percent(words, each.overlap),
        _contacts(words, each, each.collect),
    )


def _carrier_name(words: Words, each: Carrier, first: bool) -> str:
    name = words.phrase("portfolio.no_campaign")
    if each.campaign is not None:
        name = option_title(words, words.pack.questions["campaign"], each.campaign)
    if first:
        name = words.phrase("portfolio.main", campaign=name)
    elif each.name:
        name = words.phrase("portfolio.named", campaign=name, name=each.name)
    if isinstance(each.share, Known):
        return words.phrase("portfolio.with_share", campaign=name, share=words.percent(each.share.value))
    return name


def _contacts(words: Words, each: Carrier, count: Quantity) -> Shown:
    """Word a campaign's contacts by what it calls them, as the table mixes campaigns."""
    shown = brief(words, count)
    if not isinstance(count, Known) or each.stage is None:
        return shown
    stage = words.title(each.stage)
    text = words.phrase("portfolio.stage_count", stage=stage, count=shown.text)
    return marked(replace(shown, text=text), each.provisional)


def _percent(words: Words, share: Quantity) -> Shown:
    return Shown(words.percent(share.value)) if isinstance(share, Known) else brief(words, share)


def _portfolio_totals(words: Words, portfolio: Portfolio) -> Iterator[tuple[Shown, ...]]:
    if isinstance(portfolio.rest, Known) and portfolio.rest.value:
        places = 0 if is_money(portfolio.rest) else None
        yield Shown(words.phrase("portfolio.rest")), brief(words, portfolio.rest, places)
    places = 0 if is_money(portfolio.carried) else None
    carried, whole = brief(words, portfolio.carried, places), bare(words, portfolio.whole)
    middle = [bare(words, portfolio.opportunities)] if portfolio.goal_stage == "deal" else []
    contacts, collected = brief(words, portfolio.contacts), brief(words, portfolio.collected)
    total = Shown(words.phrase("portfolio.total"))
    yield total, carried, whole, *middle, contacts, EMPTY, collected


def _portfolio_notes(words: Words, plan: Plan, portfolio: Portfolio) -> Iterator[str]:
    shares = portfolio.shares
    yield from _reached(words, plan, portfolio)
    if isinstance(portfolio.contacts, Known):
        yield words.phrase("portfolio.contacts", contacts=words.number(portfolio.contacts.value))
    if isinstance(portfolio.collected, Known) and compare(portfolio.collected, portfolio.contacts) == 1:
        collected = words.number(portfolio.collected.value)
        yield words.phrase(
            "portfolio.collected", collected=collected, bottom=words.title(portfolio.goal_stage)
        )
    if isinstance(shares.rest, Known) and isinstance(shares.total, Known) and shares.rest.value:
        total, rest = words.percent(shares.total.value), words.percent(shares.rest.value)
        part = words.quantity(portfolio.rest, 0 if is_money(portfolio.rest) else None)
        yield words.phrase("portfolio.not_carried", total=total, rest=rest, part=part)
    yield from open_points(words, portfolio.carriers)


def _reached(words: Words, plan: Plan, portfolio: Portfolio) -> Iterator[str]:
    if portfolio.reached:
        key = "reached" if is_money(portfolio.brings) else "reached_count"
        yield words.phrase(
            f"portfolio.{key}",
            bottom=words.title(portfolio.goal_stage),
            whole=words.quantity(portfolio.whole),
            unit_value=words.quantity(in_yen(plan.chain.unit_value)),
            brings=words.quantity(portfolio.brings),
            carried=words.quantity(portfolio.carried, 0 if is_money(portfolio.carried) else None),
        )
