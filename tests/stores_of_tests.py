"""Both stores, for whole modules: `every_store` gives a target of each kind, empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from neo4j_server import neo4j_session_server  # noqa: F401  a fixture

from unionkg.graph.stores import Target, parse_target


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def every_store(request: pytest.FixtureRequest) -> Iterator[Target]:
    """The embedded store, then a Neo4j whose database has been emptied."""
    if request.param == "embedded":
        yield parse_target("embedded")
        return
    server = request.getfixturevalue("neo4j_session_server")
    with server.driver() as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    with pytest.MonkeyPatch.context() as patch:
        if server.password:
            patch.setenv("NEO4J_PASSWORD", server.password)
        yield parse_target(server.uri)
