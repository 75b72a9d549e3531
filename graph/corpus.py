"""The truth of a workspace, read from its files: documents, effective records, and who is who."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath

from unionkg.errors import InputError, RecordError, UnionkgError
from unionkg.graph.authority import Authority, judged, read_authority
from unionkg.graph.decisions import (
    EffectiveRecord,
    IdentityDecision,
    Reopened,
    ReviewDecision,
    read_identities,
    read_reviews,
)
from unionkg.graph.effective import effective
from unionkg.graph.identity import statement_id, with_entities
from unionkg.graph.node_ids import Vocabularies
from unionkg.graph.projection import project_document
from unionkg.graph.records import CaseRecord, DocumentRecord, decode, read_records
from unionkg.graph.same_account import Copy
from unionkg.graph.sentences import DocumentText
from unionkg.graph.stores.rows import checked_nodes, checked_relationships
from unionkg.language import say
from unionkg.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every document with its effective records, in the order of their ids.

    ``reopened`` are decisions that no longer bind; ``redirects`` maps ids to those that stand for them,
    ``conflicts`` are pairs that judgements both join and keep apart. ``standing`` is the judgement in force on every
    pair of ids that people judged. ``copies`` are the pairs of accounts that may be one, where they were found on fuller
    records than these (`unionkg.graph.audience`); None where they are to be found on these.
    """

    documents: Sequence[tuple[DocumentRecord, Sequence[EffectiveRecord]]]
    authority: Authority
    redirects: Mapping[str, str]
    conflicts: Sequence[tuple[str, str]]
    reopened: Sequence[Reopened]
    standing: Mapping[frozenset[str], IdentityDecision] = field(default_factory=dict)
    copies: Sequence[Copy] | None = None

    @property
    def apart(self) -> frozenset[frozenset[str]]:
        """The pairs of ids that people judged different."""
        return frozenset(pair for pair, made in self.standing.items() if made.decision == "different")

    @property
    def cases(self) -> list[EffectiveRecord]:
        """All effective records."""
        return [case for _, cases in self.documents for case in cases]


def folder_of(document: str) -> str:
    """The name of a document's folder: its id without the prefix (colons are not allowed on Windows)."""
    return document.partition(":")[2]


def documents(workspace: Workspace) -> list[DocumentRecord]:
    """The documents of a workspace, by id. Raises RecordError for a ``meta.json`` that is broken or not its folder's."""
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
        document: DocumentRecord = decode(DocumentRecord, data, str(path))
        if folder_of(document.id) != path.parent.name:
            raise RecordError(
                say(f"文献编号 {document.id} 与文件夹不符", f"the id {document.id} is not that of the folder"),
                where=path,
                hint=say("不要手工更改 sources 里的文件夹", "do not rename what lies in sources by hand"),
            )
        found.append(document)
    return found


def text_path(workspace: Workspace, document: str) -> Path:
    """Where a document's stored text lies."""
    return workspace.sources / folder_of(document) / "text.txt"


def text_of(workspace: Workspace, document: str) -> str:
    """The stored text that offsets refer to."""
    with text_path(workspace, document).open(encoding="utf-8", newline="") as file:
        return file.read()


def titled_texts(workspace: Workspace) -> Callable[[str], tuple[str, DocumentText] | None]:
    """Gives the title and the text of a document by id, each read once; None for one that the workspace has not."""
    known = {document.id: document for document in documents(workspace)}

    @cache
    def text(identifier: str) -> tuple[str, DocumentText] | None:
        document = known.get(identifier)
        if document is None:
            return None
        return document.title, DocumentText.of(document, text_of(workspace, identifier))

    return text


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
    at = Path(named).resolve()
    there = next((d.origin for d in known if workspace.root / d.origin == at), named)
    found = named_document(known, named) or named_document(known, there)
    if found is None:
        raise InputError(
            say(f"没有这份文献：{named}", f"no such document: {named}"),
            where=workspace.sources,
            hint=say("用 unionkg status 查看已载入的文献", "`unionkg status` lists what is loaded"),
        )
    return found


def named_document(known: Iterable[DocumentRecord], named: str, *, by_name: bool = False) -> DocumentRecord | None:
    """The one of some documents that an id, path, file name or title names; None where none is meant.

    ``by_name``: what is given is a file's name, not its path, so a document right in the workspace comes not first.

    Raises
    ------
    InputError
        Several match.
    """
    known = list(known)
    for matches in (
        [d for d in known if named in {d.id, folder_of(d.id)}],
        [d for d in known if d.origin == named and not by_name],
        [d for d in known if PurePosixPath(d.origin).name == named or d.title == named],
    ):
        if len(matches) > 1:
            raise InputError(
                say(f"有 {len(matches)} 份文献叫“{named}”", f"{len(matches)} documents are called {named!r}"),
                hint=say("用编号指明：", "name it by id: ") + ", ".join(d.id for d in matches),
            )
        if matches:
            return matches[0]
    return None


def read_corpus(workspace: Workspace) -> Corpus:
    """Read everything a projection is made of. Raises RecordError with file and line for what is broken."""
    decisions = decisions_by_document(workspace)
    authority = read_authority(workspace.authority)
    read: list[tuple[DocumentRecord, Sequence[EffectiveRecord]]] = []
    reopened: list[Reopened] = []
    for document in documents(workspace):
        records = records_of(workspace, document.id)
        given = decisions.get(document.id, ())
        text = text_of(workspace, document.id) if given else ""
        cases, open_again = decided(records, given, text, authority)
        read.append((document, cases))
        reopened += open_again
    judgements = judged(authority, read_identities(workspace.identities))
    return Corpus(read, authority, judgements.leads, judgements.conflicts, reopened, judgements.standing)


def decisions_by_document(workspace: Workspace) -> Mapping[str, Sequence[ReviewDecision]]:
    """People's decisions on facts and accounts, by the id of their document."""
    found: dict[str, list[ReviewDecision]] = defaultdict(list)
    for decision in read_reviews(workspace.reviews):
        found[decision.document].append(decision)
    return found


def decided(
    records: Sequence[CaseRecord], decisions: Sequence[ReviewDecision], text: str, authority: Authority
) -> tuple[list[EffectiveRecord], list[Reopened]]:
    """The effective records of one document, every name with its entity, and the decisions that do not bind any more."""
    cases, reopened = effective(records, decisions, text, statement_id)
    return [replace(case, record=with_entities(case.record, authority)) for case in cases], reopened


def check_projects(
    document: DocumentRecord,
    cases: Sequence[EffectiveRecord],
    words: Vocabularies,
    leads: Mapping[str, str],
    where: str | Path,
) -> None:
    """Check that a document can be put into the graph, before it is taken into the workspace.

    Raises
    ------
    RecordError
        It cannot; ``where`` is the place to name.
    """
    try:
        graph = project_document(document, cases, words, leads)
        checked_nodes(graph.nodes)
        checked_relationships(graph.relationships)
    except UnionkgError as error:
        raise RecordError(
            say(f"放不进图里：{error.what}", f"it does not fit into the graph: {error.what}"),
            where=where,
            hint=error.hint,
        ) from error
