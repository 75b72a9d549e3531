"""Loading documents into a workspace, and taking them out again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from unionkg.errors import GraphBehindError, InputError, UnionkgError
from unionkg.graph.authority import judged, read_authority, write_authority
from unionkg.graph.corpus import (
    check_projects,
    decided,
    decisions_by_document,
    documents,
    find_document,
    folder_of,
    records_of,
)
from unionkg.graph.decisions import EffectiveRecord, read_identities
from unionkg.graph.identity import identify
from unionkg.graph.records import CaseRecord, DocumentRecord, lines_text, to_line
from unionkg.graph.structure import vocabularies
from unionkg.graph.validity import check_record
from unionkg.language import say
from unionkg.workspace import Workspace, commit_document, is_own
from unionkg.workspace import remove_document as take_out

if TYPE_CHECKING:
    from unionkg.loaders.coverage import Coverage

#: Suffixes that are taken from a folder; anything else in it is passed over.
TAKEN = (".txt", ".text", ".md")


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
class LoadReport:
    """What a load did: documents read, and files that could not be read with the reason.

    ``behind`` says why the graph could not be brought up to the documents, where it could not.
    """

    loaded: tuple[Loaded, ...]
    failed: tuple[tuple[Path, UnionkgError], ...]
    behind: GraphBehindError | None = None


def files_of(paths: Iterable[str | Path]) -> list[Path]:
    """The files that paths, folders and globs name, each once, in order.

    In folders and globs, names beginning with a dot are passed over, and so is what a workspace keeps for itself.

    Raises
    ------
    InputError
        A path does not exist, a pattern matches nothing, or a folder holds no document.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given)
        if path.is_dir():
            inside = sorted(p for p in _below(path) if p.suffix.lower() in TAKEN)
            if not inside:
                raise InputError(
                    say("文件夹里没有可读的文献", "the folder holds no document that can be read"),
                    where=path,
                    hint=say("可读的文件：", "readable files: ") + " ".join(f"*{s}" for s in TAKEN),
                )
            found.update(dict.fromkeys(inside))
        elif path.exists():
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
        folders[:] = [name for name in folders if not name.startswith(".")]
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
    from unionkg.loaders.pipeline import read_file

    known = documents(workspace)
    authority = read_authority(workspace.authority)
    decisions = decisions_by_document(workspace)
    words, leads = vocabularies(workspace.vocabularies), judged(authority, read_identities(workspace.identities)).leads
    loaded: list[Loaded] = []
    failed: list[tuple[Path, UnionkgError]] = []
    for path in files:
        report(path)
        origin = _origin(workspace, path)
        try:
            before = _known(known, path, origin)
            if before is not None and before.imported:
                raise _has_imported_records(path, before)
            reading = read_file(
                path,
                origin,
                published=published,
                known_as=before.id if before else None,
                vocabularies=workspace.vocabularies,
            )
            document = _kept(reading.document, before)
            records = identify(reading.records, records_of(workspace, document.id), authority)
            for record in records:
                check_record(record, f"{path}:{record.lines[0][0]}")
            given = decisions.get(document.id, ())
            # What people added gives no ids here: a copy of the authority takes them.
            cases = decided(records, given, reading.text, deepcopy(authority))[0] if given else _as_read(records)
            check_projects(document, cases, words, leads, path)
        except UnionkgError as error:
            failed.append((path, error))
            continue
        files_in = {
            f"original{path.suffix.lower()}": reading.original,
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
        statements = sum(1 for record in records for _ in record.statements())
        loaded.append(Loaded(document, len(records), statements, reading.coverage, changed, reading.dropped))
    if loaded and not dry_run:
        write_authority(workspace.authority, authority)  # files that were lost come back though no reading changed
    return LoadReport(tuple(loaded), tuple(failed))


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


def _known(known: Sequence[DocumentRecord], path: Path, origin: str) -> DocumentRecord | None:
    """The document that a file is: the same bytes, else what was loaded from the same place before."""
    from unionkg.loaders.pipeline import digest_of

    if not path.is_file():
        return None
    digest = digest_of(path)
    same = next((d for d in known if d.sha256 == digest), None)
    return same or next((d for d in known if d.origin == origin or (d.imported and d.origin == path.name)), None)


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


def remove_document(workspace: Workspace, named: str) -> DocumentRecord:
    """Take a document out of sources and records; decisions and authority stay. Raises InputError where unknown."""
    document = find_document(workspace, named)
    take_out(workspace, folder_of(document.id))
    return document
