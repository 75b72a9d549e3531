"""Exposure, thresholds, classes, hazard, curves and Moran's I against netdiffuseR, spdep, esda and scipy."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from unionkg.errors import InputError
from unionkg.graph.analysis import curves, exposure, space

SETS = ("medInnovations", "brfarmers", "kfamily")


class Set(NamedTuple):
    ties: Any
    times: Any
    periods: list[int]
    exposure: Any
    nodes: list[dict[str, str]]
    summary: list[dict[str, str]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(found: list[dict[str, str]], name: str) -> Any:
    return np.array([float(row[name]) if row[name] not in {"", "NA"} else np.nan for row in found])


@pytest.fixture(scope="module")
def validation(shared: Path) -> Path:
    return shared / "validation"


@pytest.fixture(scope="module", params=SETS)
def known(request: pytest.FixtureRequest, validation: Path) -> Set:
    folder, name = validation / "netdiffuser", request.param
    nodes = rows(folder / f"{name}_nodes_expected.csv")
    at = {row["id"]: number for number, row in enumerate(nodes)}
    ties = np.zeros((len(nodes), len(nodes)))
    for row in rows(folder / f"{name}_edges.csv"):
        ties[at[row["ego"]], at[row["alter"]]] = 1
    seen = rows(folder / f"{name}_exposure_expected.csv")
    periods = [int(key) for key in seen[0] if key != "id"]
    table = np.array([[float(row[str(period)]) for period in periods] for row in seen])
    return Set(ties, column(nodes, "toa"), periods, table, nodes, rows(folder / f"{name}_summary_expected.csv"))


@pytest.mark.documents
def test_exposure_thresholds_and_classes_are_those_of_netdiffuser(known: Set) -> None:
    assert np.abs(exposure.exposure(known.ties, known.times, known.periods) - known.exposure).max() < 1e-12
    found = exposure.thresholds(known.ties, known.times, known.periods)
    assert np.abs(found - column(known.nodes, "threshold")).max() < 1e-12
    assert exposure.classes(known.times) == [row["toa_class"] for row in known.nodes]
    assert exposure.classes(found, exposure.THRESHOLD_CLASSES) == [row["thr_class"] for row in known.nodes]


@pytest.mark.documents
def test_hazard_and_morans_i_by_period_are_those_of_netdiffuser(known: Set) -> None:
    assert np.abs(exposure.hazard(known.times, known.periods) - column(known.summary, "hazard")).max() < 1e-12
    weights = space.path_weights(known.ties)
    seen = exposure.adopted(known.times, known.periods)
    for at, row in enumerate(known.summary):
        if row["moran_sd"] == "NA":  # everybody has adopted
            assert np.isnan(space.moran(seen[:, at], weights).value)
            continue
        found = space.moran(seen[:, at], weights)
        assert found.value == pytest.approx(float(row["moran_obs"]), abs=1e-8)
        assert found.expected == pytest.approx(float(row["moran_exp"]), abs=1e-8)
        assert found.deviation == pytest.approx(float(row["moran_sd"]), abs=1e-8)
        assert found.p_normal == pytest.approx(float(row["moran_pval"]), abs=1e-8)


@pytest.mark.documents
@pytest.mark.parametrize(
    ("name", "p", "q"),
    [
        ("medInnovations", 0.09094163513, 0.07954988998),
        ("brfarmers", 0.002278741897, 0.336735345669),
        ("kfamily", 0.05431526738, 0.21078958149),
    ],
)
def test_bass_is_that_of_netdiffuser(validation: Path, name: str, p: float, q: float) -> None:
    share = column(rows(validation / "netdiffuser" / f"{name}_summary_expected.csv"), "cum_adopt_pcent")
    fit = curves.fit_bass(np.arange(len(share)) + 1, share)
    assert (fit.parameters["p"], fit.parameters["q"]) == pytest.approx((p, q), abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_logistic_curve_is_that_of_scipy(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    random = np.random.default_rng(seed)
    time = np.arange(2000, 2020)
    share = curves.logistic(time, 0.8, 0.3 + seed / 5, 2009) + random.normal(0, 0.02, len(time))
    wanted, covariance = optimize.curve_fit(curves.logistic, time, share, p0=(0.8, 0.5, 2009))
    fit = curves.fit_logistic(time, share)
    assert tuple(fit.parameters.values()) == pytest.approx(tuple(wanted), rel=1e-5)
    assert tuple(fit.errors.values()) == pytest.approx(tuple(np.sqrt(np.diag(covariance))), rel=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_bass_curve_with_a_ceiling_is_that_of_scipy(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    random = np.random.default_rng(seed)
    time = np.arange(1, 21)
    number = curves.bass_number(time, 40 + 20 * seed, 0.01, 0.35) + random.normal(0, 0.5, len(time))
    wanted, covariance = optimize.curve_fit(curves.bass_number, time, number, p0=(50, 0.02, 0.3))
    fit = curves.fit_bass_number(time, number)
    assert tuple(fit.parameters.values()) == pytest.approx(tuple(wanted), rel=1e-5)
    assert tuple(fit.errors.values()) == pytest.approx(tuple(np.sqrt(np.diag(covariance))), rel=1e-3)


def test_too_little_is_not_fitted() -> None:
    with pytest.raises(InputError):
        curves.fit_logistic([2001, 2002, 2003], [0.1, 0.2, 0.3])
    with pytest.raises(InputError):
        curves.fit_bass([1, 2, 3, 4], [0.5] * 4)
    with pytest.raises(InputError):
        curves.fit_bass_number([1, 2, 3], [1, 2, 3])


@pytest.mark.documents
def test_morans_i_of_chinese_cities_is_that_of_spdep(validation: Path) -> None:
    folder = validation / "china_dual_carbon"
    cities = rows(folder / "city_strategy.csv")
    ties = np.zeros((len(cities), len(cities)))
    for row in rows(folder / "knn5_neighbours_spdep.csv"):
        ties[int(row["i"]) - 1, int(row["j"]) - 1] = 1
    when = column(cities, "adopt_year")
    for row in rows(folder / "expected_moran_knn5_spdep.csv"):
        found = space.moran(when <= int(row["year"]), space.row_normalised(ties))
        assert (found.value, found.expected) == pytest.approx((float(row["I"]), float(row["EI"])), abs=1e-8)
        assert found.deviation**2 == pytest.approx(float(row["VI"]), abs=1e-8)


@pytest.mark.documents
def test_great_circle_neighbours_of_corrected_points(validation: Path) -> None:
    folder = validation / "china_dual_carbon"
    cities = [row for row in rows(folder / "city_strategy_corrected.csv") if row["lon"]]
    weights = space.nearest_weights(space.great_circle(column(cities, "lon"), column(cities, "lat")), 5)
    when = column(cities, "adopt_year")
    for row in rows(folder / "expected_moran_knn5_corrected_centroids.csv"):
        found = space.moran(when <= int(row["year"]), weights, permutations=999)
        assert (found.n, found.value) == (int(row["n"]), pytest.approx(float(row["I"]), abs=1e-8))
        assert found.p == pytest.approx(float(row["perm_p_999_seed0"]), abs=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_global_and_local_moran_are_those_of_esda(seed: int) -> None:
    esda, libpysal = pytest.importorskip("esda"), pytest.importorskip("libpysal")
    random = np.random.default_rng(seed)
    values = random.normal(size=40)
    weights = space.nearest_weights(space.great_circle(random.uniform(100, 120, 40), random.uniform(20, 40, 40)), 4)
    theirs = libpysal.weights.full2W(weights)
    theirs.transform = "r"
    assert space.moran(values, weights).value == pytest.approx(esda.Moran(values, theirs, permutations=0).I, abs=1e-12)
    local, p = space.local_moran(values, weights, permutations=999)
    wanted = esda.Moran_Local(values, theirs, permutations=999, seed=1)
    assert local == pytest.approx(wanted.Is, abs=1e-12)
    assert np.abs(p - wanted.p_sim).max() < 0.08


def test_weights_of_regions_that_touch() -> None:
    weights = space.adjacency_weights(["a", "b", "c"], {"a": ["b", "x"], "b": ["a", "c"]})
    assert weights.tolist() == [[0, 1, 0], [0.5, 0, 0.5], [0, 0, 0]]
