"""What holds of every plan, whatever the answers, on the pack that ships."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.errors import ChecklistError
from checklist.pack.compiled import Pack
from checklist.pack.reading import read_yaml
from checklist.planning.document import document
from checklist.planning.plan import Plan, make_plan
from checklist.quantity import Impossible, Known, Quantity, Unknown, decimal_text
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route
from checklist.wording import Phrases, present
from checklist.worksheet.document import html
from checklist.worksheet.text import markdown
from tests.answering import typed_for

EXAMPLES = ("robot_trade_show", "saas_ma_rollout", "sensor_maker_site_renewal")
TODAY = date(2026, 11, 24)
PlanOf = Callable[..., Plan]

# The fixtures used here hold nothing that an example could change.
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

tenths = st.integers(1, 1000)
yen = st.integers(10_000, 10_000_000_000)


def percent(tenth: int) -> str:
    return decimal_text(Fraction(tenth, 10)) + "%"


@pytest.fixture(scope="session")
def examples(root: Path) -> dict[str, dict[str, Any]]:
    texts = {name: (root / f"tests/examples/{name}.yaml").read_text("utf-8") for name in EXAMPLES}
    return {name: read_yaml(text).content for name, text in texts.items()}


def with_answers(example: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    answers = {**example["answers"], **changes}
    return {**example, "answers": {name: raw for name, raw in answers.items() if raw is not None}}


def plan_from(pack: Pack, example: Mapping[str, Any]) -> Plan:
    answers = read_answers(pack, example)
    assert not answers.problems
    return make_plan(pack, answers, TODAY)


def assert_reached(plan: Plan) -> None:
    check = plan.chain.forward_check
    assert plan.chain.status == "known" and check is not None
    assert isinstance(check.brings, Known) and isinstance(check.goal, Known)
    assert check.reached and check.brings.value >= check.goal.value


@FEW
@given(goal=yen, deal=yen, share=tenths, to_opportunity=tenths, to_deal=tenths)
def test_the_required_count_carried_forward_reaches_the_goal(
    plan_of: PlanOf, goal: int, deal: int, share: int, to_opportunity: int, to_deal: int
) -> None:
    rates = {"lead_to_opportunity": percent(to_opportunity), "opportunity_to_deal": percent(to_deal)}
    plan = plan_of(kgi_amount=f"{goal}円", average_deal=f"{deal}円", share=percent(share), **rates)
    assert_reached(plan)


@FEW
@given(
    name=st.sampled_from(["robot_trade_show", "saas_ma_rollout"]),
    to_opportunity=tenths,
    to_deal=tenths,
    meetings=st.integers(0, 60),
)
def test_so_it_does_with_a_stock_at_the_top_or_a_second_route(
    btob: Pack, examples: Mapping[str, Any], name: str, to_opportunity: int, to_deal: int, meetings: int
) -> None:
    above = "valid_lead" if name == "robot_trade_show" else "mql"
    changes = {f"{above}_to_opportunity": percent(to_opportunity), "opportunity_to_deal": percent(to_deal)}
    if name == "robot_trade_show":
        changes["booked_meetings"] = str(meetings)
    assert_reached(plan_from(btob, with_answers(examples[name], **changes)))


@FEW
@given(rate=st.integers(1, 500), raised=st.sampled_from([0, 1]), other=tenths)
def test_twice_the_rate_needs_half_as_many_above_it_and_as_many_below(
    plan_of: PlanOf, rate: int, raised: int, other: int
) -> None:
    names = ["lead_to_opportunity", "opportunity_to_deal"]
    raised_name, other_name = names[raised], names[1 - raised]
    once = exact(plan_of(**{raised_name: percent(rate), other_name: percent(other)}))
    twice = exact(plan_of(**{raised_name: percent(2 * rate), other_name: percent(other)}))
    assert [count / 2 for count in once[: raised + 1]] == twice[: raised + 1]
    assert once[raised + 1 :] == twice[raised + 1 :]


def exact(plan: Plan) -> list[Fraction]:
    counts = [row.exact.quantity for row in plan.chain.stages]
    return [count.value for count in counts if isinstance(count, Known)]


@FEW
@given(data=st.data())
def test_an_answer_off_the_path_changes_nothing(
    btob: Pack, examples: Mapping[str, Any], data: st.DataObject
) -> None:
    example = examples[data.draw(st.sampled_from(EXAMPLES))]
    path = route(btob, read_answers(btob, example))
    off = [question for question in btob.questions.values() if not path.asks(question.id)]
    hidden = data.draw(st.lists(st.sampled_from(off), min_size=1, max_size=30, unique_by=lambda q: q.id))
    changes = {question.id: typed_for(question) for question in hidden}
    assert plan_from(btob, with_answers(example, **changes)) == plan_from(btob, example)


@FEW
@given(goal=yen, deal=yen, to_deal=tenths, language=st.sampled_from(["ja", "en"]))
def test_every_rendering_prints_the_same_numbers(
    btob: Pack, phrases: Phrases, plan_of: PlanOf, goal: int, deal: int, to_deal: int, language: str
) -> None:
    changes = {
        "kgi_amount": f"{goal}円",
        "average_deal": f"{deal}円",
        "opportunity_to_deal": percent(to_deal),
    }
    assert_same_numbers(plan_of(**changes), btob, phrases, language)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_rendering_of_an_example_prints_the_same_numbers(
    btob: Pack, phrases: Phrases, examples: Mapping[str, Any], name: str, language: str
) -> None:
    assert_same_numbers(plan_from(btob, examples[name]), btob, phrases, language)


def assert_same_numbers(plan: Plan, pack: Pack, phrases: Phrases, language: str) -> None:
    view = present(plan, pack, phrases, language)
    exported = json.loads(json.dumps({**document(plan), "words": asdict(view)}))
    page, table = html(view), markdown(view)
    rows = zip(plan.chain.stages, view.chain.stages, exported["chain"]["stages"], strict=True)
    for row, shown, written in rows:
        assert isinstance(row.required.quantity, Known)
        assert written["required"]["value"] == digits(shown.required.text) == str(row.required.quantity.value)
        assert shown.required.text in line_of(table, shown.title) and shown.required.text in page
    worded = exported["words"]["chain"]["stages"]
    assert [each["required"]["text"] for each in worded] == [s.required.text for s in view.chain.stages]
    for kpi, each in zip(view.kpis, exported["words"]["kpis"], strict=True):
        assert (each["must"]["text"], each["target"]["text"]) == (kpi.must.text, kpi.target.text)
        cells = line_of(table, kpi.title, kpi.role_text)
        assert [first_word(cell) for cell in cells.split(" | ")[3:5]] == [
            first_word(shown.text) for shown in (kpi.must, kpi.target)
        ]
        assert kpi.must.text in page and kpi.target.text in page


def first_word(text: str) -> str:
    """Return a value without the mark of a provisional one."""
    return text.partition(" ")[0].partition("（")[0]


def digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def line_of(table: str, *cells: str) -> str:
    start = "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
    return next(line for line in table.splitlines() if line.startswith(start))


NUMBERS = ("amount", "count", "rate", "percentage", "volume", "duration")


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("nothing", [None, "unknown"])
def test_a_number_taken_away_is_missed_by_name_or_was_never_used(
    btob: Pack, examples: Mapping[str, Any], name: str, nothing: str | None
) -> None:
    before, missed = top(plan_from(btob, examples[name])), set()
    for question_id in examples[name]["answers"]:
        question = btob.questions[question_id].question
        if question.type in NUMBERS and (nothing is None or question.allow_unknown):
            after = top(plan_from(btob, with_answers(examples[name], **{question_id: nothing})))
            if after != before:
                assert isinstance(after, Unknown) and question_id in after.missing
                missed.add(question_id)
    assert {"share", "average_deal", "opportunity_to_deal"} <= missed


def top(plan: Plan) -> Quantity:
    return plan.chain.stages[0].required.quantity


@FEW
@given(
    goal=st.sampled_from(["0", "unknown", None, "1億円"]),
    deal=st.sampled_from([None, "later", "300万円"]),
    rate=st.sampled_from([None, "0", "0%", "later", {"count": "0", "of": "20"}, "25%"]),
    existing=st.sampled_from([None, "unknown", "0", "2億円"]),
)
def test_the_top_is_zero_only_where_the_goal_is_covered(
    plan_of: PlanOf, goal: str | None, deal: str | None, rate: Any, existing: str | None
) -> None:
    plan = plan_of(kgi_amount=goal, average_deal=deal, opportunity_to_deal=rate, existing_revenue=existing)
    count = top(plan)
    zero = isinstance(count, Known) and count.value == 0
    assert zero == (plan.chain.status == "covered")
    assert not isinstance(count, Unknown) or count.missing
    assert not isinstance(count, Impossible) or count.reason


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@settings(FEW, max_examples=100)
@given(data=st.data())
def test_any_document_is_read_or_refused_and_can_be_planned(btob: Pack, data: st.DataObject) -> None:
    ids = st.sampled_from(sorted(btob.questions)) | st.text(max_size=10)
    answers = st.dictionaries(ids, json_values, max_size=8)
    documents = json_values | st.fixed_dictionaries(
        {"answers": answers},
        optional={name: json_values for name in ("pack", "path", "language", "decisions")},
    )
    try:
        read = read_answers(btob, data.draw(documents))
    except ChecklistError as error:
        assert error.code
    else:
        assert make_plan(btob, read, TODAY).pack_id == btob.id
