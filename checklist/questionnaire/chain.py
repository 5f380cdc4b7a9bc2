"""The chain of a campaign: the stages the team tells apart, and the questions and KPIs that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from checklist.pack.catalogue import Kpi
from checklist.pack.compiled import BoundQuestion, Pack
from checklist.pack.models import Funnel, Pick, Route
from checklist.questionnaire.scope import AnswerScope
from checklist.questionnaire.values import Chosen, ChosenMany


def campaign_funnel(pack: Pack, scope: AnswerScope) -> Funnel | None:
    """Return the funnel of the chosen campaign."""
    campaign = _choice(scope, "campaign")
    return pack.funnels.get(campaign) if campaign else None


def told_apart(pack: Pack, scope: AnswerScope) -> tuple[str, ...]:
    """Return the stages of the chain from the top down: the core ones and those the team tells apart."""
    funnel = campaign_funnel(pack, scope)
    if funnel is None:
        return ()
    answer = scope.answer(funnel.told_apart)
    chosen = answer.options if isinstance(answer, ChosenMany) else ()
    return tuple(stage.id for stage in funnel.stages if stage.core or stage.id in chosen)


def counted_stages(pack: Pack, scope: AnswerScope) -> tuple[str, ...]:
    """Return the stages whose rates the goal needs: down to a counted stage, or from under a raised rate."""
    stages = told_apart(pack, scope)
    kind = _choice(scope, "kgi_kind")
    if kind == "count":
        stage = _choice(scope, "kgi_count_stage")
        return stages[: stages.index(stage) + 1] if stage in stages else stages
    if kind == "rate":
        step = pack.questions.get(_choice(scope, "kgi_rate_step") or "")
        if step and step.ends and step.ends[1] in stages:
            return stages[stages.index(step.ends[1]) :]
    return stages


def rate_questions(pack: Pack, stages: Sequence[str]) -> tuple[BoundQuestion, ...]:
    """Return the rate question of each step of a chain, from the top down."""
    return tuple(pack.questions[f"{above}_to_{below}"] for above, below in _steps(stages))


def routes_in_use(pack: Pack, scope: AnswerScope, stages: Sequence[str]) -> tuple[Route, ...]:
    """Return the second ways into the chain whose condition holds."""
    funnel = campaign_funnel(pack, scope)
    return tuple(
        route
        for route in (funnel.routes if funnel else ())
        if route.joins in stages and pack.expressions[f"route.{route.id}"].holds(scope)
    )


def chosen_pick(pack: Pack, scope: AnswerScope) -> Pick | None:
    """Return the first pick that definitely holds; a pack's last ones are those with the least conditions."""
    for pick in pack.picks:
        if pack.expressions[f"pick.{pick.id}"].holds(scope):
            return pick
    return None


def kpis_to_ask(pack: Pack, scope: AnswerScope) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the picked KPIs that the chain does not measure: all of them, and those that need a target.

    A guard-rail needs none: it is held at its baseline or its stated limit.
    """
    pick = chosen_pick(pack, scope)
    if pick is None:
        return (), ()
    stages, rates = _measured(pack, scope)
    names = (*pick.primary, *pick.guardrails, pick.final)
    asked = tuple(name for name in names if not _is_measured(pack.kpis[name], stages, rates))
    return asked, tuple(name for name in asked if name not in pick.guardrails)


def _measured(pack: Pack, scope: AnswerScope) -> tuple[set[str], set[str]]:
    """Return the stages and rates for which the plan has a row."""
    chain = counted_stages(pack, scope)
    # A rate across several steps follows from them, so it is never asked for on its own.
    stages, rates = set(chain), {f"{above}_to_{below}" for above, below in combinations(chain, 2)}
    for route in routes_in_use(pack, scope, chain):
        own = (*(stage.id for stage in route.stages), route.joins)
        stages.update(own)
        rates.update(f"{above}_to_{below}" for above, below in _steps(own))
    step = pack.questions.get(_choice(scope, "kgi_rate_step") or "")
    if step and step.ends and _choice(scope, "kgi_kind") == "rate":
        stages.update(step.ends)
        rates.add(step.id)
    return stages, rates


def _is_measured(kpi: Kpi, stages: set[str], rates: set[str]) -> bool:
    measures = kpi.measures
    if measures is None:
        return False
    return measures.stage in stages or measures.route_stage in stages or measures.rate in rates


def _steps(stages: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(stages, stages[1:], strict=False)


def _choice(scope: AnswerScope, question_id: str) -> str | None:
    answer = scope.answer(question_id)
    return answer.option if isinstance(answer, Chosen) else None
