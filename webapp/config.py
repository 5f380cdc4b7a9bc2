"""The settings, from environment variables that begin with SHIRUBE_."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DEFAULT_FOLDER = Path("var")
CONTENT = Path(__file__).parent.parent / "content"


class BadSetting(Exception):
    """A setting cannot be read; the message names it and what it should look like."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one server runs; `today` fixes the date for tests.

    `base_url` is how visitors reach it, without a slash at its end; empty means however they came.
    """

    database_url: str
    secret_key: str
    base_url: str = ""
    retention_days: int = 180
    today: date | None = None
    pack: Path = CONTENT / "btob"
    phrases: Path = CONTENT / "phrases"

    @property
    def https(self) -> bool:
        """Return whether visitors come by https, so that cookies may insist on it."""
        return self.base_url.startswith("https://")


def read_settings(environment: Mapping[str, str] | None = None, folder: Path = DEFAULT_FOLDER) -> Settings:
    """Read the settings, making a secret key in `folder` where none is set; raise BadSetting."""
    given = os.environ if environment is None else environment
    base_url = given.get("SHIRUBE_BASE_URL", "").rstrip("/")
    if base_url and not base_url.startswith(("http://", "https://")):
        raise BadSetting("SHIRUBE_BASE_URL has to begin with http:// or https://")
    return Settings(
        database_url=given.get("SHIRUBE_DATABASE_URL") or _sqlite_in(folder),
        secret_key=given.get("SHIRUBE_SECRET_KEY") or _kept_secret(folder / "secret-key"),
        base_url=base_url,
        retention_days=_days(given.get("SHIRUBE_RETENTION_DAYS", "180")),
        today=_date(given.get("SHIRUBE_TODAY")),
    )


def _sqlite_in(folder: Path) -> str:
    return f"sqlite:///{(folder / 'shirube.sqlite3').resolve()}"


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with open(handle, "w", encoding="ascii") as file:
        file.write(secret := secrets.token_urlsafe(48))
    return secret


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 36500):
        raise BadSetting("SHIRUBE_RETENTION_DAYS has to be a whole number of days from 1 to 36500")
    return int(text)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadSetting("SHIRUBE_TODAY has to be a date such as 2027-03-31") from error
