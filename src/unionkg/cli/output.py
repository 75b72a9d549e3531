"""Rows to stdout or into a file, as a table, JSON, CSV, Markdown or Excel; everything else goes to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from unionkg.cli.options import output_file
from unionkg.files import hand_over_bytes
from unionkg.graph.exchange.result_files import FORMS
from unionkg.graph.stores.tables import aligned
from unionkg.language import say
from unionkg.queries.wording import headings, worded

_WIDEST = 48


def print_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    form: str | None,
    output: Path | None = None,
    told: Mapping[str, str] = MappingProxyType({}),
    about: Sequence[str] = (),
) -> None:
    """Print rows in a form, or write them to a file whose suffix names the form.

    Without either it is a table in a terminal and JSON in a pipe. JSON keeps the columns' own names and values, for
    programs; all other forms are for people, with headings and values in their language
    (``told``: what columns mean, see `unionkg.queries.wording.headings`; ``about``: what has to be said of the rows).
    """
    form = form or (_form_of(output) if output else None) or ("table" if sys.stdout.isatty() else "json")
    if form != "json":
        columns, rows = headings(columns, told), worded(columns, rows)
    content = table(columns, rows).encode() if form == "table" else FORMS[form](columns, rows, about)
    if output:
        hand_over_bytes(output_file(output), content)
        click.echo(say(f"已写入 {output}（{len(rows)} 行）", f"wrote {output} ({len(rows)} rows)"), err=True)
    elif form == "xlsx" and sys.stdout.isatty():
        raise click.UsageError(say("Excel 文件请用 -o 文件.xlsx", "for Excel name a file: -o FILE.xlsx"))
    elif form == "xlsx":
        sys.stdout.buffer.write(content)
    else:
        click.echo(content.decode("utf-8"), nl=False)


def print_tables(tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]], form: str | None) -> None:
    """Print several named tables: one under the other, as one JSON object, or the first alone in any other form."""
    form = form or ("table" if sys.stdout.isatty() else "json")
    if form == "json":
        told = {
            name: [dict(zip(columns, row, strict=True)) for row in rows] for name, (columns, rows) in tables.items()
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif form == "table":
        click.echo("\n".join(shown(columns, rows) for columns, rows in tables.values()), nl=False)
    else:
        print_rows(*next(iter(tables.values())), form)


def _form_of(output: Path) -> str:
    form = output.suffix.lower().removeprefix(".")
    if form not in FORMS:
        known = ", ".join(f".{name}" for name in FORMS)
        raise click.UsageError(
            say(f"文件名应以 {known} 结尾：{output}", f"the file's suffix is one of {known}: {output}")
        )
    return form


def shown(columns: Sequence[str], rows: Sequence[Sequence[Any]], told: Mapping[str, str] = MappingProxyType({})) -> str:
    """A table with headings and values in the user's language (``told`` as in `print_rows`)."""
    return table(headings(columns, told), worded(columns, rows))


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A plain table; Chinese characters count two columns, long cells are cut with ``…``."""
    return "\n".join(aligned(columns, rows, _WIDEST)) + "\n"
