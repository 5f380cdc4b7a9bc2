from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from checklist.worksheet.printer import LARGEST, Printer, PrintError

PAGE = "<html lang=ja><title>t</title><p>受注額"
SLOW = PAGE + "<table>" + "<tr><td>x<td>y" * 2000


def press_of(printer: Printer) -> int:
    return printer._press._process.pid


def is_gone(process: int) -> bool:
    for _ in range(100):
        if not os.path.exists(f"/proc/{process}"):
            return True
        time.sleep(0.05)
    return False


def test_a_document_that_takes_too_long_is_given_up():
    with Printer(seconds=0.3) as printer:
        with pytest.raises(PrintError) as raised:
            printer.print(SLOW)
        assert raised.value.code == "timeout"
        assert printer.print(PAGE).startswith(b"%PDF")


def test_a_document_that_takes_too_much_memory_is_refused_and_the_next_is_printed():
    with Printer(memory=300 * 1024 * 1024) as printer:
        with pytest.raises(PrintError) as raised:
            printer.print(PAGE + "<table>" + "<tr><td>x" * 20_000)
        assert printer.print(PAGE).startswith(b"%PDF")
    # Where memory runs out in a C library, the child is ended before it can say so.
    assert raised.value.code in ("too_large", "failed")


def test_a_document_of_many_megabytes_is_not_even_tried():
    printer = Printer()
    with pytest.raises(PrintError) as raised:
        printer.print("x" * (LARGEST + 1))
    assert (raised.value.code, printer._press) == ("too_large", None)


def test_a_printing_process_that_died_is_started_again(printer: Printer):
    first = printer.print(PAGE)
    os.kill(press_of(printer), signal.SIGKILL)
    assert printer.print(PAGE) == first


def test_threads_share_a_printer(printer: Printer):
    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(printer.print, [PAGE] * 6))
    assert len(set(printed)) == 1


def test_a_document_waits_for_a_free_place_only_so_long():
    with Printer(seconds=0.2, at_once=1) as printer:
        printer._slots.acquire()
        with pytest.raises(PrintError) as raised:
            printer.print(PAGE)
    assert raised.value.code == "busy"


def test_closing_ends_the_process_and_takes_its_files_along():
    with Printer() as printer:
        printer.print(PAGE)
        process, folder = press_of(printer), printer._press._folder
        assert os.listdir(folder)
    assert is_gone(process)
    assert not os.path.exists(folder)


def test_the_printing_process_ends_with_its_parent_and_takes_its_files_along():
    code = (
        "import os, signal; from checklist.worksheet.printer import Printer; p = Printer();"
        f"p.print({PAGE!r}); print(p._press._process.pid, p._press._folder, flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split()
    assert is_gone(int(told[0]))
    assert not os.path.exists(told[1])


def test_the_process_that_asks_never_loads_the_printing_library():
    code = "import sys, checklist.worksheet.printer; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
