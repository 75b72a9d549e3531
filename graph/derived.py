"""What follows from several statements at once, for direct questions; each names the accounts behind it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.projection import Vocabularies, practice_type_id, region_id, term_id, told
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.ontology.regions import RegionTable
from unionkg.ontology.vocabulary import terms

#: Derived relationship types, in the order in which they are written.
DERIVED = ("PRACTISES", "INSTANCE_OF", "IN_THEME", "ADOPTED", "LEARNED_FROM", "BASED_IN", "SUBORDINATE_TO")

#: The levels whose federations have others below them by code.
_SUPERIORS = ("national", "provincial", "prefecture", "county")

#: What a statement of learning must not be, for one union to have learned from another.
_NO_LEARNING = ("collective", "internal", "intended")

_End = tuple[str, str]


def derived_relationships(
    cases: Sequence[EffectiveRecord],
    adopted: Iterable[Relationship],
    learned: Iterable[Relationship],
    unions: Sequence[Node],
    vocabularies: Vocabularies,
    redirects: Mapping[str, str],
    regions: RegionTable,
) -> list[Relationship]:
    """Everything derived, ordered by type and ends.

    Parameters
    ----------
    adopted, learned : relationships
        The projected ``APPLIED`` and stated ``LEARNED_FROM`` of all documents.
    unions : nodes
        The TradeUnion nodes (`unionkg.graph.entities`).
    """
    found: dict[tuple[str, _End, _End], set[str]] = defaultdict(set)
    owners: dict[str, list[_End]] = {}
    places: dict[str, list[_End]] = {}
    for case in cases:
        record = case.record
        owners[record.id] = sorted(
            {
                ("TradeUnion", redirects.get(u.entity, u.entity))
                for u in record.unions
                if u.role == "originator" and u.entity
            }
        )
        places[record.id] = [("Region", region_id(r.code)) for r in record.regions if r.role == "location"]
        mains = [c for c in record.concepts if c.role == "main"]
        for practice in record.practices:
            if not practice.entity:
                continue
            there = ("Practice", redirects.get(practice.entity, practice.entity))
            for owner in owners[record.id]:
                found["PRACTISES", owner, there].add(record.id)
            theme = vocabularies.themes.get(practice.theme)
            if theme:
                found["IN_THEME", there, ("Theme", term_id("theme", theme))].add(record.id)
            for concept in mains if practice.main else ():
                kind = ("PracticeType", practice_type_id(concept.concept, vocabularies))
                found["INSTANCE_OF", there, kind].add(record.id)
    for tie in learned:
        if tie.end[0] == "TradeUnion" and not any(tie.properties.get(flag) for flag in _NO_LEARNING):
            for owner in owners.get(tie.start[1], ()):
                if owner != tie.end:
                    found["LEARNED_FROM", owner, tie.end].add(tie.start[1])
    made = [_derived(kind, start, end, {"cases": sorted(ids)}) for (kind, start, end), ids in found.items()]
    made += _adoptions(adopted, owners, places)
    made += _union_structure(unions, regions)
    return sorted(made, key=lambda r: (r.type, r.start, r.end))


def _derived(kind: str, start: _End, end: _End, properties: Mapping[str, Any]) -> Relationship:
    digest = hashlib.sha256("\n".join((kind, *start, *end)).encode()).hexdigest()[:16]
    return Relationship(kind, f"derived:{digest}", start, end, told(properties))


def _adoptions(
    adopted: Iterable[Relationship], owners: Mapping[str, Sequence[_End]], places: Mapping[str, Sequence[_End]]
) -> list[Relationship]:
    """The earliest record of every union or region with a practice type, as an interval with its basis.

    It lies between the smallest lower and the smallest upper bound of all accounts, which may be those of two.
    An account without a lower bound may be the earliest whatever else is known, so then there is none. Of equal
    upper bounds that of an account whose beginning is known names the basis. An account with several owners
    counts for each. docs/decisions/0004-adoption-intervals.md gives the reasons.
    """
    by_pair: dict[tuple[_End, _End], list[Relationship]] = defaultdict(list)
    for applied in adopted:
        case = applied.start[1]
        for unit in (*owners.get(case, ()), *places.get(case, ())):
            by_pair[unit, applied.end].append(applied)
    made = []
    for (unit, practice_type), ties in by_pair.items():
        cases = sorted({tie.start[1] for tie in ties})
        dating = _earliest([tie.properties for tie in ties])
        made.append(_derived("ADOPTED", unit, practice_type, {**dating, "cases": cases}))
    return made


def _earliest(datings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The interval of the earliest of several dates, each with its own; ``dated_by`` names the upper bound's basis."""
    known_by = [d for d in datings if "not_after" in d]
    last = min(known_by, key=lambda d: (d["not_after"], "not_before" not in d, d["dated_by"]), default={})
    lower = [d["not_before"] for d in datings if "not_before" in d]
    return {
        "not_before": min(lower) if len(lower) == len(datings) else None,
        "not_after": last.get("not_after"),
        "dated_by": last.get("dated_by"),
    }


def _union_structure(unions: Sequence[Node], regions: RegionTable) -> list[Relationship]:
    """Where a union is based, and its territorial (块) superior: the nearest local federation above it by code.

    Only from names and codes, and only between unions that documents name; the line 条 needs a text. A superior
    stands at a higher level, so two entries for one federation, not yet judged the same, are not each other's; a
    union below them gets the first by id.
    """
    rank = {term.key: int(term.fields["rank"]) for term in terms("union_levels")}
    federations: dict[str | None, list[tuple[int, str]]] = defaultdict(list)
    for union in sorted(unions, key=lambda node: node.id):
        level, code = union.properties.get("level"), union.properties.get("region")
        if union.properties.get("type") == "local_federation" and level in _SUPERIORS and (code or level == "national"):
            place = None if level == "national" else str(code)
            federations[place].append((rank[str(level)], union.id))
    made = []
    for union in unions:
        code = union.properties.get("region")
        here = ("TradeUnion", union.id)
        if isinstance(code, str):
            made.append(_derived("BASED_IN", here, ("Region", region_id(code)), {"source": "GB/T 2260"}))
        if union.properties.get("type") != "local_federation" or not isinstance(code, str):
            continue
        own = rank[str(union.properties["level"])]
        above = ([f for f in federations[c] if f[0] < own] for c in (code, *regions.ancestors(code), None))
        nearest = next((found for found in above if found), None)
        if nearest:
            superior = max(nearest, key=lambda f: f[0])[1]
            properties = {"line": "territorial", "primary": True, "source": "GB/T 2260"}
            made.append(_derived("SUBORDINATE_TO", here, ("TradeUnion", superior), properties))
    return made
