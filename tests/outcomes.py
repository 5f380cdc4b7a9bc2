"""What comes of reading what a person typed: the value, or the refusal."""

from __future__ import annotations

from typing import Any

import pytest

from checklist.errors import TypedError


def outcome(reader: Any, text: str, **options: Any) -> Any:
    """Return the value read, or the code of the refusal as a string."""
    try:
        return reader(text, **options)
    except TypedError as error:
        return error.code


def refusal(reader: Any, text: str, **options: Any) -> dict[str, Any]:
    with pytest.raises(TypedError) as caught:
        reader(text, **options)
    return caught.value.params
