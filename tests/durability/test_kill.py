"""The server is killed as by a power cut: whatever it has called saved is there after the next start."""

from __future__ import annotations

import http.cookiejar
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.client import HTTPException
from pathlib import Path

import pytest
import yaml

from tests.serving import Server

pytestmark = pytest.mark.slow

ROUNDS = 5
VISITORS = 4
CAMPAIGN = {"campaign": "site_renewal", "campaign_date": "2027-01-15"}
UNREACHED = (urllib.error.URLError, ConnectionError, HTTPException, TimeoutError)


class Client:
    """One visitor without a browser; `home` is the address of the assessment."""

    def __init__(self, server: Server) -> None:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.opener.addheaders = [("Accept-Language", "ja")]
        self.server = server
        page = self.get("/")
        self.home, _page = self._post("/", page, path="quick")

    def get(self, path: str) -> str:
        """Fetch a page."""
        with self.opener.open(self.server.url + path, timeout=10) as response:
            return str(response.read().decode())

    def save(self, section: str, **answers: str) -> bool:
        """Send a section; return whether the page that came back says it is saved."""
        form = self.get(f"{self.home}/{section}")
        revision = _hidden(form, "revision")
        _url, page = self._post(f"{self.home}/{section}", form, revision=revision, go="next", **answers)
        return "保存しました" in page

    def answers(self) -> dict[str, object]:
        """Fetch the answers file."""
        return dict(yaml.safe_load(self.get(f"{self.home}/answers.yaml"))["answers"])

    def _post(self, address: str, form: str, **fields: str) -> tuple[str, str]:
        body = urllib.parse.urlencode({"csrf_token": _hidden(form, "csrf_token"), **fields}).encode()
        with self.opener.open(self.server.url + address, body, timeout=10) as response:
            return urllib.parse.urlsplit(response.url).path, response.read().decode()


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path)
    running.start()
    yield running
    running.kill()


def test_answers_called_saved_outlive_a_kill(server: Server) -> None:
    client = Client(server)
    for number in range(1, ROUNDS + 1):
        given = {**CAMPAIGN, "campaign_date": f"2027-01-{number:02}"}
        assert client.save("campaign_plan", **given)
        server.kill()
        server.start()
        assert client.answers() == given


def keep_saving(client: Client) -> tuple[int, int]:
    """Save new dates until the server is gone; return the last one acknowledged and the last one tried."""
    acknowledged = tried = 0
    try:
        for tried in range(1, 1000):
            year, month = 2027 + tried // 12, tried % 12 + 1
            if client.save("campaign_plan", **CAMPAIGN | {"campaign_date": f"{year}-{month:02}-01"}):
                acknowledged = tried
    except UNREACHED:
        pass
    return acknowledged, tried


def number_of(answers: dict[str, object]) -> int:
    year, month, _day = map(int, str(answers["campaign_date"]).split("-"))
    return (year - 2027) * 12 + month - 1


def test_no_acknowledged_save_is_lost_when_the_server_dies_while_many_save(server: Server) -> None:
    clients = [Client(server) for _each in range(VISITORS)]
    moments = random.Random(20261124)
    for _round in range(ROUNDS):
        with ThreadPoolExecutor(VISITORS) as pool:
            saving = [pool.submit(keep_saving, client) for client in clients]
            time.sleep(moments.uniform(0.6, 1.6))
            server.kill()
        server.start()
        for client, (acknowledged, tried) in zip(clients, [each.result() for each in saving], strict=True):
            assert acknowledged > 0
            assert acknowledged <= number_of(client.answers()) <= tried
