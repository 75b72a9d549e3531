from __future__ import annotations

import itertools
import math
import os
import random
import subprocess
import sys

import pytest

pytest.importorskip("networkx")
from unionkg.viz.layout import SPACING, positions


def cliques(count: int, size: int) -> list[tuple[int, int, float]]:
    """So many groups in which all are tied, in a ring with one tie from each to the next."""
    edges = []
    for group in range(count):
        first = group * size
        edges += [(a, b, 1.0) for a, b in itertools.combinations(range(first, first + size), 2)]
        edges.append((first, (first + size) % (count * size), 1.0))
    return edges


def test_no_node_lies_on_another() -> None:
    rng = random.Random(4)
    edges = [(rng.randrange(300), rng.randrange(300), 1.0) for _ in range(500)]
    points = positions(300, edges, [node % 3 > 0 for node in range(300)])
    closest = min(math.dist(a, b) for a, b in itertools.combinations(points, 2))
    assert closest > SPACING * 0.3


def test_what_belongs_together_stands_together() -> None:
    points = positions(48, cliques(6, 8), [True] * 48)
    within = [math.dist(points[a], points[b]) for a, b in itertools.combinations(range(48), 2) if a // 8 == b // 8]
    across = [math.dist(points[a], points[b]) for a, b in itertools.combinations(range(48), 2) if a // 8 != b // 8]
    assert max(within) < sum(across) / len(across)


@pytest.mark.parametrize(
    ("count", "edges"),
    [
        (0, []),
        (1, []),
        (1, [(0, 0, 1.0)]),
        (2, [(0, 1, 1.0)]),
        (5, []),
        (700, [(0, leaf, 1.0) for leaf in range(1, 700)]),
    ],
    ids=["empty", "one", "loop", "pair", "unconnected", "large star"],
)
def test_odd_graphs_get_distinct_places(count: int, edges: list[tuple[int, int, float]]) -> None:
    assert len(set(positions(count, edges, [True] * count))) == count


@pytest.mark.slow
def test_a_large_graph_stays_together() -> None:
    rng = random.Random(9)
    edges = [(node, rng.randrange(12), 1.0) for node in range(12, 2500)]  # everything hangs on a few hubs
    edges += [(node, rng.randrange(12, 2500), 1.0) for node in range(12, 2500)]
    points = positions(2500, edges, [True] * 2500)
    across = max(max(axis) - min(axis) for axis in zip(*points, strict=True))
    assert across < 4 * SPACING * math.sqrt(2500)


def test_many_small_islands_around_one_do_not_fly_apart() -> None:
    edges = [*cliques(300, 4), *((0, 4 * island + 1, 0.5) for island in range(1, 300))]
    points = positions(1200, edges, [True] * 1200)
    across = max(max(axis) - min(axis) for axis in zip(*points, strict=True))
    assert across < 6 * SPACING * math.sqrt(1200)


def test_others_take_places_near_what_they_belong_to() -> None:
    edges = [*cliques(4, 6), (0, 24, 1.0), (12, 25, 1.0)]
    points = positions(26, edges, [True] * 24 + [False] * 2)
    for node, anchor in ((24, 0), (25, 12)):
        assert math.dist(points[node], points[anchor]) < 4 * SPACING
    assert points[:24] == positions(24, edges[:-2], [True] * 24)  # nothing moves for them


def test_the_places_do_not_depend_on_the_process() -> None:
    code = (
        "import random; from unionkg.viz.layout import positions; r = random.Random(2);"
        "print(positions(200, [(r.randrange(200), r.randrange(200), 1.0) for _ in range(320)], [True] * 200))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
