"""Assessments: one row each, and one row for every revision of their answers."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from webapp.storage.engine import Database
from webapp.storage.tables import assessment, gone, revision

DAY = 24 * 60 * 60
REMEMBER_GONE = 365 * DAY


class Gone(Exception):
    """The link was right once: `reason` is deleted or expired."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PackVersion:
    """Which pack an assessment was made with."""

    id: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """An assessment at one revision; `answers` is JSON of raw answers by question id, times are seconds."""

    id: int
    pack: PackVersion
    language: str
    revision: int
    path: str
    answers: str
    created: int
    touched: int
    expires: int

    def raw(self) -> dict[str, Any]:
        """Return the raw answers by question id."""
        return dict(json.loads(self.answers))


@dataclass(frozen=True, slots=True)
class Version:
    """The answers as they were at the end of a day."""

    revision: int
    day: date


@dataclass(frozen=True, slots=True)
class Saved:
    """The save is on disk; `assessment` is what it became."""

    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Stale:
    """Somebody saved in between: `base` is what the save was made from, `current` what is stored now."""

    base: Assessment
    current: Assessment


_OF_CURRENT = (revision.c.assessment_id == assessment.c.id) & (revision.c.number == assessment.c.revision)
_COLUMNS = (*assessment.c, revision.c.path, revision.c.answers)
_FIND = (
    select(*_COLUMNS).join(revision, _OF_CURRENT).where(assessment.c.token_hash == bindparam("token_hash"))
)
_FIND_GONE = select(gone.c.reason).where(gone.c.token_hash == bindparam("token_hash"))
_FIND_REVISION = select(revision.c.path, revision.c.answers).where(
    revision.c.assessment_id == bindparam("wanted_id"), revision.c.number == bindparam("wanted_number")
)
_ADVANCE = (
    update(assessment)
    .where(assessment.c.id == bindparam("wanted_id"), assessment.c.revision == bindparam("base"))
    .values(revision=bindparam("next"), touched=bindparam("now"), expires=bindparam("until"))
)
_APPEND = insert(revision)


def create(
    database: Database,
    pack: PackVersion,
    language: str,
    path: str,
    answers: Mapping[str, Any],
    now: int,
    keep_days: int,
) -> str:
    """Store a new assessment and return the token of its link, which is not stored."""
    token = secrets.token_urlsafe(32)
    row = {
        "token_hash": _hash(token),
        "pack_id": pack.id,
        "pack_version": pack.version,
        "pack_hash": pack.hash,
        "language": language,
        "revision": 1,
        "created": now,
        "touched": now,
        "expires": now + keep_days * DAY,
    }
    with database.write() as connection:
        key = connection.execute(insert(assessment).returning(assessment.c.id), row).scalar_one()
        connection.execute(_APPEND, _revision_row(key, 1, path, answers, None, now))
    return token


def find(database: Database, token: str, now: int) -> Assessment | None:
    """Return the assessment behind a link, None when there never was one; raise Gone."""
    params = {"token_hash": _hash(token)}
    with database.read() as connection:
        row = connection.execute(_FIND, params).first()
        if row is None:
            reason = connection.execute(_FIND_GONE, params).scalar()
    if row is not None:
        if row.expires <= now:
            raise Gone("expired")
        return _assessment(row)
    if reason is not None:
        raise Gone(reason)
    return None


def save(
    database: Database,
    base: Assessment,
    answers: Mapping[str, Any],
    now: int,
    keep_days: int,
    path: str | None = None,
    section: str | None = None,
) -> Saved | Stale:
    """Append a revision made from `base`; append nothing when `base` is no longer the current one."""
    until = now + keep_days * DAY
    advance = {
        "wanted_id": base.id,
        "base": base.revision,
        "next": base.revision + 1,
        "now": now,
        "until": until,
    }
    row = _revision_row(base.id, base.revision + 1, path or base.path, answers, section, now)
    with database.write() as connection:
        if connection.execute(_ADVANCE, advance).rowcount:
            connection.execute(_APPEND, row)
            return Saved(_advanced(base, row, until))
        current = connection.execute(
            select(*_COLUMNS).join(revision, _OF_CURRENT).where(assessment.c.id == base.id)
        )
        found = current.first()
    if found is None:
        raise Gone("deleted")
    return Stale(base, _assessment(found))


def at_revision(database: Database, current: Assessment, number: int) -> Assessment | None:
    """Return an assessment as it was at an earlier revision."""
    if number == current.revision:
        return current
    with database.read() as connection:
        row = connection.execute(_FIND_REVISION, {"wanted_id": current.id, "wanted_number": number}).first()
    return None if row is None else replace(current, revision=number, path=row.path, answers=row.answers)


def history(database: Database, current: Assessment) -> tuple[Version, ...]:
    """Return the last revision of each day on which answers were saved, the newest first."""
    rows = select(revision.c.number, revision.c.created).where(revision.c.assessment_id == current.id)
    with database.read() as connection:
        found = connection.execute(rows.order_by(revision.c.number)).all()
    by_day = {date.fromtimestamp(row.created): row.number for row in found}
    return tuple(Version(number, day) for day, number in reversed(by_day.items()))


def remove(database: Database, found: Assessment, now: int) -> None:
    """Delete an assessment with all its revisions for good, but remember that its link existed."""
    with database.write() as connection:
        _bury(connection, assessment.c.id == found.id, "deleted", now)


def purge(database: Database, now: int) -> int:
    """Delete what has expired and return how many that were."""
    with database.write() as connection:
        count = connection.execute(select(func.count()).where(assessment.c.expires <= now)).scalar_one()
        if count:
            _bury(connection, assessment.c.expires <= now, "expired", now)
        connection.execute(delete(gone).where(gone.c.since <= now - REMEMBER_GONE))
    return int(count)


def _bury(connection: Any, which: Any, reason: str, now: int) -> None:
    hashes = connection.execute(select(assessment.c.token_hash).where(which)).scalars().all()
    if not hashes:
        return
    connection.execute(
        insert(gone), [{"token_hash": each, "reason": reason, "since": now} for each in hashes]
    )
    dead = select(assessment.c.id).where(which).scalar_subquery()
    connection.execute(delete(revision).where(revision.c.assessment_id.in_(dead)))
    connection.execute(delete(assessment).where(which))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _revision_row(
    key: int, number: int, path: str, answers: Mapping[str, Any], section: str | None, now: int
) -> dict[str, Any]:
    text = json.dumps(answers, ensure_ascii=False, allow_nan=False)
    return {
        "assessment_id": key,
        "number": number,
        "path": path,
        "answers": text,
        "section": section,
        "created": now,
    }


def _advanced(base: Assessment, row: Mapping[str, Any], until: int) -> Assessment:
    return replace(
        base,
        revision=row["number"],
        path=row["path"],
        answers=row["answers"],
        touched=row["created"],
        expires=until,
    )


def _assessment(row: Row[Any]) -> Assessment:
    return Assessment(
        id=row.id,
        pack=PackVersion(row.pack_id, row.pack_version, row.pack_hash),
        language=row.language,
        revision=row.revision,
        path=row.path,
        answers=row.answers,
        created=row.created,
        touched=row.touched,
        expires=row.expires,
    )
