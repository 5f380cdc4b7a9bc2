"""Who may use a view: every view says so, and a test proves it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, g

from webapp.i18n import visitors_language
from webapp.services import services
from webapp.storage import assessments

View = Callable[..., Any]
PUBLIC = "public"
LINK_HOLDER = "link_holder"


def public(view: View) -> View:
    """Declare a view for everybody."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def link_holder(view: View) -> View:
    """Declare a view for whoever has the private link; it gets the token and its assessment.

    An unknown token is 404; one that was right once raises Gone.
    """

    @wraps(view)
    def checked(token: str, **others: Any) -> Any:
        found = assessments.find(services().database, token, services().now())
        if found is None:
            abort(404)
        g.language = visitors_language(found.language)
        return view(token=token, assessment=found, **others)

    checked.access = LINK_HOLDER  # type: ignore[attr-defined]
    return checked
