"""A small projection made by hand, in our own words, for the tests of pages."""

from __future__ import annotations

from typing import Any

from unionkg.graph.build import Projection
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Node, Relationship

TEXT = "第一行写题目\n青山市总工会办起“暖杯”小站。\n做法从白水县学来。\n二〇一九年起步。\n"
DOCUMENT = "doc:1"


def stated(kind: str, start: tuple[str, str], end: tuple[str, str], case: str, quote: str, **more: Any) -> Relationship:
    begin = TEXT.find(quote)
    properties = {
        **more,
        "document": DOCUMENT,
        "case_id": case,
        "quotes": [quote],
        "starts": [begin],
        "ends": [begin + len(quote)],
        "method": "test.rule",
        "confidence": 0.9,
        "review": "unreviewed",
    }
    return Relationship(kind, f"{kind}:{start[1]}>{end[1]}", start, end, properties)


def region(code: str, name: str, level: str) -> Node:
    properties: dict[str, Any] = {"name": name, "code": code, "full_name": name, "level": level}
    return Node("Region", f"region:{code}", properties)


def case_node(identifier: str, name: str, **more: Any) -> Node:
    placed = {"document": DOCUMENT, "first_line": 1, "last_line": 4, "lines": [1, 4]}
    properties = {"name": name, "kind": "case", "account": identifier, **placed}
    return Node("PracticeCase", identifier, {**properties, **more})


def small(union: str = "青山市总工会", practice: str = "“暖杯”小站", alias: str = "暖杯屋") -> Projection:
    """Two cases in two provinces: one learned from the other's union, one dated, each with its own theme."""
    regions = [
        region("330000", "甲省", "province"),
        region("330100", "青山市", "prefecture"),
        region("340000", "乙省", "province"),
        region("340121", "白水县", "county"),
        region("350000", "丙省", "province"),
    ]
    themes = [
        Node("Theme", f"theme:{key}", {"name": name}) for key, name in (("a", "服务"), ("b", "维权"), ("c", "宣传"))
    ]
    kinds = [Node("PracticeType", "practice_type:station", {"name": "驿站", "routine": False})]
    within = [
        Relationship("WITHIN", "w1", ("Region", "region:330100"), ("Region", "region:330000")),
        Relationship("WITHIN", "w2", ("Region", "region:340121"), ("Region", "region:340000")),
    ]
    one, two = ("PracticeCase", "case:1"), ("PracticeCase", "case:2")
    first, second = ("TradeUnion", "union:1"), ("TradeUnion", "union:2")
    begin = TEXT.index("二〇一九年")
    nodes = (
        Node("Document", DOCUMENT, {"name": "小站汇编", "title": "小站汇编", "published": "2021", "sha256": "0" * 64}),
        case_node(
            "case:1",
            "青山的小站",
            started="2019",
            quote_for=["started"],
            quotes=["二〇一九年起步"],
            starts=[begin],
            ends=[begin + 7],
        ),
        case_node("case:2", "白水的小站"),
        Node(
            "Outcome",
            "outcome:1",
            {
                "name": "小站 12个",
                "case_id": "case:1",
                "indicator": "小站",
                "value": 12.0,
                "unit": "个",
                "approximate": False,
            },
        ),
    )
    flags = {"printed": "白水县", "collective": False, "internal": False, "intended": False}
    relationships = (
        Relationship("REPORTED_IN", "case:1", one, ("Document", DOCUMENT), {"document": DOCUMENT}),
        Relationship("REPORTED_IN", "case:2", two, ("Document", DOCUMENT), {"document": DOCUMENT}),
        stated("INITIATED", first, one, "case:1", "青山市总工会", printed="青山市总工会"),
        stated("INITIATED", second, two, "case:2", "白水县", printed="白水县总工会"),
        stated("INTRODUCED", one, ("Practice", "practice:1"), "case:1", "“暖杯”小站", theme="服务"),
        stated("APPLIED", one, ("PracticeType", "practice_type:station"), "case:1", "小站", role="main"),
        stated("APPLIED", two, ("PracticeType", "practice_type:station"), "case:2", "小站", role="part"),
        stated("IN_THEME", one, ("Theme", "theme:a"), "case:1", "小站"),
        stated("IN_THEME", two, ("Theme", "theme:b"), "case:2", "小站"),
        stated("TOOK_PLACE_IN", one, ("Region", "region:330100"), "case:1", "青山市", printed="青山市"),
        stated("TOOK_PLACE_IN", two, ("Region", "region:340121"), "case:2", "白水县", printed="白水县"),
        stated("ACHIEVED", one, ("Outcome", "outcome:1"), "case:1", "小站"),
        stated("LEARNED_FROM", one, second, "case:1", "做法从白水县学来", **flags),
    )
    entities = [
        Node(
            "TradeUnion", "union:1", {"name": union, "aliases": ["青山工会"], "level": "prefecture", "region": "330100"}
        ),
        Node("TradeUnion", "union:2", {"name": "白水县总工会", "level": "county", "region": "340121"}),
        Node("Practice", "practice:1", {"name": practice, "aliases": [alias]}),
    ]
    derived = [Relationship("PRACTISES", "d1", first, ("Practice", "practice:1"), {"cases": ["case:1"]})]
    return Projection(
        ([*regions, *themes, *kinds], within), [DocumentGraph(DOCUMENT, nodes, relationships)], entities, derived
    )
