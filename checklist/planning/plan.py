"""A plan: from a pack, answers and a day to everything that a rendering prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from checklist.checks.findings import Finding, Todo, make_todos, option_advice, rule_findings, sorted_findings
from checklist.checks.readiness import Readiness, judge
from checklist.pack.compiled import Pack
from checklist.planning.facts import make_facts
from checklist.planning.funnel import work_back
from checklist.planning.goal import read_goal, read_kgi
from checklist.planning.inputs import Inputs
from checklist.planning.model import NOT_SAID, Chain, Kgi, PlannedKPI, Reckoned, Schedule, Why
from checklist.planning.picks import pick_kpis
from checklist.planning.rategoal import work_out_rate_goal
from checklist.planning.schedule import make_schedule
from checklist.planning.structural import structural_findings
from checklist.quantity import Known, Unknown
from checklist.questionnaire.routing import chain_stages, route
from checklist.questionnaire.values import Answer, Answers, Estimate, NotKnown


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a rendering prints."""

    pack_id: str
    pack_version: str
    pack_hash: str
    today: date
    path: Literal["quick", "full"]
    campaign: str | None
    purpose: str | None
    kgi: Kgi
    readiness: Readiness
    chain: Chain
    schedule: Schedule
    pick: str | None
    kpis: tuple[PlannedKPI, ...]
    findings: tuple[Finding, ...]
    todos: tuple[Todo, ...]
    provisional: tuple[str, ...]
    answers: tuple[tuple[str, Answer | None], ...]
    raw: Mapping[str, Any]


def make_plan(pack: Pack, answers: Answers, today: date) -> Plan:
    """Make the plan of these answers as of `today`; the same input always gives the same plan."""
    inputs = Inputs(pack, answers, route(pack, answers), today)
    chain, schedule = _work_out(inputs)
    facts = make_facts(pack, chain, schedule, chain.goal_part.quantity)
    scope = inputs.path.scope.with_facts(facts)
    asked = tuple(question.id for section in inputs.path.sections for question in section.questions)
    given = {name: answer for name in asked if (answer := inputs.answer(name)) is not None}
    readiness = judge(pack, given, frozenset(asked), scope)
    pick, kpis = pick_kpis(inputs, chain)
    findings = sorted_findings(
        (
            *structural_findings(inputs, chain, schedule),
            *rule_findings(pack, scope),
            *option_advice(pack, given.items()),
        )
    )
    if any(finding.severity == "critical" for finding in findings):
        # What stands in the way of the goal itself outweighs how well it was prepared.
        readiness = replace(readiness, overall="fix_first")
    provisional = _provisional(chain, given)
    return Plan(
        pack_id=pack.id,
        pack_version=pack.manifest.version,
        pack_hash=pack.hash,
        today=today,
        path=answers.path,
        campaign=inputs.choice("campaign"),
        purpose=inputs.choice("purpose") or inputs.choice("ma_phase"),
        kgi=read_kgi(inputs),
        readiness=readiness,
        chain=chain,
        schedule=schedule,
        pick=pick.id if pick else None,
        kpis=kpis,
        findings=findings,
        todos=(
            *make_todos(pack, asked, given, readiness, findings, provisional),
            *_targets_to_set(inputs, kpis),
        ),
        provisional=provisional,
        answers=tuple((name, given.get(name)) for name in asked),
        raw={name: answers.raw[name] for name in asked if name in answers.raw},
    )


def _work_out(inputs: Inputs) -> tuple[Chain, Schedule]:
    campaign = inputs.choice("campaign")
    funnel = inputs.pack.funnels.get(campaign) if campaign else None
    if funnel is None:
        missing = Reckoned(Unknown(("campaign",)), Why("goal_part"))
        return Chain("none", missing, "deal", NOT_SAID), make_schedule(inputs, "deal")
    stages = chain_stages(inputs.pack, inputs.answers, inputs.path)
    goal = read_goal(inputs, stages[-1])
    schedule = make_schedule(inputs, goal.stage)
    if goal.kind == "rate":
        return work_out_rate_goal(inputs, stages, schedule), schedule
    return work_back(inputs, funnel, stages, goal, schedule), schedule


def _targets_to_set(inputs: Inputs, kpis: tuple[PlannedKPI, ...]) -> Iterator[Todo]:
    """Yield the KPIs whose target nothing gives and no question asks for, as on the quick path."""
    for kpi in kpis:
        given = isinstance(kpi.must.quantity, Known) or inputs.path.asks(f"{kpi.id}_target")
        if kpi.role != "guardrail" and isinstance(kpi.target.quantity, Unknown) and not given:
            yield Todo("kpi_target", kpi.id)


def _provisional(chain: Chain, given: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the ids of the numbers to be replaced by an own record."""
    rates = [row.rate.id for row in (*chain.stages, *chain.routes) if row.rate and row.rate.provisional]
    chosen = [name for name, answer in given.items() if _is_provisional(answer)]
    return tuple(dict.fromkeys([*rates, *chosen]))


def _is_provisional(answer: Answer) -> bool:
    """Say whether a number is no own record, or was left out for now."""
    if isinstance(answer, NotKnown):
        return answer.word == "none"
    return isinstance(answer, Estimate) and answer.source in ("published", "similar_campaign", "assumption")
