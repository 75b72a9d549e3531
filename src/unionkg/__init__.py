"""A knowledge graph of Chinese trade-union organisations and their innovative practices.

>>> import unionkg
>>> kg = unionkg.open("工会图谱")  # doctest: +SKIP
>>> kg.load("案例汇编.txt")  # doctest: +SKIP
>>> kg.query("timeline.earliest_records", practice_type="集体协商").to_pandas()  # doctest: +SKIP

`KnowledgeGraph` tells what can be asked, `Rows` and `CaseView` what comes back; every error is an `UnionkgError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unionkg.case_view import CaseView
    from unionkg.errors import UnionkgError
    from unionkg.graph.stores.protocol import Rows
    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.knowledge_graph import open_graph as open  # noqa: A004  as in gzip, tarfile and others

__all__ = ["CaseView", "KnowledgeGraph", "Rows", "UnionkgError", "__version__", "open"]  # noqa: F822  made below

_PLACES = {
    "CaseView": ("unionkg.case_view", "CaseView"),
    "KnowledgeGraph": ("unionkg.knowledge_graph", "KnowledgeGraph"),
    "Rows": ("unionkg.graph.stores.protocol", "Rows"),
    "UnionkgError": ("unionkg.errors", "UnionkgError"),
    "open": ("unionkg.knowledge_graph", "open_graph"),
}


def __getattr__(name: str) -> object:
    # Imported on first use: `import unionkg` and `unionkg --help` must not pay for the loaders or the store.
    if name == "__version__":
        from importlib.metadata import version

        return version("unionkg")
    if name in _PLACES:
        from importlib import import_module

        module, attribute = _PLACES[name]
        return getattr(import_module(module), attribute)
    raise AttributeError(f"module 'unionkg' has no attribute {name!r}")


def __dir__() -> list[str]:
    # What is made on first use is completed in a notebook too.
    return sorted(__all__)
