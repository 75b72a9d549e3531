"""diffusion reuse: pairs of accounts that share wording beyond set phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.diffusion import quoted
from unionkg.cli.options import format_option, open_existing, output_option, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command, Option
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.reuse_of_accounts import Passage, Shared

_COLUMNS = {
    "pair": "第几对",
    "score": "分值：扣除套话后相同文字的分量",
    "tokens": "相同的字数",
    "side": "哪一篇",
    "case": "案例",
    "union": "案例的工会",
    "document": "文献",
    "published": "刊印时间",
    "page": "页",
    "line": "行",
    "quote": "原文",
    "earlier": "哪一篇先刊印",
    "possibly_same": "可能是同一则的两处刊印",
}


@click.command(
    "reuse",
    cls=Command,
    help=say(
        "哪些案例的文字相互沿用：扣除公文套话，同一则的几处刊印不算。一对两行，各有出处。只列出，不存入图。",
        "Accounts that share wording beyond set phrases; printings of one account are no pair. Two rows a pair, each with "
        "its place. Shown only, not stored.",
    ),
)
@click.option(
    "--least",
    type=click.FloatRange(8),
    default=25.0,
    show_default=True,
    cls=Option,
    metavar="SCORE",
    help=say(
        "最低分值，约等于别处没有的相同文字的字数", "score from which on: about so many characters that nobody else has"
    ),
)
@workspace_options
@format_option
@output_option
def show_reuse(least: float, workspace: Path | None, store: str | None, form: str | None, output: Path | None) -> None:
    """Print two rows for each pair of accounts."""
    from unionkg.graph.analysis import extra
    from unionkg.graph.analysis.reuse_of_accounts import reuse
    from unionkg.graph.corpus import text_of, titled_texts

    extra.require()
    kg = open_existing(workspace, store)
    projection = kg.projection()
    found = reuse(projection, lambda document: text_of(kg.workspace, document), least)
    accounts = {
        node.properties["account"] for g in projection.documents for node in g.nodes if node.label == "PracticeCase"
    }
    notes = _notes(found, len(accounts), least)
    print_rows(tuple(_COLUMNS), list(_rows(found, titled_texts(kg.workspace))), form, output, _COLUMNS, notes)
    for note in notes:
        click.echo(note, err=True)


def _rows(found: Sequence[Shared], text: quoted.Texts) -> Iterator[tuple[Any, ...]]:
    for number, shared in enumerate(found, 1):
        for side, passage in (("left", shared.left), ("right", shared.right)):
            yield (
                number,
                round(shared.score, 1),
                shared.tokens,
                side,
                passage.case,
                list(passage.unions),
                *_place(passage, text),
                shared.earlier,
                shared.possibly_same,
            )


def _place(passage: Passage, text: quoted.Texts) -> tuple[object, ...]:
    title, page, line, words = quoted.place(passage.document, (passage.quote,), (passage.start,), text)
    return title, passage.published, page, line, words


def _notes(found: Sequence[Shared], accounts: int, least: float) -> list[str]:
    dated = sum(shared.earlier is not None for shared in found)
    return [
        say(
            f"案例 {accounts} 则，分值不低于 {least:g} 的 {len(found)} 对，其中 {dated} 对由刊印时间可知先后",
            f"{accounts} accounts, {len(found)} pairs that score {least:g} or more; of {dated} the dates of publication tell which is earlier",
        ),
        say(
            "文字相同说明有共同来源或一方见过另一方，不说明谁学谁；法规原文、会议名称也会相同，请看原文",
            "shared words tell of a common source or of one text known to the other, not who learned from whom; "
            "laws and names of meetings may be quoted by both: read the quotes",
        ),
    ]
