"""The life of the embedded store below a workspace's ``graph`` folder, in generations.

``graph/<build>/`` is one database; ``graph/current`` is a small file with the name of the one that counts. A writer
works on a copy (or from nothing) and switches the pointer at the end, so that a killed writer leaves the old graph
as it was, and readers keep the build that they opened. Nothing is renamed or changed while it may be open.
Callers hold the workspace's lock: only one update runs at a time.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from unionkg.errors import StoreError
from unionkg.graph.stores.protocol import Store
from unionkg.language import say

POINTER = "current"
_LOCK = "database.lck"
"""The engine's own lock file: it belongs to the open folder, not to the copy."""


def current(folder: Path) -> Path | None:
    """Return the build that counts, or None where nothing was built yet.

    Raises
    ------
    StoreError
        When the pointer names a folder that is not there.
    """
    pointer = folder / POINTER
    if not pointer.exists():
        return None
    name = _named(pointer)
    if not name or Path(name).name != name or not (folder / name).is_dir():
        raise StoreError(
            say(
                f"图的指针文件指向不存在的文件夹：{name}",
                f"the graph's pointer names a folder that is not there: {name}",
            ),
            where=pointer,
            hint=say("运行 unionkg build 重建", "run unionkg build to make the graph again"),
        )
    return folder / name


@contextmanager
def reading(folder: Path) -> Iterator[Store]:
    """Open the current build for reading.

    Raises
    ------
    StoreError
        When nothing was built yet.
    """
    from unionkg.graph.stores import embedded

    path = current(folder)
    while True:
        if path is None:
            raise StoreError(
                say("这里还没有建过图", "no graph has been built here yet"),
                where=folder,
                hint=say("先运行 unionkg load 或 unionkg build", "run unionkg load or unionkg build first"),
            )
        try:
            store = embedded.open_reader(path)
            break
        except StoreError:
            # A writer may have switched and cleared away between our two steps: then the pointer has moved on.
            path, before = current(folder), path
            if path == before:
                raise
    try:
        yield store
    finally:
        store.close()


@contextmanager
def updating(folder: Path, *, fresh: bool) -> Iterator[Store]:
    """Write the next build: a copy of the current one, or nothing at all where ``fresh`` or nothing was built yet.

    On success the pointer is switched and builds that it no longer names are removed; on failure the new folder is
    removed and the old build stays.
    """
    from unionkg.graph.stores import embedded

    folder.mkdir(parents=True, exist_ok=True)
    old = None if fresh else current(folder)
    if fresh and (folder / POINTER).exists():
        # Whatever the pointer names stays until the end, and it may name nothing: this is how a broken one is mended.
        _remove_others(folder, keep=_named(folder / POINTER))
    else:
        _remove_others(folder, keep=old.name if old else "")
    new = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    done = False
    try:
        if old:
            shutil.copytree(old, new, ignore=shutil.ignore_patterns(_LOCK))
        store = embedded.open_writer(new, fresh=old is None)
        try:
            yield store
        finally:
            store.close()
        _switch(folder, new.name)
        done = True
    finally:
        if not done:
            shutil.rmtree(new, ignore_errors=True)
    _remove_others(folder, keep=new.name)


def _named(pointer: Path) -> str:
    """What a pointer names; nonsense for a broken one."""
    return pointer.read_bytes().decode("utf-8", errors="replace").strip() if pointer.is_file() else ""


def _switch(folder: Path, name: str) -> None:
    if (folder / POINTER).is_dir():
        shutil.rmtree(folder / POINTER)
    temporary = folder / f"{POINTER}.{name}"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / POINTER)


def _remove_others(folder: Path, *, keep: str) -> None:
    """Remove builds and half-made builds but one; what Windows holds open is left for the next update."""
    for path in folder.iterdir():
        if path.name in {keep, POINTER}:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f"{POINTER}."):
            path.unlink(missing_ok=True)
