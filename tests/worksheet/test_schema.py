"""The published schema of `plan/1` and what is exported keep to each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from checklist.planning.plan import Plan
from checklist.worksheet.schema import plan_json, plan_schema, schema_json
from tests.worksheet.companies import COMPANIES, RARE, ROOT, company_plan, worded

SENSOR = "sensor_maker_site_renewal"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = plan_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def exported(plan: Plan, language: str = "ja") -> dict[str, Any]:
    return dict(json.loads(plan_json(plan, worded(plan, language))))


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from objects(part)


@pytest.mark.parametrize("company", COMPANIES)
def test_the_plan_of_every_company_keeps_to_the_schema(
    validator: Draft202012Validator, company: str, language: str
) -> None:
    document = exported(company_plan(company), language)
    errors = [
        f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(document)
    ]
    assert errors == []


def test_a_plan_of_few_answers_keeps_to_it_too(validator: Draft202012Validator, plan_of: Any) -> None:
    nothing = dict.fromkeys(("campaign", "kgi_kind", "kgi_amount", "kgi_date", "opportunity_to_deal"))
    for plan in (plan_of(), plan_of(**nothing), plan_of(kgi_date="2026-12-01"), plan_of("full")):
        validator.validate(exported(plan))


def test_the_published_file_is_the_schema_of_today() -> None:
    published = (ROOT / "docs" / "plan-1.schema.json").read_bytes()
    assert published == schema_json(), "write it anew: shirube schema > docs/plan-1.schema.json"


def test_no_object_allows_a_key_that_is_not_described() -> None:
    found = list(objects(plan_schema()))
    assert len(found) > 80
    assert [each for each in found if each.get("additionalProperties", True) in (True, {})] == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda plan: plan.update(extra=1), "extra"),
        (lambda plan: plan.pop("words"), "words"),
        (lambda plan: plan.update(schema="plan/2"), "plan/1"),
        (lambda plan: plan.update(made_on="24.11.2026"), "24.11.2026"),
        (lambda plan: plan["chain"].update(status="perhaps"), "perhaps"),
        (lambda plan: plan["chain"]["stages"][0]["rate"].update(quantity=0.2), "0.2"),
        (lambda plan: plan["words"]["kgi"][0]["shown"].pop("text"), "text"),
    ],
)
def test_what_is_no_plan_is_told_apart(validator: Draft202012Validator, change: Any, wrong: str) -> None:
    document = deepcopy(exported(company_plan(SENSOR)))
    change(document)
    assert wrong in " ".join(error.message for error in validator.iter_errors(document))


def test_units_are_ids_and_numbers_are_decimals_everywhere() -> None:
    document = exported(company_plan(SENSOR))
    answers = {row["question"]: row["answer"] for row in document["answers"]}
    assert (answers["kgi_amount"]["likely"], answers["kgi_amount"]["unit"]) == ("120000000", "jpy")


def test_what_a_person_typed_is_kept(language: str) -> None:
    document = exported(company_plan(SENSOR, business=RARE), language)
    assert document["kgi"]["business"] == RARE
    assert RARE in document["words"]["kgi_sentence"]
