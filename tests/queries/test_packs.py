"""Every query of the packs, on both stores, against rows worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.queries.asked import BARGAINING, GRID, projection
from tests.stores_of_tests import every_store, neo4j_session_server  # noqa: F401  fixtures
from unionkg.graph.build import update
from unionkg.graph.stores import Target, reading
from unionkg.graph.stores.protocol import Store
from unionkg.queries import library


@pytest.fixture(scope="module")
def store(every_store: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:  # noqa: F811
    folder: Path = tmp_path_factory.mktemp("graph")
    update(every_store, folder, "workspace-q", projection())
    with reading(every_store, folder) as opened:
        yield opened


EXPECTED: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "timeline.earliest_records",
        {"practice_type": BARGAINING},
        [
            (
                "宝山区总工会",
                "county",
                "上海市宝山区",
                "2015-01-01/2015-12-31",
                "stated_start",
                "宝山谈判",
                "文献a",
                ["开展集体协商"],
            ),
            # One interval, two accounts: the part's own date gives its lower bound, the stated start its upper one.
            (
                "宁波市总工会",
                "prefecture",
                "浙江省宁波市",
                "2010-01-01/2016-12-31",
                "stated_start",
                "宁波谈判",
                "文献c",
                ["开展集体协商"],
            ),
            (
                "宁波市总工会",
                "prefecture",
                "浙江省宁波市",
                "2010-01-01/2016-12-31",
                "own_date",
                "宁波网格",
                "文献c",
                ["开展集体协商"],
            ),
            (
                "湖州市总工会",
                "prefecture",
                "浙江省湖州市",
                "2017-07-01/2017-07-31",
                "stated_start",
                "湖州谈判",
                "文献a",
                ["开展集体协商"],
            ),
            (
                "长兴县总工会",
                "county",
                "浙江省湖州市长兴县",
                "不晚于 2019-05-31",
                "publication",
                "长兴网格",
                "文献a",
                ["开展集体协商"],
            ),
        ],
    ),
    (
        "timeline.earliest_records",
        {"practice_type": GRID, "limit": 1},
        [
            (
                "宁波市总工会",
                "prefecture",
                "浙江省宁波市",
                "不晚于 2018-12-31",  # 宁波网格 does not say when it began: it may be earlier
                "own_date",
                "宁波谈判",
                "文献c",
                ["开展网格化建会"],
            )
        ],
    ),
    ("timeline.earliest_records", {"practice_type": "送清凉"}, []),
    (
        "timeline.adopters_by_level",
        {"practice_type": BARGAINING},
        [
            ("county", 2015, 1, 1, 1),
            ("county", 2019, 1, 0, 2),
            ("prefecture", 2016, 1, 1, 1),
            ("prefecture", 2017, 1, 1, 2),
        ],
    ),
    # Known by 2018 from a stated date, though its lower bound is open.
    (
        "timeline.adopters_by_level",
        {"practice_type": GRID},
        [("county", 2019, 1, 0, 1), ("prefecture", 2018, 1, 1, 1), ("prefecture", 2019, 1, 0, 2)],
    ),
    # Lower bounds in order: 2010-01-01, 2015-01-01, 2017-07-01; upper bounds: 2015-12-31, 2016-12-31, 2017-07-31.
    (
        "timeline.speed",
        {"k": 1},
        [(BARGAINING, 5, 3, "2010-01-01/2015-12-31", "2010-01-01/2015-12-31", 0, 0)],
    ),
    (
        "timeline.speed",
        {"k": 2},
        [(BARGAINING, 5, 3, "2010-01-01/2015-12-31", "2015-01-01/2016-12-31", 0, 6)],
    ),
    (
        "timeline.speed",
        {"k": 3},
        [(BARGAINING, 5, 3, "2010-01-01/2015-12-31", "2017-07-01/2017-07-31", 2, 7)],
    ),
    ("timeline.speed", {"k": 4}, []),
    # The earliest lies in 2010 to 2015. 宁波 itself cannot be more than a year behind 宝山, the earliest of the others.
    (
        "timeline.lags",
        {"practice_type": BARGAINING},
        [
            ("宝山区总工会", "county", "2015-01-01/2015-12-31", "stated_start", 0, 5),
            ("宁波市总工会", "prefecture", "2010-01-01/2016-12-31", "stated_start", 0, 1),
            ("湖州市总工会", "prefecture", "2017-07-01/2017-07-31", "stated_start", 2, 7),
            ("长兴县总工会", "county", "不晚于 2019-05-31", "publication", None, 9),
        ],
    ),
    ("timeline.lags", {"practice_type": GRID}, []),
    # 32 counted units: Shanghai by 2015, Zhejiang too by 2016; Jiangsu has an account, but none of its dates is known.
    ("timeline.coverage", {"practice_type": BARGAINING, "year": 2015}, [(32, 1, 2, 29, "2015-12-31")]),
    ("timeline.coverage", {"practice_type": BARGAINING, "year": 2024}, [(32, 2, 1, 29, "2015-12-31")]),
    ("timeline.coverage", {"practice_type": "送清凉", "year": 2024}, [(32, 0, 3, 29, None)]),
    (
        "organisation.unions",
        {"limit": 3},
        [
            ("宁波市总工会", "浙江省宁波市总工会", "prefecture", "local_federation", "浙江省宁波市", 2, 0),
            ("示例钢铁公司工会", "示例钢铁公司工会", "grassroots", "enterprise", "江苏省苏州市", 1, 2),
            ("宝山区总工会", "上海市宝山区总工会", "county", "local_federation", "上海市宝山区", 1, 0),
        ],
    ),
    (
        "organisation.cases_of_union",
        {"union": "上海市"},
        [
            ("上海市总工会", "SUPERVISED", "宝山谈判", "文献a", 1, ["上海市总工会"]),
            ("宝山区总工会", "INITIATED", "宝山谈判", "文献a", 1, ["宝山区总工会"]),
        ],
    ),
    (
        "organisation.superiors",
        {"union": "长兴县"},
        [
            ("长兴县总工会", "territorial", 1, "湖州市总工会", "GB/T 2260", "prefecture"),
            ("长兴县总工会", "territorial", 2, "中华全国总工会", "GB/T 2260", "national"),
        ],
    ),
    (
        "organisation.founded",
        {},
        [("示例园区联合工会", "area_federation", "grassroots", ["宝山区总工会"], "宝山谈判", ["示例园区联合工会"])],
    ),
    (
        "organisation.partners",
        {},
        [
            ("示例传媒有限公司", "enterprise", 2, ["宁波市总工会", "示例钢铁公司工会"]),
            ("区人社局", "government", 1, ["宝山区总工会"]),
        ],
    ),
    (
        "organisation.by_level_and_type",
        {},
        [
            ("county", "local_federation", 2, 2),
            ("grassroots", "area_federation", 1, 0),
            ("grassroots", "enterprise", 1, 1),
            ("national", "local_federation", 1, 0),
            ("prefecture", "local_federation", 2, 2),
            ("provincial", "local_federation", 1, 0),
        ],
    ),
    ("organisation.unresolved", {}, [("宝山区", "LEARNED_FROM", 1, ["湖州谈判"])]),
    # Two awards of one name may differ in grade and year without a contradiction, so these are not listed.
    (
        "provenance.conflicts",
        {},
        [
            ("Award", "示例奖", "issuer", "示例杂志社", "示例报社", "宁波网格", "文献c", 1, ["示例奖"]),
            ("Award", "示例奖", "issuer", "示例杂志社", "示例杂志社", "宁波谈判", "文献c", 11, ["示例奖"]),
            (
                "Organization",
                "示例传媒有限公司",
                "type",
                "enterprise",
                "enterprise",
                "钢铁谈判",
                "文献b",
                1,
                ["示例传媒有限公司"],
            ),
            (
                "Organization",
                "示例传媒有限公司",
                "type",
                "enterprise",
                "media",
                "宁波谈判",
                "文献c",
                11,
                ["示例传媒有限公司"],
            ),
            *(
                ("TradeUnion", "示例钢铁公司工会", named, shown, told, case, document, line, ["示例钢铁公司工会"])
                for named, shown, told, case, document, line in [
                    ("region", "320500", "320000", "宁波网格", "文献c", 1),
                    ("region", "320500", "320500", "钢铁谈判", "文献b", 1),
                    ("region", "320500", "320500", "宁波谈判", "文献c", 11),
                    ("type", "enterprise", "enterprise", "钢铁谈判", "文献b", 1),
                    ("type", "enterprise", "enterprise", "宁波谈判", "文献c", 11),
                    ("type", "enterprise", "industrial", "宁波网格", "文献c", 1),
                ]
            ),
        ],
    ),
]


@pytest.mark.parametrize(("name", "given", "rows"), EXPECTED, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(EXPECTED)])
def test_the_rows_are_those_worked_out_by_hand(store: Store, name: str, given: dict, rows: list) -> None:
    query = library.find(name)
    answer = library.run(query, store, given)
    assert answer.rows == rows
    assert not rows or answer.columns == tuple(column.name for column in query.columns)


def test_every_query_is_checked() -> None:
    assert {name for name, _, _ in EXPECTED} == {query.name for query in library.queries()}


@pytest.mark.parametrize("query", library.queries(), ids=lambda q: q.name)
def test_a_query_is_described_in_both_languages_and_its_example_runs(query: library.Query) -> None:
    assert query.question_zh
    assert query.question_en
    assert all(p.zh and p.en for p in query.parameters)
    assert all(c.zh and c.en for c in query.columns)
    assert query.example.startswith(f"unionkg query run {query.name}")
    given = dict(part.split("=", 1) for part in query.example.split(" -p ")[1:])
    assert set(library.bind(query, given)) == {p.name for p in query.parameters}


@pytest.mark.parametrize("query", library.queries(), ids=lambda q: q.name)
def test_every_query_can_be_pasted_as_it_is(query: library.Query) -> None:
    text = library.for_browser(query, {})
    for parameter in query.parameters:
        assert f":param {parameter.name} =>" in text
    assert text.rstrip().endswith(";")
