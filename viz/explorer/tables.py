"""The tables of the page: documents, themes, groups, regions, unions and practice types, each row once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from unionkg.graph.exchange.references import reference
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.viz.explorer.base import Base

#: How a union takes part in an account, by the relationship that says so.
ROLES: Mapping[str, str] = {
    "INITIATED": "originator",
    "SUPERVISED": "superior",
    "JOINED": "partner",
    "ESTABLISHED": "created",
    "MENTIONS": "mentioned",
}


def documents(base: Base) -> list[dict[str, Any]]:
    """Title, publisher, date and reference of every document."""
    return [
        {
            "id": identifier,
            "title": node.properties["title"],
            "publisher": node.properties.get("publisher"),
            "published": node.properties.get("published"),
            "rights": node.properties.get("rights"),
            "reference": reference(node),
        }
        for identifier, node in _rows(base, "Document")
    ]


def terms(base: Base, label: str, tie: str) -> list[dict[str, Any]]:
    """Themes or target groups with the number of accounts that a document puts there."""
    counted: dict[str, set[str]] = defaultdict(set)
    for one in base.ties(tie):
        if one.start[0] == "PracticeCase":
            counted[one.end[1]].add(account_of(base, one.start[1]))
    return [
        {"id": identifier, "name": node.properties["name"], "accounts": len(counted[identifier])}
        for identifier, node in _rows(base, label)
    ]


def account_of(base: Base, case: str) -> str:
    """The account that a printing is of."""
    return str(base.nodes["PracticeCase", case].properties["account"])


def regions(base: Base) -> list[dict[str, Any]]:
    """Every region in the table: code, names, level, what it lies in today; of one that ended, when and what it became."""
    places = base.collection.places
    made = []
    for identifier, node in _rows(base, "Region"):
        given = node.properties
        uppers = [base.add("Region", upper) for upper in places.above.get(identifier, ())]
        row = {
            "id": identifier,
            "code": given["code"],
            "name": given["name"],
            "full": given.get("full_name", given["name"]),
            "level": given.get("level"),
            "within": uppers,
            "counted": bool(given.get("counted")),
        }
        if "valid_to" in given:
            row["until"] = given["valid_to"]
            row["became"] = [base.add("Region", later) for later in places.became.get(identifier, ())]
        made.append(row)
    return made


def unions(base: Base) -> list[dict[str, Any]]:
    """Every union in the table, with its superiors by line and the shown accounts in which it takes part."""
    parts = _parts(base)
    superiors: dict[str, list[Relationship]] = defaultdict(list)
    seats: dict[str, list[str]] = defaultdict(list)
    for tie in base.projection.derived:
        if tie.type == "SUBORDINATE_TO":
            superiors[tie.start[1]].append(tie)
        elif tie.type == "BASED_IN":
            seats[tie.start[1]].append(tie.end[1])
    done: list[dict[str, Any]] = []
    while len(done) < len(base.tables["TradeUnion"]):  # superiors join the table as they are named
        identifier = list(base.tables["TradeUnion"])[len(done)]
        given = base.nodes["TradeUnion", identifier].properties
        done.append(
            {
                "id": identifier,
                "name": given["name"],
                "canonical": given.get("canonical"),
                "aliases": given.get("aliases", []),
                "level": given.get("level"),
                "type": given.get("type"),
                "regions": [base.add("Region", region) for region in sorted(seats[identifier])],
                "superiors": [_superior(base, tie) for tie in superiors[identifier]],
                "accounts": parts.get(identifier, []),
            }
        )
    return done


def _superior(base: Base, tie: Relationship) -> dict[str, Any]:
    given = tie.properties
    cases = given.get("cases")
    return {
        "union": base.add("TradeUnion", tie.end[1]),
        "line": given.get("line"),
        "basis": given.get("basis") or given.get("method"),
        "quotes": base.of(tie),
        "accounts": [
            at
            for case in (cases if isinstance(cases, list) else [])
            if (at := base.position("PracticeCase", str(case))) is not None
        ],
    }


def _parts(base: Base) -> dict[str, list[list[Any]]]:
    """The shown accounts of every union with its role; every union of such an account is in the table."""
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for kind, role in ROLES.items():
        for tie in base.ties(kind):
            union, case = (tie.start, tie.end) if tie.start[0] == "TradeUnion" else (tie.end, tie.start)
            at = base.position("PracticeCase", case[1])
            if union[0] == "TradeUnion" and at is not None:
                base.add("TradeUnion", union[1])
                if [at, role] not in found[union[1]]:
                    found[union[1]].append([at, role])
    return found


def types(base: Base) -> list[dict[str, Any]]:
    """The practice types that occur, with their fields and the shown accounts that apply them."""
    themes: dict[str, list[int]] = defaultdict(list)
    for tie in base.projection.structure[1]:
        if tie.type == "IN_THEME" and tie.start[0] == "PracticeType":
            themes[tie.start[1]].append(base.add("Theme", tie.end[1]))
    shown: dict[str, set[int]] = defaultdict(set)
    every: dict[str, set[str]] = defaultdict(set)
    for tie in base.ties("APPLIED"):
        every[tie.end[1]].add(account_of(base, tie.start[1]))
        at = base.position("PracticeCase", tie.start[1])
        if at is not None:
            shown[tie.end[1]].add(at)
    return [
        {
            "id": identifier,
            "name": node.properties["name"],
            "routine": bool(node.properties.get("routine")),
            "themes": sorted(themes[identifier]),
            "aliases": node.properties.get("aliases", []),
            "accounts": sorted(shown[identifier]),
            "count": len(every[identifier]),
        }
        for identifier, node in _rows(base, "PracticeType")
    ]


def _rows(base: Base, label: str) -> Sequence[tuple[str, Node]]:
    return [(identifier, base.nodes[label, identifier]) for identifier in base.tables[label]]
