"""A hit as it is shown: what was found, where, and the words around."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from unionkg.queries.folding import BREAK, folded, joined, without_breaks
from unionkg.queries.search_segments import Stored, body
from unionkg.queries.snippets import Snippet, find, snippet

Matched = Literal["name", "alias", "pinyin", "quote", "text"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    ``matched`` names the field, ``snippet`` shows its words around the hit. ``document`` is the title of the document that an
    account stands in, ``line`` the line there (from 1): of the words, or of the account's beginning.
    """

    id: str
    label: str
    name: str
    matched: Matched
    snippet: Snippet
    document: str | None = None
    document_id: str | None = None
    line: int | None = None


def hit_of(connection: sqlite3.Connection, key: int, matched: Matched, words: Sequence[str]) -> Hit:
    """The hit on the entry of a key; ``words`` are folded."""
    stored = body(connection, key)
    entry = stored.entry
    shown, line = _shown(stored, matched, words)
    account = entry.label == "PracticeCase"
    title = None
    if account:
        row = connection.execute("SELECT name FROM entry WHERE id = ?", (entry.document,)).fetchone()
        title = row[0] if row else None
        line = line or (entry.lines[0] if entry.lines else None)
    return Hit(entry.id, entry.label, entry.name, matched, shown, title, entry.document, line)


def _shown(stored: Stored, matched: Matched, words: Sequence[str]) -> tuple[Snippet, int | None]:
    """The words around a hit, and their line in the document where they are of a text or a quote."""
    entry = stored.entry
    if matched == "text":
        spans = find(entry.text, words)
        shown, at = snippet(entry.text, spans)
        return shown, _line(entry.lines, entry.text, at)
    if matched == "quote":
        line, quote, spans = _quoted(entry.quotes, words)
        shown, at = snippet(quote, spans)
        return shown, line + quote.count("\n", 0, at) if line else None
    if matched == "pinyin":
        name, spans = _spoken(stored, words)
        return snippet(name, spans)[0], None
    name = entry.name if matched == "name" else _other_name(entry.others, words)
    spans = find(without_breaks(name), [word.replace(chr(BREAK), "") for word in words])
    return snippet(name, spans)[0], None


def _quoted(quotes: Sequence[tuple[int, str]], words: Sequence[str]) -> tuple[int, str, tuple[tuple[int, int], ...]]:
    """The quote in which the most places match, of equals the first, with its line and the places."""
    text, starts = joined([words_of for _, words_of in quotes])
    of_quote: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end in find(text, words):
        number = bisect_right(starts, start) - 1
        of_quote[number].append((start - starts[number], end - starts[number]))
    number = max(of_quote, key=lambda one: len(of_quote[one]), default=0)
    return *quotes[number], tuple(of_quote[number])


def _other_name(names: Sequence[str], words: Sequence[str]) -> str:
    """The other name that a word is, else begins, else stands in."""

    def apart(name: str) -> int:
        print_of = folded(without_breaks(name))
        return min(
            0 if print_of == word else 1 if print_of.startswith(word) else 2 if word in print_of else 3
            for word in words
        )

    return min(names, key=apart)


def _spoken(stored: Stored, words: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The first name that a word is the pinyin of, and the characters that it is read in."""
    names = (stored.entry.name, *stored.entry.others)
    for name, syllables in zip(names, stored.readings, strict=False):
        spans: list[tuple[int, int]] = list(find(name, words))
        for word in words:
            for sounds in ([s.sound for s in syllables], [s.sound[0] for s in syllables]):
                spans += [(syllables[a].start, syllables[b - 1].end) for a, b in _runs(sounds, word.replace("ü", "v"))]
        if spans:
            return name, tuple(sorted(spans))
    return stored.entry.name, ()


def _runs(sounds: Sequence[str], word: str) -> Iterator[tuple[int, int]]:
    """Where a word is made of whole sounds that follow each other."""
    ends = [0]
    for sound in sounds:
        ends.append(ends[-1] + len(sound))
    spoken = "".join(sounds)
    at = spoken.find(word)
    while at >= 0:
        if at in ends and at + len(word) in ends:
            yield ends.index(at), ends.index(at + len(word))
        at = spoken.find(word, at + 1)


def _line(lines: Sequence[int], text: str, at: int) -> int | None:
    """The number of the document's line that a place of an entry's text stands in."""
    passed = text.count("\n", 0, at)
    for first, last in zip(lines[::2], lines[1::2], strict=True):
        if passed <= last - first:
            return first + passed
        passed -= last - first + 1
    return None
