"""Turn the worksheet's HTML into PDF; the only module that loads the printing library."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from checklist.worksheet.letters import Attachment

HERE = Path(__file__).parent
FONTS = {"regular": "NotoSansJP_400Regular.ttf", "bold": "NotoSansJP_700Bold.ttf"}
GETA = "〓"
# What joins, tints or turns the characters around it prints nothing of its own.
SILENT = re.compile(r"[\ufe00-\ufe0f\U000e0000-\U000e01ef\U0001f3fb-\U0001f3ff]")
COMPOSED = re.compile(r".[\u0300-\u036f\u3099\u309a]+", re.DOTALL)
EPOCH = datetime(2000, 1, 1)
UA_ID = (HERE / "templates" / "pdfua.xmp").read_bytes()


class BundledOnly(URLFetcher):  # type: ignore[misc]
    """Hand out the bundled fonts and refuse every other address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a bundled font; nothing is ever read because a text asks for it."""
        kind, _, name = url.partition(":")
        if kind != "font" or name not in FONTS:
            raise ValueError(f"not bundled: {url[:200]}")
        return URLFetcherResponse(url, (HERE / "fonts" / FONTS[name]).read_bytes())
