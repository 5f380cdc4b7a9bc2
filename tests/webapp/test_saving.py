"""Two tabs, two languages, back and forth: what is saved and what is asked."""

from __future__ import annotations

import re
from typing import Any

import pytest


@pytest.fixture
def visitor(visitor: Any) -> Any:
    visitor.start("quick").with_campaign()
    visitor.answer("goal", kgi_kind="amount", kgi_amount="1億円", share="40%")
    return visitor


def test_two_tabs_that_change_different_questions_both_keep_their_changes(visitor: Any):
    visitor.open("goal")
    first = visitor.page
    visitor.answer("goal", kgi_kind="amount", kgi_amount="2億円", share="40%")
    visitor.page = first
    sent = visitor.send("goal", kgi_kind="amount", kgi_amount="1億円", share="50%")
    assert sent.status_code == 303
    assert "kgi_amount: 2億円" in visitor.stored()
    assert "share: 50%" in visitor.stored()


def conflict(visitor: Any) -> Any:
    visitor.open("goal")
    first = visitor.page
    visitor.answer("goal", kgi_kind="amount", kgi_amount="2億円", share="40%")
    visitor.page = first
    visitor.page = visitor.send("goal", kgi_kind="amount", kgi_amount="3億円", share="60%")
    return visitor.page


def resolve(visitor: Any, keep: str) -> Any:
    fields = re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', visitor.page.text)
    data: dict[str, Any] = {"kgi_amount.keep": keep}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return visitor.client.post(f"{visitor.home}/goal", data=data)


def test_two_tabs_that_change_the_same_question_get_both_versions_to_choose_from(visitor: Any):
    page = conflict(visitor)
    assert page.status_code == 409
    assert "200,000,000円" in page.text
    assert "300,000,000円" in page.text
    assert "kgi_amount: 2億円" in visitor.stored()
    assert "share: 40%" in visitor.stored()


def test_the_version_just_entered_can_be_chosen(visitor: Any):
    conflict(visitor)
    assert resolve(visitor, "mine").status_code == 303
    assert "kgi_amount: 3億円" in visitor.stored()
    assert "share: 60%" in visitor.stored()


def test_the_version_saved_in_the_meantime_can_be_chosen_and_the_rest_is_saved(visitor: Any):
    conflict(visitor)
    assert resolve(visitor, "saved").status_code == 303
    assert "kgi_amount: 2億円" in visitor.stored()
    assert "share: 60%" in visitor.stored()
    assert "kgi_kind: amount" in visitor.stored()


def test_sending_the_same_page_twice_changes_nothing_the_second_time(visitor: Any):
    visitor.open("goal")
    for _time in range(2):
        assert visitor.send("goal", kgi_kind="amount", kgi_amount="5億円", share="40%").status_code == 303
    assert "kgi_amount: 5億円" in visitor.stored()


@pytest.mark.parametrize("revision", ["", "0", "99", "-1", "x", "1" * 50, "٣"])
def test_a_broken_revision_number_loses_nothing(visitor: Any, revision: str):
    visitor.open("goal")
    data = {"csrf_token": visitor.hidden("csrf_token"), "revision": revision}
    sent = visitor.client.post(
        f"{visitor.home}/goal", data={**data, "kgi_kind": "amount", "kgi_amount": "1億円", "share": "70%"}
    )
    assert sent.status_code in (303, 409)
    assert "kgi_amount: 1億円" in visitor.stored()


def test_an_answer_that_is_no_longer_asked_is_kept_for_when_it_is_asked_again(visitor: Any):
    visitor.answer("goal", kgi_kind="count", kgi_amount="1億円", share="40%")
    assert 'id="kgi_amount"' not in visitor.open("goal").text
    visitor.answer("goal", kgi_kind="amount", share="40%")
    assert 'value="1億円"' in visitor.open("goal").text


def test_the_language_switch_on_a_section_saves_what_was_typed_and_stays_there(visitor: Any):
    visitor.open("goal")
    sent = visitor.send("goal", kgi_kind="amount", kgi_amount="3億円", share="40%", language="en")
    assert sent.status_code == 303
    page = visitor.get(sent.headers["Location"].partition("#")[0])
    assert page.request.path.endswith("/goal")
    assert '<html lang="en">' in page.text
    assert 'value="3億円"' in page.text


def test_the_language_switch_keeps_a_wrong_answer_and_explains_it_in_the_other_language(visitor: Any):
    visitor.open("goal")
    page = visitor.send("goal", kgi_kind="amount", kgi_amount="abc", share="40%", language="en")
    assert page.status_code == 422
    assert '<html lang="en">' in page.text
    assert 'value="abc"' in page.text


def test_the_language_switch_elsewhere_returns_to_the_same_page(visitor: Any):
    visitor.open("check")
    data = {"csrf_token": visitor.hidden("csrf_token"), "language": "en", "next": visitor.hidden("next")}
    sent = visitor.client.post("/language", data=data)
    assert sent.headers["Location"] == f"{visitor.home}/check"
    assert '<html lang="en">' in visitor.open("check").text


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "", "javascript:x"]
)
def test_the_language_switch_leads_to_no_other_site(visitor: Any, address: str):
    visitor.open("check")
    data = {"csrf_token": visitor.hidden("csrf_token"), "language": "en", "next": address}
    assert visitor.client.post("/language", data=data).headers["Location"] == "/"


def test_delete_asks_first_and_then_forgets_everything(visitor: Any):
    assert "元に戻すことはできません" in visitor.open("delete").text
    sent = visitor.client.post(f"{visitor.home}/delete", data={"csrf_token": visitor.hidden("csrf_token")})
    assert "回答を削除しました" in visitor.get(sent.headers["Location"]).text
    page = visitor.get(visitor.home)
    assert page.status_code == 410
    assert "この回答は削除されました" in page.text


def test_an_expired_link_says_so(visitor: Any, app: Any, monkeypatch: pytest.MonkeyPatch):
    services = app.extensions["shirube"]
    later = services.now() + 181 * 24 * 60 * 60
    monkeypatch.setattr("webapp.services.time.time", lambda: later)
    page = visitor.get(visitor.home)
    assert page.status_code == 410
    assert "リンクの期限が切れました" in page.text
