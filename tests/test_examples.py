"""Whole companies: their answers give the numbers worked out by hand beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.document import document
from checklist.planning.model import RateRow, Reckoned
from checklist.planning.plan import Plan, make_plan
from checklist.quantity import Known
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route
from checklist.questionnaire.values import Estimate
from checklist.wording import Phrases, present
from checklist.worksheet.text import markdown

FOLDER = Path(__file__).parent / "examples"
COMPANIES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
TODAY = date(2026, 11, 24)


def read(path: Path) -> Any:
    found = read_yaml(path.read_text(encoding="utf-8"))
    assert found.problems == []
    return found.content


@pytest.fixture(scope="module", params=COMPANIES)
def company(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(btob: Pack, company: str) -> Plan:
    answers = read_answers(btob, read(FOLDER / f"{company}.yaml"))
    assert answers.problems == ()
    return make_plan(btob, answers, TODAY)


@pytest.fixture(scope="module")
def plan(made: Plan) -> dict[str, Any]:
    return document(made)


@pytest.fixture(scope="module")
def expected(company: str) -> dict[str, Any]:
    return dict(read(FOLDER / "expected" / f"{company}.yaml"))


def values(rows: list[dict[str, Any]], name: str) -> list[str | None]:
    return [row[name].get("value") for row in rows]


def column(plan: dict[str, Any], name: str, rows: str = "stages") -> dict[str, str | None]:
    return {row["id"]: row[name].get("value") for row in plan["chain"][rows]}


def some(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Return what was found of what is wanted; a quantity as its value."""
    values = {name: found[name] for name in wanted}
    return {name: one.get("value") if isinstance(one, dict) else one for name, one in values.items()}


def test_there_are_four_companies_for_each_campaign(btob: Pack) -> None:
    campaigns = Counter(read(FOLDER / f"{name}.yaml")["answers"]["campaign"] for name in COMPANIES)
    assert campaigns == dict.fromkeys(btob.funnels, 4)


def test_the_numbers_are_those_worked_out_by_hand(plan: dict[str, Any], expected: dict[str, Any]) -> None:
    assert plan["chain"]["goal_part"]["value"] == expected["goal_part"]
    assert column(plan, "exact") == expected["exact"]
    assert column(plan, "required") == expected["required"]
    for name in ("run_rate", "uplift"):
        wanted = expected.get(name, {})
        assert some(column(plan, name), wanted) == wanted
    routes = expected.get("routes", {})
    assert some(column(plan, "exact", "routes"), routes) == routes


def test_the_forward_check_and_the_lead_deadline_are_those_expected(
    plan: dict[str, Any], expected: dict[str, Any]
) -> None:
    check = plan["chain"]["forward_check"]
    assert (check and check["brings"]["value"]) == expected["forward_check"]
    assert check is None or check["reached"]
    assert plan["schedule"]["lead_deadline"] == expected["lead_deadline"]
    assert some(plan["rescue"] or {}, expected.get("rescue", {})) == expected.get("rescue", {})


def test_the_stock_and_a_goal_that_is_a_rate_are_those_expected(
    plan: dict[str, Any], expected: dict[str, Any]
) -> None:
    for name in ("stock", "rate_goal"):
        wanted = expected.get(name, {})
        assert some(plan["chain"][name] or {}, wanted) == wanted


def test_the_targets_findings_and_verdict_are_those_expected(
    plan: dict[str, Any], expected: dict[str, Any]
) -> None:
    must = {kpi["id"]: kpi["must"].get("value") for kpi in plan["kpis"]}
    assert some(must, expected["must"]) == expected["must"]
    assert [found["id"] for found in plan["findings"] if found["origin"] == "engine"] == expected["findings"]
    assert plan["provisional"] == expected["provisional"]
    assert plan["readiness"]["overall"] == expected["overall"]


def test_the_outlook_is_that_of_the_fixed_seed(plan: dict[str, Any], expected: dict[str, Any]) -> None:
    outlook, wanted = plan["outlook"], expected.get("outlook")
    if wanted is None:
        assert outlook is None
        return
    assert outlook["chance_percent"] == wanted["chance"]
    assert outlook["missing"] == wanted.get("missing", [])
    for name in ("counts", "amounts"):
        if name in wanted:
            assert [outlook[name][part]["value"] for part in ("p10", "p50", "p90")] == wanted[name]


def test_channels_are_those_worked_out_by_hand(plan: dict[str, Any], expected: dict[str, Any]) -> None:
    channels, wanted = plan["channels"], expected.get("channels")
    if wanted is None:
        assert channels is None
        return
    totals = {name: value for name, value in wanted.items() if name != "leads"}
    assert values(channels["rows"], "leads") == wanted["leads"]
    assert some({**channels["result"], "cost": channels["cost"]["total"]}, totals) == totals
    together = sum(int(count) for count in (*wanted["leads"], channels["rest"]["value"]))
    assert together - int(channels["over"]["value"]) == int(channels["required"]["value"])


def test_segments_are_those_worked_out_by_hand(plan: dict[str, Any], expected: dict[str, Any]) -> None:
    segments, wanted = plan["segments"], expected.get("segments")
    if wanted is None:
        assert segments is None
        return
    for name in ("deals", "opportunities", "leads"):
        assert values(segments["rows"], name) == wanted[name]
        assert segments[name]["value"] == str(sum(map(int, wanted[name])))
    assert segments["difference"]["value"] == wanted["difference"]


def test_campaigns_that_share_a_goal_are_those_worked_out_by_hand(
    plan: dict[str, Any], expected: dict[str, Any]
) -> None:
    portfolio, wanted = plan["portfolio"], expected.get("portfolio")
    if wanted is None:
        assert portfolio is None
        return
    for name in ("whole", "opportunities", "leads", "collect"):
        assert values(portfolio["carriers"], name) == wanted[name]
    assert some(portfolio, wanted["totals"]) == wanted["totals"]
    assert portfolio["reached"]


def test_the_months_of_each_stage_add_up_to_what_it_requires(
    plan: dict[str, Any], expected: dict[str, Any]
) -> None:
    months = plan["months"] or {"stages": [], "rows": []}
    for index, stage in enumerate(months["stages"]):
        counts = [row["needed"][index].get("value") for row in months["rows"]]
        if stage["stock"] or None in counts or not counts:
            continue
        assert str(sum(map(int, counts))) == stage["total"]["value"], stage["stage"]
        assert counts == expected.get("months", {}).get(stage["stage"], counts)


def test_points_that_were_counted_are_those_worked_out_by_hand(
    plan: dict[str, Any], expected: dict[str, Any]
) -> None:
    rules = plan["scoring"]["rules"] if plan["scoring"] else []
    counted = {rule["id"]: rule["points"] for rule in rules if rule["points_source"] == "lift"}
    assert counted == expected.get("points", {})


def test_limits_are_judged_as_expected(plan: dict[str, Any], expected: dict[str, Any]) -> None:
    verdicts = {row["id"]: row["verdict"] for row in plan["capacity"]}
    wanted = expected.get("capacity", {})
    assert some(verdicts, wanted) == wanted


def test_the_table_of_companies_says_what_the_plan_says(plan: dict[str, Any], company: str) -> None:
    lines = (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in lines if line.startswith(f"| `{company}` |")]
    assert f"| `{plan['pick']}` | `{plan['findings'][0]['id']}` |" in row
    chance = (plan["outlook"] or {}).get("chance_percent")
    assert (f"| {chance} % |" if chance else "| – |") in row


def test_every_question_asked_is_answered(btob: Pack, company: str) -> None:
    path = route(btob, read_answers(btob, read(FOLDER / f"{company}.yaml")))
    assert path.next is None
    assert path.answered == path.asked


def test_every_recommendation_names_the_answers_it_was_made_for(btob: Pack, made: Plan) -> None:
    given = {name for name, answer in made.answers if answer is not None}
    for kpi in made.kpis:
        assert kpi.reasons and set(kpi.reasons) <= given, kpi.id
    for finding in made.findings:
        concerns = {name for name in finding.concerns if name in btob.questions}
        assert finding.origin == "rule" or concerns <= {name for name, _ in made.answers}, finding.id


def parts_of(node: Any) -> Iterator[Any]:
    """Yield every part of a plan, however deep."""
    yield node
    if is_dataclass(node) and not isinstance(node, type):
        for field in fields(node):
            yield from parts_of(getattr(node, field.name))
    elif isinstance(node, tuple):
        for part in node:
            yield from parts_of(part)


def test_every_figure_has_a_source(btob: Pack, phrases: Phrases, made: Plan) -> None:
    for part in parts_of(made):
        if isinstance(part, Reckoned) and isinstance(part.quantity, Known):
            assert phrases.has("ja", f"formulas.{part.why.formula}"), part
        if isinstance(part, RateRow) and isinstance(part.quantity, Known):
            assert part.source or part.counts, part.id
        if isinstance(part, RateRow | Estimate) and part.source == "published":
            assert part.benchmark in btob.benchmarks, part


def test_every_published_figure_used_is_cited_in_the_text(btob: Pack, phrases: Phrases, made: Plan) -> None:
    text = markdown(present(made, btob, phrases, "ja"))
    for row in made.chain.stages:
        if row.rate and row.rate.benchmark:
            assert btob.benchmarks[row.rate.benchmark].citation.title["ja"] in text, row.rate.id


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_plan_in_words_holds_no_key_and_no_empty_place(
    btob: Pack, phrases: Phrases, made: Plan, language: str
) -> None:
    text = markdown(present(made, btob, phrases, language)).replace("\\", "")
    assert not re.search(r"[{}]|(?<![.] )\bNone\b|\bnan\b", text)
    keys = {*btob.questions, *btob.kpis, *(rule.id for rule in btob.findings), *phrases.texts[language]}
    assert {word for word in re.findall(r"[a-z0-9]+(?:[_.][a-z0-9]+)+", text) if word in keys} == set()
