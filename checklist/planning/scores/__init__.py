"""Lead scores and triggers that follow from the KPIs."""
