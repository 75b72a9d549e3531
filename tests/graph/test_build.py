"""Putting a projection into a store: built anew or changed step by step, the graph is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.graph.making import document, identified, record, stated
from unionkg.errors import StoreError
from unionkg.graph.authority import Authority
from unionkg.graph.build import Changes, Projection, project, update
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.records import CaseRecord, UnionStatement
from unionkg.graph.stores import Target, reading
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

Documents = dict[str, list[CaseRecord]]


def projection(documents: Documents) -> Projection:
    given = [(document(d), [EffectiveRecord(r) for r in records]) for d, records in sorted(documents.items())]
    return project(given, vocabularies(), {}, table())


@pytest.fixture(scope="module")
def two_documents() -> Documents:
    """Two documents that share unions and differ in others."""
    authority = Authority()
    own = stated(
        UnionStatement,
        "静安区总工会",
        name="静安区总工会",
        canonical="上海市静安区总工会",
        role="originator",
        type="local_federation",
        level="county",
        region="310106",
    )
    return {
        "doc:aaaa": identified(record("doc:aaaa"), authority=authority),
        "doc:bbbb": identified(record("doc:bbbb", unions=(own,), diffusion=()), authority=authority),
    }


def content(target: Target, folder: Path) -> list[Any]:
    """Everything in the graph but the time it was built, as comparable rows."""
    with reading(target, folder) as store:
        nodes = store.run("MATCH (n) WHERE NOT n:Build RETURN n").rows
        ties = store.run("MATCH (a)-[r]->(b) RETURN a.id, r, b.id").rows
    return sorted(map(repr, nodes)), sorted(map(repr, ties))


def put(target: Target, folder: Path, documents: Documents, *, fresh: bool = False) -> Changes:
    return update(target, folder, "workspace-1", projection(documents), fresh=fresh)


def test_loading_twice_changes_nothing(target: Target, tmp_path: Path, two_documents: Documents) -> None:
    assert put(target, tmp_path, two_documents).written == ("doc:aaaa", "doc:bbbb")
    before = content(target, tmp_path)
    assert put(target, tmp_path, two_documents) == Changes()
    assert content(target, tmp_path) == before


def test_step_by_step_is_the_same_as_at_once(target: Target, tmp_path: Path, two_documents: Documents) -> None:
    put(target, tmp_path, {"doc:aaaa": two_documents["doc:aaaa"]})
    put(target, tmp_path, two_documents)
    grown = content(target, tmp_path)
    put(target, tmp_path, two_documents, fresh=True)
    assert content(target, tmp_path) == grown


def test_removing_a_document_takes_out_exactly_its_statements(
    target: Target, tmp_path: Path, two_documents: Documents
) -> None:
    only = {"doc:aaaa": two_documents["doc:aaaa"]}
    put(target, tmp_path, only)
    before = content(target, tmp_path)
    put(target, tmp_path, two_documents)
    assert content(target, tmp_path) != before
    assert put(target, tmp_path, only).removed == ("doc:bbbb",)
    assert content(target, tmp_path) == before


def test_a_changed_reading_replaces_the_old_one(target: Target, tmp_path: Path, two_documents: Documents) -> None:
    put(target, tmp_path, two_documents)
    (made,) = two_documents["doc:bbbb"]
    changed = {**two_documents, "doc:bbbb": [replace(made, outcomes=made.outcomes[:1])]}
    assert put(target, tmp_path, changed) == Changes(written=("doc:bbbb",))
    after = content(target, tmp_path)
    put(target, tmp_path, changed, fresh=True)
    assert content(target, tmp_path) == after


def test_the_graph_of_another_workspace_is_refused(target: Target, tmp_path: Path, two_documents: Documents) -> None:
    put(target, tmp_path, two_documents)
    before = content(target, tmp_path)
    with pytest.raises(StoreError, match="workspace"):
        update(target, tmp_path, "workspace-2", projection({}), fresh=False)
    assert content(target, tmp_path) == before


def test_every_region_down_to_county_is_a_denominator(target: Target, tmp_path: Path) -> None:
    put(target, tmp_path, {})
    with reading(target, tmp_path) as store:
        counted = store.ask(
            "MATCH (r:Region) WHERE r.valid_to IS NULL AND r.counted RETURN r.level AS level, count(r) AS n ORDER BY level"
        )
    found = dict(counted.rows)
    assert found["province"] == 32
    assert found["prefecture"] > 300
    assert found["county"] > 2800
