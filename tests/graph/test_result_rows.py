"""A result table in Python: what people expect of rows."""

from __future__ import annotations

from unionkg.graph.stores.protocol import Rows

ROWS = Rows(("name", "n"), [("驿站", 2), ("书屋", 1)])


def test_rows_are_iterated_as_records_and_counted() -> None:
    assert len(ROWS) == 2
    assert list(ROWS) == ROWS.records() == [{"name": "驿站", "n": 2}, {"name": "书屋", "n": 1}]
    assert not Rows(("name",), [])
