"""How leads are handed over: the points, the line and the triggers that the plan's KPIs call for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from checklist.expression import Expression
from checklist.pack.scoring import Axis, Group, ScoringRule, StageDefinition, Threshold, Trigger
from checklist.planning.inputs import Inputs
from checklist.planning.model import PlannedKPI, Reckoned, Why
from checklist.planning.scores.lift import Counts, Lift, measure_lift
from checklist.quantity import Known, Quantity, Unknown, divide, multiply

UNDECIDED = "undecided"
PointsSource = Literal["lift", "provisional"]


@dataclass(frozen=True, slots=True)
class Call:
    """A KPI of the plan that calls for something, itself or through the KPI that must follow it."""

    kpi: str
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class HandoverStage:
    """A stage of the hand-over; `agreed` is the option chosen as its deadline, where one is decided."""

    id: str
    agreed: str | None


@dataclass(frozen=True, slots=True)
class PlannedRule:
    """One scoring rule with its points; `lift` is there where the team gave its counts.

    Without `calls` the counts alone are the reason.
    """

    id: str
    axis: Axis
    points: int
    points_source: PointsSource
    excludes: bool
    group: str | None
    calls: tuple[Call, ...]
    lift: Lift | None


@dataclass(frozen=True, slots=True)
class GroupCap:
    """Actions that go together bring at most so many points."""

    id: str
    most: int


@dataclass(frozen=True, slots=True)
class Line:
    """The line for handing over; `handovers` is how many a month sales can take.

    `holds` is false once points come from counts: a line set beside provisional points no longer fits.
    """

    fit: int
    behaviour: int
    nearly: int
    holds: bool
    handovers: Reckoned


@dataclass(frozen=True, slots=True)
class PlannedTrigger:
    """A trigger, the KPI it moves, and what calls for it: KPIs of the plan, or answers."""

    id: str
    moves: str
    calls: tuple[Call, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """How a campaign hands leads over; `everyone` is what all leads brought, where counted."""

    campaign: str
    stages: tuple[HandoverStage, ...]
    rules: tuple[PlannedRule, ...]
    caps: tuple[GroupCap, ...]
    line: Line | None
    triggers: tuple[PlannedTrigger, ...]
    notes: tuple[str, ...]
    everyone: Counts | None

    def rules_of(self, axis: Axis) -> tuple[PlannedRule, ...]:
        """Return the rules of one axis in their order."""
        return tuple(rule for rule in self.rules if rule.axis == axis)


def make_scoring(inputs: Inputs, kpis: tuple[PlannedKPI, ...]) -> ScoringPlan | None:
    """Choose the rules and triggers that the plan's KPIs call for; None where the campaign has none."""
    scoring = inputs.pack.scoring.get(inputs.choice("campaign") or "")
    if scoring is None:
        return None
    chooser = _Chooser(inputs, scoring.id, kpis)
    everyone = _everyone(inputs)
    rules = tuple(_rules(chooser, scoring.rules, _lifts(inputs, everyone)))
    return ScoringPlan(
        campaign=scoring.id,
        stages=tuple(_stages(inputs, scoring.stages)),
        rules=rules,
        caps=tuple(_caps(scoring.groups, rules)),
        line=_line(inputs, scoring.threshold, rules),
        triggers=tuple(_triggers(chooser, scoring.triggers)),
        notes=tuple(note.id for note in scoring.notes if chooser.holds("notes", note.id)),
        everyone=everyone,
    )


class _Chooser:
    """What the plan's KPIs and the answers call for."""

    def __init__(self, inputs: Inputs, campaign: str, kpis: Iterable[PlannedKPI]) -> None:
        self.inputs = inputs
        self.campaign = campaign
        self.planned = [inputs.pack.kpis[kpi.id] for kpi in kpis]

    def calls(self, follows: Iterable[str]) -> tuple[Call, ...]:
        """Return the KPIs of the plan behind `follows`, or failing these those whose next step they are."""
        wanted = set(follows)
        direct = tuple(Call(kpi.id) for kpi in self.planned if kpi.id in wanted)
        return direct or tuple(
            Call(kpi.id, kpi.next_step.kpi)
            for kpi in self.planned
            if kpi.next_step and kpi.next_step.kpi in wanted
        )

    def condition(self, key: str, name: str) -> Expression | None:
        return self.inputs.pack.expressions.get(f"scoring.{self.campaign}.{key}.{name}")

    def holds(self, key: str, name: str) -> bool:
        """Say whether the condition definitely holds; having none is no hindrance."""
        condition = self.condition(key, name)
        return condition is None or condition.holds(self.inputs.path.scope) is True

    def answers(self, key: str, name: str) -> tuple[str, ...]:
        condition = self.condition(key, name)
        names = condition.names if condition else ()
        return tuple(name for name in names if self.inputs.answer(name) is not None)


def _rules(
    chooser: _Chooser, rules: Iterable[ScoringRule], lifts: Mapping[str, Lift]
) -> Iterator[PlannedRule]:
    for rule in rules:
        calls, lift = chooser.calls(rule.follows), lifts.get(rule.id)
        if not (calls or lift) or not chooser.holds("rules", rule.id):
            continue
        measured = lift is not None and lift.points is not None
        points = lift.points if lift is not None and lift.points is not None else rule.points
        source: PointsSource = "lift" if measured else "provisional"
        yield PlannedRule(rule.id, rule.axis, points, source, rule.excludes, rule.group, calls, lift)


def _triggers(chooser: _Chooser, triggers: Iterable[Trigger]) -> Iterator[PlannedTrigger]:
    for trigger in triggers:
        calls = chooser.calls(trigger.follows)
        if (calls or not trigger.follows) and chooser.holds("triggers", trigger.id):
            answers = () if calls else chooser.answers("triggers", trigger.id)
            yield PlannedTrigger(trigger.id, trigger.moves, calls, answers)


def _stages(inputs: Inputs, stages: Iterable[StageDefinition]) -> Iterator[HandoverStage]:
    for stage in stages:
        agreed = inputs.choice(stage.deadline_from) if stage.deadline_from else None
        yield HandoverStage(stage.id, None if agreed == UNDECIDED else agreed)


def _caps(groups: Iterable[Group], rules: Iterable[PlannedRule]) -> Iterator[GroupCap]:
    """Yield a cap for each group of which two rules or more were chosen."""
    rows = tuple(rules)
    for group in groups:
        points = [rule.points for rule in rows if rule.group == group.id]
        if len(points) > 1:
            yield GroupCap(group.id, max(points))


def _everyone(inputs: Inputs) -> Counts | None:
    leads, won = inputs.number("scored_leads"), inputs.number("scored_won")
    if isinstance(leads, Known) and isinstance(won, Known):
        return Counts(int(leads.value), int(won.value))
    return None


def _lifts(inputs: Inputs, everyone: Counts | None) -> dict[str, Lift]:
    """Measure each action that has its counts; of one named twice the first row counts."""
    lifts: dict[str, Lift] = {}
    for row in inputs.rows("ma_actions") if everyone else ():
        action, did, won = row.choice("action"), row.number("did"), row.number("won")
        if everyone and action and isinstance(did, Known) and isinstance(won, Known):
            lifts.setdefault(action, measure_lift(Counts(int(did.value), int(won.value)), everyone))
    return lifts


def _line(inputs: Inputs, threshold: Threshold | None, rules: Iterable[PlannedRule]) -> Line | None:
    if threshold is None:
        return None
    holds = all(rule.points_source == "provisional" for rule in rules)
    return Line(threshold.fit, threshold.behaviour, threshold.nearly, holds, _handovers(inputs))


def _handovers(inputs: Inputs) -> Reckoned:
    """Return how many leads a month may be handed over before sales can no longer take what follows."""
    capacity, rate = inputs.number("meeting_capacity"), _handed_to_opportunity(inputs)
    why = Why("handovers", (("meeting_capacity", capacity), ("handed_to_opportunity", rate)))
    return Reckoned(divide(capacity, rate), why)


def _handed_to_opportunity(inputs: Inputs) -> Quantity:
    if inputs.path.asks("mql_to_opportunity"):
        return inputs.number("mql_to_opportunity")
    if inputs.path.asks("mql_to_sql"):
        return multiply(inputs.number("mql_to_sql"), inputs.number("sql_to_opportunity"))
    return Unknown(("ma_stages",))
