"""view network."""

from __future__ import annotations

from pathlib import Path

import click

from unionkg.cli.options import open_existing, output_file, required_output, workspace_options
from unionkg.cli.wording import Group
from unionkg.language import say


@click.group(cls=Group, help=say("生成网页图：network 网络图。", "Make pages: network."))
def view() -> None:
    """Make pages."""


@view.command(
    "network",
    help=say("网络图：一个不联网也能打开的网页文件。", "The network as one page that opens without a network."),
)
@required_output(say("网页文件", "the page"))
@workspace_options
def network(output: Path, workspace: Path | None, store: str | None) -> None:
    """Write the network page."""
    kg = open_existing(workspace, store)
    drawn = kg.view_network(output_file(output))
    click.echo(
        say(
            f"{output}：{drawn.nodes} 个节点，{drawn.edges} 条关系",
            f"{output}: {drawn.nodes} nodes, {drawn.edges} edges",
        ),
        err=True,
    )
