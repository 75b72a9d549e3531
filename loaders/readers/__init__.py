"""One reader a format: bytes in, plain text out.

A reader is a function ``read(path) -> Decoded`` in a module of its own; `Format` lists them by name and
`read` chooses by the suffix of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from unionkg.errors import InputError
from unionkg.graph.records import Page
from unionkg.language import say


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file as it will be stored (what all offsets refer to), and the encoding it came in.

    ``pages`` says where each printed page (or sheet) begins in the text; empty where the format knows none.
    """

    text: str
    encoding: str
    pages: tuple[Page, ...] = ()


class Format(Enum):
    """The formats that can be read."""

    TEXT = "text/plain"


#: Which suffix (lower case, "" for none) is read as which format.
SUFFIXES = {".txt": Format.TEXT, ".text": Format.TEXT, ".md": Format.TEXT, "": Format.TEXT}


def format_of(path: Path) -> Format:
    """The format of a file by its suffix; InputError where no reader is known for it."""
    found = SUFFIXES.get(path.suffix.lower())
    if found is None:
        known = " ".join(suffix for suffix in SUFFIXES if suffix)
        raise InputError(
            say(f"还不能读取 {path.suffix} 文件", f"{path.suffix} files cannot be read yet"),
            where=path,
            hint=say(f"先另存为纯文本；能读取：{known}", f"save it as plain text first; readable: {known}"),
        )
    return found


def read(path: Path) -> Decoded:
    """Read a file into the text to store.

    Raises
    ------
    InputError
        The file is missing, a folder, not readable, empty, binary, in no known encoding or of an unknown format.
    """
    if path.is_file():
        format_of(path)
    from unionkg.loaders.readers import text

    return text.read(path)
