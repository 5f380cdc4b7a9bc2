"""The real server as a process of its own, for tests that drive it from outside or kill it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

STARTUP_SECONDS = 30


def free_port() -> int:
    """Return a port that nothing listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """`shirube serve` on a SQLite file; it may be started and stopped several times."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "SHIRUBE_DATABASE_URL": f"sqlite:///{folder / 'shirube.sqlite3'}",
            "SHIRUBE_SECRET_KEY": "only-for-tests",
            "SHIRUBE_TODAY": "2026-11-24",
            **settings,
        }

    def start(self) -> None:
        """Start it in a process group of its own and wait until it answers."""
        command = [Path(sys.executable).with_name("shirube"), "serve", "--port", str(self.port)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**os.environ, **self.settings},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + STARTUP_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Let it finish what it is doing."""
        self.process.terminate()
        self.process.wait(STARTUP_SECONDS)

    def kill(self) -> None:
        """End the whole process group at once, as a power cut would end the processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STARTUP_SECONDS)

    @property
    def log(self) -> Path:
        """Name the file with all that the server said."""
        return self.folder / "server.log"

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError):
            return False
