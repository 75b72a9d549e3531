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


class Editing(Protocol):
    """Takes people's decisions. Verdicts are mappings with the keys of `unionkg.viz.server.editing.Verdict`.

    InputError says that a decision cannot be, WorkspaceBusyError that somebody else writes, and who.
    """

    def queue(self, document: str | None, field: str | None, cause: str | None, limit: int) -> Mapping[str, Any]:
        """What deserves a look (``items``, ``total``), ``progress``, the ``recent`` decisions, what to filter by."""

    def facts(self, identifier: str) -> Mapping[str, Any]:
        """A fact with attributes, sentences and history, or all ``facts`` of an account."""

    def fields(self) -> Mapping[str, Any]:
        """The ``fields`` with their attributes."""

    def decide(self, verdicts: Sequence[Mapping[str, Any]], by: str, why: str) -> Mapping[str, Any]:
        """The decisions that were ``made``."""

    def pairs(self, kind: str | None, *, judged: bool, limit: int) -> Mapping[str, Any]:
        """The ``pairs`` that may be one, and their ``total``."""

    def pair(self, ids: Sequence[str]) -> Mapping[str, Any]:
        """The ``sides`` of a pair, each with its ``appearances``."""

    def judge(self, decision: str, ids: Sequence[str], by: str, why: str) -> Mapping[str, Any]:
        """The ``judgement``, and whether it is ``new``."""


class Service(Protocol):
    """Answers of one workspace. Every method raises `unionkg.errors.UnionkgError` and may be called from any thread."""

    @property
    def editing(self) -> Editing | None:
        """Who takes decisions; None where the server only reads."""

    def queries(self) -> Sequence[Mapping[str, Any]]:
        """All queries of the packs, as `query` describes each."""

    def query(self, name: str) -> Mapping[str, Any]:
        """A query: ``name``, ``question``, ``parameters``, ``columns`` …; QueryError for an unknown one."""

    def rows(self, name: str, parameters: Mapping[str, str], *, evidence: bool) -> Answered:
        """Ask a query of the packs; with ``evidence`` each row once for every quote behind it."""

    def table(self, name: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        """As `rows`, for people: ``columns`` with headings, ``rows``, the ``quotes`` of each, ``truncated``, ``notes``."""

    def choices(self, name: str) -> Mapping[str, Any]:
        """By parameter what it may be: pairs of what is sent and what is shown."""

    def page(self) -> bytes:
        """The data of the explorer page as JSON, packed with gzip; BusyError while it is being made."""

    def page_state(self) -> Mapping[str, Any]:
        """The ``build`` that the data is of, whether to ``edit``, and what is still to be followed by the graph."""

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
