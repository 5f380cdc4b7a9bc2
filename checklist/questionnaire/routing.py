"""Routing: which questions are asked now, how far the team has come, and what is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from checklist.pack.compiled import BoundOption, BoundQuestion, BoundSection, Pack
from checklist.questionnaire.chain import (
    campaign_funnel,
    chosen_pick,
    counted_stages,
    kpis_to_ask,
    rate_questions,
    routes_in_use,
    told_apart,
)
from checklist.questionnaire.scope import AnswerScope
from checklist.questionnaire.values import Answers

__all__ = ["Path", "PathSection", "chain_stages", "chosen_pick", "rate_questions", "route"]

State = Literal["not_started", "in_progress", "done"]

_BLOCKS = {
    "rate": "rates",
    "stock_rate": "rates",
    "volume": "volumes",
    "kpi_baseline": "baselines",
    "kpi_target": "targets",
}


@dataclass(frozen=True, slots=True)
class PathSection:
    """One section on the path. `asked` leaves out optional questions that were not answered."""

    section: BoundSection
    questions: tuple[BoundQuestion, ...]
    options: Mapping[str, tuple[BoundOption, ...]]
    answered: int
    asked: int
    state: State

    @property
    def id(self) -> str:
        return self.section.id


@dataclass(frozen=True, slots=True)
class Path:
    """The sections with something to ask; `next` is the first question to answer, optional ones aside."""

    sections: tuple[PathSection, ...]
    answered: int
    asked: int
    next: tuple[str, str] | None
    scope: AnswerScope

    def asks(self, question_id: str) -> bool:
        """Say whether a question is on the path."""
        return question_id in self.scope.asked


def route(pack: Pack, answers: Answers) -> Path:
    """Walk the questionnaire once, in order, asking what the answers so far call for."""
    scope = AnswerScope(pack, answers.given)
    quick = answers.path == "quick"
    sections = []
    for section in pack.sections:
        if section.show_when is None or section.show_when.holds(scope):
            questions = tuple(_ask(section, pack, scope, quick))
            if questions:
                sections.append(_path_section(section, questions, scope))
    answered = sum(section.answered for section in sections)
    asked = sum(section.asked for section in sections)
    return Path(tuple(sections), answered, asked, _next(sections, scope), scope)


def chain_stages(pack: Pack, answers: Answers, path: Path) -> tuple[str, ...]:
    """Return the ids of the stages of the chosen campaign that the team tells apart, from the top down."""
    return told_apart(pack, path.scope)


def _ask(section: BoundSection, pack: Pack, scope: AnswerScope, quick: bool) -> Iterator[BoundQuestion]:
    """Yield the questions asked in a section, after putting each on the path."""
    placed: set[str] = set()
    for question in section.questions:
        block = _BLOCKS.get(question.kind)
        if block is None:
            wanted = question.question.essential or not quick
            if wanted and (question.show_when is None or question.show_when.holds(scope)):
                scope.ask(question, _shown(question, scope))
                yield question
        elif block not in placed:
            placed.add(block)
            for generated in _block(block, pack, scope, quick):
                scope.ask(generated, ())
                yield generated


def _block(block: str, pack: Pack, scope: AnswerScope, quick: bool) -> Iterator[BoundQuestion]:
    """Yield the generated questions of one kind; a quick path needs the rates only."""
    if block == "rates":
        yield from _rates(pack, scope)
    elif quick:
        return
    elif block == "volumes":
        yield from _volumes(pack, scope)
    else:
        baselines, targets = kpis_to_ask(pack, scope)
        chosen = baselines if block == "baselines" else targets
        yield from (pack.questions[f"{name}_{block[:-1]}"] for name in chosen)


def _volumes(pack: Pack, scope: AnswerScope) -> Iterator[BoundQuestion]:
    """Yield the volumes that the chosen campaign counts; another campaign may count more of its stages."""
    funnel = campaign_funnel(pack, scope)
    for stage in counted_stages(pack, scope):
        question = pack.questions.get(f"{stage}_volume")
        if question and funnel and funnel.id in question.funnels:
            yield question


def _rates(pack: Pack, scope: AnswerScope) -> Iterator[BoundQuestion]:
    stages = counted_stages(pack, scope)
    yield from rate_questions(pack, stages)
    for way in routes_in_use(pack, scope, stages):
        yield from rate_questions(pack, (*(stage.id for stage in way.stages), way.joins))


def _shown(question: BoundQuestion, scope: AnswerScope) -> tuple[BoundOption, ...]:
    if all(option.show_when is None for option in question.options):
        return question.options
    return tuple(
        option for option in question.options if option.show_when is None or option.show_when.holds(scope)
    )


def _path_section(
    section: BoundSection, questions: tuple[BoundQuestion, ...], scope: AnswerScope
) -> PathSection:
    answered = asked = 0
    for question in questions:
        if scope.answer(question.id) is not None:
            answered += 1
            asked += 1
        elif not question.question.optional:
            asked += 1
    state: State = "done" if answered == asked else "in_progress" if answered else "not_started"
    options = {question.id: scope.options[question.id] for question in questions if question.options}
    return PathSection(section, questions, options, answered, asked, state)


def _next(sections: list[PathSection], scope: AnswerScope) -> tuple[str, str] | None:
    for section in sections:
        if section.state != "done":
            for question in section.questions:
                if not question.question.optional and scope.answer(question.id) is None:
                    return section.id, question.id
    return None
