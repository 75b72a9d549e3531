"""Rows to stdout as a table, JSON or CSV; everything else goes to stderr."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import click

_WIDEST = 48


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str | None) -> None:
    """Print rows in a form; None means a table in a terminal and JSON in a pipe."""
    form = form or ("table" if sys.stdout.isatty() else "json")
    if form == "json":
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_cell(value) for value in row] for row in rows])
        click.echo(text.getvalue(), nl=False)
    else:
        click.echo(table(columns, rows), nl=False)


def print_tables(tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]], form: str | None) -> None:
    """Print several named tables: one under the other, as one JSON object, or the first alone as CSV."""
    form = form or ("table" if sys.stdout.isatty() else "json")
    if form == "json":
        told = {
            name: [dict(zip(columns, row, strict=True)) for row in rows] for name, (columns, rows) in tables.items()
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif form == "csv":
        print_rows(*next(iter(tables.values())), form)
    else:
        click.echo("\n".join(table(columns, rows) for columns, rows in tables.values()), nl=False)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A plain table; Chinese characters count two columns, long cells are cut with ``…``."""
    cells = [list(columns), *([_shortened(_cell(value)) for value in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return "、".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if _width(text) <= _WIDEST:
        return text
    kept, width = [], 0
    for character in text:
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _WIDEST - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"
