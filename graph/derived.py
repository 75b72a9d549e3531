"""What follows from several statements at once, for direct questions; each names the accounts behind it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.hierarchy import TEXT, hierarchy
from unionkg.graph.node_ids import Vocabularies, practice_type_id, region_id, term_id, told
from unionkg.graph.projection import statement_properties
from unionkg.graph.records import CaseRecord, SuperiorStatement
from unionkg.graph.same_account import Copy
from unionkg.graph.stores.protocol import Node, Relationship

#: Derived relationship types, in the order in which they are written.
DERIVED = (
    "PRACTISES",
    "INSTANCE_OF",
    "IN_THEME",
    "ADOPTED",
    "LEARNED_FROM",
    "BASED_IN",
    "SUBORDINATE_TO",
    "SAME_ACCOUNT",
)

_CODES = "GB/T 2260"

#: What a statement of learning must not be, for one union to have learned from another.
_NO_LEARNING = ("collective", "internal", "intended")

_End = tuple[str, str]


def derived_relationships(
    cases: Sequence[EffectiveRecord],
    adopted: Iterable[Relationship],
    learned: Iterable[Relationship],
    vocabularies: Vocabularies,
    redirects: Mapping[str, str],
    groups: Mapping[str, str],
) -> list[Relationship]:
    """What follows from accounts and their statements, ordered by type and ends.

    Parameters
    ----------
    adopted, learned : relationships
        The projected ``APPLIED`` and stated ``LEARNED_FROM`` of all documents.
    groups : mapping
        The account that a printing is of, where there are several (`unionkg.graph.same_account`).
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
    made += _adoptions(adopted, owners, places, groups)
    return sorted(made, key=lambda r: (r.type, r.start, r.end))


def copies_of(copies: Iterable[Copy], groups: Mapping[str, str]) -> list[Relationship]:
    """The pairs of accounts that may be one, as computed relationships; those of one group are by a rule or a person."""
    made: dict[tuple[str, str], tuple[str, float]] = {(c.first, c.other): (c.method, c.score) for c in copies}
    for identifier, first in groups.items():
        if identifier != first:
            made.setdefault((first, identifier), ("same_account.group", 1.0))
    return [
        _derived(
            "SAME_ACCOUNT",
            ("PracticeCase", one),
            ("PracticeCase", other),
            {"method": method, "score": score, "cases": [one, other]},
        )
        for (one, other), (method, score) in sorted(made.items())
    ]


def _derived(kind: str, start: _End, end: _End, properties: Mapping[str, Any], *more: str) -> Relationship:
    digest = hashlib.sha256("\n".join((kind, *start, *end, *more)).encode()).hexdigest()[:16]
    return Relationship(kind, f"derived:{digest}", start, end, told(properties))


def _adoptions(
    adopted: Iterable[Relationship],
    owners: Mapping[str, Sequence[_End]],
    places: Mapping[str, Sequence[_End]],
    groups: Mapping[str, str],
) -> list[Relationship]:
    """The earliest record of every union or region with a practice type, as an interval with its basis.

    An account with several owners counts for each. docs/decisions/0004-adoption-intervals.md gives the reasons.
    """
    by_pair: dict[tuple[_End, _End], dict[str, list[Relationship]]] = defaultdict(lambda: defaultdict(list))
    for applied in adopted:
        case = applied.start[1]
        for unit in (*owners.get(case, ()), *places.get(case, ())):
            by_pair[unit, applied.end][groups.get(case, case)].append(applied)
    made = []
    for (unit, practice_type), accounts in by_pair.items():
        cases = sorted({tie.start[1] for printings in accounts.values() for tie in printings})
        dating = earliest([of_account([tie.properties for tie in printings]) for printings in accounts.values()])
        made.append(_derived("ADOPTED", unit, practice_type, {**dating, "cases": cases}))
    return made


Dating = Mapping[str, Any]
"""``not_before``, ``not_after`` and ``dated_by``; what is not known is absent or None."""


def of_account(printings: Sequence[Dating]) -> Dating:
    """When an account's beginning lies, of what its printings say.

    A printing that states a beginning tells what one that only is known by its date does not, unless the account was
    known before that beginning: then the statements contradict each other, and only the upper bound is left.
    """
    stated = earliest([d for d in printings if d.get("not_before")])
    known = earliest(printings)
    if stated["not_before"] is None or known["not_after"] < stated["not_before"]:
        return known
    return stated


def earliest(datings: Sequence[Dating]) -> Dating:
    """The interval of the earliest of several dates, each of another account.

    It lies between the smallest lower and the smallest upper bound, which may be those of two. An account without a
    lower bound may be the earliest whatever else is known, so then there is none. ``dated_by`` names the basis of the
    upper bound, of equal ones that of an account whose beginning is known.
    """
    known_by = [d for d in datings if d.get("not_after")]
    last = min(known_by, key=lambda d: (d["not_after"], not d.get("not_before"), d["dated_by"]), default={})
    lower = [d["not_before"] for d in datings if d.get("not_before")]
    return {
        "not_before": min(lower) if lower and len(lower) == len(datings) else None,
        "not_after": last.get("not_after"),
        "dated_by": last.get("dated_by"),
    }


def union_structure(
    cases: Iterable[EffectiveRecord],
    unions: Sequence[Node],
    redirects: Mapping[str, str],
    groups: Mapping[str, str],
) -> list[Relationship]:
    """Where unions are based, and under which unions they stand (`unionkg.graph.hierarchy`).

    A superior that texts state is one relationship for each account that states it, with its evidence for a source.
    ``unions`` are the TradeUnion nodes (`unionkg.graph.entities`), ``groups`` as in `unionkg.graph.same_account`.
    """
    made = [
        _derived("BASED_IN", ("TradeUnion", union.id), ("Region", region_id(code)), {"source": _CODES})
        for union in unions
        if isinstance(code := union.properties.get("region"), str)
    ]
    told = [
        (superior_ends(case.record, said, redirects), said, case) for case in cases for said in case.record.superiors
    ]
    stated = {(ends, groups.get(case.record.id, case.record.id)) for ends, _, case in told if ends is not None}
    for tie in hierarchy(unions, [ends for ends, _ in stated]):
        properties: dict[str, Any] = {"line": tie.line, "primary": tie.primary}
        ends = ("TradeUnion", tie.lower), ("TradeUnion", tie.upper)
        if tie.source != TEXT:
            # Both lines may lead to one union: the line is part of what makes the tie.
            made.append(_derived("SUBORDINATE_TO", *ends, {**properties, "source": tie.source}, tie.line))
            continue
        for pair, said, case in told:
            if pair == (tie.lower, tie.upper):
                evidence = statement_properties(said, case)
                made.append(_derived("SUBORDINATE_TO", *ends, {**properties, **evidence}, said.id))
    return sorted(made, key=lambda r: (r.type, r.start, r.end, r.id))


def superior_ends(record: CaseRecord, said: SuperiorStatement, redirects: Mapping[str, str]) -> tuple[str, str] | None:
    """The ids of the lower and the upper union; None where the account no longer names both."""
    named = {union.name: redirects.get(union.entity, union.entity) for union in record.unions if union.entity}
    lower, upper = named.get(said.union), named.get(said.superior)
    return (lower, upper) if lower and upper else None
