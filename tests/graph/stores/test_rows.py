from __future__ import annotations

from typing import Any

import pytest

from unionkg.errors import StoreError
from unionkg.graph.stores import rows
from unionkg.graph.stores.protocol import Node, Relationship


@pytest.mark.parametrize(
    "value",
    [None, {"a": 1}, [[1]], [1, "x"], [1, 2.0], [True, 1], [None], 2**63, float("nan"), float("inf"), b"x", {1}],
)
def test_what_a_graph_does_not_hold_is_refused_with_its_place(value: Any) -> None:
    with pytest.raises(StoreError, match=r"Region region:1: property odd refused"):
        rows.checked_nodes([Node("Region", "region:1", {"odd": value})])


def test_half_a_character_is_refused() -> None:
    with pytest.raises(StoreError, match="surrogate"):
        rows.checked_nodes([Node("Region", "r", {"name": "工\ud842会"})])


@pytest.mark.parametrize("name", ["", "1a", "a b", "工会", "a`b", "a:b", "_a", "a) DETACH DELETE (n"])
def test_names_that_would_need_quoting_are_refused(name: str) -> None:
    with pytest.raises(StoreError):
        rows.checked_nodes([Node(name, "x")])
    with pytest.raises(StoreError):
        rows.checked_nodes([Node("Region", "x", {name: 1})])
    with pytest.raises(StoreError):
        rows.checked_relationships([Relationship(name, "x", ("A", "a"), ("B", "b"))])
    with pytest.raises(StoreError):
        rows.checked_relationships([Relationship("R", "x", ("A", "a"), (name, "b"))])


def test_the_id_is_a_property_and_no_other_id_is() -> None:
    assert rows.checked_nodes([Node("Region", "r", {"id": "r", "a": (1, 2)})]) == {
        "Region": {"r": {"id": "r", "a": [1, 2]}}
    }
    with pytest.raises(StoreError, match="differs"):
        rows.checked_nodes([Node("Region", "r", {"id": "s"})])


def test_an_end_needs_an_id() -> None:
    with pytest.raises(StoreError, match="no id"):
        rows.checked_relationships([Relationship("R", "x", ("A", "a"), ("B", ""))])


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (4, [4]), (5, [4, 1]), (8, [4, 4])])
def test_batches_hold_everything_in_order(count: int, sizes: list[int]) -> None:
    parts = list(rows.batches(range(count), 4))
    assert [len(part) for part in parts] == sizes
    assert [item for part in parts for item in part] == list(range(count))
