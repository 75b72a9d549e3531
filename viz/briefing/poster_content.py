"""What a poster of a practice type tells: plain data, every statement with the quotes behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from unionkg.errors import InputError
from unionkg.graph.analysis import coverage
from unionkg.graph.analysis.accounts import Account
from unionkg.graph.analysis.adoptions import Adoption, Material, Spread, material, spreads, year
from unionkg.graph.analysis.cascades import evidence
from unionkg.graph.analysis.curves_of_adoption import YearOfCurve, years_of
from unionkg.graph.build import Projection
from unionkg.graph.stores.protocol import Relationship
from unionkg.language import say
from unionkg.ontology.vocabulary import terms
from unionkg.viz.briefing import wording
from unionkg.viz.briefing.cited import Note
from unionkg.viz.briefing.facts import Facts, counted, facts, figures, is_main, named, organisations, reporters
from unionkg.viz.briefing.naming import Named, resolve_alike, shown

_SHORTEST_QUOTE, _LONGEST_QUOTE = 4, 60
#: Stated spread in the order in which it is told: what passed between units before promotion and recognition.
_TIES = (
    *("LEARNED_FROM", "REPLICATED_IN", "SCALED_TO", "PILOTED_AT", "PILOT_ASSIGNED_BY", "PROMOTED_BY", "RECOGNISED_BY"),
)
_KINDS = ("成效", "产出", "规模", "投入", "")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: the text, and the quotes behind it; ``words`` is one of them, shown with it.

    Those that are shown stand in the order of ``when``.
    """

    text: str
    note: Note
    words: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A province: its code and name, its state (`coverage.STATES`; "" for one that is not counted), when it is first seen.

    ``stated`` tells whether the year is that of a stated beginning; else it is an upper bound. ``year`` is None where
    nothing is on record or it has no date.
    """

    code: str
    name: str
    state: str
    year: int | None
    stated: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A level of unions: its name, how many began in a year, how many are first known by a date in it, and its curve.

    ``undated`` have no date at all.
    """

    name: str
    began: Mapping[int, int]
    known_by: Mapping[int, int]
    undated: int
    curve: tuple[YearOfCurve, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a poster tells.

    ``units``, ``figures`` and ``ties`` stand in the order in which they are left out from the end where space is short;
    ``without`` stands where there are none. ``first`` and ``last`` are the years that the lanes reach over. Without
    lanes ``no_lanes`` says why; ``notes`` are further ones, ``behind`` the
    numbers of all documents that the sheet rests on; ``fillers`` are headings with what the accounts are about, for where there is room.
    """

    name: str
    about: tuple[str, ...]
    scope: tuple[str, ...]
    tiles: tuple[Tile, ...]
    lanes: tuple[Lane, ...]
    no_lanes: str
    fillers: tuple[tuple[str, str], ...]
    first: int
    last: int
    units: tuple[Said, ...]
    figures: tuple[Said, ...]
    ties: tuple[Said, ...]
    without: str
    documents: Mapping[int, str]
    behind: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def content(projection: Projection, texts: Mapping[str, str], practice_type: str) -> Content:
    """Choose what a poster of a practice type tells.

    Parameters
    ----------
    projection : Projection
    texts : mapping of str to str
        Stored texts by document id.
    practice_type : str
        Any of its names.

    Raises
    ------
    InputError
        There is no such practice type, or no account applies it.
    """
    known = facts(projection, texts)
    (meant,) = resolve_alike([practice_type], known.found, "PracticeType")
    applying = [account for account in known.found.accounts if meant.id in account.applied]
    if not applying:
        raise InputError(
            say(f"资料里没有用到“{meant.name}”的案例", f"no account of the material applies {meant.name}"),
            hint=say("先载入有这类做法的文献", "load documents that tell of it"),
        )
    main = [account for account in applying if is_main(account, meant.id)]
    reach = material(projection)
    spread = next((one for one in spreads(projection) if one.practice_type == meant.id), None)
    last = year(reach.end) if reach.end else None
    lanes = _lanes(spread, known, last) if spread else ()
    years = [row.year for lane in lanes for row in lane.curve]
    return Content(
        meant.name,
        tuple(_about(meant, known)),
        tuple(_scope(applying, main, known, reach)),
        tuple(_tiles(meant, projection)),
        lanes,
        "" if spread else say("常规工作，各地都有，不计先后", "routine: every union has it, so no order is told"),
        tuple(_fillers(main or applying, known)),
        min(years, default=0),
        max(years, default=0),
        tuple(_units(spread, known) if spread else _routine_units(applying, known, meant.id)),
        tuple(_figures(main, known)),
        tuple(_ties(main, known)),
        wording.unseen() if main else say("没有以它为主做法的案例", "it is the main practice of no account"),
        dict(enumerate(known.sources.references, 1)),
        tuple(
            sorted(
                {
                    known.sources.numbers[str(tie.properties["document"])]
                    for account in applying
                    for tie in account.applied[meant.id]
                }
            )
        ),
    )


def _fillers(accounts: Sequence[Account], known: Facts) -> list[tuple[str, str]]:
    said = (
        (say("服务对象", "Groups served"), counted(accounts, known, "SERVED", "target_groups")),
        (say("领域", "Fields"), counted(accounts, known, "IN_THEME", "themes")),
        (say("协同单位", "Partners"), organisations(accounts, known)),
        (say("制度文件", "Rules and documents"), named(accounts, known, "CITED")),
    )
    return [(name, say("、", ", ").join(item.text for item in items)) for name, items in said]


def _about(meant: Named, known: Facts) -> list[str]:
    given = known.found.nodes["PracticeType", meant.id].properties
    told = []
    aliases = given.get("aliases")
    if isinstance(aliases, list) and aliases:
        told.append(say("也称：", "also called: ") + say("、", ", ").join(map(str, aliases)))
    fields = [
        str(known.node(tie.end).properties["name"])
        for tie in known.projection.structure[1]
        if tie.type == "IN_THEME" and tie.start == ("PracticeType", meant.id)
    ]
    if fields:
        told.append(say("所属领域：", "field: ") + say("、", ", ").join(fields))
    return told


def _scope(applying: Sequence[Account], main: Sequence[Account], known: Facts, reach: Material) -> list[str]:
    cases = [case for account in applying for case in known.printings[account.id]]
    documents = {str(known.found.nodes["PracticeCase", case].properties["document"]) for case in cases}
    parts = len(applying) - len(main)
    every = len(known.found.accounts)
    return [
        say(
            f"资料范围：已载入文献 {reach.documents} 份、案例 {every} 则",
            f"Material: {reach.documents} documents, {every} accounts",
        ),
        say(
            f"用到这类做法的：文献 {len(documents)} 份、案例 {len(applying)} 则（主做法 {len(main)}，其中一项 {parts}）",
            f"Of this type: {len(documents)} documents, {len(applying)} accounts (main practice {len(main)}, part {parts})",
        ),
        say("资料截至：", "Up to: ") + (wording.date(reach.end) if reach.end else say("日期不明", "unknown")),
    ]


def _tiles(meant: Named, projection: Projection) -> list[Tile]:
    read = coverage.told(projection)
    name = str(read.found.nodes["PracticeType", meant.id].properties["name"])
    matrix = coverage.matrix(read, "province", [coverage.Column(meant.id, name, 0, listed=True)])
    found = next((one for one in spreads(projection, "province") if one.practice_type == meant.id), None)
    first = {adoption.unit: adoption for adoption in found.adoptions} if found else {}
    made = []
    for node in read.found.places.nodes.values():
        if node.properties.get("level") != "province" or "valid_to" in node.properties:
            continue
        counted, seen = node.id in matrix.regions, first.get(node.id)
        made.append(
            Tile(
                str(node.properties["code"]),
                str(node.properties["name"]),
                matrix.cell(node.id, meant.id).state if counted else "",
                year(seen.not_after) if seen and seen.not_after else None,
                bool(seen and seen.stated_year is not None),
            )
        )
    return sorted(made, key=lambda tile: tile.code)


def _level(adoption: Adoption, known: Facts) -> str:
    return str(known.found.nodes["TradeUnion", adoption.unit].properties.get("level", ""))


def _lanes(spread: Spread, known: Facts, last: int | None) -> tuple[Lane, ...]:
    made = []
    for term in terms("union_levels"):
        some = tuple(a for a in spread.adoptions if _level(a, known) == term.key)
        if not some:
            continue
        began: dict[int, int] = {}
        known_by: dict[int, int] = {}
        for adoption in some:
            if adoption.stated_year is not None:
                began[adoption.stated_year] = began.get(adoption.stated_year, 0) + 1
            elif adoption.not_after:
                known_by[year(adoption.not_after)] = known_by.get(year(adoption.not_after), 0) + 1
        curve = years_of(replace(spread, adoptions=some), len(some), last)
        undated = sum(a.not_after is None for a in some)
        made.append(Lane(say(term.zh, term.en), began, known_by, undated, tuple(curve)))
    return tuple(made)


def _units(spread: Spread, known: Facts) -> list[Said]:
    """The earliest records of every level: first one of each, then a second, and so on."""
    behind = evidence(known.projection)
    by_level = [
        [a for a in spread.adoptions if a.not_after and _level(a, known) == term.key] for term in terms("union_levels")
    ]
    chosen = [some[at] for at in range(max(map(len, by_level), default=0)) for some in by_level if at < len(some)]
    made = []
    for adoption in chosen:
        when = wording.interval(adoption.not_before, adoption.not_after, adoption.dated_by)
        node = known.found.nodes["TradeUnion", adoption.unit]
        seats = [shown(known.found.nodes["Region", one]) for one in known.found.seats.get(adoption.unit, ())]
        where = say("、", ", ").join(seat for seat in seats if not shown(node).startswith(seat))
        place = say(f"（{where}）", f" ({where})") if where else ""
        made.append(
            Said(
                f"{shown(node)}{place}{say('：', ': ')}{when}",
                known.sources.note(*behind(adoption)),
                "",
                str(adoption.not_after),
            )
        )
    return made


def _routine_units(applying: Sequence[Account], known: Facts, practice_type: str) -> list[Said]:
    """The unions that have a practice which every union has, by level and name, without a date."""
    by_union: dict[str, list[Relationship]] = defaultdict(list)
    for account in applying:
        for union in account.unions:
            by_union[union] += account.applied[practice_type]
    ranks = {term.key: at for at, term in enumerate(terms("union_levels"))}
    nodes = {union: known.found.nodes["TradeUnion", union] for union in by_union}
    order = sorted(
        by_union, key=lambda u: (ranks.get(str(nodes[u].properties.get("level")), len(ranks)), shown(nodes[u]), u)
    )
    return [Said(shown(nodes[union]), known.note(by_union[union])) for union in order]


def _figures(main: Sequence[Account], known: Facts) -> list[Said]:
    """One figure of each account: an effect rather than an output, one with a period rather than one without."""
    made = []
    for account in main:
        some = figures([account], known)
        ranked = sorted(
            enumerate(some),
            key=lambda one: (
                "period" not in known.node(one[1].statement.end).properties,
                _KINDS.index(one[1].kind) if one[1].kind in _KINDS else len(_KINDS),
                one[0],
            ),
        )
        for _, figure in ranked[:1]:
            made.append((figure, Said(f"{figure.indicator[0]} {figure.text}", known.note([figure.statement]))))
    made.sort(key=lambda one: "period" not in known.node(one[0].statement.end).properties)
    return [said for _, said in made]


def _ties(main: Sequence[Account], known: Facts) -> list[Said]:
    """Stated spread that was done, each with its words."""
    made = []
    for account in main:
        for tie in known.ties([account], *_TIES):
            if not tie.properties.get("intended"):
                note = known.note([tie])
                words = next((q.words for q in note.quotes if _SHORTEST_QUOTE <= len(q.words) <= _LONGEST_QUOTE), "")
                text = f"{reporters(account, known)}{say('：', ': ')}{wording.spread(tie.type, tie.properties)}"
                made.append(
                    (_TIES.index(tie.type), Said(text, note, words or (note.quotes[0].words if note.quotes else "")))
                )
    made.sort(key=lambda one: one[0])
    return list({said.text: said for _, said in made}.values())
