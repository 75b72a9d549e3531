"""resolve, and its list|show|same|different|undecided|undo."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from unionkg.cli.options import (
    by_option,
    decider,
    format_option,
    open_existing,
    refuse_before_command,
    why_option,
    workspace_options,
)
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command, Group
from unionkg.language import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unionkg.knowledge_graph import KnowledgeGraph
    from unionkg.resolving import Appearance, Side

_KINDS = ("union", "organization", "practice", "person", "policy", "platform", "award", "case")


@click.group(
    cls=Group,
    invoke_without_command=True,
    help=say(
        "谁是谁：在终端里逐对裁定；list 列出可能是同一个的，show 看两者的原文，same、different、undecided 裁定，undo 撤销。",
        "Who is who: pair by pair in a terminal; list pairs that may be one, show both with their sentences, judge them, undo.",
    ),
)
@by_option
@workspace_options
@click.pass_context
def resolve(ctx: click.Context, by: str | None, workspace: Path | None, store: str | None) -> None:
    """Who is who."""
    if ctx.invoked_subcommand is not None:
        refuse_before_command(ctx)
        return
    kg = open_existing(workspace, store)
    if sys.stdin.isatty() and sys.stdout.isatty():
        _go_through(kg, decider(by))
    else:
        _print_pairs(kg, None, None, judged=False)


#: The key for each judgement of a walk.
_KEYS: dict[str, Literal["same", "different", "undecided"]] = {"s": "same", "d": "different", "u": "undecided"}


def _go_through(kg: KnowledgeGraph, by: str) -> None:
    """Show one pair after the other and ask; every judgement is written at once, the graph is brought up on leaving."""
    from unionkg.errors import InputError
    from unionkg.resolving import judge

    todo = kg.pairs()
    written = 0
    try:
        for number, pair in enumerate(todo, 1):
            click.echo(f"{number}/{len(todo)}  {_kind(pair.kind)}  {_reason(pair.reason)}  {pair.score}\n")
            for side, places in kg.appearances(pair.first.id, pair.other.id):
                _print_side(side, places)
            asked = say(
                "s 同一个  d 不是  u 定不下来  回车 以后再看  q 退出",
                "s same  d different  u undecided  Enter later  q quit",
            )
            key = click.prompt(asked, default="", show_default=False, prompt_suffix=" > ").strip().lower()
            if key == "q":
                break
            if key in _KEYS:
                try:
                    judge(kg.workspace, _KEYS[key], (pair.first.id, pair.other.id), by, "")
                    written += 1
                except InputError as error:  # an earlier judgement stands against it: the next pair may be clear
                    click.echo(str(error), err=True)
        else:
            click.echo(say("没有别的要裁定了", "nothing else to judge"))
    except click.Abort:
        click.echo()
    finally:
        click.echo(say(f"写下 {written} 条裁定", f"{written} judgements written"), err=True)
        if written:
            kg.update()


@resolve.command("list", help=say("列出可能是同一个的，最像的在前。", "List pairs that may be one, the likest first."))
@click.option(
    "--kind", type=click.Choice(_KINDS), help=say("只列一类（case 为案例）", "only of one kind (case: accounts)")
)
@click.option(
    "--all",
    "judged",
    is_flag=True,
    help=say("连同已裁定的和无需裁定的", "judged ones too, and those that need no judging"),
)
@workspace_options
@format_option
def list_pairs(kind: str | None, judged: bool, workspace: Path | None, store: str | None, form: str | None) -> None:
    """List the pairs to look at."""
    _print_pairs(open_existing(workspace, store), kind, form, judged=judged)


def _print_pairs(kg: KnowledgeGraph, kind: str | None, form: str | None, *, judged: bool) -> None:
    found = kg.pairs(kind, judged=judged)
    columns = ["pair", "kind", "score", "reason", "first", "first_place", "other", "other_place", "judgement"]
    rows: list[list[object]] = [
        [
            pair.id,
            _kind(pair.kind),
            pair.score,
            _reason(pair.reason),
            pair.first.name,
            pair.first.place,
            pair.other.name,
            pair.other.place,
            pair.judgement.decision if pair.judgement else None,
        ]
        for pair in found
    ]
    if form != "table" and not (form is None and sys.stdout.isatty()):  # a terminal has no room for the ids
        columns += ["first_id", "other_id"]
        rows = [[*row, pair.first.id, pair.other.id] for row, pair in zip(rows, found, strict=True)]
    print_rows(columns, rows, form)
    if not found:
        click.echo(say("没有待裁定的", "nothing to judge"), err=True)


@resolve.command(
    "show",
    help=say(
        "看两者的原文：给出 list 中一对的编号，或两个编号、名称。",
        "Show where both are named: the id of a pair in the list, or two ids or names.",
    ),
)
@click.argument("given", nargs=-1, required=True, metavar="PAIR | A B…")
@workspace_options
@format_option
def show_pair(given: tuple[str, ...], workspace: Path | None, store: str | None, form: str | None) -> None:
    """Show both with their evidence."""
    found = open_existing(workspace, store).appearances(*given)
    if form is None and sys.stdout.isatty():
        for side, places in found:
            _print_side(side, places)
        return
    rows = [
        (side.id, side.name, one.name, one.field, one.document, one.case, s.line, s.page, s.text())
        for side, places in found
        for one in places
        for s in one.sentences
    ]
    print_rows(("id", "name", "printed", "field", "document", "case", "line", "page", "sentence"), rows, form)


def _print_side(side: Side, places: Sequence[Appearance]) -> None:
    click.echo(f"{side.name}  {side.place}\n{side.id}")
    for one in places:
        click.echo(f"  {one.document} · {one.case}")
        for sentence in one.sentences:
            place = say(f"第 {sentence.line} 行", f"line {sentence.line}") if sentence.line else ""
            click.echo(f"    {place}  {sentence.text()}")
    click.echo()


def _judging(decision: Literal["same", "different", "undecided", "undo"], zh: str, en: str) -> Callable[..., None]:
    """The command of one judgement."""

    @resolve.command(decision, cls=Command, help=say(zh, en))
    @click.argument("given", nargs=-1, required=True, metavar="PAIR | A B…")
    @by_option
    @why_option
    @workspace_options
    def command(given: tuple[str, ...], by: str | None, why: str, workspace: Path | None, store: str | None) -> None:
        made, new = open_existing(workspace, store).judge(decision, *given, by=decider(by), why=why)
        told = " ".join(made.ids)
        if new:
            click.echo(say(f"已记下：{_decision(decision)}  {told}", f"noted: {decision}  {told}"), err=True)
        else:
            click.echo(
                say(f"早已如此裁定（{made.by}，{made.at}）", f"judged so already ({made.by}, {made.at})"), err=True
            )

    return command


_judging("same", "裁定它们是同一个；第一个代表其余。", "Judge them to be one; the first named stands for all.")
_judging("different", "裁定它们不是同一个。", "Judge them to be different.")
_judging("undecided", "看过了，定不下来；不再列出。", "Looked at and left open; not listed any more.")
_judging("undo", "撤销对它们的最近一次裁定。", "Take back the latest judgement on them.")


def _decision(decision: str) -> str:
    return {"same": "同一个", "different": "不是同一个", "undecided": "未定", "undo": "撤销"}[decision]


def _kind(kind: str) -> str:
    zh = {
        "union": "工会",
        "organization": "单位",
        "practice": "做法",
        "person": "人物",
        "policy": "文件",
        "platform": "平台",
        "award": "荣誉",
        "case": "案例",
    }
    return say(zh[kind], kind)


def _reason(reason: str) -> str:
    told = {
        "merged_region": ("地区合并", "merged region"),
        "place_open": ("一方未写明地区", "one leaves its place open"),
        "same_name": ("同名", "same name"),
        "short_form": ("像是简称", "short form"),
        "same_core": ("主干相同", "same core"),
        "variant": ("写法相近", "spelt alike"),
        "same_account.text": ("文字相同", "same sentences"),
        "same_account.facts": ("事实相同", "same facts"),
        "judged": ("人工提出", "named by a person"),
    }
    return say(*told[reason])
