"""A read fetches no more rows than are wanted, and a refusal shows the statement as it was written."""

from __future__ import annotations

import time

import pytest

from unionkg.errors import QueryError, QueryTimeoutError
from unionkg.graph.stores.protocol import Store

PRODUCT = "UNWIND range(1, 5000) AS a UNWIND range(1, 5000) AS b UNWIND range(1, 5000) AS c RETURN a, b, c"


def test_what_follows_the_last_wanted_row_is_not_computed(store: Store) -> None:
    began = time.monotonic()
    rows = store.ask(PRODUCT, max_rows=3, timeout=30)
    assert rows.columns == ("a", "b", "c")
    assert rows.rows == [(1, 1, 1), (1, 1, 2), (1, 1, 3)]
    assert time.monotonic() - began < 25
    assert store.ask("RETURN 1 AS x").rows == [(1,)]


@pytest.mark.parametrize("most", [2, 3, 4, None])
def test_fewer_rows_than_wanted_are_all_of_them(store: Store, most: int | None) -> None:
    values = [{"a": [1, None], "b": "甲"}, 2.5, None]
    rows = store.ask("UNWIND $values AS x RETURN x", {"values": values}, max_rows=most)
    assert rows.rows == [(value,) for value in values[:most]]
    assert store.ask("UNWIND [] AS x RETURN x", max_rows=most).columns == ("x",)


def test_a_read_that_takes_too_long_has_an_error_of_its_own(store: Store) -> None:
    slow = f"{PRODUCT.partition('RETURN')[0]} WITH a, b, c WHERE a + b + c = 0 RETURN count(*) AS x"
    with pytest.raises(QueryTimeoutError):
        store.ask(slow, timeout=0.5, max_rows=5)


def test_a_refusal_shows_the_clause_with_its_blanks(store: Store) -> None:
    if store.engine != "embedded":
        pytest.skip("Neo4j names the operator of its plan")
    with pytest.raises(QueryError, match="DETACH DELETE n"):
        store.ask("MATCH (n)\n DETACH   DELETE n")
    with pytest.raises(QueryError, match=r"SET n\.name = 'a b'"):
        store.ask("MATCH (n) CALL (n) { SET  n.name = 'a b' } RETURN n")
