"""The plan as Markdown, for the terminal and for pasting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checklist.wording.view import ChainView, Fact, KpiView, SectionView, Shown, WordedPlan

MARKUP = re.compile(r"[\\`*_\[\]<>|]")


def markdown(view: WordedPlan) -> str:
    """Return the plan as CommonMark with tables."""
    return "\n".join(_lines(view)) + "\n"


def _lines(view: WordedPlan) -> Iterator[str]:
    words = view.words
    yield f"# {_plain(view.title)}"
    yield f"\n{_plain(view.kgi_sentence)}\n\n{view.verdict_text} — {view.verdict_body}"
    yield f"\n## {words['headings.kgi']}\n"
    yield from _facts(view.kgi, words)
    yield f"\n## {words['headings.items']}\n"
    for item in view.items:
        verdict = _bracketed(item.verdict_text, item.score_text, words)
        yield f"- {_labelled(item.title, verdict, words)}"
    yield f"\n## {words['headings.chain']}\n"
    yield from _chain(view.chain, words)
    yield from _facts(view.schedule, words)
    if view.schedule_note:
        yield f"\n{view.schedule_note}"
    for section in view.goal_sections:
        yield from _section(section, words)
    yield f"\n## {words['headings.kpis']}\n"
    yield from _kpis(view.kpis, words)
    for section in view.kpi_sections:
        yield from _section(section, words)
    yield f"\n## {words['headings.findings']}\n"
    for finding in view.findings:
        yield f"- [{finding.severity_text}] {_labelled(finding.title, finding.body, words)}"
    yield f"\n## {words['headings.todos']}\n"
    for todo in view.todos:
        yield f"- [ ] {_plain(todo.text)}"
    if view.sources:
        yield f"\n## {words['headings.sources']}\n"
    for source in view.sources:
        yield f"- {_plain(source)}"
    yield f"\n{view.footer}"


def _section(section: SectionView, words: dict[str, str]) -> Iterator[str]:
    yield f"\n## {_plain(section.title)}"
    for sentence in section.intro:
        yield f"\n{_plain(sentence)}"
    for table in section.tables:
        if table.caption != section.title:
            yield f"\n### {_plain(table.caption)}"
        yield from _table_head([_plain(column.title) for column in table.columns])
        for row in table.rows:
            yield _table_row([_noted(cell, words) for cell in row])
    if section.notes:
        yield ""
    for note in section.notes:
        yield f"- {_plain(note)}"


def _facts(facts: Iterable[Fact], words: dict[str, str]) -> Iterator[str]:
    for fact in facts:
        yield f"- {_labelled(_plain(fact.label), _value(fact.shown, words), words)}"


def _chain(chain: ChainView, words: dict[str, str]) -> Iterator[str]:
    yield _plain(chain.message)
    if chain.stages:
        names = ("stage", "rate", "exact", "required", "required_80", "required_90", "run_rate", "uplift")
        yield from _table_head([words[f"labels.{name}"] for name in names])
        for row in (*chain.stages, *chain.routes):
            rate = [_marked(row.rate.shown, words)] if row.rate else [""]
            numbers = (row.exact, row.required, row.required_80, row.required_90, row.run_rate, row.uplift)
            yield _table_row([_plain(row.title), *rate, *(_marked(shown, words) for shown in numbers)])
    for line in (chain.forward_check, *chain.chance, *chain.footnotes):
        if line:
            yield f"\n{_plain(line)}"
    yield ""


def _kpis(kpis: Iterable[KpiView], words: dict[str, str]) -> Iterator[str]:
    columns = [words["labels.kpi"], words["labels.role"], words["labels.baseline"]]
    columns += [words[f"targets.{name}"] for name in ("must", "target", "stretch")]
    yield from _table_head(columns)
    for kpi in kpis:
        numbers = (kpi.baseline, kpi.must, kpi.target, kpi.stretch)
        yield _table_row([_plain(kpi.title), kpi.role_text, *(_marked(shown, words) for shown in numbers)])


def _table_head(cells: list[str]) -> Iterator[str]:
    yield ""
    yield _table_row(cells)
    yield _table_row(["---"] * len(cells))


def _table_row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _marked(shown: Shown, words: dict[str, str]) -> str:
    """Return a value with the mark of a provisional one, and the reason where there can be none."""
    text = _value(shown, words) if shown.state == "impossible" else _plain(shown.text)
    return _bracketed(text, _plain(_mark(shown, words)), words)


def _noted(shown: Shown, words: dict[str, str]) -> str:
    """Return a value with its mark and its note."""
    marked = _bracketed(shown.text, _mark(shown, words), words)
    return _plain(_bracketed(marked, shown.note, words))


def _value(shown: Shown, words: dict[str, str]) -> str:
    return _plain(_bracketed(shown.text, shown.note, words))


def _mark(shown: Shown, words: dict[str, str]) -> str:
    return words["labels.provisional_mark"] if shown.provisional else ""


def _bracketed(text: str, note: str, words: dict[str, str]) -> str:
    return words["document.bracketed"].format(text=text, note=note) if note else text


def _labelled(label: str, text: str, words: dict[str, str]) -> str:
    return words["document.labelled"].format(label=label, text=text)


def _plain(text: str) -> str:
    """Keep what people typed from being read as markup or as a second line."""
    return " ".join(MARKUP.sub(r"\\\g<0>", text).split())
