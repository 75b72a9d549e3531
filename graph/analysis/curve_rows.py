"""Curves, fits and adopters of practice types as rows, each with the statements behind it as its last value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from unionkg.graph.analysis.accounts import Collection, Selection, collection
from unionkg.graph.analysis.adoptions import EVER, Material, Spread, Unit, material, spreads, year
from unionkg.graph.analysis.cascades import MOST_EVIDENCE, Evidence, evidence
from unionkg.graph.analysis.curves_of_adoption import (
    LEAST_DATED,
    LEAST_SHARE,
    LEAST_YEARS,
    classes_of,
    dated,
    fits_of,
    thresholds_of,
    within,
    years_of,
)
from unionkg.graph.analysis.ledger_entries import Entries, entries, only_in_ledgers
from unionkg.graph.analysis.reach import base, notes
from unionkg.graph.analysis.surroundings import surroundings
from unionkg.graph.analysis.units import could_adopt, describe
from unionkg.graph.build import Projection
from unionkg.language import say

Row = tuple[Any, ...]
_TOLD = 8
"""So many practice types are named whose material is too thin."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What curves are of: practice types with their adoptions by units of the base, and what they rest on."""

    projection: Projection
    spreads: tuple[Spread, ...]
    unit: Unit
    units: tuple[str, ...]
    level: str | None
    found: Collection
    material: Material
    ledgers: Entries

    @property
    def end(self) -> int | None:
        """The last year of the material."""
        return year(self.material.end) if self.material.end else None


def setting(
    projection: Projection,
    unit: Unit = "union",
    *,
    practice_type: str | None = None,
    level: str | None = None,
    least: int = 1,
) -> Setting:
    """The adoptions by units that could adopt; see `unionkg.graph.analysis.panel.panel` for the parameters."""
    found = collection(projection, Selection())
    units = could_adopt(unit, found, level=level)
    kept = [within(spread, units) for spread in spreads(projection, unit) if practice_type in {None, spread.name}]
    return Setting(
        projection,
        tuple(spread for spread in kept if len(spread.adoptions) >= max(least, 1)),
        unit,
        tuple(units),
        level,
        found,
        material(projection),
        entries(projection, unit, units, found),
    )


def told(of: Setting) -> list[str]:
    """What has to be said with the rows."""
    return [*notes(of.spreads, of.unit, of.found, of.material), base(of.unit, len(of.units), of.level)]


CURVE_COLUMNS = (
    "practice_type",
    "year",
    "new_stated",
    "new_possible",
    "newly_known",
    "known",
    "possible",
    "at_risk",
    "hazard",
    "hazard_least",
    "hazard_most",
)


def curves(of: Setting, window: tuple[int, int] = EVER) -> list[Row]:
    """A row for each practice type and year of a window: `CURVE_COLUMNS` and evidence of those newly known."""
    behind = evidence(of.projection)
    rows = []
    for spread in of.spreads:
        for one in years_of(spread, len(of.units), of.end, only_in_ledgers(spread, of.ledgers)):
            if window[0] <= one.year <= window[1]:
                counts = one.new_stated, one.new_possible, one.newly_known, one.known, one.possible, one.at_risk
                hazards = map(_rounded, (one.hazard, one.hazard_least, one.hazard_most))
                rows.append((spread.name, one.year, *counts, *hazards, _of_all(one.adoptions, behind)))
    return rows


def _of_all(adoptions: Iterable[Any], behind: Evidence) -> list[dict[str, Any]]:
    return [said for one in adoptions for said in behind(one)][:MOST_EVIDENCE]


FIT_COLUMNS = (
    "practice_type",
    "curve",
    "parameter",
    "value",
    "standard_error",
    "r_squared",
    "periods",
    "adopters",
    "with_stated_year",
    "base",
)


def fits(of: Setting) -> tuple[list[Row], list[str]]:
    """A row for each parameter of each fitted curve: `FIT_COLUMNS` and evidence; and why which curve is not fitted."""
    behind = evidence(of.projection)
    rows, unfitted = [], []
    for spread in of.spreads:
        counted = dated(spread)
        fitted = fits_of(spread, of.end, len(of.units))
        unfitted += [
            say(
                f"资料不足，未拟合：{spread.name} 的 {curve}：{reason}",
                f"too little, {curve} of {spread.name} not fitted: {reason}",
            )
            for curve, reason in fitted.lacking
        ]
        for one in fitted.parameters:
            values = _rounded(one.value), _rounded(one.error), _rounded(one.r_squared)
            counts = one.periods, counted.adopters, counted.stated, len(of.units)
            stated = [adoption for adoption in spread.adoptions if adoption.stated_year is not None]
            rows.append((spread.name, one.curve, one.parameter, *values, *counts, _of_all(stated, behind)))
    return rows, unfitted


ADOPTER_COLUMNS = (
    "practice_type",
    "unit",
    "level",
    "region",
    "year",
    "not_before",
    "not_after",
    "censoring",
    "adopter_class",
    "neighbours",
    "neighbours_adopted",
    "neighbour_threshold",
    "siblings",
    "siblings_adopted",
    "sibling_threshold",
    "stated_sources",
    "stated_sources_adopted",
    "stated_threshold",
    "unit_id",
)


def adopters(of: Setting) -> list[Row]:
    """A row for each adoption: `ADOPTER_COLUMNS` and evidence; class and thresholds where the material carries them."""
    behind = evidence(of.projection)
    around = surroundings(of.units, of.unit, of.projection, of.found)
    rows = []
    for spread in of.spreads:
        classes, thresholds = classes_of(spread), thresholds_of(spread, of.units, around)
        for one, of_class, counted in zip(spread.adoptions, classes, thresholds, strict=True):
            place = describe(one.unit, of.unit, of.found)
            where = place.place if of.unit == "union" else place.province
            seen: list[Any] = [None] * 9
            if counted is not None:
                seen = [value for t in counted for value in (t.others, t.adopted, _rounded(t.share))]
            dates = one.stated_year, one.not_before, one.not_after, one.censoring
            rows.append((spread.name, place.name, place.level, where, *dates, of_class, *seen, one.unit, behind(one)))
    return rows


def too_thin(found: Sequence[Spread], what: str) -> list[str]:
    """Which practice types have too few stated years for a fit or classes, and how many that takes."""
    thin = [(spread, dated(spread)) for spread in found]
    thin = [(spread, counted) for spread, counted in thin if not counted.enough]
    if not thin:
        return []
    needs = say(
        f"至少要有 {LEAST_DATED} 个写明年份的采用、分在 {LEAST_YEARS} 个年份以上、占全部采用的 {LEAST_SHARE:.0%}",
        f"it takes {LEAST_DATED} adoptions with a stated year, in {LEAST_YEARS} different years, {LEAST_SHARE:.0%} of all",
    )
    some = say("、", ", ").join(
        say(
            f"{spread.name}（{counted.adopters} 个采用，写明年份 {counted.stated}）",
            f"{spread.name} ({counted.stated} of {counted.adopters})",
        )
        for spread, counted in sorted(thin, key=lambda one: -one[1].stated)[:_TOLD]
    )
    more = say(f" 等 {len(thin)} 类", f" … {len(thin)} types in all") if len(thin) > _TOLD else ""
    return [say(f"资料不足，{what}：", f"too little, {what}: ") + some + more + say("；", "; ") + needs]


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
