"""diffusion cascades: who took up which practice type, when, and what dates it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unionkg.cli.diffusion.evidence_table import (
    BOUNDS,
    CENSORING,
    UNIT,
    Meanings,
    evidence_option,
    print_table,
)
from unionkg.cli.diffusion.scope import chosen, least_option, unit_option, years_option
from unionkg.cli.diffusion.selecting import named_practice_type, practice_type_option
from unionkg.cli.options import format_option, open_existing, output_option, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.adoptions import Unit

_COLUMNS: Meanings = {
    **UNIT,
    "code": ("代码：GB/T 2260", "GB/T 2260 code of that place"),
    **BOUNDS,
    "dated_by": ("定年依据", "what the upper bound rests on"),
    **CENSORING,
    "accounts": ("案例数", "accounts behind it"),
    "unit_id": ("单位编号", "id of the unit"),
}


@click.command(
    "cascades",
    cls=Command,
    help=say(
        "级联：每类做法由哪些单位采用、在什么时间（区间）、凭什么定年；只知“不晚于”的是左删失，未见于资料的不等于没有做。常规工作不列。",
        "Cascades: which units took up each practice type, between when and when, and what dates it. Known only by a date is "
        "left-censored; not to appear is not not to adopt. Routine types are left out.",
    ),
)
@practice_type_option
@unit_option
@years_option
@least_option
@click.option(
    "--events",
    is_flag=True,
    help=say(
        "只出文中写明在一年之内的事件：node_name、event_time、cascade_id，供 diffusion infer --cascades 和 R 读取",
        "only events that a document states within one year: node_name, event_time, cascade_id, for diffusion infer "
        "--cascades and R",
    ),
)
@evidence_option
@workspace_options
@format_option
@output_option
def show_cascades(
    practice_type: str | None,
    unit: Unit,
    years: str | None,
    least: int,
    events: bool,
    evidence: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Print a row for each unit and practice type, or events."""
    from unionkg.graph.analysis import cascades
    from unionkg.graph.analysis.accounts import Selection, collection
    from unionkg.graph.analysis.adoptions import EVER, material
    from unionkg.graph.analysis.reach import notes

    kg = open_existing(workspace, store)
    name = named_practice_type(kg, practice_type)
    _, window = chosen(kg, unit, None, years)
    projection = kg.projection()
    found = cascades.cascades(projection, unit, practice_type=name, window=window, least=least)
    reached = material(projection)
    known = collection(projection, Selection())
    told = notes(found, unit, known, reached)
    if window != EVER:
        told.append(say("没有时间的未列（给了年份）", "undated adoptions are left out, as years are given"))
    if events:
        rows = cascades.events(found)
        print_rows(cascades.EVENT_COLUMNS, rows, form, output)
        left = sum(len(spread.adoptions) for spread in found) - len(rows)
        told.append(
            say(f"没有写明年份、不成事件的采用 {left} 个", f"{left} adoptions without a stated year are no events")
        )
        for note in told:
            click.echo(note, err=True)
        return
    print_table(
        kg,
        (
            "每类做法由哪些单位采用，何时，凭什么定年？",
            "Which units took up each practice type, when, and what dates it?",
        ),
        _COLUMNS,
        cascades.rows(found, unit, known, cascades.evidence(projection)),
        told,
        asked={"practice_type": name, "unit": unit, "years": years, "least": least},
        evidence=evidence,
        form=form,
        output=output,
    )
