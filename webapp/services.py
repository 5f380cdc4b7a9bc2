"""What the views of one application share: settings, database, the engine's reading, the clock."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from threading import Lock
from typing import cast

from flask import current_app

from webapp.config import Settings
from webapp.printing import Shelf
from webapp.reading import Reader
from webapp.storage import assessments
from webapp.storage.engine import Database

PURGE_EVERY = 24 * 60 * 60


@dataclass
class Services:
    """One application's parts."""

    settings: Settings
    database: Database
    reader: Reader
    shelf: Shelf = field(default_factory=Shelf)
    _purged: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def close(self) -> None:
        """End the printing process and close the database."""
        self.shelf.printer.close()
        self.database.close()

    def now(self) -> int:
        """Return the time in seconds since 1970."""
        return int(time.time())

    def today(self) -> date:
        """Return the date that plans are made for."""
        return self.settings.today or datetime.now(UTC).astimezone().date()

    def purge_daily(self) -> None:
        """Delete expired assessments when that was last done a day ago."""
        if time.monotonic() < self._purged or not self._lock.acquire(blocking=False):
            return
        try:
            assessments.purge(self.database, self.now())
            self._purged = time.monotonic() + PURGE_EVERY
        finally:
            self._lock.release()


def services() -> Services:
    """Return the parts of the application that handles this request."""
    return cast(Services, current_app.extensions["shirube"])
