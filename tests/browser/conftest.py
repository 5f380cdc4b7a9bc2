from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.visitor import Visitor
from tests.serving import Server

ARGUMENTS = ["--disable-gpu", "--disable-quic", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 1000}
LOCALES = {"ja": "ja-JP", "en": "en-GB"}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Name the browser of the system; none is downloaded."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("the browser tests need Chromium: install the package `chromium`")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": chromium, "args": [*ARGUMENTS, *sandbox]}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the real server for all browser tests."""
    running = Server(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Visitor]]:
    """Make visitors, each with a browser profile of their own; afterwards none may have met an error."""
    visitors: list[Visitor] = []

    def arrive(
        language: str = "ja", javascript: bool = True, phone: bool = False, expects: str = ""
    ) -> Visitor:
        context = browser.new_context(
            base_url=server.url,
            locale=LOCALES[language],
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        visitors.append(visitor := Visitor(context, language, expects))
        return visitor

    yield arrive
    for each in visitors:
        each.leave()
    wrong = [line for each in visitors for line in each.wrong]
    assert not wrong, "\n".join(wrong)
