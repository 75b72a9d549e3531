"""Errors written for their reader: what is wrong, where, and what to try."""

from __future__ import annotations

from pathlib import Path

from unionkg.language import say


class UnionkgError(Exception):
    """Root of all errors that unionkg raises on purpose.

    Parameters
    ----------
    what : str
        One sentence, in the user's language (see `unionkg.language.say`).
    where : str or Path, optional
        A file, ``file:line`` or another place that the user can open.
    hint : str, optional
        What to try.
    """

    def __init__(self, what: str, *, where: str | Path | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = None if where is None else str(where)
        self.hint = hint

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(say("位置：", "where: ") + self.where)
        if self.hint:
            lines.append(say("可以尝试：", "try: ") + self.hint)
        return "\n".join(lines)


class InputError(UnionkgError):
    """A file, folder or argument that the user gave cannot be used."""


class RecordError(UnionkgError):
    """A record, decision or authority line is broken."""


class SchemaError(UnionkgError):
    """The ontology's own files contradict themselves."""


class StoreError(UnionkgError):
    """The graph store is locked, down, foreign, incomplete or of another version."""


class GraphBehindError(StoreError):
    """The workspace's files were changed as asked, but the graph could not be brought up to date."""


class UnreadPagesWarning(UserWarning):
    """Pages of a file that are pictures were left out, because pictures cannot be read on this machine."""


class IncompleteGraphWarning(UserWarning):
    """The graph that is read is being updated, or an update of it was cut off."""


class QueryError(UnionkgError):
    """A query, pack or parameter is unknown or not allowed."""


class QueryTimeoutError(QueryError):
    """A query took longer than it may."""


class QueryTooLargeError(QueryError):
    """A statement with its parameters is larger than it may be."""


class BusyError(UnionkgError):
    """Too many others are being answered: to be tried again."""


class WorkspaceError(UnionkgError):
    """The workspace is missing, locked or of a newer format."""


class WorkspaceBusyError(WorkspaceError):
    """Somebody else is writing to the workspace."""


class MissingExtraError(UnionkgError):
    """An optional part of the installation is needed."""
