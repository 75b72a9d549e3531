"""A real server in this process, and a client that speaks HTTP with it; statements that mean harm."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import uvicorn

from unionkg import serving
from unionkg.graph.stores.guarded import Guards, Limits
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.serving_address import listening

A_BACK_REFERENCE = r"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' =~ '(a+)+\\1$'"

#: What is refused before it runs: statement and parameters.
REFUSED: Mapping[str, tuple[str, dict[str, Any]]] = {
    "write": ("CREATE (n:TradeUnion {id: 'x'}) RETURN n", {}),
    "write in a subquery": ("MATCH (n) CALL (n) { SET n.name = 'x' } RETURN n", {}),
    "delete": ("MATCH (n) DETACH DELETE n", {}),
    "file": ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", {}),
    "file in COLLECT": ("RETURN COLLECT { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS x", {}),
    "file in EXISTS": ("RETURN EXISTS { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } AS x", {}),
    "file in CALL": ("CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line", {}),
    "network": ("LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line", {}),
    "file procedure": ("CALL apoc.load.json('file:///etc/passwd')", {}),
    "network procedure": ("CALL apoc.load.jdbc('jdbc:x', 'y') YIELD row RETURN row", {}),
    "two statements": ("RETURN 1; MATCH (n) DETACH DELETE n", {}),
    "administration": ("SHOW SETTINGS", {}),
    "brackets without end": ("RETURN " + "(" * 3_000 + "1" + ")" * 3_000 + " AS x", {}),
}

#: What is refused, or runs into a limit.
ENDLESS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "a list doubled by reduce": ("RETURN size([x IN reduce(l = [1], i IN range(1, 30) | l + l) | x]) AS x", {}),
    "a string doubled by reduce": ("RETURN size(reduce(s = 'ab', i IN range(1, 40) | s + s)) AS x", {}),
    "a list doubled by WITH": (" ".join(["WITH [1] AS l", *["WITH l + l AS l"] * 40, "RETURN [x IN l | x] AS x"]), {}),
    "a list put into itself": (" ".join(["WITH [1] AS l", *["WITH [l, l] AS l"] * 40, "RETURN l AS x"]), {}),
    "lists in lists": ("RETURN size([x IN range(1, 90000) | [y IN range(1, 90000) | x * y]]) AS x", {}),
    "reduce in reduce": (
        "RETURN reduce(s = 0, x IN range(1, 90000) | s + reduce(t = 0, y IN range(1, 90000) | t + y)) AS x",
        {},
    ),
    "loops three deep": (
        "RETURN any(x IN range(1, 9999) WHERE any(y IN range(1, 9999) WHERE any(z IN range(1, 9999) WHERE x + y + z = 0)))"
        " AS x",
        {},
    ),
    "a parameter repeated": ("RETURN size([x IN range(1, 9999) | $p + x]) AS x", {"p": "x" * 100_000}),
    "a parameter gathered": ("RETURN size(reduce(s = '', x IN range(1, 9999) | s + $p)) AS x", {"p": "x" * 100_000}),
    "a parameter put into itself": ("RETURN size(replace($p, 'x', $p)) AS x", {"p": "x" * 100_000}),
    "a long range": ("RETURN size([x IN range(1, 1000000000) | x]) AS x", {}),
    "a regular expression": (f"RETURN {A_BACK_REFERENCE} AS x", {}),
    "a regular expression as parameter": ("RETURN $t =~ $p AS x", {"t": "a" * 50 + "b", "p": r"((a|aa)+)+\1c"}),
    "a cartesian product counted": (
        "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b UNWIND range(1, 9999) AS c WITH a, b, c "
        "WHERE a + b + c = 0 RETURN count(*) AS x",
        {},
    ),
    "a cartesian product gathered": (
        "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b UNWIND range(1, 9999) AS c RETURN collect([a, b, c]) AS x",
        {},
    ),
    "a cartesian product sorted": (
        "UNWIND range(1, 9999) AS a UNWIND range(1, 9999) AS b RETURN a, b ORDER BY a * b, a, b",
        {},
    ),
    "a cartesian product of the graph": (
        "MATCH (a:Region), (b:Region), (c:Region) WHERE a.id + b.id = c.id + a.name RETURN count(*) AS x",
        {},
    ),
    "a value that is too large": ("UNWIND range(1, 300) AS i RETURN [x IN range(1, 9999) | x * 1000 + i] AS x", {}),
}


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


class Client:
    """Asks a server at a port of this machine; what a request carries besides is given by name."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.port = port
        self.host = host

    def get(self, path: str, query: Mapping[str, object] | None = None, **headers: str) -> Answer:
        address = quote(path) + (f"?{urlencode(query)}" if query else "")
        return self.ask("GET", address, None, **headers)

    def cypher(self, statement: str, parameters: Mapping[str, Any] | None = None, **headers: str) -> Answer:
        body = json.dumps({"statement": statement, "parameters": parameters or {}}).encode()
        return self.ask("POST", "/api/cypher", body, **{"Content-Type": "application/json", **headers})

    def ask(self, method: str, address: str, body: bytes | None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=120)
        named = {"Accept-Language": "en"} | {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(connection):
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # a body that is refused is not read
                connection.request(method, address, body, named)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())


def workers() -> list[int]:
    """The processes of this one that read the workspace's files for a server."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            state = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            called = (folder / "cmdline").read_text(encoding="utf-8")
            if int(state[1]) == os.getpid() and "unionkg.serving_worker" in called:
                found.append(int(folder.name))
    return found


@contextmanager
def served(
    kg: KnowledgeGraph, limits: Limits, *, token: str | None = None, local: bool = True, edit: bool = False
) -> Iterator[tuple[Client, Guards]]:
    """Serve a workspace in a thread, on a port that is free."""
    listener = listening("127.0.0.1", 0)
    port = listener.getsockname()[1]
    guards = Guards(kg.target, kg.workspace.graph, kg.workspace.config.id, limits)
    service = serving.Served(kg, guards, edit=edit)
    app = serving.application(service, token=token, local=("127.0.0.1", port) if local else None)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started:
            assert time.monotonic() < until
            time.sleep(0.02)
        yield Client(port), guards
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        service.close()
        guards.close()
        listener.close()
