"""Loading packs: every mistake is found, all at once, where it stands."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from checklist.errors import PackError, PackProblem
from checklist.expression import Number
from checklist.pack.files import MAX_FILE, MAX_FILES
from checklist.pack.loader import load_pack
from checklist.pack.reading import read_yaml
from checklist.quantity import Unit
from tests.builders import PACKS, edited_pack, overlaid_pack, tiny_pack

BROKEN = sorted((PACKS / "broken").iterdir())


def problems_of(pack: Path) -> tuple[PackProblem, ...]:
    with pytest.raises(PackError) as raised:
        load_pack(pack)
    return raised.value.problems


def expected(folder: Path) -> list[list[str]]:
    """Read lines such as `findings/extra.yaml:4:11 unknown_name word word`."""
    return [line.split(" ") for line in (folder / "expect.txt").read_text(encoding="utf-8").splitlines()]


def head(problem: PackProblem) -> list[str]:
    return [f"{problem.file}:{problem.line}:{problem.column}", problem.code]


def assert_found(problems: tuple[PackProblem, ...], wanted: list[list[str]]) -> None:
    assert [head(problem) for problem in problems] == [line[:2] for line in wanted]
    for problem, line in zip(problems, wanted, strict=True):
        said = " ".join(str(value) for value in problem.params.values())
        assert [word for word in line[2:] if word not in said] == []


@pytest.mark.parametrize("mistake", BROKEN, ids=lambda folder: folder.name)
def test_mistake_is_found_where_it_stands_and_nothing_else_is_said(mistake: Path, tmp_path: Path):
    assert_found(problems_of(overlaid_pack(tmp_path, mistake)), expected(mistake))


def test_all_mistakes_are_reported_at_once(tmp_path: Path):
    folder = PACKS / "many_mistakes"
    assert_found(problems_of(overlaid_pack(tmp_path, folder)), expected(folder))


def test_pack_without_a_manifest_says_so(tmp_path: Path):
    assert [head(problem) for problem in problems_of(tmp_path)] == [["pack.yaml:1:1", "missing_file"]]


def test_link_out_of_the_pack_is_refused(tmp_path: Path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("findings: []\n")
    pack = tiny_pack(tmp_path)
    (pack / "findings" / "linked.yaml").symlink_to(secret)
    (pack / "more").symlink_to(tmp_path)
    found = [head(problem) for problem in problems_of(pack)]
    assert found == [["findings/linked.yaml:1:1", "link_leaves_pack"], ["more:1:1", "link_leaves_pack"]]


def test_link_to_nothing_is_refused(tmp_path: Path):
    pack = tiny_pack(tmp_path)
    (pack / "findings" / "gone.yaml").symlink_to(pack / "nowhere.yaml")
    assert [problem.code for problem in problems_of(pack)] == ["link_leaves_pack"]


def test_file_that_is_too_large_is_not_read(tmp_path: Path):
    pack = tiny_pack(tmp_path, {"findings/large.yaml": "#" * (MAX_FILE + 1)})
    (problem,) = problems_of(pack)
    assert (problem.code, problem.params["size"]) == ("file_too_large", MAX_FILE + 1)


def test_too_many_files_are_refused(tmp_path: Path):
    pack = tiny_pack(tmp_path, {f"findings/f{index}.yaml": "findings: []" for index in range(MAX_FILES)})
    assert "too_many_files" in {problem.code for problem in problems_of(pack)}


def test_text_that_is_not_utf8_is_refused(tmp_path: Path):
    pack = tiny_pack(tmp_path)
    (pack / "findings" / "sjis.yaml").write_bytes("# 日本語".encode("cp932"))
    assert [problem.code for problem in problems_of(pack)] == ["not_utf8"]


def test_files_of_no_concern_are_left_alone(tmp_path: Path):
    pack = tiny_pack(tmp_path, {"README.md": "Notes", "tests/one.yaml": "answers: [", ".cache/a.yaml": "["})
    assert load_pack(pack).id == "minimal"


def test_nothing_is_said_about_what_a_broken_part_would_have_defined(tmp_path: Path):
    pack = edited_pack(
        tmp_path, "sections/20-goal.yaml", "- { id: budget, type: amount", "- { id: budget, typo: a"
    )
    with_rule = (
        (pack / "findings" / "all.yaml").read_text().replace("kgi_date <", "budget > 0 and kgi_date <")
    )
    (pack / "findings" / "all.yaml").write_text(with_rule)
    assert {problem.code for problem in problems_of(pack)} == {"unknown_key", "missing_key"}


def test_yes_and_no_are_words_and_parts_stay_exact():
    document = read_yaml("{a: yes, b: no, c: 0.10, d: 1.0.0, e: 010, f: 12, g: true, h: ~, i: 2027-03-31}")
    assert list(document.content.values()) == [
        "yes", "no", "0.10", "1.0.0", "010", 12, True, None, "2027-03-31",
    ]  # fmt: skip


def test_many_nested_lists_end_in_a_problem_and_not_in_a_crash():
    assert [problem.code for problem in read_yaml("[" * 100_000).problems] == ["yaml_syntax"]
    blocks = "\n".join("- " * depth + "a:" for depth in (900, 1))
    assert [problem.code for problem in read_yaml(blocks).problems] == ["yaml_depth"]


def test_rates_are_asked_for_each_two_stages_that_can_stand_together(tmp_path: Path):
    pack = load_pack(tiny_pack(tmp_path))
    rate = pack.questions["valid_lead_to_opportunity"]
    assert (rate.kind, rate.ends, rate.funnels) == (
        "rate",
        ("valid_lead", "opportunity"),
        ("site_renewal", "trade_show"),
    )
    assert rate.type == Number(Unit.parse("opportunity/valid_lead"))
    assert rate.question.title["en"] == "Rate from valid leads to opportunities"
    assert {"held_meeting_to_opportunity", "talk_to_card", "visit_to_deal"} <= pack.questions.keys()


def test_only_rates_between_neighbouring_core_stages_are_essential(tmp_path: Path):
    pack = load_pack(tiny_pack(tmp_path))
    essential = {name for name, rate in pack.questions.items() if rate.ends and rate.question.essential}
    assert essential == {"lead_to_opportunity", "card_to_opportunity", "opportunity_to_deal"}


def test_rate_of_a_stock_is_per_month(tmp_path: Path):
    stock = "stock: { stage: visit, size: show_days, growth: meeting_capacity }\nstages:"
    pack = load_pack(edited_pack(tmp_path, "funnels/site_renewal.yaml", "stages:", stock))
    rate = pack.questions["visit_to_lead"]
    assert (rate.kind, str(rate.unit)) == ("stock_rate", "lead/month/visit")
    assert rate.question.title["en"] == "Monthly rate from visits to leads"


def test_words_of_a_rate_take_the_place_of_the_generated_ones(tmp_path: Path):
    question = load_pack(tiny_pack(tmp_path)).questions["lead_to_opportunity"].question
    assert (question.title["en"], question.published) == ("Opportunity rate", "bm_lead_to_opportunity")
    assert question.none_for_now


def test_guardrail_has_a_baseline_and_no_target(tmp_path: Path):
    questions = load_pack(tiny_pack(tmp_path)).questions
    assert "spam_share_baseline" in questions and "spam_share_target" not in questions
    assert questions["engaged_visits_target"].kpi == "engaged_visits"


def test_computed_check_is_no_question(tmp_path: Path):
    pack = load_pack(tiny_pack(tmp_path))
    assert "kgi_agreed" in pack.questions and "time_left" not in pack.questions
    assert {"check.time_left.yes", "check.time_left.partly"} <= pack.expressions.keys()


def test_formulas_come_after_those_they_read(tmp_path: Path):
    later = "formulas:\n  - { id: a_first, title: { ja: あ, en: A }, formula: goal_amount, unit: jpy }\n"
    order = load_pack(tiny_pack(tmp_path, {"formulas/0.yaml": later})).formula_order
    assert order.index("goal_amount") < order.index("a_first")


def test_hash_follows_the_content_and_the_names_of_files(tmp_path: Path):
    first = load_pack(tiny_pack(tmp_path / "a")).hash
    assert load_pack(tiny_pack(tmp_path / "b")).hash == first
    changed = edited_pack(tmp_path / "c", "findings/all.yaml", "Look again.", "Look.")
    assert load_pack(changed).hash != first


def test_shipped_pack_loads_well_within_a_second(btob_path: Path):
    start = process_time()
    pack = load_pack(btob_path)
    assert process_time() - start < 1
    assert [item.id for item in pack.items] == [
        "goal_clarity",
        "process_and_baseline",
        "kpi_and_target",
        "operation_and_review",
    ]


@pytest.mark.parametrize(
    "file",
    [
        "sections/20-goal.yaml",
        "sections/30-process.yaml",
        "kpis/all.yaml",
        "funnels/site_renewal.yaml",
        "checks/goal_clarity.yaml",
    ],
)
def test_file_that_cannot_be_read_is_one_problem(file: str, tmp_path: Path):
    text = (PACKS / "minimal" / file).read_text(encoding="utf-8")
    problems = problems_of(tiny_pack(tmp_path, {file: text + "\n  open: [\n"}))
    assert [(problem.file, problem.code) for problem in problems] == [(file, "yaml_syntax")]
