"""Tables printed as lines with tabs: each row that holds a whole account becomes the lines of a form.

By a header with a title or organisation and a section, and rows long enough to tell something; rows of award lists
stay single lines.
"""

from __future__ import annotations

import re

from unionkg.loaders.layout.cues import labels, section_of
from unionkg.loaders.layout.units import Unit

#: Shortest row, in characters, that can hold an account; rows of award lists are shorter.
_WHOLE_ACCOUNT = 60


def cells(lines: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Take the rows of tables of accounts apart; all other lines stay as they are."""
    found: list[Unit] = []
    header: list[str] = []
    for n, line in enumerate(lines):
        if "\t" not in line.text:
            header = []
            found.append(line)
            continue
        columns = _cells(line)
        if len(columns) >= 3 and _is_header(columns) and _tells(lines[n + 1 : n + 4], len(columns)):
            header = [text for text, _ in columns]
            found.append(line)
        elif header and len(columns) == len(header):
            found += _row(line, header, columns)
        else:
            header = []
            found.append(line)
    return tuple(found)


def _cells(line: Unit) -> list[tuple[str, tuple[int, int]]]:
    start = line.spans[0][0]
    return [
        (match.group().strip(), _trimmed(start + match.start(), match.group()))
        for match in re.finditer(r"[^\t]*(?:\t|$)", line.text)
        if match.start() < len(line.text) or match.group()
    ]


def _trimmed(start: int, cell: str) -> tuple[int, int]:
    return start + len(cell) - len(cell.lstrip()), start + len(cell.rstrip())


def _is_header(columns: list[tuple[str, tuple[int, int]]]) -> bool:
    means = [labels().get(text) for text, _ in columns]
    return ("title" in means or "org" in means) and any(section_of(text) for text, _ in columns)


def _tells(rows: tuple[Unit, ...], width: int) -> bool:
    return any(len(_cells(row)) == width and len(row.text) >= _WHOLE_ACCOUNT for row in rows)


def _row(line: Unit, header: list[str], columns: list[tuple[str, tuple[int, int]]]) -> list[Unit]:
    """The cells of a row that hold text; its running number is left out."""
    kept = [
        (name, text, span)
        for name, (text, span) in zip(header, columns, strict=True)
        if text and labels().get(name) != "number"
    ]
    return [
        Unit(line.first, line.last, text, (span,), n == 0, line.indent, name)
        for n, (name, text, span) in enumerate(kept)
    ]
