"""做法分类: the kinds of practice of a topic, the names they go by, their fields and whom they serve, each counted apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from unionkg.viz.briefing.blocks import Block, Column, Paragraph, Section, Subheading, Table, said
from unionkg.viz.briefing.cited import Note, Text, quoted
from unionkg.viz.briefing.facts import by_term, is_main
from unionkg.viz.briefing.topic import Entry, Material, below, names

_TYPES = 20
"""So many practice types, or named practices of the topic's own type, are listed."""
_NAMED = 4
"""So many named practices are told of one practice type."""
_QUOTES = 3
"""So many quotes stand behind a count of accounts; how many more there are is told."""


def classes(known: Material) -> Section:
    """The section."""
    blocks: list[Block] = [Subheading("（一）做法类型与做法名称")]
    if known.topic.kind == "practice":
        blocks += _of_the_type(known)
    else:
        blocks += _table(known, "<types>做法类型") or [said("案例都没有归入做法类型。")]
    themes = [] if known.topic.kind == "theme" else [Paragraph(_by_theme(known))]
    blocks += [Subheading("（二）所属领域"), *themes, *_filed_here(known)]
    blocks += [Subheading("（三）服务对象"), Paragraph(_by_group(known))]
    return Section("做法分类", tuple(blocks))


def _of_the_type(known: Material) -> list[Block]:
    """What the accounts of a practice type call theirs, and what else they do."""
    name = f"“{known.topic.name}”"
    told: list[Block] = []
    if known.facts.found.nodes["PracticeType", known.topic.id].properties.get("routine"):
        told.append(said(f"{name}是工会常规工作，各级工会普遍开展，不比较先后。"))
    main = [entry for entry in known.entries if entry.main]
    called = _called(main, known, _TYPES)
    if called:
        told.append(Paragraph((f"以{name}为主做法的案例{len(main)}则，做法名称依次为：", *called, "。")))
    else:
        told.append(said(f"所收案例中，{name}都是整套做法的一部分，没有以其为主的。"))
    others = _table(known, "<types>同时用到的做法类型", least=2)
    return told + ([said("两则以上案例同时用到的其他做法类型见<types>。"), *others] if others else [])


def _called(entries: Sequence[Entry], known: Material, most: int) -> list[str | Note]:
    """The names of accounts' main practices, each with whose it is; of one account printed twice the first."""
    text: list[str | Note] = []
    for entry in entries[:most]:
        ties = known.facts.ties([entry.account], "INTRODUCED")
        if ties:
            called = str(known.facts.node(ties[0].end).properties["name"])
            note = known.sources.note(ties[0].properties)
            text += ["；" if text else "", f"{quoted(called)}（{names(entry, known.facts)}）", note]
    if text and len(entries) > most:
        text.append(f"；等{len(entries)}则")
    return text


def _table(known: Material, caption: str, *, least: int = 1) -> list[Block]:
    """The practice types, but for the topic, that at least so many accounts apply, by how many do; none without any."""
    by_type: dict[str, list[Entry]] = defaultdict(list)
    main: dict[str, list[Entry]] = defaultdict(list)
    for entry in known.entries:
        for kind in entry.account.applied:
            if kind != known.topic.id:
                by_type[kind].append(entry)
                if is_main(entry.account, kind):
                    main[kind].append(entry)
    by_type = {kind: entries for kind, entries in by_type.items() if len(entries) >= least}
    if not by_type:
        return []
    names_of = {kind: str(known.facts.found.nodes["PracticeType", kind].properties["name"]) for kind in by_type}
    order = sorted(by_type, key=lambda kind: (-len(by_type[kind]), -len(main[kind]), names_of[kind]))
    rows: list[tuple[Text, ...]] = []
    for kind in order[:_TYPES]:
        applied = [tie.properties for entry in by_type[kind] for tie in entry.account.applied[kind]]
        rows.append(
            (
                (names_of[kind],),
                (f"{len(by_type[kind])}则", known.sources.note(*applied, most=_QUOTES)),
                (f"{len(main[kind])}则",),
                _called(main[kind], known, _NAMED) or ("—",),
            )
        )
    rest = f"用到的做法类型共{len(order)}类，列案例最多的{_TYPES}类。" if len(order) > _TYPES else ""
    columns = (
        Column("做法类型", 38),
        Column("用到", 16, centred=True),
        Column("以其为主", 20, centred=True),
        Column("以其为主的做法名称（单位）", 82),
    )
    note = f"注：{rest}一则案例可用到几类做法，各栏不能相加。做法名称最多列{_NAMED}个。"
    return [Table(caption, columns, tuple(rows), note)]


def _by_theme(known: Material) -> Text:
    counted = _counted(known, "IN_THEME", "themes")
    return ("按每则案例主做法归入的领域计：", *counted, "。") if counted else ("案例都没有归入领域。",)


def _filed_here(known: Material) -> list[Block]:
    """What touches the topic without counting for it: types of a field in accounts of others, fields named after a group."""
    found, ours = known.facts.found, {entry.account.id for entry in known.entries}
    if known.topic.kind == "theme":
        filed = {
            tie.start[1]
            for tie in known.facts.projection.structure[1]
            if tie.type == "IN_THEME" and tie.end[1] == known.topic.id
        }
        others = [one for one in found.accounts if one.id not in ours and one.types & filed]
        if others:
            used = sorted(
                {str(found.nodes["PracticeType", kind].properties["name"]) for a in others for kind in a.types & filed}
            )
            return [
                said(
                    f"另有{len(others)}则案例主做法归入其他领域，但用到通常归入本领域的做法类型（{_some(used)}），没有计入。"
                )
            ]
        return [said("其他领域的案例都没有用到通常归入本领域的做法类型。")]
    if known.topic.kind == "group":
        called = {
            str(found.nodes["TargetGroup", one].properties["name"])
            for one in below(known.topic.id, "TargetGroup", known.facts)
        }
        themes = {
            node.id: str(node.properties["name"])
            for node in found.nodes.values()
            if node.label == "Theme" and any(name in str(node.properties["name"]) for name in called)
        }
        others = [one for one in found.accounts if one.id not in ours and one.themes & themes.keys()]
        if others:
            return [
                said(
                    f"另有{len(others)}则案例归入{_some([f'“{name}”' for name in sorted(themes.values())])}领域，"
                    "但文中没有写明服务这一群体，没有计入。"
                )
            ]
    return []


def _by_group(known: Material) -> Text:
    counted = _counted(known, "SERVED", "target_groups")
    named = {tie.start[1] for tie in known.facts.ties(known.accounts, "SERVED")}
    without = sum(not named & set(entry.printings) for entry in known.entries)
    silent = f"；没有写明服务对象的{without}则" if without else ""
    return (
        ("按文中写明的服务对象计（一则可写明几类）：", *counted, f"{silent}。")
        if counted
        else ("案例都没有写明服务对象。",)
    )


def _counted(known: Material, kind: str, vocabulary: str) -> list[str | Note]:
    """How many accounts each field or group is told of, in the order of the vocabulary."""
    text: list[str | Note] = []
    for name, number, ties in by_term(known.accounts, known.facts, kind, vocabulary):
        note = known.sources.note(*(tie.properties for tie in ties), most=_QUOTES)
        text += ["、" if text else "", f"{name}{number}则", note]
    return text


def _some(shown: Sequence[str], most: int = 5) -> str:
    return "、".join(shown[:most]) + (f"等{len(shown)}类" if len(shown) > most else "")
