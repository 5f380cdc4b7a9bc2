"""Reverse calculations as practitioners print them, retyped as answers; the chain agrees within 0.5 %.

Where a page rounds to whole deals before it goes on, its figures are those of `required`, else of `exact`.
Dollars and pounds are typed as yen: the currency does not enter the arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest

from checklist.planning.plan import Plan
from checklist.quantity import Known, Quantity

PlanOf = Callable[..., Plan]
Answers = dict[str, object]

WITHIN = Fraction(5, 1000)
UNROUNDED: Mapping[str, tuple[Answers, Mapping[str, float]]] = {
    # The reverse calculation as most pages teach it: 100 million yen at 3 million a deal, 25 % won, 20 % of
    # leads.
    "as most pages teach it": (
        {"kgi_amount": "1億円", "average_deal": "300万円"},
        {"deal": 33.333, "opportunity": 133.333, "lead": 666.667},
    ),
    # ist-c.co.jp/?p=3393, how to take sales apart into leads, rates and price: 250 leads a month.
    "ten million yen a month": (
        {
            "kgi_amount": "1,000万円",
            "average_deal": "50万円",
            "opportunity_to_deal": "20%",
            "lead_to_opportunity": "40%",
        },
        {"deal": 20, "opportunity": 100, "lead": 250},
    ),
    # kellblog.com, Why Every Startup Needs an Inverted Demand Generation Funnel, Part I: 133 SQLs a quarter.
    "an inverted demand generation funnel": (
        {"kgi_amount": "2,000,000", "average_deal": "75,000", "opportunity_to_deal": "20%"},
        {"opportunity": 133},
    ),
    # trewmarketing.com, 3 Steps to Calculate Your Leads-to-Revenue Ratio: 50 customers, 2 % of leads, 2,500
    # leads. The page has no stage between, so that its 2 % are typed as 10 % and 20 %.
    "leads to revenue in three steps": (
        {
            "kgi_amount": "500,000",
            "average_deal": "10,000",
            "lead_to_opportunity": "10%",
            "opportunity_to_deal": "20%",
        },
        {"deal": 50, "lead": 2500},
    ),
    # github.com/cabyz/RevEngine, sales-funnel-fundamentals.md, "Need $1M ARR": 366 leads, 238 contacts, 95.2
    # meetings booked, 66.7 held, 20 sales. Contacts and meetings booked stand as MQLs and SQLs.
    "one million of ARR": (
        {
            "web_stages": ["mql", "sql"],
            "kgi_amount": "1,000,000",
            "average_deal": "50,000",
            "lead_to_mql": "65%",
            "mql_to_sql": "40%",
            "sql_to_opportunity": "70%",
            "opportunity_to_deal": "30%",
        },
        {"deal": 20, "opportunity": 66.7, "sql": 95.2, "mql": 238, "lead": 366},
    ),
    # uptempo.io, Reverse Waterfall to Hit Revenue Targets: 10 %, 85 %, 60 % and 30 % are 1.53 %, so that
    # 1,000 inquiries bring 15.3 customers of 10,000 dollars each.
    "a reverse waterfall": (
        {
            "web_stages": ["mql", "sql"],
            "kgi_amount": "153,000",
            "average_deal": "10,000",
            "lead_to_mql": "10%",
            "mql_to_sql": "85%",
            "sql_to_opportunity": "60%",
            "opportunity_to_deal": "30%",
        },
        {"deal": 15.3, "lead": 1000},
    ),
    # thecalcu.com, Sales Funnel Calculator: 1,000 leads, 300 MQLs, 120 SQLs, 50 opportunities, 15 won.
    "a funnel by its counts": (
        {
            "web_stages": ["mql", "sql"],
            "kgi_kind": "count",
            "kgi_count_stage": "deal",
            "kgi_count": "15",
            "existing_count": "0",
            "lead_to_mql": "300 of 1,000",
            "mql_to_sql": "120 of 300",
            "sql_to_opportunity": "50 of 120",
            "opportunity_to_deal": "15 of 50",
        },
        {"deal": 15, "opportunity": 50, "sql": 120, "mql": 300, "lead": 1000},
    ),
    # thecalcs.com, Lead Funnel Calculator: 10,000 leads, 500 MQLs, 200 SQLs, 100 opportunities, 25 customers,
    # $125,000.
    "a funnel that leaks": (
        {
            "web_stages": ["mql", "sql"],
            "kgi_amount": "125,000",
            "average_deal": "5,000",
            "lead_to_mql": "5%",
            "mql_to_sql": "40%",
            "sql_to_opportunity": "50%",
            "opportunity_to_deal": "25%",
        },
        {"deal": 25, "opportunity": 100, "sql": 200, "mql": 500, "lead": 10_000},
    ),
    # productgrowth.blog, Website Traffic: 50,000 visitors, 3 % leads, 8 % of these customers at $600 are
    # $72,000. The page has no stage between lead and customer, so that its 8 % are typed as 20 % and 40 %.
    "traffic to revenue": (
        {
            "web_stages": ["visit"],
            "visit_counting": "users",
            "kgi_amount": "72,000",
            "average_deal": "600",
            "visit_to_lead": "3%",
            "lead_to_opportunity": "20%",
            "opportunity_to_deal": "40%",
        },
        {"deal": 120, "lead": 1500, "visit": 50_000},
    ),
    # us.skylinewhitespace.com, Trade Show Tips: ten conversations for one qualified lead, 750 for 75. The
    # page has neither cards nor a stage below, so that its tenth is typed as 50 % and 20 %, and every
    # qualified lead counts.
    "conversations at a booth": (
        {
            "campaign": "trade_show",
            "show_stages": ["talk", "valid_lead"],
            "booked_meetings": "0",
            "kgi_kind": "count",
            "kgi_count_stage": "opportunity",
            "kgi_count": "75",
            "existing_count": "0",
            "talk_to_card": "50%",
            "card_to_valid_lead": "20%",
            "valid_lead_to_opportunity": "100%",
        },
        {"valid_lead": 75, "talk": 750},
    ),
}
WHOLE_DEALS_FIRST: Mapping[str, tuple[Answers, Mapping[str, int]]] = {
    # pulserevops.com, The Top-of-Funnel Math Reboot: 34 deals, / 22 % = 155 opportunities.
    "real pipeline coverage": (
        {"kgi_amount": "2,000,000", "average_deal": "60,000", "opportunity_to_deal": "22%"},
        {"deal": 34, "opportunity": 155},
    ),
    # advisorsontarget.com/?p=4168, How many leads do you need to hit your sales goals: 25 a month.
    "leads for a month of jobs": (
        {
            "kgi_amount": "50,000",
            "average_deal": "5,000",
            "opportunity_to_deal": "45%",
            "lead_to_opportunity": "90%",
        },
        {"deal": 10, "lead": 25},
    ),
    # 34 deals at 25 %, and 25 % of leads become opportunities: 544 leads.
    "a rate per lead where it belongs": (
        {"kgi_amount": "1億円", "average_deal": "300万円", "lead_to_opportunity": "25%"},
        {"deal": 34, "opportunity": 136, "lead": 544},
    ),
    # The same 25 % put between SQL and opportunity, with 25 % MQLs and 39 % accepted above it: 5,580 leads.
    "a rate per lead in the place of one per SQL": (
        {
            "web_stages": ["mql", "sql"],
            "kgi_amount": "1億円",
            "average_deal": "300万円",
            "lead_to_mql": "25%",
            "mql_to_sql": "39%",
            "sql_to_opportunity": "25%",
        },
        {"opportunity": 136, "sql": 544, "lead": 5580},
    ),
}


def count(plan: Plan, stage: str, name: str) -> Fraction:
    row = plan.chain.stage(stage)
    assert row is not None
    return value(getattr(row, name).quantity)


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Known), quantity
    return quantity.value


def worked(plan_of: PlanOf, **answers: object) -> Plan:
    """Make the plan of an example, which knows nothing that is in already."""
    return plan_of("full", **{"orders_booked": "0", "pipeline_expected": "0", **answers})


def money(plan: Plan, name: str) -> Fraction:
    assert plan.money is not None
    return value(plan.money.quantity(name))


@pytest.mark.parametrize("example", UNROUNDED)
def test_the_chain_agrees_with_an_example_that_does_not_round(plan_of: PlanOf, example: str) -> None:
    answers, printed = UNROUNDED[example]
    plan = worked(plan_of, **answers)
    for stage, wanted in printed.items():
        assert abs(count(plan, stage, "exact") / Fraction(wanted) - 1) <= WITHIN, stage


@pytest.mark.parametrize("example", WHOLE_DEALS_FIRST)
def test_the_chain_agrees_with_an_example_that_rounds_deals_first(plan_of: PlanOf, example: str) -> None:
    answers, printed = WHOLE_DEALS_FIRST[example]
    plan = worked(plan_of, **answers)
    assert {stage: count(plan, stage, "required") for stage in printed} == printed


def test_pipeline_coverage_agrees_with_a_printed_example(plan_of: PlanOf) -> None:
    # prowi.io, Conversion Rate: $450,000 a quarter at 25 % and $45,000 a deal take a pipeline of $1,800,000,
    # 4 times.
    plan = worked(plan_of, kgi_amount="450,000", average_deal="45,000", opportunity_to_deal="25%")
    assert money(plan, "coverage") == 4
    assert money(plan, "pipeline") == 1_800_000


def test_break_even_agrees_with_a_printed_example(plan_of: PlanOf) -> None:
    # improvehomelife.com, Trade Show Budgeting, Part 1: $5,000 / ($2,500 x 50 %) = 4 sales.
    plan = worked(plan_of, kgi_amount="25,000", average_deal="2,500", budget="5,000", gross_margin="50%")
    assert money(plan, "break_even") == 4
