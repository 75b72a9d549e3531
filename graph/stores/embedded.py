"""The embedded store: ArcadeDB in this process. The only file that imports its binding and JPype.

The JVM is started here and not by the binding: the binding adds an incubator module, for which the JVM prints a
warning on stderr, and its logger writes to a folder ``log`` below the current one. What ran before and what was
measured: docs/decisions/0002-embedded-store.md.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from unionkg.errors import MissingExtraError, QueryError, QueryTimeoutError, StoreError
from unionkg.graph.stores import read_only
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

DEFAULT_TIMEOUT = 60.0
"""Seconds that a read may take."""

_JVM = (
    # For a process that stays; the command line adds its own (`unionkg.cli.main`).
    "-XX:+UseSerialGC",
    "-XX:+UseCompactObjectHeaders",
    "-Xms32m",
    "-Xmx2g",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF8",
    "-Darcadedb.log.impl=slf4j",
    "--enable-native-access=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
    "--add-opens=java.base/java.nio.channels.spi=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
)
_BULK_ROWS = 20_000
_open_readers: dict[Path, tuple[Any, int]] = {}
"""Databases open for reading in this process and how often: the engine opens a folder only once a process."""


def open_writer(path: Path, *, fresh: bool = False) -> EmbeddedStore:
    """Open a folder for writing; it is created where it does not exist.

    Parameters
    ----------
    path : Path
        The database's folder.
    fresh : bool
        Whether nobody else sees the folder before it is complete; only then the bulk path is taken.

    Raises
    ------
    MissingExtraError
        Without ``unionkg[embedded]``.
    StoreError
        When the folder is no database, is open elsewhere or cannot be written.
    """
    _start()
    factory = _class("com.arcadedb.database.DatabaseFactory")(str(path))
    with _opening(path):
        database = factory.open() if factory.exists() else factory.create()
        # A committed transaction survives a power cut.
        database.setWALFlush(_class("com.arcadedb.engine.WALFile$FlushType").YES_FULL)
    return EmbeddedStore(database, path, close=database.close, fresh=fresh)


def open_reader(path: Path) -> EmbeddedStore:
    """Open a folder so that nothing can be written to it; as many processes as like at once.

    Raises
    ------
    MissingExtraError
        Without ``unionkg[embedded]``.
    StoreError
        When the folder is no database.
    """
    path = path.resolve()
    _start()
    database, readers = _open_readers.get(path, (None, 0))
    if database is None:
        read_only_mode = _class("com.arcadedb.engine.ComponentFile$MODE").READ_ONLY
        with _opening(path):
            database = _class("com.arcadedb.database.DatabaseFactory")(str(path)).open(read_only_mode)
    _open_readers[path] = (database, readers + 1)

    def close() -> None:
        database, readers = _open_readers.pop(path)
        if readers > 1:
            _open_readers[path] = (database, readers - 1)
        else:
            database.close()

    return EmbeddedStore(database, path, close=close, writable=False)


class EmbeddedStore:
    """An open embedded graph (see `unionkg.graph.stores.protocol.Store`)."""

    engine = "embedded"

    def __init__(
        self, database: Any, path: Path, *, close: Callable[[], None], fresh: bool = False, writable: bool = True
    ) -> None:
        self._database = database
        self._path = path
        self._close: Callable[[], None] | None = close
        self._fresh = fresh
        self._writable = writable
        self._in_transaction = False

    def ask(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> Rows:
        """Answer a plain read (see `Store.ask`)."""
        text = read_only.checked_text(statement)
        with _query_errors(self._path):
            tree = _class("com.arcadedb.query.opencypher.parser.Cypher25AntlrParser")(
                self._database
            ).parseQueryWithTree(text)
            read_only.check_clauses(_clauses(tree.tree()), _functions(tree.tree()))
            return self._rows("query", text, parameters, DEFAULT_TIMEOUT if timeout is None else timeout, max_rows)

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run one of our own statements (see `Store.run`)."""
        with _query_errors(self._path):
            if self._in_transaction:
                return self._rows("command", statement, parameters, 0)
            if not self._writable:
                return self._rows("query", statement, parameters, 0)
            with self.transaction():
                return self._rows("command", statement, parameters, 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all."""
        if self._in_transaction:
            raise StoreError(say("事务不能嵌套", "transactions do not nest"), where=self._path)
        if not self._writable:
            raise StoreError(say("图以只读方式打开，不能写入", "the graph is open for reading only"), where=self._path)
        with _store_errors(self._path):
            self._database.begin()
        self._in_transaction = True
        try:
            yield
        except BaseException:
            self._database.rollback()
            raise
        else:
            with _store_errors(self._path):
                self._database.commit()
        finally:
            self._in_transaction = False

    def create_schema(self, schema: Schema) -> None:
        """Create what is missing of types and indexes."""
        java_schema = self._database.getSchema()
        with _store_errors(self._path):
            for name in (*schema.labels, *schema.types):
                if not java_schema.existsType(checked_name(name)):
                    self._sql(f"CREATE {'VERTEX' if name in schema.labels else 'EDGE'} TYPE {name}")
                    self._sql(f"CREATE PROPERTY {name}.id STRING")
                    self._sql(f"CREATE INDEX ON {name} (id) UNIQUE")
            for label, properties in schema.indexed.items():
                for name in properties:
                    if not java_schema.getType(checked_name(label)).existsProperty(checked_name(name)):
                        self._sql(f"CREATE PROPERTY {label}.{name} STRING")
                        self._sql(f"CREATE INDEX ON {label} ({name}) NOTUNIQUE NULL_STRATEGY SKIP")

    def write_nodes(self, nodes: Iterable[Node]) -> int:
        """Create or replace nodes by label and id."""
        by_label = checked_nodes(nodes)
        bulk = {label: rows for label, rows in by_label.items() if self._is_empty(label)}
        self._bulk_nodes(bulk)
        for label, rows in by_label.items():
            if label not in bulk:
                with self._writing():
                    self._put_nodes(label, rows)
        return sum(map(len, by_label.values()))

    def write_relationships(self, relationships: Iterable[Relationship]) -> int:
        """Create or replace relationships by type and id."""
        by_type = checked_relationships(relationships)
        ends = self._ends(by_type)
        bulk = {name: rows for name, rows in by_type.items() if self._is_empty(name)}
        self._bulk_relationships(bulk, ends)
        for name, rows in by_type.items():
            if name not in bulk:
                with self._writing():
                    self._put_relationships(name, rows, ends)
        return sum(map(len, by_type.values()))

    def delete_nodes(self, label: str, ids: Iterable[str]) -> int:
        """Delete nodes and every relationship at them."""
        return self._delete(label, ids)

    def delete_relationships(self, type: str, ids: Iterable[str]) -> int:  # noqa: A002  the graph's own word
        """Delete relationships of one type by id."""
        return self._delete(type, ids)

    def counts(self) -> Counts:
        """Count what is there."""
        nodes: dict[str, int] = {}
        relationships: dict[str, int] = {}
        vertex_type = _class("com.arcadedb.schema.VertexType")
        with _store_errors(self._path):
            for java_type in self._database.getSchema().getTypes():
                name = str(java_type.getName())
                if number := int(self._database.countType(name, False)):
                    (nodes if isinstance(java_type, vertex_type) else relationships)[name] = number
        return Counts(nodes, relationships)

    def close(self) -> None:
        """Close the files; closing twice is no error."""
        if self._close:
            close, self._close = self._close, None
            close()

    def _sql(self, statement: str) -> None:
        self._database.command("sql", statement)

    def _rows(
        self,
        how: str,
        statement: str,
        parameters: Mapping[str, Any] | None,
        timeout: float,
        max_rows: int | None = None,
    ) -> Rows:
        import arcadedb_embedded.results

        configuration = self._database.getConfiguration()
        milliseconds = _class("java.lang.Long").valueOf(max(1, round(timeout * 1000)) if timeout else 0)
        configuration.setValue(_class("com.arcadedb.GlobalConfiguration").COMMAND_TIMEOUT, milliseconds)
        java_rows = getattr(self._database, how)("opencypher", statement, _java_map(parameters or {}))
        result = arcadedb_embedded.results.ResultSet(java_rows)
        if max_rows is None:
            records = result.to_list()
        else:  # row by row: a batch would be filled before its first row is seen
            records = [row.to_dict() for row in islice(result, max_rows)]
            result.close()
        columns = tuple(records[0]) if records else self._columns(statement)
        return Rows(columns, [tuple(_plain(record[column]) for column in columns) for record in records])

    def _columns(self, statement: str) -> tuple[str, ...]:
        """Return the columns of a result without rows, read from the statement itself."""
        parser = _class("com.arcadedb.query.opencypher.parser.Cypher25AntlrParser")(self._database)
        returned = parser.parse(statement).getReturnClause()
        items = returned.getReturnItems() if returned is not None else ()
        return tuple(str(item.getOutputName()) for item in items if not item.isStar())

    def _is_empty(self, name: str) -> bool:
        """Whether the bulk path may be taken for a label or type."""
        with _store_errors(self._path):
            if not self._database.getSchema().existsType(name):
                raise StoreError(
                    say(f"图中没有声明过 {name}", f"{name} is not declared in this graph"), where=self._path
                )
            return self._fresh and not self._in_transaction and not self._database.countType(name, False)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Join the open transaction, or open one for this call."""
        if self._in_transaction:
            with _store_errors(self._path):
                yield
        else:
            with self.transaction(), _store_errors(self._path):
                yield

    def _bulk_nodes(self, by_label: Mapping[str, Mapping[str, Mapping[str, object]]]) -> None:
        create = _class("com.arcadedb.python.VertexBatcher").createVerticesJson
        with self._batch(by_label) as batch:
            for label, rows in by_label.items():
                for part in batches(rows.values(), _BULK_ROWS):
                    create(batch, label, json.dumps(part))

    def _bulk_relationships(self, by_type: Mapping[str, Mapping[str, Relationship]], ends: Mapping[Any, Any]) -> None:
        create = _class("com.arcadedb.python.EdgeBatcher").newEdgesJson
        with self._batch(by_type) as batch:
            for name, rows in by_type.items():
                for part in batches(rows.values(), _BULK_ROWS):
                    lines = [
                        {"_src": str(ends[one.start]), "_dst": str(ends[one.end]), **one.properties} for one in part
                    ]
                    create(batch, name, json.dumps(lines))

    @contextmanager
    def _batch(self, rows: Mapping[str, object]) -> Iterator[Any]:
        """The engine's bulk writer, closed (which writes) only when all went well; opening one costs 0.1 s."""
        if not rows:
            yield None
            return
        with _store_errors(self._path):
            batch = self._database.batch().build()
            yield batch
            batch.close()

    def _put_nodes(self, label: str, rows: Mapping[str, Mapping[str, object]]) -> None:
        for own_id, properties in rows.items():
            found = self._find(label, own_id)
            if found is None:
                self._database.newVertex(label).set(_java_pairs(properties)).save()
            else:
                _replace(found.asVertex(), properties)

    def _put_relationships(self, name: str, rows: Mapping[str, Relationship], ends: Mapping[Any, Any]) -> None:
        for own_id, one in rows.items():
            start, end = ends[one.start], ends[one.end]
            found = self._find(name, own_id)
            if found is not None:
                edge = found.asEdge()
                if edge.getOut().equals(start) and edge.getIn().equals(end):
                    _replace(edge, one.properties)
                    continue
                edge.delete()
            start.asVertex().newEdge(name, end, _java_pairs(one.properties))

    def _ends(self, by_type: Mapping[str, Mapping[str, Relationship]]) -> dict[tuple[str, str], Any]:
        """Return (label, id) -> the engine's record id of every end, before anything is written."""
        found: dict[tuple[str, str], Any] = {}
        with _store_errors(self._path):
            for rows in by_type.values():
                for one in rows.values():
                    for end in (one.start, one.end):
                        if end not in found:
                            record = self._find(*end) if self._database.getSchema().existsType(end[0]) else None
                            if record is None:
                                raise missing_end(one, end)
                            found[end] = record.getIdentity()
        return found

    def _find(self, name: str, own_id: str) -> Any:
        cursor = self._database.lookupByKey(name, "id", own_id)
        return cursor.next() if cursor.hasNext() else None

    def _delete(self, name: str, ids: Iterable[str]) -> int:
        wanted = checked_ids(name, ids)
        deleted = 0
        with _store_errors(self._path):
            known = self._database.getSchema().existsType(name)
        if known:
            with self._writing():
                for own_id in wanted:
                    found = self._find(name, own_id)
                    if found is not None:
                        found.getRecord().delete()
                        deleted += 1
        return deleted


def _start() -> None:
    """Start the JVM once a process and set what holds for every database."""
    try:
        import arcadedb_embedded.jvm
        import jpype
    except ImportError as error:
        raise MissingExtraError(
            say("没有安装嵌入式图数据库", "the embedded graph store is not installed"),
            hint=say(
                'pip install "unionkg[embedded]"；本机没有可用的安装包时（Intel Mac、musl、glibc 低于 2.34），'
                "改用 Neo4j：--store neo4j://主机:7687",
                'pip install "unionkg[embedded]"; where no wheel exists (Intel Mac, musl, glibc below 2.34) '
                "use Neo4j: --store neo4j://host:7687",
            ),
        ) from error
    if not jpype.isJVMStarted():
        jars = sorted(Path(arcadedb_embedded.jvm.get_jar_path()).glob("*.jar"))
        # The binding's own variable, last so that its -Xmx counts.
        own = shlex.split(os.environ.get("ARCADEDB_JVM_ARGS", ""))
        try:
            jpype.startJVM(
                arcadedb_embedded.jvm.get_bundled_jre_lib_path(),
                *_JVM,
                *own,
                classpath=os.pathsep.join(map(str, jars)),
                interrupt=False,
            )
        except (OSError, RuntimeError, jpype.JVMNotFoundException, arcadedb_embedded.ArcadeDBError) as error:
            raise StoreError(
                say(f"嵌入式图数据库无法启动：{error}", f"the embedded graph store does not start: {error}"),
                hint=say("改用 Neo4j：--store neo4j://主机:7687", "use Neo4j: --store neo4j://host:7687"),
            ) from error
        _class("java.util.logging.LogManager").getLogManager().reset()
    settings = _class("com.arcadedb.GlobalConfiguration")
    settings.OPENCYPHER_LOAD_CSV_ALLOW_FILE_URLS.setValue(False)
    settings.OPENCYPHER_LOAD_CSV_ALLOW_REMOTE_URLS.setValue(False)
    settings.POLYGLOT_ENGINE_ENABLED.setValue(False)


_classes: dict[str, Any] = {}


def _class(name: str) -> Any:
    if name not in _classes:
        import jpype

        _classes[name] = jpype.JClass(name)
    return _classes[name]


def _java_map(parameters: Mapping[str, Any]) -> Any:
    from arcadedb_embedded.type_conversion import convert_python_to_java

    return convert_python_to_java(dict(parameters))


def _java_pairs(properties: Mapping[str, object]) -> Any:
    import jpype
    from arcadedb_embedded.type_conversion import convert_python_to_java

    pairs = [part for name, value in properties.items() for part in (name, convert_python_to_java(value))]
    return jpype.JArray(jpype.JObject)(pairs)


def _replace(record: Any, properties: Mapping[str, object]) -> None:
    changed = record.modify()
    for name in [str(name) for name in record.getPropertyNames()]:
        if name not in properties:
            changed.remove(name)
    changed.set(_java_pairs(properties)).save()


def _plain(value: Any) -> Any:
    """Return a value of a result as plain Python."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return iso(value.isoformat())
    if isinstance(value, _class("com.arcadedb.database.Document")):
        return _element(value.getRecord())
    if isinstance(value, _class("com.arcadedb.query.opencypher.traversal.TraversalPath")):
        return [_element(part.getRecord()) for part in value.toAlternatingList()]
    if isinstance(value, _class("com.arcadedb.query.opencypher.temporal.CypherTemporalValue")):
        return iso(str(value))
    raise QueryError(
        say(f"结果中的值无法显示：{type(value).__name__}", f"a value of the result cannot be shown: {type(value)}")
    )


def _element(record: Any) -> dict[str, Any]:
    # As JSON, in one call: value by value takes five times as long, and evidence comes by the thousand.
    properties: dict[str, Any] = json.loads(str(record.toJSON(False).toString()))
    name = str(record.getTypeName())
    kind: dict[str, Any]
    if isinstance(record, _class("com.arcadedb.graph.Vertex")):
        kind = {"_labels": [name]}
    else:
        kind = {"_type": name, "_start": _own_id(record.getOutVertex()), "_end": _own_id(record.getInVertex())}
    return dict(sorted(properties.items())) | kind


def _own_id(vertex: Any) -> str:
    return str(vertex.get("id"))


def _rule(tree: Any, name: str) -> list[Any]:
    grammar = _class("com.arcadedb.query.opencypher.grammar.Cypher25Parser")
    index = int(getattr(grammar, f"RULE_{name}"))
    return list(_class("org.antlr.v4.runtime.tree.Trees").findAllRuleNodes(tree, index))


def _clauses(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield every clause of the engine's own parse tree, nested ones too, as (kind, text)."""
    for clause in _rule(tree, "clause"):
        yield str(clause.getChild(0).getClass().getSimpleName()).removesuffix("Context"), _written(clause)
    for other in ("command", "localDefinition", "subqueryInTransactionsParameters"):
        for found in _rule(tree, other):
            yield other, _written(found)


def _written(rule: Any) -> str:
    """What a rule of the parse tree covers as it stands in the statement, on one line; its getText has no blanks."""
    first, last = rule.getStart(), rule.getStop()
    if last is None or last.getStopIndex() < first.getStartIndex():
        return str(rule.getText())
    interval = _class("org.antlr.v4.runtime.misc.Interval")(first.getStartIndex(), last.getStopIndex())
    return " ".join(str(first.getInputStream().getText(interval)).split())


def _functions(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield the names of what is called, as (``"procedure"`` or ``"function"``, name)."""
    for rule, kind in (("procedureName", "procedure"), ("functionName", "function")):
        for found in _rule(tree, rule):
            yield kind, str(found.getText())


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    import jpype

    try:
        yield
    except jpype.JException as error:
        if "Lock" in _causes(error) or "already in use" in str(error):
            raise StoreError(
                say("图正被另一个程序写入", "another program is writing to this graph"),
                where=path,
                hint=say("等它结束后再试", "try again when it is done"),
            ) from error
        raise StoreError(
            say(f"图打不开：{error.getMessage()}", f"the graph cannot be opened: {error.getMessage()}"),
            where=path,
            hint=say("运行 unionkg build 重建", "run unionkg build to make it again"),
        ) from error


@contextmanager
def _store_errors(path: Path) -> Iterator[None]:
    import jpype

    try:
        yield
    except jpype.JException as error:
        raise _translated(error, path) from error


@contextmanager
def _query_errors(path: Path) -> Iterator[None]:
    import arcadedb_embedded
    import jpype

    try:
        yield
    except (jpype.JException, arcadedb_embedded.ArcadeDBError) as error:
        cause = error if isinstance(error, jpype.JException) else error.__cause__
        raise _translated(cause or error, path) from error


_STATEMENT_ERRORS = (
    "Parsing",
    "Parameter",
    "Semantic",
    "CommandExecution",
    "Idempotent",
    "Cypher",
    "Arithmetic",
    "FeatureNotImplemented",
    "IllegalArgument",
    "NumberFormat",
    "ClassCast",
)
"""Parts of the names of exceptions that the statement is to blame for, not the store."""


def _causes(error: Any) -> str:
    """Return the names of an exception's class and of those that caused it."""
    names: list[str] = []
    while error is not None and len(names) < 20:
        names.append(str(error.getClass().getSimpleName()))
        error = error.getCause()
    return " ".join(names)


def _translated(error: Any, path: Path) -> QueryError | StoreError:
    """Return our error for one of the engine's."""
    causes = _causes(error)
    told, cause = [], error
    while cause is not None:
        told += [str(cause.getMessage())] if cause.getMessage() is not None else []
        cause = cause.getCause()
    detail = told[-1] if told else causes  # the innermost that says anything
    if "TimeoutException" in causes and "LockTimeout" not in causes:
        return QueryTimeoutError(
            say("查询超时", "the query took too long"),
            hint=say("缩小范围，或加 LIMIT", "narrow it down, or add LIMIT"),
        )
    if "OutOfMemory" in causes or "HeapLimit" in causes:
        return QueryError(say("查询占用内存过多，已停止", "the query needed too much memory and was stopped"))
    if "ReadOnly" in causes:
        return QueryError(say("图以只读方式打开，不能写入", "the graph is open for reading only"), where=path)
    if any(part in causes.split()[0] for part in _STATEMENT_ERRORS):
        return QueryError(say(f"查询语句有误：{detail}", f"the statement is wrong: {detail}"))
    return StoreError(say(f"图数据库出错：{detail}", f"the graph store failed: {detail}"), where=path)
