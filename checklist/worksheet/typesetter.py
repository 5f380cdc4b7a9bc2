"""Turn the worksheet's HTML into PDF; the only module that loads the printing library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pydyf  # type: ignore[import-untyped]
import weasyprint
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from checklist.worksheet.wire import Attachment

HERE = Path(__file__).parent
FONTS = {"regular": "NotoSansJP_400Regular.ttf", "bold": "NotoSansJP_700Bold.ttf"}
GETA = "〓"
# Tab, line ends and the place where a long word may break are not printed but followed.
LAYOUT = frozenset("\t\n\r\u200b")
COMPOSED = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")
SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
# Equal input gives equal bytes, so an attachment has no time of its own.
NO_TIME = datetime(2000, 1, 1)


class BundledOnly(URLFetcher):  # type: ignore[misc]
    """Hand out the bundled fonts and refuse every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a bundled font; raise ValueError for anything a document could ask for besides."""
        kind, _, name = url.partition(":")
        if kind != "font" or name not in FONTS:
            raise ValueError(f"not bundled: {url[:200]}")
        return URLFetcherResponse(url, (HERE / "fonts" / FONTS[name]).read_bytes())


class Typesetter:
    """Fonts and styles, loaded once, and what is printed with them."""

    def __init__(self) -> None:
        self._fetcher = BundledOnly()
        self._fonts = FontConfiguration()
        self._style = weasyprint.CSS(
            string=(HERE / "templates" / "worksheet.css").read_text(encoding="utf-8"),
            font_config=self._fonts,
            url_fetcher=self._fetcher,
        )
        self._letters = _letters()

    def typeset(self, html: str, attachments: Sequence[Attachment] = ()) -> bytes:
        """Return the PDF, archivable and accessible (PDF/A-3a and PDF/UA-1), the same bytes each time."""
        page = weasyprint.HTML(string=printable(html, self._letters), url_fetcher=self._fetcher)
        document = page.render(font_config=self._fonts, stylesheets=[self._style])
        document.metadata.attachments = [_attachment(one, self._fetcher) for one in attachments]
        pdf: bytes = document.write_pdf(finisher=_claim_accessibility, pdf_variant="pdf/a-3a")
        return pdf


def printable(text: str, letters: frozenset[str]) -> str:
    """Return a text of characters the fonts have; one they lack becomes 〓, as in Japanese printing."""
    text = COMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    odd = {character for character in set(text) if character not in letters or _is_silent(character)}
    return text.translate({ord(character): _instead(character) for character in odd - LAYOUT})


def _instead(character: str) -> str:
    if unicodedata.category(character).startswith("Z"):
        return " "
    return "" if _is_silent(character) else GETA


def _is_silent(character: str) -> bool:
    """Return whether a character prints nothing itself: it joins, marks, tints or turns its neighbours."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me") or character in SKIN_TONES


def _letters() -> frozenset[str]:
    """Return what can be printed; both faces have the same characters."""
    with TTFont(HERE / "fonts" / FONTS["regular"], lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _attachment(one: Attachment, fetcher: URLFetcher) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=one.content,
        name=one.name,
        description=one.description or None,
        created=NO_TIME,
        modified=NO_TIME,
        relationship="Source",
        url_fetcher=fetcher,
    )


def _claim_accessibility(_: Any, pdf: pydyf.PDF) -> None:
    """Name PDF/UA-1 beside PDF/A-3a in the metadata, as the printing library writes one of them only."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    claim = (HERE / "templates" / "pdfua.xmp").read_bytes()
    metadata.stream = [
        b"".join(metadata.stream).replace(b"</rdf:RDF>", claim + b"</rdf:RDF>", 1),
    ]
