"""What a store must do. Two implementations pass one test suite: `embedded` and `neo4j_server`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, SupportsIndex, overload

from unionkg.graph.stores import conversions, tables

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyarrow

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


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """A result table of plain Python values, the same from both stores.

    A node comes as its properties plus ``_labels`` (a list), a relationship as its properties plus ``_type`` and the
    ids of its ends, ``_start`` and ``_end``, a path as the list of both in turn. Dates and times come as ISO 8601
    strings, date-times with a zone in UTC. In a notebook it is shown as a table, and so by ``print``.

    Attributes
    ----------
    columns : tuple of str
    rows : list of tuple
        One tuple a row, a value a column.

    Examples
    --------
    >>> rows = Rows(("union", "cases"), [("甲市总工会", 3), ("乙县总工会", 1)])
    >>> len(rows), rows[0]["union"]
    (2, '甲市总工会')
    >>> [row["cases"] for row in rows]
    [3, 1]
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """One dictionary a row."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @overload
    def __getitem__(self, index: SupportsIndex) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: SupportsIndex | slice) -> dict[str, Any] | Rows:
        """One row as a dictionary; some rows (``rows[:5]``) as a table."""
        if isinstance(index, slice):
            return Rows(self.columns, self.rows[index])
        return dict(zip(self.columns, self.rows[index], strict=True))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.rows)} × ({', '.join(self.columns)})>"

    def __str__(self) -> str:
        return tables.text_table(self.columns, self.rows)

    def _repr_html_(self) -> str:
        return tables.html_table(self.columns, self.rows)

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row."""
        return list(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame of the rows (see `unionkg.graph.stores.conversions.to_pandas`).

        Raises
        ------
        MissingExtraError
            pandas is not installed (``unionkg[tables]``).
        """
        return conversions.to_pandas(self.columns, self.rows)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table of the rows (see `unionkg.graph.stores.conversions.to_arrow`).

        Raises
        ------
        MissingExtraError
            pyarrow is not installed (``unionkg[tables]``).
        """
        return conversions.to_arrow(self.columns, self.rows)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """The nodes, relationships and paths that occur in the rows (see `unionkg.graph.stores.conversions.to_networkx`).

        Raises
        ------
        MissingExtraError
            networkx is not installed (``unionkg[analysis]``).
        """
        return conversions.to_networkx(self.rows)


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


class Reader(Protocol):
    """Who answers plain reads: an open graph, or one behind `unionkg.graph.stores.guarded`."""

    @property
    def engine(self) -> str:
        """``"embedded"`` or ``"neo4j"``."""

    def ask(
        self,
        statement: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
    ) -> Rows:
        """Answer a plain read; raise QueryError, before anything runs, for whatever is not one.

        ``timeout`` in seconds (default: 60). A read that takes longer raises QueryError, except where an expression
        runs on between two rows: no engine looks at its clock there (see `unionkg.graph.stores.guarded`). At most
        ``max_rows`` rows are fetched (default: all); what would follow is not computed.
        """


class Store(Reader, Protocol):
    """An open graph. Not safe to share between threads.

    Every write checks its rows first (`unionkg.graph.stores.rows`) and raises StoreError before anything is
    written. Outside `transaction` each writing call is a transaction of its own, but one: into a fresh embedded
    build, where a label or type is still empty, it takes the engine's bulk path, which is twice as fast and not
    atomic. The build as a whole is, so write what is large and regular there (regions and their ties).
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
