"""Published figures stand beside the team's own numbers and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from checklist.errors import TypedError
from checklist.pack.compiled import Pack
from checklist.planning.kpis.yardsticks import Yardstick
from checklist.planning.plan import Plan
from checklist.quantity import ONE, Known, Unit, Unknown
from checklist.questionnaire.estimates import choose_for_now
from checklist.wording import Phrases
from checklist.wording.sections.yardsticks import yardstick_sections
from checklist.wording.view import SectionView, TableView
from checklist.wording.words import Words

PlanOf = Callable[..., Plan]

SHOW = {
    "campaign": "trade_show",
    "purpose": "acquisition",
    "show_stages": ["valid_lead"],
    "lead_to_opportunity": None,
    "card_to_valid_lead": "50%",
    "valid_lead_to_opportunity": "20%",
}
MAIL = {
    "campaign": "ma_rollout",
    "purpose": None,
    "ma_phase": "growth",
    "lead_to_opportunity": None,
    "mail_click_rate_baseline": "1.8%",
    "unsubscribe_rate_baseline": "0.9%",
}


def beside(plan: Plan, about: str) -> list[Yardstick]:
    return [each for each in plan.yardsticks if each.about == about]


def only(plan: Plan, about: str) -> Yardstick:
    (found,) = beside(plan, about)
    return found


def section(pack: Pack, phrases: Phrases, plan: Plan, language: str = "en") -> SectionView:
    (found,) = yardstick_sections(Words(pack, phrases, language), plan)
    return found


def row_of(table: TableView, title: str) -> list[str]:
    return next([cell.text for cell in row] for row in table.rows if row[0].text.startswith(title))


def note_of(view: SectionView, title: str) -> str:
    return next(row[3].note for row in view.tables[0].rows if row[0].text.startswith(title))


def test_own_rate_stands_beside_the_published_range(plan_of: PlanOf) -> None:
    win = only(plan_of(), "opportunity_to_deal")
    assert win.benchmark == "bm_opportunity_to_deal"
    assert isinstance(win.own, Known) and win.own.value == Fraction(1, 4)
    figures = [figure.value for figure in (win.low, win.typical, win.high) if isinstance(figure, Known)]
    assert figures == [Fraction(1, 10), Fraction(1, 5), Fraction(2, 5)]


@pytest.mark.parametrize(
    ("rate", "position"),
    [("9.9%", "below"), ("10%", "within"), ("25%", "within"), ("40%", "within"), ("40.1%", "above")],
)
def test_own_rate_lies_below_within_or_above_the_range(plan_of: PlanOf, rate: str, position: str) -> None:
    found = only(plan_of(opportunity_to_deal=rate), "opportunity_to_deal")
    assert (found.position, found.above_high) == (position, position == "above")


def test_rate_not_known_lies_nowhere_and_no_number_stands_in_for_it(plan_of: PlanOf) -> None:
    found = only(plan_of(opportunity_to_deal="わからない"), "opportunity_to_deal")
    assert isinstance(found.own, Unknown)
    assert (found.position, found.above_high) == ("unknown", False)


def test_range_taken_for_now_is_not_compared_with_itself(plan_of: PlanOf) -> None:
    plan = plan_of(opportunity_to_deal={"choose": "published"})
    assert isinstance(plan.chain.stages[-2].exact.quantity, Known)
    assert only(plan, "opportunity_to_deal").position == "unknown"


def test_figures_of_a_show_stay_out_of_a_plan_for_a_site(plan_of: PlanOf) -> None:
    rate = "valid_lead_to_opportunity"
    site = plan_of("full", renewal_stages=["valid_lead"], lead_to_valid_lead="50%", **{rate: "20%"})
    assert beside(site, rate) == []
    assert only(plan_of("full", **SHOW), rate).benchmark == "bm_show_lead_to_opportunity"


def test_kpi_that_measures_a_rate_of_the_chain_is_not_listed_twice(plan_of: PlanOf) -> None:
    plan = plan_of("full", **SHOW)
    assert "show_valid_lead_to_opportunity" in {kpi.id for kpi in plan.kpis}
    assert beside(plan, "show_valid_lead_to_opportunity") == []


def test_kpi_off_the_chain_stands_beside_every_figure_for_it(plan_of: PlanOf) -> None:
    clicks = beside(plan_of("full", **MAIL), "mail_click_rate")
    assert {each.benchmark: each.position for each in clicks} == {
        "bm_mail_click_japan": "within",
        "bm_mail_click_global": "no_range",
    }


def test_plan_without_a_campaign_has_no_yardsticks(plan_of: PlanOf) -> None:
    assert plan_of(campaign=None).yardsticks == ()


def test_no_target_and_no_required_number_comes_from_a_figure_beside_it(plan_of: PlanOf, btob: Pack) -> None:
    plan = plan_of("full", **MAIL)
    used = {
        name
        for kpi in plan.kpis
        for value in (kpi.baseline, kpi.must.quantity, kpi.target.quantity, kpi.stretch.quantity)
        if isinstance(value, Known)
        for name in value.because
    }
    assert used & btob.benchmarks.keys() == set()


def test_figure_is_printed_with_grade_year_definition_and_source(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    numbers, sources = section(btob, phrases, plan_of()).tables
    cells = row_of(numbers, "Win rate")
    assert cells[1:] == ["25%", "10% to 40%, typically 20%", "within the range", "C (2022)"]
    name, definition, source = row_of(sources, "Win rate")
    assert name.endswith(": 10% to 40%, typically 20%")
    assert definition.startswith("Decided opportunities that were won")
    assert source.startswith("Benchmarkit SaaS survey 2022")


def test_single_figure_is_printed_without_a_position(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    numbers, _ = section(btob, phrases, plan_of("full", **MAIL)).tables
    rows = [[cell.text for cell in row] for row in numbers.rows]
    assert ["Email click rate", "1.8%", "1.89%", "no range published", "A- (2022)"] in rows


def test_number_that_the_team_has_not_is_not_printed(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    view = section(btob, phrases, plan_of(opportunity_to_deal="わからない"))
    assert not any(row[0].text.startswith("Win rate") for row in view.tables[0].rows)
    bare = plan_of(opportunity_to_deal="わからない", lead_to_opportunity="わからない")
    assert list(yardstick_sections(Words(btob, phrases, "en"), bare)) == []


def test_rate_above_the_range_asks_how_it_is_counted(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    view = section(btob, phrases, plan_of(opportunity_to_deal="60%"))
    assert note_of(view, "Win rate").startswith("Check that denominator and counting")


def test_number_that_should_be_low_has_passed_its_limit(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    view = section(btob, phrases, plan_of("full", **MAIL))
    assert note_of(view, "Unsubscribe rate").startswith("This is beyond the upper limit")


def test_every_grade_in_the_table_is_explained(plan_of: PlanOf, btob: Pack, phrases: Phrases) -> None:
    view = section(btob, phrases, plan_of("full", **MAIL), "ja")
    printed = {row[4].text.partition("（")[0] for row in view.tables[0].rows}
    assert printed == {"C", "A-"}
    assert [note.partition("：")[0] for note in view.notes[1:]] == ["信頼度A-", "信頼度C"]


def test_figures_keep_their_unit(plan_of: PlanOf) -> None:
    plan = plan_of("full", **{**SHOW, "show_stages": [], "card_to_opportunity": "5%"})
    cost = only(plan, "cost_per_card")
    assert isinstance(cost.high, Known)
    assert (cost.high.value, cost.high.unit) == (Fraction(10_000), Unit.parse("jpy"))
    assert isinstance(only(plan, "opportunity_to_deal").high, Known)
    assert only(plan, "opportunity_to_deal").high == Known(Fraction(2, 5), ONE, ("bm_opportunity_to_deal",))


def test_only_a_whole_range_can_be_taken_for_now(btob: Pack) -> None:
    question = btob.questions["opportunity_to_deal"]
    single = btob.benchmarks["bm_mail_click_global"]
    asked = question.question.model_copy(update={"published": single.id})
    with pytest.raises(TypedError, match="nothing_published"):
        choose_for_now(replace(question, question=asked), {"choose": "published"}, btob)


def test_every_figure_is_dated_defined_and_sourced_in_both_languages(btob: Pack) -> None:
    for benchmark in btob.benchmarks.values():
        for text in (benchmark.definition, benchmark.citation.title):
            assert text["ja"].strip() and text["en"].strip()
        assert 2000 <= benchmark.citation.year <= 2026


NOT_TO_BE_PRINTED = ("CEIR", "Forrester", "MarketingSherpa", "79%", "77%", "33%", "9 touches", "9回の接触")


def test_claims_whose_source_cannot_be_found_are_not_printed(btob: Pack) -> None:
    texts = [
        words
        for benchmark in btob.benchmarks.values()
        for text in (benchmark.definition, benchmark.citation.title)
        for words in text.values()
    ]
    assert [words for words in texts if any(claim in words for claim in NOT_TO_BE_PRINTED)] == []
