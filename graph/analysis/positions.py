"""Where a node stands in a network: how many ties it has, how many shortest paths run through it, how near it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unionkg.graph.analysis.network_graph import Graph

#: Shortest paths are looked for where nodes times edges are not more than this (about half a minute).
MOST_PATHS = 20_000_000


@dataclass(frozen=True, slots=True)
class Position:
    """The measures of a node; None where a measure says nothing (see `positions`)."""

    degree: int
    in_degree: int | None
    out_degree: int | None
    strength: float
    betweenness: float | None
    closeness: float | None
    eigenvector: float | None


def positions(graph: Graph) -> dict[str, Position]:
    """Centrality of every node.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Edges with ``weight``.

    Returns
    -------
    dict
        By node: ``degree``, the number of ties (``in_degree`` and ``out_degree`` in directed networks only);
        ``strength``, the sum of their weights (Barrat et al. 2004); ``betweenness``, the share of shortest paths
        between others that run through it, from 0 to 1 (Freeman 1977, computed as in Brandes 2001); ``closeness``,
        harmonic: the mean of 1 / distance to all others, along the ties, 0 for those out of reach (Marchiori and
        Latora 2000), so that it means something in networks of several parts; ``eigenvector`` (Bonacich 1972, by
        weight, of length 1) in undirected networks within the largest part, else None. Paths do not look at weights.
        None as well for what needs shortest paths in networks above `MOST_PATHS`.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40(1), 35-41.

    Brandes, U. (2001). A faster algorithm for betweenness centrality. Journal of Mathematical Sociology 25(2), 163-177.

    Marchiori, M. and Latora, V. (2000). Harmony in the small-world. Physica A 285(3-4), 539-546.

    Barrat, A., Barthelemy, M., Pastor-Satorras, R. and Vespignani, A. (2004). The architecture of complex weighted
    networks. PNAS 101(11), 3747-3752.

    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification. Journal of
    Mathematical Sociology 2(1), 113-120.
    """
    import networkx as nx

    directed: Any = graph if graph.is_directed() else None
    feasible = len(graph) * graph.number_of_edges() <= MOST_PATHS
    between: Mapping[str, float] = nx.betweenness_centrality(graph) if feasible else {}
    # networkx counts the paths that arrive; what a source reaches is asked for here.
    outwards = graph if directed is None else directed.reverse()
    near: Mapping[str, float] = nx.harmonic_centrality(outwards) if feasible else {}
    others = max(len(graph) - 1, 1)
    eigenvector = _eigenvector(graph) if directed is None else {}
    return {
        node: Position(
            degree=graph.degree(node),
            in_degree=None if directed is None else directed.in_degree(node),
            out_degree=None if directed is None else directed.out_degree(node),
            strength=graph.degree(node, weight="weight"),
            betweenness=between.get(node),
            closeness=near[node] / others if feasible else None,
            eigenvector=eigenvector.get(node),
        )
        for node in graph
    }


def _eigenvector(graph: Graph) -> Mapping[str, float]:
    """Of the largest part, of several that with the smallest node; nothing where the iteration does not converge."""
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    if not parts or len(parts[0]) < 2:
        return {}
    largest = graph.subgraph(sorted(parts[0]))
    try:
        return dict(nx.eigenvector_centrality(largest, max_iter=1000, weight="weight"))
    except nx.PowerIterationFailedConvergence:
        return {}
