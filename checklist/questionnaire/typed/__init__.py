"""Reading what people type: numbers, money, rates, durations, dates and volumes, in Japanese and English."""

from checklist.questionnaire.typed.dates import read_date
from checklist.questionnaire.typed.durations import Duration, read_duration, subtract
from checklist.questionnaire.typed.numbers import COUNTERS, read_amount, read_count, read_number
from checklist.questionnaire.typed.rates import read_percentage, read_rate
from checklist.questionnaire.typed.text import clean_text, is_later_word, is_unknown_word
from checklist.questionnaire.typed.volumes import Volume, read_volume

__all__ = [
    "COUNTERS",
    "Duration",
    "Volume",
    "clean_text",
    "is_later_word",
    "is_unknown_word",
    "read_amount",
    "read_count",
    "read_date",
    "read_duration",
    "read_number",
    "read_percentage",
    "read_rate",
    "read_volume",
    "subtract",
]
