"""Tables of spread with the sentences behind each row, printed as the answers of queries are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.output import print_rows
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph

Meanings = Mapping[str, tuple[str, str]]
"""What columns mean, in Chinese and English, by name."""
UNIT: Meanings = {
    "practice_type": ("做法类型", "practice type"),
    "unit": ("单位", "union or region"),
    "level": ("层级", "its level"),
    "region": ("所在地区：工会的所在地，地区的所属省份", "where the union is based; the province of a region"),
}
"""Whose adoption of what a row is."""
BOUNDS: Meanings = {
    "not_before": ("不早于", "lower bound; none for those known only by a date"),
    "not_after": ("不晚于", "upper bound"),
}
"""Between when and when it lies."""
CENSORING: Meanings = {
    "censoring": ("删失", "exact: stated within a year; interval; left: only known by a date; undated"),
}


def print_table(
    kg: KnowledgeGraph,
    question: tuple[str, str],
    meanings: Meanings,
    rows: Sequence[tuple[Any, ...]],
    notes: Sequence[str],
    *,
    asked: Mapping[str, Any],
    evidence: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """Print rows, each with a list of statements behind its columns; what has to be said with them goes to stderr."""
    from unionkg.graph.stores.protocol import Rows
    from unionkg.queries.answers import about, answer, footer
    from unionkg.queries.library import Column, Query

    columns = tuple(Column(name, zh, en) for name, (zh, en) in meanings.items())
    query = Query("diffusion", *question, (), columns, "", "", "")
    found = answer(query, dict(asked), Rows((*meanings, "evidence"), list(rows)), {}, notes)
    shown = kg.with_evidence(found) if evidence else found
    told = footer(found)
    print_rows(shown.columns, shown.rows, form, output, query.meanings, about(query, asked, told))
    for note in told:
        click.echo(note, err=True)
    if any(found.evidence) and not evidence:
        click.echo(say("加上 --evidence 显示出处", "--evidence shows the sources"), err=True)


def evidence_option(command: Any) -> Any:
    """``--evidence``: where each row comes from."""
    return click.option(
        "--evidence",
        is_flag=True,
        help=say("每行加上文献、页、行号和原文", "add document, page, line and quote to each row"),
    )(command)
