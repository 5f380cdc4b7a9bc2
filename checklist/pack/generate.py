"""The questions that follow from the rest of a pack: rates, volumes, KPI values and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checklist.pack.catalogue import Kpi
from checklist.pack.models import Check, Funnel, GeneratedWords, Item, Manifest, Pick, Question, Stage
from checklist.pack.models import RateWords as RateWording


@dataclass(frozen=True, slots=True)
class Draft:
    """A generated question before its expressions are bound; see BoundQuestion for the fields."""

    question: Question
    kind: str
    ends: tuple[str, str] | None = None
    funnels: tuple[str, ...] = ()
    kpi: str | None = None
    check: Check | None = None


def rate_drafts(manifest: Manifest, funnels: Sequence[Funnel]) -> Iterator[Draft]:
    """Yield one rate question for each two stages of a funnel that can stand next to each other."""
    wordings = {rate.id: rate for funnel in reversed(funnels) for rate in funnel.rates}
    found: dict[str, list[tuple[Funnel, Stage, Stage, bool]]] = {}
    for funnel in funnels:
        for above, below, essential in _pairs(funnel):
            name = f"{above.id}_to_{below.id}"
            found.setdefault(name, []).append((funnel, above, below, essential))
    for name, places in found.items():
        funnel, above, below, _ = places[0]
        stock = any(place[0].stock and place[0].stock.stage == above.id for place in places)
        essential = any(place[3] for place in places)
        words = manifest.generated.stock_rate if stock else manifest.generated.rate
        names = {"from": above.title, "to": below.title}
        unit = f"{below.id}/{above.id}/month" if stock else f"{below.id}/{above.id}"
        texts = _texts(words, names) | _overrides(wordings.get(name))
        texts["none_for_now"] = "published" in texts
        texts["terms"] = (*words.terms, above.id, below.id)
        question = _question(id=name, type="rate", unit=unit, essential=essential, **texts)
        funnels_of = tuple(dict.fromkeys(place[0].id for place in places))
        yield Draft(question, "stock_rate" if stock else "rate", (above.id, below.id), funnels_of)


def rate_names(funnels: Iterable[Funnel]) -> set[str]:
    """Return the ids of all rates, whether or not the questionnaire has a place for them."""
    return {f"{above.id}_to_{below.id}" for funnel in funnels for above, below, _ in _pairs(funnel)}


def _pairs(funnel: Funnel) -> Iterator[tuple[Stage, Stage, bool]]:
    """Yield the pairs of the chain with whether every team needs them, then those of other routes."""
    for index, above in enumerate(funnel.stages):
        core_between = False
        for below in funnel.stages[index + 1 :]:
            yield above, below, above.core and below.core and not core_between
            core_between = core_between or below.core
    for route in funnel.routes:
        joined = [stage for stage in funnel.stages if stage.id == route.joins]
        chain = (*route.stages, *joined)
        for above, below in zip(chain, chain[1:], strict=False):
            yield above, below, False


def _overrides(words: RateWording | None) -> dict[str, Any]:
    if words is None:
        return {}
    names = ("title", "label", "hint", "where", "published")
    texts = {name: getattr(words, name) for name in names}
    return {name: text for name, text in texts.items() if text is not None}


def volume_drafts(manifest: Manifest, funnels: Sequence[Funnel]) -> Iterator[Draft]:
    """Yield the question of how many there are today for each stage that has one."""
    stages: dict[str, tuple[Stage, list[str]]] = {}
    for funnel in funnels:
        for stage in funnel.stages:
            if stage.volume:
                stages.setdefault(stage.id, (stage, []))[1].append(funnel.id)
    for stage, names in stages.values():
        texts = _texts(manifest.generated.volume, {"stage": stage.title})
        texts["terms"] = (*manifest.generated.volume.terms, stage.id)
        question = _question(id=f"{stage.id}_volume", type="volume", unit=f"{stage.id}/month", **texts)
        yield Draft(question, "volume", ends=None, funnels=tuple(names))


def baseline_drafts(manifest: Manifest, picks: Iterable[Pick], kpis: Mapping[str, Kpi]) -> Iterator[Draft]:
    """Yield the question of where each recommended KPI stands now."""
    names = [name for pick in picks for name in (*pick.primary, *pick.guardrails, pick.final)]
    yield from _kpi_drafts("baseline", manifest.generated.baseline, names, kpis)


def target_drafts(manifest: Manifest, picks: Iterable[Pick], kpis: Mapping[str, Kpi]) -> Iterator[Draft]:
    """Yield the question of what each KPI is to reach; a guard-rail is held, and has no target to ask."""
    names = [name for pick in picks for name in (*pick.primary, pick.final)]
    yield from _kpi_drafts("target", manifest.generated.target, names, kpis)


def _kpi_drafts(
    what: str, words: GeneratedWords, names: Iterable[str], kpis: Mapping[str, Kpi]
) -> Iterator[Draft]:
    for name in dict.fromkeys(names):
        if name in kpis:
            kpi = kpis[name]
            texts = _texts(words, {"kpi": kpi.title, "definition": kpi.definition})
            where = kpi.measurement.report if kpi.measurement else kpi.source
            question = _question(
                id=f"{name}_{what}",
                type="measure",
                measure_unit=kpi.unit,
                where=where,
                terms=words.terms,
                **texts,
            )
            yield Draft(question, f"kpi_{what}", kpi=name)


def check_drafts(item: Item) -> Iterator[Draft]:
    """Yield the checks of an item that a person answers."""
    for check in item.checks:
        if check.computed is None:
            question = _question(
                id=check.id,
                type="check",
                title=check.title,
                hint=check.hint,
                why=check.why,
                example=check.example,
                terms=check.terms,
                show_when=check.show_when,
                item=item.id,
            )
            yield Draft(question, "check", check=check)


def _question(**fields: Any) -> Question:
    """Build a question from parts that were checked already."""
    return Question.model_construct(**fields)


def _texts(words: GeneratedWords, names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    texts = {"title": words.title, "hint": words.hint, "why": words.why}
    return {name: _filled(text, names) for name, text in texts.items() if text}


def _filled(text: Mapping[str, str], names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Put the names in; braces of anything else stay as they are."""
    filled = {}
    for language, sentence in text.items():
        for name, titles in names.items():
            sentence = sentence.replace(f"{{{name}}}", titles.get(language, ""))
        filled[language] = sentence
    return filled
