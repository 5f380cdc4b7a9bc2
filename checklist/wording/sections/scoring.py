"""How leads are handed over, in words: stages, points, the line and the triggers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from checklist.pack.scoring import Axis, Scoring
from checklist.planning.plan import Plan
from checklist.planning.scores.lift import Counts, Lift
from checklist.planning.scores.scoring import (
    Call,
    HandoverStage,
    Line,
    PlannedRule,
    PlannedTrigger,
    ScoringPlan,
)
from checklist.wording.answers import option_title
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words

AXES: tuple[Axis, ...] = ("fit", "behaviour", "negative")
MOST_CALLS = 2


def scoring_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the hand-over that follows from the plan's KPIs."""
    if plan.scoring is None:
        return
    scoring = words.pack.scoring[plan.scoring.campaign]
    yield SectionView(
        "scoring",
        words.of(scoring.title),
        tuple(_intro(words, scoring, plan.scoring)),
        tuple(table for table in _tables(words, scoring, plan.scoring) if table.rows),
        tuple(_notes(words, scoring, plan.scoring)),
    )


def _tables(words: Words, scoring: Scoring, plan: ScoringPlan) -> Iterator[TableView]:
    yield _stages(words, scoring, plan.stages)
    for axis in AXES:
        yield _points(words, scoring, axis, plan.rules_of(axis))
    if plan.line and plan.rules:
        yield _line(words, scoring, plan.line)
    yield _triggers(words, scoring, plan.triggers)


def _table(
    words: Words, name: str, columns: Iterable[str], rows: Iterable[tuple[Shown, ...]], numeric: str = ""
) -> TableView:
    titles = tuple(Column(words.phrase(f"scoring.{column}"), column == numeric) for column in columns)
    return TableView(words.phrase(f"scoring.{name}_caption"), titles, tuple(rows))


def _stages(words: Words, scoring: Scoring, stages: Iterable[HandoverStage]) -> TableView:
    defined = {stage.id: stage for stage in scoring.stages}
    rows = (
        (
            Shown(words.of(defined[stage.id].title)),
            Shown(words.of(defined[stage.id].definition)),
            Shown(words.of(defined[stage.id].decided_by)),
            Shown(_deadline(words, scoring, stage)),
            Shown(words.of(defined[stage.id].back) or words.phrase("document.not_said")),
        )
        for stage in stages
    )
    return _table(words, "stages", ("stage", "definition", "decided_by", "deadline", "back"), rows)


def _deadline(words: Words, scoring: Scoring, stage: HandoverStage) -> str:
    """Return the deadline that was answered, or what to agree on."""
    defined = next(part for part in scoring.stages if part.id == stage.id)
    if stage.agreed is None or defined.deadline_from is None:
        return words.of(defined.deadline) or words.phrase("document.not_said")
    agreed = option_title(words, words.pack.questions[defined.deadline_from], stage.agreed)
    return words.phrase("scoring.agreed", deadline=agreed)


def _points(words: Words, scoring: Scoring, axis: Axis, rules: Iterable[PlannedRule]) -> TableView:
    written = {rule.id: rule for rule in scoring.rules}
    rows = (
        (
            Shown(words.of(written[rule.id].title)),
            _points_cell(words, rule),
            Shown(_basis(words, rule, words.of(written[rule.id].source))),
            Shown(_calls(words, rule.calls) or words.phrase("scoring.from_counts")),
        )
        for rule in rules
    )
    return _table(words, axis, ("condition", "points", "basis", "calls"), rows, numeric="points")


def _points_cell(words: Words, rule: PlannedRule) -> Shown:
    if rule.excludes:
        return Shown(words.phrase("scoring.excluded"))
    sign = "+" if rule.points > 0 else "−" if rule.points < 0 else ""
    text = sign + words.number(Fraction(abs(rule.points)))
    return Shown(text, provisional=rule.points_source == "provisional")


def _basis(words: Words, rule: PlannedRule, source: str) -> str:
    """Say what the points rest on: the counts, or what is published and why the counts do not do."""
    if rule.lift is None:
        return source
    said = words.phrase(f"scoring.verdicts.{rule.lift.verdict}", **_lift_facts(words, rule.lift))
    return said if rule.points_source == "lift" else words.phrase("scoring.both", said=said, source=source)


def _lift_facts(words: Words, lift: Lift) -> dict[str, str]:
    facts = _counts(words, lift.counts)
    if lift.times is not None and lift.low is not None and lift.high is not None:
        facts["times"] = words.number(lift.times, 1)
        facts["low"], facts["high"] = words.percent(lift.low), words.percent(lift.high)
    return facts


def _calls(words: Words, calls: Iterable[Call]) -> str:
    """Name the KPIs behind something, the first two of them."""
    named = [_call(words, call) for call in calls][:MOST_CALLS]
    return words.phrase("document.list_separator").join(named)


def _call(words: Words, call: Call) -> str:
    if call.leads_to is None:
        return words.title(call.kpi)
    return words.phrase("scoring.ahead", kpi=words.title(call.kpi), next=words.title(call.leads_to))


def _line(words: Words, scoring: Scoring, line: Line) -> TableView:
    rows = [
        *(_line_row(words, scoring, line, name) for name in ("fit", "behaviour", "nearly")),
        (
            Shown(words.phrase("scoring.line.handovers")),
            words.shown(line.handovers.quantity, 0),
            Shown(words.phrase("scoring.line.handovers_basis")),
        ),
    ]
    if scoring.decay:
        cells = (
            words.phrase("scoring.line.decay"),
            words.of(scoring.decay.rule),
            words.of(scoring.decay.source),
        )
        rows.append(tuple(Shown(cell) for cell in cells))
    return _table(words, "line", ("what", "setting", "basis"), rows)


def _line_row(words: Words, scoring: Scoring, line: Line, name: str) -> tuple[Shown, ...]:
    """Word one line; beside points from counts only the line on fit still fits."""
    title = Shown(words.phrase(f"scoring.line.{name}"))
    if name != "fit" and not line.holds:
        return (
            title,
            Shown(words.phrase("scoring.line.redraw")),
            Shown(words.phrase("scoring.line.redraw_basis")),
        )
    points = words.number(Fraction(getattr(line, name)))
    source = words.of(scoring.threshold.source) if scoring.threshold else ""
    basis = source if name == "behaviour" else words.phrase(f"scoring.line.{name}_basis")
    return title, Shown(words.phrase("scoring.line.at_least", points=points), provisional=True), Shown(basis)


def _triggers(words: Words, scoring: Scoring, triggers: Iterable[PlannedTrigger]) -> TableView:
    written = {trigger.id: trigger for trigger in scoring.triggers}
    rows = (
        (
            Shown(words.of(written[trigger.id].title)),
            Shown(words.of(written[trigger.id].condition)),
            Shown(words.of(written[trigger.id].action)),
            Shown(words.of(written[trigger.id].exit)),
            Shown(_moved(words, trigger)),
            Shown(words.of(written[trigger.id].source)),
        )
        for trigger in triggers
    )
    return _table(words, "triggers", ("trigger", "who", "action", "exit", "moves", "basis"), rows)


def _moved(words: Words, trigger: PlannedTrigger) -> str:
    """Name the KPI moved and, where it is not the plan's own, what in the plan or answers calls for it."""
    moved = words.title(trigger.moves)
    if trigger.answers:
        return words.phrase("scoring.moved_by_answers", kpi=moved, answers=words.names(trigger.answers))
    if any(call.kpi == trigger.moves for call in trigger.calls):
        return moved
    calls = words.inside_quotes(_calls(words, trigger.calls[:1]))
    return words.phrase("scoring.moved_for", kpi=moved, calls=calls)


def _intro(words: Words, scoring: Scoring, plan: ScoringPlan) -> Iterator[str]:
    yield words.of(scoring.intro)
    if plan.everyone and plan.everyone.add_up and any(rule.lift for rule in plan.rules):
        yield words.phrase("scoring.everyone", **_counts(words, plan.everyone))


def _counts(words: Words, counts: Counts) -> dict[str, str]:
    facts = {"leads": words.number(Fraction(counts.leads)), "won": words.number(Fraction(counts.won))}
    return facts | ({"rate": words.percent(counts.rate)} if counts.add_up else {})


def _notes(words: Words, scoring: Scoring, plan: ScoringPlan) -> Iterator[str]:
    if plan.rules:
        yield words.phrase("scoring.scale")
        yield words.phrase("scoring.order")
    if plan.line and scoring.threshold and plan.rules:
        yield words.of(scoring.threshold.reason) if plan.line.holds else words.phrase("scoring.line_moved")
    groups = {group.id: words.of(group.title) for group in scoring.groups}
    for cap in plan.caps:
        most = words.number(Fraction(cap.most))
        yield words.phrase("scoring.cap", group=groups[cap.id], most=most)
    yield from (words.of(note.text) for note in scoring.notes if note.id in plan.notes)
