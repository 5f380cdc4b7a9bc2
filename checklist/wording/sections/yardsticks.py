"""Published figures beside the team's own numbers, in words."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.pack.catalogue import Benchmark
from checklist.planning.kpis.yardsticks import Yardstick
from checklist.planning.plan import Plan
from checklist.quantity import Known
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words

COLUMNS = ("about", "own", "published", "position", "grade")
NUMBERS = ("own", "published")
SOURCE_COLUMNS = ("about", "definition", "source")


def yardstick_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word what is published beside each number that the team has; a number it has not is left alone."""
    known = [each for each in plan.yardsticks if isinstance(each.own, Known)]
    if not known:
        return
    yield SectionView(
        "yardsticks",
        words.phrase("yardsticks.title"),
        (words.phrase("yardsticks.intro"),),
        (_comparison(words, known), _sources(words, known)),
        tuple(_notes(words, known)),
    )


def _comparison(words: Words, known: list[Yardstick]) -> TableView:
    return TableView(
        words.phrase("yardsticks.caption"),
        tuple(Column(words.phrase(f"yardsticks.{name}"), name in NUMBERS) for name in COLUMNS),
        tuple(_row(words, each) for each in known),
    )


def _row(words: Words, yardstick: Yardstick) -> tuple[Shown, ...]:
    benchmark = words.pack.benchmarks[yardstick.benchmark]
    own = words.measure(yardstick.own.value, benchmark.unit) if isinstance(yardstick.own, Known) else ""
    citation = benchmark.citation
    return (
        Shown(words.title(yardstick.about)),
        Shown(own, provisional=yardstick.provisional),
        Shown(_published(words, yardstick, benchmark)),
        Shown(words.phrase(f"yardsticks.positions.{yardstick.position}"), note=_flag(words, yardstick)),
        Shown(words.phrase("yardsticks.graded", grade=citation.grade, year=str(citation.year))),
    )


def _sources(words: Words, known: list[Yardstick]) -> TableView:
    """Word what each figure counts and its source, apart: long texts would squeeze the numbers."""
    return TableView(
        words.phrase("yardsticks.sources_caption"),
        tuple(Column(words.phrase(f"yardsticks.{name}")) for name in SOURCE_COLUMNS),
        tuple(_source(words, each) for each in known),
    )


def _source(words: Words, yardstick: Yardstick) -> tuple[Shown, ...]:
    benchmark = words.pack.benchmarks[yardstick.benchmark]
    about, figures = words.title(yardstick.about), _published(words, yardstick, benchmark)
    return (
        Shown(words.phrase("yardsticks.figures_of", about=about, figures=figures)),
        Shown(words.of(benchmark.definition)),
        Shown(words.of(benchmark.citation.title)),
    )


def _published(words: Words, yardstick: Yardstick, benchmark: Benchmark) -> str:
    figures = {
        name: words.measure(figure.value, benchmark.unit)
        for name in ("low", "typical", "high")
        if isinstance(figure := getattr(yardstick, name), Known)
    }
    if "low" not in figures:
        return figures["typical"]
    return words.phrase(f"yardsticks.{'whole_range' if 'typical' in figures else 'range'}", **figures)


def _flag(words: Words, yardstick: Yardstick) -> str:
    """Say what a value above the range calls for: a look at how it is counted, or at a limit passed."""
    if not yardstick.above_high:
        return ""
    kpi = words.pack.kpis.get(yardstick.about)
    passed = kpi is not None and kpi.better == "lower"
    return words.phrase("yardsticks.over_limit" if passed else "yardsticks.above_high")


def _notes(words: Words, known: list[Yardstick]) -> Iterator[str]:
    yield words.phrase("yardsticks.not_used")
    grades = {words.pack.benchmarks[each.benchmark].citation.grade for each in known}
    for grade in sorted(grades, key=("A", "A-", "B", "B-", "C", "D").index):
        yield words.phrase("yardsticks.grade_means", grade=grade, meaning=words.phrase(f"grades.{grade}"))
