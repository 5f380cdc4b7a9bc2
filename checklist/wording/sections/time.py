"""What can still move when it is too late for a goal, and the review dates, in words."""

from __future__ import annotations

from collections.abc import Iterator

from checklist.planning.model import NOT_SAID, Reckoned
from checklist.planning.plan import Plan
from checklist.planning.timing.rescue import OpenPipeline, Rescue
from checklist.planning.timing.reviews import Kind, Review
from checklist.quantity import Impossible, Known, Quantity, Unknown, round_half_up
from checklist.wording.chain import reckoned
from checklist.wording.periods import period_name
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words

ROLES_TOGETHER = (
    ("all_kpis", ("primary", "guardrail", "final")),
    ("steered_kpis", ("primary", "guardrail")),
    ("goal_kpis", ("primary", "final")),
)


def rescue_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word why leads come too late for the goal, and what can still be moved."""
    rescue = plan.rescue
    if rescue is None:
        return
    heads = tuple(Column(words.phrase(f"rescue.{name}")) for name in ("lever", "value", "reason"))
    table = TableView(words.phrase("rescue.caption"), heads, tuple(_levers(words, plan, rescue)))
    intro = (_too_late(words, rescue),)
    yield SectionView("rescue", words.phrase("rescue.title"), intro, (table,))


def _too_late(words: Words, rescue: Rescue) -> str:
    dates = {"kgi_date": words.date(rescue.kgi_date), "start": words.date(rescue.start)}
    if rescue.lead_deadline is not None:
        dates["deadline"] = words.date(rescue.lead_deadline)
        return words.phrase(f"rescue.{rescue.reason}", **dates)
    return words.phrase(
        "rescue.leads_late_open" if rescue.reason == "leads_late" else "rescue.kgi_past", **dates
    )


def _levers(words: Words, plan: Plan, rescue: Rescue) -> Iterator[tuple[Shown, ...]]:
    yield _later_goal(words, rescue)
    if rescue.reason == "starts_late" and rescue.lead_deadline is not None:
        value = words.phrase("rescue.earlier_start_value", date=words.date(rescue.lead_deadline))
        yield _lever(words, "earlier_start", Shown(value))
    if rescue.opportunities is not None and rescue.opportunity_deadline is not None:
        count, day = reckoned(words, rescue.opportunities), words.date(rescue.opportunity_deadline)
        value = words.phrase("rescue.existing_leads_value", date=day, count=count.text)
        yield _lever(words, "existing_leads", Shown(value, count.state, count.note, why=count.why))
    if rescue.pipeline is not None:
        yield from _pipeline(words, plan, rescue, rescue.pipeline)
    if rescue.reason != "kgi_past":
        yield _new_leads(words, rescue)
    if rescue.pace_stage is not None and rescue.pace_carries is not None:
        yield _pace(words, plan, rescue.pace_stage, rescue.pace_carries)


def _lever(words: Words, name: str, value: Shown, reason: str = "", **facts: str) -> tuple[Shown, ...]:
    text = words.phrase(f"rescue.{reason or f'{name}_reason'}", **facts)
    return Shown(words.phrase(f"rescue.{name}")), value, Shown(text)


def _unknown(words: Words, name: str, reason: str, missing: tuple[str, ...]) -> tuple[Shown, ...]:
    value = Shown(words.phrase("document.unknown"), "unknown")
    return _lever(words, name, value, reason, names=words.names(missing))


def _later_goal(words: Words, rescue: Rescue) -> tuple[Shown, ...]:
    if rescue.earliest_goal is None:
        return _unknown(words, "later_goal", "later_goal_unknown", rescue.earliest_missing)
    value = words.phrase("rescue.later_goal_value", date=words.date(rescue.earliest_goal))
    return _lever(words, "later_goal", Shown(value), start=words.date(rescue.start))


def _pipeline(
    words: Words, plan: Plan, rescue: Rescue, pipeline: OpenPipeline
) -> Iterator[tuple[Shown, ...]]:
    facts = dict(pipeline.win_rate.why.values)
    if isinstance(pipeline.value.quantity, Unknown):
        yield _unknown(words, "win_rate", "pipeline_unknown", pipeline.value.quantity.missing)
        return
    texts = {
        "full": words.quantity(pipeline.value.quantity, 0),
        "expected": words.quantity(facts["pipeline_expected"]),
        "part": words.quantity(rescue.goal_part.quantity),
    }
    before = next(quantity for name, quantity in facts.items() if name.endswith("_to_deal"))
    if isinstance(pipeline.win_rate.quantity, Impossible):
        value = Shown(words.phrase("rescue.win_rate_above_100"), "impossible")
        yield _lever(words, "win_rate", value, "win_rate_impossible", **texts)
    else:
        yield _lever(words, "win_rate", _from_to(words, "win_rate", before, pipeline.win_rate), **texts)
    yield _lever(words, "deal", _from_to(words, "deal", plan.chain.unit_value, pipeline.deal))


def _from_to(words: Words, name: str, before: Quantity, after: Reckoned) -> Shown:
    shown = reckoned(words, after, 0 if name == "deal" else None)
    if not isinstance(after.quantity, Known) or not isinstance(before, Known):
        return shown
    times = words.number(after.quantity.value / before.value, 1)
    texts = {"before": words.quantity(before), "after": shown.text, "times": times}
    return Shown(words.phrase(f"rescue.{name}_value", **texts), why=shown.why)


def _new_leads(words: Words, rescue: Rescue) -> tuple[Shown, ...]:
    carry = rescue.new_leads_carry.quantity
    percent = words.percent(carry.value) if isinstance(carry, Known) else words.quantity(carry)
    part = words.quantity(rescue.goal_part.quantity)
    return _lever(words, "new_leads", Shown(percent), part=part)


def _pace(words: Words, plan: Plan, stage: str, carries: Reckoned) -> tuple[Shown, ...]:
    share = carries.quantity
    if isinstance(share, Unknown):
        return _unknown(words, "pace", "pace_unknown", share.missing)
    row = plan.chain.stage(stage)
    count = words.quantity(row.run_rate.quantity if row else NOT_SAID, 0)
    shown = reckoned(words, carries)
    text = words.percent(round_half_up(share.value, 3)) if isinstance(share, Known) else shown.text
    value = Shown(text, shown.state, shown.note, why=shown.why)
    return _lever(words, "pace", value, stage=words.title(stage), count=count)


def review_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the dated review points: when, on what occasion, and what to look at."""
    if not plan.reviews:
        return
    heads = tuple(Column(words.phrase(f"reviews.{name}")) for name in ("day", "kind", "looks"))
    rows = tuple(_review(words, plan, review) for review in plan.reviews)
    table = TableView(words.phrase("reviews.caption"), heads, rows)
    notes = tuple(words.phrase(f"reviews.{name}_note") for name in ("weekend", "horizon"))
    yield SectionView(
        "reviews", words.phrase("reviews.title"), (words.phrase("reviews.intro"),), (table,), notes
    )


def _review(words: Words, plan: Plan, review: Review) -> tuple[Shown, ...]:
    separator = words.phrase("reviews.kind_separator")
    kinds = separator.join(_kind(words, review, kind) for kind in review.kinds)
    return Shown(words.date(review.day)), Shown(kinds), Shown(_looks(words, plan, review))


def _kind(words: Words, review: Review, kind: Kind) -> str:
    quarter = period_name(words, review.quarter) if review.quarter else ""
    return words.phrase(f"reviews.{kind}", quarter=quarter)


def _looks(words: Words, plan: Plan, review: Review) -> str:
    """Name what to look at, once each; where it is every KPI of some roles, say so instead."""
    looks, titles = list(review.looks), []
    for name, roles in ROLES_TOGETHER:
        group = [kpi.id for kpi in plan.kpis if kpi.role in roles]
        if len(group) > 2 and set(group) <= set(looks):
            looks = [look for look in looks if look not in group]
            titles.append(words.phrase(f"reviews.{name}"))
    titles += [words.title(look) for look in looks]
    return words.phrase("document.list_separator").join(dict.fromkeys(titles))
