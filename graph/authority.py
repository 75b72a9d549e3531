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
from unionkg.graph.records import decode, lines_text, read_lines
from unionkg.language import say

#: The kinds that have an authority file; the prefix of an id is its kind.
KINDS = ("case", "union", "practice", "organization", "platform", "policy", "award", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entity. ``keys`` are unique over the kind; ``regions`` are codes it was seen with (first one decides)."""

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
                if other is not None and other != entry.id:
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


def redirects(authority: Authority, decisions: Iterable[IdentityDecision]) -> Mapping[str, str]:
    """Which id stands for which: retired ids of the authority, and what people judged the same.

    Of several ids judged the same the first named stands for all. ``undo`` takes back the latest judgement on
    the same set of ids; ``different`` and ``undecided`` end an earlier ``same`` on them.

    Returns
    -------
    mapping of id -> id; an id that stands for itself is left out.
    """
    leads: dict[str, str] = {
        entry.id: entry.redirect for kind in KINDS for entry in authority.entries[kind].values() if entry.redirect
    }

    def top(identifier: str) -> str:
        seen = {identifier}
        while identifier in leads and leads[identifier] not in seen:
            identifier = leads[identifier]
            seen.add(identifier)
        return identifier

    for decision in _standing(decisions):
        if decision.decision == "same":
            first, *others = decision.ids
            for other in others:
                if top(other) != top(first):
                    leads[top(other)] = top(first)
    return {identifier: top(identifier) for identifier in leads}


def _standing(decisions: Iterable[IdentityDecision]) -> list[IdentityDecision]:
    """The judgement in force on every set of ids."""
    made: dict[frozenset[str], list[IdentityDecision]] = {}
    for decision in decisions:
        earlier = made.setdefault(frozenset(decision.ids), [])
        if decision.decision != "undo":
            earlier.append(decision)
        elif earlier:
            earlier.pop()
    return [judgements[-1] for judgements in made.values() if judgements]
