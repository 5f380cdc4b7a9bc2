"""What a name that a team typed stands for: a KPI of the catalogue, a team, a slice of the goal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from checklist.checks.kgi_words import ACTIVITY
from checklist.pack.catalogue import Kpi
from checklist.questionnaire.typed import is_unknown_word

SHORTEST = 3

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_BETWEEN = re.compile(r"[\s・/、,&]+")
_DIVISION = (
    "営業|マーケ|販売|販促|企画|推進|広報|宣伝|開発|事業|情報|システム|管理|技術|総務|経営|商品|製品|web|デジタル|"
    "カスタマー|サービス|国内|海外|dx|インサイド|第[一二三1-9]"
)
_TEAM_JA = re.compile(
    rf"(?:.*(?:{_DIVISION}).*(?:部|課|室|係|班)|.*(?:チーム|グループ|部門|本部|事業部|支店|営業所|代理店)|"
    r"(?:インサイド|フィールド)?(?:営業|セールス)|マーケ(?:ティング)?|販促|広報|全員|みんな|各自|担当者?|会社|当社|なし|-+|tbd)"
)
_TEAM_EN = frozenset(
    "sales marketing inside field digital web pr it hq the team teams department dept dept. division group "
    "unit everyone everybody all staff agency company and of demand generation growth tbd none n/a "
    "nobody".split()
)
_MONEY_OF_GOAL = re.compile(
    r".*(?:売上高?|売り上げ|売上額|売上金額|受注額|受注金額|契約金額)|"
    r"(?:.*\b)?(?:sales|revenue|turnover|bookings|orders|arr|mrr)(?: amount| value)?"
)
_NOT_MONEY = re.compile(r"率|単価|比率|rate|share|per\b")
_RATE = re.compile(r"率|rate|ratio|%|割合|share")


def plain(text: str) -> str:
    """Return a name as names are compared: one width, small letters, without blanks at the ends."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def guess_kpi(kpis: Collection[Kpi], name: str, preferred: Collection[str]) -> str | None:
    """Return the KPI whose title a name resembles: the same, within it, or around it.

    Of several that fit, the one in `preferred` is meant; where that does not settle it, none.
    """
    typed = plain(name)
    for fits in (_same, _contained, _containing):
        found = [kpi for kpi in kpis if any(fits(typed, title) for title in _titles(kpi))]
        if found:
            return _settled(found, typed, preferred)
    return None


def _titles(kpi: Kpi) -> Iterator[str]:
    for title in kpi.title.values():
        yield from _spellings(title)


@lru_cache(maxsize=2048)
def _spellings(title: str) -> tuple[str, str]:
    return plain(title), plain(_BRACKETS.sub("", title))


def _same(typed: str, title: str) -> bool:
    return typed == title


def _contained(typed: str, title: str) -> bool:
    return len(title) >= SHORTEST and title in typed


def _containing(typed: str, title: str) -> bool:
    return len(typed) >= SHORTEST and typed in title


def _settled(found: list[Kpi], typed: str, preferred: Collection[str]) -> str | None:
    """Return the one meant: the longest title within the name, else the only one, else a preferred one."""
    within = [len(title) for kpi in found for title in _titles(kpi) if title in typed]
    if within:
        found = [kpi for kpi in found if any(len(t) == max(within) and t in typed for t in _titles(kpi))]
    if len(found) > 1:
        found = [kpi for kpi in found if kpi.id in preferred]
    return found[0].id if len(found) == 1 else None


def is_person(owner: str) -> bool:
    """Say whether an owner is one person or post, not a team and not open; a name is never doubted."""
    typed = plain(_BRACKETS.sub(" ", owner))
    words = [word for word in _BETWEEN.split(typed) if word]
    if not words or is_unknown_word(typed):
        return False
    return not all(_TEAM_JA.fullmatch(word) or word in _TEAM_EN for word in words)


def is_activity(name: str) -> bool:
    """Say whether a name is of page views, followers and the like, counted and not as a rate."""
    typed = plain(name)
    return re.search(ACTIVITY, typed) is not None and _RATE.search(typed) is None


def is_money_of_goal(name: str) -> bool:
    """Say whether a name is that of sales or orders in money, over whatever period."""
    typed = plain(_BRACKETS.sub("", name))
    return _MONEY_OF_GOAL.fullmatch(typed) is not None and _NOT_MONEY.search(typed) is None


def is_count_of(name: str, titles: Collection[str]) -> bool:
    """Say whether a name is a plain count of a stage, such as 月間受注件数 of 受注."""
    typed = plain(_BRACKETS.sub("", name))
    return any(
        re.fullmatch(
            rf"(?:月次|月間|毎月の?|月の|週次|週間|四半期の?|年間|新規|monthly|weekly|quarterly|new|\s)*"
            rf"{re.escape(plain(title))}(?:件数|数)?(?: (?:per|a|by) (?:month|week|quarter))?",
            typed,
        )
        for title in titles
    )


def is_name_of(name: str, titles: Collection[str]) -> bool:
    """Say whether a name is one of the titles, whatever stands in brackets."""
    typed = plain(_BRACKETS.sub("", name))
    return any(typed == _spellings(title)[1] for title in titles)
