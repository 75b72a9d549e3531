"""Event-history models against statsmodels, on generated unit-years."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from unionkg.errors import InputError
from unionkg.graph.analysis.event_history import Estimate, fit


def unit_years(seed: int) -> tuple[Any, Any, list[str]]:
    """Units of unequal inclination, seen each year until they adopt."""
    random = np.random.default_rng(seed)
    factors, event, unit = [], [], []
    for number in range(60):
        inclination = random.normal(scale=0.5)
        for year in range(12):
            x = random.normal(size=2)
            happens = random.random() < 1 / (1 + np.exp(2.2 - 0.7 * x[0] + 0.3 * x[1] - inclination))
            factors.append([*x, year])
            event.append(int(happens))
            unit.append(f"单位{number}")
            if happens:
                break
    return np.array(factors), np.array(event), unit


def numbers(found: Estimate) -> tuple[Any, Any]:
    return np.array([t.coefficient for t in found.terms]), np.array([t.error for t in found.terms])


@pytest.mark.slow
@pytest.mark.parametrize("link", ["logit", "probit", "cloglog"])
@pytest.mark.parametrize("seed", [1, 2])
def test_estimates_are_those_of_statsmodels(link: str, seed: int) -> None:
    sm = pytest.importorskip("statsmodels.api")
    links = {"logit": "Logit", "probit": "Probit", "cloglog": "CLogLog"}
    x, y, unit = unit_years(seed)
    family = sm.families.Binomial(getattr(sm.families.links, links[link])())
    model = sm.GLM(y, sm.add_constant(x), family=family)
    plain = model.fit(tol=1e-14, maxiter=200)
    found = fit(x, y, ["a", "b", "year"], link=link)  # type: ignore[arg-type]
    assert numbers(found)[0] == pytest.approx(plain.params, abs=1e-8)
    assert numbers(found)[1] == pytest.approx(plain.bse, abs=1e-8)
    assert (found.log_likelihood, found.aic) == pytest.approx((plain.llf, plain.aic), abs=1e-8)
    if link == "logit":  # the others' robust errors there rest on the observed information, ours on the expected one
        groups = np.unique(unit, return_inverse=True)[1]
        robust = model.fit(tol=1e-14, maxiter=200, cov_type="cluster", cov_kwds={"groups": groups})
        clustered = fit(x, y, ["a", "b", "year"], clusters=unit)
        assert numbers(clustered)[1] == pytest.approx(robust.bse, abs=1e-8)
        assert [t.p for t in clustered.terms] == pytest.approx(list(robust.pvalues), abs=1e-8)
        assert clustered.clusters == 60


def test_a_factor_that_matters_is_found_and_one_that_does_not_is_not() -> None:
    x, y, unit = unit_years(3)
    terms = {term.name: term for term in fit(x, y, ["a", "b", "year"], clusters=unit).terms}
    assert terms["a"].p < 0.001
    assert terms["a"].coefficient > 0
    assert terms["year"].p > 0.01


@pytest.mark.parametrize(
    ("factors", "event", "told"),
    [
        ([[0.0], [1.0], [2.0]], [0, 0, 0], "events"),
        ([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [5.0, 10.0]], [0, 1, 0, 1], "collinear"),
        ([[-2.0], [-1.0], [1.0], [2.0]], [0, 0, 1, 1], "separates"),
        ([[1.0, 3.0], [2.0, 3.0], [3.0, 3.0], [1.0, 3.0]], [0, 1, 0, 1], "x1 is the same everywhere"),
    ],
)
def test_what_cannot_be_estimated_is_refused(factors: list[list[float]], event: list[int], told: str) -> None:
    with pytest.raises(InputError, match=told):
        fit(factors, event, [f"x{i}" for i in range(len(factors[0]))])


def rare_trait() -> tuple[list[list[float]], list[int]]:
    """400 rows, 60 of them with a trait under which nothing ever happens, and a factor that varies freely."""
    draw = np.random.default_rng(4)
    factors = [[draw.normal(), float(number < 60)] for number in range(400)]
    return factors, [int(number >= 60 and draw.random() < 0.2) for number in range(400)]


@pytest.mark.parametrize("link", ["logit", "probit", "cloglog"])
@pytest.mark.parametrize("always", [False, True])
def test_a_factor_under_which_nothing_or_everything_happens_has_no_estimate(link: Any, always: bool) -> None:
    factors, event = rare_trait()
    if always:
        event = [int(number < 60 or happens) for number, happens in enumerate(event)]
    with pytest.raises(InputError, match="quasi-separation: no estimate; trait separates"):
        fit(factors, event, ["free", "trait"], link=link, clusters=[number // 5 for number in range(400)])
    one = [row[:1] for row in factors]
    assert fit(one, event, ["free"], link=link).n == 400


@pytest.mark.parametrize("link", ["logit", "probit", "cloglog"])
def test_the_scale_of_a_factor_changes_its_unit_and_nothing_else(link: Any) -> None:
    x, y, unit = unit_years(5)
    plain = fit(x, y, ["a", "b", "year"], link=link, clusters=unit)
    there = fit(x * [1e9, 1, 1] + [0, 0, 2010], y, ["a", "b", "year"], link=link, clusters=unit)
    assert [t.coefficient for t in there.terms[1:]] == pytest.approx(
        [t.coefficient / unit for t, unit in zip(plain.terms[1:], (1e9, 1, 1), strict=True)]
    )
    assert [t.z for t in there.terms[1:]] == pytest.approx([t.z for t in plain.terms[1:]])
    assert there.terms[0].coefficient == pytest.approx(plain.terms[0].coefficient - 2010 * plain.terms[3].coefficient)
    assert there.aic == pytest.approx(plain.aic)


@pytest.mark.parametrize("link", ["logit", "probit", "cloglog"])
def test_rows_far_out_are_no_separation(link: Any) -> None:
    """A factor with one row far from all others, under which chances range from nearly 0 to nearly 1."""
    draw = np.random.default_rng(0)
    for _ in range(30):
        x = draw.normal(size=(200, 2)) * [3, 1]
        x[0] *= 5
        y = (draw.random(200) < 1 / (1 + np.exp(2 - 1.2 * x[:, 0]))).astype(int)
        found = fit(x, y, ["a", "b"], link=link)
        assert 0 < found.terms[1].coefficient < 3
        # The likelihood has no larger value nearby, along either coefficient.
        for at in (1, 2):
            for step in (-0.01, 0.01):
                moved = [t.coefficient + step * (n == at) for n, t in enumerate(found.terms)]
                assert log_likelihood(x, y, moved, link) < found.log_likelihood


def log_likelihood(x: Any, y: Any, coefficients: list[float], link: str) -> float:
    linear = coefficients[0] + x @ np.array(coefficients[1:])
    if link == "cloglog":
        happens, stays = -np.expm1(-np.exp(linear)), np.exp(-np.exp(linear))
    elif link == "logit":
        happens, stays = 1 / (1 + np.exp(-linear)), 1 / (1 + np.exp(linear))
    else:
        happens, stays = (np.array([math.erfc(s * v / math.sqrt(2)) / 2 for v in linear]) for s in (-1, 1))
    return float(np.log(np.where(y > 0, happens, stays)).sum())
