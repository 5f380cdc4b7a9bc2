"""The KPIs a team follows today, examined by the same rules as those recommended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from checklist.pack.catalogue import Kpi
from checklist.pack.compiled import Pack
from checklist.planning.inputs import Inputs, Row
from checklist.planning.kpis.named import (
    guess_kpi,
    is_activity,
    is_count_of,
    is_money_of_goal,
    is_name_of,
    is_person,
)
from checklist.planning.kpis.traits import Traits, later_stage, noticed
from checklist.planning.model import Chain, PlannedKPI
from checklist.quantity import Known, Quantity, Unit, Unknown
from checklist.questionnaire.typed.measured import read_measured

QUESTION = "current_kpis"
UNREAD = Unknown((QUESTION,))
WEB_VISITS = {"users": "user", "sessions": "session"}
TOLD_APART = ("user", "session", "lead", "card", "valid_lead")

Action = Literal["keep", "replace", "pair"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do with a KPI: keep it, replace it by `kpi` (or drop it where None), or pair it with `kpi`.

    `reasons` are what was noticed that calls for it, or why it may stay.
    """

    action: Action
    kpi: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CurrentKpi:
    """One KPI as the team entered it, with what was noticed; `guessed` tells that `kpi` rests on its name.

    `decision` is what the team itself decided: keep, replace or pair.
    """

    name: str
    kpi: str | None
    guessed: bool
    now: Quantity
    target: Quantity
    owner: str
    per: str | None
    decision: str | None
    traits: Traits
    noticed: tuple[str, ...]
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class _Entry:
    row: Row
    name: str
    kpi: Kpi | None
    guessed: bool


def examine_current(inputs: Inputs, chain: Chain, kpis: tuple[PlannedKPI, ...]) -> tuple[CurrentKpi, ...]:
    """Examine every KPI that the team entered against the plan, its own list and the catalogue."""
    entries = tuple(_entry(inputs, row, kpis) for row in inputs.rows(QUESTION))
    listed = {entry.kpi.id for entry in entries if entry.kpi}
    free = [kpi.id for kpi in kpis if kpi.role == "primary" and kpi.id not in listed]
    examined = []
    for entry in entries:
        traits = _traits(inputs, chain, kpis, entry, entries)
        suggestion = _suggest(inputs.pack, kpis, entry.kpi, traits, free)
        if suggestion.action == "replace" and suggestion.kpi:
            free.remove(suggestion.kpi)
        examined.append(_examined(entry, traits, suggestion))
    return tuple(examined)


def _entry(inputs: Inputs, row: Row, kpis: tuple[PlannedKPI, ...]) -> _Entry:
    name, chosen = row.text("name"), row.choice("kpi")
    guess = None if chosen else guess_kpi(_of_campaign(inputs), name, {kpi.id for kpi in kpis})
    found = chosen or guess
    return _Entry(row, name, inputs.pack.kpis[found] if found else None, guess is not None)


def _of_campaign(inputs: Inputs) -> tuple[Kpi, ...]:
    """Return the KPIs of the catalogue that a name may mean: those of the campaign and of no campaign."""
    campaign = inputs.choice("campaign")
    return tuple(kpi for kpi in inputs.pack.kpis.values() if not kpi.campaigns or campaign in kpi.campaigns)


def _examined(entry: _Entry, traits: Traits, suggestion: Suggestion) -> CurrentKpi:
    row = entry.row
    return CurrentKpi(
        name=entry.name,
        kpi=entry.kpi.id if entry.kpi else None,
        guessed=entry.guessed,
        now=read_value(row.text("now")) or UNREAD,
        target=read_value(row.text("target")) or UNREAD,
        owner=row.text("owner"),
        per=row.choice("per"),
        decision=row.choice("decision"),
        traits=traits,
        noticed=noticed(traits),
        suggestion=suggestion,
    )


def read_value(text: str) -> Known | None:
    """Read a value as a team writes it, with the unit it shows; None for what cannot be read."""
    read = read_measured(text)
    return None if read is None else Known(read[0], Unit.parse(read[1]), (QUESTION,))


def _traits(
    inputs: Inputs, chain: Chain, kpis: tuple[PlannedKPI, ...], entry: _Entry, entries: tuple[_Entry, ...]
) -> Traits:
    row, kpi = entry.row, entry.kpi
    now, target = read_value(row.text("now")), read_value(row.text("target"))
    planned = {one.id: one.role for one in kpis}
    others = [other.kpi for other in entries if other is not entry]
    vanity = kpi.vanity if kpi else is_activity(entry.name)
    in_plan = kpi is not None and kpi.id in planned
    return Traits(
        timing=kpi.timing if kpi else None,
        is_guardrail=_is_guardrail(kpi, others, planned),
        vanity=vanity,
        has_baseline=_given(row, "now", now),
        has_target=_given(row, "target", target),
        has_guardrail=_has_guardrail(kpi, others),
        has_next=_has_next(kpi.stage if kpi else "attract" if vanity else None, others),
        has_link=bool(row.text("link")) or in_plan or _on_chain(chain, kpi),
        has_owner=_has_owner(inputs, row.text("owner")),
        is_defined=bool(kpi or row.choice("per") or now or target),
        is_goal_slice=not in_plan and _is_goal_slice(inputs, chain, entry),
        per_differs=_per_differs(inputs, entry, entries),
        target_is_benchmark=_is_benchmark(inputs.pack, kpi, target),
        ratio=_ratio(kpi, now, target),
        in_plan=in_plan,
    )


def _given(row: Row, column: str, read: Known | None) -> bool | None:
    """Say whether a number was given; one that was written but cannot be read is open."""
    if read is not None:
        return True
    return None if row.text(column) else False


def _is_guardrail(kpi: Kpi | None, others: list[Kpi | None], planned: Mapping[str, str]) -> bool:
    if kpi is None:
        return False
    if kpi.id in planned:
        return planned[kpi.id] == "guardrail"
    return any(kpi.id in other.guardrails for other in others if other)


def _has_guardrail(kpi: Kpi | None, others: list[Kpi | None]) -> bool | None:
    if kpi is None or not kpi.guardrails:
        return None
    return any(other.id in kpi.guardrails for other in others if other)


def _has_next(stage: str | None, others: list[Kpi | None]) -> bool | None:
    """Say whether the list holds a KPI of a later stage; one that is not in the catalogue may be it."""
    if stage is None:
        return None
    if any(later_stage(stage, other.stage) for other in others if other):
        return True
    return None if None in others else False


def _on_chain(chain: Chain, kpi: Kpi | None) -> bool:
    measures = kpi.measures if kpi else None
    if measures is None:
        return False
    stages = (measures.stage, measures.route_stage, *(measures.rate or "").split("_to_"))
    return any(chain.stage(stage) is not None for stage in stages if stage)


def _has_owner(inputs: Inputs, owner: str) -> bool | None:
    """Say whether one person is named; a team that says it has owners may just not have typed them."""
    if owner:
        return is_person(owner)
    return None if inputs.choice("one_named_owner") == "yes" else False


def _is_goal_slice(inputs: Inputs, chain: Chain, entry: _Entry) -> bool:
    kind, measures = inputs.choice("kgi_kind"), entry.kpi.measures if entry.kpi else None
    if kind in ("amount", "growth"):
        return entry.kpi is None and is_money_of_goal(entry.name)
    if kind == "rate":
        step = inputs.choice("kgi_rate_step") or ""
        named = entry.kpi is None and is_name_of(entry.name, _rate_titles(inputs, step))
        return named or measures is not None and measures.rate == step
    if kind != "count":
        return False
    if measures is not None:
        return measures.stage == chain.goal_stage
    return is_count_of(entry.name, _stage_titles(inputs, chain.goal_stage))


def _rate_titles(inputs: Inputs, step: str) -> Collection[str]:
    bound = inputs.pack.questions.get(step)
    return bound.question.title.values() if bound else ()


def _stage_titles(inputs: Inputs, stage_id: str) -> Collection[str]:
    funnel = inputs.pack.funnels.get(inputs.choice("campaign") or "")
    stages = funnel.stages if funnel else ()
    return {title for stage in stages if stage.id == stage_id for title in stage.title.values()}


def _per_differs(inputs: Inputs, entry: _Entry, entries: tuple[_Entry, ...]) -> bool | None:
    """Say whether a KPI is counted per something else than its definition or the rest of the list."""
    per = entry.row.choice("per")
    if per is None or per == "other":
        return None
    wanted = _population(inputs, entry.kpi)
    if wanted is not None:
        return per != wanted
    visits = {other.row.choice("per") for other in entries} & set(WEB_VISITS.values())
    return per in visits and len(visits) > 1


def _population(inputs: Inputs, kpi: Kpi | None) -> str | None:
    """Return what a KPI is counted per: as visits are counted, where it is measured from visits."""
    rate = kpi.measures.rate if kpi and kpi.measures else None
    if rate and rate.startswith("visit_to_"):
        return WEB_VISITS.get(inputs.choice("visit_counting") or "")
    counted = rate.split("_to_")[0] if rate else kpi.population if kpi else None
    return counted if counted in TOLD_APART else None


def _is_benchmark(pack: Pack, kpi: Kpi | None, target: Known | None) -> bool | None:
    """Say whether a target is a published figure for that very KPI."""
    if kpi is None or target is None:
        return None
    rate = pack.questions.get(kpi.measures.rate or "") if kpi.measures else None
    published = rate.question.published if rate else None
    figures = {
        read.value
        for benchmark in pack.benchmarks.values()
        if benchmark.id == published or kpi.id in benchmark.kpis
        for figure in (benchmark.low, benchmark.typical, benchmark.high)
        if figure and (read := read_value(figure))
    }
    return target.value in figures


def _ratio(kpi: Kpi | None, now: Known | None, target: Known | None) -> Fraction | None:
    """Return target over present value, turned round where lower is better; None unless comparable."""
    if now is None or target is None or now.unit != target.unit or not now.value or not target.value:
        return None
    ratio = target.value / now.value
    return 1 / ratio if kpi and kpi.better == "lower" else ratio


def _suggest(
    pack: Pack, kpis: tuple[PlannedKPI, ...], kpi: Kpi | None, traits: Traits, free: list[str]
) -> Suggestion:
    """Suggest what to do: a slice or a vague KPI is replaced, a lonely one paired, the rest kept."""
    if traits.is_goal_slice or not traits.is_defined:
        reason = "goal_slice" if traits.is_goal_slice else "not_defined"
        return Suggestion("replace", next(iter(free), None), (reason,))
    if traits.vanity and traits.has_next is False:
        return Suggestion("pair", _following(pack, kpi, free), ("vanity",))
    if not traits.has_link:
        return Suggestion("replace", _of_stage(pack, kpi, free), ("no_link",))
    if traits.has_guardrail is False and kpi:
        return Suggestion("pair", _guardrail(kpi, kpis), ("no_guardrail",))
    return Suggestion("keep", None, ("in_plan" if traits.in_plan else "has_link",))


def _following(pack: Pack, kpi: Kpi | None, free: list[str]) -> str | None:
    """Return the KPI that must follow: as the catalogue says, else the plan's first of a later stage."""
    if kpi and kpi.next_step:
        return kpi.next_step.kpi
    stage = kpi.stage if kpi else "attract"
    return next((name for name in free if later_stage(stage, pack.kpis[name].stage)), None)


def _of_stage(pack: Pack, kpi: Kpi | None, free: list[str]) -> str | None:
    alike = [name for name in free if kpi and pack.kpis[name].stage == kpi.stage]
    return next(iter((*alike, *free)), None)


def _guardrail(kpi: Kpi, kpis: tuple[PlannedKPI, ...]) -> str:
    planned = [one.id for one in kpis if one.id in kpi.guardrails]
    return next(iter((*planned, *kpi.guardrails)))
