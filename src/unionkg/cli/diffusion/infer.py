"""diffusion infer: who tends to come before whom, in cascades of one's own or in the workspace's material."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from unionkg.cli.diffusion.evidence_table import Meanings, evidence_option, print_table
from unionkg.cli.diffusion.scope import unit_option
from unionkg.cli.options import format_option, input_file, open_existing, output_option, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command, Option
from unionkg.errors import InputError
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.adoptions import Spread, Unit
    from unionkg.graph.analysis.inference import Inference
    from unionkg.graph.analysis.netinf import Cascades, Distribution, Model
    from unionkg.graph.build import Projection

_TIE: Meanings = {
    "source": ("在前的单位", "the unit that tends to come before"),
    "target": ("在后的单位", "the other"),
    "gain": ("增益：加上这条关联后对数似然的增加", "what the log-likelihood gains by the tie"),
    "p": ("p 值：Vuong 检验", "p of the Vuong test"),
    "frequency": ("稳定频率：重抽样中仍有这条关联的份额", "share of the replicates that find it again"),
    "practice_types": ("做法类型：在前的单位确在前的", "practice types in which the source surely came first"),
    "source_id": ("在前单位的编号", "id of the source"),
    "target_id": ("在后单位的编号", "id of the target"),
}
_REPLICATES = 200
_PARAMETERS = {"exponential": ("rate",), "rayleigh": ("scale",), "log-normal": ("mean", "deviation")}


@click.command(
    "infer",
    cls=Command,
    help=say(
        "推断先后关联（非影响）：谁往往在谁之前。给出 --cascades 时用自己的数据，否则用工作区的资料；资料不足时说明原因，不作推断。",
        "Infer precedence, which is no influence: who tends to come before whom, in cascades of your own (--cascades) or in "
        "the workspace's material; where that is too thin it says why and infers nothing.",
    ),
)
@click.option(
    "--cascades",
    "events",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say(
        "CSV，列 node_name、event_time、cascade_id（diffusion cascades --events 写出的）",
        "a CSV file with columns node_name, event_time, cascade_id, as diffusion cascades --events writes it",
    ),
)
@unit_option
@click.option(
    "--convention",
    type=click.Choice(["r", "snap"]),
    default="r",
    show_default=True,
    cls=Option,
    help=say("计分约定：R NetworkInference 或 SNAP", "how ties score: as in R NetworkInference or SNAP"),
)
@click.option("--edges", type=click.IntRange(1), metavar="N", help=say("最多几条关联", "at most so many ties"))
@click.option(
    "--distribution",
    type=click.Choice(list(_PARAMETERS)),
    default="exponential",
    show_default=True,
    cls=Option,
    help=say("间隔的分布", "distribution of delays"),
)
@click.option(
    "--rate", type=float, help=say("指数分布的速率（不给则由数据估计）", "of the exponential (else from the data)")
)
@click.option("--scale", type=float, help=say("瑞利分布的尺度", "of the Rayleigh distribution"))
@click.option("--mean", type=float, help=say("对数正态分布：对数的均值", "of the logarithm, for the log-normal"))
@click.option("--deviation", type=float, help=say("对数正态分布：对数的标准差", "of the logarithm, for the log-normal"))
@click.option(
    "--stop",
    type=click.Choice(["vuong"]),
    help=say("停止规则：Vuong 检验达到 --p", "stop where the Vuong test reaches --p"),
)
@click.option(
    "--p",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    cls=Option,
    help=say("停止的 p 值", "p to stop at"),
)
@click.option(
    "--vuong",
    type=click.Choice(["correct", "compatible"]),
    default="correct",
    show_default=True,
    cls=Option,
    help=say(
        "检验的算法：正确的，或与 R NetworkInference 1.2.5 相同的",
        "the test as it should be, or as R NetworkInference 1.2.5 computes it",
    ),
)
@click.option(
    "--replicates",
    type=click.IntRange(0),
    metavar="N",
    help=say(
        f"重抽样次数，给出每条关联的稳定频率 [默认 {_REPLICATES}；用 --cascades 时 0]",
        f"resample so often, for how stable each tie is [default: {_REPLICATES}; 0 with --cascades]",
    ),
)
@click.option(
    "--seed", type=int, default=1, show_default=True, cls=Option, help=say("随机种子", "seed of the replicates")
)
@evidence_option
@workspace_options
@format_option
@output_option
def infer_ties(
    events: Path | None,
    unit: Unit,
    convention: Literal["r", "snap"],
    edges: int | None,
    distribution: Distribution,
    rate: float | None,
    scale: float | None,
    mean: float | None,
    deviation: float | None,
    stop: str | None,
    p: float,
    vuong: Literal["correct", "compatible"],
    replicates: int | None,
    seed: int,
    evidence: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Infer ties and print them in the order found."""
    from unionkg.graph.analysis import netinf

    given = {"rate": rate, "scale": scale, "mean": mean, "deviation": deviation}
    values = tuple(value for name in _PARAMETERS[distribution] if (value := given[name]) is not None)
    cut = p if stop or edges is None else None
    if events is not None:
        if evidence:
            raise click.UsageError(
                say(
                    "--evidence 用于工作区的资料，自己的数据没有出处",
                    "--evidence is of the workspace's material, not of --cascades",
                )
            )
        with input_file(events) as path:
            found = netinf.cascades(_read(path))
        model = _model(found, distribution, values)
        ties = netinf.infer(
            found, model, convention=convention, edges=edges, p=cut, vuong=vuong, replicates=replicates or 0, seed=seed
        )
        columns = ("source", "target", "gain", "p", "frequency")
        print_rows(columns, [(t.source, t.target, t.gain, t.p, t.frequency) for t in ties], form, output)
        return
    from unionkg.graph.analysis import adoptions, inference, reach
    from unionkg.graph.analysis.accounts import Selection, collection

    kg = open_existing(workspace, store)
    projection = kg.projection()
    spreads, reached = adoptions.spreads(projection, unit), adoptions.material(projection)
    result = inference.infer_precedence(
        spreads,
        reached,
        model=lambda spreading: _model(spreading, distribution, values),
        convention=convention,
        edges=edges,
        p=cut,
        vuong=vuong,
        replicates=_REPLICATES if replicates is None else replicates,
        seed=seed,
    )
    print_table(
        kg,
        (
            "谁往往在谁之前？推断先后关联，不是影响。",
            "Who tends to come before whom? Inferred precedence, no influence.",
        ),
        _TIE,
        _rows(result, spreads, projection),
        [*_told(result, cut), *reach.notes(spreads, unit, collection(projection, Selection()), reached)],
        asked={
            "unit": unit,
            "convention": convention,
            "edges": edges,
            "distribution": distribution,
            **given,
            "p": cut,
            "vuong": vuong,
            "replicates": replicates,
            "seed": seed,
        },
        evidence=evidence,
        form=form,
        output=output,
    )


def _rows(result: Inference, spreads: Sequence[Spread], projection: Projection) -> list[tuple[Any, ...]]:
    """A row for each tie, with the adoptions of both ends behind it."""
    from unionkg.graph.analysis.cascades import MOST_EVIDENCE, evidence
    from unionkg.graph.analysis.inference import behind_tie

    behind = evidence(projection)
    rows = []
    for tie in result.ties:
        said = [statement for one in behind_tie(tie, spreads) for statement in behind(one)][:MOST_EVIDENCE]
        figures = tie.gain, tie.p, tie.frequency
        ends = tie.source, tie.target
        rows.append((tie.source_name, tie.target_name, *figures, list(tie.practice_types), *ends, said))
    return rows


def _told(result: Inference, cut: float | None) -> list[str]:
    if result.lacking:
        return [say("资料不足，未推断：", "too little to infer from: ") + say("；", "; ").join(result.lacking)]
    notes = [say("推断先后关联，不是影响", "inferred precedence, no influence")]
    if not result.ties and cut is not None:
        notes.append(
            say(f"没有一条关联通过 Vuong 检验（p 小于 {cut:g}）", f"no tie passes the Vuong test (p below {cut:g})")
        )
    return notes


def _model(found: Cascades, distribution: Distribution, values: tuple[float, ...]) -> Model:
    from unionkg.graph.analysis import netinf

    wanted = _PARAMETERS[distribution]
    if not values:
        return netinf.default_model(found, distribution)
    if len(values) < len(wanted):
        raise click.UsageError(say(f"请给出 --{'、--'.join(wanted)}", f"give --{' and --'.join(wanted)}"))
    return netinf.Model(distribution, values)


def _read(path: Path) -> Iterator[tuple[str, float, str]]:
    """The events of a CSV file; InputError with the line for what is broken."""
    from unionkg.graph.analysis.cascades import EVENT_COLUMNS

    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [name for name in EVENT_COLUMNS if name not in (reader.fieldnames or ())]:
            raise InputError(
                say(f"缺少列：{'、'.join(missing)}", f"columns are missing: {', '.join(missing)}"), where=f"{path}:1"
            )
        for row in reader:
            try:
                yield row["node_name"], float(row["event_time"]), row["cascade_id"]
            except (TypeError, ValueError) as error:
                raise InputError(
                    say(f"时间不是数：{row['event_time']}", f"not a number: {row['event_time']}"),
                    where=f"{path}:{reader.line_num}",
                ) from error
