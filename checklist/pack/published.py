"""What published figures have to keep to: their form, their order, and what they may stand beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from checklist.pack.catalogue import Benchmark, Kpi
from checklist.pack.problems import Path, Placed, Problems

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?)%", re.ASCII)
_PLAIN = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)", re.ASCII)
_RANGE = ("low", "typical", "high")


def check_benchmark(benchmark: Placed[Benchmark], kpis: Mapping[str, Kpi], problems: Problems) -> None:
    """Note figures that are missing, misspelt or out of order, and KPIs that they cannot stand beside."""
    given = {key: text for key in _RANGE if (text := getattr(benchmark.model, key)) is not None}
    if not given:
        problems.about(benchmark, "missing_key", name="typical")
    elif ("low" in given) != ("high" in given):
        problems.about(benchmark, "missing_key", name="high" if "low" in given else "low")
    _check_figures(benchmark, given, problems)
    _check_kpis(benchmark, kpis, problems)


def check_choosable(
    placed: Placed[Any],
    name: str | None,
    benchmarks: Mapping[str, Benchmark],
    problems: Problems,
    *within: str | int,
) -> None:
    """Note a figure offered for a rate that is not there, or is no whole range in per cent."""
    if name is None:
        return
    if name not in benchmarks:
        problems.unknown(placed, "unknown_benchmark", name, benchmarks, *within, "published")
    elif not benchmarks[name].choosable:
        problems.about(placed, "benchmark_without_range", *within, "published", name=name)


def _check_figures(benchmark: Placed[Benchmark], given: Mapping[str, str], problems: Problems) -> None:
    percent = benchmark.model.unit == "percent"
    form, code = (_PERCENT, "bad_percentage") if percent else (_PLAIN, "bad_figure")
    values: list[Fraction] = []
    for key, text in given.items():
        found = form.fullmatch(text)
        if found is None:
            problems.about(benchmark, code, key, value=text)
        else:
            values.append(Fraction(found.group(1)))
    if values != sorted(values):
        problems.about(benchmark, "range_out_of_order", next(iter(given)))


def _check_kpis(benchmark: Placed[Benchmark], kpis: Mapping[str, Kpi], problems: Problems) -> None:
    for index, name in enumerate(benchmark.model.kpis):
        if name not in kpis:
            problems.unknown(benchmark, "unknown_kpi", name, kpis, "kpis", index)
        elif kpis[name].unit != benchmark.model.unit:
            unit, found = kpis[name].unit, benchmark.model.unit
            within: Path = ("kpis", index)
            problems.about(
                benchmark, "benchmark_of_another_unit", *within, name=name, expected=unit, found=found
            )
