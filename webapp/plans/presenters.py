"""What the plan page shows besides the worded plan: figures, notes below a table, to-dos without echo."""

from __future__ import annotations

from dataclasses import dataclass

from checklist.wording.view import ChainView, Fact, FindingView, Shown, StageView, WordedPlan
from checklist.worksheet.figures import funnel_figure, tree_figure
from webapp.i18n import translate
from webapp.services import services
from webapp.storage.assessments import Version

MOST = 3
_QUOTES = str.maketrans("", "", "「」『』“”\"'")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; `about` is empty where the text says it already."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reader with one minute has to know; `deadline` is that of the first thing needed."""

    deadline: Fact | None
    chance: tuple[str, ...]
    tasks: tuple[Task, ...]
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The plan that the answers of an earlier day gave."""

    revision: int
    day: str


def figures(plan: WordedPlan) -> dict[str, str]:
    """Draw what there is to draw: a chain that cannot be reckoned has no funnel."""
    funnel = funnel_figure(plan) if plan.chain.stages else ""
    return {"funnel": funnel, "tree": tree_figure(plan) if plan.kpis else ""}


# What is looked up rather than read through is folded away on screen; the PDF prints it in full.
FOLDED = (
    "rate_certainty",
    "months",
    "capacity",
    "judging",
    "diagnosis",
    "measurement",
    "yardsticks",
    "scoring",
    "reviews",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list of what is on the page."""

    id: str
    title: str


def contents(plan: WordedPlan) -> tuple[Entry, ...]:
    """List the parts of the page in their order."""
    _ = translate()
    parts = [
        (True, Entry("chain", _("Working back from the goal"))),
        (True, Entry("schedule", _("By when"))),
        *((True, Entry(part.id, part.title)) for part in plan.goal_sections),
        (plan.kpis, Entry("kpis", _("Recommended KPIs"))),
        *((True, Entry(part.id, part.title)) for part in plan.kpi_sections),
        (plan.findings, Entry("findings", _("What to watch out for"))),
        (plan.todos, Entry("todos", _("To do"))),
        (True, Entry("readiness", _("Is the groundwork in place?"))),
        (True, Entry("given", _("What the plan is based on"))),
    ]
    return tuple(entry for there, entry in parts if there)


def summary(plan: WordedPlan) -> Summary:
    """Return the top of the plan in a few lines: nothing that does not stand below in full."""
    pressing = tuple(finding for finding in plan.findings if finding.severity != "info")
    label = services().reader.words[plan.language].title("lead_deadline")
    deadline = next((fact for fact in plan.schedule if fact.label == label), None)
    return Summary(deadline, _chance(plan), tasks(plan)[:MOST], pressing[:MOST])


def _chance(plan: WordedPlan) -> tuple[str, ...]:
    """Return how likely the goal is: with the rates as ranges where that was simulated."""
    simulated = next((part for part in plan.goal_sections if part.id == "outlook"), None)
    return simulated.intro[:2] if simulated else plan.chain.chance


def has_numbers(chain: ChainView) -> bool:
    """Say whether any number of the chain's table is known; one of unknowns alone says nothing."""
    return any(value.state == "known" for stage in chain.stages for value in (stage.required, stage.run_rate))


def notes(chain: ChainView) -> tuple[str, ...]:
    """Return what is said about the numbers of the chain's table, each once."""
    rows = (*chain.stages, *chain.routes)
    return tuple(dict.fromkeys(value.note for row in rows for value in _cells(row) if value.note))


def tasks(plan: WordedPlan) -> tuple[Task, ...]:
    """Return the to-dos in order."""
    return tuple(Task(todo.text, "" if _says(todo.text, todo.about) else todo.about) for todo in plan.todos)


def earlier(versions: tuple[Version, ...], current: int, language: str) -> tuple[Earlier, ...]:
    """Return the plans of earlier days."""
    words = services().reader.words[language]
    return tuple(
        Earlier(each.revision, words.date(each.day)) for each in versions if each.revision != current
    )


def _cells(row: StageView) -> tuple[Shown, ...]:
    return (row.exact, row.required, row.required_80, row.required_90, row.run_rate, row.uplift)


def _says(text: str, about: str) -> bool:
    return about.translate(_QUOTES) in text.translate(_QUOTES)
