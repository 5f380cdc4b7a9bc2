"""The small language of a pack's conditions and formulas."""

from checklist.expression.evaluate import Explanation, Expression
from checklist.expression.order import order
from checklist.expression.parse import parse
from checklist.expression.types import (
    Boolean,
    Choice,
    Choices,
    Date,
    Number,
    Scope,
    ScopeValue,
    Text,
    Type,
)

__all__ = [
    "Boolean",
    "Choice",
    "Choices",
    "Date",
    "Explanation",
    "Expression",
    "Number",
    "Scope",
    "ScopeValue",
    "Text",
    "Type",
    "order",
    "parse",
]
