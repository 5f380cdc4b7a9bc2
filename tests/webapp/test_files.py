from __future__ import annotations

import io
import json
from typing import Any

import pytest

from checklist.worksheet.printer import Printer


def upload(visitor: Any, body: bytes, name: str = "shirube-answers.yaml") -> Any:
    visitor.get("/")
    data = {"csrf_token": visitor.hidden("csrf_token"), "file": (io.BytesIO(body), name)}
    return visitor.client.post("/resume", data=data, content_type="multipart/form-data")


@pytest.fixture
def filled(visitor: Any) -> Any:
    visitor.start("quick").with_campaign()
    visitor.answer("goal", kgi_kind="amount", kgi_amount="1億円", kgi_date="2028-03-31", share="100%")
    visitor.answer("process", opportunity_to_deal__count="40", opportunity_to_deal__of="200")
    return visitor


def test_a_downloaded_file_brings_every_answer_back_in_a_new_assessment(filled: Any):
    visitor = filled
    before, old_home = visitor.stored(), visitor.home
    sent = upload(visitor, before.encode())
    assert sent.status_code == 303
    visitor.home = sent.headers["Location"]
    assert visitor.home != old_home
    assert visitor.stored() == before


def test_a_file_with_a_wrong_answer_is_opened_and_the_answer_marked(visitor: Any):
    body = "pack: btob\nanswers:\n  campaign: site_renewal\n  campaign_date: いつか\n"
    visitor.home = upload(visitor, body.encode()).headers["Location"]
    assert 'aria-invalid="true"' in visitor.open("campaign_plan").text
    assert "要確認" in visitor.open("check").text
    assert visitor.open("plan").status_code == 200


def test_a_file_with_a_byte_order_mark_is_read(visitor: Any):
    assert upload(visitor, b"\xef\xbb\xbfanswers: {campaign: trade_show}\n").status_code == 303


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"answers",
        b"- a\n- b\n",
        b"answers: [1, 2]\n",
        b"a: &x 1\nb: *x\nanswers: {}\n",
        b"a: 1\na: 2\nanswers: {}\n",
        b"answers: !!python/object:os.system {}\n",
        b"pack: other\nanswers: {}\n",
        b"%PDF-1.7\n",
        b"answers: {" + b"[" * 5000 + b"]" * 5000 + b"}",
        "answers: {campaign: 展示会}".encode("cp932"),
    ],
)
def test_a_file_that_is_no_answers_file_is_refused_with_a_sentence(visitor: Any, body: bytes):
    page = upload(visitor, body)
    assert page.status_code == 422
    assert 'id="file-error"' in page.text


@pytest.mark.parametrize(
    "answers",
    [
        "campaign: [site_renewal]",
        "campaign: {likely: 1}",
        "campaign: 12",
        "campaign: true",
        "web_stages: {a: {b: [1]}}",
        "opportunity_to_deal: {likely: {likely: 1}}",
        "opportunity_to_deal: {count: [1], of: 2}",
        "opportunity_to_deal: {choose: nothing}",
        "campaign_date: null",
        "no_such_question: 1",
        '"": 1',
    ],
)
def test_answers_of_any_shape_never_break_a_page(visitor: Any, answers: str):
    body = f"answers:\n  kgi_kind: amount\n  {answers}\n"
    visitor.home = upload(visitor, body.encode()).headers["Location"]
    for address in ("campaign_plan", "goal", "process", "check", "plan", "plan.json", "answers.yaml"):
        assert visitor.open(address).status_code in (200, 303)


def test_uploading_nothing_says_what_to_choose(visitor: Any):
    visitor.get("/")
    page = visitor.client.post("/resume", data={"csrf_token": visitor.hidden("csrf_token")})
    assert page.status_code == 422


def test_the_plan_can_be_downloaded_as_json_with_its_words(filled: Any):
    answer = filled.open("plan.json")
    document = json.loads(answer.data)
    assert document["schema"] == "plan/1"
    assert document["words"]["language"] == "ja"


@pytest.mark.slow
def test_the_plan_can_be_downloaded_as_a_pdf_that_is_printed_once(filled: Any):
    first = filled.open("plan.pdf")
    assert (first.status_code, first.mimetype) == (200, "application/pdf")
    assert first.data.startswith(b"%PDF-")
    assert filled.open("plan.pdf").data == first.data


@pytest.mark.slow
def test_a_printer_that_fails_gets_a_sentence_and_the_plan_stays(filled: Any, app: Any):
    app.extensions["shirube"].shelf.printer = Printer(seconds=0.000001)
    page = filled.open("plan.pdf")
    assert page.status_code == 503
    assert "PDFを作れませんでした" in page.text
    assert filled.open("plan").status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_empty_assessment_has_a_plan_page_too(visitor: Any, language: str):
    visitor.client.set_cookie("shirube_language", language)
    assert visitor.start().open("plan").status_code == 200


def test_the_plan_page_shows_what_the_goal_takes(filled: Any):
    filled.answer("goal", kgi_kind="amount", kgi_amount="1億円", share="100%", existing_revenue="0円")
    filled.answer("process", opportunity_to_deal="25%", lead_to_opportunity="20%", average_deal="300万円")
    page = filled.open("plan").text
    assert "680件" in page
    assert "102,000,000円" in page
