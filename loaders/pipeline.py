"""A file in, a reading out: text, document record, case records and coverage. Nothing is written here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from unionkg.errors import InputError
from unionkg.graph.identity import document_id
from unionkg.graph.records import CaseRecord, DocumentRecord
from unionkg.language import say
from unionkg.loaders.coverage import Coverage, coverage
from unionkg.loaders.layout import accounts
from unionkg.loaders.readers import format_of, read
from unionkg.loaders.reading import read_account, ungrounded
from unionkg.loaders.source import SourceText


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave. Ids of accounts, statements and entities are still empty."""

    document: DocumentRecord
    original: bytes
    text: str
    records: tuple[CaseRecord, ...]
    coverage: Coverage


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_file(
    path: Path,
    origin: str,
    *,
    published: str | None = None,
    known_as: str | None = None,
    vocabularies: Path | None = None,
) -> Reading:
    """Read a file.

    Parameters
    ----------
    path : Path
    origin : str
        What to remember as its place (relative to the workspace where it lies inside).
    published : str, optional
        The date of publication as a partial date; overrides what the document says.
    known_as : str, optional
        The document's id, where it was loaded before.
    vocabularies : Path, optional
        The folder of a workspace's own terms.

    Raises
    ------
    InputError
        The file cannot be read, or holds no account.
    """
    decoded = read(path)
    original = path.read_bytes()
    sha256 = hashlib.sha256(original).hexdigest()
    source = SourceText(decoded.text)
    layout = accounts(source, published=published)
    context = layout.context
    if not layout.accounts:
        raise InputError(
            say("没有读到任何案例或报道", "no account was found in it"),
            where=path,
            hint=say(
                "用 --dry-run 查看各行如何归类；目录、名单、通知不算案例",
                "see with --dry-run how its lines are taken; contents, lists and notices are no accounts",
            ),
        )
    document = DocumentRecord(
        id=known_as or document_id(sha256),
        title=context.title or path.stem,
        origin=origin,
        sha256=sha256,
        encoding=decoded.encoding,
        media_type=format_of(path).value,
        publisher=context.publisher,
        published=context.published,
        published_method="given" if published else "document.layout" if context.published else None,
    )
    records = tuple(read_account(account, context, document.id, vocabularies) for account in layout.accounts)
    for record in records:
        if bad := ungrounded(record, decoded.text):
            raise AssertionError(f"ungrounded statement in {path.name}: {bad[0]}")
    return Reading(document, original, decoded.text, records, coverage(source, layout))
