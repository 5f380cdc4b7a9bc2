"""What a page of the questionnaire costs beside a bare Flask page of the same bytes and the same SQL.

The floor is `bare_pages.py`: a Flask application with nothing registered but two views. To show the page it
looks up the link with the application's own statement, on the same SQLite file through the same database
layer, and renders the same bytes from a template without loops or branches over one plain dict. To save, it
parses the same body, checks its forgery token with Flask-WTF, looks up the link, merges the answers, appends
a revision with the application's own statements, on disk before it answers, and redirects. It neither reads
what was typed nor works out what is asked next.

Both are called as a server calls them, so that the time of a test client is on neither side. The application
keeps its caches, as it does when serving; a save is always of an answer that it has not seen before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from checklist.pack.reading import read_yaml
from tests.benchmarks.bare_pages import bare_app
from tests.benchmarks.pace import seconds, times_as_long
from webapp import create_app
from webapp.config import Settings
from webapp.services import Services
from webapp.storage import assessments

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]
ROUNDS = 200
MOST_OVER_BARE = 2.0
# Reading one new answer, judging the whole section and finding the way on are in no bare save.
MOST_OVER_BARE_SAVE = 3.0
SECTION = "goal"
SECRET = "a secret for this benchmark only"

Answered = tuple[int, str, str]


@dataclass
class Browser:
    """Sends requests to an application as a server hands them over, with one cookie jar of its own."""

    app: Flask
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def get(self) -> Answered:
        return self._call("GET", b"")

    def post(self) -> Answered:
        """Send `body`, which is set beforehand."""
        return self._call("POST", self.body)

    def _call(self, method: str, body: bytes) -> Answered:
        environ = {**self._environ, "REQUEST_METHOD": method, "CONTENT_LENGTH": str(len(body))}
        environ |= {"wsgi.input": BytesIO(body), "HTTP_COOKIE": self.cookie}
        content, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return int(status[:3]), b"".join(content).decode(), headers.get("Set-Cookie", "")

    def __post_init__(self) -> None:
        form = "application/x-www-form-urlencoded"
        self._environ = EnvironBuilder(self.address, content_type=form).get_environ()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def keep_cookie(self, header: str) -> None:
        name, _, value = header.partition(";")[0].partition("=")
        self.cookies[name] = value


@dataclass
class Sides:
    """The same assessment in the application and in the bare one."""

    real: Browser
    bare: Browser
    parts: Services
    token: str
    fields: list[tuple[str, str]]
    amount: int = 100

    def change_amount(self) -> None:
        """Fill in the form anew: the newest revision, and an amount that was never sent before."""
        found = assessments.find(self.parts.database, self.token, self.parts.now())
        assert found is not None
        self.amount += 1
        new = {"kgi_amount": f"{self.amount}万円", "revision": str(found.revision)}
        body = urlencode([(name, new.get(name, value)) for name, value in self.fields]).encode()
        self.real.body = self.bare.body = body

    def stored_amount(self) -> object:
        found = assessments.find(self.parts.database, self.token, self.parts.now())
        return found and found.raw()["kgi_amount"]


@pytest.fixture
def sides(tmp_path: Path, root: Path) -> Iterator[Sides]:
    settings = Settings(f"sqlite:///{tmp_path}/x.sqlite3", SECRET, today=date(2026, 11, 24))
    app = create_app(settings)
    parts: Services = app.extensions["shirube"]
    example = read_yaml((root / "tests/examples/sensor_maker_site_renewal.yaml").read_text("utf-8")).content
    token = assessments.create(
        parts.database, parts.reader.version, "ja", "full", example["answers"], parts.now(), 90
    )
    real = Browser(app, f"/a/{token}/{SECTION}")
    status, page, cookie = real.get()
    assert status == 200
    real.keep_cookie(cookie)
    bare = Browser(bare_app(parts.database, page, parts.now, SECRET), f"/{token}", real.cookies)
    yield Sides(real, bare, parts, token, form_fields(page))
    parts.close()


def form_fields(page: str) -> list[tuple[str, str]]:
    """Return what a browser sends of the page when nothing on it is changed."""
    fields = []
    for tag in re.findall(r"<input [^>]*>", page):
        parts = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if "name" in parts and (parts["type"] in ("text", "hidden") or " checked" in tag):
            fields.append((parts["name"], unescape(parts.get("value", ""))))
    for name in re.findall(r'<select [^>]*name="([^"]*)"', page):
        fields.append((name, ""))
    return fields


def report(name: str, ratio: float, task: Callable[[], object]) -> None:
    print(f"\n{name}: {ratio:.2f} ({seconds(task) * 1000:.2f} ms)")


def test_a_page_costs_at_most_twice_a_bare_one_of_the_same_bytes(sides: Sides) -> None:
    real, bare = sides.real.get(), sides.bare.get()
    assert real[0] == bare[0] == 200
    assert without_token(real[1]) == without_token(bare[1])
    ratio = times_as_long(sides.real.get, sides.bare.get, ROUNDS)
    report("page / bare page", ratio, sides.real.get)
    assert ratio <= MOST_OVER_BARE


def test_saving_an_answer_costs_a_small_multiple_of_a_bare_save(sides: Sides) -> None:
    for side in (sides.real, sides.bare):
        sides.change_amount()
        assert side.post()[0] == 303
        assert sides.stored_amount() == f"{sides.amount}万円"
    ratio = times_as_long(sides.real.post, sides.bare.post, ROUNDS, before=sides.change_amount)
    assert sides.stored_amount() == f"{sides.amount}万円"
    sides.change_amount()
    report("save / bare save", ratio, sides.real.post)
    assert ratio <= MOST_OVER_BARE_SAVE


def without_token(page: str) -> str:
    """Leave out what differs from one second to the next."""
    return re.sub(r'(?<=name="csrf_token" value=")[^"]+', "", page)
