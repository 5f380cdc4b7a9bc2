"""A pack's own tests: situations of a team, and what the plan must say of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from checklist.pack.compiled import Pack
from checklist.pack.fields import Id, Model, Source
from checklist.pack.problems import Problems
from checklist.pack.reading import read_yaml
from checklist.pack.shapes import check_shape
from checklist.planning.document import document
from checklist.planning.plan import Plan, make_plan
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route

FOLDER = "tests"


class Expected(Model):
    """What must come out; what is not named is not looked at.

    `numbers` are paths into the plan document, such as `chain.stages.lead.required`, with their values.
    """

    pick: Id | None = None
    kpis: tuple[Id, ...] = ()
    findings: tuple[Source, ...] = ()
    no_findings: tuple[Source, ...] = ()
    todos: tuple[Id, ...] = ()
    verdict: str | None = None
    asks: tuple[Id, ...] = ()
    asks_not: tuple[Id, ...] = ()
    problems: dict[str, str] = {}
    numbers: dict[str, str] = {}


class Situation(Model):
    """One situation in a marketer's words, with the answers that differ from the file's `given`."""

    name: Source
    answers: dict[str, Any] = {}
    path: str = "full"
    today: date | None = None
    expect: Expected


class Situations(Model):
    """One file of situations; `today` is the day on which every plan of it is made."""

    today: date
    given: dict[str, Any] = {}
    situations: tuple[Situation, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one situation: `wrong` holds a line for each thing that is not as expected."""

    file: str
    name: str
    wrong: tuple[str, ...]
    pick: str | None
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """All outcomes, and what of the pack no situation reaches."""

    outcomes: tuple[Outcome, ...]
    never_picked: tuple[str, ...]
    never_found: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Say whether everything came out as expected and everything was reached."""
        return not (self.never_picked or self.never_found or any(outcome.wrong for outcome in self.outcomes))


def try_pack(pack: Pack, folder: Path, problems: Problems) -> Trial:
    """Run every situation of the pack in `folder`; note in `problems` what is wrong with the files."""
    outcomes = tuple(
        _outcome(pack, path.name, file, situation)
        for path in sorted((folder / FOLDER).glob("*.yaml"))
        if (file := _read(path, problems)) is not None
        for situation in file.situations
    )
    picked = {outcome.pick for outcome in outcomes}
    found = {name for outcome in outcomes for name in outcome.findings}
    return Trial(
        outcomes,
        tuple(pick.id for pick in pack.picks if pick.id not in picked),
        tuple(rule.id for rule in pack.findings if rule.id not in found),
    )


def _read(path: Path, problems: Problems) -> Situations | None:
    read = read_yaml(path.read_text(encoding="utf-8"), f"{FOLDER}/{path.name}")
    problems.found.extend(read.problems)
    return None if read.content is None else check_shape(read, Situations, problems)


def _outcome(pack: Pack, file: str, shared: Situations, situation: Situation) -> Outcome:
    merged = {**shared.given, **situation.answers}
    typed = {name: value for name, value in merged.items() if value is not None}
    answers = read_answers(pack, {"pack": pack.id, "path": situation.path, "answers": typed})
    plan = make_plan(pack, answers, situation.today or shared.today)
    asked = route(pack, answers).scope.asked
    said = {problem.question_id: problem.code for problem in answers.problems}
    wrong = (*_wrong_plan(plan, situation.expect), *_wrong_path(asked, said, situation.expect))
    return Outcome(file, situation.name, wrong, plan.pick, tuple(finding.id for finding in plan.findings))


def _wrong_plan(plan: Plan, expect: Expected) -> Iterator[str]:
    found, kpis = {finding.id for finding in plan.findings}, {kpi.id for kpi in plan.kpis}
    todos = {todo.about for todo in plan.todos}
    yield from _missing("finding", expect.findings, found)
    yield from (f"finding {name} was not expected" for name in expect.no_findings if name in found)
    yield from _missing("KPI", expect.kpis, kpis)
    yield from _missing("to-do", expect.todos, todos)
    yield from _differs("pick", expect.pick, plan.pick)
    yield from _differs("verdict", expect.verdict, plan.readiness.overall)
    made = document(plan) if expect.numbers else {}
    for path, value in expect.numbers.items():
        yield from _differs(path, value, _at(made, path))


def _wrong_path(asked: set[str], said: Mapping[str, str], expect: Expected) -> Iterator[str]:
    yield from _missing("question", expect.asks, asked)
    yield from (f"question {name} was asked" for name in expect.asks_not if name in asked)
    for name, code in said.items():
        yield from _differs(f"problem of {name}", expect.problems.get(name), code, always=True)
    yield from _missing("problem of", tuple(expect.problems), said)


def _missing(what: str, expected: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    present = set(found)
    return (f"{what} {name} is missing" for name in expected if name not in present)


def _differs(what: str, expected: str | None, found: str | None, always: bool = False) -> Iterator[str]:
    if expected != found and (always or expected is not None):
        yield f"{what}: expected {expected}, found {found}"


def _at(made: Any, path: str) -> str | None:
    """Follow a path through the plan document; a list is entered by the id of one of its parts."""
    for step in path.split("."):
        if isinstance(made, list):
            made = next((part for part in made if isinstance(part, dict) and step in part.values()), None)
        elif isinstance(made, dict):
            made = made.get(step)
    if isinstance(made, dict):
        made = made.get("value", made.get("state"))
    return None if made is None else str(made)
