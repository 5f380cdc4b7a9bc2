"""What loading a pack costs beside reading its YAML, and how a pack ten times as large compares."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from checklist.pack import files, lint
from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.pack.problems import Problems
from checklist.pack.reading import read_yaml
from checklist.planning.plan import make_plan
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route
from checklist.questionnaire.values import Answers
from tests.benchmarks.pace import times_as_long
from tests.builders import tiny_pack

pytestmark = [pytest.mark.benchmark, pytest.mark.slow]
TODAY = date(2026, 11, 24)
MOST_OVER_YAML = 3.0
MOST_FOR_TEN_TIMES = 12.0
SMALL, LARGE = 50, 500


@pytest.fixture(autouse=True, scope="module")
def nothing_else_to_collect() -> Iterator[None]:
    """Take what the rest of the test run holds out of every garbage collection that loading sets off."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def read_all(folder: Path) -> None:
    """Read every file of a pack with the position-keeping reader, and do no more."""
    for name, content in files.read_files(folder, Problems()).items():
        read_yaml(content.decode(), name)


def test_loading_without_lint_is_a_small_multiple_of_reading_yaml(
    btob_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lint, "check", lambda *parts: None)
    ratio = times_as_long(lambda: load_pack(btob_path), lambda: read_all(btob_path), 15)
    print(f"\nloading without lint / reading YAML: {ratio:.2f}")
    assert ratio <= MOST_OVER_YAML


@dataclass(frozen=True)
class Sized:
    """A pack of so many questions with answers to all of them."""

    folder: Path
    pack: Pack
    answers: Answers

    def load(self) -> Pack:
        return load_pack(self.folder)

    def route(self) -> object:
        return route(self.pack, self.answers)

    def plan(self) -> object:
        return make_plan(self.pack, self.answers, TODAY)


def sized(folder: Path, count: int) -> Sized:
    """Write a pack in which every tenth question is asked only when the one before is answered so."""
    pack_folder = tiny_pack(folder, {"sections/90-many.yaml": questions(count)})
    pack = load_pack(pack_folder)
    given = {"campaign": "site_renewal", "kgi_kind": "amount", "kgi_amount": "1億円", "share": "100%"}
    given |= {f"many_{number}": str(number) for number in range(count)}
    return Sized(pack_folder, pack, read_answers(pack, {"answers": given}))


def questions(count: int) -> str:
    lines = ["id: many", "title: { ja: 多い, en: Many }", "questions:"]
    for number in range(count):
        lines += [f"  - id: many_{number}", "    type: count", "    unit: lead", "    optional: true"]
        lines.append(f"    title: {{ ja: 質問{number}, en: Question {number} }}")
        if number % 10 == 9:
            lines.append(f'    show_when: "many_{number - 1} > {number - 5}"')
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sized, Sized]:
    small, large = (sized(tmp_path_factory.mktemp("pack"), count) for count in (SMALL, LARGE))
    return small, large


WORK: dict[str, Callable[[Sized], object]] = {"load": Sized.load, "route": Sized.route, "plan": Sized.plan}


@pytest.mark.parametrize("what", WORK)
def test_ten_times_the_questions_take_at_most_twelve_times_as_long(both: tuple[Sized, Sized], what: str):
    small, large = both
    ratio = times_as_long(lambda: WORK[what](large), lambda: WORK[what](small), 15)
    print(f"\n{what}, {LARGE} questions / {SMALL}: {ratio:.2f}")
    assert ratio <= MOST_FOR_TEN_TIMES


@pytest.mark.parametrize("what", WORK)
def test_ten_times_the_questions_take_at_most_twelve_times_the_memory(both: tuple[Sized, Sized], what: str):
    small, large = both
    ratio = peak(lambda: WORK[what](large)) / peak(lambda: WORK[what](small))
    print(f"\n{what}, memory for {LARGE} questions / {SMALL}: {ratio:.2f}")
    assert ratio <= MOST_FOR_TEN_TIMES


def peak(task: Callable[[], object]) -> int:
    """Return the most bytes that a task held at once."""
    task()
    tracemalloc.start()
    task()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most
