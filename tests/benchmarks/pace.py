"""How much longer one thing takes than another, timed side by side in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Task = Callable[[], object]


def times_as_long(task: Task, floor: Task, rounds: int, before: Task | None = None) -> float:
    """Return the median of the ratios of rounds that take turns; `before` runs untimed ahead of each."""
    ratios = []
    for turn in range(rounds):
        first, second = (task, floor) if turn % 2 else (floor, task)
        spent = {one: seconds(one, before) for one in (first, second)}
        ratios.append(spent[task] / spent[floor])
    return statistics.median(ratios)


def seconds(task: Task, before: Task | None = None) -> float:
    """Return how long one call takes."""
    if before is not None:
        before()
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun
