"""Discrete-time event history: what raises the chance that a unit adopts in a year, given that it has not yet.

Rows are unit-years at risk. A unit leaves the risk set with its adoption or when it is no longer observed, so those
that never adopt are right-censored and count as long as they are seen.

References
----------
Allison (1982), Discrete-time methods for the analysis of event histories, Sociological Methodology 13.
Berry & Berry (1990), State lottery adoptions as policy innovations, American Political Science Review 84(2).
Cameron & Miller (2015), A practitioner's guide to cluster-robust inference, Journal of Human Resources 50(2).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from unionkg.errors import InputError
from unionkg.language import say

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

Link = Literal["logit", "probit", "cloglog"]
_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Term:
    """A factor's coefficient, its standard error (robust where clusters are given), z and two-sided p."""

    name: str
    coefficient: float
    error: float
    z: float
    p: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A fitted model: its terms, unit-years, events, clusters (0: classical errors), log-likelihood and AIC."""

    terms: tuple[Term, ...]
    n: int
    events: int
    clusters: int
    log_likelihood: float
    aic: float


def fit(
    factors: Any,
    event: Any,
    names: Sequence[str],
    *,
    link: Link = "logit",
    clusters: Sequence[object] | None = None,
) -> Estimate:
    """Maximum likelihood by iteratively reweighted least squares.

    Parameters
    ----------
    factors : array, shape (unit-years, factors)
        Without a constant; one is added as the first term.
    event : array of 0 and 1, shape (unit-years,)
    names : sequence of str
    link : {"logit", "probit", "cloglog"}
        The complementary log-log is the discrete form of proportional hazards.
    clusters : sequence, optional
        The unit of each row: errors allow for dependence within it, with the usual small-sample factor
        G/(G-1) (N-1)/(N-K), as statsmodels.

    Raises
    ------
    InputError
        Factors are collinear, separate the events perfectly, or there is no event or nothing but events.
    """
    import numpy as np

    y = np.asarray(event, float)
    x = np.column_stack([np.ones(len(y)), np.asarray(factors, float).reshape(len(y), -1)])
    if not 0 < y.sum() < len(y):
        raise InputError(say("资料不足，未估计：要有发生和未发生的年份", "nothing to estimate: events and non-events"))
    if same := [name for name, column in zip(names, x[:, 1:].T, strict=True) if np.ptp(column) == 0]:
        raise InputError(
            say(
                f"因素 {same[0]} 处处相同，无法估计",
                f"the factor {same[0]} is the same everywhere: nothing to estimate",
            ),
            hint=say("去掉这个因素", "leave it out"),
        )
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise InputError(
            say("有的因素可由其他因素推出，无法分开估计", "factors are collinear"),
            hint=say("去掉一个因素", "leave one of them out"),
        )
    beta = np.zeros(x.shape[1])
    mean = (y + 0.5) / 2
    for _ in range(_ROUNDS):
        linear = x @ beta if beta.any() else _forward(mean, link)
        mean = _mean(linear, link)
        slope = _slope(linear, link)
        weight = slope**2 / (mean * (1 - mean))
        working = linear + (y - mean) / slope
        gram = x.T @ (weight[:, None] * x)
        new = np.linalg.solve(gram, x.T @ (weight * working))
        moved = float(np.abs(new - beta).max())
        beta = new
        if moved < 1e-10 * (1 + float(np.abs(beta).max())):
            break
        if float(np.abs(x @ beta).max()) > 500:
            break
    linear = x @ beta
    mean, slope = _mean(linear, link), _slope(linear, link)
    if float(np.where(y > 0, mean, 1 - mean).min()) > 1 - 1e-6:
        raise InputError(
            say(
                "某个因素把发生与未发生完全分开，估计不存在",
                "a factor separates the events perfectly: no estimate exists",
            )
        )
    bread = np.linalg.inv(x.T @ ((slope**2 / (mean * (1 - mean)))[:, None] * x))
    score = ((y - mean) * slope / (mean * (1 - mean)))[:, None] * x
    groups = 0
    covariance = bread
    if clusters is not None:
        covariance, groups = _sandwich(bread, score, clusters)
    likelihood = float((y * np.log(mean) + (1 - y) * np.log(1 - mean)).sum())
    errors = np.sqrt(np.diag(covariance))
    terms = tuple(
        Term(name, float(b), float(e), float(b / e), math.erfc(abs(b / e) / math.sqrt(2)))
        for name, b, e in zip(("constant", *names), beta, errors, strict=True)
    )
    return Estimate(terms, len(y), int(y.sum()), groups, likelihood, 2 * len(beta) - 2 * likelihood)


def _sandwich(bread: Array, score: Array, clusters: Sequence[object]) -> tuple[Array, int]:
    """Cluster-robust covariance and the number of clusters."""
    import numpy as np

    _, group = np.unique(np.asarray([str(c) for c in clusters]), return_inverse=True)
    number = int(group.max()) + 1
    if number < 2:
        raise InputError(say("只有一个聚类，无法计算稳健标准误", "one cluster gives no robust errors"))
    sums = np.zeros((number, score.shape[1]))
    np.add.at(sums, group, score)
    n, k = score.shape
    covariance: Array = bread @ (sums.T @ sums) @ bread * (number / (number - 1) * (n - 1) / (n - k))
    return covariance, number


def _forward(mean: Array, link: Link) -> Array:
    """The linear predictor of a mean, to start from."""
    import numpy as np

    if link == "cloglog":
        start: Array = np.log(-np.log(1 - mean))
        return start
    start = np.log(mean / (1 - mean))
    return start if link == "logit" else start / 1.6


def _mean(linear: Array, link: Link) -> Array:
    import numpy as np

    if link == "logit":
        mean = 1 / (1 + np.exp(-np.clip(linear, -700, 700)))
    elif link == "probit":
        mean = np.array([0.5 * math.erfc(-v / math.sqrt(2)) for v in linear])
    else:
        mean = -np.expm1(-np.exp(np.clip(linear, -700, 50)))
    clipped: Array = np.clip(mean, 1e-12, 1 - 1e-12)
    return clipped


def _slope(linear: Array, link: Link) -> Array:
    """Derivative of the mean by the linear predictor."""
    import numpy as np

    if link == "logit":
        mean = _mean(linear, link)
        slope: Array = mean * (1 - mean)
    elif link == "probit":
        slope = np.exp(-(linear**2) / 2) / math.sqrt(2 * math.pi)
    else:
        slope = np.exp(np.clip(linear, -700, 50) - np.exp(np.clip(linear, -700, 50)))
    return np.maximum(slope, 1e-300)
