"""Communities: known optima, Barber's modularity worked out as a matrix, the same answer on every run."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import networkx as nx
import numpy as np
import pytest

from unionkg.graph.analysis.communities import (
    adjusted_rand,
    brim,
    communities,
    inside,
    is_two_mode,
    two_mode_modularity,
)


def zachary() -> Any:
    graph = nx.relabel_nodes(nx.karate_club_graph(), str)
    nx.set_edge_attributes(graph, 1, "weight")
    return graph


def southern_women() -> Any:
    graph = nx.davis_southern_women_graph()
    for _, told in graph.nodes(data=True):
        told["kind"] = ("women", "events")[told["bipartite"]]
    nx.set_edge_attributes(graph, 1, "weight")
    return graph


def test_zacharys_club_falls_into_the_four_parts_of_the_optimum() -> None:
    """The greatest modularity is 0.4198 (Brandes et al. 2008, On modularity clustering, IEEE TKDE 20(2))."""
    found = communities(zachary())
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert sorted(set(found.of.values())) == [1, 2, 3, 4]
    assert found.of["33"] == 1  # the largest part comes first
    assert found.agreement is not None
    assert 0.5 < found.agreement <= 1


def test_cliques_that_one_tie_joins_are_found_by_every_search() -> None:
    graph: Any = nx.relabel_nodes(nx.connected_caveman_graph(3, 5), str)
    nx.set_edge_attributes(graph, 1, "weight")
    found = communities(graph)
    assert found.agreement == 1
    assert [len({found.of[str(node)] for node in range(first, first + 5)}) for first in (0, 5, 10)] == [1, 1, 1]
    assert len(set(found.of.values())) == 3
    assert found.of["0"] == 1  # of equal parts that with the smallest id


def test_weights_count() -> None:
    graph: Any = nx.Graph()
    for pair, weight in {"ab": 9, "cd": 9, "ac": 1, "bd": 1, "ad": 1, "bc": 1}.items():
        graph.add_edge(*pair, weight=weight)
    of = communities(graph).of
    assert of["a"] == of["b"] != of["c"] == of["d"]
    assert inside(graph, of)["a"] == 9


def test_barbers_modularity_is_his_matrix() -> None:
    graph = southern_women()
    of = {node: number % 3 for number, node in enumerate(sorted(graph))}
    women = [node for node, kind in graph.nodes(data="kind") if kind == "women"]
    events = [node for node, kind in graph.nodes(data="kind") if kind == "events"]
    ties = np.array([[float(graph.has_edge(one, other)) for other in events] for one in women])
    expected = ties - np.outer(ties.sum(axis=1), ties.sum(axis=0)) / ties.sum()
    same = np.array([[of[one] == of[other] for other in events] for one in women])
    assert two_mode_modularity(graph, of) == pytest.approx((expected * same).sum() / ties.sum())


def test_a_two_mode_network_is_parted_by_barbers_modularity() -> None:
    graph = southern_women()
    assert is_two_mode(graph)
    start = {node: number % 4 for number, node in enumerate(sorted(graph))}
    assert two_mode_modularity(graph, brim(graph, start)) > two_mode_modularity(graph, start)
    found = communities(graph)
    assert found.modularity == pytest.approx(two_mode_modularity(graph, found.of))
    assert found.modularity is not None
    assert found.modularity > 0.34
    # The two cliques that every analysis of the data finds (Freeman 2003): of the first and the last women named.
    assert found.of["Evelyn Jefferson"] == found.of["Laura Mandeville"] == found.of["Theresa Anderson"]
    assert found.of["Nora Fayette"] == found.of["Sylvia Avondale"] == found.of["Helen Lloyd"]
    assert found.of["Evelyn Jefferson"] != found.of["Nora Fayette"]


def test_one_kind_of_node_is_one_mode() -> None:
    graph = southern_women()
    nx.set_node_attributes(graph, "both", "kind")
    assert not is_two_mode(graph)
    assert not is_two_mode(zachary())


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        ([0, 0, 1, 1], [1, 1, 0, 0], 1.0),
        ([0, 0, 1, 1], [0, 0, 1, 2], 4 / 7),  # by hand: pairs 1, rows 2, columns 1 of 6
        ([0, 0, 0, 0], [0, 1, 2, 3], 0.0),
        ([0, 1, 2, 3], [0, 1, 2, 3], 1.0),
    ],
)
def test_adjusted_rand(one: list[int], other: list[int], index: float) -> None:
    assert adjusted_rand(dict(enumerate(one)), dict(enumerate(other))) == pytest.approx(index)  # type: ignore[arg-type]


def test_without_ties_everybody_is_alone() -> None:
    graph: Any = nx.Graph()
    graph.add_nodes_from("ba")
    found = communities(graph)
    assert (found.of, found.modularity, found.agreement) == ({"a": 1, "b": 2}, None, None)


def test_the_answer_does_not_hang_on_the_order_of_sets() -> None:
    code = (
        "import networkx as nx; from unionkg.graph.analysis.communities import communities;"
        "g = nx.relabel_nodes(nx.gnp_random_graph(40, 0.15, seed=3), lambda n: f'union:{n}');"
        "print(sorted(communities(g).of.items()))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(answers) == 1
