"""Reviewing a workspace: what deserves a look, one thing in full, and verdicts that become decisions at once.

A `Desk` is what a terminal session, a script or a page works at. It reads the workspace once and keeps up with every
decision; before it decides, it reads again what others have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from unionkg.errors import InputError
from unionkg.files import write_bytes
from unionkg.graph.attributes import all_fields, cell, shown
from unionkg.graph.authority import judged
from unionkg.graph.corpus import Corpus, check_projects, decided, folder_of, read_corpus, records_of, text_of
from unionkg.graph.decisions import EffectiveRecord, Reopened, ReviewDecision, read_identities, read_reviews
from unionkg.graph.projection import case_name
from unionkg.graph.proposals import Proposal, read_proposals
from unionkg.graph.records import DocumentRecord, Review, Statement, lines_text
from unionkg.graph.reviewing import Cause, Item, queue, why_reopened
from unionkg.graph.sentences import DocumentText, Marked
from unionkg.graph.structure import vocabularies
from unionkg.graph.verdicts import State, Verdict, lines
from unionkg.language import say
from unionkg.workspace import Workspace, locked

if TYPE_CHECKING:
    from unionkg.graph.exchange.review_sheets import Read


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A fact in full: its value as a person reads it and attribute by attribute, its sentences, its history."""

    id: str
    document: DocumentRecord
    case: str
    case_name: str
    field: str
    statement: Statement
    value: str
    review: Review
    sentences: tuple[Marked, ...]
    history: tuple[ReviewDecision, ...]


class Desk:
    """Where a person reviews a workspace.

    Raises
    ------
    RecordError
        A file of the workspace is broken; names file and line.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.corpus: Corpus = read_corpus(workspace)
        self.decisions: list[ReviewDecision] = read_reviews(workspace.reviews)
        self._texts: dict[str, str] = {}
        self._state: State | None = None
        self._read = {path: _signature(path) for path in self._paths()}

    def _paths(self) -> list[Path]:
        documents = [document.id for document, _ in self.corpus.documents]
        records = [self.workspace.records / f"{folder_of(document)}.jsonl" for document in documents]
        return [self.workspace.reviews, self.workspace.sources, *records]

    def text(self, document: str) -> str:
        """The stored text of a document."""
        if document not in self._texts:
            self._texts[document] = text_of(self.workspace, document)
        return self._texts[document]

    def document(self, identifier: str) -> DocumentRecord:
        """The document of an id."""
        return next(document for document, _ in self.corpus.documents if document.id == identifier)

    def state(self) -> State:
        """What verdicts are about."""
        if self._state is None:
            documents = self.corpus.documents
            texts = {document.id: self.text(document.id) for document, _ in documents}
            proposals = kept_proposals(self.workspace, [document.id for document, _ in documents])
            self._state = State(documents, texts, self.decisions, self.workspace.vocabularies, proposals)
        return self._state

    def queue(self, document: str | None = None, field: str | None = None, cause: Cause | None = None) -> list[Item]:
        """What deserves a look, what deserves it first in front; of one document, field or kind of cause only."""
        chosen = [pair for pair in self.corpus.documents if document in {None, pair[0].id}]
        texts = {one.id: self.text(one.id) for one, _ in chosen}
        proposals = kept_proposals(self.workspace, [one.id for one, _ in chosen])
        items = queue(chosen, texts, self.corpus.reopened, self.corpus.redirects, proposals.values())
        return [
            item
            for item in items
            if field in {None, item.field} and (cause is None or cause in {reason.cause for reason in item.reasons})
        ]

    def show(self, identifier: str) -> list[Shown]:
        """A fact in full, or every fact of an account; InputError where there is none of the id."""
        for document, cases in self.corpus.documents:
            for case in cases:
                record = case.record
                found = [
                    (field, statement)
                    for field, statement in record.statements()
                    if identifier in {record.id, statement.id}
                ]
                if found or identifier == record.id:
                    text = DocumentText.of(document, self.text(document.id))
                    return [fact_in_full(document, case, name, one, text, self.decisions) for name, one in found]
        if (one := self.state().proposals.get(identifier)) and one.case in self.state().cases:
            document, case = self.document(one.document), self.state().cases[one.case]
            text = DocumentText.of(document, self.text(document.id))
            return [fact_in_full(document, case, one.field, one.statement, text, self.decisions)]
        raise InputError(
            say("没有这个编号的陈述或案例", "there is no statement or account of this id"),
            where=identifier,
            hint=say("用 unionkg review --list 查看", "see `unionkg review --list`"),
        )

    def decide(self, verdicts: Sequence[Verdict], *, by: str, why: str | Sequence[str] = "") -> list[ReviewDecision]:
        """Write decisions for verdicts, all of them or none, and take them in; the graph is brought up elsewhere.

        ``why`` is the reason of all, or one for each.

        Returns
        -------
        The new lines; fewer than verdicts where some had been given before, more where one is on a whole account.

        Raises
        ------
        InputError
            A verdict cannot be (see `unionkg.graph.verdicts.lines`), or nobody is named.
        WorkspaceError
            Somebody else is writing to the workspace.
        """
        if not by.strip():
            raise InputError(
                say("没有写明谁作的裁定", "nobody is named as deciding"),
                where="--by",
                hint=say("用 --by 姓名，或设环境变量 UNIONKG_BY", "use --by NAME, or set UNIONKG_BY"),
            )
        with locked(self.workspace, "review"):
            seen = self.state().facts
            self.refresh()
            self._check_as_seen(verdicts, seen)
            at = datetime.now(UTC).isoformat(timespec="seconds")
            made = lines(verdicts, self.state(), by.strip(), at, why)
            if made:
                corpus = self._with(made)
                self._append(made)
                self.corpus = corpus
                self.decisions += made
                self._state = None
        return made

    def _check_as_seen(
        self, verdicts: Sequence[Verdict], seen: Mapping[str, tuple[EffectiveRecord, str, Statement]]
    ) -> None:
        """Refuse verdicts on facts that say something else by now than what the person looked at."""
        now = self.state().facts
        if now is seen:
            return
        for verdict in verdicts:
            about = str(getattr(verdict, "id", ""))
            if about not in seen or about not in now:
                continue
            _, name, statement = now[about]
            if value_texts(name, statement) != value_texts(name, seen[about][2]):
                raise InputError(
                    say(
                        f"读取结果已经变了，现在是：{shown(name, statement)}",
                        f"it was read again and now says: {shown(name, statement)}",
                    ),
                    where=about,
                    hint=say("再看一遍，再作裁定", "look at it again and decide then"),
                )

    def refresh(self) -> None:
        """Read again what changed since it was read."""
        if all(_signature(path) == known for path, known in self._read.items()):
            return
        fresh = Desk(self.workspace)
        self.corpus, self.decisions = fresh.corpus, fresh.decisions
        self._texts, self._state, self._read = {}, None, fresh._read

    def _with(self, made: Sequence[ReviewDecision]) -> Corpus:
        """The corpus with further decisions, checked to bind and to fit into the graph."""
        corpus, touched = self.corpus, {decision.document for decision in made}
        words = vocabularies(self.workspace.vocabularies)
        leads = judged(corpus.authority, read_identities(self.workspace.identities)).leads
        documents: list[tuple[DocumentRecord, Sequence[EffectiveRecord]]] = []
        reopened: list[Reopened] = [one for one in corpus.reopened if one.decision.document not in touched]
        for document, cases in corpus.documents:
            if document.id not in touched:
                documents.append((document, cases))
                continue
            given = [one for one in (*self.decisions, *made) if one.document == document.id]
            records = records_of(self.workspace, document.id)
            now, again = decided(records, given, self.text(document.id), corpus.authority)
            new = {decision.id for decision in made}
            if unbound := next((one for one in again if one.decision.id in new), None):
                raise InputError(
                    say("这条裁定不起作用：", "the decision would not bind: ") + why_reopened(unbound),
                    where=unbound.decision.case,
                )
            check_projects(document, now, words, leads, document.id)
            documents.append((document, now))
            reopened += again
        return replace(corpus, documents=documents, reopened=reopened)

    def _append(self, made: Sequence[ReviewDecision]) -> None:
        """Add lines to the file; a kill leaves all of them or none, and what was there as it was."""
        path = self.workspace.reviews
        before = path.read_bytes() if path.is_file() else b""
        if before and not before.endswith(b"\n"):
            before += b"\n"
        write_bytes(path, before + lines_text(made).encode("utf-8"))
        self._read[path] = _signature(path)


def fact_in_full(
    document: DocumentRecord,
    case: EffectiveRecord,
    field: str,
    statement: Statement,
    text: DocumentText,
    decisions: Iterable[ReviewDecision],
) -> Shown:
    """A fact with its sentences, and its history among some decisions."""
    return Shown(
        id=statement.id,
        document=document,
        case=case.record.id,
        case_name=case_name(case.record),
        field=field,
        statement=statement,
        value=shown(field, statement),
        review=case.review(statement),
        sentences=tuple(text.marked(statement.evidence)),
        history=tuple(d for d in decisions if _is_about(d, case, field, statement)),
    )


def kept_proposals(workspace: Workspace, documents: Iterable[str]) -> dict[str, Proposal]:
    """What a language model reads otherwise in some documents, by id."""
    paths = [workspace.proposals / f"{folder_of(document)}.jsonl" for document in documents]
    return {one.id: one for path in paths for one in read_proposals(path)}


def write_sheet(desk: Desk, suffix: str, document: str | None = None, field: str | None = None) -> bytes:
    """The statements as a sheet to fill in: a workbook for ``.xlsx``, else CSV.

    Raises
    ------
    InputError
        ``suffix`` names another form, or there are more rows than a workbook holds.
    """
    from unionkg.graph.exchange import review_sheets

    if suffix not in {".xlsx", ".csv", ""}:
        raise InputError(
            say(f"不能导出成 {suffix}", f"it cannot be written as {suffix}"),
            hint=say("文件名以 .xlsx 或 .csv 结尾", "name a file that ends in .xlsx or .csv"),
        )
    chosen = [pair for pair in desk.corpus.documents if document in {None, pair[0].id}]
    texts = {one.id: desk.text(one.id) for one, _ in chosen}
    found = review_sheets.rows(chosen, texts, desk.queue(document), field)
    return review_sheets.xlsx_bytes(found) if suffix == ".xlsx" else review_sheets.csv_bytes(found)


def apply_sheet(desk: Desk, path: Path, named: str, *, by: str, dry_run: bool = False) -> Read:
    """Decide as a filled-in sheet says: every row that can be, in one write; the others are told with their reason.

    Raises
    ------
    InputError
        The file is no such sheet.
    WorkspaceError
        Somebody else is writing to the workspace.
    """
    from unionkg.graph.exchange import review_sheets

    found = review_sheets.read(path, desk.state(), named, by)
    if found.verdicts and not dry_run:
        desk.decide([verdict for verdict, _ in found.verdicts], by=by, why=[why for _, why in found.verdicts])
    return found


def _signature(path: Path) -> tuple[int, int] | None:
    """When a file was written last and how long it is; None where there is none."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _is_about(decision: ReviewDecision, case: EffectiveRecord, field: str, statement: Statement) -> bool:
    if decision.case != case.record.id or decision.field != field:
        return False
    value = decision.value or {}
    after = tuple(value.get(name) for name in type(statement).KEY)
    return statement.key in {tuple(decision.key), after}


def reviewer(environment: Mapping[str, str]) -> str:
    """Who reviews where nobody is named: ``UNIONKG_BY``, git's author, else the name the user is logged in with."""
    import getpass

    for name in ("UNIONKG_BY", "GIT_AUTHOR_NAME"):
        if environment.get(name, "").strip():
            return environment[name].strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name for the number of the user, as in a container
        return ""


def value_texts(field: str, statement: Statement) -> dict[str, str]:
    """A statement attribute by attribute, in words, labels in the user's language."""
    own = all_fields()[field].attributes.values()
    return {str(one.label): cell(one, getattr(statement, one.name)) for one in own}
