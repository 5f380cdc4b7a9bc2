"""From the text of an expression to Python's syntax tree, refusing what the language has no use for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from difflib import get_close_matches

from checklist.errors import ExpressionError

MAX_LENGTH = 500
MAX_DEPTH = 50

DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")

_FOREIGN_CHARACTER = re.compile(r"[^A-Za-z0-9_ \t\r\n.,()+\-*/<>=!']")
_NUMBER_RUNS_INTO_WORD = re.compile(r"(?<![A-Za-z0-9_'])[0-9][0-9.]*[A-Za-z_]+")
_LINE_BREAKS = str.maketrans("\t\r\n", "   ")


def tree_of(text: str) -> ast.expr:
    """Parse the text; positions in the tree count from the first character that is not blank."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError("too_long", MAX_LENGTH, length=len(text), limit=MAX_LENGTH)
    if foreign := _FOREIGN_CHARACTER.search(text):
        raise ExpressionError("not_allowed", foreign.start(), what=foreign.group())
    if glued := _NUMBER_RUNS_INTO_WORD.search(text):
        raise ExpressionError("bad_number", glued.start(), number=glued.group()[:40])
    # A YAML text may run over several lines; blanks in their place keep every position.
    line = text.translate(_LINE_BREAKS).rstrip()
    indent = len(line) - len(line.lstrip())
    try:
        return ast.parse(line.lstrip(), mode="eval").body
    except SyntaxError as error:
        place = indent + max((error.offset or 1) - 1, 0)
        raise ExpressionError("bad_syntax", min(place, len(text))) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError("too_deep", limit=MAX_DEPTH) from None


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the one written, or nothing when none is close."""
    return next(iter(get_close_matches(word, list(known), 1)), "")
