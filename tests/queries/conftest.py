"""Which collections the questions are asked of on which store: a server takes half a second a question.

The embedded store is asked about all of them, Neo4j of the long-term release about those made by hand, the current one
about the richest of these.
"""

from __future__ import annotations

import pytest

_COLLECTIONS = ("collection", "spread", "results")
_ON_SERVER = {
    "neo4j": {"asked", "varied", "spread", "counter", "results"},
    "neo4j2026": {"varied", "spread", "results"},
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not _is_asked(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _is_asked(item: pytest.Item) -> bool:
    chosen = item.callspec.params if hasattr(item, "callspec") else {}
    store = chosen.get("every_store")
    named = [name for name in _COLLECTIONS if name in chosen]
    if store not in _ON_SERVER or not named:
        return True
    collection = chosen[named[0]]
    # Where a module has a collection of its own, the current release is asked about that one alone.
    if store == "neo4j2026" and named[0] != "collection" and collection != named[0]:
        return False
    return collection in _ON_SERVER[store]
