"""A workspace behind `unionkg serve`: what the web server calls, and how it is run.

Statements run in guarded child processes (`unionkg.graph.stores.guarded`), those of the packs too; on Neo4j only what
others wrote is checked by its rules. What is asked of the workspace's own files, search, accounts and networks, runs in
child processes of another kind (`unionkg.serving_worker`), with the same limits.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from unionkg.errors import MissingExtraError, StoreError, WorkspaceError
from unionkg.graph.stores.guarded import MEMORY, GuardedReader, Guards, Limits
from unionkg.graph.stores.guarded_child import Child, DiedError
from unionkg.graph.stores.guarded_pool import Pool
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.language import language, say
from unionkg.serving_address import TOKEN, browsable, checked_token, is_local, listening

if TYPE_CHECKING:
    from unionkg.graph.build import Projection
    from unionkg.queries.library import Query
    from unionkg.viz.server.protection import Application
    from unionkg.viz.server.service import Answered, Sought

_REQUESTS = 32
_READERS = 2
_READING_SECONDS = 900.0
"""So long a child may take to read the graph as plain data; questions do not wait so long, but are told to come again."""

_WORKER = "unionkg.serving_worker"
_ENVELOPE_BYTES = 65_536
"""What a request may hold beside the statement and its parameters."""


class Served:
    """Answers of one workspace (a `unionkg.viz.server.service.Service`).

    Parameters
    ----------
    kg : KnowledgeGraph
    guards : Guards
        The children that run statements.
    """

    def __init__(self, kg: KnowledgeGraph, guards: Guards) -> None:
        self._kg = kg
        self._guards = guards
        self._files = Pool(self._reader_of_files, _READERS, guards.limits.waiting_seconds)
        self._networks: tuple[object, Pool] | None = None
        self._changing = threading.Lock()

    def warm(self) -> None:
        """Start what the first search asks; nothing waits."""
        self._files.warm(1)

    def close(self) -> None:
        """End the children."""
        with self._changing:
            pools = [self._files, *([self._networks[1]] if self._networks else [])]
        for pool in pools:
            pool.close()

    @property
    def limits(self) -> Limits:
        """What one question may cost."""
        return self._guards.limits

    def queries(self) -> Sequence[Mapping[str, Any]]:
        """All queries of the packs and of the workspace."""
        from unionkg.queries import library

        good, broken = library.readable(self._kg.workspace.queries)
        return [*map(_described, good), *({"name": name, "problem": error.what} for name, error in broken.items())]

    def query(self, name: str) -> Mapping[str, Any]:
        """A query with its statement; QueryError for an unknown one."""
        from unionkg.queries import library

        found = library.find(name, self._kg.workspace.queries)
        return _described(found) | {"source": found.source}

    def rows(self, name: str, parameters: Mapping[str, str], *, evidence: bool) -> Answered:
        """Ask a query of the packs; with ``evidence`` each row once for every quote behind it."""
        from unionkg.queries import answers, library
        from unionkg.viz.server.service import Answered

        query = library.find(name, self._kg.workspace.queries)
        reader = self._guards.reader(ours=query in library.queries())
        if query.compute is not None:
            query = replace(query, compute=partial(self._computed, query.name))
        found = answers.run(query, reader, parameters, self._kg.workspace.vocabularies, _nothing)
        rows = self._kg.with_evidence(found) if evidence else found
        most = self._guards.limits.rows
        truncated = query.statement in reader.truncated or len(rows.rows) > most
        notes = [*answers.understood(found, parameters), *answers.footer(found), *self._notes(reader, truncated)]
        return Answered(rows.columns, rows.rows[:most], truncated or found.cut, notes, found.parameters)

    def file(self, name: str, answered: Answered, form: str) -> bytes:
        """An answer as a file for people: headings and values in their language."""
        from unionkg.graph.exchange.result_files import FORMS
        from unionkg.queries import library
        from unionkg.queries.answers import about
        from unionkg.queries.wording import headings, worded

        query = library.find(name, self._kg.workspace.queries)
        columns, rows = headings(answered.columns, query.meanings), worded(answered.columns, answered.rows)
        return FORMS[form](columns, rows, about(query, answered.parameters, answered.notes))

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Answered:
        """Answer a plain read."""
        from unionkg.viz.server.service import Answered

        reader = self._guards.reader()
        rows = reader.ask(statement, parameters)
        truncated = bool(reader.truncated)
        return Answered(rows.columns, rows.rows, truncated, self._notes(reader, truncated), parameters)

    def search(self, sought: Sought) -> Mapping[str, Any]:
        """The hits, the best first, how many there are, counts of their kinds, and near names where there is none."""
        answer = self._files.ask({"ask": "search", "sought": asdict(sought)}, self._guards.limits.seconds)
        found: dict[str, Any] = answer["found"]
        return found

    def account(self, identifier: str) -> Mapping[str, Any]:
        """An account in full; InputError for an unknown one."""
        answer = self._files.ask({"ask": "account", "id": identifier}, self._guards.limits.seconds)
        account: dict[str, Any] = answer["account"]
        return account

    def status(self) -> Mapping[str, Any]:
        """What the graph holds, and the limits."""
        status, limits = self._guards.status(), self._guards.limits
        return {
            "version": version("unionkg"),
            "store": self._guards.engine,
            "complete": status.build.complete,
            "built": status.build.built,
            "nodes": status.counts.nodes,
            "relationships": status.counts.relationships,
            "limits": {
                "seconds": limits.seconds,
                "rows": limits.rows,
                "answer_bytes": limits.answer_bytes,
                "statement_bytes": limits.statement_bytes,
                "statements_at_once": limits.children,
                "requests_at_once": _REQUESTS,
            },
        }

    def _notes(self, reader: GuardedReader, truncated: bool) -> list[str]:
        most = self._guards.limits.rows
        cut = say(
            f"结果太多，只取了一部分（最多 {most:,} 行）", f"too much: only a part is shown (at most {most:,} rows)"
        )
        return [*reader.warnings, *([cut] if truncated else [])]

    def _computed(
        self, name: str, _: Projection, bound: Mapping[str, Any]
    ) -> tuple[Sequence[str], Sequence[Sequence[Any]], Sequence[str]]:
        """What a query computes from the graph as plain data, computed in a child that has read it."""
        request = {"ask": "network", "query": name, "parameters": dict(bound)}
        pool = self._network_pool()
        try:
            found = pool.ask(request, self._guards.limits.seconds)
        except (StoreError, DiedError):
            newer = self._network_pool()
            if newer is pool:
                raise
            # There was a new build meanwhile, and the children that had read the one before were ended.
            found = newer.ask(request, self._guards.limits.seconds)
        return found["columns"], found["rows"], found["notes"]

    def _network_pool(self) -> Pool:
        """Who has read the graph as it is now; one that read an older build is of no use and is ended."""
        build = self._guards.status().build
        mark = (build.built, build.projection)
        with self._changing:
            if self._networks is None or self._networks[0] != mark:
                if self._networks is not None:
                    self._networks[1].close()
                self._networks = (mark, Pool(self._reader_of_networks, 1, self._guards.limits.waiting_seconds))
            return self._networks[1]

    def _reader_of_files(self) -> Child:
        return Child(_WORKER, self._first(networks=False), self._guards.limits.answer_bytes)

    def _reader_of_networks(self) -> Child:
        return Child(
            _WORKER,
            self._first(networks=True),
            self._guards.limits.answer_bytes,
            start_seconds=_READING_SECONDS,
            patience=self._guards.limits.waiting_seconds,
        )

    def _first(self, *, networks: bool) -> dict[str, Any]:
        root = str(self._kg.workspace.root)
        told = {"root": root, "store": str(self._kg.target), "networks": networks}
        return told | {"language": language(), "memory": MEMORY}


def _nothing() -> Projection:
    """A graph of nothing: that of the child is meant."""
    from unionkg.graph.build import Projection

    return Projection(([], []), [], [], [])


def _described(query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "pack": query.pack,
        "question": {"zh": query.question_zh, "en": query.question_en},
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "zh": one.zh,
                "en": one.en,
                "default": one.default,
                "values": list(one.values) if isinstance(one.values, tuple) else one.values,
                "required": one.default is None and not one.optional,
            }
            for one in query.parameters
        ],
        "columns": [{"name": one.name, "zh": one.zh, "en": one.en} for one in query.columns],
        "example": query.example,
    }


def application(served: Served, *, token: str | None, local: tuple[str, int] | None) -> Application:
    """The application to serve (`unionkg.viz.server.api.app`).

    Parameters
    ----------
    served : Served
        Who answers.
    token : str, optional
        What every request has to bring.
    local : tuple of str and int, optional
        Name and port in the address, where only this machine is listened to.

    Raises
    ------
    MissingExtraError
        Without ``unionkg[serve]``.
    """
    _check_installed()
    from unionkg.viz.server.api import app
    from unionkg.viz.server.protection import Access

    access = Access(token, local, served.limits.statement_bytes + _ENVELOPE_BYTES, _REQUESTS)
    return app(served, access, version("unionkg"))


def serve(
    kg: KnowledgeGraph,
    host: str,
    port: int,
    *,
    told: Callable[[str, str], object],
    noted: Callable[[str], object],
    limits: Limits | None = None,
) -> None:
    """Serve a workspace until the process is told to end.

    Parameters
    ----------
    kg : KnowledgeGraph
    host : str
        The address to listen to; any but this machine's own needs a token in the environment (`TOKEN`).
    port : int
        0 lets the system choose one.
    told : callable
        Given the address when requests are answered, and what a browser has to add to it the first time
        (``?token=…``, or nothing): a secret, not for logs.
    noted : callable
        Given what is done before, and what is missing.
    limits : Limits, optional

    Raises
    ------
    MissingExtraError
        Without ``unionkg[serve]``.
    InputError
        The address or port cannot be used, or there is no token where one is needed.
    StoreError
        There is no graph.
    """
    token = checked_token(host, os.environ.get(TOKEN))
    _check_installed()
    import uvicorn

    with listening(host, port) as sockets:
        port = sockets.getsockname()[1]
        guards = Guards(kg.target, kg.workspace.graph, kg.workspace.config.id, limits)
        served = Served(kg, guards)
        try:
            guards.warm()
            guards.status()  # no graph, no server: better said now than to each who asks
            _make_index(kg, noted)
            served.warm()
            app = application(served, token=token, local=(browsable(host), port) if is_local(host) else None)
            server = uvicorn.Server(
                uvicorn.Config(
                    app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none"
                )
            )
            told(f"http://{browsable(host)}:{port}/", f"?token={quote(token, safe='')}" if token else "")
            with suppress(KeyboardInterrupt):  # uvicorn has ended in order and raises it again
                server.run([sockets])
        finally:
            served.close()
            guards.close()


def _make_index(kg: KnowledgeGraph, noted: Callable[[str], object]) -> None:
    """Make the search index where there is none, as no request does; without it all else is served."""
    from unionkg.queries.search_index import usable

    if usable(kg.workspace.search_index):
        return
    noted(say("正在建检索索引……", "making the search index …"))
    try:
        kg.search_index()
    except (WorkspaceError, StoreError) as error:
        noted(say(f"暂时不能检索：{error}", f"no search for the time being: {error}"))


def _check_installed() -> None:
    for package in ("fastapi", "fastapi_offline", "uvicorn"):
        if find_spec(package) is None:
            raise MissingExtraError(
                say("没有安装网页服务", "the web server is not installed"), hint='pip install "unionkg[serve]"'
            )
