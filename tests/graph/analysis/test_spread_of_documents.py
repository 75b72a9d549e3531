"""Modes, space, history and text reuse on documents that were read: what is told stands in them, and adds up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.graph.analysis.test_network_of_documents import read
from unionkg.graph.analysis.accounts import Selection, collection
from unionkg.graph.analysis.history import history
from unionkg.graph.analysis.modes import modes
from unionkg.graph.analysis.regional import autocorrelation
from unionkg.graph.analysis.reuse_of_accounts import reuse
from unionkg.graph.analysis.spread_steps import said_once
from unionkg.graph.build import Projection
from unionkg.graph.corpus import text_of
from unionkg.knowledge_graph import KnowledgeGraph

pytestmark = pytest.mark.documents


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> KnowledgeGraph:
    return read(tmp_path_factory.mktemp("five"), sorted((shared / "documents").iterdir()))


@pytest.fixture(scope="module")
def projection(five: KnowledgeGraph) -> Projection:
    return five.projection()


def test_a_pilot_of_2016_was_rolled_out_in_2017(projection: Projection) -> None:
    (reform,) = modes(projection, "非公企业工会改革")
    stories = [(f.mode, f.order, [(s.role, s.period) for s in f.steps]) for f in reform.findings]
    assert ("pilot_rollout", "dated", [("pilot", "2016-07"), ("rollout", "2017-05")]) in stories


def test_every_step_is_quoted_and_every_statement_is_used_or_counted(
    five: KnowledgeGraph, projection: Projection
) -> None:
    found = collection(projection, Selection())
    for one in modes(projection):
        said: Counter[str] = Counter()
        for account in found.accounts:
            if any(tie.properties["role"] == "main" for tie in account.applied.get(one.practice_type, ())):
                said.update(tie.type for tie in said_once(account))
        steps = {step.statement: step for finding in one.findings for step in finding.steps}
        told = Counter(step.relationship for step in steps.values() if step.relationship not in {"started", "CITED"})
        for (kind, _), count in one.unused.items():
            told[kind] += count
        assert told == said, one.name
        for step in steps.values():
            text = text_of(five.workspace, step.document)
            assert step.quotes
            for quote, start in zip(step.quotes, step.starts, strict=True):
                assert text.startswith(quote, start)


def test_places_add_up_and_only_places_with_material_are_measured(projection: Projection) -> None:
    spoken = {
        tie.end[1].removeprefix("region:")[:2]
        for graph in projection.documents
        for tie in graph.relationships
        if tie.type == "TOOK_PLACE_IN"
    }
    for one in autocorrelation(projection):
        assert len(one.places) + one.without_material + one.undecided + one.without_neighbour == one.base == 32
        assert {spot.code[:2] for spot in one.places if spot.recorded} <= spoken
        assert (one.moran is None) == (one.lacking is not None)


def test_nothing_is_estimated_from_so_few_stated_beginnings(projection: Projection) -> None:
    found = history(projection, "union", silence=True)
    assert found.estimate is None
    assert found.events < 40


def test_shared_passages_stand_where_they_are_said_to(five: KnowledgeGraph, projection: Projection) -> None:
    found = reuse(projection, lambda document: text_of(five.workspace, document), 10)
    for shared in found:
        assert shared.left.account != shared.right.account
        for side in (shared.left, shared.right):
            assert text_of(five.workspace, side.document)[side.start : side.end] == side.quote
