"""What is not sent to a Neo4j server for others, and what is."""

from __future__ import annotations

from typing import Any

import pytest

from unionkg.errors import QueryError
from unionkg.graph.stores import bounded

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
    (" ".join(["WITH 'a' AS s", *["WITH s + s AS s"] * 4, "RETURN s"]), {}),
    (" ".join(["WITH [1] AS s", *["WITH [s, s] AS s"] * 4, "RETURN s"]), {}),
    (" ".join(["WITH {a: 1} AS s", *["WITH {a: s, b: s} AS s"] * 4, "RETURN s"]), {}),
    ("RETURN replace(replace('aaaa', 'a', 'aaaa'), 'a', 'aaaa') AS s", {}),
    (" ".join(["WITH 'aa' AS s", *["WITH replace(s, 'a', s) AS s"] * 4, "RETURN s"]), {}),
    (" ".join(["WITH 'a' AS a, 'b' AS b", *["WITH a + b AS a, a AS b"] * 4, "RETURN a"]), {}),
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
    ("RETURN 'range(1, 99999999) (((' AS x // =~ '(a+)+'", {}),
]


@pytest.mark.parametrize(("statement", "parameters"), REFUSED)
def test_what_a_server_could_not_end_is_refused(statement: str, parameters: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as told:
        bounded.check(statement, parameters)
    assert told.value.what


@pytest.mark.parametrize(("statement", "parameters"), ALLOWED)
def test_ordinary_questions_pass(statement: str, parameters: dict[str, Any]) -> None:
    bounded.check(statement, parameters)
