"""Core and periphery: ideal networks, every possible core tried, what no core can be found in."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest

from unionkg.graph.analysis.core_periphery import core_periphery, fit_of


def ideal(core: int, periphery: int) -> Any:
    """A core that is a clique, and a periphery of which each is tied to one of it."""
    graph = nx.complete_graph(core)
    for number in range(periphery):
        graph.add_edge(number % core, core + number)
    graph = nx.relabel_nodes(graph, lambda node: f"n{node:02}")
    nx.set_edge_attributes(graph, 1, "weight")
    return graph


def fit_by_hand(graph: Any, core: set[str], pairs: list[tuple[str, str]]) -> float | None:
    """Pearson's correlation over the pairs of each block, from their definition."""
    both = [(one, other) for one, other in pairs if (one in core) == (other in core)]
    pattern = [float(one in core) for one, _ in both]
    weights = [float(graph.get_edge_data(one, other, {"weight": 0})["weight"]) for one, other in both]
    if len(set(pattern)) < 2 or len(set(weights)) < 2:
        return None
    return float(np.corrcoef(pattern, weights)[0, 1])


@pytest.mark.parametrize(("core", "periphery"), [(4, 6), (3, 10), (6, 6)])
def test_an_ideal_network_fits_wholly(core: int, periphery: int) -> None:
    graph = ideal(core, periphery)
    found = core_periphery(graph)
    assert found.core == {f"n{node:02}" for node in range(core)}
    assert found.fit == pytest.approx(1)
    assert (found.within_core, found.within_periphery) == (1, 0)
    assert found.between == pytest.approx(1 / core)


def test_a_tie_too_many_in_the_periphery_costs_fit() -> None:
    graph = ideal(4, 6)
    graph.add_edge("n05", "n08", weight=1)
    found = core_periphery(graph)
    assert found.core == {"n00", "n01", "n02", "n03"}
    assert found.fit == pytest.approx(fit_by_hand(graph, set(found.core), list(combinations(sorted(graph), 2))))
    assert found.fit is not None
    assert found.fit < 1


@pytest.mark.parametrize("seed", range(6))
def test_no_other_core_fits_better(seed: int) -> None:
    """All cores of a small weighted network are tried: the search finds the best."""
    graph = nx.relabel_nodes(nx.gnp_random_graph(9, 0.45, seed=seed), lambda node: f"n{node}")
    for number, (_, _, told) in enumerate(graph.edges(data=True)):
        told["weight"] = 1 + (number * 7 + seed) % 4
    pairs = list(combinations(sorted(graph), 2))
    fits = {
        core: fit
        for size in range(2, 8)
        for core in map(frozenset, combinations(sorted(graph), size))
        if (fit := fit_by_hand(graph, set(core), pairs)) is not None
    }
    for core, fit in list(fits.items())[::25]:
        assert fit_of(graph, core) == pytest.approx(fit)
    found = core_periphery(graph)
    assert found.fit == pytest.approx(fits[found.core])
    assert found.fit == pytest.approx(max(fits.values()))


def test_in_two_modes_only_pairs_between_the_modes_count() -> None:
    graph: Any = nx.Graph()
    for number in range(6):
        graph.add_node(f"u{number}", kind="TradeUnion")
    for number in range(5):
        graph.add_node(f"t{number}", kind="PracticeType")
    for union in range(3):
        for kind in range(2):
            graph.add_edge(f"u{union}", f"t{kind}", weight=1)
    for union, kind in ((3, 0), (4, 1), (0, 2), (1, 3)):
        graph.add_edge(f"u{union}", f"t{kind}", weight=1)
    found = core_periphery(graph)
    assert found.core == {"u0", "u1", "u2", "t0", "t1"}
    assert found.fit == pytest.approx(1)
    pairs = [(f"u{union}", f"t{kind}") for union in range(6) for kind in range(5)]
    assert fit_of(graph, {"u0", "t0", "t1"}) == pytest.approx(fit_by_hand(graph, {"u0", "t0", "t1"}, pairs))


def test_directions_do_not_matter() -> None:
    graph = ideal(4, 6)
    directed: Any = nx.DiGraph(list(graph.edges(data=True)))
    directed = nx.DiGraph((one, other, told) for one, other, told in graph.edges(data=True))
    assert core_periphery(directed).core == core_periphery(graph).core


@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(5), nx.complete_graph(6), nx.path_graph(2)])
def test_a_network_that_is_all_alike_has_no_core(graph: Any) -> None:
    found = core_periphery(nx.relabel_nodes(graph, str))
    assert (found.core, found.fit) == (frozenset(), None)
