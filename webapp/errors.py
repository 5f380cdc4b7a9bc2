"""Pages for what went wrong: each says what happened and what to do next."""

from __future__ import annotations

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from webapp.i18n import translate
from webapp.storage.assessments import Gone


def init_errors(app: Flask) -> None:
    """Register a page for every kind of error."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(Gone, no_longer_there)
    app.register_error_handler(500, broken)


def http_error(error: HTTPException) -> tuple[str, int]:
    """Word the errors that visitors run into; all others get a plain sentence."""
    _ = translate()
    status = error.code or 500
    if status in (301, 302, 303, 307, 308):
        return error  # type: ignore[return-value]
    if status == 404:
        return _page(
            404,
            _("This page does not exist"),
            _("The address may be cut off or mistyped. Open the private link you noted down, all of it."),
        )
    if status == 413:
        return _page(
            413,
            _("That is too much at once"),
            _("A page or file may be up to 256 KB. Nothing was saved. Go back, shorten it and try again."),
        )
    return _page(
        status,
        _("That did not work"),
        _("The request could not be understood. Nothing was saved. Go back and try again."),
    )


def form_expired(_error: CSRFError) -> tuple[str, int]:
    """Explain a form that cannot be proved to come from this site."""
    _ = translate()
    return _page(
        400,
        _("The page could not be sent"),
        _(
            "Either the page was open since the browser was restarted, or cookies are blocked. "
            "Nothing was saved. Go back, reload the page and send it again."
        ),
    )


def no_longer_there(error: Gone) -> tuple[str, int]:
    """Say why a link that was right once leads nowhere."""
    _ = translate()
    if error.reason == "deleted":
        return _page(
            410,
            _("These answers were deleted"),
            _("Somebody with this link deleted them. They cannot be brought back. You can start again."),
        )
    return _page(
        410,
        _("This link has expired"),
        _("The answers were deleted because nobody had changed them for a long time. You can start again."),
    )


def broken(_error: Exception) -> tuple[str, int]:
    """Say that the fault is on this side."""
    _ = translate()
    return _page(
        500,
        _("Something broke on our side"),
        _("What you saved before is safe. Go back and try again in a moment."),
    )


def _page(status: int, title: str, text: str) -> tuple[str, int]:
    return render_template("errors/page.html", title=title, text=text, status=status), status
