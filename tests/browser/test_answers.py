"""What happens to answers when visitors do what visitors do: go back, mistype, open two tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog

from tests.browser.visitor import Visitor, example, example_file
from tests.conftest import WORKED

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]
CAMPAIGN = {"campaign": "site_renewal", "purpose": "acquisition", "campaign_date": "2027-01-15"}
GOAL = {name: WORKED[name] for name in ("kgi_kind", "kgi_amount", "kgi_date", "existing_revenue", "share")}
PROCESS = {name: WORKED[name] for name in WORKED if name not in {**CAMPAIGN, **GOAL}}


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def at_goal(visitor: Visitor) -> Visitor:
    """Answer the first section; the goal comes next."""
    visitor.start()
    visitor.begin()
    while visitor.section == "campaign_plan":
        visitor.fill(CAMPAIGN)
        visitor.save()
    assert visitor.section == "goal"
    return visitor


def finished(visitor: Visitor, **changes: Any) -> Visitor:
    """Answer the quick path as in the worked example."""
    visitor.start()
    visitor.begin()
    visitor.answer_everything({**WORKED, **changes})
    return visitor


def test_switching_the_language_keeps_the_page_and_what_was_typed(visit: Visit, javascript: bool) -> None:
    visitor = at_goal(visit("ja", javascript))
    visitor.fill({"kgi_kind": "amount", "kgi_date": "2027年9月30日"})
    before = visitor.page.inner_text("h1")
    visitor.switch_to("en")
    assert visitor.section == "goal" and visitor.page.get_attribute("html", "lang") == "en"
    assert visitor.page.inner_text("h1") != before
    assert visitor.page.is_checked('[name="kgi_kind"][value="amount"]')
    assert visitor.shows("kgi_date") == "2027年9月30日"


def test_every_page_stays_itself_in_the_other_language(visit: Visit) -> None:
    visitor = visit("en")
    visitor.resume(example_file("robot_trade_show"))
    for place in ("", "campaign_plan", "goal", "kpi", "check", "plan", "delete"):
        visitor.open(place)
        for language in ("ja", "en"):
            visitor.switch_to(language)
            assert visitor.section == (place or visitor.home.rpartition("/")[2])
            assert visitor.page.get_attribute("html", "lang") == language


def test_back_shows_the_answers_given(visit: Visit, javascript: bool) -> None:
    visitor = at_goal(visit("ja", javascript))
    visitor.fill(GOAL)
    visitor.save()
    visitor.page.go_back()
    while visitor.section != "campaign_plan":
        assert visitor.section == "goal" and visitor.page.is_checked('[name="kgi_kind"][value="amount"]')
        visitor.page.go_back()
    assert visitor.page.is_checked('[name="campaign"][value="site_renewal"]')
    assert visitor.shows("campaign_date") == "2027-01-15"
    visitor.open("goal")
    assert visitor.page.is_checked('[name="kgi_kind"][value="amount"]')


def test_leaving_a_page_with_unsaved_answers_asks_first(visit: Visit) -> None:
    visitor, asked = at_goal(visit("ja")), []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    visitor.page.on("dialog", stay)
    visitor.fill({"kgi_date": "2027-09-30"})
    visitor.page.click(".brand", no_wait_after=True)
    visitor.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert visitor.shows("kgi_date") == "2027-09-30"
    visitor.save()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_value_that_cannot_be_read_is_explained_and_everything_else_is_saved(
    visit: Visit, javascript: bool, language: str
) -> None:
    visitor = at_goal(visit(language, javascript, expects="422"))
    visitor.fill({"kgi_kind": "amount", "kgi_date": "2027-09-30"})
    visitor.save()
    visitor.fill({"kgi_amount": "たくさん"})
    visitor.fill({"kgi_date": "2027-10-31"})
    visitor.save()
    page = visitor.page
    link = page.locator(".summary a")
    assert link.count() == 1 and link.get_attribute("href") == "#kgi_amount"
    at_field = page.inner_text("#kgi_amount-error").removeprefix(page.inner_text("#kgi_amount-error .hidden"))
    assert at_field.strip() and at_field.strip() in page.inner_text(".summary li")
    assert page.get_attribute("#kgi_amount", "aria-invalid") == "true"
    assert "kgi_amount-error" in str(page.get_attribute("#kgi_amount", "aria-describedby"))
    assert visitor.shows("kgi_amount") == "たくさん"
    if javascript:
        assert page.evaluate("document.activeElement.id") == "error-summary"
    link.click()
    assert page.evaluate("document.activeElement.id") == "kgi_amount"
    visitor.open("goal")
    assert visitor.shows("kgi_date") == "2027-10-31" and visitor.shows("kgi_amount") == ""


def test_a_corrected_value_goes_on_to_the_next_section(visit: Visit) -> None:
    visitor = at_goal(visit("en", expects="422"))
    visitor.fill({"kgi_kind": "amount"})
    visitor.save()
    visitor.fill({**GOAL, "kgi_amount": "a lot"})
    visitor.save()
    visitor.fill({"kgi_amount": "100 million yen"})
    visitor.save()
    assert visitor.section == "process"


@pytest.mark.parametrize(("language", "label"), [("ja", "「受注率」"), ("en", ": Win rate")])
@pytest.mark.parametrize("state", ["unknown", "later"])
def test_an_answer_put_off_is_a_to_do_in_the_plan(
    visit: Visit, language: str, label: str, state: str
) -> None:
    visitor = finished(visit(language), opportunity_to_deal={"choose": state})
    todos = visitor.open("plan").inner_text(".todos")
    assert label in todos, todos


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "今は質問がありません"), ("en", "not asked at the moment")]
)
def test_a_link_to_a_section_not_asked_leads_to_the_next_open_question(
    visit: Visit, language: str, words: str
) -> None:
    visitor = visit(language)
    visitor.start()
    visitor.open("operation")
    assert visitor.section == "campaign_plan"
    assert visitor.page.locator(".notice").count() == 1
    assert words in visitor.page.inner_text(".notice")


def test_the_private_link_opens_the_answers_in_another_browser(visit: Visit) -> None:
    first, second = at_goal(visit("ja")), visit("ja")
    address = first.open().inner_text("#private-link").strip()
    second.page.goto(address)
    second.begin()
    assert second.section == "goal"
    second.page.goto(f"{address}/campaign_plan")
    assert second.shows("campaign_date") == "2027-01-15"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_downloaded_answers_file_gives_the_same_plan_again(visit: Visit, language: str) -> None:
    visitor = visit(language)
    visitor.start("full")
    visitor.begin()
    visitor.answer_everything(example("saas_ma_rollout"))
    visitor.open("plan")
    before, home = visitor.plan(), visitor.home
    visitor.open()
    file = visitor.download("answers.yaml")
    visitor.resume(file)
    assert visitor.home != home
    visitor.open("plan")
    assert visitor.plan() == before


def test_a_file_that_is_none_of_ours_is_refused_in_words(visit: Visit) -> None:
    visitor = visit("en", expects="422")
    visitor.page.goto("/")
    visitor.page.set_input_files("#file", {"name": "x.yaml", "mimeType": "text/yaml", "buffer": b"\x00\xff"})
    visitor.press('form[action="/resume"] button.button')
    assert "could not be read" in visitor.page.inner_text("#file-error")


def test_deleted_answers_are_gone_for_everybody_with_the_link(visit: Visit, javascript: bool) -> None:
    visitor = finished(visit("en", javascript, expects="410"))
    visitor.open()
    visitor.press('main a[href$="/delete"]')
    visitor.press(".button--danger")
    assert urlsplit(visitor.page.url).path == "/"
    assert "deleted" in visitor.page.inner_text(".notice")
    for place in ("", "/goal", "/check", "/plan", "/plan.pdf", "/plan.json", "/answers.yaml"):
        response = visitor.page.goto(visitor.home + place)
        assert response is not None and response.status == 410
        assert visitor.page.inner_text("h1") == "These answers were deleted"


@pytest.mark.parametrize("mine", [True, False], ids=["mine", "saved"])
def test_an_old_tab_offers_both_versions(visit: Visit, mine: bool) -> None:
    visitor = at_goal(visit("en", expects="409"))
    visitor.fill({"kgi_kind": "amount"})
    visitor.save()
    visitor.open("goal")
    old = visitor.page
    visitor.page = visitor.context.new_page()
    visitor.open("goal")
    visitor.fill({"kgi_amount": "100 million yen", "kgi_date": "2027-12-31"})
    visitor.save()
    visitor.page = old
    visitor.fill({"kgi_amount": "200 million yen", "share": "50%"})
    visitor.save()
    choices = old.locator(".question label").all_inner_texts()
    assert len(choices) == 2 and "100,000,000" in choices[0] and "200,000,000" in choices[1], choices
    old.check("#kgi_amount-mine" if mine else "#kgi_amount-saved")
    visitor.press("main button.button")
    visitor.open("goal")
    assert visitor.shows("kgi_amount") == ("200 million yen" if mine else "100 million yen")
    assert visitor.shows("kgi_date") == "2027-12-31" and visitor.shows("share") == "50%"


def test_two_tabs_with_different_questions_need_no_choice(visit: Visit) -> None:
    visitor = at_goal(visit("en"))
    visitor.fill({"kgi_kind": "amount"})
    visitor.save()
    visitor.open("goal")
    old = visitor.page
    visitor.page = visitor.context.new_page()
    visitor.open("goal")
    visitor.fill({"kgi_amount": "100 million yen"})
    visitor.save()
    visitor.page = old
    visitor.fill({"kgi_date": "2027-12-31"})
    visitor.save()
    visitor.open("goal")
    assert (visitor.shows("kgi_amount"), visitor.shows("kgi_date")) == ("100 million yen", "2027-12-31")


def answers_shown(visitor: Visitor) -> set[str]:
    return set(visitor.open("check").locator(".answer--given").all_inner_texts())


def test_the_full_path_goes_on_from_the_quick_one_without_entering_anything_twice(visit: Visit) -> None:
    visitor = finished(visit("ja"))
    given = answers_shown(visitor)
    quick = visitor.open("plan").inner_text(".plan__kgi")
    visitor.press('.notice--action button[value="full"]')
    focused = urlsplit(visitor.page.url).fragment
    assert visitor.page.locator(f"#{focused} :checked").count() == 0
    assert given and given == answers_shown(visitor)
    assert visitor.open("plan").inner_text(".plan__kgi") == quick


def test_enter_in_a_field_saves_and_goes_on_in_the_same_language(visit: Visit) -> None:
    visitor = at_goal(visit("en"))
    visitor.fill(GOAL)
    with visitor.page.expect_navigation():
        visitor.page.press("#kgi_date", "Enter")
    assert visitor.page.get_attribute("html", "lang") == "en"
    assert visitor.page.locator(".summary").count() == 0
    visitor.open("goal")
    assert visitor.shows("kgi_date") == WORKED["kgi_date"]
