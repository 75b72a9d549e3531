"""demo: the whole line on the bundled example."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import click

from unionkg.cli.documents import LOAD_COLUMNS, load_rows
from unionkg.cli.options import store_option
from unionkg.cli.output import shown
from unionkg.cli.wording import Command
from unionkg.errors import InputError
from unionkg.files import write_bytes, write_text
from unionkg.language import say

_QUERY = "timeline.earliest_records"
_PRACTICE_TYPE = "工会驿站/户外劳动者服务站"
#: Marks a folder as the demo's own: it may write there again.
_MARK = ".unionkg-demo"


@click.command(
    cls=Command,
    help=say(
        "用自带的示例走一遍全程：读入、查询、图谱页、RDF。DIR 默认为 unionkg-demo。",
        "Go through everything with the bundled example: load, query, explorer page, RDF. DIR defaults to unionkg-demo.",
    ),
)
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("unionkg-demo"), metavar="[DIR]"
)
@store_option
def demo(folder: Path, store: str | None) -> None:
    """Make a workspace of the example and show what can be done with it."""
    from unionkg import workspace as workspaces
    from unionkg.graph.stores import EMBEDDED, parse_target
    from unionkg.knowledge_graph import open_graph

    parse_target(store or EMBEDDED)  # before anything is made
    example = {file.name: file.read_bytes() for file in (files("unionkg") / "example").iterdir() if _is_text(file.name)}
    _check_own(folder, example)
    write_text(
        folder / _MARK, say("unionkg demo 的文件夹，可以整个删除\n", "a folder of unionkg demo; delete it as a whole\n")
    )
    for name, content in example.items():
        write_bytes(folder / "documents" / name, content)
    if workspaces.find(folder) is None:
        workspaces.create(folder, store or EMBEDDED)
    kg = open_graph(folder, store=store)
    report = kg.load(folder / "documents")
    if report.behind:
        raise report.behind
    click.echo(say("一、读入的文献", "1. Documents"))
    click.echo(shown(LOAD_COLUMNS, load_rows(report)))
    counts = kg.counts()
    labels = [(label, count) for label, count in sorted(counts.nodes.items(), key=lambda item: -item[1])]
    click.echo(say("二、图中有什么", "2. What the graph holds"))
    click.echo(shown(("label", "nodes"), labels))
    click.echo(say(f"三、查询 {_QUERY}（做法类型 {_PRACTICE_TYPE}）", f"3. The query {_QUERY} for {_PRACTICE_TYPE}"))
    answer = kg.query(_QUERY, practice_type=_PRACTICE_TYPE)
    click.echo(shown(answer.columns, answer.rows, answer.query.meanings))
    page, turtle = folder / "explorer.html", folder / "graph.ttl"
    kg.view("explorer", page)
    write_text(turtle, kg.rdf_text("turtle"))
    click.echo(say("四、留下的文件", "4. Files"))
    click.echo(
        say(
            f"{page}  图谱页，用浏览器打开",
            f"{page}  the explorer, for a browser",
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


def _is_text(name: str) -> bool:
    return name.endswith(".txt")


def _check_own(folder: Path, example: Mapping[str, bytes]) -> None:
    """Refuse a folder in which something of the user's could be overwritten or mixed with the example."""
    from unionkg import workspace as workspaces
    from unionkg.graph.corpus import documents

    if not folder.exists() or not any(folder.iterdir()):
        return
    found = workspaces.find(folder)
    digests = {hashlib.sha256(content).hexdigest() for content in example.values()}
    copies = (folder / "documents").iterdir() if (folder / "documents").is_dir() else ()
    if (
        not (folder / _MARK).is_file()
        or (found is not None and not {document.sha256 for document in documents(found)} <= digests)
        or any(not path.is_file() or path.read_bytes() != example.get(path.name) for path in copies)
    ):
        raise InputError(
            say("文件夹里有您自己的文件", "the folder holds files of your own"),
            where=folder,
            hint=say("换一个新文件夹：unionkg demo 文件夹", "name a new folder: unionkg demo DIR"),
        )
