"""The pack ``reinvention`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.asked_spread import BARGAINING, GRID, SMALL, STATION, SUMMER
from tests.queries.asking import Collection
from tests.queries.by_hand import reinvention
from tests.queries.spread_compared import bound, check, every_store, neo4j_session_server, of_spread, spread  # noqa: F401
from unionkg.queries import library

AID, DISPUTES, UNIONS = "法律援助与咨询", "劳动争议多元化解", "行业工会联合会"

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("new_groups", {}),
    ("new_groups", {"practice_type": BARGAINING}),
    ("new_groups", {"practice_type": GRID}),
    ("new_groups", {"practice_type": SUMMER}),
    ("variants", {}),
    ("variants", {"practice_type": BARGAINING}),
    ("variants", {"practice_type": UNIONS, "limit": 2}),
    ("variants", {"practice_type": "技能培训"}),
    ("bundles", {}),
    ("bundles", {"min_accounts": 1, "limit": 3}),
    ("bundles", {"practice_type": AID}),
    ("bundles", {"practice_type": "没有这一类"}),
    ("sequences", {}),
    ("sequences", {"practice_type": GRID}),
    ("sequences", {"practice_type": STATION, "min_unions": 2}),
    ("sequences", {"practice_type": SUMMER}),
    ("renamed", {}),
    ("renamed", {"practice_type": BARGAINING}),
    ("renamed", {"practice_type": STATION, "limit": 1}),
    ("same_name", {}),
    ("same_name", {"practice_type": BARGAINING}),
    ("same_name", {"practice_type": BARGAINING, "min_unions": 5}),
    ("platforms", {}),
    ("platforms", {"practice_type": BARGAINING}),
    ("platforms", {"practice_type": STATION, "limit": 1}),
    ("partners", {}),
    ("partners", {"practice_type": BARGAINING}),
    ("partners", {"practice_type": AID}),
]


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(spread: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    check(spread, f"reinvention.{name}", getattr(reinvention, name), given)


LITERAL: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "new_groups",
        {"practice_type": BARGAINING},
        # The type is known by the end of 2009 (闸北, which serves 企业); 宝山 adds 女职工 in 2012, 嘉定 快递员 in July 2016.
        [
            ("企业", 1, 1, 1, "2009-01-01/2009-12-31", False),
            ("女职工", 2, 2, 2, "2012-01-01/2012-12-31", True),
            ("快递员", 2, 2, 2, "2016-07-01/2016-07-31", True),
        ],
    ),
    (
        "sequences",
        {},
        # 嘉定 has 网格 of 2010 before, 宝山 of 2014 after; 长兴 has both without a date. 湖州 has stations in 2020.
        [
            (GRID, 1, 1, 0, 0, 1, ["嘉定区总工会"], ["宝山区总工会"], [], []),
            (STATION, 0, 1, 0, 0, 1, [], ["湖州市总工会"], [], []),
        ],
    ),
    (
        "renamed",
        {"practice_type": BARGAINING},
        # “嘉定谈判” is the same name without its head word, 谈出新局面 another phrase of the title; no sentence says 嘉定议事工作法.
        [("“嘉定谈判”工作法", ["“嘉定协商”工作法"], ["嘉定区总工会"], ["嘉定谈判"])],
    ),
    (
        "same_name",
        {"practice_type": BARGAINING},
        # 宝山 is printed twice and counts once; 宁波 and 杭州 write the name in quotation marks.
        [
            (
                "恳谈会",
                ["嘉定区总工会", "宁波市总工会", "宝山区总工会", "杭州市总工会"],
                ["county", "prefecture", "county", "prefecture"],
                3,
                0,
                3,
            )
        ],
    ),
    (
        "platforms",
        {"practice_type": BARGAINING},
        # The graph keeps platforms of one name apart that different unions use.
        [
            ("协商云", 1, 1, ["宝山区总工会"], ["宝山区集体协商的经验"]),
            ("协商云", 1, 1, ["嘉定区总工会"], ["嘉定谈判"]),
        ],
    ),
    (
        "partners",
        {"practice_type": BARGAINING},
        # One 区人社局 by name, two bodies: those of 宝山 and of Suzhou.
        [
            ("government", 2, 2, ["区人社局"], 10),
            ("judiciary", 1, 1, ["区法院"], 10),
            ("school", 1, 1, ["某学院"], 10),
        ],
    ),
    (
        "bundles",
        {},
        # 12 accounts, 10 of them bargain. 网格: 宝山 (printed twice), 嘉定 and 长兴 with it, 奉化 without: 3 * 12 / (10 * 4).
        # 送清凉: 青浦 and the steel works; stations: 湖州 and the steel works; both only with it: 12 / 10.
        [
            (GRID, 3, 10, 4, 12, 0.9),
            (STATION, 2, 10, 2, 12, 1.2),
            (SUMMER, 2, 10, 2, 12, 1.2),
        ],
    ),
    (
        "variants",
        {"practice_type": SMALL},
        [
            ("顾村小三级", ["顾村镇总工会"], "2013-01-01/2013-01-31", [], [], [], 1),
            (
                "甬杭小三级",
                ["宁波市总工会", "杭州市总工会"],
                "2016-01-01/2016-12-31",
                [BARGAINING],
                ["“恳谈会”"],
                [],
                1,
            ),
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
    answer = spread.store.ask(library.find(f"reinvention.{name}").statement, bound(f"reinvention.{name}", given))
    assert [row[:-1] for row in answer.rows] == rows


@pytest.mark.parametrize("spread", ["counter"], indirect=True)
def test_only_stated_dates_make_an_order_certain(spread: Collection) -> None:  # noqa: F811
    answer = spread.store.ask(
        library.find("reinvention.sequences").statement, bound("reinvention.sequences", {"practice_type": STATION})
    )
    # 衢州 is printed in 2016 as bargaining and says 2018 for its stations; 嘉兴 says both dates, and 2019 for grids too.
    assert [row[:-1] for row in answer.rows] == [
        (BARGAINING, 1, 0, 1, 0, 0, ["嘉兴市总工会"], [], ["衢州市总工会"], []),
        (GRID, 1, 0, 0, 0, 0, ["嘉兴市总工会"], [], [], []),
    ]


@pytest.mark.parametrize("spread", ["spread"], indirect=True)
def test_the_dates_of_new_groups_lead_to_the_accounts_they_come_from(spread: Collection) -> None:  # noqa: F811
    answer = spread.store.ask(
        library.find("reinvention.new_groups").statement, bound("reinvention.new_groups", {"practice_type": BARGAINING})
    )
    shown = {row[0]: [(s.get("_type", "PracticeCase"), s.get("not_after")) for s in row[-1]] for row in answer.rows}
    # 快递员 are served by two accounts; the earlier is 嘉定's of July 2016, and what it is later than is 闸北's of 2009.
    assert shown["快递员"] == [
        ("SERVED", None),
        ("APPLIED", "2016-07-31"),
        ("INITIATED", None),
        ("PracticeCase", None),
        ("APPLIED", "2009-12-31"),
        ("PracticeCase", None),
        ("SERVED", None),
    ]


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "reinvention"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    name = query.name.partition(".")[2]
    answers = [getattr(reinvention, name)(of_spread()[1], bound(query.name, given)) for n, given in ASKED if n == name]
    assert any(answers)
