"""What the plan page hands over, opened again with the tools of each format."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from checklist.pack.reading import read_yaml

EXAMPLES = Path(__file__).parents[1] / "examples"
COMPANIES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
SENSOR = "sensor_maker_site_renewal"
KINDS = {
    "plan.csv": "text/csv; charset=utf-8",
    "plan.ics": "text/calendar; charset=utf-8",
    "plan.md": "text/markdown; charset=utf-8",
    "plan.json": "application/json",
}
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
# Figures repeat the tables; the link to all to-dos counts them.
NOT_READ = re.compile(r"<a href=\"#todos\".*?</a>|<svg.*?</svg>|<form.*?</form>|<[^>]*>", re.DOTALL)


def resumed(visitor: Any, company: str, **changes: str) -> Any:
    """Open the plan of a company, with some answers changed."""
    document: Any = read_yaml((EXAMPLES / f"{company}.yaml").read_text("utf-8"), company).content
    body = json.dumps(
        {**document, "answers": {**document["answers"], **changes}}, ensure_ascii=False
    ).encode()
    visitor.get("/")
    data = {"csrf_token": visitor.hidden("csrf_token"), "file": (io.BytesIO(body), "answers.yaml")}
    sent = visitor.client.post("/resume", data=data, content_type="multipart/form-data")
    assert sent.status_code == 303
    visitor.home = sent.headers["Location"]
    return visitor


def lines_of(visitor: Any) -> list[list[str]]:
    text = visitor.open("plan.csv").data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def numbers(text: str) -> set[str]:
    return {found.replace(",", "") for found in NUMBER.findall(text)}


@pytest.mark.parametrize(("address", "kind"), KINDS.items())
def test_each_form_is_an_attachment_that_nobody_keeps(visitor: Any, address: str, kind: str):
    answer = resumed(visitor, SENSOR).open(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == f'attachment; filename="shirube-{address}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_plan_page_leads_to_every_form(visitor: Any):
    page = resumed(visitor, SENSOR).open("plan").text
    for address in (*KINDS, "plan.pdf"):
        assert f'href="{visitor.home}/{address}"' in page


@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize("chosen", ["ja", "en"])
def test_every_number_of_the_plan_page_is_in_the_tables(visitor: Any, company: str, chosen: str):
    visitor.client.set_cookie("shirube_language", chosen)
    page = resumed(visitor, company).open("plan").text
    article = page.partition('<article class="plan">')[2].partition("</article>")[0]
    shown = numbers(html.unescape(NOT_READ.sub(" ", article)))
    assert len(shown) > 30
    assert sorted(shown - numbers("\n".join(cell for line in lines_of(visitor) for cell in line))) == []


def test_the_calendar_has_the_dates_and_the_tasks_of_the_plan(visitor: Any):
    found = Calendar.from_ical(resumed(visitor, SENSOR).open("plan.ics").data)
    document = json.loads(visitor.open("plan.json").data)
    assert [event.start.isoformat() for event in found.events] == [
        each["day"] for each in document["reviews"]
    ]
    assert len(found.todos) == len(document["todos"])


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x.example","a")',
        "＝1+1",
        "𠮷野家と𩸽🦑、﨑",
        '引用"と,区切り',
        "[a](http://x.example)",
    ],
)
def test_what_a_visitor_typed_is_kept_in_every_form_and_is_only_text(visitor: Any, text: str):
    resumed(visitor, SENSOR, business=text)
    document = json.loads(visitor.open("plan.json").data)
    cells = [cell for line in lines_of(visitor) for cell in line]
    described = [
        str(event["DESCRIPTION"]) for event in Calendar.from_ical(visitor.open("plan.ics").data).events
    ]
    typed = document["kgi"]["business"]
    assert typed.replace("＝", "=") == text.replace("＝", "=")
    assert (f"'{typed}" if typed[0] in "=＝" else typed) in cells
    assert all(typed in each for each in described)
    assert typed in visitor.open("plan.md").text.replace("\\", "")


@pytest.mark.parametrize("address", KINDS)
def test_an_assessment_without_a_single_answer_can_be_handed_over(visitor: Any, address: str):
    assert visitor.start("quick").open(address).status_code == 200
