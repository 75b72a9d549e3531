"""The graph in a Neo4j server (5.26 or later, one machine or a cluster). The only file that imports its driver.

User and password come from ``NEO4J_USERNAME`` and ``NEO4J_PASSWORD``; without a password none is sent.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from unionkg.errors import QueryError, QueryTimeoutError, StoreError, UnionkgError
from unionkg.graph.stores import ownership, read_only
from unionkg.graph.stores.protocol import Counts, Node, Relationship, Rows, Schema
from unionkg.graph.stores.rows import (
    batches,
    checked_ids,
    checked_name,
    checked_nodes,
    checked_relationships,
    missing_end,
)
from unionkg.graph.stores.values import iso
from unionkg.language import say

if TYPE_CHECKING:
    import neo4j

DEFAULT_TIMEOUT = 60.0
"""Seconds that a read may take."""

_BATCH = 2_000
_RETRY_SECONDS = 30.0
_CONNECT_SECONDS = 10.0
_EXPLAIN = "EXPLAIN "
_NAMES = "unionkg_names"
_OURS = {"app": "unionkg", "work": "read"}
"""What marks our reads among the server's transactions."""

_RUNAWAY = (
    "SHOW TRANSACTIONS YIELD metaData, status WHERE metaData.app = $app AND metaData.work = $work "
    "AND status STARTS WITH 'Terminated' RETURN count(*) AS number"
)
_POSITION = re.compile(r"\(line (\d+), column (\d+) \(offset: (\d+)\)\)")
_CRS = {7203: "cartesian", 9157: "cartesian-3d", 4326: "wgs-84", 4979: "wgs-84-3d"}

Result = TypeVar("Result")


def open_server(uri: str, database: str | None = None) -> Neo4jStore:
    """Connect to a server.

    Parameters
    ----------
    uri : str
        ``neo4j://``, ``bolt://`` and their encrypted forms.
    database : str, optional
        Default: the user's home database.

    Raises
    ------
    StoreError
        When the server is down or too old, refuses the password or has no such database.
    """
    import neo4j

    place = f"{uri}/{database}" if database else uri
    password = os.environ.get("NEO4J_PASSWORD")
    auth = (os.environ.get("NEO4J_USERNAME") or "neo4j", password) if password else None
    with _errors(place):
        driver = neo4j.GraphDatabase.driver(
            uri,
            auth=auth,
            user_agent="unionkg",
            connection_timeout=_CONNECT_SECONDS,
            connection_acquisition_timeout=2 * _CONNECT_SECONDS,
            max_transaction_retry_time=_RETRY_SECONDS,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
    try:
        # Not a managed transaction: that would try again for half a minute where no server is.
        with _errors(place), driver.session(database=database) as session:
            agent = session.run("RETURN 1").consume().server.agent
        version = agent.removeprefix("Neo4j/").split(".", maxsplit=1)[0]
        if version.isdecimal() and int(version) < 5:
            raise StoreError(
                say(f"Neo4j 版本过旧：{agent}", f"this Neo4j is too old: {agent}"),
                where=place,
                hint=say("需要 5.26 或更新的版本", "5.26 or later is needed"),
            )
    except BaseException:
        driver.close()
        raise
    return Neo4jStore(driver, database, place)


def clear(store: Neo4jStore, labels: Iterable[str]) -> int:
    """Delete all nodes of these labels, with every relationship at them, in batches; return how many there were."""
    deleted = 0
    for label in labels:
        statement = f"MATCH (n:{checked_name(label)}) WITH n LIMIT {_BATCH} DETACH DELETE n RETURN count(*)"
        while part := int(store.run(statement).rows[0][0]):
            deleted += part
    return deleted


class Neo4jStore:
    """An open graph in a Neo4j server (see `unionkg.graph.stores.protocol.Store`)."""

    engine = "neo4j"

    def __init__(self, driver: neo4j.Driver, database: str | None, place: str) -> None:
        import neo4j

        self._driver = driver
        self._database = database
        self._place = place
        # What was written is seen by the next read, whichever member of a cluster answers it.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._transaction: _Transaction | None = None

    def ask(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> Rows:
        """Answer a plain read (see `Store.ask`)."""
        text = read_only.checked_text(statement, keep_version=True)
        values = dict(parameters or {})
        seconds = DEFAULT_TIMEOUT if timeout is None else timeout
        with _errors(self._place), self._session(reading=True) as session:
            plan = session.execute_read(_limited(lambda tx: tx.run(_EXPLAIN + text, values).consume().plan, seconds))
            if plan is None:
                raise QueryError(say("服务器没有给出查询计划", "the server gave no plan"), where=self._place)
            read_only.check_plan(plan)
            return session.execute_read(_limited(lambda tx: _rows(tx, text, values, max_rows), seconds))

    def runaways(self) -> int:
        """How many of our reads were told to end and still run: inside an expression the server cannot end them."""
        return int(self.run(_RUNAWAY, _OURS).rows[0][0])

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run one of our own statements (see `Store.run`)."""
        values = dict(parameters or {})
        with _errors(self._place):
            if self._transaction:
                return self._transaction.run(statement, values)
            with self._session() as session:
                return session.execute_write(lambda tx: _rows(tx, statement, values))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all; what the server asks to retry is retried."""
        if self._transaction:
            raise StoreError(say("事务不能嵌套", "transactions do not nest"), where=self._place)
        with self._session() as session:
            self._transaction = _Transaction(session)
            try:
                yield
                with _errors(self._place):
                    self._transaction.commit()
            except BaseException:
                self._transaction.abandon()
                raise
            finally:
                self._transaction = None

    def create_schema(self, schema: Schema) -> None:
        """Create what is missing of constraints and indexes."""
        wanted: dict[str, str] = {}
        for label in map(checked_name, schema.labels):
            name = f"unionkg_{label}_id"
            wanted[name] = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for kind in map(checked_name, schema.types):
            name = f"unionkg_rel_{kind}_id"
            wanted[name] = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.id IS UNIQUE"
        for label, properties in schema.indexed.items():
            for key in map(checked_name, properties):
                name = f"unionkg_{checked_name(label)}_{key}"
                wanted[name] = f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})"
        named = [label for label in schema.labels if label != ownership.LABEL]
        if named:  # for people in Neo4j Browser; our own search has an index beside the store
            wanted[_NAMES] = (
                f"CREATE FULLTEXT INDEX {_NAMES} IF NOT EXISTS FOR (n:{'|'.join(named)}) "
                "ON EACH [n.name, n.canonical, n.aliases, n.title] OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
            )
        present: dict[str, list[str]] = dict(self.run("SHOW INDEXES YIELD name, labelsOrTypes").rows)
        if _NAMES in present and not set(named) <= set(present[_NAMES]):  # made for an older schema: it misses labels
            self.run(f"DROP INDEX {_NAMES}")
            del present[_NAMES]
        missing = [statement for name, statement in wanted.items() if name not in present]
        with _errors(self._place), self._session() as session:

            def create(tx: neo4j.ManagedTransaction) -> None:
                for statement in missing:
                    tx.run(statement).consume()

            session.execute_write(create)
        if missing:
            self.run("CALL db.awaitIndexes(300)")

    def write_nodes(self, nodes: Iterable[Node]) -> int:
        """Create or replace nodes by label and id."""
        by_label = checked_nodes(nodes)
        with self._writing(sum(map(len, by_label.values()))):
            for label, rows in by_label.items():
                statement = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"
                for part in batches(rows.values(), _BATCH):
                    self.run(statement, {"rows": part})
        return sum(map(len, by_label.values()))

    def write_relationships(self, relationships: Iterable[Relationship]) -> int:
        """Create or replace relationships by type and id."""
        by_type = checked_relationships(relationships)
        self._check_ends(by_type)
        groups: dict[tuple[str, str, str], list[Relationship]] = {}
        for rows in by_type.values():
            for one in rows.values():
                groups.setdefault((one.type, one.start[0], one.end[0]), []).append(one)
        present = self.counts().relationships
        with self._writing(sum(map(len, groups.values()))):
            for (kind, start, end), members in groups.items():
                for part in batches(members, _BATCH):
                    rows_of_part = [
                        {"start": one.start[1], "end": one.end[1], "properties": dict(one.properties)} for one in part
                    ]
                    if kind in present:
                        self._delete_moved(kind, start, end, rows_of_part)
                    self.run(
                        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) USING INDEX a:{start}(id) "
                        f"MATCH (b:{end} {{id: row.end}}) USING INDEX b:{end}(id) "
                        f"MERGE (a)-[r:{kind} {{id: row.properties.id}}]->(b) SET r = row.properties",
                        {"rows": rows_of_part},
                    )
        return sum(map(len, groups.values()))

    def delete_nodes(self, label: str, ids: Iterable[str]) -> int:
        """Delete nodes and every relationship at them."""
        statement = (
            f"MATCH (n:{checked_name(label)}) USING INDEX n:{label}(id) WHERE n.id IN $ids "
            "WITH n DETACH DELETE n RETURN count(*)"
        )
        return self._delete(statement, checked_ids(label, ids))

    def delete_relationships(self, type: str, ids: Iterable[str]) -> int:  # noqa: A002  the graph's own word
        """Delete relationships of one type by id."""
        statement = (
            f"MATCH ()-[r:{checked_name(type)}]->() USING INDEX r:{type}(id) WHERE r.id IN $ids "
            "WITH r DELETE r RETURN count(*)"
        )
        return self._delete(statement, checked_ids(type, ids))

    def counts(self) -> Counts:
        """Count what is there, from the server's own count store."""
        labels = [name for (name,) in self.run("CALL db.labels() YIELD label RETURN label").rows]
        types = [name for (name,) in self.run("CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t").rows]
        nodes = self._count(labels, "MATCH (n:{}) RETURN {} AS name, count(n) AS number")
        relationships = self._count(types, "MATCH ()-[r:{}]->() RETURN {} AS name, count(r) AS number")
        return Counts(nodes, relationships)

    def close(self) -> None:
        """Close the connections; closing twice is no error."""
        self._driver.close()

    def _session(self, *, reading: bool = False) -> neo4j.Session:
        import neo4j

        mode = neo4j.READ_ACCESS if reading else neo4j.WRITE_ACCESS
        return self._driver.session(
            database=self._database, default_access_mode=mode, bookmark_manager=self._bookmarks, fetch_size=5_000
        )

    @contextmanager
    def _writing(self, rows: int) -> Iterator[None]:
        """Join the open transaction; else open one, unless there is so much that each batch has its own."""
        if self._transaction or rows > 10 * _BATCH:
            yield
        else:
            with self.transaction():
                yield

    def _delete_moved(self, kind: str, start: str, end: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Delete those relationships of the rows that are there with other ends.

        They are looked up by a list of ids, with the index named: asked row by row, the server at times goes through
        all relationships once a row.
        """
        wanted = {row["properties"]["id"]: (start, row["start"], end, row["end"]) for row in rows}
        there = self.run(
            f"MATCH (a)-[r:{kind}]->(b) USING INDEX r:{kind}(id) WHERE r.id IN $ids "
            "RETURN r.id, labels(a)[0], a.id, labels(b)[0], b.id",
            {"ids": list(wanted)},
        )
        if moved := [own_id for own_id, *ends in there.rows if tuple(ends) != wanted[own_id]]:
            self.run(f"MATCH ()-[r:{kind}]->() USING INDEX r:{kind}(id) WHERE r.id IN $ids DELETE r", {"ids": moved})

    def _check_ends(self, by_type: Mapping[str, Mapping[str, Relationship]]) -> None:
        needed: dict[str, dict[str, Relationship]] = {}
        for rows in by_type.values():
            for one in rows.values():
                for label, own_id in (one.start, one.end):
                    needed.setdefault(label, {}).setdefault(own_id, one)
        for label, by_id in needed.items():
            for part in batches(by_id, 5 * _BATCH):
                found = self.run(
                    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) USING INDEX n:{label}(id) RETURN n.id",
                    {"ids": part},
                )
                for own_id in set(part) - {row[0] for row in found.rows}:
                    raise missing_end(by_id[own_id], (label, own_id))

    def _delete(self, statement: str, ids: Sequence[str]) -> int:
        with self._writing(len(ids)):
            return sum(int(self.run(statement, {"ids": part}).rows[0][0]) for part in batches(ids, _BATCH))

    def _count(self, names: Sequence[str], pattern: str) -> dict[str, int]:
        parts = [
            pattern.format("`" + name.replace("`", "``") + "`", f"$names[{index}]") for index, name in enumerate(names)
        ]
        if not parts:
            return {}
        rows = self.run(" UNION ALL ".join(parts), {"names": list(names)}).rows
        return {name: int(number) for name, number in rows if number}


class _Transaction:
    """A transaction that can be started again: what it did so far is kept and repeated when the server asks to."""

    def __init__(self, session: neo4j.Session) -> None:
        self._session = session
        self._open: neo4j.Transaction | None = None
        self._done: list[tuple[str, dict[str, Any]]] = []

    def run(self, statement: str, values: dict[str, Any]) -> Rows:
        rows = self._retrying(lambda tx: _rows(tx, statement, values))
        self._done.append((statement, values))
        return rows

    def commit(self) -> None:
        if self._open:
            self._retrying(lambda tx: tx.commit())
            self._open = None

    def abandon(self) -> None:
        import neo4j.exceptions

        try:
            if self._open:
                self._open.close()
        except neo4j.exceptions.DriverError:
            # The connection is gone, and with it the transaction: there is nothing left to roll back.
            return
        finally:
            self._open = None

    def _retrying(self, action: Callable[[neo4j.Transaction], Result]) -> Result:
        import neo4j.exceptions

        deadline, pause = time.monotonic() + _RETRY_SECONDS, 0.5
        while True:
            try:
                if self._open is None:
                    self._open = self._session.begin_transaction()
                    for statement, values in self._done:
                        self._open.run(statement, values).consume()
                return action(self._open)
            except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
                self.abandon()
                if not error.is_retryable() or time.monotonic() + pause > deadline:
                    raise
            time.sleep(pause)
            pause *= 2


def _limited(
    work: Callable[[neo4j.ManagedTransaction], Result], seconds: float
) -> Callable[[neo4j.ManagedTransaction], Result]:
    import neo4j

    return neo4j.unit_of_work(timeout=seconds, metadata=_OURS)(work)


def _rows(
    tx: neo4j.Transaction | neo4j.ManagedTransaction,
    statement: str,
    values: Mapping[str, Any],
    max_rows: int | None = None,
) -> Rows:
    result = tx.run(statement, dict(values))
    columns = tuple(result.keys())
    records = [record.values() for record in islice(result, max_rows)]
    result.consume()  # what is left is thrown away
    ends = _ends(tx, records)
    return Rows(columns, [tuple(_plain(value, ends) for value in record) for record in records])


_IDS = "MATCH (n) WHERE elementId(n) IN $elements RETURN elementId(n), n.id"


def _ends(tx: neo4j.Transaction | neo4j.ManagedTransaction, records: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Return the property ``id`` of the ends of every relationship, by the server's own id of the node.

    With a relationship the server sends only that; those nodes that are not in the result themselves are asked for.
    """
    nodes = {node.element_id: node for tie in _relationships(records) for node in tie.nodes if node is not None}
    known = {element: node["id"] for element, node in nodes.items() if "id" in node}
    unknown = [element for element in nodes if element not in known]
    if unknown:
        known.update((element, own_id) for element, own_id in tx.run(_IDS, elements=unknown).values())
    return known


def _relationships(value: Any) -> Iterator[neo4j.graph.Relationship]:
    import neo4j.graph

    if isinstance(value, neo4j.graph.Relationship):
        yield value
    elif isinstance(value, neo4j.graph.Path):
        yield from value.relationships
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _relationships(item)
    elif isinstance(value, list):
        for item in value:
            yield from _relationships(item)


def _plain(value: Any, ends: Mapping[str, str]) -> Any:
    """Return a value of a result as plain Python; ``ends`` as of `_ends`."""
    import neo4j.graph
    import neo4j.spatial

    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, neo4j.graph.Node):
        return _properties(value) | {"_labels": sorted(value.labels)}
    if isinstance(value, neo4j.graph.Relationship):
        start, end = (ends.get(node.element_id) if node is not None else None for node in value.nodes)
        return _properties(value) | {"_type": value.type, "_start": start, "_end": end}
    if isinstance(value, neo4j.graph.Path):
        steps = [part for pair in zip(value.relationships, value.nodes[1:], strict=True) for part in pair]
        return [_plain(part, ends) for part in (value.nodes[0], *steps)]
    if isinstance(value, neo4j.spatial.Point):
        axes = dict(zip("xyz", map(float, value), strict=False))
        return axes | {"crs": _CRS.get(value.srid or 0, ""), "srid": value.srid}
    if hasattr(value, "iso_format"):
        # A duration is a tuple too.
        return iso(value.iso_format())
    if isinstance(value, Mapping):
        return {str(key): _plain(item, ends) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, ends) for item in value]
    raise QueryError(
        say(f"结果中的值无法显示：{type(value).__name__}", f"a value of the result cannot be shown: {type(value)}")
    )


def _properties(element: neo4j.graph.Entity) -> dict[str, Any]:
    return {key: _plain(value, {}) for key, value in sorted(element.items())}


@contextmanager
def _errors(place: str) -> Iterator[None]:
    import neo4j.exceptions

    try:
        yield
    except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError, ValueError) as error:
        raise _translated(error, place) from error


def _translated(error: Exception, place: str) -> UnionkgError:
    """Return our error for one of the driver's."""
    import neo4j.exceptions as theirs

    code = str(getattr(error, "code", None) or "")
    message = _without_explain(str(getattr(error, "message", None) or error))
    if isinstance(error, theirs.AuthError) or code.startswith("Neo.ClientError.Security"):
        return StoreError(
            say(f"Neo4j 拒绝登录：{message}", f"Neo4j refuses the log-in: {message}"),
            where=place,
            hint=say(
                "检查环境变量 NEO4J_USERNAME 和 NEO4J_PASSWORD",
                "check the environment variables NEO4J_USERNAME and NEO4J_PASSWORD",
            ),
        )
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return StoreError(
            say("服务器上没有这个数据库", "the server has no such database"),
            where=place,
            hint=say(
                "地址末尾写数据库名，如 neo4j://localhost:7687/neo4j",
                "end the address with the database's name, as in neo4j://localhost:7687/neo4j",
            ),
        )
    if code.startswith("Neo.ClientError.Transaction.TransactionTimedOut"):
        return QueryTimeoutError(
            say("查询超时", "the query took too long"), hint=say("缩小范围，或加 LIMIT", "narrow it down, or add LIMIT")
        )
    if "OutOfMemory" in code:
        return QueryError(say("查询占用内存过多，已停止", "the query needed too much memory and was stopped"))
    if code.startswith("Neo.ClientError.Statement"):
        return QueryError(say(f"查询语句有误：{message}", f"the statement is wrong: {message}"))
    if isinstance(error, theirs.ServiceUnavailable | theirs.SessionExpired):
        return StoreError(
            say(f"Neo4j 没有应答：{message}", f"Neo4j does not answer: {message}"),
            where=place,
            hint=say("确认服务已启动，地址和端口无误", "see that the server runs and the address and port are right"),
        )
    return StoreError(say(f"图数据库出错：{message}", f"the graph store failed: {message}"), where=place)


def _without_explain(message: str) -> str:
    """Return an error message as if the statement had been sent without the word EXPLAIN before it."""
    if f'"{_EXPLAIN}' not in message:
        return " ".join(message.split())
    lines = message.replace(f'"{_EXPLAIN}', '"').split("\n")
    if lines[-1].startswith(" " * len(_EXPLAIN)):
        lines[-1] = lines[-1].removeprefix(" " * len(_EXPLAIN))
    return _POSITION.sub(_moved, "\n".join(lines))


def _moved(match: re.Match[str]) -> str:
    line, column, offset = map(int, match.groups())
    return f"(line {line}, column {column - (line == 1) * len(_EXPLAIN)} (offset: {offset - len(_EXPLAIN)}))"
