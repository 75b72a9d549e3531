"""Every store, for whole modules: `every_store` gives a target of each kind, empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.neo4j_server import CURRENT, LONG_TERM, emptied, neo4j_session_server, server_of  # noqa: F401  a fixture
from unionkg.graph.stores import Target, parse_target
from unionkg.graph.stores.protocol import Store

_RELEASES = {"neo4j": LONG_TERM, "neo4j2026": CURRENT}


@pytest.fixture(
    scope="module", params=["embedded", *(pytest.param(name, marks=pytest.mark.neo4j) for name in _RELEASES)]
)
def every_store(request: pytest.FixtureRequest) -> Iterator[Target]:
    """The embedded store, then a Neo4j of the long-term release and a current one, their databases emptied."""
    if request.param == "embedded":
        yield parse_target("embedded")
        return
    server = emptied(server_of(request.config, _RELEASES[request.param]))
    with pytest.MonkeyPatch.context() as patch:
        if server.password:
            patch.setenv("NEO4J_PASSWORD", server.password)
        yield parse_target(server.uri)


def settled(store: Store) -> Store:
    """A store that was filled just now: Neo4j counts its indexes anew, or it plans by those of an empty database."""
    if store.engine == "neo4j":
        store.run("CALL db.prepareForReplanning(30)")
    return store
