"""The text of an account as the readers of practices match on it: folded, cut into zones, with all cue words found.

Folding keeps every offset: traditional characters become simplified, full-width letters, brackets and commas
half-width, and all pairs of quotation marks “”. One automaton over the cues of the three vocabularies is built
once per process; an account is scanned once, however many fields are read from it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from unionkg.loaders.accounts import Account
from unionkg.loaders.extract.simplified import replaced, simplified
from unionkg.ontology.vocabulary import Term, terms

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

Vocabulary = Literal["practice_types", "target_groups", "themes"]
Zone = Literal["title", "lead", "body"]

_VOCABULARIES: tuple[Vocabulary, ...] = ("practice_types", "target_groups", "themes")
_ASCII_QUOTES = re.compile('"([^"\n]{1,40})"')
_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SENTENCE_END = re.compile("[。!?;\n]")
_CLAUSE_END = re.compile("[。!?;\n,:]")


class Mention(NamedTuple):
    """A cue word in the text: ``text[start:end]``; ``strong`` cues name the term, others need support."""

    start: int
    end: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A scanned account. ``text`` is as long as the passage.

    ``title`` is (start, end), empty where none is printed; ``breaks`` are the positions in it where the printed
    title has a blank or line break; ``lead`` is the end of the first sentence of the body; ``vocabularies`` is the
    workspace's folder whose words were looked for beside ours.
    """

    text: str
    title: tuple[int, int]
    breaks: tuple[int, ...]
    body: int
    lead: int
    mentions: Mapping[Vocabulary, Mapping[str, tuple[Mention, ...]]]
    sentence_ends: Sequence[int]
    clause_ends: Sequence[int]
    vocabularies: Path | None = None

    def zone(self, position: int) -> Zone:
        """Where a position lies: in the title, in the first sentence of the body, or after it."""
        if self.title[0] <= position < self.title[1]:
            return "title"
        return "lead" if position < self.lead else "body"

    def sentence(self, position: int) -> tuple[int, int]:
        """Bounds of the sentence around a position, its end mark left out."""
        return _around(self.sentence_ends, position, len(self.text))

    def clause(self, position: int) -> tuple[int, int]:
        """Bounds of the clause around a position (commas and colons bound it too)."""
        return _around(self.clause_ends, position, len(self.text))


def read(account: Account, vocabularies: Path | None = None) -> Reading:
    """Scan an account; ``vocabularies`` is a workspace's folder of that name, whose files extend ours."""
    return _read(account.passage.text, account.title or "", account.body, vocabularies)


@lru_cache(maxsize=8)
def _read(raw: str, title: str, body: int, vocabularies: Path | None) -> Reading:
    text = fold(raw)
    body = min(body, len(text))
    span, breaks = _find_title(text, fold(title), body)
    first = _SENTENCE_END.search(text, min(body + 12, len(text)))
    lead = first.start() if first else len(text)
    sentence_ends = [match.start() for match in _SENTENCE_END.finditer(text)]
    clause_ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    return Reading(
        text=text,
        title=span,
        breaks=breaks,
        body=body,
        lead=max(lead, body),
        mentions=_mentions(text, vocabularies),
        sentence_ends=sentence_ends,
        clause_ends=clause_ends,
        vocabularies=vocabularies,
    )


def fold(text: str) -> str:
    """Fold a text for matching; every character keeps its offset."""
    text = replaced(simplified(text), _WIDTH)
    return _ASCII_QUOTES.sub("“\\1”", text) if '"' in text else text


def _find_title(text: str, title: str, body: int) -> tuple[tuple[int, int], tuple[int, ...]]:
    """Where the title stands before the body, and where it has blanks; the passage has closed them up."""
    parts = title.split()
    wanted = "".join(parts)
    if not wanted:
        return (0, 0), ()
    kept = [i for i in range(body) if not text[i].isspace()]
    at = "".join(text[i] for i in kept).find(wanted)
    if at < 0:
        return (0, body), ()
    ends = list(accumulate(map(len, parts)))
    return (kept[at], kept[at + len(wanted) - 1] + 1), tuple(kept[at + end] for end in ends[:-1])


def _around(ends: Sequence[int], position: int, length: int) -> tuple[int, int]:
    index = bisect_left(ends, position)
    return ends[index - 1] + 1 if index else 0, ends[index] if index < len(ends) else length


@dataclass(frozen=True, slots=True)
class _Cues:
    automaton: AhoCorasick
    #: for every pattern: what it speaks for, as (vocabulary, key, strong); strong is None for a word that blocks cues inside it
    meanings: tuple[tuple[tuple[Vocabulary, str, bool | None], ...], ...]


@cache
def _cues(vocabularies: Path | None) -> _Cues:
    from ahocorasick_rs import AhoCorasick, Implementation

    meanings: dict[str, list[tuple[Vocabulary, str, bool | None]]] = {}
    for vocabulary in _VOCABULARIES:
        for term in vocabulary_terms(vocabulary, vocabularies):
            named = term.values("cues") + term.aliases + (() if vocabulary == "themes" else (term.zh,))
            for words, strong in ((named, True), (term.values("weak_cues"), False), (term.values("not_cues"), None)):
                for word in words:
                    entry = (vocabulary, term.key, strong)
                    known = meanings.setdefault(word, [])
                    if not any(k[:2] == entry[:2] for k in known):
                        known.append(entry)
    automaton = AhoCorasick(list(meanings), implementation=Implementation.ContiguousNFA)
    return _Cues(automaton, tuple(tuple(found) for found in meanings.values()))


def vocabulary_terms(name: Vocabulary, vocabularies: Path | None) -> tuple[Term, ...]:
    """The terms of a vocabulary, extended by a workspace's file where there is one."""
    return terms(name, vocabularies / f"{name}.csv" if vocabularies else None)


def _mentions(text: str, vocabularies: Path | None) -> dict[Vocabulary, dict[str, tuple[Mention, ...]]]:
    cues = _cues(vocabularies)
    found: dict[tuple[Vocabulary, str], list[tuple[int, int, bool | None]]] = {}
    for pattern, start, end in cues.automaton.find_matches_as_indexes(text, overlapping=True):
        for vocabulary, key, strong in cues.meanings[pattern]:
            found.setdefault((vocabulary, key), []).append((start, end, strong))
    result: dict[Vocabulary, dict[str, tuple[Mention, ...]]] = {name: {} for name in _VOCABULARIES}
    for (vocabulary, key), hits in found.items():
        if kept := _outermost(hits):
            result[vocabulary][key] = kept
    return result


def _outermost(hits: list[tuple[int, int, bool | None]]) -> tuple[Mention, ...]:
    """Of overlapping hits of one term the longest; none where the longest is a word that blocks."""
    kept: list[Mention] = []
    reach = -1
    for start, end, strong in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if end <= reach:
            continue
        reach = end
        if strong is not None:
            kept.append(Mention(start, end, strong))
    return tuple(kept)
