"""Adoption curves fitted to the cumulated share of adopters: logistic and Bass.

Fitted by least squares with the Levenberg-Marquardt method, as `nls` and scipy's `curve_fit` do. A curve through few
points says little: results carry how many periods and adopters they rest on and how well they fit.

References
----------
Griliches (1957), Hybrid corn, Econometrica 25(4), for the logistic curve of diffusion.
Bass (1969), A new product growth for model consumer durables, Management Science 15(5).
Moré (1978), The Levenberg-Marquardt algorithm: implementation and theory, Numerical Analysis, LNM 630.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from unionkg.errors import InputError
from unionkg.language import say

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

_ROUNDS = 500


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted curve: its parameters by name, the sum of squared residuals, R squared, and the number of periods."""

    parameters: dict[str, float]
    residual: float
    r_squared: float
    n: int


def logistic(time: Any, ceiling: float, rate: float, midpoint: float) -> Array:
    """Cumulated share of a logistic curve: ceiling / (1 + exp(-rate (time - midpoint)))."""
    import numpy as np

    curve: Array = ceiling / (1 + np.exp(-rate * (np.asarray(time, float) - midpoint)))
    return curve


def bass(time: Any, p: float, q: float) -> Array:
    """Cumulated share of the Bass curve; p is innovation (from outside), q imitation (from earlier adopters)."""
    import numpy as np

    fading = np.exp(-(p + q) * np.asarray(time, float))
    curve: Array = (1 - fading) / (1 + q / p * fading)
    return curve


def fit_logistic(time: Any, share: Any) -> Fit:
    """Fit ceiling, rate and midpoint of a logistic curve.

    Parameters
    ----------
    time, share : array, shape (periods,)
        Periods and the cumulated share (or number) of adopters.

    Raises
    ------
    InputError
        There are fewer than four periods, nothing changes, or no fit is found.
    """
    import numpy as np

    when, seen = _checked(time, share, 4)
    top = float(seen.max())
    middle = float(when[int(np.argmax(seen >= top / 2))])
    span = float(when[-1] - when[0])
    return _fit(logistic, ("ceiling", "rate", "midpoint"), when, seen, (top, 4 / span, middle))


def fit_bass(time: Any, share: Any) -> Fit:
    """Fit p and q of the Bass curve; ``time`` counts from the launch (1 is the first period).

    Raises
    ------
    InputError
        There are fewer than three periods, nothing changes, or no fit is found.
    """
    when, seen = _checked(time, share, 3)
    return _fit(bass, ("p", "q"), when, seen, (max(float(seen[0]), 0.01), 0.3))


def _checked(time: Any, share: Any, least: int) -> tuple[Array, Array]:
    import numpy as np

    when, seen = np.asarray(time, float), np.asarray(share, float)
    if len(when) < least or seen.max() == seen.min():
        raise InputError(
            say(f"资料不足，未拟合：至少要有 {least} 个时期且有变化", f"too little to fit: {least} periods that differ")
        )
    return when, seen


def _fit(curve: Callable[..., Array], names: Sequence[str], time: Array, share: Array, start: Sequence[float]) -> Fit:
    """Levenberg-Marquardt with a numerical derivative."""
    import numpy as np

    def residuals(at: Array) -> Array:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return curve(time, *at) - share

    best, damping = np.array(start, float), 1e-3
    rest = residuals(best)
    for _ in range(_ROUNDS):
        step = np.sqrt(np.finfo(float).eps) * np.maximum(np.abs(best), 1e-8)
        slope = np.column_stack([(residuals(best + d) - residuals(best - d)) / (2 * d.max()) for d in np.diag(step)])
        normal, gradient = slope.T @ slope, slope.T @ rest
        moved = best - np.linalg.solve(normal + damping * np.diag(np.diag(normal) + 1e-12), gradient)
        new = residuals(moved)
        if np.isfinite(new).all() and new @ new <= rest @ rest:
            small = float(np.abs(moved - best).max()) <= 1e-12 * (1 + float(np.abs(best).max()))
            best, rest, damping = moved, new, damping / 10
            if small:
                break
        else:
            damping *= 10
            if damping > 1e12:
                break
    if not np.isfinite(best).all():
        raise InputError(say("没有拟合出曲线", "no curve fits"))
    spread = float(((share - share.mean()) ** 2).sum())
    residual = float(rest @ rest)
    return Fit(dict(zip(names, map(float, best), strict=True)), residual, 1 - residual / spread, len(time))


def takeover_time(fit: Fit) -> float:
    """For a logistic fit, the periods from 10 to 90 per cent of the ceiling (Griliches' and Rogers' measure of speed)."""
    return 2 * math.log(9) / fit.parameters["rate"]
