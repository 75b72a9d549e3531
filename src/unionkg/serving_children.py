"""The child processes that `unionkg serve` starts for what is asked of the workspace's own files.

Each runs `unionkg.serving_worker` and has one task for life. Those that answer questions have limits; what makes the
page's data, and what writes, runs alone, as long as it needs, and is ended when it has answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from unionkg.graph.stores.guarded import MEMORY, Limits
from unionkg.graph.stores.guarded_child import Child
from unionkg.graph.stores.guarded_pool import Pool
from unionkg.language import language

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph

Task = Literal["files", "networks", "page", "desk", "update"]
"""What a child does: search and accounts; networks; the page's data; review; bringing the graph up to decisions."""

READING_SECONDS = 900.0
"""So long a child may take to read the graph as plain data; questions do not wait so long, but are told to come again."""

_WORKER = "unionkg.serving_worker"
_HEAP = 2048
"""Java memory in megabytes of the child that writes to the embedded store: that of every other command that does."""


class Children:
    """Starts children of one workspace.

    Parameters
    ----------
    kg : KnowledgeGraph
    limits : Limits
    """

    def __init__(self, kg: KnowledgeGraph, limits: Limits) -> None:
        self._first = {"root": str(kg.workspace.root), "store": str(kg.target)}
        self._limits = limits

    def starting(self, task: Task) -> Callable[[], Child]:
        """What starts a child of a task."""
        return lambda: self._start(task)

    def _start(self, task: Task) -> Child:
        writes = task in {"desk", "update"}
        first = {**self._first, "task": task, "language": language(), "memory": None if writes else MEMORY}
        if task == "files":
            return Child(_WORKER, first, self._limits.answer_bytes)
        if task == "networks":
            return Child(
                _WORKER,
                first,
                self._limits.answer_bytes,
                start_seconds=READING_SECONDS,
                patience=self._limits.waiting_seconds,
            )
        return Child(
            _WORKER,
            first,
            self._limits.answer_bytes,
            heap_megabytes=_HEAP,
            start_seconds=READING_SECONDS,
            patience=READING_SECONDS,
        )

    def once(self, task: Task, request: Mapping[str, Any], seconds: float, kept: Callable[[Pool], object]) -> Any:
        """Start a child, ask it one thing, end it; ``kept`` is given what ends it earlier.

        Raises
        ------
        UnionkgError
            What the child raised; QueryTimeoutError after ``seconds``.
        """
        pool = Pool(self.starting(task), 1, seconds)
        kept(pool)
        try:
            return pool.ask(request, seconds)
        finally:
            pool.close()
