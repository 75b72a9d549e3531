"""Curves and adopters of practice types in union material: what the dates allow to say, and nothing beyond.

Counts are intervals, because most adoptions are known only "by" a date. Fits and Rogers' classes need dates that a
document states within one year, enough of them, and not only among a few of all adopters; else the material is too thin.

References
----------
Rogers (2003), Diffusion of innovations, 5th ed., for cumulated curves and adopter classes.
Allison (1982), Discrete-time methods for the analysis of event histories, Sociological Methodology 13, for the hazard.
Griliches (1957), Hybrid corn, Econometrica 25(4); Bass (1969), A new product growth for model consumer durables,
Management Science 15(5), for the fitted curves.
Valente (1996), Social network thresholds in the diffusion of innovations, Social Networks 18(1), for thresholds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from unionkg.errors import InputError
from unionkg.graph.analysis.adoptions import EVER, Adoption, Spread, year
from unionkg.graph.analysis.surroundings import Relation, Surroundings
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.curves import Fit

LEAST_DATED = 10
"""So many adopters with a stated year are needed for a fit or for classes …"""
LEAST_YEARS = 5
"""… in so many different years …"""
LEAST_SHARE = 0.5
"""… and this share of all adopters."""


@dataclass(frozen=True, slots=True)
class YearOfCurve:
    """A year of a practice type's curve.

    Attributes
    ----------
    year : int
    new_stated, new_possible : int
        Adopters that a document says began in the year; those that may have, these among them.
    newly_known : int
        Adopters of whom it is known by a date of this year, and not before.
    known, possible : int
        Cumulated to the end of the year: surely adopted; may have adopted (undated ones among them).
    at_risk : int
        Units of which it is known that they had not adopted before; those known only by an upper bound never are, nor
        those that only a ledger calls 开展.
    hazard : float or None
        ``new_stated / at_risk`` (Allison 1982), of stated years alone; None where nobody is at risk, and where no
        adoption of the type has a stated year.
    hazard_least, hazard_most : float or None
        Between these the hazard lies whenever those adopted whose year is not known: none of those that may have in
        this year did, or all; None where nobody can be at risk.
    adoptions : tuple of Adoption
        Those newly known.
    """

    year: int
    new_stated: int
    new_possible: int
    newly_known: int
    known: int
    possible: int
    at_risk: int
    hazard: float | None
    hazard_least: float | None
    hazard_most: float | None
    adoptions: tuple[Adoption, ...]


def years_of(
    spread: Spread, base: int, end: int | None, only_in_ledgers: Sequence[int | None] = ()
) -> list[YearOfCurve]:
    """The curve of a practice type, year by year from the first bound of any adoption to the end of the material.

    Parameters
    ----------
    spread : Spread
        Adoptions of units that are part of the base.
    base : int
        How many units could adopt.
    only_in_ledgers : sequence of int or None
        The years by which units of the base had it that only a ledger says so of, None where it has no date; they count
        for the hazard alone, as those known by a date.
    end : int or None
        The last year of the material, and of the curve; the last bound of an adoption where it is not known.

    Returns
    -------
    Nothing where no adoption has any date.
    """
    found = spread.adoptions
    lower = [year(one.not_before) if one.not_before else None for one in found]
    upper = [year(one.not_after) if one.not_after else None for one in found]
    bounds = [when for when in (*lower, *upper) if when is not None]
    if not bounds:
        return []
    any_stated = any(one.stated_year is not None for one in found)
    rows = []
    for now in range(min(bounds), (max(bounds) if end is None else end) + 1):
        news = tuple(one for one, last in zip(found, upper, strict=True) if last == now)
        stated = sum(one.stated_year == now for one in found)
        # Who is known only by a date, or may have begun already, is at risk in no year that is known.
        gone = sum(
            first is None or (first < now if one.censoring == "exact" else first <= now)
            for one, first in zip(found, lower, strict=True)
        )
        possible = sum(
            (first is None or first <= now) and (last is None or last >= now)
            for first, last in zip(lower, upper, strict=True)
        )
        left = base - gone - len(only_in_ledgers)
        by_ledger = sum(by is None or by >= now for by in only_in_ledgers)
        most = left + possible - stated + by_ledger  # those whose year is open may all have been at risk still
        rows.append(
            YearOfCurve(
                now,
                stated,
                possible,
                len(news),
                sum(last is not None and last <= now for last in upper),
                sum(first is None or first <= now for first in lower),
                left,
                stated / left if any_stated and left > 0 else None,
                stated / most if most > 0 else None,
                (possible + by_ledger) / most if most > 0 else None,
                news,
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Dated:
    """What fits and classes can rest on: adopters, those with a stated year, and how many different years."""

    adopters: int
    stated: int
    years: int

    @property
    def enough(self) -> bool:
        """Whether the material carries a fit or classes."""
        return self.stated >= LEAST_DATED and self.years >= LEAST_YEARS and self.stated >= LEAST_SHARE * self.adopters


def dated(spread: Spread) -> Dated:
    """Count what fits and classes can rest on."""
    known = [one.stated_year for one in spread.adoptions if one.stated_year is not None]
    return Dated(len(spread.adoptions), len(known), len(set(known)))


Curve = Literal["logistic", "bass"]


@dataclass(frozen=True, slots=True)
class FittedParameter:
    """A parameter of a fitted curve; ``error`` is its standard error, which takes residuals for independent."""

    curve: Curve
    parameter: str
    value: float
    error: float
    r_squared: float
    periods: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """What fits a practice type: the parameters of the curves that do, and by curve why others do not."""

    parameters: tuple[FittedParameter, ...] = ()
    lacking: tuple[tuple[Curve, str], ...] = ()


def fits_of(spread: Spread, end: int | None, base: int) -> Fitted:
    """Logistic and Bass curve of the adopters with a stated year; nothing where these are too few (`dated`).

    A curve is told only where the years carry it: its parameters can be told apart, its ceiling is neither above
    ``base``, the units that could adopt, nor above twice the adopters seen, and its inflection lies in the years fitted
    (a Bass curve with q below p has none). Before the inflection any ceiling fits about as well (Srinivasan & Mason
    1986).

    Both are fitted to their cumulated number, because of a sample nobody knows what share it is. Logistic: ceiling in
    units, rate a year, midpoint a year. Bass, from the year of the first on: ceiling in units, p and q a year.
    Residuals of cumulated numbers are not independent, so errors are at least as large as told.

    References
    ----------
    Griliches (1957), Econometrica 25(4); Bass (1969), Management Science 15(5); Srinivasan & Mason (1986), Marketing
    Science 5(2).
    """
    from unionkg.graph.analysis.curves import fit_bass_number, fit_logistic

    if not dated(spread).enough:
        return Fitted()
    when = sorted(one.stated_year for one in spread.adoptions if one.stated_year is not None)
    periods = list(range(when[0], max(when[-1], end or 0) + 1))
    cumulated = [sum(one <= now for one in when) for now in periods]
    launch = when[0] - 1
    parameters: list[FittedParameter] = []
    lacking: list[tuple[Curve, str]] = []
    curves: tuple[tuple[Curve, Callable[[], Fit]], ...] = (
        ("logistic", lambda: fit_logistic(periods, cumulated)),
        ("bass", lambda: fit_bass_number([now - launch for now in periods], cumulated)),
    )
    for curve, fitted in curves:
        try:
            fit = fitted()
        except InputError as error:
            lacking.append((curve, error.what))
            continue
        if reason := _not_carried(fit, periods, launch, cumulated[-1], base):
            lacking.append((curve, reason))
            continue
        parameters += [
            FittedParameter(curve, name, value, fit.errors[name], fit.r_squared, fit.n)
            for name, value in fit.parameters.items()
        ]
    return Fitted(tuple(parameters), tuple(lacking))


def _not_carried(fit: Fit, periods: Sequence[int], launch: int, adopters: int, base: int) -> str | None:
    """Why the years do not carry a curve, in the user's language; None where they do."""
    ceiling = fit.parameters["ceiling"]
    if ceiling > base:
        return say(f"上限 {ceiling:.6g} 超过基数 {base}", f"its ceiling {ceiling:.6g} exceeds the base of {base}")
    if ceiling > 2 * adopters:
        return say(
            f"上限 {ceiling:.6g} 是已有 {adopters} 个的两倍以上，只是外推",
            f"its ceiling {ceiling:.6g} is more than twice the {adopters} adopters seen",
        )
    turn = _inflection(fit.parameters, launch)
    if turn is None or not periods[0] <= turn <= periods[-1]:
        return say(
            f"拐点不在 {periods[0]}—{periods[-1]} 年之内",
            f"its inflection lies outside {periods[0]} to {periods[-1]}",
        )
    return None


def _inflection(parameters: Mapping[str, float], launch: int) -> float | None:
    """The year in which growth is fastest; None for a curve that has no such year."""
    if "midpoint" in parameters:
        return parameters["midpoint"] if parameters["rate"] > 0 else None
    p, q = parameters["p"], parameters["q"]
    return launch + math.log(q / p) / (p + q) if q > p > 0 else None


#: Rogers' classes, in the order of `unionkg.graph.analysis.exposure.ADOPTER_CLASSES`.
CLASSES = ("early_adopters", "early_majority", "late_majority", "laggards")


def classes_of(spread: Spread) -> list[str | None]:
    """Rogers' class of each adopter, one of `CLASSES`; None without a stated year, and for all where these are too few.

    Innovators count with the early adopters. Classes are of those that adopted by the end of the material.

    References
    ----------
    Rogers (2003), Diffusion of innovations, 5th ed., ch. 7.
    """
    import numpy as np

    from unionkg.graph.analysis.exposure import classes

    if not dated(spread).enough:
        return [None] * len(spread.adoptions)
    when = [np.nan if one.stated_year is None else one.stated_year for one in spread.adoptions]
    return classes(when, CLASSES)


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many a unit looks to, and how many of them surely had adopted before the first day on which it may have."""

    others: int
    adopted: int

    @property
    def share(self) -> float | None:
        """The threshold (Valente 1996), at least; None where it looks to nobody."""
        return self.adopted / self.others if self.others else None


Thresholds = tuple[Threshold, Threshold, Threshold]
"""By neighbours, by those under the same superior, by stated ties."""


def thresholds_of(spread: Spread, units: Sequence[str], around: Surroundings) -> list[Thresholds | None]:
    """The thresholds of each adopter with a stated year; None for others.

    Another unit counts where its upper bound lies before the adopter's lower one: of two in one year, both stated
    without a month, nobody knows who came first.

    Parameters
    ----------
    spread : Spread
    units : sequence of str
        All that could adopt, in the order of ``around``; adopters that are not among them have no threshold.

    References
    ----------
    Valente (1996), Social network thresholds in the diffusion of innovations, Social Networks 18(1).
    """
    import numpy as np

    at = {identifier: number for number, identifier in enumerate(units)}
    days = sorted({one.not_before for one in spread.adoptions if one.not_before and one.stated_year is not None})
    column = {day: number for number, day in enumerate(days)}
    have = np.zeros((len(units), len(days)), bool)
    for one in spread.adoptions:
        if one.not_after and one.unit in at:
            have[at[one.unit]] = [one.not_after < day for day in days]
    relations: tuple[Relation, ...] = (around.neighbours, around.siblings, around.stated)
    counted = [(relation.size(), relation.count(have)) for relation in relations]
    made: list[Thresholds | None] = []
    for one in spread.adoptions:
        if one.stated_year is None or one.not_before is None or one.unit not in at:
            made.append(None)
            continue
        here, now = at[one.unit], column[one.not_before]
        first, second, third = (Threshold(int(size[here]), int(seen[here, now])) for size, seen in counted)
        made.append((first, second, third))
    return made


def within(spread: Spread, units: Sequence[str], window: tuple[int, int] = EVER) -> Spread:
    """The adoptions of a spread by some units, that may lie in a window of years."""
    from dataclasses import replace

    known = set(units)
    kept = tuple(one for one in spread.adoptions if one.unit in known and one.may_lie_in(window))
    return replace(spread, adoptions=kept)
