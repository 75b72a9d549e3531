"""What is not sent to a Neo4j server for others, and what is."""

from __future__ import annotations

from typing import Any

import pytest

from unionkg.errors import QueryError
from unionkg.graph.stores import bounded
from unionkg.queries import library

REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("MATCH (n) WHERE n.name =~ '(a+)+' RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ '(a|b)*c' RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ '(?:ab){2,}' RETURN n", {}),
    ("MATCH (n) WHERE n.name = ~ '.*.*.*.*x' RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ 'a?a?a?a?a?a?aaaaaa' RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ '(a)\\\\1' RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ '(?=.*a).*b' RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ n.pattern RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ '.*' + n.pattern RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ $p RETURN n", {"p": "(a+)+"}),
    ("MATCH (n) WHERE n.name =~ $p RETURN n", {}),
    ("MATCH (n) WHERE n.name =~ $p RETURN n", {"p": 7}),
    ("UNWIND range(1, 10001 + 5) AS i RETURN i", {}),
    ("UNWIND range(0, 10001) AS i RETURN i", {}),
    ("UNWIND range(1, n) AS i RETURN i", {}),
    ("UNWIND Range /* x */ (1, $n) AS i RETURN i", {"n": 20_000}),
    ("RETURN reduce(l = [], i IN range(1, 9) | l + l) AS x", {}),
    ("RETURN reduce(l = [1], i IN [1, 2] | CASE WHEN true THEN l + i + l END) AS x", {}),
    ("RETURN [x IN range(1, 9) | [y IN range(1, 9) | y]] AS x", {}),
    ("RETURN [x IN xs | {a: range(1, 9)}] AS x", {}),
    ("RETURN [(a)-->(b) | [(b)-->(c) | c]] AS x", {}),
    ("RETURN reduce(l = [], x IN xs | l + [y IN ys | y]) AS x", {}),
    (" ".join(["WITH 'a' AS s", *["WITH s + s AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH [1] AS s", *["WITH [s, s] AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH {a: 1} AS s", *["WITH {a: s, b: s} AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s", *["WITH replace(replace(s, 'a', 'aaaa'), 'a', 'aaaa') AS s"] * 6, "RETURN s"]), {}),
    (" ".join(["WITH 'aa' AS s", *["WITH replace(s, 'a', s) AS s"] * 4, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS a, 'b' AS b", *["WITH a + b AS a, a AS b"] * 40, "RETURN a"]), {}),
    # One value again and again, however it is written.
    (" ".join(["WITH 'a' AS s", *["WITH s || s AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH {p: 'a'} AS s", *["WITH {p: s.p + s.p} AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH ['a'] AS s", *["WITH [s[0] + s[0]] AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s", *["WITH coalesce(s) + toUpper(s) AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s", *["WITH (s) + (s) AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s, 1 AS ends", *["WITH s + s AS s, ends"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s", *["LET s = s + s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s", *["WITH [s, 1] AS a, s AS b UNWIND a + b AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["MATCH (n) WITH {p: 'a'} AS n", *["WITH {p: n.p + n.p} AS n"] * 40, "RETURN n"]), {}),
    (" ".join(["WITH 'a' AS `case`", *["WITH case + case AS `case`"] * 40, "RETURN 1"]), {}),
    (" ".join(["WITH 'a' AS when", *["WITH when + when AS when"] * 40, "RETURN 1"]), {}),
    (" ".join(["WITH 'a' AS s", *["WITH " + "+".join(["s"] * 100) + " AS s"] * 4, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s", *["CALL (s) { RETURN s + s AS t } WITH t AS s"] * 40, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS s", *["WITH CASE WHEN true THEN s + s END AS s"] * 40, "RETURN s"]), {}),
    ("RETURN " + " + ".join(["$p"] * 700) + " AS s", {"p": "x" * 200_000}),
    ("RETURN replace($p, 'a', $p) AS s", {"p": "a" * 1_000}),
    (" ".join(["WITH 'a' AS s", *["WITH DISTINCT [s, s] AS s"] * 40, "RETURN s"]), {}),
    ("WITH 1 AS x RETURN reduce(a = 0, when IN [1] | a + when) AS x", {}),
    # What is outside of a loop, taken into it.
    ("MATCH (n) RETURN [x IN range(1, 9999) | [n:A|WHERE, $p]] AS x", {"p": "x" * 200_000}),
    ("MATCH (n) RETURN [x IN range(1, 9999) | [n:A|CASE = true, $p, n:B|END]] AS x", {"p": "x" * 200_000}),
    ("RETURN [x IN range(1, 9999) | [x:WHERE, $p]] AS x", {"p": "x" * 200_000}),
    ("RETURN [x IN range(1, 9999) | $p] AS x", {"p": "x" * 200_000}),
    ("RETURN [x IN range(1, 9999) | $p + x] AS x", {"p": "x" * 200_000}),
    ("RETURN size([x IN range(1, 9999) | $p + x]) AS x", {"p": "x" * 200_000}),
    ("RETURN [x IN range(1, 9999) | toUpper($p)] AS x", {"p": "x" * 200_000}),
    ("RETURN [x IN range(1, 9999) | {a: $p}] AS x", {"p": ["x"] * 20_000}),
    ("RETURN [x IN range(1, 9999) WHERE x > 1 | CASE WHEN x > 2 THEN $p ELSE '' END] AS x", {"p": "x" * 200_000}),
    ("WITH $p AS q RETURN [x IN range(1, 9999) | q] AS x", {"p": "x" * 200_000}),
    ("MATCH (n) WITH $p AS n RETURN [x IN range(1, 9999) | n] AS x", {"p": "x" * 200_000}),
    ("MATCH (a) WITH a, $p AS q RETURN [(a)-->(b) | b.name + q] AS x", {"p": "x" * 200_000}),
    ("RETURN [x IN range(1, 9999) | x:WHEN AND $p + 'a' = 'b'] AS x", {"p": "x" * 200_000}),
    ("RETURN [x IN range(1, 9999) | [x:CASE, $p]] AS x", {"p": "x" * 200_000}),
    ("RETURN reduce(s = '', x IN range(1, 9999) | s + $p) AS x", {"p": "x" * 200_000}),
    ("WITH $p AS q RETURN reduce(s = '', x IN range(1, 9999) | s + q) AS x", {"p": "x" * 200_000}),
    ("RETURN reduce(s = 'a', x IN range(1, 99) | replace(s, 'a', 'aa')) AS x", {}),
    ("RETURN reduce(s = [], x IN range(1, 9999) | [s]) AS x", {}),
    ("RETURN [x IN range(1, 9999) | '" + "x" * 500 + "'] AS x", {}),
    # Loops three deep, of any kind.
    ("RETURN any(x IN $l WHERE any(y IN $l WHERE any(z IN $l WHERE x + y + z = 0))) AS x", {"l": [1]}),
    ("RETURN [x IN xs WHERE size([y IN ys WHERE all(z IN zs WHERE z = y)]) > x | x] AS x", {}),
    (
        "RETURN reduce(s = 0, x IN xs | s + size([y IN ys WHERE reduce(t = 0, z IN zs | t + z) > y])) AS x",
        {},
    ),
    ("RETURN " + " + ".join(["size([x IN range(1, 9999) | x])"] * 40) + " AS x", {}),
    ("RETURN COLLECT { UNWIND range(1, 9999) AS i RETURN $p + i } AS x", {"p": "x" * 200_000}),
    ("RETURN " + "(" * 50 + "1" + ")" * 50, {}),
    ("RETURN " + "+".join(["1"] * 2_000), {}),
    ("RETURN (1", {}),
    ("RETURN 1)", {}),
]
ALLOWED: list[tuple[str, dict[str, Any]]] = [
    ("MATCH (u:TradeUnion) WHERE u.name =~ '.*(区|县)总工会' RETURN u.name", {}),
    ("MATCH (u) WHERE u.name =~ '(?i)abc.*' AND u.code =~ '[0-9]{6}' RETURN u", {}),
    ("MATCH (u) WHERE u.name =~ '第[一二三(+*]+届' RETURN u", {}),
    ("MATCH (u) WHERE u.name =~ $p RETURN u", {"p": "顾村.*工会"}),
    ("UNWIND range(0, size(ids) - 1) AS i RETURN ids[i]", {}),
    ("UNWIND range(2010, 2026) AS year RETURN year", {}),
    ("UNWIND range($from, $to) AS year RETURN year", {"from": 2010, "to": 2026}),
    ("RETURN reduce(sum = 0, o IN outcomes | sum + o.value) AS x", {}),
    ("RETURN reduce(t = '', n IN names | t + n + '、') AS x", {}),
    ("RETURN [x IN xs WHERE x.a > 1 | x.b] AS x, [y IN [z IN zs | z.a] WHERE y > 1] AS y", {}),
    ("RETURN [x IN xs | size([y IN x.ys WHERE y > 1])] AS x", {}),
    (
        "MATCH (a)-[r:INITIATED|JOINED]->(c) WITH a, collect(c) AS cs, count(*) AS n RETURN a.name + '（' + n + '）', cs",
        {},
    ),
    ("MATCH (a)-[:WITHIN*0..6]->(b {id: $region}) WITH a, a.x AS x, a.y AS y WHERE x = y OR x > y RETURN x + y", {}),
    ("WITH 1 AS a, 2 AS b RETURN {first: a, second: b, both: [a, b]} AS x", {}),
    ("MATCH (u) WHERE u.name = $name RETURN [x IN u.aliases | {name: x, of: u.name}] AS others", {"name": "顾村"}),
    ("MATCH (n) RETURN [x IN n.aliases | x IN $names] AS x", {"names": ["x" * 50] * 5_000}),
    (
        "MATCH (n) WITH n.starts AS starts, n.ends AS ends WITH starts, ends WHERE starts STARTS WITH '1' RETURN ends",
        {},
    ),
    ("MATCH (n) WHERE n:Practice|PracticeType RETURN [x IN n.aliases WHERE n:A | CASE x WHEN 'a' THEN 1 END] AS x", {}),
    ("RETURN [y IN $years | toInteger(y) + $n] AS x", {"years": [2017, 2018], "n": 1}),
    ("MATCH (u) WITH collect(u.id) AS ids UNWIND $given AS id RETURN id, id IN ids AS known", {"given": ["x"] * 5_000}),
    ("MATCH (n) RETURN [x IN n.aliases WHERE x IN $names | x] AS x", {"names": ["x" * 50] * 5_000}),
    ("RETURN reduce(l = [], x IN xs | CASE WHEN x.a > 1 THEN l + x.b ELSE l END) AS x", {}),
    (
        "RETURN reduce(first = null, x IN xs | CASE WHEN first IS NULL OR x.a < first THEN x.a ELSE first END) AS x",
        {},
    ),
    ("MATCH (u) RETURN replace(replace(u.name, '“', ''), '总工会', '工会') AS name", {}),
    ("MATCH (a)-[r]->(b) WITH a, b, r.period AS p RETURN split(p, '/')[0] + '—' + split(p, '/')[1] AS p, a, b", {}),
    (
        "MATCH (c) RETURN c.name AS case, COLLECT { MATCH (c)<--(u) RETURN u.name ORDER BY u.name } AS unions ORDER BY case",
        {},
    ),
    (
        "MATCH (u) RETURN any(a IN coalesce(u.aliases, []) WHERE any(w IN $words WHERE a CONTAINS w)) AS x",
        {"words": ["工"]},
    ),
    ("RETURN 'range(1, 99999999) (((' AS x // =~ '(a+)+'", {}),
]


@pytest.mark.parametrize(("statement", "parameters"), REFUSED)
def test_what_a_server_could_not_end_is_refused(statement: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as told:
        bounded.check(statement, parameters)
    assert told.value.what


def test_ordinary_questions_are_like_those_of_the_packs() -> None:
    """The packs are not checked, but who writes such statements should not be refused: of 20 at most one is."""
    statements = {query.name: query.statement for query in library.queries() if query.statement}
    refused = {name for name, statement in statements.items() if is_refused(statement)}
    assert len(refused) <= len(statements) / 20, refused


def is_refused(statement: str) -> bool:
    try:
        bounded.check(statement, {})
    except QueryError:
        return True
    return False


@pytest.mark.parametrize(("statement", "parameters"), ALLOWED)
def test_ordinary_questions_pass(statement: str, parameters: dict[str, Any]) -> None:
    bounded.check(statement, parameters)
