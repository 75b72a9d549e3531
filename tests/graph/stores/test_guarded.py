"""Child processes that answer: limits hold, they are replaced, they follow new builds, they keep no secrets."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from unionkg.errors import BusyError, QueryError, QueryTimeoutError, QueryTooLargeError, StoreError
from unionkg.graph.stores import Target, updating
from unionkg.graph.stores.guarded import Guards, Limits, check_values
from unionkg.graph.stores.protocol import Node, Schema
from unionkg.language import speaking

SCHEMA = Schema(["Region"], {"Region": ["name"]}, [])
LIMITS = Limits(
    seconds=20, rows=20, answer_bytes=20_000, statement_bytes=10_000, heap_megabytes=128, children=2, waiting_seconds=30
)
ENDLESS = "RETURN reduce(s = 0, x IN range(1, 90000) | s + reduce(t = 0, y IN range(1, 90000) | t + y)) AS x"


def build(target: Target, folder: Path, name: str) -> None:
    with updating(target, folder, schema=SCHEMA, workspace="w", version=1, fresh=True) as update:
        update.store.write_nodes([Node("Region", f"r{number}", {"name": name}) for number in range(50)])


@pytest.fixture
def guarded(target: Target, folder: Path) -> Iterator[Callable[..., Guards]]:
    """Guards over a graph of fifty regions, with other limits where wanted."""
    build(target, folder, "甲")
    opened: list[Guards] = []

    def make(limits: Limits = LIMITS, workspace: str = "w") -> Guards:
        opened.append(Guards(target, folder, workspace, limits))
        return opened[-1]

    yield make
    for guards in opened:
        guards.close()


def test_answers_are_those_of_the_store_within_the_limits(guarded: Callable[..., Guards]) -> None:
    guards = guarded()
    reader = guards.reader()
    rows = reader.ask("MATCH (n:Region) WHERE n.id = $id RETURN n, n.name AS name, [1, null] AS list", {"id": "r7"})
    assert rows.columns == ("n", "name", "list")
    assert rows.rows == [({"id": "r7", "name": "甲", "_labels": ["Region"]}, "甲", [1, None])]
    assert reader.truncated == set()
    assert reader.ask("MATCH (n:Nonesuch) RETURN n.x AS x").columns == ("x",)
    assert guards.status().counts.nodes["Region"] == 50
    assert guards.status().build.workspace == "w"

    everything = "MATCH (n:Region) RETURN n.id AS id"
    assert len(reader.ask(everything)) == 20
    assert reader.truncated == {everything}
    assert len(guards.reader().ask(everything, max_rows=3)) == 3
    large = "UNWIND range(1, 10) AS i RETURN [x IN range(1, 900) | x + toInteger(i)] AS x"
    assert 0 < len(reader.ask(large)) < 10
    assert large in reader.truncated
    with pytest.raises(QueryError, match="a single row"):
        reader.ask("RETURN [x IN range(1, 9000) | x] AS x")
    with pytest.raises(QueryTooLargeError):
        reader.ask("RETURN $x AS x", {"x": "x" * 10_000})
    with pytest.raises(QueryTooLargeError):
        reader.ask(f"RETURN 1 AS x // {'x' * 10_000}")


def test_errors_come_as_they_were_raised_in_the_language_of_who_asks(guarded: Callable[..., Guards]) -> None:
    reader = guarded().reader()
    with pytest.raises(QueryError) as told:
        reader.ask("MATCH (n)  DETACH\n DELETE n")
    assert "DETACH DELETE n" in told.value.what or "Delete" in told.value.what
    assert told.value.hint
    assert "MATCH" in told.value.hint
    with speaking("zh"), pytest.raises(QueryError, match="这里只能查询"):
        reader.ask("MATCH (n) DELETE n")


def test_the_time_is_that_of_all_statements_of_a_question(guarded: Callable[..., Guards]) -> None:
    slow = "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b WITH a, b WHERE a + b = 0 RETURN count(*) AS x"
    guards = guarded(Limits(seconds=1, children=1))
    reader = guards.reader()
    for _ in range(2):
        with pytest.raises(QueryTimeoutError):
            reader.ask(slow)
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError):
        reader.ask("RETURN 1 AS x")
    assert time.monotonic() - began < 0.5
    assert guards.reader().ask("RETURN 1 AS x").rows == [(1,)]


def test_a_graph_that_is_not_there_or_of_another_workspace_is_refused(
    guarded: Callable[..., Guards], tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="another workspace"):
        guarded(workspace="other").reader().ask("RETURN 1 AS x")
    empty = Guards(Target(), tmp_path / "nothing", "w", LIMITS)
    with pytest.raises(StoreError, match="no graph"):
        empty.status()
    empty.close()


def test_a_new_build_is_followed(guarded: Callable[..., Guards], target: Target, folder: Path) -> None:
    name = "MATCH (n:Region {id: 'r1'}) RETURN n.name AS name"
    guards = guarded()
    assert guards.reader().ask(name).rows == [("甲",)]
    build(target, folder, "乙")
    assert guards.reader().ask(name).rows == [("乙",)]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_child_that_is_killed_is_replaced(guarded: Callable[..., Guards]) -> None:
    guards = guarded()
    for _ in range(2):
        assert guards.reader().ask("RETURN 1 AS x").rows == [(1,)]
        for child in list(guards.children):
            os.kill(child._process.pid, signal.SIGKILL)


@pytest.mark.slow
def test_one_child_is_kept_for_our_own_questions(guarded: Callable[..., Guards], target: Target) -> None:
    if not target.embedded:
        pytest.skip("the statement would be refused")
    guards = guarded(Limits(seconds=6, children=2, waiting_seconds=0.2))
    guards.warm()
    guards.reader().ask("RETURN 1 AS x")
    outcomes: list[object] = []

    def ask() -> None:
        try:
            outcomes.append(guards.reader().ask(ENDLESS))
        except QueryTimeoutError as error:
            outcomes.append(error)

    hostile = threading.Thread(target=ask)
    hostile.start()
    time.sleep(0.3)
    with pytest.raises(BusyError):
        guards.reader().ask("RETURN 1 AS x")
    assert guards.reader(ours=True).ask("RETURN 1 AS x").rows == [(1,)]
    hostile.join()
    assert isinstance(outcomes[0], QueryTimeoutError)


def test_closing_ends_what_runs(guarded: Callable[..., Guards]) -> None:
    guards = guarded()
    guards.reader().ask("RETURN 1 AS x")
    processes = [child._process for child in guards.children]
    guards.close()
    assert all(process.poll() is not None for process in processes)
    with pytest.raises(StoreError):
        guards.reader().ask("RETURN 1 AS x")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_child_knows_no_token_and_ends_with_its_parent(
    guarded: Callable[..., Guards], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNIONKG_TOKEN", "a-secret-of-the-server")
    guards = guarded()
    guards.reader().ask("RETURN 1 AS x")
    (process,) = [child._process for child in guards.children if child.ready.is_set()]
    assert b"a-secret" not in Path(f"/proc/{process.pid}/environ").read_bytes()
    assert process.stdin is not None
    process.stdin.close()  # what a parent that is killed leaves behind
    assert process.wait(timeout=20) == 0


@pytest.mark.parametrize("value", [2**63, [-(2**63) - 1], {"a": "\ud800"}, {"\udfff": 1}])
def test_values_that_no_engine_takes_are_refused(value: Any) -> None:
    with pytest.raises(QueryError):
        check_values(value)


def test_values_that_engines_take_pass() -> None:
    check_values({"a": [1, -(2**63), 2**63 - 1, 2.5, True, None, "工会 𠮷", {"b": []}]})
