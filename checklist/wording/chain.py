"""The chain in words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from checklist.pack.catalogue import Benchmark
from checklist.planning.chain.steps import rests_on_provisional
from checklist.planning.model import (
    NOT_SAID,
    Chain,
    RateRow,
    Reckoned,
    StageRow,
)
from checklist.planning.model import Why as PlanWhy
from checklist.planning.plan import Plan
from checklist.planning.structural import SURE
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording.answers import period_text
from checklist.wording.view import ChainView, RateView, Shown, StageView, Why
from checklist.wording.words import Words


def chain_view(words: Words, plan: Plan) -> ChainView:
    """Word the chain with its forward check and chances."""
    chain = plan.chain
    return ChainView(
        status=chain.status,
        message=_message(words, chain),
        goal_part=reckoned(words, chain.goal_part),
        stages=tuple(_stage(words, chain, row) for row in chain.stages),
        routes=tuple(_stage(words, chain, row) for row in chain.routes),
        forward_check=_forward(words, chain),
        chance=tuple(_chances(words, plan)),
        footnotes=tuple(_footnotes(words, plan)),
    )


def _message(words: Words, chain: Chain) -> str:
    if chain.rate_goal is not None:
        return _rate_message(words, chain)
    if chain.status == "known":
        return _known_message(words, chain)
    if chain.status == "covered":
        return words.phrase("chain.covered", zero=words.quantity(chain.stages[-1].required.quantity))
    if chain.status == "none":
        return words.phrase("chain.none")
    blocked = _first_blocked(chain)
    note = words.shown(blocked).note
    return (
        words.phrase(f"chain.{chain.status}", note=note) if note else words.phrase("chain.unknown", note="")
    )


def _known_message(words: Words, chain: Chain) -> str:
    top, bottom = chain.stages[0], chain.stages[-1]
    count = top.required.quantity
    key = "single" if top is bottom else "known" if isinstance(count, Known) and count.value else "enough"
    if isinstance(bottom.required.quantity, Known) and not bottom.required.quantity.value:
        key = "none_allotted"
    return words.phrase(
        f"chain.{key}",
        top=words.title(top.id),
        count=words.quantity(count),
        bottom=words.title(bottom.id),
        bottom_count=words.quantity(bottom.required.quantity),
        beside=beside_text(words, chain),
    )


def beside_text(words: Words, chain: Chain) -> str:
    """Return what counts towards the goal besides the top stage: a second route, or what joins a stock."""
    if chain.routes:
        route = chain.routes[0]
        return words.phrase(
            "chain.beside", stage=words.title(route.id), count=words.quantity(route.required.quantity)
        )
    joining = chain.stock.joining if chain.stock else NOT_SAID
    if isinstance(joining, Known) and joining.value:
        return words.phrase("chain.beside_stock", count=words.quantity(joining))
    return ""


def _first_blocked(chain: Chain) -> Quantity:
    """Return what stands in the way, nearest to the goal first."""
    rows = [chain.goal_part.quantity, *(row.required.quantity for row in reversed(chain.stages))]
    if any(isinstance(row, Impossible) for row in rows):
        rows = [row for row in rows if isinstance(row, Impossible)]
    top = rows[-1]
    return top if isinstance(top, Unknown) else next((r for r in rows if not isinstance(r, Known)), NOT_SAID)


def _rate_message(words: Words, chain: Chain) -> str:
    goal = chain.rate_goal
    assert goal is not None
    if not isinstance(goal.extra, Known):
        return words.phrase(f"chain.{chain.status}", note=words.shown(goal.extra).note)
    parts = {
        "rate": words.title(goal.rate),
        "before": words.quantity(goal.before),
        "after": words.quantity(goal.after),
        "volume": words.quantity(goal.volume, 0),
        "extra": words.quantity(goal.extra, 1),
    }
    text = words.phrase("chain.rate", **parts)
    if len(chain.stages) > 2:
        text += words.phrase("chain.rate_deals", deals=words.quantity(goal.extra_deals, 1))
    return text


def _stage(words: Words, chain: Chain, row: StageRow) -> StageView:
    provisional = rests_on_provisional(chain, row)
    return StageView(
        id=row.id,
        title=words.title(row.id),
        definition=words.definition(row.id),
        exact=reckoned(words, row.exact, None, provisional),
        required=reckoned(words, row.required, None, provisional),
        required_80=reckoned(words, row.required_80, None, provisional),
        required_90=reckoned(words, row.required_90, None, provisional),
        run_rate=reckoned(words, row.run_rate, 0),
        uplift=reckoned(words, row.uplift, 0),
        rate=_rate(words, row.rate) if row.rate else None,
    )


def reckoned(words: Words, value: Reckoned, places: int | None = None, provisional: bool = False) -> Shown:
    """Word a number of the plan with the reason behind it."""
    shown = words.shown(value.quantity, places)
    marked = provisional and isinstance(value.quantity, Known)
    return replace(shown, provisional=marked, why=_why(words, value.why))


def _why(words: Words, why: PlanWhy) -> Why:
    values = tuple((words.title(name), words.valued(name, part)) for name, part in why.values)
    return Why(words.phrase(f"formulas.{why.formula}"), values)


def _rate(words: Words, rate: RateRow) -> RateView:
    shown = words.shown(rate.quantity)
    text = shown.text
    if isinstance(rate.low, Known) and isinstance(rate.high, Known):
        bounds = {"low": words.quantity(rate.low), "high": words.quantity(rate.high)}
        text = words.phrase(
            "check_answers.with_notes", value=text, notes=words.phrase("check_answers.range", **bounds)
        )
    if rate.per_month:
        text = words.phrase("document.per", counted=text, per=words.phrase("per.month"))
    return RateView(
        id=rate.id,
        title=words.title(rate.id),
        shown=Shown(text, shown.state, shown.note, rate.provisional),
        source=words.phrase(f"sources.{rate.source}") if rate.source else "",
        citation=_citation(words, rate),
    )


def _citation(words: Words, rate: RateRow) -> str:
    if rate.benchmark is not None:
        return citation(words, words.pack.benchmarks[rate.benchmark])
    return counts_text(words, rate)


def counts_text(words: Words, rate: RateRow) -> str:
    """Return the two counts behind a rate with their period, or nothing where there are none."""
    if rate.counts is None:
        return ""
    count, of, period = rate.counts
    key = "check_answers.counts_period" if period else "check_answers.counts"
    counted = {"count": words.number(Fraction(count)), "of": words.number(Fraction(of))}
    return words.phrase(key, **counted, period=period_text(words, period))


def citation(words: Words, benchmark: Benchmark) -> str:
    """Return where a published range comes from, with its year and grade."""
    return words.phrase(
        "document.citation",
        title=words.of(benchmark.citation.title),
        year=str(benchmark.citation.year),
        grade=benchmark.citation.grade,
        definition=words.of(benchmark.definition),
    )


def _forward(words: Words, chain: Chain) -> str:
    check = chain.forward_check
    if check is None:
        return ""
    key = "forward_money" if isinstance(chain.unit_value, Known) else "forward_count"
    shared = "_shared" if isinstance(check.others, Known) else ""
    sentence = words.phrase(
        f"document.{key}{shared}",
        top=words.title(check.top_stage),
        count=words.quantity(check.top),
        deals=words.quantity(check.deals),
        unit_value=words.quantity(chain.unit_value),
        brings=words.quantity(check.brings),
        beside=beside_text(words, chain),
        others=words.quantity(check.others),
    )
    outcome = f"forward_reached{shared}" if check.reached else f"forward_short{shared}"
    return sentence + words.phrase(f"document.{outcome}", goal=words.quantity(check.goal))


def _chances(words: Words, plan: Plan) -> list[str]:
    """Word the chance with the rates as given; where they were drawn, the outlook alone speaks of it."""
    chain, chance = plan.chain, plan.chain.chance
    if chance is None or plan.outlook is not None and plan.outlook.method == "simulated":
        return []
    bottom = chain.stages[-1]
    texts = {
        "count": words.quantity(chance.required),
        "beside": beside_text(words, chain),
        "top": words.title(chance.stage),
        "bottom": words.title(bottom.id),
        "deals": words.quantity(bottom.required.quantity),
        "percent": str(chance.percent),
        "count_80": words.quantity(chance.required_80),
        "count_90": words.quantity(chance.required_90),
    }
    if chance.percent >= SURE:
        return [words.phrase("document.chance_high", **texts)]
    return [words.phrase("document.chance", **texts), words.phrase("document.chance_more", **texts)]


def _footnotes(words: Words, plan: Plan) -> list[str]:
    chain = plan.chain
    notes = []
    if len(chain.stages) > 1 and chain.rate_goal is None:
        notes.append(words.phrase("document.rounding_note"))
    if chain.chance is not None:
        notes.append(words.phrase("document.chance_note"))
        notes.append(words.phrase("document.either_note"))
    if chain.stock is not None and isinstance(chain.stock.months, Known):
        notes.append(words.phrase("document.stock_note", months=words.rounded(chain.stock.months)))
    if any(isinstance(row.run_rate.quantity, Known) for row in chain.stages):
        notes.append(words.phrase("document.run_rate_note"))
    if plan.path == "quick" and isinstance(chain.unit_value, Known):
        notes.append(words.phrase("document.quick_note"))
    return notes
