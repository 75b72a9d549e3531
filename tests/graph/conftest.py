"""Both stores: every test that asks for `target` runs on each."""

from __future__ import annotations

import pytest

from tests.neo4j_server import neo4j_session_server, neo4j_uri  # noqa: F401  fixtures
from unionkg.graph.stores import Target, parse_target


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def target(request: pytest.FixtureRequest) -> Target:
    """An empty store of each kind."""
    if request.param == "embedded":
        return parse_target("embedded")
    return parse_target(request.getfixturevalue("neo4j_uri"))
