"""Options that many commands share, each defined once."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.wording import Option
from unionkg.errors import InputError, UnionkgError
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph

Command = Callable[..., Any]


def store_option(command: Command) -> Command:
    """``--store``, from the environment too."""
    return click.option(
        "--store",
        envvar="UNIONKG_STORE",
        metavar="STORE",
        help=say(
            "embedded，或 Neo4j 地址 neo4j://主机:7687（密码取自环境变量 NEO4J_PASSWORD）",
            "embedded, or a Neo4j address neo4j://host:7687 (password from NEO4J_PASSWORD)",
        ),
    )(command)


def workspace_options(command: Command) -> Command:
    """``--workspace`` and ``--store``, from the environment too."""
    return click.option(
        "--workspace",
        "-w",
        envvar="UNIONKG_WORKSPACE",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=say(
            "工作区文件夹（默认：最近的含 unionkg.toml 的上级文件夹）",
            "the workspace (default: nearest parent with unionkg.toml)",
        ),
    )(store_option(command))


def format_option(command: Command) -> Command:
    """``--format table|json|csv|md|xlsx``; by default a table in a terminal, JSON in a pipe."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv", "md", "xlsx"]),
        default=None,
        help=say("输出格式（终端默认 table，管道默认 json）", "output format (table in a terminal, json in a pipe)"),
    )(command)


def output_option(command: Command) -> Command:
    """``-o FILE``: rows into a file, whose suffix names the format."""
    return click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help=say("写入文件（后缀 xlsx、csv、json 或 md）", "write to a file (suffix xlsx, csv, json or md)"),
    )(command)


#: What a user may write for each audience.
_AUDIENCES = {"内部": "internal", "internal": "internal", "公开": "public", "public": "public"}


def audience_option(command: Command) -> Command:
    """``--audience 内部|公开``: for whom it is made; the command is given ``internal`` or ``public``."""
    return click.option(
        "--audience",
        type=click.Choice(list(_AUDIENCES)),
        default="内部",
        metavar=say("内部|公开", "internal|public"),
        callback=lambda _ctx, _parameter, value: _AUDIENCES[value],
        help=say(
            "给谁看：内部（默认），或 公开（不含人名和内部资料，引文限长）",
            "for whom: internal (default), or public (no persons' names, nothing internal, quotes shortened)",
        ),
    )(command)


def refuse_before_command(ctx: click.Context) -> None:
    """Refuse options that stand before a command of a group: they belong to the group alone, and would count for nothing."""
    for parameter in ctx.command.params:
        if ctx.get_parameter_source(str(parameter.name)) is click.core.ParameterSource.COMMANDLINE:
            option = max(parameter.opts, key=len)
            raise click.UsageError(
                say(
                    f"{option} 要写在 {ctx.invoked_subcommand} 后面",
                    f"{option} has to stand behind {ctx.invoked_subcommand}",
                ),
                ctx,
            )


def required_output(told: str) -> Callable[[Command], Command]:
    """``--output`` of a command that only makes a file; ``told`` says which."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        required=True,
        cls=Option,
        metavar="FILE",
        help=told,
    )


def output_file(path: Path) -> Path:
    """A path to write to, refused where it is one of the workspace's own files."""
    from unionkg import workspace as workspaces
    from unionkg.errors import InputError

    target = path.resolve()
    if workspaces.is_own(target) or target.name == workspaces.MARKER:
        raise InputError(
            say("这是工作区自己的文件，不能写入", "this is a file of the workspace's own"),
            where=path,
            hint=say("换一个文件名", "name another file"),
        )
    return path


def open_existing(workspace: Path | None, store: str | None) -> KnowledgeGraph:
    """The workspace that a command works on; WorkspaceError where there is none."""
    from unionkg import workspace as workspaces
    from unionkg.knowledge_graph import open_graph

    found = workspaces.require(workspace)
    return open_graph(found.root, store=store)


def open_or_create(workspace: Path | None, store: str | None) -> KnowledgeGraph:
    """As `open_existing`, but a folder that is no workspace becomes one, and the user is told."""
    from unionkg import workspace as workspaces
    from unionkg.knowledge_graph import open_graph

    found = workspaces.find(workspace)
    if found is None:
        found = workspaces.create(workspace or Path.cwd())
        click.echo(say(f"新建工作区：{found.root}", f"new workspace: {found.root}"), err=True)
    return open_graph(found.root, store=store)


@contextmanager
def input_file(path: Path) -> Iterator[Path]:
    """A file that a user named, ``-`` meaning stdin; errors name the place as the user did.

    Raises
    ------
    InputError
        The file is missing.
    """
    if str(path) != "-":
        if not path.is_file():
            raise InputError(say("找不到这个文件", "no such file"), where=path)
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "stdin"
        copy.write_bytes(sys.stdin.buffer.read())
        try:
            yield copy
        except UnionkgError as error:
            error.where = error.where and error.where.replace(str(copy), "-")
            raise


def by_option(command: Command) -> Command:
    """``--by``: who decides, from the environment too."""
    return click.option(
        "--by",
        envvar="UNIONKG_BY",
        metavar="NAME",
        help=say("谁作的裁定（默认取登录名）", "who decides (default: the name you are logged in with)"),
    )(command)


def why_option(command: Command) -> Command:
    """``--why``: for what reason."""
    return click.option("--why", default="", metavar="TEXT", help=say("理由", "the reason"))(command)


def decider(by: str | None) -> str:
    """Who decides: as ``--by`` says, else the name of the login."""
    from unionkg.reviewing import reviewer

    return by or reviewer(os.environ)
