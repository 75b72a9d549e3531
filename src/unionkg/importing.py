"""Taking records in: stored or flat, into documents of the workspace."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from unionkg.errors import InputError, RecordError
from unionkg.graph.authority import read_authority, write_authority
from unionkg.graph.corpus import documents, folder_of, records_of, text_of
from unionkg.graph.exchange.flat import unflat
from unionkg.graph.identity import document_id, identify
from unionkg.graph.records import (
    CaseRecord,
    DocumentRecord,
    Evidence,
    Statement,
    decode,
    lines_text,
    read_lines,
    to_line,
)
from unionkg.language import say
from unionkg.workspace import Workspace, commit_document

#: What the sha256 of a document is whose text is not there.
_NO_TEXT = hashlib.sha256(b"").hexdigest()


def import_records(workspace: Workspace, path: Path) -> int:
    """Replace the readings of the documents that the file's records belong to; returns how many records.

    Every line is checked before anything is written. Where the document is in the workspace, quotes are found
    again in its text, blanks aside, so records of another copy (other line breaks) fit; where it is not, a
    document without text is made for them and quotes keep the places they came with (-1 where they had none).

    Raises
    ------
    InputError
        The file is missing or holds no record.
    RecordError
        A line is broken, or a quote is not in its document's text; names file and line.
    """
    if not path.is_file():
        raise InputError(say("找不到这个文件", "no such file"), where=path)
    known = documents(workspace)
    by_document: dict[str, list[CaseRecord]] = defaultdict(list)
    texts: dict[str, Text | None] = {}
    for where, data in read_lines(path):
        if not isinstance(data, Mapping):
            raise RecordError(say("应为一个案例记录", "expected a case record"), where=where)
        document = _document(known, data, where)
        if document not in known:
            known.append(document)
        if document.id not in texts:
            texts[document.id] = None if document.sha256 == _NO_TEXT else Text(text_of(workspace, document.id))
        by_document[document.id].append(_record(data, document.id, texts[document.id], where))
    if not by_document:
        raise InputError(say("文件里没有案例记录", "the file holds no record"), where=path)
    authority = read_authority(workspace.authority)
    ready = {
        document: identify(records, records_of(workspace, document), authority)
        for document, records in by_document.items()
    }
    write_authority(workspace.authority, authority)
    for document in known:
        if document.id in ready:
            _put(workspace, replace(document, imported=True), lines_text(ready[document.id]))
    return sum(len(records) for records in by_document.values())


def _put(workspace: Workspace, document: DocumentRecord, records: str) -> None:
    folder = workspace.sources / folder_of(document.id)
    held = [file for file in folder.iterdir() if file.name != "meta.json"] if folder.is_dir() else []
    files = {file.name: file.read_bytes() for file in held} or {"text.txt": b""}
    files["meta.json"] = (to_line(document) + "\n").encode("utf-8")
    commit_document(workspace, folder_of(document.id), files, records)


def _document(known: list[DocumentRecord], data: Mapping[str, Any], where: str) -> DocumentRecord:
    """The document that a record names, or a new one without text."""
    named = data.get("document") or data.get("source")
    if not isinstance(named, str) or not named:
        raise RecordError(say("记录没有写明文献（document 或 source）", "the record names no document"), where=where)
    for document in known:
        if named in {document.id, document.origin, PurePosixPath(document.origin).name}:
            return document
    identifier = named if named.startswith("doc:") else document_id(hashlib.sha256(named.encode()).hexdigest())
    return DocumentRecord(id=identifier, title=named, origin=named, sha256=_NO_TEXT, encoding="utf-8")


def _record(data: Mapping[str, Any], document: str, text: Text | None, where: str) -> CaseRecord:
    def find(quote: str, near: int) -> Evidence:
        if text is None:
            return Evidence(quote, -1, -1)
        found = text.find(quote, near)
        if found is None:
            raise RecordError(say(f"原文中找不到：{quote}", f"not in the document: {quote}"), where=where)
        return found

    if "source" in data:
        lines = data.get("spans") or [[data.get("first_line"), data.get("last_line")]]
        start = text.line_start(lines[0][0]) if text and isinstance(lines[0][0], int) else 0
        return unflat(data, document, lambda quote: find(quote, start), where)
    record: CaseRecord = decode(CaseRecord, {**data, "document": document}, where)
    return _anchored(record, find) if text else record


def _anchored(record: CaseRecord, find: Callable[[str, int], Evidence]) -> CaseRecord:
    def anchor(statement: Statement) -> Statement:
        return replace(statement, evidence=tuple(find(e.quote, e.start) for e in statement.evidence))

    changed: dict[str, Any] = {}
    for name in {field for field, _ in record.statements()}:
        value = getattr(record, name)
        changed[name] = anchor(value) if isinstance(value, Statement) else tuple(map(anchor, value))
    return replace(record, **changed)


class Text:
    """A document's text, prepared for finding quotes, white space aside."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = [i for i, character in enumerate(text) if not character.isspace()]
        self._squeezed = "".join(text[i] for i in self._offsets)

    def line_start(self, number: int) -> int:
        """The offset at which a line begins, counted from 1."""
        return sum(len(line) + 1 for line in self._text.split("\n")[: number - 1])

    def find(self, quote: str, near: int) -> Evidence | None:
        """The place of a quote that is the first at or after an offset, else the nearest before it."""
        wanted = "".join(quote.split())
        places = []
        at = self._squeezed.find(wanted) if wanted else -1
        while at >= 0:
            places.append((self._offsets[at], self._offsets[at + len(wanted) - 1] + 1))
            at = self._squeezed.find(wanted, at + 1)
        if not places:
            return None
        start, end = min(places, key=lambda place: (place[0] < near, abs(place[0] - near)))
        return Evidence(self._text[start:end], start, end)
