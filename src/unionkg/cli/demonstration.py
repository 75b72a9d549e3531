"""demo: the whole line on the bundled example."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import click

from unionkg.cli.output import table
from unionkg.errors import InputError
from unionkg.files import write_text
from unionkg.language import say

_QUERY = "timeline.earliest_records"
_PRACTICE_TYPE = "工会驿站/户外劳动者服务站"


@click.command(
    help=say(
        "用自带的示例走一遍全程：读入、查询、网络图、RDF。DIR 默认为 unionkg-demo。",
        "Go through everything with the bundled example: load, query, network page, RDF. DIR defaults to unionkg-demo.",
    )
)
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("unionkg-demo"), metavar="[DIR]"
)
def demo(folder: Path) -> None:
    """Make a workspace of the example and show what can be done with it."""
    from unionkg.knowledge_graph import open_graph
    from unionkg.workspace import MARKER

    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise InputError(
            say("文件夹里已有别的文件", "the folder holds other files"),
            where=folder,
            hint=say("换一个文件夹：unionkg demo 文件夹", "name another folder: unionkg demo DIR"),
        )
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    with as_file(files("unionkg") / "example") as example:
        for path in sorted(example.glob("*.txt")):
            shutil.copyfile(path, documents / path.name)
    kg = open_graph(folder)
    report = kg.load(documents)
    columns = ("document", "title", "accounts", "statements", "lines used", "ignored", "left")
    rows = [
        (
            d.document.id,
            d.document.title,
            d.accounts,
            d.statements,
            d.coverage.used,
            sum(d.coverage.ignored.values()),
            d.coverage.left,
        )
        for d in report.loaded
    ]
    click.echo(say("一、读入的文献", "1. Documents"))
    click.echo(table(columns, rows))
    counts = kg.counts()
    labels = [(label, count) for label, count in sorted(counts.nodes.items(), key=lambda item: -item[1])]
    click.echo(say("二、图中有什么", "2. What the graph holds"))
    click.echo(table(("label", "nodes"), labels))
    click.echo(say(f"三、查询 {_QUERY}（做法类型 {_PRACTICE_TYPE}）", f"3. The query {_QUERY} for {_PRACTICE_TYPE}"))
    answer = kg.query(_QUERY, practice_type=_PRACTICE_TYPE)
    click.echo(table(answer.columns, answer.rows))
    page, turtle = folder / "network.html", folder / "graph.ttl"
    drawn = kg.view_network(page)
    write_text(turtle, kg.rdf_text("turtle"))
    click.echo(say("四、留下的文件", "4. Files"))
    click.echo(
        say(
            f"{page}  网络图（{drawn.nodes} 个节点），用浏览器打开",
            f"{page}  the network ({drawn.nodes} nodes), for a browser",
        )
    )
    click.echo(say(f"{turtle}  RDF（Turtle）", f"{turtle}  RDF (Turtle)"))
    click.echo(say(f"{folder}  工作区", f"{folder}  the workspace"))
    click.echo(
        say(
            f"接着试：unionkg query list；unionkg search 驿站 --workspace {folder}",
            f"next: unionkg query list; unionkg search 驿站 --workspace {folder}",
        )
    )
