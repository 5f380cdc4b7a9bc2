"""What must follow when a KPI of the plan rises."""

from __future__ import annotations

from collections.abc import Callable

from checklist.pack.compiled import Pack
from checklist.planning.plan import Plan

PlanOf = Callable[..., Plan]


def followed(plan: Plan) -> list[tuple[str, str, bool]]:
    return [(step.kpi, step.follows, step.watched) for step in plan.next_steps]


def test_each_kpi_of_a_list_for_mail_names_what_follows_from_the_top_down(plan_of: PlanOf) -> None:
    plan = plan_of("full", campaign="ma_rollout", ma_phase="growth", purpose=None)
    main = {kpi.id for kpi in plan.kpis if kpi.role != "guardrail"}
    assert [step for step in followed(plan) if step[0] in main] == [
        ("mail_click_rate", "hot_leads", True),
        ("hot_leads", "ma_opportunities", True),
        ("mql_acceptance_rate", "ma_lead_to_opportunity", True),
        ("first_response_hours", "ma_lead_to_opportunity", True),
        ("ma_opportunities", "ma_win_rate", False),
        ("ma_lead_to_opportunity", "ma_win_rate", False),
    ]


def test_what_draws_people_comes_before_what_they_do_on_the_site(plan_of: PlanOf, btob: Pack) -> None:
    plan = plan_of("full")
    stages = [btob.kpis[step.kpi].stage for step in plan.next_steps]
    order = list(dict.fromkeys(stages))
    assert order == ["attract", "engage", "capture", "qualify", "opportunity"]
    assert [stage for stage in order for _ in range(stages.count(stage))] == stages
