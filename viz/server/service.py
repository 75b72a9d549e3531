"""What the server needs to be given: callables that answer. Who makes them knows workspaces and packs, this room does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Answered:
    """Rows, and what a reader has to know of them.

    Attributes
    ----------
    columns : sequence of str
    rows : sequence of sequences
        A value a column.
    truncated : bool
        There are more rows than were fetched.
    notes : sequence of str
        What the answer leaves out, in the user's language.
    parameters : mapping
        The values that were asked with.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    truncated: bool = False
    notes: Sequence[str] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched for: words, and what narrows the hits (None: everything)."""

    text: str
    label: str | None = None
    region: str | None = None
    theme: str | None = None
    year: str | None = None
    limit: int = 20


class Service(Protocol):
    """Answers of one workspace. Every method raises `unionkg.errors.UnionkgError` and may be called from any thread."""

    def queries(self) -> Sequence[Mapping[str, Any]]:
        """All queries of the packs, as `query` describes each."""

    def query(self, name: str) -> Mapping[str, Any]:
        """A query: ``name``, ``question``, ``parameters``, ``columns`` …; QueryError for an unknown one."""

    def rows(self, name: str, parameters: Mapping[str, str], *, evidence: bool) -> Answered:
        """Ask a query of the packs; with ``evidence`` each row once for every quote behind it."""

    def file(self, name: str, answered: Answered, form: str) -> bytes:
        """The answer to a query as a file (csv, md, xlsx), for people: headings and values in their language."""

    def cypher(self, statement: str, parameters: Mapping[str, Any]) -> Answered:
        """Answer a plain read."""

    def search(self, sought: Sought) -> Mapping[str, Any]:
        """The ``hits``, the best first, the ``total`` of all, their ``facets``, and ``near`` names where there is none."""

    def account(self, identifier: str) -> Mapping[str, Any]:
        """An account in full; InputError for an unknown one."""

    def status(self) -> Mapping[str, Any]:
        """What the graph holds, and the limits."""
