"""Where words that bound, end or introduce names stand in a text: the lists of ``practice_cues.csv``, found in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from unionkg.ontology.vocabulary import table

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_EDGE = re.compile("[。！？；，：、…\n“”《》]")
_VERBAL = frozenset(("行动", "计划", "工程"))
_LOCATED = ("do", "begun", "future", "serve", "negation")


@dataclass(frozen=True, slots=True)
class Marks:
    """Positions in a text, in its order.

    ``whole`` are the starts of words in which no other word counts; ``stops`` are words that a name does not reach across, ``heads`` nouns that end names, each as (start, end);
    ``words`` gives (start, end) of the words of other lists; ``edges`` are the positions of punctuation and quotes.
    """

    text: str
    whole: frozenset[int]
    stops: Sequence[tuple[int, int]]
    heads: Sequence[tuple[int, int]]
    words: Mapping[str, Sequence[tuple[int, int]]]
    edges: Sequence[int]

    def first_stop(self, start: int, end: int) -> int:
        """Where the first stop that lies in ``[start, end)`` begins, else ``end``."""
        for first, last in within(self.stops, start, end):
            if last <= end:
                return first
        return end

    def last_stop(self, start: int, end: int) -> int:
        """Where the last stop that lies in ``[start, end)`` ends, else ``start``."""
        for _, last in reversed(within(self.stops, start, end)):
            if last <= end:
                return last
        return start

    def after_edge(self, start: int, position: int) -> int:
        """Where the stretch without punctuation that goes on at ``position`` begins, ``start`` at the earliest."""
        index = bisect_left(self.edges, position)
        return max(start, self.edges[index - 1] + 1) if index else start

    def has(self, kind: str, start: int, end: int) -> bool:
        """Whether a word of a list lies in ``[start, end)``."""
        spans = self.words[kind]
        index = bisect_left(spans, (start, 0))
        while index < len(spans) and spans[index][0] < end:
            if spans[index][1] <= end:
                return True
            index += 1
        return False


def _inside(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_left(spans, (start + 1, 0)) - 1
    return index >= 0 and end <= spans[index][1]


def opening_verb(text: str, start: int, end: int) -> int | None:
    """Where a verb of doing ends that opens ``text[start:end]``; None where none does: 创新|机制, but not 创新创业."""
    verb = pattern("do", "light").match(text, start, end)
    return verb.end() if verb and start not in marks(text).whole else None


def within(spans: Sequence[tuple[int, int]], start: int, end: int) -> Sequence[tuple[int, int]]:
    """The spans that begin in ``[start, end)``."""
    return spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))]


@cache
def words(kind: str) -> tuple[str, ...]:
    """A list of practice_cues.csv, longest word first."""
    row = next(row for row in table("practice_cues") if row["kind"] == kind)
    return tuple(sorted(row["words"].split("|"), key=len, reverse=True))


@cache
def word_set(kind: str) -> frozenset[str]:
    """A list of practice_cues.csv as a set."""
    return frozenset(words(kind))


@cache
def pattern(*kinds: str) -> re.Pattern[str]:
    """One pattern for the words of some lists, longest first; for short stretches."""
    found = sorted({word for kind in kinds for word in words(kind)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, found)))


@lru_cache(maxsize=8)
def marks(text: str) -> Marks:
    """Find all marks of a text."""
    bounding, kept = _bounding()
    done = word_set("do")
    matches = bounding.find_matches_as_indexes(text)
    whole = [(a, b) for index, a, b in matches if index < kept]
    found = [(a, b) for index, a, b in matches if index >= kept]
    # A verb before such a noun is a part of the name: 提升行动, 护航计划; what a union does with one is not: 启动行动.
    stops = [(a, b) for a, b in found if text[b : b + 2] not in _VERBAL or text[a:b] in done]
    heads = [(a, b) for _, a, b in _heads().find_matches_as_indexes(text)]
    located, kinds = _located()
    spans: dict[str, list[tuple[int, int]]] = {kind: [] for kind in _LOCATED}
    for index, a, b in located.find_matches_as_indexes(text, overlapping=True):
        for kind in kinds[index]:
            spans[kind].append((a, b))
    spans["do"] = [(a, b) for a, b in spans["do"] if not _inside(whole, a, b)]
    edges = [match.start() for match in _EDGE.finditer(text)]
    return Marks(
        text,
        frozenset(a for a, _ in whole),
        stops,
        heads,
        {kind: sorted(where) for kind, where in spans.items()},
        edges,
    )


@cache
def _bounding() -> tuple[AhoCorasick, int]:
    """Words kept whole, then words that bound names; and how many are kept."""
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    kept = words("keep")
    stops = sorted({*words("stop"), *words("do")} - set(kept))
    return AhoCorasick(
        [*kept, *stops], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    ), len(kept)


@cache
def _heads() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    return AhoCorasick(
        sorted({*words("head"), *words("union")}),
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.ContiguousNFA,
    )


@cache
def _located() -> tuple[AhoCorasick, tuple[tuple[str, ...], ...]]:
    from ahocorasick_rs import AhoCorasick, Implementation

    kinds: dict[str, list[str]] = {}
    for kind in _LOCATED:
        for word in words(kind):
            kinds.setdefault(word, []).append(kind)
    return AhoCorasick(list(kinds), implementation=Implementation.ContiguousNFA), tuple(map(tuple, kinds.values()))
