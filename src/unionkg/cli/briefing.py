"""brief: what is known of a topic, as a Word file to hand in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unionkg.cli.options import audience_option, open_existing, output_file, required_output, workspace_options
from unionkg.cli.wording import Command
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.audience import Audience
    from unionkg.viz.briefing.topic import Kind

#: What a user may write for each kind of topic.
_KINDS: dict[str, Kind] = {
    "practice": "practice",
    "theme": "theme",
    "group": "group",
    "region": "region",
    "做法": "practice",
    "领域": "theme",
    "群体": "group",
    "地区": "region",
}


@click.command(
    cls=Command,
    help=say(
        "一个专题的简报：TOPIC 是做法类型、领域、服务对象或地区。写成 Word 文件，每一事实在尾注里有原文。资料里没有时不写文件，退出码 1。",
        "A briefing on TOPIC, a practice type, theme, target group or region: a Word file with the quotes in endnotes. "
        "Where the material has nothing of it no file is written, exit code 1.",
    ),
)
@click.argument("topic", metavar="TOPIC")
@click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    metavar=say("做法|领域|群体|地区", "practice|theme|group|region"),
    help=say("一个名称可以指几种时，指明一种", "which is meant, where a name is of several kinds"),
)
@audience_option
@required_output(say("Word 文件（.docx）", "the Word file (.docx)"))
@workspace_options
def brief(
    topic: str, kind: str | None, audience: Audience, output: Path, workspace: Path | None, store: str | None
) -> None:
    """Write a briefing."""
    kg = open_existing(workspace, store)
    made = kg.brief(topic, output_file(output), kind=_KINDS[kind] if kind else None, audience=audience)
    if not made.accounts:
        near = say("；资料里有的：", "; the material has: ") + say("、", ", ").join(made.near) if made.near else ""
        click.echo(
            say(
                f"资料未见“{made.topic.name}”，没有生成文件{near}",
                f"nothing of {made.topic.name!r}, no file made{near}",
            ),
            err=True,
        )
        click.get_current_context().exit(1)
    click.echo(
        say(
            f"{output}：案例 {made.accounts} 则，文献 {made.documents} 份",
            f"{output}: {made.accounts} accounts from {made.documents} documents",
        ),
        err=True,
    )
