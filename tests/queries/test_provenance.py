"""The pack ``provenance`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries import asking
from tests.queries.asking import Collection, collection, every_store, neo4j_session_server  # noqa: F401  fixtures
from tests.queries.by_hand import provenance
from tests.queries.spread_compared import bound
from tests.queries.twice_compared import twice  # noqa: F401
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


# 徐汇 began in 2020 as its own account says, which the second printing of it does not deny; 普陀 had begun in 2017. 松江 learned in
# 2021, when 徐汇 had begun; 奉贤 only wants to learn. 宁波 is known by 2023, which is no start, and 青浦 states none.
# The prize of 2020年度 may have been given in 2021, a title is older than what a union does now; that of 2019 is not.
_XUHUI = "徐汇区总工会：集体协商"
TWICE: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "contradictions_in_time",
        {"document": "文献"},
        [
            (
                "event_before_start",
                "静安谈判",
                ["静安区总工会"],
                "STARTED",
                "2021-03",
                "RECEIVED：2019年示例奖",
                "2019",
            ),
            (
                "learned_from_later",
                "普陀谈判",
                ["普陀区总工会"],
                _XUHUI,
                "2020-01-01/2020-12-31",
                "APPLIED：集体协商",
                "2017-01-01/2017-12-31",
            ),
            (
                "undecided",
                "长兴谈判",
                ["长兴县总工会"],
                "宁波市总工会：集体协商",
                "/2023-12-31",
                "APPLIED：集体协商",
                "2016-01-01/2016-12-31",
            ),
            (
                "undecided",
                "青浦谈判",
                ["青浦区总工会"],
                _XUHUI,
                "2020-01-01/2020-12-31",
                "APPLIED：集体协商",
                "/2022-05-31",
            ),
        ],
    ),
    # Both printings of 宝山 give 湖州 another place: that is said once.
    (
        "conflicts",
        {"document": "文献y"},
        [
            ("TradeUnion", "湖州市总工会", "region", "330000", said, case)
            for said, case in (("330000", "宝山谈判"), ("330500", "湖州谈判"))
        ],
    ),
]


@pytest.mark.parametrize(("name", "given", "rows"), TWICE, ids=[name for name, _, _ in TWICE])
def test_an_upper_bound_is_no_start_and_printings_are_one(
    twice: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[Any],
) -> None:
    answer = twice.store.ask(library.find(f"provenance.{name}").statement, bound(f"provenance.{name}", given))
    assert [tuple(row[:-1]) for row in answer.rows] == rows
    asking.check(twice, f"provenance.{name}", given, getattr(provenance, name))


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
