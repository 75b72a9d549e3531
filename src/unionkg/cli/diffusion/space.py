"""diffusion space: whether neighbouring places have records of a practice type more often than by chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from unionkg.cli.diffusion.evidence_table import Meanings, evidence_option, print_table
from unionkg.cli.diffusion.selecting import named_practice_type, practice_type_option
from unionkg.cli.options import format_option, open_existing, output_option, workspace_options
from unionkg.cli.wording import Command, Option
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.graph.analysis.regional import Autocorrelation, Level, Weighting
    from unionkg.graph.build import Projection

_WHOLE: Meanings = {
    "practice_type": ("做法类型", "practice type"),
    "moran": (
        "莫兰指数：大于期望表示有记载的地区相邻",
        "Moran's I: above its expectation, places with a record lie together",
    ),
    "expected": ("期望：地区之间互不相干时", "its expectation where places have nothing to do with each other"),
    "p": ("p 值：随机重排得到同样大或更大的份额", "share of permutations that give as much or more"),
    "p_normal": ("正态近似的双侧 p 值", "two-sided p of the normal approximation"),
    "places": ("地区数：计入的", "places in the analysis"),
    "recorded": ("有记载的地区数", "of these, with a record"),
    "without_material": ("无该地资料、不计入的地区数", "places left out, of which there is no material"),
    "undecided": (
        "时间不明、不计入的地区数：到那一年是否已有未写明",
        "places left out, of which it is open whether they had it by the year",
    ),
    "without_neighbour": (
        "有资料而没有邻地、不计入的地区数",
        "places left out that have no neighbour among the others",
    ),
    "coarser": (
        "没有这一层级地区的案例数：地区更高，或在没有地级的直辖市",
        "accounts that count for no place: of a region above the level, or of a municipality without prefectures",
    ),
    "accounts": ("案例数", "accounts of the type"),
    "lacking": ("资料不足的原因", "why there is no figure"),
}
_LOCAL: Meanings = {
    "practice_type": ("做法类型", "practice type"),
    "code": ("代码：GB/T 2260", "GB/T 2260 code"),
    "region": ("地区", "the place"),
    "recorded": ("有无记载", "whether it has a record"),
    "neighbours": ("邻地数：计入的", "its neighbours in the analysis"),
    "neighbours_recorded": ("有记载的邻地数", "of these, with a record"),
    "local_moran": ("局部莫兰指数：正为与邻地相同，负为不同", "local Moran: positive where it is like its neighbours"),
    "p": ("p 值：单侧，未作多重比较校正", "one-sided pseudo p, not corrected for many comparisons"),
}


@click.command(
    "space",
    cls=Command,
    help=say(
        "空间自相关：相邻地区是不是往往都有某类做法的记载（莫兰指数，随机重排）。算的是记载，不是采用；没有资料的地区不计入，不当作没有。",
        "Spatial autocorrelation: whether neighbouring places tend to have records of a practice type (Moran's I, with "
        "permutations). Records are measured, not adoption; places without any material are left out, not taken for none.",
    ),
)
@practice_type_option
@click.option(
    "--level",
    type=click.Choice(["province", "prefecture", "county"]),
    default="province",
    show_default=True,
    cls=Option,
    help=say("地区层级", "level of the regions"),
)
@click.option(
    "--year",
    type=click.IntRange(1900, 2999),
    metavar="Y",
    help=say(
        "只算到这一年年底确有的记载；到那时是否已有未写明的地区不计入",
        "only records that surely are of the end of this year or before; places of which that is open are left out",
    ),
)
@click.option(
    "--weights",
    type=click.Choice(["adjacency", "distance"]),
    default="adjacency",
    show_default=True,
    cls=Option,
    help=say("邻地：接壤的，或最近的五个", "neighbours: those that border, or the nearest five"),
)
@click.option(
    "--permutations",
    type=click.IntRange(99, 999_999),
    default=999,
    show_default=True,
    cls=Option,
    metavar="N",
    help=say("随机重排次数", "how often values are dealt out anew"),
)
@click.option(
    "--seed", type=int, default=1, show_default=True, cls=Option, help=say("随机种子", "seed of the permutations")
)
@click.option(
    "--local",
    "by_place",
    is_flag=True,
    help=say("逐个地区列出（局部莫兰指数）", "a row for each place, with its local Moran"),
)
@evidence_option
@workspace_options
@format_option
@output_option
def show_space(
    practice_type: str | None,
    level: Level,
    year: int | None,
    weights: Weighting,
    permutations: int,
    seed: int,
    by_place: bool,
    evidence: bool,
    workspace: Path | None,
    store: str | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Print a row for each practice type, or for each place."""
    from unionkg.graph.analysis import extra
    from unionkg.graph.analysis.regional import autocorrelation

    extra.require()
    kg = open_existing(workspace, store)
    name = named_practice_type(kg, practice_type)
    projection = kg.projection()
    found = autocorrelation(
        projection,
        name,
        level=level,
        year=year,
        weights=weights,
        permutations=permutations,
        seed=seed,
        local=by_place,
    )
    print_table(
        kg,
        ("相邻地区是不是往往都有记载？", "Do neighbouring places tend to have records?"),
        _LOCAL if by_place else _WHOLE,
        _by_place(found) if by_place else _whole(found),
        _notes(found, projection, name, year),
        asked={
            "practice_type": name,
            "level": level,
            "year": year,
            "weights": weights,
            "permutations": permutations,
            "seed": seed,
        },
        evidence=evidence,
        form=form,
        output=output,
    )


def _whole(found: Sequence[Autocorrelation]) -> list[tuple[Any, ...]]:
    return [
        (
            one.name,
            *((_figure(m.value), _figure(m.expected), m.p, _figure(m.p_normal)) if (m := one.moran) else [None] * 4),
            len(one.places),
            sum(spot.recorded for spot in one.places),
            one.without_material,
            one.undecided,
            one.without_neighbour,
            one.coarser,
            one.basis.accounts,
            one.lacking,
            [],
        )
        for one in found
    ]


def _by_place(found: Sequence[Autocorrelation]) -> list[tuple[Any, ...]]:
    return [
        (
            one.name,
            spot.code,
            spot.name,
            spot.recorded,
            spot.neighbours,
            spot.neighbours_recorded,
            _figure(spot.local),
            _figure(spot.p),
            [{**tie.properties, "id": tie.id, "_type": tie.type} for tie in spot.statements[:20]],
        )
        for one in found
        for spot in one.places
    ]


def _figure(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)


def _notes(found: Sequence[Autocorrelation], projection: Projection, name: str | None, year: int | None) -> list[str]:
    from unionkg.graph.analysis.basis import overall, told

    measured = sum(one.moran is not None for one in found)
    base = found[0].base if found else 0
    undecided = sum(one.undecided for one in found)
    left = say(
        f"到 {year} 年底是否已有未写明、因而不计入的地区 {undecided} 个（按做法类型计）",
        f"{undecided} places (one for each practice type) are left out because it is open whether they had it by the end "
        f"of {year}",
    )
    return [
        *([left] if undecided else []),
        say(
            f"{len(found)} 类做法，{measured} 类可以计算，其余资料不足；这一层级共 {base} 个地区（省级为 31 个和兵团）",
            f"{len(found)} practice types, {measured} of them with enough material; {base} places of the level (of "
            "provinces the 31 and the 兵团)",
        ),
        say(
            "“有记载”是案例或台账里有，“无记载”是有资料而未见或台账确认未开展，都不是采用与否；兵团没有自己的界线和点位，其城市计入新疆",
            "a record is an account or a ledger's entry; none means material without one, or a ledger's 未开展: neither is "
            "adoption. The 兵团 has no border or point of its own: its cities count in Xinjiang",
        ),
        *told(overall(projection, name)),
    ]
