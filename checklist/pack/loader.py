"""Loading a pack: read, check the shape, bind, check the content, and report every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from checklist.errors import PackError, PackProblem
from checklist.pack import catalogue, fields, files, firing, lint, models
from checklist.pack.binding import Bound, bind
from checklist.pack.compiled import Pack
from checklist.pack.placing import Parts
from checklist.pack.problems import Placed, Problems
from checklist.pack.reading import Document, read_yaml
from checklist.pack.scoring import Scoring
from checklist.pack.shapes import check_shape

T = TypeVar("T", bound=BaseModel)

_ID = re.compile(r"\bid:[ \t]*[\"']?([a-z][a-z0-9_]*)")


class _Kpis(fields.Model):
    kpis: tuple[catalogue.Kpi, ...]


class _Picks(fields.Model):
    picks: tuple[models.Pick, ...]


class _Benchmarks(fields.Model):
    benchmarks: tuple[catalogue.Benchmark, ...]


class _Terms(fields.Model):
    terms: tuple[catalogue.Term, ...]


class _Findings(fields.Model):
    findings: tuple[models.FindingRule, ...]


class _Formulas(fields.Model):
    formulas: tuple[models.Formula, ...]


def load_pack(path: str | Path, thorough: bool = False) -> Pack:
    """Load the pack in a folder; raise PackError with every problem found in any of its files.

    `thorough` also searches for rules that can never fire, or always do, which takes seconds.
    """
    problems = Problems()
    contents = files.read_files(Path(path), problems)
    documents = {name: _read(name, content, problems) for name, content in contents.items()}
    manifest = _one(documents.get("pack.yaml"), models.Manifest, problems)
    if manifest is None:
        raise PackError(problems.sorted())
    parts = _parts(manifest, documents, problems)
    bound = bind(parts, problems)
    lint.check(parts, bound, problems)
    if thorough and not problems.found:
        firing.check(parts, bound, problems)
    if problems.found:
        raise PackError(problems.sorted())
    return _pack(parts, bound, files.content_hash(contents))


def _read(name: str, content: bytes, problems: Problems) -> Document:
    try:
        document = read_yaml(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        document = Document(name, "", problems=[PackProblem(name, 1, 1, "not_utf8", {"byte": error.start})])
    problems.found.extend(document.problems)
    if document.content is None and document.problems:
        problems.leave_out(document, _ID.findall(document.text))
    return document


def _parts(manifest: Placed[models.Manifest], documents: Mapping[str, Document], problems: Problems) -> Parts:
    def in_folder(folder: str) -> list[Document]:
        return [document for name, document in documents.items() if name.startswith(f"{folder}/")]

    return Parts(
        manifest,
        sections=_whole(in_folder("sections"), models.Section, problems),
        items=_whole(in_folder("checks"), models.Item, problems),
        kpis=_listed(in_folder("kpis"), _Kpis, "kpis", catalogue.Kpi, problems),
        picks=_listed(in_folder("picks"), _Picks, "picks", models.Pick, problems),
        funnels=_whole(in_folder("funnels"), models.Funnel, problems),
        benchmarks=_listed(in_folder("benchmarks"), _Benchmarks, "benchmarks", catalogue.Benchmark, problems),
        terms=_listed(in_folder("glossary"), _Terms, "terms", catalogue.Term, problems),
        findings=_listed(in_folder("findings"), _Findings, "findings", models.FindingRule, problems),
        formulas=_listed(in_folder("formulas"), _Formulas, "formulas", models.Formula, problems),
        scoring=_whole(in_folder("scoring"), Scoring, problems),
    )


def _one(document: Document | None, model: type[T], problems: Problems) -> Placed[T] | None:
    if document is None or document.content is None and document.problems:
        return None
    found = check_shape(document, model, problems)
    return None if found is None else Placed(found, document)


def _whole(documents: Iterable[Document], model: type[T], problems: Problems) -> list[Placed[T]]:
    """Return files that hold one part each."""
    return [placed for document in documents if (placed := _one(document, model, problems))]


def _listed(
    documents: Iterable[Document], file: type[fields.Model], key: str, model: type[T], problems: Problems
) -> list[Placed[T]]:
    """Return the parts of files that hold a list of them."""
    return [
        Placed(part, whole.document, (key, index))
        for whole in _whole(documents, file, problems)
        for index, part in enumerate(getattr(whole.model, key))
    ]


def _models(placed: Iterable[Placed[T]]) -> tuple[T, ...]:
    return tuple(part.model for part in placed)


def _in_order_of_entries(parts: Parts) -> tuple[models.Item, ...]:
    """Return the items in the order in which the questionnaire comes to their checks."""
    items = {item.id: item for item in _models(parts.items)}
    entries = [entry for section in parts.sections for entry in section.model.questions]
    return tuple(
        items[entry.item]
        for entry in entries
        if isinstance(entry, models.Entry) and entry.generate == "checks" and entry.item
    )


def _pack(parts: Parts, bound: Bound, content_hash: str) -> Pack:
    return Pack(
        manifest=parts.manifest.model,
        hash=content_hash,
        sections=tuple(bound.sections),
        questions=bound.questions,
        items=_in_order_of_entries(parts),
        funnels={funnel.id: funnel for funnel in _models(parts.funnels)},
        kpis={kpi.id: kpi for kpi in _models(parts.kpis)},
        picks=_models(parts.picks),
        benchmarks={benchmark.id: benchmark for benchmark in _models(parts.benchmarks)},
        terms={term.id: term for term in _models(parts.terms)},
        findings=_models(parts.findings),
        formulas={formula.id: formula for formula in _models(parts.formulas)},
        formula_order=bound.formula_order,
        scoring={scoring.id: scoring for scoring in _models(parts.scoring)},
        expressions=bound.expressions,
    )
