"""Draw SVG as text: escaped elements whose look is in attributes, so that screen and PDF show the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

FONT = "KPI Sans, Noto Sans JP, sans-serif"
INK, SOFT, FAINT, LINE, TINT = "#1a1a1a", "#4d4d4d", "#666666", "#cccccc", "#f2f2f2"
ACCENT, ACCENT_SOFT, ACCENT_TINT, ALARM = "#0017c1", "#9db7f9", "#e8f1fe", "#b3261e"

# Advance widths of the bold face, space to tilde, in thousandths of the font size.
WIDTHS = (
    227, 370, 574, 590, 590, 963, 740, 325, 378, 378, 507, 590, 325, 370, 325, 387, 590, 590, 590,
    590, 590, 590, 590, 590, 590, 590, 325, 325, 590, 590, 590, 514, 1007, 641, 681, 656, 714, 615,
    585, 717, 757, 330, 568, 686, 578, 853, 749, 770, 667, 770, 682, 624, 625, 748, 619, 915, 627,
    580, 613, 378, 387, 378, 590, 567, 626, 591, 644, 527, 644, 581, 372, 597, 640, 304, 306, 604,
    315, 964, 641, 626, 644, 644, 437, 495, 421, 637, 576, 863, 562, 574, 511, 378, 296, 378, 590,
)  # fmt: skip
NOT_FIRST = frozenset("、。，．・：；？！ー）」』】〕〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ々％%),.:;!?")
NOT_LAST = frozenset("（「『【〔〈《(")
MORE = "…"


def element(name: str, *inside: str, **attributes: object) -> Markup:
    """Return one element; attributes are escaped, `_` in their names stands for `-`."""
    written = [
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
    ]
    content = Markup("").join(escape(part) for part in inside)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), Markup("").join(written), content)


def picture(title: str, width: int, height: int, parts: Iterable[str]) -> Markup:
    """Return a whole figure with its text alternative."""
    size = {"viewBox": f"0 0 {width} {height}", "width": width, "height": height}
    return element(
        "svg", element("title", title), *parts, xmlns="http://www.w3.org/2000/svg", role="img", **size
    )


def box(x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> Markup:
    """Return a rectangle."""
    return element(
        "rect", x=_at(x), y=_at(y), width=_at(width), height=_at(height), fill=fill, stroke=stroke, rx=2
    )


def shape(points: Iterable[tuple[float, float]], fill: str) -> Markup:
    """Return a filled polygon."""
    return element("polygon", points=" ".join(f"{_at(x)},{_at(y)}" for x, y in points), fill=fill)


def stroke(points: Iterable[tuple[float, float]], colour: str = LINE, dashes: str = "none") -> Markup:
    """Return a thin line through points."""
    path = " ".join(f"{_at(x)},{_at(y)}" for x, y in points)
    return element(
        "polyline", points=path, fill="none", stroke=colour, stroke_width=1, stroke_dasharray=dashes
    )


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set; `anchor` is start, middle or end."""

    size: float = 11
    colour: str = INK
    bold: bool = False
    anchor: str = "start"

    @property
    def leading(self) -> float:
        """Return the distance between lines."""
        return self.size * 1.4


def words(x: float, y: float, text: str, face: Type) -> Markup:
    """Return one line of text on the baseline `y`."""
    return element(
        "text",
        text,
        x=_at(x),
        y=_at(y),
        fill=face.colour,
        font_family=FONT,
        font_size=_at(face.size),
        font_weight=700 if face.bold else 400,
        text_anchor=face.anchor,
    )


def lines(x: float, middle: float, texts: list[str], face: Type) -> Markup:
    """Return lines of text centred on the height `middle`."""
    top = middle - face.leading * (len(texts) - 1) / 2 + face.size * 0.36
    return Markup("").join(words(x, top + face.leading * i, text, face) for i, text in enumerate(texts))


def length(text: str, size: float) -> float:
    """Return about how wide a text is set, never much less than it is."""
    return sum(_advance(character) for character in text) * size / 1000


def wrap(text: str, width: float, size: float, at_most: int) -> list[str]:
    """Break a text into lines of a width; what does not fit ends in an ellipsis."""
    done: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split())[:400]):
        if line and length(line + piece.rstrip(), size) > width:
            done.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    done.append(line.rstrip())
    kept = done[:at_most]
    if len(done) > at_most:
        kept[-1] += MORE
    return [cut(line, width, size) for line in kept]


def cut(text: str, width: float, size: float) -> str:
    """Shorten a text to a width, with an ellipsis where something is left out."""
    if length(text, size) <= width:
        return text
    text = text.removesuffix(MORE)
    while text and length(text + MORE, size) > width:
        text = text[:-1]
    return text.rstrip() + MORE


def _pieces(text: str) -> list[str]:
    """Split where a line may break: after a space, and between full-width characters."""
    pieces: list[str] = []
    for character in text:
        if pieces and not _may_break(pieces[-1][-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after in NOT_FIRST or after == " " or before in NOT_LAST:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _advance(character: str) -> int:
    if " " <= character <= "~":
        return WIDTHS[ord(character) - 32]
    return 1000 if _is_wide(character) else 600


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def _at(number: float) -> str:
    """Write a coordinate; a tenth of a unit is finer than anything printed."""
    return f"{number:.1f}".removesuffix(".0")
