"""The whole units of a goal that several campaigns carry together: rounded up once and shared out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from checklist.planning.chain.ladder import whole_up
from checklist.planning.inputs import Inputs
from checklist.planning.shares.sharing import Shares, add_shares, share_out
from checklist.quantity import Known, Quantity, divide, multiply, subtract

OTHERS = "other_campaigns"


@dataclass(frozen=True, slots=True)
class Allotment:
    """What each campaign has to bring at the stage that counts; this plan's campaign is the first.

    `need` is exact and of all campaigns together, `whole` the same rounded up once.
    """

    shares: Shares
    need: Quantity
    whole: Quantity
    wholes: tuple[Quantity, ...]

    @property
    def is_known(self) -> bool:
        """Say whether the whole units are shared out: all shares known, and not above 100 % together."""
        return isinstance(self.whole, Known)

    @property
    def others(self) -> Quantity:
        """Return what the other campaigns have to bring together."""
        return subtract(self.whole, self.wholes[0])


def allot(inputs: Inputs, need: Quantity) -> Allotment | None:
    """Share the goal out over the campaigns from the need of this one; None without others to share with.

    A goal that is covered already leaves nothing to share.
    """
    rows = inputs.rows(OTHERS)
    if not rows or isinstance(need, Known) and need.value <= 0:
        return None
    shares = add_shares(OTHERS, (inputs.number("share"), *(row.number("share") for row in rows)))
    carried = multiply(divide(need, shares.each[0]), shares.total)
    whole = whole_up(carried)
    return Allotment(shares, carried, whole, _wholes(whole, shares))


def _wholes(whole: Quantity, shares: Shares) -> tuple[Quantity, ...]:
    weights = [share.value for share in shares.each if isinstance(share, Known)]
    if not isinstance(whole, Known) or len(weights) < len(shares.each):
        return (whole,) * len(shares.each)
    counts = share_out(int(whole.value), weights)
    return tuple(Known(Fraction(count), whole.unit, whole.because) for count in counts)
