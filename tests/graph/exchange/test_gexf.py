"""Dynamic GEXF: what networkx reads of it, and its structure."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tests.queries.asked import BARGAINING, GRID, projection
from unionkg.graph.build import Projection
from unionkg.graph.exchange.gexf import NAMESPACE, dynamic
from unionkg.graph.stores.protocol import Node, Relationship

GEXF = {"g": NAMESPACE}


@pytest.fixture(scope="module")
def made() -> Projection:
    return projection()


def with_ties(made: Projection) -> Projection:
    """The collection with two stated ties more, both from 湖州's account: one with a period, one of an undated document."""
    ends = {
        tie.end[1]: tie.start[1] for graph in made.documents for tie in graph.relationships if tie.type == "INITIATED"
    }
    names = {node.id: node.properties["name"] for node in made.entities}
    case = next(case for case, union in ends.items() if names[union] == "湖州市总工会")
    baoshan = next(union for union in ends.values() if names[union] == "宝山区总工会")
    said = {"collective": False, "internal": False, "intended": False, "case_id": case}

    def tie(kind: str, number: int, **more: str) -> Relationship:
        return Relationship(kind, f"fact:{number}", ("PracticeCase", case), ("TradeUnion", baoshan), said | more)

    ties = [
        tie("LEARNED_FROM", 1, document="doc:a", period="2016"),
        tie("PROMOTED_BY", 2, document="doc:a"),
        tie("REPLICATED_IN", 3, document="doc:b"),
    ]
    first = made.documents[0]
    documents = [replace(first, relationships=[*first.relationships, *ties]), *made.documents[1:]]
    return replace(made, documents=documents)


def test_networkx_reads_adoptions_with_their_spells(made: Projection) -> None:
    networkx = pytest.importorskip("networkx")
    found = dynamic(made)
    graph = networkx.read_gexf(io.BytesIO(found.content))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (found.nodes, found.edges) == (6, 7)
    assert found.undated_adoptions == 1
    edges = {
        (graph.nodes[one]["label"], graph.nodes[other]["label"]): (told["spells"][0][0], told["censoring"])
        for one, other, told in graph.edges(data=True)
    }
    assert edges == {
        ("宝山区总工会", BARGAINING): ("2015-12-31", "exact"),
        ("宁波市总工会", BARGAINING): ("2016-12-31", "interval"),
        ("湖州市总工会", BARGAINING): ("2017-07-31", "exact"),
        ("长兴县总工会", BARGAINING): ("2019-05-31", "left"),
        ("宁波市总工会", GRID): ("2018-12-31", "left"),
        ("湖州市总工会", GRID): ("2019-05-31", "left"),
        ("长兴县总工会", GRID): ("2019-05-31", "left"),
    }
    nodes = {told["label"]: told for _, told in graph.nodes(data=True)}
    assert nodes["宁波市总工会"]["spells"][0][0] == "2016-12-31"
    assert nodes["宁波市总工会"]["province"] == "浙江省"
    assert nodes[BARGAINING]["kind"] == "PracticeType"
    assert nodes[BARGAINING]["spells"][0][0] == "2015-12-31"


def test_stated_ties_run_in_the_direction_of_influence_and_those_without_one_are_left_out(made: Projection) -> None:
    networkx = pytest.importorskip("networkx")
    found = dynamic(with_ties(made))
    graph = networkx.read_gexf(io.BytesIO(found.content))
    label = {node: told["label"] for node, told in graph.nodes(data=True)}
    ties = {
        told["relation"]: (label[one], label[other], told["spells"][0][0])
        for one, other, told in graph.edges(data=True)
        if told["relation"] != "ADOPTED"
    }
    assert ties == {
        "LEARNED_FROM": ("宝山区总工会", "湖州市总工会", "2016-12-31"),
    }
    assert found.undated_ties == 1  # of a document without a date
    assert found.undirected_ties == 1  # a promotion is no arrow from the account to its superior
    description = ET.fromstring(found.content).findtext("g:meta/g:description", "", GEXF)
    assert "1 promotions and recognitions" in description


def test_it_says_that_it_is_dynamic_and_what_it_leaves_out(made: Projection) -> None:
    root = ET.fromstring(dynamic(made, practice_type=BARGAINING).content)
    assert (root.tag, root.get("version")) == (f"{{{NAMESPACE}}}gexf", "1.3")
    graph = root.find("g:graph", GEXF)
    assert graph is not None
    assert {name: graph.get(name) for name in ("mode", "timeformat", "timerepresentation", "defaultedgetype")} == {
        "mode": "dynamic",
        "timeformat": "date",
        "timerepresentation": "interval",
        "defaultedgetype": "directed",
    }
    assert "1 adoptions" in (root.findtext("g:meta/g:description", "", GEXF))
    declared = {(of.get("class"), a.get("id")) for of in graph.findall("g:attributes", GEXF) for a in of}
    for kind in ("node", "edge"):
        elements = graph.findall(f"g:{kind}s/g:{kind}", GEXF)
        assert elements
        for element in elements:
            assert [spell.get("start", "")[:2] for spell in element.findall("g:spells/g:spell", GEXF)] == ["20"]
            used = {value.get("for") for value in element.findall("g:attvalues/g:attvalue", GEXF)}
            assert {(kind, name) for name in used} <= declared
    ids = [node.get("id") for node in graph.findall("g:nodes/g:node", GEXF)]
    assert len(set(ids)) == len(ids) == 5
    for edge in graph.findall("g:edges/g:edge", GEXF):
        assert {edge.get("source"), edge.get("target")} <= set(ids)


def test_signs_that_xml_cannot_hold_do_no_harm(made: Projection) -> None:
    named = [
        Node(node.label, node.id, {**node.properties, "name": "宝山区\x0b总工会<&"})
        if node.properties.get("name") == "宝山区总工会"
        else node
        for node in made.entities
    ]
    root = ET.fromstring(dynamic(replace(made, entities=named)).content)
    assert "宝山区总工会<&" in {node.get("label") for node in root.iterfind(".//g:node", GEXF)}
