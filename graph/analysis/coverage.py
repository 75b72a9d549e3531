"""Coverage: in which of four states each region is with each practice type, as documents and ledgers tell.

有记载, on record: an account from the region, from below it or from what became part of it applies the type, or a ledger
says so. 台账确认未开展, confirmed absent: a ledger says so of the region itself and nothing is on record; only this is a gap.
资料未见, not seen: there are accounts from the region, of other things. 无该地资料, no material: there are none. The question
``planning.coverage_matrix`` asks a store the same. Regions are those in force and counted: the provinces are 31 and the
兵团. They stand in the order of their codes; nothing here ranks them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from unionkg.graph.analysis.accounts import Collection, Selection, collection
from unionkg.graph.analysis.places import at_level, upwards
from unionkg.graph.analysis.units import could_adopt
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Relationship

State = Literal["有记载", "台账确认未开展", "资料未见", "无该地资料"]
STATES: tuple[State, ...] = ("有记载", "台账确认未开展", "资料未见", "无该地资料")
ON_RECORD, ABSENT, NOT_SEEN, NO_MATERIAL = STATES
Level = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Column:
    """A practice type of a matrix.

    ``in_field`` accounts of the field apply it, from anywhere; ``listed`` where the vocabulary files it there. Without a
    field all accounts that apply it count.
    """

    practice_type: str
    name: str
    in_field: int
    listed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A region and a practice type: its state, and what it rests on.

    Attributes
    ----------
    accounts : int
        How many apply the type there; printings of one account are one.
    applied : tuple of Relationship
        The ``APPLIED`` statements, by account and id.
    entries : tuple of Relationship
        What ledgers say of it (``COVERAGE``), by id: 开展 of the region or one below it, 未开展 of itself.
    """

    state: State
    accounts: int
    applied: tuple[Relationship, ...]
    entries: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells of some regions and practice types.

    ``regions`` are ids by code, ``material`` those of them with any account, ``cells`` by (region, practice type) only
    those of which a document or ledger says anything; see `cell` for the others.
    """

    regions: tuple[str, ...]
    columns: tuple[Column, ...]
    material: frozenset[str]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, region: str, practice_type: str) -> Cell:
        """One cell, of any state."""
        known = self.cells.get((region, practice_type))
        return known or Cell(NOT_SEEN if region in self.material else NO_MATERIAL, 0, (), ())


@dataclass(frozen=True, slots=True)
class Told:
    """What documents and ledgers tell of regions: read once, for matrices of several levels.

    ``applied`` and ``entries`` are by practice type, ``places`` the regions of each account's printing.
    """

    found: Collection
    applied: Mapping[str, tuple[Relationship, ...]]
    entries: Mapping[str, tuple[Relationship, ...]]
    places: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, frozenset[str]]
    filed: Mapping[str, frozenset[str]]


def told(projection: Projection) -> Told:
    """Read a projection."""
    applied: dict[str, list[Relationship]] = defaultdict(list)
    entries: dict[str, list[Relationship]] = defaultdict(list)
    places: dict[str, set[str]] = defaultdict(set)
    fields: dict[str, set[str]] = defaultdict(set)
    filed: dict[str, set[str]] = defaultdict(set)
    stated = (tie for graph in projection.documents for tie in graph.relationships)
    for tie in (*projection.structure[1], *projection.derived, *stated):
        if tie.type == "APPLIED":
            applied[tie.end[1]].append(tie)
        elif tie.type == "COVERAGE":
            entries[tie.end[1]].append(tie)
        elif tie.type == "TOOK_PLACE_IN":
            places[tie.start[1]].add(tie.end[1])
        elif tie.type == "IN_THEME" and tie.start[0] == "PracticeCase":
            fields[tie.end[1]].add(tie.start[1])
        elif tie.type == "IN_THEME" and tie.start[0] == "PracticeType":
            filed[tie.end[1]].add(tie.start[1])
    return Told(
        collection(projection, Selection(routine=True)),
        {kind: tuple(sorted(ties, key=lambda t: (t.start[1], t.id))) for kind, ties in applied.items()},
        {kind: tuple(sorted(ties, key=lambda t: t.id)) for kind, ties in entries.items()},
        {case: tuple(sorted(regions)) for case, regions in places.items()},
        {theme: frozenset(cases) for theme, cases in fields.items()},
        {theme: frozenset(kinds) for theme, kinds in filed.items()},
    )


def columns(of: Told, theme: str | None = None, most: int | None = None) -> list[Column]:
    """The practice types of a field, or all that occur or that a ledger names.

    Parameters
    ----------
    of : Told
    theme : str, optional
        Id of a field: the types that the vocabulary files there come first, then those that its accounts apply, each by
        how many of these do.
    most : int, optional
        At most so many.
    """
    cases = None if theme is None else of.fields.get(theme, frozenset())
    listed = of.filed.get(theme, frozenset()) if theme is not None else frozenset(of.entries)
    counted = {kind: _accounts(of, ties, cases) for kind, ties in of.applied.items()}
    kinds = {kind for kind, number in counted.items() if number} | listed
    made = [
        Column(kind, str(of.found.nodes["PracticeType", kind].properties["name"]), counted.get(kind, 0), kind in listed)
        for kind in kinds
    ]
    order = (
        (lambda one: (one.name, one.practice_type))
        if theme is None
        else (lambda one: (not one.listed, -one.in_field, one.name, one.practice_type))
    )
    return sorted(made, key=order)[:most]


def matrix(of: Told, level: Level, kinds: Sequence[Column], *, region: str | None = None) -> Matrix:
    """The matrix of the regions of a level and some practice types.

    Parameters
    ----------
    of : Told
    level : {"province", "prefecture", "county"}
    kinds : sequence of Column
        See `columns`.
    region : str, optional
        Id of a region: only those that lie in it today.
    """
    known = of.found.places
    wanted = [one for one in could_adopt(level, of.found) if region is None or region in upwards(one, of.found.places)]
    there = frozenset(wanted)
    counts_for = {
        one: tuple(upper for upper in at_level(one, level, known) if upper in there)
        for one in {place for places in of.places.values() for place in places}
        | {tie.start[1] for ties in of.entries.values() for tie in ties}
    }
    material = frozenset(upper for places in of.places.values() for place in places for upper in counts_for[place])
    cells: dict[tuple[str, str], Cell] = {}
    for column in kinds:
        applied: dict[str, dict[str, Relationship]] = defaultdict(dict)
        for tie in of.applied.get(column.practice_type, ()):
            for place in of.places.get(tie.start[1], ()):
                for upper in counts_for[place]:
                    applied[upper][tie.id] = tie
        entries: dict[str, list[Relationship]] = defaultdict(list)
        for tie in of.entries.get(column.practice_type, ()):
            for upper in counts_for[tie.start[1]]:
                if tie.properties.get("status") == "开展" or upper == tie.start[1]:
                    entries[upper].append(tie)
        for upper in sorted(applied.keys() | entries.keys()):
            state = _state(applied[upper].values(), entries[upper]) or (NOT_SEEN if upper in material else NO_MATERIAL)
            ties = tuple(applied[upper].values())
            cells[upper, column.practice_type] = Cell(state, _accounts(of, ties), ties, tuple(entries[upper]))
    by_code = sorted(wanted, key=lambda one: str(of.found.nodes["Region", one].properties["code"]))
    return Matrix(tuple(by_code), tuple(kinds), material, cells)


def _state(applied: Iterable[Relationship], entries: Iterable[Relationship]) -> State | None:
    """On record, or confirmed absent; None where nobody says either, as of an entry with nothing but a number."""
    said = {one.properties.get("status") for one in entries}
    if any(True for _ in applied) or "开展" in said:
        return ON_RECORD
    return ABSENT if "未开展" in said else None


def _accounts(of: Told, ties: Iterable[Relationship], cases: frozenset[str] | None = None) -> int:
    """How many accounts make some statements; with ``cases`` only those of these printings."""
    return len({of.found.every[tie.start[1]].id for tie in ties if cases is None or tie.start[1] in cases})
