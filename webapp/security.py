"""Limits, cookies and headers that hold for every page."""

from __future__ import annotations

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug import Response

from webapp.config import Settings

MAX_BODY = 256 * 1024

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    # The address of a page is its key: it must not travel to other sites.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"


def init_security(app: Flask, settings: Settings) -> None:
    """Set limits and cookies, protect every form, and add the headers."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_BODY,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="__Host-shirube" if settings.https else "shirube",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        # Pages send no Referer at all, so Flask-WTF has none to compare; the token is what counts.
        WTF_CSRF_SSL_STRICT=False,
    )
    CSRFProtect(app)
    fixed = {**HEADERS, **({"Strict-Transport-Security": HSTS} if settings.https else {})}

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(fixed)
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response
