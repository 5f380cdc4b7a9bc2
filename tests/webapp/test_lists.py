"""Questions answered by rows: saved, mended, removed, kept as they were, and never trusted."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import pytest
import yaml

HOSTILE = "<script>alert(1)</script>"
MOST_CHANNELS = 12


@pytest.fixture
def visitor(visitor: Any) -> Any:
    return visitor.start().with_campaign()


def rows(question: str, *given: dict[str, str]) -> dict[str, str]:
    """Return the fields of a list as a browser sends them."""
    return {
        f"{question}.{number}.{column}": text
        for number, row in enumerate(given)
        for column, text in row.items()
    }


def stored(visitor: Any) -> dict[str, Any]:
    return dict(yaml.safe_load(visitor.stored())["answers"])


def save(visitor: Any, *given: dict[str, str], **others: str) -> Any:
    visitor.open("spread")
    return visitor.send("spread", **rows("channels", *given), **others)


def upload(visitor: Any, **answers: Any) -> None:
    """Resume from a file whose other answers are those stored now."""
    document = {"pack": "btob", "path": "full", "answers": {**stored(visitor), **answers}}
    visitor.get("/")
    file = (io.BytesIO(yaml.safe_dump(document, allow_unicode=True).encode()), "answers.yaml")
    sent = visitor.client.post("/resume", data={"csrf_token": visitor.hidden("csrf_token"), "file": file})
    assert sent.status_code == 303
    visitor.home = sent.headers["Location"]


def shown(page: str, field: str) -> str:
    found = re.search(rf'name="{re.escape(field)}"\s+value="([^"]*)"', page)
    assert found, f"no field {field}"
    return unescape(found.group(1))


def mistakes(page: str) -> list[str]:
    """Return the lines of the summary, each with the field it leads to."""
    summary = page.partition('id="error-summary"')[2].partition("</div>")[0]
    return [
        f"{at} {' '.join(unescape(text).split())}"
        for at, text in re.findall(r'<li>\s*<a href="#([^"]+)">.*?<br>(.*?)</li>', summary, re.S)
    ]


def test_rows_are_saved_as_they_were_typed(visitor: Any):
    assert save(visitor, {"name": "検索広告", "share": "４０ ％"}, {"name": "紹介"}).status_code == 303
    assert stored(visitor)["channels"] == [{"name": "検索広告", "share": "４０ ％"}, {"name": "紹介"}]
    page = visitor.open("spread").text
    assert shown(page, "channels.0.share") == "４０ ％"
    assert shown(page, "channels.1.name") == "紹介"


def test_three_blank_rows_are_offered_below_those_filled_in(visitor: Any):
    assert visitor.open("spread").text.count('name="channels.2.name"') == 1
    assert 'name="channels.3.name"' not in visitor.page.text
    save(visitor, {"name": "検索広告"})
    page = visitor.open("spread").text
    assert 'name="channels.3.name"' in page
    assert 'name="channels.4.name"' not in page


def test_a_row_left_blank_in_between_does_not_count(visitor: Any):
    save(visitor, {"name": "検索広告"}, {"name": " ", "share": ""}, {"name": "紹介"})
    assert [row["name"] for row in stored(visitor)["channels"]] == ["検索広告", "紹介"]


def test_every_mistake_names_its_row_and_column_and_leads_there(visitor: Any):
    page = save(visitor, {"name": "検索広告", "count": "1e9"}, {"name": "紹介", "share": "200%"})
    assert page.status_code == 422
    first, second = mistakes(page.text)
    assert first.startswith("channels.0.count 1行目の「決まっている件数」：")
    assert second.startswith("channels.1.share 2行目の「割合」：")
    field = page.text.partition('id="channels.0.count"')[2].partition(">")[0]
    assert 'aria-invalid="true"' in field
    assert "channels.0.count-error" in field
    assert 'id="channels.0.count-error"' in page.text


def test_what_was_typed_stays_and_the_other_answers_are_saved(visitor: Any):
    segment = rows("segments", {"name": "大手", "share": "60%", "deal": "１，２００万円"})
    page = save(visitor, {"name": "検索広告", "count": "たくさん"}, **segment).text
    assert shown(page, "channels.0.count") == "たくさん"
    assert "channels" not in stored(visitor)
    assert stored(visitor)["segments"] == [{"name": "大手", "share": "60%", "deal": "１，２００万円"}]


def test_a_row_without_what_it_needs_says_so(visitor: Any):
    page = save(visitor, {"share": "40%"})
    assert page.status_code == 422
    assert mistakes(page.text)[0].startswith("channels.0.name 1行目の「チャネル」：")


def test_an_emptied_row_is_removed_and_the_last_one_takes_the_answer_back(visitor: Any):
    save(visitor, {"name": "検索広告", "share": "40%"}, {"name": "紹介"})
    save(visitor, {"name": "", "share": ""}, {"name": "紹介"})
    assert stored(visitor)["channels"] == [{"name": "紹介"}]
    save(visitor, {"name": ""})
    assert "channels" not in stored(visitor)


def test_rows_of_a_file_that_were_not_touched_stay_as_they_were(visitor: Any):
    channels = [
        {"name": "検索広告", "lead_rate": {"count": 40, "of": 200, "period": "6か月"}},
        {"name": "紹介", "lead_rate": {"low": "10%", "likely": "15%", "high": "20%"}},
    ]
    upload(visitor, channels=channels)
    page = visitor.open("spread").text
    typed = [
        {column: shown(page, f"channels.{number}.{column}") for column in ("name", "lead_rate")}
        for number in (0, 1)
    ]
    assert typed[0]["lead_rate"] == "40 / 200"
    save(visitor, *typed, {"name": "展示会"})
    assert stored(visitor)["channels"] == [*channels, {"name": "展示会"}]
    save(visitor, {**typed[0], "share": "30%"}, typed[1])
    assert stored(visitor)["channels"] == [{**channels[0], "share": "30%"}, channels[1]]


def test_counts_that_were_typed_into_a_cell_are_read(visitor: Any):
    assert save(visitor, {"name": "検索広告", "lead_rate": "200件中40件"}).status_code == 303
    assert "200件中40件" in visitor.open("check").text


def test_fields_that_are_not_on_the_page_are_ignored(visitor: Any):
    extra = {"channels.0.note": "x", "channels.name": "y", "channels": "z", "channels.x.name": "w"}
    assert save(visitor, {"name": "検索広告"}, **extra).status_code == 303
    assert stored(visitor)["channels"] == [{"name": "検索広告"}]


def test_too_many_rows_are_refused_and_none_is_lost(visitor: Any):
    many = [{"name": f"チャネル{number}"} for number in range(MOST_CHANNELS + 1)]
    page = save(visitor, *many)
    assert page.status_code == 422
    assert f"{MOST_CHANNELS}行" in mistakes(page.text)[0]
    assert shown(page.text, f"channels.{MOST_CHANNELS}.name") == f"チャネル{MOST_CHANNELS}"
    assert "channels" not in stored(visitor)


def test_a_file_with_too_many_rows_shows_them_all(visitor: Any):
    upload(visitor, channels=[{"name": f"チャネル{number}"} for number in range(MOST_CHANNELS + 2)])
    page = visitor.open("spread").text
    assert shown(page, f"channels.{MOST_CHANNELS + 1}.name") == f"チャネル{MOST_CHANNELS + 1}"
    assert f"{MOST_CHANNELS}行" in mistakes(page)[0]


def test_what_a_file_got_wrong_is_marked_at_its_cell(visitor: Any):
    upload(visitor, channels=[{"name": "検索広告"}, {"name": "紹介", "share": "300%"}])
    assert mistakes(visitor.open("spread").text)[0].startswith("channels.1.share 2行目の「割合」")
    assert "2行目の「割合」" in visitor.open("check").text


@pytest.mark.parametrize("place", ["spread", "check", "plan"])
def test_hostile_text_is_shown_and_not_run(visitor: Any, place: str):
    save(visitor, {"name": HOSTILE, "share": "40%"}, {"name": "😀" * 3, "share": "60%"})
    page = visitor.open(place).text
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "😀" in page


def test_the_language_switch_keeps_the_rows(visitor: Any):
    answer = save(visitor, {"name": "検索広告", "share": "40%"}, language="en")
    assert answer.status_code == 303
    page = visitor.get(answer.headers["Location"]).text
    assert '<html lang="en">' in page
    assert "Row 1" in page
    assert shown(page, "channels.0.share") == "40%"


def test_a_mistake_is_explained_in_the_language_switched_to(visitor: Any):
    page = save(visitor, {"name": "検索広告", "share": "200%"}, language="en")
    assert page.status_code == 422
    assert mistakes(page.text)[0].startswith("channels.0.share Row 1, “Share”:")
    assert shown(page.text, "channels.0.share") == "200%"


def test_all_answers_are_shown_with_a_line_for_each_row_and_what_its_cells_mean(visitor: Any):
    save(visitor, {"name": "検索広告", "share": "40%", "count": "50"}, {"name": "紹介", "share": "60%"})
    page = visitor.open("check").text
    assert '<span class="answer__line">検索広告：割合 40%、決まっている件数 50件</span>' in page
    assert '<span class="answer__line">紹介：割合 60%</span>' in page


def test_two_tabs_get_both_lists_to_choose_from(visitor: Any):
    save(visitor, {"name": "検索広告"})
    visitor.open("spread")
    first = visitor.page
    save(visitor, {"name": "検索広告"}, {"name": "紹介", "share": "60%"})
    visitor.page = first
    visitor.page = visitor.send("spread", **rows("channels", {"name": "展示会", "share": "20%"}))
    assert visitor.page.status_code == 409
    for line in ("検索広告", "紹介：割合 60%", "展示会：割合 20%"):
        assert line in visitor.page.text
    fields = re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', visitor.page.text)
    sent = visitor.client.post(f"{visitor.home}/spread", data={**dict(fields), "channels.keep": "mine"})
    assert sent.status_code == 303
    assert stored(visitor)["channels"] == [{"name": "展示会", "share": "20%"}]
