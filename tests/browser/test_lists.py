"""Lists answered row by row: rows are added and removed with JavaScript and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.test_accessibility import barriers
from tests.browser.visitor import Visitor, example_file

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
CHANNELS = [{"name": f"チャネル{number}", "share": f"{number}%"} for number in range(1, 6)]


def at_lists(visitor: Visitor) -> Visitor:
    visitor.resume(example_file("sensor_maker_site_renewal"))
    visitor.open("spread")
    return visitor


def lines(visitor: Visitor) -> list[str]:
    """Return the rows as the page with all answers shows them."""
    visitor.open("check")
    return visitor.page.locator(".answer__line").all_inner_texts()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_rows_are_added_saved_and_shown(visit: Visit, javascript: bool) -> None:
    visitor = at_lists(visit("ja", javascript, phone=True))
    assert visitor.page.locator("#q-channels .row:visible").count() == (1 if javascript else 3)
    visitor.fill({"channels": CHANNELS})
    assert visitor.sticking_out() == [] and barriers_of(visitor, javascript) == []
    visitor.save()
    assert lines(visitor) == [f"チャネル{number}：割合 {number}%" for number in range(1, 6)]


def barriers_of(visitor: Visitor, javascript: bool) -> list[str]:
    """Return what axe finds, which needs JavaScript to look."""
    return barriers(visitor) if javascript else []


def test_an_added_row_takes_the_focus_and_can_be_removed_again(visit: Visit) -> None:
    visitor = at_lists(visit("en"))
    visitor.fill({"channels": CHANNELS[:2]})
    visitor.save()
    page = visitor.open("spread")
    page.click("#q-channels [data-add-row]")
    assert page.evaluate("document.activeElement.name") == "channels.3.name"
    page.click("#q-channels .row:has([name='channels.0.name']) [data-clear-row]")
    assert page.locator("#q-channels .row:visible").count() == 3
    visitor.save()
    visitor.open("spread")
    assert visitor.shows("channels.0.name") == "チャネル2"
    assert visitor.shows("channels.1.name") == ""


def test_no_more_rows_are_offered_than_allowed(visit: Visit) -> None:
    page = at_lists(visit("en")).page
    add = page.locator("#q-segments [data-add-row]")
    while add.is_visible():
        add.click()
    rows = page.locator("#q-segments .row:visible")
    assert rows.count() == 8
    assert rows.last.locator("legend").inner_text() == "Row 8"
    assert rows.last.locator("input").first.get_attribute("name") == "segments.7.name"


def test_a_mistake_in_an_added_row_is_led_to(visit: Visit) -> None:
    visitor = at_lists(visit("en", expects="422"))
    visitor.fill({"channels": [*CHANNELS, {"name": "Ads", "share": "200%"}]})
    visitor.save()
    visitor.page.click(".summary a")
    assert visitor.page.evaluate("document.activeElement.name") == "channels.5.share"
    assert barriers(visitor) == []
    visitor.page.fill('[name="channels.5.share"]', "85%")
    visitor.switch_to("ja")
    assert visitor.shows("channels.5.share") == "85%" and visitor.section == "spread"
