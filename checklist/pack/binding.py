"""Binding a pack: every expression is parsed against the names that it may read where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from checklist.errors import ChecklistError, ExpressionError
from checklist.expression import Boolean, Expression, Number, Type, order, parse
from checklist.expression.types import kind
from checklist.pack.columns import bind_columns
from checklist.pack.compiled import BoundOption, BoundQuestion, BoundSection
from checklist.pack.models import FindingRule, Formula, Item
from checklist.pack.placing import Parts, Slot, place_questions
from checklist.pack.problems import Path, Placed, Problems
from checklist.pack.reading import Document
from checklist.pack.vocabulary import fact_types, kpi_fact_types
from checklist.quantity import Unit


@dataclass(slots=True)
class Bound:
    """What binding brings forth, and what the content rules look at."""

    slots: list[Slot]
    first_slot: dict[str, int]
    sections: list[BoundSection] = field(default_factory=list)
    questions: dict[str, BoundQuestion] = field(default_factory=dict)
    expressions: dict[str, Expression] = field(default_factory=dict)
    formula_order: tuple[str, ...] = ()
    types: dict[str, Type] = field(default_factory=dict)


def bind(parts: Parts, problems: Problems) -> Bound:
    """Bind all parts; what cannot be bound is left out and noted."""
    binder = _Binder(parts, problems)
    binder.bind_formulas()
    binder.bind_sections()
    binder.bind_rules()
    binder.bound.types = binder.symbols | kpi_fact_types("kpi") | kpi_fact_types("current_kpi")
    return binder.bound


class _Binder:
    def __init__(self, parts: Parts, problems: Problems) -> None:
        self.parts = parts
        self.problems = problems
        self.bound = Bound(*place_questions(parts, problems))
        self.symbols: dict[str, Type] = {}
        self.facts = fact_types(placed.model for placed in parts.funnels)
        self.places: dict[str, int] = {}
        self.reads: dict[str, tuple[str, ...]] = {}
        for index, slot in enumerate(self.bound.slots):
            self.symbols.setdefault(slot.id, slot.type)
            self.places.setdefault(slot.id, index)

    def bind_formulas(self) -> None:
        formulas: dict[str, Placed[Formula]] = {}
        for placed in self.parts.formulas:
            if placed.model.id in self.symbols:
                continue
            try:
                unit = Unit.parse(placed.model.unit)
            except ChecklistError as error:
                self.problems.about(placed, error.code, "unit", **error.params)
                self.problems.broken.add(placed.model.id)
                continue
            formulas[placed.model.id] = placed
            self.symbols.setdefault(placed.model.id, Number(unit))
        parsed = {name: found for name, placed in formulas.items() if (found := self.formula(placed))}
        self.reads = {name: expression.names for name, expression in parsed.items()}
        self.bound.formula_order = self.in_order(parsed, formulas)
        self.bound.expressions.update((f"formula.{name}", parsed[name]) for name in self.bound.formula_order)

    def formula(self, placed: Placed[Formula]) -> Expression | None:
        wanted = self.symbols[placed.model.id]
        path = (*placed.path, "formula")
        expression = self.parse(placed.model.formula, placed.document, path)
        if expression is None or expression.type == wanted:
            return expression
        found = expression.type
        if isinstance(found, Number) and isinstance(wanted, Number):
            left, right = str(wanted.unit), str(found.unit)
            self.problems.add(placed.document, path, "unit_mismatch", left=left, right=right)
        else:
            self.problems.add(placed.document, path, "type_mismatch", expected="number", found=kind(found))
        return None

    def in_order(
        self, parsed: dict[str, Expression], formulas: Mapping[str, Placed[Formula]]
    ) -> tuple[str, ...]:
        """Return the formulas in the order of working out, less those that go round in a circle."""
        rest = dict(parsed)
        while True:
            try:
                return order(rest)
            except ExpressionError as error:
                path = str(error.params["path"])
                names = path.split(" -> ")
                self.problems.about(formulas[names[0]], "cycle", "formula", path=path)
                for name in names[:-1]:
                    rest.pop(name, None)
                    self.problems.broken.add(name)
                    self.reads.pop(name, None)

    def bind_sections(self) -> None:
        by_section: dict[str, list[BoundQuestion]] = {}
        for index, slot in enumerate(self.bound.slots):
            question = self.bind_question(slot, index)
            by_section.setdefault(slot.section, []).append(question)
            self.bound.questions.setdefault(question.id, question)
        for placed in self.parts.sections:
            section, first = placed.model, self.bound.first_slot[placed.model.id]
            path = (*placed.path, "show_when")
            shown = self.condition(section.show_when, placed.document, path, first)
            self.bound.sections.append(BoundSection(section, shown, tuple(by_section.get(section.id, ()))))

    def bind_question(self, slot: Slot, index: int) -> BoundQuestion:
        draft, question = slot.draft, slot.draft.question
        shown = self.condition(question.show_when, slot.document, (*slot.path, "show_when"), index)
        if draft.check and shown:
            self.bound.expressions[f"check.{draft.check.id}.show_when"] = shown
        options = tuple(
            BoundOption(
                option,
                self.condition(
                    option.show_when, slot.document, (*slot.path, "options", place, "show_when"), index
                ),
            )
            for place, option in enumerate(question.options)
        )
        return BoundQuestion(
            question=question,
            section=slot.section,
            kind=draft.kind,
            type=slot.type,
            unit=slot.unit,
            show_when=shown,
            options=options,
            ends=draft.ends,
            funnels=draft.funnels,
            kpi=draft.kpi,
            columns=bind_columns(self.parts, slot, self.problems),
        )

    def bind_rules(self) -> None:
        """Bind what is not a question: picks, routes, findings and computed checks."""
        everything = len(self.bound.slots)
        firsts = {slot.draft.kind: index for index, slot in reversed(list(enumerate(self.bound.slots)))}
        for pick in self.parts.picks:
            before = min(firsts.get("kpi_baseline", everything), firsts.get("kpi_target", everything))
            self.keep(f"pick.{pick.model.id}", pick.model.when, pick, ("when",), before)
        before = min(firsts.get("rate", everything), firsts.get("stock_rate", everything))
        for funnel in self.parts.funnels:
            for index, route in enumerate(funnel.model.routes):
                path = ("routes", index, "show_when")
                self.keep(f"route.{route.id}", route.show_when, funnel, path, before)
        self.bind_scoring(everything)
        self.symbols = {**self.facts, **self.symbols}
        for finding in self.parts.findings:
            self.bind_finding(finding, everything)
        for item in self.parts.items:
            self.bind_computed(item, everything)

    def bind_finding(self, finding: Placed[FindingRule], everything: int) -> None:
        """Bind a rule; one about every KPI may also read that KPI's facts, and has to."""
        rule, plan_symbols = finding.model, self.symbols
        kpi_facts = kpi_fact_types(rule.each)
        self.symbols = {**plan_symbols, **kpi_facts}
        self.keep(f"finding.{rule.id}", rule.when, finding, ("when",), everything)
        self.symbols = plan_symbols
        bound = self.bound.expressions.get(f"finding.{rule.id}")
        if bound and rule.each != "plan" and not kpi_facts.keys() & set(bound.names):
            self.problems.about(finding, "each_reads_no_kpi", "each", each=rule.each)

    def bind_scoring(self, everything: int) -> None:
        for scoring in self.parts.scoring:
            for key in ("rules", "triggers", "notes"):
                for index, part in enumerate(getattr(scoring.model, key)):
                    name = f"scoring.{scoring.model.id}.{key}.{part.id}"
                    self.keep(name, part.when, scoring, (key, index, "when"), everything)

    def bind_computed(self, item: Placed[Item], everything: int) -> None:
        for index, check in enumerate(item.model.checks):
            if check.computed is None:
                continue
            path: Path = ("checks", index)
            computed = (*path, "computed")
            self.keep(f"check.{check.id}.yes", check.computed.yes, item, (*computed, "yes"), everything)
            self.keep(
                f"check.{check.id}.partly", check.computed.partly, item, (*computed, "partly"), everything
            )
            place = (*path, "show_when")
            self.keep(f"check.{check.id}.show_when", check.show_when, item, place, everything)

    def keep(self, name: str, text: str | None, placed: Placed[Any], within: Path, before: int) -> None:
        expression = self.condition(text, placed.document, (*placed.path, *within), before)
        if expression:
            self.bound.expressions[name] = expression

    def condition(self, text: str | None, document: Document, path: Path, before: int) -> Expression | None:
        """Parse a condition that may only read the questions before place `before`."""
        expression = self.parse(text, document, path) if text else None
        if expression is None:
            return None
        if not isinstance(expression.type, Boolean):
            found = kind(expression.type)
            self.problems.add(document, path, "type_mismatch", expected="boolean", found=found)
            return None
        for name in expression.names:
            behind = self.questions_behind(name, frozenset())
            later = next((question for question in behind if self.places[question] >= before), None)
            if later is not None:
                self.looks_ahead(expression, name, later, document, path)
        return expression

    def questions_behind(self, name: str, seen: frozenset[str]) -> Iterator[str]:
        """Yield the questions that a name stands for: itself, or all that a formula reads."""
        if name in self.places:
            yield name
        elif name in self.reads and name not in seen:
            for read in self.reads[name]:
                yield from self.questions_behind(read, seen | {name})

    def looks_ahead(
        self, expression: Expression, name: str, question: str, document: Document, path: Path
    ) -> None:
        word = re.search(rf"\b{name}\b", expression.source)
        error = ExpressionError("looks_ahead", word.start() if word else 0, question=question)
        self.problems.add_expression(document, path, error)

    def parse(self, text: str, document: Document, path: Path) -> Expression | None:
        try:
            return parse(text, self.symbols)
        except ExpressionError as error:
            self.problems.add_expression(document, path, self.not_allowed(error))
            return None

    def not_allowed(self, error: ExpressionError) -> ExpressionError:
        """Return a clearer error for a name that exists, but not where the expression stands."""
        name = error.params.get("name")
        if error.code != "unknown_name":
            return error
        if name in self.facts:
            return ExpressionError("fact_not_allowed", error.position, name=name)
        if name in kpi_fact_types("kpi") | kpi_fact_types("current_kpi"):
            each = "kpi" if name in kpi_fact_types("kpi") else "current_kpi"
            return ExpressionError("kpi_fact_not_allowed", error.position, name=name, each=each)
        return error
