"""Write docs/reference/commands.md from the commands' own help, in English."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["UNIONKG_LANG"] = "en"

import click

from unionkg.cli.main import COMMANDS, cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"


def reference() -> str:
    """The page's text."""
    lines = ["# Commands", "", "Made from the commands' own help by `scripts/command_reference.py`.", ""]
    context = click.Context(cli, info_name="unionkg", terminal_width=100)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        lines += _section(command, f"unionkg {name}", context, 2)
    return "\n".join(lines)


def _section(command: click.Command, path: str, parent: click.Context, level: int) -> list[str]:
    context = click.Context(command, info_name=path.split()[-1], parent=parent, terminal_width=100)
    lines = [f"{'#' * level} `{path}`", "", "```text", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            lines += _section(below, f"{path} {name}", context, level + 1)
    return lines


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
