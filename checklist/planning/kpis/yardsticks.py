"""Published figures beside the team's own numbers: where its values lie, and never a value to use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from checklist.pack.catalogue import Benchmark
from checklist.pack.compiled import Pack
from checklist.planning.model import NOT_SAID, Chain, PlannedKPI, RateRow
from checklist.quantity import ONE, Known, Quantity, Unit

Position = Literal["below", "within", "above", "unknown", "no_range"]


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One published figure beside the own value of a rate or KPI (`about`).

    A single figure has no range for the value to lie in. `above_high` flags a value beyond the upper end.
    """

    about: str
    benchmark: str
    own: Quantity
    low: Quantity
    typical: Quantity
    high: Quantity
    position: Position
    above_high: bool
    provisional: bool


def yardsticks(
    pack: Pack, kpis: tuple[PlannedKPI, ...], chain: Chain, campaign: str | None
) -> tuple[Yardstick, ...]:
    """Set each rate of the chain and each KPI beside every published figure for it, from the top down."""
    rates = [row.rate for row in (*chain.routes, *chain.stages) if row.rate is not None]
    in_chain = {rate.id for rate in rates}
    found = [_beside_rate(rate, benchmark) for rate in rates for benchmark in _for_rate(pack, rate, campaign)]
    for planned in kpis:
        measures = pack.kpis[planned.id].measures
        if measures is None or measures.rate not in in_chain:
            found += [
                _compare(planned.id, planned.baseline, benchmark, planned.provisional)
                for benchmark in _for_kpi(pack, planned.id)
            ]
    return tuple(found)


def _for_rate(pack: Pack, rate: RateRow, campaign: str | None) -> Iterator[Benchmark]:
    """Yield what is offered at the rate's question, and what stands beside a KPI that measures the rate.

    Campaigns share rates, but a KPI's figures are for its own campaigns. A stock's monthly rate has none.
    """
    question = pack.questions.get(rate.id)
    offered = question.question.published if question else None
    for benchmark in pack.benchmarks.values() if not rate.per_month else ():
        own = (pack.kpis[name] for name in benchmark.kpis if campaign in pack.kpis[name].campaigns)
        if benchmark.id == offered or any(kpi.measures and kpi.measures.rate == rate.id for kpi in own):
            yield benchmark


def _for_kpi(pack: Pack, kpi_id: str) -> Iterator[Benchmark]:
    return (benchmark for benchmark in pack.benchmarks.values() if kpi_id in benchmark.kpis)


def _beside_rate(rate: RateRow, benchmark: Benchmark) -> Yardstick:
    """Compare a rate; one that was taken from the published figures is no own value."""
    own = NOT_SAID if rate.source == "published" else rate.quantity
    return _compare(rate.id, own, benchmark, rate.provisional)


def _compare(about: str, own: Quantity, benchmark: Benchmark, provisional: bool) -> Yardstick:
    low, typical, high = (
        _figure(text, benchmark) for text in (benchmark.low, benchmark.typical, benchmark.high)
    )
    position = _position(own, low, high)
    return Yardstick(
        about=about,
        benchmark=benchmark.id,
        own=own,
        low=low,
        typical=typical,
        high=high,
        position=position,
        above_high=position == "above",
        provisional=provisional,
    )


def _figure(text: str | None, benchmark: Benchmark) -> Quantity:
    if text is None:
        return NOT_SAID
    if benchmark.unit == "percent":
        return Known(Fraction(text.rstrip("%")) / 100, ONE, (benchmark.id,))
    return Known(Fraction(text), Unit.parse(benchmark.unit), (benchmark.id,))


def _position(own: Quantity, low: Quantity, high: Quantity) -> Position:
    """Say where a value lies; its unit is that of the figures, which the pack's lint sees to."""
    if not isinstance(own, Known):
        return "unknown"
    if not isinstance(low, Known) or not isinstance(high, Known):
        return "no_range"
    if own.value < low.value:
        return "below"
    return "above" if own.value > high.value else "within"
