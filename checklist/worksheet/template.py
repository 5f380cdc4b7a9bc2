"""An answers file to fill in: every question with its hint, unit and options as comments."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.pack.compiled import BoundQuestion, BoundSection
from checklist.quantity import Unknown
from checklist.wording.words import Words

WIDTH = 96


def answers_template(words: Words, campaign: str) -> str:
    """Return the YAML text for one campaign; a question left empty counts as not answered."""
    scope = _OnlyCampaign(campaign)
    lines = [
        *_comment(words.phrase("template.intro")),
        f"pack: {words.pack.id}",
        f"language: {words.language}",
        "path: full",
        "answers:",
    ]
    for section in words.pack.sections:
        questions = [q for q in section.questions if _may_be_asked(section, q, scope, campaign)]
        if questions:
            lines += ["", *_comment(f"== {words.of(section.section.title)} ==", "  ")]
            for question in questions:
                lines += _entry(words, question, campaign)
    return "\n".join(lines) + "\n"


class _OnlyCampaign:
    """A scope in which the campaign is all that is known."""

    def __init__(self, campaign: str) -> None:
        self._campaign = campaign

    def value(self, name: str) -> str | Unknown:
        return self._campaign if name == "campaign" else Unknown((name,))

    def is_asked(self, name: str) -> bool:
        return True

    def is_answered(self, name: str) -> bool:
        return name == "campaign"


def _may_be_asked(
    section: BoundSection, question: BoundQuestion, scope: _OnlyCampaign, campaign: str
) -> bool:
    if question.funnels and campaign not in question.funnels:
        return False
    conditions = (section.show_when, question.show_when)
    return all(condition is None or condition.evaluate(scope) is not False for condition in conditions)


def _entry(words: Words, question: BoundQuestion, campaign: str) -> Iterator[str]:
    yield ""
    yield from _comment(words.of(question.question.title), "  ")
    for text in (question.question.hint, question.question.where):
        yield from _comment(words.of(text), "  ")
    yield from _comment(_form(words, question), "  ")
    for bound in question.options:
        yield f"  #   {bound.option.id}: {words.of(bound.option.title)}"
    given = campaign if question.id == "campaign" else ""
    # A rate between stages that are rarely told apart side by side stays a comment, to keep the file short.
    mark = "# " if question.kind == "rate" and not question.question.essential else ""
    yield f"  {mark}{question.id}: {given}".rstrip()


def _form(words: Words, question: BoundQuestion) -> str:
    """Return how an answer is written, with an example and the unit."""
    asked = question.question
    form = words.phrase(f"template.{asked.type}")
    example = words.of(asked.example)
    if example:
        form += words.phrase("template.example", example=example)
    if question.unit is not None and asked.type not in ("rate", "percentage"):
        form += words.phrase("template.unit", unit=str(question.unit))
    if asked.allow_unknown:
        form += words.phrase("template.unknown")
    return form


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in text.split("\n"):
        while line:
            yield f"{indent}# {line[:WIDTH]}"
            line = line[WIDTH:]
