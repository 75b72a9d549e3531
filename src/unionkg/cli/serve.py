"""serve: the explorer page, search, packs and Cypher in a browser, and decisions by button."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from unionkg.cli.options import open_existing, workspace_options
from unionkg.cli.wording import Command, Option
from unionkg.language import say


@click.command(
    cls=Command,
    help=say(
        "在浏览器中查看图谱：总览、做法、时间线、网络、地图，并可检索、按表单查询；接口说明在 /docs，不联网也能用。Ctrl-C 结束。"
        "默认只读，只有本机能访问；加 --edit 后可以在页面上复核、裁定谁是谁。"
        "监听其他地址时，环境变量 UNIONKG_TOKEN 中要有令牌，每个请求都要带上它；浏览器第一次打开时在网址后加 ?token=令牌（在终端中启动时会显示整个网址）。",
        "Show the graph in a browser: overview, practices, timeline, network, map, with search and questions as forms; "
        "the API is described at /docs; no network is needed. Ctrl-C ends it. It only reads, and only this machine may "
        "ask; with --edit people review and judge on the page. Listening to more than this machine needs a token in the environment (UNIONKG_TOKEN), "
        "which every request has to bring; a browser brings it once as ?token=… (a terminal is shown the whole address).",
    ),
)
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="HOST",
    cls=Option,
    show_default=True,
    help=say("监听的地址", "the address to listen to"),
)
@click.option(
    "--port",
    default=8765,
    metavar="PORT",
    cls=Option,
    show_default=True,
    type=click.IntRange(0, 65535),
    help=say("端口（0 表示由系统选）", "the port (0: the system chooses)"),
)
@click.option(
    "--edit",
    is_flag=True,
    help=say(
        "可以在页面上复核和裁定（写入工作区）", "take decisions from the page (they are written to the workspace)"
    ),
)
@click.option("--open", "open_page", is_flag=True, help=say("在浏览器中打开", "open it in the browser"))
@workspace_options
def serve(host: str, port: int, edit: bool, open_page: bool, workspace: Path | None, store: str | None) -> None:
    """Serve the workspace until Ctrl-C."""
    from unionkg import serving
    from unionkg.serving_address import TOKEN

    def noted(line: str) -> None:
        click.echo(line, err=True)

    # What is no terminal is a log, which others read; and who watches the processes of this machine sees what is opened.
    terminal = sys.stderr.isatty()

    def told(address: str, login: str) -> None:
        shown = login if terminal else ""
        hidden = ""
        if login and not terminal:
            hidden = say(
                f"（在浏览器中第一次打开时加上 ?token=令牌，令牌见环境变量 {TOKEN}）",
                f" (in a browser add ?token= with the token of {TOKEN} once)",
            )
        noted(
            say(
                f"在浏览器中打开 {address}{shown}{hidden}，接口说明 {address}docs{editing}，按 Ctrl-C 结束",
                f"serving {address}{shown}{hidden}, described at {address}docs{editing}; Ctrl-C ends it",
            )
        )
        if open_page:
            click.launch(f"{address}{shown}")

    editing = say("，可以裁定", ", taking decisions") if edit else ""
    serving.serve(open_existing(workspace, store), host, port, told=told, noted=noted, edit=edit)
    noted(say("已结束", "ended"))
