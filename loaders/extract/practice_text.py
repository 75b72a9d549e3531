"""The text of an account as the readers of practices match on it: folded, cut into zones, with all cue words found.

One automaton over the cues of the three vocabularies is built
once per process; an account is scanned once, however many fields are read from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from unionkg.loaders.accounts import Account
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.sentences import bounds
from unionkg.ontology.vocabulary import Term, terms

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

Vocabulary = Literal["practice_types", "target_groups", "themes"]
Zone = Literal["title", "lead", "body"]

_VOCABULARIES: tuple[Vocabulary, ...] = ("practice_types", "target_groups", "themes")
_LEAD_END = re.compile("[。！？；\n]")


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
    vocabularies: Path | None = None

    def zone(self, position: int) -> Zone:
        """Where a position lies: in the title, in the first sentence of the body, or after it."""
        if self.title[0] <= position < self.title[1]:
            return "title"
        return "lead" if position < self.lead else "body"

    def sentence(self, position: int) -> tuple[int, int]:
        """Bounds of the sentence around a position, its end mark left out."""
        return bounds("part", self.text, position, position)

    def clause(self, position: int) -> tuple[int, int]:
        """Bounds of the clause around a position (commas and colons bound it too)."""
        return bounds("clause", self.text, position, position)


def read(account: Account, vocabularies: Path | None = None) -> Reading:
    """Scan an account; ``vocabularies`` is a workspace's folder of that name, whose files extend ours."""
    return _read(account.passage.text, account.title or "", account.body, vocabularies)


@lru_cache(maxsize=8)
def _read(raw: str, title: str, body: int, vocabularies: Path | None) -> Reading:
    text = folded(raw)
    body = min(body, len(text))
    span, breaks = _find_title(text, folded(title), body)
    first = _LEAD_END.search(text, min(body + 12, len(text)))
    lead = first.start() if first else len(text)
    return Reading(
        text=text,
        title=span,
        breaks=breaks,
        body=body,
        lead=max(lead, body),
        mentions=_mentions(text, vocabularies),
        vocabularies=vocabularies,
    )


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
                for word in map(folded, words):
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
