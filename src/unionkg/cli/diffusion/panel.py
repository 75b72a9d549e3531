"""diffusion panel and gexf: the spread in files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from unionkg.cli.diffusion.scope import chosen, least_option, level_option, unit_option, years_option
from unionkg.cli.diffusion.selecting import named_practice_type, practice_type_option
from unionkg.cli.options import open_existing, output_file, required_output, workspace_options
from unionkg.cli.wording import Command
from unionkg.files import hand_over_bytes
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.adoptions import Unit
    from unionkg.graph.analysis.panel import Panel


@click.command(
    "panel",
    cls=Command,
    help=say(
        "单位—年份面板（做法类型 × 单位 × 年份）：风险集、采用、删失、暴露、协变量，供 Stata（.dta）和 R（.csv）读取，旁边有中英文编码本 "
        ".codebook.csv。默认样本 risk_set == 1 不含采用年份不明的单位（只知“不晚于”、没有时间、只写明几年之间、只见于台账）。",
        "Unit-years (practice type x unit x year) for Stata (.dta) and R (.csv): risk set, adoption, censoring, exposure, "
        "covariates, with a codebook in Chinese and English beside it (.codebook.csv). The default sample, risk_set == 1, "
        "leaves out units whose year of adoption is not known (known by a date, undated, between two years, only in a ledger).",
    ),
)
@required_output(say("面板文件，.csv 或 .dta", "the panel, .csv or .dta"))
@practice_type_option
@unit_option
@level_option
@years_option
@least_option
@workspace_options
def write_panel(
    output: Path,
    practice_type: str | None,
    unit: Unit,
    level: str | None,
    years: str | None,
    least: int,
    workspace: Path | None,
    store: str | None,
) -> None:
    """Write the panel and its codebook."""
    from unionkg.graph.analysis.panel import panel
    from unionkg.graph.exchange import panel_files

    form = output.suffix.lower()
    writers = {".csv": panel_files.panel_csv, ".dta": panel_files.panel_dta}
    if form not in writers:
        raise click.UsageError(say(f"文件名应以 .csv 或 .dta 结尾：{output}", f"the suffix is .csv or .dta: {output}"))
    beside = output.with_name(f"{output.stem}.codebook.csv")
    targets = output_file(output), output_file(beside)
    kg = open_existing(workspace, store)
    name = named_practice_type(kg, practice_type)
    key, window = chosen(kg, unit, level, years)
    made = panel(kg.projection(), unit, practice_type=name, level=key, window=window, least=least)
    hand_over_bytes(targets[0], writers[form](made))
    hand_over_bytes(targets[1], panel_files.codebook(made))
    for note in _told(made, key):
        click.echo(note, err=True)
    click.echo(
        say(f"已写入 {output}（{len(made)} 行）和 {beside}", f"wrote {output} ({len(made)} rows) and {beside}"),
        err=True,
    )


def _told(made: Panel, level: str | None) -> list[str]:
    from unionkg.graph.analysis import reach
    from unionkg.graph.analysis.basis import sample

    used = made.columns["risk_set"] == 1
    events = int(made.columns["adopted"][used].sum())
    notes = [
        say(
            f"{len(made.practice_types)} 类做法 × {made.units} 个单位 × {made.years[0]}—{made.years[1]} 年；"
            f"默认样本（risk_set）{int(used.sum())} 行，采用 {events} 次",
            f"{len(made.practice_types)} practice types x {made.units} units x {made.years[0]}-{made.years[1]}; "
            f"{int(used.sum())} rows in the default sample (risk_set), with {events} adoptions",
        ),
        reach.base(made.unit, made.units, level),
        reach.censored(made.material),
        sample(),
    ]
    if made.left_out:
        notes.append(
            say(
                f"不属于这些单位、未列入的采用 {made.left_out} 个",
                f"{made.left_out} adoptions by other units are left out",
            )
        )
    return notes


@click.command(
    "gexf",
    cls=Command,
    help=say(
        "随时间变化的网络（GEXF 1.3，Gephi 可播放）：单位采用做法，以及文献写明的联系；时间段从确知已有之日起。不含推断的联系。",
        "The spread over time as a dynamic network (GEXF 1.3, which Gephi plays): units adopt practice types, and stated "
        "ties. Spells begin when something surely was. Nothing inferred is in it.",
    ),
)
@required_output(say("网络文件 .gexf", "the network, .gexf"))
@practice_type_option
@unit_option
@workspace_options
def write_gexf(output: Path, practice_type: str | None, unit: Unit, workspace: Path | None, store: str | None) -> None:
    """Write the dynamic network."""
    from unionkg.graph.exchange import gexf

    target = output_file(output)
    kg = open_existing(workspace, store)
    made = gexf.dynamic(kg.projection(), unit, practice_type=named_practice_type(kg, practice_type))
    hand_over_bytes(target, made.content)
    click.echo(
        say(
            f"{output}：{made.nodes} 个节点，{made.edges} 条关系；没有时间而未列入的：采用 {made.undated_adoptions}，"
            f"写明的联系 {made.undated_ties}；没有影响方向而未列入的推广和肯定 {made.undirected_ties}",
            f"{output}: {made.nodes} nodes, {made.edges} edges; left out without a date: {made.undated_adoptions} adoptions, "
            f"{made.undated_ties} stated ties; without a direction of influence: {made.undirected_ties}",
        ),
        err=True,
    )
