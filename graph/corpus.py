"""The truth of a workspace, read from its files: documents, effective records, and who is who."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from unionkg.errors import InputError, RecordError
from unionkg.graph.authority import Authority, read_authority, redirects
from unionkg.graph.decisions import EffectiveRecord, Reopened, ReviewDecision, effective, read_identities, read_reviews
from unionkg.graph.identity import statement_id
from unionkg.graph.records import CaseRecord, DocumentRecord, decode, read_records
from unionkg.language import say
from unionkg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every document with its effective records, in the order of their ids.

    ``reopened`` are decisions that no longer bind; ``redirects`` maps ids to those that stand for them.
    """

    documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]]
    authority: Authority
    redirects: Mapping[str, str]
    reopened: Sequence[Reopened]

    @property
    def cases(self) -> list[EffectiveRecord]:
        """All effective records."""
        return [case for _, cases in self.documents for case in cases]


def folder_of(document: str) -> str:
    """The name of a document's folder: its id without the prefix (colons are not allowed on Windows)."""
    return document.partition(":")[2]


def documents(workspace: Workspace) -> list[DocumentRecord]:
    """The documents of a workspace, by id. Raises RecordError for a broken ``meta.json``."""
    if not workspace.sources.is_dir():
        return []
    found = []
    for path in sorted(workspace.sources.glob("*/meta.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise RecordError(
                say(f"文献说明读不出来：{error}", f"the document's description cannot be read: {error}"),
                where=path,
                hint=say("重新载入这份文献", "load the document again"),
            ) from error
        found.append(decode(DocumentRecord, data, str(path)))
    return found


def text_path(workspace: Workspace, document: str) -> Path:
    """Where a document's stored text lies."""
    return workspace.sources / folder_of(document) / "text.txt"


def text_of(workspace: Workspace, document: str) -> str:
    """The stored text that offsets refer to."""
    with text_path(workspace, document).open(encoding="utf-8", newline="") as file:
        return file.read()


def records_of(workspace: Workspace, document: str) -> list[CaseRecord]:
    """The machine's reading of a document; empty where there is none."""
    path = workspace.records / f"{folder_of(document)}.jsonl"
    return read_records(path) if path.is_file() else []


def find_document(workspace: Workspace, named: str) -> DocumentRecord:
    """The document that a user names by id, path, file name or title.

    Raises
    ------
    InputError
        None or several match.
    """
    known = documents(workspace)
    for matches in (
        [d for d in known if named in {d.id, folder_of(d.id)}],
        [d for d in known if d.origin == named or (workspace.root / d.origin) == Path(named).resolve()],
        [d for d in known if Path(d.origin).name == named or d.title == named],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise InputError(
                say(f"有 {len(matches)} 份文献叫“{named}”", f"{len(matches)} documents are called {named!r}"),
                hint=say("用编号指明：", "name it by id: ") + ", ".join(d.id for d in matches),
            )
    raise InputError(
        say(f"没有这份文献：{named}", f"no such document: {named}"),
        where=workspace.sources,
        hint=say("用 unionkg status 查看已载入的文献", "`unionkg status` lists what is loaded"),
    )


def read_corpus(workspace: Workspace) -> Corpus:
    """Read everything a projection is made of. Raises RecordError with file and line for what is broken."""
    by_document: dict[str, list[ReviewDecision]] = defaultdict(list)
    for decision in read_reviews(workspace.reviews):
        by_document[decision.document].append(decision)
    authority = read_authority(workspace.authority)
    read: list[tuple[DocumentRecord, Sequence[EffectiveRecord]]] = []
    reopened: list[Reopened] = []
    for document in documents(workspace):
        records = records_of(workspace, document.id)
        decisions = by_document.get(document.id, [])
        text = text_of(workspace, document.id) if decisions else ""
        cases, open_again = effective(records, decisions, text, statement_id)
        read.append((document, cases))
        reopened += open_again
    leads = redirects(authority, read_identities(workspace.identities))
    return Corpus(read, authority, leads, reopened)
