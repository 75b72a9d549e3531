"""Who might be who: pairs of entities that a person should look at, found without comparing all with all.

Every entity is posted under marks (its place with a pair of characters of its name, the first characters of a short form …) and
asks for the marks that its partner may have been posted under: a place asks for itself and the places around it. A mark with
more than `_CROWD` entities says nothing and is passed over, so the work grows with the number of names. Only what shares a mark
is compared (`unionkg.graph.likeness`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.entities import most
from unionkg.graph.entity_keys import is_of_organisation
from unionkg.graph.identity import NAMED
from unionkg.graph.likeness import (
    Likeness,
    bodies_alike,
    body_names,
    platforms_alike,
    practices_alike,
    titles_alike,
    unions_alike,
)
from unionkg.graph.lineage import above, city, merged_with, root, same_place
from unionkg.graph.records import (
    CommentatorStatement,
    PartnerStatement,
    PracticeStatement,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.union_names import UnionName, is_made_of, is_plain, is_registered, is_relative, normal, parse
from unionkg.ontology.regions import table

#: A mark that more entities than this share is too common to say anything.
_CROWD = 40
#: Pairs below this are not worth a person's time.
_WORTH = 0.4
_SHORT = 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two ids of one kind that may be one thing; ``score`` orders them, ``reason`` is `unionkg.graph.likeness.Reason` or
    that of `unionkg.graph.same_account`.
    """

    first: str
    other: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One entity as all statements about it have it: the name used most, where it is, the accounts that name it.

    ``scope`` is the originator of a practice or the post of a person.
    """

    id: str
    kind: str
    name: str
    region: str | None
    cases: frozenset[str]
    scope: str = ""


@dataclass(slots=True)
class _Seen:
    names: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    scopes: Counter[str] = field(default_factory=Counter)
    cases: set[str] = field(default_factory=set)


def subjects(cases: Iterable[EffectiveRecord], leads: Mapping[str, str]) -> list[Subject]:
    """Every entity that the effective records speak of, by id; ``leads`` maps ids to those that stand for them."""
    seen: dict[tuple[str, str], _Seen] = defaultdict(_Seen)
    for case in cases:
        record = case.record
        place = next((region.code for region in record.regions if region.role == "location"), None)
        owner = next((leads.get(u.entity, u.entity) for u in record.unions if u.role == "originator" and u.entity), "")
        for name, kind in NAMED.items():
            for item in getattr(record, name):
                if item.entity:
                    _count(seen[kind, leads.get(item.entity, item.entity)], item, place, owner, record.id)
    return [
        Subject(identifier, kind, most(s.names) or "", most(s.regions), frozenset(s.cases), most(s.scopes) or "")
        for (kind, identifier), s in sorted(seen.items())
    ]


def _count(seen: _Seen, item: Any, place: str | None, owner: str, case: str) -> None:
    seen.cases.add(case)
    match item:
        case UnionStatement():
            seen.names[item.canonical] += 1
            place = item.region or (None if item.level == "national" else place)
        case TextStatement():
            seen.names[item.value] += 1
        case _:
            seen.names[item.name] += 1
    if place:
        seen.regions[place] += 1
    if isinstance(item, PracticeStatement) and owner:
        seen.scopes[owner] += 1
    elif isinstance(item, CommentatorStatement) and item.title:
        seen.scopes[item.title] += 1
    elif isinstance(item, PartnerStatement):
        seen.scopes[item.type] += 1


def candidates(found: Sequence[Subject]) -> list[Candidate]:
    """The pairs that a person might join, the likest first."""
    by_kind: dict[str, list[Subject]] = defaultdict(list)
    for subject in found:
        by_kind[subject.kind].append(subject)
    made = []
    for kind, some in by_kind.items():
        marking, alike = _WAYS[kind]
        for one, other in _sharing(some, marking):
            likeness = alike(one, other)
            if likeness is not None and likeness.score >= _WORTH:
                first, second = sorted((one.id, other.id))
                made.append(Candidate(first, second, round(likeness.score, 2), likeness.reason))
    return sorted(made, key=lambda c: (-c.score, c.first, c.other))


#: What an entity is posted under, and what it asks for.
_Marks = tuple[set[str], set[str]]


def _sharing(some: Sequence[Subject], marking: Callable[[Subject], _Marks]) -> Iterator[tuple[Subject, Subject]]:
    """Every pair of which one asks for a mark that the other is posted under, once."""
    marks = [marking(subject) for subject in some]
    posted: dict[str, list[int]] = defaultdict(list)
    for number, (posts, _) in enumerate(marks):
        for mark in posts:
            posted[mark].append(number)
    for number, (posts, asks) in enumerate(marks):
        others = {other for mark in asks if len(there := posted.get(mark, ())) <= _CROWD for other in there}
        for other in others:
            # Where both ask for each other the pair is met twice: the lower number takes it.
            if other != number and (number < other or posts.isdisjoint(marks[other][1])):
                yield some[number], some[other]


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _around(region: str | None) -> set[str]:
    """The places that one in a region may be posted under: the region, those around it, and none."""
    return {""} if region is None else {"", root(region), *above(region), *merged_with(region)}


def _union(subject: Subject) -> UnionName:
    return parse(subject.name, subject.region)


def _union_marks(subject: Subject) -> _Marks:
    name = _union(subject)
    if is_relative(name):
        return set(), set()
    if name.kind == "total":
        return _federation_marks(name)
    place = name.county if name.full and name.county else subject.region
    if name.kind != "body":
        return _name_marks(name.core or name.folded.removesuffix(name.head), place, short=False)
    posts: set[str] = {f"name {name.folded}"} if is_registered(name.folded) else set()
    asks = set(posts)
    for stem in body_names(name):
        more, wanted = _name_marks(stem, place and city(place), short=True)
        posts |= more
        asks |= wanted
    return posts, asks


def _federation_marks(name: UnionName) -> _Marks:
    if name.place is None:
        tail = {f"tail {name.folded}"}
        return tail, tail
    county = name.county or name.place
    rest = name.town + name.core + name.head
    own = table().region(county).name if county in table() else ""
    tails = {f"tail {own}{rest}", *({f"tail {rest}"} if name.town else set())}
    heirs = {root(county), *merged_with(county)}
    if name.town or name.core:
        marks = _pairs(name.town + name.core)
        return {f"{root(county)} {m}" for m in marks} | tails, {f"{c} {m}" for c in heirs for m in marks} | tails
    return {f"{root(county)} all"} | tails, {f"{c} all" for c in merged_with(county)} | tails


def _name_marks(name: str, place: str | None, *, short: bool) -> _Marks:
    """Pairs of characters in a place; and for names that may be short forms the first two characters, which a full name has too."""
    here, around = root(place) if place else "", _around(place)
    pairs = _pairs(name)
    posts, asks = {f"{here} {p}" for p in pairs}, {f"{c} {p}" for c in around for p in pairs}
    if short and len(name) >= 3:
        if len(name) <= _SHORT:
            posts.add(f"{here} short {name[:2]}")
        asks |= {f"{c} short {name[0]}{later}" for c in around for later in name[1:12]}
        if len(name) > _SHORT:
            posts |= {f"{here} long {name[0]}{later}" for later in name[1:12]}
        else:
            asks |= {f"{c} long {name[:2]}" for c in around}
    return posts, asks


def _unions(one: Subject, other: Subject) -> Likeness | None:
    here, there = _union(one), _union(other)
    if one.cases & other.cases and "joint" in {here.kind, there.kind}:
        return None  # an account that names two federations of a trade means two
    return unions_alike(here, there, one.region, other.region)


def _organisation_marks(subject: Subject) -> _Marks:
    name = normal(subject.name)
    if len(name) < 3 or is_made_of(name):
        return set(), set()
    return _name_marks(_unplaced(subject), subject.region, short=True)


def _unplaced(subject: Subject) -> str:
    """A body's name without the county or city that it begins with: 区教育局 and 宝山区教育局 are both 教育局."""
    name = parse(subject.name, subject.region)
    if name.full and name.core:
        return name.town + name.core + name.head
    folded = normal(subject.name)
    return folded[1:] if folded[0] in "省市区县旗" and not is_plain(folded[:1]) else folded


def _organisations(one: Subject, other: Subject) -> Likeness | None:
    here, there = parse(one.name, one.region), parse(other.name, other.region)
    placed = [name.county for name in (here, there) if name.full and name.county]
    if len(placed) == 2 and root(placed[0]) != root(placed[1]):
        return None
    if (
        normal(one.name)[0] in "省市区县镇"
        and normal(other.name)[0] in "省市区县镇"
        and normal(one.name)[0] != normal(other.name)[0]
    ):
        return None
    return bodies_alike(_unplaced(one), _unplaced(other))


def _practice_marks(subject: Subject) -> _Marks:
    marks = {f"{subject.scope} {pair}" for pair in _pairs(normal(subject.name))} if subject.scope else set()
    return marks, marks


def _practices(one: Subject, other: Subject) -> Likeness | None:
    # Two names in one account are two things there, unless the reader took one for an alias of the other.
    return None if one.cases & other.cases else practices_alike(one.name, other.name)


def _person_marks(subject: Subject) -> _Marks:
    return {normal(subject.name)}, {normal(subject.name)}


def _persons(one: Subject, other: Subject) -> Likeness | None:
    posts = normal(one.scope), normal(other.scope)
    if not all(is_of_organisation(post) for post in posts):
        return Likeness(0.6, "same_name") if _near(one, other) else None
    together = len(_pairs(posts[0]) & _pairs(posts[1])) / min(len(_pairs(p)) or 1 for p in posts)
    return Likeness(0.4 + 0.5 * together, "same_name")


def _named_marks(subject: Subject) -> _Marks:
    return _name_marks(normal(subject.name), subject.region, short=False)


def _platform_marks(subject: Subject) -> _Marks:
    """A platform serves a province or less, so names are compared within the province."""
    return _name_marks(normal(subject.name), _province(subject), short=False)


def _platforms(one: Subject, other: Subject) -> Likeness | None:
    if one.cases & other.cases or _province(one) != _province(other):
        return None
    return platforms_alike(one.name, other.name)


def _province(subject: Subject) -> str | None:
    return f"{subject.region[:2]}0000" if subject.region and subject.region.isdigit() else subject.region


def _titles(one: Subject, other: Subject) -> Likeness | None:
    if one.cases & other.cases or not _near(one, other):
        return None
    return titles_alike(one.name, other.name)


def _same_names(one: Subject, other: Subject) -> Likeness | None:
    if one.cases & other.cases or not _near(one, other) or normal(one.name) != normal(other.name):
        return None
    return Likeness(0.6, "same_name")


def _near(one: Subject, other: Subject) -> bool:
    return one.region is None or other.region is None or same_place(one.region, other.region)


#: For every kind: the marks, and the likeness of two that share one.
_WAYS: Mapping[str, tuple[Callable[[Subject], _Marks], Callable[[Subject, Subject], Likeness | None]]] = {
    "union": (_union_marks, _unions),
    "organization": (_organisation_marks, _organisations),
    "practice": (_practice_marks, _practices),
    "person": (_person_marks, _persons),
    "policy": (_named_marks, _titles),
    "platform": (_platform_marks, _platforms),
    "award": (_named_marks, _same_names),
}
