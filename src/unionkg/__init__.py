"""A knowledge graph of Chinese trade-union organisations and their innovative practices.

>>> import unionkg
>>> kg = unionkg.open("工会图谱")  # doctest: +SKIP
>>> kg.load("案例汇编.txt")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.knowledge_graph import open_graph as open  # noqa: A004  as in gzip, tarfile and others

__all__ = ["KnowledgeGraph", "__version__", "open"]  # noqa: F822  made on first use, below


def __getattr__(name: str) -> object:
    # Imported on first use: `import unionkg` and `unionkg --help` must not pay for the loaders or the store.
    if name == "__version__":
        from importlib.metadata import version

        return version("unionkg")
    if name == "open":
        from unionkg.knowledge_graph import open_graph

        return open_graph
    if name == "KnowledgeGraph":
        from unionkg.knowledge_graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module 'unionkg' has no attribute {name!r}")
