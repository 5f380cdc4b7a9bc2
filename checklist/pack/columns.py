"""The columns of a list question, each bound like a question of its own."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.errors import ChecklistError
from checklist.pack.compiled import BoundOption, BoundQuestion
from checklist.pack.models import Column, Option, Question
from checklist.pack.placing import Parts, Slot, type_of
from checklist.pack.problems import Problems


def bind_columns(parts: Parts, slot: Slot, problems: Problems) -> tuple[BoundQuestion, ...]:
    """Bind the columns of a question; one with a wrong unit is noted and left out."""
    columns = slot.draft.question.columns
    return tuple(
        bound
        for index, column in enumerate(columns)
        if (bound := _bind_column(parts, slot, column, index, problems)) is not None
    )


def _bind_column(
    parts: Parts, slot: Slot, column: Column, index: int, problems: Problems
) -> BoundQuestion | None:
    written = column.model_dump(exclude={"options", "options_from"})
    options = column.options or tuple(_options_from(parts, column.options_from))
    question = Question.model_construct(**written, options=options)
    try:
        type_, unit = type_of(question)
    except ChecklistError as error:
        problems.add(slot.document, (*slot.path, "columns", index, "type"), error.code, **error.params)
        return None
    bound = tuple(BoundOption(option, None) for option in options)
    return BoundQuestion(question, slot.section, "column", type_, unit, None, bound)


def _options_from(parts: Parts, source: str | None) -> Iterator[Option]:
    """Yield the KPIs or campaigns of the pack as options."""
    if source == "kpis":
        for kpi in parts.kpis:
            yield Option.model_construct(id=kpi.model.id, title=kpi.model.title)
    elif source == "campaigns":
        for section in parts.sections:
            for entry in section.model.questions:
                if isinstance(entry, Question) and entry.id == "campaign":
                    yield from entry.options
