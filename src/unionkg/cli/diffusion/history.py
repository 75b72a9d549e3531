"""diffusion history: which factors go with adopting, on the workspace's material or on a panel of one's own."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.diffusion.scope import chosen, level_option, unit_option, years_option
from unionkg.cli.diffusion.selecting import named_practice_type, practice_type_option
from unionkg.cli.options import format_option, input_file, open_existing, output_option, workspace_options
from unionkg.cli.output import print_rows
from unionkg.cli.wording import Command, Option
from unionkg.errors import InputError
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.adoptions import Unit
    from unionkg.graph.analysis.event_history import Estimate, Link
    from unionkg.graph.analysis.history import History

_COLUMNS = {
    "factor": "因素",
    "meaning": "含义",
    "coefficient": "系数",
    "ratio": "优势比或风险比：因素加一时的倍数",
    "error": "标准误：按单位聚类的稳健标准误",
    "z": "z 值",
    "p": "p 值：双侧",
    "low": "95% 区间下限",
    "high": "95% 区间上限",
}
_PER_CENT_95 = 1.959963984540054


@click.command(
    "history",
    cls=Command,
    help=say(
        "离散时间事件史：哪些内部、外部因素与采用相伴。单位—年份取自工作区的资料和台账，或自己的面板文件（--panel，如 diffusion panel "
        "导出后加上协变量的）。每个因素不足 10 次采用的不作估计。是关联，不是因果。",
        "Discrete-time event history: which internal and external factors go with adopting. Unit-years come from the "
        "workspace's material and ledgers, or from a panel of your own (--panel, such as one of diffusion panel with your "
        "covariates). With fewer than 10 adoptions for each factor nothing is estimated. Association, no cause.",
    ),
)
@practice_type_option
@unit_option
@level_option
@years_option
@click.option(
    "--factor",
    "factors",
    multiple=True,
    metavar="NAME",
    help=say(
        "因素，可多次给出：year、accounts、level、neighbours、same_superior、everywhere、inferred；有 --panel 时是其中的列",
        "a factor, may be repeated: year, accounts, level, neighbours, same_superior, everywhere, inferred; with --panel one "
        "of its columns",
    ),
)
@click.option(
    "--link",
    type=click.Choice(["logit", "probit", "cloglog"]),
    default="logit",
    show_default=True,
    cls=Option,
    help=say("连接函数；cloglog 相当于比例风险", "the link; cloglog is that of proportional hazards"),
)
@click.option(
    "--silence",
    is_flag=True,
    help=say(
        "把资料未见的单位算作到资料截止时仍未采用；默认只算台账确认未开展的",
        "take units without a record for units that had not adopted to the end of the material; by default only those count "
        "that a ledger confirms",
    ),
)
@click.option(
    "--panel",
    "own",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=say("自己的面板，CSV，每行一个单位一年", "a panel of your own: CSV, a row for each unit and year"),
)
@click.option(
    "--event",
    default="adopted",
    show_default=True,
    cls=Option,
    metavar="COLUMN",
    help=say("面板中表示采用的列（1 或 0）", "its column that is 1 where the unit adopts, else 0"),
)
@click.option(
    "--cluster",
    default="unit_id",
    show_default=True,
    cls=Option,
    metavar="COLUMN",
    help=say("面板中表示单位的列", "its column that names the unit"),
)
@workspace_options
@format_option
@output_option
def show_history(
    practice_type: str | None,
    unit: Unit,
    level: str | None,
    years: str | None,
    factors: tuple[str, ...],
    link: Link,
    silence: bool,
    own: Path | None,
    event: str,
    cluster: str,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Print a row for each factor."""
    from unionkg.graph.analysis import extra

    extra.require()
    _refuse_idle(own is not None)
    if own is not None:
        estimate, notes = _of_panel(own, factors, event, cluster, link)
        meanings: dict[str, str] = {}
    else:
        found = _of_material(practice_type, unit, level, years, factors, link, silence, workspace, store)
        estimate, notes, meanings = found.estimate, _notes(found), _meanings()
    rows = _rows(estimate, meanings, link) if estimate else []
    notes += _fitted(estimate, link) if estimate else []
    print_rows(tuple(_COLUMNS), rows, form, output, _COLUMNS, notes)
    for note in notes:
        click.echo(note, err=True)


def _refuse_idle(own: bool) -> None:
    """Refuse options that would count for nothing: those of the material beside a panel, and the other way round."""
    names = ("practice_type", "unit", "level", "years", "silence") if own else ("event", "cluster")
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = "--" + name.replace("_", "-")
            raise click.UsageError(
                say(f"{option} 不能与 --panel 同用", f"{option} does not go with --panel")
                if own
                else say(f"{option} 只与 --panel 同用", f"{option} is for --panel only")
            )


def _of_material(
    practice_type: str | None,
    unit: Unit,
    level: str | None,
    years: str | None,
    factors: Sequence[str],
    link: Link,
    silence: bool,
    workspace: Path | None,
    store: str | None,
) -> History:
    from unionkg.graph.analysis.history import DEFAULT, FACTORS, history

    if unknown := [name for name in factors if name not in FACTORS]:
        known = say("、", ", ").join(FACTORS)
        raise click.UsageError(
            say(f"没有因素 {unknown[0]}；可用的：{known}", f"no factor {unknown[0]}; there are: {known}")
        )
    if "level" in factors and unit != "union":
        raise click.UsageError(
            say("因素 level 只用于 --unit union", "the factor level is for --unit union: regions are of one level")
        )
    kg = open_existing(workspace, store)
    key, window = chosen(kg, unit, level, years)
    return history(
        kg.projection(),
        unit,
        practice_type=named_practice_type(kg, practice_type),
        level=key,
        window=window,
        factors=tuple(dict.fromkeys(factors)) or DEFAULT,
        link=link,
        silence=silence,
    )


def _of_panel(
    path: Path, factors: Sequence[str], event: str, cluster: str, link: Link
) -> tuple[Estimate | None, list[str]]:
    """Fit the rows of a file; those with ``risk_set`` other than 1 or with something missing are left out."""
    from unionkg.graph.analysis.event_history import fit
    from unionkg.graph.analysis.history import too_few

    if not factors:
        raise click.UsageError(say("请用 --factor 指定列", "name its columns with --factor"))
    with input_file(path) as file:
        rows, left = _read(file, [*factors, event], cluster)
    events = sum(values[-1] for _, values in rows)
    if lacking := too_few(int(events), len(rows), len(factors)):
        return None, [say("资料不足，未估计：", "too little, nothing estimated: ") + lacking]
    estimate = fit(
        [values[:-1] for _, values in rows],
        [values[-1] for _, values in rows],
        factors,
        link=link,
        clusters=[unit for unit, _ in rows],
    )
    told = [say(f"有空缺而未用的行 {left}", f"{left} rows with something missing are left out")] if left else []
    return estimate, told


def _read(path: Path, wanted: Sequence[str], cluster: str) -> tuple[list[tuple[str, list[float]]], int]:
    """The unit and the numbers of each row at risk, and how many rows lack one; InputError with the line."""
    found, left = [], 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [name for name in (*wanted, cluster) if name not in (reader.fieldnames or ())]:
            raise InputError(
                say(f"缺少列：{'、'.join(missing)}", f"columns are missing: {', '.join(missing)}"), where=f"{path}:1"
            )
        for row in reader:
            if row.get("risk_set", "1") not in {"1", "1.0"}:
                continue
            if not all(row[name] for name in (*wanted, cluster)):
                left += 1
                continue
            try:
                found.append((row[cluster], [float(row[name]) for name in wanted]))
            except ValueError as error:
                raise InputError(
                    say(f"不是数：{error}", f"not a number: {error}"), where=f"{path}:{reader.line_num}"
                ) from error
            if found[-1][1][-1] not in {0.0, 1.0}:
                raise InputError(
                    say(f"{wanted[-1]} 应为 0 或 1", f"{wanted[-1]} has to be 0 or 1"),
                    where=f"{path}:{reader.line_num}",
                )
    return found, left


def _rows(estimate: Estimate, meanings: dict[str, str], link: Link) -> list[tuple[Any, ...]]:
    rows = []
    for term in estimate.terms:
        ratio = math.exp(term.coefficient) if link != "probit" and term.name != "constant" else None
        low, high = (term.coefficient + sign * _PER_CENT_95 * term.error for sign in (-1, 1))
        figures = (term.coefficient, ratio, term.error, term.z, term.p, low, high)
        shown = [None if one is None else float(f"{one:.6g}") for one in figures]
        rows.append((term.name, meanings.get(term.name), *shown))
    return rows


def _meanings() -> dict[str, str]:
    from unionkg.graph.analysis.history import FACTORS

    return {name: say(zh, en) for name, (zh, en) in FACTORS.items()}


def _notes(found: History) -> list[str]:
    from unionkg.graph.analysis.basis import sample

    first, last = found.years
    notes = [
        say(
            f"{first}—{last} 年：{found.units} 个单位，处于风险集的单位—年份 {found.unit_years} 个，写明年份的采用 {found.events} 次；"
            f"台账确认未开展的单位 {found.confirmed} 个",
            f"{first}-{last}: {found.units} units, {found.unit_years} unit-years at risk, {found.events} adoptions with a "
            f"stated year; {found.confirmed} units that ledgers confirm not to have adopted",
        ),
        say(
            f"未计入：起始年份不明（只知“不晚于”、没有时间、只写明几年之间或只见于台账）的采用 {found.left_censored} 个；除这类做法外资料别无所知的（单位、做法类型）{found.unknown} 对",
            f"left out: {found.left_censored} adoptions whose year is not known (known only by a date, undated, stated "
            f"between two years, or only in a ledger); {found.unknown} pairs of unit and practice type of which the material knows the unit by nothing else",
        ),
    ]
    if found.silent:
        notes.append(
            say(
                f"注意：{found.silent} 个单位—年份只凭资料未见，资料未见不等于没有做",
                f"note: {found.silent} of the unit-years rest on silence, which is not absence",
            )
        )
    if "inferred" in found.factors:
        notes.append(
            say(
                "inferred 来自推断的先后关联（非影响），每类做法由其他各类、每年由此前各年推断",
                "inferred rests on inferred precedence, no influence; for each practice type it is inferred from the others, "
                "for each year from the years before",
            )
        )
    if found.lacking:
        notes.append(say("资料不足，未估计：", "too little, nothing estimated: ") + say("；", "; ").join(found.lacking))
    return [*notes, sample()]


def _fitted(estimate: Estimate, link: Link) -> list[str]:
    return [
        say(
            f"{link} 模型：{estimate.n} 行，采用 {estimate.events} 次，聚类 {estimate.clusters} 个，"
            f"对数似然 {estimate.log_likelihood:.3f}，AIC {estimate.aic:.3f}",
            f"{link}: {estimate.n} rows, {estimate.events} events, {estimate.clusters} clusters, log-likelihood "
            f"{estimate.log_likelihood:.3f}, AIC {estimate.aic:.3f}",
        ),
        say("系数说的是关联，不是因果", "coefficients tell of association, not of causes"),
    ]
