"""Spread over time as dynamic GEXF 1.3 (gexf.net), which Gephi plays back and networkx reads.

Units and practice types are nodes; who adopted what, and from whom a document says a unit had something, are edges. All
are arrows: a promotion or recognition states no direction of influence, so that it is left out and counted. A spell begins on the first day by which the material makes sure of it: the upper bound of an adoption, the end of a
stated period, else the publication. So nothing is shown before it is known to have been, and what has no date at all
is left out and counted: without a spell it would be shown at all times. Nothing inferred is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from unionkg.graph.analysis.accounts import Collection, Selection, collection
from unionkg.graph.analysis.adoptions import Adoption, Spread, Unit, spreads
from unionkg.graph.analysis.stated import StatedTie, stated_ties
from unionkg.graph.analysis.units import describe
from unionkg.graph.build import Projection
from unionkg.language import say
from unionkg.ontology.dates import bounds
from unionkg.ontology.model import schema

NAMESPACE = "http://gexf.net/1.3"

#: Attributes of nodes and edges, with their types in GEXF.
_NODE = {"kind": "string", "level": "string", "code": "string", "province": "string"}
_EDGE = {
    "relation": "string",
    "not_before": "string",
    "not_after": "string",
    "dated_by": "string",
    "censoring": "string",
    "accounts": "integer",
    "statements": "string",
}
#: Control characters and others that XML 1.0 cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class DynamicGraph:
    """A GEXF file: its bytes, how many nodes and edges, and what is left out.

    That is adoptions and stated ties without a date, and stated ties without a direction of influence.
    """

    content: bytes
    nodes: int
    edges: int
    undated_adoptions: int
    undated_ties: int
    undirected_ties: int


@dataclass(frozen=True, slots=True)
class _Edge:
    source: str
    target: str
    since: str
    told: Mapping[str, Any]


def dynamic(projection: Projection, unit: Unit = "union", *, practice_type: str | None = None) -> DynamicGraph:
    """The spread of practice types that are not routine, as a dynamic graph.

    Parameters
    ----------
    projection : Projection
    unit : {"union", "county", "prefecture", "province"}
    practice_type : str, optional
        Chinese label: its adoptions, and the ties that its accounts state.
    """
    found = collection(projection, Selection(practice_type))
    cascades = [s for s in spreads(projection, unit) if practice_type in {None, s.name}]
    adopted = [_adoption(s, one) for s in cascades for one in s.adoptions]
    ties, _ = stated_ties(found, "TradeUnion" if unit == "union" else "Region", None if unit == "union" else unit)
    published = _published(projection)
    stated = [_tie(tie, published) for tie in ties if tie.directed]
    edges = [edge for edge in (*adopted, *stated) if edge is not None]
    since: dict[str, str] = {}
    for edge in edges:
        for end in (edge.source, edge.target):
            since[end] = min(edge.since, since.get(end, edge.since))
    types = {spread.practice_type: spread.name for spread in cascades}
    gone = adopted.count(None), stated.count(None), sum(not tie.directed for tie in ties)
    root = _document(edges, since, types, unit, found, gone)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return DynamicGraph(content + b"\n", len(since), len(edges), *gone)


def _adoption(spread: Spread, one: Adoption) -> _Edge | None:
    if one.not_after is None:
        return None
    told = {
        "relation": "ADOPTED",
        "not_before": one.not_before,
        "not_after": one.not_after,
        "dated_by": one.dated_by,
        "censoring": one.censoring,
        "accounts": len(one.accounts),
        "statements": "|".join(sorted(said.id for said in one.statements)),
    }
    return _Edge(one.unit, spread.practice_type, one.not_after, told)


def _tie(tie: StatedTie, published: Mapping[str, str]) -> _Edge | None:
    """A stated tie in the direction of influence; None without a date."""
    said = tie.statement
    period = said.properties.get("period")
    known_by = published.get(str(said.properties.get("document")))
    if period is None and known_by is None:
        return None
    first, last = bounds(str(period)) if period else (None, bounds(str(known_by))[1])
    told = {
        "relation": said.type,
        "not_before": first,
        "not_after": last,
        "dated_by": "period" if period else "publication",
        "accounts": 1,
        "statements": said.id,
    }
    return _Edge(tie.source, tie.target, last, told)


def _published(projection: Projection) -> dict[str, str]:
    return {
        node.id: str(node.properties["published"])
        for graph in projection.documents
        for node in graph.nodes
        if node.label == "Document" and "published" in node.properties
    }


def _document(
    edges: list[_Edge],
    since: Mapping[str, str],
    types: Mapping[str, str],
    unit: Unit,
    found: Collection,
    gone: tuple[int, int, int],
) -> ET.Element:
    root = ET.Element("gexf", {"xmlns": NAMESPACE, "version": "1.3"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "unionkg"
    ET.SubElement(meta, "description").text = _description(*gone)
    graph = ET.SubElement(
        root,
        "graph",
        {
            "mode": "dynamic",
            "defaultedgetype": "directed",
            "timeformat": "date",
            "timerepresentation": "interval",
        },
    )
    for of, declared in (("node", _NODE), ("edge", _EDGE)):
        attributes = ET.SubElement(graph, "attributes", {"class": of})
        for name, kind in declared.items():
            ET.SubElement(attributes, "attribute", {"id": f"{of}_{name}", "title": name, "type": kind})
    nodes = ET.SubElement(graph, "nodes")
    for identifier in sorted(since):
        told: dict[str, str | None] = {"kind": "PracticeType"}
        if identifier in types:
            name = types[identifier]
        else:
            place = describe(identifier, unit, found)
            name = place.name
            kind = "TradeUnion" if unit == "union" else "Region"
            told = {"kind": kind, "level": place.level, "code": place.code, "province": place.province}
        _element(nodes, "node", {"id": identifier, "label": name}, told, since[identifier])
    made = ET.SubElement(graph, "edges")
    labels = {name: say(kind.zh, kind.en) for name, kind in schema().relationships.items()}
    for number, edge in enumerate(sorted(edges, key=lambda e: (e.since, e.source, e.target, e.told["statements"]))):
        relation = str(edge.told["relation"])
        ends = {"id": str(number), "source": edge.source, "target": edge.target}
        _element(made, "edge", {**ends, "kind": relation, "label": labels[relation]}, edge.told, edge.since)
    return root


def _description(adoptions: int, ties: int, undirected: int) -> str:
    return say(
        f"时间段从资料可以确定已有之日起（上限），不是开始之日。没有时间而未列入的：采用 {adoptions}，写明的联系 {ties}。"
        f"推广和肯定没有写明影响的方向，未列入的 {undirected}。资料汇编是样本：未见不等于没有做。",
        "Spells begin on the day by which something surely was (an upper bound), not when it began. Left out without a "
        f"date: {adoptions} adoptions, {ties} stated ties; {undirected} promotions and recognitions, because they state no "
        "direction of influence. A collection is a sample: what it does not show may exist.",
    )


def _element(parent: ET.Element, tag: str, given: Mapping[str, str], told: Mapping[str, Any], since: str) -> None:
    element = ET.SubElement(parent, tag, {name: _NO_XML.sub("", value) for name, value in given.items()})
    values = ET.SubElement(element, "attvalues")
    for name, value in told.items():
        if value is not None:
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            ET.SubElement(values, "attvalue", {"for": f"{tag}_{name}", "value": _NO_XML.sub("", shown)})
    spells = ET.SubElement(element, "spells")
    ET.SubElement(spells, "spell", {"start": since})
