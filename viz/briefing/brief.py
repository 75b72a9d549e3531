"""A briefing on a topic as plain data: what the material holds, who did what since when, with which results, what is unseen.

Everything that is stated has its quotes behind a note. Nothing is inferred, ranked, added or averaged; what a place did
first nobody knows, only what the material records first. The briefing is in Chinese, whatever language the user reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from unionkg.graph.analysis.adoptions import material as reach
from unionkg.graph.audience import Audience
from unionkg.graph.build import Projection
from unionkg.language import speaking
from unionkg.viz.briefing.blocks import Block, Column, Section, Table, in_order, said
from unionkg.viz.briefing.brief_classes import classes
from unionkg.viz.briefing.brief_conditions import conditions
from unionkg.viz.briefing.brief_gaps import gaps
from unionkg.viz.briefing.brief_units import outcomes, representatives, rows_of
from unionkg.viz.briefing.cited import Text
from unionkg.viz.briefing.facts import facts
from unionkg.viz.briefing.topic import Material, Topic, below, material
from unionkg.viz.briefing.wording import date

_PUBLIC = "本简报为公开版：个人姓名已隐去；引文有删节的，删节处用省略号表示。"
_DOCUMENTS = 30
"""So many documents stand in the table of sources."""
_GROUPS = 6
"""So many groups below the topic are named."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A briefing.

    Attributes
    ----------
    topic : Topic
    title, subtitle : str
    sections : tuple of Section
    references : tuple of str
        The documents that it cites, GB/T 7714—2015, with their numbers.
    accounts, documents : int
        How many accounts tell of the topic, in how many documents; 0 where the material has nothing of it.
    """

    topic: Topic
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    references: tuple[str, ...]
    accounts: int
    documents: int


def brief(projection: Projection, texts: Mapping[str, str], topic: Topic, *, audience: Audience = "internal") -> Brief:
    """Make the briefing on a topic.

    Parameters
    ----------
    projection : Projection
    texts : mapping of str to str
        Stored texts by document id, for the lines of quotes.
    topic : Topic
        What it is about; a topic of which the material has nothing gives a briefing without sections.
    audience : {"internal", "public"}
        Whom the projection was made for: the public is told that quotes are shortened and names masked.
    """
    with speaking("zh"):
        known = material(topic, facts(projection, texts), texts)
        title, until = _title(topic), reach(projection).end
        subtitle = f"（资料截至{date(until)}）" if until else "（资料日期不明）"
        if not known.entries:
            return Brief(topic, title, subtitle, (), (), 0, 0)
        shown = rows_of(known)
        sections = (
            _scope(known, projection, audience),
            classes(known),
            representatives(known, shown),
            outcomes(known, shown),
            gaps(known),
            conditions(known),
        )
        references = tuple(known.sources.references)
        return Brief(topic, title, subtitle, in_order(sections), references, len(known.entries), len(references))


def _title(topic: Topic) -> str:
    if topic.kind == "practice":
        return f"“{topic.name}”做法情况简报"
    if topic.kind == "theme":
        return f"“{topic.name}”领域创新做法情况简报"
    if topic.kind == "group":
        return f"面向“{topic.name}”的做法情况简报"
    return f"{topic.name}工会创新做法情况简报"


def _scope(known: Material, projection: Projection, audience: Audience) -> Section:
    reached, every = reach(projection), len(known.facts.found.accounts)
    dated = f"，最晚的刊印或记载时间为{date(reached.end)}" if reached.end else ""
    undated = f"（其中{reached.undated}份没有写明刊印时间）" if reached.undated else ""
    blocks: list[Block] = [
        said(
            f"本简报依据已收入资料库的{reached.documents}份文献{undated}、{every}则案例{dated}。"
            f"其中{_about(known)}的案例{len(known.entries)}则，见于{len(known.sources.documents)}份文献（<sources>）"
            f"{_roles(known)}。同一案例在几处刊印的，只算一则。"
        ),
        _documents(known),
        said(
            "资料汇编是样本，不是普查：资料未见，不等于没有开展。“最早记载”只指现有资料中最早的记载，不表示首创；"
            "各地、各单位不作排名。成效数字均为案例自报，未经核实，不同口径的数字不相加、不平均。"
        ),
        said(
            f"文中上标数字为尾注编号，文末尾注逐条列出原文，方括号内为参考文献序号，行号为资料库所存文本的行号。"
            f"案例由程序读取，{_reviewed(known)}，引用前请对照原文。{_PUBLIC if audience == 'public' else ''}"
        ),
    ]
    return Section("资料范围与截止日期", tuple(blocks))


def _about(known: Material) -> str:
    topic = known.topic
    return {
        "practice": f"用到“{topic.name}”",
        "theme": f"归入“{topic.name}”领域",
        "group": f"写明服务“{topic.name}”",
        "region": f"发生在{topic.name}",
    }[topic.kind]


def _roles(known: Material) -> str:
    if known.topic.kind == "group":
        return _narrower(known)
    if known.topic.kind != "practice":
        return ""
    main = sum(entry.main for entry in known.entries)
    return f"，其中以其为主做法的{main}则，作为其中一部分的{len(known.entries) - main}则"


def _narrower(known: Material) -> str:
    """How many accounts name the group itself, and not only one below it."""
    under = below(known.topic.id, "TargetGroup", known.facts) - {known.topic.id}
    if not under:
        return ""
    ties = known.facts.ties(known.accounts, "SERVED")
    itself = {tie.start[1] for tie in ties if tie.end[1] == known.topic.id}
    named = sum(bool(itself & set(entry.printings)) for entry in known.entries)
    called = sorted({str(known.facts.node(tie.end).properties["name"]) for tie in ties if tie.end[1] in under})
    if not called:
        return ""
    shown = "、".join(called[:_GROUPS]) + ("等" if len(called) > _GROUPS else "")
    return f"，其中直接写明的{named}则，只写明其中一类（{shown}）的{len(known.entries) - named}则"


def _reviewed(known: Material) -> str:
    reviews = [
        tie.properties.get("review")
        for entry in known.entries
        for tie in known.facts.stated.get(entry.account.id, ())
        if "review" in tie.properties
    ]
    done = sum(review in {"accepted", "corrected"} for review in reviews)
    if not done:
        return "尚未经人工复核"
    return f"所涉{len(reviews)}条陈述中{done}条已经人工复核"


def _documents(known: Material) -> Table:
    found = known.facts.found
    own = {case for entry in known.entries for case in entry.printings}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in found.every:
        tally = counts[str(found.nodes["PracticeCase", case].properties["document"])]
        tally[0] += 1
        tally[1] += case in own
    more = len(known.sources.documents) - _DOCUMENTS
    rows: list[tuple[Text, ...]] = []
    for number, document in enumerate(known.sources.documents[:_DOCUMENTS], 1):
        told = document.properties
        published = date(str(told["published"])) if "published" in told else "未写明"
        everything, ours = counts[document.id]
        rows.append(
            (
                (f"[{number}]",),
                (str(told.get("title") or document.id),),
                (published,),
                (str(everything),),
                (str(ours),),
            )
        )
    return Table(
        "<sources>资料来源",
        (
            Column("文献", 14, centred=True),
            Column("名称", 78),
            Column("刊印时间", 26, centred=True),
            Column("案例数", 16, centred=True),
            Column("涉及本题", 22, centred=True),
        ),
        tuple(rows),
        "注：“文献”一栏为参考文献序号；案例数按刊印次数计。" + (f"其余{more}份见参考文献。" if more > 0 else ""),
    )
