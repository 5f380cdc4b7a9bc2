"""Every page in both languages: no serious barrier, right language, usable by keyboard and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visitor import Visitor, example_file

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
PLACES = ("campaign_plan", "goal", "process", "spread", "kpi", "operation", "", "check", "plan", "delete")
BARRIERS = ("serious", "critical")
TABS = 40


def barriers(visitor: Visitor) -> list[str]:
    response = Axe().run(visitor.page).response
    assert response["passes"]
    return [
        f"{visitor.page.url} {each['id']}: {[node['html'] for node in each['nodes']]}"
        for each in response["violations"]
        if each["impact"] in BARRIERS
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_no_page_has_a_serious_barrier(visit: Visit, language: str, phone: bool) -> None:
    visitor = visit(language, phone=phone)
    visitor.resume(example_file("sensor_maker_site_renewal"))
    found = []
    for place in PLACES:
        visitor.open(place)
        visitor.page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
        assert visitor.page.get_attribute("html", "lang") == language
        assert visitor.sticking_out() == []
        found += barriers(visitor)
    visitor.page.goto("/")
    assert visitor.sticking_out() == []
    assert found + barriers(visitor) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_with_errors_has_no_serious_barrier(visit: Visit, language: str) -> None:
    visitor = visit(language, phone=True, expects="422")
    visitor.start()
    visitor.begin()
    visitor.fill({"campaign": "site_renewal", "campaign_date": "someday"})
    visitor.save()
    assert visitor.page.locator(".summary").count() == 1
    assert barriers(visitor) == [] and visitor.sticking_out() == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_missing_page_is_in_the_language_of_the_visitor(visit: Visit, language: str) -> None:
    visitor = visit(language, phone=True, expects="404")
    response = visitor.page.goto("/a/no-such-link/plan")
    assert response is not None and response.status == 404
    assert visitor.page.get_attribute("html", "lang") == language
    assert barriers(visitor) == [] and visitor.sticking_out() == []


FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at);
  const label = at.nextElementSibling ? getComputedStyle(at.nextElementSibling) : style;
  const outline = each => each.outlineStyle !== 'none' && parseFloat(each.outlineWidth) >= 2;
  const ring = each => outline(each) || each.boxShadow !== 'none';
  return {
    name: at.name || '', tag: at.tagName, text: at.textContent.trim().slice(0, 40),
    ring: ring(style) || at.type === 'radio' && ring(label),
  };
}"""


def test_the_first_field_is_reached_by_keyboard_and_every_stop_is_visible(visit: Visit) -> None:
    visitor = visit("ja")
    visitor.start()
    visitor.begin()
    stops = []
    for _each in range(TABS):
        visitor.page.keyboard.press("Tab")
        stops.append(visitor.page.evaluate(FOCUSED))
        if stops[-1]["name"] == "go":
            break
    assert "campaign" in [stop["name"] for stop in stops]
    assert stops[-1]["name"] == "go"
    assert not [stop for stop in stops if not stop["ring"]]


def test_a_section_can_be_answered_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit("en")
    visitor.start()
    visitor.begin()
    page = visitor.page
    page.focus('[name="campaign"]')
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.locator('[name="campaign"]:checked').get_attribute("value")
    page.keyboard.press("Enter")
    page.wait_for_url("**note=more*")
    assert page.locator('[name="campaign"]:checked').get_attribute("value") == chosen


def test_the_skip_link_leads_past_the_header(visit: Visit) -> None:
    visitor = visit("ja")
    visitor.page.goto("/")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"
