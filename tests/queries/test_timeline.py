"""The pack ``timeline`` on every store, against rows worked out without Cypher."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries import asking
from tests.queries.asked import BARGAINING, GRID
from tests.queries.asked_plans import STATION
from tests.queries.asking import Collection, collection, every_store, neo4j_session_server  # noqa: F401  fixtures
from tests.queries.by_hand import timeline
from tests.queries.results_compared import plans  # noqa: F401  a fixture
from tests.queries.varied import COOLNESS, STATIONS
from unionkg.queries import library, parameters

SHANGHAI, JINGAN, ZHEJIANG, CORPS = "上海市", "上海市静安区", "浙江省", "region:xpcc"

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("earliest_records", {}),
    ("earliest_records", {"practice_type": GRID, "limit": 2}),
    ("earliest_records", {"practice_type": STATIONS, "years": "2017..2019"}),
    ("earliest_records", {"region": JINGAN}),
    ("earliest_records", {"region": SHANGHAI, "years": "..2016"}),
    ("earliest_records", {"practice_type": COOLNESS}),
    ("adopters_by_level", {}),
    ("adopters_by_level", {"practice_type": GRID, "region": SHANGHAI}),
    ("adopters_by_level", {"practice_type": STATIONS, "years": "2016..2018"}),
    ("speed", {"k": 1}),
    ("speed", {}),
    ("speed", {"k": 3, "practice_type": GRID}),
    ("speed", {"k": 0}),
    ("speed", {"k": 2, "theme": "基层工会建设"}),
    ("lags", {}),
    ("lags", {"practice_type": GRID, "limit": 3}),
    ("lags", {"region": SHANGHAI}),
    ("lags", {"practice_type": STATIONS, "region": ZHEJIANG}),
    ("coverage", {}),
    ("coverage", {"practice_type": GRID, "year": 2016}),
    ("coverage", {"practice_type": GRID, "level": "county", "region": SHANGHAI}),
    ("coverage", {"practice_type": COOLNESS, "level": "prefecture", "year": 2019}),
    ("by_year", {}),
    ("by_year", {"practice_type": GRID, "region": SHANGHAI}),
    ("by_year", {"practice_type": STATIONS, "years": "2016..2019"}),
    ("by_year", {"region": CORPS}),
    ("first_claims", {}),
    ("first_claims", {"region": JINGAN, "limit": 5}),
    ("first_claims", {"practice_type": BARGAINING, "theme": "基层工会建设"}),
    ("undated", {}),
    ("undated", {"practice_type": BARGAINING, "limit": 2}),
    ("undated", {"document": "文献"}),
    ("dating", {}),
    ("dating", {"practice_type": GRID}),
    ("dating", {"practice_type": COOLNESS, "region": SHANGHAI}),
    ("type_history", {}),
    ("type_history", {"practice_type": STATIONS}),
    ("type_history", {"practice_type": GRID, "region": SHANGHAI, "years": "2012..2017"}),
    ("type_history", {"practice_type": "非公企业工会改革", "limit": 5}),
    ("practice_history", {"practice": "驿站"}),
    ("practice_history", {"practice": "谈判", "years": "2015..2017"}),
    ("practice_history", {"practice": "工会", "limit": 6}),
]


# Written down with pencil and paper for the first collection, without evidence.
WRITTEN: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        "earliest_records",
        {},
        [
            ("宝山区总工会", "county", "上海市宝山区", "2015-01-01/2015-12-31", "stated_start", "宝山谈判"),
            # One interval, two accounts: the part's own date gives its lower bound, the stated start its upper one.
            ("宁波市总工会", "prefecture", "浙江省宁波市", "2010-01-01/2016-12-31", "stated_start", "宁波谈判"),
            ("宁波市总工会", "prefecture", "浙江省宁波市", "2010-01-01/2016-12-31", "own_date", "宁波网格"),
            ("湖州市总工会", "prefecture", "浙江省湖州市", "2017-07-01/2017-07-31", "stated_start", "湖州谈判"),
            ("长兴县总工会", "county", "浙江省湖州市长兴县", "不晚于 2019-05-31", "publication", "长兴网格"),
        ],
    ),
    (
        "earliest_records",
        {"practice_type": GRID, "limit": 1},
        # 宁波网格 does not say when it began: it may be earlier.
        [("宁波市总工会", "prefecture", "浙江省宁波市", "不晚于 2018-12-31", "own_date", "宁波谈判")],
    ),
    ("earliest_records", {"practice_type": COOLNESS}, []),
    # The interval 2010 to 2016 may lie in 2012; that of 长兴 is open at its beginning.
    (
        "earliest_records",
        {"years": "2012"},
        [
            ("宁波市总工会", "prefecture", "浙江省宁波市", "2010-01-01/2016-12-31", "stated_start", "宁波谈判"),
            ("宁波市总工会", "prefecture", "浙江省宁波市", "2010-01-01/2016-12-31", "own_date", "宁波网格"),
            ("长兴县总工会", "county", "浙江省湖州市长兴县", "不晚于 2019-05-31", "publication", "长兴网格"),
        ],
    ),
    # The company has no date at all, so it is known in no year and may have begun in any; 宁波 may have begun by 2010.
    (
        "adopters_by_level",
        {},
        [
            ("prefecture", 2016, 1, 1, 1, 1),
            ("prefecture", 2017, 1, 1, 2, 2),
            ("county", 2015, 1, 1, 1, 2),
            ("county", 2019, 1, 0, 2, 2),
        ],
    ),
    # Known by 2018 from a stated date, though its lower bound is open.
    (
        "adopters_by_level",
        {"practice_type": GRID},
        [("prefecture", 2018, 1, 1, 1, 2), ("prefecture", 2019, 1, 0, 2, 2), ("county", 2019, 1, 0, 1, 1)],
    ),
    # Lower bounds in order: 2010-01-01, 2015-01-01, 2017-07-01; upper bounds: 2015-12-31, 2016-12-31, 2017-07-31.
    ("speed", {"k": 1}, [(BARGAINING, 5, 3, "2010-01-01/2015-12-31", "2010-01-01/2015-12-31", 0, 0)]),
    ("speed", {"k": 2}, [(BARGAINING, 5, 3, "2010-01-01/2015-12-31", "2015-01-01/2016-12-31", 0, 6)]),
    ("speed", {"k": 3}, [(BARGAINING, 5, 3, "2010-01-01/2015-12-31", "2017-07-01/2017-07-31", 2, 7)]),
    ("speed", {"k": 4}, []),
    # The earliest lies in 2010 to 2015. 宁波 itself cannot be more than a year behind 宝山, the earliest of the others.
    (
        "lags",
        {},
        [
            ("宝山区总工会", "county", "2015-01-01/2015-12-31", "stated_start", 0, 5),
            ("宁波市总工会", "prefecture", "2010-01-01/2016-12-31", "stated_start", 0, 1),
            ("湖州市总工会", "prefecture", "2017-07-01/2017-07-31", "stated_start", 2, 7),
            ("长兴县总工会", "county", "不晚于 2019-05-31", "publication", None, 9),
        ],
    ),
    ("lags", {"practice_type": GRID}, []),
    # 32 counted units: Shanghai by 2015, Zhejiang too by 2016; Jiangsu has an account, but none of its dates is known.
    (
        "coverage",
        {"year": 2015},
        [
            ("有记载", 1, 32, 0, "不晚于 2015-12-31", 0, []),
            ("台账确认未开展", 0, 32, 0, None, 0, []),
            ("资料未见", 2, 32, 2, None, 0, []),
            ("无该地资料", 29, 32, 0, None, 0, []),
        ],
    ),
    (
        "coverage",
        {"year": 2024},
        [
            ("有记载", 2, 32, 0, "不晚于 2015-12-31", 0, []),
            ("台账确认未开展", 0, 32, 0, None, 0, []),
            ("资料未见", 1, 32, 1, None, 0, []),
            ("无该地资料", 29, 32, 0, None, 0, []),
        ],
    ),
    # What every union does has no first adopters, but a record is a record; without a year, one without a date too.
    (
        "coverage",
        {"practice_type": COOLNESS},
        [
            ("有记载", 1, 32, 0, None, 0, []),
            ("台账确认未开展", 0, 32, 0, None, 0, []),
            ("资料未见", 2, 32, 0, None, 0, []),
            ("无该地资料", 29, 32, 0, None, 0, []),
        ],
    ),
    (
        "by_year",
        {},
        [
            (2015, 1, 0, 0, 1, 0),
            (2016, 1, 0, 0, 1, 0),
            (2017, 1, 1, 0, 1, 0),
            (2019, 0, 0, 1, 0, 1),
        ],
    ),
    ("undated", {}, [("文献b", "钢铁谈判", ["示例钢铁公司工会"], [COOLNESS, BARGAINING], "nothing_dated")]),
    (
        "type_history",
        {},
        [
            ("2010-01-01/2017-12-31", "OWN_DATE", "part", "宁波网格", ["宁波市总工会"], None),
            ("2015", "STARTED", "main", "宝山谈判", ["宝山区总工会"], None),
            ("2016", "STARTED", "main", "宁波谈判", ["宁波市总工会"], None),
            ("2017-07", "STARTED", "main", "湖州谈判", ["湖州市总工会"], None),
        ],
    ),
]


@pytest.mark.parametrize(("name", "given", "rows"), WRITTEN, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(WRITTEN)])
def test_what_is_worked_out_is_what_was_written_down(name: str, given: dict[str, Any], rows: list[Any]) -> None:
    assert asking.worked_out("asked", f"timeline.{name}", given, getattr(timeline, name)) == rows


@pytest.mark.parametrize(("name", "given"), ASKED, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ASKED)])
def test_the_rows_are_those_worked_out_by_hand(collection: Collection, name: str, given: dict[str, Any]) -> None:  # noqa: F811
    asking.check(collection, f"timeline.{name}", given, getattr(timeline, name))


# The collection of `asked_plans`: old and undated ledgers, an account printed twice with another start.
OF_PLANS: list[tuple[str, dict[str, Any], list[tuple[Any, ...]]]] = [
    # Without a year a ledger's 未开展 counts with its date: 杨浦 2020, 黄浦 without one. The other four are overridden.
    (
        "coverage",
        {"level": "county", "region": SHANGHAI},
        [
            ("有记载", 9, 16, 0, "不晚于 2012-12-31", 5, ["2015", "2018", "2019", "2022-06"]),
            ("台账确认未开展", 2, 16, 0, None, 2, ["2020", "日期不明"]),
            ("资料未见", 1, 16, 0, None, 0, []),
            ("无该地资料", 4, 16, 0, None, 0, []),
        ],
    ),
    # 徐汇 was 未开展 as of 2018, with a later 开展; 青浦's ledger is of 2019, 杨浦's of 2020, 黄浦's has no date.
    (
        "coverage",
        {"level": "county", "region": SHANGHAI, "year": 2018},
        [
            ("有记载", 7, 16, 0, "不晚于 2012-12-31", 3, ["2015", "2018", "2022-06"]),
            ("台账确认未开展", 1, 16, 1, None, 1, ["2018"]),
            ("资料未见", 4, 16, 1, None, 3, ["2019", "2020", "日期不明"]),
            ("无该地资料", 4, 16, 0, None, 0, []),
        ],
    ),
    # What a ledger denied as of 2020 is not known of 2024.
    (
        "coverage",
        {"level": "county", "region": SHANGHAI, "year": 2024},
        [
            ("有记载", 9, 16, 0, "不晚于 2012-12-31", 5, ["2015", "2018", "2019", "2022-06"]),
            ("台账确认未开展", 0, 16, 0, None, 0, []),
            ("资料未见", 3, 16, 0, None, 2, ["2020", "日期不明"]),
            ("无该地资料", 4, 16, 0, None, 0, []),
        ],
    ),
    # Two printings, one row; the printing that says earliest gives the date.
    ("first_claims", {}, [("全市", "上海市", "全市首家", "浦东驿站", ["浦东新区总工会"], "浦东驿站", "2013")]),
    (
        "type_history",
        {"practice_type": STATION},
        [
            ("2013", "STARTED", "main", "浦东驿站", ["浦东新区总工会"], None),
            ("2016", "RECEIVED", "main", "浦东驿站", ["浦东新区总工会"], "2016年好驿站"),
        ],
    ),
    (
        "practice_history",
        {"practice": "驿站"},
        [
            ("2013", "STARTED", "浦东驿站", "浦东驿站", ["浦东新区总工会"], None),
            ("2016", "RECEIVED", "浦东驿站", "浦东驿站", ["浦东新区总工会"], "2016年好驿站"),
            ("2018", "REPORTED", "浦东驿站", "浦东驿站", ["浦东新区总工会"], "文献s"),
            ("2021", "REPORTED", "浦东驿站", "浦东驿站", ["浦东新区总工会"], "文献t"),
        ],
    ),
    (
        "earliest_records",
        {"practice_type": STATION},
        [("浦东新区总工会", "county", "上海市浦东新区", "2013-01-01/2013-12-31", "stated_start", "浦东驿站")],
    ),
    ("by_year", {"practice_type": STATION}, [(2013, 1, 0, 0, 1, 0)]),
]


@pytest.mark.parametrize(("name", "given", "rows"), OF_PLANS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(OF_PLANS)])
def test_no_more_is_claimed_than_ledgers_and_printings_say(
    plans: Collection,  # noqa: F811
    name: str,
    given: dict[str, Any],
    rows: list[tuple[Any, ...]],
) -> None:
    query = library.find(f"timeline.{name}")
    answer = plans.store.ask(query.statement, parameters.bind(query, given, store=plans.store))
    assert [row[:-1] for row in answer.rows] == rows
    asking.check(plans, query.name, given, getattr(timeline, name))


def test_what_another_printing_dates_is_not_undated(collection: Collection) -> None:  # noqa: F811
    """The company's account stands in a document without a date, too; that of 2022 dates all its practice types."""
    query = library.find("timeline.undated")
    rows = collection.store.ask(query.statement, parameters.bind(query, {}, store=collection.store)).rows
    assert not [row for row in rows if row[1] == "分公司谈判"]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("first_claims", ["CLAIMED_FIRST", "CLAIMED_FIRST", "PracticeCase", "PracticeCase", "INITIATED"]),
        ("type_history", ["PracticeCase", "APPLIED", "PracticeCase", "APPLIED", "INITIATED"]),
    ],
)
def test_both_printings_stand_behind_a_row(plans: Collection, name: str, kinds: list[str]) -> None:  # noqa: F811
    query = library.find(f"timeline.{name}")
    bound = parameters.bind(query, {"practice_type": STATION}, store=plans.store)
    behind = plans.store.ask(query.statement, bound).rows[0][-1]
    assert [statement.get("_type") or statement["_labels"][0] for statement in behind] == kinds


def test_the_earliest_records_of_unions_stand_behind_a_year(collection: Collection) -> None:  # noqa: F811
    """A union counts where it is based, though its account took place elsewhere and is dated in another row."""
    query = library.find("timeline.by_year")
    rows = collection.store.ask(query.statement, parameters.bind(query, {}, store=collection.store)).rows
    assert all(row[-1] for row in rows)


@pytest.mark.parametrize("query", [q for q in library.queries() if q.pack == "timeline"], ids=lambda q: q.name)
def test_every_question_is_asked_where_it_has_an_answer(query: library.Query) -> None:
    by_hand = getattr(timeline, query.name.partition(".")[2])
    given = [parameters.bind(query, some) for name, some in ASKED if query.name == f"timeline.{name}"]
    assert any(by_hand(asking.projection_of("varied")[1], bound) for bound in given)
