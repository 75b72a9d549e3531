"""Search over names, aliases, titles, quotes and full text; the same hits whatever store the graph lies in.

A word is found wherever its characters stand: no dictionary cuts the text into words, nothing is stemmed, and width,
case, traditional characters and punctuation do not matter (`unionkg.queries.folding`). Several words, separated by blanks,
must all occur in an entry, in any of its fields; quotation marks keep a phrase together. A word of Latin letters is also read
as pinyin of names, by whole syllables (gucun) or initials (gc).

Hits come by what matches: the whole name, a whole alias, the beginning of the name, a part of it, a part of an
alias, the pinyin of a whole name, of a part of one, quotes, full text (of several words, what matches least counts);
then by kind, name and id.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from unionkg.errors import QueryError
from unionkg.graph.stores.protocol import Rows
from unionkg.graph.stores.tables import html_table
from unionkg.language import say
from unionkg.queries import postings, search_index
from unionkg.queries.folding import BREAK, folded
from unionkg.queries.search_facets import Count, Facets, facets, filters
from unionkg.queries.search_hits import Hit, Matched, hit_of
from unionkg.queries.search_segments import INITIALS, NAME, OTHERS, QUOTES, SOUNDS, TEXT
from unionkg.queries.search_state import SearchIndex, Segment, State

__all__ = ["Count", "Facets", "Found", "Hit", "SearchIndex", "alone", "near_names", "search"]

Units = NDArray[np.uint16]

(
    _WHOLE_NAME,
    _WHOLE_ALIAS,
    _NAME_BEGINS,
    _IN_NAME,
    _IN_ALIAS,
    _WHOLE_SOUND,
    _IN_SOUND,
    _IN_QUOTE,
    _IN_TEXT,
) = _CLASSES = range(9)
_NONE = 255
_MATCHED: Sequence[Matched] = ("name", "alias", "name", "name", "alias", "pinyin", "pinyin", "quote", "text")
_WORDS = re.compile(r'["“”„‟＂«»「」『』]([^"“”„‟＂«»「」『』]+)["“”„‟＂«»「」『』]|(\S+)')
_LATIN = re.compile("[a-z]{2,40}")
#: Ways to cut Latin letters into syllables that are tried: xian is xian and xi an.
_CUTS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: how many hits there are, the first of them, and the facets of all."""

    total: int
    hits: tuple[Hit, ...]
    facets: Facets

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def rows(self) -> Rows:
        """The hits as a table, for pandas, Arrow and notebooks; the words found stand between 【 and 】."""
        columns = ("id", "label", "name", "matched", "document", "line", "snippet")
        return Rows(
            columns,
            [(h.id, h.label, h.name, h.matched, h.document, h.line, h.snippet.marked()) for h in self.hits],
        )

    def _repr_html_(self) -> str:
        rows = self.rows()
        return html_table(rows.columns, rows.rows, notes=[say(f"共 {self.total} 条", f"{self.total} hits")])


def search(
    index: SearchIndex | Path,
    text: str,
    *,
    limit: int = 20,
    label: str | None = None,
    region: str | None = None,
    theme: str | None = None,
    year: int | str | None = None,
) -> Found:
    """Find what contains every word of a text.

    Parameters
    ----------
    index : SearchIndex or Path
        The index, or its file. A SearchIndex remembers what it read for the next question.
    text : str
        Words separated by blanks; quotation marks keep a phrase.
    limit : int
        How many hits to return; total and facets count all.
    label : str, optional
        A kind: ``TradeUnion``, or 工会组织.
    region : str, optional
        A region by name (宝山区, 浙江) or code: with everything below it, and what became part of it.
    theme : str, optional
        A theme by name.
    year : int or str, optional
        A year, or an interval ``2015..2019`` with one end open or none.

    Raises
    ------
    QueryError
        There is nothing to search for, or a filter names nothing; says what there is.
    StoreError
        There is no index, or it cannot be read.
    """
    words = _words(text)
    opened = index if isinstance(index, SearchIndex) else SearchIndex(index)
    with search_index.reading_index(opened.path) as connection:
        state = opened.state(connection)
        classes = np.zeros(len(state.labels), dtype=np.uint8)
        for word in words:
            np.maximum(classes, _classes(connection, state, word), out=classes)
        hit = (classes != _NONE) & state.alive
        for wanted in filters(state, label, region, theme, year):
            hit &= wanted
        hits = [
            hit_of(connection, key, _MATCHED[cls], words) for cls, key in _best(connection, state, hit, classes, limit)
        ]
        return Found(int(np.count_nonzero(hit)), tuple(hits), facets(state, hit))


def alone(index: SearchIndex | Path, text: str) -> dict[str, int]:
    """How many hits each word of a text has by itself, for several that do not occur together."""
    opened = index if isinstance(index, SearchIndex) else SearchIndex(index)
    return {word: search(opened, f'"{word}"', limit=1).total for word in _words(text)}


def near_names(index: SearchIndex | Path, text: str, limit: int = 3) -> tuple[str, ...]:
    """Names that look like a text that is not found; of several words, like those that are found nowhere.

    Reads every name: some tenths of a second for 100,000.
    """
    from rapidfuzz import fuzz, process

    opened = index if isinstance(index, SearchIndex) else SearchIndex(index)
    words = _words(text)
    unknown = [word for word, hits in alone(opened, text).items() if not hits] if len(words) > 1 else words
    with search_index.reading_index(opened.path) as connection:
        rows = connection.execute("SELECT DISTINCT name FROM entry WHERE label != 'PracticeCase' ORDER BY name")
        names = [name for (name,) in rows]
    found: dict[str, None] = {}
    for word in unknown[:limit]:
        near = process.extract(word, names, scorer=fuzz.ratio, limit=limit, score_cutoff=50)
        found |= dict.fromkeys(name for name, _, _ in near)
    return tuple(found)


# ---------------------------------------------------------------- what is asked


def _words(text: str) -> list[str]:
    """The folded words of a question, each once."""
    found: list[str] = []
    for phrase, word in _WORDS.findall(text):
        found += [folded(phrase).strip("\x01 ")] if phrase else folded(word).split(chr(BREAK))
    words = list(dict.fromkeys(filter(None, found)))
    if not words:
        raise QueryError(say("没有要查找的文字", "nothing to search for"))
    return words


def _classes(connection: sqlite3.Connection, state: State, word: str) -> NDArray[np.uint8]:
    """For every entry how the word matches best; _NONE where it does not."""
    found = np.full(len(state.labels), _NONE, dtype=np.uint8)
    phrase = _units(word)
    named = phrase[phrase != BREAK]
    sounds = _sounds(state, word)
    for segment in state.segments:
        here = found[segment.span]

        def mark(
            cls: int, field: int, wanted: Units, segment: Segment = segment, here: NDArray[np.uint8] = here
        ) -> bool:
            starts = segment.starts[field]
            slots = postings.slots(connection, segment.number, field, wanted, starts)
            here[slots] = cls
            return len(slots) > 0

        mark(_IN_TEXT, TEXT, phrase)
        mark(_IN_QUOTE, QUOTES, phrase)
        spoken = [(field, units) for field, units in sounds if mark(_IN_SOUND, field, units)]
        for field, units in spoken:
            mark(_WHOLE_SOUND, field, _whole(units))
        in_others = mark(_IN_ALIAS, OTHERS, named)
        in_names = mark(_IN_NAME, NAME, named) and mark(_NAME_BEGINS, NAME, _opened(named))
        if in_others:
            mark(_WHOLE_ALIAS, OTHERS, _whole(named))
        if in_names:
            mark(_WHOLE_NAME, NAME, _whole(named))
    return found


def _units(text: str) -> Units:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)


def _opened(units: Units) -> Units:
    """At the beginning of a value."""
    return np.concatenate([[BREAK], units]).astype(np.uint16)


def _whole(units: Units) -> Units:
    return np.concatenate([[BREAK], units, [BREAK]]).astype(np.uint16)


def _sounds(state: State, word: str) -> list[tuple[int, Units]]:
    """What a word may be as pinyin: the fields and the units to look for there."""
    if not _LATIN.fullmatch(word := word.replace("ü", "v")):
        return []
    found = [(SOUNDS, np.array(cut, dtype=np.uint16)) for cut in _cuts(word, state.syllables)]
    return [*found, (INITIALS, _units(word))]


def _cuts(word: str, syllables: Mapping[str, int]) -> list[list[int]]:
    """The ways to cut letters into syllables, those of long syllables first."""
    ways: list[list[list[int]]] = [[] for _ in word] + [[[]]]
    for start in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), start + 6), start, -1):
            unit = syllables.get(word[start:end])
            if unit is not None:
                ways[start] += [[unit, *rest] for rest in ways[end]]
        del ways[start][_CUTS:]
    return ways[0]


# ---------------------------------------------------------------- hits


def _best(
    connection: sqlite3.Connection, state: State, hit: NDArray[np.bool_], classes: NDArray[np.uint8], limit: int
) -> list[tuple[int, int]]:
    """Class and key of the first hits. A segment's slots are in order, so each offers its first ones of each class."""
    offered: list[tuple[int, int, str, str, int]] = []
    wanted = np.where(hit, classes, np.uint8(_NONE))
    for cls in _CLASSES:
        if len(offered) >= limit:
            break
        for segment in state.segments:
            for slot in np.flatnonzero(wanted[segment.span] == cls)[:limit].tolist():
                key = segment.number << 32 | slot
                label = int(state.labels[segment.span.start + slot])
                name, identifier = connection.execute("SELECT name, id FROM entry WHERE key = ?", (key,)).fetchone()
                offered.append((cls, label, name, identifier, key))
    return [(cls, key) for cls, _, _, _, key in sorted(offered)[:limit]]
