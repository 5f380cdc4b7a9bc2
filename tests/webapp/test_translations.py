"""Every word on the pages is there in both languages, and the compiled catalogue is the readable one."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

WEBAPP = Path(__file__).parent.parent.parent / "webapp"
FOLDER = WEBAPP / "translations" / "ja" / "LC_MESSAGES"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def used() -> set[str]:
    found = extract_from_dir(
        WEBAPP, METHODS, keywords={"_": None}, options_map={"**/templates/**.html": {"silent": "false"}}
    )
    return {message for _, _, message, _, _ in found}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(io.BytesIO((FOLDER / "messages.po").read_bytes()), locale="ja")


def texts(catalogue: Catalog) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def test_many_messages_are_found(used: set[str]):
    assert len(used) > 100
    assert "Working back from the goal" in used


def test_every_message_is_translated_and_none_is_left_over(used: set[str], catalogue: Catalog):
    translated = {message for message, text in texts(catalogue).items() if text}
    assert translated == used


def test_a_translation_uses_the_same_placeholders(catalogue: Catalog):
    for message, text in texts(catalogue).items():
        assert sorted(PLACEHOLDER.findall(message)) == sorted(PLACEHOLDER.findall(text)), message


def test_nothing_is_marked_as_uncertain(catalogue: Catalog):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_the_compiled_catalogue_is_that_of_the_readable_one(catalogue: Catalog):
    compiled = read_mo(io.BytesIO((FOLDER / "messages.mo").read_bytes()))
    assert texts(compiled) == texts(catalogue)
