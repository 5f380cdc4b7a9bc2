"""The plan as the JSON document: every quantity with its state, nothing said twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from checklist.planning.document import document, quantity
from checklist.planning.plan import Plan
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown

PlanOf = Callable[..., Plan]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Known(Fraction(5, 2), Unit.parse("lead")), {"state": "known", "value": "2.5", "unit": "lead"}),
        (
            Known(Fraction(200, 3)),
            {"state": "known", "value": "66.6667", "unit": "1", "fraction": "200/3"},
        ),
        (Unknown(("average_deal",)), {"state": "unknown", "missing": ["average_deal"]}),
        (
            Impossible("zero_rate", {"rate": "win_rate"}),
            {"state": "impossible", "reason": "zero_rate", "params": {"rate": "win_rate"}},
        ),
    ],
)
def test_quantity_is_written_with_its_state(value: Quantity, written: dict[str, Any]) -> None:
    assert quantity(value) == written


def test_document_says_where_it_comes_from_and_nothing_twice(plan_of: PlanOf) -> None:
    plan = plan_of(business="在庫管理クラウド")
    made = document(plan)
    assert (made["schema"], made["made_on"]) == ("plan/1", "2026-11-24")
    assert made["pack"] == {"id": "btob", "version": plan.pack_version, "hash": plan.pack_hash}
    assert not {"pack_id", "pack_version", "pack_hash", "today", "raw"} & made.keys()
    assert json.loads(json.dumps(made)) == made


def test_answers_are_kept_as_typed_beside_what_was_read(plan_of: PlanOf) -> None:
    given = {one["question"]: one for one in document(plan_of("full", web_stages=["visit"]))["answers"]}
    assert given["kgi_amount"]["typed"] == "1億円"
    assert given["kgi_amount"]["answer"]["kind"] == "estimate"
    assert given["kgi_amount"]["answer"]["likely"] == "100000000"
    assert given["kgi_date"] == {
        "question": "kgi_date",
        "answer": {"kind": "day", "day": "2027-12-31"},
        "typed": "2027-12-31",
    }
    assert given["lead_to_opportunity_time"]["answer"]["duration"] == {"count": 1, "unit": "month"}
    assert given["web_stages"]["answer"] == {"kind": "chosenmany", "options": ["visit"]}
    assert given["business"] == {"question": "business", "answer": None, "typed": None}


def test_reckoned_number_says_why(plan_of: PlanOf) -> None:
    row = document(plan_of())["chain"]["stages"][0]
    assert (row["id"], row["required"]["value"], row["required"]["unit"]) == ("lead", "680", "lead")
    assert row["required"]["why"]["formula"] == "required"
    assert row["required"]["why"]["values"]["opportunity_to_deal"]["value"] == "0.25"
    assert row["exact"]["fraction"] == "2000/3"


def test_volume_and_list_are_written_cell_by_cell(plan_of: PlanOf) -> None:
    rows = [{"name": "検索広告", "share": "40%"}]
    plan = plan_of("full", orders_booked="0", pipeline_expected="0", lead_volume="3か月で30件", channels=rows)
    given = {one["question"]: one["answer"] for one in document(plan)["answers"]}
    assert given["lead_volume"]["volume"] == {"count": "30", "per": "month", "span": 3}
    (row,) = given["channels"]["rows"]
    assert row["name"] == {"kind": "words", "text": "検索広告"}
    assert row["share"]["likely"] == "0.4"


def test_number_that_is_not_known_says_what_is_missing(plan_of: PlanOf) -> None:
    made = document(plan_of(kgi_kind=None))
    assert made["kgi"]["amount"] == {"state": "unknown", "missing": ["kgi_kind"]}
    none_won = document(plan_of(opportunity_to_deal={"count": "0", "of": "20"}))
    assert none_won["chain"]["stages"][0]["required"]["reason"] == "zero_of_n"
