"""The plan's dates and to-dos as an iCalendar file (RFC 5545); the only module that loads icalendar."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar, Event, Todo
from icalendar.enums import TRANSP

from checklist.planning.plan import Plan
from checklist.planning.timing.reviews import Kind
from checklist.wording.view import WordedPlan

DEADLINES: tuple[Kind, ...] = ("lead_deadline", "opportunity_deadline", "kgi_date")


def calendar(plan: Plan, view: WordedPlan) -> bytes:
    """Return review dates and deadlines from the plan's day on as all-day events, and the to-dos.

    The same plan gives the same bytes. Equal answers give equal UIDs on any day and in any language, so
    that importing the file again changes what is there instead of adding to it.
    """
    entries = Calendar.new(
        prodid="-//Shirube//Shirube//EN",
        uid=_uid(plan, "calendar"),
        name=view.words["calendar.name"].format(title=view.title),
        subcomponents=(*_reviews(plan, view), *_other_deadlines(plan, view), *_todos(plan, view)),
    )
    written: bytes = entries.to_ical()
    return written


def _reviews(plan: Plan, view: WordedPlan) -> Iterator[Event]:
    """Yield one event for each review day; its summary names deadlines first."""
    tables = [section.tables[0] for section in view.kpi_sections if section.id == "reviews"]
    rows = [(table.columns[2].title, row) for table in tables for row in table.rows]
    for review, (looks, row) in zip(plan.reviews, rows, strict=True):
        kinds = sorted(review.kinds, key=lambda kind: kind not in DEADLINES)
        seen = view.words["document.labelled"].format(label=looks, text=row[2].text) if row[2].text else ""
        yield _event(plan, view, kinds, review.day, (row[1].text, seen))


def _other_deadlines(plan: Plan, view: WordedPlan) -> Iterator[Event]:
    """Yield the deadlines that no review stands for; one that is the goal's own date says nothing."""
    reviewed = {kind for review in plan.reviews for kind in review.kinds}
    goal = plan.schedule.kgi_date
    for kind in DEADLINES:
        day: date | None = getattr(plan.schedule, kind)
        own = kind == "kgi_date" or day != goal
        if day and day >= plan.today and own and kind not in reviewed:
            yield _event(plan, view, [kind], day)


def _event(
    plan: Plan, view: WordedPlan, kinds: Iterable[Kind], day: date, about: tuple[str, ...] = ()
) -> Event:
    what = view.words["calendar.separator"].join(view.words[f"calendar.{kind}"] for kind in kinds)
    return Event.new(
        uid=_uid(plan, *kinds, day.isoformat()),
        stamp=_stamp(plan),
        start=day,
        end=day + timedelta(days=1),
        summary=_line(view.words["calendar.summary"].format(what=what, campaign=view.campaign)),
        description=_lines(*about, view.kgi_sentence),
        transparency=TRANSP.TRANSPARENT,
    )


def _todos(plan: Plan, view: WordedPlan) -> Iterator[Todo]:
    """Yield the to-dos; only one to replace a provisional number has a day by which it is due."""
    due = {
        name: review.day for review in plan.reviews if "provisional" in review.kinds for name in review.looks
    }
    for todo, worded in zip(plan.todos, view.todos, strict=True):
        entry = Todo.new(
            uid=_uid(plan, "todo", todo.kind, todo.about),
            stamp=_stamp(plan),
            summary=_line(worded.text),
            description=_lines(worded.about),
        )
        if todo.kind == "provisional" and todo.about in due:
            entry.DUE = due[todo.about]
        yield entry


def _stamp(plan: Plan) -> datetime:
    return datetime.combine(plan.today, time(), UTC)


def _uid(plan: Plan, *parts: str) -> str:
    content = json.dumps([plan.pack_id, plan.path, plan.raw, parts], sort_keys=True, default=str)
    return f"{sha256(content.encode()).hexdigest()[:32]}@shirube"


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(*texts: str) -> str:
    return "\n".join(_line(text) for text in texts if text)
