"""Networks as graphs of networkx: nodes with what they show, edges with what they rest on.

Every node and edge has attributes that GraphML and GEXF accept: text, numbers, booleans; lists are joined by ``|``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from unionkg.graph.analysis.accounts import Collection
from unionkg.graph.analysis.places import province
from unionkg.graph.analysis.stated import StatedTie
from unionkg.graph.stores.protocol import Node, Relationship

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

End = tuple[str, str]
"""Label and id of a node, or the ids of both ends of an edge."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network with what it rests on.

    Attributes
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Directed for stated ties between units and for inferred ones.
    evidence : mapping
        The statements behind each edge, by its ends (where there is no direction, the smaller id first; a union before
        a practice type).
    account_of : mapping
        The account that a case is a printing of.
    names : mapping
        What unions, regions and practice types are called, by id.
    undeclared : tuple of StatedTie
        Stated ties without a direction of influence (promotion, recognition): in no measure, but told.
    left_out : mapping
        How many statements make no tie, by `unionkg.graph.analysis.stated.REASONS`, and ``coarser``: accounts
        whose region is above the level that was asked for.
    """

    graph: Graph
    evidence: Mapping[End, tuple[Relationship, ...]]
    account_of: Mapping[str, str]
    names: Mapping[str, str]
    undeclared: tuple[StatedTie, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Edge:
    """What is gathered for an edge; the weight is the number of ``counted``."""

    counted: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    statements: dict[str, Relationship] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def add(self, counted: str, account: str, said: Iterable[Relationship]) -> None:
        """Count one more thing, with the account and the statements that it rests on."""
        self.counted.add(counted)
        self.accounts.add(account)
        self.statements.update((one.id, one) for one in said)


Edges = dict[End, Edge]


def no_edges() -> Edges:
    """No edges yet; one that is asked for is made."""
    return defaultdict(Edge)


def assembled(
    found: Collection,
    members: Mapping[End, set[str]],
    gathered: Edges,
    at_least: int,
    undeclared: tuple[StatedTie, ...] = (),
    left_out: Mapping[str, int] | None = None,
    *,
    directed: bool = False,
) -> Network:
    """Make the graph.

    ``members`` are the accounts of every node (label, id); in a directed network a node without ties is left out. Edges
    lighter than ``at_least`` are left out.
    """
    import networkx as nx

    graph: Graph = nx.DiGraph() if directed else nx.Graph()
    kept = {ends: edge for ends, edge in sorted(gathered.items()) if len(edge.counted) >= at_least}
    tied = {end for ends in kept for end in ends}
    for (label, identifier), accounts in sorted(members.items()):
        if identifier in tied or not directed:
            graph.add_node(identifier, **_attributes(label, identifier, found), accounts="|".join(sorted(accounts)))
    evidence = {}
    for ends, edge in kept.items():
        evidence[ends] = tuple(edge.statements[identifier] for identifier in sorted(edge.statements))
        graph.add_edge(
            *ends,
            weight=len(edge.counted),
            **edge.more,
            accounts="|".join(sorted(edge.accounts)),
            statements="|".join(sorted(edge.statements)),
        )
    account_of = {case: account.id for case, account in found.every.items()}
    names = {
        identifier: _name(node)
        for (label, identifier), node in found.nodes.items()
        if label in {"TradeUnion", "Region", "PracticeType"}
    }
    return Network(graph, evidence, account_of, names, undeclared, dict(left_out or {}))


def _name(node: Node) -> str:
    return str(node.properties.get("full_name", node.properties["name"]))


def _attributes(label: str, identifier: str, found: Collection) -> dict[str, str]:
    """What a node shows: name, kind, and of units code, level and province; "" where it is not known."""
    node = found.nodes[label, identifier]
    told = {"name": _name(node), "kind": label}
    if label == "Region":
        told |= {"code": str(node.properties["code"]), "province": province(identifier, found.places)}
    if label == "TradeUnion":
        seats = found.seats.get(identifier, ())
        told["code"] = "|".join(seat.removeprefix("region:") for seat in seats)
        told["province"] = "、".join(dict.fromkeys(province(seat, found.places) for seat in seats))
        told["type"] = str(node.properties.get("type", ""))
    if label != "PracticeType":
        told["level"] = str(node.properties.get("level", ""))
    return told


def in_order(graph: Graph, nodes: Iterable[str] | None = None) -> Sequence[str]:
    """Nodes in the order in which they are shown: practice types by weight of their ties, then units by code and name.

    Units are never put in order by a measure: regions and unions are not ranked.
    """
    strength: Mapping[str, float] = dict(graph.degree(weight="weight"))

    def place(node: str) -> tuple[Any, ...]:
        told = graph.nodes[node]
        if told["kind"] == "PracticeType":
            return 0, -strength[node], told["name"], node
        return 1, told["code"], told["name"], node

    return sorted(graph if nodes is None else nodes, key=place)
