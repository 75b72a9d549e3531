"""Questions about results and plans, on every store, beside rows worked out by hand.

Import the fixtures `every_store` and `results` in a test module; each collection is put into each store once a module.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.queries import asked_plans, asked_results
from tests.queries.asking import WORKSPACE, Collection, projection_of
from tests.queries.by_hand.plain import Plain
from tests.queries.spread_compared import bound, check
from tests.stores_of_tests import every_store, neo4j_session_server, settled
from unionkg.graph.build import Projection, update
from unionkg.graph.stores import Target, reading

__all__ = [
    "Collection",
    "bound",
    "check",
    "every_store",
    "neo4j_session_server",
    "of_plans",
    "of_results",
    "plans",
    "results",
]


@cache
def of_results() -> tuple[Projection, Plain]:
    """The collection that is made for these questions."""
    made = asked_results.projection()
    return made, Plain(made)


@pytest.fixture(
    scope="module",
    params=[
        "results",
        "varied",
        pytest.param("example", marks=pytest.mark.slow),
        pytest.param("documents", marks=[pytest.mark.documents, pytest.mark.slow]),
    ],
)
def results(
    request: pytest.FixtureRequest,
    every_store: Target,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Collection]:
    """Two collections made by hand, the bundled example, and the shared documents."""
    if request.param == "documents":
        request.getfixturevalue("shared")
    made, graph = of_results() if request.param == "results" else projection_of(request.param)
    folder = tmp_path_factory.mktemp("graph")
    update(every_store, folder, WORKSPACE, made)
    with reading(every_store, folder) as store:
        yield Collection(request.param, settled(store), graph)


@cache
def of_plans() -> tuple[Projection, Plain]:
    """The collection with dates, ledgers and printings that are easily taken for more than they say."""
    made = asked_plans.projection()
    return made, Plain(made)


@pytest.fixture(scope="module")
def plans(every_store: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """`of_plans` in a store."""
    made, graph = of_plans()
    folder = tmp_path_factory.mktemp("graph")
    update(every_store, folder, WORKSPACE, made)
    with reading(every_store, folder) as store:
        yield Collection("plans", settled(store), graph)
