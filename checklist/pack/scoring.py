"""What a pack says on handing leads over: stages, points for fit and behaviour, and triggers."""

from __future__ import annotations

from typing import Literal

from checklist.pack.fields import Id, Model, Source, Text

Axis = Literal["fit", "behaviour", "negative"]


class StageDefinition(Model):
    """What counts as a stage of the hand-over, who decides, and by when; `back` says what returns.

    `deadline_from` is the question whose answer is the deadline; `deadline` is what to agree on without one.
    """

    id: Id
    title: Text
    definition: Text
    decided_by: Text
    deadline: Text | None = None
    deadline_from: Id | None = None
    back: Text | None = None


class Group(Model):
    """Actions that go together: of those in a group only the one with most points counts."""

    id: Id
    title: Text


class ScoringRule(Model):
    """Points for one attribute or action; provisional, on the scale that 10 points double the chance.

    `excludes` takes a lead out altogether, whatever its points. `source` says what the points lean on.
    A rule is chosen where a KPI it `follows` is in the plan and `when`, if there is one, holds.
    """

    id: Id
    axis: Axis
    title: Text
    points: int
    excludes: bool = False
    group: Id | None = None
    follows: tuple[Id, ...]
    when: Source | None = None
    source: Text


class Threshold(Model):
    """The line for handing over: enough fit and enough behaviour, never one for the other."""

    fit: int
    behaviour: int
    nearly: int
    reason: Text
    source: Text


class Decay(Model):
    """How behaviour points fade."""

    rule: Text
    source: Text


class Trigger(Model):
    """What starts an automated step, for whom, what happens, what ends it, and the KPI it moves.

    One without `follows` is chosen by its condition `when` alone.
    """

    id: Id
    title: Text
    condition: Text
    action: Text
    exit: Text
    moves: Id
    follows: tuple[Id, ...] = ()
    when: Source | None = None
    source: Text


class Note(Model):
    """A rule of use that stands below the tables."""

    id: Id
    text: Text
    when: Source | None = None


class Scoring(Model):
    """How one campaign hands leads over; `id` is the campaign's option id."""

    id: Id
    title: Text
    intro: Text
    stages: tuple[StageDefinition, ...]
    groups: tuple[Group, ...] = ()
    rules: tuple[ScoringRule, ...] = ()
    threshold: Threshold | None = None
    decay: Decay | None = None
    triggers: tuple[Trigger, ...] = ()
    notes: tuple[Note, ...] = ()
