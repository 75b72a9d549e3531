"""Authority files: who is who, one file a kind, ids minted once.

An entry holds its id, the preferred name and the keys that lead to it. An id is made from the first key and
never recomputed: when a better reading of the same mention gives another key, that key joins the same entry.
Retired ids redirect: where the keys of one mention lead to two entries, the second is retired. Joining by itself
needs an equal key and compatible regions; everything else is a person's judgement (``decisions/identities.jsonl``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from unionkg.errors import RecordError
from unionkg.files import write_text
from unionkg.graph.decisions import IdentityDecision
from unionkg.graph.records import KINDS, decode, lines_text, read_lines
from unionkg.language import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entity. ``keys`` are unique over the kind; ``regions`` are codes it was seen with."""

    id: str
    name: str
    keys: tuple[str, ...]
    regions: tuple[str, ...] = ()
    redirect: str | None = None


@dataclass(slots=True)
class Authority:
    """The entries of all kinds, by kind and id, with an index of their keys. Changed by reading documents."""

    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    index: dict[tuple[str, str], str] = field(default_factory=dict)
    #: The keys that ids were minted from, and the ids of the accounts of every document.
    _minted: set[tuple[str, str]] = field(default_factory=set, repr=False, compare=False)
    _accounts: dict[str, dict[str, None]] = field(default_factory=dict, repr=False, compare=False)

    def add(self, kind: str, entry: Entry) -> None:
        """Put an entry in, replacing the one with its id."""
        self.entries[kind][entry.id] = entry
        self._minted.add((kind, entry.keys[0]))
        for key in entry.keys:
            self.index[kind, key] = entry.id
        if kind == "case":
            self._accounts.setdefault(entry.keys[0].partition("#")[0], {})[entry.id] = None

    def accounts_of(self, document: str) -> list[Entry]:
        """The accounts known of a document, in the order in which they became known."""
        return [self.entries["case"][identifier] for identifier in self._accounts.get(document, ())]

    def is_minted_from(self, kind: str, key: str) -> bool:
        """Whether an id was made from this key, whatever has joined or left its entry since."""
        return (kind, key) in self._minted

    def find(self, kind: str, key: str) -> Entry | None:
        """The entry that a key leads to, redirects followed."""
        identifier = self.index.get((kind, key))
        return self.entries[kind].get(self.lead(kind, identifier)) if identifier else None

    def lead(self, kind: str, identifier: str) -> str:
        """The id that stands for an id: it itself unless it is retired."""
        while (entry := self.entries[kind].get(identifier)) is not None and entry.redirect:
            identifier = entry.redirect
        return identifier

    def retire(self, kind: str, second: str, first: str) -> None:
        """Let one id stand for another that has turned out to be the same; it was seen wherever the other was."""
        second, first = self.lead(kind, second), self.lead(kind, first)
        if second == first:
            return
        entry = self.entries[kind][second]
        self.add(kind, replace(entry, redirect=first))
        for region in entry.regions:
            self.seen(kind, self.entries[kind][first], region)

    def part(self, apart: Collection[frozenset[str]]) -> None:
        """Take back the redirects between ids that people judged different."""
        for identifier in sorted({identifier for pair in apart for identifier in pair}):
            kind = identifier.partition(":")[0]
            entry = self.entries.get(kind, {}).get(identifier)
            if entry is not None and entry.redirect and frozenset({identifier, entry.redirect}) in apart:
                self.add(kind, replace(entry, redirect=None))

    def mint(self, kind: str, key: str, name: str, region: str | None = None) -> Entry:
        """Make the entry of a new key; the id is a digest of the key, longer where a shorter one is taken."""
        digest = hashlib.sha256(f"{kind}\n{key}".encode()).hexdigest()
        length = next(n for n in range(8, 65) if f"{kind}:{digest[:n]}" not in self.entries[kind])
        entry = Entry(id=f"{kind}:{digest[:length]}", name=name, keys=(key,), regions=(region,) if region else ())
        self.add(kind, entry)
        return entry

    def seen(self, kind: str, entry: Entry, region: str | None) -> Entry:
        """Remember a region that an entry was seen with."""
        if region is None or region in entry.regions:
            return entry
        known = replace(entry, regions=(*entry.regions, region))
        self.add(kind, known)
        return known

    def join(self, kind: str, entry: Entry, key: str) -> Entry:
        """Let another key lead to an entry."""
        if key in entry.keys:
            return entry
        joined = replace(entry, keys=(*entry.keys, key))
        self.add(kind, joined)
        return joined


def read_authority(folder: Path) -> Authority:
    """Read ``authority/<kind>.jsonl``; missing files are empty.

    Raises
    ------
    RecordError
        A line is broken, two entries of a kind share a key, or redirects lead in a circle; names file and line.
    """
    authority = Authority()
    for kind in KINDS:
        path = folder / f"{kind}.jsonl"
        if not path.is_file():
            continue
        for where, data in read_lines(path):
            entry: Entry = decode(Entry, data, where)
            for key in entry.keys:
                other = authority.index.get((kind, key))
                if other is not None and other != entry.id and kind != "case":  # accounts may change places
                    raise RecordError(
                        say(f"两个条目有同一个键：{key}（{other}）", f"two entries share the key {key} ({other})"),
                        where=where,
                    )
            if entry.redirect and authority.lead(kind, entry.redirect) == entry.id:
                raise RecordError(
                    say(f"redirect 绕成了圈：{entry.id}", f"the redirects of {entry.id} lead in a circle"), where=where
                )
            authority.add(kind, entry)
    return authority


def write_authority(folder: Path, authority: Authority) -> None:
    """Write the files whose content changed, sorted by id so that a diff shows what is new."""
    for kind in KINDS:
        path = folder / f"{kind}.jsonl"
        text = lines_text(entry for _, entry in sorted(authority.entries[kind].items()))
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        if text != old:
            write_text(path, text)


@dataclass(frozen=True, slots=True)
class Judged:
    """What judgements lead to: ``leads`` maps ids to those that stand for them (one that stands for itself is left
    out), ``conflicts`` are pairs judged the same that other judgements keep apart: they are not joined.
    ``standing`` is the judgement in force on every pair, in the order in which they were made.
    """

    leads: Mapping[str, str]
    conflicts: tuple[tuple[str, str], ...] = ()
    standing: Mapping[frozenset[str], IdentityDecision] = field(default_factory=dict)

    @property
    def apart(self) -> frozenset[frozenset[str]]:
        """The pairs of ids that people judged different."""
        return frozenset(pair for pair, made in self.standing.items() if made.decision == "different")


def judged(authority: Authority, decisions: Iterable[IdentityDecision]) -> Judged:
    """Which id stands for which: retired ids of the authority, and what people judged the same.

    Of several ids judged the same the first named stands for all. ``undo`` takes back the latest judgement on the
    same set of ids. Of two judgements on a pair the later counts, and a pair judged different is never joined by
    way of a third; a redirect between them is no more.
    """
    pairs = _pairs(decisions)
    apart = [pair for pair, (_, decision) in pairs.items() if decision.decision == "different"]
    entries = (entry for kind in KINDS for entry in authority.entries[kind].values())
    leads = {e.id: e.redirect for e in entries if e.redirect and frozenset({e.id, e.redirect}) not in apart}
    conflicts = []
    members: dict[str, set[str]] = {}

    def top(identifier: str) -> str:
        seen = {identifier}
        while identifier in leads and leads[identifier] not in seen:
            identifier = leads[identifier]
            seen.add(identifier)
        return identifier

    def join(first: str, other: str) -> bool:
        one, two = top(first), top(other)
        if one == two:
            return True
        together = members.get(one, {one}) | members.get(two, {two})
        if any({top(a) for a in pair} <= together or pair <= together for pair in apart):
            return False
        leads[two] = one
        members[one] = together
        return True

    for (first, other), decision in pairs.values():
        if decision.decision == "same" and not join(first, other):
            conflicts.append((first, other))
    for first, other in _following(authority, top):
        join(first, other)
    standing = {pair: decision for pair, (_, decision) in pairs.items()}
    return Judged({identifier: top(identifier) for identifier in leads}, tuple(conflicts), standing)


def _following(authority: Authority, top: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Practices of one name whose originators have become one: they are one as well."""
    named: dict[tuple[str, str], str] = {}
    for identifier, entry in authority.entries["practice"].items():
        for key in entry.keys:
            name, _, originator = key.rpartition("@")
            if originator.startswith("union:"):
                first = named.setdefault((name, top(originator)), identifier)
                if first != identifier:
                    yield first, identifier


def _pairs(decisions: Iterable[IdentityDecision]) -> dict[frozenset[str], tuple[tuple[str, str], IdentityDecision]]:
    """The judgement in force on every pair, and the pair as it was named, in the order in which they were made."""
    pairs: dict[frozenset[str], tuple[tuple[str, str], IdentityDecision]] = {}
    for decision in standing_identities(decisions):
        first, *others = dict.fromkeys(decision.ids)
        named = [(first, other) for other in others]
        if decision.decision == "different":
            named += [(a, b) for i, a in enumerate(others) for b in others[i + 1 :]]
        for pair in named:
            pairs.pop(frozenset(pair), None)
            pairs[frozenset(pair)] = (pair, decision)
    return pairs


def standing_identities(decisions: Iterable[IdentityDecision]) -> list[IdentityDecision]:
    """The judgements that no ``undo`` took back, in their order; an undo takes back the latest on the same set of ids."""
    found: list[IdentityDecision] = []
    for decision in decisions:
        if decision.decision != "undo":
            found.append(decision)
            continue
        taken = next((d for d in reversed(found) if set(d.ids) == set(decision.ids)), None)
        if taken is not None:
            found.remove(taken)
    return found
