from __future__ import annotations

import html
import re
from typing import Any

import pytest

WIN_RATES = [
    ("25%", True),
    ("25％", True),
    ("２５％", True),
    ("25 %", True),
    ("25.5%", True),
    ("0.5%", True),
    ("100%", True),
    ("2割5分", None),
    ("40/200", True),
    ("200件中40件", True),
    ("40 of 200", True),
    ("わからない", True),
    ("不明", True),
    ("あとで", True),
    ("unknown", True),
    ("later", True),
    ("0.5", False),
    ("1", False),
    ("101%", False),
    ("1000%", False),
    ("-5%", False),
    ("△5%", False),
    ("1e3%", False),
    ("1e999999999", False),
    ("NaN", False),
    ("sNaN", False),
    ("Infinity", False),
    ("inf%", False),
    ("0x10", False),
    ("1_0%", False),
    ("٣%", False),
    ("①%", False),
    ("½", False),
    ("5²%", False),
    ("20〜30%", False),
    ("20-30%", None),
    ("%", False),
    ("25%%", False),
    ("abc", False),
    ("0/0", False),
    ("300/200", False),
    ("40/", False),
    ("9" * 17, False),
    ("9" * 5000, False),
    ("25\x00%", False),
    ("<script>alert(1)</script>", False),
    ("{{7*7}}", False),
    ("' OR 1=1--", False),
    ("\u202e25%", None),
    ("🙂", False),
]


def open_rates(visitor: Any) -> None:
    visitor.start("quick").with_campaign()
    visitor.open("process")


def field(text: str, name: str) -> str:
    """Return the typed value of a text field on a page."""
    found = re.search(rf'id="{re.escape(name)}"\s+name="{re.escape(name)}"\s+value="([^"]*)"', text)
    assert found, f"no field {name}"
    return html.unescape(found.group(1))


def test_a_start_leads_to_a_private_link_page(visitor: Any):
    page = visitor.start().get(visitor.home)
    assert page.status_code == 200
    assert f"http://localhost{visitor.home}" in page.text


def test_answers_lead_to_the_questions_that_follow_from_them(visitor: Any):
    visitor.start()
    assert 'name="purpose"' not in visitor.open("campaign_plan").text
    page = visitor.answer("campaign_plan", campaign="site_renewal")
    assert page.request.path.endswith("/campaign_plan")
    assert 'name="purpose"' in page.text
    assert "続きの質問があります" in page.text


def test_a_finished_section_leads_to_the_next_and_says_saved(visitor: Any):
    visitor.start("quick")
    visitor.answer("campaign_plan", campaign="site_renewal")
    page = visitor.answer("campaign_plan", campaign="site_renewal", purpose="acquisition")
    assert page.request.path.endswith("/goal")
    assert "保存しました。" in page.text


def test_saved_is_not_claimed_for_another_revision(visitor: Any):
    visitor.start()
    assert "保存しました。" not in visitor.open("campaign_plan?saved=7").text


def test_an_answer_is_shown_again_as_typed_and_as_read(visitor: Any):
    visitor.start("quick").with_campaign()
    visitor.answer("goal", kgi_kind="amount", kgi_amount="１億円")
    page = visitor.open("goal")
    assert field(page.text, "kgi_amount") == "１億円"
    assert "読み取った値：100,000,000円" in page.text


def test_a_wrong_answer_is_marked_with_the_same_words_at_the_field_and_on_top(visitor: Any):
    open_rates(visitor)
    page = visitor.send("process", opportunity_to_deal="abc", lead_to_opportunity="20%")
    assert page.status_code == 422
    assert page.text.count("「abc」") == 2
    assert '<a href="#opportunity_to_deal">' in page.text
    assert (
        'aria-describedby="opportunity_to_deal-hint opportunity_to_deal-error" aria-invalid="true"'
        in re.sub(r"\s+", " ", page.text)
    )
    assert "<title>エラー：" in page.text


def test_a_wrong_answer_keeps_what_was_typed_and_saves_the_others(visitor: Any):
    open_rates(visitor)
    page = visitor.send("process", opportunity_to_deal="abc", lead_to_opportunity="20%")
    assert field(page.text, "opportunity_to_deal") == "abc"
    assert "lead_to_opportunity: 20%" in visitor.stored()


def test_a_corrected_page_can_be_sent_again_at_once(visitor: Any):
    open_rates(visitor)
    visitor.page = visitor.send("process", opportunity_to_deal="abc", average_deal="300万円")
    sent = visitor.send("process", opportunity_to_deal="25%", average_deal="300万円")
    assert sent.status_code == 303
    assert "opportunity_to_deal: 25%" in visitor.stored()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("typed", "good"), WIN_RATES, ids=lambda value: repr(value)[:24])
def test_whatever_is_typed_as_a_win_rate_is_saved_or_explained(
    visitor: Any, typed: str, good: bool | None, language: str
):
    visitor.client.set_cookie("shirube_language", language)
    open_rates(visitor)
    sent = visitor.send("process", opportunity_to_deal=typed)
    assert sent.status_code in (303, 422)
    if good is not None:
        assert (sent.status_code == 303) is good
    if sent.status_code == 422:
        assert field(sent.text, "opportunity_to_deal") == typed
        assert f'<html lang="{language}">' in sent.text


@pytest.mark.parametrize("state", ["unknown", "later"])
def test_not_knowing_is_an_answer(visitor: Any, state: str):
    open_rates(visitor)
    visitor.answer("process", opportunity_to_deal__state=state)
    assert f"opportunity_to_deal: {state}" in visitor.stored()
    assert re.search(rf'value="{state}" checked', visitor.open("process").text)


def test_a_number_typed_after_not_knowing_counts(visitor: Any):
    open_rates(visitor)
    visitor.answer("process", opportunity_to_deal__state="unknown")
    visitor.answer("process", opportunity_to_deal__state="unknown", opportunity_to_deal="25%")
    assert "opportunity_to_deal: 25%" in visitor.stored()


def test_not_knowing_ticked_beside_a_number_given_before_counts(visitor: Any):
    open_rates(visitor)
    visitor.answer("process", opportunity_to_deal="25%")
    visitor.answer("process", opportunity_to_deal__state="unknown", opportunity_to_deal="25%")
    assert "opportunity_to_deal: unknown" in visitor.stored()


def test_a_number_and_not_knowing_given_together_are_asked_back(visitor: Any):
    open_rates(visitor)
    sent = visitor.send("process", opportunity_to_deal__state="unknown", opportunity_to_deal="25%")
    assert sent.status_code == 422
    assert "どちらか一方を消してください" in sent.text


def test_two_ticks_instead_of_an_answer_are_asked_back(visitor: Any):
    open_rates(visitor)
    sent = visitor.send("process", opportunity_to_deal__state=["unknown", "later"])
    assert sent.status_code == 422
    assert "チェックは1つだけ" in sent.text


def test_an_emptied_field_takes_the_answer_back(visitor: Any):
    open_rates(visitor)
    visitor.answer("process", opportunity_to_deal="25%")
    visitor.answer("process", opportunity_to_deal="")
    assert "opportunity_to_deal" not in visitor.stored()


def test_a_rate_can_be_given_by_its_counts_with_their_period(visitor: Any):
    open_rates(visitor)
    names = {f"opportunity_to_deal__{part}": value for part, value in (("count", "40"), ("of", "200件"))}
    visitor.answer("process", **names, opportunity_to_deal__period="6か月")
    assert "count: '40'\n    of: 200件\n    period: 6か月" in visitor.stored()
    assert "20%" in visitor.open("check").text


def test_a_rate_and_its_counts_together_are_asked_back(visitor: Any):
    open_rates(visitor)
    counts = {"opportunity_to_deal__count": "40", "opportunity_to_deal__of": "200"}
    assert visitor.send("process", opportunity_to_deal="25%", **counts).status_code == 422


def test_a_range_and_a_source_are_kept_with_the_rate(visitor: Any):
    open_rates(visitor)
    visitor.answer(
        "process",
        opportunity_to_deal="25%",
        opportunity_to_deal__low="20%",
        opportunity_to_deal__high="30%",
        opportunity_to_deal__source="own_record",
    )
    page = visitor.open("process").text
    assert field(page, "opportunity_to_deal.low") == "20%"
    assert '<option value="own_record" selected>' in page


def test_the_published_range_is_shown_with_its_source_and_can_be_chosen(visitor: Any):
    open_rates(visitor)
    assert "公開されている範囲を仮に使う" in visitor.page.text
    visitor.answer("process", opportunity_to_deal__state="published")
    assert "choose: published" in visitor.stored()


def test_none_of_these_is_an_answer_of_its_own(visitor: Any):
    visitor.start()
    visitor.answer("campaign_plan", campaign="site_renewal")
    visitor.answer("campaign_plan", campaign="site_renewal", web_stages__state="none")
    assert "web_stages: []" in visitor.stored()


def test_options_ticked_with_none_of_these_are_asked_back(visitor: Any):
    visitor.start()
    visitor.answer("campaign_plan", campaign="site_renewal")
    sent = visitor.send(
        "campaign_plan", campaign="site_renewal", web_stages=["visit"], web_stages__state="none"
    )
    assert sent.status_code == 422


@pytest.mark.parametrize("value", ["no_such_option", "yes", "<b>", "\x00", "0"])
def test_an_option_that_does_not_exist_is_refused(visitor: Any, value: str):
    visitor.start()
    visitor.open("campaign_plan")
    assert visitor.send("campaign_plan", campaign=value).status_code == 422


def test_text_is_shown_exactly_as_typed_and_never_as_markup(visitor: Any):
    visitor.start().with_campaign()
    hostile = "<script>alert(1)</script>{{7*7}}"
    visitor.answer("campaign_plan", campaign="site_renewal", business=hostile)
    for address in ("campaign_plan", "check", "plan"):
        page = visitor.open(address).text
        assert html.escape(hostile) in page.replace("&#34;", '"')
        assert hostile not in page


def test_a_null_byte_in_text_is_dropped(visitor: Any):
    visitor.start().with_campaign()
    visitor.answer("campaign_plan", campaign="site_renewal", business="在庫\x00管理")
    assert "business: 在庫管理" in visitor.stored()


def test_a_link_to_a_section_that_is_not_asked_leads_on_with_a_sentence(visitor: Any, reader: Any):
    visitor.start("quick")
    asked = set(re.findall(rf'href="{visitor.home}/(\w+)"', visitor.open("campaign_plan").text))
    hidden = [each.id for each in reader.pack.sections if each.id not in asked]
    assert hidden
    answer = visitor.get(f"{visitor.home}/{hidden[0]}")
    assert answer.status_code == 303
    assert (
        "そのセクションには、今は質問がありません"
        in visitor.get(answer.headers["Location"].partition("#")[0]).text
    )


def test_a_section_that_does_not_exist_is_not_found(visitor: Any):
    visitor.start()
    assert visitor.open("no_such_section").status_code == 404


def test_all_questions_can_be_asked_after_the_quick_path_without_losing_an_answer(visitor: Any):
    visitor.start("quick").with_campaign()
    assert 'name="business"' not in visitor.open("campaign_plan").text
    before = visitor.stored()
    visitor.get(visitor.home)
    data = {"csrf_token": visitor.hidden("csrf_token"), "path": "full"}
    assert visitor.client.post(f"{visitor.home}/path", data=data).status_code == 303
    assert 'name="business"' in visitor.open("campaign_plan").text
    assert visitor.stored() == before.replace("path: quick", "path: full")


def test_the_check_page_lists_answers_and_what_is_missing_with_links_to_change_them(visitor: Any):
    visitor.start("quick").with_campaign()
    page = visitor.open("check").text
    assert "サイトリニューアル" in page
    assert "未回答" in page
    assert f'href="{visitor.home}/goal?then=check#q-kgi_amount"' in page


def test_a_change_from_the_check_page_returns_there(visitor: Any):
    visitor.start("quick").with_campaign()
    visitor.open("goal?then=check")
    sent = visitor.send("goal", kgi_kind="amount", kgi_amount="1億円", then="check")
    assert "/check" in sent.headers["Location"]


def test_every_page_names_its_language(visitor: Any):
    visitor.start()
    for language in ("ja", "en"):
        visitor.client.set_cookie("shirube_language", language)
        for address in ("", "/campaign_plan", "/check", "/plan", "/delete", "/nowhere"):
            assert f'<html lang="{language}">' in visitor.get(visitor.home + address).text
