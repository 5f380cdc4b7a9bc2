"""What planning reads: the answers that count, by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from checklist.pack.compiled import Pack
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown
from checklist.questionnaire.routing import Path
from checklist.questionnaire.typed import Duration
from checklist.questionnaire.values import (
    Answer,
    Answers,
    Cell,
    Chosen,
    Day,
    Estimate,
    Flow,
    Rows,
    Span,
    Words,
)

DAYS_PER_MONTH = Fraction(365, 12)
DAY = Unit.parse("day")
MONTH = Unit.parse("month")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its cells by column."""

    question_id: str
    cells: Mapping[str, Cell]

    def number(self, column: str) -> Quantity:
        """Return the number of a cell; one left empty or not known is Unknown by the list's id."""
        cell = self.cells.get(column)
        if isinstance(cell, Estimate):
            return Known(cell.likely, cell.unit, (self.question_id,))
        return Unknown((self.question_id,))

    def estimate(self, column: str) -> Estimate | None:
        """Return a number with its range, counts and source."""
        cell = self.cells.get(column)
        return cell if isinstance(cell, Estimate) else None

    def choice(self, column: str) -> str | None:
        """Return the chosen option's id."""
        cell = self.cells.get(column)
        return cell.option if isinstance(cell, Chosen) else None

    def text(self, column: str) -> str:
        """Return the words of a cell, empty where there are none."""
        cell = self.cells.get(column)
        return cell.text if isinstance(cell, Words) else ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """A pack, the answers on its path, and the day the plan is made."""

    pack: Pack
    answers: Answers
    path: Path
    today: date

    def answer(self, question_id: str) -> Answer | None:
        """Return the answer that counts now: asked, given, and with an option that is still shown."""
        return self.path.scope.answer(question_id)

    def number(self, name: str) -> Quantity:
        """Return the number that a question or formula stands for now."""
        value = self.path.scope.value(name)
        return value if isinstance(value, Known | Unknown | Impossible) else Unknown((name,))

    def number_when_asked(self, name: str, unit: Unit) -> Quantity:
        """Return the number, or zero when it is not asked: what is off the path is left out."""
        return self.number(name) if self.path.asks(name) else Known(Fraction(0), unit)

    def shows(self, volume: str) -> Quantity:
        """Return how many shows there are; where none are asked about, a `volume` per show is not known."""
        return self.number("shows_in_period") if self.path.asks("shows_in_period") else Unknown((volume,))

    def choice(self, question_id: str) -> str | None:
        """Return the chosen option's id."""
        answer = self.answer(question_id)
        return answer.option if isinstance(answer, Chosen) else None

    def day(self, question_id: str) -> date | None:
        """Return the date given."""
        answer = self.answer(question_id)
        return answer.day if isinstance(answer, Day) else None

    def duration(self, question_id: str) -> Duration | None:
        """Return the duration as typed, so that calendar months stay calendar months."""
        answer = self.answer(question_id)
        return answer.duration if isinstance(answer, Span) else None

    def flow(self, question_id: str) -> Flow | None:
        """Return the count per period as typed."""
        answer = self.answer(question_id)
        return answer if isinstance(answer, Flow) else None

    def rows(self, question_id: str) -> tuple[Row, ...]:
        """Return the rows of a list that was asked and given."""
        answer = self.answer(question_id)
        given = answer.rows if isinstance(answer, Rows) else ()
        return tuple(Row(question_id, dict(cells)) for cells in given)

    def text(self, question_id: str) -> str | None:
        """Return the words given."""
        answer = self.answer(question_id)
        return answer.text if isinstance(answer, Words) else None


def months_between(start: date, end: date) -> Fraction:
    """Return the months from one day to another, a month being 365/12 days."""
    return Fraction((end - start).days) / DAYS_PER_MONTH
