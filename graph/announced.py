"""National announcements in the graph: the policy, who issued it, what and where it concerns, with its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from unionkg.graph.authority import Authority
from unionkg.graph.identity import statement_id
from unionkg.graph.node_ids import Vocabularies, practice_type_id, region_id, told
from unionkg.graph.records import AnnouncementStatement, DocumentRecord
from unionkg.graph.stores.protocol import Relationship
from unionkg.graph.union_names import normal

#: The national federation by its short names; offices of it are bodies of their own.
_FEDERATION = re.compile("(?:中华)?全国总工会|全总")
_FULL = "中华全国总工会"


def identified(document: DocumentRecord, authority: Authority) -> DocumentRecord:
    """The document with ids on its announcements and on what they name.

    ``authority`` is changed in place: ids are minted for what was never named before. A policy of the whole country is
    known by its name alone.
    """
    return replace(
        document, announcements=tuple(_identified(document.id, a, authority) for a in document.announcements)
    )


def _identified(document: str, announced: AnnouncementStatement, authority: Authority) -> AnnouncementStatement:
    return replace(
        announced,
        id=statement_id(document, "", "announcements", announced.key),
        entity=_entity("policy", announced.name, authority),
        issuer_entities=tuple(
            _entity("union" if _is_union(issuer) else "organization", full_name(issuer), authority)
            for issuer in announced.issuers
        ),
    )


def _entity(kind: str, name: str, authority: Authority) -> str:
    known = authority.find(kind, normal(name))
    return (known or authority.mint(kind, normal(name), name)).id


def _is_union(issuer: str) -> bool:
    return "工会" in issuer or issuer.startswith("全总")


def full_name(issuer: str) -> str:
    """The name of a national body, the federation's short forms written out."""
    match = _FEDERATION.match(issuer)
    return _FULL + issuer[match.end() :] if match else issuer


def announcements_of(documents: Iterable[DocumentRecord]) -> list[AnnouncementStatement]:
    """All announcements, in the order of their documents."""
    return [announced for document in documents for announced in document.announcements]


def issuer_ends(announced: AnnouncementStatement, redirects: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and id of each issuer's node."""
    return [
        ("TradeUnion" if _is_union(issuer) else "Organization", redirects.get(identifier, identifier))
        for issuer, identifier in zip(announced.issuers, announced.issuer_entities, strict=True)
    ]


def announced_relationships(
    document: DocumentRecord, vocabularies: Vocabularies, redirects: Mapping[str, str]
) -> Iterator[Relationship]:
    """What a document's announcements state: REPORTED_IN, ISSUED_BY, CONCERNS and APPLIES_TO, each with the quotes."""
    for announced in document.announcements:
        if announced.entity is None:
            continue
        policy = ("Policy", redirects.get(announced.entity, announced.entity))
        yield _tie("REPORTED_IN", announced, policy, ("Document", document.id), document.id)
        concepts = (("PracticeType", practice_type_id(concept, vocabularies)) for concept in announced.concepts)
        regions = (("Region", region_id(code)) for code in announced.regions)
        # Two names may mean one end: that is one relationship.
        for kind, ends in (
            ("ISSUED_BY", issuer_ends(announced, redirects)),
            ("CONCERNS", concepts),
            ("APPLIES_TO", regions),
        ):
            for end in dict.fromkeys(ends):
                yield _tie(kind, announced, policy, end, document.id)


def _tie(
    kind: str, announced: AnnouncementStatement, start: tuple[str, str], end: tuple[str, str], document: str
) -> Relationship:
    properties = {
        "document": document,
        "quotes": [evidence.quote for evidence in announced.evidence],
        "starts": [evidence.start for evidence in announced.evidence],
        "ends": [evidence.end for evidence in announced.evidence],
        "method": announced.method,
        "confidence": float(announced.confidence),
        "review": announced.review,
    }
    return Relationship(kind, f"{announced.id}#{kind}:{end[1]}", start, end, told(properties))
