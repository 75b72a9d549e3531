"""The accounts of a projection as networks take them: whose they are, where, which practice types, who learned of whom.

Printings of one account (`unionkg.graph.same_account`) are one account here: what any of them says counts once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from unionkg.graph.analysis.places import Places, places, upwards
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Node, Relationship

#: How documents say that a practice spread: the relationship types of stated diffusion.
SPREAD = (
    "LEARNED_FROM",
    "PILOT_ASSIGNED_BY",
    "PILOTED_AT",
    "PROMOTED_BY",
    "SCALED_TO",
    "REPLICATED_IN",
    "RECOGNISED_BY",
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which accounts count: those of a practice type, a theme (both by Chinese label), a region (node id) or below.

    ``routine`` takes in the practice types that every union has (送温暖, 职代会 …).
    """

    practice_type: str | None = None
    theme: str | None = None
    region: str | None = None
    routine: bool = False


@dataclass(slots=True)
class Account:
    """One account: ids of its originators, of its regions as printed, of its themes and practice types; its statements.

    ``applied`` are by practice type, without routine ones unless these are taken in; ``spread`` tell of diffusion.
    """

    id: str
    unions: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    applied: dict[str, list[Relationship]] = field(default_factory=lambda: defaultdict(list))
    spread: list[Relationship] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that networks are made of.

    Attributes
    ----------
    nodes : mapping
        Nodes by (label, id).
    accounts : tuple
        The selected accounts, by id.
    every : mapping
        All accounts by the id of any printing.
    seats : mapping
        The regions that unions are based in.
    places : Places
    broader : frozenset of (str, str)
        Pairs of practice types of which the second is broader than the first.
    inferred : tuple
        Inferred ties between unions or regions; never counted with what documents state.
    """

    nodes: Mapping[tuple[str, str], Node]
    accounts: tuple[Account, ...]
    every: Mapping[str, Account]
    seats: Mapping[str, tuple[str, ...]]
    places: Places
    broader: frozenset[tuple[str, str]]
    inferred: tuple[Relationship, ...]


def collection(projection: Projection, selection: Selection) -> Collection:
    """Read a projection."""
    structure, ties = projection.structure
    nodes = {(node.label, node.id): node for node in (*structure, *projection.entities)}
    nodes |= {(node.label, node.id): node for graph in projection.documents for node in graph.nodes}
    skipped = {
        node.id
        for node in nodes.values()
        if node.label == "PracticeType" and node.properties.get("routine") and not selection.routine
    }
    every: dict[str, Account] = {}
    by_group: dict[str, Account] = {}
    for node in nodes.values():
        if node.label == "PracticeCase":
            group = str(node.properties["account"])
            every[node.id] = by_group.setdefault(group, Account(group))
    for graph in projection.documents:
        for tie in sorted(graph.relationships, key=_place):
            _take(tie, every, skipped)
    seats: dict[str, set[str]] = defaultdict(set)
    for tie in projection.derived:
        if tie.type == "BASED_IN":
            seats[tie.start[1]].add(tie.end[1])
    known = places(structure, ties)
    return Collection(
        nodes,
        tuple(account for _, account in sorted(by_group.items()) if _selected(account, selection, nodes, known)),
        every,
        {union: tuple(sorted(regions)) for union, regions in seats.items()},
        known,
        frozenset((t.start[1], t.end[1]) for t in ties if t.type == "BROADER" and t.start[0] == "PracticeType"),
        tuple(sorted((t for t in projection.derived if t.type == "INFERRED_TIE"), key=_place)),
    )


def _place(tie: Relationship) -> tuple[str, str]:
    return tie.type, tie.id


def _take(tie: Relationship, accounts: Mapping[str, Account], skipped: set[str]) -> None:
    """Put a statement with the account that makes it."""
    if tie.type == "INITIATED":
        accounts[tie.end[1]].unions.add(tie.start[1])
        return
    account = accounts.get(tie.start[1])
    if account is None:
        return
    if tie.type == "TOOK_PLACE_IN":
        account.regions.add(tie.end[1])
    elif tie.type == "IN_THEME":
        account.themes.add(tie.end[1])
    elif tie.type == "APPLIED":
        account.types.add(tie.end[1])
        if tie.end[1] not in skipped:
            account.applied[tie.end[1]].append(tie)
    elif tie.type in SPREAD:
        account.spread.append(tie)


def _selected(account: Account, selection: Selection, nodes: Mapping[tuple[str, str], Node], known: Places) -> bool:
    if selection.theme and all(nodes["Theme", one].properties["name"] != selection.theme for one in account.themes):
        return False
    if selection.practice_type and all(
        nodes["PracticeType", one].properties["name"] != selection.practice_type for one in account.types
    ):
        return False
    return selection.region is None or any(selection.region in upwards(one, known) for one in account.regions)


def listed(of: Node | Relationship, name: str) -> list[Any]:
    """The items of a property that is a list; none where it is not set."""
    value = of.properties.get(name)
    return value if isinstance(value, list) else []
