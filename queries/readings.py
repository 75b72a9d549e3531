"""How names are read aloud: pinyin by the syllable, for asking 顾村 as gucun or gc."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from unionkg.ontology.vocabulary import table
from unionkg.queries.folding import fold

_RUNS = re.compile("[a-z0-9]+|[一-龥㐀-䶿〇]+")


class Syllable(NamedTuple):
    """A syllable, or a run of Latin letters and digits, and the characters of the name that it stands for."""

    start: int
    end: int
    sound: str


def reading(name: str) -> tuple[Syllable, ...]:
    """A name's syllables without tones, ü as v; what stands in Latin letters or digits is a syllable of its own.

    A character with several readings is read as in the longest word that begins where the last one ended, of
    ``name_readings.csv`` and of pypinyin's dictionary.
    """
    print_of = fold(name)
    offsets = print_of.offsets
    found = []
    for run in _RUNS.finditer(str(print_of)):
        first = run.start()
        if run[0].isascii():
            found.append(Syllable(int(offsets[first]), int(offsets[run.end() - 1]) + 1, run[0]))
            continue
        for i, sound in enumerate(_sounds(run[0])):
            found.append(Syllable(int(offsets[first + i]), int(offsets[first + i]) + 1, sound))
    return tuple(found)


def initials(syllables: tuple[Syllable, ...]) -> tuple[Syllable, ...]:
    """The first letter of each syllable; of Latin letters and digits each."""
    found = []
    for start, end, sound in syllables:
        if end - start == 1:
            found.append(Syllable(start, end, sound[0]))
        else:
            found += [Syllable(start + i, start + i + 1, letter) for i, letter in enumerate(sound)]
    return tuple(found)


def _sounds(characters: str) -> Iterator[str]:
    """One syllable for each of some Chinese characters: those of the longest word that begins there, then on."""
    own, words, longest = _words()
    at = 0
    while at < len(characters):
        for size in range(min(longest, len(characters) - at), 1, -1):
            word = characters[at : at + size]
            if word in own:
                yield from own[word]
                break
            if word in words:
                yield from _dictionary(word)
                break
        else:
            size = 1
            yield from _dictionary(characters[at])
        at += size


@cache
def _dictionary(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))


@cache
def _words() -> tuple[Mapping[str, list[str]], Container[str], int]:
    """Words with a reading of our own, all words of pypinyin, and how long a word may be."""
    from pypinyin.phrases_dict import phrases_dict  # loading it takes a while: only when names are indexed

    own = {row["word"]: row["reading"].split() for row in table("name_readings")}
    return own, phrases_dict, max(map(len, own))
