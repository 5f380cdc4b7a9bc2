"""A plan in words: what the screen, the PDF and the exports print, with nothing left to compute."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

BRIEF = {True: 24, False: 20}
NARROW = 4


@dataclass(frozen=True, slots=True)
class Why:
    """Where a number comes from: a formula in words and each value that went into it."""

    formula: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One value as text; `note` says what is missing or why it cannot be said, and is empty when known.

    `digits` is a known count without its unit, for a table whose rows name the unit. The first cell of a
    row that sums up others is a `total`.
    """

    text: str
    state: str = "known"
    note: str = ""
    provisional: bool = False
    why: Why | None = None
    digits: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value, such as the KGI date."""

    label: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check with its answer; `remedy` is empty when the check is met."""

    id: str
    title: str
    answer: str
    answer_text: str
    blocker: bool
    remedy: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point to mind when setting KPIs."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One of the four items; `percent` is the share of points reached, or None when nothing was asked."""

    id: str
    title: str
    question: str
    verdict: str
    verdict_text: str
    score_text: str
    percent: int | None
    checks: tuple[CheckRow, ...]
    points: tuple[PointRow, ...]


@dataclass(frozen=True, slots=True)
class RateView:
    """The rate from one stage to the next, with where it comes from."""

    id: str
    title: str
    shown: Shown
    source: str
    citation: str


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage of the chain, from the top down; `rate` leads to the next stage, None at the last."""

    id: str
    title: str
    definition: str
    exact: Shown
    required: Shown
    required_80: Shown
    required_90: Shown
    run_rate: Shown
    uplift: Shown
    rate: RateView | None


@dataclass(frozen=True, slots=True)
class ChainView:
    """The way back from the KGI: `status` is known, unknown, impossible, covered or none."""

    status: str
    message: str
    goal_part: Shown
    stages: tuple[StageView, ...]
    routes: tuple[StageView, ...]
    forward_check: str
    chance: tuple[str, ...]
    footnotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KpiView:
    """One KPI of the plan; `role` is primary, guardrail or final."""

    id: str
    title: str
    role: str
    role_text: str
    reasons: tuple[str, ...]
    purpose: str
    definition: str
    formula: str
    stage_text: str
    better_text: str
    timing: str
    timing_text: str
    baseline: Shown
    must: Shown
    target: Shown
    stretch: Shown
    ratio: str
    limit: str
    source: str
    cadence: str
    red_action: str
    pitfall: str
    guardrails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something the reader has to know; `severity` is critical, warning or info."""

    id: str
    severity: str
    severity_text: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class TodoView:
    """One thing to do, and what it is for."""

    id: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; numbers stand on the right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table whose first column heads its rows; every row has as many cells as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Shown, ...], ...]

    def is_brief(self, place: int) -> bool:
        """Say whether the cells of a column are short enough to stand on one line each."""
        limit = BRIEF[self.columns[place].numeric]
        return all(_width(row[place].text) <= limit for row in self.rows)

    @property
    def stacks(self) -> bool:
        """Say whether a narrow screen shows a row better as a list: long cells, or many and no sums below."""
        places = range(1, len(self.columns))
        summed = any(row[0].total for row in self.rows)
        return not all(map(self.is_brief, places)) or len(places) >= NARROW and not summed


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the plan made of sentences and tables, which every rendering prints in the same way."""

    id: str
    title: str
    intro: tuple[str, ...] = ()
    tables: tuple[TableView, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with the answer given, in words."""

    question_id: str
    section: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class WordedPlan:
    """A whole plan in one language; `words` holds the fixed headings and labels by their key."""

    language: str
    words: dict[str, str]
    title: str
    subtitle: str
    campaign_id: str
    campaign: str
    made_on: str
    path_text: str
    kgi_sentence: str
    kgi: tuple[Fact, ...]
    verdict: str
    verdict_text: str
    verdict_body: str
    items: tuple[ItemView, ...]
    chain: ChainView
    schedule: tuple[Fact, ...]
    schedule_note: str
    goal_sections: tuple[SectionView, ...]
    kpis: tuple[KpiView, ...]
    kpi_sections: tuple[SectionView, ...]
    findings: tuple[FindingView, ...]
    todos: tuple[TodoView, ...]
    provisional: tuple[Fact, ...]
    sources: tuple[str, ...]
    answers: tuple[AnswerRow, ...]
    footer: str

    def kpis_of(self, role: str) -> tuple[KpiView, ...]:
        """Return the KPIs of one role in their order."""
        return tuple(kpi for kpi in self.kpis if kpi.role == role)


def _width(text: str) -> int:
    """Return how wide a text is in half-width characters."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
