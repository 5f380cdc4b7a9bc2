"""Whether the plan can be done, judged and paid for, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from checklist.planning.feasibility.capacity import CapacityRow
from checklist.planning.feasibility.judging import Judgement
from checklist.planning.feasibility.money import MoneyRow
from checklist.planning.model import Reckoned
from checklist.planning.plan import Plan
from checklist.quantity import Known, Quantity, Unit, Unknown, round_down, round_up
from checklist.wording.answers import said
from checklist.wording.chain import reckoned
from checklist.wording.kpis import kpi_value
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words

YEN = Unit.parse("jpy")
CAPACITY_COLUMNS = ("limit", "needed", "available", "ratio", "verdict", "it_takes")
JUDGING_COLUMNS = ("kpi", "change", "expected", "needed", "verdict", "watch")
NUMERIC = ("needed", "available", "ratio", "expected", "value")


def capacity_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word what is needed against what sales, the booth and the money can take."""
    if plan.capacity:
        rows = tuple(_capacity_row(words, row) for row in plan.capacity)
        missing = _still_needed(words, (_missing(row.ratio) for row in plan.capacity))
        yield _section(words, "capacity", CAPACITY_COLUMNS, rows, (*_window(words, plan), *missing))


def _section(
    words: Words,
    name: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[Shown, ...], ...],
    notes: tuple[str, ...],
) -> SectionView:
    heads = tuple(Column(words.phrase(f"{name}.{column}"), column in NUMERIC) for column in columns)
    table = TableView(words.phrase(f"{name}.caption"), heads, rows)
    return SectionView(name, words.phrase(f"{name}.title"), (words.phrase(f"{name}.intro"),), (table,), notes)


def _capacity_row(words: Words, row: CapacityRow) -> tuple[Shown, ...]:
    places = 1 if row.id == "sales" else 0
    return (
        Shown(words.phrase(f"capacity.rows.{row.id}", stage=words.title(row.stage))),
        _needed(words, row, places),
        reckoned(words, row.available, None if row.id == "sales" else 0),
        Shown(words.percent(_whole_percent(row.ratio.value)))
        if isinstance(row.ratio, Known)
        else _none(words),
        Shown(words.phrase(f"capacity.verdicts.{row.verdict}")),
        _it_takes(words, row),
    )


def _needed(words: Words, row: CapacityRow, places: int) -> Shown:
    shown = reckoned(words, row.needed, places)
    if not isinstance(row.needed_per_week, Known) or shown.state != "known":
        return shown
    week = words.quantity(row.needed_per_week, 1)
    return replace(
        shown, text=words.phrase("capacity.month_and_week", month=shown.text, week=week), digits=""
    )


def _it_takes(words: Words, row: CapacityRow) -> Shown:
    if row.it_takes is None or not isinstance(row.it_takes.quantity, Known):
        return _none(words)
    amount = words.rounded(row.it_takes.quantity)
    shown = reckoned(words, row.it_takes)
    return replace(shown, text=words.phrase(f"capacity.takes.{row.id}", amount=amount), digits="")


def _whole_percent(ratio: Fraction) -> Fraction:
    """Return a ratio rounded up to whole per cent, so that just above a limit never reads as 100 %."""
    return Fraction(-(-ratio * 100 // 1), 100)


def _window(words: Words, plan: Plan) -> Iterator[str]:
    """Yield how long sales can take opportunities on."""
    sales = next((row for row in plan.capacity if row.id == "sales"), None)
    months = dict(sales.needed.why.values).get("months_to_handle") if sales else None
    if not isinstance(months, Known):
        return
    given = dict(plan.answers)
    lag = given.get("opportunity_to_deal_time")
    key = "window" if lag is not None else "window_no_lag"
    time = said(words, "opportunity_to_deal_time", lag) if lag is not None else ""
    yield words.phrase(f"capacity.{key}", days=words.rounded(months), time=time)


def money_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word what the campaign costs and should bring; nothing while neither is known."""
    money = plan.money
    if money is None or not any(
        isinstance(money.quantity(name), Known) for name in ("budget", "gross_profit")
    ):
        return
    stage = words.title(money.lead_stage) if money.lead_stage else ""
    rows = tuple(_money_row(words, row, stage) for row in money.rows)
    given = {row.id for row in money.rows}
    named = {"roi": "roi", "period": "gross_profit", "ceiling": "ceiling_per_lead", "coverage": "coverage"}
    notes = [words.phrase(f"money.notes.{note}") for note, row in named.items() if row in given]
    notes.append(words.phrase("money.notes.all_in"))
    notes += _still_needed(words, (_missing(row.value.quantity) for row in money.rows))
    yield _section(words, "money", ("item", "value", "how"), rows, tuple(notes))


def _money_row(words: Words, row: MoneyRow, stage: str) -> tuple[Shown, ...]:
    return (
        Shown(words.phrase(f"money.rows.{row.id}", stage=stage)),
        _money_value(words, row),
        Shown(_how(words, row.value)),
    )


def _money_value(words: Words, row: MoneyRow) -> Shown:
    quantity, shown = row.value.quantity, reckoned(words, row.value)
    if not isinstance(quantity, Known):
        return shown
    if row.id == "roi":
        return replace(shown, text=words.percent(_whole(quantity.value * 100) / 100), digits="")
    if row.id == "coverage":
        return replace(shown, text=words.rounded(quantity), digits="")
    if row.id == "break_even":
        return shown
    return replace(shown, text=words.count(_whole(quantity.value), YEN, 0), digits="")


def _whole(value: Fraction) -> Fraction:
    return Fraction(round_down(value + Fraction(1, 2)))


def _how(words: Words, value: Reckoned) -> str:
    formula = words.phrase(f"formulas.{value.why.formula}")
    values = [
        words.phrase("money.how_value", name=words.title(name), value=_plain(words, name, part))
        for name, part in value.why.values
    ]
    if not values:
        return formula
    listed = words.phrase("money.separator").join(values)
    return words.phrase("money.how_with_values", formula=formula, values=listed)


def _plain(words: Words, name: str, quantity: Quantity) -> str:
    """Return a value behind a figure, amounts in whole yen whatever they are per."""
    if isinstance(quantity, Known) and ("jpy", 1) in quantity.unit.powers:
        return words.count(_whole(quantity.value), YEN, 0)
    if isinstance(quantity, Known) and name == "to_deal_rate":
        return words.percent(quantity.value)
    return words.valued(name, quantity)


def judging_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word for each KPI whether the window and the volume can show the change."""
    judged = [one for one in plan.judgements if one.verdict != "not_by_count"]
    if judged:
        rows = tuple(_judgement_row(words, one) for one in judged)
        yield _section(words, "judging", JUDGING_COLUMNS, rows, tuple(_judging_notes(words, plan, judged)))


def _judgement_row(words: Words, one: Judgement) -> tuple[Shown, ...]:
    return (
        Shown(words.title(one.kpi)),
        Shown(_change(words, one)),
        _expected(words, one),
        _cases_needed(words, one),
        Shown(words.phrase(f"judging.verdicts.{one.verdict}")),
        Shown(words.quoted(one.watch)) if one.watch else _none(words),
    )


def _unknowns(one: Judgement) -> Iterator[tuple[str, ...]]:
    """Yield what would have to be known, the first thing first."""
    for part in (one.days, one.baseline, one.expected, one.events):
        if isinstance(part, Unknown) and part.missing:
            yield part.missing


def _still_needed(words: Words, missing: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield one sentence on the answers without which something cannot be said."""
    names = tuple(dict.fromkeys(name for each in missing for name in each))
    if names:
        yield words.phrase("document.missing", names=words.names(names))


def _change(words: Words, one: Judgement) -> str:
    kpi = words.pack.kpis[one.kpi]
    baseline = kpi_value(words, kpi, one.baseline).text
    if isinstance(one.interval_low, Known) and isinstance(one.interval_high, Known):
        bounds = {
            "low": words.percent(one.interval_low.value),
            "high": words.percent(one.interval_high.value),
        }
        baseline = words.phrase("judging.with_interval", value=baseline, **bounds)
    if not isinstance(one.target, Known):
        return (
            words.phrase("judging.held", baseline=baseline) if isinstance(one.baseline, Known) else baseline
        )
    return words.phrase("judging.from_to", baseline=baseline, target=kpi_value(words, kpi, one.target).text)


def _expected(words: Words, one: Judgement) -> Shown:
    shown = _cases(words, one.expected)
    if not isinstance(one.expected, Known) or one.basis in ("none", "run_rate"):
        return shown
    basis = words.phrase(f"judging.basis.{one.basis}")
    return replace(shown, text=words.phrase("judging.with_basis", count=shown.text, basis=basis))


def _cases_needed(words: Words, one: Judgement) -> Shown:
    """Word the cases needed, for a count of a period of its own with the periods that they take."""
    shown = _cases(words, one.needed)
    typed = one.basis == "typed" and isinstance(one.expected, Known) and one.expected.value > 0
    if not typed or not isinstance(one.needed, Known) or not isinstance(one.expected, Known):
        return shown
    periods = round_up(one.needed.value / one.expected.value)
    if periods < 2:
        return shown
    return Shown(words.phrase("judging.in_periods", count=shown.text, n=words.number(Fraction(periods))))


def _cases(words: Words, quantity: Quantity) -> Shown:
    if not isinstance(quantity, Known):
        return _none(words)
    return Shown(words.phrase("judging.counted", n=words.number(Fraction(round_down(quantity.value)), 0)))


def _judging_notes(words: Words, plan: Plan, judged: list[Judgement]) -> Iterator[str]:
    yield words.phrase("judging.notes.test")
    yield words.phrase("judging.notes.rule")
    yield from _still_needed(words, [next(_unknowns(one), ()) for one in judged if one.verdict == "unknown"])
    silent = tuple(one.kpi for one in judged if one.verdict == "unknown" and not any(_unknowns(one)))
    if silent:
        yield words.phrase("judging.notes.no_volume", kpis=words.names(silent))
    if any(isinstance(one.interval_low, Known) for one in judged):
        yield words.phrase("judging.notes.interval")
    for basis in ("required", "list", "typed"):
        if any(one.basis == basis for one in judged):
            yield words.phrase(f"judging.notes.{basis}")
    others = tuple(one.kpi for one in plan.judgements if one.verdict == "not_by_count")
    if others:
        yield words.phrase("judging.notes.not_by_count", kpis=words.names(others))


def _missing(quantity: Quantity) -> tuple[str, ...]:
    return quantity.missing if isinstance(quantity, Unknown) else ()


def _none(words: Words) -> Shown:
    return Shown(words.phrase("document.not_said"))
