"""Parts of a network that are tied more among themselves than the number of their ties would make by chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unionkg.graph.analysis.network_graph import Graph

#: The searches that are made; the best of them counts.
SEEDS = tuple(range(10))


@dataclass(frozen=True, slots=True)
class Communities:
    """A partition.

    Attributes
    ----------
    of : mapping
        The number of every node's community, from 1: the largest first, of equal ones that with the smallest node.
    modularity : float or None
        Of this partition, the best that was found; None without ties. Two-mode: Barber's.
    agreement : float or None
        Mean adjusted Rand index between it and the other searches' partitions: 1 where all agree, near 0 where the
        parts are arbitrary.
    """

    of: Mapping[str, int]
    modularity: float | None
    agreement: float | None


def communities(graph: Graph, seeds: Sequence[int] = SEEDS) -> Communities:
    """Find communities by weight: the best of several seeded searches, the same on every run.

    One-mode networks by Louvain (Blondel et al. 2008; directed ones with directed modularity). Two-mode networks (the
    nodes' ``kind`` tells the modes) are carried on by Barber's BRIM, because ties within a mode cannot be expected.

    References
    ----------
    Blondel, V. D., Guillaume, J.-L., Lambiotte, R. and Lefebvre, E. (2008). Fast unfolding of communities in large
    networks. Journal of Statistical Mechanics P10008.

    Barber, M. J. (2007). Modularity and community detection in bipartite networks. Physical Review E 76, 066102.

    Hubert, L. and Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.
    """
    import networkx as nx

    if graph.number_of_edges() == 0:
        return Communities(_numbered({node: node for node in graph}), None, None)
    two_mode = is_two_mode(graph)
    found: list[tuple[float, dict[str, int]]] = []
    # Sets of numbers have an order that is the same on every run, sets of ids have not.
    nodes = list(graph)
    plain = nx.relabel_nodes(graph, {node: number for number, node in enumerate(nodes)})
    for seed in seeds:
        parts = nx.community.louvain_communities(plain, weight="weight", seed=seed)
        numbers = {nodes[at]: number for number, part in enumerate(parts) for at in part}
        if two_mode:
            numbers = brim(graph, numbers)
            found.append((two_mode_modularity(graph, numbers), _numbered(numbers)))
        else:
            found.append((nx.community.modularity(plain, parts, weight="weight"), _numbered(numbers)))
    best = max(range(len(found)), key=lambda at: (round(found[at][0], 9), -at))
    modularity, chosen = found[best]
    others = [adjusted_rand(chosen, other) for at, (_, other) in enumerate(found) if at != best]
    return Communities(chosen, modularity, sum(others) / len(others) if others else None)


def is_two_mode(graph: Graph) -> bool:
    """Whether the nodes are of two kinds and ties run between the kinds only."""
    kinds = _kinds(graph)
    return (
        len(kinds) == len(graph)
        and len(set(kinds.values())) == 2
        and all(kinds[one] != kinds[other] for one, other in graph.edges)
    )


def _kinds(graph: Graph) -> dict[str, str]:
    return {node: str(told["kind"]) for node, told in graph.nodes(data=True) if "kind" in told}


def two_mode_modularity(graph: Graph, of: Mapping[str, int]) -> float:
    """Modularity of a partition of a two-mode network (Barber 2007, equation 15), by weight."""
    strength: Mapping[str, float] = dict(graph.degree(weight="weight"))
    kinds = _kinds(graph)
    total = graph.size(weight="weight")
    first = min(kinds.values())
    inside = sum(weight for one, other, weight in graph.edges(data="weight", default=1) if of[one] == of[other])
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for node, number in of.items():
        sums[number][kinds[node] == first] += strength[node]
    return float(inside / total - sum(one * other for one, other in sums.values()) / total**2)


def brim(graph: Graph, of: Mapping[str, int]) -> dict[str, int]:
    """Improve a partition of a two-mode network: each mode in turn joins what the other suggests (Barber 2007)."""
    strength: Mapping[str, float] = dict(graph.degree(weight="weight"))
    kinds = _kinds(graph)
    total = graph.size(weight="weight")
    modes = [sorted(node for node in graph if kinds[node] == kind) for kind in sorted(set(kinds.values()))]
    kept = dict(of)
    reached = two_mode_modularity(graph, kept)
    while True:
        tried = dict(kept)
        for moving, standing in (modes, modes[::-1]):
            sums: dict[int, float] = defaultdict(float)
            for node in standing:
                sums[tried[node]] += strength[node]
            for node in moving:
                tried[node] = _best(graph, node, tried, sums, strength[node] / total)
        improved = two_mode_modularity(graph, tried)
        if improved <= reached + 1e-12:
            return kept
        kept, reached = tried, improved


def _best(graph: Graph, node: str, of: Mapping[str, int], sums: Mapping[int, float], share: float) -> int:
    """The community that gains most by a node; where it is already, if none gains more."""
    gains: dict[int, float] = {number: -share * known for number, known in sums.items()}
    for other, told in graph[node].items():
        gains[of[other]] += told.get("weight", 1)
    here = gains.get(of[node], 0.0)
    best = max(sorted(gains), key=lambda number: gains[number])
    return best if gains[best] > here + 1e-12 else of[node]


def adjusted_rand(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """How far two partitions of the same nodes agree beyond chance (Hubert and Arabie 1985): 1 if they are the same."""
    cells = _pairs(Counter((one[node], other[node]) for node in one).values())
    rows, columns = _pairs(Counter(one.values()).values()), _pairs(Counter(other.values()).values())
    expected = rows * columns / max(comb(len(one), 2), 1)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (cells - expected) / (most - expected)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(comb(size, 2) for size in sizes)


def _numbered(of: Mapping[str, object]) -> dict[str, int]:
    members: dict[object, list[str]] = defaultdict(list)
    for node in sorted(of):
        members[of[node]].append(node)
    parts = sorted(members.values(), key=lambda part: (-len(part), part[0]))
    return {node: number for number, part in enumerate(parts, start=1) for node in part}


def inside(graph: Graph, of: Mapping[str, int]) -> dict[str, float]:
    """The weight of every node's ties (both directions) within its own community."""
    found = dict.fromkeys(graph, 0.0)
    for one, other, weight in graph.edges(data="weight", default=1):
        if of[one] == of[other]:
            found[one] += weight
            found[other] += weight
    return found
