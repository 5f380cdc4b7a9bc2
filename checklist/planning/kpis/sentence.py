"""The KGI sentence beside the KGI as answered: what it holds, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checklist.checks.findings import FactValue, Finding
from checklist.checks.kgi_sentence import KgiSentence, SentenceNumber, read_kgi_sentence
from checklist.expression import ScopeValue
from checklist.pack.vocabulary import SENTENCE_FACTS
from checklist.planning.inputs import Inputs
from checklist.quantity import Known, Quantity, Unknown, decimal_text

QUESTION = "kgi_sentence"
UNSAID = Unknown((QUESTION,))


def sentence_facts(inputs: Inputs) -> dict[str, ScopeValue]:
    """Return what rules may read of the KGI sentence; Unknown where it was not given or cannot be told."""
    sentence = _read(inputs)
    if sentence is None:
        return dict.fromkeys(SENTENCE_FACTS, UNSAID)
    told = {
        "kgi_sentence_has_number": sentence.has_number,
        "kgi_sentence_has_date": sentence.has_date,
        "kgi_sentence_has_business": sentence.has_business,
        "kgi_sentence_is_activity": sentence.is_activity,
        "kgi_sentence_is_vague": sentence.period_is_vague,
        "kgi_sentence_disagrees": any(True for _ in sentence_findings(inputs)),
    }
    return {name: UNSAID if value is None else value for name, value in told.items()}


def sentence_findings(inputs: Inputs) -> Iterator[Finding]:
    """Yield where the number or the date of the sentence is not the one answered, with both."""
    sentence = _read(inputs)
    if sentence is None or sentence.is_activity:
        return
    differing = _differing_number(inputs, sentence)
    if differing is not None:
        number, question = differing
        params: dict[str, FactValue] = {
            "written": number.typed,
            "question": question,
            "given": _given(inputs, question),
        }
        yield Finding("kgi_number_differs", "engine", "warning", (QUESTION, question), params)
    day = inputs.day("kgi_date")
    if day is not None and not sentence.may_mean(day):
        facts: dict[str, FactValue] = {"written": sentence.periods[0].typed, "kgi_date": day}
        yield Finding("kgi_date_differs", "engine", "warning", (QUESTION, "kgi_date"), facts)


def _read(inputs: Inputs) -> KgiSentence | None:
    text = inputs.text(QUESTION)
    return None if text is None else read_kgi_sentence(text, inputs.text("business") or "")


def _given(inputs: Inputs, question: str) -> Quantity | str:
    """Return the number answered as it is worded; a share as per cent."""
    value = inputs.number(question)
    if question in ("growth_rate", "kgi_rate_to") and isinstance(value, Known):
        return f"{decimal_text(value.value * 100)}%"
    return value


def _differing_number(inputs: Inputs, sentence: KgiSentence) -> tuple[SentenceNumber, str] | None:
    """Return a number of the KGI's own kind when none of that kind is the one answered."""
    for kinds, question, answered in _answered(inputs):
        named = [n for n in sentence.numbers if n.kind in kinds and n.value is not None and not n.is_activity]
        if named and answered and not any(number.value in answered for number in named):
            return named[0], question
    return None


def _answered(inputs: Inputs) -> Iterator[tuple[tuple[str, ...], str, set[Fraction]]]:
    """Yield for each kind of number the question that holds it and every value it may be written as."""
    kind = inputs.choice("kgi_kind")
    if kind == "amount":
        yield ("amount",), "kgi_amount", _values(inputs, "kgi_amount")
    elif kind == "count":
        yield ("count",), "kgi_count", _values(inputs, "kgi_count")
    elif kind == "rate":
        yield ("rate",), "kgi_rate_to", _values(inputs, "kgi_rate_to")
    elif kind == "growth":
        growth = _values(inputs, "growth_rate")
        yield ("rate", "times"), "growth_rate", growth | {1 + value for value in growth}


def _values(inputs: Inputs, question: str) -> set[Fraction]:
    value = inputs.number(question)
    return {value.value} if isinstance(value, Known) else set()
