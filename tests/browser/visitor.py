"""Somebody at a browser who answers Shirube's questions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import BrowserContext, ConsoleMessage, Download, Page, Request

EXAMPLES = Path(__file__).parents[1] / "examples"
STATES = {"unknown", "later", "わからない"}
FIELDS = """() => [...document.querySelectorAll('#answers [name]')]
  .map(each => ({name: each.name, kind: each.type, value: each.value}))"""

STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [location.pathname, ...[...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > width)
    .map(each => each.outerHTML.slice(0, 120))];
}"""


def example(name: str) -> dict[str, Any]:
    """Return the raw answers of an example file."""
    return dict(yaml.safe_load(example_file(name).read_text(encoding="utf-8"))["answers"])


def example_file(name: str) -> Path:
    """Name an example file, which can be opened as an answers file."""
    return EXAMPLES / f"{name}.yaml"


def _in_a_cell(raw: Any) -> str:
    """Return what somebody types into one cell of a list."""
    if not isinstance(raw, Mapping):
        return str(raw)
    return f"{raw['count']} of {raw['of']}" if "of" in raw else str(raw["likely"])


class Visitor:
    """One browser profile with one page open; `wrong` collects what a visitor should never meet.

    Console messages that hold `expects` are no fault: a page that refuses something is logged by the browser.
    """

    def __init__(self, context: BrowserContext, language: str, expects: str = "") -> None:
        self.context = context
        self.language = language
        self.expects = expects
        self.wrong: list[str] = []
        context.on("request", self._look_at_request)
        context.on("console", self._look_at_message)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        self.page: Page = context.new_page()
        self.home = ""

    def leave(self) -> None:
        """Close the browser profile."""
        self.context.close()

    def start(self, path: str = "quick") -> None:
        """Start an assessment from the start page; the private link is `home` then."""
        self.page.goto("/")
        self.page.check(f"#path-{path}")
        self.press(".card--main button")
        self.home = urlsplit(self.page.url).path

    def resume(self, file: Path) -> None:
        """Start an assessment from an answers file."""
        self.page.goto("/")
        self.page.set_input_files("#file", file)
        self.press('form[action="/resume"] button.button')
        self.home = urlsplit(self.page.url).path

    def open(self, place: str = "") -> Page:
        """Open a page of the assessment, such as check or plan."""
        self.page.goto(f"{self.home}/{place}" if place else self.home)
        return self.page

    def press(self, selector: str) -> None:
        """Click what leads to another page and wait until that page is there."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def begin(self) -> None:
        """Go on from the page with the private link."""
        self.press("main .actions .button")

    @property
    def section(self) -> str:
        """Return the last part of the address, such as goal, check or plan."""
        return urlsplit(self.page.url).path.rpartition("/")[2]

    def answer_everything(self, answers: Mapping[str, Any], before_saving: Any = None) -> list[str]:
        """Answer section after section up to the page with all answers; return those passed through."""
        passed = []
        for _each in range(12):
            if self.section == "check":
                return passed
            passed.append(self.section)
            self.fill(answers)
            if before_saving:
                before_saving(self)
            self.save()
        raise AssertionError(f"no end of questions: {passed}")

    def save(self) -> None:
        """Press the button that saves and goes on."""
        self.press('#answers button[name="go"]')

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Fill in each question of the page that has an answer and none shown yet."""
        fields = self.page.evaluate(FIELDS)
        kinds = {(field["name"], field["kind"], field["value"]) for field in fields}
        names = {field["name"] for field in fields}
        for name, raw in answers.items():
            if names & {name, f"{name}.state"}:
                self._fill_one(name, raw, kinds)
            elif any(each.startswith(f"{name}.0.") for each in names):
                self.fill_rows(name, raw)

    def fill_rows(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Fill in the rows of a list; where a page has too few, more are added in the way it offers."""
        for number, row in enumerate(rows):
            self.reach_row(name, number)
            for column, raw in row.items():
                field = self.page.locator(f'[name="{name}.{number}.{column}"]')
                if field.evaluate("each => each.tagName") == "SELECT":
                    field.select_option(str(raw))
                else:
                    field.fill(_in_a_cell(raw))

    def reach_row(self, name: str, number: int) -> None:
        """Bring a row of a list on the page: with JavaScript at once, else by saving the rows before."""
        row = self.page.locator(f'#q-{name} .row:has([name^="{name}.{number}."])')
        if row.count() and row.is_visible():
            return
        add = self.page.locator(f"#q-{name} [data-add-row]")
        if add.is_visible():
            add.click()
        else:
            self.press(f'#q-{name} button[name="more"]')

    def plan(self) -> dict[str, Any]:
        """Download the plan as JSON from the plan page."""
        return dict(json.loads(self.download("plan.json").read_text(encoding="utf-8")))

    def download(self, name: str) -> Path:
        """Click the link to a file of the assessment and return where the browser put it."""
        with self.page.expect_download(timeout=30_000) as caught:
            self.page.click(f'main a[href$="/{name}"]', no_wait_after=True)
        found: Download = caught.value
        return Path(found.path())

    def switch_to(self, language: str) -> None:
        """Press the button of another language."""
        self.press(f'.languages button[value="{language}"]')

    def sticking_out(self) -> list[str]:
        """Return what makes the page scroll sideways."""
        return list(self.page.evaluate(STICKING_OUT))

    def shows(self, name: str) -> str:
        """Return what a field shows."""
        return self.page.input_value(f'[name="{name}"]')

    def _fill_one(self, name: str, raw: Any, kinds: set[tuple[str, str, str]]) -> None:
        if isinstance(raw, list):
            for value in raw or ["none"]:
                self._tick(name if raw else f"{name}.state", value)
        elif isinstance(raw, dict):
            self._fill_parts(name, raw)
        else:
            self._fill_word(name, str(raw), kinds)

    def _fill_parts(self, name: str, parts: Mapping[str, Any]) -> None:
        for part, value in parts.items():
            if part == "choose":
                self._tick(f"{name}.state", value)
            elif part == "likely":
                self.page.fill(f'[name="{name}"]', str(value))
            else:
                self._unfold(f"{name}.{part}")
                field = self.page.locator(f'[name="{name}.{part}"]')
                field.select_option(value) if part == "source" else field.fill(str(value))

    def _fill_word(self, name: str, word: str, kinds: set[tuple[str, str, str]]) -> None:
        value = {"わからない": "unknown", "はい": "yes", "一部": "partly"}.get(word, word)
        if any(kind[0] == name and kind[1] == "radio" for kind in kinds):
            self._tick(name, value)
        elif word in STATES:
            self._tick(f"{name}.state", value)
        else:
            self.page.fill(f'[name="{name}"]', word)

    def _tick(self, name: str, value: str) -> None:
        self.page.check(f'[name="{name}"][value="{value}"]')

    def _unfold(self, name: str) -> None:
        fold = self.page.locator(f'details:has([name="{name}"])')
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()

    def _look_at_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.hostname != "127.0.0.1":
            self.wrong.append(f"a request left for {request.url}")

    def _look_at_message(self, message: ConsoleMessage) -> None:
        expected = self.expects and self.expects in message.text
        if message.type in ("error", "warning") and not expected:
            self.wrong.append(f"console {message.type}: {message.text}")
