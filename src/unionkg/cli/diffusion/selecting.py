"""Which practice type an analysis is about, as people name it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from unionkg.errors import QueryError
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph

Command = Callable[..., Any]


def practice_type_option(command: Command) -> Command:
    """``--practice-type``: one practice type; without it all."""
    return click.option(
        "--practice-type",
        metavar="TYPE",
        help=say("只看这一类做法（默认各类都看）", "only this practice type (default: all)"),
    )(command)


def named_practice_type(kg: KnowledgeGraph, given: str | None) -> str | None:
    """The Chinese label of a practice type given by label, alias or key.

    Raises
    ------
    QueryError
        There is none (near ones are named), or it is routine: of what every union does no spread is asked.
    """
    from unionkg.ontology.vocabulary import terms
    from unionkg.queries.library import Parameter, Query
    from unionkg.queries.parameters import bind

    if given is None:
        return None
    wanted = Parameter("practice_type", "string", "做法类型", "practice type", values="practice_types")
    asked = Query("diffusion", "", "", (wanted,), (), "", "", "")
    name = str(bind(asked, {"practice_type": given}, kg.workspace.vocabularies)["practice_type"])
    known = terms("practice_types", kg.workspace.vocabularies / "practice_types.csv")
    if any(term.zh == name and term.fields.get("routine") == "yes" for term in known):
        raise QueryError(
            say(
                f"“{name}”是各级工会的常规工作，不问先后，也没有扩散可言",
                f"{name} is what every union does: no order and no spread is asked of it",
            )
        )
    return name
