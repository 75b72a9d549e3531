"""Result tables as files: JSON, CSV, Markdown and Excel.

CSV begins with a byte order mark, without which Excel shows Chinese as rubbish, and text that a spreadsheet would
take for a formula is marked as text.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from unionkg.errors import InputError
from unionkg.graph.stores.tables import cell_text, screen_width
from unionkg.language import say

_MOST_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_WIDEST = 60


def as_json(columns: Sequence[str], rows: Sequence[Sequence[Any]], about: Sequence[str] = ()) -> bytes:  # noqa: ARG001
    """A list of objects, one a row; ``about`` has no place in it."""
    records = [dict(zip(columns, map(finite, row), strict=True)) for row in rows]
    return (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]], about: Sequence[str] = ()) -> bytes:  # noqa: ARG001
    """CSV in UTF-8 with a byte order mark; lists are joined by 、; ``about`` has no place in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(heading) for heading in columns])
    writer.writerows([[_harmless(value) for value in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def as_markdown(columns: Sequence[str], rows: Sequence[Sequence[Any]], about: Sequence[str] = ()) -> bytes:
    """A Markdown table; numbers stand to the right, ``about`` below."""
    numeric = [bool(rows) and all(_is_number(row[at]) or row[at] is None for row in rows) for at in range(len(columns))]
    lines = [
        _markdown_line(columns),
        _markdown_line(["--:" if right else "---" for right in numeric]),
        *(_markdown_line([cell_text(value) for value in row]) for row in rows),
        *(f"\n{_plain(line)}" for line in about),
    ]
    return ("\n".join(lines) + "\n").encode()


def as_xlsx(columns: Sequence[str], rows: Sequence[Sequence[Any]], about: Sequence[str] = ()) -> bytes:
    """A workbook whose sheet has filters and a frozen heading; ``about`` stands on a second one.

    Raises
    ------
    InputError
        There are more rows than a sheet holds.
    """
    import xlsxwriter

    if len(rows) > _MOST_ROWS:
        raise InputError(
            say(f"一张表装不下 {len(rows)} 行", f"a sheet does not hold {len(rows)} rows"),
            hint=say("缩小范围，或改用 csv", "narrow it down, or use csv"),
        )
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "unionkg"})  # loading a folder passes our own sheets over
    text = book.add_format({"valign": "top", "text_wrap": True})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "valign": "top"})
    sheet = book.add_worksheet(say("结果", "result"))
    for at, heading in enumerate(columns):
        longest = max([screen_width(heading) + 4, *(screen_width(cell_text(row[at])) + 2 for row in rows[:500])])
        sheet.set_column(at, at, min(longest, _WIDEST))
        sheet.write_string(0, at, heading, bold)
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if _is_number(value):
                sheet.write_number(line, at, value, text)
            elif value is not None:
                sheet.write_string(line, at, cell_text(value)[:_LONGEST_CELL], text)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    if about:
        notes = book.add_worksheet(say("说明", "about"))
        notes.set_column(0, 0, 100)
        for line, words in enumerate(about):
            notes.write_string(line, 0, words[:_LONGEST_CELL], text)
    book.close()
    return content.getvalue()


FORMS: Mapping[str, Callable[[Sequence[str], Sequence[Sequence[Any]], Sequence[str]], bytes]] = {
    "json": as_json,
    "csv": as_csv,
    "md": as_markdown,
    "xlsx": as_xlsx,
}
"""By the name that the command line and the web interface use; a file's suffix is the same."""


def finite(value: Any) -> Any:
    """A value as JSON can hold it: numbers that are none (NaN, infinity) become null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value and abs(value) < 1e308


def _harmless(value: Any) -> str:
    """Text that a spreadsheet would take for a formula, made text."""
    text = cell_text(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(value) else text


def _markdown_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(text) for text in cells) + " |"


def _plain(text: str) -> str:
    """Text of one line that Markdown shows as it is."""
    return re.sub(r"([\\|\[\]<>`])", r"\\\1", " ".join(text.split()))
