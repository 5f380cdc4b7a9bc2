"""How likely the goal is with the planned count at the top, and what comes out in one case of ten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import floor, log10
from typing import TYPE_CHECKING, Literal

from checklist.planning.chain.climb import ladder_of
from checklist.planning.chain.ladder import Ladder, whole_up
from checklist.planning.chances.assumed import SEED, Case, read_case, whole_number
from checklist.planning.chances.chance import quantile
from checklist.planning.inputs import Inputs
from checklist.planning.model import Chain, StageRow
from checklist.quantity import Impossible, Known, Quantity, Unknown, multiply

if TYPE_CHECKING:
    from checklist.planning.chances.draws import Drawn

SAMPLES = 100_000
LUCK = "luck"
_DIGITS = 3
_NEVER = 1e100


@dataclass(frozen=True, slots=True)
class Range:
    """What one case in ten stays below, half of the cases, and nine in ten."""

    p10: Quantity
    p50: Quantity
    p90: Quantity


@dataclass(frozen=True, slots=True)
class Outlook:
    """How likely `required` at the top `stage` reaches the goal, and what it brings.

    `chance_percent` is 1 to 99, as nothing is certain, and None when something is `missing`. `spread` says
    what share of the variance each assumption decides, in whole per cent that add up to 100; "luck" is what
    would be left if every rate were known. `fixed` are the rates with neither range nor counts.
    """

    stage: str
    required: Quantity
    chance_percent: int | None
    counts: Range
    amounts: Range
    required_80: Quantity
    required_90: Quantity
    method: Literal["exact", "simulated"]
    samples: int = 0
    seed: int = 0
    spread: tuple[tuple[str, int], ...] = ()
    fixed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def make_outlook(inputs: Inputs, chain: Chain, samples: int = SAMPLES) -> Outlook | None:
    """Return how likely the goal is; None where there is nothing to ask, or no samples are wanted.

    Rates are drawn from their low and high (P10 and P90) or their own counts, independently of one another;
    given the rates, so is every lead. The deal is drawn once for all deals of a run.
    """
    if not samples or chain.rate_goal is not None or chain.status in ("covered", "none") or not chain.stages:
        return None
    top = chain.stages[0]
    if not isinstance(top.required.quantity, Known):
        return _not_known(top)
    if not whole_number(chain.stages[-1].required.quantity):
        return None
    case = read_case(inputs, chain, top.required.quantity)
    outlook = _simulated(chain, top, case, samples) if case.uncertain else _exact(chain, top)
    return outlook and replace(outlook, fixed=case.fixed)


def _not_known(top: StageRow) -> Outlook:
    required = top.required.quantity
    none = Range(required, required, required)
    missing = required.missing if isinstance(required, Unknown) else ()
    return Outlook(top.id, required, None, none, none, required, required, "exact", missing=missing)


def _exact(chain: Chain, top: StageRow) -> Outlook | None:
    """Return the outlook with every rate taken as given; None where nothing at all is left to chance."""
    ladder, required = ladder_of(chain), top.required.quantity
    assert isinstance(required, Known)
    chance = ladder.chance(0, required, whole_number(chain.stages[-1].required.quantity))
    if chance is None or chance == 1.0:
        return None
    expected = ladder.carried(required)
    mean = float(expected.value) if isinstance(expected, Known) else 0.0
    at_least = partial(_chance_of, ladder, required)
    counts = tuple(quantile(share, mean, at_least) for share in (0.1, 0.5, 0.9))
    return Outlook(
        stage=top.id,
        required=required,
        chance_percent=_percent(chance),
        counts=_counts(chain, counts),
        amounts=_amounts(chain, counts),
        required_80=top.required_80.quantity,
        required_90=top.required_90.quantity,
        method="exact",
    )


def _chance_of(ladder: Ladder, count: Known, wanted: int) -> float:
    return ladder.chance(0, count, wanted) or 0.0


def _simulated(chain: Chain, top: StageRow, case: Case, samples: int) -> Outlook:
    from checklist.planning.chances.draws import simulate

    drawn = simulate(case, samples)
    counts = tuple(round(value) for value in drawn.counts)
    return Outlook(
        stage=top.id,
        required=top.required.quantity,
        chance_percent=_percent(drawn.chance),
        counts=_counts(chain, counts),
        amounts=_drawn_amounts(chain, drawn) if case.deal else _amounts(chain, counts),
        required_80=_top_count(chain, top, drawn.tries_80),
        required_90=_top_count(chain, top, drawn.tries_90),
        method="simulated",
        samples=samples,
        seed=SEED,
        spread=_spread(drawn),
    )


def _percent(chance: float) -> int:
    return min(99, max(1, round(chance * 100)))


def _counts(chain: Chain, counts: tuple[int, ...]) -> Range:
    bottom = chain.stages[-1].required.quantity
    assert isinstance(bottom, Known)
    return Range(*(Known(Fraction(count), bottom.unit, bottom.because) for count in counts))


def _amounts(chain: Chain, counts: tuple[int, ...]) -> Range:
    """Return what the counts are worth; nothing where the goal counts no money."""
    here = _counts(chain, counts)
    return Range(*(multiply(count, chain.unit_value) for count in (here.p10, here.p50, here.p90)))


def _drawn_amounts(chain: Chain, drawn: Drawn) -> Range:
    part = chain.goal_part.quantity
    assert isinstance(part, Known)
    return Range(*(Known(_rounded(value), part.unit, part.because) for value in drawn.amounts))


def _top_count(chain: Chain, top: StageRow, tries: float) -> Quantity:
    """Return the count at the top that these tries are, not below what is required anyway."""
    required = top.required.quantity
    assert isinstance(required, Known)
    if tries > _NEVER:
        return Impossible("no_count_is_enough")
    ladder = ladder_of(chain)
    planned = ladder.tries_of(0, required)
    assert isinstance(planned, Known)
    needed: Quantity = Known(_rounded(tries, up=True), planned.unit, required.because)
    count = whole_up(ladder.exposure.size(needed) if ladder.exposure else needed)
    return required if isinstance(count, Known) and count.value < required.value else count


def _rounded(value: float, up: bool = False) -> Fraction:
    """Round to three significant digits, which is what so many draws can bear."""
    exact = Fraction(value)
    if exact <= 0:
        return Fraction(0)
    step = Fraction(10) ** max(0, floor(log10(value)) - _DIGITS + 1)
    steps = exact / step
    return (-(-steps // 1) if up else round(steps)) * step


def _spread(drawn: Drawn) -> tuple[tuple[str, int], ...]:
    """Return the shares in whole per cent by largest remainder, the largest first."""
    shares = [(name, share * 100) for name, share in (*drawn.shares, (LUCK, drawn.luck)) if share > 0]
    whole = {name: floor(share) for name, share in shares}
    by_rest = sorted(shares, key=lambda one: whole[one[0]] - one[1])
    for name, _ in by_rest[: 100 - sum(whole.values())] if shares else ():
        whole[name] += 1
    return tuple(sorted(whole.items(), key=lambda one: -one[1]))
