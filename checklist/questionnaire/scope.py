"""What the names of an expression stand for, given some answers and the path they lead along."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from checklist.expression import ScopeValue
from checklist.pack.compiled import BoundOption, BoundQuestion, Pack
from checklist.quantity import ONE, Known, Unknown
from checklist.questionnaire.values import (
    Answer,
    Chosen,
    ChosenMany,
    Day,
    Estimate,
    Flow,
    NotKnown,
    Rows,
    Span,
)

_NO_FACTS: Mapping[str, ScopeValue] = {}


class AnswerScope:
    """Read answers by id; one that is not on the path, or whose option is not shown, counts as not given."""

    __slots__ = ("_facts", "_known", "asked", "given", "options", "pack")

    def __init__(self, pack: Pack, given: Mapping[str, Answer]) -> None:
        self.pack = pack
        self.given = given
        self.asked: set[str] = set()
        self.options: dict[str, tuple[BoundOption, ...]] = {}
        self._facts = _NO_FACTS
        self._known: dict[str, ScopeValue] = {}

    def with_facts(self, facts: Mapping[str, ScopeValue]) -> AnswerScope:
        """Return a scope over the same answers in which findings and computed checks can read facts."""
        scope = AnswerScope(self.pack, self.given)
        scope.asked, scope.options, scope._known = self.asked, self.options, self._known
        scope._facts = facts
        return scope

    def ask(self, question: BoundQuestion, options: tuple[BoundOption, ...]) -> None:
        """Put a question on the path, with the options shown."""
        self.asked.add(question.id)
        self.options[question.id] = options

    def answer(self, question_id: str) -> Answer | None:
        """Return the answer that counts now, or None."""
        if question_id not in self.asked:
            return None
        answer = self.given.get(question_id)
        shown = self.options[question_id]
        # Where every option is shown, what was chosen is among them.
        if shown and shown is not self.pack.questions[question_id].options:
            if isinstance(answer, Chosen | ChosenMany):
                return _of_shown(answer, shown)
        return answer

    def value(self, name: str) -> ScopeValue:
        """Return the value of a question, formula or fact; Unknown names the question itself."""
        known = self._known.get(name)
        if known is not None:
            return known
        if name in self._facts:
            return self._facts[name]
        if name in self.pack.formulas:
            value: ScopeValue = self.pack.expressions[f"formula.{name}"].quantity(self)
        elif name not in self.asked:
            return Unknown((name,))
        else:
            value = _value(self.pack.questions[name], self.answer(name))
        self._known[name] = value
        return value

    def is_asked(self, name: str) -> bool:
        """Say whether a question is on the path; formulas and facts always are."""
        return name in self.asked or name in self.pack.formulas or name in self._facts

    def is_answered(self, name: str) -> bool:
        """Say whether a question was answered, be it with "unknown", or a formula or fact is known."""
        if name in self.pack.questions:
            return self.answer(name) is not None
        return isinstance(self.value(name), Known)


def _of_shown(answer: Chosen | ChosenMany, shown: tuple[BoundOption, ...]) -> Answer | None:
    ids = {option.option.id for option in shown}
    if isinstance(answer, Chosen):
        return answer if answer.option in ids else None
    return ChosenMany(tuple(option for option in answer.options if option in ids))


def _value(question: BoundQuestion, answer: Answer | None) -> ScopeValue:
    name = question.id
    if isinstance(answer, NotKnown) and answer.word == "none" and _leaves_out(question):
        return Known(Fraction(0), question.unit or ONE, (name,))
    if answer is None or isinstance(answer, NotKnown):
        return Unknown((name,))
    if isinstance(answer, Chosen):
        return answer.option
    if isinstance(answer, ChosenMany):
        return frozenset(answer.options)
    if isinstance(answer, Day):
        return answer.day
    if isinstance(answer, Rows):
        return Known(Fraction(len(answer.rows)), question.unit or ONE, (name,))
    if isinstance(answer, Estimate | Flow | Span):
        number = _number(answer)
        if number is None or question.unit is None:
            return Unknown((name,))
        return Known(number, question.unit, (name,))
    return answer.text


def _leaves_out(question: BoundQuestion) -> bool:
    """Say whether "none for now" means that nothing is taken off; a rate left out stays unknown."""
    return question.question.none_for_now and question.question.type in ("amount", "count")


def _number(answer: Estimate | Flow | Span) -> Fraction | None:
    """Return the number in the unit of its question; per show there is no number per month."""
    if isinstance(answer, Estimate):
        return answer.likely
    return answer.volume.per_month() if isinstance(answer, Flow) else answer.duration.days
