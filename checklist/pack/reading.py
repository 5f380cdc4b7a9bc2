"""YAML 1.2 as a pack may use it: plain data with the place of every value, nothing that runs or repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from checklist.errors import PackProblem

MAX_DEPTH = 20

Step = str | int
Place = tuple[int, int]

# yes, no, on and off are plain words in YAML 1.2; parts stay text so that 0.1 is exact.
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})", re.ASCII)


@dataclass(slots=True)
class Document:
    """One file: `content` is None when nothing could be read; `problems` says what is wrong with it."""

    file: str
    text: str
    content: Any = None
    problems: list[PackProblem] = field(default_factory=list)
    marks: dict[int, Any] = field(default_factory=dict)

    def event(self, path: tuple[Step, ...], key: bool = False) -> Any:
        """Return the parser's event for the value at `path`, or of its key; the deepest that exists."""
        node, found = self.content, None
        for index, step in enumerate(path):
            if not _leads_on(node, step):
                return found
            marks = self.marks[id(node)][step]
            wants_key = key and index == len(path) - 1 and isinstance(node, dict)
            found = marks if isinstance(node, list) else marks[0 if wants_key else 1]
            node = node[step]
        return found

    def place(self, path: tuple[Step, ...], key: bool = False) -> Place:
        """Return line and column, counted from 1, of the value at `path`, or of its key."""
        event = self.event(path, key)
        return (1, 1) if event is None else _place(event.start_mark)

    def place_inside(self, path: tuple[Step, ...], position: int) -> Place:
        """Return the place of the character at `position` of a text, as it stands in the file."""
        event = self.event(path)
        if event is None or not isinstance(event, yaml.ScalarEvent):
            return self.place(path)
        return _place_inside(self.text.split("\n"), event, position)


def read_yaml(text: str, file: str = "") -> Document:
    """Read one YAML document; problems are collected, not raised."""
    document = Document(file, text)
    try:
        _Builder(document).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Stop:
        document.content = None
    except yaml.MarkedYAMLError as error:
        document.content = None
        mark = error.problem_mark or error.context_mark
        _add(document, _place(mark) if mark else (1, 1), "yaml_syntax", problem=error.problem or "")
    except yaml.YAMLError as error:
        document.content = None
        _add(document, _place_of_character(text, getattr(error, "position", 0)), "yaml_character")
    return document


class _Stop(Exception):
    """The rest of the file cannot be understood."""


class _Builder:
    """Turn the parser's events into dicts and lists, without recursion, noting where each value stands."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[Any] = []
        self.keys: list[Any] = []
        self.documents = 0

    def build(self, events: Iterator[Any]) -> None:
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self.check(event)
                self.put(self.scalar(event), event)
            elif kind is yaml.MappingStartEvent:
                self.start({}, event)
            elif kind is yaml.SequenceStartEvent:
                self.start([], event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.open.pop()
                self.keys.pop()
            elif kind is yaml.AliasEvent:
                self.stop(event, "yaml_alias", name=event.anchor)
            elif kind is yaml.DocumentStartEvent:
                self.documents += 1
                if self.documents > 1:
                    self.stop(event, "yaml_documents")

    def start(self, container: Any, event: Any) -> None:
        self.check(event)
        if len(self.open) >= MAX_DEPTH:
            self.stop(event, "yaml_depth", limit=MAX_DEPTH)
        if self.open and isinstance(self.open[-1], dict) and self.keys[-1] is None:
            self.stop(event, "yaml_key")
        self.document.marks[id(container)] = {} if isinstance(container, dict) else []
        self.put(container, event)
        self.open.append(container)
        self.keys.append(None)

    def put(self, value: Any, event: Any) -> None:
        if not self.open:
            self.document.content = value
            return
        parent = self.open[-1]
        marks = self.document.marks[id(parent)]
        if isinstance(parent, list):
            parent.append(value)
            marks.append(event)
        elif self.keys[-1] is None:
            self.keys[-1] = self.key(event, marks)
        else:
            key_event = self.keys[-1]
            parent[key_event.value] = value
            marks[key_event.value] = (key_event, event)
            self.keys[-1] = None

    def key(self, event: Any, marks: dict[str, Any]) -> Any:
        """Return the event of a key; the later of two equal keys wins, which no longer matters."""
        if event.value in marks:
            self.add(event, "yaml_duplicate_key", key=event.value[:80])
        return event

    def scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _WHOLE.fullmatch(text) else text

    def check(self, event: Any) -> None:
        if event.anchor is not None:
            self.add(event, "yaml_anchor", name=event.anchor)
        if event.tag is not None:
            self.add(event, "yaml_tag", tag=event.tag)

    def add(self, event: Any, code: str, **params: Any) -> None:
        _add(self.document, _place(event.start_mark), code, **params)

    def stop(self, event: Any, code: str, **params: Any) -> None:
        self.add(event, code, **params)
        raise _Stop


def _add(document: Document, place: Place, code: str, **params: Any) -> None:
    document.problems.append(PackProblem(document.file, *place, code, params))


def _leads_on(node: Any, step: Step) -> bool:
    if isinstance(node, dict):
        return step in node
    return isinstance(node, list) and isinstance(step, int) and step < len(node)


def _place(mark: Any) -> Place:
    return mark.line + 1, mark.column + 1


def _place_of_character(text: str, position: int) -> Place:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _place_inside(lines: list[str], event: Any, position: int) -> Place:
    """Walk the source past as many visible characters as stand before `position` in the text.

    Blanks are not counted: folding changes them, and nothing else.
    """
    line, column = event.start_mark.line, event.start_mark.column
    if event.style in ("|", ">"):
        line, column = line + 1, 0
    elif event.style:
        column += 1
    left = len("".join(event.value[:position].split()))
    for row in range(line, len(lines)):
        for place in range(column, len(lines[row])):
            if lines[row][place].isspace() or _is_doubled(lines[row], place, event.style):
                continue
            if not left:
                return row + 1, place + 1
            left -= 1
        column = 0
    return _place(event.start_mark)


def _is_doubled(line: str, place: int, style: str | None) -> bool:
    """Say whether this is the first of the two quotes that stand for one, or an escaping backslash."""
    if style == "'":
        return line[place : place + 2] == "''"
    return style == '"' and line[place] == "\\"
