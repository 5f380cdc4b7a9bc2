"""The engine of Shirube: a pack and answers in, a plan out."""

from checklist.pack.loader import load_pack
from checklist.planning.plan import make_plan
from checklist.questionnaire.answers import read_answers
from checklist.questionnaire.routing import route

__all__ = ["load_pack", "make_plan", "read_answers", "route"]
