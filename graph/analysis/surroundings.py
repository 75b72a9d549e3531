"""Whom a unit looks to: neighbours, those under the same superior, those from whom a document says it had something.

Each is a relation between groups of units, so that exposure is counted by sums over groups and never pair by pair.

References
----------
Valente (1996), Social network thresholds in the diffusion of innovations, Social Networks 18(1), for exposure.
Berry & Berry (1990), State lottery adoptions as policy innovations, American Political Science Review 84(2), for
neighbours that adopted before.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from unionkg.graph.analysis.accounts import Collection
from unionkg.graph.analysis.adoptions import Unit
from unionkg.graph.analysis.places import borders
from unionkg.graph.analysis.stated import stated_ties
from unionkg.graph.analysis.units import describe
from unionkg.graph.build import Projection
from unionkg.ontology.regions import region_id
from unionkg.ontology.regions.table import CORPS

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

_LINES = ("territorial", "industrial", "corporate")


@dataclass(frozen=True, slots=True, eq=False)
class Relation:
    """Units in groups: a unit looks to the others of its group, and to all in groups that its group looks to.

    ``group`` has the number of each unit's group, -1 where it is in none; ``pairs`` are (2, n) numbers of groups.
    """

    group: Array
    pairs: Array

    def count(self, units: Any) -> Array:
        """How many of those that each unit looks to are among ``units``, for every column of them.

        Parameters
        ----------
        units : array of bool, shape (units, columns)

        Returns
        -------
        array of float, shape (units, columns)
        """
        import numpy as np

        given = np.asarray(units, float)
        member = self.group >= 0
        totals = np.zeros((int(self.group.max(initial=-1)) + 1, given.shape[1]))
        np.add.at(totals, self.group[member], given[member])
        around = totals.copy()
        np.add.at(around, self.pairs[0], totals[self.pairs[1]])
        found = np.zeros_like(given)
        found[member] = around[self.group[member]] - given[member]
        return found

    def size(self) -> Array:
        """How many units each looks to, shape (units,)."""
        import numpy as np

        found: Array = self.count(np.ones((len(self.group), 1)))[:, 0]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """The three relations of units, in the order of the units."""

    neighbours: Relation
    siblings: Relation
    stated: Relation


def surroundings(units: Sequence[str], unit: Unit, projection: Projection, found: Collection) -> Surroundings:
    """Whom units look to, as the structure of the graph has it today.

    Neighbours of a region are those of its level that border on it; of a union those of its level based in the same
    or a bordering region. Siblings lie directly in the same region (cities of the 兵团 in the 兵团), or are unions of
    one level under the same superior (the primary one; territorial before others). Stated ties are those in the
    direction of influence, whatever practice they are about, and are known because something spread.
    """
    at = {identifier: number for number, identifier in enumerate(units)}
    touching = borders(projection.structure[1])
    ties, _ = stated_ties(found, "TradeUnion" if unit == "union" else "Region", None if unit == "union" else unit)
    influence = {(t.target, t.source) for t in ties if t.directed and t.target in at and t.source in at}
    if unit == "union":
        places = [describe(one, unit, found) for one in units]
        near = _relation(
            [(place.region, place.level) if place.region and place.level else None for place in places],
            [((a, place.level), (b, place.level)) for place in places if (a := place.region) for b in touching[a]],
        )
        above = _superiors(projection)
        same = _relation([(above[p.id], p.level) if p.id in above and p.level else None for p in places], ())
    else:
        near = _relation(units, [(one, other) for one in units for other in touching[one] if other in at])
        same = _relation([_upper(one, found) for one in units], ())
    return Surroundings(near, same, _relation(units, influence))


def _relation(group_of: Sequence[Hashable | None], pairs: Iterable[tuple[Hashable, Hashable]]) -> Relation:
    """Number the groups; pairs of groups that nobody is in are left out."""
    import numpy as np

    numbers: dict[Hashable, int] = {}
    group = [-1 if one is None else numbers.setdefault(one, len(numbers)) for one in group_of]
    known = sorted({(numbers[a], numbers[b]) for a, b in pairs if a in numbers and b in numbers})
    return Relation(np.array(group, int), np.array(known, int).reshape(-1, 2).T)


def _upper(region: str, found: Collection) -> str | None:
    """The region that one lies in directly: the 兵团 before the province around it."""
    upper = found.places.above.get(region, ())
    corps = region_id(CORPS)
    return corps if corps in upper else next(iter(upper), None)


def _superiors(projection: Projection) -> dict[str, str]:
    """The superior of each union that counts: the primary one, territorial before industrial before corporate."""
    ranked: dict[str, tuple[bool, int, str]] = {}
    for tie in projection.derived:
        if tie.type == "SUBORDINATE_TO":
            place = not tie.properties.get("primary"), _LINES.index(str(tie.properties["line"])), tie.end[1]
            ranked[tie.start[1]] = min(place, ranked.get(tie.start[1], place))
    return {union: upper for union, (_, _, upper) in ranked.items()}
