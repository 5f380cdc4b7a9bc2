"""One goal carried by several campaigns: rounded once, shared out, and nobody counted twice."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan
from checklist.planning.shares.portfolio import Portfolio
from checklist.planning.shares.sharing import share_out
from checklist.quantity import Impossible, Known, Quantity, Unknown
from checklist.wording import Phrases, present
from tests.checklist.test_channels import LIST

PlanOf = Callable[..., Plan]
Row = dict[str, Any]
CERTAIN = {"orders_booked": "0", "pipeline_expected": "0", "path": "full"}
FAIR = {"campaign": "trade_show", "name": "春の専門展", "lead_rate": "5%", "win_rate": "25%", "overlap": "0%"}
MAIL = {"campaign": "ma_rollout", "lead_rate": "10%", "win_rate": "25%", "overlap": "0%"}
THIRDS = ("33.4%", [{**FAIR, "share": "33.3%"}, {**MAIL, "share": "33.3%"}])


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def made(plan_of: PlanOf, share: str, rows: list[Row], **changes: object) -> Plan:
    return plan_of(**{**CERTAIN, **changes}, share=share, other_campaigns=rows)


def portfolio(plan_of: PlanOf, share: str, rows: list[Row], **changes: object) -> Portfolio:
    found = made(plan_of, share, rows, **changes).portfolio
    assert found is not None
    return found


def wholes(found: Portfolio) -> list[int]:
    return [int(value(carrier.whole)) for carrier in found.carriers]


def test_three_thirds_of_34_deals_are_12_and_11_and_11(plan_of: PlanOf) -> None:
    plan = made(plan_of, *THIRDS)
    assert plan.portfolio is not None
    assert wholes(plan.portfolio) == [12, 11, 11]
    assert value(plan.portfolio.whole) == 34
    assert (value(plan.portfolio.brings), plan.portfolio.reached) == (102_000_000, True)
    # The chain of this plan's own campaign is worked back from its 12 deals.
    assert [value(row.required.quantity) for row in plan.chain.stages] == [240, 48, 12]


def test_exact_thirds_give_the_unit_that_is_left_over_to_the_first() -> None:
    assert share_out(34, [Fraction(1, 3)] * 3) == (12, 11, 11)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (["33%", "33%", "34%"], [11, 11, 12]),
        (["33.3%", "33.3%", "33.3%"], [12, 11, 11]),
        (["50%", "50%"], [17, 17]),
        (["100%", "0.1%"], None),
        (["10%", "20%", "70%"], [3, 7, 24]),
        (["99%", "1%"], [34, 0]),
    ],
)
def test_whole_deals_are_rounded_up_once_for_all(
    plan_of: PlanOf, shares: list[str], expected: list[int] | None
) -> None:
    found = portfolio(plan_of, shares[0], [{**FAIR, "share": share} for share in shares[1:]])
    if expected is None:
        assert isinstance(found.whole, Impossible)
    else:
        assert wholes(found) == expected


def test_a_campaign_that_misses_its_part_by_rounding_is_made_up_for_by_the_others(
    plan_of: PlanOf, btob: Pack, phrases: Phrases
) -> None:
    plan = made(plan_of, "33%", [{**FAIR, "share": "67%"}])
    check = plan.chain.forward_check
    assert check is not None and check.reached
    # 11 deals of 3 million are less than the exact 33 million plus nothing: the sum is what counts.
    assert (value(check.deals), value(check.others)) == (11, 23)
    assert (value(check.brings), value(check.goal)) == (102_000_000, 100_000_000)
    assert "ほかの施策の23件" in present(plan, btob, phrases, "ja").chain.forward_check


def test_the_required_count_may_be_below_the_exact_one_but_never_in_the_sum(plan_of: PlanOf) -> None:
    plan = made(plan_of, "33.3%", [{**FAIR, "share": "33.4%"}, {**MAIL, "share": "33.3%"}])
    bottom = plan.chain.stages[-1]
    assert value(bottom.required.quantity) == 11 < value(bottom.exact.quantity)
    assert bottom.required.why.formula == "allotted"
    assert plan.portfolio is not None
    assert value(plan.portfolio.whole) >= value(plan.portfolio.need)


def test_shares_above_100_percent_are_refused_and_critical(plan_of: PlanOf) -> None:
    plan = made(plan_of, "60%", [{**FAIR, "share": "40.1%"}])
    assert plan.portfolio is not None
    refused = plan.portfolio.carriers[1].whole
    assert isinstance(refused, Impossible) and refused.reason == "shares_above_100"
    found = next(finding for finding in plan.findings if finding.id == "shares_above_100")
    assert (found.severity, plan.readiness.overall) == ("critical", "fix_first")
    # The plan's own campaign still has its own deals, rounded up for itself.
    assert value(plan.chain.stages[-1].required.quantity) == 20


def test_what_no_campaign_carries_is_shown(plan_of: PlanOf) -> None:
    plan = made(plan_of, "30%", [{**FAIR, "share": "30%"}])
    assert plan.portfolio is not None
    assert (value(plan.portfolio.carried), value(plan.portfolio.rest)) == (60_000_000, 40_000_000)
    assert wholes(plan.portfolio) == [10, 10]
    found = next(finding for finding in plan.findings if finding.id == "share_not_carried")
    assert found.severity == "info"


def test_the_others_are_worked_back_with_their_own_rates(plan_of: PlanOf) -> None:
    main, fair, mail = portfolio(plan_of, *THIRDS).carriers
    assert [value(each.opportunities) for each in (main, fair, mail)] == [48, 44, 44]
    assert [value(each.leads) for each in (main, fair, mail)] == [240, 880, 440]
    assert [each.stage for each in (main, fair, mail)] == ["lead", "card", "mql"]


def test_a_campaign_with_overlap_collects_more_and_the_people_are_counted_once(plan_of: PlanOf) -> None:
    found = portfolio(
        plan_of, "33.4%", [{**FAIR, "share": "33.3%", "overlap": "30%"}, {**MAIL, "share": "33.3%"}]
    )
    fair = found.carriers[1]
    assert (value(fair.leads), value(fair.collect)) == (880, 1258)
    assert value(found.contacts) == 240 + 880 + 440
    assert value(found.collected) == 240 + 1258 + 440


def test_an_overlap_of_100_percent_cannot_carry_a_share(plan_of: PlanOf) -> None:
    plan = made(plan_of, "50%", [{**FAIR, "share": "50%", "overlap": "100%"}])
    assert plan.portfolio is not None
    reason = plan.portfolio.carriers[1].collect
    assert isinstance(reason, Impossible) and reason.reason == "all_contacts_shared"
    found = next(finding for finding in plan.findings if finding.id == "all_contacts_shared")
    assert (found.severity, found.params["row"]) == ("critical", "1")


def test_an_overlap_left_empty_is_unknown_and_not_none(plan_of: PlanOf) -> None:
    row = {name: cell for name, cell in FAIR.items() if name != "overlap"}
    found = portfolio(plan_of, "50%", [{**row, "share": "50%"}])
    assert value(found.carriers[1].leads) == 17 * 80
    assert isinstance(found.carriers[1].collect, Unknown) and isinstance(found.collected, Unknown)


def test_rates_that_are_not_given_leave_only_the_leads_unknown(plan_of: PlanOf) -> None:
    found = portfolio(plan_of, "50%", [{"campaign": "ma_rollout", "share": "50%"}])
    assert wholes(found) == [17, 17]
    assert isinstance(found.carriers[1].opportunities, Unknown) and isinstance(found.contacts, Unknown)


def test_an_unknown_share_leaves_each_campaign_its_own_rounding(plan_of: PlanOf) -> None:
    plan = made(plan_of, "33.3%", [{**FAIR, "share": "わからない"}])
    assert plan.portfolio is not None and isinstance(plan.portfolio.whole, Unknown)
    assert value(plan.chain.stages[-1].required.quantity) == 12
    assert plan.chain.forward_check is not None
    assert isinstance(plan.chain.forward_check.others, Unknown)


def test_with_nothing_known_nothing_is_zero(plan_of: PlanOf) -> None:
    unknown = {name: "unknown" for name in ("kgi_amount", "average_deal", "opportunity_to_deal")}
    found = portfolio(plan_of, "50%", [{"campaign": "trade_show", "share": "50%"}], **unknown)
    assert isinstance(found.carried, Unknown) and isinstance(found.whole, Unknown)


@pytest.mark.parametrize(
    ("stage", "leads"),
    [("deal", 400), ("opportunity", 100), ("lead", 5)],
    ids=["deals", "opportunities", "leads"],
)
def test_a_goal_that_is_a_count_is_shared_out_in_its_own_stage(
    plan_of: PlanOf, stage: str, leads: int
) -> None:
    count = {"kgi_kind": "count", "kgi_count": "10", "kgi_count_stage": stage, "existing_count": "0"}
    found = portfolio(plan_of, "50%", [{**FAIR, "share": "50%"}], **count)
    assert wholes(found) == [5, 5]
    assert value(found.carriers[1].leads) == leads
    assert str(found.carriers[1].leads.unit) == "card"  # type: ignore[union-attr]


def test_a_covered_goal_is_carried_by_nobody(plan_of: PlanOf) -> None:
    plan = made(plan_of, *THIRDS, existing_revenue="2億円")
    assert plan.portfolio is None and plan.chain.status == "covered"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_goal_of_one_deal_cannot_be_shared_by_two(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str
) -> None:
    plan = made(plan_of, "10%", [{**FAIR, "share": "90%"}], average_deal="1億円")
    assert plan.portfolio is not None
    assert wholes(plan.portfolio) == [0, 1]
    assert [value(row.required.quantity) for row in plan.chain.stages] == [0, 0, 0]
    assert "nothing_allotted" in {finding.id for finding in plan.findings}
    words = {"ja": "全施策の合計を切り上げてから分けた結果", "en": "rounded up and shared out"}
    assert words[language] in present(plan, btob, phrases, language).chain.message


def test_a_list_without_mqls_has_no_leads_of_its_own_to_add(plan_of: PlanOf) -> None:
    found = portfolio(plan_of, *THIRDS, **LIST, contact_to_opportunity="1%")
    leads = found.carriers[0].leads
    assert isinstance(leads, Unknown) and leads.missing == ("ma_stages",)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_table_of_campaigns_ends_with_totals(
    plan_of: PlanOf, btob: Pack, phrases: Phrases, language: str
) -> None:
    view = present(made(plan_of, *THIRDS), btob, phrases, language)
    (table,) = next(section for section in view.goal_sections if section.id == "portfolio").tables
    assert all(len(row) == len(table.columns) <= 7 for row in table.rows)
    assert [cell.digits for cell in table.rows[-1][1:4]] == ["100,000,000", "34", "136"]


def test_without_other_campaigns_each_number_stays_as_it_was(plan_of: PlanOf) -> None:
    alone, empty = plan_of(**CERTAIN), plan_of(**CERTAIN, other_campaigns=[])
    assert alone.chain == empty.chain and alone.portfolio is None and empty.portfolio is None
    assert [value(row.required.quantity) for row in alone.chain.stages] == [680, 136, 34]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shares=st.lists(st.integers(1, 250), min_size=2, max_size=4),
    deal=st.integers(1, 5000),
    overlap=st.integers(0, 99),
)
def test_the_campaigns_always_make_the_whole_and_reach_it(
    plan_of: PlanOf, shares: list[int], deal: int, overlap: int
) -> None:
    others = [{**FAIR, "share": f"{share / 10}%", "overlap": f"{overlap}%"} for share in shares[1:]]
    plan = made(plan_of, f"{shares[0] / 10}%", others, average_deal=f"{deal}万円")
    found = plan.portfolio
    assert found is not None and found.reached
    assert sum(wholes(found)) == value(found.whole)
    assert value(found.whole) - 1 < value(found.need) <= value(found.whole)
    assert sum(value(carrier.part) for carrier in found.carriers) == value(found.carried)
    assert value(found.carried) + value(found.rest) == 100_000_000
    assert plan.chain.stages[-1].required.quantity == found.carriers[0].whole
    assert plan.chain.forward_check is not None and plan.chain.forward_check.reached
    for carrier in found.carriers[1:]:
        assert value(carrier.collect) * (1 - value(carrier.overlap)) >= value(carrier.leads) - 1


def test_an_uncertain_deal_is_held_to_the_deals_that_are_allotted(plan_of: PlanOf) -> None:
    rows = [{**FAIR, "share": "33.4%"}, {**MAIL, "share": "33.3%"}]
    hardly = {"low": "2,999,900円", "likely": "300万円", "high": "3,000,100円"}
    certain, uncertain = (made(plan_of, "33.3%", rows, average_deal=deal) for deal in ("300万円", hardly))
    assert value(uncertain.chain.stages[-1].required.quantity) == 11
    # 11 deals make 33.0 of its 33.3 million: held to that part, a twelfth deal would be needed.
    assert certain.outlook and uncertain.outlook
    tries = value(uncertain.outlook.required_80), value(certain.outlook.required_80)
    assert tries[0] == pytest.approx(float(tries[1]), rel=0.06)


def test_a_count_needs_its_part_as_it_is(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count": "10", "kgi_count_stage": "deal", "existing_count": "0"}
    found = portfolio(plan_of, "40%", [{**FAIR, "share": "60%"}], **count)
    assert [value(carrier.need) for carrier in found.carriers] == [4, 6]
    assert value(portfolio(plan_of, "40%", [{**FAIR, "share": "60%"}]).carriers[1].need) == 20


def test_a_small_rest_that_nobody_carries_is_said(plan_of: PlanOf) -> None:
    count = {"kgi_kind": "count", "kgi_count": "10", "kgi_count_stage": "deal", "existing_count": "0"}
    plan = made(plan_of, "50%", [{**FAIR, "share": "45%"}], **count)
    (finding,) = [one for one in plan.findings if one.id == "share_not_carried"]
    assert (finding.severity, finding.concerns) == ("info", ("other_campaigns",))
    assert value(finding.params["rest"]) == Fraction(1, 2)  # type: ignore[arg-type]
    assert "share_not_carried" not in {
        one.id for one in made(plan_of, "55%", [{**FAIR, "share": "45%"}]).findings
    }


def test_a_campaign_that_is_allotted_nothing_is_counted(plan_of: PlanOf) -> None:
    plan = made(plan_of, "10%", [{**FAIR, "share": "90%"}], average_deal="1億円")
    (finding,) = [one for one in plan.findings if one.id == "nothing_allotted"]
    assert (finding.severity, finding.concerns) == ("warning", ("other_campaigns", "share"))
    assert (value(finding.params["whole"]), value(finding.params["campaigns"])) == (1, 1)  # type: ignore[arg-type]


def test_a_rate_of_none_won_cannot_be_worked_back(plan_of: PlanOf) -> None:
    none_won = {"count": "0", "of": "12"}
    found = portfolio(plan_of, "50%", [{**FAIR, "share": "50%", "win_rate": none_won}])
    assert found.carriers[1].opportunities == Impossible("zero_rate", {"rate": "win_rate"})
    found = portfolio(plan_of, "50%", [{**FAIR, "share": "50%", "lead_rate": none_won}])
    assert found.carriers[1].leads == Impossible("zero_rate", {"rate": "lead_rate"})
