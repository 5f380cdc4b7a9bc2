"""Reading expressions: Python's grammar narrowed to a few nodes, every type and unit checked."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NoReturn

from checklist.errors import ExpressionError
from checklist.expression import evaluate as nodes
from checklist.expression.evaluate import DAY, Expression, Node
from checklist.expression.grammar import DECIMAL, MAX_DEPTH, nearest, tree_of
from checklist.expression.types import Boolean, Choice, Choices, Date, Number, Text, Type, kind
from checklist.quantity import ONE, Unit, add, compare, divide, multiply, round_down, round_up, subtract

_SIGNS: dict[type[ast.cmpop], Callable[[int, int], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def parse(text: str, symbols: Mapping[str, Type]) -> Expression:
    """Read one expression over the names in `symbols`; raise ExpressionError with the place in the text."""
    reader = _Reader(text, symbols)
    node = reader.read(tree_of(text), 0)
    if isinstance(node.type, Text):
        reader.fail("type_mismatch", node, expected="any", found="text")
    return Expression(text, node.type, tuple(reader.names), node)


class _Reader:
    """Turn the nodes of one text into checked, compiled nodes and note the names read."""

    def __init__(self, text: str, symbols: Mapping[str, Type]) -> None:
        self.text = text
        self.indent = len(text) - len(text.lstrip(" \t\r\n"))
        self.symbols = symbols
        self.names: dict[str, None] = {}

    def fail(self, code: str, at: ast.AST | Node | int, **params: Any) -> NoReturn:
        raise ExpressionError(code, at if isinstance(at, int) else self.place(at), **params)

    def place(self, at: ast.AST | Node) -> int:
        return at.position if isinstance(at, Node) else int(getattr(at, "col_offset", 0)) + self.indent

    def written(self, tree: ast.expr) -> str:
        return self.text[self.place(tree) : (tree.end_col_offset or 0) + self.indent]

    def read(self, tree: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self.fail("too_deep", tree, limit=MAX_DEPTH)
        match tree:
            case ast.Constant():
                return nodes.constant(self.number(tree), self.place(tree))
            case ast.Name(id=name):
                return nodes.read(name, self.symbol(tree, name), self.place(tree))
            case ast.UnaryOp(op=op, operand=operand):
                return self.unary(op, self.read(operand, depth + 1), tree)
            case ast.BinOp(left=left, op=op, right=right):
                return self.arithmetic(op, self.read(left, depth + 1), self.read(right, depth + 1), tree)
            case ast.BoolOp(op=op, values=values):
                return self.logic(op, [self.read(value, depth + 1) for value in values], tree)
            case ast.Compare():
                return self.comparisons(tree, depth + 1)
            case ast.IfExp():
                return self.conditional(tree, depth + 1)
            case ast.Call():
                return self.call(tree, depth + 1)
        self.fail("not_allowed", tree, what=self.written(tree)[:40])

    def number(self, tree: ast.Constant) -> Fraction:
        written = self.written(tree)
        if isinstance(tree.value, str | bytes | bool) or tree.value is None:
            self.fail("not_allowed", tree, what=written[:40])
        if not DECIMAL.fullmatch(written):
            self.fail("bad_number", tree, number=written[:40])
        return Fraction(written)

    def symbol(self, tree: ast.AST, name: str) -> Type:
        if name not in self.symbols:
            self.fail("unknown_name", tree, name=name, nearest=nearest(name, self.symbols))
        self.names[name] = None
        return self.symbols[name]

    def option(self, tree: ast.expr, choice: Node) -> str:
        """Read an option id that must be one of the choice's own."""
        option = tree.value if isinstance(tree, ast.Constant) else None
        if not isinstance(option, str) or self.written(tree) != f"'{option}'":
            self.fail("type_mismatch", tree, expected="option", found=self.written(tree)[:40])
        assert isinstance(choice.type, Choice | Choices)
        if option not in choice.type.options:
            near = nearest(option, choice.type.options)
            self.fail("unknown_option", tree, option=option, nearest=near, question=choice.name)
        return option

    def unary(self, op: ast.unaryop, node: Node, tree: ast.expr) -> Node:
        place = self.place(tree)
        if isinstance(op, ast.Not):
            return nodes.apply_known(Boolean(), operator.not_, [self.expect(node, Boolean)], place)
        if isinstance(op, ast.USub):
            return nodes.apply_known(node.type, nodes.negative, [self.expect(node, Number)], place)
        self.fail("not_allowed", tree, what=self.written(tree)[:40])

    def logic(self, op: ast.boolop, inputs: Sequence[Node], tree: ast.expr) -> Node:
        for node in inputs:
            self.expect(node, Boolean)
        join = nodes.all_of if isinstance(op, ast.And) else nodes.any_of
        return join(inputs, self.place(tree))

    def arithmetic(self, op: ast.operator, left: Node, right: Node, tree: ast.expr) -> Node:
        place = self.place(tree)
        if isinstance(op, ast.Sub) and isinstance(left.type, Date):
            self.expect(right, Date)
            between = nodes.days_between((left.name, right.name))
            return nodes.apply_known(Number(DAY), between, [left, right], place)
        above, below = self.unit(left), self.unit(right)
        both_literal = _is_literal(left) and _is_literal(right)
        match op:
            case ast.Mult():
                return nodes.apply(Number(above * below, both_literal), multiply, [left, right], place)
            case ast.Div():
                return nodes.apply(Number(above / below, both_literal), divide, [left, right], place)
            case ast.Add() | ast.Sub():
                inputs = self.same_unit([left, right])
                function = add if isinstance(op, ast.Add) else subtract
                return nodes.apply(inputs[0].type, function, inputs, place)
        self.fail("not_allowed", tree, what=self.written(tree)[:40])

    def comparisons(self, tree: ast.Compare, depth: int) -> Node:
        """Read a chain such as `0 < x <= 1`, which means `0 < x and x <= 1`."""
        sides = [tree.left, *tree.comparators]
        pairs = [
            self.comparison(op, left, right, depth)
            for op, left, right in zip(tree.ops, sides, tree.comparators, strict=False)
        ]
        return pairs[0] if len(pairs) == 1 else nodes.all_of(pairs, self.place(tree))

    def comparison(self, op: ast.cmpop, left: ast.expr, right: ast.expr, depth: int) -> Node:
        if isinstance(op, ast.In | ast.NotIn):
            return self.membership(isinstance(op, ast.In), left, right, depth)
        if type(op) not in _SIGNS:
            self.fail("not_allowed", left, what="is")
        holds = _SIGNS[type(op)]
        if _is_text(left) or _is_text(right):
            value, option = (right, left) if _is_text(left) else (left, right)
            return self.equals_option(op, self.read(value, depth), option)
        return self.ordered(holds, self.read(left, depth), self.read(right, depth))

    def equals_option(self, op: ast.cmpop, choice: Node, tree: ast.expr) -> Node:
        if not isinstance(op, ast.Eq | ast.NotEq):
            self.fail("type_mismatch", tree, expected="number", found="option")
        option = self.option(tree, self.expect(choice, Choice))
        wanted = isinstance(op, ast.Eq)
        return nodes.apply_known(
            Boolean(), lambda chosen: (chosen == option) is wanted, [choice], choice.position
        )

    def ordered(self, holds: Callable[[int, int], bool], left: Node, right: Node) -> Node:
        dates = isinstance(left.type, Date)
        inputs = [left, self.expect(right, Date)] if dates else self.same_unit([left, right])
        measure: Callable[[Any, Any], Any] = _compare_dates if dates else compare
        return nodes.apply_known(Boolean(), lambda a, b: holds(measure(a, b), 0), inputs, left.position)

    def membership(self, wanted: bool, left: ast.expr, right: ast.expr, depth: int) -> Node:
        if _is_text(left):
            chosen = self.expect(self.read(right, depth), Choices)
            option = self.option(left, chosen)
            return nodes.apply_known(
                Boolean(), lambda options: (option in options) is wanted, [chosen], self.place(left)
            )
        choice = self.expect(self.read(left, depth), Choice)
        trees = right.elts if isinstance(right, ast.Tuple) else [right]
        listed = frozenset(self.option(tree, choice) for tree in trees)
        return nodes.apply_known(
            Boolean(), lambda chosen: (chosen in listed) is wanted, [choice], self.place(left)
        )

    def conditional(self, tree: ast.IfExp, depth: int) -> Node:
        condition = self.expect(self.read(tree.test, depth), Boolean)
        then, otherwise = self.read(tree.body, depth), self.read(tree.orelse, depth)
        if isinstance(then.type, Number):
            then, otherwise = self.same_unit([then, otherwise])
        elif isinstance(then.type, Text) or then.type != otherwise.type:
            self.fail("type_mismatch", otherwise, expected=kind(then.type), found=kind(otherwise.type))
        return nodes.conditional(condition, then, otherwise, self.place(tree))

    def call(self, tree: ast.Call, depth: int) -> Node:
        name = tree.func.id if isinstance(tree.func, ast.Name) else self.written(tree.func)
        if name not in _FUNCTIONS:
            self.fail("unknown_function", tree, name=name[:40], nearest=nearest(name, _FUNCTIONS))
        wanted, build = _FUNCTIONS[name]
        fits = len(tree.args) >= 2 if wanted == "2+" else len(tree.args) == 1
        if tree.keywords or not fits or any(isinstance(given, ast.Starred) for given in tree.args):
            self.fail("wrong_arguments", tree, name=name, expected=wanted, found=len(tree.args))
        return build(self, name, [self.read(given, depth) for given in tree.args], self.place(tree))

    def expect(self, node: Node, wanted: type[Type]) -> Node:
        if not isinstance(node.type, wanted):
            self.fail("type_mismatch", node, expected=wanted.__name__.lower(), found=kind(node.type))
        return node

    def unit(self, node: Node) -> Unit:
        self.expect(node, Number)
        assert isinstance(node.type, Number)
        return node.type.unit

    def same_unit(self, inputs: Sequence[Node]) -> list[Node]:
        """Give literal numbers the unit of the others, which must agree."""
        units = [self.unit(node) for node in inputs]
        stated = [unit for unit, node in zip(units, inputs, strict=True) if not _is_literal(node)]
        if not stated:
            return list(inputs)
        for unit, node in zip(units, inputs, strict=True):
            if not _is_literal(node) and unit != stated[0]:
                self.fail("unit_mismatch", node, left=str(stated[0]), right=str(unit))
        return [nodes.with_unit(node, stated[0]) if _is_literal(node) else node for node in inputs]


def _is_literal(node: Node) -> bool:
    return isinstance(node.type, Number) and node.type.literal


def _is_text(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)


def _compare_dates(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _named(reader: _Reader, function: str, node: Node) -> Node:
    if not node.name:
        reader.fail("wrong_arguments", node, name=function, expected="name", found="expression")
    return node


def _known(reader: _Reader, name: str, inputs: Sequence[Node], position: int) -> Node:
    return nodes.apply(Boolean(), nodes.is_known, inputs, position)


def _answered(reader: _Reader, name: str, inputs: Sequence[Node], position: int) -> Node:
    question = _named(reader, name, inputs[0]).name
    return nodes.about(question, Boolean(), lambda scope: scope.is_answered(question), position)


def _asked(reader: _Reader, name: str, inputs: Sequence[Node], position: int) -> Node:
    question = _named(reader, name, inputs[0]).name
    return nodes.about(question, Boolean(), lambda scope: scope.is_asked(question), position)


def _when_asked(reader: _Reader, name: str, inputs: Sequence[Node], position: int) -> Node:
    node = _named(reader, name, inputs[0])
    unit = reader.unit(node)
    return nodes.about(node.name, Number(unit), nodes.zero_unless_asked(node.name, unit), position)


def _rounding(function: Callable[[Fraction], int]) -> _Builder:
    def build(reader: _Reader, name: str, inputs: Sequence[Node], position: int) -> Node:
        node = reader.expect(inputs[0], Number)
        return nodes.apply_known(node.type, nodes.rounded(function), [node], position)

    return build


def _extreme(function: Callable[..., Any]) -> _Builder:
    def build(reader: _Reader, name: str, inputs: Sequence[Node], position: int) -> Node:
        alike = reader.same_unit(inputs)
        return nodes.apply_known(alike[0].type, function, alike, position)

    return build


def _count(reader: _Reader, name: str, inputs: Sequence[Node], position: int) -> Node:
    node = reader.expect(inputs[0], Choices)
    return nodes.apply_known(Number(ONE), nodes.how_many(node.name), [node], position)


_Builder = Callable[[_Reader, str, Sequence[Node], int], Node]

_FUNCTIONS: dict[str, tuple[str, _Builder]] = {
    "known": ("1", _known),
    "answered": ("1", _answered),
    "asked": ("1", _asked),
    "when_asked": ("1", _when_asked),
    "ceil": ("1", _rounding(round_up)),
    "floor": ("1", _rounding(round_down)),
    "min": ("2+", _extreme(nodes.smallest)),
    "max": ("2+", _extreme(nodes.largest)),
    "count": ("1", _count),
}
