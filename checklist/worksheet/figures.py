"""The worksheet's figures: the four items, the funnel and the KPI tree."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from checklist.wording.view import ItemView, KpiView, Shown, StageView, WordedPlan
from checklist.worksheet.svg import (
    ACCENT,
    ACCENT_SOFT,
    ACCENT_TINT,
    ALARM,
    FAINT,
    INK,
    SOFT,
    TINT,
    Type,
    box,
    cut,
    lines,
    picture,
    shape,
    stroke,
    words,
    wrap,
)

WIDTH = 680
VERDICTS = {"ready": ACCENT, "conditional": "#4d4d4d", "fix_first": ALARM, "not_judged": FAINT}
ROW, STEP, GAP = 46, 68, 30
MOST_IN_TREE = 6


def items_figure(view: WordedPlan) -> Markup:
    """Draw the four items as bars with their verdicts."""
    rows = [_item_row(item, index * ROW) for index, item in enumerate(view.items)]
    verdicts = [f"{item.title} {item.verdict_text}" for item in view.items]
    return picture(_sentence(view.words["headings.items"], verdicts), WIDTH, max(len(rows), 1) * ROW, rows)


def _item_row(item: ItemView, top: float) -> Markup:
    colour = VERDICTS.get(item.verdict, FAINT)
    middle = top + ROW / 2
    name = lines(0, middle, wrap(item.title, 224, 12.5, 2), Type(12.5, bold=True))
    track = box(240, middle - 7, 256, 14, TINT)
    share = item.percent or 0
    bar = box(240, middle - 7, 2.56 * share, 14, colour) if share else Markup("")
    percent = "–" if item.percent is None else f"{item.percent}%"
    number = words(542, middle + 4.5, percent, Type(12.5, SOFT, anchor="end"))
    verdict = lines(560, middle, wrap(item.verdict_text, 120, 12.5, 2), Type(12.5, colour, bold=True))
    return name + track + bar + number + verdict


def funnel_figure(view: WordedPlan) -> Markup:
    """Draw the chain from the top down: each stage with its required count, and the rate between two."""
    stages = view.chain.stages
    parts = [_funnel_step(stage, index, len(stages)) for index, stage in enumerate(stages)]
    counts = [f"{stage.title} {stage.required.text}" for stage in stages]
    height = max(len(stages), 1) * STEP - GAP
    return picture(_sentence(view.words["headings.funnel"], counts), WIDTH, height, parts)


def _funnel_step(stage: StageView, index: int, count: int) -> Markup:
    top, height = index * STEP, STEP - GAP
    half, below = _half(index, count), _half(index + 0.56, count)
    fill = ACCENT if index == count - 1 else ACCENT_TINT
    ink = "#ffffff" if index == count - 1 else INK
    corners = ((340 - half, top), (340 + half, top), (340 + below, top + height), (340 - below, top + height))
    middle = top + height / 2
    size = 16 if len(stage.required.text) < 16 else 12.5
    number = cut(stage.required.text, 2 * below - 12, size)
    parts = [
        shape(corners, fill),
        words(340, middle + size * 0.36, number, Type(size, ink, bold=True, anchor="middle")),
        lines(0, middle, wrap(stage.title, 330 - half, 12.5, 2), Type(12.5, bold=True)),
        _funnel_targets(stage, middle, 350 + half),
    ]
    if stage.rate is not None:
        parts.append(_funnel_rate(_short(stage.rate.title), stage.rate.shown, top + height + GAP / 2))
    return Markup("").join(parts)


def _short(title: str) -> str:
    """Return a rate's name without the explanation in brackets."""
    return title.partition("（")[0].partition(" (")[0]


def _half(step: float, count: int) -> float:
    """Return half the width of the funnel at a step; shape, not scale, as counts differ a thousandfold."""
    return 205 - 95 * step / max(count - 0.44, 1)


def _funnel_targets(stage: StageView, middle: float, left: float) -> Markup:
    known = [shown.text for shown in (stage.required_80, stage.required_90) if shown.state == "known"]
    texts = [f"{chance}: {text}" for chance, text in zip(("80%", "90%"), known, strict=False)]
    shortened = [cut(text, WIDTH - left, 10.5) for text in texts]
    return lines(WIDTH, middle, shortened, Type(10.5, FAINT, anchor="end"))


def _funnel_rate(title: str, shown: Shown, middle: float) -> Markup:
    text = cut(f"{title} {shown.text}", 400, 10.5)
    arrow = shape(((334, middle - 10), (346, middle - 10), (340, middle - 4)), ACCENT_SOFT)
    return arrow + words(340, middle + 8.5, text, Type(10.5, SOFT, anchor="middle"))


def tree_figure(view: WordedPlan) -> Markup:
    """Draw the KGI above its final KPIs, these above the primary ones, with the guardrails beside them."""
    rows = _tree_rows(view)
    height = 0.0
    parts: list[Markup] = []
    for index, (label, kpis, kind) in enumerate(rows):
        if index:
            parts.append(_join(height, kind))
            height += 22
        parts.append(_tree_row(label, kpis, kind, height))
        height += _row_height(kpis)
    names = [name for _, kpis, _ in rows for name, _ in kpis]
    return picture(_sentence(view.words["headings.kpi_tree"], names), WIDTH, round(height), parts)


Card = tuple[str, Shown]
Row = tuple[str, list[Card], str]


def _tree_rows(view: WordedPlan) -> list[Row]:
    rows: list[Row] = [(view.words["labels.kgi"], [(view.kgi_sentence, Shown(""))], "kgi")]
    for role in ("final", "primary", "guardrail"):
        kpis = view.kpis_of(role)
        if kpis:
            shown = [(kpi.title, _aim(kpi)) for kpi in kpis[:MOST_IN_TREE]]
            if len(kpis) > MOST_IN_TREE:
                shown[-1] = (f"+{len(kpis) - MOST_IN_TREE + 1}", Shown(""))
            rows.append((kpis[0].role_text, shown, role))
    return rows


def _aim(kpi: KpiView) -> Shown:
    """Return the number a KPI is steered to; a guardrail has its limit where it has no target."""
    known = [shown for shown in (kpi.target, kpi.must) if shown.state == "known"]
    return known[0] if known else Shown(kpi.limit) if kpi.limit else kpi.target


def _row_height(kpis: list[Card]) -> float:
    return 62 if len(kpis) <= 3 else 132


def _join(top: float, kind: str) -> Markup:
    """Join two rows with a line; guardrails watch from the side, so theirs is dashed."""
    return stroke(((385, top + 2), (385, top + 20)), ACCENT_SOFT, "3 3" if kind == "guardrail" else "none")


def _tree_row(label: str, kpis: list[Card], kind: str, top: float) -> Markup:
    side = lines(0, top + _row_height(kpis) / 2, wrap(label, 80, 10.5, 3), Type(10.5, FAINT, bold=True))
    return side + Markup("").join(_cards(kpis, kind, top))


def _cards(kpis: list[Card], kind: str, top: float) -> Iterator[Markup]:
    across = len(kpis) if len(kpis) <= 3 else -(-len(kpis) // 2)
    width = (590 - 10 * (across - 1)) / across
    for index, (title, number) in enumerate(kpis):
        row, column = divmod(index, across)
        yield _card(90 + column * (width + 10), top + row * 70, width, (title, number), kind)


def _card(left: float, top: float, width: float, card: Card, kind: str) -> Markup:
    fill, edge, ink = {
        "kgi": (ACCENT, ACCENT, "#ffffff"),
        "final": (ACCENT_TINT, ACCENT_SOFT, INK),
        "primary": ("#ffffff", ACCENT, INK),
    }.get(kind, (TINT, TINT, INK))
    title, number = card
    middle, inner = left + width / 2, width - 16
    frame = box(left, top, width, 62, fill, edge)
    if not number.text:
        face = Type(12.5, ink, bold=True, anchor="middle")
        return frame + lines(middle, top + 31, wrap(title, inner, 12.5, 3), face)
    name = lines(middle, top + 21, wrap(title, inner, 10.5, 2), Type(10.5, ink, anchor="middle"))
    aim = Type(13.5, ACCENT if number.state == "known" else FAINT, bold=True, anchor="middle")
    return frame + name + words(middle, top + 53, cut(number.text, inner, 13.5), aim)


def _sentence(heading: str, parts: list[str]) -> str:
    """Return a figure's text alternative; the table beside it says the rest."""
    return f"{heading}: {'; '.join(parts)}"[:1000]
