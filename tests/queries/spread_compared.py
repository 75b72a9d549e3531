"""Questions about how practices spread, on every store, beside rows worked out by hand.

Import the fixtures `every_store` and `spread` in a test module; each collection is put into each store once a module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from tests.queries import asked_counter, asked_spread
from tests.queries.asking import WORKSPACE, Collection, projection_of
from tests.queries.by_hand.plain import Parameters, Plain
from tests.queries.by_hand.spread import Row
from tests.stores_of_tests import every_store, neo4j_session_server, settled  # noqa: F401  fixtures
from unionkg.graph.build import Projection, update
from unionkg.graph.stores import Target, reading
from unionkg.queries import answers, library

Worked = Callable[[Plain, Parameters], list[Row]]


@cache
def of_spread() -> tuple[Projection, Plain]:
    """The collection that is made for these questions."""
    made = asked_spread.projection()
    return made, Plain(made)


@cache
def of_counter() -> tuple[Projection, Plain]:
    """The collection of what is easily taken for an answer."""
    made = asked_counter.projection()
    return made, Plain(made)


@pytest.fixture(
    scope="module",
    params=[
        "spread",
        "counter",
        "varied",
        pytest.param("example", marks=pytest.mark.slow),
        pytest.param("documents", marks=[pytest.mark.documents, pytest.mark.slow]),
    ],
)
def spread(
    request: pytest.FixtureRequest,
    every_store: Target,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Collection]:
    """Three collections made by hand, the bundled example, and the shared documents."""
    if request.param == "documents":
        request.getfixturevalue("shared")
    own = {"spread": of_spread, "counter": of_counter}
    made, graph = own[request.param]() if request.param in own else projection_of(request.param)
    folder = tmp_path_factory.mktemp("graph")
    update(every_store, folder, WORKSPACE, made)
    with reading(every_store, folder) as store:
        yield Collection(request.param, settled(store), graph)


def bound(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters of a question: those given, the defaults of the others."""
    known = {parameter.name: parameter.default for parameter in library.find(name).parameters}
    assert given.keys() <= known.keys()
    return known | dict(given)


def check(collection: Collection, name: str, worked: Worked, given: Mapping[str, Any]) -> None:
    """Compare whole rows in their order; what is shown as evidence must stand behind its row, twenty at most."""
    query = library.find(name)
    parameters = bound(name, given)
    found = collection.store.ask(query.statement, parameters)
    expected = worked(collection.graph, parameters)
    assert [row[:-1] for row in found.rows] == [row[:-1] for row in expected]
    assert not expected or found.columns == (*(column.name for column in query.columns), answers.EVIDENCE)
    for shown, row in zip((row[-1] for row in found.rows), expected, strict=True):
        behind = [(statement.get("_type") or statement["_labels"][0], statement["id"]) for statement in shown]
        assert set(behind) <= row[-1]
        assert len(behind) == len(set(behind)) <= 20
        assert bool(behind) == bool(row[-1])
