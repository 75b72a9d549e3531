"""The pack ``planning`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.asked_results import BARGAINING, GRID, STATION, SUMMER
from tests.queries.by_hand import planning
from tests.queries.results_compared import (  # noqa: F401
    Collection,
    bound,
    check,
    every_store,
    neo4j_session_server,
    of_results,
    results,
)
from unionkg.queries import library

SHANGHAI, ZHEJIANG, BAOSHAN, CORPS = "region:310000", "region:330000", "region:310113", "region:xpcc"

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("gaps", {}),
    ("gaps", {"state": "台账确认未开展"}),
    ("gaps", {"level": "prefecture", "region": ZHEJIANG}),
    ("gaps", {"level": "county", "region": SHANGHAI}),
    ("gaps", {"level": "county", "state": "有记载", "practice_type": STATION}),
    ("gaps", {"practice_type": SUMMER, "state": "资料未见"}),
    ("gaps", {"region": CORPS}),
    ("coverage_matrix", {}),
    ("coverage_matrix", {"theme": "基层工会建设", "state": "有记载"}),
    ("coverage_matrix", {"theme": "工会服务职工", "level": "prefecture", "region": ZHEJIANG}),
    ("coverage_matrix", {"theme": "构建和谐劳动关系", "state": "台账确认未开展", "level": "prefecture"}),
    ("neighbours_have_it", {}),
    ("neighbours_have_it", {"state": "台账确认未开展"}),
    ("neighbours_have_it", {"level": "prefecture", "region": ZHEJIANG}),
    ("neighbours_have_it", {"level": "county", "region": SHANGHAI}),
    ("neighbours_have_it", {"practice_type": STATION, "state": "无该地资料"}),
    ("exposure", {}),
    ("exposure", {"level": "county", "year": 2015, "region": SHANGHAI}),
    ("exposure", {"level": "prefecture", "year": 2020}),
    ("exposure", {"level": "county", "year": 2018, "practice_type": GRID}),
    ("exposure", {"practice_type": SUMMER}),
    ("group_gaps", {}),
    ("group_gaps", {"level": "county", "region": SHANGHAI}),
    ("group_gaps", {"level": "county", "target_group": "快递员", "practice_type": STATION}),
    ("group_gaps", {"target_group": "女职工", "level": "prefecture"}),
    ("group_gaps", {"target_group": "退休职工"}),
    ("ledger_against_documents", {}),
    ("ledger_against_documents", {"difference": "台账之间不一致"}),
    ("ledger_against_documents", {"region": SHANGHAI}),
    ("ledger_against_documents", {"practice_type": GRID}),
    ("conditions", {}),
    ("conditions", {"condition": "投入", "role": "main"}),
    ("conditions", {"condition": "协同单位", "practice_type": GRID}),
    ("conditions", {"practice_type": STATION, "region": SHANGHAI}),
    ("conditions", {"limit": 3, "region": BAOSHAN}),
    ("policies", {}),
    ("policies", {"region": ZHEJIANG}),
    ("policies", {"region": BAOSHAN}),
    ("policies", {"practice_type": "小三级工会"}),
    ("evidence_trail", {}),
    ("evidence_trail", {"status": "矛盾"}),
    ("evidence_trail", {"practice_type": BARGAINING, "limit": 2}),
    ("evidence_trail", {"practice_type": "数智平台/小程序/APP"}),
    *(("sample", {"by": by}) for by in ("document", "publisher", "province", "level", "type", "year", "kind", "theme")),
]


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(results: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    check(results, f"planning.{name}", getattr(planning, name), given)


# Written down with pencil and paper.
LITERAL: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    # 江苏 has a city on record in a ledger, so its own 未开展 is no gap; 安徽 has nothing against it.
    ("gaps", {"state": "台账确认未开展"}, [("340000", "安徽省", "台账确认未开展", 0, ["未开展"])]),
    # 闸北 counts where it went, to 静安; 徐汇 and 普陀 have accounts of other things.
    (
        "gaps",
        {"level": "county", "region": SHANGHAI, "state": "有记载"},
        [
            ("310106", "上海市静安区", "有记载", 1, []),
            ("310113", "上海市宝山区", "有记载", 1, ["未开展"]),
            ("310114", "上海市嘉定区", "有记载", 1, ["未开展"]),
        ],
    ),
    (
        "gaps",
        {"level": "county", "region": SHANGHAI, "state": "资料未见"},
        [("310104", "上海市徐汇区", "资料未见", 0, []), ("310107", "上海市普陀区", "资料未见", 0, [])],
    ),
    # 普陀 has an account in the field of the new forms of employment, but it does not border on 徐汇, which names the group.
    (
        "group_gaps",
        {"level": "county", "region": "region:310106"},
        [
            (
                "310106",
                "上海市静安区",
                "资料未见",
                0,
                1,
                6,
                ["上海市徐汇区"],
                ["快递员", "新就业形态劳动者"],
            )
        ],
    ),
    # By 2015 静安 (as 闸北) and 宝山 bargained; 嘉定 beside 宝山 is on record today.
    (
        "exposure",
        {"level": "county", "year": 2015, "region": "region:310114"},
        [("310114", "上海市嘉定区", "有记载", 1, 7, 2, 15)],
    ),
    # A city borders on the municipality beside it.
    (
        "neighbours_have_it",
        {"level": "prefecture", "region": "region:320600"},
        [("320600", "江苏省南通市", "无该地资料", 2, 4, ["上海市", "江苏省苏州市"])],
    ),
    (
        "ledger_against_documents",
        {"difference": "台账未开展而资料有记载"},
        [
            ("310113", "上海市宝山区", "台账未开展而资料有记载", "甲台账", "未开展", None, 1, "2015-12-31", "先后不明"),
            (
                "310114",
                "上海市嘉定区",
                "台账未开展而资料有记载",
                "甲台账",
                "未开展",
                "2020-06",
                1,
                "2018-03-31",
                "记载在前",
            ),
            (
                "330500",
                "浙江省湖州市",
                "台账未开展而资料有记载",
                "甲台账",
                "未开展",
                "2017",
                1,
                "2019-12-31",
                "记载在后",
            ),
        ],
    ),
    # 湖州 began in 2019: it may have learned from 宝山 (2015), and cannot have been promoted in 2017.
    (
        "evidence_trail",
        {"status": "矛盾"},
        [
            (
                "矛盾",
                "由…推广",
                "湖州谈判",
                ["湖州市总工会"],
                BARGAINING,
                "2019",
                "中华全国总工会",
                "TradeUnion",
                "2017",
                "本例在先",
                False,
                False,
            )
        ],
    ),
    (
        "policies",
        {},
        [
            ("示例协商计划", "总工发〔2017〕3号", "全国总工会", "2017", "2020", "公告涉及", 0, None, []),
            ("示例协商办法", None, None, None, None, "案例引用", 1, "2015-12-31", ["宝山谈判"]),
        ],
    ),
]


@pytest.mark.parametrize("results", ["results"], indirect=True)
@pytest.mark.parametrize(("name", "given", "rows"), LITERAL, ids=[name for name, _, _ in LITERAL])
def test_the_rows_are_those_written_down(
    results: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = results.store.ask(library.find(f"planning.{name}").statement, bound(f"planning.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "planning"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    name = query.name.partition(".")[2]
    answers = [getattr(planning, name)(of_results()[1], bound(query.name, given)) for n, given in ASKED if n == name]
    assert any(answers)
