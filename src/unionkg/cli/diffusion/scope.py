"""What an analysis of spread is of: which units, at which level, in which years."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.wording import Option
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph

Command = Callable[..., Any]


def unit_option(command: Command) -> Command:
    """``--unit``: whose adoption it is."""
    return click.option(
        "--unit",
        type=click.Choice(["union", "county", "prefecture", "province"]),
        default="union",
        show_default=True,
        cls=Option,
        help=say("单位：工会，或县级、地级、省级地区", "whose adoption: unions, or regions of a level"),
    )(command)


def level_option(command: Command) -> Command:
    """``--level``: unions of one level only."""
    return click.option(
        "--level",
        metavar="LEVEL",
        help=say("只算这一层级的工会（如 区县），单位为工会时可用", "only unions of this level, such as county"),
    )(command)


def years_option(command: Command) -> Command:
    """``--years``: a window of years."""
    return click.option(
        "--years", metavar="A..B", help=say("年份或区间，如 2010..2020", "a year or years, such as 2010..2020")
    )(command)


def least_option(command: Command) -> Command:
    """``--least``: the smallest cascade that counts."""
    return click.option(
        "--least",
        type=click.IntRange(1),
        default=1,
        show_default=True,
        cls=Option,
        metavar="N",
        help=say("采用单位不足 N 个的做法类型不列", "leave out practice types that fewer units adopted"),
    )(command)


def chosen(kg: KnowledgeGraph, unit: str, level: str | None, years: str | None) -> tuple[str | None, tuple[int, int]]:
    """The key of a level and the first and last year, from what was typed.

    Raises
    ------
    QueryError
        There is no such level, or these are no years.
    """
    from unionkg.queries.library import Parameter, Query
    from unionkg.queries.parameters import bind

    if level is not None and unit != "union":
        raise click.UsageError(
            say(
                "--level 只用于 --unit union；地区的层级由 --unit 定",
                "--level is of unions; of regions --unit is the level",
            )
        )
    wanted = (
        Parameter("level", "string", "层级", "level", values="union_levels.key", optional=True),
        Parameter("years", "years", "年份", "years", default=".."),
    )
    asked = Query("diffusion", "", "", wanted, (), "", "", "")
    bound = bind(asked, {"level": level, "years": years}, kg.workspace.vocabularies)
    first, last = bound["years"]
    return bound["level"], (first, last)
