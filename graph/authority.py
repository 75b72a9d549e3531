"""Authority files: who is who, one file a kind, ids minted once.

An entry holds its id, the preferred name and the keys that lead to it. An id is made from the first key and
never recomputed: when a better reading of the same mention gives another key, that key joins the same entry.
Retired ids redirect. Joining by itself needs an equal key and compatible regions; everything else is a
person's judgement (``decisions/identities.jsonl``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
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

    def add(self, kind: str, entry: Entry) -> None:
        """Put an entry in, replacing the one with its id."""
        self.entries[kind][entry.id] = entry
        for key in entry.keys:
            self.index[kind, key] = entry.id

    def find(self, kind: str, key: str) -> Entry | None:
        """The entry that a key leads to, redirects followed."""
        identifier = self.index.get((kind, key))
        entry = self.entries[kind].get(identifier) if identifier else None
        while entry is not None and entry.redirect:
            entry = self.entries[kind].get(entry.redirect)
        return entry

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
        A line is broken, or two entries of a kind share a key; names file and line.
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
    """

    leads: Mapping[str, str]
    conflicts: tuple[tuple[str, str], ...] = ()


def judged(authority: Authority, decisions: Iterable[IdentityDecision]) -> Judged:
    """Which id stands for which: retired ids of the authority, and what people judged the same.

    Of several ids judged the same the first named stands for all. ``undo`` takes back the latest judgement on the
    same set of ids. Of two judgements on a pair the later counts, and a pair judged different is never joined by
    way of a third.
    """
    leads = {entry.id: entry.redirect for kind in KINDS for entry in authority.entries[kind].values() if entry.redirect}
    pairs = _pairs(decisions)
    apart = [pair for pair, decision in pairs.items() if decision == "different"]
    conflicts = []
    members: dict[str, set[str]] = {}

    def top(identifier: str) -> str:
        seen = {identifier}
        while identifier in leads and leads[identifier] not in seen:
            identifier = leads[identifier]
            seen.add(identifier)
        return identifier

    for (first, other), decision in pairs.items():
        one, two = top(first), top(other)
        if decision != "same" or one == two:
            continue
        together = members.get(one, {one}) | members.get(two, {two})
        if any({top(a), top(b)} <= together or {a, b} <= together for a, b in apart):
            conflicts.append((first, other))
            continue
        leads[two] = one
        members[one] = together
    return Judged({identifier: top(identifier) for identifier in leads}, tuple(conflicts))


def _pairs(decisions: Iterable[IdentityDecision]) -> dict[tuple[str, str], str]:
    """The judgement in force on every pair, in the order in which they were made."""
    standing: list[IdentityDecision] = []
    for decision in decisions:
        if decision.decision != "undo":
            standing.append(decision)
            continue
        taken = next((d for d in reversed(standing) if set(d.ids) == set(decision.ids)), None)
        if taken is not None:
            standing.remove(taken)
    pairs: dict[frozenset[str], tuple[tuple[str, str], str]] = {}
    for decision in standing:
        first, *others = dict.fromkeys(decision.ids)
        named = [(first, other) for other in others]
        if decision.decision == "different":
            named += [(a, b) for i, a in enumerate(others) for b in others[i + 1 :]]
        for pair in named:
            pairs.pop(frozenset(pair), None)
            pairs[frozenset(pair)] = (pair, decision.decision)
    return dict(pairs.values())
