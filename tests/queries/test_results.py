"""The pack ``results`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.asked_results import BARGAINING, GRID, STATION, SUMMER
from tests.queries.asked_twice import PLATFORMS
from tests.queries.by_hand import results as by_hand
from tests.queries.results_compared import (  # noqa: F401
    Collection,
    bound,
    every_store,
    neo4j_session_server,
    of_results,
    results,
)
from tests.queries.spread_compared import Worked
from tests.queries.twice_compared import twice  # noqa: F401
from unionkg.queries import answers, library

SHANGHAI, JINGAN, BAOSHAN = "region:310000", "region:310106", "region:310113"
PARKS, DIGITAL, FUNDS, AID = "区域/园区/楼宇联合工会", "数智平台/小程序/APP", "工会经费管理", "法律援助与咨询"

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("outcomes", {}),
    ("outcomes", {"role": "part"}),
    ("outcomes", {"kind": "产出", "region": SHANGHAI}),
    ("outcomes", {"region": JINGAN, "limit": 2}),
    ("outcomes", {"words": "率", "practice_type": GRID}),
    ("outcomes", {"practice_type": SUMMER}),
    ("by_indicator", {"indicator": "签订合同"}),
    ("by_indicator", {"indicator": "女职工专项合同"}),
    ("by_indicator", {"indicator": "满意率", "unit": "%"}),
    ("by_indicator", {"indicator": "会员", "unit": "人"}),
    ("by_indicator", {"indicator": "会员", "limit": 1}),
    ("by_indicator", {"indicator": "签订合同", "unit": "家"}),
    ("by_indicator", {"indicator": "合同"}),
    ("by_indicator", {"indicator": "率", "unit": "%", "limit": 3}),
    ("indicators", {}),
    ("indicators", {"words": "率"}),
    ("indicators", {"practice_type": BARGAINING}),
    ("indicators", {"practice_type": BARGAINING, "words": "合同", "unit": "份"}),
    ("indicators", {"practice_type": DIGITAL, "limit": 5}),
    ("indicators", {"practice_type": SUMMER}),
    ("early_and_late", {}),
    ("early_and_late", {"both": True}),
    ("early_and_late", {"year": 2018, "kind": "产出"}),
    ("early_and_late", {"year": 2016, "practice_type": PARKS, "limit": 7}),
    ("early_and_late", {"practice_type": SUMMER}),
    ("before_and_after", {}),
    ("before_and_after", {"practice_type": BARGAINING}),
    ("before_and_after", {"practice_type": BARGAINING, "region": JINGAN}),
    ("before_and_after", {"practice_type": BARGAINING, "limit": 1}),
    ("inputs", {}),
    ("inputs", {"role": "main", "region": BAOSHAN}),
    ("inputs", {"practice_type": FUNDS}),
    ("inputs", {"practice_type": SUMMER}),
    ("honours", {}),
    ("honours", {"kind": "入选"}),
    ("honours", {"level": "provincial", "region": SHANGHAI}),
    ("honours", {"practice_type": GRID, "role": "main"}),
    ("honours", {"practice_type": PARKS, "limit": 4}),
    ("awards", {}),
    ("awards", {"kind": "获奖"}),
    ("awards", {"level": "national", "limit": 2}),
    ("followers_of_honoured", {}),
    ("followers_of_honoured", {"level": "county"}),
    ("followers_of_honoured", {"level": "county", "region": BAOSHAN, "limit": 1}),
    ("followers_of_honoured", {"practice_type": DIGITAL}),
    ("followers_of_honoured", {"practice_type": PARKS, "level": "prefecture"}),
    ("followers_of_honoured", {"practice_type": SUMMER}),
    ("who_reports", {}),
    ("who_reports", {"practice_type": PARKS}),
    ("who_reports", {"region": JINGAN}),
    ("groups_served", {}),
    ("groups_served", {"practice_type": STATION}),
    ("groups_served", {"practice_type": STATION, "role": "part"}),
    ("groups_served", {"practice_type": SUMMER, "region": SHANGHAI}),
    ("contradictions", {}),
    ("contradictions", {"practice_type": BARGAINING}),
    ("contradictions", {"practice_type": BARGAINING, "check": "部分大于整体"}),
    ("contradictions", {"practice_type": DIGITAL}),
    ("contradictions", {"practice_type": AID, "check": "同一指标两个数"}),
]


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(results: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    _check(results, f"results.{name}", getattr(by_hand, name), given)


def _check(collection: Collection, name: str, worked: Worked, given: dict[str, Any]) -> None:
    """Compare whole rows in their order; behind a row stands all that it is made of, or a part where that is much."""
    query = library.find(name)
    parameters = bound(name, given)
    found = collection.store.ask(query.statement, parameters)
    expected = worked(collection.graph, parameters)
    assert [row[:-1] for row in found.rows] == [row[:-1] for row in expected]
    assert not expected or found.columns == (*(column.name for column in query.columns), answers.EVIDENCE)
    for shown, row in zip((row[-1] for row in found.rows), expected, strict=True):
        behind = [(statement["_type"], statement["id"]) for statement in shown]
        assert len(behind) == len(set(behind)) <= 20
        assert set(behind) == row[-1] if len(row[-1]) <= 10 else behind and set(behind) <= row[-1]


_OF_BAOSHAN = ("宝山谈判", "宝山区总工会", "上海市宝山区")
_OF_ZHABEI = ("闸北谈判", "闸北区总工会", "上海市闸北区")

# Written down with pencil and paper.
LITERAL: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    # A part of an indicator is enough; figures stand together by the whole of it.
    (
        "by_indicator",
        {"indicator": "合同"},
        [
            (name, "份", kind, counted, period, value, about, None, part, None, case, [union], [region])
            for name, kind, counted, period, value, about, part, case, union, region in (
                ("女职工专项合同", "未归类", "未说明", None, 150, False, "签订合同 120份", *_OF_BAOSHAN),
                ("签订合同", "产出", "期内", "2013", 12, False, None, *_OF_ZHABEI),
                ("签订合同", "产出", "期内", "2013", 14, True, None, *_OF_ZHABEI),
                ("签订合同", "产出", "期内", "2019", 45, False, None, "湖州谈判", "湖州市总工会", "浙江省湖州市"),
                ("签订合同", "产出", "未说明", None, 30, False, None, "嘉定谈判", "嘉定区总工会", "上海市嘉定区"),
                ("签订合同", "产出", "累计", None, 120, False, None, *_OF_BAOSHAN),
            )
        ],
    ),
    # Without a practice type those of all accounts.
    (
        "indicators",
        {"words": "率"},
        [
            ("产值增长率", "%", 1, 0, 0, 1, 0, []),
            ("履约率", "%", 1, 0, 0, 1, 0, []),
            ("建会率", "%", 1, 0, 0, 1, 1, ["成效"]),
            ("满意率", "%", 1, 0, 0, 1, 0, ["成效"]),
        ],
    ),
    # The account of 宝山 is printed twice and is one; 嘉定 applies the type as a part.
    (
        "outcomes",
        {"words": "合同", "region": SHANGHAI},
        [
            (
                "main",
                "女职工专项合同",
                "份",
                "未归类",
                "未说明",
                None,
                150,
                False,
                "宝山谈判",
                ["宝山区总工会"],
                ["上海市宝山区"],
            ),
            (
                "main",
                "签订合同",
                "份",
                "产出",
                "期内",
                "2013",
                12,
                False,
                "闸北谈判",
                ["闸北区总工会"],
                ["上海市闸北区"],
            ),
            (
                "main",
                "签订合同",
                "份",
                "产出",
                "期内",
                "2013",
                14,
                True,
                "闸北谈判",
                ["闸北区总工会"],
                ["上海市闸北区"],
            ),
            (
                "main",
                "签订合同",
                "份",
                "产出",
                "累计",
                None,
                120,
                False,
                "宝山谈判",
                ["宝山区总工会"],
                ["上海市宝山区"],
            ),
            (
                "part",
                "签订合同",
                "份",
                "产出",
                "未说明",
                None,
                30,
                False,
                "嘉定谈判",
                ["嘉定区总工会"],
                ["上海市嘉定区"],
            ),
        ],
    ),
    # 12 and 14 of 2013 and 45 of 2019 are flows in a period; the stock of 宝山 and the figure of 嘉定 are of other kinds.
    (
        "early_and_late",
        {"both": True},
        [("签订合同", "份", "产出", "期内", [12, 14], ["闸北谈判", "闸北谈判"], [45], ["湖州谈判"], [], [])],
    ),
    # 嘉定 began in March 2018, after the year of the prize; 湖州 in 2019 is no neighbour and has another superior.
    (
        "followers_of_honoured",
        {"level": "county"},
        [
            ("宝山谈判", "2016年示例奖", "2016", tie, through, "嘉定谈判", "2018-03-01/2018-03-31", "own_date")
            for tie, through in (("同一上级（块）", "上海市总工会"), ("相邻地区", "上海市嘉定区"))
        ],
    ),
    # From 26 to 53 is 103.8 %, not 50 %; a growth above 100 % is none of the rates.
    (
        "contradictions",
        {"practice_type": BARGAINING},
        [
            ("同一指标两个数", "闸北谈判", "份", "签订合同", 12, "2013", "签订合同", 14, "份"),
            ("增幅不符", "闸北谈判", "元", "收缴经费", 53, None, "收缴经费增长", 50, "%"),
            ("比率超过百分之百", "闸北谈判", "%", "履约率", 104, None, None, None, None),
            ("部分大于整体", "宝山谈判", "份", "女职工专项合同", 150, None, "签订合同", 120, "份"),
        ],
    ),
    # 普陀 only stands in the field of that name; 徐汇 names the group.
    (
        "groups_served",
        {"practice_type": STATION},
        [("新就业形态劳动者", 1, ["新业态"], "新就业形态劳动者", 1), ("快递员", 1, ["快递小哥"], None, 0)],
    ),
    ("who_reports", {}, [("案例自述", 13, 14, 4), ("某评估机构", 1, 14, 1)]),
]


@pytest.mark.parametrize("results", ["results"], indirect=True)
@pytest.mark.parametrize(("name", "given", "rows"), LITERAL, ids=[name for name, _, _ in LITERAL])
def test_the_rows_are_those_written_down(
    results: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = results.store.ask(library.find(f"results.{name}").statement, bound(f"results.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows


TWICE: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    # 宝山 began in 2015 in one printing and in 2019 in the other, 嘉定 between 2016 and 2018: both may be either.
    # 湖州 is early and 徐汇 late, though the second printing of each knows no start.
    (
        "early_and_late",
        {"both": True},
        [
            (what, unit, "产出", "未说明", [20 * by], ["湖州谈判"], [40 * by], ["徐汇谈判"], either, cases)
            for what, unit, by, either, cases in (
                ("召开例会", "次", 0.1, [1], ["宝山谈判"]),
                ("签订合同", "份", 1, [10, 30], ["宝山谈判", "嘉定谈判"]),
            )
        ],
    ),
    # One printing of 宝山 names the group, the other only stands in the field: one account, which names it.
    ("groups_served", {}, [(PLATFORMS, 1, [PLATFORMS], None, 0)]),
    # A prize for 2016 may have been given in 2017, so who began in 2017 is not later; 宝山 may have begun in 2015.
    (
        "followers_of_honoured",
        {"region": "region:330000"},
        [
            ("湖州谈判", "2016年度示例奖", "2017", "相邻地区", "上海市", later, began, "stated_start")
            for later, began in (
                ("徐汇谈判", "2020-01-01/2020-12-31"),
                ("静安谈判", "2021-03-01/2021-03-31"),
            )
        ],
    ),
    # Figures without a period, of another kind of period, of other years, by another sayer, about the same: no contradiction.
    (
        "contradictions",
        {"practice_type": BARGAINING},
        [("同一指标两个数", "闵行谈判", "家", "走访企业", 20, "2017", "走访企业", 25, "家")],
    ),
]


@pytest.mark.parametrize(("name", "given", "rows"), TWICE, ids=[name for name, _, _ in TWICE])
def test_printings_of_an_account_are_one(
    twice: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = twice.store.ask(library.find(f"results.{name}").statement, bound(f"results.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows
    _check(twice, f"results.{name}", getattr(by_hand, name), given)


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "results"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    name = query.name.partition(".")[2]
    answers = [getattr(by_hand, name)(of_results()[1], bound(query.name, given)) for n, given in ASKED if n == name]
    assert any(answers)
