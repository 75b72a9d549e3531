"""A child process of `unionkg serve` with one task: search and accounts, networks, the page's data, review, or an update.

What it does is done elsewhere; here a request says what, and the answer is plain data.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable, Mapping
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
    return _TASKS[first["task"]](open_graph(Path(first["root"]), store=first["store"], create=False))


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


def _page(kg: KnowledgeGraph) -> Answering:
    """The data of the explorer page, made once, from the graph as it is then; packed, because it goes out so."""
    from unionkg.picturing import page_data
    from unionkg.viz.explorer.page import safe_json

    made: list[dict[str, Any]] = []

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if not made:
            made.append(page_data(kg))
        if request["ask"] == "open":
            return {}
        about = made[0]["about"] | {name: request[name] for name in ("language", "built", "build", "edit")}
        text = safe_json(made[0] | {"about": about | {"live": True, "plotly": "/page/plotly.js"}})
        return {"page": base64.b64encode(gzip.compress(text.encode(), 6)).decode()}

    return answer


def _desk(kg: KnowledgeGraph) -> Answering:
    """Review and judgements."""
    from unionkg.serving_desk import answering

    return answering(kg)


def _update(kg: KnowledgeGraph) -> Answering:
    """Brings the graph up to records and decisions."""

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if request["ask"] == "update":
            kg.update()
        return {}

    return answer


_TASKS: Mapping[str, Callable[[KnowledgeGraph], Answering]] = {
    "files": _files,
    "networks": _networks,
    "page": _page,
    "desk": _desk,
    "update": _update,
}


if __name__ == "__main__":
    main()
