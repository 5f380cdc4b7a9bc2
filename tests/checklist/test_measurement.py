"""Whether each KPI of the plan can be read today, and which answer says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from checklist.planning.plan import Plan

PlanOf = Callable[..., Plan]


def states(plan: Plan) -> dict[str, tuple[str, str]]:
    assert plan.measurement is not None
    return {row.kpi: (row.state, row.because) for row in plan.measurement.rows}


def test_every_kpi_of_the_plan_has_a_row(plan_of: PlanOf) -> None:
    plan = plan_of("full")
    assert list(states(plan)) == [kpi.id for kpi in plan.kpis] != []


def test_without_a_campaign_there_is_nothing_to_measure(plan_of: PlanOf) -> None:
    assert plan_of(campaign=None).measurement is None


def test_kpi_with_an_own_value_is_measured(plan_of: PlanOf) -> None:
    plan = plan_of("full", form_completion_baseline="25%", lead_volume="月20件")
    assert states(plan)["form_completion"] == ("measured", "form_completion_baseline")
    assert states(plan)["web_new_leads"] == ("measured", "lead_volume")


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("unknown", ("not_yet", "form_completion_baseline")),
        ("later", ("not_said", "")),
        (None, ("not_said", "")),
    ],
)
def test_value_that_nobody_knows_is_not_measured_and_one_left_for_later_is_open(
    plan_of: PlanOf, typed: str | None, state: tuple[str, str]
) -> None:
    assert states(plan_of("full", form_completion_baseline=typed))["form_completion"] == state


@pytest.mark.parametrize("in_place", ["no", "unknown"])
def test_measurement_that_is_not_in_place_leaves_what_the_tools_count_unmeasured(
    plan_of: PlanOf, in_place: str
) -> None:
    found = states(plan_of("full", measurement_in_place=in_place))
    assert found["inquiries"] == found["web_new_leads"] == ("not_yet", "measurement_in_place")
    assert found["missed_redirects"] == ("not_said", "")  # a crawler reads it, not GA4, MA or CRM


def test_measurement_in_place_does_not_yet_say_that_each_kpi_is_read(plan_of: PlanOf) -> None:
    assert set(states(plan_of("full", measurement_in_place="yes")).values()) == {("not_said", "")}


def test_plan_names_who_sets_it_up_by_when_and_the_campaign_tag(plan_of: PlanOf) -> None:
    measurement = plan_of("full", measurement_owner="佐藤", measurement_ready_by="2027-01-10").measurement
    assert measurement is not None
    assert (measurement.owner, measurement.ready_by) == ("佐藤", date(2027, 1, 10))
    assert measurement.campaign_tag == "site_renewal-202701"


def test_campaign_without_a_start_has_no_tag(plan_of: PlanOf) -> None:
    measurement = plan_of("full", campaign_date=None).measurement
    assert measurement is not None and measurement.campaign_tag is None
