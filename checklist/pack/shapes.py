"""Checking the shape of what was read, and leaving out what is broken so that the rest can be checked too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from checklist.pack.problems import Path, Problems, nearest
from checklist.pack.reading import Document, Step

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": "text",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "int_type": "number",
    "int_parsing": "number",
    "bool_type": "true_or_false",
    "bool_parsing": "true_or_false",
}


def check_shape(document: Document, model: type[M], problems: Problems) -> M | None:
    """Return the content of a file as `model`, less the parts whose problems are now noted, or None."""
    report = True
    while True:
        try:
            return model.model_validate(document.content)
        except ValidationError as error:
            details = [detail for detail in error.errors(include_url=False) if _concerns(document, detail)]
            if report:
                for detail in details:
                    _note(document, model, detail, problems)
            if not _leave_out(document, details, problems):
                return None
        report = False


def _concerns(document: Document, detail: Any) -> bool:
    """Drop what a union says about the alternative that was not meant."""
    for index, step in enumerate(detail["loc"]):
        if step in ("Question", "Entry"):
            node = _node(document.content, _path(document.content, detail["loc"][:index]))
            generates = isinstance(node, dict) and "generate" in node
            return (step == "Entry") is generates
    return True


def _note(document: Document, model: type[BaseModel], detail: Any, problems: Problems) -> None:
    kind, context = detail["type"], detail.get("ctx", {})
    path = _path(document.content, detail["loc"])
    if kind == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        key = str(path[-1])
        problems.add(document, path, "unknown_key", key=True, name=key, nearest=nearest(key, known))
    elif kind == "missing":
        problems.add(document, path, "missing_key", name=str(detail["loc"][-1]))
    elif kind == "literal_error":
        given = str(detail["input"])[:80]
        words = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        close = nearest(given, words.split(", "))
        problems.add(document, path, "not_one_of", value=given, expected=words, nearest=close)
    elif kind == "string_pattern_mismatch":
        code = "bad_id" if "a-z" in context["pattern"] else "bad_version"
        problems.add(document, path, code, value=str(detail["input"])[:80])
    elif kind in ("too_short", "too_long"):
        code = "too_few" if kind == "too_short" else "too_many"
        limit = context.get("min_length", context.get("max_length"))
        problems.add(document, path, code, limit=limit, found=context["actual_length"])
    elif kind == "string_too_long":
        problems.add(document, path, "text_too_long", limit=context["max_length"])
    elif kind == "string_too_short":
        problems.add(document, path, "text_empty")
    else:
        problems.add(document, path, "wrong_shape", expected=_EXPECTED.get(kind, "value"))


def _leave_out(document: Document, details: list[Any], problems: Problems) -> bool:
    """Remove unknown keys, else the innermost list item around each problem; False when nothing is left."""
    paths = [(_path(document.content, detail["loc"]), detail["type"]) for detail in details]
    items: set[Path] = set()
    for path, kind in paths:
        node = _node(document.content, path[:-1])
        if kind == "extra_forbidden" and isinstance(node, dict):
            node.pop(path[-1], None)
            continue
        ends = [index for index, step in enumerate(path) if isinstance(step, int)]
        if not ends:
            problems.leave_out(document, _ids(document.content))
            return False
        items.add(path[: ends[-1] + 1])
    for path in sorted(items, key=_by_position, reverse=True):
        _remove(document, path, problems)
    return bool(paths)


def _by_position(path: Path) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts paths, list positions by number."""
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


def _remove(document: Document, path: Path, problems: Problems) -> None:
    items, index = _node(document.content, path[:-1]), path[-1]
    assert isinstance(items, list) and isinstance(index, int)
    problems.broken.update(_ids(items[index]))
    marks = document.marks[id(items)]
    del items[index], marks[index]


def _ids(node: Any) -> Iterator[str]:
    """Yield every id written inside a part, as others may refer to it."""
    if isinstance(node, dict):
        if isinstance(node.get("id"), str):
            yield node["id"]
        for value in node.values():
            yield from _ids(value)
    elif isinstance(node, list):
        for value in node:
            yield from _ids(value)


def _path(content: Any, location: tuple[Step, ...]) -> Path:
    """Return the part of a location that exists in the file, without the names of alternatives."""
    path: list[Step] = []
    node = content
    for step in location:
        if isinstance(node, dict) and step in node or isinstance(node, list) and isinstance(step, int):
            path.append(step)
            node = node[step]  # type: ignore[index]
    return tuple(path)


def _node(content: Any, path: Path) -> Any:
    for step in path:
        content = content[step]
    return content


def _keys_at(model: type[BaseModel], location: tuple[Step, ...]) -> list[str]:
    """Return the keys that a part may have, found by following the location through the models."""
    current: type[BaseModel] = model
    for index, step in enumerate(location):
        if isinstance(step, str) and step in current.model_fields:
            inner = _models_in(current.model_fields[step].annotation)
            named = [found for found in inner if found.__name__ in location[index + 1 :]]
            current = (named or inner or [current])[0]
    return [field.alias or name for name, field in current.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [found for inner in get_args(annotation) for found in _models_in(inner)]
