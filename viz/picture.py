"""What of a projection is drawn: its nodes and relationships in order, and what the filters go by.

Regions, themes, practice types and groups are all in a projection, because they are the denominators of coverage; a
picture shows those that a document's statement touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from unionkg.errors import RecordError
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.language import say
from unionkg.ontology import dates

End = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facets:
    """What a case is filtered by: ids of its themes and provinces, and its year.

    The year is that of the stated start, else of the document's publication ("known by"); None where neither is known.
    """

    themes: tuple[str, ...]
    provinces: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes and relationships by position; ``index`` gives a node's position, ``facets`` is by case id."""

    nodes: tuple[Node, ...]
    edges: tuple[Relationship, ...]
    index: Mapping[End, int]
    facets: Mapping[str, Facets]

    def cases(self, edge: Relationship) -> tuple[int, ...]:
        """Positions of the cases that a relationship rests on; none for structure."""
        return tuple(
            self.index["PracticeCase", case] for case in _case_ids(edge) if ("PracticeCase", case) in self.index
        )

    def degrees(self) -> list[int]:
        """The number of relationships at every node."""
        counted = [0] * len(self.nodes)
        for edge in self.edges:
            counted[self.index[edge.start]] += 1
            counted[self.index[edge.end]] += 1
        return counted


def picture(projection: Projection) -> Picture:
    """Choose what is drawn.

    Raises
    ------
    RecordError
        A document's relationship has an end that the projection lacks.
    """
    structure, links = projection.structure
    stated = [edge for graph in projection.documents for edge in graph.relationships]
    touched = {end for edge in stated for end in (edge.start, edge.end)}
    nodes = [node for graph in projection.documents for node in graph.nodes]
    nodes += projection.entities
    nodes += [node for node in structure if (node.label, node.id) in touched]
    index = {(node.label, node.id): position for position, node in enumerate(nodes)}
    for edge in stated:
        for end in (edge.start, edge.end):
            if end not in index:
                raise RecordError(
                    say(f"关系 {edge.type} 的一端不在图中：{end[1]}", f"an end of {edge.type} is missing: {end[1]}"),
                    where=edge.id,
                    hint=say("运行 unionkg build 重新构建", "run unionkg build"),
                )
    others = [edge for edge in (*projection.derived, *links) if edge.start in index and edge.end in index]
    return Picture(tuple(nodes), (*stated, *others), index, _facets(nodes, stated, _provinces(structure, links)))


def _case_ids(edge: Relationship) -> Sequence[str]:
    case = edge.properties.get("case_id")
    if isinstance(case, str):
        return (case,)
    cases = edge.properties.get("cases")
    if isinstance(cases, list):
        return [str(case) for case in cases]
    return [identifier for label, identifier in (edge.start, edge.end) if label == "PracticeCase"]


def _facets(
    nodes: Sequence[Node], stated: Sequence[Relationship], provinces: Mapping[str, tuple[str, ...]]
) -> dict[str, Facets]:
    themes: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[str]] = defaultdict(set)
    for edge in stated:
        if edge.type == "IN_THEME":
            themes[edge.start[1]].add(edge.end[1])
        elif edge.type == "TOOK_PLACE_IN":
            places[edge.start[1]].update(provinces.get(edge.end[1], ()))
    published = {node.id: node.properties.get("published") for node in nodes if node.label == "Document"}
    return {
        node.id: Facets(
            tuple(sorted(themes[node.id])),
            tuple(sorted(places[node.id])),
            _year(node.properties.get("started")) or _year(published.get(str(node.properties.get("document")))),
        )
        for node in nodes
        if node.label == "PracticeCase"
    }


def _year(value: object) -> int | None:
    return dates.year(value) if isinstance(value, str) else None


def _provinces(structure: Sequence[Node], links: Sequence[Relationship]) -> dict[str, tuple[str, ...]]:
    """Every region's provinces: usually one, two where it moved or counts for the 兵团 as well."""
    level = {node.id: node.properties.get("level") for node in structure if node.label == "Region"}
    above: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.type == "WITHIN":
            above[link.start[1]].append(link.end[1])

    def upwards(region: str) -> Iterator[str]:
        waiting, seen = [region], {region}
        while waiting:
            here = waiting.pop()
            if level.get(here) == "province":
                yield here
                continue
            waiting += [upper for upper in above[here] if upper not in seen]
            seen.update(above[here])

    return {region: tuple(sorted(upwards(region))) for region in level}
