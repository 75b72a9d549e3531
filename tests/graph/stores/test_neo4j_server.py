"""What only a server has: log-in, addresses, databases, being down."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from tests.neo4j_server import Server
from unionkg.errors import QueryError, StoreError
from unionkg.graph.stores import neo4j_server


def test_a_server_that_is_down_is_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{probe.getsockname()[1]}"
    begun = time.monotonic()
    with pytest.raises(StoreError, match="does not answer") as caught:
        neo4j_server.open_server(uri)
    assert caught.value.where == uri
    assert time.monotonic() - begun < 5


@pytest.mark.neo4j
def test_a_wrong_password_names_the_variables_and_not_the_password(
    neo4j_session_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not neo4j_session_server.password:
        pytest.skip("this server asks for no password")
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2hunter2")
    with pytest.raises(StoreError, match="NEO4J_PASSWORD") as caught:
        neo4j_server.open_server(neo4j_session_server.uri)
    assert "hunter2" not in str(caught.value)


@pytest.mark.neo4j
def test_an_unknown_database_is_named(neo4j_uri: str) -> None:
    with pytest.raises(StoreError, match="no such database") as caught:
        neo4j_server.open_server(neo4j_uri, "nonesuch")
    assert caught.value.where == f"{neo4j_uri}/nonesuch"


@pytest.mark.neo4j
def test_a_database_can_be_named(neo4j_uri: str) -> None:
    store = neo4j_server.open_server(neo4j_uri, "neo4j")
    assert store.ask("RETURN 1 AS x").rows == [(1,)]
    store.close()


@pytest.mark.neo4j
def test_an_error_points_into_the_statement_as_it_was_written(neo4j_uri: str) -> None:
    store = neo4j_server.open_server(neo4j_uri)
    with pytest.raises(QueryError) as caught:
        store.ask("RETURN nonesuch(1) AS x")
    assert "EXPLAIN" not in str(caught.value)
    assert "column 8" in str(caught.value)
    store.close()


@pytest.mark.neo4j
@pytest.mark.parametrize("statement", ["CREATE (n:X {id: '1'})", "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"])
def test_the_server_itself_plans_what_the_list_refuses(neo4j_uri: str, statement: str) -> None:
    """The allow-list is held against the operators that this server really uses."""
    store = neo4j_server.open_server(neo4j_uri)
    with store._session(reading=True) as session:
        plan = session.run("EXPLAIN " + statement).consume().plan
    store.close()
    from unionkg.graph.stores import read_only

    assert plan is not None
    with pytest.raises(QueryError, match=r"Create|LoadCSV"):
        read_only.check_plan(plan)


def test_the_script_names_no_machine_and_no_registry() -> None:
    scripts = Path(__file__).resolve().parents[3] / "scripts"
    for name in ("neo4j-server", "neo4j-pom.xml"):
        text = (scripts / name).read_text(encoding="utf-8")
        assert "/root" not in text
        assert "https://" not in text
