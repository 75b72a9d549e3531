"""Exposure and thresholds: how many of those whom a unit looks to had adopted before it did.

A network is a square array ``ties`` (units, units), ``ties[i, j]`` the weight of i looking to j. Times of adoption are
whole periods; a unit that had not adopted when the material ends is NaN (right-censored).

References
----------
Valente (1996), Social network thresholds in the diffusion of innovations, Social Networks 18(1).
Vega Yon & Valente, netdiffuseR: analysis of diffusion and contagion processes on networks (R package, 1.25.0).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]


def adopted(times: Any, periods: Sequence[int]) -> Array:
    """Whether each unit has adopted by each period.

    Parameters
    ----------
    times : array, shape (units,)
    periods : sequence of int

    Returns
    -------
    array of bool, shape (units, periods)
    """
    import numpy as np

    yet: Array = np.asarray(times, float)[:, None] <= np.asarray(periods)[None, :]
    return yet


def exposure(ties: Any, times: Any, periods: Sequence[int]) -> Array:
    """The weighted share of those whom a unit looks to that have adopted by each period (Valente 1996).

    Returns
    -------
    array, shape (units, periods)
        0 for a unit that looks to nobody.
    """
    import numpy as np

    weights = np.asarray(ties, float)
    total = weights.sum(axis=1, keepdims=True)
    seen = weights @ adopted(times, periods)
    share: Array = np.divide(seen, total, out=np.zeros_like(seen), where=total > 0)
    return share


def thresholds(ties: Any, times: Any, periods: Sequence[int]) -> Array:
    """Exposure of each unit in the period in which it adopted; NaN for those that did not (Valente 1996).

    Returns
    -------
    array, shape (units,)
    """
    import numpy as np

    when = np.asarray(times, float)
    place = {period: at for at, period in enumerate(periods)}
    seen = exposure(ties, times, periods)
    return np.array([seen[i, place[int(t)]] if t in place else np.nan for i, t in enumerate(when)])


def hazard(times: Any, periods: Sequence[int]) -> Array:
    """Of those that had not adopted before, the share that adopts in each period; 0 in the first period.

    Returns
    -------
    array, shape (periods,)
        0 where nobody was left.
    """
    import numpy as np

    when = np.asarray(times, float)
    new = np.array([(when == period).sum() for period in periods])
    left = len(when) - np.r_[0, np.cumsum(new)[:-1]]
    rate: Array = np.divide(new, left, out=np.zeros(len(new)), where=left > 0)
    rate[:1] = 0
    return rate


ADOPTER_CLASSES = ("Early Adopters", "Early Majority", "Late Majority", "Laggards")
"""Rogers' classes; innovators, the earliest of the early adopters, are one with them here as in netdiffuseR."""
THRESHOLD_CLASSES = ("Very Low Thresh.", "Low Thresh.", "High Thresh.", "Very High Thresh.")


def classes(values: Any, names: Sequence[str] = ADOPTER_CLASSES) -> list[str | None]:
    """Four classes, parted at the mean and one standard deviation before and behind it; None where there is no value.

    Of times of adoption these are Rogers' classes. Shares of classes say nothing where the material is a sample.

    References
    ----------
    Rogers (2003), Diffusion of innovations, 5th ed., ch. 7.
    """
    import numpy as np

    given = np.asarray(values, float)
    mean, deviation = np.nanmean(given), np.nanstd(given, ddof=1)
    bounds = (mean - deviation, mean, mean + deviation)
    return [None if np.isnan(x) else names[int(np.searchsorted(bounds, x, side="right"))] for x in given]
