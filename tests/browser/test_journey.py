"""From the start page to the printed plan: every campaign, in both languages, with and without JavaScript."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.browser.visitor import Visitor, example

pytestmark = pytest.mark.browser

CAMPAIGNS = {
    "site_renewal": "sensor_maker_site_renewal",
    "ma_rollout": "saas_ma_rollout",
    "trade_show": "robot_trade_show",
}
QUICK = {"campaign_plan", "goal", "process"}
FULL = QUICK | {"spread", "kpi", "operation"}
SCORED = {"ma_rollout": {"scoring"}}
TARGETS = ("baseline", "must", "target", "stretch")


def sections_say_how_far_they_are(visitor: Visitor) -> None:
    rows = visitor.page.locator(".step--not_started, .step--in_progress, .step--done")
    states = rows.locator(".step__state").all_inner_texts()
    assert len(states) >= 2
    for text in states:
        answered, slash, asked = text.split()[-1].partition("/")
        assert slash and 0 <= int(answered) <= int(asked) and int(asked) > 0, text
        assert text.split()[0] in {"未着手", "回答中", "完了", "Not", "In", "Done"}, text


def nothing_is_off(visitor: Visitor) -> None:
    sections_say_how_far_they_are(visitor)
    assert visitor.page.get_attribute("html", "lang") == visitor.language
    assert visitor.sticking_out() == []


def all_sections_are_done(visitor: Visitor) -> None:
    for text in visitor.page.locator(".step--done .step__state").all_inner_texts():
        answered, _slash, asked = text.split()[-1].partition("/")
        assert answered == asked, text
    assert visitor.page.locator(".step--not_started").count() == 0


def bare(text: str) -> str:
    """Return a text without its spaces and line breaks, which depend on the layout."""
    return "".join(text.split())


def printed(pdf: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, pdf, "-"], capture_output=True, check=True, text=True
    ).stdout


def fonts(pdf: Path) -> list[str]:
    rows = subprocess.run(["pdffonts", pdf], capture_output=True, check=True, text=True).stdout.splitlines()
    return [row for row in rows[2:] if row.strip()]


def kpi_texts(plan: dict[str, Any]) -> list[str]:
    kpis = plan["words"]["kpis"]
    titles = [kpi["title"] for kpi in kpis]
    return titles + [kpi[part]["text"] for kpi in kpis for part in TARGETS]


@pytest.mark.parametrize(
    ("campaign", "language", "javascript"), list(product(CAMPAIGNS, ("ja", "en"), (True, False)))
)
def test_a_visitor_gets_from_the_start_to_the_printed_plan(
    visit: Callable[..., Visitor], campaign: str, language: str, javascript: bool
) -> None:
    path = "full" if (language == "ja") == javascript else "quick"
    visitor = visit(language, javascript=javascript, phone=not javascript)
    visitor.start(path)
    assert visitor.page.locator("[data-copy]").is_visible() == javascript
    visitor.begin()
    passed = visitor.answer_everything(example(CAMPAIGNS[campaign]), nothing_is_off)
    assert set(passed) == (QUICK if path == "quick" else FULL | SCORED.get(campaign, set()))
    all_sections_are_done(visitor)
    assert visitor.sticking_out() == []

    visitor.press('main a[href$="/plan"]')
    plan = visitor.plan()
    assert plan["language"] == language and plan["words"]["campaign_id"] == campaign
    shown = bare(visitor.page.inner_text("main"))
    assert visitor.sticking_out() == []
    assert bare(plan["words"]["kgi_sentence"]) in shown
    assert not [text for text in kpi_texts(plan) if bare(text) not in shown]

    pdf = visitor.download("plan.pdf")
    layout, flow = bare(printed(pdf, "-layout")), bare(printed(pdf, "-raw"))
    assert bare(plan["words"]["kgi_sentence"]) in flow
    assert not [text for text in kpi_texts(plan) if bare(text) not in layout + "\n" + flow]
    assert fonts(pdf) and all(row.split()[-5] == "yes" for row in fonts(pdf)), fonts(pdf)
