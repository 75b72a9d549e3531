"""Structural holes against published figures and networkx, roles against the definition of Gould and Fernandez."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import Any

import networkx as nx
import pytest

from unionkg.graph.analysis.brokerage import groups, redundancy, roles, structural_holes
from unionkg.graph.analysis.network_columns import ROLES


def test_borgattis_example() -> None:
    """S. P. Borgatti (1997), Structural Holes: Unpacking Burt's Redundancy Measures, Connections 20(1)."""
    found = structural_holes(nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]))
    assert found["G"].effective_size == pytest.approx(4.67, abs=0.005)
    assert found["A"].effective_size == pytest.approx(2.50, abs=0.005)
    assert found["C"].effective_size == pytest.approx(1.00, abs=0.005)
    assert found["G"].constraint == pytest.approx(0.400, abs=0.0005)
    assert found["A"].constraint == pytest.approx(0.595, abs=0.0005)
    assert found["C"].constraint == pytest.approx(1.0, abs=0.0005)


@pytest.mark.parametrize(
    "graph",
    [nx.karate_club_graph(), nx.les_miserables_graph(), nx.gnp_random_graph(20, 0.2, seed=1, directed=True)],
    ids=["karate", "miserables", "directed"],
)
def test_weighted_holes_are_those_of_networkx(graph: Any) -> None:
    found = structural_holes(graph)
    both = nx.Graph()
    both.add_nodes_from(graph)
    for one, other, weight in graph.edges(data="weight", default=1):
        both.add_edge(one, other, weight=weight + both.get_edge_data(one, other, {"weight": 0})["weight"])
    tied = [node for node in both if both.degree(node)]
    constraint = nx.constraint(both, tied, weight="weight")
    size = nx.effective_size(both, tied, weight="weight")
    assert {node: found[node].constraint for node in tied} == pytest.approx(constraint)
    assert {node: found[node].effective_size for node in tied} == pytest.approx(size)


def test_who_has_no_ties_has_no_holes() -> None:
    graph: Any = nx.Graph([("a", "b")])
    graph.add_node("c")
    assert structural_holes(graph)["c"].constraint is None
    assert structural_holes(nx.Graph()) == {}


@pytest.mark.parametrize(
    ("source", "broker", "target", "role"),
    [
        ("x", "x", "x", "coordinator"),
        ("x", "y", "x", "consultant"),
        ("x", "y", "y", "gatekeeper"),
        ("x", "x", "y", "representative"),
        ("x", "y", "z", "liaison"),
    ],
)
def test_each_role_is_what_its_figure_shows(source: str, broker: str, target: str, role: str) -> None:
    graph: Any = nx.DiGraph([("a", "b"), ("b", "c")])
    found = roles(graph, {"a": source, "b": broker, "c": target})
    assert found == {"a": Counter(), "b": Counter({role: 1}), "c": Counter()}
    graph.add_edge("a", "c")  # who reaches the other without a broker needs none
    assert not found["b"] - roles(graph, {"a": source, "b": broker, "c": target})["b"] - found["b"]
    assert roles(graph, {"a": source, "b": broker, "c": target})["b"] == Counter()


def test_roles_by_going_through_all_triples() -> None:
    graph: Any = nx.gnp_random_graph(14, 0.3, seed=7, directed=True)
    group = {node: "xyz"[node % 3] for node in graph}
    expected: dict[int, Counter[str]] = {node: Counter() for node in graph}
    for a, b, c in permutations(graph, 3):
        if graph.has_edge(a, b) and graph.has_edge(b, c) and not graph.has_edge(a, c):
            same = (group[a] == group[b], group[b] == group[c], group[a] == group[c])
            role = {
                (True, True, True): "coordinator",
                (False, False, True): "consultant",
                (False, True, False): "gatekeeper",
                (True, False, False): "representative",
                (False, False, False): "liaison",
            }[same]
            expected[b][role] += 1
    assert roles(graph, group) == expected
    assert sum(counted.total() for counted in expected.values()) > 50
    assert set().union(*expected.values()) == set(ROLES)


def test_a_node_without_a_province_is_a_group_of_its_own() -> None:
    graph: Any = nx.DiGraph()
    graph.add_node("全总", level="national", province="")
    graph.add_node("海员", level="national", province="")
    graph.add_node("甲", level="county", province="浙江省")
    graph.add_node("乙", level="grassroots", province="")
    found = groups(graph, "province")
    assert found["全总"] == found["海员"]
    assert found["甲"] == "浙江省"
    assert len(set(found.values())) == 3
    assert groups(graph, "level")["乙"] == "grassroots"


def test_redundancy_of_a_two_mode_network() -> None:
    """Two unions with both types, one with one of them: each type's pairs of unions are tied by the other but one."""
    graph: Any = nx.Graph([("u1", "t1"), ("u1", "t2"), ("u2", "t1"), ("u2", "t2"), ("u3", "t1")])
    found = redundancy(graph)
    assert found["t1"] == pytest.approx(1 / 3)  # of u1-u2, u1-u3, u2-u3 only the first is tied by t2
    assert found["t2"] == 1
    assert found["u3"] is None
