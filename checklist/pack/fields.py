"""The kinds of value that the parts of a pack are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Text = dict[str, Words]
Source = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Model(BaseModel):
    """Refuse unknown keys and any change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
