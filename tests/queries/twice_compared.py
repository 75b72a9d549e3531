"""Questions about accounts that several documents print, on every store: import the fixtures `every_store` and `twice`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.queries import asked_twice
from tests.queries.asking import WORKSPACE, Collection
from tests.queries.by_hand.plain import Plain
from tests.stores_of_tests import every_store, neo4j_session_server, settled  # noqa: F401  fixtures
from unionkg.graph.build import update
from unionkg.graph.stores import Target, reading


@pytest.fixture(scope="module")
def twice(
    every_store: Target,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Collection]:
    """The collection of `tests.queries.asked_twice`."""
    made = asked_twice.projection()
    folder = tmp_path_factory.mktemp("graph")
    update(every_store, folder, WORKSPACE, made)
    with reading(every_store, folder) as store:
        yield Collection("twice", settled(store), Plain(made))
