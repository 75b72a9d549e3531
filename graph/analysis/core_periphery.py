"""Core and periphery: whether a network has a part that is tied all over, and a rest that is not tied to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from unionkg.graph.analysis.communities import is_two_mode

if TYPE_CHECKING:
    from unionkg.graph.analysis.network_graph import Graph

#: Above so many nodes the search is a short one: fewer beginnings, and nodes change sides only one at a time.
MOST_EXCHANGES = 400
#: Above so many no core is looked for: the search takes time with the square of the nodes.
MOST_NODES = 3000
#: From how many cores the search starts, and of how many nodes the neighbours are tried as one.
_STARTS, _NEIGHBOURHOODS = 20, 50
_FEW_STARTS = 3

#: Fits that differ by less are equal.
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """A core, and how well the network fits it.

    Attributes
    ----------
    core : frozenset of str
        Empty where the network is too small or too regular to have one, or above `MOST_NODES`.
    fit : float or None
        Correlation of the weights of ties with the ideal pattern, from -1 to 1.
    within_core, between, within_periphery : float or None
        Mean weight of the pairs of each block, those without a tie as 0; None where a block has no pair.
    """

    core: frozenset[str]
    fit: float | None
    within_core: float | None
    between: float | None
    within_periphery: float | None


@dataclass(slots=True)
class _Split:
    """A core under way, with what the correlation is made of: over pairs in the core, then in the periphery.

    ``sums`` are of weights, ``squares`` of their squares; ``to_core`` and ``square_to_core`` are every node's with the
    core.
    """

    core: set[str]
    to_core: dict[str, float]
    square_to_core: dict[str, float]
    sums: list[float] = field(default_factory=lambda: [0.0, 0.0])
    squares: list[float] = field(default_factory=lambda: [0.0, 0.0])
    sizes: list[int] = field(default_factory=lambda: [0, 0])


@dataclass(frozen=True, slots=True)
class _Weights:
    """The network undirected: weights by pair, every node's total and total of squares, its mode and the modes' sizes."""

    of: Mapping[str, Mapping[str, float]]
    total: Mapping[str, float]
    square: Mapping[str, float]
    mode: Mapping[str, int]
    nodes: tuple[int, int]
    two_mode: bool


def core_periphery(graph: Graph) -> CorePeriphery:
    """Find the core that the network fits best: the discrete model of Borgatti and Everett.

    The ideal pattern ties every pair within the core and none within the periphery; pairs between the two are left
    out of the correlation (their equation 5). Weights count as they are, directions do not. In two-mode networks only
    pairs of different modes count. The search starts from the strongest nodes and their neighbourhoods and moves, then exchanges,
    nodes while the fit rises; it is the same on every run, and need not find the best core of a large network.

    A best core is found in any network, in a random one as well: the fit tells whether it means anything.

    References
    ----------
    Borgatti, S. P. and Everett, M. G. (2000). Models of core/periphery structures. Social Networks 21(4), 375-395.
    """
    known = _weights(graph)
    order = sorted(graph, key=lambda node: (-known.total[node], node))
    starts = _starts(order, known) if len(order) <= MOST_NODES else []
    if not starts:
        return CorePeriphery(frozenset(), None, None, None, None)
    splits = [_climbed(_split(core, known), known) for core in starts]
    best = max(splits, key=lambda split: (round(_reached(split), 9), len(split.core), sorted(split.core)))
    return _described(best, known)


def fit_of(graph: Graph, core: Iterable[str]) -> float | None:
    """How well the network fits a core that is given; None where nothing can be said (see `core_periphery`)."""
    return _fit(_split(set(core), _weights(graph)))


def _weights(graph: Graph) -> _Weights:
    of: dict[str, dict[str, float]] = {node: {} for node in sorted(graph)}
    for one, other, weight in graph.edges(data="weight", default=1):
        if one != other:
            of[one][other] = of[one].get(other, 0.0) + weight
            of[other][one] = of[one][other]
    kinds = sorted({told.get("kind", "") for _, told in graph.nodes(data=True)})
    two_mode = is_two_mode(graph)
    mode = {node: kinds.index(graph.nodes[node].get("kind", "")) if two_mode else 0 for node in of}
    second = sum(mode.values())
    return _Weights(
        of,
        {node: sum(ties.values()) for node, ties in of.items()},
        {node: sum(weight * weight for weight in ties.values()) for node, ties in of.items()},
        mode,
        (len(of) - second, second),
        two_mode,
    )


def _starts(order: list[str], known: _Weights) -> list[set[str]]:
    """The best of the simple cores: the strongest nodes, as many as may be, and each of them with its neighbours."""
    if known.two_mode:  # each mode in its own order, in step
        modes = [[node for node in order if known.mode[node] == mode] for mode in (0, 1)]
        place = {node: at / len(mode) for mode in modes for at, node in enumerate(mode)}
        order = sorted(order, key=place.__getitem__)
    cores: dict[frozenset[str], float] = {}
    split = _split(set(), known)
    for node in order:
        _move(split, node, known)
        cores[frozenset(split.core)] = _reached(split)
    for node in order[:_NEIGHBOURHOODS]:
        core = {node, *known.of[node]}
        cores[frozenset(core)] = _reached(_split(core, known))
    most = _STARTS if len(order) <= MOST_EXCHANGES else _FEW_STARTS
    fitting = sorted(cores, key=lambda core: (-round(cores[core], 9), len(core), sorted(core)))
    return [set(core) for core in fitting if cores[core] > -1.0][:most]


def _split(core: set[str], known: _Weights) -> _Split:
    split = _Split(set(), dict.fromkeys(known.of, 0.0), dict.fromkeys(known.of, 0.0))
    split.sums[1] = sum(known.total.values()) / 2
    split.squares[1] = sum(known.square.values()) / 2
    _count(split, known)
    for node in sorted(core):
        _move(split, node, known)
    return split


def _move(split: _Split, node: str, known: _Weights) -> None:
    """Move a node to the other side."""
    sums, squares = _after(split, (node,), known)
    split.sums, split.squares = list(sums), list(squares)
    sign = -1.0 if node in split.core else 1.0
    split.core ^= {node}
    for other, weight in known.of[node].items():
        split.to_core[other] += sign * weight
        split.square_to_core[other] += sign * weight * weight
    _count(split, known)


def _count(split: _Split, known: _Weights) -> None:
    second = sum(known.mode[node] for node in split.core) if known.two_mode else 0
    split.sizes = list(_sizes((len(split.core) - second, second), known))


def _sizes(core: tuple[int, int], known: _Weights) -> tuple[int, int]:
    """How many pairs core and periphery have, with so many core nodes of each mode."""
    rest = known.nodes[0] - core[0], known.nodes[1] - core[1]
    if known.two_mode:
        return core[0] * core[1], rest[0] * rest[1]
    return core[0] * (core[0] - 1) // 2, rest[0] * (rest[0] - 1) // 2


def _after(split: _Split, nodes: tuple[str, ...], known: _Weights) -> tuple[tuple[float, float], tuple[float, float]]:
    """Sums and sums of squares of both blocks after one node, or a core and a periphery node, changed sides."""
    sums, squares = list(split.sums), list(split.squares)
    for node in nodes:
        sign = -1.0 if node in split.core else 1.0
        sums[0] += sign * split.to_core[node]
        sums[1] -= sign * (known.total[node] - split.to_core[node])
        squares[0] += sign * split.square_to_core[node]
        squares[1] -= sign * (known.square[node] - split.square_to_core[node])
    if len(nodes) == 2 and nodes[1] in known.of[nodes[0]]:
        weight = known.of[nodes[0]][nodes[1]]
        for side in (0, 1):  # their own tie lies between the blocks before and after
            sums[side] -= weight
            squares[side] -= weight * weight
    return (sums[0], sums[1]), (squares[0], squares[1])


def _fit(split: _Split) -> float | None:
    return _correlation((split.sums[0], split.sums[1]), (split.squares[0], split.squares[1]), split.sizes)


def _reached(split: _Split) -> float:
    fit = _fit(split)
    return -1.0 if fit is None else fit


def _correlation(sums: tuple[float, float], squares: tuple[float, float], sizes: Iterable[int]) -> float | None:
    """Of weights with 1 for pairs of the core and 0 for pairs of the periphery; None without both, or all alike."""
    ones, zeros = sizes
    if not ones or not zeros:
        return None
    count = ones + zeros
    mean = sum(sums) / count
    variance = sum(squares) / count - mean * mean
    if variance < 1e-12:
        return None
    return (sums[0] / count - ones / count * mean) / sqrt(variance * ones * zeros / count**2)


def _climbed(split: _Split, known: _Weights) -> _Split:
    """Change sides, one node at a time and then two in exchange, as long as the fit rises.

    Last come the nodes that cost no fit: of cores that fit equally well the larger one is meant.
    """
    nodes = sorted(known.of)
    while better := _better(split, nodes, known):
        for node in better:
            _move(split, node, known)
    while joining := _best(
        split, ((node,) for node in nodes if node not in split.core), known, _reached(split) - 2 * _EQUAL
    ):
        _move(split, joining[0], known)
    return split


def _better(split: _Split, nodes: list[str], known: _Weights) -> tuple[str, ...] | None:
    here = _reached(split)
    better = _best(split, ((node,) for node in nodes), known, here)
    if better is None and len(nodes) <= MOST_EXCHANGES:
        inner, outer = sorted(split.core), [node for node in nodes if node not in split.core]
        better = _best(split, ((one, other) for one in inner for other in outer), known, here)
    return better


def _best(split: _Split, tries: Iterable[tuple[str, ...]], known: _Weights, here: float) -> tuple[str, ...] | None:
    """The change that makes the fit best; None if none makes it better."""
    second = sum(known.mode[node] for node in split.core) if known.two_mode else 0
    core = [len(split.core) - second, second]
    best: tuple[str, ...] | None = None
    for nodes in tries:
        after = list(core)
        for node in nodes:
            after[known.mode[node]] += -1 if node in split.core else 1
        sums, squares = _after(split, nodes, known)
        fit = _correlation(sums, squares, _sizes((after[0], after[1]), known))
        if fit is not None and fit > here + _EQUAL:
            best, here = nodes, fit
    return best


def _described(split: _Split, known: _Weights) -> CorePeriphery:
    rest = sum(_sizes(known.nodes, known)) - sum(split.sizes)
    crossing = sum(known.total.values()) / 2 - sum(split.sums)
    return CorePeriphery(
        frozenset(split.core),
        _fit(split),
        split.sums[0] / split.sizes[0] if split.sizes[0] else None,
        crossing / rest if rest else None,
        split.sums[1] / split.sizes[1] if split.sizes[1] else None,
    )
