"""Rows for the templates: questions, progress, answers to check. Nothing here is stored or decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from checklist.pack.catalogue import Benchmark
from checklist.pack.compiled import BoundOption, BoundQuestion
from checklist.questionnaire.routing import Path, PathSection
from checklist.questionnaire.values import Answer, Answers, NotKnown
from checklist.questionnaire.values import Words as Text
from checklist.wording.answers import answer_lines, answer_text
from checklist.wording.problems import problem_text
from checklist.wording.words import Words
from webapp.assessments.forms import faulty_field
from webapp.assessments.typed import Typed
from webapp.i18n import translate
from webapp.services import services

WIDGETS = {
    "single_choice": "choice",
    "check": "choice",
    "multiple_choice": "choices",
    "date": "number",
    "text": "text",
    "list": "rows",
}
SOURCES = ("own_record", "similar_campaign", "published", "assumption")
KEPT = 4096
LINE, LABEL = 60, 18


@dataclass(frozen=True, slots=True)
class OptionView:
    """One choice; `value` is what the form sends."""

    value: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One field of each row of a list; one with options is chosen from."""

    id: str
    title: str
    hint: str
    example: str
    unit: str
    optional: bool
    is_text: bool
    is_long: bool
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A word of the glossary beside the question it helps with."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Everything about a question that does not depend on its answer."""

    id: str
    widget: str
    title: str
    hint: str
    why: str
    where: str
    example: str
    optional: bool
    essential: bool
    unit: str
    kind: str
    options: tuple[OptionView, ...]
    states: tuple[OptionView, ...]
    sources: tuple[OptionView, ...]
    multiline: bool
    max_length: int
    most_rows: int
    has_range: bool
    has_counts: bool
    columns: tuple[ColumnView, ...] = ()
    terms: tuple[TermView, ...] = ()
    yardsticks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One section in the progress list."""

    id: str
    number: int
    title: str
    state: str
    state_text: str
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """One answer on the page that shows them all; `state` is given, unknown, missing, optional or problem."""

    id: str
    title: str
    lines: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class CheckedSection:
    """One section on the page that shows all answers."""

    id: str
    title: str
    rows: tuple[CheckedAnswer, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the error summary, and the field it leads to."""

    field: str
    title: str
    text: str


def steps(path: Path, language: str) -> tuple[Step, ...]:
    """Return the sections asked now, with how far each is."""
    return tuple(_step(each, number, language) for number, each in enumerate(path.sections, 1))


def _step(section: PathSection, number: int, language: str) -> Step:
    """Return one section; where nothing has to be answered and nothing was, there is no progress to show."""
    _ = translate()
    state = section.state if section.asked else "optional"
    words = {
        "not_started": _("Not started"),
        "in_progress": _("In progress"),
        "done": _("Done"),
        "optional": _("Optional"),
    }
    title = section.section.section.title[language]
    return Step(section.id, number, title, state, words[state], section.answered, section.asked)


def stored_problems(answers: Answers, language: str) -> dict[str, str]:
    """Word what is wrong with stored answers, which an uploaded file can bring along, by its field."""
    words = services().reader.words[language]
    return {
        faulty_field(each.question_id, each.code, each.params): problem_text(words, each.code, each.params)
        for each in answers.problems
    }


def problems_of(name: str, problems: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with one question: each field with its sentence."""
    return tuple((field, text) for field, text in problems.items() if field.partition(".")[0] == name)


def faults(questions: Sequence[BoundQuestion], problems: Mapping[str, str], language: str) -> list[Fault]:
    """Return the error summary in the order of the page."""
    return [
        Fault(_first_field(each) if field == each.id else field, each.question.title[language], text)
        for each in questions
        for field, text in problems_of(each.id, problems)
    ]


def checked(path: Path, answers: Answers, language: str) -> list[CheckedSection]:
    """Return every answer on the path in words."""
    words, problems = services().reader.words[language], stored_problems(answers, language)
    return [
        CheckedSection(
            each.id,
            each.section.section.title[language],
            tuple(_checked(words, question, answers, problems) for question in each.questions),
        )
        for each in path.sections
    ]


def _checked(
    words: Words, question: BoundQuestion, answers: Answers, problems: Mapping[str, str]
) -> CheckedAnswer:
    title, answer = words.of(question.question.title), answers.given.get(question.id)
    wrong = tuple(text for _field, text in problems_of(question.id, problems))
    if wrong:
        return CheckedAnswer(question.id, title, wrong, "problem")
    if answer is None:
        return CheckedAnswer(question.id, title, (), "optional" if question.question.optional else "missing")
    state = "unknown" if isinstance(answer, NotKnown) else "given"
    return CheckedAnswer(question.id, title, answer_lines(words, question, answer), state)


def echo(language: str, name: str, answer: Answer | None, typed: Typed) -> str:
    """Return how an answer was read, where that says more than what was typed."""
    words = services().reader.words[language]
    question = words.pack.questions[name]
    if answer is None or isinstance(answer, NotKnown | Text) or not typed.has_number:
        return ""
    text = answer_text(words, question, answer)
    return "" if text == typed.value else text


def _first_field(question: BoundQuestion) -> str:
    many = question.question.type in ("single_choice", "check", "multiple_choice")
    if question.columns:
        return f"{question.id}.0.{question.columns[0].id}"
    return f"{question.id}-1" if many else question.id


@lru_cache(KEPT)
def question_view(pack: str, language: str, name: str, options: tuple[str, ...]) -> QuestionView:
    """Return a question as it is shown in one language with the options that are open now."""
    words = services().reader.words[language]
    bound = words.pack.questions[name]
    question = bound.question
    ranged = question.type == "rate" or (question.type == "amount" and str(bound.unit) != "jpy")
    return QuestionView(
        id=name,
        widget=WIDGETS.get(question.type, "number"),
        kind=question.type,
        title=words.of(question.title),
        hint=words.of(question.hint),
        why=words.of(question.why),
        where=words.of(question.where),
        example=words.of(question.example),
        optional=question.optional,
        essential=question.essential,
        unit=_unit_behind(words, bound),
        options=_options(words, bound, options),
        states=_states(words, bound),
        sources=tuple(OptionView(each, words.phrase(f"sources.{each}")) for each in SOURCES),
        multiline=question.multiline,
        max_length=question.max_length,
        most_rows=question.most_rows,
        has_range=ranged,
        has_counts=question.type == "rate",
        columns=tuple(_column(words, column) for column in bound.columns),
        terms=tuple(_term(words, name) for name in question.terms if name in words.pack.terms),
        yardsticks=tuple(_yardstick(words, each) for each in _beside(words, bound)),
    )


def _column(words: Words, bound: BoundQuestion) -> ColumnView:
    column, options = bound.question, tuple(_option(words, each) for each in bound.options)
    long = column.type == "text" and column.max_length > LINE
    return ColumnView(
        id=column.id,
        title=words.of(column.title),
        hint=words.of(column.hint),
        example=words.of(column.example),
        unit=_unit_behind(words, bound),
        optional=column.optional,
        is_text=column.type == "text",
        is_long=long or any(len(each.title) > LABEL for each in options),
        options=options,
    )


def _beside(words: Words, bound: BoundQuestion) -> Iterator[Benchmark]:
    """Yield what is published for the KPI whose present value is asked; it is never taken for an answer."""
    if bound.kind == "kpi_baseline":
        yield from (each for each in words.pack.benchmarks.values() if bound.kpi in each.kpis)


def _yardstick(words: Words, benchmark: Benchmark) -> str:
    _ = translate()
    figures = [benchmark.low, benchmark.typical, benchmark.high]
    return _(
        "%(figures)s. %(definition)s Source: %(title)s (%(year)s), grade %(grade)s.",
        figures=" / ".join(figure for figure in figures if figure is not None),
        definition=words.of(benchmark.definition),
        title=words.of(benchmark.citation.title),
        year=benchmark.citation.year,
        grade=benchmark.citation.grade,
    )


def _term(words: Words, name: str) -> TermView:
    term = words.pack.terms[name]
    return TermView(words.of(term.title), words.of(term.short))


def _options(words: Words, bound: BoundQuestion, ids: tuple[str, ...]) -> tuple[OptionView, ...]:
    if bound.question.type == "check":
        return tuple(
            OptionView(each, words.phrase(f"check_answers.{each}")) for each in ("yes", "partly", "no")
        )
    return tuple(_option(words, each) for each in bound.options if each.option.id in ids)


def _option(words: Words, bound: BoundOption) -> OptionView:
    return OptionView(bound.option.id, words.of(bound.option.title), words.of(bound.option.hint))


def _states(words: Words, bound: BoundQuestion) -> tuple[OptionView, ...]:
    """Return what may be said instead of an answer."""
    _ = translate()
    question = bound.question
    states = []
    if question.type == "multiple_choice":
        states.append(OptionView("none", _("None of these")))
    if question.allow_unknown and question.type not in ("text", "list"):
        states.append(OptionView("unknown", _("I don't know")))
        states.append(OptionView("later", _("Answer later")))
    if question.published:
        states.append(_published(words, question.published))
    if question.none_for_now:
        states.append(OptionView("none", _("Leave it out for now"), _left_out(question.type)))
    return tuple(states)


def _left_out(kind: str) -> str:
    """Say what leaving a number out means: a rate stays unknown, an amount is not taken off."""
    _ = translate()
    if kind == "rate":
        return _("The plan marks what is missing because of it.")
    return _("Nothing is taken off for now, and the plan marks it as provisional.")


def _published(words: Words, name: str) -> OptionView:
    _ = translate()
    benchmark = words.pack.benchmarks[name]
    title = _(
        "Use the published range for now: %(low)s to %(high)s, typically %(typical)s",
        low=benchmark.low,
        high=benchmark.high,
        typical=benchmark.typical,
    )
    source = _(
        "%(definition)s Source: %(title)s (%(year)s), grade %(grade)s. Marked as provisional in the plan.",
        definition=words.of(benchmark.definition),
        title=words.of(benchmark.citation.title),
        year=benchmark.citation.year,
        grade=benchmark.citation.grade,
    )
    return OptionView("published", title, source)


def _unit_behind(words: Words, bound: BoundQuestion) -> str:
    """Return the unit that stands behind a field, without a number."""
    _ = translate()
    if bound.question.type in ("rate", "percentage"):
        return "%"
    if bound.question.type not in ("amount", "count") or bound.unit is None:
        return ""
    if str(bound.unit).startswith("jpy"):
        return _("yen")
    return words.count(Fraction(2), bound.unit).replace("2", "").strip()
