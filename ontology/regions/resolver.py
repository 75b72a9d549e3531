"""Which region a name means: chains of names in running text, and whole names.

Names repeat (鼓楼区, 朝阳区, 城东街道), hide in ordinary words (政和, 合作, 新建) and change their codes. So every name keeps all
regions that it can mean until something decides: the name it follows (湖北孝感市), the township it precedes (江北区洪塘街道), the date of
the document, regions that the document names in full, the region it speaks of, or its neighbours in an enumeration. Where nothing
decides, several candidates are returned.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from unionkg.ontology.regions.gazetteer import Kind, Sense, gazetteer, senses_of
from unionkg.ontology.regions.table import RegionTable, in_force, table

#: What decided: the name alone, names beside it in the chain, the date, a region named in full elsewhere in the document, the region
#: that the document speaks of, a neighbour in an enumeration; ``open`` where several candidates are left.
Basis = Literal["name", "chain", "date", "known", "context", "list", "open"]

#: Without a date, names that had ceased by then are only considered where no later one fits.
_MODERN = "2000"
_LISTED = re.compile(r"[、,，和与及]|以及")
_STREET = re.compile(r"[东西南北中]?[一二三四]?(?:路(?![桥网段局政况费])|大街|大道)")
#: What makes a county's short form a name of a place: 渝北总工会.
_UNION = "总工会"
_EDGE = re.compile(r"[^\u4e00-\u9fff]|[在到对向从由赴往和与及跟同为是给把将被使让率带由以及等的了]")


@dataclass(frozen=True, slots=True)
class Link:
    """One name at ``text[start:end]`` and the codes that it can mean."""

    start: int
    end: int
    codes: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A region that a name can mean: its code, the county (or higher) code it counts as, and what decided."""

    code: str
    county: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Mention:
    """A maximal chain of names at ``text[start:end]``, from the widest to the finest, and what the finest can mean."""

    start: int
    end: int
    text: str
    candidates: tuple[Candidate, ...]
    links: tuple[Link, ...]

    @property
    def code(self) -> str | None:
        """The finest region where exactly one is left, nine digits for a township."""
        return self.candidates[0].code if len(self.candidates) == 1 else None

    @property
    def county(self) -> str | None:
        """The same at county level or above, for records: 顾村镇 -> 310113."""
        counties = {candidate.county for candidate in self.candidates}
        return counties.pop() if len(counties) == 1 else None

    @property
    def full(self) -> bool:
        """Whether the finest name is printed in full (宝山区, not 宝山)."""
        return self.links[-1].kind in {"full", "town"}


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of the document: its date, its region and the regions that it names in full."""

    regions: RegionTable
    date: str | None
    within: str | None
    known: frozenset[str]


# ---------------------------------------------------------------- public


def hits(text: str) -> list[Link]:
    """Every name of the gazetteer in a text, overlapping ones too, in the order of their ends."""
    g = gazetteer()
    found = []
    for index, start, end in g.automaton.find_matches_as_indexes(text, overlapping=True):
        senses = senses_of(g.surfaces[index])
        found.append(Link(start, end, tuple(sense.code for sense in senses), senses[0].kind))
    return found


def find(
    text: str, *, date: str | None = None, within: str | None = None, known: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """Find the regions that a text names.

    Parameters
    ----------
    text : str
        Running text without white space inside sentences, such as ``Passage.text``.
    date : str, optional
        Partial date of the document. Names are read with the codes of that time.
    within : str, optional
        Code of the region that the document speaks of; decides between regions of one name.
    known : frozenset of str, optional
        Codes of regions that the document names in full (see `named_in_full`): their short forms are accepted, and
        they are preferred among regions of one name.

    Returns
    -------
    tuple of Mention
        Maximal chains in the order of the text; they do not overlap.
    """
    context = _Context(table(), date, within, known)
    at = _named(text)
    if not at:
        return ()
    chosen: list[Mention] = []
    taken: set[int] = set()
    for chain in sorted(_chains(at, context), key=_preference):
        span = range(chain[0].start, chain[-1].end)
        if taken.isdisjoint(span) and (mention := _accept(text, chain, context)) is not None:
            taken.update(span)
            chosen.append(mention)
    chosen.sort(key=lambda m: m.start)
    return tuple(_enumerated(text, chosen, context))


def resolve(
    name: str, *, date: str | None = None, within: str | None = None, known: frozenset[str] = frozenset()
) -> tuple[Candidate, ...]:
    """Return the regions that a whole name can mean: one where it is certain, several where not, none for no name.

    Takes what `find` takes. Short and one-character forms (宝山, 沪) are understood here, as the caller says that it is a name.
    """
    name = re.sub(r"\s+", "", name)
    context = _Context(table(), date, within, known)
    if len(name) == 1:
        return _decide([s for s in senses_of(name) if s.kind == "abbreviation"], context, alone=True)
    whole = [chain for chain in _chains(_named(name), context) if chain[0].start == 0 and chain[-1].end == len(name)]
    if not whole:
        return ()
    chain = min(whole, key=len)
    return _decide(_ranked(chain[-1].senses, context), context, alone=len(chain) == 1, chain=chain)


def named_in_full(mentions: Iterable[Mention]) -> frozenset[str]:
    """Codes of counties and above that the mentions name in full and without doubt, for ``known``."""
    found = set()
    for mention in mentions:
        if mention.code is None:
            continue
        for link in mention.links:
            if link.kind == "full" and len(link.codes) == 1:
                found.add(link.codes[0])
    return frozenset(found)


# ---------------------------------------------------------------- chains


class _Name(NamedTuple):
    """A name in the text with the senses that are still open."""

    start: int
    end: int
    senses: tuple[Sense, ...]


_Chain = tuple[_Name, ...]


@lru_cache(maxsize=4)
def _named(text: str) -> Mapping[int, Sequence[_Name]]:
    """Every hit by its start; remembered, as an account is read twice: for what it names in full, then with that."""
    g = gazetteer()
    at: dict[int, list[_Name]] = defaultdict(list)
    for index, start, end in g.automaton.find_matches_as_indexes(text, overlapping=True):
        at[start].append(_Name(start, end, senses_of(g.surfaces[index])))
    return at


def _chains(at: Mapping[int, Sequence[_Name]], context: _Context) -> Iterator[_Chain]:
    """Every chain of adjoining names in which each lies, or once lay, within the one before it."""
    for names in at.values():
        for name in names:
            yield from _grown((name,), at, context)


def _grown(chain: _Chain, at: Mapping[int, Sequence[_Name]], context: _Context) -> Iterator[_Chain]:
    yield chain
    last = chain[-1]
    uppers = {sense.code for sense in last.senses}
    for name in at.get(last.end, ()):
        fitting = tuple(s for s in name.senses if not uppers.isdisjoint(context.regions.ever_within(s.code)))
        if fitting:
            yield from _grown((*chain, _Name(name.start, name.end, fitting)), at, context)


def _narrowed(chain: _Chain, codes: set[str], context: _Context) -> tuple[Link, ...]:
    """The links of a chain with the codes that agree with what its last name means."""
    links = []
    above = set().union(*(context.regions.ever_within(code) for code in codes)) if len(chain) > 1 else set()
    for name in chain[:-1]:
        senses = [s for s in name.senses if s.code in above]
        senses = _of_the_time(senses, context.date) or senses
        links.append(Link(name.start, name.end, tuple(s.code for s in senses), senses[0].kind))
    last = chain[-1]
    senses = [s for s in last.senses if s.code in codes]
    return (*links, Link(last.start, last.end, tuple(s.code for s in senses), senses[0].kind))


# ---------------------------------------------------------------- what is accepted in text


def _accept(text: str, chain: _Chain, context: _Context) -> Mention | None:
    """The chain as a mention, or None where it is rather part of an ordinary word or another name."""
    senses = _ranked(chain[-1].senses, context)
    kind = senses[0].kind
    start, end = chain[0].start, chain[-1].end
    surface = text[chain[-1].start : end]
    if len(chain) == 1:
        if kind == "local":
            senses = [s for s in senses if s.code in context.known] or (
                senses if text.startswith(_UNION, end) and surface not in _words("common") else []
            )
            if not senses:
                return None
        if not _stands_alone(text, start, surface, kind, context):
            return None
    elif kind == "local" and (surface in _words("common") and not context.known & {s.code for s in senses}):
        return None
    if kind in {"short", "local"} and (
        _STREET.match(text, end) or (not _is_province(senses) and _straddled(text, end))
    ):
        return None
    if chain[0].senses[0].kind != "full" and _straddled(text, start):
        return None
    candidates = _decide(senses, context, alone=len(chain) == 1, chain=chain)
    if not candidates:
        return None
    links = _narrowed(chain, {c.code for c in candidates}, context)
    return Mention(start, end, text[start:end], candidates, links)


def _stands_alone(text: str, start: int, surface: str, kind: Kind, context: _Context) -> bool:
    """Whether a single name may be taken for a place where it stands."""
    common = surface in _words("common")
    if (common or (len(surface) == 2 and kind in {"full", "town"})) and not _named_elsewhere(surface, context):
        # 和县, 新镇: two characters are as often the end of one word and the beginning of another.
        return kind == "full" and not common and (start == 0 or bool(_EDGE.match(text, start - 1)))
    return kind != "town" or not _straddled(text, start)


def _is_province(senses: Sequence[Sense]) -> bool:
    return senses[0].code.endswith("0000")


def _named_elsewhere(surface: str, context: _Context) -> bool:
    """Whether the document names in full a region that the surface can mean."""
    return any(sense.code in context.known for sense in senses_of(surface))


def _straddled(text: str, edge: int) -> bool:
    """Whether an ordinary word lies across an edge, as 推广 and 安全 do at those of 广安 in 推广安全生产."""
    words = _straddling()
    for begin in range(max(0, edge - 3), edge):
        for stop in range(edge + 1, min(len(text), begin + 4) + 1):
            unless = words.get(text[begin:stop])
            if unless is not None and not (unless and text.startswith(unless, stop)):
                return True
    return False


@cache
def _straddling() -> dict[str, tuple[str, ...]]:
    return {word.word: tuple(filter(None, word.unless.split("|"))) for word in table().words if word.kind == "across"}


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word.word for word in table().words if word.kind == kind)


def _preference(chain: _Chain) -> tuple[int, int, int]:
    """Longer first, then the higher level, then the one further left."""
    start, last = chain[0].start, chain[-1]
    rank = min(0 if s.code.endswith("0000") else 1 if s.kind == "short" else 2 for s in last.senses)
    return (start - last.end, rank, start)


# ---------------------------------------------------------------- what decides


def _ranked(senses: Sequence[Sense], context: _Context) -> list[Sense]:
    """The senses that count: official names before short ones, provinces before prefectures before counties.

    朝阳 is 朝阳市 (211300) unless the document speaks of, or names, a 朝阳区.
    """
    best = [s for s in senses if s.kind in {"full", "town"}] or list(senses)
    short = [s for s in best if s.kind == "short"]
    if short:
        provinces = [s for s in short if s.code.endswith("0000")]
        own = [
            s
            for s in best
            if s.kind == "local" and (s.code in context.known or _inside(s.code, context.within, context))
        ]
        if own and not any(_inside(s.code, context.within, context) for s in short):
            return own
        return provinces or short
    return best


def _decide(senses: Sequence[Sense], context: _Context, *, alone: bool, chain: _Chain = ()) -> tuple[Candidate, ...]:
    """Narrow the senses of a name by what is known until one is left, and say what did it."""
    left = [s for s in senses if not _later(s, context.date)]
    basis: Basis = "name" if alone else "chain"
    if len(left) == 1:
        return (Candidate(left[0].code, _county(left[0].code, chain, context), basis),)
    steps: tuple[tuple[Basis, Callable[[list[Sense]], list[Sense]]], ...] = (
        ("date", lambda s: _of_the_time(s, context.date)),
        ("date", lambda s: _latest(s, context.regions)),
        ("known", lambda s: [x for x in s if x.code in context.known or context.known & _counties(x, context)]),
        ("context", lambda s: _nearest(s, context)),
        # Undated text that nothing else decides speaks of what there is now, not of what there was.
        ("date", lambda s: [x for x in s if x.valid_to is None] if context.date is None else s),
    )
    for reason, narrow in steps:
        if len(left) == 1:
            break
        kept = narrow(left)
        if kept and len(kept) < len(left):
            left, basis = kept, reason
    if len(left) > 1:
        basis = "open"
    return tuple(Candidate(s.code, _county(s.code, chain, context), basis) for s in left)


def _counties(sense: Sense, context: _Context) -> set[str]:
    """The counties of a township: a document that names 崇川区 in full means the 城东街道 there."""
    if sense.kind != "town":
        return set()
    return {code for code in context.regions.ever_within(sense.code) if not code.endswith("00")}


def _later(sense: Sense, date: str | None) -> bool:
    """Whether a region did not exist yet: 两江新区 in 2018 was no division."""
    return date is not None and sense.valid_from is not None and not in_force(sense.valid_from, None, date)


def _of_the_time(senses: Sequence[Sense], date: str | None) -> list[Sense]:
    if date is None:
        return [s for s in senses if s.valid_to is None or s.valid_to >= _MODERN]
    return [s for s in senses if in_force(s.valid_from, s.valid_to, date)]


def _latest(senses: Sequence[Sense], regions: RegionTable) -> list[Sense]:
    """Without those whose successor bears the name too (三元区 350403 and 350404)."""
    codes = {s.code for s in senses}
    return [s for s in senses if codes.isdisjoint(regions.successors(s.code))]


def _nearest(senses: Sequence[Sense], context: _Context) -> list[Sense]:
    """Those in the region that the document speaks of, or in the nearest region around it that has any."""
    if context.within is None:
        return []
    for scope in (context.within, *context.regions.ancestors(context.within, context.date)):
        inside = [s for s in senses if _inside(s.code, scope, context)]
        if inside:
            return inside
    return []


def _inside(code: str, scope: str | None, context: _Context) -> bool:
    return scope is not None and (code == scope or scope in context.regions.ever_within(code))


def _county(code: str, chain: _Chain, context: _Context) -> str:
    """The county or higher code that a township counts as; the one printed before it where there is one."""
    if len(code) == 6 or not code.isdigit():
        return code
    above = context.regions.ever_within(code)
    for name in reversed(chain[:-1]):
        printed = [s for s in name.senses if s.code in above and not s.code.endswith("00")]
        printed = _of_the_time(printed, context.date) or printed
        if len(printed) == 1:
            return printed[0].code
    return context.regions.county(code, context.date)


def _enumerated(text: str, mentions: list[Mention], context: _Context) -> list[Mention]:
    """Decide an open mention by its neighbour in an enumeration: 重庆市渝北区、江北区."""
    for order in (range(1, len(mentions)), range(len(mentions) - 2, -1, -1)):
        step = order.step
        for i in order:
            mention, other = mentions[i], mentions[i - step]
            first, second = (other, mention) if step > 0 else (mention, other)
            if mention.code is not None or other.code is None or not _LISTED.fullmatch(text[first.end : second.start]):
                continue
            beside = set(context.regions.parents(other.code, context.date))
            kept = [c for c in mention.candidates if beside & set(context.regions.parents(c.code, context.date))]
            if len(kept) == 1:
                link = replace(mention.links[-1], codes=(kept[0].code,))
                mentions[i] = replace(
                    mention,
                    candidates=(replace(kept[0], basis="list"),),
                    links=(*mention.links[:-1], link),
                )
    return mentions
