"""The rates of a chain, each with its source, how sure it is, and whether it is provisional."""

from __future__ import annotations

from fractions import Fraction

from checklist.planning.chances.chance import wilson_bounds
from checklist.planning.inputs import Inputs
from checklist.planning.model import NOT_SAID, RateRow
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown, decimal_text
from checklist.questionnaire.values import Estimate, OwnCounts

FEW_CASES = 30
FEW_SUCCESSES = 5


def rate_id(above: str, below: str) -> str:
    """Return the id of the rate from one stage to the next."""
    return f"{above}_to_{below}"


def read_rate(inputs: Inputs, above: str, below: str) -> RateRow:
    """Read the rate of one step; a rate of zero is Impossible to work back through."""
    name = rate_id(above, below)
    answer = inputs.answer(name)
    if not isinstance(answer, Estimate):
        return RateRow(name, Unknown((name,)))
    counts = answer.counts
    interval = _interval(name, answer)
    return RateRow(
        id=name,
        quantity=_usable(name, answer),
        low=_known(answer.low, answer.unit, name),
        high=_known(answer.high, answer.unit, name),
        source=answer.source,
        benchmark=answer.benchmark,
        counts=(decimal_text(counts.count), decimal_text(counts.of), counts.period) if counts else None,
        provisional=answer.source != "own_record",
        per_month=("month", -1) in answer.unit.powers,
        at_least=interval[0] if answer.likely == 1 else NOT_SAID,
        interval_low=interval[0],
        interval_high=interval[1],
        small=counts is not None and is_small(counts),
    )


def is_small(counts: OwnCounts) -> bool:
    """Return whether own counts say little: fewer than 30 cases, or fewer than 5 of them successful."""
    return counts.of < FEW_CASES or counts.count < FEW_SUCCESSES


def _usable(name: str, answer: Estimate) -> Quantity:
    if answer.likely > 0:
        return Known(answer.likely, answer.unit, (name,))
    if answer.counts and answer.counts.of > 0:
        _, upper = wilson_bounds(0, int(answer.counts.of))
        of = decimal_text(answer.counts.of)
        return Impossible("zero_of_n", {"rate": name, "of": of, "upper": decimal_text(upper * 100)})
    return Impossible("zero_rate", {"rate": name})


def _known(value: Fraction | None, unit: Unit, name: str) -> Quantity:
    return NOT_SAID if value is None else Known(value, unit, (name,))


def _interval(name: str, answer: Estimate) -> tuple[Quantity, Quantity]:
    """Return the Wilson interval of own counts, where there are any."""
    counts = answer.counts
    if counts is None or counts.of <= 0:
        return NOT_SAID, NOT_SAID
    low, high = wilson_bounds(int(counts.count), int(counts.of))
    return Known(low, answer.unit, (name,)), Known(high, answer.unit, (name,))
