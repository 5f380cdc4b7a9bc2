"""The example companies as plans, made once for all tests of what is exported."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.pack.reading import read_yaml
from checklist.planning.plan import Plan, make_plan
from checklist.questionnaire.answers import read_answers
from checklist.wording import Phrases, load_phrases, present
from checklist.wording.view import WordedPlan

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "examples"
COMPANIES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
TODAY = date(2026, 11, 24)
RARE = "𠮷野家\U00020bb7と𩸽🦑髙﨑、①ｶﾅ"
HOSTILE = (
    '=HYPERLINK("http://x.example","ここ")',
    "+81-3-0000-0000",
    "-1+1|cmd",
    "@SUM(A1:A9)",
    "＝1＋1",
    'a",=1+1,"b',
)


@cache
def pack() -> Pack:
    """Load the pack that ships with Shirube."""
    return load_pack(ROOT / "content" / "btob")


@cache
def phrases() -> Phrases:
    """Load the engine's own sentences."""
    return load_phrases(ROOT / "content" / "phrases")


@cache
def company_plan(company: str, today: date = TODAY, **changes: str) -> Plan:
    """Make the plan of a company, with some answers changed."""
    document: dict[str, Any] = dict(
        read_yaml((FOLDER / f"{company}.yaml").read_text("utf-8"), company).content
    )
    answers = {**document["answers"], **changes}
    return make_plan(pack(), read_answers(pack(), {**document, "answers": answers}), today)


def worded(plan: Plan, language: str) -> WordedPlan:
    """Word a plan."""
    return present(plan, pack(), phrases(), language)
