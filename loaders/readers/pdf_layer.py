"""The text layer of a PDF file, read in a process of its own.

PDFium is a large program that takes what it is given: a page that draws itself keeps it busy for ever, and a broken
font can end it. So `read_layer` starts this module as a child that can be given up, and takes its answer as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unionkg.loaders.readers.page_furniture import PrintedPage
from unionkg.loaders.readers.page_order import Piece

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

#: Seconds to wait for any file, and for every megabyte of it besides.
PATIENCE = 60.0
_PER_MEGABYTE = 10.0
#: A page with a picture on at least this share of it and fewer characters than this is a picture of a page.
_PICTURE = 0.5
_FEW = 40
#: Share of characters without a meaning from which on a text layer is of no use.
_UNKNOWN = 0.3


class UnreadableError(Exception):
    """The file cannot be read: ``reason`` is ``password``, ``broken``, ``page``, ``slow`` or ``killed``."""

    def __init__(self, reason: str, page: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.page = page


@dataclass(frozen=True, slots=True)
class Layer:
    """The pages of a file, and the numbers (from 0) of those that are pictures of pages."""

    pages: tuple[PrintedPage, ...]
    pictures: tuple[int, ...]


def read_layer(path: Path) -> Layer:
    """Read the text layer of a file in a child process; raises UnreadableError."""
    limit = PATIENCE + _PER_MEGABYTE * path.stat().st_size / 1e6
    # -P: what lies in the current folder (json.py among somebody's documents) is never imported.
    command = [sys.executable, "-P", "-m", __name__, str(path.resolve())]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=limit, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("slow") from error
    if done.returncode != 0:
        raise UnreadableError("killed")
    told = json.loads(done.stdout)
    if "reason" in told:
        raise UnreadableError(told["reason"], told["page"])
    pages = (
        PrintedPage(_pieces(page["pieces"]), page["top"], page["bottom"], page["label"], _pieces(page["aside"]))
        for page in told["pages"]
    )
    return Layer(tuple(pages), tuple(told["pictures"]))


def _pieces(told: list[list[Any]]) -> tuple[Piece, ...]:
    return tuple(Piece(*values) for values in told)


@contextmanager
def opened(path: Path) -> Iterator[PdfDocument]:
    """A PDF file open for reading; raises UnreadableError."""
    import pypdfium2.raw as c
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path.read_bytes())
    except PdfiumError as error:
        locked = error.err_code in {c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY}
        raise UnreadableError("password" if locked else "broken") from error
    try:
        yield document
    finally:
        document.close()


def _layer(path: Path) -> dict[str, Any]:
    """What the child tells: the pages and which of them are pictures."""
    from pypdfium2 import PdfiumError

    pages: list[dict[str, Any]] = []
    pictures: list[int] = []
    with opened(path) as document:
        for number in range(len(document)):
            label = document.get_page_label(number).strip()
            try:
                page = document[number]
            except PdfiumError as error:
                raise UnreadableError("page", number + 1) from error
            told, is_picture = _page(page)
            page.close()
            pages.append({**told, "label": label})
            if is_picture:
                pictures.append(number)
    return {"pages": pages, "pictures": pictures}


def _page(page: PdfPage) -> tuple[dict[str, Any], bool]:
    from unionkg.loaders.readers.pdf_glyphs import page_text

    found = page_text(page)
    unreadable = found.unknown > _UNKNOWN * (found.unknown + found.count)
    is_picture = unreadable or (found.count < _FEW and _pictured(page) >= _PICTURE)
    pieces, aside = ([astuple(piece) for piece in group] for group in (found.upright, found.sideways))
    return {"pieces": pieces, "aside": aside, "top": found.top, "bottom": found.bottom}, is_picture


def _pictured(page: PdfPage) -> float:
    """The share of a page that its largest picture takes."""
    import pypdfium2.raw as c

    width, height = page.get_size()
    largest = 0.0
    for thing in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = thing.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return float(largest / max(width * height, 1.0))


def _main() -> None:
    try:
        told = _layer(Path(sys.argv[1]))
    except UnreadableError as error:
        told = {"reason": error.reason, "page": error.page}
    sys.stdout.buffer.write(json.dumps(told).encode("ascii"))


if __name__ == "__main__":
    _main()
