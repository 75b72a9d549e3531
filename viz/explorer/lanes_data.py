"""The timeline by level: a dot for each account in the lane of its union's level, and what spread from lane to lane.

Where the dots of one lane and time stand is settled here, so that the picture is the same each time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unionkg.graph.analysis.accounts import Account
from unionkg.graph.analysis.adoptions import STATED
from unionkg.graph.analysis.places import at_level
from unionkg.graph.analysis.spread_steps import said_once
from unionkg.graph.derived import Dating, earliest, of_account
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.ontology.dates import bounds, is_period
from unionkg.viz.explorer.base import Base

#: From the top down. ``other`` takes what is no union and no place, ``unknown`` accounts of which no level is known.
LANES = (
    "national",
    "provincial",
    "prefecture",
    "county",
    "township",
    "grassroots",
    "zone",
    "industry",
    "group",
    "other",
    "unknown",
)
#: Units of the picture in a year and between two dots of one row.
YEAR, APART = 48, 12
#: What a dot tells of its time: when it began is stated; it is only known by a date; nothing is.
STATED_START, KNOWN_BY, UNDATED = 0, 1, 2
#: The statements of spread that are drawn; recognition is no adoption.
TIES = ("LEARNED_FROM", "PILOT_ASSIGNED_BY", "PILOTED_AT", "PROMOTED_BY", "SCALED_TO", "REPLICATED_IN")
FLAGS = ("intended", "collective", "internal")

_UNION_LANES = {"area_federation": "zone", "industrial": "industry", "sectoral_federation": "industry"}
_REGION_LANES = {"province": "provincial", "prefecture": "prefecture", "county": "county", "township": "township"}
#: A company whose name says that others belong to it.
_GROUP = re.compile(r"集团|总公司")
#: What a place or collection that stands for no single unit (全市, 各区县) is said of; the first that fits.
_SCOPES = (
    ("zone", re.compile(r"园区|开发区|投资区|高新区|商圈|楼宇|片区")),
    ("national", re.compile(r"全国|各省")),
    ("provincial", re.compile(r"全省|省|自治区")),
    ("grassroots", re.compile(r"社区|村|企业|公司|学校|医院")),
    ("prefecture", re.compile(r"[市州盟]")),
    ("county", re.compile(r"[区县旗]")),
    ("township", re.compile(r"[乡镇]|街道")),
)


@dataclass(slots=True)
class Dot:
    """An account, or those of its practice types that began at a time of their own.

    Attributes
    ----------
    account : int
        Position in the page's table.
    lane : str
    state : int
        `STATED_START`, `KNOWN_BY` or `UNDATED`.
    dating : mapping
    types : list of int or None
        The practice types that it stands for; None for the account as a whole.
    x, row : int
        Where it stands in its lane.
    since : int or None
        Where the bar to its lower bound begins, if it is an interval of more than a year.
    """

    account: int
    lane: str
    state: int
    dating: Dating
    types: list[int] | None
    x: int = 0
    row: int = 0
    since: int | None = None


def lanes_data(base: Base) -> dict[str, Any]:
    """The accounts of the page and what they state of spread, laid out.

    Returns
    -------
    dict
        ``lanes``: keys of `LANES` that are drawn; ``first``, ``last``: years, None where nothing is dated; ``year``:
        units in a year; ``apart``: units between two dots of a row; ``undated``: where the column of undated ones begins; ``kinds``: relationship types of the ties;
        ``dots``: [account, lane, state, x, row, not_before, not_after, dated_by, types or None, since or None];
        ``ties``: [dot, other dot or None, lane of the other end, kind, flags (bits in the order of `FLAGS`), period,
        quotes, name of the other end, x of an end without a dot].
    """
    made = _Accounts(base)
    dots = [dot for account in made.accounts for dot in _dots(account, made)]
    years = [int(str(dot.dating["not_after"])[:4]) for dot in dots if dot.state != UNDATED]
    # Marks of ties stand at their own time, which may lie before or after all accounts.
    years += [int(day[:4]) for account in made.accounts for tie in _drawn(account) if (day := _last_day(tie))]
    first, last = min(years, default=None), max(years, default=None)
    _stand(dots, first or 0, last or 0)
    ties = [tie for account in made.accounts for tie in _ties(account, made, dots, first or 0)]
    used = {dot.lane for dot in dots} | {str(tie[2]) for tie in ties}
    lanes = [lane for lane in LANES if lane in used or lane in LANES[:6]]
    return {
        "lanes": lanes,
        "first": first,
        "last": last,
        "year": YEAR,
        "apart": APART,
        "undated": _column(first, last),
        "kinds": list(TIES),
        "dots": [
            [
                dot.account,
                lanes.index(dot.lane),
                dot.state,
                dot.x,
                dot.row,
                dot.dating.get("not_before"),
                dot.dating.get("not_after"),
                dot.dating.get("dated_by"),
                dot.types,
                dot.since,
            ]
            for dot in dots
        ],
        "ties": [[*tie[:2], lanes.index(str(tie[2])), *tie[3:]] for tie in ties],
    }


class _Accounts:
    """The accounts that the page shows, each once, and the unions above and behind them."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.found = base.collection
        self.at: dict[str, int] = {}
        for case, position in base.tables["PracticeCase"].items():
            self.at.setdefault(self.found.every[case].id, position)
        self.accounts = [account for account in self.found.accounts if account.id in self.at]
        self.initiators = self._unions("INITIATED")
        self.superiors = self._unions("SUPERVISED")
        self.by_union: dict[str, list[Account]] = defaultdict(list)
        for account in self.accounts:
            for union in account.unions:
                self.by_union[union].append(account)
        self.groups = {
            tie.end[1]
            for tie in base.projection.derived
            if tie.type == "SUBORDINATE_TO" and tie.properties.get("line") == "corporate"
        }

    def _unions(self, kind: str) -> Mapping[str, list[str]]:
        """The unions of an account in a role, the first named first."""
        named: dict[str, dict[str, int]] = defaultdict(dict)
        for tie in self.base.ties(kind):
            starts = tie.properties.get("starts")
            place = int(starts[0]) if isinstance(starts, list) and starts else 0
            unions = named[self.found.every[tie.end[1]].id]
            unions[tie.start[1]] = min(place, unions.get(tie.start[1], place))
        return {account: sorted(unions, key=lambda one: (unions[one], one)) for account, unions in named.items()}

    def lane(self, account: Account) -> str:
        """The lane of its originator, of several the first named; else of the superior named; else of its place."""
        for union in (*self.initiators.get(account.id, ()), *self.superiors.get(account.id, ())):
            found = self.lane_of_union(union)
            if found is not None:
                return found
        return self._lane_of_places(account.regions) or "unknown"

    def lane_of_union(self, union: str) -> str | None:
        given = self.found.nodes["TradeUnion", union].properties
        kind, level = str(given.get("type")), given.get("level")
        if kind in _UNION_LANES:
            return _UNION_LANES[kind]
        if kind == "enterprise":
            # 集团: by its name, or because other unions of the material stand under it.
            named = _GROUP.search(str(given.get("canonical") or given["name"]))
            return "group" if named or union in self.groups else "grassroots"
        if level == "community" or kind == "institution":
            return "grassroots"
        return str(level) if level in LANES else None

    def _lane_of_places(self, regions: Iterable[str]) -> str | None:
        levels = {_REGION_LANES.get(str(self.found.nodes["Region", one].properties.get("level"))) for one in regions}
        return next((lane for lane in reversed(LANES) if lane in levels), None)

    def lane_of_end(self, tie: Relationship, account: Account) -> str:
        """The lane of the other end of a statement of spread."""
        label, identifier = tie.end
        if label == "TradeUnion":
            return self.lane_of_union(identifier) or "unknown"
        if label == "Region":
            return self._lane_of_places([identifier]) or "unknown"
        if label == "PracticeCase":
            return self.lane(self.found.every[identifier])
        if label == "UnresolvedName":
            words = str(tie.properties.get("printed") or "")
            lane = next((lane for lane, said in _SCOPES if said.search(words)), "other")
            # 全市 of a city directly under the nation is a whole province.
            return "provincial" if lane == "prefecture" and self._in_municipality(account) else lane
        return "other"

    def _in_municipality(self, account: Account) -> bool:
        """Whether all its places lie in cities directly under the nation, which are provinces by their level."""
        places = self.found.places
        provinces = {upper for one in account.regions for upper in at_level(one, "province", places)}
        return bool(provinces) and all(str(places.nodes[one].properties["name"]).endswith("市") for one in provinces)

    def accounts_of_end(self, tie: Relationship, account: Account) -> list[Account]:
        """The accounts of the other end that share a practice type; of a place, those of its federation."""
        label, identifier = tie.end
        if label == "PracticeCase":
            return [self.found.every[identifier]]
        if label == "TradeUnion":
            unions = {identifier}
        elif label == "Region":
            unions = {
                union
                for union, seats in self.found.seats.items()
                if identifier in seats
                and self.found.nodes["TradeUnion", union].properties.get("type") == "local_federation"
            }
        else:
            return []
        theirs = [one for union in sorted(unions) for one in self.by_union[union]]
        return [one for one in theirs if one.id != account.id and one.types & account.types]


# ---------------------------------------------------------------- dots


def _dots(account: Account, made: _Accounts) -> list[Dot]:
    """The dot of an account, and one more for each other time at which parts of its practice began."""
    lane, at = made.lane(account), made.at[account.id]
    whole = _dating(account, made.base)
    found = [Dot(at, lane, _state(whole), whole, None)]
    own: dict[tuple[object, object], list[int]] = defaultdict(list)
    datings: dict[tuple[object, object], Dating] = {}
    for practice_type, ties in sorted(account.applied.items()):
        dating = of_account([tie.properties for tie in ties])
        key = (dating.get("not_before"), dating.get("not_after"))
        position = made.base.position("PracticeType", practice_type)
        if key != (whole.get("not_before"), whole.get("not_after")) and position is not None:
            own[key].append(position)
            datings[key] = dating
    found += [Dot(at, lane, _state(datings[key]), datings[key], types) for key, types in sorted(own.items(), key=str)]
    return found


def _dating(account: Account, base: Base) -> Dating:
    """When an account's practice began: as its main practice type is dated, else by its own start, else known by."""
    applied = [tie for ties in account.applied.values() for tie in ties]
    mains = [tie for tie in applied if tie.properties.get("role") == "main"]
    if mains:
        return of_account([tie.properties for tie in mains])
    printings = [node for case, node in _printings(base) if base.collection.every[case].id == account.id]
    started = _told_dates(node.properties.get("started") for node in printings)
    if started:
        first, last = min(map(bounds, started))
        return {"not_before": first, "not_after": last, "dated_by": "stated_start"}
    if applied:
        known = earliest([of_account([tie.properties for tie in ties]) for ties in account.applied.values()])
        # A part's own date says when the part began, not the account.
        return {"not_before": None, "not_after": known["not_after"], "dated_by": known["dated_by"]}
    published = _told_dates(
        base.nodes["Document", str(node.properties["document"])].properties.get("published") for node in printings
    )
    if not published:
        return {}
    return {"not_before": None, "not_after": min(bounds(one)[1] for one in published), "dated_by": "publication"}


def _told_dates(given: Iterable[object]) -> list[str]:
    """Those that the calendar has: a record may hold a period whose end lies before its beginning, which dates nothing."""
    return [one for one in given if isinstance(one, str) and is_period(one)]


def _printings(base: Base) -> list[tuple[str, Node]]:
    return [(case, base.nodes["PracticeCase", case]) for case in base.collection.every]


def _state(dating: Dating) -> int:
    if not dating.get("not_after"):
        return UNDATED
    return STATED_START if dating.get("not_before") and dating.get("dated_by") in STATED else KNOWN_BY


# ---------------------------------------------------------------- where they stand


@dataclass(slots=True)
class _Row:
    """The places taken in a row."""

    taken: list[int] = field(default_factory=list)

    def free(self, x: int) -> bool:
        return all(abs(x - other) >= APART for other in self.taken)


def _stand(dots: Sequence[Dot], first: int, last: int) -> None:
    """Give every dot its place: at its time as near as that is known, in the first row with room.

    What is known by the month stands there; what is known by the year somewhere in it; what is only known by a date at
    that date or before it in the same year, because it began then or earlier.
    """
    rows: dict[str, list[_Row]] = defaultdict(list)
    column = _column(first, last)
    # Whole accounts first: they are what is seen before anything is chosen.
    for dot in sorted(dots, key=lambda d: (d.types is not None, d.state, str(d.dating.get("not_after")), d.account)):
        if dot.state == STATED_START:
            low, high = (_place(str(dot.dating[name]), first) for name in ("not_before", "not_after"))
            if high - low > YEAR:
                dot.since = low
        wanted = _wanted(dot, first, column)
        dot.row, dot.x = next(
            (number, x)
            for number in range(len(dots) + 1)
            for x in wanted
            if number >= len(rows[dot.lane]) or rows[dot.lane][number].free(x)
        )
        while dot.row >= len(rows[dot.lane]):
            rows[dot.lane].append(_Row())
        rows[dot.lane][dot.row].taken.append(dot.x)


def _wanted(dot: Dot, first: int, column: int) -> list[int]:
    """The places that a dot may take, the best first."""
    if dot.state == UNDATED:
        return [column + APART // 2 + number * APART for number in range(4)]
    begin, end = str(dot.dating.get("not_before") or ""), str(dot.dating["not_after"])
    year = (int(end[:4]) - first) * YEAR
    last = _place(end, first)
    if dot.state == KNOWN_BY:
        return list(range(min(last, year + YEAR - APART // 2), year, -APART)) or [last]
    if begin[:7] == end[:7] or begin[:4] != end[:4]:
        return [last]
    low, high = _place(begin, first), last
    middle = (low + high) // 2
    spots = list(range(low + APART // 2, high, APART)) or [middle]
    return sorted(spots, key=lambda x: (abs(x - middle), x))


def _place(day: str, first: int) -> int:
    """Where a day stands; those of a month in its middle."""
    return round((int(day[:4]) - first + (int(day[5:7]) - 0.5) / 12) * YEAR)


def _column(first: int | None, last: int | None) -> int:
    """Where the column of undated accounts begins, right of all years."""
    return 0 if first is None or last is None else (last - first + 1) * YEAR + YEAR // 2


# ---------------------------------------------------------------- what spread


def _drawn(account: Account) -> list[Relationship]:
    return [tie for tie in said_once(account) if tie.type in TIES]


def _last_day(tie: Relationship) -> str | None:
    """The last day of a tie's period; None where it has none that the calendar has."""
    told = _told_dates([tie.properties.get("period")])
    return bounds(told[0])[1] if told else None


def _ties(account: Account, made: _Accounts, dots: Sequence[Dot], first: int) -> list[list[Any]]:
    numbers = {dot.account: number for number, dot in reversed(list(enumerate(dots))) if dot.types is None}
    here = numbers[made.at[account.id]]
    found: list[list[Any]] = []
    for tie in _drawn(account):
        flags = sum(1 << bit for bit, name in enumerate(FLAGS) if tie.properties.get(name))
        others = [] if flags & 0b110 else made.accounts_of_end(tie, account)
        there = {numbers[made.at[one.id]] for one in others if one.id in made.at and one.id != account.id}
        # Of several accounts of the other end the one that is known to be earliest, because that is where it came from.
        end = min(there, key=lambda at: (str(dots[at].dating.get("not_after") or "~"), at), default=None)
        day = _last_day(tie)
        x = _place(day, first) if day else dots[here].x
        node = made.found.nodes[tie.end]
        name = str(tie.properties.get("printed") or node.properties["name"])
        lane = dots[end].lane if end is not None else made.lane_of_end(tie, account)
        period = tie.properties.get("period")
        found.append([here, end, lane, TIES.index(tie.type), flags, period, made.base.of(tie), name, x])
    return found
