"""query list|show|run, cypher."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.options import format_option, open_existing, output_option, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command, Group
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.queries.library import Query

_SHOWN = 20
"""So many known values are shown when a parameter is asked for."""


@click.group(cls=Group, help=say("查询包：list 列出，show 查看，run 运行。", "Query packs: list, show, run."))
def query() -> None:
    """Query packs."""


@query.command("list", help=say("列出所有查询。", "List the queries."))
@click.argument("pack", required=False)
@workspace_options
@format_option
def list_queries(pack: str | None, workspace: Path | None, store: str | None, form: str | None) -> None:
    """List the queries of all packs or one; the workspace's own are listed where there is one."""
    from unionkg import workspace as workspaces
    from unionkg.queries import library

    del store
    found = workspaces.find(workspace)
    queries, broken = library.readable(found.queries if found else None)
    packs = list(dict.fromkeys(q.pack for q in queries))
    if pack is not None and pack not in packs:
        raise click.UsageError(
            say(f"没有查询包 {pack}，有：{'、'.join(packs)}", f"no pack {pack}, only {', '.join(packs)}")
        )
    rows = [
        (q.name, say(q.question_zh, q.question_en), " ".join(p.name for p in q.parameters))
        for q in queries
        if pack in {None, q.pack}
    ]
    print_rows(("query", "question", "parameters"), rows, form)
    for error in broken.values():
        click.echo(say("错误：", "error: ") + str(error), err=True)
    if broken:
        click.get_current_context().exit(1)


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
    from unionkg.queries import library, parameters

    del store
    found = workspaces.find(workspace)
    wanted = library.find(name, found.queries if found else None)
    if not (browser or given):
        click.echo(wanted.source)
        return
    bound = parameters.bind(wanted, _pairs(given), found.vocabularies if found else None, partial=True)
    click.echo(library.for_browser(wanted, bound))


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
@click.option(
    "--evidence",
    is_flag=True,
    help=say("每行加上文献、页、行号和原文", "add document, page, line and quote to each row"),
)
@workspace_options
@format_option
@output_option
def run_query(
    name: str,
    given: tuple[str, ...],
    evidence: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Run one query and print its rows; what it leaves out goes to stderr."""
    from unionkg.queries import library
    from unionkg.queries.answers import about, footer, understood

    kg = open_existing(workspace, store)
    values = _asked(kg, library.find(name, kg.workspace.queries), _pairs(given))
    answer = kg.query(name, **values)
    rows = kg.with_evidence(answer) if evidence else answer
    notes = [*understood(answer, values), *footer(answer)]
    asked = answer.query
    print_rows(rows.columns, rows.rows, form, output, asked.meanings, about(asked, answer.parameters, notes))
    for note in notes:
        click.echo(note, err=True)
    if any(answer.evidence) and not evidence:
        click.echo(say("加上 --evidence 显示出处", "--evidence shows the sources"), err=True)


def _asked(kg: KnowledgeGraph, query: Query, given: dict[str, str]) -> dict[str, str]:
    """The parameters, those that are missing asked for in a terminal."""
    from unionkg.queries import parameters

    left = parameters.missing(query, given)
    if not left or not sys.stdin.isatty():
        return given
    with kg.store() as store:
        for parameter in left:
            choices = parameters.suggestions(parameter, kg.workspace.vocabularies, store)
            if choices:
                shown = say("、", ", ").join(choices[:_SHOWN])
                more = say(f" 等 {len(choices)} 个", f" … {len(choices)} in all") if len(choices) > _SHOWN else ""
                click.echo(say("可选：", "known: ") + shown + more, err=True)
            given[parameter.name] = click.prompt(say(parameter.zh, parameter.en), err=True)
    return given


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
@output_option
def cypher(
    statement: str,
    given: tuple[str, ...],
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Answer a statement."""
    if statement == "-":
        statement = sys.stdin.read()
    rows = open_existing(workspace, store).cypher(statement, {k: _json_or_text(v) for k, v in _pairs(given).items()})
    print_rows(rows.columns, rows.rows, form, output)


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
