"""The nodes that several documents share, each made of all statements about it.

Where statements differ the node shows one by a stated rule: the name printed most often (then the longest, then
the first in code order), and of type, level and region the most frequent. The others stay on the statements.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from unionkg.graph.announced import full_name, issuer_ends
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.diffusion_ends import names_of, resolve_end
from unionkg.graph.node_ids import Vocabularies, practice_type_id, told
from unionkg.graph.records import (
    AnnouncementStatement,
    CommentatorStatement,
    DiffusionStatement,
    HonorStatement,
    PartnerStatement,
    PracticeStatement,
    Statement,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.stores.protocol import Node

_LABELS = {
    "unions": "TradeUnion",
    "practices": "Practice",
    "partners": "Organization",
    "platforms": "Platform",
    "policies": "Policy",
    "honors": "Award",
    "commentators": "Person",
}


@dataclass(slots=True)
class _Seen:
    """What all statements say of one entity, counted."""

    names: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def entity_nodes(
    cases: Iterable[EffectiveRecord],
    announced: Iterable[AnnouncementStatement],
    vocabularies: Vocabularies,
    redirects: Mapping[str, str],
) -> list[Node]:
    """Every shared node that the effective records speak of, ordered by label and id."""
    seen: dict[tuple[str, str], _Seen] = defaultdict(_Seen)
    proposed: dict[str, str] = {}
    for case in cases:
        for name, label in _LABELS.items():
            for item in getattr(case.record, name):
                if item.entity:
                    _count(seen[label, redirects.get(item.entity, item.entity)], item)
        names = names_of(case.record)
        for spread in case.record.diffusion:
            end = resolve_end(spread, names)
            if end[0] == "UnresolvedName":
                _count(seen[end], spread)
        for concept in case.record.concepts:
            if concept.concept not in vocabularies.practice_types:
                proposed[practice_type_id(concept.concept, vocabularies)] = concept.concept.removeprefix("new:")
    for one in announced:
        _count_announced(seen, one, redirects)
    nodes = [_node(label, identifier, told_of) for (label, identifier), told_of in sorted(seen.items())]
    nodes += [
        Node("PracticeType", identifier, {"name": name, "routine": False, "provisional": True})
        for identifier, name in sorted(proposed.items())
    ]
    return nodes


def _count_announced(
    seen: Mapping[tuple[str, str], _Seen], announced: AnnouncementStatement, redirects: Mapping[str, str]
) -> None:
    """Count what an announcement says of its policy and of who issued it."""
    if announced.entity is None:
        return
    policy = seen["Policy", redirects.get(announced.entity, announced.entity)]
    policy.names[announced.name] += 1
    for key in ("number", "issued", "deadline", "target"):
        if value := getattr(announced, key):
            policy.values[key][value] += 1
    if announced.issuers:
        policy.values["issuer"]["、".join(announced.issuers)] += 1
    for issuer, (label, identifier) in zip(announced.issuers, issuer_ends(announced, redirects), strict=True):
        seen[label, identifier].names[issuer] += 1
        if label == "TradeUnion":
            seen[label, identifier].values["canonical"][full_name(issuer)] += 1
            seen[label, identifier].values["level"]["national"] += 1


def most(counted: Mapping[str, int]) -> str | None:
    """The most frequent text; of equals the longest, then the first in code order."""
    return min(counted, key=lambda text: (-counted[text], -len(text), text), default=None)


def _count(seen: _Seen, item: Statement) -> None:
    def told_values(**given: str | None) -> None:
        for key, value in given.items():
            if value:
                seen.values[key][value] += 1

    match item:
        case UnionStatement():
            seen.names[item.name] += 1
            told_values(canonical=item.canonical, type=item.type, level=item.level, region=item.region)
        case PracticeStatement():
            seen.names[item.name] += 1
            seen.others.update(item.aliases)
        case PartnerStatement():
            seen.names[item.name] += 1
            told_values(type=item.type)
        case HonorStatement():
            seen.names[item.name] += 1
            told_values(issuer=item.issuer, level=item.level, grade=item.grade, year=item.year, kind=item.kind)
        case CommentatorStatement():
            seen.names[item.name] += 1
            told_values(affiliation=item.title)
        case TextStatement():
            seen.names[item.value] += 1
        case DiffusionStatement():
            seen.names[item.other] += 1


def _node(label: str, identifier: str, seen: _Seen) -> Node:
    name = most(seen.names) or identifier
    values = {key: most(counted) for key, counted in seen.values.items()}
    if label == "TradeUnion" and not re.search("[会总]", name):
        # Half of an ellipsis (甲区、乙县总工会) is printed without what makes it a union.
        name = values.get("canonical") or name
    properties: dict[str, Any] = {"name": name, **values}
    if label != "UnresolvedName":
        properties["aliases"] = sorted({*seen.names, *seen.others} - {name})
    return Node(label, identifier, told(properties))
