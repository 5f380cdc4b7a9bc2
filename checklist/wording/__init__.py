"""Words for what the engine says, in every language, from phrases and the pack."""

from checklist.wording.answers import answer_text
from checklist.wording.phrases import Phrases, load_phrases
from checklist.wording.present import present
from checklist.wording.problems import pack_problem_text, problem_text
from checklist.wording.words import Words

__all__ = ["Phrases", "Words", "answer_text", "load_phrases", "pack_problem_text", "present", "problem_text"]
