"""Writing that loses nothing: to a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from unionkg.errors import InputError
from unionkg.language import say


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a kill at any moment, sees the old content or the new, never half.

    Raises
    ------
    InputError
        The folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
        try:
            with temporary.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            say(f"无法写入文件（{error.strerror}）", f"cannot write the file ({error.strerror})"),
            where=path,
            hint=say(
                "检查文件夹是否存在、磁盘是否已满、文件是否正被打开",
                "check the folder, the free space and whether the file is open",
            ),
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with ``\\n`` line ends, as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8"))


def hand_over(path: Path, text: str) -> None:
    """Write UTF-8 text to a file that the user named, as `hand_over_bytes` does."""
    hand_over_bytes(path, text.encode("utf-8"))


def hand_over_bytes(path: Path, content: bytes) -> None:
    """Write a file that the user named: to where a link leads, into a pipe or device as it is, never into a new folder.

    Raises
    ------
    InputError
        The folder is not there or cannot be written to.
    """
    target = path.resolve()
    if not target.parent.is_dir():
        raise InputError(
            say("没有这个文件夹", "there is no such folder"),
            where=target.parent,
            hint=say("先建好文件夹，或换一个位置", "make it first, or name another place"),
        )
    if not target.exists() or target.is_file():
        write_bytes(target, content)
        return
    try:
        with target.open("wb") as file:
            file.write(content)
    except OSError as error:
        raise InputError(
            say(f"无法写入（{error.strerror}）", f"cannot write there ({error.strerror})"), where=path
        ) from error
