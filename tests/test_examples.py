"""Whole companies: their answers give the numbers worked out by hand beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.document import document
from checklist.planning.plan import make_plan
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route

FOLDER = Path(__file__).parent / "examples"
COMPANIES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def read(path: Path) -> Any:
    found = read_yaml(path.read_text(encoding="utf-8"))
    assert found.problems == []
    return found.content


@pytest.fixture(params=COMPANIES)
def company(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def plan(btob: Pack, company: str) -> dict[str, Any]:
    answers = read_answers(btob, read(FOLDER / f"{company}.yaml"))
    assert answers.problems == ()
    return document(make_plan(btob, answers, date(2026, 11, 24)))


def column(plan: dict[str, Any], name: str) -> dict[str, str]:
    return {row["id"]: row[name].get("value") for row in plan["chain"]["stages"]}


def test_there_is_one_company_for_each_campaign(btob: Pack) -> None:
    campaigns = {read(FOLDER / f"{name}.yaml")["answers"]["campaign"] for name in COMPANIES}
    assert campaigns == set(btob.funnels)


def test_the_numbers_are_those_worked_out_by_hand(plan: dict[str, Any], company: str) -> None:
    expected = read(FOLDER / "expected" / f"{company}.yaml")
    assert plan["chain"]["goal_part"]["value"] == expected["goal_part"]
    assert column(plan, "exact") == expected["exact"]
    assert column(plan, "required") == expected["required"]
    assert plan["chain"]["forward_check"]["brings"]["value"] == expected["forward_check"]
    assert plan["schedule"]["lead_deadline"] == expected["lead_deadline"]
    for name in ("run_rate", "uplift"):
        for stage, value in expected.get(name, {}).items():
            assert column(plan, name)[stage] == value


def test_the_targets_findings_and_verdict_are_those_expected(plan: dict[str, Any], company: str) -> None:
    expected = read(FOLDER / "expected" / f"{company}.yaml")
    must = {kpi["id"]: kpi["must"].get("value") for kpi in plan["kpis"]}
    assert {name: must[name] for name in expected["must"]} == expected["must"]
    assert [found["id"] for found in plan["findings"] if found["origin"] == "engine"] == expected["findings"]
    assert plan["provisional"] == expected["provisional"]
    assert plan["readiness"]["overall"] == expected["overall"]


def test_every_question_asked_is_answered(btob: Pack, company: str) -> None:
    path = route(btob, read_answers(btob, read(FOLDER / f"{company}.yaml")))
    assert path.next is None
    assert path.answered == path.asked
