"""A rule that can never fire, or always does, is found by trying made-up answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklist.errors import PackError
from checklist.expression import Choice, Choices, Date, Number, Text, parse
from checklist.pack.compiled import Pack
from checklist.pack.firing import verdict
from checklist.pack.loader import load_pack
from checklist.quantity import Unit
from tests.builders import tiny_pack

TYPES = {
    "campaign": Choice(("site", "show")),
    "stages": Choices(("visit", "lead")),
    "budget": Number(Unit.parse("jpy")),
    "profit": Number(Unit.parse("jpy")),
    "start": Date(),
    "end": Date(),
    "note": Text(),
}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("campaign == 'site'", None),
        ("campaign == 'site' and campaign == 'show'", "never_fires"),
        ("campaign in ('site', 'show')", None),
        ("known(campaign) or not known(campaign)", "always_fires"),
        ("not asked(budget) or asked(budget)", "always_fires"),
        ("budget > 100 and budget < 50", "never_fires"),
        ("budget > 100 and budget < 101", None),
        ("budget > profit", None),
        ("budget > profit and profit > budget", "never_fires"),
        ("'visit' in stages and not ('lead' in stages)", None),
        ("start > end", None),
        ("start > end and end > start", "never_fires"),
        ("answered(note)", None),
        ("answered(note) and not answered(note)", "never_fires"),
    ],
)
def test_a_condition_is_tried_on_both_sides_of_everything_it_says(condition: str, found: str | None):
    assert verdict(parse(condition, TYPES), TYPES) == found


def test_a_rule_that_never_fires_fails_a_thorough_load(tmp_path: Path):
    rule = """\
findings:
  - id: nonsense
    severity: info
    when: "campaign == 'site_renewal' and campaign == 'trade_show'"
    title: { ja: 題, en: Title }
    advice: { ja: 助言, en: Advice }
"""
    folder = tiny_pack(tmp_path, {"findings/extra.yaml": rule})
    assert load_pack(folder)
    with pytest.raises(PackError) as raised:
        load_pack(folder, thorough=True)
    (problem,) = raised.value.problems
    assert (problem.file, problem.line, problem.code) == ("findings/extra.yaml", 4, "never_fires")


def test_no_rule_of_the_real_pack_is_idle(btob_path: Path, btob: Pack):
    assert load_pack(btob_path, thorough=True).hash == btob.hash
