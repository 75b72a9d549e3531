"""Questions of the packs on every store, beside rows worked out by hand from the same projection.

Import the fixtures `every_store` and `collection` in a test module; each collection is put into each store once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.queries import asked, varied
from tests.queries.by_hand.plain import Expected, Key, Parameters, Plain
from tests.stores_of_tests import every_store, neo4j_session_server, settled  # noqa: F401  fixtures
from unionkg.graph.build import Projection, update
from unionkg.graph.stores import Target, parse_target, reading
from unionkg.graph.stores.protocol import Store
from unionkg.queries import library, parameters

REPOSITORY = Path(__file__).resolve().parents[2]
ByHand = Callable[[Plain, Parameters], Expected]
_TEXT = pytest.mark.documents, pytest.mark.slow
WORKSPACE = "workspace-q"
"""Whose graph it is: one for all collections, since a server's database belongs to one and is filled anew for each."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection in an open store, and as plain data."""

    name: str
    store: Store
    graph: Plain


@pytest.fixture(
    scope="module",
    params=["asked", "varied", pytest.param("example", marks=pytest.mark.slow), pytest.param("documents", marks=_TEXT)],
)
def collection(
    request: pytest.FixtureRequest,
    every_store: Target,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Collection]:
    """Two collections made by hand, the bundled example, and the shared documents."""
    if request.param == "documents":
        request.getfixturevalue("shared")
    projected, graph = projection_of(request.param)
    folder = tmp_path_factory.getbasetemp() / f"collection-{request.param}"
    if every_store != parse_target("embedded") or not folder.exists():  # an embedded one stays for the session
        update(every_store, folder, WORKSPACE, projected)
    with reading(every_store, folder) as store:
        yield Collection(request.param, settled(store), graph)


@cache
def projection_of(name: str) -> tuple[Projection, Plain]:
    """A collection by name, projected; texts are read once a session."""
    made: Mapping[str, Callable[[], Projection]] = {
        "asked": asked.projection,
        "varied": varied.projection,
        "example": lambda: _read(REPOSITORY / "src" / "unionkg" / "example"),
        "documents": lambda: _read(REPOSITORY.parent / "shared" / "documents"),
    }
    projected = made[name]()
    return projected, Plain(projected)


def _read(folder: Path) -> Projection:
    """The projection of the texts of a folder, without a graph."""
    from unionkg import open as opened
    from unionkg.loading import load_files

    with tempfile.TemporaryDirectory() as workspace:
        kg = opened(workspace)
        load_files(kg.workspace, sorted(folder.glob("*.txt")))
        return kg.projection()


def check(collection: Collection, name: str, given: Mapping[str, Any], by_hand: ByHand) -> None:
    """Ask a question, and compare columns, rows, their order and the evidence behind each with what is worked out."""
    query = library.find(name)
    bound = parameters.bind(query, given, store=collection.store)
    found = collection.store.ask(query.statement, bound)
    expected = by_hand(collection.graph, bound)
    assert [_comparable(row) for row in found.rows] == [_listed(row) for row in expected]
    if found.rows:
        assert found.columns == (*(column.name for column in query.columns), "evidence")


def _comparable(row: tuple[Any, ...]) -> list[Any]:
    """A row with its evidence as (type or label, id)."""
    return [*row[:-1], [_key(statement) for statement in row[-1]]]


def _key(statement: Mapping[str, Any]) -> Key:
    return statement.get("_type") or statement["_labels"][0], statement["id"]


def _listed(row: tuple[Any, ...]) -> list[Any]:
    return list(row)


def worked_out(collection_name: str, name: str, given: Mapping[str, Any], by_hand: ByHand) -> Expected:
    """The rows, without their evidence, that are worked out for a question about a collection."""
    bound = parameters.bind(library.find(name), given)
    return [tuple(row[:-1]) for row in by_hand(projection_of(collection_name)[1], bound)]
