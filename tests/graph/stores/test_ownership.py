"""Whose graph it is, and whether it is whole, on both stores through the doors that the product uses."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.graph.stores.conftest import SCHEMA
from unionkg.errors import IncompleteGraphWarning, StoreError
from unionkg.graph import stores
from unionkg.graph.stores import Target, builds, ownership
from unionkg.graph.stores.protocol import Node, Store


def update(target: Target, folder: Path, *regions: str, workspace: str = "ws:1", version: int = 1, **how: bool) -> bool:
    with stores.updating(target, folder, schema=SCHEMA, workspace=workspace, version=version, **how) as opened:
        opened.store.write_nodes([Node("Region", region) for region in regions])
    return opened.fresh


def regions(target: Target, folder: Path) -> list[str]:
    with stores.reading(target, folder) as store:
        return [row[0] for row in store.ask("MATCH (n:Region) RETURN n.id ORDER BY n.id").rows]


def raw(target: Target, folder: Path) -> Store:
    """Open the graph past the doors, to spoil it."""
    if target.uri:
        from unionkg.graph.stores import neo4j_server

        return neo4j_server.open_server(target.uri)
    from unionkg.graph.stores import embedded

    return embedded.open_writer(builds.current(folder) or folder / "spoilt")


def test_a_graph_that_was_never_built_says_what_to_do(target: Target, folder: Path) -> None:
    assert target.uri or stores.state(target, folder) is None
    with pytest.raises(StoreError, match="unionkg build"):
        regions(target, folder)


def test_the_first_update_is_fresh_and_the_next_is_not(target: Target, folder: Path) -> None:
    assert update(target, folder, "a") is True
    state = stores.state(target, folder)
    assert state is not None
    assert (state.workspace, state.schema, state.complete) == ("ws:1", 1, True)
    assert state.built is not None
    assert update(target, folder, "b") is False
    assert regions(target, folder) == ["a", "b"]
    assert update(target, folder, "c", fresh=True) is True
    assert regions(target, folder) == ["c"]


def test_another_workspace_is_refused_and_nothing_is_written(target: Target, folder: Path) -> None:
    update(target, folder, "a")
    for fresh in (False, True) if target.uri else (False,):
        with pytest.raises(StoreError, match="another workspace: ws:1"):
            update(target, folder, "b", workspace="ws:2", fresh=fresh)
    assert regions(target, folder) == ["a"]


def test_a_newer_form_is_refused(target: Target, folder: Path) -> None:
    update(target, folder, "a", version=2)
    with pytest.raises(StoreError, match="newer unionkg"):
        update(target, folder, "b", version=1)
    assert regions(target, folder) == ["a"]


def test_an_older_form_is_built_anew(target: Target, folder: Path) -> None:
    update(target, folder, "a", version=1)
    assert update(target, folder, "b", version=2) is True
    assert regions(target, folder) == ["b"]


def test_foreign_content_is_refused_and_left_alone(target: Target, folder: Path) -> None:
    if target.embedded:
        update(target, folder, "a")
    spoilt = raw(target, folder)
    spoilt.create_schema(dataclasses.replace(SCHEMA, labels=["Movie", "Build"]))
    spoilt.write_nodes([Node("Movie", "m")])
    spoilt.delete_nodes("Build", ["build"])
    spoilt.close()
    with pytest.raises(StoreError, match="Movie"):
        update(target, folder, "b")
    left = raw(target, folder)
    assert left.counts().nodes["Movie"] == 1
    left.close()


def test_an_update_that_failed_half_way(target: Target, folder: Path) -> None:
    update(target, folder, "a")

    def fail() -> None:
        with stores.updating(target, folder, schema=SCHEMA, workspace="ws:1", version=1) as opened:
            opened.store.write_nodes([Node("Region", "half")])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    state = stores.state(target, folder)
    assert state is not None
    if target.embedded:
        # The copy went; the old graph is whole.
        assert state.complete
        assert regions(target, folder) == ["a"]
        assert update(target, folder, "b") is False
    else:
        # What was committed stays, and the graph says that it is not whole.
        assert not state.complete
        assert update(target, folder, "b") is True
        assert regions(target, folder) == ["b"]


def test_finishing_what_was_not_claimed_is_an_error(store: Store) -> None:
    store.create_schema(dataclasses.replace(SCHEMA, labels=["Build"]))
    with pytest.raises(StoreError, match="claimed"):
        ownership.finish(store)


@pytest.mark.parametrize(
    ("text", "uri", "database"),
    [
        ("embedded", None, None),
        (" Embedded ", None, None),
        ("neo4j://localhost", "neo4j://localhost", None),
        ("neo4j+s://db.example.org:7687/gonghui", "neo4j+s://db.example.org:7687", "gonghui"),
        ("bolt://[::1]:7687/", "bolt://[::1]:7687", None),
        ("neo4j://a:1?region=x", "neo4j://a:1?region=x", None),
    ],
)
def test_a_store_is_named_by_a_word_or_an_address(text: str, uri: str | None, database: str | None) -> None:
    target = stores.parse_target(text)
    assert target == Target(uri, database)
    assert stores.parse_target(str(target)) == target


@pytest.mark.parametrize(
    "text", ["", "neo4j", "http://localhost:7474", "bolt://", "sqlite:x", "bolt://a:port", "/graph"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(StoreError, match="neo4j://localhost:7687"):
        stores.parse_target(text)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="NEO4J_PASSWORD") as caught:
        stores.parse_target("neo4j://neo4j:hunter2@localhost:7687")
    assert "hunter2" not in str(caught.value)


def test_a_graph_of_another_workspace_is_not_read(target: Target, folder: Path) -> None:
    update(target, folder, "a")
    with stores.reading(target, folder, "ws:1") as store:
        assert store.counts().nodes["Region"] == 1
    hint = "another database" if target.uri else "unionkg build"
    with pytest.raises(StoreError, match=hint), stores.reading(target, folder, "ws:2"):
        pass


def test_an_incomplete_graph_is_read_with_a_warning(target: Target, folder: Path) -> None:
    update(target, folder, "a")
    spoilt = raw(target, folder)
    ownership.claim(spoilt, "ws:1", 1)
    spoilt.close()
    with pytest.warns(IncompleteGraphWarning):
        assert regions(target, folder) == ["a"]


def test_the_hint_for_a_newer_form_is_one_that_helps(target: Target, folder: Path) -> None:
    update(target, folder, "a", version=2)
    with pytest.raises(StoreError) as error:
        update(target, folder, "b", version=1)
    if target.uri:
        assert "unionkg build" not in str(error.value)
        with pytest.raises(StoreError, match="newer unionkg"):
            update(target, folder, "b", version=1, fresh=True)
    else:
        assert "unionkg build" in str(error.value)
        assert update(target, folder, "b", version=1, fresh=True) is True
