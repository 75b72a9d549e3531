"""资料未见: where the material has the topic, where a ledger says that it is absent, where it is silent, where there is none.

Four states, kept apart (`unionkg.graph.analysis.coverage`); only a ledger makes a gap, and regions stand in the order of
their codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unionkg.graph.analysis import coverage
from unionkg.graph.analysis.coverage import ABSENT, NO_MATERIAL, NOT_SEEN, ON_RECORD, STATES
from unionkg.graph.analysis.places import counts_for, upwards
from unionkg.graph.analysis.units import could_adopt
from unionkg.graph.stores.protocol import Relationship
from unionkg.ontology.vocabulary import terms
from unionkg.viz.briefing.blocks import Block, Column, Paragraph, Section, Subheading, Table, said
from unionkg.viz.briefing.cited import Note, Text
from unionkg.viz.briefing.topic import Entry, Material
from unionkg.viz.briefing.wording import date

_QUOTES = 2
"""So many quotes stand behind a region that is on record."""
_MEANS: Mapping[str, str] = {
    ON_RECORD: "资料中有这一做法的案例，或台账写明开展",
    ABSENT: "台账写明未开展，且没有相反的记载",
    NOT_SEEN: "有该地其他案例，没有这一内容；不等于没有开展",
    NO_MATERIAL: "没有该地的任何案例，无从判断",
}
_COLUMNS = (Column("状态", 30), Column("地区数", 16, centred=True), Column("地区", 110))


def gaps(known: Material) -> Section:
    """The section."""
    if known.topic.kind == "region":
        return Section("资料未见", tuple(_of_a_region(known)))
    return Section("资料未见", tuple(_of_a_topic(known)))


def _of_a_topic(known: Material) -> list[Block]:
    """By province: the base is the 31 provinces and the 兵团."""
    by_region = _on_record(known, "province")
    of = coverage.told(known.facts.projection)
    states: dict[str, str] = {}
    entries: dict[str, Sequence[Relationship]] = {}
    base = could_adopt("province", known.facts.found)
    if known.topic.kind == "practice":
        column = coverage.Column(known.topic.id, known.topic.name, 0, listed=False)
        made = coverage.matrix(of, "province", [column])
        for region in base:
            cell = made.cell(region, known.topic.id)
            states[region], entries[region] = cell.state, cell.entries
    else:
        every = {place for places in of.places.values() for place in places}
        there = counts_for(every, "province", known.facts.found.places)
        for region in base:
            states[region] = ON_RECORD if region in by_region else NOT_SEEN if region in there else NO_MATERIAL
    base.sort(key=lambda region: _code(region, known))
    rows: list[tuple[Text, ...]] = []
    for state in STATES:
        here = [region for region in base if states[region] == state]
        listed = _joined([_shown(region, state, by_region, entries, known) for region in here])
        rows.append(((state,), (str(len(here)),), listed or ("无",)))
    unplaced = sum(not entry.account.regions for entry in known.entries)
    silent = f"另有{unplaced}则案例没有写明地区，没有计入任何地区。" if unplaced else ""
    note = "注：" + "；".join(f"{state}——{_MEANS[state]}" for state in STATES) + "。"
    return [
        said(
            f"以31个省（自治区、直辖市）和新疆生产建设兵团为底数，按有无记载分为四种状态，见<places>，按行政区划代码排列。"
            f"只有“台账确认未开展”才是空白，其余不能据以判断有无。{silent}"
        ),
        Table("<places>各地有无记载", _COLUMNS, tuple(rows), note),
        *_ledgers(known, of),
    ]


def _shown(
    region: str,
    state: str,
    by_region: Mapping[str, Sequence[Entry]],
    entries: Mapping[str, Sequence[Relationship]],
    known: Material,
) -> list[str | Note]:
    """A region as the table has it: how many accounts, and what ledgers say."""
    name = str(known.facts.found.nodes["Region", region].properties["name"])
    some = by_region.get(region, ())
    told = [f"{len(some)}则"] if some else []
    told += [] if state == NOT_SEEN else [_entry(tie) for tie in entries.get(region, ())]
    text = name + (f"（{'，'.join(dict.fromkeys(told))}）" if told else "")
    return [text, known.note(some, "TOOK_PLACE_IN", most=_QUOTES)] if some else [text]


def _entry(tie: Relationship) -> str:
    """What a ledger says, with its date and the place in it."""
    given = tie.properties
    when = f"截至{date(str(given['date']))}" if "date" in given else "日期不明"
    status = str(given.get("status", "只有数字"))
    return f"台账《{given['source']}》{given.get('place', '')}：{status}，{when}"


def _ledgers(known: Material, of: coverage.Told) -> list[Block]:
    """What can be said of ledgers: that there are none, or what they say of practice types of the field."""
    if not of.entries:
        return [said("资料库没有收入台账，因此没有一个地区可以确认未开展。")]
    if known.topic.kind == "practice":
        return []
    filed = of.filed.get(known.topic.id, frozenset()) if known.topic.kind == "theme" else frozenset()
    absent = [
        tie for kind in sorted(filed) for tie in of.entries.get(kind, ()) if tie.properties.get("status") == "未开展"
    ]
    if not absent:
        return [said("台账按做法类型登记，不能据以确认整个领域或某一群体的工作未开展。")]
    told = "；".join(
        f"{known.facts.found.nodes[tie.start].properties['name']}的“{known.facts.found.nodes[tie.end].properties['name']}”"
        f"（{_entry(tie)}）"
        for tie in absent
    )
    return [said(f"台账按做法类型登记，写明未开展的有：{told}。这不等于整个领域的工作没有开展。")]


# ------------------------------------------------------------ of a region


def _of_a_region(known: Material) -> list[Block]:
    """The fields that the region's accounts do not show, what ledgers say of it, and its parts without any account."""
    blocks: list[Block] = [Subheading("（一）各领域"), Paragraph(_fields(known))]
    blocks += [Subheading("（二）台账的说法"), said(_ledger_of(known))]
    parts = _parts(known)
    if parts:
        blocks += [Subheading("（三）下级地区"), *parts]
    return blocks


def _fields(known: Material) -> Text:
    nodes = known.facts.found.nodes.values()
    called = {node.id: str(node.properties["name"]) for node in nodes if node.label == "Theme"}
    shown = {theme for entry in known.entries for theme in entry.account.themes}
    order = {term.zh: at for at, term in enumerate(terms("themes"))}
    unseen = sorted((called[one] for one in called if one not in shown), key=lambda name: order.get(name, 999))
    if not unseen:
        return (f"{len(called)}个领域都有{known.topic.name}的案例。",)
    return (
        f"{len(called)}个领域中，资料未见{known.topic.name}案例的有{len(unseen)}个：{'、'.join(unseen)}。"
        "资料未见不等于没有开展。",
    )


def _ledger_of(known: Material) -> str:
    of = coverage.told(known.facts.projection)
    if not of.entries:
        return "资料库没有收入台账，因此没有一项做法可以确认未开展。"
    absent = [
        tie
        for ties in of.entries.values()
        for tie in ties
        if tie.properties.get("status") == "未开展" and tie.start[1] == known.topic.id
    ]
    if not absent:
        return f"台账中没有{known.topic.name}未开展某类做法的登记。"
    shown = "；".join(f"“{known.facts.found.nodes[tie.end].properties['name']}”（{_entry(tie)}）" for tie in absent)
    return f"台账确认未开展的有：{shown}。"


def _parts(known: Material) -> list[Block]:
    """The regions one level down with and without accounts; none below a county."""
    found = known.facts.found
    for level in ("prefecture", "county"):
        inside = [
            one
            for one in could_adopt(level, found)
            if one != known.topic.id and known.topic.id in upwards(one, found.places)
        ]
        if inside:
            break
    else:
        return []
    inside.sort(key=lambda region: _code(region, known))
    by_region = _on_record(known, level)
    with_some = [one for one in inside if one in by_region]
    without = [one for one in inside if one not in by_region]
    upper = sum(not counts_for(entry.account.regions, level, found.places) for entry in known.entries)
    rows: list[tuple[Text, ...]] = [
        (
            ("有该地案例",),
            (str(len(with_some)),),
            _joined([_shown(o, ON_RECORD, by_region, {}, known) for o in with_some]) or ("无",),
        ),
        (
            (NO_MATERIAL,),
            (str(len(without)),),
            _joined([_shown(o, NO_MATERIAL, {}, {}, known) for o in without]) or ("无",),
        ),
    ]
    silent = f"另有{upper}则案例只写到上一级，没有计入。" if upper else ""
    return [
        said(
            f"{known.topic.name}下辖{len(inside)}个{'地级' if level == 'prefecture' else '县级'}地区，有无案例见<places>。{silent}"
        ),
        Table(
            "<places>下级地区有无案例",
            _COLUMNS,
            tuple(rows),
            "注：无该地资料，不能据以判断有无开展；按行政区划代码排列。",
        ),
    ]


def _on_record(known: Material, level: str) -> dict[str, list[Entry]]:
    """The accounts of the topic by region of a level."""
    made: dict[str, list[Entry]] = {}
    for entry in known.entries:
        for region in counts_for(entry.account.regions, level, known.facts.found.places):
            made.setdefault(region, []).append(entry)
    return made


def _code(region: str, known: Material) -> str:
    return str(known.facts.found.nodes["Region", region].properties["code"])


def _joined(parts: Sequence[Sequence[str | Note]]) -> list[str | Note]:
    text: list[str | Note] = []
    for part in parts:
        text += ["、" if text else "", *part]
    return text
