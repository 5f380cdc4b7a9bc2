"""An answers file to fill in: every question with its hint, unit and options as comments."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from checklist.pack.compiled import BoundQuestion, BoundSection, Pack
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
        questions = _questions(words.pack, section, scope, campaign)
        if questions:
            lines += ["", *_comment(f"== {words.of(section.section.title)} ==", "  ")]
            for question in questions:
                lines += _entry(words, question, scope, campaign)
    return "\n".join(lines) + "\n"


def _questions(pack: Pack, section: BoundSection, scope: _OnlyCampaign, campaign: str) -> list[BoundQuestion]:
    """Return what may be asked in a section, rates from the top of the campaign's chain down."""
    kpis = _kpis(pack, scope)
    asked = [
        question
        for question in section.questions
        if _may_be_asked(section, question, scope, campaign)
        and (question.kpi is None or question.kpi in kpis)
    ]
    rates = [question for question in asked if question.ends]
    if not rates:
        return asked
    funnel = pack.funnels[campaign]
    stages = [stage.id for stage in (*funnel.stages, *(s for way in funnel.routes for s in way.stages))]
    rates.sort(key=lambda rate: tuple(stages.index(end) for end in rate.ends or ()))
    first = asked.index(next(question for question in asked if question.ends))
    others = [question for question in asked if not question.ends]
    return [*others[:first], *rates, *others[first:]]


def _kpis(pack: Pack, scope: _OnlyCampaign) -> frozenset[str]:
    """Return the KPIs of every pick that the campaign may lead to."""
    return frozenset(
        kpi
        for pick in pack.picks
        if pack.expressions[f"pick.{pick.id}"].holds(scope) is not False
        for kpi in (*pick.primary, *pick.guardrails, pick.final)
    )


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
    return all(condition is None or condition.holds(scope) is not False for condition in conditions)


def _entry(words: Words, question: BoundQuestion, scope: _OnlyCampaign, campaign: str) -> Iterator[str]:
    title = words.of(question.question.title)
    if question.kind == "rate" and not question.question.essential:
        # Which of these is asked depends on the stages told apart, so they take one line each.
        yield f"  # {question.id}:  # {title}"
        return
    yield ""
    yield from _comment(title, "  ")
    for text in (question.question.hint, question.question.where):
        yield from _comment(words.of(text), "  ")
    yield from _comment(_form(words, question), "  ")
    for bound in question.options:
        if bound.show_when is None or bound.show_when.holds(scope) is not False:
            yield f"  #   {bound.option.id}: {words.of(bound.option.title)}"
    for column in question.columns:
        yield from _column(words, column)
    given = campaign if question.id == "campaign" else ""
    yield f"  {question.id}: {given}".rstrip()


def _column(words: Words, column: BoundQuestion) -> Iterator[str]:
    form = words.phrase(f"template.{column.question.type}")
    yield from _comment(f"- {column.id}: {words.of(column.question.title)} ({form})", "  ")


def _form(words: Words, question: BoundQuestion) -> str:
    """Return how an answer is written, with an example and the unit."""
    asked = question.question
    form = words.phrase(f"template.{asked.type}")
    example = words.of(asked.example)
    if example:
        form += words.phrase("template.example", example=example)
    if unit := asked.measure_unit or asked.unit:
        form += words.phrase("template.unit", unit=words.unit_of(unit, words.phrase("template.sign")))
    if asked.allow_unknown and asked.type != "check":
        form += words.phrase("template.unknown")
    return form


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in text.split("\n"):
        yield from (f"{indent}# {part}" for part in wrap(line, WIDTH))
