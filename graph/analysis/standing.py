"""Who stands above whom: unions by their lines of command, by level and place, and regions by what lies in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from unionkg.graph.analysis.accounts import Account, Collection
from unionkg.graph.analysis.places import upwards
from unionkg.graph.build import Projection
from unionkg.graph.union_names import NATIONAL
from unionkg.ontology.vocabulary import terms

End = tuple[str, str]
"""Label and id of a node."""

_REGION_LEVELS = {"province": "provincial", "prefecture": "prefecture", "county": "county", "township": "township"}
"""The level of a union that leads a region, by the region's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The unions above each union (by ``SUBORDINATE_TO``, however far), and the rank of every level."""

    above: Mapping[str, frozenset[str]]
    ranks: Mapping[str, int]
    found: Collection


def standing(projection: Projection, found: Collection) -> Standing:
    """Read the lines of command of a projection."""
    direct: dict[str, set[str]] = defaultdict(set)
    for tie in projection.derived:
        if tie.type == "SUBORDINATE_TO":
            direct[tie.start[1]].add(tie.end[1])
    closed = {union: _closure(union, direct) for union in direct}
    return Standing(closed, {term.key: int(term.fields["rank"]) for term in terms("union_levels")}, found)


def _closure(union: str, direct: Mapping[str, set[str]]) -> frozenset[str]:
    waiting, seen = list(direct[union]), set(direct[union])
    while waiting:
        for upper in direct.get(waiting.pop(), ()):
            if upper not in seen:
                seen.add(upper)
                waiting.append(upper)
    return frozenset(seen - {union})


def places_of(union: str, account: Account | None, known: Standing) -> tuple[str, ...]:
    """The regions that a union is based in; where that is not known, those of its account."""
    return known.found.seats.get(union) or tuple(sorted(account.regions if account else ()))


def is_above(upper: End, union: str, account: Account | None, known: Standing) -> bool:
    """Whether a union or region surely stands above a union.

    A union does so by a line of command, or as the federation of a region that the other is based in; the national
    federation stands above all. A region does so where the union's own lies inside it, or where the union is one of
    those that a region leads (a company in the region). Of anything else it is not known.
    """
    label, identifier = upper
    if label == "TradeUnion":
        if identifier == union:
            return False
        if identifier in known.above.get(union, ()):
            return True
        properties = known.found.nodes["TradeUnion", identifier].properties
        rank, other = level_rank(identifier, known), level_rank(union, known)
        if rank is None or (other is not None and rank >= other):
            return False
        if _is_national(identifier, known):
            return True
        if properties.get("type") != "local_federation":
            return False
        seats = known.found.seats.get(identifier, ())
        return any(
            seat in upwards(place, known.found.places) for place in places_of(union, account, known) for seat in seats
        )
    if label == "Region":
        here = places_of(union, account, known)
        leads = known.found.nodes["TradeUnion", union].properties.get("type") == "local_federation"
        return any(
            identifier in upwards(place, known.found.places) and (not leads or place != identifier) for place in here
        )
    return False


def covers(upper: str, place: str, known: Standing) -> bool:
    """Whether a region lies in what a union leads; the national federation leads everything."""
    if _is_national(upper, known):
        return True
    around = upwards(place, known.found.places)
    return any(seat in around for seat in known.found.seats.get(upper, ()))


def _is_national(union: str, known: Standing) -> bool:
    """Whether it is the national federation itself, not a national union of one industry."""
    properties = known.found.nodes["TradeUnion", union].properties
    return properties.get("level") == "national" and NATIONAL in {properties.get("canonical"), properties.get("name")}


def level_rank(union: str, known: Standing) -> int | None:
    """The rank of a union's level, 1 for the nation; None where its level is not known."""
    return known.ranks.get(str(known.found.nodes["TradeUnion", union].properties.get("level")))


def rank_of(end: End, known: Standing) -> int | None:
    """The rank of a union, or of the union that leads a region; None for anything else."""
    if end[0] == "TradeUnion":
        return level_rank(end[1], known)
    if end[0] == "Region":
        level = str(known.found.nodes[end].properties.get("level"))
        return known.ranks.get(_REGION_LEVELS.get(level, ""))
    return None


def is_place(end: End, known: Standing) -> bool:
    """Whether an end stands for a place: a region, or its federation."""
    return end[0] == "Region" or (
        end[0] == "TradeUnion" and known.found.nodes[end].properties.get("type") == "local_federation"
    )
