"""Both stores for one suite: every test that asks for `store` or `target` runs on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.neo4j_server import neo4j_session_server, neo4j_uri  # noqa: F401  fixtures
from unionkg.graph.stores import Target, parse_target
from unionkg.graph.stores.protocol import Schema, Store

SCHEMA = Schema(
    labels=["Region", "TradeUnion", "PracticeCase"], indexed={"Region": ["name"]}, types=["WITHIN", "INITIATED"]
)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", "en")


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def target(request: pytest.FixtureRequest) -> Target:
    """An empty store of each kind."""
    if request.param == "embedded":
        return parse_target("embedded")
    return parse_target(request.getfixturevalue("neo4j_uri"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace's ``graph`` folder."""
    return tmp_path / "graph"


@pytest.fixture
def opened(target: Target, tmp_path: Path) -> Iterator[Callable[[bool], Store]]:
    """Open the same graph again and again: ``opened(True)`` to write, ``opened(False)`` to read."""
    from unionkg.graph.stores import embedded, neo4j_server

    with ExitStack() as stack:

        def open_store(writing: bool) -> Store:
            if target.uri:
                store: Store = neo4j_server.open_server(target.uri)
            elif writing:
                store = embedded.open_writer(tmp_path / "database")
            else:
                store = embedded.open_reader(tmp_path / "database")
            stack.callback(store.close)
            return store

        yield open_store


@pytest.fixture
def store(opened: Callable[[bool], Store]) -> Store:
    """A graph to write to, with a schema and nothing in it."""
    opened_store = opened(True)
    opened_store.create_schema(SCHEMA)
    return opened_store
