"""With any one answer taken out of any company, the plan still comes out and no number changes silently.

A number may become unknown, naming what is missing. It may become another number only where the plan says
so: the answer stands on the to-do list, or it was an optional one whose own part of the plan is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.document import document
from checklist.planning.plan import make_plan
from checklist.questionnaire.answers import read_answers
from checklist.wording import Phrases, present

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 25)
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.yaml"))


def known_numbers(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every known number of a plan document by its path; parts of a list go by their id or name."""
    if isinstance(node, Mapping):
        if node.get("state") == "known":
            yield path, str(node["value"])
        for key, value in node.items():
            if key not in ("why", "answers", "raw", "params"):
                yield from known_numbers(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from known_numbers(value, f"{path}.{part_name(value) or index}")


def part_name(part: Any) -> str:
    """Return what a part of a list goes by; empty where it has no id or name of its own."""
    keys = ("id", "kpi", "rate", "name") if isinstance(part, Mapping) else ()
    return next((part[key] for key in keys if isinstance(part.get(key), str) and part[key]), "")


def unknowns_without_a_name(node: Any, path: str = "") -> Iterator[str]:
    if isinstance(node, Mapping):
        if node.get("state") == "impossible" and not node.get("reason"):
            yield path
        for key, value in node.items():
            yield from unknowns_without_a_name(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from unknowns_without_a_name(value, f"{path}.{index}")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_no_number_changes_silently_when_an_answer_is_taken_out(
    btob: Pack, phrases: Phrases, example: Path
) -> None:
    content = read_yaml(example.read_text(encoding="utf-8")).content
    given = content["answers"]

    def planned(answers: Mapping[str, Any]) -> Any:
        return make_plan(btob, read_answers(btob, {**content, "answers": answers}), TODAY)

    whole = planned(given)
    before = dict(known_numbers(document(whole)))
    silent: list[str] = []
    for name in given:
        plan = planned({other: answer for other, answer in given.items() if other != name})
        made = document(plan)
        assert list(unknowns_without_a_name(made)) == []
        present(plan, btob, phrases, "ja")
        said = {todo.about for todo in plan.todos}
        changed = [
            f"{path}: {before[path]} -> {value}"
            for path, value in known_numbers(made)
            if before.get(path, value) != value
        ]
        if changed and name not in said and not btob.questions[name].question.optional:
            silent.append(f"without {name}: {changed[:3]}")
    assert silent == []
