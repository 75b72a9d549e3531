"""Text as search compares it: one width, one case, one script, no punctuation, every unit knowing where it was printed.

What is indexed and what is asked go through the same `fold`, so that they meet: NFKC, lower case, traditional
characters one by one to simplified (OpenCC ``t2s``; by character, because a phrase would be folded otherwise beside
other words). White space and punctuation are dropped, but

- the end of a sentence (。！？；) stays as `BREAK`: words on both sides of it are no phrase;
- between two Latin letters or digits one blank stays, so that "2017 12" is not 201712;
- a point between digits stays (3.5), and a comma in a number goes without a trace (1,000 is 1000).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

#: Stands between sentences, and between the values of a field; nothing printed folds to it.
BREAK = 1
_EXPANDS = 0xFFFF
_BLANK, _POINT = ord(" "), ord(".")
_SENTENCE_ENDS = "。！？；!?;\x1e"
_SEPARATOR = "\x1e"
_NO_BREAKS = dict.fromkeys(map(ord, _SENTENCE_ENDS), "，")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text as UTF-16 code units; ``offsets[i]`` is the index in the text of the character behind ``units[i]``."""

    units: NDArray[np.uint16]
    offsets: NDArray[np.int64]

    def __str__(self) -> str:
        return self.units.tobytes().decode("utf-16-le", "surrogatepass")


def fold(text: str) -> Folded:
    """Fold text. Characters that NFKC writes as several (㎡ as m2) give several units of one offset."""
    raw: NDArray[np.uint16] = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    single, several = _table()
    units = single[raw]
    offsets = np.arange(len(raw), dtype=np.int64)
    if len(raw) != len(text):  # characters beyond the basic plane take two units
        offsets = np.cumsum((raw < 0xDC00) | (raw > 0xDFFF), dtype=np.int64) - 1
    expanding = np.flatnonzero(units == _EXPANDS)
    if len(expanding):
        counts = np.ones(len(raw), dtype=np.int64)
        counts[expanding] = [len(several[int(raw[i])]) for i in expanding]
        starts = np.cumsum(counts) - counts
        raw, units, offsets = np.repeat(raw, counts), np.repeat(units, counts), np.repeat(offsets, counts)
        for i, start in zip(expanding, starts[expanding], strict=True):
            for step in range(counts[i]):
                units[start + step] = several[int(raw[start])][step]
    _keep_points(units, raw)
    kept = np.flatnonzero(units)
    latin = _latin()[units[kept]]
    apart = np.flatnonzero((np.diff(kept) > 1) & latin[1:] & latin[:-1])
    if len(apart):
        holes = kept[apart] + 1
        units[holes[~_thousands(units, raw, holes)]] = _BLANK
        kept = np.flatnonzero(units)
    units = units[kept]
    once = np.ones(len(units), dtype=bool)
    once[1:] = (units[1:] != BREAK) | (units[:-1] != BREAK)
    return Folded(units[once], offsets[kept[once]])


def folded(text: str) -> str:
    """Folded text as a string."""
    return str(fold(text))


def joined(values: list[str]) -> tuple[str, list[int]]:
    """Several texts as one to be folded in one go, each between breaks, and the index of the start of each."""
    starts, at = [], 1
    for value in values:
        starts.append(at)
        at += len(value) + 1
    return _SEPARATOR + "".join(value + _SEPARATOR for value in values), starts


def without_breaks(text: str) -> str:
    """A name whose marks of sentences (加油！) do not part it."""
    return text.translate(_NO_BREAKS)


@cache
def table_digest() -> str:
    """What tells this folding from that of another version of Unicode, OpenCC or unionkg."""
    single, several = _table()
    return hashlib.sha256(single.tobytes() + repr(sorted(several.items())).encode()).hexdigest()[:16]


def _keep_points(units: NDArray[np.uint16], raw: NDArray[np.uint16]) -> None:
    points = np.flatnonzero((raw == _POINT) | (raw == ord("．")))
    points = points[(points > 0) & (points < len(units) - 1)] if len(points) else points
    if len(points):
        units[points[_digit(units[points - 1]) & _digit(units[points + 1])]] = _POINT


def _thousands(units: NDArray[np.uint16], raw: NDArray[np.uint16], holes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of some dropped places are a comma in a number: a digit before, three digits and no fourth after."""
    padded = np.concatenate([units, np.zeros(5, dtype=np.uint16)])
    found: NDArray[np.bool_] = ((raw[holes] == ord(",")) | (raw[holes] == ord("，"))) & _digit(padded[holes - 1])
    for step in (1, 2, 3):
        found &= _digit(padded[holes + step])
    return found & ~_digit(padded[holes + 4])


def _digit(units: NDArray[np.uint16]) -> NDArray[np.bool_]:
    return (units >= ord("0")) & (units <= ord("9"))


@cache
def _latin() -> NDArray[np.bool_]:
    """Which folded units are Latin letters or digits."""
    found = np.zeros(0x10000, dtype=bool)
    found[[unit for unit in range(128) if chr(unit).isalnum()]] = True
    return found


@cache
def _table() -> tuple[NDArray[np.uint16], Mapping[int, tuple[int, ...]]]:
    """What every code unit folds to: 0 for nothing; and those that give several units."""
    single = np.zeros(0x10000, dtype=np.uint16)
    several: dict[int, tuple[int, ...]] = {}
    simple = _simplified()
    for code in range(0x10000):
        if 0xD800 <= code < 0xE000:
            single[code] = code
            continue
        character = chr(code)
        if character in _SENTENCE_ENDS:
            single[code] = BREAK
            continue
        if code < 0x80 or character.isprintable():
            normal = unicodedata.normalize("NFKC", character).lower()
            given = [simple.get(ord(c), ord(c)) for c in normal if c.isalnum() and ord(c) < 0xFFFF]
            if len(given) == 1:
                single[code] = given[0]
            elif given:
                single[code] = _EXPANDS
                several[code] = tuple(given)
    return single, several


def _simplified() -> Mapping[int, int]:
    """Traditional characters and the simplified ones that stand for them, one to one."""
    import opencc  # loading its tables takes a while

    given = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    turned = str(opencc.OpenCC("t2s").convert("\n".join(given))).split("\n")
    return {ord(a): ord(b) for a, b in zip(given, turned, strict=True) if a != b and len(b) == 1 and ord(b) < 0xFFFF}
