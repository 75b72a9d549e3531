"""One suite for both stores: what is written is what is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.availability import unavailable
from unionkg.errors import QueryError, StoreError
from unionkg.graph.stores.protocol import Node, Relationship, Schema, Store

EVERYTHING = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id ORDER BY n.id, r.id"
EVERY_KIND: dict[str, Any] = {
    "text": "某市总工会 𠮷 \n\t\"'\\`",
    "empty": "",
    "date_like": "2017-05",
    "number_like": "0123",
    "small": -7,
    "beyond_doubles": 2**53 + 1,
    "largest": 2**63 - 1,
    "whole_float": 120.0,
    "tenth": 0.1,
    "huge": 1e300,
    "yes": True,
    "no": False,
    "texts": ["甲", "", "乙"],
    "ints": [3, 1, 2],
    "floats": [1.0, 2.5],
    "bools": [True, False],
    "nothing": [],
}


def region(number: int, **properties: Any) -> Node:
    return Node("Region", f"region:{number}", {"name": f"第{number}区", **properties})


def within(number: int, start: int, end: int, **properties: Any) -> Relationship:
    ends = ("Region", f"region:{start}"), ("Region", f"region:{end}")
    return Relationship("WITHIN", f"within:{number}", *ends, properties)


@pytest.fixture
def three(store: Store) -> Store:
    store.write_nodes([region(1), region(2, code="330500"), region(3)])
    store.write_relationships([within(1, 1, 2, valid_from="1983"), within(2, 3, 2)])
    return store


def test_writing_twice_changes_nothing(three: Store) -> None:
    before = three.ask(EVERYTHING), three.counts()
    assert three.write_nodes([region(1), region(2, code="330500"), region(3)]) == 3
    assert three.write_relationships([within(1, 1, 2, valid_from="1983"), within(2, 3, 2)]) == 2
    assert (three.ask(EVERYTHING), three.counts()) == before
    assert three.counts().nodes == {"Region": 3}
    assert three.counts().relationships == {"WITHIN": 2}


def test_the_properties_become_exactly_the_given_ones(three: Store) -> None:
    three.write_nodes([Node("Region", "region:2", {"level": "市"})])
    three.write_relationships([within(1, 1, 2, method="polygon")])
    node = {"id": "region:2", "level": "市", "_labels": ["Region"]}
    assert three.ask("MATCH (n {id: 'region:2'}) RETURN n").rows == [(node,)]
    relationship = {
        "id": "within:1",
        "method": "polygon",
        "_type": "WITHIN",
        "_start": "region:1",
        "_end": "region:2",
    }
    assert three.ask("MATCH ({id: 'region:1'})-[r]->({id: 'region:2'}) RETURN r").rows == [(relationship,)]


def test_a_relationship_whose_ends_changed_is_moved(three: Store) -> None:
    three.write_relationships([within(1, 3, 1)])
    assert three.ask("MATCH (a)-[r:WITHIN]->(b) RETURN r.id, a.id, b.id ORDER BY r.id").rows == [
        ("within:1", "region:3", "region:1"),
        ("within:2", "region:3", "region:2"),
    ]


def test_two_relationships_of_one_type_between_the_same_nodes_stay_two(three: Store) -> None:
    three.write_relationships([within(9, 1, 2, valid_from="2000")])
    rows = three.ask("MATCH ({id: 'region:1'})-[r]->() RETURN r.id, r.valid_from ORDER BY r.id").rows
    assert rows == [("within:1", "1983"), ("within:9", "2000")]


def test_the_last_of_equal_ids_counts(store: Store) -> None:
    store.write_nodes([Node("Region", "r", {"name": "a"}), Node("Region", "r", {"name": "b"})])
    assert store.ask("MATCH (n:Region) RETURN n.name").rows == [("b",)]


def test_the_same_id_under_two_labels_is_two_nodes(store: Store) -> None:
    store.write_nodes([Node("Region", "x"), Node("TradeUnion", "x")])
    assert store.counts().nodes == {"Region": 1, "TradeUnion": 1}


def test_deleting_nodes_takes_their_relationships(three: Store) -> None:
    assert three.delete_nodes("Region", ["region:1", "region:1", "region:404"]) == 1
    assert three.counts().nodes == {"Region": 2}
    assert three.counts().relationships == {"WITHIN": 1}


def test_deleting_relationships_leaves_their_nodes(three: Store) -> None:
    assert three.delete_relationships("WITHIN", ["within:1", "within:404"]) == 1
    assert three.counts().nodes == {"Region": 3}
    assert three.ask("MATCH ()-[r]->() RETURN r.id").rows == [("within:2",)]


def test_deleting_nothing_or_the_unknown_is_no_error(store: Store) -> None:
    assert store.delete_nodes("Region", []) == 0
    assert store.delete_nodes("Nonesuch", ["x"]) == 0
    assert store.delete_relationships("NONESUCH", ["x"]) == 0


def test_a_failed_transaction_leaves_nothing(three: Store) -> None:
    before = three.ask(EVERYTHING)

    def fail() -> None:
        with three.transaction():
            three.write_nodes([region(4), region(1, name="anders")])
            three.write_relationships([within(3, 4, 1)])
            three.delete_nodes("Region", ["region:2"])
            assert three.run("MATCH (n:Region) RETURN count(n)").rows == [(3,)]
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert three.ask(EVERYTHING) == before


def test_a_transaction_that_ends_well_is_there_when_reopened(store: Store, opened: Callable[[bool], Store]) -> None:
    with store.transaction():
        store.write_nodes([region(1), region(2)])
        store.write_relationships([within(1, 1, 2)])
    store.close()
    store.close()
    assert opened(False).counts().relationships == {"WITHIN": 1}


def test_transactions_do_not_nest(store: Store) -> None:
    def nest() -> None:
        with store.transaction():
            store.write_nodes([region(1)])
            with store.transaction():
                pass

    with pytest.raises(StoreError):
        nest()
    assert store.counts().nodes == {}


def test_a_missing_end_is_refused_before_anything_is_written(three: Store) -> None:
    before = three.ask(EVERYTHING)
    with pytest.raises(StoreError, match="region:404"):
        three.write_relationships([within(7, 1, 3), within(8, 1, 404)])
    assert three.ask(EVERYTHING) == before


@pytest.mark.parametrize("empty", ["", "  ", None, 7])
def test_a_row_without_id_is_refused_before_anything_is_written(store: Store, empty: Any) -> None:
    with pytest.raises(StoreError, match="no id"):
        store.write_nodes([region(1), Node("Region", empty)])
    assert store.counts().nodes == {}


def test_creating_the_schema_again_or_adding_to_it_is_no_error(three: Store) -> None:
    more = Schema(labels=["Region", "Theme"], indexed={"Region": ["name", "code"]}, types=["WITHIN", "IN_THEME"])
    three.create_schema(more)
    three.write_nodes([Node("Theme", "t")])
    assert three.counts().nodes == {"Region": 3, "Theme": 1}
    assert three.ask("MATCH (n:Region {code: '330500'}) RETURN n.id").rows == [("region:2",)]


def test_the_full_text_index_follows_the_schema(three: Store) -> None:
    if three.engine == "embedded":
        pytest.skip("the embedded store has none")
    asked = "CALL db.index.fulltext.queryNodes('unionkg_names', '驿站') YIELD node RETURN node.id"
    three.create_schema(Schema(labels=["Region", "Theme", "Platform"], indexed={}, types=[]))
    three.write_nodes([Node("Platform", "p", {"name": "工会驿站"})])
    assert three.ask(asked).rows == [("p",)]


@pytest.mark.parametrize("bulk", [True, False])
def test_every_kind_of_value_comes_back_as_it_went(store: Store, opened: Callable[[bool], Store], bulk: bool) -> None:
    if bulk and store.engine == "embedded":
        store._fresh = True
    store.write_nodes([Node("PracticeCase", "c", EVERY_KIND), Node("Region", "r")])
    ends = ("PracticeCase", "c"), ("Region", "r")
    store.write_relationships([Relationship("INITIATED", "i", *ends, EVERY_KIND)])
    store.close()
    rows = opened(False).ask("MATCH (n:PracticeCase)-[r]->() RETURN n, r, properties(n) AS p, n.whole_float").rows
    node, relationship, properties, whole_float = rows[0]
    assert node == {**EVERY_KIND, "id": "c", "_labels": ["PracticeCase"]}
    assert relationship == {**EVERY_KIND, "id": "i", "_type": "INITIATED", "_start": "c", "_end": "r"}
    assert properties == {**EVERY_KIND, "id": "c"}
    assert type(whole_float) is float
    assert type(node["small"]) is int
    assert type(node["yes"]) is bool


@pytest.mark.parametrize(
    "value", [None, True, 3, 2.5, "工会", [1, None, "x"], {"a": {"b": ["甲", 1]}, "c": None}, [], {}, [[1], [2]]]
)
def test_a_parameter_comes_back_as_it_went(store: Store, value: Any) -> None:
    rows = store.ask("RETURN $value AS value, $other AS other", {"value": value, "other": "b"})
    assert rows.columns == ("value", "other")
    assert rows.rows == [(value, "b")]
    assert rows.records() == [{"value": value, "other": "b"}]


def test_a_date_as_parameter_is_a_date(store: Store) -> None:
    assert store.ask("RETURN $d AS d, $d.year AS y", {"d": date(2017, 5, 2)}).rows == [("2017-05-02", 2017)]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1/2", 0),
        ("1.0/2", 0.5),
        ("avg(1)", 1.0),
        ("count(*)", 1),
        ("null", None),
        ("[1, null, 'x']", [1, None, "x"]),
        ("{a: 1, b: [true]}", {"a": 1, "b": [True]}),
        ("date('2017-05-02')", "2017-05-02"),
        ("datetime('2017-05-02T08:00:00+08:00')", "2017-05-02T00:00:00+00:00"),
        ("localdatetime('2017-05-02T08:00:00.25')", "2017-05-02T08:00:00.250000"),
        ("localtime('08:00')", "08:00:00"),
        ("time('08:00:00Z')", "08:00:00+00:00"),
        ("duration('P1Y2M3DT4S')", "P1Y2M3DT4S"),
        ("point({x: 1, y: 2})", {"x": 1.0, "y": 2.0, "crs": "cartesian", "srid": 7203}),
        ("toInteger('7')", 7),
        ("substring('某市总工会', 2)", "总工会"),
        ("size('某市总工会')", 5),
    ],
)
def test_results_are_plain_values_alike(store: Store, expression: str, value: Any) -> None:
    rows = store.ask(f"RETURN {expression} AS value")
    assert rows.rows == [(value,)]
    assert type(rows.rows[0][0]) is type(value)


def test_nodes_relationships_and_paths_inside_lists_and_maps(three: Store) -> None:
    rows = three.ask(
        "MATCH p = (a {id: 'region:1'})-[r:WITHIN]->(b) RETURN p, [a, r] AS l, {b: b} AS m, nodes(p) AS n, labels(a) AS k"
    )
    a = {"id": "region:1", "name": "第1区", "_labels": ["Region"]}
    b = {"id": "region:2", "name": "第2区", "code": "330500", "_labels": ["Region"]}
    r = {"id": "within:1", "valid_from": "1983", "_type": "WITHIN", "_start": "region:1", "_end": "region:2"}
    assert rows.rows == [([a, r, b], [a, r], {"b": b}, [a, b], ["Region"])]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("MATCH ()-[r:WITHIN {id: 'within:2'}]->() RETURN r", "region:3 region:2"),
        ("MATCH ({id: 'region:2'})-[r]-({id: 'region:1'}) RETURN r", "region:1 region:2"),
        ("MATCH ()-[r]->({id: 'region:2'}) RETURN collect(r) AS r", "region:1 region:2|region:3 region:2"),
        ("MATCH (a)-[r {id: 'within:1'}]->() RETURN {deep: [[r]], start: a.id} AS m", "region:1 region:2"),
        ("MATCH p = ({id: 'region:1'})-[:WITHIN*2]-() RETURN p", "region:1 region:2|region:3 region:2"),
    ],
)
def test_a_relationship_knows_its_ends_wherever_it_stands(three: Store, statement: str, expected: str) -> None:
    def ties(value: Any) -> list[str]:
        if isinstance(value, dict) and "_type" in value:
            return [f"{value['_start']} {value['_end']}"]
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        return [tie for part in parts for tie in ties(part)]

    assert "|".join(sorted(ties(three.ask(statement).rows))) == expected
    with three.transaction():
        assert "|".join(sorted(ties(three.run(statement).rows))) == expected


@pytest.mark.parametrize(
    ("statement", "columns"),
    [
        ("MATCH (n:Region) WHERE n.id = 'none' RETURN n.name, count(n) AS c, n.id AS i", ("n.name", "c", "i")),
        ("MATCH (n:Nonesuch) RETURN n", ("n",)),
        ("UNWIND [] AS x RETURN x UNION UNWIND [] AS x RETURN x", ("x",)),
    ],
)
def test_a_result_without_rows_has_its_columns(three: Store, statement: str, columns: tuple[str, ...]) -> None:
    rows = three.ask(statement)
    assert rows.columns == columns
    assert rows.rows == []


def test_names_in_chinese_are_found_by_value(store: Store) -> None:
    store.write_nodes([Node("TradeUnion", "u", {"name": "湖州市总工会"})])
    statement = "MATCH (u:TradeUnion) WHERE u.name CONTAINS $part RETURN u.name AS 名称"
    assert store.ask(statement, {"part": "州市"}).records() == [{"名称": "湖州市总工会"}]


@pytest.mark.parametrize(
    "statement", ["MATCH (n) RETRUN n", "RETURN $missing AS x", "RETURN nonesuch(1) AS x", "MATCH"]
)
def test_a_wrong_statement_says_so(store: Store, statement: str) -> None:
    with pytest.raises(QueryError):
        store.ask(statement)
    assert store.ask("RETURN 1 AS x").rows == [(1,)]


def test_a_read_that_takes_too_long_is_stopped(store: Store) -> None:
    slow = "UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a WHERE a % 7 = b RETURN count(*) AS c"
    with pytest.raises(QueryError, match="too long"):
        store.ask(slow, timeout=0.5)
    assert store.ask("RETURN 1 AS x").rows == [(1,)]


@pytest.mark.slow
def test_a_whole_map_of_regions_is_written_in_batches(store: Store) -> None:
    count = 21_000
    store.write_nodes([region(number) for number in range(3_000)])
    store.write_relationships([within(number, number % 3_000, number * 7 % 3_000) for number in range(count)])
    store.write_relationships([within(number, number % 3_000, number * 7 % 3_000) for number in range(count)])
    assert store.counts().relationships == {"WITHIN": count}
    assert store.delete_relationships("WITHIN", [f"within:{number}" for number in range(count)]) == count


def test_skips_can_be_made_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_TEST_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception):
        unavailable("no server")
