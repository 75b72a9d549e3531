"""Statements of others, answered in child processes that can be killed.

What a plain read costs is not known before it runs, and no engine looks at its clock or its memory inside one
expression: a list doubled by ``reduce``, or a regular expression, runs on past every time limit. So whatever serves
others asks here: a few child processes (`guarded_worker`), each with the graph open for reading and a Java of its own
with little memory, are told what to ask and are killed and replaced when they do not answer in time. On Neo4j the
statement runs on the server, where nothing can be killed: what cannot be bounded there is refused first (`bounded`).

What was tried on both engines: docs/decisions/0008-guarded-queries.md.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionkg.errors import QueryError, QueryTimeoutError, QueryTooLargeError
from unionkg.graph.stores import Target, bounded
from unionkg.graph.stores.guarded_child import Child, too_long
from unionkg.graph.stores.guarded_pool import Pool, busy
from unionkg.graph.stores.ownership import Build
from unionkg.graph.stores.protocol import Counts, Rows
from unionkg.language import language, say

MEMORY = 1_500_000_000
"""Bytes that a child may take beyond what it has when the graph is open (Linux)."""

_WORKER = "unionkg.graph.stores.guarded_worker"
_DEEPEST = 50
_WIDEST_INTEGER = 2**63


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost.

    Attributes
    ----------
    seconds : float
        Time for all statements of a question together, without what they wait for a child.
    rows : int
        Rows of an answer; further ones are not fetched, and the answer is marked as cut.
    answer_bytes : int
        Size of an answer as JSON; further rows are left out likewise.
    statement_bytes : int
        Size of a statement with its parameters as JSON; a larger one is refused.
    heap_megabytes : int
        Java memory of a child.
    children : int
        How many child processes, so many statements run at once.
    waiting_seconds : float
        So long a question waits for a child before BusyError is raised.
    runaways : int
        On Neo4j: when so many statements run on there past their time, no more are taken (BusyError).
    """

    seconds: float = 30.0
    rows: int = 10_000
    answer_bytes: int = 32 * 2**20
    statement_bytes: int = 2**20
    heap_megabytes: int = 512
    children: int = 3
    waiting_seconds: float = 10.0
    runaways: int = 2


@dataclass(frozen=True, slots=True)
class Status:
    """What the graph says of itself and what it holds."""

    build: Build
    counts: Counts


class Guards:
    """The child processes of one graph; safe to use from several threads.

    The graph is the one that is current when a question is asked: children follow a new build by themselves.

    Parameters
    ----------
    target : Target
    folder : Path
        The workspace's ``graph`` folder.
    workspace : str, optional
        The workspace's id; a graph of another one is refused.
    limits : Limits
    """

    def __init__(self, target: Target, folder: Path, workspace: str | None, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.engine = "embedded" if target.embedded else "neo4j"
        self._first = {
            "uri": target.uri,
            "database": target.database,
            "folder": str(folder.resolve()),
            "workspace": workspace,
            "memory": MEMORY,
        }
        self._target = target
        self._pool = Pool(self._started, self.limits.children, self.limits.waiting_seconds)
        self._others = threading.Semaphore(max(1, self.limits.children - 1))

    @property
    def children(self) -> list[Child]:
        """The processes that are started."""
        return self._pool.children

    def warm(self) -> None:
        """Start two children, so that a question finds one even when another has just been killed; nothing waits."""
        self._pool.warm(2)

    def reader(self, *, ours: bool = False) -> GuardedReader:
        """Whom to ask one question: all its statements together have `Limits.seconds`.

        ``ours`` says that they are the product's own: on Neo4j the rules of `bounded` are not for them.
        """
        return GuardedReader(self, ours=ours)

    def status(self) -> Status:
        """What the graph says of itself; StoreError where there is none."""
        found = self._pool.ask({"ask": "status"}, self.limits.seconds)
        return Status(Build(**found["build"]), Counts(found["nodes"], found["relationships"]))

    def close(self) -> None:
        """End the children, whatever they are doing."""
        self._pool.close()

    def answer(
        self, statement: str, parameters: Mapping[str, Any], seconds: float, rows: int, *, ours: bool
    ) -> dict[str, Any]:
        """The child's answer to a statement, as `guarded_worker` sends it (see `GuardedReader.ask`)."""
        check_values([statement, parameters])
        bound = not ours and not self._target.embedded
        request = {
            "ask": "rows",
            "statement": statement,
            "parameters": dict(parameters),
            "seconds": seconds,
            "rows": rows,
            "bytes": self.limits.answer_bytes,
            "runaways": self.limits.runaways if bound else None,
        }
        size = len(statement.encode()) + sum(_size(value) for value in parameters.values())
        if size > self.limits.statement_bytes:
            raise QueryTooLargeError(
                say(
                    f"语句和参数太大：{size:,} 字节，最多 {self.limits.statement_bytes:,}",
                    f"statement and parameters are too large: {size:,} bytes, at most {self.limits.statement_bytes:,}",
                )
            )
        if bound:
            bounded.check(statement, parameters)
        if ours:
            return self._pool.ask(request, seconds)
        # One child is kept for our own questions, however many statements of others run.
        if not self._others.acquire(timeout=self.limits.waiting_seconds):
            raise busy()
        try:
            return self._pool.ask(request, seconds)
        finally:
            self._others.release()

    def _started(self) -> Child:
        first = self._first | {"language": language()}
        return Child(_WORKER, first, self.limits.answer_bytes, heap_megabytes=self.limits.heap_megabytes)


class GuardedReader:
    """Answers the statements of one question (a `unionkg.graph.stores.protocol.Reader`).

    Attributes
    ----------
    truncated : set of str
        Statements whose answers were cut, at the limit of rows or of bytes.
    warnings : list of str
        What is to be known of the graph: that it is being updated.
    """

    def __init__(self, guards: Guards, *, ours: bool) -> None:
        self._guards = guards
        self._ours = ours
        self._left = guards.limits.seconds
        self.truncated: set[str] = set()
        self.warnings: list[str] = []

    @property
    def engine(self) -> str:
        """``"embedded"`` or ``"neo4j"``."""
        return self._guards.engine

    def ask(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> Rows:
        """Answer a plain read, within the limits.

        Raises
        ------
        QueryError
            The statement is wrong or not allowed, or needs too much time or memory.
        QueryTimeoutError, QueryTooLargeError
            It took too long; statement and parameters are too large.
        BusyError
            No child became free in time.
        """
        limits = self._guards.limits
        if self._left <= 0:
            raise too_long()
        seconds = self._left if timeout is None else min(timeout, self._left)
        rows = limits.rows if max_rows is None else min(max_rows, limits.rows)
        try:
            answer = self._guards.answer(statement, parameters or {}, seconds, rows, ours=self._ours)
        except QueryTimeoutError:
            self._left -= seconds
            raise
        self._left -= answer["seconds"]
        if answer["truncated"] and (max_rows is None or len(answer["rows"]) < max_rows):
            self.truncated.add(statement)
        self.warnings += [one for one in answer["warnings"] if one not in self.warnings]
        return Rows(tuple(answer["columns"]), [tuple(row) for row in answer["rows"]])


def check_values(value: Any, depth: int = 0) -> None:
    """Refuse parameters that no engine takes: beyond 64 bits, half a character, nested without end; QueryError."""
    if depth > _DEEPEST:
        raise QueryError(say("参数嵌套过深", "the parameters are nested too deeply"))
    if isinstance(value, Mapping):
        for key, item in value.items():
            check_values(key, depth + 1)
            check_values(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            check_values(item, depth + 1)
    elif isinstance(value, int) and not -_WIDEST_INTEGER <= value < _WIDEST_INTEGER:
        raise QueryError(say("参数中的整数超出 64 位", "a parameter is an integer beyond 64 bits"))
    elif isinstance(value, str) and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        raise QueryError(say("参数中含有不完整的字符", "a parameter holds half of a character (a lone surrogate)"))


def _size(value: Any) -> int:
    """Bytes of a value, roughly as JSON."""
    if isinstance(value, str):
        return len(value.encode()) + 2
    if isinstance(value, Mapping):
        return sum(_size(key) + _size(item) + 2 for key, item in value.items()) + 2
    if isinstance(value, list | tuple):
        return sum(map(_size, value)) + len(value) + 2
    return 8
