"""What the other end of a diffusion statement is: a union, a region, an organisation, a practice, or a name.

The record keeps the words as printed. They are resolved against what the same account names; what cannot be
resolved stays as an UnresolvedName, kept and counted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from unionkg.graph.records import CaseRecord, DiffusionStatement
from unionkg.graph.union_names import normal

_TYPES: Mapping[str, str] = {
    "learned_from": "LEARNED_FROM",
    "promoted_by": "PROMOTED_BY",
    "scaled_to": "SCALED_TO",
    "replicated_in": "REPLICATED_IN",
    "recognised_by": "RECOGNISED_BY",
}
_LABELS = {
    "union": "TradeUnion",
    "region": "Region",
    "organization": "Organization",
    "practice": "Practice",
    "case": "PracticeCase",
    "policy": "Policy",
    "doc": "Document",
}
#: A name that ends so is a body that can order a pilot, not a place that runs one.
_BODY = re.compile(r"(总工会|工会|全总|[省市区县]总|局|委|委员会|部|政府|办公室|厅|法院|检察院)$")


#: What documents call the All-China Federation beside its name.
_NATIONAL = ("全总", "全国总工会")

#: The names that an account gives to entities: normalised name -> (label, id).
Names = Mapping[str, tuple[str, str]]


def names_of(record: CaseRecord) -> Names:
    """Collect the names of a record; of one name for several things the first kind below wins."""
    names: dict[str, tuple[str, str]] = {}
    for region in record.regions:
        names.setdefault(normal(region.name), ("Region", f"region:{region.code}"))
    for union in record.unions:
        if union.entity:
            names.setdefault(normal(union.name), ("TradeUnion", union.entity))
            names.setdefault(normal(union.canonical), ("TradeUnion", union.entity))
            if union.level == "national" and union.type == "local_federation":
                for short in _NATIONAL:
                    names.setdefault(short, ("TradeUnion", union.entity))
    for partner in record.partners:
        if partner.entity:
            names.setdefault(normal(partner.name), ("Organization", partner.entity))
    for practice in record.practices:
        for name in (practice.name, *practice.aliases):
            if practice.entity and not practice.main:
                names.setdefault(normal(name), ("Practice", practice.entity))
    for policy in record.policies:
        if policy.entity:
            names.setdefault(normal(policy.value), ("Policy", policy.entity))
    return names


def resolve_end(spread: DiffusionStatement, names: Names) -> tuple[str, str]:
    """Label and id of the other end; an unresolved name is one node over all documents, so it can be counted."""
    if spread.entity:
        return _LABELS[spread.entity.partition(":")[0]], spread.entity
    name = normal(spread.other)
    if not spread.collective and name in names:
        return names[name]
    return "UnresolvedName", "unresolved:" + hashlib.sha256(name.encode()).hexdigest()[:12]


#: Rules whose words say that the other end ran the pilot (先在某分公司试用), whatever kind of body it is.
_RAN_IT = frozenset(
    f"diffusion.{rule}"
    for rule in ("chosen", "chosen_number", "in_places", "first_in", "taken_as", "explored_by", "explored_by_body")
)


def relationship_type(spread: DiffusionStatement, label: str) -> str:
    """The relationship type; ``piloted_by`` splits by whether its other end ordered the pilot or ran it."""
    if spread.type != "piloted_by":
        return _TYPES[spread.type]
    if label == "Region" or spread.method in _RAN_IT:
        return "PILOTED_AT"
    if label in {"TradeUnion", "Organization", "Policy"} or _BODY.search(spread.other):
        return "PILOT_ASSIGNED_BY"
    return "PILOTED_AT"
