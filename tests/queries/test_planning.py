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
    plans,
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
    ("gaps", {"state": "台账确认未开展"}, [("340000", "安徽省", "台账确认未开展", 0, ["2022 未开展"])]),
    # 闸北 counts where it went, to 静安; 徐汇 and 普陀 have accounts of other things.
    (
        "gaps",
        {"level": "county", "region": SHANGHAI, "state": "有记载"},
        [
            ("310106", "上海市静安区", "有记载", 1, []),
            ("310113", "上海市宝山区", "有记载", 1, ["日期不明 未开展"]),
            ("310114", "上海市嘉定区", "有记载", 1, ["2020-06 未开展"]),
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
    # By 2015 静安 (as 闸北) and 宝山 bargained; 嘉定 beside 宝山 is on record later. A ledger of 2020 tells nothing of 2015.
    (
        "exposure",
        {"level": "county", "year": 2015, "region": "region:310114"},
        [("310114", "上海市嘉定区", "资料未见", ["2020-06 未开展"], True, 1, 7, 2, 15)],
    ),
    # A city borders on the municipality beside it.
    (
        "neighbours_have_it",
        {"level": "prefecture", "region": "region:320600"},
        [("320600", "江苏省南通市", "无该地资料", [], 2, 4, ["上海市", "江苏省苏州市"])],
    ),
    # 湖州 (未开展 as of 2017) began in 2019, which contradicts nothing; 宝山's 未开展 has no date. 苏州's 开展 is of the year of 江苏's 未开展.
    (
        "ledger_against_documents",
        {},
        [
            (
                "310113",
                "上海市宝山区",
                "资料记载先后不明",
                "甲台账",
                "未开展",
                None,
                1,
                "不晚于 2015-12-31",
                ["宝山谈判"],
            ),
            (
                "310114",
                "上海市嘉定区",
                "资料此前已有记载",
                "甲台账",
                "未开展",
                "2020-06",
                1,
                "不晚于 2018-03-31",
                ["嘉定谈判"],
            ),
            (
                "320000",
                "江苏省",
                "台账此前已写开展",
                "甲台账",
                "未开展",
                "2020",
                0,
                None,
                ["甲台账 2020 江苏省苏州市 开展"],
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
                "stated_start",
                "中华全国总工会",
                "TradeUnion",
                "2017",
                "stated_period",
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
            ("示例协商办法", None, None, None, None, "案例引用", 1, "不晚于 2015-12-31", ["宝山谈判"]),
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


_LEARNED, _BY = "学习自", ("对方在先", False, False)

# The collection of `asked_plans`: what is easily taken for more than it says.
OF_PLANS: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    # Only 奉贤 and 宝山 both say when they began. Being known by 2018 is no start, and who became a pilot in 2017 may
    # have begun in 2012.
    (
        "evidence_trail",
        {"status": "矛盾"},
        [
            (
                *("矛盾", _LEARNED, "奉贤谈判", ["奉贤区总工会"], BARGAINING, "2014", "stated_start"),
                *("宝山区总工会", "TradeUnion", "2015-01-01/2015-12-31", "stated_start", *_BY),
            )
        ],
    ),
    (
        "evidence_trail",
        {"status": "先后不明"},
        [
            (
                *("先后不明", "受命试点", "闵行谈判", ["闵行区总工会"], BARGAINING, "2012", "stated_start"),
                *("上海市总工会", "TradeUnion", "2017", "stated_period", *_BY),
            ),
            (
                *("先后不明", _LEARNED, "松江谈判", ["松江区总工会"], BARGAINING, "不晚于 2018-12-31", "publication"),
                *("青浦区总工会", "TradeUnion", "2019-01-01/2019-12-31", "stated_start", *_BY),
            ),
            (
                *("先后不明", _LEARNED, "金山谈判", ["金山区总工会"], BARGAINING, "2016", "stated_start"),
                *("崇明区总工会", "TradeUnion", "不晚于 2018-12-31", "publication", *_BY),
            ),
        ],
    ),
    # 金山 was 未开展 as of 2015 and began in 2016, 徐汇 was 未开展 as of 2018 and 开展 as of 2022: no contradiction.
    (
        "ledger_against_documents",
        {},
        [
            (
                *("310107", "上海市普陀区", "台账此前已写开展", "乙台账", "未开展", "2022-06"),
                *(0, None, ["甲台账 2018 上海市普陀区 开展"]),
            ),
            (
                "310118",
                "上海市青浦区",
                "资料记载先后不明",
                "甲台账",
                "未开展",
                "2019",
                1,
                "不晚于 2019-12-31",
                ["青浦谈判"],
            ),
            (
                "310120",
                "上海市奉贤区",
                "资料此前已有记载",
                "甲台账",
                "未开展",
                "2018",
                1,
                "不晚于 2014-12-31",
                ["奉贤谈判"],
            ),
        ],
    ),
    # As of when is told; a later 开展 counts, and so does an earlier one.
    (
        "gaps",
        {"level": "county", "region": SHANGHAI, "state": "台账确认未开展"},
        [
            ("310101", "上海市黄浦区", "台账确认未开展", 0, ["日期不明 未开展"]),
            ("310110", "上海市杨浦区", "台账确认未开展", 0, ["2020 未开展"]),
        ],
    ),
    (
        "gaps",
        {"level": "county", "region": "region:310104"},
        [("310104", "上海市徐汇区", "有记载", 0, ["2018 未开展", "2022 开展"])],
    ),
    (
        "gaps",
        {"level": "county", "region": "region:310107"},
        [("310107", "上海市普陀区", "有记载", 0, ["2018 开展", "2022-06 未开展"])],
    ),
    (
        "neighbours_have_it",
        {"level": "county", "region": SHANGHAI, "state": "台账确认未开展"},
        [
            ("310101", "上海市黄浦区", "台账确认未开展", ["日期不明 未开展"], 1, 4, ["上海市徐汇区"]),
            ("310110", "上海市杨浦区", "台账确认未开展", ["2020 未开展"], 1, 3, ["上海市宝山区"]),
        ],
    ),
    # 未开展 as of 2020 is known of 2020 and of no other year; without a date of none.
    (
        "exposure",
        {"level": "county", "region": "region:310110", "year": 2020},
        [("310110", "上海市杨浦区", "台账确认未开展", ["2020 未开展"], False, 1, 3, 8, 15)],
    ),
    (
        "exposure",
        {"level": "county", "region": "region:310110", "year": 2024},
        [("310110", "上海市杨浦区", "资料未见", ["2020 未开展"], False, 1, 3, 9, 15)],
    ),
    (
        "exposure",
        {"level": "county", "region": "region:310101", "year": 2020},
        [("310101", "上海市黄浦区", "资料未见", ["日期不明 未开展"], False, 0, 4, 8, 15)],
    ),
    (
        "exposure",
        {"level": "county", "region": "region:310104", "year": 2018},
        [("310104", "上海市徐汇区", "台账确认未开展", ["2018 未开展"], True, 1, 5, 7, 15)],
    ),
    # 浦东 names couriers in the printing without a place, so it is no gap and 黄浦 borders on it.
    (
        "group_gaps",
        {"level": "county", "region": "region:310115"},
        [],
    ),
    (
        "group_gaps",
        {"level": "county", "region": "region:310101"},
        [("310101", "上海市黄浦区", "无该地资料", 0, 1, 4, ["上海市浦东新区"], ["快递员"])],
    ),
    # 杨浦's account in the field of that name stands in two documents.
    (
        "group_gaps",
        {"level": "county", "region": "region:310110"},
        [("310110", "上海市杨浦区", "资料未见", 1, 1, 3, ["上海市浦东新区"], ["快递员"])],
    ),
    # It applies a type that the vocabulary files elsewhere.
    (
        "coverage_matrix",
        {"theme": "新就业形态劳动者", "state": "有记载"},
        [("310000", "上海市", GRID, 1, "有记载", 1, [])],
    ),
    (
        "coverage_matrix",
        {"theme": "构建和谐劳动关系", "state": "台账确认未开展", "level": "county", "region": SHANGHAI},
        [
            ("310101", "上海市黄浦区", BARGAINING, 0, "台账确认未开展", 0, ["日期不明 未开展"]),
            ("310110", "上海市杨浦区", BARGAINING, 0, "台账确认未开展", 0, ["2020 未开展"]),
        ],
    ),
]


@pytest.mark.parametrize(("name", "given", "rows"), OF_PLANS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(OF_PLANS)])
def test_no_more_is_claimed_than_dates_ledgers_and_printings_say(
    plans: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = plans.store.ask(library.find(f"planning.{name}").statement, bound(f"planning.{name}", given))
    assert sorted(row[:-1] for row in answer.rows) == sorted(rows)
    check(plans, f"planning.{name}", getattr(planning, name), given)


def test_dates_of_a_stated_relationship_stand_behind_its_row(plans: Collection) -> None:  # noqa: F811
    given = bound("planning.evidence_trail", {"status": "矛盾"})
    ((*_, behind),) = plans.store.ask(library.find("planning.evidence_trail").statement, given).rows
    kinds = [statement.get("_type") or statement["_labels"][0] for statement in behind]
    assert kinds == ["LEARNED_FROM", "PracticeCase", "APPLIED", "INITIATED", "APPLIED"]


def test_a_region_with_a_record_is_no_answer_and_cannot_be_asked_for() -> None:
    (state,) = [p for p in library.find("planning.neighbours_have_it").parameters if p.name == "state"]
    assert "有记载" not in (state.values or ())


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "planning"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    name = query.name.partition(".")[2]
    answers = [getattr(planning, name)(of_results()[1], bound(query.name, given)) for n, given in ASKED if n == name]
    assert any(answers)
