"""Whose graph it is: the node ``Build`` says which workspace and schema version, and whether it is complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from unionkg.errors import StoreError
from unionkg.graph.stores.protocol import Node, Schema, Store
from unionkg.language import say

LABEL = "Build"
_ID = "build"


@dataclass(frozen=True, slots=True)
class Build:
    """What the graph says of itself.

    ``schema`` is the version of its form, ``built`` the UTC time (ISO 8601) when it was last complete, None where
    it never was; ``projection`` is the digest of what was written then.
    """

    workspace: str
    schema: int
    complete: bool
    built: str | None
    projection: str | None = None


def build_of(store: Store) -> Build | None:
    """Return what the graph says of itself, or None where it says nothing."""
    rows = store.run(
        f"MATCH (b:{LABEL} {{id: $id}}) RETURN b.workspace AS workspace, b.schema AS schema, b.complete AS complete, "
        "b.built AS built, b.projection AS projection",
        {"id": _ID},
    )
    return Build(*rows.rows[0]) if rows.rows else None


def check(store: Store, workspace: str, version: int) -> Build | None:
    """Return the graph's own `Build`, or None for an empty graph.

    Parameters
    ----------
    store : Store
        An open graph.
    workspace : str
        The workspace's id.
    version : int
        The version of the form that this program writes.

    Raises
    ------
    StoreError
        For a graph of something else or of another workspace, or of a newer form.
    """
    build = build_of(store)
    if build is None:
        nodes = store.run("MATCH (n) RETURN labels(n) AS labels LIMIT 20")
        if nodes.rows:
            found = ", ".join(sorted({":".join(labels) or "—" for (labels,) in nodes.rows}))
            raise StoreError(
                say(
                    f"这个数据库里有别的内容（{found}），不会写入",
                    f"this database holds something else ({found}); nothing is written",
                ),
                hint=say("换一个空的数据库", "use an empty database"),
            )
        return None
    if build.workspace != workspace:
        raise of_another(store, build, workspace)
    if build.schema > version:
        raise StoreError(
            say(
                f"图由更新版本的 unionkg 写成（格式 {build.schema}，本程序 {version}）",
                f"the graph was written by a newer unionkg (form {build.schema}, this program: {version})",
            ),
            # Only the embedded store is built in a place of its own; a database is not cleared of what is newer.
            hint=say("升级 unionkg，或运行 unionkg build 重建", "upgrade unionkg, or run unionkg build")
            if store.engine == "embedded"
            else say("升级 unionkg，或换一个数据库", "upgrade unionkg, or use another database"),
        )
    return build


def of_another(store: Store, build: Build, workspace: str) -> StoreError:
    """The error for a graph that belongs to another workspace."""
    return StoreError(
        say(
            f"这个图属于另一个工作区：{build.workspace}（当前：{workspace}）",
            f"this graph belongs to another workspace: {build.workspace} (this one: {workspace})",
        ),
        hint=say("运行 unionkg build 建本工作区的图", "run unionkg build to make this workspace's own")
        if store.engine == "embedded"
        else say("换一个数据库，或到那个工作区里操作", "use another database, or work in that workspace"),
    )


def claim(store: Store, workspace: str, version: int) -> Build | None:
    """Check as `check` does, then mark the graph as this workspace's and not complete.

    Returns
    -------
    Build or None
        What the graph said before; where that is None or not complete, everything has to be written.
    """
    before = check(store, workspace, version)
    store.create_schema(Schema(labels=[LABEL], indexed={}, types=[]))
    _write(store, Build(workspace, version, complete=False, built=before.built if before else None))
    return before


def finish(store: Store, projection: str | None = None) -> Build:
    """Mark a claimed graph as complete, now; ``projection`` is the digest of what it holds."""
    build = build_of(store)
    if build is None:
        raise StoreError(say("图还没有登记所属的工作区", "the graph has not been claimed"))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    done = Build(build.workspace, build.schema, complete=True, built=now, projection=projection)
    _write(store, done)
    return done


def _write(store: Store, build: Build) -> None:
    properties: dict[str, str | int | bool] = {
        "name": say("图的登记", "the graph's own entry"),
        "workspace": build.workspace,
        "schema": build.schema,
        "complete": build.complete,
    }
    if build.built:
        properties["built"] = build.built
    if build.projection:
        properties["projection"] = build.projection
    with store.transaction():
        store.write_nodes([Node(LABEL, _ID, properties)])
