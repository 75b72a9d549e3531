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
                "湖州市总工会",
                "prefecture",
                "浙江省湖州市",
                "不晚于 2019-05-31",
                "publication",
                "湖州谈判",
                "文献a",
                ["开展网格化建会"],
            )
        ],
    ),
    ("timeline.earliest_records", {"practice_type": "送清凉"}, []),
    (
        "timeline.adopters_by_level",
        {"practice_type": BARGAINING},
        [("county", 2015, 1, 1, 1), ("county", 2019, 1, 0, 2), ("prefecture", 2017, 1, 1, 1)],
    ),
    (
        "timeline.speed",
        {"k": 2},
        [(BARGAINING, 4, 2, "2015-01-01/2015-12-31", "2017-07-01/2017-07-31", 2, 2)],
    ),
    ("timeline.speed", {"k": 3}, []),
    (
        "timeline.lags",
        {"practice_type": BARGAINING},
        [
            ("宝山区总工会", "county", "2015-01-01/2015-12-31", "stated_start", 0, 0),
            ("湖州市总工会", "prefecture", "2017-07-01/2017-07-31", "stated_start", 2, 2),
            ("长兴县总工会", "county", "不晚于 2019-05-31", "publication", None, 4),
        ],
    ),
    # 32 counted units: Shanghai by 2015, Zhejiang too by 2017; Jiangsu has an account, but none of its dates is known.
    ("timeline.coverage", {"practice_type": BARGAINING, "year": 2016}, [(32, 1, 2, 29, "2015-12-31")]),
    ("timeline.coverage", {"practice_type": BARGAINING, "year": 2024}, [(32, 2, 1, 29, "2015-12-31")]),
    ("timeline.coverage", {"practice_type": "送清凉", "year": 2024}, [(32, 0, 3, 29, None)]),
    (
        "organisation.unions",
        {"limit": 3},
        [
            ("宝山区总工会", "上海市宝山区总工会", "county", "local_federation", "上海市宝山区", 1, 0),
            ("湖州市总工会", "浙江省湖州市总工会", "prefecture", "local_federation", "浙江省湖州市", 1, 0),
            ("示例钢铁公司工会", "示例钢铁公司工会", "grassroots", "enterprise", "江苏省苏州市", 1, 0),
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
            ("长兴县总工会", "territorial", 1, "湖州市总工会", "prefecture"),
            ("长兴县总工会", "territorial", 2, "中华全国总工会", "national"),
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
        [("区人社局", "government", 1, ["宝山区总工会"]), ("示例大学", "school", 1, ["示例钢铁公司工会"])],
    ),
    (
        "organisation.by_level_and_type",
        {},
        [
            ("county", "local_federation", 2, 2),
            ("grassroots", "area_federation", 1, 0),
            ("grassroots", "enterprise", 1, 1),
            ("national", "local_federation", 1, 0),
            ("prefecture", "local_federation", 1, 1),
            ("provincial", "local_federation", 1, 0),
        ],
    ),
    ("organisation.unresolved", {}, [("宝山区", "LEARNED_FROM", 1, ["湖州谈判"])]),
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
