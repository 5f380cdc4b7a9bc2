"""Printing plans: one printing process, and what was printed lately kept by the hash of its content."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from checklist.wording.view import WordedPlan
from checklist.worksheet.document import html
from checklist.worksheet.printer import Printer
from checklist.worksheet.wire import Attachment

KEPT = 32


class Shelf:
    """A printer that keeps the latest documents, so that the same plan is printed once."""

    def __init__(self) -> None:
        self.printer = Printer()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def printed(self, plan: WordedPlan, answers: bytes) -> bytes:
        """Return the PDF of a plan with its answers file attached; raise PrintError."""
        page = html(plan)
        key = hashlib.sha256(page.encode() + b"\0" + answers).hexdigest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        body = self.printer.print(page, [Attachment("shirube-answers.yaml", answers)])
        with self._lock:
            self._kept[key] = body
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return body
