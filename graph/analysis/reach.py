"""What has to be told beside cascades and curves: what they rest on, how far the material reaches, what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from unionkg.graph.analysis.accounts import Collection
from unionkg.graph.analysis.adoptions import Material, Spread, Unit
from unionkg.graph.analysis.basis import basis, told
from unionkg.graph.stores.protocol import Relationship
from unionkg.language import say

_REGIONS = {
    "county": ("县级地区", "counties"),
    "prefecture": ("地级地区", "prefectures"),
    "province": ("省份", "provinces"),
}


def notes(spreads: Sequence[Spread], unit: Unit, found: Collection, reached: Material) -> list[str]:
    """Sentences in the user's language, for under a table of several practice types."""
    by_account = {account.id: account for account in found.accounts}
    applied: dict[str, list[Relationship]] = defaultdict(list)
    for spread in spreads:
        for account in sorted({account for one in spread.adoptions for account in one.accounts}):
            applied[account] += by_account[account].applied[spread.practice_type]
    said = [censored(reached)]
    if spreads:
        said = [*told(basis([(by_account[account], ties) for account, ties in sorted(applied.items())])), *said]
    counts = [spread.counts() for spread in spreads]
    if counts:
        stated, known_by, undated = (sum(one[kind] for one in counts) for kind in ("stated", "known_by", "undated"))
        total = stated + known_by + undated
        said.insert(
            0,
            say(
                f"{len(spreads)} 类做法，{total} 个采用：写明时间 {stated}，只知“不晚于” {known_by}，没有时间 {undated}；常规工作不计",
                f"{len(spreads)} practice types, {total} adoptions: {stated} with a stated date, {known_by} only known by a "
                f"date, {undated} undated; routine types are left out",
            ),
        )
    unplaced = sum(spread.unplaced for spread in spreads)
    if unplaced:
        said.append(_unplaced(unplaced, unit))
    return said


def censored(reached: Material) -> str:
    """How far the material reaches, by which those that never appear are censored."""
    undated = say(
        f"；{reached.documents} 份文献中 {reached.undated} 份没有刊印日期",
        f"; {reached.undated} of {reached.documents} documents have no date of publication",
    )
    tail = undated if reached.undated else ""
    if reached.end is None:
        return say("资料没有任何日期，不知截至何时", "the material has no date at all: nobody knows how far it reaches")
    return (
        say(
            f"资料截至 {reached.end}：未见于资料的按此右删失",
            f"the material reaches to {reached.end}: who does not appear is right-censored there",
        )
        + tail
    )


def base(unit: Unit, number: int, level: str | None = None) -> str:
    """What shares and risk are counted on."""
    if unit == "union":
        of_level = say("这一层级", " of this level") if level else ""
        return say(
            f"基数：资料中有自己案例的{of_level}工会 {number} 家（实有多少家不知道）",
            f"base: {number} unions{of_level} with an account of their own (how many there are is not known)",
        )
    if unit == "province":
        return say(
            f"基数：{number - 1} 个省份和兵团，共 {number} 个（港澳台不计）",
            f"base: {number - 1} provinces and the 兵团, {number} in all (Hong Kong, Macau and Taiwan are not counted)",
        )
    zh, en = _REGIONS[unit]
    return say(f"基数：现行区划的{zh} {number} 个", f"base: {number} {en} as divided today")


def _unplaced(number: int, unit: Unit) -> str:
    if unit == "union":
        return say(
            f"没有实施工会、未计入的（按做法类型计）{number} 则",
            f"{number} accounts without a union of their own are left out (counted by practice type)",
        )
    zh, en = _REGIONS[unit]
    return say(
        f"不在任何{zh}之内、未计入的（没有地区或地区更大，按做法类型计）{number} 则",
        f"{number} accounts lie in none of the {en} and are left out (no region, or a larger one; counted by practice type)",
    )
