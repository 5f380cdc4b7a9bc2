"""The form of one section: a field for each question, judged by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, FileField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from checklist.errors import TypedError
from checklist.pack.compiled import BoundQuestion, Pack
from checklist.questionnaire.answers import read_answer
from checklist.questionnaire.values import Answers
from checklist.questionnaire.values import Words as Text
from checklist.wording.problems import problem_text
from checklist.wording.words import Words
from webapp.assessments.rows import field_name, rows_to_raw
from webapp.assessments.typed import Contradiction, Typed, from_form, from_raw, to_raw
from webapp.i18n import translate


class AnswerField(Field):
    """One question's fields; `raw` is the answer to store when there are no errors, None for none.

    `before` is the answer that was stored, None also where that could not be read.
    """

    raw: Any = None

    def __init__(
        self, question: BoundQuestion, pack: Pack, words: Words, before: Any, **options: Any
    ) -> None:
        super().__init__(**options)
        self.question = question
        self.pack = pack
        self.words = words
        self.before = before
        self.typed = Typed()
        self.faults: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the fields of the submitted form."""
        self.errors = []
        self.typed = from_form(self.question, formdata)

    def validate(self, form: Any, extra_validators: Iterable[Any] = ()) -> bool:
        """Let the engine read the answer and word what is wrong with it, by the field it is in."""
        try:
            self.raw = self._read()
        except TypedError as error:
            self.faults = dict(self._worded(self._all_in_rows(error)))
        except Contradiction as error:
            self.faults = {self.question.id: contradiction(error.code)}
        self.errors = list(self.faults.values())
        return not self.errors

    def _read(self) -> Any:
        if self.question.question.type == "list":
            raw = rows_to_raw(self.question, self.typed.rows, self.before)
        else:
            raw = to_raw(self.question, self.typed, from_raw(self.question, self.before))
        if raw is None or raw == self.before:
            return raw
        answer = read_answer(self.question, raw, self.pack)
        # Text is stored as the engine cleaned it: without control characters.
        return answer.text or None if isinstance(answer, Text) else raw

    def _all_in_rows(self, first: TypedError) -> Iterator[TypedError]:
        """Yield what is wrong in every row, not only in the first."""
        if first.code != "in_row":
            yield first
            return
        for number, row in enumerate(rows_to_raw(self.question, self.typed.rows, self.before) or (), 1):
            try:
                read_answer(self.question, [row], self.pack)
            except TypedError as error:
                yield TypedError(error.code, **{**error.params, "row": number})

    def _worded(self, errors: Iterable[TypedError]) -> Iterator[tuple[str, str]]:
        for error in errors:
            field = faulty_field(self.question.id, error.code, error.params)
            yield field, problem_text(self.words, error.code, error.params)


class SectionForm(BaseForm):
    """The questions of one section as they were asked on the page that was sent."""

    def __init__(
        self,
        questions: Iterable[BoundQuestion],
        before: Answers,
        pack: Pack,
        words: Words,
        formdata: Any,
    ) -> None:
        good = {name: raw for name, raw in before.raw.items() if name in before.given}
        unbound = {each.id: AnswerField(each, pack, words, good.get(each.id)) for each in questions}
        super().__init__(unbound, meta=DefaultMeta())
        self.process(formdata)

    def changed(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the good answers that differ from those given; None takes an answer back."""
        good = {name: field.raw for name, field in self._fields.items() if not field.errors}
        return {name: raw for name, raw in good.items() if raw != answers.get(name)}


def faulty_field(question_id: str, code: str, params: Mapping[str, Any]) -> str:
    """Name the field that is wrong: the question's, or in a list that of the cell."""
    if code != "in_row":
        return question_id
    return field_name(question_id, params["row"], params["column"])


class StartForm(FlaskForm):
    """How thorough a new assessment is."""

    path = RadioField(choices=[SelectChoice("quick"), SelectChoice("full")], default="quick")


class ResumeForm(FlaskForm):
    """An answers file to go on with."""

    file = FileField()


def contradiction(code: str) -> str:
    """Word two fields that do not go together."""
    _ = translate()
    return {
        "number_and_state": _("Both an answer and a tick below it are given. Clear the answer or the tick."),
        "options_and_state": _(
            "Options are ticked together with an answer that excludes them. Keep one or the other."
        ),
        "two_states": _("More than one box is ticked. Keep one."),
        "rate_and_counts": _("Both a rate and the counts behind it are given. Clear one of the two."),
    }[code]
