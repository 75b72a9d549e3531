"""Adoptions: who has taken up which practice type, between when and when, as far as the material says.

A unit is a union, or all that happened in a county, prefecture or province. Its adoption is an interval with what dates
it (docs/decisions/0004-adoption-intervals.md): without a lower bound it is left-censored ("known by"); who never appears
is right-censored at the end of the material, which is not to say that it never adopted. Routine practice types, which
every union has, have no adoption.

References
----------
Allison (1982), Discrete-time methods for the analysis of event histories, Sociological Methodology 13, for what
censoring on either side leaves to be known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from unionkg.graph.analysis.accounts import Account, Collection, Selection, collection
from unionkg.graph.analysis.stated import units
from unionkg.graph.build import Projection
from unionkg.graph.derived import Dating, earliest, of_account
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology.dates import bounds

Unit = Literal["union", "county", "prefecture", "province"]
UNITS: tuple[Unit, ...] = ("union", "county", "prefecture", "province")
Censoring = Literal["exact", "interval", "left", "undated"]
"""How far an adoption is dated: stated within one year, stated between two, only known by a date, not at all."""
EVER = (0, 9999)
"""The window of years that takes in everything."""
STATED = ("stated_start", "own_date")
"""Bases of a date that a document states for the practice itself; others (publication, award) are upper bounds only."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """One unit's adoption of one practice type.

    Attributes
    ----------
    unit, name : str
        Node id of the union or region, and its name.
    not_before, not_after : str or None
        Whole days (2016-07-01) between which it lies; None where unknown.
    dated_by : str or None
        What the upper bound rests on.
    statements : tuple of Relationship
        The APPLIED statements behind it.
    accounts : tuple of str
        The ids of the accounts that make them; printings of one account are one.
    """

    practice_type: str
    unit: str
    name: str
    not_before: str | None
    not_after: str | None
    dated_by: str | None
    statements: tuple[Relationship, ...]
    accounts: tuple[str, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether a document states when it began: both bounds are known."""
        return self.not_before is not None and self.dated_by in STATED

    @property
    def stated_year(self) -> int | None:
        """The year in which it began, where a document states it within one."""
        return year(str(self.not_after)) if self.censoring == "exact" else None

    @property
    def censoring(self) -> Censoring:
        """How far it is dated."""
        if self.not_after is None:
            return "undated"
        if self.not_before is None or not self.stated:
            return "left"
        return "exact" if year(self.not_before) == year(self.not_after) else "interval"

    def may_lie_in(self, window: tuple[int, int]) -> bool:
        """Whether it may lie in the years from the first to the last; one without any date may not be told to."""
        first, last = window
        if self.not_after is None:
            return window == EVER
        return year(self.not_after) >= first and (self.not_before is None or year(self.not_before) <= last)


@dataclass(frozen=True, slots=True)
class Spread:
    """The adoptions of a practice type, by the earliest upper bound; undated ones last.

    ``accounts`` apply the type, ``unplaced`` of them count for no unit.
    """

    practice_type: str
    name: str
    adoptions: tuple[Adoption, ...]
    accounts: int
    unplaced: int

    def counts(self) -> dict[str, int]:
        """How many are dated by a stated start (``stated``), only known by a date (``known_by``), ``undated``."""
        stated = sum(a.stated for a in self.adoptions)
        undated = sum(a.not_after is None for a in self.adoptions)
        return {"stated": stated, "known_by": len(self.adoptions) - stated - undated, "undated": undated}


@dataclass(frozen=True, slots=True)
class Material:
    """What the material reaches over: its last date, by which those that never appear are censored, and publishers.

    ``end`` is the latest date of publication, or a later one by which an account of a document without a date of
    publication says that something began; a start after the publication of its own document is a plan or an error, and
    moves nothing. ``undated`` of its ``documents`` have no date of publication.
    """

    end: str | None
    publishers: tuple[str, ...]
    documents: int = 0
    undated: int = 0


def spreads(projection: Projection, unit: Unit = "union", *, least: int = 1) -> list[Spread]:
    """Every practice type's adoptions, by id; types with fewer than ``least`` units are left out."""
    found = collection(projection, Selection())
    by_type: dict[str, list[Account]] = defaultdict(list)
    for account in found.accounts:
        for practice_type in account.applied:
            by_type[practice_type].append(account)
    made = [_spread(practice_type, accounts, found, unit) for practice_type, accounts in sorted(by_type.items())]
    return [spread for spread in made if len(spread.adoptions) >= least]


def material(projection: Projection) -> Material:
    """How far the material reaches, and who published it."""
    documents = [node for graph in projection.documents for node in graph.nodes if node.label == "Document"]
    published = [str(node.properties["published"]) for node in documents if "published" in node.properties]
    dated = {node.id for node in documents if "published" in node.properties}
    begun = [
        str(tie.properties["not_before"])
        for graph in projection.documents
        for tie in graph.relationships
        if tie.type == "APPLIED" and "not_before" in tie.properties and tie.properties["document"] not in dated
    ]
    publishers = {str(node.properties["publisher"]) for node in documents if "publisher" in node.properties}
    end = max(((bounds(one)[1], one) for one in (*published, *begun)), default=(None, None))[1]
    return Material(end, tuple(sorted(publishers)), len(documents), len(documents) - len(published))


def _spread(practice_type: str, accounts: Sequence[Account], found: Collection, unit: Unit) -> Spread:
    by_unit: dict[str, list[Relationship]] = defaultdict(list)
    datings: dict[str, list[Dating]] = defaultdict(list)
    told_by: dict[str, list[str]] = defaultdict(list)
    unplaced = 0
    for account in accounts:
        there = _units(account, found, unit)
        unplaced += not there
        for one in there:
            by_unit[one] += account.applied[practice_type]
            datings[one].append(of_account([tie.properties for tie in account.applied[practice_type]]))
            told_by[one].append(account.id)
    label = "TradeUnion" if unit == "union" else "Region"
    made = []
    for identifier, statements in by_unit.items():
        dating = earliest(datings[identifier])
        properties = found.nodes[label, identifier].properties
        made.append(
            Adoption(
                practice_type,
                identifier,
                str(properties.get("full_name") or properties["name"]),
                dating["not_before"],
                dating["not_after"],
                dating["dated_by"],
                tuple(statements),
                tuple(told_by[identifier]),
            )
        )
    made.sort(key=lambda a: (a.not_after or "9999", a.not_before or "", a.unit))
    name = str(found.nodes["PracticeType", practice_type].properties["name"])
    return Spread(practice_type, name, tuple(made), len(accounts), unplaced)


def _units(account: Account, found: Collection, unit: Unit) -> list[str]:
    """The units that an account counts for."""
    if unit == "union":
        return units(account, "TradeUnion", found, None)
    return units(account, "Region", found, unit)


def year(date: str) -> int:
    """The year of a partial date."""
    return int(date[:4])
