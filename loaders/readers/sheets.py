"""Workbooks and CSV files: every visible sheet as text, one form or line a row (`grids`).

Hidden rows are read: a filter that was set when the file was saved hides rows that count. Hidden sheets are not:
they hold the lists behind drop-down fields. Cells of a column that were merged downwards repeat their value.
Where a row of a sheet begins in the text is kept as a page, labelled with sheet and row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile
from zlib import error as zlib_error

from unionkg.errors import InputError
from unionkg.graph.records import Page
from unionkg.language import say
from unionkg.loaders.readers import Decoded, broken, bytes_of, empty, grids, text

#: Most cells of a sheet, blank ones included, and most unpacked bytes of a workbook: beyond that memory runs out.
_MOST_CELLS = 20_000_000
_LARGEST = 400_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_REFERENCE = re.compile(rb'<c [^>]{0,40}?\br="([A-Z]{1,3})(\d{1,7})"')
_TEXTUAL = frozenset((".csv", ".tsv"))


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as rows of text; row ``n`` is row ``n + 1`` of the sheet. ``name`` is "" for a CSV file."""

    name: str
    rows: tuple[tuple[str, ...], ...]

    def place(self, row: int) -> str:
        """A row (counted from 0) as people name it."""
        return f"{self.name} 第{row + 1}行".strip()


def read(path: Path) -> Decoded:
    """Read a workbook or CSV file. Raises InputError where it is locked, damaged, too large or empty."""
    raw = bytes_of(path)
    if _is_page(raw):
        from unionkg.loaders.readers import html

        return html.page(raw, path)
    found, encoding = _grids(raw, path)
    lines: list[str] = []
    pages: list[Page] = []
    rows: list[tuple[int, int]] = []
    offset = 0
    # Tables of accounts first: the heading of an award list on an earlier sheet is not the title of the collection.
    for grid in sorted(found, key=lambda grid: grids.header_of(grid.rows) is None):
        gap = True
        for part in grids.parts(grid.rows):
            if lines and (gap or part.gap):
                lines.append("")
                offset += 1
            gap = part.gap
            lines.append(part.text)
            pages.append(Page(offset, grid.place(part.row)))
            if part.form:
                rows.append((offset, offset + len(part.text)))
            offset += len(part.text) + 1
    if not lines:
        raise empty(path)
    return Decoded("\n".join(lines) + "\n", encoding, tuple(pages), rows=tuple(rows))


def grids_of(path: Path) -> tuple[Grid, ...]:
    """The sheets of a file that hold anything; InputError as `read`. A web page named as a workbook has none."""
    raw = bytes_of(path)
    return () if _is_page(raw) else tuple(_grids(raw, path)[0])


def _is_page(raw: bytes) -> bool:
    """Office systems export tables as web pages named .xls."""
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return head.startswith((b"<!doctype", b"<html", b"<table", b"<meta", b"<?xml", b"mime-version"))


def _grids(raw: bytes, path: Path) -> tuple[list[Grid], str]:
    if not raw:
        raise empty(path)
    if path.suffix.lower() in _TEXTUAL or not raw.startswith((b"PK", _OLE)):
        decoded = text.decode(raw, path)
        return [Grid("", _separated(decoded.text, path))], decoded.encoding
    return list(_sheets(raw, path)), "utf-8"


# -- CSV ---------------------------------------------------------------------------------------------------------------


def _separated(content: str, path: Path) -> tuple[tuple[str, ...], ...]:
    """Rows of cells; the separator is the one that gives the most cells in the first rows."""
    content = content.removeprefix("\ufeff")
    marks = "\t" if path.suffix.lower() == ".tsv" else ",\t;"
    try:
        mark = max(
            marks, key=lambda mark: sum(len(row) - 1 for _, row in zip(range(20), _rows(content, mark), strict=False))
        )
        return tuple(tuple(_clean(cell) for cell in row) for row in _rows(content, mark))
    except csv.Error as error:
        raise broken(path, error) from error


def _rows(content: str, mark: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(content, newline=""), delimiter=mark)


# -- workbooks ---------------------------------------------------------------------------------------------------------


def _sheets(raw: bytes, path: Path) -> Iterator[Grid]:
    import python_calamine as calamine

    _refuse_bombs(raw, path)
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(raw))
        for about in book.sheets_metadata:
            if (
                about.visible is not calamine.SheetVisibleEnum.Visible
                or about.typ is not calamine.SheetTypeEnum.WorkSheet
            ):
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
                for row in range(top + 1, min(bottom + 1, len(rows))):
                    rows[row][left] = rows[top][left]
            if any(cell for row in rows for cell in row):
                yield Grid(about.name.strip(), tuple(map(tuple, rows)))
    except calamine.PasswordError as error:
        raise InputError(
            say("工作簿设了打开密码", "the workbook is locked with a password"),
            where=path,
            hint=say("用 Excel 或 WPS 打开，去掉密码再保存", "open it, take the password off and save it"),
        ) from error
    except (calamine.CalamineError, ValueError, IndexError, OverflowError, OSError) as error:
        raise broken(path, error) from error


def _refuse_bombs(raw: bytes, path: Path) -> None:
    """Refuse workbooks whose sheets would fill the memory: huge once unpacked, or one cell in the last corner."""
    if not raw.startswith(b"PK"):
        return
    try:
        with ZipFile(BytesIO(raw)) as package:
            if sum(item.file_size for item in package.infolist()) > _LARGEST:
                raise _too_large(path)
            for item in package.infolist():
                if item.filename.startswith("xl/worksheets/") and item.filename.endswith(".xml"):
                    with package.open(item) as part:
                        content = part.read(_LARGEST)
                    if b"<!DOCTYPE" in content[:2000].upper():
                        raise broken(path, say("含有不应有的实体定义", "it defines entities, which it must not"))
                    columns = rows = 0
                    for match in _REFERENCE.finditer(content):
                        columns = max(columns, _column(match.group(1)))
                        rows = max(rows, int(match.group(2)))
                    if columns * rows > _MOST_CELLS:
                        raise _too_large(path)
    except (BadZipFile, zlib_error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise broken(path, error) from error


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(path: Path) -> InputError:
    return InputError(
        say("工作簿太大，不读取", "the workbook is too large to be read"),
        where=path,
        hint=say(
            "删去空白的行列（常有一个格子落在很远处），或拆成几个文件",
            "delete blank rows and columns (often one cell stands far away), or split it",
        ),
    )


def _shown(value: object) -> str:
    """A cell as a person reads it."""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value)


def _clean(cell: str) -> str:
    return re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\ufeff]", "", cell.replace("\r\n", "\n").replace("\r", "\n")
    ).strip()
