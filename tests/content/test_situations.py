"""The pack's own situations come out as written, and reach every rule and every pick."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checklist.cli.packs import pack as pack_commands
from checklist.pack.compiled import Pack
from checklist.pack.problems import Problems
from checklist.planning.situations import Trial, try_pack
from tests.builders import tiny_pack

AT_LEAST = 30


@pytest.fixture(scope="module")
def trial(btob: Pack, btob_path: Path) -> Trial:
    problems = Problems()
    tried = try_pack(btob, btob_path, problems)
    assert problems.found == []
    return tried


def test_every_situation_comes_out_as_written(trial: Trial):
    assert {outcome.name: outcome.wrong for outcome in trial.outcomes if outcome.wrong} == {}


def test_there_are_enough_situations_and_each_has_a_name_of_its_own(trial: Trial):
    names = [outcome.name for outcome in trial.outcomes]
    assert len(names) >= AT_LEAST
    assert len(set(names)) == len(names)


def test_every_rule_and_every_pick_is_reached(trial: Trial):
    assert trial.never_picked == ()
    assert trial.never_found == ()


SITUATION = """\
today: 2026-11-25
given: {{ campaign: site_renewal, purpose: acquisition }}
situations:
  - name: 目的が決まっている
    expect: {expect}
"""


def tried(folder: Path, expect: str) -> tuple[int, str]:
    pack = tiny_pack(folder, {"tests/all.yaml": SITUATION.format(expect=expect)})
    result = CliRunner().invoke(pack_commands, ["test", str(pack), "--lang", "en"])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("{ findings: [nothing_like_it] }", "finding nothing_like_it is missing"),
        ("{ pick: another }", "pick: expected another"),
        ("{ verdict: ready }", "verdict: expected ready, found"),
        ("{ asks_not: [campaign] }", "question campaign was asked"),
        ("{ problems: { kgi_amount: not_a_number } }", "problem of kgi_amount is missing"),
        ('{ numbers: { chain.stages.lead.required: "7" } }', "chain.stages.lead.required: expected 7"),
        ("{ surprise: 1 }", "tests/all.yaml:5:15"),
    ],
)
def test_what_does_not_come_out_is_said_and_fails(tmp_path: Path, expect: str, said: str):
    code, output = tried(tmp_path, expect)
    assert code == 1
    assert said in output


def test_rules_that_no_situation_reaches_are_named(tmp_path: Path):
    code, output = tried(tmp_path, "{}")
    assert code == 1
    assert "no situation reaches the pick" in output


def test_problem_that_nobody_expected_is_said_and_fails(tmp_path: Path):
    typed = "{ campaign: site_renewal, purpose: acquisition, kgi_date: next spring }"
    text = SITUATION.replace("{{ campaign: site_renewal, purpose: acquisition }}", typed)
    pack = tiny_pack(tmp_path, {"tests/all.yaml": text.replace("{expect}", "{}")})
    result = CliRunner().invoke(pack_commands, ["test", str(pack), "--lang", "en"])
    assert result.exit_code == 1
    assert "problem of kgi_date: expected None, found" in result.output
