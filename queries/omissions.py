"""What an answer leaves out, counted for its footer: accounts that a question cannot take in.

Each counter is one statement with ``$practice_type`` (null: all accounts); printings of one account count once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_OF_TYPE = "MATCH (c:PracticeCase)-[a:APPLIED]->(:PracticeType {name: $practice_type})\n"
_OF_ALL = "MATCH (c:PracticeCase)\nOPTIONAL MATCH (c)-[a:APPLIED]->(:PracticeType)\n"


@dataclass(frozen=True, slots=True)
class Omission:
    """A counter: its words in Chinese and English, and the statements for one practice type and for all accounts."""

    zh: str
    en: str
    of_type: str
    of_all: str


def _without(condition: str) -> tuple[str, str]:
    """Statements for accounts of which a condition holds in no printing."""
    tail = f"WITH c.account AS account, max(CASE WHEN {condition} THEN 0 ELSE 1 END) AS has\nWHERE has = 0\nRETURN count(account) AS accounts"
    return _OF_TYPE + tail, _OF_ALL + tail


OMISSIONS: Mapping[str, Omission] = {
    "undated": Omission("没有可用时间的案例", "accounts without any date", *_without("a.not_after IS NULL")),
    "unbounded": Omission(
        "只知上限（不晚于）的案例",
        "accounts known only by an upper bound",
        *_without("a.not_before IS NULL AND a.not_after IS NOT NULL"),
    ),
    "unplaced": Omission(
        "没有地区的案例", "accounts without a region", *_without("NOT EXISTS { (c)-[:TOOK_PLACE_IN]->(:Region) }")
    ),
    "without_union": Omission(
        "没有实施工会的案例",
        "accounts without a union of their own",
        *_without("NOT EXISTS { (c)<-[:INITIATED]-(:TradeUnion) }"),
    ),
}
"""By the name that a query's header uses."""
