"""What a form, a YAML file or JSON hands over for one value, as the text a person would type."""

from __future__ import annotations

from typing import Any

from checklist.errors import TypedError

MAX_TEXT = 10_000
MAX_WHOLE = 10**16


def as_text(raw: Any) -> str:
    """Return a text or a number as text; raise TypedError("wrong_shape") for anything else."""
    if isinstance(raw, str):
        if len(raw) > MAX_TEXT:
            raise TypedError("text_too_long", typed=raw[:40], length=len(raw), limit=MAX_TEXT)
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise TypedError("wrong_shape", expected="text")
    if isinstance(raw, int) and abs(raw) >= MAX_WHOLE:
        raise TypedError("too_many_digits", typed="", limit=15)
    return str(raw)
