"""How a document and its printed form travel between the web process and the press."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the PDF; `description` is shown by PDF readers."""

    name: str
    content: bytes
    description: str = ""


def send(line: socket.socket, parts: Sequence[bytes]) -> None:
    """Send parts, each with its length before it."""
    head = LENGTH.pack(len(parts)) + b"".join(LENGTH.pack(len(part)) for part in parts)
    line.sendall(head)
    for part in parts:
        line.sendall(part)


def receive(line: socket.socket) -> list[bytes]:
    """Return the parts that were sent; raise EOFError when the other side has gone."""
    (count,) = LENGTH.unpack(_exactly(line, LENGTH.size))
    lengths = [LENGTH.unpack(_exactly(line, LENGTH.size))[0] for _ in range(count)]
    return [_exactly(line, length) for length in lengths]


def _exactly(line: socket.socket, length: int) -> bytes:
    parts = []
    while length:
        part = line.recv(min(length, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def pack(html: str, attachments: Iterable[Attachment]) -> list[bytes]:
    """Return a document and its attachments as parts."""
    parts = [html.encode("utf-8", "replace")]
    for attachment in attachments:
        parts += [attachment.name.encode(), attachment.description.encode(), attachment.content]
    return parts


def unpack(parts: Sequence[bytes]) -> tuple[str, tuple[Attachment, ...]]:
    """Return the document and attachments that `pack` wrote."""
    return parts[0].decode(), tuple(_attachments(parts[1:]))


def _attachments(parts: Sequence[bytes]) -> Iterator[Attachment]:
    for at in range(0, len(parts), 3):
        name, description, content = parts[at : at + 3]
        yield Attachment(name.decode(), content, description.decode())
