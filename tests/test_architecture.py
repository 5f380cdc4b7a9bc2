"""What keeps the tree easy to find one's way in; what may import what is checked by `lint-imports`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("bin", "checklist", "content", "docs", "tests", "webapp")
CODE = {".css", ".html", ".js", ".py"}
TEXT = CODE | {"", ".cfg", ".md", ".po", ".toml", ".txt", ".yaml"}
SAYS_NOTHING = {"utils", "helpers", "common", "misc", "manager", "processor", "base", "data", "info", "libs"}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")
LONGEST = 500


def tree(*suffixes: str) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            own = not {"vendor", "fonts", "__pycache__"} & set(path.parts)
            if own and path.is_file() and path.suffix in suffixes:
                yield path.relative_to(ROOT)


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def class_names(path: Path) -> list[str]:
    return [node.name for node in ast.walk(ast.parse(read(path))) if isinstance(node, ast.ClassDef)]


def last_word(name: str) -> str:
    return re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)[-1].lower()


@pytest.mark.parametrize("name", ["test_architecture.py", "conftest.py"])
def test_the_tree_is_really_looked_at(name: str):
    assert Path("tests", name) in tree(".py")


def test_no_file_or_folder_has_a_name_that_says_nothing():
    named = [path for path in tree(*TEXT) if SAYS_NOTHING & {Path(part).stem for part in path.parts}]
    assert [str(path) for path in named if path.name != "base.html"] == []


def test_no_class_has_a_name_that_says_nothing():
    vague = [f"{path}: {name}" for path in tree(".py") for name in class_names(path)]
    singular = {word.removesuffix("s") for word in SAYS_NOTHING}
    assert [name for name in vague if last_word(name).removesuffix("s") in singular] == []


def test_no_file_of_code_is_over_500_lines():
    assert [str(path) for path in tree(*CODE) if len(read(path).splitlines()) > LONGEST] == []


def test_nothing_is_left_marked_as_unfinished():
    assert [str(path) for path in tree(*TEXT) if UNFINISHED.search(read(path))] == []
