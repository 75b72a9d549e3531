"""Discrete-time event history: what raises the chance that a unit adopts in a year, given that it has not yet.

Rows are unit-years at risk. A unit leaves the risk set with its adoption or when it is no longer observed, so those
that never adopt are right-censored and count as long as they are seen.

References
----------
Albert & Anderson (1984), On the existence of maximum likelihood estimates in logistic regression models, Biometrika
71(1).
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
_MOVED = 1e-10
"""Solved where no coefficient of factors of one scale moves by more of the largest in a round."""
_WORSE, _HALVINGS = 1e-9, 30
"""A step after which the log-likelihood is smaller by more than this is halved, so many times at most."""
_LEAST = 1e-280
"""Probabilities and slopes are not taken for smaller, so that nothing is divided by 0."""
_BOUNDARY = 1e-6
"""A fitted probability that is this near to 0 or 1 while coefficients still move is on its way there."""
_PART = 0.05
"""A factor is told as part of a separation whose coefficient moves by more than this share of the fastest."""


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
    """Maximum likelihood by Fisher scoring (iteratively reweighted least squares).

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
        Factors are collinear or the same everywhere; a combination of them has events or non-events on one side only
        (separation and quasi-separation: no finite estimate exists, Albert & Anderson 1984), or no estimate is reached
        in so many rounds; there is no event, or nothing but events.
    """
    import numpy as np

    y = np.asarray(event, float)
    given = np.asarray(factors, float).reshape(len(y), -1)
    if not 0 < y.sum() < len(y):
        raise InputError(say("资料不足，未估计：要有发生和未发生的年份", "nothing to estimate: events and non-events"))
    if same := [name for name, column in zip(names, given.T, strict=True) if np.ptp(column) == 0]:
        raise InputError(
            say(
                f"因素 {same[0]} 处处相同，无法估计",
                f"the factor {same[0]} is the same everywhere: nothing to estimate",
            ),
            hint=say("去掉这个因素", "leave it out"),
        )
    # Centred and of one scale while it is solved, so that a raw year or a large number does not drown the others.
    centre, scale = given.mean(axis=0), given.std(axis=0)
    x = np.column_stack([np.ones(len(y)), (given - centre) / scale])
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise InputError(
            say("有的因素可由其他因素推出，无法分开估计", "factors are collinear"),
            hint=say("去掉一个因素", "leave one of them out"),
        )
    solved = _solved(x, y, names, link)
    score, root = _derivatives(x @ solved, y, link)
    bread = np.linalg.inv(x.T @ (root[:, None] ** 2 * x))
    groups = 0
    covariance = bread
    if clusters is not None:
        covariance, groups = _sandwich(bread, score[:, None] * x, clusters)
    back = np.diag(np.r_[1.0, 1 / scale])
    back[0, 1:] = -centre / scale
    beta, covariance = back @ solved, back @ covariance @ back.T
    likelihood = _likelihood(x @ solved, y, link)
    errors = np.sqrt(np.diag(covariance))
    terms = tuple(
        Term(name, float(b), float(e), float(b / e), math.erfc(abs(b / e) / math.sqrt(2)))
        for name, b, e in zip(("constant", *names), beta, errors, strict=True)
    )
    return Estimate(terms, len(y), int(y.sum()), groups, likelihood, 2 * len(beta) - 2 * likelihood)


def _solved(x: Array, y: Array, names: Sequence[str], link: Link) -> Array:
    """The coefficients at which the likelihood is largest; InputError where there are none.

    Where some combination of factors has events, or non-events, on one of its sides only, the likelihood grows without
    end along it (Albert & Anderson 1984): the steps never end, or the weights there vanish. The last step is that
    combination, and tells which factors it is made of.
    """
    import numpy as np

    beta: Array = np.zeros(x.shape[1])
    step = np.zeros(x.shape[1])
    beta[0] = _start(float(y.mean()), link)
    linear, reached = x @ beta, _likelihood(x @ beta, y, link)
    for _ in range(_ROUNDS):
        score, root = _derivatives(linear, y, link)
        try:
            change, _, rank, _ = np.linalg.lstsq(root[:, None] * x, score / root, rcond=None)
        except np.linalg.LinAlgError as error:
            raise _separated(step, names) from error
        if rank < x.shape[1] or not np.isfinite(change).all():
            raise _separated(step, names)
        if change @ step < -(step @ step) / 4:  # back nearly as far as it came: it goes round the maximum
            change /= 2
        new, halved = beta + change, 0
        while (there := _likelihood(x @ new, y, link)) < reached - _WORSE and halved < _HALVINGS:
            new, halved = (beta + new) / 2, halved + 1  # it went too far
        step, beta, linear, reached = new - beta, new, x @ new, there
        if float(np.abs(step).max()) < _MOVED * (1 + float(np.abs(beta).max())):
            return beta
    mean, rest, _ = _means(linear, link)
    if float(np.minimum(mean, rest).min()) < _BOUNDARY:
        raise _separated(step, names)
    raise InputError(say(f"{_ROUNDS} 轮后仍未收敛，没有估计", f"no estimate: not converged after {_ROUNDS} rounds"))


def _separated(step: Array, names: Sequence[str]) -> InputError:
    """That there is no estimate, with the factors along which the coefficients run away."""
    sizes = [abs(float(one)) for one in step[1:]]
    which = [name for name, size in zip(names, sizes, strict=True) if size >= _PART * max(sizes)]
    return InputError(
        say(
            f"因素{'、'.join(which)}把发生与未发生完全分开或部分分开（准分离），估计不存在",
            f"quasi-separation: no estimate; {' with '.join(which)} separates events from non-events, wholly or in part",
        ),
        hint=say(
            "去掉这个因素，或合并其取值（Albert 与 Anderson，1984）",
            "leave the factor out, or join its values (Albert & Anderson 1984)",
        ),
    )


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


def _likelihood(linear: Array, y: Array, link: Link) -> float:
    """The log-likelihood of a linear predictor."""
    import numpy as np

    mean, rest, _ = _means(linear, link)
    return float(np.log(np.where(y > 0, mean, rest)).sum())


def _derivatives(linear: Array, y: Array, link: Link) -> tuple[Array, Array]:
    """By the linear predictor: the log-likelihood's slope in each row, and the root of its expected information."""
    import numpy as np

    mean, rest, slope = _means(linear, link)
    score: Array = np.where(y > 0, slope / mean, -slope / rest)
    root: Array = slope / np.sqrt(mean * rest)
    return score, root


def _start(share: float, link: Link) -> float:
    """A constant to start from, near the share of events."""
    if link == "cloglog":
        return math.log(-math.log(1 - share))
    odds = math.log(share / (1 - share))
    return odds if link == "logit" else odds / 1.6


def _means(linear: Array, link: Link) -> tuple[Array, Array, Array]:
    """The probability of an event, that of none (by itself, since 1 less the other loses its digits), and the slope."""
    import numpy as np

    if link == "logit":
        within = np.clip(linear, -600, 600)
        mean, rest = 1 / (1 + np.exp(-within)), 1 / (1 + np.exp(within))
        slope = mean * rest
    elif link == "probit":
        mean, rest = (np.array([0.5 * math.erfc(sign * v / math.sqrt(2)) for v in linear]) for sign in (-1, 1))
        slope = np.exp(-(linear**2) / 2) / math.sqrt(2 * math.pi)
    else:
        rate = np.exp(np.clip(linear, -600, 6.4))
        mean, rest = -np.expm1(-rate), np.exp(-rate)
        slope = rate * rest
    return np.maximum(mean, _LEAST), np.maximum(rest, _LEAST), np.maximum(slope, _LEAST)
