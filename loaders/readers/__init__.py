"""One reader a format: bytes in, plain text out.

A reader is a function ``read(path) -> Decoded`` in a module of its own; `Format` names these modules and
`read` chooses by the suffix of the file. What a reader cannot use it refuses with an InputError, whatever the
bytes are: one broken file must not keep others from being read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path

from unionkg.errors import InputError
from unionkg.graph.records import Page
from unionkg.language import say


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file as it will be stored (what all offsets refer to), and the encoding it came in.

    ``pages`` says where each printed page (or row of a sheet) begins in the text; empty where the format knows
    none. ``url`` is the address that a saved web page gives for itself. ``rows`` are the offsets (start, end) of
    accounts whose bounds the format tells (rows of a table); text after the first of them and in none is in no account.
    """

    text: str
    encoding: str
    pages: tuple[Page, ...] = ()
    url: str | None = None
    rows: tuple[tuple[int, int], ...] = ()


class Format(Enum):
    """The formats that can be read, by the module that reads them."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    WORD = "word"
    SHEETS = "sheets"
    PDF = "pdf"
    PICTURE = "ocr"


_OFFICE = "application/vnd.openxmlformats-officedocument"
#: Which suffix (lower case, "" for none) is read as which format, and the media type of such files.
SUFFIXES: dict[str, tuple[Format, str]] = {
    ".txt": (Format.TEXT, "text/plain"),
    ".text": (Format.TEXT, "text/plain"),
    "": (Format.TEXT, "text/plain"),
    ".md": (Format.MARKDOWN, "text/markdown"),
    ".markdown": (Format.MARKDOWN, "text/markdown"),
    ".html": (Format.HTML, "text/html"),
    ".htm": (Format.HTML, "text/html"),
    ".xhtml": (Format.HTML, "application/xhtml+xml"),
    ".shtml": (Format.HTML, "text/html"),
    ".mht": (Format.HTML, "multipart/related"),
    ".mhtml": (Format.HTML, "multipart/related"),
    ".docx": (Format.WORD, f"{_OFFICE}.wordprocessingml.document"),
    ".docm": (Format.WORD, "application/vnd.ms-word.document.macroEnabled.12"),
    ".doc": (Format.WORD, "application/msword"),
    ".wps": (Format.WORD, "application/vnd.ms-works"),
    ".rtf": (Format.WORD, "application/rtf"),
    ".odt": (Format.WORD, "application/vnd.oasis.opendocument.text"),
    ".xlsx": (Format.SHEETS, f"{_OFFICE}.spreadsheetml.sheet"),
    ".xlsm": (Format.SHEETS, "application/vnd.ms-excel.sheet.macroEnabled.12"),
    ".xls": (Format.SHEETS, "application/vnd.ms-excel"),
    ".et": (Format.SHEETS, "application/vnd.ms-excel"),
    ".csv": (Format.SHEETS, "text/csv"),
    ".tsv": (Format.SHEETS, "text/tab-separated-values"),
    ".pdf": (Format.PDF, "application/pdf"),
    ".png": (Format.PICTURE, "image/png"),
    ".jpg": (Format.PICTURE, "image/jpeg"),
    ".jpeg": (Format.PICTURE, "image/jpeg"),
    ".tif": (Format.PICTURE, "image/tiff"),
    ".tiff": (Format.PICTURE, "image/tiff"),
    ".bmp": (Format.PICTURE, "image/bmp"),
    ".webp": (Format.PICTURE, "image/webp"),
}
#: Suffix of the archives whose members are read one by one (`unionkg.loaders.readers.archive`).
ARCHIVE = ".zip"


def format_of(path: Path) -> Format:
    """The format of a file by its suffix; InputError where no reader is known for it."""
    return _known(path)[0]


def media_type_of(path: Path) -> str:
    """The media type of a file by its suffix; InputError where no reader is known for it."""
    return _known(path)[1]


def _known(path: Path) -> tuple[Format, str]:
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
        The file is missing, a folder, not readable, empty, broken, in no known encoding or of an unknown format.
    """
    chosen = format_of(path) if path.is_file() else Format.TEXT
    reader: Callable[[Path], Decoded] = import_module(f"unionkg.loaders.readers.{chosen.value}").read
    return reader(path)


def empty(path: Path) -> InputError:
    """The error for a file that holds no text."""
    return InputError(
        say("文件里没有文字", "the file holds no text"),
        where=path,
        hint=say(
            "检查是不是拿错了文件，或另存时丢了内容",
            "check that it is the right file and that saving it did not lose its text",
        ),
    )


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; InputError where it is missing, a folder or not readable."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(
            say("找不到这个文件", "no such file"),
            where=path,
            hint=say("检查路径的拼写", "check the spelling of the path"),
        ) from error
    except IsADirectoryError as error:
        raise InputError(
            say("这是文件夹，不是文件", "this is a folder, not a file"),
            where=path,
            hint=say("给出其中的文件", "name the files in it"),
        ) from error
    except OSError as error:
        raise InputError(
            say(f"文件打不开：{error.strerror}", f"the file cannot be opened: {error.strerror}"),
            where=path,
            hint=say(
                "检查权限，以及文件是否被别的程序占用", "check its permissions and whether another program holds it"
            ),
        ) from error


def broken(path: Path, error: Exception | str) -> InputError:
    """The error for a file that is not what its suffix says, or whose inside is damaged."""
    told = f"（{error}）" if str(error) else ""
    told_en = f" ({error})" if str(error) else ""
    return InputError(
        say(f"文件坏了，或与后缀不符{told}", f"the file is damaged, or not what its suffix says{told_en}"),
        where=path,
        hint=say(
            "用原来的程序打开看看，另存一份再试",
            "see whether its own program opens it, save it again and try that",
        ),
    )
