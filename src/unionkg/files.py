"""Writing that loses nothing: to a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
import tempfile
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
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
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
