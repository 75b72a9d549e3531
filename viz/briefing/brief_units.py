"""代表单位 and 自报成效: who has the practice, recorded since when, and the figures that its accounts report."""

from __future__ import annotations

from collections.abc import Sequence

from unionkg.graph.stores.protocol import Relationship
from unionkg.viz.briefing.blocks import Column, Section, Table, said
from unionkg.viz.briefing.cited import Text, words_of
from unionkg.viz.briefing.facts import outcomes as stated
from unionkg.viz.briefing.figures import printed
from unionkg.viz.briefing.topic import Entry, Material, names
from unionkg.viz.briefing.wording import interval, label, period

_ROWS = 20
"""So many accounts stand in the table of units."""
_FIGURES = 4
"""So many figures are told of one account."""
_KINDS = ("成效", "产出", "规模", "投入", "")
"""Kinds of outcomes in the order in which they are told."""

_FIGURE_COLUMNS = (
    Column("序号", 12, centred=True),
    Column("单位", 30),
    Column("指标", 33),
    Column("数值", 24),
    Column("时段", 27),
    Column("类别", 12, centred=True),
    Column("何人所报", 18),
)
_FIGURE_NOTE = "注：序号与<units>相同。“累计”“期内”为原文的口径，没有写明的不注。“案例自述”指案例自己的说法，案例多由开展单位撰写。"


def rows_of(known: Material) -> tuple[Entry, ...]:
    """The accounts of the table of units, by date and code: those that the topic is the main thing of before others."""
    by_role = sorted(known.entries, key=lambda entry: (not entry.main, entry.order))
    return tuple(sorted(by_role[:_ROWS], key=lambda entry: entry.order))


def representatives(known: Material, shown: Sequence[Entry]) -> Section:
    """The section on units: who, where, of which level, recorded since when, with what."""
    practice = known.topic.kind == "practice"
    rule = "按资料中最早记载的时间排列，时间相同的按行政区划代码排列，时间不明的在后"
    if len(shown) < len(known.entries):
        first = (
            "先取以其为主做法的案例，不足的再取以其为其中一部分的，每组取记载最早的，" if practice else "取记载最早的，"
        )
        rule = f"共{len(known.entries)}则案例，{first}最多{_ROWS}则，{rule}"
    else:
        rule = f"{len(known.entries)}则案例全部列出，{rule}"
    columns = [
        Column("序号", 12, centred=True),
        Column("单位", 38),
        Column("地区", 26),
        Column("层级", 14, centred=True),
        Column("最早记载", 27),
        Column("做法", 39),
    ]
    if practice:
        columns[-1] = Column("做法", 27)
        columns.append(Column("地位", 12, centred=True))
    table = Table(
        "<units>代表单位",
        tuple(columns),
        tuple(_row(number, entry, known) for number, entry in enumerate(shown, 1)),
        "注：“不晚于”表示文中没有写明起始时间，只知到文献刊印时（注明的为获奖、入选时）已有"
        + ("；“地位”指这类做法是案例的主做法，还是其中一部分" if practice else "")
        + "。",
    )
    return Section("代表单位", (said(f"<units>的选取办法：{rule}。先后只说明资料记载的先后，不表示谁先开展。"), table))


def _row(number: int, entry: Entry, known: Material) -> tuple[Text, ...]:
    found = known.facts.found
    owners = known.note([entry], "INITIATED")
    regions = [found.nodes["Region", one].properties for one in sorted(entry.account.regions)]
    places = "、".join(str(one.get("full_name") or one["name"]) for one in regions) or "未写明"
    levels = [str(found.nodes["TradeUnion", one].properties.get("level", "")) for one in sorted(entry.account.unions)]
    level = "、".join(dict.fromkeys(label("union_levels", one) for one in levels if one)) or "—"
    ties = known.facts.ties([entry.account], "INTRODUCED")
    practice = (
        str(known.facts.node(ties[0].end).properties["name"]) if ties else known.facts.account_name(entry.account)
    )
    cells: tuple[Text, ...] = (
        (str(number),),
        (names(entry, known.facts), owners),
        (places, known.note([entry], "TOOK_PLACE_IN")),
        (level,),
        _since(entry, known),
        (practice, known.note([entry], "INTRODUCED")),
    )
    return (*cells, ("主" if entry.main else "部分",)) if known.topic.kind == "practice" else cells


def _since(entry: Entry, known: Material) -> Text:
    """When it is first recorded, in words, with the quote where the text says so."""
    dating = entry.dating
    basis = dating.get("dated_by")
    told = interval(dating.get("not_before"), dating.get("not_after"), None if basis == "publication" else basis)
    if dating.get("not_before") is None:
        return (told,)
    if known.topic.kind == "practice" and dating.get("dated_by") == "own_date":
        return (told, known.note([entry], "APPLIED", end=known.topic.id))
    quotes = known.about(entry, "started")
    return (told, known.sources.note(quotes)) if quotes else (told,)


def outcomes(known: Material, shown: Sequence[Entry]) -> Section:
    """The section on results: figures as reported, who reports them, never added up."""
    chosen = {entry.account.id for entry in known.chosen}
    rows: list[tuple[Text, ...]] = []
    left = silent = 0
    for number, entry in enumerate(shown, 1):
        if entry.account.id not in chosen:
            continue
        figures = _figures(entry, known)
        silent += not figures
        left += max(0, len(figures) - _FIGURES)
        who = names(entry, known.facts)
        for at, tie in enumerate(figures[:_FIGURES]):
            rows.append(((str(number),), ("" if at else who,), *_figure_cells(tie, known)))
    if not rows:
        return Section("自报成效", (said("所列案例没有写明带数字的成效。"),))
    told = [
        f"<figures>列<units>中{'以其为主做法的' if known.others else '各'}案例自报的数字，每则最多{_FIGURES}项，"
        "先列成效，再列产出、规模和投入。",
        f"这些案例都只把“{known.topic.name}”作为其中一部分，数字属于整则案例，不能看作它的成效。"
        if known.topic.kind == "practice" and not known.chosen[0].main
        else "数字属于整则案例，未必都由某一项做法带来。",
        "数值照原文写法，口径、时段各不相同，不相加、不平均、不作比较。",
        f"另有{left}项没有列入。" if left else "",
        f"{silent}则案例没有写明数字。" if silent else "",
    ]
    return Section(
        "自报成效", (said("".join(told)), Table("<figures>自报成效", _FIGURE_COLUMNS, tuple(rows), _FIGURE_NOTE))
    )


def _figures(entry: Entry, known: Material) -> list[Relationship]:
    """The figures of an account, kind by kind in the order of the text."""
    return sorted(
        stated(entry.account, known.facts),
        key=lambda tie: _KINDS.index(str(known.facts.node(tie.end).properties.get("kind", ""))),
    )


def _figure_cells(tie: Relationship, known: Material) -> tuple[Text, ...]:
    told = known.facts.node(tie.end).properties
    part = "其中：" if "subset_of" in told else ""
    by = str(told["claimed_by"]) if "claimed_by" in told else "案例自述"
    return (
        (f"{part}{told['indicator']}",),
        (printed(told, words_of(tie)), known.sources.note(tie.properties)),
        (period(told, "未写明"),),
        (str(told.get("kind", "—")),),
        (by,),
    )
