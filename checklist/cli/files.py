"""What every command shares: opening packs and answers, printing, and failing in sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import click

from checklist.errors import PackError, PackProblem
from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.pack.reading import read_yaml
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.values import Answers
from checklist.wording import Phrases, Words, load_phrases, pack_problem_text, problem_text

CONTENT = Path(__file__).parents[2] / "content"
LANGUAGE = click.option("--lang", type=click.Choice(["ja", "en"]), help="Language of the words.")
PACK = click.option("--pack", "pack_path", type=click.Path(path_type=Path), default=CONTENT / "btob")


def json_bytes(value: dict[str, Any]) -> bytes:
    """Return JSON as it is printed."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def write(content: bytes, output: Path | None) -> None:
    """Write to a file and say so, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        output.write_bytes(content)
        click.echo(str(output), err=True)


def open_pack(pack_path: Path, language: str) -> tuple[Pack, Phrases]:
    """Load a pack and the phrases, or fail with every problem."""
    phrases = load_phrases(CONTENT / "phrases")
    try:
        return load_pack(pack_path), phrases
    except PackError as error:
        fail(pack_problems(phrases, language, error))


def pack_problems(phrases: Phrases, language: str, error: PackError) -> Iterable[str]:
    """Word every problem of a pack."""
    return sentences(phrases, language, error.problems)


def sentences(phrases: Phrases, language: str, problems: Iterable[PackProblem]) -> Iterable[str]:
    """Word problems of files."""
    return (pack_problem_text(phrases, language, problem) for problem in problems)


def open_answers(pack: Pack, phrases: Phrases, file: BinaryIO, language: str | None) -> Answers:
    """Read an answers file, or fail with every problem."""
    answers = read_answers(pack, open_document(phrases, language or "ja", file))
    if answers.problems:
        words = Words(pack, phrases, language or answers.language)
        fail(
            f"{problem.question_id or file.name}: {problem_text(words, problem.code, problem.params)}"
            for problem in answers.problems
        )
    return answers


def open_document(phrases: Phrases, language: str, file: BinaryIO) -> Any:
    """Read a YAML file that a person wrote, or fail."""
    try:
        read = read_yaml(file.read().decode("utf-8-sig"), file.name)
    except UnicodeDecodeError:
        fail([f"{file.name}: {phrases.text(language, 'problems.not_utf8')}"])
    if read.problems:
        fail(sentences(phrases, language, read.problems))
    return read.content


def say(lines: Iterable[str]) -> None:
    """Print lines for people."""
    for line in lines:
        click.echo(line, err=True)


def fail(lines: Iterable[str]) -> NoReturn:
    """Print lines for people and exit with 1."""
    say(lines)
    sys.exit(1)
