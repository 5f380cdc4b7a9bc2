"""Which language a page is in, and the words of the pages; English is what the templates are written in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, g, request
from flask_babel import Babel, get_translations
from werkzeug import Response

LANGUAGES = {"ja": "日本語", "en": "English"}
DEFAULT = "ja"
COOKIE = "shirube_language"
A_YEAR = 365 * 24 * 60 * 60


def init_i18n(app: Flask) -> None:
    """Choose the language of every request and give templates `_` and `language`."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, default_locale=DEFAULT, locale_selector=language)
    app.context_processor(lambda: {"_": translate(), "language": language(), "languages": LANGUAGES})


def language() -> str:
    """Return the language of this page."""
    if "language" not in g:
        g.language = visitors_language()
    return str(g.language)


def visitors_language(otherwise: str | None = None) -> str:
    """Return the language this visitor chose, else `otherwise`, else the one the browser asks for."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return otherwise or request.accept_languages.best_match(list(LANGUAGES), DEFAULT)


def translate() -> Callable[..., str]:
    """Return the function that words a message in the language of this page.

    It looks the catalogue up once, where Flask-Babel's own `gettext` does so for every message.
    """
    if "translate" not in g:
        g.translate = _translator(get_translations().gettext)
    return g.translate  # type: ignore[no-any-return]


def remember(response: Response, chosen: str, secure: bool) -> Response:
    """Keep the visitor's choice of language."""
    response.set_cookie(COOKIE, chosen, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def _translator(gettext: Callable[[str], str]) -> Callable[..., str]:
    def worded(message: str, **params: Any) -> str:
        return gettext(message) % params

    return worded
