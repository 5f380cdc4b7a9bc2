"""The commands that need no web: plan, route, lint and template."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import click

from checklist.errors import PackError, PackProblem
from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.pack.reading import read_yaml
from checklist.planning.document import document
from checklist.planning.plan import make_plan
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import Path as Route
from checklist.questionnaire.routing import route as find_route
from checklist.questionnaire.values import Answers
from checklist.wording import Phrases, Words, load_phrases, pack_problem_text, present, problem_text
from checklist.wording.view import WordedPlan
from checklist.worksheet.template import answers_template
from checklist.worksheet.text import markdown

CONTENT = Path(__file__).parent.parent / "content"
LANGUAGE = click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the words.")
PACK = click.option("--pack", "pack_path", type=click.Path(path_type=Path), default=CONTENT / "btob")


@click.command()
@click.argument("answers_file", type=click.File("rb"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="plan.pdf, plan.json or plan.md")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day the plan is made; default today.")
@LANGUAGE
@PACK
def plan(
    answers_file: BinaryIO, output: Path | None, as_json: bool, today: Any, lang: str | None, pack_path: Path
) -> None:
    """Make the plan of an answers file."""
    pack, phrases = _load(pack_path, lang or "ja")
    answers = _answers(pack, phrases, answers_file, lang)
    language = lang or answers.language
    made = make_plan(pack, answers, today.date() if today else date.today())
    view = present(made, pack, phrases, language)
    exported = {**document(made), "language": language, "words": asdict(view)}
    kind = "json" if as_json and output is None else (output.suffix[1:] if output else "md")
    _write(_rendering(kind)(view, exported), output)


def _rendering(kind: str) -> Callable[[WordedPlan, dict[str, Any]], bytes]:
    renderings: dict[str, Callable[[WordedPlan, dict[str, Any]], bytes]] = {
        "json": lambda view, exported: _json(exported),
        "md": lambda view, exported: markdown(view).encode(),
        "pdf": lambda view, exported: _pdf(view),
    }
    if kind not in renderings:
        raise click.BadParameter(f"cannot write .{kind}; choose one of: {', '.join(sorted(renderings))}")
    return renderings[kind]


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _pdf(view: WordedPlan) -> bytes:
    # Imported only here, so that every other command starts without the printer.
    from checklist.worksheet.printer import print_once

    return print_once(view)


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        click.echo(str(output), err=True)


@click.command()
@click.argument("answers_file", type=click.File("rb"))
@LANGUAGE
@PACK
def route(answers_file: BinaryIO, lang: str | None, pack_path: Path) -> None:
    """Say what is asked next, how far it is, and what is wrong, as JSON."""
    pack, phrases = _load(pack_path, lang or "ja")
    answers = read_answers(pack, _document(phrases, lang or "ja", answers_file))
    words = Words(pack, phrases, lang or answers.language)
    sys.stdout.buffer.write(_json(_route_document(words, answers, find_route(pack, answers))))
    sys.exit(1 if answers.problems else 0)


def _route_document(words: Words, answers: Answers, path: Route) -> dict[str, Any]:
    return {
        "path": answers.path,
        "answered": path.answered,
        "asked": path.asked,
        "next": {"section": path.next[0], "question": path.next[1], "title": words.title(path.next[1])}
        if path.next
        else None,
        "sections": [
            {
                "id": section.section.id,
                "state": section.state,
                "answered": section.answered,
                "asked": section.asked,
                "questions": [question.id for question in section.questions],
            }
            for section in path.sections
        ],
        "problems": [
            {
                "question": problem.question_id,
                "code": problem.code,
                "message": problem_text(words, problem.code, problem.params),
            }
            for problem in answers.problems
        ],
    }


@click.command()
@click.argument("pack_path", type=click.Path(path_type=Path), default=CONTENT / "btob")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@LANGUAGE
def lint(pack_path: Path, as_json: bool, lang: str | None) -> None:
    """Check a pack and print every problem as file:line:column."""
    try:
        pack = load_pack(pack_path)
    except PackError as error:
        phrases = load_phrases(CONTENT / "phrases")
        if as_json:
            sys.stdout.buffer.write(_json({"problems": [asdict(problem) for problem in error.problems]}))
        _say(_pack_problems(phrases, lang or "en", error))
        sys.exit(1)
    click.echo(f"{pack.id} {pack.manifest.version}: ok", err=True)


@click.command()
@click.argument("campaign")
@LANGUAGE
@PACK
def template(campaign: str, lang: str | None, pack_path: Path) -> None:
    """Print an answers file to fill in, with every question, its unit and its options."""
    pack, phrases = _load(pack_path, lang or "ja")
    if campaign not in pack.funnels:
        raise click.BadParameter(f"choose one of: {', '.join(pack.funnels)}", param_hint="CAMPAIGN")
    sys.stdout.buffer.write(answers_template(Words(pack, phrases, lang or "ja"), campaign).encode())


def _load(pack_path: Path, language: str) -> tuple[Pack, Phrases]:
    phrases = load_phrases(CONTENT / "phrases")
    try:
        return load_pack(pack_path), phrases
    except PackError as error:
        _fail(_pack_problems(phrases, language, error))


def _pack_problems(phrases: Phrases, language: str, error: PackError) -> Iterable[str]:
    return _sentences(phrases, language, error.problems)


def _sentences(phrases: Phrases, language: str, problems: Iterable[PackProblem]) -> Iterable[str]:
    return (pack_problem_text(phrases, language, problem) for problem in problems)


def _answers(pack: Pack, phrases: Phrases, file: BinaryIO, language: str | None) -> Answers:
    answers = read_answers(pack, _document(phrases, language or "ja", file))
    if answers.problems:
        words = Words(pack, phrases, language or answers.language)
        _fail(
            f"{problem.question_id or file.name}: {problem_text(words, problem.code, problem.params)}"
            for problem in answers.problems
        )
    return answers


def _document(phrases: Phrases, language: str, file: BinaryIO) -> Any:
    try:
        read = read_yaml(file.read().decode("utf-8-sig"), file.name)
    except UnicodeDecodeError:
        _fail([f"{file.name}: {phrases.text(language, 'problems.not_utf8')}"])
    if read.problems:
        _fail(_sentences(phrases, language, read.problems))
    return read.content


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)


def _fail(lines: Iterable[str]) -> NoReturn:
    _say(lines)
    sys.exit(1)


commands = (plan, route, lint, template)
