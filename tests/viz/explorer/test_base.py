"""Tables and positions of the page's data: each thing once, each quote once, with its page and lines."""

from __future__ import annotations

import pytest

from tests.viz.pictured import DOCUMENT, TEXT, small
from unionkg.graph.build import Projection
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.data import Setting, explorer_data


@pytest.fixture(scope="module")
def projection() -> Projection:
    return small()


@pytest.fixture(scope="module")
def base(projection: Projection) -> Base:
    cases = [node.id for graph in projection.documents for node in graph.nodes if node.label == "PracticeCase"]
    return Base(projection, {DOCUMENT: TEXT}, cases)


def test_every_quote_stands_in_its_line(base: Base) -> None:
    for tie in base.ties():
        base.of(tie)
    assert base.found
    lines = TEXT.split("\n")
    for (document, first, last, _, words), number in base.found.items():
        assert document == base.position("Document", DOCUMENT)
        assert words in "\n".join(lines[first - 1 : last])
        assert list(base.found)[number][4] == words


def test_a_region_brings_all_above_it(base: Base) -> None:
    county = next(
        node for node in base.nodes.values() if node.label == "Region" and node.properties["level"] == "county"
    )
    base.add("Region", county.id)
    for upper in base.collection.places.above[county.id]:
        assert base.position("Region", upper) is not None


def test_a_quote_of_a_text_that_is_not_at_hand_has_no_lines(projection: Projection) -> None:
    bare = Base(projection, {}, [])
    tie = next(tie for tie in bare.ties() if tie.properties.get("quotes"))
    bare.of(tie)
    assert {(first, last) for _, first, last, _, _ in bare.found} == {(0, 0)}


def test_positions_in_the_data_lead_to_the_same_things(projection: Projection) -> None:
    data = explorer_data(projection, {DOCUMENT: TEXT}, Setting())
    for account in data["accounts"]:
        node = base_node(projection, account["id"])
        assert account["name"] == node["name"]
        for union, role in account["unions"]:
            row = data["unions"][union]
            assert [data["accounts"].index(account), role] in row["accounts"]
        for kind, facts in account["fields"]:
            assert kind.startswith("p.") or kind in data["labels"]
            for fact in facts:
                assert fact[2], (kind, fact)  # every fact leads to its sentence
                assert all(data["quotes"][quote][4] in TEXT for quote in fact[2])
    for row in data["regions"]:
        assert all(data["regions"][upper]["level"] != row["level"] for upper in row["within"])


def base_node(projection: Projection, identifier: str) -> dict[str, object]:
    return next(dict(n.properties) for g in projection.documents for n in g.nodes if n.id == identifier)
