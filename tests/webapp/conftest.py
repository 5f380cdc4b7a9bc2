from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from webapp import create_app
from webapp.config import Settings
from webapp.reading import Reader, open_reader

SECRET = "a secret for tests only, long enough"


class Visitor:
    """A browser with one assessment: it takes token and revision from the last page it saw."""

    def __init__(self, client: FlaskClient, language: str = "ja") -> None:
        self.client = client
        self.client.set_cookie("shirube_language", language)
        self.home = ""
        self.page = self.client.get("/")

    def get(self, address: str) -> TestResponse:
        self.page = self.client.get(address)
        return self.page

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}"\s+value="([^"]*)"', self.page.text)
        assert found, f"no {name} on the page"
        return found.group(1)

    def start(self, path: str = "full") -> Visitor:
        self.page = self.client.get("/")
        answer = self.client.post("/", data={"csrf_token": self.hidden("csrf_token"), "path": path})
        assert answer.status_code == 303
        self.home = answer.headers["Location"]
        return self

    def open(self, section: str) -> TestResponse:
        return self.get(f"{self.home}/{section}")

    def send(self, section: str, **answers: object) -> TestResponse:
        """Send the page last seen with these answers; `__` stands for the dot in a field's name."""
        data = {name.replace("__", "."): value for name, value in answers.items()}
        data |= {"csrf_token": self.hidden("csrf_token"), "revision": self.hidden("revision")}
        return self.client.post(f"{self.home}/{section}", data=data)

    def answer(self, section: str, **answers: object) -> TestResponse:
        """Open a section, send it, and go on to wherever that leads."""
        self.open(section)
        sent = self.send(section, **answers)
        assert sent.status_code == 303, sent.text
        return self.get(sent.headers["Location"].partition("#")[0])

    def stored(self) -> str:
        return self.client.get(f"{self.home}/answers.yaml").text

    def with_campaign(self) -> Visitor:
        """Answer what every later question depends on, for a site renewal with an amount as its goal."""
        self.answer("campaign_plan", campaign="site_renewal", campaign_date="2027-04-01")
        self.answer("goal", kgi_kind="amount")
        return self


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return open_reader(Settings(f"sqlite:///{tmp_path_factory.mktemp('reader')}/x.sqlite3", SECRET))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(f"sqlite:///{tmp_path}/shirube.sqlite3", SECRET, today=date(2026, 11, 24))


@pytest.fixture
def app(settings: Settings, reader: Reader) -> Iterator[Flask]:
    app = create_app(settings, reader)
    yield app
    app.extensions["shirube"].close()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())
