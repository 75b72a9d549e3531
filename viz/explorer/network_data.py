"""The network of the page: who did what, what spread from whom, where everything stands, and the quote behind each tie.

Columns instead of rows, and positions instead of names, keep thousands of nodes small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unionkg.graph.analysis.accounts import listed
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology.model import schema
from unionkg.viz import layout, marks
from unionkg.viz.explorer.base import TABLES, Base

#: More nodes than these are not on the page: the best connected stay.
LIMIT = 5000
#: The kinds of nodes, those that the picture opens with first. Outcomes and documents stand with their account.
KINDS = (
    "TradeUnion",
    "PracticeType",
    "PracticeCase",
    "Region",
    "Practice",
    "Theme",
    "TargetGroup",
    "Organization",
    "Policy",
    "Platform",
    "Award",
    "Person",
    "UnresolvedName",
)
FIRST = frozenset(KINDS[:3])
#: What is derived or structure and says something that stated ties do not.
FOLLOWING = ("SUBORDINATE_TO", "LEARNED_FROM", "ADOPTED", "PRACTISES", "INSTANCE_OF", "BASED_IN", "WITHIN", "BROADER")
FLAGS = ("intended", "collective", "internal")
#: How much a tie of each group counts in the layout; what is only known by computing counts nothing.
_PULL: Mapping[marks.Group, float] = {"diffusion": 1.5, "stated": 1.0, "structural": 0.3, "derived": 0.3}

_End = tuple[str, str]


@dataclass(slots=True)
class _Edge:
    """What one or more printings say in the same words of the schema."""

    type: str
    group: marks.Group
    start: int
    end: int
    flags: int
    period: str | None
    ties: list[Relationship] = field(default_factory=list)


def network_data(base: Base, *, limit: int = LIMIT) -> dict[str, Any]:
    """The nodes and ties of the material, laid out.

    Parameters
    ----------
    base : Base
    limit : int
        At most so many nodes: those that the picture opens with before others, of each those that are tied to the
        accounts of the page and to most others before the rest.

    Returns
    -------
    dict
        ``all_nodes``, ``all_edges``, ``limit``: what there is, and how much is drawn. ``kinds``: [label, shape, fill,
        border]. Columns of nodes, the best connected first: ``kind``; ``at``, the position in the table of the kind, or
        -1 - position in ``names``; ``x``, ``y``; ``r``, radius. ``relations``: [type, group, influence or None]. Columns
        of ties: ``relation``, ``start``, ``end``, ``flags`` (bits in the order of `FLAGS`), ``quotes``; ``periods`` and
        ``accounts`` (the accounts behind a derived tie) by position of the tie, where there are any.
    """
    ends, edges = _read(base)
    degrees = Counter(end for edge in edges for end in (edge.start, edge.end))
    chosen = _chosen(base, ends, edges, degrees, limit)
    place = {node: number for number, node in enumerate(chosen)}
    drawn = [edge for edge in edges if edge.start in place and edge.end in place]
    kinds = [ends[node][0] for node in chosen]
    points = _points(kinds, [(place[edge.start], place[edge.end], edge.group) for edge in drawn])
    names: list[str] = []
    printed = _printed(base)
    relations = sorted({(edge.type, edge.group) for edge in drawn}, key=_order)
    return {
        "all_nodes": len(ends),
        "all_edges": len(edges),
        "limit": limit,
        "kinds": [[label, mark.shape, mark.fill, mark.border] for label in KINDS for mark in (marks.mark(label),)],
        "kind": [KINDS.index(label) for label in kinds],
        "at": [_at(base, ends[node], printed, names) for node in chosen],
        "names": names,
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "r": [round(marks.mark(ends[node][0]).size * (1 + min(degrees[node], 60) / 45)) for node in chosen],
        "relations": [[kind, group, schema().relationships[kind].influence] for kind, group in relations],
        "relation": [relations.index((edge.type, edge.group)) for edge in drawn],
        "start": [place[edge.start] for edge in drawn],
        "end": [place[edge.end] for edge in drawn],
        "flags": [edge.flags for edge in drawn],
        "quotes": [list(dict.fromkeys(quote for tie in edge.ties for quote in base.of(tie))) for edge in drawn],
        "periods": {number: edge.period for number, edge in enumerate(drawn) if edge.period},
        "accounts": dict(_behind(base, drawn, ends, place)),
    }


def _read(base: Base) -> tuple[list[_End], list[_Edge]]:
    """Every node that is tied to another, and the ties; printings of one account are one node."""
    index: dict[_End, int] = {}
    found: dict[tuple[Any, ...], _Edge] = {}
    every = base.collection.every

    def node(end: _End) -> int | None:
        label, identifier = end
        if label not in KINDS:
            return None
        real = (label, every[identifier].id) if label == "PracticeCase" else end
        return index.setdefault(real, len(index))

    stated = base.ties()
    touched = {end for tie in stated for end in (tie.start, tie.end)}
    others = [
        tie
        for tie in (*base.projection.derived, *base.projection.structure[1])
        if tie.type in FOLLOWING and tie.start in touched and tie.end in touched and "valid_to" not in tie.properties
    ]
    for tie in (*stated, *others):
        kind = schema().relationships[tie.type]
        ends = kind.between(tie.start[0], tie.end[0])
        start, end = node(tie.start), node(tie.end)
        if ends is None or start is None or end is None or start == end:
            continue
        group = marks.group(kind, ends.basis)
        flags = sum(1 << bit for bit, name in enumerate(FLAGS) if tie.properties.get(name))
        period = tie.properties.get("period")
        key = (tie.type, group, start, end, flags, period)
        edge = _Edge(tie.type, group, start, end, flags, str(period) if period else None)
        found.setdefault(key, edge).ties.append(tie)
    return list(index), list(found.values())


def _chosen(
    base: Base, ends: Sequence[_End], edges: Sequence[_Edge], degrees: Mapping[int, int], limit: int
) -> list[int]:
    """The nodes that are drawn, the best connected first."""
    shown = {base.collection.every[case].id for case in base.tables["PracticeCase"]}
    near = {node for node, end in enumerate(ends) if end[0] == "PracticeCase" and end[1] in shown}
    near |= {
        other
        for edge in edges
        for one, other in ((edge.start, edge.end), (edge.end, edge.start))
        if one in near and ends[one][0] == "PracticeCase"
    }
    order = sorted(
        range(len(ends)), key=lambda node: (ends[node][0] not in FIRST, node not in near, -degrees[node], ends[node])
    )
    return sorted(order[:limit], key=lambda node: (-degrees[node], ends[node]))


def _points(kinds: Sequence[str], ties: Sequence[tuple[int, int, marks.Group]]) -> list[tuple[int, int]]:
    """Where nodes stand: first what the picture opens with, the rest in free places near by."""
    degrees = Counter(end for start, end, _ in ties for end in (start, end))
    spreading = {end for start, end, group in ties if group == "diffusion" for end in (start, end)}
    pulls = [
        (start, end, _PULL[group] / (1 + degrees[start] * degrees[end]) ** 0.25)
        for start, end, group in ties
        if group in _PULL
    ]
    first = [label in FIRST or node in spreading for node, label in enumerate(kinds)]
    return layout.positions(len(kinds), pulls, first)


def _order(relation: tuple[str, marks.Group]) -> tuple[int, int]:
    """Relations by group, and in a group as the schema has them."""
    kind, group = relation
    return list(marks.LINES).index(group), list(schema().relationships).index(kind)


def _printed(base: Base) -> dict[str, int]:
    """The positions of accounts in their table: that of the first printing that is on the page."""
    found: dict[str, int] = {}
    for case, at in base.tables["PracticeCase"].items():
        found.setdefault(base.collection.every[case].id, at)
    return found


def _at(base: Base, end: _End, printed: Mapping[str, int], names: list[str]) -> int:
    """The position of a node in its table, or -1 - position of its name."""
    label, identifier = end
    if label == "PracticeCase":
        at = printed.get(identifier)
    else:
        at = base.add(label, identifier) if label in TABLES else None
    if at is not None:
        return at
    names.append(str(base.nodes[end].properties["name"]))
    return -len(names)


def _behind(
    base: Base, drawn: Sequence[_Edge], ends: Sequence[_End], place: Mapping[int, int]
) -> Iterator[tuple[int, list[int]]]:
    """The accounts that derived ties rest on."""
    index = {ends[node][1]: number for node, number in place.items() if ends[node][0] == "PracticeCase"}
    for number, edge in enumerate(drawn):
        if edge.group in {"diffusion", "stated"}:
            continue
        cases = [str(case) for tie in edge.ties for case in listed(tie, "cases")]
        accounts = [index.get(base.collection.every[case].id) for case in cases if case in base.collection.every]
        if known := [one for one in dict.fromkeys(accounts) if one is not None]:
            yield number, known
