"""The KPIs that the team follows today, with what was noticed and what is suggested, in words."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.planning.kpis.current import CurrentKpi
from checklist.planning.plan import Plan
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words

COLUMNS = ("kpi", "noticed", "suggestion", "decision")


def current_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the table of the team's own KPIs, nothing where none were entered."""
    if not plan.current_kpis:
        return
    decided = any(kpi.decision for kpi in plan.current_kpis)
    names = COLUMNS if decided else COLUMNS[:-1]
    table = TableView(
        words.phrase("current.caption"),
        tuple(Column(words.phrase(f"current.{name}")) for name in names),
        tuple(_row(words, kpi)[: len(names)] for kpi in plan.current_kpis),
    )
    intro = (words.phrase("current.intro"),)
    yield SectionView(
        "current_kpis", words.phrase("current.title"), intro, (table,), tuple(_notes(words, plan))
    )


def _row(words: Words, kpi: CurrentKpi) -> tuple[Shown, ...]:
    return (
        Shown(kpi.name, note=_read_as(words, kpi)),
        Shown(_noticed(words, kpi)),
        Shown(_suggestion(words, kpi)),
        Shown(words.phrase(f"current.actions.{kpi.decision}" if kpi.decision else "document.not_said")),
    )


def _read_as(words: Words, kpi: CurrentKpi) -> str:
    """Say which KPI of the catalogue a name was taken for, where the team did not say so itself."""
    if not kpi.guessed or kpi.kpi is None or words.title(kpi.kpi) == kpi.name:
        return ""
    return words.phrase("current.read_as", kpi=words.quoted(kpi.kpi))


def _noticed(words: Words, kpi: CurrentKpi) -> str:
    found = [words.phrase(f"current.noticed_words.{name}") for name in kpi.noticed]
    return words.phrase("current.separator").join(found) or words.phrase("current.nothing")


def _suggestion(words: Words, kpi: CurrentKpi) -> str:
    suggestion = kpi.suggestion
    reason = words.phrase(f"current.reasons.{suggestion.reasons[0]}")
    if suggestion.action == "keep":
        return words.phrase("current.suggest.keep", reason=reason)
    if suggestion.kpi is None:
        return words.phrase(f"current.suggest.{suggestion.action}_alone", reason=reason)
    other = words.quoted(suggestion.kpi)
    return words.phrase(f"current.suggest.{suggestion.action}", kpi=other, reason=reason)


def _notes(words: Words, plan: Plan) -> Iterator[str]:
    if any(_read_as(words, kpi) for kpi in plan.current_kpis):
        yield words.phrase("current.guess_note")
