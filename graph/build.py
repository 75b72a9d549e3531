"""Putting a projection into a store: what is there already stays, what changed is replaced, what went is removed.

Per document, in one transaction, its statements are deleted and the new ones written; the nodes that documents
share are compared one by one. The ``Build`` node says whose graph it is and whether it is complete, so an update
that was cut off is finished by the next one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from unionkg.graph import stores
from unionkg.graph.announced import announcements_of
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.derived import DERIVED, copies_of, derived_relationships, union_structure
from unionkg.graph.entities import entity_nodes
from unionkg.graph.node_ids import Vocabularies
from unionkg.graph.projection import DocumentGraph, project_document
from unionkg.graph.records import SCHEMA, DocumentRecord
from unionkg.graph.same_account import Copy, account_groups, same_accounts
from unionkg.graph.stores.protocol import Node, Relationship, Schema, Store
from unionkg.graph.structure import structure
from unionkg.ontology.model import schema
from unionkg.ontology.regions import RegionTable
from unionkg.ontology.views.constraints import constraints

_SHARED = ("TradeUnion", "Practice", "Organization", "Platform", "Policy", "Award", "Person", "UnresolvedName")
#: What a document states between nodes that it shares with others, so that it does not go with a node of its own.
_BETWEEN_SHARED = ("ISSUED_BY", "CONCERNS", "APPLIES_TO")


@dataclass(frozen=True, slots=True)
class Projection:
    """The whole graph as plain data, in the four parts that are written apart."""

    structure: tuple[Sequence[Node], Sequence[Relationship]]
    documents: Sequence[DocumentGraph]
    entities: Sequence[Node]
    derived: Sequence[Relationship]

    @property
    def digest(self) -> str:
        """A digest of everything: equal digests mean equal graphs."""
        parts = [graph.digest for graph in self.documents]
        parts += [repr((n.label, n.id, sorted(n.properties.items()))) for n in (*self.structure[0], *self.entities)]
        parts += [
            repr((r.type, r.id, r.start, r.end, sorted(r.properties.items())))
            for r in (*self.structure[1], *self.derived)
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did: documents written and removed; none of both where the graph was up to date."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def project(
    documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]],
    vocabularies: Vocabularies,
    redirects: Mapping[str, str],
    regions: RegionTable,
    apart: Collection[frozenset[str]] = frozenset(),
    places: Iterable[str] = (),
    copies: Sequence[Copy] | None = None,
) -> Projection:
    """Project a workspace: every document with its effective records.

    ``apart`` are pairs of ids judged different, ``places`` the codes of regions that ledgers name
    (`unionkg.graph.ledgers`): what ended long ago is in the graph only where it is named. ``copies`` are the pairs of
    accounts that may be one, looked for in the records where they are not given.
    """
    cases = [case for _, some in documents for case in some]
    if copies is None:
        copies = same_accounts(cases, redirects)
    groups = account_groups(copies, redirects, apart)
    graphs = [project_document(document, some, vocabularies, redirects, groups) for document, some in documents]
    announced = announcements_of(document for document, _ in documents)
    entities = entity_nodes(cases, announced, vocabularies, redirects)
    stated: dict[str, list[Relationship]] = defaultdict(list)
    used = {
        *places,
        *(region.code for case in cases for region in case.record.regions),
        *(code for one in announced for code in one.regions),
        *(str(node.properties["region"]) for node in entities if "region" in node.properties),
    }
    for graph in graphs:
        for relationship in graph.relationships:
            stated[relationship.type].append(relationship)
    unions = [node for node in entities if node.label == "TradeUnion"]
    derived = derived_relationships(cases, stated["APPLIED"], stated["LEARNED_FROM"], vocabularies, redirects, groups)
    derived += union_structure(cases, unions, redirects, groups)
    derived += copies_of([copy for copy in copies if frozenset({copy.first, copy.other}) not in apart], groups)
    return Projection(structure(vocabularies, regions, used), graphs, entities, derived)


def update(
    target: stores.Target,
    folder: Path,
    workspace: str,
    projection: Projection,
    *,
    fresh: bool = False,
    report: Callable[[str], None] = lambda _: None,
) -> Changes:
    """Bring a store to a projection.

    Parameters
    ----------
    target : Target
        The embedded store, or a Neo4j server.
    folder : Path
        Where the embedded graph lives (``graph/`` of the workspace).
    workspace : str
        The workspace's id; a store that belongs to another is refused with StoreError.
    fresh : bool
        Build from nothing instead of changing what is there.
    report : callable
        Told the id of each document as it is written.
    """
    digest = projection.digest
    if not fresh:  # a fresh build must not look at what is there: it is how a broken graph is mended
        before = stores.state(target, folder)
        if before is not None and (before.workspace, before.projection) == (workspace, digest) and before.complete:
            return Changes()
    wanted = constraints(schema())
    form = Schema(labels=wanted.labels, indexed=wanted.indexed, types=wanted.types)
    with stores.updating(
        target, folder, schema=form, workspace=workspace, version=SCHEMA, projection=digest, fresh=fresh
    ) as opened:
        return (_write_all if opened.fresh else _write)(opened.store, projection, report)


def _write_all(store: Store, projection: Projection, report: Callable[[str], None]) -> Changes:
    """Fill an empty store. Outside a transaction, because nobody sees the graph before it is complete."""
    nodes, relationships = list(projection.structure[0]), list(projection.structure[1])
    nodes += projection.entities
    for graph in projection.documents:
        digest = graph.digest
        nodes += [_with_digest(node, digest) for node in graph.nodes]
        relationships += graph.relationships
    store.write_nodes(nodes)
    store.write_relationships([*relationships, *projection.derived])
    for graph in projection.documents:
        report(graph.document)
    return Changes(tuple(graph.document for graph in projection.documents))


def _write(store: Store, projection: Projection, report: Callable[[str], None]) -> Changes:
    nodes, relationships = projection.structure
    with store.transaction():
        _sync_nodes(store, ("Region", "Theme", "PracticeType", "TargetGroup"), [*nodes, *_provisional(projection)])
        _sync_relationships(store, ("WITHIN", "ADJACENT_TO", "SUCCEEDED_BY", "BROADER", "COVERAGE"), relationships, "")
        _sync_relationships(store, ("IN_THEME",), [r for r in relationships if r.type == "IN_THEME"], "practice_type:")
    shared = [node for node in projection.entities if node.label != "PracticeType"]
    with store.transaction():
        gone = _sync_nodes(store, _SHARED, shared, keep=True)
    changes = _sync_documents(store, projection.documents, report)
    with store.transaction():
        for label, ids in gone.items():
            store.delete_nodes(label, ids)
        _sync_relationships(store, DERIVED, projection.derived, "derived:")
    return changes


def _provisional(projection: Projection) -> list[Node]:
    return [node for node in projection.entities if node.label == "PracticeType"]


def _sync_nodes(
    store: Store, labels: Iterable[str], wanted: Iterable[Node], *, keep: bool = False
) -> dict[str, list[str]]:
    """Make the nodes of some labels exactly the wanted ones; with ``keep`` return what is to go instead."""
    by_label: dict[str, dict[str, Node]] = defaultdict(dict)
    for node in wanted:
        by_label[node.label][node.id] = node
    gone: dict[str, list[str]] = {}
    for label in labels:
        there = {row["id"]: row for (row,) in store.run(f"MATCH (n:{label}) RETURN n").rows}
        store.write_nodes(n for n in by_label[label].values() if there.get(n.id) != _as_row(n))
        gone[label] = sorted(set(there) - set(by_label[label]))
        if not keep:
            store.delete_nodes(label, gone[label])
    return gone


def _as_row(node: Node) -> dict[str, object]:
    return {**node.properties, "id": node.id, "_labels": [node.label]}


def _sync_relationships(store: Store, types: Iterable[str], wanted: Iterable[Relationship], prefix: str) -> None:
    """Make the relationships of some types whose ids begin with ``prefix`` exactly the wanted ones."""
    by_type: dict[str, dict[str, Relationship]] = defaultdict(dict)
    for relationship in wanted:
        by_type[relationship.type][relationship.id] = relationship
    for kind in types:
        found = store.run(f"MATCH (a)-[r:{kind}]->(b) WHERE r.id STARTS WITH $prefix RETURN r", {"prefix": prefix})
        there = {row["id"]: row for (row,) in found.rows}
        store.delete_relationships(kind, sorted(set(there) - set(by_type[kind])))
        store.write_relationships(
            r for r in by_type[kind].values() if there.get(r.id) != {**r.properties, "id": r.id, "_type": kind}
        )


def _sync_documents(store: Store, graphs: Sequence[DocumentGraph], report: Callable[[str], None]) -> Changes:
    there = dict(store.run("MATCH (d:Document) RETURN d.id, d.projection").rows)
    wanted = {graph.document: graph for graph in graphs}
    removed = tuple(sorted(set(there) - set(wanted)))
    for document in removed:
        with store.transaction():
            _delete_document(store, document)
    written = []
    for graph in graphs:
        digest = graph.digest
        if there.get(graph.document) == digest:
            continue
        with store.transaction():
            _delete_document(store, graph.document)
            store.write_nodes(_with_digest(node, digest) for node in graph.nodes)
            store.write_relationships(graph.relationships)
        written.append(graph.document)
        report(graph.document)
    return Changes(tuple(written), removed)


def _with_digest(node: Node, digest: str) -> Node:
    if node.label != "Document":
        return node
    return Node(node.label, node.id, {**node.properties, "projection": digest})


def _delete_document(store: Store, document: str) -> None:
    parameters = {"document": document}
    outcomes = store.run("MATCH (:PracticeCase {document: $document})-[:ACHIEVED]->(o:Outcome) RETURN o.id", parameters)
    cases = store.run("MATCH (c:PracticeCase {document: $document}) RETURN c.id", parameters)
    for kind in _BETWEEN_SHARED:
        found = store.run(f"MATCH ()-[r:{kind}]->() WHERE r.document = $document RETURN r.id", parameters)
        store.delete_relationships(kind, [identifier for (identifier,) in found.rows])
    store.delete_nodes("Outcome", [identifier for (identifier,) in outcomes.rows])
    store.delete_nodes("PracticeCase", [identifier for (identifier,) in cases.rows])
    store.delete_nodes("Document", [document])
