"""The pack ``peers`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.asked_spread import BARGAINING, GRID, SMALL, STATION, SUMMER
from tests.queries.asking import Collection
from tests.queries.by_hand import peers
from tests.queries.spread_compared import bound, check, every_store, neo4j_session_server, of_spread, spread  # noqa: F401
from unionkg.queries import library

SHANGHAI, ZHEJIANG, BAOSHAN, CHONGQING = "region:310000", "region:330000", "region:310113", "region:500000"
SERVICES = "职工之家/服务阵地"

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("earlier_neighbours", {}),
    ("earlier_neighbours", {"limit": 2}),
    ("earlier_neighbours", {"region": SHANGHAI}),
    ("earlier_neighbours", {"level": "prefecture"}),
    ("earlier_neighbours", {"level": "province", "practice_type": GRID}),
    ("earlier_neighbours", {"practice_type": SERVICES, "region": SHANGHAI}),
    ("earlier_neighbours", {"practice_type": SUMMER}),
    ("leapfrogs", {}),
    ("leapfrogs", {"level": "prefecture"}),
    ("leapfrogs", {"level": "province"}),
    ("leapfrogs", {"practice_type": GRID, "limit": 1}),
    ("leapfrogs", {"practice_type": SERVICES}),
    ("leapfrogs", {"practice_type": SUMMER}),
    ("learned_from", {}),
    ("learned_from", {"limit": 1}),
    ("learned_from", {"name": "湖州"}),
    ("learned_from", {"practice_type": SMALL}),
    ("learned_from", {"practice_type": GRID, "name": "长兴县"}),
    ("learning_chains", {}),
    ("learning_chains", {"name": "宝山"}),
    ("learning_chains", {"name": "没有这家"}),
    ("learning_chains", {"limit": 1}),
    ("learning_sources", {}),
    ("learning_sources", {"practice_type": GRID}),
    ("learning_sources", {"limit": 2}),
    ("similar_unions", {"name": "宝山区"}),
    ("similar_unions", {"name": "嘉定区总工会", "min_shared": 1}),
    ("similar_unions", {"name": "顾村镇", "min_shared": 3}),
    ("similar_unions", {"name": "总工会", "min_shared": 1, "limit": 7}),
    ("shared_practices", {"region": SHANGHAI, "other_region": ZHEJIANG}),
    ("shared_practices", {"region": BAOSHAN, "other_region": SHANGHAI}),
    ("shared_practices", {"region": CHONGQING, "other_region": SHANGHAI}),
    ("shared_practices", {"region": BAOSHAN, "other_region": "region:310106"}),
    ("joint_work", {}),
    ("joint_work", {"name": "杭州"}),
    ("joint_work", {"practice_type": SMALL}),
    ("joint_work", {"name": "上海", "limit": 3}),
]


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(spread: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    check(spread, f"peers.{name}", getattr(peers, name), given)


# Written down with pencil and paper: 静安 (once 闸北) 2009, 宝山 2012, 嘉定 July 2016, 青浦 2016; 松江 is in the ledger only.
LITERAL: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "earlier_neighbours",
        {"region": SHANGHAI},
        [
            ("静安区", "2009-01-01/2009-12-31", [], [], [], 6),
            ("宝山区", "2012-01-01/2012-12-31", ["静安区 2009-01-01/2009-12-31"], [], [], 7),
            (
                "嘉定区",
                "2016-07-01/2016-07-31",
                ["宝山区 2012-01-01/2012-12-31"],
                ["青浦区 2016-01-01/2016-12-31"],
                [],
                7,
            ),
            ("青浦区", "2016-01-01/2016-12-31", [], ["嘉定区 2016-07-01/2016-07-31"], ["松江区"], 7),
        ],
    ),
    (
        "leapfrogs",
        {},
        # 慈溪 is no leap: a ledger says that 余姚 beside it bargains. 宝山 has an earlier neighbour, 静安 nobody before it.
        [
            (
                "鄞州区",
                "2019-01-01/2019-12-31",
                "静安区 2009-01-01/2009-12-31",
                [],
                ["奉化区"],
                ["海曙区", "江北区", "北仑区", "镇海区"],
            )
        ],
    ),
    (
        "learning_chains",
        {},
        [
            (["嘉定区总工会", "宝山区总工会"], 1, ["2015"], [GRID, BARGAINING]),
            (["湖州市总工会", "嘉定区总工会"], 1, [""], [STATION, BARGAINING]),
            (["湖州市总工会", "嘉定区总工会", "宝山区总工会"], 2, ["", "2015"], [BARGAINING]),
        ],
    ),
    (
        "learning_sources",
        {},
        # 长兴 only intends to learn from 湖州, and what it has from 宝山 stays inside; 各兄弟单位 are no source.
        [
            ("嘉定区总工会", "TradeUnion", 1, ["湖州市总工会"], 1, [], 0, 0),
            ("宝山区总工会", "TradeUnion", 1, ["嘉定区总工会"], 1, ["调研考察"], 1, 0),
            ("湖州市总工会", "TradeUnion", 0, [], 0, [], 0, 1),
            ("某协商节目", "UnresolvedName", 1, ["湖州市总工会"], 1, [], 0, 0),
        ],
    ),
    (
        "similar_unions",
        {"name": "宝山区总工会"},
        [
            ("宝山区总工会", "嘉定区总工会", "county", [GRID, BARGAINING], [], [], 1.0),
            ("宝山区总工会", "长兴县总工会", "county", [GRID, BARGAINING], [], [], 1.0),
        ],
    ),
    (
        "shared_practices",
        {"region": BAOSHAN, "other_region": "region:310106"},
        [
            (BARGAINING, "2012-01-01/2012-12-31", "2009-01-01/2009-12-31", "both"),
            (SMALL, "2013-01-01/2013-01-31", None, "region"),
            (GRID, "2014-01-01/2014-12-31", None, "region"),
        ],
    ),
]


@pytest.mark.parametrize("spread", ["spread"], indirect=True)
@pytest.mark.parametrize(("name", "given", "rows"), LITERAL, ids=[name for name, _, _ in LITERAL])
def test_the_rows_are_those_written_down(
    spread: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = spread.store.ask(library.find(f"peers.{name}").statement, bound(f"peers.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows


COUNTER: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "leapfrogs",
        {"level": "prefecture"},
        # 嘉兴 is no leap: beside it lies 湖州, of which a county bargains as its ledger says.
        [],
    ),
    (
        "leapfrogs",
        {"level": "prefecture", "practice_type": GRID},
        # The same regions and years, but no ledger.
        [
            (
                "嘉兴市",
                "2019-01-01/2019-12-31",
                "温州市 2010-01-01/2010-12-31",
                [],
                ["上海市", "杭州市"],
                ["苏州市", "宁波市", "湖州市", "绍兴市"],
            )
        ],
    ),
    (
        "earlier_neighbours",
        {"level": "prefecture", "region": "region:330400"},
        [("嘉兴市", "2019-01-01/2019-12-31", [], [], ["湖州市"], 6)],
    ),
    (
        "joint_work",
        {},
        # One account, printed twice.
        [("宝山区总工会", "county", "嘉定区总工会", "county", "JOINED", "宝山的行业工会", "宝山的行业工会")],
    ),
    (
        "learned_from",
        {},
        # Only one of the two printings says when.
        [
            (
                ["宝山区总工会"],
                ["湖州市总工会"],
                "湖州市总工会",
                "TradeUnion",
                ["考察"],
                ["2014"],
                False,
                False,
                False,
                "宝山的行业工会",
                "宝山的行业工会",
            )
        ],
    ),
]


@pytest.mark.parametrize("spread", ["counter"], indirect=True)
@pytest.mark.parametrize(
    ("name", "given", "rows"), COUNTER, ids=[f"{name}-{i}" for i, (name, _, _) in enumerate(COUNTER)]
)
def test_what_only_looks_like_an_answer_is_told_apart(
    spread: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = spread.store.ask(library.find(f"peers.{name}").statement, bound(f"peers.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows


@pytest.mark.parametrize("spread", ["counter"], indirect=True)
@pytest.mark.parametrize("name", ["joint_work", "learned_from"])
def test_both_printings_stand_behind_the_row(spread: Collection, name: str) -> None:  # noqa: F811
    answer = spread.store.ask(library.find(f"peers.{name}").statement, bound(f"peers.{name}", {}))
    (row,) = answer.rows
    assert {statement["document"] for statement in row[-1]} == {"doc:t", "doc:u"}


@pytest.mark.parametrize("spread", ["spread"], indirect=True)
def test_every_interval_shown_leads_to_the_account_it_comes_from(spread: Collection) -> None:  # noqa: F811
    answer = spread.store.ask(
        library.find("peers.earlier_neighbours").statement, bound("peers.earlier_neighbours", {"region": SHANGHAI})
    )
    shown = {row[0]: {(s.get("_type"), s.get("not_after") or s.get("started")) for s in row[-1]} for row in answer.rows}
    # 嘉定 itself, 宝山 surely before it, 青浦 possibly; 青浦 itself, 嘉定, and the ledger's word about 松江.
    jiading = {("APPLIED", "2016-07-31"), (None, "2016-07")}
    qingpu = {("APPLIED", "2016-12-31"), (None, "2016")}
    assert shown["嘉定区"] == {*jiading, ("APPLIED", "2012-12-31"), (None, "2012"), *qingpu}
    assert shown["青浦区"] == {*qingpu, *jiading, ("COVERAGE", None)}


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "peers"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    name = query.name.partition(".")[2]
    answers = [getattr(peers, name)(of_spread()[1], bound(query.name, given)) for n, given in ASKED if n == name]
    assert any(answers)
