"""What the page calls saved is there after the server was killed."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp.storage.engine import loses_wal_resets

pytestmark = pytest.mark.slow


class Server:
    """A real server process of its own group, and a browser that talks to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.browser = urllib.request.build_opener(jar)
        self.start()

    def start(self) -> None:
        self.process = self.run()
        for _attempt in range(200):
            try:
                self.get("/")
                return
            except urllib.error.URLError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def run(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "SHIRUBE_DATABASE_URL": f"sqlite:///{self.folder}/s.sqlite3"}
        command = [
            sys.executable,
            "-c",
            "from webapp.cli import main; main()",
            "serve",
            "--port",
            str(self.port),
        ]
        return subprocess.Popen(
            command,
            cwd=Path(__file__).parent.parent.parent,
            env={**environment, "SHIRUBE_SECRET_KEY": "k" * 40},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def get(self, path: str) -> tuple[str, str]:
        return self.open(path)

    def open(self, address: str, **fields: str) -> tuple[str, str]:
        """Return the address and the text of the page that this leads to."""
        body = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{address}", body, {"Accept-Language": "ja"}
        )
        with self.browser.open(request, timeout=10) as answer:
            return urllib.parse.urlparse(answer.url).path, answer.read().decode()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()


def hidden(text: str, name: str) -> str:
    return re.search(rf'name="{name}"\s+value="([^"]*)"', text).group(1)


def test_a_saved_answer_survives_the_death_of_the_server(server: Server):
    _, start = server.get("/")
    home, _ = server.open("/", csrf_token=hidden(start, "csrf_token"), path="quick")
    for number in range(3):
        _, page = server.get(f"{home}/campaign_plan")
        fields = {name: hidden(page, name) for name in ("csrf_token", "revision")}
        day = f"2027-04-{number + 1:02}"
        _, saved = server.open(f"{home}/campaign_plan", **fields, campaign="site_renewal", campaign_date=day)
        assert "保存しました。" in saved
        server.kill()
        server.start()
        assert f'value="{day}"' in server.get(f"{home}/campaign_plan")[1]


@pytest.mark.skipif(not loses_wal_resets(), reason="this SQLite lets processes share a file")
def test_a_second_server_on_the_same_file_says_why_it_does_not_start(server: Server):
    second = server.run()
    _, said = second.communicate(timeout=20)
    assert second.returncode == 1
    assert "Another Shirube process is using" in said.decode()
