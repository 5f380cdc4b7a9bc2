"""Answers as a person would type them, for any question of a pack."""

from __future__ import annotations

from checklist.pack.compiled import BoundQuestion

BY_TYPE = {
    "amount": "7万円",
    "count": "7",
    "rate": "7%",
    "percentage": "7%",
    "volume": "月7件",
    "duration": "2か月",
    "date": "2027-02-02",
    "text": "東日本の工場",
    "check": "no",
}
BY_MEASURE = {"percent": "7%", "hour": "7時間", "day": "7日", "second": "7", "jpy": "7万円"}


def typed_for(question: BoundQuestion) -> str | list[str] | list[dict[str, object]]:
    """Type something that the question takes."""
    asked = question.question
    if asked.type == "list":
        return [{column.id: typed_for(column) for column in question.columns}]
    if asked.type == "single_choice":
        return question.options[-1].option.id
    if asked.type == "multiple_choice":
        return [question.options[0].option.id]
    if asked.type == "measure":
        return BY_MEASURE.get(asked.measure_unit or "", "7")
    return BY_TYPE[asked.type]
