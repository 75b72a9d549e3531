"""Nothing but a plain read gets through, on either store, however it is dressed up."""

from __future__ import annotations

from typing import Any

import pytest

from unionkg.errors import QueryError
from unionkg.graph.stores import read_only
from unionkg.graph.stores.protocol import Node, Relationship, Store

HOSTILE = [
    "CREATE (n:Region {id: 'x'})",
    "CREATE (n:Region {id: 'x'}) RETURN n",
    "INSERT (n:Region {id: 'x'})",
    "MERGE (n:Region {id: 'x'}) RETURN n",
    "MATCH (n) SET n.name = 'x' RETURN n",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "FOREACH (x IN [1] | CREATE (:Region {id: 'x'}))",
    "MATCH (n) CALL (n) { SET n.name = 'x' } RETURN n",
    "MATCH (n) CALL { WITH n SET n.name = 'x' } RETURN n",
    "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 1 ROWS",
    "CALL { MATCH (n) RETURN n } IN TRANSACTIONS RETURN n",
    "UNWIND [1] AS x CALL { CREATE (m:Region {id: 'x'}) RETURN m } RETURN m",
    "MATCH (n) RETURN n UNION CREATE (n:Region {id: 'x'}) RETURN n",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load  /* */  csv WITH HEADERS FROM $place AS line RETURN line",
    "RETURN COLLECT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS x",
    "RETURN EXISTS { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS x",
    "RETURN COUNT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS x",
    "CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line",
    "MATCH (n) WHERE EXISTS { CALL { LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l } RETURN l } RETURN n",
    "RETURN CASE WHEN true THEN COLLECT { LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l } END AS x",
    "CALL dbms.listConfig()",
    "CALL dbms.listConfig() YIELD name RETURN name",
    "CALL `dbms`.`listConfig`()",
    "CALL dbms . /* */ listConfig ()",
    "CALL db.createLabel('X')",
    "CALL apoc.load.json('file:///etc/passwd')",
    "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DELETE n', {})",
    "MATCH (n) CALL apoc.create.node(['X'], {}) YIELD node RETURN node",
    "CALL algo.pagerank()",
    "RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {}) AS x",
    "RETURN apoc.text.join(['a'], ',') AS x",
    "RETURN `apoc`.text . join(['a'], ',') AS x",
    "DROP INDEX region_name",
    "CREATE INDEX x FOR (n:Region) ON (n.code)",
    "CREATE CONSTRAINT x FOR (n:Region) REQUIRE n.code IS UNIQUE",
    "SHOW INDEXES",
    "SHOW USERS",
    "SHOW SETTINGS",
    "CREATE USER x SET PASSWORD 'secret123'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "CREATE DATABASE x",
    "STOP DATABASE neo4j",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system SHOW USERS",
    "USE neo4j MATCH (n) RETURN n",
    "CALL { USE system MATCH (n) RETURN n } RETURN n",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE CREATE (n:Region {id: 'x'})",
    "EXPLAIN PROFILE CREATE (n:Region {id: 'x'})",
    "CYPHER 25 PROFILE CREATE (n:Region {id: 'x'})",
    "CYPHER 5 CREATE (n:Region {id: 'x'})",
    "CYPHER runtime=slotted MATCH (n) RETURN n",
    "CYPHER 25 CYPHER 5 MATCH (n) RETURN n",
    "CYPHER 25",
    "MATCH (n) RETURN n; MATCH (n) DETACH DELETE n",
    "MATCH (n) RETURN n;; CREATE (n:Region {id: 'x'})",
    "// a comment\nCREATE (n:Region {id: 'x'})",
    "MATCH (n) /* RETURN n */ DETACH DELETE n // RETURN n",
    "MATCH (n) RETURN n // \\u000a DETACH DELETE n",
    "MATCH (n) WHERE n.name = '\\u0027 OR true DETACH DELETE n //' RETURN n",
    "\\u0043REATE (n:Region {id: 'x'})",
    "MATCH (n) RETURN n /* not closed",
    "MATCH (n) WHERE n.name = 'not closed RETURN n",
    "",
    " ; ",
    "// nothing\n",
    "BEGIN",
    ":clear",
]
HARMLESS: list[tuple[str, Any]] = [
    ("MATCH (n:Region) RETURN n.name AS x", "create (n) set"),
    ("MATCH (n:Region) RETURN n.name AS x;", "create (n) set"),
    ("// 甲\nMATCH (n:Region) /* LOAD CSV */ RETURN n.name AS x // DELETE n\n;", "create (n) set"),
    ("CYPHER 5 MATCH (n:Region) RETURN n.name AS x", "create (n) set"),
    ("RETURN 'LOAD CSV FROM; CALL apoc.load.json(1)' AS x", "LOAD CSV FROM; CALL apoc.load.json(1)"),
    ('RETURN "it\'s -- // no comment" AS x', "it's -- // no comment"),
    ("RETURN '\\u5de5\\u4f1a' AS x", "工会"),
    ("MATCH (n:Region) WITH n AS `CREATE (n)` RETURN `CREATE (n)`.id AS x", "r"),
    ("MATCH (n:Region) RETURN n.create AS x", None),
    ("WITH 1 AS call RETURN call AS x", 1),
    ("WITH {use: 2} AS load RETURN load.use AS x", 2),
    ("MATCH (n:Region) WHERE EXISTS { MATCH (m) WHERE m.id = n.id } RETURN COUNT { MATCH (m) } AS x", 1),
    ("RETURN COLLECT { MATCH (n:Region) RETURN n.id } AS x", ["r"]),
    ("MATCH (n:Region) CALL (n) { RETURN n.id AS i } RETURN i AS x", "r"),
    ("CALL db.labels() YIELD label WITH label WHERE label = 'Region' RETURN label AS x", "Region"),
    ("RETURN date.truncate('year', date('2017-05-02')) AS x", "2017-01-01"),
    ("UNWIND [2, 1] AS y WITH y ORDER BY y LIMIT 1 RETURN reduce(s = 0, i IN range(1, 3) | s + i) + y AS x", 7),
    ("MATCH (n:Region) RETURN 1 AS x UNION MATCH (n:Region) RETURN 1 AS x", 1),
    ("MATCH (n) RETURN CASE n.id WHEN 'r' THEN toUpper(n.id) ELSE coalesce(n.x, '') END AS x", "R"),
    ("MATCH (n:Region) OPTIONAL MATCH (n)-[:WITHIN*1..2]->(m) RETURN [x IN collect(m) | x.id] AS x", []),
    ("MATCH (n:Region) RETURN percentileCont(2.0, 0.5) AS x", 2.0),
]


@pytest.fixture
def region(store: Store) -> Store:
    store.write_nodes([Node("Region", "r", {"name": "create (n) set"})])
    return store


@pytest.mark.parametrize("statement", HOSTILE)
def test_what_is_no_plain_read_is_refused_and_changes_nothing(region: Store, statement: str) -> None:
    with pytest.raises(QueryError):
        region.ask(statement, {"place": "file:///etc/passwd"})
    assert region.run("MATCH (n) RETURN n.id, n.name").rows == [("r", "create (n) set")]


@pytest.mark.parametrize(("statement", "value"), HARMLESS)
def test_a_plain_read_is_answered(region: Store, statement: str, value: Any) -> None:
    rows = region.ask(statement)
    assert rows.columns == ("x",)
    assert rows.rows == [(value,)]


def test_paths_are_plain_reads(region: Store) -> None:
    region.write_nodes([Node("Region", "s")])
    region.write_relationships([Relationship("WITHIN", "w", ("Region", "r"), ("Region", "s"))])
    statement = "MATCH (a {id: 'r'}), (b {id: 's'}) MATCH p = shortestPath((a)-[*..3]-(b)) RETURN length(p) AS x"
    assert region.ask(statement).rows == [(1,)]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("LOAD CSV FROM 'x' AS l RETURN l", "LOAD CSV"),
        ("RETURN 1; RETURN 2", "one statement"),
        ("CALL apoc.load.json('x')", "apoc.load.json"),
        ("RETURN Apoc.Text.Join(['a'])", "apoc.text.join"),
        ("PROFILE MATCH (n) RETURN n", "PROFILE"),
        ("MATCH (n) RETURN n /* x", "not closed"),
        ("CYPHER planner=cost MATCH (n) RETURN n", "CYPHER"),
        ("RETURN 1 // \\u000a", "000a"),
    ],
)
def test_the_refusal_names_what_was_refused(statement: str, named: str) -> None:
    with pytest.raises(QueryError, match=named):
        read_only.checked_text(statement)


def test_the_version_stays_only_where_it_is_understood() -> None:
    assert read_only.checked_text(" CYPHER 25 RETURN 1 ; ") == "RETURN 1"
    assert read_only.checked_text(" CYPHER 25 RETURN 1 ; ", keep_version=True) == "CYPHER 25 RETURN 1"


def plan(operator: str, *children: dict[str, Any], **arguments: str) -> dict[str, Any]:
    return {"operatorType": f"{operator}@neo4j", "args": arguments, "children": list(children)}


@pytest.mark.parametrize("operator", ["Create", "LoadCSV", "SetProperty", "SomethingNew", "AdministrationCommand"])
def test_an_unknown_operator_is_refused_at_any_depth(operator: str) -> None:
    deep = plan("ProduceResults", plan("Apply", plan("Argument"), plan("Expand(All)", plan(operator))))
    with pytest.raises(QueryError, match=operator):
        read_only.check_plan(deep)


def test_a_plan_of_reads_passes_and_a_procedure_is_looked_up() -> None:
    call = plan("ProcedureCall", Details="db.labels() :: (label :: STRING)")
    read_only.check_plan(plan("ProduceResults", plan("NodeIndexSeek"), plan("VarLengthExpand(Pruning)"), call))
    with pytest.raises(QueryError, match=r"(?i)dbms\.listconfig"):
        read_only.check_plan(plan("ProduceResults", plan("ProcedureCall", Details="dbms.listConfig() :: (x)")))
