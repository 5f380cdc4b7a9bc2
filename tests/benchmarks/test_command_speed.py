"""What `shirube plan` takes beside the start of a Python that imports the same packages and does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.pace import times_as_long

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]
ROUNDS = 9
MOST_OVER_IMPORTS = 3.0

ARGUMENTS = ["plan", "tests/examples/sensor_maker_site_renewal.yaml", "--json", "--today", "2026-11-24"]
COMMAND = "from webapp.cli import main; main(prog_name='shirube')"
# Every module that the command has loaded from outside this project and the standard library.
LIST_IMPORTS = """
import atexit, sys
def list_imports():
    for name, module in list(sys.modules.items()):
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
        if "site-packages" in origin and name != "_distutils_hack":
            print(name, file=sys.stderr)
atexit.register(list_imports)
"""


@pytest.fixture(scope="module")
def run(root: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-c", code, *arguments]
        return subprocess.run(line, cwd=root, check=True, capture_output=True, encoding="utf-8")

    return run_python


@pytest.fixture(scope="module")
def packages(run: Callable[..., subprocess.CompletedProcess[str]]) -> list[str]:
    return run(LIST_IMPORTS + COMMAND, *ARGUMENTS).stderr.split()


def test_a_plan_costs_a_small_multiple_of_importing_its_packages(
    run: Callable[..., subprocess.CompletedProcess[str]], packages: list[str]
) -> None:
    assert {"click", "yaml", "pydantic"} <= set(packages)
    assert run(COMMAND, *ARGUMENTS).stdout.startswith("{")
    only_imports = f"import {', '.join(packages)}"
    ratio = times_as_long(lambda: run(COMMAND, *ARGUMENTS), lambda: run(only_imports), ROUNDS)
    print(f"\nplan / imports: {ratio:.2f}")
    assert ratio <= MOST_OVER_IMPORTS


def test_the_printer_is_not_loaded_for_a_plan_on_screen(packages: list[str]) -> None:
    assert "weasyprint" not in packages
