"""What a safe PDF costs beside a plain call of the printing library, on the same worksheet."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import weasyprint

from checklist.worksheet.document import html
from checklist.worksheet.press import WARM_UP
from checklist.worksheet.printer import Printer
from checklist.worksheet.typesetter import HERE, BundledOnly, Typesetter
from tests.worksheet.sample import sample_view

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.slow,
    # The library leaves its colour profile open.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
ROUNDS = 7
MOST_OVER_PLAIN = 1.12
MOST_PRIVATE = 60 * 1024


def seconds(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def plain(page: str) -> bytes:
    """Print as the library's manual shows it, with the same style sheet and fonts."""
    style = weasyprint.CSS(filename=HERE / "templates" / "worksheet.css", url_fetcher=BundledOnly())
    document = weasyprint.HTML(string=page, url_fetcher=BundledOnly())
    pdf: bytes = document.write_pdf(stylesheets=[style])
    return pdf


def test_a_safe_print_costs_little_more_than_a_plain_one():
    page = html(sample_view("ja"))
    with Printer() as printer:
        printer.print(page)
        plain(page)
        ratios = [seconds(lambda: printer.print(page)) / seconds(lambda: plain(page)) for _ in range(ROUNDS)]
    print(f"\nsafe/plain: {statistics.median(ratios):.3f}")
    assert statistics.median(ratios) <= MOST_OVER_PLAIN


def test_a_print_takes_little_memory_of_its_own():
    # In a process of its own, as what the test run keeps in memory would be counted too.
    done = subprocess.run(
        [sys.executable, __file__], capture_output=True, check=True, cwd=ROOT, env=ENVIRONMENT
    )
    print(f"\nprivate: {int(done.stdout) // 1024} MB")
    assert int(done.stdout) <= MOST_PRIVATE


def print_in_a_fork() -> None:
    """Print as the press does, and tell how many kilobytes the fork has for itself at the end."""
    page, typesetter = html(sample_view("ja")), Typesetter()
    typesetter.typeset(WARM_UP.read_text(encoding="utf-8"))
    gc.collect()
    gc.freeze()
    if os.fork() == 0:
        gc.disable()
        typesetter.typeset(page)
        print(private_kilobytes(), flush=True)
        os._exit(0)
    os.wait()


def private_kilobytes() -> int:
    rows = [line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()]
    return sum(int(row[1]) for row in rows if row[0] in ("Private_Clean:", "Private_Dirty:"))


if __name__ == "__main__":
    print_in_a_fork()
