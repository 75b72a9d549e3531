"""What a store must do. Two implementations pass one test suite: `embedded` and `neo4j_server`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from unionkg.errors import MissingExtraError
from unionkg.language import say

Value = str | int | float | bool | list[str] | list[int] | list[float] | list[bool]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph: one label, an id unique within the label, properties without None.

    ``id`` is written as the property ``id`` too; it need not be repeated in ``properties``.
    """

    label: str
    id: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship; ``start`` and ``end`` are (label, id) of its nodes, ``id`` unique within the type."""

    type: str
    id: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """A result table of plain Python values, the same from both stores.

    A node comes as its properties plus ``_labels`` (a list), a relationship as its properties plus ``_type``, a
    path as the list of both in turn. Dates and times come as ISO 8601 strings, date-times with a zone in UTC.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """One dictionary a row."""
        return iter(self.records())

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` of the rows; MissingExtraError where pandas is not installed."""
        try:
            import pandas
        except ImportError as error:
            raise MissingExtraError(
                say("没有安装 pandas", "pandas is not installed"), hint="pip install pandas"
            ) from error
        return pandas.DataFrame(self.rows, columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes by label and relationships by type."""

    nodes: Mapping[str, int]
    relationships: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Schema:
    """What the store enforces.

    The labels and the relationship types (each with a unique ``id``), and by label the further properties that are
    indexed; those hold strings.
    """

    labels: Sequence[str]
    indexed: Mapping[str, Sequence[str]]
    types: Sequence[str]


class Store(Protocol):
    """An open graph. Not safe to share between threads.

    Every write checks its rows first (`unionkg.graph.stores.rows`) and raises StoreError before anything is
    written. Outside `transaction` each writing call is a transaction of its own, but one: into a fresh embedded
    build, where a label or type is still empty, it takes the engine's bulk path, which is twice as fast and not
    atomic. The build as a whole is, so write what is large and regular there (regions and their ties).
    """

    @property
    def engine(self) -> str:
        """``"embedded"`` or ``"neo4j"``."""

    def ask(self, statement: str, parameters: Mapping[str, Any] | None = None, *, timeout: float | None = None) -> Rows:
        """Answer a plain read; raise QueryError, before anything runs, for whatever is not one.

        ``timeout`` in seconds (default: 60). A read that takes longer raises QueryError.
        """

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run one of our own statements, reading or writing."""

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside happen together or not at all; transactions do not nest."""

    def create_schema(self, schema: Schema) -> None:
        """Create what is missing of labels, types, uniqueness of ``id`` and indexes; idempotent.

        Not inside `transaction`.
        """

    def write_nodes(self, nodes: Iterable[Node]) -> int:
        """Create or replace nodes by label and id (their properties become exactly the given ones)."""

    def write_relationships(self, relationships: Iterable[Relationship]) -> int:
        """Create or replace relationships by type and id; ends that changed are moved.

        An end that does not exist raises StoreError.
        """

    def delete_nodes(self, label: str, ids: Iterable[str]) -> int:
        """Delete nodes and every relationship at them; return how many there were."""

    def delete_relationships(self, type: str, ids: Iterable[str]) -> int:  # noqa: A002  the graph's own word
        """Delete relationships of one type by id; return how many there were."""

    def counts(self) -> Counts:
        """Count what is there; a label or type without members is left out."""

    def close(self) -> None:
        """Close the connection or the files; closing twice is no error."""
