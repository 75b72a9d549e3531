"""The pack ``organisation`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries import asking
from tests.queries.asking import Collection, collection, every_store, neo4j_session_server  # noqa: F401  fixtures
from tests.queries.by_hand import organisation
from tests.queries.spread_compared import bound
from tests.queries.twice_compared import twice  # noqa: F401
from unionkg.queries import library, parameters

SHANGHAI, JINGAN, CORPS = "上海市", "上海市静安区", "region:xpcc"

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("unions", {}),
    ("unions", {"region": JINGAN}),
    ("unions", {"name": "总工会", "level": "county", "type": "local_federation", "limit": 4}),
    ("cases_of_union", {"name": "总工会"}),
    ("cases_of_union", {"name": "上海市宝山区", "limit": 3}),
    ("cases_of_union", {"name": "工会", "role": "ESTABLISHED"}),
    ("union_profile", {"name": "总工会"}),
    ("union_profile", {"name": "示例集团有限公司工会"}),
    ("union_profile", {"name": "分公司"}),
    ("superiors", {"name": "工会", "limit": 1000}),
    ("superiors", {"name": "分公司"}),
    ("superiors", {"name": "工会", "line": "corporate"}),
    ("subordinates", {"name": "上海市总工会"}),
    ("subordinates", {"name": "工会", "limit": 1000}),
    ("subordinates", {"name": "工会", "line": "corporate"}),
    ("partners", {}),
    ("partners", {"type": "judiciary", "region": SHANGHAI}),
    ("partners", {"theme": "基层工会建设", "limit": 3}),
    ("founded", {}),
    ("founded", {"type": "sectoral_federation", "region": JINGAN}),
    ("founded", {"limit": 2}),
    ("unresolved", {}),
    ("unresolved", {"limit": 1}),
    ("by_level_and_type", {}),
    ("by_level_and_type", {"region": JINGAN}),
    ("cooperation", {}),
    ("cooperation", {"name": "宝山"}),
    ("cooperation", {"region": JINGAN, "limit": 2}),
    ("themes_and_groups", {}),
    ("themes_and_groups", {"kind": "target_group", "region": SHANGHAI}),
    ("themes_and_groups", {"kind": "theme"}),
    ("theme_against_group", {}),
    ("theme_against_group", {"theme": "基层工会建设", "group": "快递员", "region": SHANGHAI}),
    ("theme_against_group", {"theme": "工会服务职工", "group": "女职工", "limit": 3}),
]


# Written down with pencil and paper for the first collection, without evidence.
WRITTEN: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "unions",
        {"limit": 3},
        [
            ("上海市总工会", "上海市总工会", "provincial", "local_federation", "上海市", 0, 1),
            ("宝山区总工会", "上海市宝山区总工会", "county", "local_federation", "上海市宝山区", 1, 0),
            ("示例园区联合工会", "示例园区联合工会", "grassroots", "area_federation", "上海市宝山区", 0, 1),
        ],
    ),
    (
        "unions",
        {"type": "enterprise"},
        [("示例钢铁公司工会", "示例钢铁公司工会", "grassroots", "enterprise", "江苏省苏州市", 1, 2)],
    ),
    (
        "cases_of_union",
        {"name": "上海市"},
        [
            ("上海市总工会", "上海市总工会", "SUPERVISED", "宝山谈判", "宝山谈判", "2015"),
            ("宝山区总工会", "宝山区总工会", "INITIATED", "宝山谈判", "宝山谈判", "2015"),
        ],
    ),
    (
        "superiors",
        {"name": "长兴县"},
        [
            (
                "长兴县总工会",
                "territorial",
                1,
                "湖州市总工会",
                "浙江省湖州市总工会",
                "prefecture",
                [],
                [],
                ["territorial"],
                ["GB/T 2260"],
            ),
            (
                "长兴县总工会",
                "territorial",
                2,
                "中华全国总工会",
                "中华全国总工会",
                "national",
                ["湖州市总工会"],
                ["浙江省"],  # no union of the province is known
                ["territorial", "territorial"],
                ["GB/T 2260", "GB/T 2260"],
            ),
        ],
    ),
    (
        "founded",
        {},
        [("示例园区联合工会", "area_federation", "grassroots", ["宝山区总工会"], "宝山谈判")],
    ),
    (
        "partners",
        {},
        [
            ("示例传媒有限公司", "enterprise", 2, ["宁波市总工会", "示例钢铁公司工会"]),
            ("区人社局", "government", 1, ["宝山区总工会"]),
        ],
    ),
    (
        "by_level_and_type",
        {},
        [
            ("national", "local_federation", 1, 0, 0),
            ("provincial", "local_federation", 1, 0, 0),
            ("prefecture", "local_federation", 2, 2, 3),
            ("county", "local_federation", 2, 2, 2),
            ("grassroots", "area_federation", 1, 0, 0),
            ("grassroots", "enterprise", 1, 1, 1),
        ],
    ),
    ("unresolved", {}, [("宝山区", "LEARNED_FROM", False, 1, ["湖州谈判"])]),
]


@pytest.mark.parametrize(("name", "given", "rows"), WRITTEN, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(WRITTEN)])
def test_what_is_worked_out_is_what_was_written_down(name: str, given: dict[str, Any], rows: list[Any]) -> None:
    assert asking.worked_out("asked", f"organisation.{name}", given, getattr(organisation, name)) == rows


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(collection: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    asking.check(collection, f"organisation.{name}", given, getattr(organisation, name))


# The account of 宝山 is printed twice: one row each, and one account.
_BAOSHAN, _COURIERS, _PLATFORMS = "宝山区总工会", "快递行业工会", "新就业形态劳动者"
TWICE: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "cases_of_union",
        {"name": "宝山"},
        [
            (_BAOSHAN, _BAOSHAN, "INITIATED", "宝山谈判", "宝山谈判", "2015"),
            (_COURIERS, _COURIERS, "ESTABLISHED", "宝山谈判", "宝山谈判", "2015"),
        ],
    ),
    ("founded", {}, [(_COURIERS, "sectoral_federation", "county", [_BAOSHAN], "宝山谈判")]),
    # Only one printing names the group.
    ("theme_against_group", {}, [("宝山谈判", [_BAOSHAN], True, [_PLATFORMS], [_PLATFORMS])]),
    ("cooperation", {"name": "快递"}, [(_BAOSHAN, "ESTABLISHED", _COURIERS, "county", 1, ["宝山谈判"])]),
]


@pytest.mark.parametrize(("name", "given", "rows"), TWICE, ids=[name for name, _, _ in TWICE])
def test_printings_of_an_account_are_one(
    twice: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[Any],
) -> None:
    answer = twice.store.ask(library.find(f"organisation.{name}").statement, bound(f"organisation.{name}", given))
    assert [tuple(row[:-1]) for row in answer.rows] == rows
    asking.check(twice, f"organisation.{name}", given, getattr(organisation, name))


def test_every_union_that_a_document_names_leads_to_a_sentence(twice: Collection) -> None:  # noqa: F811
    for name, given in (("by_level_and_type", {}), ("subordinates", {"name": "工会"}), ("unions", {})):
        answer = twice.store.ask(library.find(f"organisation.{name}").statement, bound(f"organisation.{name}", given))
        assert answer.rows, name
        assert all(row[-1] for row in answer.rows), name


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "organisation"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    by_hand = getattr(organisation, query.name.partition(".")[2])
    given = [parameters.bind(query, some) for name, some in ASKED if query.name == f"organisation.{name}"]
    assert any(by_hand(asking.projection_of("varied")[1], bound) for bound in given)
