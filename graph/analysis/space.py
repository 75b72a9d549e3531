"""Spatial autocorrelation: whether neighbours are more alike than places are by chance.

Weights are a square array ``weights[i, j]``, how much j counts for i, usually with rows that sum to 1.

References
----------
Moran (1950), Notes on continuous stochastic phenomena, Biometrika 37. Cliff & Ord (1981), Spatial processes.
Anselin (1995), Local indicators of spatial association - LISA, Geographical Analysis 27(2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]
_EARTH = 6371.0088
"""Mean radius in kilometres."""
_TIE = 1e-9
"""Statistics that differ by less are equal: zeros and ones dealt out anew give the same value by other roundings."""


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's I of ``n`` places with what it rests on.

    ``expected``, ``deviation`` and the two-sided ``p_normal`` hold under randomisation (Cliff & Ord); ``p`` is the share
    of ``permutations`` that give as much or more, None without any.
    """

    n: int
    value: float
    expected: float
    deviation: float
    p_normal: float
    p: float | None = None
    permutations: int = 0


def row_normalised(weights: Any) -> Array:
    """Weights whose rows sum to 1; a place without neighbours keeps zeros."""
    import numpy as np

    array = np.asarray(weights, float)
    total = array.sum(axis=1, keepdims=True)
    shares: Array = np.divide(array, total, out=np.zeros_like(array), where=total > 0)
    return shares


def adjacency_weights(places: Sequence[str], neighbours: Mapping[str, Sequence[str]]) -> Array:
    """Row-normalised weights of places that touch.

    Parameters
    ----------
    places : sequence of str
    neighbours : mapping
        Place -> places that it touches; others than ``places`` do not count.
    """
    import numpy as np

    at = {place: number for number, place in enumerate(places)}
    weights = np.zeros((len(places), len(places)))
    for place, others in neighbours.items():
        for other in others:
            if place in at and other in at and place != other:
                weights[at[place], at[other]] = 1
    return row_normalised(weights)


def great_circle(longitude: Any, latitude: Any) -> Array:
    """Distances between places in kilometres (haversine), shape (places, places)."""
    import numpy as np

    east, north = np.radians(np.asarray(longitude, float)), np.radians(np.asarray(latitude, float))
    height = np.sin((north[:, None] - north) / 2) ** 2
    width = np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    distance: Array = 2 * _EARTH * np.arcsin(np.sqrt(np.clip(height + width, 0, 1)))
    return distance


def nearest_weights(distances: Any, k: int = 5) -> Array:
    """Row-normalised weights of the k nearest places; of equally near ones the first."""
    import numpy as np

    array = np.asarray(distances, float).copy()
    np.fill_diagonal(array, np.inf)
    weights = np.zeros_like(array)
    nearest = np.argsort(array, axis=1, kind="stable")[:, :k]
    np.put_along_axis(weights, nearest, 1.0, axis=1)
    return row_normalised(weights)


def path_weights(ties: Any, steps: int = 6) -> Array:
    """Row-normalised weights 1/d, d the length of the shortest directed path of at most ``steps`` ties.

    The weights of netdiffuseR's `moran` (Vega Yon & Valente).
    """
    import numpy as np

    step = np.asarray(ties, float) > 0
    reached = np.eye(len(step), dtype=bool)
    front, weights = reached, np.zeros(step.shape)
    for length in range(1, steps + 1):
        front = ((front.astype(np.float32) @ step.astype(np.float32)) > 0) & ~reached
        weights[front] = 1 / length
        reached = reached | front
    return row_normalised(weights)


def moran(values: Any, weights: Any, permutations: int = 0, seed: int = 0) -> Moran:
    """Moran's I.

    Parameters
    ----------
    values : array, shape (places,)
    weights : array, shape (places, places)
    permutations, seed
        How often values are dealt out anew for ``p``.

    Returns
    -------
    Moran
        NaN throughout where all values are equal.
    """
    import numpy as np

    z = np.asarray(values, float) - np.mean(values)
    w = np.asarray(weights, float)
    n, whole, square = len(z), w.sum(), float(z @ z)
    if not square or not whole:
        return Moran(n, math.nan, math.nan, math.nan, math.nan)
    value = n / whole * float(z @ w @ z) / square
    expected = -1 / (n - 1)
    s1 = ((w + w.T) ** 2).sum() / 2
    s2 = ((w.sum(axis=1) + w.sum(axis=0)) ** 2).sum()
    kurtosis = float((z**4).mean()) / (square / n) ** 2
    first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * whole**2)
    second = kurtosis * (n * (n - 1) * s1 - 2 * n * s2 + 6 * whole**2)
    variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * whole**2) - expected**2
    deviation = math.sqrt(variance) if variance > 0 else math.nan
    p_normal = math.erfc(abs(value - expected) / deviation / math.sqrt(2))
    p = None
    if permutations:
        random = np.random.default_rng(seed)
        dealt = np.array([(x := random.permutation(z)) @ w @ x for _ in range(permutations)]) * n / whole / square
        larger = int((dealt >= value - _TIE).sum())
        p = (larger + 1) / (permutations + 1)
    return Moran(n, value, expected, deviation, p_normal, p, permutations)


def local_moran(values: Any, weights: Any, permutations: int = 999, seed: int = 0) -> tuple[Array, Array]:
    """Local Moran of every place, and its pseudo p by conditional permutation (Anselin 1995).

    Returns
    -------
    array, shape (places,)
        The statistics; they sum to (places - 1) times Moran's I where rows sum to 1, as in esda.
    array, shape (places,)
        One-sided p values; NaN without permutations. Equal values count on either side, so that places with all or
        none of their neighbours (0 and 1 only, as with records) are not significant by that alone; in esda they count
        for the upper side only.
    """
    import numpy as np

    z = np.asarray(values, float) - np.mean(values)
    w = np.asarray(weights, float)
    n, square = len(z), float(z @ z)
    if not square:
        return np.full(n, np.nan), np.full(n, np.nan)
    scale = (n - 1) / square
    local = scale * z * (w @ z)
    p = np.full(n, np.nan)
    if permutations:
        most = int((w != 0).sum(axis=1).max(initial=0))
        random = np.random.default_rng(seed)
        # The same draws for every place, as in esda: which of the others become its neighbours.
        drawn = np.argsort(random.random((permutations, n - 1)), axis=1)[:, :most]
        for i in range(n):
            others = np.delete(z, i)
            near = np.flatnonzero(w[i])
            dealt = scale * z[i] * (others[drawn[:, : len(near)]] @ w[i, near])
            larger, smaller = int((dealt >= local[i] - _TIE).sum()), int((dealt <= local[i] + _TIE).sum())
            p[i] = (min(larger, smaller) + 1) / (permutations + 1)
    return local, p
