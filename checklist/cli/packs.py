"""The commands for packs: lint, and the pack's own tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from checklist.cli import files
from checklist.cli.files import CONTENT, LANGUAGE
from checklist.errors import PackError
from checklist.pack.loader import load_pack
from checklist.pack.problems import Problems
from checklist.planning.situations import Trial, try_pack
from checklist.wording import load_phrases


@click.command()
@click.argument("pack_path", type=click.Path(path_type=Path), default=CONTENT / "btob")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@LANGUAGE
def lint(pack_path: Path, as_json: bool, lang: str | None) -> None:
    """Check a pack and print every problem as file:line:column."""
    try:
        pack = load_pack(pack_path, thorough=True)
    except PackError as error:
        phrases = load_phrases(CONTENT / "phrases")
        if as_json:
            sys.stdout.buffer.write(
                files.json_bytes({"problems": [asdict(problem) for problem in error.problems]})
            )
        files.say(files.pack_problems(phrases, lang or "en", error))
        sys.exit(1)
    click.echo(f"{pack.id} {pack.manifest.version}: ok", err=True)


@click.group()
def pack() -> None:
    """Work on a pack."""


@pack.command("test")
@click.argument("pack_path", type=click.Path(path_type=Path), default=CONTENT / "btob")
@LANGUAGE
def test_pack(pack_path: Path, lang: str | None) -> None:
    """Run the pack's own situations and say which rules and picks none of them reaches."""
    loaded, phrases = files.open_pack(pack_path, lang or "en")
    problems = Problems()
    trial = try_pack(loaded, pack_path, problems)
    files.say(files.sentences(phrases, lang or "en", problems.sorted()))
    files.say(_report(trial))
    sys.exit(0 if trial.passed and not problems.found else 1)


def _report(trial: Trial) -> Iterator[str]:
    for outcome in trial.outcomes:
        yield f"{'not as expected' if outcome.wrong else 'ok'}: {outcome.file}: {outcome.name}"
        yield from (f"  {line}" for line in outcome.wrong)
    yield from (f"no situation reaches the pick {name}" for name in trial.never_picked)
    yield from (f"no situation reaches the rule {name}" for name in trial.never_found)
    wrong = sum(bool(outcome.wrong) for outcome in trial.outcomes)
    yield f"{len(trial.outcomes)} situations, {wrong} not as expected"
