"""Search beside each store: the same hits, because the index belongs to none."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from tests.stores_of_tests import every_store, neo4j_session_server  # noqa: F401  fixtures
from unionkg import workspace as workspaces
from unionkg.graph.stores import Target
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.queries.search import Found


@pytest.fixture(scope="module")
def graph(every_store: Target, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:  # noqa: F811
    folder = tmp_path_factory.mktemp("kg")
    example = Path(str(files("unionkg") / "example"))
    graph = KnowledgeGraph(workspaces.create(folder), every_store)
    graph.load(*sorted(example.glob("*.txt")))
    return graph


def told(found: Found) -> list[object]:
    return [found.total, found.facets, *found.hits]


@pytest.mark.parametrize("text", ["驿站", "工会", "gonghui", "zgh", "93.3%", "合理化 建议"])
def test_the_store_changes_nothing(graph: KnowledgeGraph, text: str, tmp_path: Path) -> None:
    found = graph.search(text, 100)
    assert found.total
    root = shutil.copytree(graph.workspace.root, tmp_path / "kg")
    shutil.rmtree(root / "graph")
    without = KnowledgeGraph(workspaces.require(root), Target())
    assert told(without.search(text, 100)) == told(found)


def test_search_follows_removal(graph: KnowledgeGraph) -> None:
    document = next(hit for hit in graph.search("工会新闻") if hit.label == "Document")
    before = graph.search("职工", 1000)
    graph.remove(document.id)
    after = graph.search("职工", 1000)
    assert {hit.document_id for hit in before} - {hit.document_id for hit in after} == {document.id}
    graph.load(Path(str(files("unionkg") / "example")) / "工会新闻.txt")
    assert {hit.snippet for hit in graph.search("职工", 1000)} == {hit.snippet for hit in before}


def test_neo4j_has_a_full_text_index_of_names(graph: KnowledgeGraph) -> None:
    if graph.target.embedded:
        pytest.skip("the embedded store has none")
    asked = "CALL db.index.fulltext.queryNodes('unionkg_names', '\"驿站\"') YIELD node RETURN node.name AS name"
    names = [name for (name,) in graph.cypher(asked).rows]
    found = {hit.name for hit in graph.search("驿站", 1000) if hit.matched in {"name", "alias"}}
    assert found
    assert found <= set(names)
