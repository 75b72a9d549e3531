"""Which union stands under which: 块, the territorial line, from names and codes, 条 from names that state it, both from texts.

Only between unions that documents name: a union that nobody names is no node, so a town's union is led to the nearest federation
above it that is one. 块 leads a federation of a place, a trade or an area (上海市普陀区…行业工会联合会) to the 总工会 of the place that its
name begins with, and that to the one above. 条 leads a branch to the body whose whole name its own begins with
(某某有限公司|第二分公司工会), and a committee of a national industrial union to that union (中国海员工会|某某局委员会). An industrial union
of a city is under the nation's only where a name says so. A union may have both; 块 is primary, unless the union's name is that of a
committee of its superior.

What texts state wins: of a line that a text tells of, names suggest nothing more, and a stated superior is primary before one from
a name (of two stated ones the 块). A tie that would close a circle is left out, those from names before stated ones, and of stated
ones those that fewer accounts state; where as many state the opposite, neither is made.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from unionkg.graph.lineage import lineage, root
from unionkg.graph.stores.protocol import Node
from unionkg.graph.union_names import NATIONAL, UnionName, parse
from unionkg.ontology.regions import table
from unionkg.ontology.vocabulary import terms

Line = Literal["territorial", "industrial", "corporate"]

#: What the name of a body may end in, so that a longer name that goes on behind it is that of a part of it.
_WHOLE = re.compile(r"(?:公司|集团|局|大学|学院|医院|银行|总厂|油田)$")
_PART = re.compile(r"(?:公司|集团|局|所|厂|院|中心|部|段|站|支行|分行|校区|矿|队)$")
#: 中国…工会…委员会, of which the first half is a union of its own.
_COMMITTEE = re.compile(r"^(中国[^\W\d_]{2,14}工会)(?!全国)[^\W\d_]{2,14}委员会$")
_NATION = re.compile(r"^(中国[^\W\d_]{2,14}工会)(?:全国委员会)?$")
#: Kinds of unions that the federation of the place in their name leads.
_LED = frozenset({"local_federation", "sectoral_federation", "area_federation", "industrial"})


#: The line of what a text states, by what the superior is.
_LINES: Mapping[str, Line] = {
    "local_federation": "territorial",
    "area_federation": "territorial",
    "industrial": "industrial",
    "sectoral_federation": "industrial",
    "enterprise": "corporate",
    "institution": "corporate",
}
#: What a tie rests on where a text states it.
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Tie:
    """One union under another; ``primary`` is its first superior, ``source`` what the tie rests on (`TEXT`: a text)."""

    lower: str
    upper: str
    line: Line
    primary: bool
    source: str


@dataclass(frozen=True, slots=True)
class _Union:
    id: str
    name: UnionName
    type: str
    rank: int
    region: str | None


def hierarchy(unions: Sequence[Node], stated: Iterable[tuple[str, str]] = ()) -> list[Tie]:
    """The ties between TradeUnion nodes, without a circle, in the order of their ends.

    ``stated`` are the ids (lower, upper) of what texts say, as often as accounts say it.
    """
    ranks = {term.key: int(term.fields["rank"]) for term in terms("union_levels")}
    known = [_of(node, ranks) for node in sorted(unions, key=lambda node: node.id)]
    told = _stated(stated, {union.id: union for union in known})
    bodies = _bodies(known)
    federations = _federations(known)
    named = [tie for union in known if (tie := _corporate(union, bodies)) is not None]
    for union in known:
        upper = _territorial(union, federations)
        if upper is not None:
            named.append(Tie(union.id, upper, "territorial", primary=False, source="GB/T 2260"))
    settled = {(tie.lower, _is_territorial(tie)) for tie in told}
    named = [tie for tie in named if (tie.lower, _is_territorial(tie)) not in settled]
    kept = _with_primary(_without_circles([*told, *named]))
    return sorted(kept, key=lambda tie: (tie.lower, tie.upper, tie.line))


def _is_territorial(tie: Tie) -> bool:
    return tie.line == "territorial"


def _with_primary(ties: Iterable[Tie]) -> Iterator[Tie]:
    """The ties, the first superior of every union marked."""
    by_lower: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_lower[tie.lower].append(tie)
    for several in by_lower.values():
        first, *others = sorted(several, key=_standing)
        yield replace(first, primary=True)
        yield from (replace(other, primary=False) for other in others)


def _standing(tie: Tie) -> tuple[bool, bool]:
    """What is stated before names; of stated ones 块 before 条; of names that of the body that the name begins with."""
    stated = tie.source == TEXT
    return not stated, _is_territorial(tie) is not stated


# ---------------------------------------------------------------- texts


def _stated(pairs: Iterable[tuple[str, str]], known: Mapping[str, _Union]) -> list[Tie]:
    """The ties that texts state, those of most accounts first; none where as many state the opposite."""
    counted = Counter(pair for pair in pairs if pair[0] != pair[1] and set(pair) <= known.keys())
    agreed = sorted(
        (pair for pair, count in counted.items() if count > counted[pair[1], pair[0]]),
        key=lambda pair: (-counted[pair], pair),
    )
    return [Tie(lower, upper, _LINES[known[upper].type], primary=False, source=TEXT) for lower, upper in agreed]


def _of(node: Node, ranks: Mapping[str, int]) -> _Union:
    region = node.properties.get("region")
    code = region if isinstance(region, str) and region in table() else None
    name = parse(str(node.properties.get("canonical") or node.properties["name"]), code)
    rank = ranks.get(str(node.properties.get("level")), max(ranks.values()))
    return _Union(node.id, name, str(node.properties.get("type")), rank, code)


# ---------------------------------------------------------------- 块

#: The 总工会 of places: by root code and town, each as (rank, id), the first by id in front.
_Federations = Mapping[tuple[str, str], Sequence[tuple[int, str]]]
_NATIONAL = ("", "")


def _federations(known: Iterable[_Union]) -> _Federations:
    found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for union in known:
        place = _place(union)
        if union.type == "local_federation" and place is not None and union.name.federation:
            found[place].append((union.rank, union.id))
    return found


def _place(union: _Union) -> tuple[str, str] | None:
    """The place that a union is of: the county's root code and the town; ("", "") for the whole country."""
    if union.name.folded == NATIONAL:
        return _NATIONAL
    code = union.name.county if union.name.full and union.name.county else union.region
    return (root(code), union.name.town) if code else None


def _territorial(union: _Union, federations: _Federations) -> str | None:
    """The nearest 总工会 above: of the town, the county, what is around it; the first by id where there are several."""
    place = _place(union)
    if union.type not in _LED or place is None or place == _NATIONAL:
        return None
    if union.type != "local_federation" and not (union.name.full and union.name.place):
        return None  # its name does not say whose it is
    # A zone in the place, a committee of its federation, a trade or area: the federation of the place itself leads it.
    beside = union.type != "local_federation" or (
        union.name.head.startswith("总工会") and (union.name.head != "总工会" or bool(union.name.core))
    )
    code, town = place
    steps = [[(code, town)]] if town else []
    steps += [[(code, "")], *([(upper, "")] for upper in _upwards(code)), [_NATIONAL]]
    for step in steps:
        there = [f for key in step for f in federations.get(key, ()) if f[1] != union.id]
        there = [f for f in there if f[0] < union.rank or (f[0] == union.rank and beside)]
        if there:
            return max(there, key=lambda f: f[0])[1]
    return None


def _upwards(code: str) -> list[str]:
    """The roots of the places that a place lies in today, or lay in last, the nearest first."""
    last = lineage(code)[-1]
    return [root(upper) for upper in table().ancestors(last)] if last in table() else []


# ---------------------------------------------------------------- 条


def _bodies(known: Iterable[_Union]) -> Mapping[str, str]:
    """Whole bodies and national industrial unions by what their parts' names begin with; the first by id where several are."""
    found: dict[str, str] = {}
    for union in known:
        folded = union.name.folded
        stem = folded.removesuffix("工会")
        if match := _NATION.match(folded):
            found.setdefault(match.group(1), union.id)
        elif union.name.head == "工会" and _WHOLE.search(stem) and len(stem) > 3:
            found.setdefault(stem, union.id)
    return found


def _corporate(union: _Union, bodies: Mapping[str, str]) -> Tie | None:
    """The body that a union's name begins with, the longest where several are."""
    folded = union.name.folded
    if (match := _COMMITTEE.match(folded)) and (upper := bodies.get(match.group(1))) not in {None, union.id}:
        return Tie(union.id, str(upper), "industrial", primary=False, source=folded)
    if union.type not in {"enterprise", "institution"} or union.name.head != "工会":
        return None
    stem = folded.removesuffix("工会")
    for end in range(len(stem) - 1, 3, -1):
        upper = bodies.get(stem[:end])
        if upper is not None and upper != union.id and _PART.search(stem[end:]):
            return Tie(union.id, upper, "corporate", primary=False, source=folded)
    return None


# ---------------------------------------------------------------- no circles


def _without_circles(ties: Iterable[Tie]) -> Iterator[Tie]:
    """The ties, earlier ones before later ones, without any that leads back to where it begins."""
    uppers: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.lower != tie.upper and not _leads(tie.upper, tie.lower, uppers):
            uppers[tie.lower].add(tie.upper)
            yield tie


def _leads(lower: str, upper: str, uppers: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    todo = [lower]
    while todo:
        one = todo.pop()
        if one == upper:
            return True
        if one not in seen:
            seen.add(one)
            todo += uppers.get(one, ())
    return False
