"""The workspace: a folder that holds sources, records, authority files, decisions and the built graph.

It knows paths, the configuration and the lock; what the files mean is the rooms' business.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from unionkg.configuration import FORMAT, Config, quoted, read_config
from unionkg.errors import WorkspaceBusyError, WorkspaceError
from unionkg.files import write_bytes, write_text
from unionkg.language import say

MARKER = "unionkg.toml"
#: The folders that are the program's own: what lies in them is no document of the user's.
OWN = frozenset({"sources", "proposals", "records", "authority", "decisions", "ledgers", "graph", ".staging"})


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths of a workspace."""

    root: Path
    config: Config

    @property
    def sources(self) -> Path:
        """``sources/<document>/``: the original, text.txt, meta.json."""
        return self.root / "sources"

    @property
    def records(self) -> Path:
        """``records/<document>.jsonl``: the machine's reading."""
        return self.root / "records"

    @property
    def authority(self) -> Path:
        """``authority/<kind>.jsonl``: minted ids."""
        return self.root / "authority"

    @property
    def reviews(self) -> Path:
        """``decisions/reviews.jsonl``: people's decisions on facts and accounts."""
        return self.root / "decisions" / "reviews.jsonl"

    @property
    def identities(self) -> Path:
        """``decisions/identities.jsonl``: people's decisions on who is who."""
        return self.root / "decisions" / "identities.jsonl"

    @property
    def queries(self) -> Path:
        """``queries/``: packs of the user's own."""
        return self.root / "queries"

    @property
    def vocabularies(self) -> Path:
        """``vocabularies/``: terms of the user's own."""
        return self.root / "vocabularies"

    @property
    def ledgers(self) -> Path:
        """``ledgers/<ledger>/``: coverage tables, as they came and as read."""
        return self.root / "ledgers"

    @property
    def graph(self) -> Path:
        """``graph/``: the embedded projection and its pointer."""
        return self.root / "graph"

    @property
    def search_index(self) -> Path:
        """``graph/search.sqlite``: the search index."""
        return self.graph / "search.sqlite"

    @property
    def proposals(self) -> Path:
        """``proposals/<document>.jsonl``: what a language model reads otherwise; ``proposals/answers/``: its answers."""
        return self.root / "proposals"

    @property
    def evaluations(self) -> Path:
        """``evaluations.jsonl``: the figures of each `unionkg evaluate`, for telling what changed."""
        return self.root / "evaluations.jsonl"

    @property
    def staging(self) -> Path:
        """``.staging/``: documents on their way in (see `commit_document`)."""
        return self.root / ".staging"


def find(explicit: Path | None = None) -> Workspace | None:
    """The workspace at ``explicit``, else the nearest parent of the current folder; None where there is none.

    Raises
    ------
    WorkspaceError
        The configuration is broken or of a newer format.
    """
    folders = [explicit] if explicit is not None else [Path.cwd(), *Path.cwd().parents]
    for folder in folders:
        if (folder / MARKER).is_file():
            return Workspace(folder.resolve(), read_config(folder / MARKER))
    return None


def require(explicit: Path | None = None) -> Workspace:
    """As `find`, but having none is a WorkspaceError."""
    workspace = find(explicit)
    if workspace is None:
        raise WorkspaceError(
            say("这里没有 unionkg 工作区", "there is no unionkg workspace here"),
            where=explicit or Path.cwd(),
            hint=say(
                "先用 unionkg load 文件… 建立，或用 --workspace 指明文件夹",
                "make one with `unionkg load FILE…`, or name it with --workspace",
            ),
        )
    return workspace


def unmade(folder: Path) -> Workspace:
    """What a folder without a workspace is to a dry run: a workspace that holds nothing yet. Nothing is written."""
    return Workspace(folder.resolve(), Config(id=""))


def is_own(path: Path) -> bool:
    """Whether a path lies in one of the program's own folders of the workspace, or workspaces, around it."""
    path = path.resolve()
    return any(
        path.relative_to(folder).parts[0] in OWN and (folder / MARKER).is_file() for folder in list(path.parents)
    )


def create(folder: Path, store: str = "embedded") -> Workspace:
    """Make a folder a workspace.

    Raises
    ------
    WorkspaceError
        The path is a file, or another workspace's configuration is there already.
    """
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(say("工作区必须是文件夹", "a workspace is a folder"), where=folder)
    if (folder / MARKER).exists():
        raise WorkspaceError(say("这里已经是工作区", "this is a workspace already"), where=folder)
    config = Config(id=secrets.token_hex(8), store=store)
    text = (
        f"# unionkg 工作区 · workspace\nformat = {FORMAT}\nid = {quoted(config.id)}\n\n"
        f"# embedded（内嵌图库），或 neo4j://主机:7687 一类的地址；密码只从环境变量读取\nstore = {quoted(store)}\n\n"
        f"# 导出 RDF 时的网址前缀\nbase = {quoted(config.base)}\n"
    )
    write_text(folder / MARKER, text)
    return Workspace(folder.resolve(), config)


@contextmanager
def locked(workspace: Workspace, purpose: str) -> Iterator[None]:
    """Hold ``workspace.lock`` while writing; a kill releases it, because the operating system holds it.

    Raises
    ------
    WorkspaceBusyError
        Somebody else holds it (says who, where and since when).
    WorkspaceError
        The folder cannot be written to.
    """
    path = workspace.root / "workspace.lock"
    with _lock_file(path) as file:
        if not _take(file):
            raise WorkspaceBusyError(
                say(f"工作区正被使用：{_holder(path)}", f"the workspace is in use: {_holder(path)}"),
                where=path,
                hint=say("等它结束后再试", "try again when it has ended"),
            )
        try:
            file.truncate(0)
            file.write(
                json.dumps(
                    {
                        "purpose": purpose,
                        "pid": os.getpid(),
                        "host": socket.gethostname(),
                        "since": datetime.now(UTC).isoformat(timespec="seconds"),
                    },
                    ensure_ascii=False,
                )
            )
            file.flush()
            finish_staged(workspace)
            yield
        finally:
            file.truncate(0)
            _release(file)


def _lock_file(path: Path) -> IO[str]:
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(
            say(f"无法写入工作区（{error.strerror}）", f"the workspace cannot be written to ({error.strerror})"),
            where=path.parent,
            hint=say(
                "检查文件夹的权限，或换一个可写的文件夹（--workspace）",
                "check the folder's permissions, or use a folder that you may write to (--workspace)",
            ),
        ) from error


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return f"{told['purpose']}, {told['host']}, PID {told['pid']}, {told['since']}"
    except (OSError, ValueError, KeyError):
        return say("另一个进程", "another process")  # it has just begun and not written its name yet


if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes and forbids others to read them: one far behind the text is locked instead.
    _FAR = 1 << 30

    def _take(file: IO[str]) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

    def _release(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _take(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


def commit_document(workspace: Workspace, folder: str, files: dict[str, bytes], records: str) -> None:
    """Put a document's files and records into the workspace together.

    Everything is written to ``.staging/<folder>/`` first; a ``ready`` file makes it count. What a kill leaves
    without that file is dropped, what it leaves with it is moved into place by the next writer.

    Raises
    ------
    WorkspaceError
        ``folder`` or the name of a file is not the plain name of one, or the workspace cannot be written to.
    InputError
        A file cannot be written.
    """
    for name in (folder, *files):
        _check_plain(name)
    staged = workspace.staging / folder
    _clear(staged)
    for name, content in files.items():
        write_bytes(staged / "source" / name, content)
    write_text(staged / "records.jsonl", records)
    write_text(staged / "ready", json.dumps(sorted(files)))
    _finish(workspace, staged)


def remove_document(workspace: Workspace, folder: str) -> None:
    """Take a document's files and records out together: a kill in between is finished by the next writer.

    Raises
    ------
    WorkspaceError
        As `commit_document`.
    """
    _check_plain(folder)
    staged = workspace.staging / folder
    _clear(staged)
    write_text(staged / "gone", "")
    _finish(workspace, staged)


def finish_staged(workspace: Workspace) -> None:
    """Finish or drop what a killed writer left in ``.staging/``; a file that strayed there is removed.

    Raises
    ------
    WorkspaceError
        The workspace cannot be written to.
    """
    if workspace.staging.is_dir():
        for staged in sorted(workspace.staging.iterdir()):
            _finish(workspace, staged)


def _check_plain(name: str) -> None:
    if name in {"", ".", ".."} or any(character in name for character in "/\\:\0"):
        raise WorkspaceError(say(f"不能用作文件名：{name!r}", f"not a plain name: {name!r}"))


def _finish(workspace: Workspace, staged: Path) -> None:
    try:
        if (staged / "gone").is_file():
            _take_out(workspace, staged.name)
        elif (staged / "ready").is_file():
            _move_in(workspace, staged)
        _clear(staged)
    except OSError as error:
        raise WorkspaceError(
            say(f"无法写入工作区（{error.strerror}）", f"the workspace cannot be written to ({error.strerror})"),
            where=error.filename or staged,
            hint=say(
                "检查权限，关闭正打开这些文件的程序，再试一次",
                "check the permissions, close what has these files open, and try again",
            ),
        ) from error


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _take_out(workspace: Workspace, folder: str) -> None:
    (workspace.records / f"{folder}.jsonl").unlink(missing_ok=True)
    _clear(workspace.sources / folder)


def _move_in(workspace: Workspace, staged: Path) -> None:
    # Every step can be repeated: files are replaced one by one, meta.json last, because without it there is no document.
    target = workspace.sources / staged.name
    target.mkdir(parents=True, exist_ok=True)
    workspace.records.mkdir(parents=True, exist_ok=True)
    names = json.loads((staged / "ready").read_text(encoding="utf-8"))
    records = staged / "records.jsonl"
    if records.is_file():
        records.replace(workspace.records / f"{staged.name}.jsonl")
    for name in sorted(names, key=lambda name: (name == "meta.json", name)):
        if (staged / "source" / name).is_file():
            (staged / "source" / name).replace(target / name)
    for file in target.iterdir():
        if file.name not in names:
            _clear(file)
