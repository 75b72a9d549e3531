"""From effective records to the property graph: plain data, nothing of it kept but what a rebuild gives again.

A projection has four parts that a store holds side by side: the *structure* (regions, themes, practice types,
target groups), every document's own nodes and statements, the *entities* that documents share (unions,
practices, organisations …), and what is *derived* from several statements at once. Each is a pure function of
effective records, authority and vocabularies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from unionkg.errors import RecordError
from unionkg.graph.announced import announced_relationships
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.diffusion_ends import names_of, relationship_type, resolve_end
from unionkg.graph.node_ids import Vocabularies, practice_type_id, region_id, term_id, told
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    ConceptStatement,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    PartnerStatement,
    PracticeStatement,
    Statement,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.language import say
from unionkg.ontology import dates

_UNION_TYPES = {
    "originator": "INITIATED",
    "superior": "SUPERVISED",
    "partner": "JOINED",
    "created": "ESTABLISHED",
    "mentioned": "MENTIONS",
}
#: Roles in which the relationship runs from the union to the case.
_ACTIVE = {"originator", "superior", "partner"}


@dataclass(frozen=True)
class DocumentGraph:
    """What one document puts into the graph: its own nodes and its statements."""

    document: str
    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]

    @cached_property
    def digest(self) -> str:
        """A digest of the content; a store whose digest is another must be rewritten."""
        content = json.dumps(
            [
                [[node.label, node.id, node.properties] for node in self.nodes],
                [[r.type, r.id, r.start, r.end, r.properties] for r in self.relationships],
            ],
            ensure_ascii=False,
            sort_keys=True,
        )
        return hashlib.sha256(content.encode()).hexdigest()


def document_node(document: DocumentRecord) -> Node:
    """The Document node; its ``projection`` digest is added by the writer."""
    return Node(
        "Document",
        document.id,
        told(
            {
                "name": document.title,
                "title": document.title,
                "authors": list(document.authors),
                "publisher": document.publisher,
                "issue": document.issue,
                "page": document.page,
                "page_labels": [page.label for page in document.pages],
                "page_starts": [page.start for page in document.pages],
                "published": document.published,
                "published_method": document.published_method,
                "origin": document.origin,
                "media_type": document.media_type,
                "encoding": document.encoding,
                "sha256": document.sha256,
                "url": document.url,
                "rights": document.rights,
            }
        ),
    )


def project_document(
    document: DocumentRecord,
    cases: Sequence[EffectiveRecord],
    vocabularies: Vocabularies,
    redirects: Mapping[str, str],
    groups: Mapping[str, str] | None = None,
) -> DocumentGraph:
    """Project one document.

    ``redirects`` maps ids to those that stand for them (`unionkg.graph.authority`), ``groups`` the accounts that are
    printed more than once to the first of their group (`unionkg.graph.same_account`).

    Raises
    ------
    RecordError
        A statement about a union, practice or another shared thing has no entity: it would be left out.
    """
    nodes = [document_node(document)]
    relationships: list[Relationship] = []
    for case in cases:
        more_nodes, more = _project_case(document, case, vocabularies, redirects, groups or {})
        nodes += more_nodes
        relationships += more
    relationships += announced_relationships(document, vocabularies, redirects)
    return DocumentGraph(document.id, tuple(nodes), tuple(relationships))


def case_name(record: CaseRecord) -> str:
    """The title; an untitled account is named by its main practice."""
    if record.title:
        return record.title.value
    main = next((practice.name for practice in record.practices if practice.main), None)
    return main or record.id


#: A relationship of a case before its statement properties: type, statement, start, end, further properties.
_Tie = tuple[str, Statement, tuple[str, str], tuple[str, str], Mapping[str, Any]]


def _project_case(
    document: DocumentRecord,
    case: EffectiveRecord,
    vocabularies: Vocabularies,
    redirects: Mapping[str, str],
    groups: Mapping[str, str],
) -> tuple[list[Node], list[Relationship]]:
    record = case.record
    nodes = [_case_node(case, groups), *(_outcome_node(outcome, case) for outcome in record.outcomes)]
    reported = Relationship(
        "REPORTED_IN", record.id, _here(record), ("Document", document.id), {"document": document.id}
    )
    ties = [
        *_actor_ties(record, redirects),
        *_practice_ties(record, document, vocabularies, redirects),
        *_result_ties(record, redirects),
        *_diffusion_ties(record, redirects),
    ]
    stated = [_stated(kind, item, start, end, case, more) for kind, item, start, end, more in ties]
    return nodes, [reported, *stated]


def _here(record: CaseRecord) -> tuple[str, str]:
    return "PracticeCase", record.id


#: A statement that says which shared node it is about.
_Named = UnionStatement | PracticeStatement | PartnerStatement | CommentatorStatement | HonorStatement | TextStatement


def _entity(label: str, field: str, item: _Named, record: CaseRecord, redirects: Mapping[str, str]) -> tuple[str, str]:
    if item.entity is None:
        shown = item.value if isinstance(item, TextStatement) else item.name
        raise RecordError(
            say(
                f"案例 {record.id} 的 {field} 中，“{shown}”没有对应的实体，不能写入图谱",
                f"{field} of {record.id}: {shown!r} has no entity, so it cannot be put into the graph",
            ),
            where=record.document,
        )
    return label, redirects.get(item.entity, item.entity)


def _actor_ties(record: CaseRecord, redirects: Mapping[str, str]) -> Iterator[_Tie]:
    """Unions in their roles, places, other organisations, commentators."""
    here = _here(record)
    for union in record.unions:
        there = _entity("TradeUnion", "unions", union, record, redirects)
        start, end = (there, here) if union.role in _ACTIVE else (here, there)
        yield _UNION_TYPES[union.role], union, start, end, _union_mention(union)
    for region in record.regions:
        kind = "TOOK_PLACE_IN" if region.role == "location" else "MENTIONS"
        yield kind, region, here, ("Region", region_id(region.code)), {"printed": region.name}
    for partner in record.partners:
        more: dict[str, str | None] = {"printed": partner.name, "type": partner.type}
        yield "SUPPORTED", partner, _entity("Organization", "partners", partner, record, redirects), here, more
    for person in record.commentators:
        more = {"printed": person.name, "post": person.title}
        yield "COMMENTED_ON", person, _entity("Person", "commentators", person, record, redirects), here, more


def _practice_ties(
    record: CaseRecord, document: DocumentRecord, vocabularies: Vocabularies, redirects: Mapping[str, str]
) -> Iterator[_Tie]:
    """Practices, their types and fields, whom they serve."""
    here = _here(record)
    for practice in record.practices:
        there = _entity("Practice", "practices", practice, record, redirects)
        more = {"printed": practice.name, "aliases": list(practice.aliases), "theme": practice.theme}
        yield "INTRODUCED" if practice.main else "INCLUDED", practice, here, there, more
        theme = vocabularies.themes.get(practice.theme)
        if practice.main and theme:
            yield "IN_THEME", practice, here, ("Theme", term_id("theme", theme)), {}
        if practice.main:
            for claim in record.claims:
                said = {"printed": claim.claim, "scope": claim.scope, "region": claim.region}
                yield "CLAIMED_FIRST", claim, here, there, said
    for concept in record.concepts:
        there = ("PracticeType", practice_type_id(concept.concept, vocabularies))
        yield "APPLIED", concept, here, there, {"role": concept.role, **_adopted(concept, record, document)}
    for group in record.target_groups:
        term = vocabularies.target_groups.get(group.group)
        if term:
            yield "SERVED", group, here, ("TargetGroup", term_id("target_group", term)), {"surface": group.surface}


def _result_ties(record: CaseRecord, redirects: Mapping[str, str]) -> Iterator[_Tie]:
    """Outcomes, honours, and the policies and platforms of the practice."""
    here = _here(record)
    for outcome in record.outcomes:
        yield "ACHIEVED", outcome, here, ("Outcome", _outcome_id(outcome)), {}
    for honor in record.honors:
        there = _entity("Award", "honors", honor, record, redirects)
        yield "RECEIVED", honor, here, there, _honor_mention(honor)
    for policy in record.policies:
        there = _entity("Policy", "policies", policy, record, redirects)
        yield "CITED", policy, here, there, {"printed": policy.value}
    for platform in record.platforms:
        there = _entity("Platform", "platforms", platform, record, redirects)
        yield "USED", platform, here, there, {"printed": platform.value}


def _diffusion_ties(record: CaseRecord, redirects: Mapping[str, str]) -> Iterator[_Tie]:
    """Stated diffusion."""
    names = names_of(record)
    for spread in record.diffusion:
        label, identifier = resolve_end(spread, names)
        there = (label, redirects.get(identifier, identifier))
        yield relationship_type(spread, label), spread, _here(record), there, _diffusion_properties(spread)


def _union_mention(union: UnionStatement) -> dict[str, Any]:
    return {
        "printed": union.name,
        "canonical": union.canonical,
        "type": union.type,
        "level": union.level,
        "region": union.region,
    }


def _honor_mention(honor: HonorStatement) -> dict[str, Any]:
    return {
        "printed": honor.name,
        "kind": honor.kind,
        "issuer": honor.issuer,
        "level": honor.level,
        "grade": honor.grade,
        "year": honor.year,
    }


def _diffusion_properties(spread: DiffusionStatement) -> dict[str, Any]:
    return {
        "printed": spread.other,
        "period": spread.period,
        "collective": spread.collective,
        "internal": spread.internal,
        "intended": spread.intended,
        "form": spread.form,
    }


def _case_node(case: EffectiveRecord, groups: Mapping[str, str]) -> Node:
    record = case.record
    title, started = record.title, record.started
    supported = [(name, e) for name in ("title", "started") for e in _evidence(getattr(record, name))]
    return Node(
        "PracticeCase",
        record.id,
        told(
            {
                "name": case_name(record),
                "title": title.value if title else None,
                "title_method": title.method if title else None,
                "title_confidence": float(title.confidence) if title else None,
                "title_review": case.review(title) if title else None,
                "kind": record.kind,
                "account": groups.get(record.id, record.id),
                "document": record.document,
                "started": started.value if started else None,
                "started_method": started.method if started else None,
                "started_confidence": float(started.confidence) if started else None,
                "started_review": case.review(started) if started else None,
                "quote_for": [name for name, _ in supported],
                "quotes": [evidence.quote for _, evidence in supported],
                "starts": [evidence.start for _, evidence in supported],
                "ends": [evidence.end for _, evidence in supported],
                "first_line": min(first for first, _ in record.lines),
                "last_line": max(last for _, last in record.lines),
                "lines": [number for pair in record.lines for number in pair],
                "section_kinds": [section.kind for section in record.sections],
                "section_headings": [section.heading or "" for section in record.sections],
                "section_starts": [section.start for section in record.sections],
                "section_ends": [section.end for section in record.sections],
            }
        ),
    )


def _evidence(statement: Statement | None) -> tuple[Evidence, ...]:
    return statement.evidence if statement else ()


def _outcome_id(outcome: OutcomeStatement) -> str:
    return "outcome:" + outcome.id.partition(":")[2]


def _whole_of(outcome: OutcomeStatement, record: CaseRecord) -> str | None:
    """The id of the outcome that this one is a part of, while the account still holds it."""
    if outcome.subset_of is None:
        return None
    wholes = (other for other in record.outcomes if other.name == outcome.subset_of and other is not outcome)
    return next(map(_outcome_id, wholes), None)


def _outcome_node(outcome: OutcomeStatement, case: EffectiveRecord) -> Node:
    return Node(
        "Outcome",
        _outcome_id(outcome),
        told(
            {
                "name": outcome.name,
                "case_id": case.record.id,
                "indicator": outcome.indicator,
                "value": float(outcome.value),
                "unit": outcome.unit,
                "approximate": outcome.approximate,
                "baseline": outcome.baseline,
                "period": outcome.period,
                "kind": outcome.kind,
                "cumulative": outcome.cumulative,
                "claimed_by": outcome.claimed_by,
                "subset_of": _whole_of(outcome, case.record),
            }
        ),
    )


def _adopted(concept: ConceptStatement, record: CaseRecord, document: DocumentRecord) -> dict[str, Any]:
    """When the case took up a practice type, as bounds in whole days and what they rest on.

    A stated start dates the main practice only; a part needs a date of its own. Publication and award are upper
    bounds ("known by", the beginning is left-censored): the earlier one counts, of equals the publication. A title is
    that of a body or a person, who may have had it before the practice.
    docs/decisions/0004-adoption-intervals.md gives the reasons.
    """
    own = concept.started or (record.started.value if concept.role == "main" and record.started else None)
    if own:
        first, last = dates.bounds(own)
        basis = "own_date" if concept.started else "stated_start"
        return {"not_before": first, "not_after": last, "dated_by": basis}
    known_by = [(_given_by(honor), "award") for honor in record.honors if honor.year and honor.kind != "title"]
    if document.published:
        known_by.insert(0, (dates.bounds(document.published)[1], "publication"))
    if not known_by:
        return {}
    last, basis = min(known_by, key=itemgetter(0))
    return {"not_after": last, "dated_by": basis}


def _given_by(honor: HonorStatement) -> str:
    """The last day on which an honour can have been given: that of a year (年度) is often given in the next."""
    last = dates.bounds(str(honor.year))[1]
    return f"{int(last[:4]) + 1}-12-31" if "年度" in honor.name else last


def _stated(
    kind: str,
    item: Statement,
    start: tuple[str, str],
    finish: tuple[str, str],
    case: EffectiveRecord,
    more: Mapping[str, Any],
) -> Relationship:
    return Relationship(kind, item.id, start, finish, told({**more, **statement_properties(item, case)}))


def statement_properties(item: Statement, case: EffectiveRecord) -> dict[str, Any]:
    """What a relationship carries of the statement that it comes from: where it is said, in which words, how it was read."""
    return {
        "document": case.record.document,
        "case_id": case.record.id,
        "quotes": [evidence.quote for evidence in item.evidence],
        "starts": [evidence.start for evidence in item.evidence],
        "ends": [evidence.end for evidence in item.evidence],
        "method": item.method,
        "confidence": float(item.confidence),
        "review": case.review(item),
    }
