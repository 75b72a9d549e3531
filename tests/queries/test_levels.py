"""The pack ``levels`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.asked_counter import DISPUTES, UNIONS
from tests.queries.asked_spread import BARGAINING, GRID, SMALL, SUMMER
from tests.queries.asking import Collection
from tests.queries.by_hand import levels
from tests.queries.spread_compared import bound, check, every_store, neo4j_session_server, of_spread, spread  # noqa: F401
from unionkg.queries import library

SHANGHAI, ZHEJIANG, SUZHOU = "region:310000", "region:330000", "region:320500"
REFORM = "非公企业工会改革"

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("pilots", {}),
    ("pilots", {"name": "宝山"}),
    ("pilots", {"practice_type": SMALL}),
    ("pilots", {"limit": 1}),
    ("promotions", {}),
    ("promotions", {"name": "上海市", "limit": 2}),
    ("promotions", {"practice_type": GRID}),
    ("recognitions", {}),
    ("recognitions", {"form": "现场会"}),
    ("recognitions", {"name": "宝山区"}),
    ("recognitions", {"practice_type": SMALL, "limit": 1}),
    ("after_document", {}),
    ("after_document", {"within_years": 1}),
    ("after_document", {"practice_type": SMALL, "within_years": 0}),
    ("after_document", {"practice_type": BARGAINING, "within_years": 4, "limit": 2}),
    ("before_document", {}),
    ("before_document", {"practice_type": SMALL}),
    ("before_document", {"practice_type": BARGAINING, "limit": 1}),
    ("pilot_to_rollout", {}),
    ("pilot_to_rollout", {"practice_type": BARGAINING}),
    ("pilot_to_rollout", {"practice_type": REFORM}),
    ("absorption_radiation", {}),
    ("absorption_radiation", {"practice_type": BARGAINING}),
    ("absorption_radiation", {"practice_type": REFORM, "limit": 1}),
    ("level_lags", {"region": SHANGHAI}),
    ("level_lags", {"region": ZHEJIANG}),
    ("level_lags", {"region": SUZHOU}),
    ("level_lags", {"region": SHANGHAI, "practice_type": SUMMER}),
    ("level_lags", {"region": SHANGHAI, "practice_type": "职工之家/服务阵地"}),
    ("superior_involvement", {}),
    ("superior_involvement", {"name": "宝山"}),
    ("superior_involvement", {"practice_type": SMALL}),
    ("superior_involvement", {"name": "上海市总工会", "limit": 3}),
    ("lines", {}),
    ("lines", {"type": "enterprise"}),
    ("lines", {"practice_type": GRID}),
    ("lines", {"type": "local_federation"}),
    ("cited_documents", {}),
    ("cited_documents", {"practice_type": BARGAINING, "limit": 1}),
    ("cited_documents", {"practice_type": "法律援助与咨询"}),
]


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(spread: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    check(spread, f"levels.{name}", getattr(levels, name), given)


LITERAL: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "after_document",
        {"within_years": 1},
        # Of 2017 and for Zhejiang: 湖州 in March 2018 began after it, but whether within a year of its day is open; 长兴 is
        # known by 2021 only, and so is 宁波. Of June 2015 and for all: 宁波 and 杭州 in 2016, surely after, perhaps within a year.
        [
            (
                SMALL,
                "小三级建设意见",
                "2015-06",
                ["中华全国总工会"],
                "宁波市总工会",
                "prefecture",
                "2016-01-01/2016-12-31",
                False,
            ),
            (
                SMALL,
                "小三级建设意见",
                "2015-06",
                ["中华全国总工会"],
                "杭州市总工会",
                "prefecture",
                "2016-01-01/2016-12-31",
                False,
            ),
            (BARGAINING, "协商条例", "2017", ["某某厅"], "湖州市总工会", "prefecture", "2018-03-01/2018-03-31", False),
            (BARGAINING, "协商条例", "2017", ["某某厅"], "宁波市总工会", "prefecture", "不晚于 2021-12-31", False),
            (BARGAINING, "协商条例", "2017", ["某某厅"], "杭州市总工会", "prefecture", "不晚于 2021-12-31", False),
            (BARGAINING, "协商条例", "2017", ["某某厅"], "长兴县总工会", "county", "不晚于 2021-12-31", False),
        ],
    ),
    (
        "after_document",
        {"within_years": 2, "practice_type": SMALL},
        [
            (
                SMALL,
                "小三级建设意见",
                "2015-06",
                ["中华全国总工会"],
                "宁波市总工会",
                "prefecture",
                "2016-01-01/2016-12-31",
                True,
            ),
            (
                SMALL,
                "小三级建设意见",
                "2015-06",
                ["中华全国总工会"],
                "杭州市总工会",
                "prefecture",
                "2016-01-01/2016-12-31",
                True,
            ),
        ],
    ),
    (
        "before_document",
        {"practice_type": SMALL},
        # 宁波 and 杭州 began after it.
        [
            (
                SMALL,
                "小三级建设意见",
                "2015-06",
                ["中华全国总工会"],
                "顾村镇总工会",
                "township",
                "2013-01-01/2013-01-31",
                True,
                2,
            )
        ],
    ),
    (
        "pilot_to_rollout",
        {"practice_type": BARGAINING},
        # 宝山, printed twice, is promoted in June 2014; 静安 and 宝山 surely before, 嘉定, 青浦, 湖州, 鄞州 and 慈溪 after; 长兴,
        # 宁波 and 杭州 are known by 2021 only, the steel works has no date. 嘉定's promotion is only intended. The document of
        # 2017 concerns the type; nothing says that it rolls it out.
        [
            (
                BARGAINING,
                1,
                "2012-03-01/2012-03-31",
                1,
                0,
                "2014-06-01/2014-06-30",
                2,
                2,
                2,
                5,
                3,
                ["协商条例 2017"],
            )
        ],
    ),
    (
        "pilot_to_rollout",
        {"practice_type": SMALL},
        # A document that asks for it in 2015 is no roll-out, still less one that is not dated.
        [(SMALL, 1, None, 0, 0, None, None, None, None, None, None, ["小三级建设意见 2015-06", "没有日期的意见"])],
    ),
    (
        "absorption_radiation",
        {"practice_type": BARGAINING},
        [
            (
                BARGAINING,
                "宝山区总工会",
                "2012-01-01/2012-12-31",
                "PROMOTED_BY",
                "发文推广",
                "中华全国总工会",
                "TradeUnion",
                ["territorial"],
                "2014-06",
                ["嘉定区总工会", "慈溪市总工会", "湖州市总工会", "鄞州区总工会", "青浦区总工会"],
                5,
                4,  # 长兴, 宁波, 杭州 and the steel works; 闸北 was surely before
            ),
            (
                BARGAINING,
                "宝山区总工会",
                "2012-01-01/2012-12-31",
                "RECOGNISED_BY",
                "批示",
                "中华全国总工会",
                "TradeUnion",
                ["territorial"],
                None,
                [],
                None,
                None,
            ),
        ],
    ),
    (
        "level_lags",
        {"region": SHANGHAI},
        [("territorial", "county", 4, 0, 4, "2009-01-01/2009-12-31", "2009-12-31")],
    ),
    ("level_lags", {"region": SUZHOU}, [("corporate", "grassroots", 1, 1, 0, None, None)]),
    (
        "lines",
        {"type": "enterprise"},
        # The federation of Shanghai is named, but nothing shows that it stands above the works in Suzhou.
        [("corporate", "SUPERVISED", 1, 1, 1), (None, "SUPERVISED", 1, 1, 1)],
    ),
    (
        "promotions",
        {"practice_type": GRID, "name": "宝山"},
        [
            (
                "PROMOTED_BY",
                ["宝山区总工会"],
                ["county"],
                ["中华全国总工会"],
                "中华全国总工会",
                "TradeUnion",
                "national",
                ["发文推广"],
                ["2014-06"],
                False,
                False,
                False,
                False,
                "“宝山谈判”",
                "宝山区集体协商的经验",
            ),
            (
                "REPLICATED_IN",
                ["宝山区总工会"],
                ["county"],
                ["嘉定区"],
                "嘉定区",
                "Region",
                "county",
                [],
                ["2016"],
                True,
                False,
                False,
                False,
                "“宝山谈判”",
                "宝山区集体协商的经验",
            ),
            (
                "SCALED_TO",
                ["宝山区总工会"],
                ["county"],
                ["全市"],
                "全市",
                "UnresolvedName",
                None,
                [],
                [],
                False,
                True,
                False,
                False,
                "“宝山谈判”",
                "宝山区集体协商的经验",
            ),
        ],
    ),
    (
        "cited_documents",
        {},
        # The graph keeps documents of one name apart that unions of different places have made; two printings are one account.
        [
            ("集体合同条例", None, 1, ["嘉定区总工会"], ["county"], ["嘉定谈判"]),
            ("集体合同条例", None, 1, ["宝山区总工会"], ["county"], ["宝山区集体协商的经验"]),
        ],
    ),
]


@pytest.mark.parametrize("spread", ["spread"], indirect=True)
@pytest.mark.parametrize(("name", "given", "rows"), LITERAL, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(LITERAL)])
def test_the_rows_are_those_written_down(
    spread: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = spread.store.ask(library.find(f"levels.{name}").statement, bound(f"levels.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows


WORKS = "示例机械厂工会"
COUNTER: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "pilot_to_rollout",
        {},
        # The works extended it inside the company and means to be promoted, and a notice asks for entries: no roll-out. 宝山's
        # went to "the whole city" in 2018, no single place; printed twice, it is one account. It is itself before that.
        [
            (
                DISPUTES,
                1,
                "2018-05-01/2018-05-31",
                0,
                0,
                None,
                None,
                None,
                None,
                None,
                None,
                ["征集调解案例的通知 2019-03"],
            ),
            (UNIONS, 1, "2016-01-01/2016-12-31", 1, 1, "2018-01-01/2018-12-31", 2, 2, 1, 0, 0, []),
        ],
    ),
    (
        "lines",
        {},
        # To the group on 条; to 宝山 and Shanghai first on 条, then on 块, which is neither.
        [
            ("corporate", "SUPERVISED", 1, 1, 1),
            ("corporate+territorial", "PROMOTED_BY", 1, 1, 1),
            ("corporate+territorial", "SUPERVISED", 1, 1, 2),
            ("territorial", "RECOGNISED_BY", 1, 1, 1),
        ],
    ),
    (
        "superior_involvement",
        {"name": "宝山区", "practice_type": DISPUTES},
        [
            (
                WORKS,
                "grassroots",
                "SUPERVISED",
                "宝山区总工会",
                "county",
                ["corporate+territorial"],
                "厂里的调解室",
                "厂里的调解室",
            )
        ],
    ),
    (
        "pilots",
        {"practice_type": UNIONS},
        # One account, printed twice.
        [
            (
                "PILOTED_AT",
                ["宝山区总工会"],
                ["county"],
                ["某行业协会"],
                "某行业协会",
                "UnresolvedName",
                None,
                ["2016"],
                False,
                False,
                "宝山的行业工会",
                "宝山的行业工会",
            )
        ],
    ),
    (
        "absorption_radiation",
        {"practice_type": UNIONS},
        [
            (
                UNIONS,
                "宝山区总工会",
                "2015-01-01/2015-12-31",
                "RECOGNISED_BY",
                "批示",
                "上海市总工会",
                "TradeUnion",
                ["territorial"],
                None,
                [],
                None,
                None,
            )
        ],
    ),
]


@pytest.mark.parametrize("spread", ["counter"], indirect=True)
@pytest.mark.parametrize(("name", "given", "rows"), COUNTER, ids=[name for name, _, _ in COUNTER])
def test_what_only_looks_like_an_answer_is_told_apart(
    spread: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    answer = spread.store.ask(library.find(f"levels.{name}").statement, bound(f"levels.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows


@pytest.mark.parametrize("spread", ["counter"], indirect=True)
@pytest.mark.parametrize(
    ("name", "given", "sentences"),
    [
        # Who stands above, and both steps up that texts state.
        (
            "superior_involvement",
            {"name": "宝山区", "practice_type": DISPUTES},
            {"宝山区总工会", "机械厂工会归集团工会管", "集团工会归区总工会管"},
        ),
        # The pilot, the document, and nothing of what stayed inside or was only intended.
        ("pilot_to_rollout", {"practice_type": DISPUTES}, {"piloted_by某调解中心", "关于征集调解案例的通知"}),
    ],
)
def test_the_evidence_is_what_the_columns_say(
    spread: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    sentences: set[str],
) -> None:
    answer = spread.store.ask(library.find(f"levels.{name}").statement, bound(f"levels.{name}", given))
    (row,) = answer.rows
    assert {quote for statement in row[-1] for quote in statement["quotes"]} == sentences


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "levels"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    name = query.name.partition(".")[2]
    answers = [getattr(levels, name)(of_spread()[1], bound(query.name, given)) for n, given in ASKED if n == name]
    assert any(answers)
