from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from checklist.worksheet.document import html
from checklist.worksheet.printer import Printer
from tests.worksheet.sample import sample_view


@pytest.fixture(scope="session")
def printer() -> Iterator[Printer]:
    """Share one printing process between the tests."""
    with Printer() as shared:
        yield shared


@pytest.fixture(scope="session", params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def printed(printer: Printer, language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name a file with the sample worksheet."""
    path = tmp_path_factory.mktemp("printed") / f"{language}.pdf"
    path.write_bytes(printer.print(html(sample_view(language))))
    return path


def text_of(path: Path) -> str:
    """Return the text of a PDF without its spaces and line breaks, which depend on the layout."""
    found = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return "".join(found.stdout.decode().split())
