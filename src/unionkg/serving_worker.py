"""A child process of `unionkg serve` that searches, shows accounts, or computes networks, within limits of its own.

What it does is done elsewhere; here a request says what, and the answer is plain data.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unionkg.graph.stores.guarded_worker import Answering, answer_requests
from unionkg.knowledge_graph import open_graph

if TYPE_CHECKING:
    from unionkg.graph.build import Projection
    from unionkg.knowledge_graph import KnowledgeGraph


def main() -> None:
    """Answer requests until stdin ends."""
    answer_requests(_opened)


def _opened(first: dict[str, Any]) -> Answering:
    kg = open_graph(Path(first["root"]), store=first["store"], create=False)
    return _networks(kg) if first["networks"] else _files(kg)


def _files(kg: KnowledgeGraph) -> Answering:
    """Answers from the workspace's files and the search index."""
    from unionkg.queries.search import SearchIndex, near_names, search

    index = SearchIndex(kg.workspace.search_index)

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if request["ask"] == "search":
            sought = request["sought"]
            found = search(index, **sought)
            narrowed = any(sought[name] is not None for name in ("label", "region", "theme", "year"))
            near = near_names(index, sought["text"]) if not found.total and not narrowed else ()
            return {"found": asdict(found) | {"near": near}}
        if request["ask"] == "account":
            return {"account": kg.case(request["id"]).to_dict()}
        return {}

    return answer


def _networks(kg: KnowledgeGraph) -> Answering:
    """Answers of queries that are computed from the graph as plain data, which is read once, before the first."""
    from unionkg.queries import library

    read: list[Projection] = []

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if not read:
            read.append(kg.projection())
        if request["ask"] == "open":
            return {}
        query = library.find(request["query"], kg.workspace.queries)
        assert query.compute is not None
        columns, rows, notes = query.compute(read[0], request["parameters"])
        return {"columns": columns, "rows": rows, "notes": notes}

    return answer


if __name__ == "__main__":
    main()
