"""The child process that runs the statements of others: opens the graph for reading and answers until it is killed.

Started by `unionkg.graph.stores.guarded` as ``python -m unionkg.graph.stores.guarded_worker``. Messages are JSON in
UTF-8 with their length before them (`send`, `receive`): requests come on stdin, answers go to stdout. When stdin
ends, the parent is gone and so is this process, whatever it is doing.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from unionkg.errors import BusyError, IncompleteGraphWarning, QueryError, UnionkgError
from unionkg.graph import stores
from unionkg.graph.stores import builds, ownership
from unionkg.graph.stores.neo4j_server import Neo4jStore
from unionkg.graph.stores.protocol import Store
from unionkg.language import say, speaking

_LENGTH = struct.Struct(">Q")
Answering = Callable[[dict[str, Any]], dict[str, Any]]


def send(stream: IO[bytes], message: Any) -> None:
    """Write a message; the whole of it is encoded before the first byte goes out."""
    content = json.dumps(message, ensure_ascii=False).encode()
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def receive(stream: IO[bytes], most: int | None = None) -> Any:
    """Read a message; None at the end of the stream.

    Raises
    ------
    ValueError
        It is longer than ``most`` bytes.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if most is not None and length > most:
        raise ValueError(f"a message of {length} bytes")
    content = stream.read(length)
    return json.loads(content) if len(content) == length else None


class _Graph:
    """The graph as it is now: a new build is followed before the next answer."""

    def __init__(self, target: stores.Target, folder: Path, workspace: str | None) -> None:
        self._target = target
        self._folder = folder
        self._workspace = workspace
        self._stack = ExitStack()
        self._store: Store | None = None
        self._build: Path | None = None

    def open(self) -> Store:
        build = builds.current(self._folder) if self._target.embedded else None
        if self._store is None or build != self._build:
            self._stack.close()
            self._store = None
            self._store = self._stack.enter_context(stores.reading(self._target, self._folder, self._workspace))
            self._build = build
        elif not self._target.embedded:  # a build in a folder is always complete; a database may be half written
            stores.check_readable(self._store, self._workspace, self._target)
        return self._store


def main() -> None:
    """Answer requests until stdin ends."""

    def opened(first: dict[str, Any]) -> Answering:
        graph = _Graph(stores.Target(first["uri"], first["database"]), Path(first["folder"]), first["workspace"])
        return lambda request: _answer(graph.open(), request)

    answer_requests(opened)


def answer_requests(opened: Callable[[dict[str, Any]], Answering]) -> None:
    """Answer requests until stdin ends: what a child process does.

    Parameters
    ----------
    opened : callable
        Given the first message, gives what answers requests. It is asked ``{"ask": "open"}`` before memory is limited.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what Java or a library prints must not get between the answers
    requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    first = requests.get()
    answering = opened(first)
    with speaking(first["language"]):
        send(answers, _guarded_answer(answering, {"ask": "open"}))
    if first["memory"] is not None:
        _limit_memory(first["memory"])
    while True:
        request = requests.get()
        with speaking(request["language"]):
            send(answers, _guarded_answer(answering, request))


def _listen(stream: IO[bytes], requests: queue.SimpleQueue[Any]) -> None:
    while (message := receive(stream)) is not None:
        requests.put(message)
    os._exit(0)


def _guarded_answer(answering: Answering, request: dict[str, Any]) -> dict[str, Any]:
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", IncompleteGraphWarning)
            answer = answering(request)
        return answer | {"warnings": [str(one.message) for one in told if one.category is IncompleteGraphWarning]}
    except UnionkgError as error:
        return {"error": {"kind": type(error).__name__, "what": error.what, "where": error.where, "hint": error.hint}}
    except MemoryError:
        what = say("查询占用内存过多，已停止", "the query needed too much memory and was stopped")
        return {"error": {"kind": "QueryError", "what": what, "where": None, "hint": None}, "spent": True}
    except RecursionError:
        what = say("语句或结果嵌套过深", "the statement or its result is nested too deeply")
        return {"error": {"kind": "QueryError", "what": what, "where": None, "hint": None}}


def _answer(store: Store, request: dict[str, Any]) -> dict[str, Any]:
    if request["ask"] == "open":
        return {}
    if request["ask"] == "status":
        build, counts = ownership.build_of(store), store.counts()
        told = {name: getattr(build, name) for name in ("workspace", "schema", "complete", "built", "projection")}
        return {"build": told, "nodes": dict(counts.nodes), "relationships": dict(counts.relationships)}
    most = request["runaways"]
    if most is not None and isinstance(store, Neo4jStore) and store.runaways() >= most:
        raise BusyError(
            say(
                "服务器上还有已超时却停不下来的查询", "the server still runs statements that it could not stop in time"
            ),
            hint=say("稍后再试", "try again later"),
        )
    # One row more than wanted tells whether there are more.
    rows = store.ask(
        request["statement"], request["parameters"], timeout=request["seconds"], max_rows=request["rows"] + 1
    )
    kept, size = 0, 0
    for row in rows.rows[: request["rows"]]:
        size += len(json.dumps(row, ensure_ascii=False).encode())
        if size > request["bytes"]:
            break
        kept += 1
    if rows.rows and not kept:
        raise QueryError(
            say("一行结果就太大了", "a single row of the result is too large"),
            hint=say("少取一些值", "return less"),
        )
    return {"columns": rows.columns, "rows": rows.rows[:kept], "truncated": kept < len(rows.rows)}


def _limit_memory(more: int) -> None:
    """Allow this process so many bytes beyond what it has; where the platform knows no such limit, none is set."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
