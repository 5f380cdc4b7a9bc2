"""Answering again later: the plan of an earlier day can be looked at as it was then."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from webapp.storage import assessments
from webapp.storage.tables import revision

DAY = 24 * 60 * 60


@pytest.fixture
def returned(app: Flask, visitor):
    """Answer on one day, and once more thirty days later."""
    visitor.start("quick")
    visitor.answer("campaign_plan", campaign="site_renewal", purpose="acquisition")
    visitor.answer("goal", kgi_kind="amount")
    visitor.answer("goal", kgi_kind="amount", kgi_amount="1億円")
    database = app.extensions["shirube"].database
    with database.write() as connection:
        connection.execute(revision.update().values(created=revision.c.created - 30 * DAY))
    visitor.answer("goal", kgi_kind="amount", kgi_amount="2億円")
    return visitor


def test_the_plan_of_an_earlier_day_is_the_plan_of_then(returned):
    now = returned.get(f"{returned.home}/plan").text
    assert "200,000,000円" in now and "以前の計画" in now
    then = returned.get(_link_to_earlier(now)).text
    assert "100,000,000円" in then and "200,000,000円" not in then
    assert "当時のまま表示しています" in then


def test_a_revision_that_never_was_shows_the_plan_of_today(returned):
    page = returned.get(f"{returned.home}/plan?revision=999")
    assert page.status_code == 200 and "200,000,000円" in page.text


def test_each_day_counts_once(app: Flask, returned):
    database = app.extensions["shirube"].database
    token = returned.home.rsplit("/", 1)[-1]
    found = assessments.find(database, token, 0)
    assert found is not None
    days = [version.day for version in assessments.history(database, found)]
    assert len(days) == 2 and days[0] > days[1] and isinstance(days[0], date)


def _link_to_earlier(page: str) -> str:
    start = page.index("/plan?revision=")
    begin = page.rindex('"', 0, start) + 1
    return page[begin : page.index('"', start)]
