"""compare: unions, regions, practice types or practices side by side."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unionkg.cli.options import audience_option, open_existing, output_file, workspace_options
from unionkg.cli.wording import Command
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.audience import Audience
    from unionkg.viz.briefing.compare import Comparison


@click.command(
    cls=Command,
    help=say(
        "把 2 到 6 家工会、地区、做法类型或具体做法（案例）并排比较，同一种才能比。不加总、不平均、不排名；每格都带原文。"
        "终端里是表，管道里是 JSON（带全部原文），-o 写成 Word、Excel 或网页。",
        "Put 2 to 6 unions, regions, practice types or named practices (accounts) side by side, all of one kind. Nothing is "
        "added, averaged or ranked; every cell has its quotes. A table in a terminal, JSON with all quotes in a pipe, -o "
        "writes Word, Excel or a page.",
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="NAME NAME…")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=say("写入文件（后缀 docx、xlsx 或 html）", "write to a file (suffix docx, xlsx or html)"),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    help=say("输出格式（终端默认 table，管道默认 json）", "output format (table in a terminal, json in a pipe)"),
)
@audience_option
@workspace_options
def compare(
    names: tuple[str, ...],
    output: Path | None,
    form: str | None,
    audience: Audience,
    workspace: Path | None,
    store: str | None,
) -> None:
    """Print a comparison, or write it to a file."""
    if output and form:
        raise click.UsageError(
            say(
                "--format 只用于屏幕和管道；文件的格式看后缀", "--format is for the screen; a file's suffix is its form"
            )
        )
    kg = open_existing(workspace, store)
    shown = kg.compare(*names, output=output and output_file(output), audience=audience)
    if output:
        size = len(shown.rows), len(shown.names), len(shown.references)
        told = say("{}：{} 行 {} 列，引用文献 {} 份", "{}: {} rows, {} columns, {} documents cited").format(
            output, *size
        )
        click.echo(told, err=True)
    elif (form or ("table" if sys.stdout.isatty() else "json")) == "json":
        click.echo(json.dumps(shown.to_dict(), ensure_ascii=False, indent=1))
    else:
        _print(shown)


def _print(shown: Comparison) -> None:
    """A table for each part; what has to be said with it goes to stderr."""
    from unionkg.cli.output import table

    between = say("；", "; ")
    for part, rows in groupby(shown.rows, key=lambda row: row.part):
        lines = [[row.aspect, *(cell.text(between) for cell in row.cells)] for row in rows]
        click.echo(f"{part}\n{table((say('方面', 'aspect'), *shown.names), lines)}")
    for note in shown.notes:
        click.echo(note, err=True)
    click.echo(
        say(
            "-o 文件.docx、.xlsx 或 .html：写全，带每一格的原文",
            "-o FILE.docx, .xlsx or .html has all of it, with the quotes",
        ),
        err=True,
    )
