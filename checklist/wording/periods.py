"""Months, quarters, half-years and fiscal years in words, each named with its months."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_interval, format_skeleton

from checklist.planning.timing.fiscal import Period
from checklist.wording.words import Words


def period_name(words: Words, period: Period) -> str:
    """Return a period in full: 2027年4月, 2027年度 上期（2027年4月〜9月）, FY2027 Q1 (Apr–Jun)."""
    if period.grain == "month":
        return format_skeleton("yMMM", period.first, locale=words.language)
    kind = f"half_{period.number}" if period.grain == "half" else period.grain
    names = {"year": str(period.fiscal_year), "number": str(period.number)}
    return words.phrase(f"periods.{kind}", **names, months=_months(words, period))


def month_name(words: Words, month: int) -> str:
    """Return the name of a month of the year."""
    return format_date(date(2000, month, 1), "LLLL", locale=words.language)


def month_names(words: Words, months: tuple[int, ...]) -> str:
    """Return several months of the year as one list."""
    return words.phrase("document.list_separator").join(month_name(words, month) for month in months)


def _months(words: Words, period: Period) -> str:
    """Return the months of a period; three of them need no year beside that of the fiscal year."""
    skeleton = "MMM" if period.grain == "quarter" else "yMMM"
    span = format_interval(period.first, period.last, skeleton, locale=words.language)
    return span.replace("\u2009", "").replace("～", "〜")
