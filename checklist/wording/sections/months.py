"""The monthly plan in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checklist.planning.chain.steps import rests_on_provisional
from checklist.planning.model import NOT_SAID
from checklist.planning.plan import Plan
from checklist.planning.timing.months import MonthlyPlan, PeriodRow, StageTime
from checklist.planning.timing.schedule import TO_DEAL, TO_OPPORTUNITY
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.questionnaire.values import Span
from checklist.wording.answers import said
from checklist.wording.periods import month_name, month_names, period_name
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words

MOST_COLUMNS = 6
LAST_STAGES = ("opportunity", "deal")


def month_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the monthly plan: periods in rows, stages in columns, the present pace in brackets."""
    months = plan.months
    if months is None:
        return
    title = words.phrase("months.title")
    if not months.rows:
        missing = months.problem.missing if isinstance(months.problem, Unknown) else ()
        yield SectionView("months", title, (words.phrase("months.not_yet", names=words.names(missing)),))
        return
    columns = _columns(words, months)
    if columns:
        table = _month_table(words, plan, months, columns)
        notes = tuple(_month_notes(words, plan, months, columns))
        yield SectionView("months", title, (_how_spread(words, plan, months),), (table,), notes)


def _columns(words: Words, months: MonthlyPlan) -> list[int]:
    """Return which stages fit in the table: those that are known, the core ones before the others."""
    known = [at for at in range(len(months.stages)) if isinstance(months.rows[-1].needed[at], Known)]
    core = {stage.id for funnel in words.pack.funnels.values() for stage in funnel.stages if stage.core}
    weight = {at: (months.stages[at].stage not in core, at != 0, -at) for at in known}
    return sorted(sorted(known, key=lambda at: weight[at])[:MOST_COLUMNS])


def _month_table(words: Words, plan: Plan, months: MonthlyPlan, columns: list[int]) -> TableView:
    stages = [months.stages[at] for at in columns]
    heads = (Column(words.phrase("months.period")), *(Column(_head(words, s), numeric=True) for s in stages))
    total = Shown(words.phrase("months.total"), total=True)
    last = (total, *(_total(words, plan, stage) for stage in stages))
    rows = (*_with_subtotals(words, months, columns), last)
    return TableView(words.phrase("months.caption"), heads, rows)


def _head(words: Words, stage: StageTime) -> str:
    title = words.title(stage.stage)
    return words.phrase("months.at_end", stage=title) if stage.stock else title


def _total(words: Words, plan: Plan, stage: StageTime) -> Shown:
    row = plan.chain.stage(stage.stage)
    provisional = row is not None and not stage.stock and rests_on_provisional(plan.chain, row)
    shown = _cell(words, NOT_SAID if stage.stock else stage.total, stage.brought)
    return replace(shown, provisional=provisional)


def _with_subtotals(words: Words, months: MonthlyPlan, columns: list[int]) -> Iterator[tuple[Shown, ...]]:
    """Yield the rows, each group of several followed by its subtotal."""
    groups = {row.period.last: row for row in months.subtotals}
    first = months.rows[0].period.first
    for row in months.rows:
        yield _row(words, months, row, period_name(words, row.period), columns)
        group = groups.get(row.period.last)
        if group is not None and max(first, group.period.first) < row.period.first and _holds(group):
            name = words.phrase("months.subtotal", period=period_name(words, group.period))
            yield _row(words, months, group, name, columns, total=True)


def _holds(row: PeriodRow) -> bool:
    return any(isinstance(each, Known) and each.value for each in (*row.needed, *row.brought))


def _row(
    words: Words, months: MonthlyPlan, row: PeriodRow, name: str, columns: list[int], total: bool = False
) -> tuple[Shown, ...]:
    cells = (
        Shown(words.phrase("document.not_said"))
        if _outside(months.stages[at], row, row.brought[at])
        else _cell(words, row.needed[at], row.brought[at])
        for at in columns
    )
    return (Shown(name, total=total), *cells)


def _outside(stage: StageTime, row: PeriodRow, brought: Quantity) -> bool:
    """Say whether nothing of a stage is planned for or comes in a period, so that a 0 would only distract."""
    if stage.stock or stage.first is None or stage.last is None:
        return False
    comes = isinstance(brought, Known) and brought.value > 0
    return not comes and (row.period.last < stage.first or row.period.first > stage.last)


def _cell(words: Words, needed: Quantity, brought: Quantity) -> Shown:
    """Return a count without its unit, with what the present pace brings behind it."""
    if not isinstance(needed, Known):
        return words.shown(needed)
    text = words.number(needed.value)
    if not isinstance(brought, Known):
        return Shown(text)
    return Shown(words.phrase("months.both", needed=text, brought=words.number(brought.value)))


def _how_spread(words: Words, plan: Plan, months: MonthlyPlan) -> str:
    above = [stage for stage in months.stages if not stage.stock and stage.stage not in LAST_STAGES]
    top = (above or months.stages)[0]
    facts = {"stage": _from_first_to_last(words, [stage.stage for stage in above or [top]])}
    if top.first and top.last:
        facts |= {"first": words.date(top.first), "last": words.date(top.last)}
    separator = words.phrase("document.list_separator")
    facts["dates"] = separator.join(words.date(day) for day in months.shows)
    return words.phrase(f"months.by_{months.spread_by}", **facts) + "".join(_lags(words, plan, months))


def _from_first_to_last(words: Words, stages: list[str]) -> str:
    first, last = words.quoted(stages[0]), words.quoted(stages[-1])
    return first if len(stages) == 1 else words.phrase("months.stages", first=first, last=last)


def _lags(words: Words, plan: Plan, months: MonthlyPlan) -> Iterator[str]:
    given, stages = dict(plan.answers), {stage.stage for stage in months.stages}
    for stage, name in zip(LAST_STAGES, (TO_OPPORTUNITY, TO_DEAL), strict=True):
        if stage in stages and isinstance(given.get(name), Span):
            lag = said(words, name, given[name])
            yield words.phrase(f"months.lag_{stage}", lag=lag)


def _month_notes(words: Words, plan: Plan, months: MonthlyPlan, columns: list[int]) -> Iterator[str]:
    yield words.phrase("months.adds_up")
    if any(row.rate is not None and row.rate.provisional for row in plan.chain.stages):
        yield words.phrase("months.provisional")
    if any(isinstance(months.stages[at].brought, Known) for at in columns):
        yield words.phrase("months.brought")
    if any(months.stages[at].stock for at in columns):
        yield words.phrase("months.stock")
    yield from _left_out(words, months, columns)
    if months.season_problem:
        names = month_names(words, months.season_months)
        yield words.phrase(f"months.{months.season_problem}", months=names)
    yield from _show_notes(words, plan, months)
    for name, amount in months.deducted:
        yield words.phrase("months.deducted", name=words.title(name), amount=words.quantity(amount))
    yield words.phrase("months.fiscal", month=month_name(words, months.fiscal_start))
    if any(stage.stage in LAST_STAGES for stage in months.stages):
        yield words.phrase("months.median")


def _left_out(words: Words, months: MonthlyPlan, columns: list[int]) -> Iterator[str]:
    hidden = [at for at in range(len(months.stages)) if at not in columns]
    values = {months.stages[at].stage: months.rows[-1].needed[at] for at in hidden}
    full = tuple(stage for stage, value in values.items() if isinstance(value, Known))
    if full:
        yield words.phrase("months.column_left_out", stages=words.names(full))
    for stage, value in values.items():
        if isinstance(value, Unknown):
            names = words.names(value.missing)
            yield words.phrase("months.column_unknown", stage=words.title(stage), names=names)
        elif isinstance(value, Impossible):
            reason = words.reason(value)
            yield words.phrase("months.column_impossible", stage=words.title(stage), reason=reason)


def _show_notes(words: Words, plan: Plan, months: MonthlyPlan) -> Iterator[str]:
    if len(months.shows) > 1:
        yield words.phrase("months.shows_assumed")
    if months.shows and months.shows[-1] < plan.today:
        yield words.phrase("months.show_over")
    if plan.chain.routes:
        names = words.names(tuple(row.id for row in plan.chain.routes))
        yield words.phrase("months.route", stages=names)
