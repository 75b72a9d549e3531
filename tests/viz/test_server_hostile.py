"""Statements that mean harm, over HTTP, on every store: refused or ended in time, and others are answered meanwhile."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

import unionkg
import unionkg.errors
from tests.served import ENDLESS, REFUSED, Client, served, workers
from tests.stores_of_tests import every_store  # noqa: F401  a fixture
from unionkg.graph.stores import Target
from unionkg.graph.stores.guarded import Guards, Limits

pytestmark = pytest.mark.slow  # every statement that has to be ended costs seconds

LIMITS = Limits(seconds=4, rows=200, answer_bytes=300_000, statement_bytes=200_000, heap_megabytes=160, runaways=2)
LONG = "RETURN reduce(s = 0, x IN range(1, 25000) | s + reduce(t = 0, y IN range(1, 25000) | t + y)) AS x"
"""Runs for half a minute on Neo4j, whatever it is told, and then ends."""
COUNT = "MATCH (n) RETURN count(*) AS n"


@pytest.fixture(scope="module")
def server(every_store: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Guards]]:  # noqa: F811
    folder = tmp_path_factory.mktemp("kg")
    kg = unionkg.open(folder, store=str(every_store))
    kg.load(Path(str(files("unionkg"))) / "example" / "案例选编.txt")
    with served(kg, LIMITS) as running:
        yield running


@pytest.fixture
def client(server: tuple[Client, Guards]) -> Client:
    return server[0]


@pytest.fixture(scope="module")
def nodes(server: tuple[Client, Guards]) -> int:
    found: int = server[0].cypher(COUNT).json["rows"][0]["n"]
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_asked_is_refused_at_once_and_changes_nothing(client: Client, nodes: int, name: str) -> None:
    answer = client.cypher(*REFUSED[name])
    assert answer.status == 400
    assert answer.json["what"]
    assert client.cypher(COUNT).json["rows"] == [{"n": nodes}]


@pytest.mark.parametrize("name", ENDLESS)
def test_what_would_not_end_is_ended_and_the_next_is_answered(client: Client, name: str) -> None:
    began = time.monotonic()
    answer = client.cypher(*ENDLESS[name])
    took = time.monotonic() - began
    # Refused, stopped, or cut: what comes back is never the whole of it.
    assert answer.status in {400, 504} or answer.json["truncated"], answer
    assert took < 60  # a child that had to start first, on a busy machine
    assert client.cypher("RETURN 1 AS x").json["rows"] == [{"x": 1}]


def test_a_cartesian_product_is_cut_where_the_rows_end(client: Client) -> None:
    answer = client.cypher(
        "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b UNWIND range(1, 9999) AS c RETURN a, b, c"
    )
    assert answer.status == 200
    assert len(answer.json["rows"]) == LIMITS.rows
    assert answer.json["truncated"] is True
    assert any("only a part" in note for note in answer.json["notes"])


@pytest.mark.parametrize("megabytes", [0.25, 10])
def test_large_parameters_are_refused(client: Client, megabytes: float) -> None:
    answer = client.cypher("RETURN size($p) AS x", {"p": "x" * int(megabytes * 1_000_000)})
    assert answer.status == 413
    assert client.cypher("RETURN 1 AS x").status == 200


@pytest.mark.parametrize("value", [2**70, "\ud800", [[]]], ids=["too wide", "half a character", "nested"])
def test_parameters_that_no_engine_takes_are_refused(client: Client, value: object) -> None:
    for _ in range(60 if value == [[]] else 0):
        value = [value]
    assert client.cypher("RETURN $p AS x", {"p": value}).status == 400


def test_others_are_answered_while_one_asks_for_too_much(
    server: tuple[Client, Guards],
    every_store: Target,  # noqa: F811
) -> None:
    client, guards = server
    while sum(child.ready.is_set() and child.usable for child in guards.children) < 2:
        guards.warm()
        time.sleep(0.1)
    endless = ENDLESS["reduce in reduce" if every_store.embedded else "a cartesian product of the graph"]
    ended: list[float] = []

    def ask() -> None:
        client.cypher(*endless)
        ended.append(time.monotonic())

    hostile = threading.Thread(target=ask)
    hostile.start()
    time.sleep(0.3)
    assert client.cypher("RETURN 1 AS x").json["rows"] == [{"x": 1}]
    answered = time.monotonic()
    hostile.join()
    assert answered < ended[0]
    assert client.get("/api/queries/timeline.earliest_records/rows", {"practice_type": "集体协商"}).status == 200


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killing_the_children_takes_nothing_down(server: tuple[Client, Guards]) -> None:
    client, guards = server
    for child in list(guards.children):
        os.kill(child._process.pid, signal.SIGKILL)
    answer = client.cypher("RETURN 1 AS x")
    assert (answer.status, answer.json.get("rows")) == (200, [{"x": 1}]), answer


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/queries/network.centrality/rows", {"projection": "practice-practice"}),
        ("/api/search", {"text": "工会"}),
    ],
)
def test_what_is_computed_without_an_end_is_ended_and_others_are_answered(
    tmp_path: Path, path: str, query: dict[str, str]
) -> None:
    kg = unionkg.open(tmp_path)
    kg.load(Path(str(files("unionkg"))) / "example" / "案例选编.txt")
    with served(kg, replace(LIMITS, seconds=15)) as (client, _):
        expected = client.get(path, query)
        assert expected.status == 200
        assert client.cypher("RETURN 1 AS x").status == 200  # who answers it is started now
        (child,) = workers()
        os.kill(child, signal.SIGSTOP)  # it does not answer, as in a computation that takes for ever
        statuses: list[int] = []
        asking = threading.Thread(target=lambda: statuses.append(client.get(path, query).status))
        asking.start()
        assert client.cypher("RETURN 1 AS x").status == 200
        assert client.get("/api/queries").status == 200
        assert not statuses
        asking.join()
        assert statuses == [504]
        assert child not in workers()
        assert client.get(path, query).json == expected.json


def test_statements_that_the_server_cannot_end_stay_few(server: tuple[Client, Guards], every_store: Target) -> None:  # noqa: F811
    if every_store.embedded:
        pytest.skip("there the process is killed")
    client, guards = server
    for _ in range(LIMITS.runaways):  # past the rules, as a hole in them would be
        with pytest.raises(unionkg.errors.QueryTimeoutError):
            guards.reader(ours=True).ask(LONG)
    answer = client.cypher("RETURN 1 AS x")
    assert (answer.status, answer.headers["retry-after"]) == (429, "5")
    # The packs' own questions are answered all the same.
    assert client.get("/api/queries/timeline.earliest_records/rows", {"practice_type": "集体协商"}).status == 200
    until = time.monotonic() + 300
    while client.cypher("RETURN 1 AS x").status == 429:
        assert time.monotonic() < until
        time.sleep(1)
