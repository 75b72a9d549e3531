"""Curves that the years do not carry are not told, and thresholds count only who surely was before."""

from __future__ import annotations

import numpy as np
import pytest

from unionkg.errors import InputError
from unionkg.graph.analysis import curves
from unionkg.graph.analysis.adoptions import Adoption, Spread
from unionkg.graph.analysis.curves_of_adoption import fits_of, thresholds_of
from unionkg.graph.analysis.surroundings import Relation, Surroundings
from unionkg.ontology.dates import bounds

RISING = {2010: 1, 2011: 1, 2012: 2, 2013: 2, 2014: 4, 2015: 6, 2016: 10}
STEADY = dict.fromkeys(range(2008, 2020), 2)
FADING = {2010: 10, 2011: 6, 2012: 3, 2013: 2, 2014: 1}
GROWN = {2010: 1, 2011: 1, 2012: 3, 2013: 6, 2014: 8, 2015: 6, 2016: 3, 2017: 1, 2018: 1}


def adopted(unit: str, when: str) -> Adoption:
    return Adoption("t", unit, unit, *bounds(when), "stated_start", ())


def spread(*adoptions: Adoption) -> Spread:
    return Spread("t", "做法", adoptions, len(adoptions), 0)


def yearly(years: dict[int, int]) -> Spread:
    return spread(*(adopted(f"u{year}-{n}", str(year)) for year, number in years.items() for n in range(number)))


@pytest.mark.parametrize(
    ("years", "base", "told", "reasons"),
    [
        (RISING, 32, set(), {"logistic": "exceeds the base of 32", "bass": "do not tell the parameters apart"}),
        (RISING, 2800, set(), {"logistic": "more than twice the 26", "bass": "do not tell the parameters apart"}),
        (STEADY, 32, {"logistic"}, {"bass": "exceeds the base of 32"}),
        (STEADY, 2800, {"logistic"}, {"bass": "more than twice the 24"}),
        (FADING, 60, {"logistic"}, {"bass": "do not tell the parameters apart"}),
        (GROWN, 60, {"logistic", "bass"}, {}),
        (GROWN, 29, set(), {"logistic": "exceeds the base of 29", "bass": "exceeds the base of 29"}),
    ],
)
def test_a_curve_that_the_years_do_not_carry_is_not_told(
    years: dict[int, int], base: int, told: set[str], reasons: dict[str, str]
) -> None:
    found = fits_of(yearly(years), max(years), base)
    assert {one.curve for one in found.parameters} == told
    assert {curve for curve, _ in found.lacking} == set(reasons)
    assert all(reasons[curve] in reason for curve, reason in found.lacking)


def test_an_inflection_outside_the_years_is_told_as_the_reason() -> None:
    falling = {2010: 14, 2011: 5, 2012: 3, 2013: 2, 2014: 1}
    found = fits_of(yearly(falling), 2014, 60)
    assert found.parameters == ()
    assert {reason for _, reason in found.lacking} == {"its inflection lies outside 2010 to 2014"}


def test_parameters_that_cannot_be_told_apart_are_no_fit() -> None:
    growing = np.cumsum(list(RISING.values()))
    with pytest.raises(InputError, match="apart"):
        curves.fit_bass_number(np.arange(1, 8), growing)


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [
        ("2018-03", "2018-11", 0),
        ("2018-11", "2018-03", 1),
        ("2018", "2018", 0),
        ("2018", "2018-03", 0),
        ("2018", "2017-12", 1),
    ],
)
def test_a_threshold_counts_who_surely_was_before(own: str, other: str, expected: int) -> None:
    together = Relation(np.zeros(2, int), np.zeros((2, 0), int))
    both = spread(adopted("a", own), adopted("b", other))
    (found, _) = thresholds_of(both, ["a", "b"], Surroundings(together, together, together))
    assert found is not None
    assert [(one.others, one.adopted) for one in found] == [(1, expected)] * 3
