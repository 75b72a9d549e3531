"""What the units of diffusion are, beside their ids: level, place, province; and which of them could adopt at all.

The regions of a level are those of today; an account of a region that ended counts for what it became. Hong Kong, Macau
and Taiwan are not counted: the provinces are 31 and the 兵团.
"""

from __future__ import annotations

from dataclasses import dataclass

from unionkg.graph.analysis.accounts import Collection
from unionkg.graph.analysis.adoptions import Unit
from unionkg.graph.analysis.places import province


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with where it is.

    Attributes
    ----------
    id, name : str
        ``name`` is in full: 上海市宝山区, not 宝山区.
    level : str or None
        Key of ``union_levels`` or ``region_levels``.
    region : str or None
        Id of the region: of a union where it is based (of several the first by code), of a region itself.
    code : str or None
        Its GB/T 2260 code.
    place, province : str or None
        Name in full of that region, and of its province.
    """

    id: str
    name: str
    level: str | None
    region: str | None
    code: str | None
    place: str | None
    province: str | None


def describe(identifier: str, unit: Unit, found: Collection) -> Place:
    """What is known of a unit."""
    properties = found.nodes["TradeUnion" if unit == "union" else "Region", identifier].properties
    seat = next(iter(found.seats.get(identifier, ())), None) if unit == "union" else identifier
    there = found.places.nodes[seat].properties if seat is not None and seat in found.places.nodes else None
    return Place(
        identifier,
        str(properties.get("full_name") or properties["name"]),
        str(properties["level"]) if "level" in properties else None,
        seat,
        str(there["code"]) if there else None,
        str(there.get("full_name") or there["name"]) if there else None,
        (province(seat, found.places) or None) if seat else None,
    )


def could_adopt(unit: Unit, found: Collection, *, level: str | None = None) -> list[str]:
    """The units of which it could be known that they adopted, by id.

    Regions: all of the level as divided today that are counted. Unions: those that have an account of their own in the
    material, whatever it is about; nobody knows all unions there are. ``level`` keeps unions of one level.
    """
    if unit != "union":
        return sorted(
            identifier
            for identifier, node in found.places.nodes.items()
            if node.properties.get("level") == unit
            and "valid_to" not in node.properties
            and node.properties.get("counted", True)
        )
    owners = {owner for account in found.every.values() for owner in account.unions}
    return sorted(
        owner for owner in owners if level is None or found.nodes["TradeUnion", owner].properties.get("level") == level
    )
