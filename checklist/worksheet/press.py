"""The printing process: loads fonts and styles once, then prints each document in a limited child.

Run as `python -m checklist.worksheet.press SECONDS BYTES FOLDER` with a socket as standard input; each
message on it brings one more socket, over which a document comes in and its PDF goes out. It ends with
its parent.
"""

from __future__ import annotations

import gc
import os
import resource
import shutil
import signal
import socket
import sys
import tempfile
from pathlib import Path

from checklist.worksheet.typesetter import Typesetter
from checklist.worksheet.wire import Attachment, receive, send, unpack

STARTED = b"\x01"
# A page with every kind of element, so that what the library remembers of them is shared by all children.
WARM_UP = Path(__file__).parent / "templates" / "warm-up.html"
OPEN_FILES = 64


def main(seconds: float, memory: int, folder: str) -> None:
    """Print until the parent has gone; `folder` holds the unpacked fonts and goes with this process."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    tempfile.tempdir = folder
    try:
        _print_all(socket.socket(fileno=0), seconds, memory)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _print_all(control: socket.socket, seconds: float, memory: int) -> None:
    typesetter = Typesetter()
    typesetter.typeset(WARM_UP.read_text(encoding="utf-8"))
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while (line := _next_job(control)) is not None:
        with line:
            if os.fork() == 0:
                _print_and_exit(typesetter, line, seconds, memory)


def _next_job(control: socket.socket) -> socket.socket | None:
    _, sockets, _, _ = socket.recv_fds(control, 1, 1)
    return socket.socket(fileno=sockets[0]) if sockets else None


def _print_and_exit(typesetter: Typesetter, line: socket.socket, seconds: float, memory: int) -> None:
    try:
        _limit(seconds, memory)
        gc.disable()
        os.close(0)
        line.sendall(STARTED)
        html, attachments = unpack(receive(line))
        send(line, _printed(typesetter, html, attachments))
        os._exit(0)
    finally:
        os._exit(1)


def _printed(typesetter: Typesetter, html: str, attachments: tuple[Attachment, ...]) -> list[bytes]:
    try:
        return [b"", typesetter.typeset(html, attachments)]
    except (MemoryError, RecursionError):
        return [b"too_large"]
    except Exception as error:
        return [b"failed", repr(error)[:500].encode()]


def _limit(seconds: float, memory: int) -> None:
    """Have the kernel end this process when it takes too long; memory runs out as a MemoryError."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    whole = int(seconds) + 1
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: whole,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
