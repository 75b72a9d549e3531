"""diffusion modes: in which mode each practice type spread, as far as documents state it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.diffusion import quoted
from unionkg.cli.diffusion.selecting import named_practice_type, practice_type_option
from unionkg.cli.options import format_option, open_existing, output_option, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.modes import TypeModes
    from unionkg.graph.build import Projection

_COLUMNS = {
    "practice_type": "做法类型：案例的主做法属于它",
    "mode": "扩散模式",
    "story": "第几组依据",
    "order": "先后是否确定",
    "step": "环节",
    "union": "案例的工会",
    "relationship": "关系",
    "other": "另一端：原文写法",
    "period": "时间",
    "case": "案例",
    "document": "文献",
    "page": "页",
    "line": "行",
    "quote": "原文",
    "accounts": "案例数",
    "edges": "写明传播的案例数",
    "found": "资料里有什么",
}


@click.command(
    "modes",
    cls=Command,
    help=say(
        "每类做法以什么模式传开（自上而下、吸纳—辐射、同级、先行—跟进、自下而上、试点—推广），只凭文献写明的话，逐条列出；不够的写证据不足。"
        "各模式的判定见 docs/how-to/modes-of-spread.md。",
        "In which mode each practice type spread (top-down, absorption and radiation, between equals, forerunner and follower, "
        "bottom-up, pilot and roll-out), from what documents state and nothing else, statement by statement; where that is too "
        "little it says so. docs/how-to/modes-of-spread.md tells how each is judged.",
    ),
)
@practice_type_option
@workspace_options
@format_option
@output_option
def show_modes(
    practice_type: str | None, workspace: Path | None, store: str | None, form: str | None, output: Path | None
) -> None:
    """Print a row for each statement of each story, or one that says what there is where no mode is supported."""
    from unionkg.graph.analysis import modes
    from unionkg.graph.corpus import titled_texts

    kg = open_existing(workspace, store)
    chosen = named_practice_type(kg, practice_type)
    projection = kg.projection()
    found = modes.modes(projection, chosen, kg.workspace.vocabularies)
    rows = list(_rows(found, titled_texts(kg.workspace)))
    notes = _notes(found, projection, chosen)
    about = [say("做法以什么模式传开", "modes in which practices spread"), *([chosen] if chosen else []), *notes]
    print_rows(tuple(_COLUMNS), rows, form, output, _COLUMNS, about)
    for note in notes:
        click.echo(note, err=True)


def _rows(found: Sequence[TypeModes], text: quoted.Texts) -> Iterator[tuple[Any, ...]]:
    for one in found:
        counted = one.basis.accounts, one.basis.edges
        if not one.findings:
            yield (one.name, "insufficient", *([None] * 12), *counted, _unused([one]) or say("没有写明传播", "none"))
        for number, finding in enumerate(one.findings, 1):
            for step in finding.steps:
                said = list(step.unions), step.relationship, step.other, step.period, step.case
                where = quoted.place(step.document, step.quotes, step.starts, text)
                yield (one.name, finding.mode, number, finding.order, step.role, *said, *where, *counted, None)


def _notes(found: Sequence[TypeModes], projection: Projection, name: str | None) -> list[str]:
    from unionkg.graph.analysis.basis import overall, told

    supported = sum(bool(one.findings) for one in found)
    notes = [
        say(
            f"案例主做法所属的做法 {len(found)} 类（常规工作不计），{supported} 类有模式的依据，其余证据不足",
            f"{len(found)} practice types that accounts have as their main practice (without routine ones), "
            f"{supported} with evidence of a mode",
        ),
        *told(overall(projection, name, main=True)),
    ]
    steps = {step.statement: step for one in found for finding in one.findings for step in finding.steps}
    if steps:
        unreviewed = sum(step.review == "unreviewed" for step in steps.values())
        notes.append(
            say(
                f"依据的陈述 {len(steps)} 条，其中未经复核 {unreviewed} 条",
                f"rests on {len(steps)} statements, {unreviewed} of them not reviewed",
            )
        )
    if any(finding.mode == "forerunner" for one in found for finding in one.findings):
        notes.append(
            say(
                "先行—跟进在这里按行政层级判断；王浦劬、赖先进（2013）按地方的发展先后，资料里没有写明",
                "forerunner and follower are told by administrative level here; Wang and Lai (2013) tell them by how developed "
                "places are, which no document states",
            )
        )
    if left := _unused(found):
        notes.append(say(f"没有成为依据的传播陈述：{left}", f"statements of diffusion that are no evidence: {left}"))
    return notes


def _unused(found: Sequence[TypeModes]) -> str:
    """The statements that support no mode, by relationship and reason, in the user's language."""
    from unionkg.graph.analysis.modes import UNUSED
    from unionkg.queries.wording import worded

    counted: Counter[tuple[str, str]] = Counter()
    for one in found:
        counted.update(one.unused)
    shown = [
        f"{worded(['relationship'], [[kind]])[0][0]} {count}（{say(*UNUSED[reason])}）"
        for (kind, reason), count in sorted(counted.items())
    ]
    return say("、", ", ").join(shown)
