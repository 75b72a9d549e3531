"""借鉴条件: what accounts say that it took, people, money, things, rules, bodies; as the question ``planning.conditions``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.viz.briefing.blocks import Block, Paragraph, Section, Subheading, said
from unionkg.viz.briefing.cited import Note, inner, quoted, words_of
from unionkg.viz.briefing.facts import outcomes
from unionkg.viz.briefing.figures import printed
from unionkg.viz.briefing.naming import shown as shown_in_full
from unionkg.viz.briefing.topic import Entry, Material, names
from unionkg.viz.briefing.wording import label, period

_INPUTS = 8
"""So many inputs of one kind are told."""
_NAMES = 12
"""So many rules, or bodies of one kind, are named."""
_QUOTES = 3

Entries = Sequence[Entry]


def conditions(known: Material) -> Section:
    """The section: only what accounts state, each with its words."""
    which = f"以其为主做法的{len(known.chosen)}则" if known.others else f"上述{len(known.entries)}则"
    parts: Sequence[tuple[str, Callable[[Entries, Material], list[Block]]]] = (
        ("（一）人员", lambda entries, known: _inputs(entries, known, "人")),
        ("（二）经费", lambda entries, known: _inputs(entries, known, "财")),
        ("（三）场地、设备和其他投入", lambda entries, known: _inputs(entries, known, "物")),
        ("（四）制度和平台", _rules),
        ("（五）协同部门", _bodies),
        ("（六）上级工会和伙伴工会", _unions),
    )
    blocks: list[Block] = [
        said(f"以下只列{which}案例写明的条件，没有写明的不作推断。投入属于整则案例，未必全部用于某一项做法。")
    ]
    for heading, told in parts:
        blocks += [Subheading(heading), *_or_others(told, known)]
    return Section("借鉴条件", tuple(blocks))


def _or_others(told: Callable[[Entries, Material], list[Block]], known: Material) -> list[Block]:
    """What the accounts say that the topic is the main thing of; where they say nothing, what the others say, called so."""
    if blocks := told(known.chosen, known):
        return blocks
    if not known.others:
        return [said("所收案例没有写明。")]
    if blocks := told(known.others, known):
        return [said("以其为主做法的案例没有写明；以其为其中一部分的案例写明的如下，属于整套做法："), *blocks]
    return [said("所收案例都没有写明。")]


def _inputs(entries: Entries, known: Material, resource: str) -> list[Block]:
    """The inputs of one kind, 人 people, 财 money or 物 things, told by the unit."""
    some = []
    for entry in entries:
        for tie in outcomes(entry.account, known.facts):
            told = known.facts.node(tie.end).properties
            if told.get("kind") == "投入" and _resource(str(told["unit"])) == resource:
                some.append((entry, tie))
    blocks: list[Block] = [
        Paragraph(
            (
                f"{number}．{names(entry, known.facts)}：{_input(tie, known)}。原文：“{inner(words_of(tie))}”",
                known.sources.note(tie.properties),
            )
        )
        for number, (entry, tie) in enumerate(some[:_INPUTS], 1)
    ]
    return blocks + ([said(f"另有{len(some) - _INPUTS}项没有列入。")] if len(some) > _INPUTS else [])


def _resource(unit: str) -> str:
    return "人" if unit.startswith("人") else "财" if unit.endswith("元") else "物"


def _input(tie: Relationship, known: Material) -> str:
    told = known.facts.node(tie.end).properties
    return f"{told['indicator']} {printed(told, words_of(tie))}（{'时段：' if 'period' in told else ''}{period(told, '时段未写明')}）"


def _rules(entries: Entries, known: Material) -> list[Block]:
    policies = _named(entries, known, "CITED", lambda name: name if "《" in name else f"《{name}》")
    platforms = _named(entries, known, "USED", quoted)
    blocks = []
    if policies:
        blocks.append(Paragraph(("文中引用或制定的制度文件有：", *policies, "。")))
    if platforms:
        blocks.append(Paragraph(("用到的数字平台有：", *platforms, "。")))
    return list(blocks)


def _bodies(entries: Entries, known: Material) -> list[Block]:
    """Bodies other than unions, kind by kind."""
    kinds: Mapping[str, set[str]] = defaultdict(set)
    for entry in entries:
        for tie in known.facts.ties([entry.account], "SUPPORTED"):
            kinds[str(known.facts.node(tie.start).properties.get("type", "other"))].add(tie.start[1])
    return [
        Paragraph(
            (
                f"{label('partner_types', kind)}：",
                *_named(entries, known, "SUPPORTED", str, kinds[kind]),
                "。",
            )
        )
        for kind in sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind))
    ]


def _unions(entries: Entries, known: Material) -> list[Block]:
    superior, partners = (_named(entries, known, kind, str) for kind in ("SUPERVISED", "JOINED"))
    blocks = []
    if superior:
        blocks.append(Paragraph(("指导、试点或推广的上级工会有：", *superior, "。")))
    if partners:
        blocks.append(Paragraph(("共同开展的工会有：", *partners, "。")))
    return list(blocks)


def _named(
    entries: Entries, known: Material, kind: str, shown: Callable[[str], str], only: set[str] | None = None
) -> list[str | Note]:
    """What accounts name in statements of one type, that which most name first, each name once with its quotes."""
    about: dict[str, set[str]] = defaultdict(set)
    ties: dict[str, list[Relationship]] = defaultdict(list)
    for entry in entries:
        for tie in known.facts.ties([entry.account], kind):
            end = tie.end if tie.start[0] == "PracticeCase" else tie.start
            if only is None or end[1] in only:
                name = _name(known.facts.node(end))
                about[name].add(entry.account.id)
                ties[name].append(tie)
    order = sorted(about, key=lambda name: (-len(about[name]), name))
    text: list[str | Note] = []
    for name in order[:_NAMES]:
        many = f"（{len(about[name])}则）" if len(about[name]) > 1 else ""
        note = known.sources.note(*(tie.properties for tie in ties[name]), most=_QUOTES)
        text += ["、" if text else "", shown(name) + many, note]
    return [*text, f"等{len(order)}个"] if len(order) > _NAMES else text


def _name(node: Node) -> str:
    """A name; that of a union in full, where it is printed as 区总工会."""
    return shown_in_full(node) if node.label == "TradeUnion" else str(node.properties["name"])
