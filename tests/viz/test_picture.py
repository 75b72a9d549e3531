from __future__ import annotations

from dataclasses import replace

import pytest

from tests.viz.pictured import DOCUMENT, small
from unionkg.errors import RecordError
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Relationship
from unionkg.viz.picture import Facets, picture


def test_structure_is_drawn_only_where_a_document_touches_it() -> None:
    names = {str(node.properties["name"]) for node in picture(small()).nodes}
    assert {"青山市", "白水县", "服务", "维权", "驿站"} <= names
    assert not names & {"甲省", "乙省", "丙省", "宣传"}


def test_cases_are_filtered_by_theme_province_and_year() -> None:
    assert picture(small()).facets == {
        "case:1": Facets(("theme:a",), ("region:330000",), 2019),
        "case:2": Facets(("theme:b",), ("region:340000",), 2021),  # no start: known by the publication
    }


def test_a_region_that_counts_twice_belongs_to_both_provinces() -> None:
    projection = small()
    nodes, links = projection.structure
    extra = Relationship("WITHIN", "w3", ("Region", "region:330100"), ("Region", "region:340000"))
    facets = picture(replace(projection, structure=(nodes, [*links, extra]))).facets
    assert facets["case:1"].provinces == ("region:330000", "region:340000")


def test_every_relationship_knows_the_cases_behind_it() -> None:
    chosen = picture(small())
    behind = {edge.id: [chosen.nodes[case].id for case in chosen.cases(edge)] for edge in chosen.edges}
    assert behind["case:1"] == ["case:1"]  # REPORTED_IN, by its end
    assert behind["INITIATED:union:2>case:2"] == ["case:2"]
    assert behind["d1"] == ["case:1"]  # derived, by its list


def test_a_missing_end_is_an_error_that_names_it() -> None:
    projection = small()
    (graph,) = projection.documents
    lost = Relationship("CITED", "f9", ("PracticeCase", "case:1"), ("Policy", "policy:gone"), {"case_id": "case:1"})
    broken = DocumentGraph(DOCUMENT, graph.nodes, (*graph.relationships, lost))
    with pytest.raises(RecordError, match="policy:gone"):
        picture(replace(projection, documents=[broken]))
