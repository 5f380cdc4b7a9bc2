from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from checklist.errors import PackError
from checklist.pack.loader import load_pack
from checklist.wording.phrases import LANGUAGES, Phrases, load_phrases

ROOT = Path(__file__).parents[2]
CODES = re.compile(
    r"TypedError\(\s*\"([a-z_0-9]+)\"|Problem\((?:name|\"\"),\s*\"([a-z_0-9]+)\"|_CODE = \"([a-z_0-9]+)\""
)


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return load_phrases(ROOT / "content" / "phrases")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def source(folder: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).rglob("*.py")))


def test_both_languages_have_the_same_phrases(phrases: Phrases) -> None:
    assert phrases.texts["ja"].keys() == phrases.texts["en"].keys()


def test_every_phrase_says_something(phrases: Phrases) -> None:
    empty = [key for texts in phrases.texts.values() for key, text in texts.items() if not text.strip()]
    assert empty == ["document.quoted_separator"]  # Japanese sets quoted names side by side: 「A」「B」


# English says "680 leads" where Japanese says 「リードが680件」, so it may leave a stage's name out.
CHAIN_NAMES = {"top", "bottom", "bottom_count", "stage", "basis", "missing"}


def test_both_languages_fill_in_the_same_facts(phrases: Phrases) -> None:
    unequal = {
        key: facts
        for key, text in phrases.texts["ja"].items()
        if (facts := placeholders(text) ^ placeholders(phrases.texts["en"][key])) - CHAIN_NAMES
    }
    assert unequal == {}


def test_every_answer_that_cannot_be_read_is_worded(phrases: Phrases) -> None:
    codes = {"".join(found) for found in CODES.findall(source("checklist/questionnaire"))}
    assert len(codes) > 40
    assert sorted(code for code in codes if not phrases.has("ja", f"problems.{code}")) == []


def test_every_reason_that_a_number_is_impossible_is_worded(phrases: Phrases) -> None:
    reasons = set(re.findall(r"Impossible\(\s*\"([a-z_0-9]+)\"", source("checklist")))
    assert {"zero_rate", "deadline_past"} <= reasons
    assert sorted(name for name in reasons if not phrases.has("ja", f"reasons.{name}")) == []


def test_every_finding_of_the_engine_has_title_and_body(phrases: Phrases) -> None:
    found = set(re.findall(r"Finding\(\s*\"([a-z_0-9]+)\"", source("checklist/planning")))
    found |= set(re.findall(r"Impossible\(\s*\"([a-z_0-9]+)\"", source("checklist/planning")))
    keys = [f"findings.{name}.{part}" for name in sorted(found) for part in ("title", "body")]
    assert "findings.few_deals.title" in keys
    assert [key for key in keys if not phrases.has("ja", key)] == []


def test_every_reason_behind_a_number_is_worded(phrases: Phrases) -> None:
    formulas = set(re.findall(r"Why\(\s*\"([a-z_0-9]+)\"", source("checklist/planning")))
    assert "required" in formulas
    assert sorted(name for name in formulas if not phrases.has("ja", f"formulas.{name}")) == []


def broken_packs() -> list[Path]:
    packs = ROOT / "tests" / "packs"
    return [packs / "many_mistakes", *sorted(path for path in (packs / "broken").iterdir() if path.is_dir())]


@pytest.mark.parametrize("path", broken_packs(), ids=lambda path: path.name)
def test_every_mistake_in_a_pack_is_worded(phrases: Phrases, path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(path)
    for problem in caught.value.problems:
        params = {name: str(value) for name, value in problem.params.items()}
        for language in LANGUAGES:
            assert phrases.texts[language][f"pack_problems.{problem.code}"].format(**params)


def test_every_mistake_in_an_expression_is_worded(phrases: Phrases) -> None:
    raised = r"(?:fail|ExpressionError)\(\s*\"([a-z_]+)\""
    codes = set(re.findall(raised, source("checklist/expression") + source("checklist/pack")))
    assert {"looks_ahead", "cycle", "unknown_name"} <= codes
    assert sorted(code for code in codes if not phrases.has("ja", f"pack_problems.{code}")) == []


def test_japanese_phrases_have_no_exclamation_marks(phrases: Phrases) -> None:
    assert [key for key, text in phrases.texts["ja"].items() if "!" in text or "！" in text] == []
