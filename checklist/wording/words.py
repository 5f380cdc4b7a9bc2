"""One language's words for numbers, dates and ids; every rendering of a plan goes through it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal

from checklist.pack.compiled import Pack
from checklist.pack.fields import Text
from checklist.pack.models import Stage
from checklist.quantity import Impossible, Known, Quantity, Unit, Unknown, decimal_text, round_half_up
from checklist.wording.phrases import Phrases
from checklist.wording.view import Shown

MOST_DIGITS = 200
# A count per one of these, or an amount, is no share of a stage.
_PLAIN = {"jpy", "day", "week", "year", "hour", "person", "show"}


class Words:
    """Word what a plan holds in one language."""

    def __init__(self, pack: Pack, phrases: Phrases, language: str) -> None:
        self.pack = pack
        self.phrases = phrases
        self.language = language
        self._titles = _titles(pack, language)
        self._counters = {stage.id: stage.counter[language] for stage in _stages(pack)}
        self._definitions = {stage.id: stage.definition[language] for stage in _stages(pack)}

    def phrase(self, key: str, /, **params: str) -> str:
        """Return a fixed phrase."""
        return self.phrases.text(self.language, key, **params)

    def of(self, text: Text | None) -> str:
        """Return a text of the pack in this language, or nothing where there is none."""
        return "" if text is None else text[self.language]

    def title(self, name: str) -> str:
        """Return what a person calls a question, stage, rate, KPI, check, formula or fact."""
        if name in self._titles:
            return self._titles[name]
        key = f"names.{name}"
        return self.phrase(key) if self.phrases.has(self.language, key) else name

    def definition(self, stage_id: str) -> str:
        """Return what counts as this stage."""
        return self._definitions[stage_id]

    def stage_count(self, value: Fraction, stage_id: str) -> str:
        """Return a count of a stage that was given without its unit."""
        return self.count(value, Unit.parse(stage_id))

    def names(self, names: tuple[str, ...]) -> str:
        """Return several names as one list."""
        return self.phrase("document.quoted_separator").join(self.quoted(name) for name in names)

    def quoted(self, name: str) -> str:
        """Return a name in the language's quotation marks."""
        return self.phrase("document.quoted", text=self.inside_quotes(self.title(name)))

    def inside_quotes(self, text: str) -> str:
        """Return a text as it stands inside quotation marks, where Japanese doubles its own."""
        return text.replace("「", "『").replace("」", "』")

    def date(self, day: date) -> str:
        """Return a date in full."""
        return format_date(day, "long", locale=self.language)

    def number(self, value: Fraction, places: int | None = None) -> str:
        """Return digits with separators, rounded half up to `places`."""
        text = decimal_text(value, places)
        digits = len(text.partition(".")[2])
        return self._digits(text, "#,##0." + "0" * digits if digits else "#,##0")

    def percent(self, value: Fraction) -> str:
        """Return a fraction as per cent, to as many places as it needs up to two, or three where tiny."""
        text = decimal_text(value * 100, 3 if abs(value) < Fraction(1, 1000) else 2)
        trimmed = text.rstrip("0").rstrip(".") if "." in text else text
        return self._digits(trimmed, "#,##0.###") + "%"

    def _digits(self, text: str, pattern: str) -> str:
        """Group digits; they are rounded already, and may be more than decimal arithmetic would keep."""
        with localcontext(prec=MOST_DIGITS):
            return format_decimal(Decimal(text), format=pattern, locale=self.language)

    def count(self, value: Fraction, unit: Unit, places: int | None = None) -> str:
        """Return a number with its unit: 680件, 680 leads, 3,000,000円, 20%."""
        if _is_rate(unit):
            return self.percent(value)
        if places is None and ("jpy", 1) in unit.powers:
            places = 0
        text = self.number(value, _places(value, places))
        return self._with_unit(text, unit, plural=text != "1")

    def measure(self, value: Fraction, unit: str) -> str:
        """Return a KPI's value in the KPI's own unit."""
        if unit == "percent":
            return self.percent(value)
        text = self.number(value, _places(value))
        return self.phrase(f"units.{unit}.{'one' if text == '1' else 'other'}", n=text)

    def _with_unit(self, text: str, unit: Unit, plural: bool) -> str:
        name = str(unit)
        form = "other" if plural else "one"
        if name == "1":
            return text
        key = f"units.{name.replace('/', '_per_')}.{form}"
        if self.phrases.has(self.language, key):
            return self.phrase(key, n=text)
        if name in self._counters:
            return self.phrase("document.counted", number=text, unit=self._counters[name])
        return self._compound(text, unit)

    def _compound(self, text: str, unit: Unit) -> str:
        """Word a ratio such as leads per month from the words of its parts."""
        top, *below = str(unit).split("/")
        counted = self._with_unit(text, Unit.parse(top), plural=text != "1") if below else text
        for name in below:
            counted = self.phrase("document.per", counted=counted, per=self.phrase(f"per.{name}"))
        return counted

    def quantity(self, quantity: Quantity, places: int | None = None) -> str:
        """Return a quantity as text; what is not known is said in a word."""
        if isinstance(quantity, Known):
            return self.count(quantity.value, quantity.unit, places)
        if isinstance(quantity, Impossible):
            return self.phrase("document.impossible")
        return self.phrase("document.unknown") if quantity.missing else self.phrase("document.not_said")

    def valued(self, name: str, quantity: Quantity) -> str:
        """Return the value of a question or stage; a share is read as per cent, a KPI's value in its unit."""
        bound = self.pack.questions.get(name)
        if isinstance(quantity, Known) and bound and bound.question.measure_unit:
            return self.measure(quantity.value, bound.question.measure_unit)
        if isinstance(quantity, Known) and bound and bound.question.type == "percentage":
            return self.percent(quantity.value)
        return self.quantity(quantity)

    def rounded(self, quantity: Known) -> str:
        """Return a quantity to one place, without a zero there."""
        value = round_half_up(quantity.value, 1)
        return self.count(value, quantity.unit, 0 if value.denominator == 1 else 1)

    def unit_of(self, unit: str, sign: str) -> str:
        """Return how a number of a unit is written, with `sign` in the number's place."""
        if unit == "percent":
            return f"{sign}%"
        key = f"units.{unit}.other"
        if self.phrases.has(self.language, key):
            return self.phrase(key, n=sign)
        return self._with_unit(sign, Unit.parse(unit), plural=True)

    def shown(self, quantity: Quantity, places: int | None = None) -> Shown:
        """Return a quantity as it is shown, with a note on what is missing or in the way."""
        text = self.quantity(quantity, places)
        if isinstance(quantity, Known):
            return Shown(text, digits=self.number(quantity.value, _places(quantity.value, places)))
        if isinstance(quantity, Impossible):
            return Shown(text, "impossible", self.reason(quantity))
        if not quantity.missing:
            return Shown(text, "unknown")
        note = self.phrase("document.missing", names=self.names(quantity.missing))
        return Shown(text, "unknown", note)

    def reason(self, quantity: Impossible) -> str:
        """Return why a quantity cannot exist."""
        return self.phrase(f"reasons.{quantity.reason}", **self.params(quantity.params))

    def params(self, params: Mapping[str, object]) -> dict[str, str]:
        """Word the facts of a reason or finding: quantities, dates, ids and plain digits."""
        return {key: self.fact(value) for key, value in params.items()}

    def fact(self, value: object) -> str:
        """Word one fact."""
        if isinstance(value, Known | Unknown | Impossible):
            return self.quantity(value)
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, tuple):
            return self.names(value)
        text = str(value)
        day = _iso_date(text)
        return self.date(day) if day else self.title(text)


def _is_rate(unit: Unit) -> bool:
    """Return whether a unit is one stage per another, which people read as per cent."""
    names = [name for name, power in unit.powers if name != "month"]
    above = [power for name, power in unit.powers if name != "month" and power > 0]
    return len(names) == 2 and above == [1] and not _PLAIN & set(names)


def _places(value: Fraction, places: int | None = None) -> int:
    """Return the places shown: as given, else none for a whole number, one or two for others."""
    if places is not None:
        return places
    return next((few for few in (0, 1) if (value * 10**few).denominator == 1), 2)


def _iso_date(text: str) -> date | None:
    if len(text) != 10 or text[4] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _titles(pack: Pack, language: str) -> dict[str, str]:
    titles = {formula.id: formula.title[language] for formula in pack.formulas.values()}
    titles |= {kpi.id: kpi.title[language] for kpi in pack.kpis.values()}
    questions = {name: bound.question for name, bound in pack.questions.items()}
    titles |= {name: (asked.label or asked.title)[language] for name, asked in questions.items()}
    titles |= {check.id: check.title[language] for item in pack.items for check in item.checks}
    titles |= {stage.id: stage.title[language] for stage in _stages(pack)}
    return titles


def _stages(pack: Pack) -> list[Stage]:
    return [
        stage
        for funnel in pack.funnels.values()
        for stage in (*funnel.stages, *(stage for route in funnel.routes for stage in route.stages))
    ]
