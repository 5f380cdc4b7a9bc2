"""The least a page can cost: a bare Flask application that sends the same bytes and runs the same SQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from flask import Flask, redirect, request
from flask_wtf import CSRFProtect
from jinja2 import Environment, Template
from werkzeug import Response

from webapp.storage import assessments
from webapp.storage.engine import Database

# What is not markup: text between tags, and what attributes hold.
VALUES = re.compile(r'(?<=>)[^<>]*[^<>\s][^<>]*(?=<)|(?<==")[^"]+(?=")')
KEEP_DAYS = 90


def bare_app(database: Database, page: str, now: Callable[[], int], secret: str) -> Flask:
    """Make an application with one page to get and one form to send, and nothing around them.

    A sent form is protected against forgery as any form has to be: by Flask-WTF and its signed session.
    There are no translations, no questions, no reading of answers, no checks and no extra headers.
    """
    app = Flask("bare")
    app.config.update(SECRET_KEY=secret, SESSION_COOKIE_NAME="shirube", WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    template, values = as_template(page)

    @app.get("/<token>")
    def show(token: str) -> str:
        assessments.find(database, token, now())
        return template.render(v=values)

    @app.post("/<token>")
    def save(token: str) -> Response:
        found = assessments.find(database, token, now())
        assert found is not None
        answers = found.raw()
        answers |= {name: text.strip() for name, text in request.form.items() if name in answers}
        assessments.save(database, found, answers, now(), KEEP_DAYS, section="goal")
        return redirect("/next", 303)

    return app


def as_template(page: str) -> tuple[Template, dict[str, str]]:
    """Turn a finished page into a template without loops or branches and the dict that fills it."""
    values: dict[str, str] = {}

    def taken_out(found: re.Match[str]) -> str:
        name = f"v{len(values)}"
        values[name] = unescape(found[0])
        return f"{{{{ v.{name} }}}}"

    template = Environment(autoescape=True).from_string(VALUES.sub(taken_out, page))
    return template, values
