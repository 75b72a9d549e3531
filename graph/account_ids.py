"""Which account of a document is which of those known of it: titles, quotes and lines tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from unionkg.graph.authority import Authority, Entry
from unionkg.graph.records import CaseRecord
from unionkg.graph.union_names import normal


def with_case_ids(
    records: Sequence[CaseRecord], previous: Mapping[str, CaseRecord], authority: Authority
) -> list[tuple[CaseRecord, str]]:
    """Match accounts with those known of the document, the likest first; give every other one a new id.

    A title and the words quoted tell an account even where the source has grown above it; lines decide where
    both were read otherwise, or where the earlier reading is lost. ``previous`` are the earlier readings by id.
    """
    if not records:
        return []
    document = records[0].document
    known = authority.accounts_of(document)
    traces = [_Trace.of(record) for record in records]
    earlier = [_earlier(entry, previous) for entry in known]
    scored = sorted(
        (
            (score, -number, known[index])
            for number, index in _touching(traces, earlier)
            if (score := traces[number].likeness(earlier[index])) > 0
        ),
        key=lambda row: (-row[0], -row[1], row[2].id),
    )
    given: dict[int, Entry] = {}
    taken: set[str] = set()
    for _, minus, entry in scored:
        if -minus not in given and entry.id not in taken:
            given[-minus] = entry
            taken.add(entry.id)
    found = []
    for number, record in enumerate(records):
        key = f"{document}#" + ",".join(f"{first}-{last}" for first, last in record.lines)
        name = record.title.value if record.title else ""
        entry = given.get(number) or authority.mint("case", _free(key, authority), name)
        # The last key tells the lines of the latest reading.
        authority.add("case", replace(entry, name=name or entry.name, keys=tuple(dict.fromkeys((entry.keys[0], key)))))
        found.append((record, entry.id))
    return found


def _free(key: str, authority: Authority) -> str:
    """The key to mint an account's id from: its lines, marked where another account had the same ones once."""
    while authority.is_minted_from("case", key):
        key += "'"
    return key


@dataclass(frozen=True, slots=True)
class _Trace:
    """What an account is known again by: its title, the words quoted of it, its lines."""

    title: str
    quotes: frozenset[str]
    lines: frozenset[int]

    @classmethod
    def of(cls, record: CaseRecord) -> _Trace:
        quotes = frozenset("".join(e.quote.split()) for _, s in record.statements() for e in s.evidence)
        title = normal(record.title.value) if record.title else ""
        return cls(title, quotes, frozenset(_lines(record.lines)))

    def likeness(self, other: _Trace) -> float:
        """0 for nothing in common; a title counts most, then the share of quotes, then that of lines."""
        title = 3.0 if self.title and self.title == other.title else 0.0
        quotes = len(self.quotes & other.quotes) / max(1, min(len(self.quotes), len(other.quotes)))
        lines = len(self.lines & other.lines) / max(1, len(self.lines | other.lines))
        strange = bool(self.quotes and other.quotes) and quotes < 0.2
        return title + 2.0 * quotes + (0.0 if strange and not title else lines)

    def marks(self) -> Iterator[str | int]:
        """Everything that two accounts must have one of in common to be one."""
        if self.title:
            yield f"title {self.title}"
        yield from self.quotes
        yield from self.lines


def _touching(traces: Sequence[_Trace], earlier: Sequence[_Trace]) -> set[tuple[int, int]]:
    """The pairs (new, earlier) that have anything in common, without comparing all with all."""
    marked: dict[str | int, list[int]] = defaultdict(list)
    for index, trace in enumerate(earlier):
        for mark in trace.marks():
            marked[mark].append(index)
    return {
        (number, index) for number, trace in enumerate(traces) for m in trace.marks() for index in marked.get(m, ())
    }


def _earlier(entry: Entry, previous: Mapping[str, CaseRecord]) -> _Trace:
    known = previous.get(entry.id)
    return _Trace.of(known) if known else _Trace(normal(entry.name), frozenset(), frozenset(_key_lines(entry.keys[-1])))


def _lines(ranges: Iterable[tuple[int, int]]) -> set[int]:
    return {number for first, last in ranges for number in range(first, last + 1)}


def _key_lines(key: str) -> set[int]:
    ranges = (part.split("-") for part in key.partition("#")[2].rstrip("'").split(","))
    return _lines((int(first), int(last)) for first, last in ranges)
