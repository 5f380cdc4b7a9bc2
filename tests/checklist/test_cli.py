"""The commands that need no web, as a person or a script runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from checklist.cli import commands
from checklist.pack.compiled import Pack
from tests.answering import typed_for
from tests.builders import PACKS, edited_pack, overlaid_pack

SHIRUBE = click.Group("shirube", commands={command.name: command for command in commands if command.name})
TODAY = ["--today", "2026-11-24"]
EXAMPLES = ("robot_trade_show", "saas_ma_rollout", "sensor_maker_site_renewal")
ANSWERS = object()
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")

Run = Callable[..., Result]
WORKED = """
path: quick
answers:
  campaign: site_renewal
  purpose: acquisition
  campaign_date: 2027-01-15
  kgi_kind: amount
  kgi_amount: 1億円
  kgi_date: 2027-12-31
  existing_revenue: 0
  share: 100%
  average_deal: 300万円
  lead_to_opportunity: 20%
  opportunity_to_deal: 25%
  lead_to_opportunity_time: 1か月
  opportunity_to_deal_time: 3か月
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in this process; ANSWERS stands for the path of a file that holds what is `given`."""

    def run_command(*arguments: object, given: str = "") -> Result:
        answers = tmp_path / "answers.yaml"
        answers.write_text(given, encoding="utf-8")
        line = [str(answers if argument is ANSWERS else argument) for argument in arguments]
        result = CliRunner().invoke(SHIRUBE, line)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_command


def required(plan: dict[str, Any]) -> list[str]:
    return [stage["required"]["value"] for stage in plan["chain"]["stages"]]


def test_a_plan_is_printed_as_json_and_nothing_else_is(run: Run) -> None:
    result = run("plan", ANSWERS, "--json", *TODAY, given=WORKED)
    plan = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (plan["schema"], plan["made_on"]) == ("plan/1", "2026-11-24")
    assert required(plan) == ["680", "136", "34"]
    assert plan["words"]["chain"]["stages"][0]["required"]["text"] == "680件"


def test_without_options_a_plan_is_printed_as_markdown(run: Run) -> None:
    result = run("plan", ANSWERS, *TODAY, given=WORKED)
    assert result.exit_code == 0
    assert result.stdout.startswith("# ") and "| 680件（仮） |" in result.stdout


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize(("ending", "start"), [("json", b"{"), ("md", b"# ")])
def test_a_plan_is_written_in_the_form_of_the_file_name(
    run: Run, root: Path, tmp_path: Path, example: str, ending: str, start: bytes
) -> None:
    written = tmp_path / f"plan.{ending}"
    result = run("plan", root / f"tests/examples/{example}.yaml", "-o", written, *TODAY)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{written}\n")
    assert written.read_bytes().startswith(start)


@pytest.mark.slow
def test_a_plan_is_written_as_pdf(run: Run, tmp_path: Path) -> None:
    written = tmp_path / "plan.pdf"
    assert run("plan", ANSWERS, "-o", written, *TODAY, given=WORKED).exit_code == 0
    assert written.read_bytes().startswith(b"%PDF-")


def test_the_language_of_the_words_is_the_one_asked_for_or_that_of_the_answers(run: Run) -> None:
    english, japanese = (run("plan", ANSWERS, "--lang", lang, *TODAY, given=WORKED) for lang in ("en", "ja"))
    assert not JAPANESE.search(english.stdout)
    assert japanese.stdout == run("plan", ANSWERS, *TODAY, given=WORKED).stdout
    assert english.stdout == run("plan", ANSWERS, *TODAY, given=f"language: en{WORKED}").stdout


def test_the_day_the_plan_is_made_moves_what_is_left(run: Run) -> None:
    early, late = (
        json.loads(run("plan", ANSWERS, "--json", "--today", day, given=WORKED).stdout)
        for day in ("2026-11-24", "2027-11-24")
    )
    assert early["schedule"]["days_to_kgi_date"] == late["schedule"]["days_to_kgi_date"] + 365
    assert required(early) == required(late)
    assert "lead_deadline_past" in {finding["id"] for finding in late["findings"]}


@pytest.mark.parametrize("command", ["plan", "route"])
def test_a_problem_is_named_with_its_question(run: Run, command: str) -> None:
    wrong = WORKED.replace("share: 100%", "share: 0.5").replace("kgi_amount", "kgi_amont")
    result = run(command, ANSWERS, "--lang", "en", given=wrong)
    assert result.exit_code == 1
    if command == "plan":
        assert result.stdout == ""
        lines = result.stderr.splitlines()
        assert [line.partition(":")[0] for line in lines] == ["kgi_amont", "share"]
        assert "kgi_amount" in lines[0] and "0.5%" in lines[1] and "50%" in lines[1]
    else:
        problems = json.loads(result.stdout)["problems"]
        assert [problem["question"] for problem in problems] == ["kgi_amont", "share"]
        assert [problem["code"] for problem in problems] == ["unknown_question", "ambiguous_rate"]


def test_a_file_that_is_no_yaml_is_refused_with_the_place(run: Run) -> None:
    result = run("plan", ANSWERS, given="pack: btob\nanswers: {share: 1%\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.match(r".*answers\.yaml:\d+:\d+: .", result.stderr)


@pytest.mark.parametrize("content", [b"", b"[]", b"answers: 3", "答え: あ".encode("cp932")])
def test_a_file_of_another_kind_is_refused_with_its_name(run: Run, tmp_path: Path, content: bytes) -> None:
    answers = tmp_path / "of another kind.yaml"
    answers.write_bytes(content)
    result = run("plan", answers)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(answers) in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["plan"],
        ["plan", "no-such-file.yaml"],
        ["plan", ANSWERS, "--lang", "fr"],
        ["plan", ANSWERS, "--today", "tomorrow"],
        ["plan", ANSWERS, "-o", "plan.docx"],
        ["template", "no_such_campaign"],
        ["route", "no-such-file.yaml"],
    ],
)
def test_a_command_that_cannot_be_understood_ends_with_2(run: Run, arguments: list[object]) -> None:
    result = run(*arguments, given=WORKED)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage:")


def test_the_route_says_how_far_the_team_is_and_what_is_next(run: Run) -> None:
    result = run("route", ANSWERS, "--lang", "en", given=WORKED.replace("  share: 100%\n", ""))
    found = json.loads(result.stdout)
    assert (result.exit_code, found["path"], found["problems"]) == (0, "quick", [])
    assert (found["asked"] - found["answered"], found["next"]["question"]) == (1, "share")
    assert not JAPANESE.search(found["next"]["title"])
    states = {section["id"]: section["state"] for section in found["sections"]}
    assert states[found["next"]["section"]] == "in_progress"
    assert sum(section["asked"] for section in found["sections"]) == found["asked"]


def test_nothing_answered_is_routed_to_the_first_question(run: Run) -> None:
    found = json.loads(run("route", ANSWERS, given="answers: {}").stdout)
    assert (found["answered"], found["next"]["question"]) == (0, "campaign")


def test_lint_of_the_pack_that_ships_has_nothing_to_say(run: Run) -> None:
    result = run("lint")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("btob ")


@pytest.mark.parametrize("mistake", sorted(path.name for path in (PACKS / "broken").iterdir()))
def test_lint_says_each_mistake_in_a_sentence_with_its_place(run: Run, tmp_path: Path, mistake: str) -> None:
    assert_said(run, tmp_path, PACKS / "broken" / mistake, "en", r"[a-z]+ [^。]+(?:[.?]$|: )")


def test_lint_says_many_mistakes_in_japanese_too(run: Run, tmp_path: Path) -> None:
    assert_said(run, tmp_path, PACKS / "many_mistakes", "ja", r"。$|：")


def assert_said(run: Run, tmp_path: Path, broken: Path, language: str, sentence: str) -> None:
    result = run("lint", overlaid_pack(tmp_path, broken), "--lang", language)
    places = [line.split(" ")[0] for line in (broken / "expect.txt").read_text("utf-8").splitlines()]
    assert (result.exit_code, result.stdout) == (1, "")
    for line, place in zip(result.stderr.splitlines(), places, strict=True):
        assert line.startswith(f"{place}: ") and re.search(sentence, line)


def test_lint_prints_json_only_on_stdout(run: Run, tmp_path: Path) -> None:
    result = run("lint", overlaid_pack(tmp_path, PACKS / "many_mistakes"), "--json")
    problems = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1 and len(problems) > 3
    assert {"file", "line", "column", "code", "params"} == set(problems[0])


def test_a_plan_with_a_broken_pack_says_what_is_wrong_with_it(run: Run, tmp_path: Path) -> None:
    pack = edited_pack(tmp_path, "pack.yaml", "schema: 1", "schema: 2")
    result = run("plan", ANSWERS, "--pack", pack, given=WORKED)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("pack.yaml:")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("campaign", ["site_renewal", "ma_rollout", "trade_show"])
def test_a_template_left_blank_is_a_plan_with_everything_to_do(
    run: Run, campaign: str, language: str
) -> None:
    template = run("template", campaign, "--lang", language).stdout
    assert bool(JAPANESE.search(template)) == (language == "ja")
    result = run("plan", ANSWERS, "--json", given=template)
    plan = json.loads(result.stdout)
    assert (result.exit_code, plan["language"], plan["campaign"]) == (0, language, campaign)
    assert plan["chain"]["status"] == "unknown" and plan["todos"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("campaign", ["site_renewal", "ma_rollout", "trade_show"])
def test_a_template_filled_in_straight_through_is_a_plan(
    run: Run, btob: Pack, campaign: str, language: str
) -> None:
    template = run("template", campaign, "--lang", language).stdout
    blank = re.compile(r"^  (?:# )?([a-z][a-z0-9_]*):(?:  # .*)?$", re.MULTILINE)
    names = [name for name in blank.findall(template) if name in btob.questions]
    result = run("plan", ANSWERS, "--json", *TODAY, given=blank.sub(filled_in(btob), template))
    assert (result.exit_code, result.stderr) == (0, "")
    typed = {row["question"]: row["typed"] for row in json.loads(result.stdout)["answers"]}
    assert len(names) > 40
    assert [name for name, raw in typed.items() if raw is None] == []


def filled_in(pack: Pack) -> Callable[[re.Match[str]], str]:
    """Return what replaces an empty line: the same line with an answer, unquoted, as people write it."""

    def fill(line: re.Match[str]) -> str:
        question = pack.questions.get(line[1])
        typed = "amount" if line[1] == "kgi_kind" else typed_for(question) if question else None
        if typed is None:
            return line[0]
        written = json.dumps(typed, ensure_ascii=False) if isinstance(typed, list) else typed
        return f"  {line[1]}: {written}"

    return fill


def test_the_installed_command_runs_the_same(root: Path) -> None:
    line = [Path(sys.executable).parent / "shirube", "route", "-"]
    done = subprocess.run(line, cwd=root, input=WORKED.encode(), capture_output=True, check=True)
    assert json.loads(done.stdout)["next"] is None
    assert done.stderr == b""
