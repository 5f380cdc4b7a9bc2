"""Answers and problems in words."""

from __future__ import annotations

from fractions import Fraction

from checklist.errors import TypedError
from checklist.pack.compiled import BoundQuestion
from checklist.quantity import Unit
from checklist.questionnaire.typed import Duration, Volume, read_duration
from checklist.questionnaire.values import (
    Answer,
    Cell,
    Chosen,
    ChosenMany,
    Day,
    Estimate,
    Flow,
    NotKnown,
    Rows,
    Span,
)
from checklist.wording.words import Words


def answer_text(words: Words, question: BoundQuestion, answer: Answer | None) -> str:
    """Return an answer as a person would say it, with its range and source."""
    if answer is None:
        return words.phrase("check_answers.not_answered")
    if isinstance(answer, NotKnown):
        return words.phrase(f"check_answers.{answer.word}")
    if isinstance(answer, Chosen):
        return option_title(words, question, answer.option)
    if isinstance(answer, ChosenMany):
        titles = [option_title(words, question, option) for option in answer.options]
        return words.phrase("document.list_separator").join(titles) or words.phrase(
            "check_answers.none_of_these"
        )
    if isinstance(answer, Estimate):
        return _estimate(words, question, answer)
    if isinstance(answer, Flow):
        return volume_text(words, answer.volume, answer.unit)
    if isinstance(answer, Span):
        return duration_text(words, answer.duration)
    if isinstance(answer, Rows):
        return _rows(words, question, answer)
    return words.date(answer.day) if isinstance(answer, Day) else answer.text


def answer_lines(words: Words, question: BoundQuestion, answer: Answer | None) -> tuple[str, ...]:
    """Return an answer with each row of a list on a line of its own."""
    if isinstance(answer, Rows) and answer.rows:
        return tuple(_row(words, question, row) for row in answer.rows)
    return (answer_text(words, question, answer),)


def _rows(words: Words, question: BoundQuestion, answer: Rows) -> str:
    """Return the rows one after the other."""
    lines = (_row(words, question, row) for row in answer.rows)
    return words.phrase("check_answers.row_separator").join(lines) or words.phrase(
        "check_answers.none_of_these"
    )


def _row(words: Words, question: BoundQuestion, row: tuple[tuple[str, Cell], ...]) -> str:
    """Return a row by its first cell, and the others with the titles of their columns."""
    columns = {column.id: column for column in question.columns}
    first, *others = [(columns[name], answer_text(words, columns[name], cell)) for name, cell in row]
    texts = [
        words.phrase("check_answers.cell", title=words.of(column.question.title), value=text)
        for column, text in others
    ]
    if not texts:
        return first[1]
    said_besides = words.phrase("check_answers.note_separator").join(texts)
    return words.phrase("check_answers.row", first=first[1], others=said_besides)


def said(words: Words, name: str, answer: Answer | None) -> str:
    """Return what was said to a question, by the question's id."""
    return answer_text(words, words.pack.questions[name], answer)


def option_title(words: Words, question: BoundQuestion, option_id: str) -> str:
    """Return an option's title; the answers to a check are the same in every pack."""
    for bound in question.options:
        if bound.option.id == option_id:
            return words.of(bound.option.title)
    return words.phrase(f"check_answers.{option_id}")


def _estimate(words: Words, question: BoundQuestion, answer: Estimate) -> str:
    parts = [_number(words, question, answer.likely, answer.unit)]
    if answer.low is not None and answer.high is not None:
        low = _number(words, question, answer.low, answer.unit)
        high = _number(words, question, answer.high, answer.unit)
        parts.append(words.phrase("check_answers.range", low=low, high=high))
    if answer.counts is not None:
        parts.append(_counts(words, answer))
    if answer.source != "unstated":
        parts.append(words.phrase(f"sources.{answer.source}"))
    return (
        parts[0]
        if len(parts) == 1
        else words.phrase(
            "check_answers.with_notes",
            value=parts[0],
            notes=words.phrase("check_answers.note_separator").join(parts[1:]),
        )
    )


def _number(words: Words, question: BoundQuestion, value: Fraction, unit: Unit) -> str:
    if question.question.type in ("rate", "percentage"):
        return words.percent(value)
    if question.kpi is not None:
        return words.measure(value, words.pack.kpis[question.kpi].unit)
    return words.count(value, unit)


def _counts(words: Words, answer: Estimate) -> str:
    counts = answer.counts
    assert counts is not None
    texts = {
        "count": words.number(counts.count),
        "of": words.number(counts.of),
        "period": period_text(words, counts.period),
    }
    return words.phrase("check_answers.counts_period" if counts.period else "check_answers.counts", **texts)


def period_text(words: Words, typed: str) -> str:
    """Return the period of two counts in the reader's language, or as typed where it is no duration."""
    try:
        return duration_text(words, read_duration(typed))
    except TypedError:
        return typed


def volume_text(words: Words, volume: Volume, unit: Unit) -> str:
    """Return so many per period in the period that was typed."""
    counted = words.count(volume.count, unit)
    if volume.span == 1:
        return words.phrase("document.per", counted=counted, per=words.phrase(f"per.{volume.per}"))
    period = words.count(Fraction(volume.span), Unit.parse(volume.per))
    return words.phrase("document.in_period", counted=counted, period=period)


def duration_text(words: Words, duration: Duration) -> str:
    """Return a duration in the unit that was typed."""
    return words.count(Fraction(duration.count), Unit.parse(duration.unit))
