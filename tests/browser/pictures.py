"""Take the pictures of the README anew: `python -m tests.browser.pictures`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import yaml
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import Visitor, example, example_file
from tests.serving import Server

IMAGES = Path(__file__).parents[2] / "docs" / "images"
ENGLISH = {
    "business": "Industrial sensors for manufacturers in Japan",
    "target_customers": "Manufacturers with 300 or more employees: production engineering and maintenance",
    "review_meeting": "Weekly marketing meeting on Mondays, run by marketing",
}
PICTURES = {"ja": ("ja-JP", "plan.ja.png"), "en": ("en-GB", "plan.png")}


def main() -> None:
    """Photograph the top of the plan page in each language."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for language, (locale, name) in PICTURES.items():
            _picture(browser, server, language, locale, IMAGES / name)
        browser.close()
        server.stop()


def _picture(browser: Browser, server: Server, language: str, locale: str, target: Path) -> None:
    context = browser.new_context(
        base_url=server.url, locale=locale, viewport={"width": 1280, "height": 1000}
    )
    visitor = Visitor(context, language)
    visitor.resume(_file(server.folder, language))
    visitor.open("plan").screenshot(path=target)
    visitor.leave()


def _file(folder: Path, language: str) -> Path:
    if language == "ja":
        return example_file("sensor_maker_site_renewal")
    answers = {**example("sensor_maker_site_renewal"), **ENGLISH}
    translated = folder / "answers.yaml"
    translated.write_text(yaml.safe_dump({"path": "full", "answers": answers}), encoding="utf-8")
    return translated


if __name__ == "__main__":
    main()
