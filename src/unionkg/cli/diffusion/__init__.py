"""diffusion: how practices spread. One module a command."""

from __future__ import annotations

import click

from unionkg.cli.lazy import LazyGroup
from unionkg.language import say

COMMANDS = {
    "infer": ("infer", "infer_ties", "推断先后关联（非影响）", "Infer who tends to come before whom"),
}


@click.group(
    cls=LazyGroup,
    package="unionkg.cli.diffusion",
    listed=COMMANDS,
    help=say("做法怎样传开。", "How practices spread."),
)
def diffusion() -> None:
    """How practices spread."""
