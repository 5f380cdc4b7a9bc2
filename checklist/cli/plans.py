"""The commands for answers: plan, route and template."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import click

from checklist.cli import files
from checklist.cli.files import LANGUAGE, PACK
from checklist.planning.plan import Plan, make_plan
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import Path as Route
from checklist.questionnaire.routing import route as find_route
from checklist.questionnaire.values import Answers
from checklist.wording import Words, present, problem_text
from checklist.wording.view import WordedPlan
from checklist.worksheet.schema import plan_json, schema_json
from checklist.worksheet.tables import csv_tables
from checklist.worksheet.template import answers_template
from checklist.worksheet.text import markdown

Rendering = Callable[[Plan, WordedPlan], bytes]


@click.command()
@click.argument("answers_file", type=click.File("rb"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="plan.pdf, .md, .csv, .ics or .json")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day the plan is made; default today.")
@LANGUAGE
@PACK
def plan(
    answers_file: BinaryIO, output: Path | None, as_json: bool, today: Any, lang: str | None, pack_path: Path
) -> None:
    """Make the plan of an answers file."""
    pack, phrases = files.open_pack(pack_path, lang or "ja")
    answers = files.open_answers(pack, phrases, answers_file, lang)
    made = make_plan(pack, answers, today.date() if today else date.today())
    view = present(made, pack, phrases, lang or answers.language)
    kind = "json" if as_json and output is None else (output.suffix[1:] if output else "md")
    files.write(_rendering(kind)(made, view), output)


def _rendering(kind: str) -> Rendering:
    renderings: dict[str, Rendering] = {
        "csv": lambda made, view: csv_tables(view),
        "ics": _calendar,
        "json": plan_json,
        "md": lambda made, view: markdown(view).encode(),
        "pdf": lambda made, view: _pdf(view),
    }
    if kind not in renderings:
        raise click.BadParameter(f"cannot write .{kind}; choose one of: {', '.join(sorted(renderings))}")
    return renderings[kind]


def _pdf(view: WordedPlan) -> bytes:
    # Imported only here, so that every other command starts without the printer.
    from checklist.worksheet.printer import print_once

    return print_once(view)


def _calendar(made: Plan, view: WordedPlan) -> bytes:
    # The same holds for the calendar library.
    from checklist.worksheet.calendar import calendar

    return calendar(made, view)


@click.command()
def schema() -> None:
    """Print the JSON Schema of the plan's JSON."""
    sys.stdout.buffer.write(schema_json())


@click.command()
@click.argument("answers_file", type=click.File("rb"))
@LANGUAGE
@PACK
def route(answers_file: BinaryIO, lang: str | None, pack_path: Path) -> None:
    """Say what is asked next, how far it is, and what is wrong, as JSON."""
    pack, phrases = files.open_pack(pack_path, lang or "ja")
    answers = read_answers(pack, files.open_document(phrases, lang or "ja", answers_file))
    words = Words(pack, phrases, lang or answers.language)
    sys.stdout.buffer.write(files.json_bytes(_route_document(words, answers, find_route(pack, answers))))
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
@click.argument("campaign")
@LANGUAGE
@PACK
def template(campaign: str, lang: str | None, pack_path: Path) -> None:
    """Print an answers file to fill in, with every question, its unit and its options."""
    pack, phrases = files.open_pack(pack_path, lang or "ja")
    if campaign not in pack.funnels:
        raise click.BadParameter(f"choose one of: {', '.join(pack.funnels)}", param_hint="CAMPAIGN")
    sys.stdout.buffer.write(answers_template(Words(pack, phrases, lang or "ja"), campaign).encode())
