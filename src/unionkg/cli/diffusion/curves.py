"""diffusion curves, fits, adopters: how adoption grew, curves fitted to it, and who adopted how early among whom."""

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
from unionkg.cli.diffusion.scope import chosen, least_option, level_option, unit_option, years_option
from unionkg.cli.diffusion.selecting import named_practice_type, practice_type_option
from unionkg.cli.options import format_option, open_existing, output_option, workspace_options
from unionkg.cli.wording import Command
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.adoptions import Unit

_CURVE: Meanings = {
    "practice_type": ("做法类型", "practice type"),
    "year": ("年份", "year"),
    "new_stated": ("确在该年的新采用：文中写明", "adopters that a document says began in the year"),
    "new_possible": (
        "可能在该年的新采用：含只知“不晚于”的",
        "that may have begun in the year, those known only by a later date among them",
    ),
    "newly_known": ("新见于记载：上限在该年的，不是采用年份", "first known by a date of the year: no year of adoption"),
    "known": ("累计至少：到年底确已采用的", "cumulated, at least: surely adopted by the end of the year"),
    "possible": ("累计至多：到年底可能已采用的", "cumulated, at most: possibly adopted, undated ones among them"),
    "at_risk": ("风险集：确知此前尚未采用的单位", "units known not to have adopted before; of the base"),
    "hazard": (
        "风险率：写明在该年的除以风险集，一个写明年份的都没有则空",
        "new_stated / at_risk; none where no year is stated",
    ),
    "hazard_least": ("风险率至少：年份不明的都不在该年", "if none of those whose year is open adopted in the year"),
    "hazard_most": ("风险率至多：年份不明而可能在该年的都在", "if all of those that may have adopted in the year did"),
}
_FIT: Meanings = {
    "practice_type": ("做法类型", "practice type"),
    "curve": ("曲线", "logistic or Bass, of the cumulated number of adopters with a stated year"),
    "parameter": ("参数", "ceiling (units), rate and midpoint (year); p (innovation) and q (imitation)"),
    "value": ("数值", "its value; rates are a year"),
    "standard_error": (
        "标准误：按残差独立计，实际更大",
        "takes residuals for independent, which they are not: it is larger",
    ),
    "r_squared": ("决定系数", "R squared"),
    "periods": ("年数", "years fitted"),
    "adopters": ("采用单位数", "adopters, dated or not"),
    "with_stated_year": ("其中写明年份的", "of these, with a stated year: what is fitted"),
    "base": ("基数", "units that could adopt"),
}
_ADOPTER: Meanings = {
    **UNIT,
    "year": ("写明的年份", "the year, where a document states it"),
    **BOUNDS,
    **CENSORING,
    "adopter_class": ("采用者类别（罗杰斯）", "Rogers' class; none where the material is too thin"),
    "neighbours": ("相邻单位：数目", "neighbours of its level"),
    "neighbours_adopted": (
        "相邻单位中已采用的：确在它之前，至少",
        "of these, surely adopted before the first day on which it may have",
    ),
    "neighbour_threshold": ("相邻阈值：已采用的份额，至少", "their share: its threshold (Valente), at least"),
    "siblings": ("同一上级的单位：数目", "others under the same superior"),
    "siblings_adopted": ("同一上级中已采用的：确在它之前，至少", "of these, surely adopted before it"),
    "sibling_threshold": ("同一上级阈值：已采用的份额，至少", "their share"),
    "stated_sources": ("写明影响它的单位：数目", "units whose influence on it documents state"),
    "stated_sources_adopted": (
        "写明影响它的单位中已采用的：确在它之前，至少",
        "of these, surely adopted before it",
    ),
    "stated_threshold": ("写明联系阈值：已采用的份额，至少", "their share"),
    "unit_id": ("单位编号", "id of the unit"),
}


@click.command(
    "curves",
    cls=Command,
    help=say(
        "逐年的采用曲线，数目都是区间：确已采用的至少多少、可能已采用的至多多少；风险率只按写明的年份算。基数：省级为 31 个省份和兵团。",
        "The curve of adoption year by year. Numbers are intervals: surely adopted at least, possibly at most. The hazard "
        "rests on stated years alone. The base of provinces is the 31 and the 兵团.",
    ),
)
@practice_type_option
@unit_option
@level_option
@years_option
@least_option
@evidence_option
@workspace_options
@format_option
@output_option
def show_curves(
    practice_type: str | None,
    unit: Unit,
    level: str | None,
    years: str | None,
    least: int,
    evidence: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Print a row for each practice type and year."""
    from unionkg.graph.analysis import curve_rows

    kg = open_existing(workspace, store)
    name = named_practice_type(kg, practice_type)
    key, window = chosen(kg, unit, level, years)
    of = curve_rows.setting(kg.projection(), unit, practice_type=name, level=key, least=least)
    print_table(
        kg,
        ("逐年有多少单位采用？", "How many units have adopted, year by year?"),
        _CURVE,
        curve_rows.curves(of, window),
        curve_rows.told(of),
        asked={"practice_type": name, "unit": unit, "level": key, "years": years, "least": least},
        evidence=evidence,
        form=form,
        output=output,
    )


@click.command(
    "fits",
    cls=Command,
    help=say(
        "拟合采用曲线（logistic、Bass），带标准误；写明年份的采用太少，或这些年份定不出曲线（上限超过基数、拐点在资料之外等），就不拟合，并说明原因。",
        "Fit curves of adoption (logistic, Bass), with standard errors; none is fitted, and it says why, where too few "
        "adoptions have a stated year or the years do not carry the curve (a ceiling above the base, an inflection outside).",
    ),
)
@practice_type_option
@unit_option
@level_option
@evidence_option
@workspace_options
@format_option
@output_option
def show_fits(
    practice_type: str | None,
    unit: Unit,
    level: str | None,
    evidence: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Print a row for each parameter of each curve."""
    from unionkg.graph.analysis import curve_rows

    kg = open_existing(workspace, store)
    name = named_practice_type(kg, practice_type)
    key, _ = chosen(kg, unit, level, None)
    of = curve_rows.setting(kg.projection(), unit, practice_type=name, level=key)
    rows, unfitted = curve_rows.fits(of)
    thin = curve_rows.too_thin(of.spreads, say("未拟合", "not fitted"))
    print_table(
        kg,
        ("采用曲线的参数是多少？", "What are the parameters of the curve of adoption?"),
        _FIT,
        rows,
        [*curve_rows.told(of), *unfitted, *thin],
        asked={"practice_type": name, "unit": unit, "level": key},
        evidence=evidence,
        form=form,
        output=output,
    )


@click.command(
    "adopters",
    cls=Command,
    help=say(
        "采用者：写明的年份、采用者类别（罗杰斯，资料不足则不分）、相邻单位、同一上级、写明的来源中确在它之前已采用的份额（阈值，至少）。不作排名。",
        "Adopters: stated year, Rogers' class (none where the material is too thin), and what share of neighbours, of those "
        "under the same superior and of stated sources surely had adopted before it did (its threshold, at least). No ranking.",
    ),
)
@practice_type_option
@unit_option
@level_option
@least_option
@evidence_option
@workspace_options
@format_option
@output_option
def show_adopters(
    practice_type: str | None,
    unit: Unit,
    level: str | None,
    least: int,
    evidence: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Print a row for each adoption."""
    from unionkg.graph.analysis import curve_rows

    kg = open_existing(workspace, store)
    name = named_practice_type(kg, practice_type)
    key, _ = chosen(kg, unit, level, None)
    of = curve_rows.setting(kg.projection(), unit, practice_type=name, level=key, least=least)
    thin = curve_rows.too_thin(of.spreads, say("未分采用者类别", "no classes"))
    print_table(
        kg,
        (
            "采用者属于哪一类，采用时周围有多少已采用？",
            "Of which class are adopters, and how many around them had adopted?",
        ),
        _ADOPTER,
        curve_rows.adopters(of),
        [*curve_rows.told(of), *thin],
        asked={"practice_type": name, "unit": unit, "level": key, "least": least},
        evidence=evidence,
        form=form,
        output=output,
    )
