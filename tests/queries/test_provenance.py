"""The pack ``provenance`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries import asking
from tests.queries.asking import Collection, collection, every_store, neo4j_session_server  # noqa: F401  fixtures
from tests.queries.by_hand import provenance
from tests.queries.varied import STATIONS
from unionkg.queries import library, parameters

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("conflicts", {"document": "文献"}),
    ("conflicts", {"document": "文献c"}),
    ("conflicts", {"document": "工会"}),
    ("conflicts", {"document": "文献", "label": "TradeUnion", "property": "type"}),
    ("conflicts", {"document": "文献", "limit": 3}),
    ("evidence_of_case", {"account": "谈判"}),
    ("evidence_of_case", {"account": "驿站"}),
    ("evidence_of_case", {"account": "工会", "limit": 30}),
    ("documents", {}),
    ("documents", {"years": "2018..2020"}),
    ("documents", {"document": "文献", "limit": 2}),
    ("low_confidence", {"document": "文献"}),
    ("low_confidence", {"document": "文献", "below": 0.95, "statement": "APPLIED", "limit": 10}),
    ("low_confidence", {"below": 0.9, "document": "工会"}),
    ("unreviewed", {"document": "工会"}),
    ("unreviewed", {"document": "文献"}),
    ("contradictions_in_time", {"document": "文献"}),
    ("contradictions_in_time", {"document": "工会"}),
    ("contradictions_in_time", {"document": "文献k", "limit": 3}),
    ("same_account", {}),
    ("same_account", {"counted": True}),
    ("same_account", {"counted": False}),
    ("announcements", {}),
    ("announcements", {"practice_type": STATIONS}),
    ("announcements", {"practice_type": "集体协商"}),
]


# Written down with pencil and paper for the first collection, without evidence. Two awards of one name may differ in
# grade and year without a contradiction, so these are not listed.
_STEEL, _MEDIA = "示例钢铁公司工会", "示例传媒有限公司"
WRITTEN: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "conflicts",
        {"document": "文献"},
        [
            ("Award", "示例奖", "issuer", "示例杂志社", "示例报社", "宁波网格"),
            ("Award", "示例奖", "issuer", "示例杂志社", "示例杂志社", "宁波谈判"),
            ("Organization", _MEDIA, "type", "enterprise", "enterprise", "钢铁谈判"),
            ("Organization", _MEDIA, "type", "enterprise", "media", "宁波谈判"),
            ("TradeUnion", _STEEL, "region", "320500", "320000", "宁波网格"),
            ("TradeUnion", _STEEL, "region", "320500", "320500", "钢铁谈判"),
            ("TradeUnion", _STEEL, "region", "320500", "320500", "宁波谈判"),
            ("TradeUnion", _STEEL, "type", "enterprise", "enterprise", "钢铁谈判"),
            ("TradeUnion", _STEEL, "type", "enterprise", "enterprise", "宁波谈判"),
            ("TradeUnion", _STEEL, "type", "enterprise", "industrial", "宁波网格"),
        ],
    ),
    ("contradictions_in_time", {"document": "文献"}, []),
    ("same_account", {}, []),
]


@pytest.mark.parametrize(("name", "given", "rows"), WRITTEN, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(WRITTEN)])
def test_what_is_worked_out_is_what_was_written_down(name: str, given: dict[str, Any], rows: list[Any]) -> None:
    assert asking.worked_out("asked", f"provenance.{name}", given, getattr(provenance, name)) == rows


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(collection: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    asking.check(collection, f"provenance.{name}", given, getattr(provenance, name))


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "provenance"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    by_hand = getattr(provenance, query.name.partition(".")[2])
    given = [parameters.bind(query, some) for name, some in ASKED if query.name == f"provenance.{name}"]
    assert any(
        by_hand(graph, bound)
        for bound in given
        for graph in (asking.projection_of("varied")[1], asking.projection_of("asked")[1])
    )


def test_every_kind_of_contradiction_is_found() -> None:
    query = library.find("provenance.contradictions_in_time")
    rows = provenance.contradictions_in_time(
        asking.projection_of("varied")[1], parameters.bind(query, {"document": "文献"})
    )
    assert {row[0] for row in rows} == {
        "start_after_publication",
        "event_before_start",
        "event_after_publication",
        "reversed_period",
        "learned_from_later",
    }
