"""The worksheet as one HTML document, ready to be printed."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checklist.wording.view import AnswerRow, WordedPlan
from checklist.worksheet.figures import funnel_figure, items_figure, tree_figure

TEMPLATES = Path(__file__).parent / "templates"
FIGURES = {"items_figure": items_figure, "funnel_figure": funnel_figure, "tree_figure": tree_figure}
RUNNING_TITLE = 70
LONG_ANSWER = 400
# A word of thousands of letters takes the printing library ten times as long to break.
LONG_WORD = re.compile(r"[!-~]{40}(?=[!-~])")
MAY_BREAK = "\u200b"


def html(view: WordedPlan) -> str:
    """Return the worksheet as HTML; its look is in `templates/worksheet.css`, which printing adds.

    Raise KeyError for a heading or label that `view.words` does not hold.
    """
    return _environment().get_template("worksheet.html.j2").render(view=view, word=view.words.__getitem__)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_breakable,
    )
    environment.filters["by_section"] = _by_section
    environment.globals.update(FIGURES, running_title=RUNNING_TITLE, long_answer=LONG_ANSWER)
    return environment


def _by_section(answers: tuple[AnswerRow, ...]) -> list[list[AnswerRow]]:
    """Group answers in the order they were asked."""
    return [list(rows) for _, rows in groupby(answers, key=lambda row: row.section)]


def _breakable(value: Any) -> Any:
    """Let a word too long for any line break; what is markup already stays as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return LONG_WORD.sub(lambda found: found[0] + MAY_BREAK, value)
    return value
