"""search: names, aliases, titles, quotes and full text."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unionkg.cli.options import format_option, open_existing, output_option, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command, Option
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.queries.search import Count, Found, Hit

_COLUMNS = ("id", "label", "name", "matched", "document", "line")
_FIELDS = {
    "name": ("名称", "name"),
    "alias": ("别名", "another name"),
    "pinyin": ("拼音", "pinyin"),
    "quote": ("引文", "quote"),
    "text": ("全文", "text"),
}


@click.command(
    cls=Command,
    help=say(
        "按名称、别名、拼音（gucun、gc）、引文和全文查找。几个词用空格分开，都要出现；加引号的是一个整体。"
        "没有找到时给出相近的名称，退出码仍是 0。",
        "Find by name, alias, pinyin (gucun, gc), quote and full text. Several words, separated by blanks, must all occur; "
        "quotation marks keep a phrase together. Where nothing is found near names are shown; the exit code is still 0.",
    ),
)
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--label",
    metavar="LABEL",
    help=say("只要一类：案例、工会组织、做法……（或 PracticeCase 等）", "only one kind: PracticeCase, TradeUnion …"),
)
@click.option(
    "--region",
    metavar="REGION",
    help=say(
        "只要一个地区（含下级和并入的区划）：宝山区、浙江、310113",
        "only a region, with everything below it and what became part of it: 宝山区, 浙江, 310113",
    ),
)
@click.option("--theme", metavar="THEME", help=say("只要一个领域", "only one theme"))
@click.option(
    "--year",
    metavar="YEAR",
    help=say("只要一年或几年：2017、2015..2019、..2019", "only a year, or several: 2017, 2015..2019, ..2019"),
)
@click.option(
    "--limit",
    metavar="N",
    cls=Option,
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help=say("最多列出几条", "list at most so many"),
)
@workspace_options
@format_option
@output_option
def search(
    text: tuple[str, ...],
    label: str | None,
    region: str | None,
    theme: str | None,
    year: str | None,
    limit: int,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Search the workspace."""
    from unionkg.queries.search import alone, near_names

    graph = open_existing(workspace, store)
    words = " ".join(text)
    found = graph.search(words, limit, label=label, region=region, theme=theme, year=year)
    if output is None and (form == "table" or (form is None and sys.stdout.isatty())):
        for number, hit in enumerate(found, 1):
            click.echo(_listed(number, hit))
    elif form == "json" or (form is None and (output is None or output.suffix == ".json")):
        rows = [(*_place(hit), hit.snippet.text, [list(mark) for mark in hit.snippet.marks]) for hit in found]
        print_rows((*_COLUMNS, "snippet", "marks"), rows, form, output)
    else:
        print_rows((*_COLUMNS, "snippet"), [(*_worded(hit), hit.snippet.marked()) for hit in found], form, output)
    if found.total:
        _tell_facets(found)
        return
    narrowed = any(given is not None for given in (label, region, theme, year))
    index = graph.search_index()
    near = () if narrowed else near_names(index, words)
    _tell_nothing(words, near, {} if narrowed else alone(index, words))


def _place(hit: Hit) -> tuple[str | int | None, ...]:
    return hit.id, hit.label, hit.name, hit.matched, hit.document, hit.line


def _worded(hit: Hit) -> tuple[str | int | None, ...]:
    return hit.id, hit.label, hit.name, say(*_FIELDS[hit.matched]), hit.document, hit.line


def _listed(number: int, hit: Hit) -> str:
    """A hit in a terminal: what it is and where, below it the words."""
    from unionkg.ontology.model import schema

    kind = schema().nodes[hit.label]
    place = ""
    if hit.line:
        place = say(
            f"  《{hit.document or hit.name}》第 {hit.line} 行", f"  {hit.document or hit.name}, line {hit.line}"
        )
    shown = hit.snippet.marked()
    head = f"{number:>3}. {say(kind.zh, kind.en)}  {hit.name}{place}  {hit.id}"
    return f"{head}\n     {say(*_FIELDS[hit.matched])}{say('：', ': ')}{shown}"


def _tell_facets(found: Found) -> None:
    comma = say("、", ", ")

    def told(counts: tuple[Count, ...]) -> str:
        return comma.join(f"{count.name} {count.count}" for count in counts)

    total = say(f"共 {found.total} 条", f"{found.total} hits")
    if found.total > len(found):
        total += say(f"，列出前 {len(found)} 条", f", the first {len(found)} are listed")
    click.echo(total, err=True)
    if sys.stderr.isatty():
        facets = found.facets
        for name, counts in (
            (say("类别", "kinds"), facets.label),
            (say("地区", "regions"), facets.region),
            (say("领域", "themes"), facets.theme),
            (say("年份", "years"), facets.year),
        ):
            if counts:
                click.echo(f"{name}{say('：', ': ')}{told(counts)}", err=True)


def _tell_nothing(text: str, near: tuple[str, ...], words: Mapping[str, int]) -> None:
    """``words`` are those searched for, with the hits of each by itself; none where the search was narrowed."""
    comma = say("、", ", ")
    told = say(f"没有找到：{text}", f"nothing found: {text}")
    if len(words) > 1:
        counts = comma.join(f"{word} {hits}" for word, hits in words.items())
        told += say(f"（各词单独：{counts}）", f" (each by itself: {counts})")
    click.echo(told, err=True)
    if near:
        click.echo(say("相近的名称：", "near names: ") + comma.join(near), err=True)
    elif not words:
        click.echo(
            say("去掉 --label、--region、--theme 或 --year 再试", "try without --label, --region, --theme or --year"),
            err=True,
        )
    elif len(words) > 1:
        click.echo(say("少用一个词再试", "try fewer words"), err=True)
    else:
        click.echo(say("换一个短些的词再试", "try a shorter word"), err=True)
