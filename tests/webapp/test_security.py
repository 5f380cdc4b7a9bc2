from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from webapp import create_app
from webapp.access import LINK_HOLDER, PUBLIC


def test_every_view_declares_who_may_use_it(app: Any):
    undeclared = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    assert undeclared == []
    assert {view.access for view in app.view_functions.values()} == {PUBLIC, LINK_HOLDER}


def test_every_view_below_a_link_is_for_its_holders_only(app: Any):
    for rule in app.url_map.iter_rules():
        access = app.view_functions[rule.endpoint].access
        assert access == (LINK_HOLDER if "<token>" in rule.rule else PUBLIC), rule.rule


@pytest.mark.parametrize("token", ["x" * 43, "a", "%00", "../etc/passwd", "あ", "x" * 3000])
def test_an_unknown_link_is_not_found_on_any_page(app: Any, token: str):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if "<token>" in rule.rule and "GET" in rule.methods:
            address = rule.rule.replace("<token>", token).replace("<section_id>", "goal")
            assert client.get(address).status_code == 404


def test_nothing_of_one_assessment_is_seen_through_the_link_of_another(visitor: Any):
    visitor.start().with_campaign()
    visitor.answer("campaign_plan", campaign="site_renewal", business="秘密の事業")
    visitor.start()
    for address in ("campaign_plan", "check", "plan", "answers.yaml"):
        assert "秘密の事業" not in visitor.open(address).text


def test_a_form_without_its_token_is_refused_with_a_sentence_and_saves_nothing(visitor: Any):
    visitor.start()
    for address in (
        "/",
        "/resume",
        "/language",
        *(visitor.home + end for end in ("/goal", "/path", "/delete")),
    ):
        page = visitor.client.post(address, data={"campaign": "site_renewal"})
        assert page.status_code == 400
        assert "送信できませんでした" in page.text
    assert "answers: {}" in visitor.stored()


def test_the_token_of_another_visitor_does_not_fit(visitor: Any, app: Any):
    visitor.start()
    stranger = app.test_client()
    data = {"csrf_token": visitor.hidden("csrf_token"), "path": "quick"}
    assert stranger.post("/", data=data).status_code == 400


@pytest.mark.parametrize("address", ["/", "/language", "/resume"])
def test_a_body_that_is_too_large_gets_a_page_of_its_own(visitor: Any, address: str):
    page = visitor.client.post(
        address, data=b"a=" + b"x" * 300_000, content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code == 413
    assert "データが大きすぎます" in page.text


def test_thousands_of_fields_do_no_harm(visitor: Any):
    visitor.start()
    visitor.open("goal")
    body = "&".join(
        [f"csrf_token={visitor.hidden('csrf_token')}", *(f"x{number}=1" for number in range(9000))]
    )
    sent = visitor.client.post(
        f"{visitor.home}/goal", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert sent.status_code in (303, 413)


@pytest.mark.parametrize(
    "cookie",
    [
        "shirube=",
        "shirube=x.y.z",
        "shirube=" + "A" * 4000,
        'shirube="\\000"',
        "shirube_language=xx",
        "\xff=\xff",
        ";;;=,",
    ],
)
def test_malformed_cookies_count_as_none(app: Any, cookie: str):
    client = app.test_client(use_cookies=False)
    assert client.get("/", headers={"Cookie": cookie}).status_code == 200


@pytest.mark.parametrize("language", ["", "xx", "en;q=x", "*", "ja-JP,ja;q=0.9", "zz-" * 500])
def test_any_accept_language_gets_a_page(app: Any, language: str):
    assert app.test_client().get("/", headers={"Accept-Language": language}).status_code == 200


def test_the_browser_is_told_to_run_nothing_but_our_own_files(visitor: Any):
    visitor.start().with_campaign()
    for address in ("/", *(visitor.home + end for end in ("", "/goal", "/check", "/plan", "/nowhere"))):
        page = visitor.get(address)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
        assert " style=" not in page.text
        assert "<style" not in page.text
        assert " onclick" not in page.text


def test_static_files_may_be_kept_for_they_change_their_address(visitor: Any):
    address = visitor.page.text.split('rel="stylesheet" href="')[2].split('"')[0]
    with visitor.get(address) as kept:
        assert (kept.status_code, kept.cache_control.max_age) == (200, 31536000)


def test_cookies_insist_on_https_only_where_the_site_has_it(
    settings: Any, reader: Any, tmp_path: Any, app: Any
):
    plain = app.test_client().get("/")
    assert "Secure" not in plain.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in plain.headers
    secure = create_app(
        replace(settings, database_url=f"sqlite:///{tmp_path}/s.sqlite3", base_url="https://kpi.example"),
        reader,
    )
    page = secure.test_client().get("/", base_url="https://kpi.example")
    assert page.headers["Set-Cookie"].startswith("__Host-shirube=")
    assert "Secure; HttpOnly" in page.headers["Set-Cookie"]
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    secure.extensions["shirube"].close()


def test_a_broken_page_gives_a_sentence_without_details(app: Any, visitor: Any):
    visitor.start()
    app.extensions["shirube"].reader = None
    page = visitor.open("check")
    assert page.status_code == 500
    assert "サーバー側で問題が起きました" in page.text
    assert "Traceback" not in page.text
