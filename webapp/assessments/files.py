"""The answers file: written for download, read on upload."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml


class BadFile(Exception):
    """An uploaded file cannot be used; `code` is unreadable, not_answers or other_pack."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def answers_file(document: Mapping[str, Any]) -> bytes:
    """Return an answers document as YAML in UTF-8."""
    return yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False, width=1000).encode()


def read_answers_file(body: bytes, pack: Pack) -> dict[str, Any]:
    """Return the document in an uploaded file with the answers to questions of this pack; raise BadFile."""
    document = _document(body)
    answers = document.get("answers")
    if not isinstance(answers, Mapping):
        raise BadFile("not_answers")
    if document.get("pack", pack.id) != pack.id:
        raise BadFile("other_pack")
    known = {str(name): raw for name, raw in answers.items() if str(name) in pack.questions}
    path = "quick" if document.get("path") == "quick" else "full"
    return {"path": path, "answers": known}


def _document(body: bytes) -> Mapping[str, Any]:
    try:
        document = read_yaml(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadFile("unreadable") from error
    if document.problems:
        raise BadFile("unreadable")
    if not isinstance(document.content, Mapping):
        raise BadFile("not_answers")
    return document.content
