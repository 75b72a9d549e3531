"""view: pages and pictures for planners."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.options import audience_option, open_existing, output_file, required_output, workspace_options
from unionkg.cli.wording import Command, Group
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.audience import Audience
    from unionkg.viz.explorer.data import ViewName


@click.group(
    cls=Group,
    help=say(
        "生成网页：explorer 全部视图；diffusion、map、timeline 各为其中一部分；network 关系全图；poster 一张图。",
        "Make pages: explorer with all views; diffusion, map and timeline each a part of it; network, all relationships; poster.",
    ),
)
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


def _page_command(name: ViewName, zh: str, en: str) -> None:
    """Add a command that writes the explorer page, or a part of it."""

    @view.command(name, cls=Command, help=say(zh, en))
    @click.option(
        "--practice-type",
        metavar="TYPE",
        help=say("只详列用到这类做法的案例", "only accounts of a practice type in full"),
    )
    @click.option("--theme", metavar="THEME", help=say("只详列这一领域的案例", "only accounts of a theme in full"))
    @click.option(
        "--region", metavar="REGION", help=say("只详列这一地区（含下级）的案例", "only accounts of a region in full")
    )
    @audience_option
    @required_output(say("网页文件", "the page"))
    @workspace_options
    def command(
        output: Path,
        audience: Audience,
        workspace: Path | None,
        store: str | None,
        **selection: Any,
    ) -> None:
        about = open_existing(workspace, store).view(name, output_file(output), audience=audience, **selection)
        click.echo(
            say(
                f"{output}：案例 {about['accounts']} 则，详列 {about['kept']} 则",
                f"{output}: {about['accounts']} accounts, {about['kept']} of them in full",
            ),
            err=True,
        )


_page_command(
    "explorer",
    "图谱页：总览、做法类型、层级时间线、关系网络、地图、覆盖情况，一个不联网也能打开的网页文件。",
    "The explorer: overview, practice types, timeline by level, network, map and coverage in one page that opens without a network.",
)
_page_command(
    "diffusion",
    "传播页：做法类型的采用者、曲线、传播关系，层级时间线和关系网络。",
    "Diffusion: adopters, curves and ties of practice types, the timeline by level and the network.",
)
_page_command("map", "地图页：各地最早记载和覆盖情况。", "The map: earliest records by region, and coverage.")
_page_command("timeline", "层级时间线页。", "The timeline by level.")


@view.command(
    "poster",
    help=say(
        "一张图：一类做法的资料汇成一张 A3 横幅，可打印张贴。TYPE 是做法类型。",
        "A poster: all that is known of a practice type on one landscape sheet of A3, to print. TYPE is a practice type.",
    ),
)
@click.argument("practice_type", metavar="TYPE")
@audience_option
@required_output(say("PDF 或 SVG 文件", "a PDF or SVG file"))
@workspace_options
def poster(practice_type: str, output: Path, audience: Audience, workspace: Path | None, store: str | None) -> None:
    """Write a poster."""
    open_existing(workspace, store).view_poster(practice_type, output_file(output), audience=audience)
    click.echo(say(f"已写入 {output}（A3 横向）", f"wrote {output} (A3, landscape)"), err=True)
