"""What coverage ledgers say of the units of an analysis, and which of them only a ledger has with a practice type.

开展 in a region counts for those around it, 未开展 for the region itself alone. Ledgers speak of regions, never of unions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence

from unionkg.graph.analysis.accounts import Collection
from unionkg.graph.analysis.adoptions import Spread, Unit, year
from unionkg.graph.analysis.places import at_level
from unionkg.graph.build import Projection
from unionkg.ontology.dates import bounds

Entries = Mapping[str, Mapping[str, Mapping[str, Some[str]]]]
"""By practice type and unit: what is said (开展, 未开展), by the last day of the entry's date; "" where it has none."""


def entries(projection: Projection, unit: Unit, units: Sequence[str], found: Collection) -> Entries:
    """The entries of all ledgers that speak of some units."""
    said: dict[str, dict[str, dict[str, set[str]]]] = {}
    if unit == "union":
        return said
    wanted = set(units)
    for tie in projection.structure[1]:
        if tie.type != "COVERAGE" or "status" not in tie.properties:
            continue
        status, when = str(tie.properties["status"]), str(tie.properties.get("date", ""))
        day = bounds(when)[1] if when else ""
        for region in at_level(tie.start[1], unit, found.places):
            if region in wanted and (status == "开展" or region == tie.start[1]):
                by_unit = said.setdefault(tie.end[1], {})
                by_unit.setdefault(region, defaultdict(set))[day].add(status)
    return said


def only_in_ledgers(spread: Spread, said: Entries) -> list[int | None]:
    """By which year each unit had it of which no document says so but a ledger; None where the entry has no date.

    As those known by a date they are left-censored: since when they had it nobody knows.
    """
    adopters = {one.unit for one in spread.adoptions}
    years: list[int | None] = []
    for region, by_day in sorted(said.get(spread.practice_type, {}).items()):
        days = [day for day, states in by_day.items() if "开展" in states]
        if days and region not in adopters:
            years.append(min((year(day) for day in days if day), default=None))
    return years
