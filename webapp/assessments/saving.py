"""Saving changes made from a page that may be old by now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.services import Services
from webapp.storage import assessments
from webapp.storage.assessments import Assessment, Saved

TRIES = 20


@dataclass(frozen=True, slots=True)
class Conflict:
    """Questions that were changed here and, to something else, by a save in between."""

    current: Assessment
    questions: tuple[str, ...]


def save_changes(
    parts: Services, base: Assessment, current: Assessment, changes: Mapping[str, Any], section: str
) -> Assessment | Conflict:
    """Save changes made from `base` on top of `current`; None takes an answer back.

    Changes to other questions are kept. A question changed on both sides is a Conflict: nothing is saved.
    """
    for _attempt in range(TRIES):
        conflict = _conflict(base, current, changes)
        if conflict:
            return Conflict(current, conflict)
        answers = _applied(current.raw(), changes)
        if answers == current.raw():
            return current
        outcome = assessments.save(
            parts.database, current, answers, parts.now(), parts.settings.retention_days, section=section
        )
        if isinstance(outcome, Saved):
            return outcome.assessment
        current = outcome.current
    return Conflict(current, tuple(changes))


def change_thoroughness(parts: Services, current: Assessment, path: str) -> Assessment:
    """Change between the quick and the full path; no answer is touched, so it follows any save in between."""
    for _attempt in range(TRIES):
        outcome = assessments.save(
            parts.database, current, current.raw(), parts.now(), parts.settings.retention_days, path=path
        )
        if isinstance(outcome, Saved):
            return outcome.assessment
        current = outcome.current
    return current


def _conflict(base: Assessment, current: Assessment, changes: Mapping[str, Any]) -> tuple[str, ...]:
    if base.revision == current.revision:
        return ()
    was, now = base.raw(), current.raw()
    return tuple(
        name for name, mine in changes.items() if now.get(name) != was.get(name) and now.get(name) != mine
    )


def _applied(answers: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**answers, **changes}
    return {name: raw for name, raw in merged.items() if raw is not None}
