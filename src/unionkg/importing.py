"""Taking records in: stored or flat, into documents of the workspace."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from unionkg.errors import InputError, RecordError
from unionkg.graph.authority import judged, read_authority, write_authority
from unionkg.graph.corpus import (
    check_projects,
    decided,
    decisions_by_document,
    documents,
    folder_of,
    named_document,
    records_of,
    text_of,
)
from unionkg.graph.decisions import read_identities
from unionkg.graph.exchange.flat import unflat
from unionkg.graph.identity import document_id, identify
from unionkg.graph.quotes import QuotedText
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
from unionkg.graph.structure import vocabularies
from unionkg.graph.validity import check_record
from unionkg.language import say
from unionkg.workspace import Workspace, commit_document

#: What the sha256 of a document is whose text is not there.
_NO_TEXT = hashlib.sha256(b"").hexdigest()
_DOCUMENT = re.compile(r"doc:[0-9a-f]{8,64}")
#: The last line that an account of a document without text may end on.
_LAST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Imported:
    """How many accounts came in, how many of them were there before (``replaced``), and the ids of the accounts that
    their documents had and have no longer (``dropped``).
    """

    accounts: int
    replaced: int
    dropped: tuple[str, ...]


def import_records(workspace: Workspace, path: Path) -> Imported:
    """Replace the readings of the documents that the file's records belong to.

    Every line is checked, and its document projected, before anything is written. Where the document is in the
    workspace, quotes are found again in its text, blanks aside, so records of another copy (other line breaks) fit;
    where it is not, a document without text is made for them and quotes keep the places they came with (-1 where
    they had none).

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
    texts: dict[str, str | None] = {}
    quoted: dict[str, QuotedText] = {}
    by_document: dict[str, list[CaseRecord]] = defaultdict(list)
    for where, data in read_lines(path):
        if not isinstance(data, Mapping):
            raise RecordError(say("应为一个案例记录", "expected a case record"), where=where)
        _check_text(data, where)
        document = _document(known, data, where)
        if document not in known:
            known.append(document)
        if document.id not in texts:
            text = texts[document.id] = None if document.sha256 == _NO_TEXT else text_of(workspace, document.id)
            if text is not None:
                quoted[document.id] = QuotedText(text)
        record = _record(data, document.id, quoted.get(document.id), where)
        _check(record, texts[document.id], where)
        by_document[document.id].append(record)
    if not by_document:
        raise InputError(say("文件里没有案例记录", "the file holds no record"), where=path)
    return _take_in(workspace, [document for document in known if document.id in by_document], by_document, texts, path)


def _take_in(
    workspace: Workspace,
    changed: Sequence[DocumentRecord],
    records: Mapping[str, Sequence[CaseRecord]],
    texts: Mapping[str, str | None],
    path: Path,
) -> Imported:
    authority = read_authority(workspace.authority)
    previous = {document.id: records_of(workspace, document.id) for document in changed}
    judgements = judged(authority, read_identities(workspace.identities))
    ready = {
        document.id: identify(records[document.id], previous[document.id], authority, judgements.apart)
        for document in changed
    }
    decisions = decisions_by_document(workspace)
    words = vocabularies(workspace.vocabularies)
    with_decisions = deepcopy(authority)  # what people added gives no ids here
    for document in changed:
        given = decisions.get(document.id, ())
        cases, _ = decided(ready[document.id], given, texts[document.id] or "", with_decisions)
        check_projects(document, cases, words, judgements.leads, path)
    write_authority(workspace.authority, authority)
    for document in changed:
        _put(workspace, replace(document, imported=True), lines_text(ready[document.id]))
    before = {record.id for some in previous.values() for record in some}
    now = {record.id for some in ready.values() for record in some}
    return Imported(len(now), len(before & now), tuple(sorted(before - now)))


def _check_text(data: Mapping[str, Any], where: str) -> None:
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordError(
            say("含有不完整的字符", "it holds half of a character (a lone surrogate)"), where=where
        ) from error


def _check(record: CaseRecord, text: str | None, where: str) -> None:
    check_record(record, where)
    last = _LAST_LINE if text is None else text.count("\n") + 1
    if any(end > last for _, end in record.lines):
        raise RecordError(
            say(f"行号超出原文（共 {last} 行）", f"its lines lie outside of the document (of {last} lines)"),
            where=where,
        )


def _put(workspace: Workspace, document: DocumentRecord, records: str) -> None:
    folder = workspace.sources / folder_of(document.id)
    held = [file for file in folder.iterdir() if file.name != "meta.json"] if folder.is_dir() else []
    files = {file.name: file.read_bytes() for file in held} or {"text.txt": b""}
    files["meta.json"] = (to_line(document) + "\n").encode("utf-8")
    commit_document(workspace, folder_of(document.id), files, records)


def _document(known: Sequence[DocumentRecord], data: Mapping[str, Any], where: str) -> DocumentRecord:
    """The document that a record names, or a new one without text."""
    named = data.get("document") or data.get("source")
    if not isinstance(named, str) or not named:
        raise RecordError(say("记录没有写明文献（document 或 source）", "the record names no document"), where=where)
    try:
        found = named_document(known, named, by_name="/" not in named)
    except InputError as error:
        raise RecordError(error.what, where=where, hint=error.hint) from error
    if found is not None:
        return found
    if named.startswith("doc:") and not _DOCUMENT.fullmatch(named):
        raise RecordError(
            say(f"不是文献编号：{named}", f"not the id of a document: {named}"),
            where=where,
            hint=say("编号写成 doc: 加 8 到 64 位十六进制数", "an id is doc: and 8 to 64 hexadecimal digits"),
        )
    identifier = named if named.startswith("doc:") else document_id(hashlib.sha256(named.encode()).hexdigest())
    return DocumentRecord(id=identifier, title=named, origin=named, sha256=_NO_TEXT, encoding="utf-8")


def _record(data: Mapping[str, Any], document: str, text: QuotedText | None, where: str) -> CaseRecord:
    def find(quote: str, near: int) -> Evidence:
        if text is None:
            return Evidence(quote, -1, -1)
        found = text.find(quote, near)
        if found is None:
            raise RecordError(say(f"原文中找不到：{quote}", f"not in the document: {quote}"), where=where)
        return found

    try:
        if "source" in data:
            start = text.line_start(_first_line(data)) if text else 0
            return unflat(data, document, lambda quote: find(quote, start), where)
        record: CaseRecord = decode(CaseRecord, {**data, "document": document}, where)
    except OverflowError as error:
        raise RecordError(say("数字太大", "a number is too large"), where=where) from error
    return _anchored(record, find) if text else record


def _first_line(data: Mapping[str, Any]) -> int:
    """Where a flat record begins; its form is checked when it is read."""
    match data:
        case {"spans": [[int(first), *_], *_]} | {"first_line": int(first)}:
            return first
    return 1


def _anchored(record: CaseRecord, find: Callable[[str, int], Evidence]) -> CaseRecord:
    def anchor(statement: Statement) -> Statement:
        return replace(statement, evidence=tuple(find(e.quote, e.start) for e in statement.evidence))

    changed: dict[str, Any] = {}
    for name in {field for field, _ in record.statements()}:
        value = getattr(record, name)
        changed[name] = anchor(value) if isinstance(value, Statement) else tuple(map(anchor, value))
    return replace(record, **changed)
