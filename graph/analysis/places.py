"""Regions as the structure of the graph has them: what lies in what today, and what became of what ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from unionkg.graph.stores.protocol import Node, Relationship


@dataclass(frozen=True, slots=True)
class Places:
    """Regions by id, the regions directly above each today, and what each became."""

    nodes: Mapping[str, Node]
    above: Mapping[str, tuple[str, ...]]
    became: Mapping[str, tuple[str, ...]]


def places(nodes: Iterable[Node], ties: Iterable[Relationship]) -> Places:
    """Read the regions of a projection's structure: dated ``WITHIN`` that ended does not count."""
    above: dict[str, set[str]] = defaultdict(set)
    became: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.type == "WITHIN" and "valid_to" not in tie.properties:
            above[tie.start[1]].add(tie.end[1])
        elif tie.type == "SUCCEEDED_BY":
            became[tie.start[1]].add(tie.end[1])
    return Places(
        {node.id: node for node in nodes if node.label == "Region"},
        {region: tuple(sorted(upper)) for region, upper in above.items()},
        {region: tuple(sorted(later)) for region, later in became.items()},
    )


def upwards(region: str, known: Places) -> frozenset[str]:
    """The region, all that it lies in today, and all that it or they became."""
    waiting, seen = [region], {region}
    while waiting:
        here = waiting.pop()
        for other in (*known.above.get(here, ()), *known.became.get(here, ())):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return frozenset(seen)


def today(region: str, known: Places) -> tuple[str, ...]:
    """What counts for a region today: itself, or what it became if it ended."""
    node = known.nodes.get(region)
    if node is None or "valid_to" not in node.properties or region not in known.became:
        return (region,)
    return tuple(sorted({later for other in known.became[region] for later in today(other, known)}))


def at_level(region: str, level: str | None, known: Places) -> tuple[str, ...]:
    """The regions of a level (key of ``region_levels``) that a region counts for, usually one.

    None where it is coarser than the level; a city of the 兵团 counts for two provinces. Without a level: see `today`.
    """
    if level is None:
        return today(region, known)
    return tuple(
        sorted(
            upper
            for upper in upwards(region, known)
            if upper in known.nodes
            and known.nodes[upper].properties.get("level") == level
            and "valid_to" not in known.nodes[upper].properties
        )
    )


def counts_for(regions: Iterable[str], level: str | None, known: Places) -> set[str]:
    """The regions of a level that several regions count for; see `at_level`."""
    return {one for region in regions for one in at_level(region, level, known)}


def borders(ties: Iterable[Relationship]) -> dict[str, set[str]]:
    """The regions that each region borders on."""
    touching: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.type == "ADJACENT_TO":
            touching[tie.start[1]].add(tie.end[1])
            touching[tie.end[1]].add(tie.start[1])
    return touching


def province(region: str, known: Places) -> str:
    """The name of the province that a region belongs to today; of two, both with 、 between."""
    return "、".join(str(known.nodes[one].properties["name"]) for one in at_level(region, "province", known))
