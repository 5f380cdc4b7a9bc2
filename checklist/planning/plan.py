"""A plan: from a pack, answers and a day to everything that a rendering prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from checklist.checks.findings import Finding, Todo, make_todos, option_advice, rule_findings, sorted_findings
from checklist.checks.readiness import Readiness, judge
from checklist.expression import ScopeValue
from checklist.pack.compiled import Pack
from checklist.planning.chain.funnel import work_back
from checklist.planning.chain.goal import Goal, read_goal, read_kgi
from checklist.planning.chain.rategoal import work_out_rate_goal
from checklist.planning.chances.leverage import Lever, find_levers
from checklist.planning.chances.simulation import SAMPLES, Outlook, make_outlook
from checklist.planning.facts import make_facts
from checklist.planning.feasibility.capacity import CapacityRow, make_capacity
from checklist.planning.feasibility.findings import feasibility_findings
from checklist.planning.feasibility.judging import Judgement, judge_kpis
from checklist.planning.feasibility.money import Money, make_money
from checklist.planning.inputs import Inputs
from checklist.planning.kpis.current import CurrentKpi, examine_current
from checklist.planning.kpis.facts import current_counts
from checklist.planning.kpis.failures import kpi_scopes, with_code
from checklist.planning.kpis.measurement import MeasurementPlan, plan_measurement
from checklist.planning.kpis.nextsteps import NextStep, next_steps
from checklist.planning.kpis.picks import pick_kpis
from checklist.planning.kpis.sentence import sentence_facts, sentence_findings
from checklist.planning.kpis.yardsticks import Yardstick, yardsticks
from checklist.planning.model import NOT_SAID, Chain, Kgi, PlannedKPI, Reckoned, Schedule, Why
from checklist.planning.scores.scoring import ScoringPlan, make_scoring
from checklist.planning.shares.channels import ChannelPlan, spread_channels
from checklist.planning.shares.findings import spread_findings
from checklist.planning.shares.portfolio import Portfolio, make_portfolio
from checklist.planning.shares.segments import SegmentPlan, plan_segments
from checklist.planning.structural import structural_findings
from checklist.planning.timing.months import MonthlyPlan, make_months
from checklist.planning.timing.rescue import Rescue, what_can_move
from checklist.planning.timing.reviews import Review, make_reviews
from checklist.planning.timing.schedule import make_schedule
from checklist.quantity import Known, Unknown
from checklist.questionnaire.routing import Path, chain_stages, route
from checklist.questionnaire.values import Answer, Answers, Estimate, NotKnown, Rows


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
    channels: ChannelPlan | None
    segments: SegmentPlan | None
    portfolio: Portfolio | None
    outlook: Outlook | None
    levers: tuple[Lever, ...]
    schedule: Schedule
    months: MonthlyPlan | None
    rescue: Rescue | None
    capacity: tuple[CapacityRow, ...]
    money: Money | None
    pick: str | None
    kpis: tuple[PlannedKPI, ...]
    current_kpis: tuple[CurrentKpi, ...]
    judgements: tuple[Judgement, ...]
    next_steps: tuple[NextStep, ...]
    measurement: MeasurementPlan | None
    yardsticks: tuple[Yardstick, ...]
    scoring: ScoringPlan | None
    reviews: tuple[Review, ...]
    findings: tuple[Finding, ...]
    todos: tuple[Todo, ...]
    provisional: tuple[str, ...]
    answers: tuple[tuple[str, Answer | None], ...]
    raw: Mapping[str, Any]


def make_plan(
    pack: Pack, answers: Answers, today: date, samples: int = SAMPLES, path: Path | None = None
) -> Plan:
    """Make the plan of these answers as of `today`; the same input always gives the same plan.

    With no `samples`, the outlook is left out. A `path` that `route` found already is not walked again.
    """
    inputs = Inputs(pack, answers, path or route(pack, answers), today)
    chain, schedule, goal = _work_out(inputs)
    outlook = make_outlook(inputs, chain, samples)
    channels, segments = spread_channels(inputs, chain), plan_segments(inputs, chain)
    portfolio = make_portfolio(inputs, chain, goal) if goal else None
    pick, kpis = pick_kpis(inputs, chain)
    current = examine_current(inputs, chain, kpis)
    facts: dict[str, ScopeValue] = {
        **make_facts(pack, chain, schedule, chain.goal_part.quantity),
        **sentence_facts(inputs),
        **current_counts(current),
    }
    scope = inputs.path.scope.with_facts(facts)
    asked = tuple(question.id for section in inputs.path.sections for question in section.questions)
    given = {name: answer for name in asked if (answer := inputs.answer(name)) is not None}
    readiness = judge(pack, given, frozenset(asked), scope)
    money, judgements = make_money(inputs, chain), judge_kpis(inputs, chain, schedule, kpis)
    findings = sorted_findings(
        with_code(_asked_about(inputs, finding))
        for finding in (
            *structural_findings(inputs, chain, schedule, outlook),
            *sentence_findings(inputs),
            *spread_findings(channels, segments, portfolio),
            *feasibility_findings(inputs, chain, kpis, judgements, money),
            *rule_findings(pack, scope, kpi_scopes(inputs, facts, kpis, current)),
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
        channels=channels,
        segments=segments,
        portfolio=portfolio,
        outlook=outlook,
        levers=find_levers(inputs, chain),
        schedule=schedule,
        months=make_months(inputs, chain, schedule),
        rescue=what_can_move(inputs, chain, schedule),
        capacity=make_capacity(inputs, chain, schedule),
        money=money,
        pick=pick.id if pick else None,
        kpis=kpis,
        current_kpis=current,
        judgements=judgements,
        next_steps=next_steps(pack, kpis),
        measurement=plan_measurement(inputs, kpis),
        yardsticks=yardsticks(pack, kpis, chain, inputs.choice("campaign")),
        scoring=make_scoring(inputs, kpis),
        reviews=make_reviews(inputs, chain, schedule, kpis, provisional),
        findings=findings,
        todos=(
            *make_todos(pack, asked, given, readiness, findings, provisional),
            *_targets_to_set(inputs, kpis),
            *(Todo("kpi_note", one.kpi) for one in judgements if one.needs_note),
        ),
        provisional=provisional,
        answers=tuple((name, given.get(name)) for name in asked),
        raw={name: answers.raw[name] for name in asked if name in answers.raw},
    )


def _asked_about(inputs: Inputs, finding: Finding) -> Finding:
    """Return a finding that concerns only questions which were asked."""
    questions, asks = inputs.pack.questions, inputs.path.asks
    if all(name not in questions or asks(name) for name in finding.concerns):
        return finding
    asked = tuple(name for name in finding.concerns if name not in questions or asks(name))
    return replace(finding, concerns=asked)


def _work_out(inputs: Inputs) -> tuple[Chain, Schedule, Goal | None]:
    campaign = inputs.choice("campaign")
    funnel = inputs.pack.funnels.get(campaign) if campaign else None
    if funnel is None:
        missing = Reckoned(Unknown(("campaign",)), Why("goal_part"))
        return Chain("none", missing, "deal", NOT_SAID), make_schedule(inputs, "deal"), None
    stages = chain_stages(inputs.pack, inputs.answers, inputs.path)
    goal = read_goal(inputs, stages[-1])
    schedule = make_schedule(inputs, goal.stage)
    if goal.kind == "rate":
        return work_out_rate_goal(inputs, stages, schedule), schedule, goal
    return work_back(inputs, funnel, stages, goal, schedule), schedule, goal


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
    if isinstance(answer, Rows):
        return any(_is_provisional(cell) for row in answer.rows for _, cell in row)
    return isinstance(answer, Estimate) and answer.source in ("published", "similar_campaign", "assumption")
