"""Where the property graph lives: one protocol, an embedded store and Neo4j.

A store is named by a target: ``embedded`` (a folder of the workspace) or the address of a Neo4j server
(``neo4j://host:7687``, ``bolt+s://host:7687/database`` …), whose user and password come from the environment only.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from unionkg.errors import IncompleteGraphWarning, StoreError
from unionkg.graph.stores import builds, ownership
from unionkg.graph.stores.protocol import Schema, Store
from unionkg.language import say

EMBEDDED = "embedded"
_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


@dataclass(frozen=True, slots=True)
class Target:
    """Which store: the server's address and database (None: its default), or neither for the embedded one."""

    uri: str | None = None
    database: str | None = None

    @property
    def embedded(self) -> bool:
        """Whether the graph lies in a folder of the workspace."""
        return self.uri is None

    def __str__(self) -> str:
        return EMBEDDED if self.uri is None else self.uri + (f"/{self.database}" if self.database else "")


@dataclass(frozen=True, slots=True)
class Update:
    """An open graph to write to; where ``fresh``, it is empty and everything has to be written."""

    store: Store
    fresh: bool


def parse_target(text: str) -> Target:
    """Read ``embedded`` or a Neo4j address, with the database as its path.

    Raises
    ------
    StoreError
        For anything else, and for a password in the address.
    """
    if text.strip().lower() == EMBEDDED:
        return Target()
    try:
        parts = urlsplit(text.strip())
        host, known = parts.hostname, parts.port
    except ValueError as error:
        raise _not_a_target(text) from error
    del known
    if parts.scheme not in _SCHEMES or not host:
        raise _not_a_target(text)
    if parts.password is not None or parts.username is not None:
        raise StoreError(
            say("地址里不要写用户名和密码", "no user or password in the address"),
            where=f"{parts.scheme}://…@{host}",
            hint=say(
                "用环境变量 NEO4J_USERNAME 和 NEO4J_PASSWORD", "use the environment: NEO4J_USERNAME and NEO4J_PASSWORD"
            ),
        )
    query = f"?{parts.query}" if parts.query else ""
    return Target(f"{parts.scheme}://{parts.netloc}{query}", parts.path.strip("/") or None)


@contextmanager
def reading(target: Target, folder: Path, workspace: str | None = None) -> Iterator[Store]:
    """Open the graph for reading.

    Parameters
    ----------
    target : Target
        Which store.
    folder : Path
        The workspace's ``graph`` folder (the embedded store lives below it).
    workspace : str, optional
        The workspace's id; a graph of another one is refused.

    Raises
    ------
    StoreError
        When no graph was built there yet, when it is another workspace's, or when the server does not answer.

    Warns
    -----
    IncompleteGraphWarning
        An update is under way or was cut off: answers may lack something.
    """
    if target.embedded:
        with builds.reading(folder) as store:
            check_readable(store, workspace, target)
            yield store
        return
    from unionkg.graph.stores import neo4j_server

    server = neo4j_server.open_server(str(target.uri), target.database)
    try:
        check_readable(server, workspace, target)
        yield server
    finally:
        server.close()


def check_readable(store: Store, workspace: str | None, target: Target) -> None:
    """Raise and warn as `reading` does, for a graph that is open already."""
    build = ownership.build_of(store)
    if build is None:
        raise StoreError(
            say("这个数据库里还没有建过图", "no graph has been built in this database yet"),
            where=str(target),
            hint=say("先运行 unionkg build", "run unionkg build first"),
        )
    if workspace is not None and build.workspace != workspace:
        raise ownership.of_another(store, build, workspace)
    if not build.complete:
        warnings.warn(
            say(
                "图不完整：正在更新，或上次更新中断；结果可能有缺。中断时运行 unionkg build",
                "the graph is incomplete: an update is under way or was cut off, and answers may lack something; "
                "where it was cut off, run unionkg build",
            ),
            IncompleteGraphWarning,
            stacklevel=4,
        )


@contextmanager
def updating(
    target: Target,
    folder: Path,
    *,
    schema: Schema,
    workspace: str,
    version: int,
    projection: str | None = None,
    fresh: bool = False,
) -> Iterator[Update]:
    """Open the graph for writing; on success it is complete, and on the embedded store it becomes the current build.

    On the embedded store a failure leaves the graph as it was. On Neo4j what was committed stays and the graph is
    marked as not complete: the next update finds it so and starts afresh.

    Parameters
    ----------
    target : Target
        Which store.
    folder : Path
        As for `reading`.
    schema : Schema
        Created where it is missing; on Neo4j ``fresh`` deletes the nodes of these labels and no others.
    workspace : str
        The workspace's id.
    version : int
        The version of the form that this program writes.
    projection : str, optional
        The digest of what will be written, for `state` to tell.
    fresh : bool
        Start from nothing.

    Raises
    ------
    StoreError
        For a graph of something else, of another workspace or of a newer form, and when the store cannot be written.
    """
    if target.embedded:
        empty = fresh or builds.current(folder) is None or _is_older(state(target, folder), version)
        with builds.updating(folder, fresh=empty) as store:
            ownership.claim(store, workspace, version)
            store.create_schema(schema)
            yield Update(store, empty)
            ownership.finish(store, projection)
        return
    from unionkg.graph.stores import neo4j_server

    server = neo4j_server.open_server(str(target.uri), target.database)
    try:
        before = ownership.claim(server, workspace, version)
        empty = fresh or before is None or not before.complete or _is_older(before, version)
        if empty:
            neo4j_server.clear(server, [label for label in schema.labels if label != ownership.LABEL])
        server.create_schema(schema)
        yield Update(server, empty)
        ownership.finish(server, projection)
    finally:
        server.close()


def state(target: Target, folder: Path) -> ownership.Build | None:
    """Return what the graph says of itself, or None where nothing was built yet."""
    if target.embedded:
        if builds.current(folder) is None:
            return None
        with builds.reading(folder) as store:
            return ownership.build_of(store)
    from unionkg.graph.stores import neo4j_server

    server = neo4j_server.open_server(str(target.uri), target.database)
    try:
        return ownership.build_of(server)
    finally:
        server.close()


def _is_older(build: ownership.Build | None, version: int) -> bool:
    return build is not None and build.schema < version


def _not_a_target(text: str) -> StoreError:
    return StoreError(
        say(f"不是可用的图数据库：{text}", f"not a store: {text}"),
        hint=say(
            "写 embedded，或 Neo4j 的地址，如 neo4j://localhost:7687",
            "embedded, or an address like neo4j://localhost:7687",
        ),
    )
