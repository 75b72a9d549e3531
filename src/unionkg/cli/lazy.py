"""A group of commands that are imported when they are called, so that ``--help`` answers at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from unionkg.cli.wording import Group, write_commands
from unionkg.language import say


class LazyGroup(Group):
    """A group that knows its commands' names and help without importing them.

    ``listed``: command -> (module of ``package``, attribute, help in Chinese, help in English), in the order shown.
    """

    def __init__(self, *args: Any, package: str, listed: Mapping[str, tuple[str, str, str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self._package, self._listed = package, listed

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """The names, in the order in which a newcomer needs them."""
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command's module and return the command."""
        if cmd_name not in self._listed:
            return None
        module, attribute, *_ = self._listed[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"{self._package}.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands with their help."""
        write_commands([(name, say(zh, en)) for name, (_, _, zh, en) in self._listed.items()], formatter)
