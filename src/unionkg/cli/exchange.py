"""export records|rdf, import records."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from unionkg.cli.options import input_file, open_existing, open_or_create, output_file, workspace_options
from unionkg.cli.wording import Group, Option
from unionkg.files import hand_over
from unionkg.language import say


@click.group(cls=Group, help=say("导出：records 案例记录，rdf。", "Export records or RDF."))
def export() -> None:
    """Export."""


def _output(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        default="-",
        metavar="FILE",
        help=say("文件（默认 -，标准输出）", "a file (default -, stdout)"),
    )(command)


@export.command(
    "records", help=say("导出案例记录（JSONL，每行一个案例）。", "Export case records (JSONL, one account a line).")
)
@_output
@click.option(
    "--format",
    "form",
    type=click.Choice(["stored", "eval"]),
    default="stored",
    cls=Option,
    show_default=True,
    help=say("stored 完整记录；eval 评分用的扁平记录", "stored: complete; eval: the flat form that is scored"),
)
@workspace_options
def export_records(output: Path, form: Literal["stored", "eval"], workspace: Path | None, store: str | None) -> None:
    """Export the effective records."""
    text = open_existing(workspace, store).records_text(form)
    _write(output, text)


@export.command("rdf", help=say("导出 RDF，每条陈述带原文依据。", "Export RDF, each statement with its evidence."))
@_output
@click.option(
    "--format",
    "form",
    type=click.Choice(["turtle", "json-ld"]),
    default=None,
    help=say("默认按文件后缀（.ttl .jsonld）", "by default from the suffix (.ttl .jsonld)"),
)
@workspace_options
def export_rdf(
    output: Path, form: Literal["turtle", "json-ld"] | None, workspace: Path | None, store: str | None
) -> None:
    """Export the effective records as RDF."""
    suffixes: dict[str, Literal["turtle", "json-ld"]] = {".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld"}
    chosen = form or suffixes.get(output.suffix.lower(), "turtle")
    _write(output, open_existing(workspace, store).rdf_text(chosen))


def _write(output: Path, text: str) -> None:
    if str(output) == "-":
        click.echo(text, nl=False)
    else:
        hand_over(output_file(output), text)
        click.echo(say(f"已写入 {output}", f"wrote {output}"), err=True)


@click.group("import", cls=Group, help=say("导入：records 案例记录。", "Import case records."))
def import_() -> None:
    """Import."""


@import_.command(
    "records",
    help=say(
        "导入案例记录（完整或扁平的 JSONL，- 表示标准输入），引文在原文中重新定位。文献原有的读取结果被替换。",
        "Import case records (stored or flat JSONL, - for stdin); quotes are found again in the text. "
        "What was read of their documents before is replaced.",
    ),
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@workspace_options
def import_records(file: Path, workspace: Path | None, store: str | None) -> None:
    """Import records into documents that are there."""
    with input_file(file) as path:  # before a workspace is made: a misspelt path must leave nothing behind
        done = open_or_create(workspace, store).import_records(path)
    added = done.accounts - done.replaced
    click.echo(
        say(
            f"导入 {done.accounts} 个案例：替换 {done.replaced} 个，新增 {added} 个；原有 {len(done.dropped)} 个不在其中，已去掉",
            f"imported {done.accounts} accounts: {done.replaced} replaced, {added} new; "
            f"{len(done.dropped)} that were there before are gone",
        ),
        err=True,
    )
    for identifier in done.dropped:
        click.echo(say(f"  去掉：{identifier}", f"  gone: {identifier}"), err=True)
