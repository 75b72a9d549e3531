"""Where nodes stand: islands of what belongs together, the same at every run.

Communities are found first (Louvain: Blondel et al. 2008), each is laid out by forces of its own (Fruchterman &
Reingold 1991), and the islands are packed like coins, the closely tied ones side by side, each turned towards its
neighbours. So a graph of thousands keeps its parts apart, and costs the square of a part's size, not of the whole's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Points = np.ndarray[Any, np.dtype[np.float64]]

#: Distance that nodes keep, in units of the picture.
SPACING = 58.0
#: The largest part that is laid out by forces in one piece (time and memory go with its square).
_PIECE = 500
_STEPS = 160
_SEED = 20170531

Edge = tuple[int, int, float]


def positions(count: int, edges: Sequence[Edge], first: Sequence[bool]) -> list[tuple[int, int]]:
    """Lay out a graph.

    Parameters
    ----------
    count : int
        Number of nodes; they are 0 … count - 1.
    edges : sequence of (int, int, float)
        Ends and weight.
    first : sequence of bool
        Which nodes the picture opens with. They are laid out by themselves; the others take free places near the
        nodes they belong to, so that the first view has no holes and nothing moves when they appear.

    Returns
    -------
    list of (int, int)
        x and y of every node, y downwards.
    """
    import numpy as np

    main = [node for node in range(count) if first[node]] or list(range(count))
    place = {node: position for position, node in enumerate(main)}
    within = [(place[a], place[b], weight) for a, b, weight in edges if a in place and b in place]
    points = np.zeros((count, 2))
    points[main] = _islands(len(main), within)
    _fill_in(points, set(main), edges)
    return [(int(x), int(y)) for x, y in np.rint(points)]


def _islands(count: int, edges: Sequence[Edge]) -> Points:
    import networkx as nx
    import numpy as np

    if count == 0:
        return np.zeros((0, 2))
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(count))
    for a, b, weight in edges:
        if a != b:
            graph.add_edge(a, b, weight=weight + (graph[a][b]["weight"] if graph.has_edge(a, b) else 0.0))
    alone = sorted(nx.isolates(graph))
    tied = graph.subgraph([node for node in range(count) if graph.degree(node)])
    found = nx.community.louvain_communities(tied, weight="weight", seed=_SEED) if len(tied) else []
    parts = sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))
    shapes = [_part(graph, part, split=len(parts) > 1) for part in parts]
    if alone:
        parts.append(alone)
        shapes.append(_block(len(alone)))
    if len(parts) == 1:
        return shapes[0][np.argsort(parts[0])]
    centres = _packed(parts, shapes, graph)
    points = np.zeros((count, 2))
    for part, shape, centre in zip(parts, shapes, centres, strict=True):
        points[part] = shape + centre
    _turn(points, parts, centres, graph)
    return points


def _part(graph: Any, part: Sequence[int], *, split: bool) -> Points:
    place = {node: position for position, node in enumerate(part)}
    edges = [(place[a], place[b], data["weight"]) for a, b, data in graph.subgraph(part).edges(data=True)]
    edges.sort()
    if len(part) > _PIECE:
        # A large part becomes islands again; one that no longer splits (a star) is wound up from its hub.
        return _islands(len(part), edges) if split else _spiral(len(part), edges)
    return _forces(len(part), edges)


def _degrees(count: int, edges: Sequence[Edge]) -> Points:
    import numpy as np

    counted = np.zeros(count)
    for a, b, _ in edges:
        counted[a] += 1
        counted[b] += 1
    return counted


def _spiral(count: int, edges: Sequence[Edge]) -> Points:
    """Nodes on a sunflower's spiral, the best connected inmost."""
    import numpy as np

    order = np.argsort(-_degrees(count, edges), kind="stable")
    turn = np.arange(count) * 2.399963229728653  # the golden angle
    radius = SPACING * 0.62 * np.sqrt(np.arange(count))
    points = np.zeros((count, 2))
    points[order] = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    return points


def _block(count: int) -> Points:
    """Nodes without relationships, in rows."""
    import numpy as np

    width = max(1, int(np.ceil(np.sqrt(count * 1.6))))
    numbers = np.arange(count)
    points = np.stack([numbers % width, numbers // width], axis=1) * SPACING * 1.1
    return np.asarray(points - points.mean(axis=0))


def _forces(count: int, edges: Sequence[Edge]) -> Points:
    import numpy as np

    points = _spiral(count, edges)
    if count < 3 or not edges:
        return points
    starts = np.array([a for a, _, _ in edges])
    ends = np.array([b for _, b, _ in edges])
    weights = np.array([weight for _, _, weight in edges])
    weights = 0.35 + 0.65 * weights / weights.max()
    heat = SPACING * np.sqrt(count) / 3
    for step in range(_STEPS):
        apart = points[:, None, :] - points[None, :, :]
        square = (apart**2).sum(axis=2) + 1e-6
        push = (apart * (SPACING**2 / square)[:, :, None]).sum(axis=1)
        along = points[ends] - points[starts]
        pull = along * (np.sqrt((along**2).sum(axis=1)) / SPACING * weights)[:, None]
        np.add.at(push, starts, pull)
        np.add.at(push, ends, -pull)
        push -= points * 0.12
        length = np.sqrt((push**2).sum(axis=1)) + 1e-9
        points = points + push / length[:, None] * np.minimum(length, heat * (1 - step / _STEPS))[:, None]
    # Forces leave long arms and empty corners; as much room as the nodes need, and no node on another.
    points -= points.mean(axis=0)
    spread = np.sqrt((points**2).sum(axis=1).mean()) + 1e-9
    points = points * min(1.0, SPACING * 0.62 * np.sqrt(count) / spread)
    points = _apart(points, np.full(count, SPACING * 0.5))
    return np.asarray(points - points.mean(axis=0))


def _apart(points: Points, radii: Points, steps: int = 60, pull: float = 0.0) -> Points:
    """Push circles off each other; ``pull`` draws them towards the middle meanwhile."""
    import numpy as np

    reach = radii[:, None] + radii[None, :]
    for _ in range(steps):
        gap = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2)) + 1e-9
        overlap = np.maximum(reach - distance, 0)
        np.fill_diagonal(overlap, 0)
        if not pull and overlap.max() < 1:
            break
        push = (gap / distance[:, :, None] * (overlap * 0.5)[:, :, None]).sum(axis=1)
        # In a crowd the pushes add up; a step longer than the circle itself would throw it out, and the next back.
        length = np.sqrt((push**2).sum(axis=1)) + 1e-9
        points = points * (1 - pull) + push * np.minimum(1, radii / length)[:, None]
    return points


def _packed(parts: Sequence[Sequence[int]], shapes: Sequence[Points], graph: Any) -> Points:
    """Centres of the islands: tied ones near each other, none over another."""
    import numpy as np

    radii = np.array([np.sqrt((shape**2).sum(axis=1)).max() + SPACING * 0.75 for shape in shapes])
    part_of = {node: number for number, part in enumerate(parts) for node in part}
    ties: dict[tuple[int, int], float] = defaultdict(float)
    for a, b, data in graph.edges(data=True):
        one, other = sorted((part_of[a], part_of[b]))
        if one != other:
            ties[one, other] += data["weight"]
    count = len(parts)
    angle = np.arange(count) * 2.399963229728653
    far = np.sqrt(np.cumsum(radii**2))
    points = np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1)
    points[0] = 0
    pairs = sorted(ties)
    if pairs:
        starts, ends = np.array(pairs).T
        strength = np.sqrt(np.array([ties[pair] for pair in pairs]))
        load = np.zeros(count)
        np.add.at(load, starts, strength)
        np.add.at(load, ends, strength)
        for step in range(200):
            along = points[ends] - points[starts]
            distance = np.sqrt((along**2).sum(axis=1)) + 1e-9
            spare = np.maximum(distance - radii[starts] - radii[ends], 0) / distance
            move = along * (spare * strength * 0.5 * (1 - step / 200))[:, None]
            # Shares of an island's ties: with their sum, one that is tied to hundreds would overshoot ever further.
            np.add.at(points, starts, move / load[starts][:, None])
            np.add.at(points, ends, -move / load[ends][:, None])
            points = _apart(points, radii, steps=1, pull=0.006)
    # A screen is wider than high: what is pulled in harder from above and below lies flatter.
    for _ in range(25):
        points[:, 1] *= 0.985
        points = _apart(points, radii, steps=1, pull=0.004)
    return _apart(points, radii, steps=400)


def _turn(points: Points, parts: Sequence[Sequence[int]], centres: Points, graph: Any) -> None:
    """Turn every island so that its outward ties are short (the rotation that fits best, in closed form)."""
    import numpy as np

    part_of = {node: number for number, part in enumerate(parts) for node in part}
    for number, part in enumerate(parts):
        centre = centres[number]
        dot = cross = 0.0
        for node in part:
            x, y = points[node] - centre
            for other in sorted(graph[node]):
                if part_of[other] != number:
                    u, v = points[other] - centre
                    dot += x * u + y * v
                    cross += x * v - y * u
        if dot or cross:
            angle = np.arctan2(cross, dot)
            turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            points[part] = (points[part] - centre) @ turn.T + centre


def _fill_in(points: Points, placed: set[int], edges: Sequence[Edge]) -> None:
    """Give every other node the free place nearest to the middle of the placed nodes it is tied to."""
    cell = SPACING * 0.8
    ties: dict[int, list[int]] = defaultdict(list)
    for a, b, _ in edges:
        ties[a].append(b)
        ties[b].append(a)
    taken: set[tuple[int, int]] = set()
    for node in placed:
        x, y = points[node] / cell
        taken.update((int(x + dx), int(y + dy)) for dx in (-0.5, 0.5) for dy in (-0.5, 0.5))
    lowest = points[:, 1].max(initial=0.0) + 2 * SPACING
    for node in sorted(set(range(len(points))) - placed, key=lambda node: (-len(ties[node]), node)):
        anchors = [other for other in ties[node] if other in placed]
        middle = points[anchors].mean(axis=0) if anchors else (0.0, lowest)
        column, row = round(float(middle[0]) / cell), round(float(middle[1]) / cell)
        column, row = _free(column, row, taken)
        taken.add((column, row))
        placed.add(node)
        # Off the grid by a little that depends on the node alone: rows and columns would look like a table.
        points[node] = (column + ((node * 37) % 19 - 9) / 60) * cell, (row + ((node * 53) % 17 - 8) / 60) * cell


def _free(column: int, row: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    if (column, row) not in taken:
        return column, row
    ring = 0
    while True:
        ring += 1
        edge = [(column + i, row + side) for i in range(-ring, ring + 1) for side in (-ring, ring)]
        edge += [(column + side, row + i) for i in range(-ring + 1, ring) for side in (-ring, ring)]
        free = [spot for spot in edge if spot not in taken]
        if free:
            return min(free, key=lambda spot: ((spot[0] - column) ** 2 + (spot[1] - row) ** 2, spot))
