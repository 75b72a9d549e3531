"""Click's own words in the user's language: usage, headings of the help, and what it says of a wrong argument."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

import click

from unionkg.language import say


class Option(click.Option):
    """An option whose help marks defaults and what is required in the user's language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help, as click makes it."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        names, told = record
        text, bracket, marks = told.rpartition("  [")
        if not bracket:
            return record
        marks = marks.replace("default: ", say("默认 ", "default: ")).replace("required", say("必填", "required"))
        return names, text + bracket + marks


class Command(click.Command):
    """A command that speaks the user's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", say("[选项]", "[OPTIONS]"))
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of the usage."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with their help."""
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _help_option(super().get_help_option(ctx))


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", say("[选项]", "[OPTIONS]"))
        kwargs.setdefault("subcommand_metavar", say("命令 [参数]…", "COMMAND [ARGS]..."))
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of the usage."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with their help, then the commands."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with the first sentence of their help."""
        write_commands(
            [(name, self.commands[name].get_short_help_str(formatter.width)) for name in self.list_commands(ctx)],
            formatter,
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a suggestion for a misspelt command."""
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            near = difflib.get_close_matches(args[0], known, n=2)
            hint = say("；是不是 ", "; did you mean ") + ", ".join(near) + "?" if near else ""
            raise click.UsageError(say(f"没有命令 {args[0]}", f"no command {args[0]}") + hint, ctx)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        return _help_option(super().get_help_option(ctx))


def write_commands(rows: Sequence[tuple[str, str]], formatter: click.HelpFormatter) -> None:
    """The section of a help that lists commands."""
    with formatter.section(say("命令", "Commands")):
        formatter.write_dl(rows)


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = command.collect_usage_pieces(ctx)
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("用法：", "Usage: "))


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [p for p in command.get_params(ctx) if isinstance(p, click.Option)]
    records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
    if records:
        with formatter.section(say("选项", "Options")):
            formatter.write_dl(records)


def _help_option(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("显示本帮助", "Show this message and exit.")
    return option


def told(error: click.ClickException) -> str:
    """What click says of wrong arguments, in the user's language."""
    match error:
        case click.NoSuchOption():
            near = (
                say("；是不是 ", "; did you mean ") + ", ".join(error.possibilities) + "?"
                if error.possibilities
                else ""
            )
            return say(f"没有选项 {error.option_name}", f"no option {error.option_name}") + near
        case click.MissingParameter():
            name = _called(error.param) if error.param is not None else str(error.param_hint)
            return say(f"缺少 {name}", f"{name} is missing")
        case click.BadOptionUsage():
            return say(f"选项 {error.option_name} 的写法不对：缺少值，或不该带值", error.format_message())
        case click.BadParameter():
            return _bad_parameter(error)
        case click.FileError():
            return say(f"文件打不开：{error.ui_filename}", error.format_message())
        case click.UsageError() if error.message.startswith("Got unexpected extra argument"):
            # Click has no class for it; what it names stands in brackets at the end.
            extra = error.message.partition("(")[2].rstrip(")")
            return say(f"多余的参数：{extra}", error.message)
        case click.UsageError() if error.message == "Missing command.":
            return say("缺少命令", "a command is missing")
    return error.format_message()


def _called(parameter: click.Parameter) -> str:
    """How a parameter is written: ``-o/--output``, or an argument's name."""
    if isinstance(parameter, click.Option):
        return "/".join(sorted(parameter.opts, key=len))
    return parameter.human_readable_name


def _bad_parameter(error: click.BadParameter) -> str:
    """A value that an option or argument does not take, and those that it takes."""
    name = "/".join(error.param.opts) if error.param is not None else str(error.param_hint)
    wanted = error.param.type if error.param is not None else None
    match wanted:
        case click.Choice():
            return say(f"{name} 只能是：{'、'.join(map(str, wanted.choices))}", error.format_message())
        case click.IntRange():
            return say(f"{name} 应为 {wanted.min} 到 {wanted.max} 之间的整数", error.format_message())
        case click.Path():
            return say(f"{name} 不是可用的文件或文件夹路径", error.format_message())
    return say(f"{name} 的值不对", error.format_message())
