"""The search index: one SQLite file beside the graph, made from the projection and the documents' texts.

It belongs to no store, so search finds the same on each and starts none. Entries lie in *segments* that are written
once: an update adds a segment with what is new and marks what went as dead; many small segments become one, so that a
question looks into few. Every update is one transaction, a build from nothing a new file that takes the old one's
place: a kill at any moment leaves the index as it was. docs/decisions/0007-search-index.md gives the reasons.
"""

from __future__ import annotations

import contextlib
import math
import os
import secrets
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from unionkg.errors import StoreError
from unionkg.graph.build import Projection
from unionkg.graph.projection import DocumentGraph
from unionkg.language import say
from unionkg.queries import postings
from unionkg.queries.folding import table_digest
from unionkg.queries.search_entries import Entry, digest, document_entries, shared_entries, theme_names
from unionkg.queries.search_segments import FULL, body, drop, read_aloud, write

_FORM = 1
_TIER, _SMALLEST = 8, 1 << 16
_PATIENCE = 10.0

_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE document (id TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE entry (key INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL,"
    " document TEXT, digest TEXT NOT NULL)",
    "CREATE INDEX entry_id ON entry (id)",
    "CREATE INDEX entry_document ON entry (document)",
    "CREATE TABLE body (key INTEGER PRIMARY KEY, content BLOB NOT NULL)",
    "CREATE TABLE segment (number INTEGER PRIMARY KEY, slots INTEGER NOT NULL, characters INTEGER NOT NULL,"
    " labels BLOB NOT NULL, years BLOB NOT NULL, dead BLOB NOT NULL)",
    "CREATE TABLE field (segment INTEGER, field INTEGER, starts BLOB NOT NULL, PRIMARY KEY (segment, field))",
    "CREATE TABLE pairs (segment INTEGER, facet TEXT, slots BLOB NOT NULL, numbers BLOB NOT NULL,"
    " PRIMARY KEY (segment, facet))",
    "CREATE TABLE facet (number INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, name TEXT NOT NULL,"
    " UNIQUE (facet, value))",
    "CREATE TABLE syllable (unit INTEGER PRIMARY KEY, sound TEXT NOT NULL UNIQUE)",
    postings.SCHEMA,
)


def usable(path: Path) -> bool:
    """Whether an index of this program's form lies there."""
    if not path.is_file():
        return False
    try:
        with closing(_connect(path)) as connection:
            return _meta(connection, "form") == _form()
    except sqlite3.DatabaseError:
        return False


@contextmanager
def reading_index(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the index for one question, in one state of it.

    Raises
    ------
    StoreError
        There is none, or it is broken or busy for long.
    """
    if not path.is_file():
        raise StoreError(say("还没有检索索引", "there is no search index yet"), where=path, hint=_hint())
    with _errors(path), closing(_connect(path)) as connection:
        connection.execute("BEGIN")
        yield connection


def update(path: Path, projection: Projection, texts: Mapping[str, Path], *, fresh: bool = False) -> bool:
    """Bring the index to a projection; False where it was so already. Callers hold the workspace's lock.

    Parameters
    ----------
    path : Path
        The index's file.
    texts : mapping
        Where the stored text of each document lies; a document that is missing here is searched without its text.
    fresh : bool
        Make it from nothing, as is done where there is none, or one of another form, or a broken one.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    with _errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in path.parent.glob(f".{path.name}.*"):
            leftover.unlink(missing_ok=True)
        # Looking first also takes back what a killed update left half-done.
        if usable(path) and not fresh:
            with closing(_connect(path)) as connection:
                connection.execute("PRAGMA cache_spill = OFF")  # readers wait for the commit only
                connection.execute("BEGIN IMMEDIATE")
                change = _change(connection, projection, texts)
                if not change:
                    return False
                if change.size <= 3 * FULL:  # more is not held in memory, but written anew
                    _apply(connection, change, texts)
                    connection.execute("COMMIT")
                    return True
        temporary = path.parent / f".{path.name}.{secrets.token_hex(4)}"
        try:
            _make(temporary, projection, texts)
            _replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        return True


def meta_token(connection: sqlite3.Connection) -> str:
    """What tells one state of the index from another."""
    return str(_meta(connection, "state"))


def _connect(path: Path) -> sqlite3.Connection:
    # By its path, not as a URI: those cannot name a Windows share. Another's commit is waited for.
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)


def _meta(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _form() -> str:
    """What an index must have been made with to be read: our form, and how text is folded here."""
    return f"{_FORM} {table_digest()}"


def _hint() -> str:
    return say("运行 unionkg build", "run unionkg build")


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            say(f"检索索引出错：{error}", f"the search index fails: {error}"), where=path, hint=_hint()
        ) from error


def _make(path: Path, projection: Projection, texts: Mapping[str, Path]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # Nobody reads it before it is complete and on the disk.
        for pragma in ("page_size = 16384", "journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for statement in _TABLES:
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('form', ?)", (_form(),))
        _apply(connection, _change(connection, projection, texts), texts)
        connection.execute("COMMIT")
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _replace(temporary: Path, path: Path) -> None:
    """Put the new file in the old one's place; on Windows that has to wait until nobody reads the old one."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with contextlib.suppress(FileNotFoundError):
                path.with_name(f"{path.name}-journal").unlink()  # of a file that cannot be read
            temporary.replace(path)
            return
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


@dataclass(frozen=True, slots=True)
class _Change:
    """What an index lacks: keys of entries that are to go, and what is new; ``digests`` are those of all documents."""

    dead: Sequence[int]
    gone: Sequence[str]
    shared: Sequence[Entry]
    documents: Sequence[DocumentGraph]
    digests: Mapping[str, str]
    themes: Mapping[str, str]
    size: int

    def __bool__(self) -> bool:
        return bool(self.dead or self.gone or self.shared or self.documents)


def _change(connection: sqlite3.Connection, projection: Projection, texts: Mapping[str, Path]) -> _Change:
    themes = theme_names(projection)
    have = dict(connection.execute("SELECT id, digest FROM document"))
    digests = {graph.document: _digest(graph, texts.get(graph.document), themes) for graph in projection.documents}
    gone = [document for document in have if digests.get(document) != have[document]]
    new = [graph for graph in projection.documents if have.get(graph.document) != digests[graph.document]]
    there = {
        (label, identifier): (known, key)
        for label, identifier, known, key in connection.execute(
            "SELECT label, id, digest, key FROM entry WHERE document IS NULL"
        )
    }
    shared = {(entry.label, entry.id): entry for entry in shared_entries(projection)}
    same = {end for end, entry in shared.items() if end in there and there[end][0] == entry.digest}
    dead = [key for end, (_, key) in there.items() if end not in same]
    for document in gone:
        dead += [key for (key,) in connection.execute("SELECT key FROM entry WHERE document = ?", (document,))]
    return _Change(
        dead=dead,
        gone=gone,
        shared=[entry for end, entry in shared.items() if end not in same],
        documents=new,
        digests=digests,
        themes=themes,
        size=sum(texts[graph.document].stat().st_size for graph in new if graph.document in texts),
    )


def _apply(connection: sqlite3.Connection, change: _Change, texts: Mapping[str, Path]) -> None:
    def entries() -> Iterator[Entry]:
        yield from change.shared
        for graph in change.documents:
            path = texts.get(graph.document)
            yield from document_entries(graph, _text(path) if path else "", change.themes)

    _bury(connection, change.dead)
    connection.executemany("DELETE FROM document WHERE id = ?", [(document,) for document in change.gone])
    write(connection, map(read_aloud, entries()))
    written = [(graph.document, change.digests[graph.document]) for graph in change.documents]
    connection.executemany("INSERT INTO document VALUES (?, ?)", written)
    _tidy(connection)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (secrets.token_hex(8),))


def _digest(graph: DocumentGraph, text: Path | None, themes: Mapping[str, str]) -> str:
    """What a document's entries are made of; the text counts by size and time, because reading all of them takes long."""
    stamp: tuple[int, ...] = ()
    if text is not None:
        seen = text.stat()
        stamp = (seen.st_size, seen.st_mtime_ns)
    return digest(
        stamp,
        [*themes.items()],
        [(node.label, node.id, dict(node.properties)) for node in graph.nodes],
        [(tie.type, tie.start, tie.end, dict(tie.properties)) for tie in graph.relationships],
    )


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _bury(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Take entries out: their words stay in their segment, marked as dead."""
    by_segment: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        by_segment[key >> 32].append(key & 0xFFFFFFFF)
    for number, slots in by_segment.items():
        (dead,) = connection.execute("SELECT dead FROM segment WHERE number = ?", (number,)).fetchone()
        marks = np.frombuffer(dead, dtype=np.uint8).copy()
        marks[slots] = 1
        connection.execute("UPDATE segment SET dead = ? WHERE number = ?", (marks.tobytes(), number))
        for name in ("entry", "body"):
            connection.executemany(f"DELETE FROM {name} WHERE key = ?", [(number << 32 | slot,) for slot in slots])


def _tidy(connection: sqlite3.Connection) -> None:
    """Make one segment of several of like size, and write those anew of which more than half is dead."""
    doomed, tiers = [], defaultdict(list)
    for number, slots, characters, dead in connection.execute("SELECT number, slots, characters, dead FROM segment"):
        if 2 * sum(dead) > slots:
            doomed.append(number)
        elif characters < FULL // 2:
            tiers[int(math.log(max(characters, _SMALLEST) / _SMALLEST, _TIER))].append(number)
    doomed += [number for numbers in tiers.values() if len(numbers) >= _TIER for number in numbers]
    if not doomed:
        return
    keys = []
    for number in doomed:
        span = (number << 32, (number + 1) << 32)
        keys += [key for (key,) in connection.execute("SELECT key FROM entry WHERE key >= ? AND key < ?", span)]
    write(connection, (body(connection, key) for key in keys))
    for number in doomed:
        drop(connection, number)
