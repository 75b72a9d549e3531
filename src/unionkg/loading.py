"""Loading documents into a workspace, and taking them out again."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from unionkg.errors import GraphBehindError, InputError, UnionkgError
from unionkg.graph.announced import identified
from unionkg.graph.authority import judged, read_authority, write_authority
from unionkg.graph.corpus import (
    check_projects,
    decided,
    decisions_by_document,
    documents,
    find_document,
    folder_of,
    records_of,
    text_of,
    text_path,
)
from unionkg.graph.decisions import EffectiveRecord, read_identities
from unionkg.graph.identity import identify
from unionkg.graph.ledgers import Ledger, LedgerRecord, find_ledger, ledgers, put_ledger, remove_ledger
from unionkg.graph.records import CaseRecord, DocumentRecord, lines_text, to_line
from unionkg.graph.structure import vocabularies
from unionkg.graph.validity import check_record
from unionkg.language import say
from unionkg.loaders.readers import ARCHIVE, SUFFIXES, Format, bytes_of
from unionkg.loaders.readers.archive import members
from unionkg.workspace import Workspace, commit_document, is_own
from unionkg.workspace import remove_document as take_out

if TYPE_CHECKING:
    from unionkg.loaders.coverage import Coverage

#: Suffixes that are taken from a folder or an archive; anything else in it is passed over. Pictures are: most of those
#: that lie beside documents are photographs. Named one by one or by a pattern, they are read.
TAKEN = tuple(suffix for suffix, (form, _) in SUFFIXES.items() if suffix and form is not Format.PICTURE)

_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Loaded:
    """One document as read: its record, how many accounts and statements, the coverage of its lines.

    ``dropped`` are statements left out because their words do not stand in the text: a defect, told to the user.
    """

    document: DocumentRecord
    accounts: int
    statements: int
    coverage: Coverage
    changed: bool
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedLedger:
    """One coverage ledger as read, and whether that changed anything."""

    ledger: Ledger
    changed: bool


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: documents read, and files that could not be read with the reason.

    ``repeated`` are files whose text is that of a document which is there already, in another format or encoding;
    they are not read again.
    ``behind`` says why the graph could not be brought up to the documents, where it could not.
    """

    loaded: tuple[Loaded, ...]
    failed: tuple[tuple[Path, UnionkgError], ...]
    repeated: tuple[tuple[Path, DocumentRecord], ...] = ()
    ledgers: tuple[LoadedLedger, ...] = ()
    behind: GraphBehindError | None = None


def files_of(paths: Iterable[str | Path]) -> list[Path]:
    """The files that paths, folders and globs name, each once, in order.

    In folders and globs, names beginning with a dot are passed over, and so is what a workspace keeps for itself; in
    folders also the pages and review sheets that this program wrote.

    Raises
    ------
    InputError
        A path does not exist, a pattern matches nothing, or a folder holds no document.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = sorted(p for p in _below(path) if _is_taken(p.name) and not _is_of_ours(p))
            if not inside:
                raise InputError(
                    say("文件夹里没有可读的文献", "the folder holds no document that can be read"),
                    where=path,
                    hint=say("可读的文件：", "readable files: ") + " ".join(f"*{s}" for s in (*TAKEN, ARCHIVE)),
                )
            found.update(dict.fromkeys(inside))
        elif path.exists() or path.is_symlink():  # a link that leads nowhere is told as a file that cannot be read
            found[path] = None
        elif any(mark in str(given) for mark in "*?["):
            base = Path(path.anchor)
            matching = base.glob(str(path.relative_to(base) if path.is_absolute() else path))
            asked = {*path.parts, ".", ".."}
            matches = sorted(
                p
                for p in matching
                if p.is_file() and not is_own(p) and not any(x.startswith(".") and x not in asked for x in p.parts)
            )
            if not matches:
                raise InputError(say("没有文件符合这个模式", "no file matches the pattern"), where=str(given))
            found.update(dict.fromkeys(matches))
        else:
            raise InputError(
                say("找不到这个文件或文件夹", "no such file or folder"),
                where=path,
                hint=say("检查路径的拼写", "check the spelling of the path"),
            )
    return list(found)


def _is_taken(name: str) -> bool:
    # ~$ begins the lock files of Office.
    return name.lower().endswith((*TAKEN, ARCHIVE)) and not PurePosixPath(name).name.startswith("~$")


#: How our pages and our sheets for review begin; a workbook names its author.
_PAGE, _SHEET = b'<meta name="generator" content="unionkg">', "编号,文献编号,文献,案例编号".encode()


def _is_of_ours(path: Path) -> bool:
    """Whether a file in a folder is what this program wrote for people, and no document."""
    suffix = path.suffix.lower()
    if suffix not in {".html", ".csv", ".xlsx"}:
        return False
    try:
        with path.open("rb") as file:
            head = file.read(2048)
        if suffix != ".xlsx":
            return _PAGE in head or head.removeprefix(b"\xef\xbb\xbf").startswith(_SHEET)
        with zipfile.ZipFile(path) as book, book.open("docProps/core.xml") as about:
            return b"<dc:creator>unionkg</dc:creator>" in about.read(4096)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError, OSError):
        return False  # not readable, broken, or no workbook: loading it says so


def _below(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise InputError(
            say(f"文件夹读不了（{error.strerror}）", f"the folder cannot be read ({error.strerror})"),
            where=error.filename,
            hint=say("检查权限", "check the permissions"),
        ) from error

    for here, folders, names in os.walk(folder, onerror=refuse):
        if is_own(Path(here)):
            folders.clear()
            continue
        pages = {name.rpartition(".")[0] for name in names if name.lower().endswith((".htm", ".html"))}
        # Browsers save the parts of a page beside it, in a folder of its name.
        parts = {f"{page}{end}" for page in pages for end in ("_files", ".files")}
        folders[:] = [name for name in folders if not name.startswith(".") and name not in parts]
        yield from (Path(here) / name for name in names if not name.startswith("."))


def load_files(
    workspace: Workspace,
    files: Sequence[Path],
    *,
    published: str | None = None,
    dry_run: bool = False,
    report: Callable[[Path], None] = lambda _: None,
) -> LoadReport:
    """Read files into the workspace's sources, records and authority; the graph is brought up to date elsewhere.

    The caller holds the workspace's lock, unless it is a dry run. A file that cannot be read, or whose reading does
    not fit into the graph, does not keep the others out.
    """
    from unionkg.loaders.ledgers import read_ledger
    from unionkg.loaders.pipeline import read_file

    known = documents(workspace)
    authority = read_authority(workspace.authority)
    decisions = decisions_by_document(workspace)
    words, judgements = vocabularies(workspace.vocabularies), judged(authority, read_identities(workspace.identities))
    texts: dict[str, _Text] = {}
    loaded: list[Loaded] = []
    failed: list[tuple[Path, UnionkgError]] = []
    repeated: list[tuple[Path, DocumentRecord]] = []
    read_ledgers: list[LoadedLedger] = []
    for source in _sources(workspace, files, report):
        path = source.shown
        try:
            if source.error is not None:
                raise source.error
            ledger = read_ledger(source.file, source.origin, workspace.vocabularies)
            if ledger is not None:
                read_ledgers.append(_take_ledger(workspace, ledger, source, dry_run=dry_run))
                continue
            before = _known(known, source)
            if before is not None and before.imported:
                raise _has_imported_records(path, before)
            reading = read_file(
                source.file,
                source.origin,
                published=published,
                known_as=before.id if before else None,
                vocabularies=workspace.vocabularies,
            )
            text_read = _Text(_squeezed(reading.text[:_BEGINNING]), _digest(reading.text))
            same = _with_text(workspace, known, text_read, texts) if before is None else None
            if same is not None:
                repeated.append((path, same))
                continue
            document = identified(_kept(reading.document, before), authority)
            records = identify(reading.records, records_of(workspace, document.id), authority, judgements.apart)
            for record in records:
                check_record(record, f"{path}:{record.lines[0][0]}")
            given = decisions.get(document.id, ())
            # What people added gives no ids here: a copy of the authority takes them.
            cases = decided(records, given, reading.text, deepcopy(authority))[0] if given else _as_read(records)
            check_projects(document, cases, words, judgements.leads, path)
        except UnionkgError as error:
            failed.append((path, _shown_at(error, source)))
            continue
        files_in = {
            f"original{source.file.suffix.lower()}": reading.original,
            "text.txt": reading.text.encode("utf-8"),
            "meta.json": (to_line(document) + "\n").encode("utf-8"),
        }
        text = lines_text(records)
        changed = not _same_on_disk(workspace, document.id, files_in, text)
        if not dry_run and changed:
            # Ids first: a kill in between leaves ids that nothing uses, never statements whose ids are forgotten.
            write_authority(workspace.authority, authority)
            commit_document(workspace, folder_of(document.id), files_in, text)
        known = [d for d in known if d.id != document.id] + [document]
        texts[document.id] = text_read
        statements = sum(1 for record in records for _ in record.statements())
        loaded.append(Loaded(document, len(records), statements, reading.coverage, changed, reading.dropped))
    if loaded and not dry_run:
        write_authority(workspace.authority, authority)  # files that were lost come back though no reading changed
    return LoadReport(tuple(loaded), tuple(failed), tuple(repeated), tuple(read_ledgers))


@dataclass(frozen=True, slots=True)
class _Source:
    """A document to read: the path or place to name, where its bytes lie, and its origin; or why it cannot be."""

    shown: Path
    file: Path
    origin: str
    error: UnionkgError | None = None


def _sources(workspace: Workspace, files: Iterable[Path], report: Callable[[Path], None]) -> Iterator[_Source]:
    """Files, and the members of archives one by one; each lies there until the next one is asked for."""
    for path in files:
        report(path)
        origin = _origin(workspace, path)
        if path.suffix.lower() != ARCHIVE:
            yield _Source(path, path, origin)
            continue
        try:
            for member in members(path, _is_taken):
                shown = Path(f"{path}!/{member.name}")
                yield _Source(shown, member.file or shown, f"{origin}!/{member.name}", member.error)
        except InputError as error:
            yield _Source(path, path, origin, error)


def _take_ledger(workspace: Workspace, ledger: Ledger, source: _Source, *, dry_run: bool) -> LoadedLedger:
    """Keep a ledger in place of the same one, or of the one that came from the same place before."""
    known = [one.record for one in ledgers(workspace)]
    same = next((r for r in known if r.sha256 == ledger.record.sha256), None)
    same = same or next((r for r in known if r.origin == ledger.record.origin), None)
    if same is not None:
        ledger = replace(ledger, record=replace(ledger.record, id=same.id))
    changed = False
    if not dry_run:
        changed = put_ledger(workspace, ledger, bytes_of(source.file), source.file.suffix.lower())
    return LoadedLedger(ledger, changed)


def _shown_at(error: UnionkgError, source: _Source) -> UnionkgError:
    """The error with the place that the user knows: what lies in an archive was read from a temporary file."""
    if error.where is not None:
        error.where = error.where.replace(str(source.file), str(source.shown))
    return error


#: How many characters of a text are compared before all of it is.
_BEGINNING = 2000


@dataclass(frozen=True, slots=True)
class _Text:
    """What tells texts apart: the letters of the first characters, and a digest of all letters."""

    beginning: str
    digest: bytes | None = None


def _with_text(
    workspace: Workspace, known: Iterable[DocumentRecord], wanted: _Text, texts: dict[str, _Text]
) -> DocumentRecord | None:
    """The document with the same text, whatever format it came in; ``texts`` remembers what was looked at."""
    for document in known:
        found = texts.get(document.id)
        if found is None:
            if not text_path(workspace, document.id).is_file():
                continue  # lost: loading the document again brings it back
            with text_path(workspace, document.id).open(encoding="utf-8", newline="") as file:
                found = texts[document.id] = _Text(_squeezed(file.read(_BEGINNING)))
        # White space is gone: one beginning may reach further into the same text than the other.
        shorter = min(len(found.beginning), len(wanted.beginning))
        if found.beginning[:shorter] != wanted.beginning[:shorter]:
            continue
        if found.digest is None:
            found = texts[document.id] = _Text(found.beginning, _digest(text_of(workspace, document.id)))
        if found.digest == wanted.digest:
            return document
    return None


def _squeezed(text: str) -> str:
    """The letters and digits of a text: what its copies in other formats and encodings have in common."""
    return _NO_LETTERS.sub("", normalize("NFKC", text))


def _digest(text: str) -> bytes:
    return sha256(_squeezed(text).encode()).digest()


def _as_read(records: Iterable[CaseRecord]) -> list[EffectiveRecord]:
    return [EffectiveRecord(record) for record in records]


def _has_imported_records(path: Path, document: DocumentRecord) -> InputError:
    return InputError(
        say(
            f"这份文献的记录是导入的，不重新读取（{document.id}）",
            f"its records were imported; it is not read again ({document.id})",
        ),
        where=path,
        hint=say(
            "确要由程序重读，先用 unionkg remove 移除",
            "to have it read after all, take it out with `unionkg remove` first",
        ),
    )


def _origin(workspace: Workspace, path: Path) -> str:
    resolved = path.resolve()
    if resolved.is_relative_to(workspace.root):
        return resolved.relative_to(workspace.root).as_posix()
    return resolved.as_posix()


def _known(known: Sequence[DocumentRecord], source: _Source) -> DocumentRecord | None:
    """The document that a file is: the same bytes, else what was loaded from the same place before."""
    if not source.file.is_file():
        return None
    digest, name = sha256(bytes_of(source.file)).hexdigest(), source.shown.name
    same = next((d for d in known if d.sha256 == digest), None)
    return same or next((d for d in known if d.origin == source.origin or (d.imported and d.origin == name)), None)


def _kept(document: DocumentRecord, before: DocumentRecord | None) -> DocumentRecord:
    """A date that a person gave is kept when the file is read again; so is the place it first came from."""
    if before is None:
        return document
    if before.published_method == "given" and document.published_method != "given":
        document = replace(document, published=before.published, published_method="given")
    return replace(document, origin=before.origin) if before.sha256 == document.sha256 else document


def _same_on_disk(workspace: Workspace, document: str, files_in: dict[str, bytes], records: str) -> bool:
    folder = workspace.sources / folder_of(document)
    path = workspace.records / f"{folder_of(document)}.jsonl"
    return (
        path.is_file()
        and path.read_bytes() == records.encode("utf-8")
        and all((folder / name).is_file() and (folder / name).read_bytes() == data for name, data in files_in.items())
    )


def remove_document(workspace: Workspace, named: str) -> DocumentRecord | LedgerRecord:
    """Take out a document (sources, records and proposals; decisions and authority stay) or a ledger.

    Raises InputError where it is unknown.
    """
    ledger = find_ledger(workspace, named)
    if ledger is not None:
        remove_ledger(workspace, ledger)
        return ledger
    document = find_document(workspace, named)
    take_out(workspace, folder_of(document.id))
    (workspace.proposals / f"{folder_of(document.id)}.jsonl").unlink(missing_ok=True)
    return document
