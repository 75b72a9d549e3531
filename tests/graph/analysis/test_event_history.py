"""Event-history models against statsmodels, on generated unit-years."""

from __future__ import annotations

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
