"""What every page needs: static files whose address changes with their content, and the language switch."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, redirect, request
from werkzeug import Response

from webapp.access import public
from webapp.i18n import LANGUAGES, remember
from webapp.services import services

TOKENS = "vendor/digital-go-jp-design-tokens-1.1.9/tokens.css"


def init_pages(app: Flask) -> None:
    """Register the language switch and give templates the addresses of the static files."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 60 * 60
    files = ("shirube.css", "plan.css", "shirube.js", "icon.svg", TOKENS)
    addresses = {Path(name).name: _address(app, name) for name in files}
    app.jinja_env.globals["static"] = addresses
    app.add_url_rule("/language", view_func=switch_language, methods=["POST"])
    app.view_functions["static"] = public(app.view_functions["static"])


@public
def switch_language() -> Response:
    """Remember the language asked for and return to the page the visitor was on."""
    response = redirect(local_address(request.form.get("next", "")), 303)
    chosen = request.form.get("language", "")
    return remember(response, chosen, services().settings.https) if chosen in LANGUAGES else response


def local_address(address: str) -> str:
    """Return an address of this site as it is, and the start page for any other."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if safe and "\\" not in address else "/"


def _address(app: Flask, name: str) -> str:
    content = (Path(str(app.static_folder)) / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"
