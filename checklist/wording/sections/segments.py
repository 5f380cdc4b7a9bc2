"""The segments in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from checklist.planning.plan import Plan
from checklist.planning.shares.segments import SegmentPlan, SegmentRow
from checklist.quantity import Known
from checklist.wording.sections.cells import (
    EMPTY,
    bare,
    brief,
    filled,
    in_yen,
    marked,
    open_points,
    route_name,
)
from checklist.wording.view import Column, SectionView, Shown, TableView
from checklist.wording.words import Words


def segment_sections(words: Words, plan: Plan) -> Iterator[SectionView]:
    """Word the segments side by side, and what one average for all would have hidden."""
    segments = plan.segments
    if segments is None:
        return
    below = ["deal", "opportunity", *([segments.stage] if segments.stage != "opportunity" else [])]
    titles = [Column(words.phrase("segments.segment"))]
    titles += [Column(words.phrase(f"segments.{name}"), True) for name in ("part", "deal", "win_rate")]
    titles += [Column(words.title(stage), True) for stage in below]
    rows = [_segment(words, row, number) for number, row in enumerate(segments.rows, 1)]
    closing = _segment_totals(words, segments)
    table = TableView(
        words.phrase("segments.caption"),
        tuple(titles),
        tuple(filled(row[: len(titles)], len(titles)) for row in (*rows, *closing)),
    )
    notes = tuple(_segment_notes(words, plan, segments))
    title, intro = words.phrase("segments.title"), words.phrase("segments.intro")
    yield SectionView("segments", title, (intro,), (table,), notes)


def _segment(words: Words, row: SegmentRow, number: int) -> tuple[Shown, ...]:
    name = row.name or words.phrase("segments.unnamed", n=str(number))
    if isinstance(row.share, Known):
        name = words.phrase("segments.named", name=name, share=words.percent(row.share.value))
    rate = marked(brief(words, row.win_rate), row.provisional)
    return (
        Shown(name),
        brief(words, row.part, 0),
        brief(words, in_yen(row.deal)),
        rate,
        bare(words, row.deals),
        *(marked(bare(words, count), row.provisional) for count in (row.opportunities, row.leads)),
    )


def _segment_totals(words: Words, segments: SegmentPlan) -> Iterator[tuple[Shown, ...]]:
    if isinstance(segments.rest, Known) and segments.rest.value:
        yield Shown(words.phrase("segments.rest")), brief(words, segments.rest, 0)
    counts = (segments.deals, segments.opportunities, segments.leads)
    total, part = Shown(words.phrase("segments.total")), brief(words, segments.carried, 0)
    yield total, part, EMPTY, EMPTY, *(bare(words, count) for count in counts)


def _segment_notes(words: Words, plan: Plan, segments: SegmentPlan) -> Iterator[str]:
    if not all(row.own_win_rate for row in segments.rows):
        yield words.phrase("segments.whole_rate")
    difference, relative = segments.difference, segments.relative
    if isinstance(difference, Known) and isinstance(relative, Known):
        count = segments.opportunities if segments.stage == "opportunity" else segments.leads
        key = "more" if difference.value > 0 else "less" if difference.value < 0 else "same"
        yield words.phrase(
            f"segments.{key}",
            stage=words.title(segments.stage),
            average=words.quantity(segments.average),
            count=words.quantity(count),
            difference=words.quantity(Known(abs(difference.value), difference.unit)),
            percent=words.percent(Fraction(round(abs(relative.value) * 100), 100)),
        )
    if plan.chain.routes and segments.stage != "opportunity":
        yield words.phrase("segments.beside_note", name=route_name(words, plan))
    yield from open_points(words, segments.rows)
