"""A workspace behind `unionkg serve`: what the web server calls, and how it is run.

Statements run in guarded child processes (`unionkg.graph.stores.guarded`), those of the packs too; on Neo4j only what
others wrote is checked by its rules. What is asked of the workspace's own files, search, accounts and networks, runs in
child processes of another kind (`unionkg.serving_worker`), with the same limits.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from unionkg.errors import MissingExtraError, StoreError, WorkspaceError
from unionkg.graph.stores.guarded import GuardedReader, Guards, Limits
from unionkg.graph.stores.guarded_child import DiedError
from unionkg.graph.stores.guarded_pool import Pool
from unionkg.knowledge_graph import KnowledgeGraph
from unionkg.language import say
from unionkg.serving_address import TOKEN, browsable, checked_token, is_local, listening
from unionkg.serving_children import Children
from unionkg.serving_editing import Editor
from unionkg.serving_page import PageData

if TYPE_CHECKING:
    from unionkg.graph.build import Projection
    from unionkg.graph.stores.ownership import Build
    from unionkg.ontology.vocabulary import Term
    from unionkg.queries.answers import Answer
    from unionkg.queries.library import Query
    from unionkg.viz.server.protection import Application
    from unionkg.viz.server.service import Answered, Sought

_REQUESTS = 32
_READERS = 2
_CHOICES = 3_000
"""So many names of the graph are offered at most where one is to be typed."""

_ENVELOPE_BYTES = 65_536
"""What a request may hold beside the statement and its parameters."""


class Served:
    """Answers of one workspace (a `unionkg.viz.server.service.Service`).

    Parameters
    ----------
    kg : KnowledgeGraph
    guards : Guards
        The children that run statements.
    edit : bool
        Whether people's decisions are taken.

    Attributes
    ----------
    editing : Editor or None
        Who takes them.
    """

    def __init__(self, kg: KnowledgeGraph, guards: Guards, *, edit: bool = False) -> None:
        self._kg = kg
        self._guards = guards
        waiting = guards.limits.waiting_seconds
        self._children = Children(kg, guards.limits)
        self._files = Pool(self._children.starting("files"), _READERS, waiting)
        self._networks: tuple[object, Pool] | None = None
        self._changing = threading.Lock()
        self._page = PageData(self._children, edit=edit, waiting_seconds=waiting)
        self.editing = Editor(self._children) if edit else None

    def warm(self) -> None:
        """Start what the first search asks; nothing waits."""
        self._files.warm(1)

    def close(self) -> None:
        """End the children; what was decided last is followed by the graph first."""
        if self.editing is not None:
            self.editing.close()
        self._page.close()
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
        from unionkg.viz.server.service import Answered

        found, reader = self._run(name, parameters)
        rows = self._kg.with_evidence(found) if evidence else found
        most = self._guards.limits.rows
        truncated = found.query.statement in reader.truncated or len(rows.rows) > most
        notes = self._notes_on(found, parameters, reader, truncated)
        return Answered(rows.columns, rows.rows[:most], truncated or found.cut, notes, found.parameters)

    def table(self, name: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        """As `rows`, for people: headings and values in their language, and beside each row its quotes."""
        from unionkg.graph.corpus import titled_texts
        from unionkg.graph.exchange.result_files import finite
        from unionkg.queries import answers
        from unionkg.queries.wording import headings, worded

        found, reader = self._run(name, parameters)
        titles = headings(found.columns, found.query.meanings)
        told = {column.name: say(column.zh, column.en) for column in found.query.columns}
        truncated = found.query.statement in reader.truncated or found.cut
        names = ("document", "page", "line", "text")
        quoted = answers.quoted(found, titled_texts(self._kg.workspace))
        return {
            "columns": [
                {"name": one, "title": title, "about": told.get(one, "")}
                for one, title in zip(found.columns, titles, strict=True)
            ],
            "rows": [list(map(finite, row)) for row in worded(found.columns, found.rows)],
            "quotes": [[dict(zip(names, place, strict=True)) for place in places] for places in quoted],
            "truncated": truncated,
            "notes": self._notes_on(found, parameters, reader, found.query.statement in reader.truncated),
        }

    def choices(self, name: str) -> Mapping[str, Any]:
        """What each parameter of a query may be, as pairs of what is sent and what is shown; none where it is free."""
        from unionkg.queries import library
        from unionkg.queries.parameters import suggestions
        from unionkg.queries.wording import labels

        query = library.find(name, self._kg.workspace.queries)
        reader = self._guards.reader(ours=True)
        found = {}
        for one in query.parameters:
            if isinstance(one.values, tuple):
                shown = labels(one.name)
                found[one.name] = [[value, say(shown.get(value, value), value)] for value in one.values]
            elif one.values is not None and one.values.endswith(".key"):
                name = one.values.removesuffix(".key")
                found[one.name] = [[term.key, say(term.zh, term.en or term.key)] for term in self._terms(name)]
            else:
                some = suggestions(one, self._kg.workspace.vocabularies, reader)
                found[one.name] = [[value, value] for value in some[:_CHOICES]]
        return found

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

    def page(self) -> bytes:
        """The data of the explorer page as JSON, packed with gzip; BusyError while it is being made."""
        build = self._guards.status().build
        return self._page.packed(_mark(build), build.built)

    def page_state(self) -> Mapping[str, Any]:
        """Which build the graph is, and whether it has decisions still to follow."""
        editing = None if self.editing is None else self.editing.state()
        return {"build": _mark(self._guards.status().build), "edit": self.editing is not None, **(editing or {})}

    def _terms(self, name: str) -> Sequence[Term]:
        from unionkg.ontology.vocabulary import terms

        return terms(name, self._kg.workspace.vocabularies / f"{name}.csv")

    def _run(self, name: str, parameters: Mapping[str, str]) -> tuple[Answer, GuardedReader]:
        from unionkg.queries import answers, library

        query = library.find(name, self._kg.workspace.queries)
        reader = self._guards.reader(ours=query in library.queries())
        if query.compute is not None:
            query = replace(query, compute=partial(self._computed, query.name))
        return answers.run(query, reader, parameters, self._kg.workspace.vocabularies, _nothing), reader

    def _notes_on(
        self, found: Answer, parameters: Mapping[str, str], reader: GuardedReader, truncated: bool
    ) -> list[str]:
        from unionkg.queries import answers

        return [*answers.understood(found, parameters), *answers.footer(found), *self._notes(reader, truncated)]

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
                starting = self._children.starting("networks")
                self._networks = (mark, Pool(starting, 1, self._guards.limits.waiting_seconds))
            return self._networks[1]


def _mark(build: Build) -> str:
    """What tells a build from every other, short."""
    return hashlib.sha256(f"{build.built} {build.projection}".encode()).hexdigest()[:12]


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
    edit: bool = False,
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
    edit : bool
        Take people's decisions from the page.
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
        served = Served(kg, guards, edit=edit)
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
            with suppress(KeyboardInterrupt), _ending_in_order():  # uvicorn has ended and raises the signal again
                server.run([sockets])
        finally:
            if served.editing is not None and served.editing.state()["pending"]:
                noted(say("正在按最后的裁定更新图……", "bringing the graph up to the last decisions …"))
            served.close()
            guards.close()


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Take an order to end (systemd, ``docker stop``) as Ctrl-C is taken, so that what has to be done at the end is done."""

    def interrupt(_: int, __: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
