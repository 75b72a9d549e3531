"""Adoption curves fitted to the cumulated share of adopters: logistic and Bass.

Fitted by least squares with the Levenberg-Marquardt method, as `nls` and scipy's `curve_fit` do. A curve through few
points says little: results carry how many periods and adopters they rest on and how well they fit.

References
----------
Griliches (1957), Hybrid corn, Econometrica 25(4), for the logistic curve of diffusion.
Bass (1969), A new product growth for model consumer durables, Management Science 15(5).
Srinivasan & Mason (1986), Nonlinear least squares estimation of new product diffusion models, Marketing Science 5(2).
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
    """A fitted curve.

    Attributes
    ----------
    parameters, errors : dict
        The parameters by name, and their standard errors as `nls` gives them, from the slopes at the fit and the
        residual variance. They take residuals for independent, which those of a cumulated share are not.
    residual, r_squared : float
        The sum of squared residuals, and R squared.
    n : int
        The number of periods.
    """

    parameters: dict[str, float]
    errors: dict[str, float]
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


def bass_number(time: Any, ceiling: float, p: float, q: float) -> Array:
    """Cumulated number of the Bass curve: ceiling times `bass`."""
    return ceiling * bass(time, p, q)


def fit_logistic(time: Any, share: Any) -> Fit:
    """Fit ceiling, rate and midpoint of a logistic curve.

    Parameters
    ----------
    time, share : array, shape (periods,)
        Periods and the cumulated share (or number) of adopters.

    Raises
    ------
    InputError
        There are fewer than four periods, nothing changes, no fit is found, or the periods do not tell the parameters
        apart.
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
        There are fewer than three periods, nothing changes, no fit is found, or the periods do not tell p from q.
    """
    when, seen = _checked(time, share, 3)
    return _fit(bass, ("p", "q"), when, seen, (max(float(seen[0]), 0.01), 0.3))


def fit_bass_number(time: Any, number: Any) -> Fit:
    """Fit ceiling, p and q of the Bass curve to cumulated numbers (Srinivasan & Mason 1986).

    For material that is a sample: how many there are who could adopt is estimated, not taken for known. ``time`` counts
    from the launch, as in `fit_bass`.

    Raises
    ------
    InputError
        There are fewer than four periods, nothing changes, no fit is found, or the periods do not tell the parameters
        apart.
    """
    when, seen = _checked(time, number, 4)
    return _fit(bass_number, ("ceiling", "p", "q"), when, seen, (float(seen.max()), 0.01, 0.3))


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

    def slopes(at: Array) -> Array:
        step = np.sqrt(np.finfo(float).eps) * np.maximum(np.abs(at), 1e-8)
        return np.column_stack([(residuals(at + d) - residuals(at - d)) / (2 * d.max()) for d in np.diag(step)])

    for _ in range(_ROUNDS):
        slope = slopes(best)
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
    errors = _errors(slopes(best), residual)
    if not all(map(math.isfinite, errors)):
        raise InputError(
            say("这些时期区分不出各参数（协方差矩阵奇异）", "the periods do not tell the parameters apart (singular)")
        )
    told = dict(zip(names, errors, strict=True))
    return Fit(dict(zip(names, map(float, best), strict=True)), told, residual, 1 - residual / spread, len(time))


def _errors(slope: Array, residual: float) -> list[float]:
    """Standard errors of the parameters; NaN where the periods do not tell them apart, or are too few."""
    import numpy as np

    periods, wanted = slope.shape
    normal = slope.T @ slope
    if periods <= wanted or not np.isfinite(normal).all() or np.linalg.matrix_rank(normal) < wanted:
        return [math.nan] * wanted
    return [float(e) for e in np.sqrt(np.diag(np.linalg.inv(normal)) * residual / (periods - wanted))]
