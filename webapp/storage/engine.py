"""Opening the database: SQLite with everything on disk before a save is acknowledged, or PostgreSQL."""

from __future__ import annotations

import fcntl
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

THREADS = 8

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
    "mmap_size=0",
)


class DatabaseInUse(Exception):
    """Another process serves the same SQLite file, which this SQLite library cannot do safely."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Another Shirube process is using {path}. SQLite {sqlite3.sqlite_version} may lose answers "
            "when two processes share a file: stop the other one, or set SHIRUBE_DATABASE_URL to PostgreSQL."
        )


@dataclass
class Database:
    """An engine that begins every write with BEGIN IMMEDIATE, and the lock that keeps other processes out."""

    engine: Engine
    lock: IO[str] | None = None

    def __post_init__(self) -> None:
        self._writing = self.engine.execution_options(writes=True)

    def read(self) -> Connection:
        """Connect for reading."""
        return self.engine.connect()

    def write(self) -> Any:
        """Begin a write that is committed when the block ends, and then is on disk."""
        return self._writing.begin()

    def close(self) -> None:
        """Close all connections and let other processes in."""
        self.engine.dispose()
        if self.lock:
            self.lock.close()
            self.lock = None


def open_database(url: str) -> Database:
    """Open a database by its SQLAlchemy URL; raise DatabaseInUse."""
    if make_url(url).get_backend_name() != "sqlite":
        return Database(create_engine(url, pool_pre_ping=True, pool_size=THREADS))
    return _open_sqlite(url)


def loses_wal_resets(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Return whether this SQLite may lose commits when two connections reset a WAL at once.

    Source: the release notes of SQLite 3.51.3, with the fix also in 3.50.7 and 3.44.6.
    """
    fixed_in = {(3, 50): (3, 50, 7), (3, 44): (3, 44, 6)}.get(version[:2], (3, 51, 3))
    return (3, 7, 0) <= version < fixed_in


def _open_sqlite(url: str) -> Database:
    path = Path(make_url(url).database or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    alone = loses_wal_resets()
    lock = _lock(path) if alone else None
    # With the bug there is one connection in the whole process, and threads wait for it.
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1 if alone else THREADS,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return Database(engine, lock)


def _lock(path: Path) -> IO[str]:
    lock = open(f"{path}.lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise DatabaseInUse(path) from error
    return lock


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN is deferred, which fails under load; ours comes from `_begin`.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
