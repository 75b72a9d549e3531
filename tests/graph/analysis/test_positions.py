"""Centrality against definitions worked out by brute force, and against what is known of Zachary's club."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import networkx as nx
import numpy as np
import pytest

from unionkg.graph.analysis.positions import positions


def named(graph: Any) -> Any:
    """Nodes as text and edges with weight, as networks have them."""
    made = nx.relabel_nodes(graph, str)
    for *_, told in made.edges(data=True):
        told["weight"] = told.get("weight", 1)
    return made


def zachary() -> Any:
    graph = named(nx.karate_club_graph())
    nx.set_edge_attributes(graph, 1, "weight")
    return graph


def betweenness_by_hand(graph: Any) -> dict[str, float]:
    """Every shortest path between every two others, counted one by one (Freeman's definition)."""
    count = len(graph)
    found = dict.fromkeys(graph, 0.0)
    for one, other in permutations(graph, 2):
        if nx.has_path(graph, one, other):
            paths = list(nx.all_shortest_paths(graph, one, other))
            for node in set(graph) - {one, other}:
                found[node] += sum(node in path for path in paths) / len(paths)
    return {node: value / ((count - 1) * (count - 2)) for node, value in found.items()}


def test_the_officers_of_zacharys_club() -> None:
    found = positions(zachary())
    # Known of the club: instructor and president have 16 and 17 friends; betweenness 0.4376 and 0.3041.
    assert (found["0"].degree, found["33"].degree) == (16, 17)
    assert found["0"].betweenness == pytest.approx(0.4376, abs=5e-5)
    assert found["33"].betweenness == pytest.approx(0.3041, abs=5e-5)
    assert found["33"].eigenvector == pytest.approx(0.3734, abs=5e-5)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("directed", [False, True])
def test_betweenness_is_freemans(seed: int, directed: bool) -> None:
    graph = named(nx.gnp_random_graph(9, 0.25, seed=seed, directed=directed))
    expected = betweenness_by_hand(graph)
    assert {node: at.betweenness for node, at in positions(graph).items()} == pytest.approx(expected)


def test_eigenvector_is_one_of_the_weights_and_of_the_largest_part_only() -> None:
    graph = named(nx.gnp_random_graph(8, 0.6, seed=4))
    for number, (_, _, told) in enumerate(graph.edges(data=True)):
        told["weight"] = 1 + number % 3
    graph.add_edge("a", "b", weight=9)
    found = positions(graph)
    assert found["a"].eigenvector is None
    largest = [node for node in graph if node not in "ab"]
    weights = nx.to_numpy_array(graph, nodelist=largest, weight="weight")
    values, vectors = np.linalg.eigh(weights)
    leading = np.abs(vectors[:, np.argmax(values)])
    assert [found[node].eigenvector for node in largest] == pytest.approx(list(leading), abs=1e-4)


def test_closeness_counts_whom_a_source_reaches() -> None:
    found = positions(named(nx.DiGraph([("a", "b"), ("b", "c"), ("d", "c")])))
    assert found["a"].closeness == pytest.approx((1 + 1 / 2) / 3)
    assert found["c"].closeness == 0
    assert (found["c"].in_degree, found["c"].out_degree, found["c"].degree) == (2, 0, 2)
    assert found["a"].eigenvector is None


def test_strength_is_the_sum_of_weights() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=3)
    graph.add_edge("a", "c", weight=2)
    found = positions(graph)
    assert (found["a"].strength, found["a"].degree, found["a"].in_degree) == (5, 2, None)


@pytest.mark.parametrize("graph", [nx.Graph(), nx.DiGraph()])
def test_a_network_without_ties_has_no_more_to_say(graph: Any) -> None:
    assert positions(graph) == {}
    graph.add_node("a")
    (alone,) = positions(graph).values()
    assert (alone.degree, alone.betweenness, alone.closeness, alone.eigenvector) == (0, 0, 0, None)
