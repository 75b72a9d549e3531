"""What is generated from the schema is complete, and what is committed of it is current."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SKOS

from unionkg.ontology.model import schema
from unionkg.ontology.views.constraints import constraints
from unionkg.ontology.views.context import context
from unionkg.ontology.views.reference import reference

REPOSITORY = Path(__file__).resolve().parents[2]
UKG = "https://w3id.org/unionkg/ontology#"


def test_stores_are_told_every_label_and_type() -> None:
    found = constraints(schema())
    assert set(found.labels) == set(schema().nodes)
    assert set(found.types) == set(schema().relationships)


@pytest.mark.parametrize(
    ("label", "name"),
    [("TradeUnion", "canonical"), ("Region", "code"), ("PracticeCase", "started"), ("Practice", "name")],
)
def test_stores_are_told_what_is_searched_by(label: str, name: str) -> None:
    assert name in constraints(schema()).indexed[label]


def test_no_list_is_indexed() -> None:
    for label, names in constraints(schema()).indexed.items():
        assert not any(schema().nodes[label].properties[name].many for name in names), label


def test_context_reads_a_node_as_rdf() -> None:
    data = {
        "@context": context(schema()),
        "@id": "https://example.org/case/1",
        "@type": "PracticeCase",
        "name": "建站",
        "lines": [12, 31, 40, 44],
        "REPORTED_IN": "https://example.org/doc/1",
        "TOOK_PLACE_IN": {"@id": "https://example.org/region/310113", "@type": "Region", "longitude": 121.5},
    }
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    case = URIRef("https://example.org/case/1")
    assert (case, RDF.type, URIRef(UKG + "PracticeCase")) in graph
    assert [str(value) for value in graph.objects(case, SKOS.prefLabel)] == ["建站"]
    assert graph.value(case, URIRef(UKG + "reportedIn")) == URIRef("https://example.org/doc/1")
    head = graph.value(case, URIRef(UKG + "lines"))
    assert head is not None
    assert [value.toPython() for value in Collection(graph, head)] == [12, 31, 40, 44]
    region = graph.value(case, URIRef(UKG + "tookPlaceIn"))
    assert graph.value(region, URIRef("http://www.w3.org/2003/01/geo/wgs84_pos#long")).toPython() == 121.5


def test_context_leaves_out_what_is_internal() -> None:
    terms = context(schema())
    assert not {"Build", "projection", "complete"} & set(terms)
    assert {"TradeUnion", "INITIATED", "canonical"} <= set(terms)


def test_committed_reference_page_is_current() -> None:
    committed = (REPOSITORY / "docs" / "reference" / "schema.md").read_text(encoding="utf-8")
    regenerate = "python -m unionkg.ontology.views.reference docs/reference/schema.md"
    assert committed == reference(schema()), f"run: {regenerate}"


def test_reference_page_shows_every_name() -> None:
    page = reference(schema())
    headings = set(re.findall(r"^### (\w+)$", page, flags=re.MULTILINE))
    assert headings == {*schema().nodes, *schema().relationships}
    for owner, prop in schema().properties():
        assert f"`{prop.name}`" in page, (owner, prop.name)
        assert prop.zh in page, (owner, prop.name)


def test_reference_tables_are_whole() -> None:
    width = 0
    for line in reference(schema()).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line))
        assert cells == 0 or width in {0, cells}, line
        width = cells
