"""Whether places that border on each other have records of a practice type more often than chance would have it.

What is measured is *records*, not adoption: 1 is a place with a record (an account, or a ledger that says 开展), 0 one
that the material speaks of without a record of the type (or of which a ledger says 未开展). Places of which there is no
material at all are neither: they are left out and counted. So are places without a neighbour among the others. By the
end of a year, a place with a record that may be older or younger is neither, too: only one whose records surely began
later is a 0.

The 兵团 has no border and no point of its own: it is no place here. Its cities lie in Xinjiang and count there.

References
----------
Moran (1950), Notes on continuous stochastic phenomena, Biometrika 37. Cliff & Ord (1981), Spatial processes.
Anselin (1995), Local indicators of spatial association - LISA, Geographical Analysis 27(2).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from unionkg.graph.analysis.accounts import Collection, Selection, collection
from unionkg.graph.analysis.basis import Basis, basis
from unionkg.graph.analysis.places import at_level, borders, counts_for
from unionkg.graph.analysis.space import Moran, adjacency_weights, great_circle, local_moran, moran, nearest_weights
from unionkg.graph.analysis.units import could_adopt
from unionkg.graph.build import Projection
from unionkg.graph.derived import of_account
from unionkg.graph.stores.protocol import Relationship
from unionkg.language import say
from unionkg.ontology.dates import bounds

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

Level = Literal["province", "prefecture", "county"]
Weighting = Literal["adjacency", "distance"]
LEAST = 5
"""So many places with a record and so many without are needed: the least expected count of a chi-square test (Cochran
1954), and enough for permutations to differ."""
NEAREST = 5
"""Neighbours by distance: the nearest five, as in the reference data."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place: whether it has a record, its neighbours in the analysis and how many of them have one.

    ``local`` is its local Moran with the pseudo ``p`` (one-sided), NaN where it is not measured; ``statements`` are behind the record: APPLIED of
    accounts, COVERAGE of ledgers.
    """

    id: str
    code: str
    name: str
    recorded: bool
    neighbours: int
    neighbours_recorded: int
    local: float
    p: float
    statements: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Autocorrelation:
    """Moran's I of a practice type's records, or the reason why there is none (``lacking``).

    Attributes
    ----------
    practice_type, name : str
    moran : Moran or None
    places : tuple of Spot
        By code; without statistics where there is no Moran's I.
    base : int
        Places of the level, the 兵团 included.
    without_material, undecided, without_neighbour : int
        Of these, left out: no material at all; records, but none that surely is of the year or before, and one that may
        be (only where a year is asked for); material, but no neighbour (or no point) among the others.
    coarser : int
        Accounts of the type that count for no place: of a region above the level, or of a municipality where the level is
        the prefecture.
    basis : Basis
    lacking : str or None
        In the user's language.
    """

    practice_type: str
    name: str
    moran: Moran | None
    places: tuple[Spot, ...]
    base: int
    without_material: int
    undecided: int
    without_neighbour: int
    coarser: int
    basis: Basis
    lacking: str | None


def autocorrelation(
    projection: Projection,
    practice_type: str | None = None,
    *,
    level: Level = "province",
    year: int | None = None,
    weights: Weighting = "adjacency",
    permutations: int = 999,
    seed: int = 1,
    local: bool = True,
) -> list[Autocorrelation]:
    """Moran's I and local Moran of the records of practice types that are not routine (Moran 1950, Anselin 1995).

    Parameters
    ----------
    projection : Projection
    practice_type : str, optional
        Chinese label; all without it.
    level : {"province", "prefecture", "county"}
    year : int, optional
        Only records that are surely of the end of this year or before, and without the places of which that is open;
        without it all records, undated ones too.
    weights : {"adjacency", "distance"}
        Places that border on each other; or the `NEAREST` by great circle. Rows sum to 1.
    permutations, seed
        See `unionkg.graph.analysis.space`.
    local : bool
        Whether to measure every place too, which takes longer than all else.

    Returns
    -------
    list of Autocorrelation
        By the types' names.
    """
    found = collection(projection, Selection())
    base = could_adopt(level, found)
    speaking = counts_for({r for account in found.every.values() for r in account.regions}, level, found.places)
    touching = borders(projection.structure[1])
    made = []
    for identifier in sorted({one for account in found.accounts for one in account.applied}):
        name = str(found.nodes["PracticeType", identifier].properties["name"])
        if practice_type not in {None, name}:
            continue
        records, open_, coarser = _records(identifier, level, year, found)
        entries, told_of, later = _ledger(projection, identifier, level, year, found)
        for place, statements in entries.items():
            records[place] += statements
        spoken = [place for place in base if place in speaking | told_of | later]
        known = [place for place in spoken if place in records or place not in open_ | later]
        kept, matrix = _weights(known, weights, touching, found)
        accounts = [(a, a.applied[identifier]) for a in found.accounts if identifier in a.applied]
        spots, whole, lacking = _measured(kept, matrix, records, found, permutations, seed, local)
        made.append(
            Autocorrelation(
                practice_type=identifier,
                name=name,
                moran=whole,
                places=spots,
                base=len(base),
                without_material=len(base) - len(spoken),
                undecided=len(spoken) - len(known),
                without_neighbour=len(known) - len(kept),
                coarser=coarser,
                basis=basis(accounts),
                lacking=lacking,
            )
        )
    return sorted(made, key=lambda one: (one.name, one.practice_type))


def _records(
    practice_type: str, level: Level, year: int | None, found: Collection
) -> tuple[dict[str, list[Relationship]], set[str], int]:
    """The statements that a type was applied, by place; places with an account that may or may not be of the year.

    Last, how many accounts count for no place of the level.
    """
    records: dict[str, list[Relationship]] = defaultdict(list)
    undecided: set[str] = set()
    coarser = 0
    for account in found.accounts:
        applied = account.applied.get(practice_type, ())
        dating = of_account([tie.properties for tie in applied])
        if not applied or _surely_after(dating.get("not_before"), year):
            continue
        there = counts_for(account.regions, level, found.places)
        coarser += bool(account.regions and not there)
        if _by(dating.get("not_after"), year):
            for place in there:
                records[place] += applied
        else:
            undecided |= there
    return records, undecided, coarser


def _ledger(
    projection: Projection, practice_type: str, level: Level, year: int | None, found: Collection
) -> tuple[dict[str, list[Relationship]], set[str], set[str]]:
    """The ledgers' 开展 by place, and the places of which they say either; 未开展 counts for the region itself alone.

    Last, the places that a ledger without a date, or of a later one, has down as 开展: since when is open.
    """
    entries: dict[str, list[Relationship]] = defaultdict(list)
    told_of: set[str] = set()
    undecided: set[str] = set()
    for tie in projection.structure[1]:
        if tie.type != "COVERAGE" or tie.end[1] != practice_type:
            continue
        status, by = tie.properties.get("status"), _by(tie.properties.get("date"), year)
        for place in at_level(tie.start[1], level, found.places):
            if status == "开展" and by:
                entries[place].append(tie)
                told_of.add(place)
            elif status == "开展":
                undecided.add(place)
            elif status == "未开展" and by and place == tie.start[1]:
                told_of.add(place)
    return entries, told_of, undecided


def _by(when: object, year: int | None) -> bool:
    """Whether a period surely is of the end of a year or before; anything is where no year is asked for."""
    return year is None or (bool(when) and int(bounds(str(when))[1][:4]) <= year)


def _surely_after(when: object, year: int | None) -> bool:
    return year is not None and bool(when) and int(bounds(str(when))[0][:4]) > year


def _weights(
    known: Sequence[str], weighting: Weighting, touching: Mapping[str, set[str]], found: Collection
) -> tuple[list[str], Array]:
    """The places that have a neighbour, or a point and enough others that have one, and their weights."""
    import numpy as np

    if weighting == "adjacency":
        inside = set(known)
        kept = [place for place in known if touching.get(place, set()) & inside]
        return kept, adjacency_weights(kept, {place: sorted(touching[place]) for place in kept})
    nodes = found.places.nodes
    kept = [place for place in known if "longitude" in nodes[place].properties]
    if len(kept) <= NEAREST:
        return [], np.zeros((0, 0))
    points = [(nodes[place].properties["longitude"], nodes[place].properties["latitude"]) for place in kept]
    east, north = np.array(points, float).T
    return kept, nearest_weights(great_circle(east, north), NEAREST)


def _measured(
    kept: Sequence[str],
    matrix: Array,
    records: Mapping[str, list[Relationship]],
    found: Collection,
    permutations: int,
    seed: int,
    by_place: bool,
) -> tuple[tuple[Spot, ...], Moran | None, str | None]:
    import numpy as np

    value = np.array([place in records for place in kept], float)
    having = int(value.sum())
    whole = None
    local = p = np.full(len(kept), math.nan)
    lacking = None
    if min(having, len(kept) - having) < LEAST:
        lacking = say(
            f"资料不足：有记载的地区 {having} 个、有资料而无记载的 {len(kept) - having} 个，两者都要至少 {LEAST} 个",
            f"too little: {having} places with a record, {len(kept) - having} with material but without one; "
            f"{LEAST} of each are needed",
        )
    else:
        whole = moran(value, matrix, permutations, seed)
        if by_place:
            local, p = local_moran(value, matrix, permutations, seed)
    near = matrix > 0
    spots = []
    for at, place in enumerate(kept):
        properties = found.places.nodes[place].properties
        spots.append(
            Spot(
                id=place,
                code=str(properties["code"]),
                name=str(properties.get("full_name") or properties["name"]),
                recorded=bool(value[at]),
                neighbours=int(near[at].sum()),
                neighbours_recorded=int(value[near[at]].sum()),
                local=float(local[at]),
                p=float(p[at]),
                statements=tuple(sorted(records.get(place, ()), key=lambda tie: tie.id)),
            )
        )
    return tuple(sorted(spots, key=lambda spot: spot.code)), whole, lacking
