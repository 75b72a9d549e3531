"""Who stands between others: structural holes, redundancy in two-mode networks, and the five roles of brokers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from unionkg.graph.analysis.network_columns import Role

if TYPE_CHECKING:
    from unionkg.graph.analysis.network_graph import Graph

Grouping = Literal["province", "level"]

#: Networks of more nodes get no structural holes: the measure needs tables of nodes by nodes.
MOST_NODES = 4000
#: Redundancy is counted where there are not more pairs of neighbours than this (about half a minute).
MOST_PAIRS = 20_000_000


@dataclass(frozen=True, slots=True)
class Holes:
    """Burt's measures of a node; None for a node without ties."""

    effective_size: float | None
    constraint: float | None


def structural_holes(graph: Graph) -> dict[str, Holes]:
    """Effective size and constraint of every node, by weight; the direction of ties does not matter.

    With ``p[i, j]`` the share of i's ties (both directions) that go to j, and ``m[j, q]`` j's tie with q over j's
    strongest tie: effective size is the sum over i's neighbours j of ``1 - sum_q p[i, q] m[j, q]``, from near 1 (they
    all know each other) to the number of neighbours; constraint the sum of ``(p[i, j] + sum_q p[i, q] p[q, j])**2``,
    small for who stands between others.

    Returns
    -------
    dict
        By node; empty above `MOST_NODES` nodes.

    References
    ----------
    Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard University Press, chapter 2.

    Burt, R. S. (2004). Structural holes and good ideas. American Journal of Sociology 110(2), 349-399.
    """
    import numpy as np

    nodes = list(graph)
    if not nodes or len(nodes) > MOST_NODES:
        return {}
    place = {node: number for number, node in enumerate(nodes)}
    weights = np.zeros((len(nodes), len(nodes)))
    for one, other, weight in graph.edges(data="weight", default=1):
        if one != other:
            weights[place[one], place[other]] += weight
            weights[place[other], place[one]] += weight
    tied = weights > 0
    totals, strongest = weights.sum(axis=1), weights.max(axis=1)
    share = np.divide(weights, totals[:, None], out=np.zeros_like(weights), where=totals[:, None] > 0)
    marginal = np.divide(weights, strongest[:, None], out=np.zeros_like(weights), where=strongest[:, None] > 0)
    size = (tied * (1 - share @ marginal.T)).sum(axis=1)
    constraint = (tied * (share + share @ share) ** 2).sum(axis=1)
    return {
        node: Holes(float(size[at]), float(constraint[at])) if totals[at] else Holes(None, None)
        for node, at in place.items()
    }


def redundancy(graph: Graph) -> dict[str, float | None]:
    """Of a two-mode network: the share of pairs of a node's neighbours that another node ties as well.

    0: nobody else brings its neighbours together; 1: without it nothing would change. None below two neighbours, and
    for all where there are more than `MOST_PAIRS`. In two-mode networks neighbours are never tied, so structural holes
    say nothing there.

    References
    ----------
    Latapy, M., Magnien, C. and Del Vecchio, N. (2008). Basic notions for the analysis of large two-mode networks.
    Social Networks 30(1), 31-48.
    """
    import networkx as nx

    able = [node for node in graph if graph.degree(node) > 1]
    if sum(graph.degree(node) ** 2 for node in able) > 2 * MOST_PAIRS:
        able = []
    known: Mapping[str, float] = nx.bipartite.node_redundancy(graph, able) if able else {}
    return {node: known.get(node) for node in graph}


def roles(graph: Graph, group: Mapping[str, str]) -> dict[str, Counter[Role]]:
    """How often each node of a directed network stands between two others, by the five roles.

    b is a broker for a and c where a -> b -> c and no tie a -> c: ``coordinator`` (all in one group), ``consultant``
    (a and c in one group, b outside), ``gatekeeper`` (a outside the group of b and c), ``representative`` (c outside
    the group of a and b), ``liaison`` (three groups).

    Parameters
    ----------
    graph : networkx.DiGraph
    group : mapping
        The group of every node.

    References
    ----------
    Gould, R. V. and Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in transaction
    networks. Sociological Methodology 19, 89-126.
    """
    arcs: Any = graph
    found: dict[str, Counter[Role]] = {node: Counter() for node in graph}
    for broker in graph:
        for source in arcs.predecessors(broker):
            for target in arcs.successors(broker):
                if source != target and broker not in (source, target) and not graph.has_edge(source, target):
                    found[broker][_role(group[source], group[broker], group[target])] += 1
    return found


def _role(source: str, broker: str, target: str) -> Role:
    if source == target:
        return "coordinator" if broker == source else "consultant"
    if broker == target:
        return "gatekeeper"
    return "representative" if broker == source else "liaison"


def groups(graph: Graph, by: Grouping) -> dict[str, str]:
    """The province or the level of every node; one that has none is a group of its own, national unions are one."""
    return {
        node: told.get(by) or ("national" if told.get("level") == "national" else node)
        for node, told in graph.nodes(data=True)
    }
