"""Print through a process of its own, so that the web process never loads the printing library."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Sequence
from types import TracebackType

from checklist.errors import ChecklistError
from checklist.wording.view import WordedPlan
from checklist.worksheet.document import html
from checklist.worksheet.wire import Attachment, pack, receive, send

SECONDS = 40.0
MEMORY = 640 * 1024 * 1024
LARGEST = 4 * 1024 * 1024
START_WITHIN = 60.0
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


class PrintError(ChecklistError):
    """A document could not be printed; the code is too_large, timeout, busy or failed."""


class Printer:
    """Prints documents, a few at a time; safe to share between threads.

    The printing process is started by the first document and again when it has died.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY, at_once: int | None = None) -> None:
        self._seconds = seconds
        self._memory = memory
        self._slots = threading.BoundedSemaphore(at_once or os.cpu_count() or 1)
        self._lock = threading.Lock()
        self._press: _Press | None = None

    def __enter__(self) -> Printer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the printing process ahead of the first document."""
        self._running()

    def close(self) -> None:
        """End the printing process; a later document starts it again."""
        with self._lock:
            if self._press is not None:
                self._press.end()
            self._press = None

    def print(self, page: WordedPlan | str, attachments: Sequence[Attachment] = ()) -> bytes:
        """Return the PDF of a worded plan, or of the HTML that `document.html` made of it.

        Raise PrintError.
        """
        text = page if isinstance(page, str) else html(page)
        parts = pack(text, attachments)
        if len(parts[0]) > LARGEST:
            raise PrintError("too_large", bytes=len(parts[0]))
        if not self._slots.acquire(timeout=self._seconds):
            raise PrintError("busy")
        try:
            return self._printed(parts)
        finally:
            self._slots.release()

    def _printed(self, parts: list[bytes]) -> bytes:
        # A printing process may die between two documents without anybody noticing, so there is a second try.
        line = self._connect() or self._connect()
        if line is None:
            raise PrintError("failed", detail="the printing process does not start")
        with line:
            code, *rest = self._answer(line, parts)
        if code:
            raise PrintError(code.decode(), detail=b"".join(rest).decode())
        return rest[0]

    def _connect(self) -> socket.socket | None:
        """Return a line to a child that is ready to print, or None when there came none."""
        mine, theirs = socket.socketpair()
        mine.settimeout(START_WITHIN)
        press = self._running()
        try:
            with theirs:
                press.hand_over(theirs)
            if mine.recv(1):
                return mine
        except OSError:
            pass
        mine.close()
        press.end()
        return None

    def _answer(self, line: socket.socket, parts: list[bytes]) -> list[bytes]:
        """Return what the child answers; one that is ended by the kernel just hangs up."""
        begun = time.monotonic()
        line.settimeout(self._seconds + 5)
        try:
            send(line, parts)
            return receive(line)
        except (EOFError, OSError) as error:
            late = time.monotonic() - begun >= self._seconds * 0.9
            raise PrintError("timeout" if late else "failed", detail=repr(error)) from error

    def _running(self) -> _Press:
        """Return the printing process, a new one where there is none or a fork has copied its parent's."""
        with self._lock:
            if self._press is None or not self._press.is_usable():
                self._press = _Press(self._seconds, self._memory)
            return self._press


class _Press:
    """One running printing process."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._owner = os.getpid()
        self._folder = tempfile.mkdtemp(prefix="shirube-press-")
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "checklist.worksheet.press", str(seconds), str(memory), self._folder],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
                start_new_session=True,
            )
        self.end = weakref.finalize(self, _end, self._owner, self._control, self._process, self._folder)

    def is_usable(self) -> bool:
        return self.end.alive and self._owner == os.getpid() and self._process.poll() is None

    def hand_over(self, line: socket.socket) -> None:
        socket.send_fds(self._control, [b"\x01"], [line.fileno()])


def _end(owner: int, control: socket.socket, process: subprocess.Popen[bytes], folder: str) -> None:
    """Hang up, on which the process ends by itself; a fork of its parent leaves it running."""
    control.close()
    if owner != os.getpid():
        process.returncode = 0
        return
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def print_once(page: WordedPlan | str, attachments: Sequence[Attachment] = ()) -> bytes:
    """Print a single document, as the command line does."""
    with Printer(at_once=1) as printer:
        return printer.print(page, attachments)
