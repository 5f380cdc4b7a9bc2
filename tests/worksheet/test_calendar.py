"""The plan's dates as an iCalendar file, opened again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from checklist.planning.plan import Plan
from checklist.worksheet.calendar import calendar
from tests.worksheet.companies import COMPANIES, HOSTILE, RARE, TODAY, company_plan, worded

SENSOR = "sensor_maker_site_renewal"


def written(plan: Plan, language: str = "ja") -> bytes:
    return calendar(plan, worded(plan, language))


def opened(plan: Plan, language: str = "ja") -> Calendar:
    found = Calendar.from_ical(written(plan, language))
    assert isinstance(found, Calendar)
    assert not [error for part in found.walk() for error in part.errors]
    return found


def uids(plan: Plan, language: str = "ja") -> list[str]:
    return [str(part["UID"]) for part in opened(plan, language).walk()]


@pytest.fixture(scope="module", params=COMPANIES)
def plan(request: pytest.FixtureRequest) -> Plan:
    return company_plan(str(request.param))


def test_every_review_and_deadline_is_an_event_of_a_whole_day(plan: Plan, language: str) -> None:
    events = opened(plan, language).events
    days = {event.start for event in events}
    assert {review.day for review in plan.reviews} <= days
    schedule = plan.schedule
    deadlines = (schedule.lead_deadline, schedule.opportunity_deadline, schedule.kgi_date)
    assert {day for day in deadlines if day and day >= TODAY} <= days
    for event in events:
        assert type(event.start) is date and event.end == event.start + timedelta(days=1)
        assert event["DTSTART"].params["VALUE"] == "DATE"


def test_every_to_do_is_there_in_the_language_of_the_plan(plan: Plan, language: str) -> None:
    view = worded(plan, language)
    todos = opened(plan, language).todos
    assert [str(todo["SUMMARY"]) for todo in todos] == [todo.text for todo in view.todos]


def test_only_a_number_to_be_replaced_has_a_day_by_which_it_is_due(plan: Plan) -> None:
    days = {name: each.day for each in plan.reviews if "provisional" in each.kinds for name in each.looks}
    for todo, entry in zip(plan.todos, opened(plan).todos, strict=True):
        wanted = days.get(todo.about) if todo.kind == "provisional" else None
        assert (entry["DUE"].dt if "DUE" in entry else None) == wanted


def test_no_event_lies_before_the_day_of_the_plan(plan: Plan) -> None:
    assert all(event.start >= TODAY for event in opened(plan).events)


def test_the_clock_plays_no_part(plan: Plan) -> None:
    stamps = {part["DTSTAMP"].dt for part in opened(plan).walk() if "DTSTAMP" in part}
    assert stamps <= {datetime(2026, 11, 24, tzinfo=UTC)}
    assert written(plan) == written(plan)


def test_every_entry_has_an_identity_of_its_own(plan: Plan) -> None:
    assert len(set(uids(plan))) == len(uids(plan))


def test_an_identity_stays_in_another_language_and_on_the_next_day() -> None:
    plan, later = company_plan("saas_ma_rollout"), company_plan("saas_ma_rollout", TODAY + timedelta(days=1))
    assert uids(plan, "en") == uids(plan, "ja") == uids(later)
    assert written(plan) != written(later)


def test_another_plan_has_other_identities() -> None:
    other = company_plan(SENSOR, business="別の事業")
    assert set(uids(company_plan(SENSOR))).isdisjoint(uids(other))


@pytest.mark.parametrize("text", [*HOSTILE, RARE, "一行目\n二行目; ¥, \\n", "BEGIN:VEVENT\r\nSUMMARY:x"])
def test_what_a_person_typed_is_kept_and_adds_no_entry(text: str) -> None:
    plan = company_plan(SENSOR, business=text)
    entries = opened(plan)
    assert len(entries.walk()) == len(opened(company_plan(SENSOR)).walk())
    sentence = " ".join(worded(plan, "ja").kgi_sentence.split())
    assert str(entries.events[0]["DESCRIPTION"]).endswith(sentence)


def test_no_line_is_longer_than_75_bytes_and_none_breaks_a_character() -> None:
    for line in written(company_plan(SENSOR, business=RARE * 9)).split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_a_deadline_says_what_it_is_and_of_which_campaign() -> None:
    plan = company_plan(SENSOR)
    texts = {
        language: [str(each["SUMMARY"]) for each in opened(plan, language).events]
        for language in ("ja", "en")
    }
    assert "リードの期限（サイトリニューアル）" in texts["ja"]
    assert "Last date for leads (Site renewal)" in texts["en"]
