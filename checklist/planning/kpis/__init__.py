"""The KPIs of the plan and of the team."""
