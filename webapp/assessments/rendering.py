"""HTML that is kept for the next request: it follows from a revision, and revisions never change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from checklist.questionnaire.routing import PathSection
from checklist.questionnaire.values import Answer, Answers
from webapp.assessments import presenters
from webapp.assessments.rows import blank_rows
from webapp.assessments.typed import Typed, from_raw
from webapp.i18n import translate
from webapp.services import services
from webapp.storage.assessments import Assessment

PAGES = 512
QUESTIONS = 4096


@lru_cache(PAGES)
def progress(assessment: Assessment, language: str, home: str, current: str) -> Markup:
    """Render the list of sections with how far each is."""
    steps = presenters.steps(services().reader.read(assessment).path, language)
    return _rendered("assessments/steps.html", steps=steps, home=home, current=current)


@lru_cache(PAGES)
def stored_questions(assessment: Assessment, language: str, section_id: str) -> Markup:
    """Render the questions of a section with the answers that are stored."""
    reading = services().reader.read(assessment)
    section = next(each for each in reading.path.sections if each.id == section_id)
    return questions(
        section, reading.answers, language, {}, presenters.stored_problems(reading.answers, language)
    )


def questions(
    section: PathSection,
    answers: Answers,
    language: str,
    typed: Mapping[str, Typed],
    problems: Mapping[str, str],
) -> Markup:
    """Render the questions of a section; `typed` holds what was just typed, else what is stored is shown."""
    pack, html = services().reader.pack.hash, []
    for question in section.questions:
        name = question.id
        options = tuple(each.option.id for each in section.options.get(name, ()))
        shown = typed.get(name) or from_raw(question, answers.raw.get(name))
        html.append(
            _question(
                pack,
                language,
                name,
                options,
                shown,
                presenters.problems_of(name, problems),
                answers.given.get(name),
            )
        )
    return Markup("").join(html)


@lru_cache(QUESTIONS)
def _question(
    pack: str,
    language: str,
    name: str,
    options: tuple[str, ...],
    typed: Typed,
    problems: tuple[tuple[str, str], ...],
    answer: Answer | None,
) -> Markup:
    """Render one question; most are asked blank of everybody, so most come from the cache."""
    view = presenters.question_view(pack, language, name, options)
    echo = "" if problems else presenters.echo(language, name, answer, typed)
    blank = blank_rows(services().reader.pack.questions[name], len(typed.rows))
    cells = dict(problems)
    problem = cells.pop(name, "")
    return _rendered(
        "assessments/question.html",
        q=view,
        typed=typed,
        problem=problem,
        cell_problems=cells,
        echo=echo,
        blank=blank,
    )


def _rendered(template: str, **values: Any) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(_=translate(), **values))
