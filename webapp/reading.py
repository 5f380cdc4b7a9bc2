"""What the engine makes of an assessment: its answers read, its path, its plan; each worked out once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from checklist.pack.compiled import BoundQuestion, Pack
from checklist.pack.loader import load_pack
from checklist.planning.plan import Plan, make_plan
from checklist.questionnaire.answers import read_answer, read_answers
from checklist.questionnaire.routing import Path, route
from checklist.questionnaire.values import Answer, Answers
from checklist.wording.phrases import LANGUAGES, Phrases, load_phrases
from checklist.wording.present import present
from checklist.wording.view import WordedPlan
from checklist.wording.words import Words
from webapp.config import Settings
from webapp.storage.assessments import Assessment, PackVersion

KEPT = 256
KEPT_ANSWERS = 8192


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers as read, and the way through the questionnaire that follows from them."""

    answers: Answers
    path: Path


class Reader:
    """One pack with its phrases.

    Revisions never change, so what was read from one is kept by the text of its answers.
    """

    def __init__(self, pack: Pack, phrases: Phrases) -> None:
        self.pack = pack
        self.phrases = phrases
        self.words = {language: Words(pack, phrases, language) for language in LANGUAGES}
        self._answer = lru_cache(KEPT_ANSWERS)(self._answer_afresh)
        self._read = lru_cache(KEPT)(self._read_afresh)
        self._plan = lru_cache(KEPT)(self._plan_afresh)
        self._worded = lru_cache(KEPT)(self._worded_afresh)

    @property
    def version(self) -> PackVersion:
        """Return which pack new assessments are made with."""
        return PackVersion(self.pack.id, self.pack.manifest.version, self.pack.hash)

    def read(self, assessment: Assessment) -> Reading:
        """Return the answers and the path of an assessment."""
        return self._read(assessment.answers, assessment.path, assessment.language)

    def plan(self, assessment: Assessment, today: date) -> Plan:
        """Return the plan that an assessment gives on a day."""
        return self._plan(assessment.answers, assessment.path, assessment.language, today)

    def worded(self, assessment: Assessment, today: date, language: str) -> WordedPlan:
        """Return the plan in words."""
        return self._worded(assessment.answers, assessment.path, assessment.language, today, language)

    def document(self, path: str, language: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return answers in the form of an answers file."""
        version = self.version
        return {
            "pack": version.id,
            "pack_version": version.version,
            "pack_hash": version.hash,
            "language": language,
            "path": path,
            "answers": dict(answers),
        }

    def read_answer(self, question: BoundQuestion, raw: Any, pack: Pack) -> Answer:
        """Read one answer as the engine does; a save changes few, so most were read before."""
        return self._answer(question.id, json.dumps(raw))

    def _answer_afresh(self, name: str, raw: str) -> Answer:
        return read_answer(self.pack.questions[name], json.loads(raw), self.pack)

    def _read_afresh(self, answers: str, path: str, language: str) -> Reading:
        read = read_answers(self.pack, self.document(path, language, json.loads(answers)), self.read_answer)
        return Reading(read, route(self.pack, read))

    def _plan_afresh(self, answers: str, path: str, language: str, today: date) -> Plan:
        reading = self._read(answers, path, language)
        return make_plan(self.pack, reading.answers, today, path=reading.path)

    def _worded_afresh(self, answers: str, path: str, own: str, today: date, language: str) -> WordedPlan:
        return present(self._plan(answers, path, own, today), self.pack, self.phrases, language)


def open_reader(settings: Settings) -> Reader:
    """Load the pack and the phrases; raise checklist.errors.PackError."""
    return Reader(load_pack(settings.pack), load_phrases(settings.phrases))
