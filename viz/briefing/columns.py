"""The columns of a comparison: for each kind of thing its aspects, in the same order for all of that kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from unionkg.errors import InputError
from unionkg.graph.analysis import coverage
from unionkg.graph.analysis.accounts import Account
from unionkg.graph.analysis.adoptions import Adoption, spreads
from unionkg.graph.analysis.basis import reasons
from unionkg.graph.analysis.cascades import evidence
from unionkg.graph.analysis.coverage import ABSENT, NO_MATERIAL, ON_RECORD
from unionkg.graph.analysis.modes import UNUSED, modes
from unionkg.graph.analysis.places import upwards
from unionkg.graph.analysis.spread_steps import Step
from unionkg.graph.derived import Dating, earliest, of_account
from unionkg.graph.stores.protocol import Relationship, Value
from unionkg.language import say
from unionkg.ontology.vocabulary import terms
from unionkg.viz.briefing import wording
from unionkg.viz.briefing.facts import (
    LEARNT,
    TAKEN_UP,
    WENT,
    Facts,
    Item,
    beginnings,
    claims,
    counted,
    honours,
    is_main,
    learners,
    named,
    organisations,
    practice_types,
    reporters,
    spread,
    titles,
)
from unionkg.viz.briefing.naming import Named, shown

_EARLIEST = 3
"""So many unions with the earliest records are named."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """What is told of a thing in one aspect; ``blank`` stands where nothing is, else that of the column.

    ``optional`` ones are left out where no column has anything.
    """

    part: str
    name: str
    items: tuple[Item, ...]
    blank: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A thing with its aspects, the accounts whose figures are told, and the id of the union that it is."""

    aspects: tuple[Aspect, ...]
    accounts: tuple[Account, ...]
    blank: str
    own: str = ""


def column(one: Named, known: Facts, beside: Sequence[Named], vocabularies: Path | None) -> Column:
    """The column of a thing; what stands ``beside`` decides which practice types have a row for regions."""
    if one.kind == "TradeUnion":
        return _union(one, known)
    if one.kind == "Region":
        return _region(one, known, beside)
    if one.kind == "PracticeType":
        return _practice_type(one, known, vocabularies)
    return _practice(one, known)


def _column(aspects: Iterable[Aspect], accounts: Sequence[Account], blank: str = "", own: str = "") -> Column:
    return Column(tuple(aspects), tuple(accounts), blank or wording.unseen(), own)


# ------------------------------------------------------------ unions


def _union(one: Named, known: Facts) -> Column:
    accounts = [account for account in known.found.accounts if one.id in account.unions]
    part = say("组织", "Organisation")
    given = known.found.nodes["TradeUnion", one.id].properties
    level = wording.label("union_levels", given["level"]) if "level" in given else ""
    kind = wording.label("union_types", given["type"]) if "type" in given else ""
    mentions = [
        tie
        for some in known.stated.values()
        for tie in some
        if ("TradeUnion", one.id) in {tie.start, tie.end} and "printed" in tie.properties
    ]
    what = say("，", ", ").join(filter(None, (level, kind)))
    return _column(
        [
            Aspect(part, say("层级与类型", "Level and type"), (Item(what, known.note(mentions[:5])),) if what else ()),
            Aspect(part, say("所在地区", "Region"), _seats(one, known)),
            Aspect(part, say("块上的上级（地方）", "Superior, territorial"), _superiors(one, known, {"territorial"})),
            Aspect(
                part,
                say("条上的上级（产业、集团）", "Superior, industrial or corporate"),
                _superiors(one, known, {"industrial", "corporate"}),
            ),
            Aspect(part, say("自己的案例", "Own accounts"), titles(accounts, known)),
            *_of_accounts(accounts, known),
        ],
        accounts,
        own=one.id,
    )


def _seats(one: Named, known: Facts) -> tuple[Item, ...]:
    basis = say("由名称和区划代码推得", "from its name and the codes of regions")
    regions = known.found.seats.get(one.id, ())
    return tuple(Item(shown(known.found.nodes["Region", region]), basis=basis) for region in regions)


def _superiors(one: Named, known: Facts, lines: set[str]) -> tuple[Item, ...]:
    ties: dict[str, list[Relationship]] = defaultdict(list)
    for tie in known.projection.derived:
        if tie.type == "SUBORDINATE_TO" and tie.start[1] == one.id and tie.properties.get("line") in lines:
            ties[shown(known.node(tie.end))].append(tie)
    made = []
    for name, some in ties.items():
        sources = sorted({str(tie.properties["source"]) for tie in some if "source" in tie.properties})
        basis = say(f"依据：{'、'.join(sources)}", f"basis: {', '.join(sources)}") if sources else ""
        made.append(Item(name, known.note(some), basis))
    return tuple(made)


def _of_accounts(accounts: Sequence[Account], known: Facts) -> list[Aspect]:
    """What accounts say of practices, those that they serve, conditions, honours and spread."""
    did, whom = say("做法", "Practices"), say("对象与条件", "Groups and conditions")
    went = say("荣誉与传播", "Honours and spread")
    return [
        Aspect(did, say("具体做法", "Named practices"), named(accounts, known, "INTRODUCED")),
        Aspect(did, say("做法类型（最早记载）", "Practice types (earliest record)"), practice_types(accounts, known)),
        Aspect(did, say("领域", "Fields"), counted(accounts, known, "IN_THEME", "themes")),
        Aspect(did, say("自称首创（原文说法）", "Claims to be first"), claims(accounts, known), optional=True),
        Aspect(whom, say("服务对象", "Groups served"), counted(accounts, known, "SERVED", "target_groups")),
        Aspect(whom, say("协同单位", "Partners"), organisations(accounts, known)),
        Aspect(whom, say("制度文件", "Rules and documents"), named(accounts, known, "CITED")),
        Aspect(whom, say("平台", "Platforms"), named(accounts, known, "USED")),
        Aspect(went, say("荣誉（入选不是获奖）", "Honours (selected is not won)"), honours(accounts, known)),
        Aspect(went, say("学习来源与试点部署", "Learned from, pilots assigned"), spread(accounts, known, *LEARNT)),
        Aspect(went, say("推广与认可", "Promotion and recognition"), spread(accounts, known, *TAKEN_UP)),
        Aspect(went, say("传播去向", "Where it went"), (*spread(accounts, known, *WENT), *learners(accounts, known))),
    ]


# ------------------------------------------------------------ regions


def _region(one: Named, known: Facts, beside: Sequence[Named]) -> Column:
    accounts = [
        account
        for account in known.found.accounts
        if any(one.id in upwards(place, known.found.places) for place in account.regions)
    ]
    blank = wording.unseen() if accounts else _state_name(NO_MATERIAL)
    part = say("资料与组织", "Material and organisation")
    cases = [case for account in accounts for case in known.printings[account.id]]
    documents = {str(known.found.nodes["PracticeCase", case].properties["document"]) for case in cases}
    size = say(
        f"文献 {len(documents)} 份，案例 {len(accounts)} 则", f"documents: {len(documents)}, accounts: {len(accounts)}"
    )
    located = known.note(known.ties(accounts, "TOOK_PLACE_IN"))
    owners = known.merged((shown(known.node(tie.start)), tie) for tie in known.ties(accounts, "INITIATED"))
    types = say("做法类型（最早记载）", "Practice types (earliest record)")
    return _column(
        [
            Aspect(part, say("资料", "Material"), (Item(size, located),) if accounts else ()),
            Aspect(part, say("有案例的工会", "Unions with accounts"), owners),
            *_states(one, known, beside),
            *(aspect for aspect in _of_accounts(accounts, known) if aspect.name != types),
        ],
        accounts,
        blank,
    )


def _states(one: Named, known: Facts, beside: Sequence[Named]) -> list[Aspect]:
    """The state of every practice type that one of the regions has something of."""
    read = coverage.told(known.projection)
    every = coverage.columns(read)
    matrices = {}
    for region in beside:
        level = str(known.found.nodes["Region", region.id].properties.get("level"))
        made = coverage.matrix(read, cast("coverage.Level", level), every)
        if region.id not in made.regions:
            raise InputError(
                say(
                    f"“{region.name}”不能比较：只比较现行的省、地、县级地区，31 个省级和兵团之内",
                    f"{region.name} cannot be compared: only "
                    "provinces, prefectures and counties in force, within the 31 and the 兵团",
                ),
                hint=say("改用现行区划的名称", "name the region as it is today"),
            )
        matrices[region.id] = made
    kinds = [c for c in every if any((r, c.practice_type) in made.cells for r, made in matrices.items())]
    order = {term.zh: at for at, term in enumerate(terms("practice_types"))}
    part = say("做法类型的状态", "Practice types: state")
    return [
        Aspect(part, kind.name, *_state(matrices[one.id].cell(one.id, kind.practice_type), kind.practice_type, known))
        for kind in sorted(kinds, key=lambda kind: (order.get(kind.name, len(order)), kind.practice_type))
    ]


def _state_name(state: coverage.State) -> str:
    english: Mapping[coverage.State, str] = {
        "有记载": "on record",
        "台账确认未开展": "confirmed absent by a ledger",
        "资料未见": "not seen in the material",
        "无该地资料": "no material of the region",
    }
    return say(state, english[state])


def _state(cell: coverage.Cell, kind: str, known: Facts) -> tuple[tuple[Item, ...], str]:
    """What documents and ledgers say, and the state where neither says anything."""
    made = []
    if cell.applied:
        by_account: dict[str, list[Dating]] = defaultdict(list)
        for tie in cell.applied:
            by_account[known.found.every[tie.start[1]].id].append(tie.properties)
        dating = earliest([of_account(some) for some in by_account.values()])
        routine = known.found.nodes["PracticeType", kind].properties.get("routine")
        dated = wording.interval(dating["not_before"], dating["not_after"], dating["dated_by"])
        told = say("常规工作", "routine") if routine else dated
        count = say(f"：{cell.accounts} 则，{told}", f" (accounts: {cell.accounts}), {told}")
        made.append(Item(_state_name(ON_RECORD) + count, known.note(cell.applied)))
    for tie in cell.entries:
        given = tie.properties
        if "status" not in given:
            continue
        when_ = wording.date(str(given["date"])) if "date" in given else say("日期不明", "undated")
        has = say("：台账写明开展", ": a ledger says so")
        state = _state_name(ON_RECORD) + has if given["status"] == "开展" else _state_name(ABSENT)
        basis = say(
            f"《{given['source']}》{given['place']}：{given['row']}",
            f"{given['source']}, {given['place']}: {given['row']}",
        )
        made.append(Item(state + say(f"（截至{when_}）", f" (as of {when_})"), basis=basis))
    return tuple(made), _state_name(cell.state)


# ------------------------------------------------------------ practice types


def _practice_type(one: Named, known: Facts, vocabularies: Path | None) -> Column:
    applying = [account for account in known.found.accounts if one.id in account.applied]
    main = [account for account in applying if is_main(account, one.id)]
    node = known.found.nodes["PracticeType", one.id].properties
    what, when_, whom = say("资料", "Material"), say("采用", "Adoption"), say("对象与条件", "Groups and conditions")
    went = say("传播", "Spread")
    ties = [tie for account in applying for tie in account.applied[one.id]]
    parts = len(applying) - len(main)
    count = say(
        f"主做法 {len(main)} 则，另有 {parts} 则用到", f"accounts: {len(main)} as main practice, {parts} as a part"
    )
    aliases = node.get("aliases")
    others = tuple(Item(str(alias)) for alias in aliases) if isinstance(aliases, list) else ()
    return _column(
        [
            Aspect(what, say("也称", "Also called"), others, optional=True),
            Aspect(what, say("案例数", "Accounts"), (Item(count, known.note(ties)),) if applying else ()),
            *_adoption(one, known, when_),
            Aspect(whom, say("领域", "Fields"), counted(main, known, "IN_THEME", "themes")),
            Aspect(whom, say("服务对象", "Groups served"), counted(main, known, "SERVED", "target_groups")),
            Aspect(whom, say("协同单位", "Partners"), organisations(main, known)),
            Aspect(whom, say("制度文件", "Rules and documents"), named(main, known, "CITED")),
            Aspect(whom, say("平台", "Platforms"), named(main, known, "USED")),
            Aspect(went, say("传播方式", "Mode of spread"), _modes(one, known, vocabularies)),
            Aspect(went, say("学习来源与试点部署", "Learned from, pilots assigned"), _told_of(main, known, LEARNT)),
            Aspect(went, say("推广与认可", "Promotion and recognition"), _told_of(main, known, TAKEN_UP)),
            Aspect(went, say("传播去向", "Where it went"), _told_of(main, known, WENT)),
            Aspect(went, say("荣誉（入选不是获奖）", "Honours (selected is not won)"), honours(main, known)),
        ],
        main,
    )


def _told_of(accounts: Sequence[Account], known: Facts, kinds: tuple[str, ...]) -> tuple[Item, ...]:
    """Stated diffusion, each with whose account says it."""
    return known.merged(
        (f"{reporters(account, known)}{say('：', ': ')}{wording.spread(tie.type, tie.properties)}", tie)
        for account in accounts
        for tie in known.ties([account], *kinds)
    )


def _adoption(one: Named, known: Facts, part: str) -> list[Aspect]:
    earliest, by_level = say("最早记载", "Earliest record"), say("各层级采用", "By level")
    if known.found.nodes["PracticeType", one.id].properties.get("routine"):
        routine = say("常规工作，不计先后", "routine: no first adopters")
        return [Aspect(part, earliest, (), routine), Aspect(part, by_level, (), routine)]
    found = next((s for s in spreads(known.projection, "union") if s.practice_type == one.id), None)
    adoptions = found.adoptions if found else ()
    behind = evidence(known.projection)

    def item(text: str, some: Iterable[Adoption]) -> Item:
        return Item(text, known.sources.note(*(row for adoption in some for row in behind(adoption))))

    def dated(adoption: Adoption) -> str:
        return wording.interval(adoption.not_before, adoption.not_after, adoption.dated_by)

    with_date = [a for a in adoptions if a.not_after]
    first = [
        item(f"{shown(known.found.nodes['TradeUnion', a.unit])}{say('：', ': ')}{dated(a)}", [a])
        for a in with_date[:_EARLIEST]
    ]
    if alike := [a for a in with_date[_EARLIEST:] if a.not_after == with_date[_EARLIEST - 1].not_after]:
        same = say(f"另有 {len(alike)} 家，最迟时间与末一家相同", f"as late as the last at most: {len(alike)} more")
        first.append(item(same, alike))
    levels = []
    for term in terms("union_levels"):
        some = [a for a in adoptions if known.found.nodes["TradeUnion", a.unit].properties.get("level") == term.key]
        if some:
            text = say(f"{term.zh}：{len(some)} 家", f"{term.en}: unions {len(some)}")
            since = (
                say(f"，最早{dated(some[0])}", f", earliest {dated(some[0])}")
                if some[0].not_after
                else say("，", ", ") + dated(some[0])
            )
            levels.append(item(text + since, some))
    return [Aspect(part, earliest, tuple(first)), Aspect(part, by_level, tuple(levels))]


def _modes(one: Named, known: Facts, vocabularies: Path | None) -> tuple[Item, ...]:
    found = modes(known.projection, one.name, vocabularies)
    judged = next((m for m in found if m.practice_type == one.id), None)
    stories = judged.findings if judged else ()
    made = []
    for mode in dict.fromkeys(story.mode for story in stories):
        some = [story for story in stories if story.mode == mode]
        said = [_statement(step) for story in some for step in story.steps]
        text = wording.label("diffusion_modes", mode) + say(f"（依据 {len(some)} 组）", f" (stories: {len(some)})")
        made.append(Item(text, known.sources.note(*said)))
    if made:
        return tuple(made)
    counts: dict[str, int] = {}
    for (_, reason), count in judged.unused.items() if judged else ():
        counts[reason] = counts.get(reason, 0) + count
    why = reasons(counts, UNUSED)
    text = say("证据不足", "evidence insufficient")
    return (
        Item(text + (say(f"（不能作依据的陈述：{why}）", f" (statements that are no evidence: {why})") if why else "")),
    )


def _statement(step: Step) -> Mapping[str, Value]:
    """A step of a story as the statement that it is."""
    ends = [start + len(quote) for quote, start in zip(step.quotes, step.starts, strict=True)]
    return {"document": step.document, "quotes": list(step.quotes), "starts": list(step.starts), "ends": ends}


# ------------------------------------------------------------ named practices and accounts


def _practice(one: Named, known: Facts) -> Column:
    if one.kind == "PracticeCase":
        accounts = [known.found.every[one.id]]
    else:
        end = ("Practice", one.id)
        own = [a for a in known.found.accounts if any(t.end == end for t in known.ties([a], "INTRODUCED"))]
        accounts = own or [a for a in known.found.accounts if any(t.end == end for t in known.ties([a], "INCLUDED"))]
    part = say("案例", "Account")
    return _column(
        [
            Aspect(part, say("所载案例", "Accounts"), titles(accounts, known)),
            Aspect(part, say("发起工会", "Union"), named(accounts, known, "INITIATED", start=True)),
            Aspect(part, say("上级工会", "Superiors"), named(accounts, known, "SUPERVISED", start=True)),
            Aspect(part, say("所在地区", "Region"), named(accounts, known, "TOOK_PLACE_IN")),
            Aspect(part, say("起始时间", "Began"), beginnings(accounts, known)),
            *_of_accounts(accounts, known),
        ],
        accounts,
    )
