"""query list|show|run, cypher, search."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from unionkg.cli.options import format_option, open_existing, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command, Group, Option
from unionkg.language import say


@click.group(cls=Group, help=say("查询包：list 列出，show 查看，run 运行。", "Query packs: list, show, run."))
def query() -> None:
    """Query packs."""


@query.command("list", help=say("列出所有查询。", "List the queries."))
@workspace_options
@format_option
def list_queries(workspace: Path | None, store: str | None, form: str | None) -> None:
    """List the packs' queries; the workspace's own are listed where there is one."""
    from unionkg import workspace as workspaces
    from unionkg.queries import library

    del store
    found = workspaces.find(workspace)
    queries = library.queries(found.queries if found else None)
    rows = [(q.name, say(q.question_zh, q.question_en), " ".join(p.name for p in q.parameters)) for q in queries]
    print_rows(("query", "question", "parameters"), rows, form)


@query.command(
    "show", help=say("查看一个查询的语句、参数和例子。", "Show a query's statement, parameters and example.")
)
@click.argument("name")
@click.option(
    "--browser",
    is_flag=True,
    help=say(
        "输出可粘贴到 Neo4j Browser 的文本（含 :param 行）", "text to paste into Neo4j Browser, with :param lines"
    ),
)
@click.option(
    "-p",
    "--param",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help=say("参数，写进可粘贴的文本", "a parameter, put into the text to paste"),
)
@workspace_options
def show_query(name: str, browser: bool, given: tuple[str, ...], workspace: Path | None, store: str | None) -> None:
    """Show one query."""
    from unionkg import workspace as workspaces
    from unionkg.queries import library

    del store
    found = workspaces.find(workspace)
    wanted = library.find(name, found.queries if found else None)
    words = found.vocabularies if found else None
    click.echo(library.for_browser(wanted, _pairs(given), words) if browser or given else wanted.source)


@query.command("run", help=say("运行一个查询。", "Run a query."))
@click.argument("name")
@click.option(
    "-p",
    "--param",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help=say("参数，可多次给出", "a parameter; may be repeated"),
)
@workspace_options
@format_option
def run_query(name: str, given: tuple[str, ...], workspace: Path | None, store: str | None, form: str | None) -> None:
    """Run one query and print its rows."""
    kg = open_existing(workspace, store)
    rows = kg.query(name, **_pairs(given))
    print_rows(rows.columns, rows.rows, form)


@click.command(
    cls=Command,
    help=say(
        "运行一条只读 Cypher 语句（- 表示从标准输入读）。",
        "Run a Cypher statement that only reads (- reads it from stdin).",
    ),
)
@click.argument("statement")
@click.option(
    "-p",
    "--param",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help=say("参数（值按 JSON 读，读不成就按文字）", "a parameter (its value read as JSON, else as text)"),
)
@workspace_options
@format_option
def cypher(statement: str, given: tuple[str, ...], workspace: Path | None, store: str | None, form: str | None) -> None:
    """Answer a statement."""
    if statement == "-":
        statement = sys.stdin.read()
    rows = open_existing(workspace, store).cypher(statement, {k: _json_or_text(v) for k, v in _pairs(given).items()})
    print_rows(rows.columns, rows.rows, form)


@click.command(
    cls=Command,
    help=say(
        "按名称查找案例、工会、做法等，按引文查找案例。",
        "Find accounts, unions, practices … by name, and accounts by the quotes of their statements.",
    ),
)
@click.argument("text")
@click.option(
    "--limit",
    metavar="N",
    cls=Option,
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help=say("最多几条", "at most so many"),
)
@workspace_options
@format_option
def search(text: str, limit: int, workspace: Path | None, store: str | None, form: str | None) -> None:
    """Search the workspace."""
    hits = open_existing(workspace, store).search(text, limit=limit)
    rows = [(hit.id, hit.label, hit.name, hit.line, hit.snippet) for hit in hits]
    print_rows(("id", "label", "name", "line", "snippet"), rows, form)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for item in given:
        key, sign, value = item.partition("=")
        if not sign or not key:
            raise click.UsageError(say(f"参数要写成 名称=值：{item}", f"write a parameter as name=value: {item}"))
        pairs[key] = value
    return pairs


def _json_or_text(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value
