"""A copy of a passage for matching: simplified characters, ASCII digits and signs, every offset unchanged."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from unionkg.loaders.extract.simplified import simplified

_WIDE = {0xFF01 + i: 0x21 + i for i in range(0x5E)} | {ord("﹪"): "%", ord("〇"): "零", ord("○"): "零", ord("～"): "~"}


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """Return ``text`` in simplified characters and ASCII width; the length and every offset stay the same."""
    return simplified(text).translate(_WIDE)


#: What ends a sentence (an ASCII point too, where no digit follows or precedes) and what ends a clause.
_SENTENCE = re.compile(r"[。！？!?\n]|(?<!\d)\.|\.(?!\d)")
_CLAUSE = re.compile(r"[，,。;；:：！？!?\n…]|(?<!\d)\.|\.(?!\d)")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence around ``text[start:end]``, its mark excluded."""
    return _around(_marks(_SENTENCE, text), text, start, end)


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the clause (between commas) around ``text[start:end]``, its mark excluded."""
    return _around(_marks(_CLAUSE, text), text, start, end)


@lru_cache(maxsize=8)
def _marks(mark: re.Pattern[str], text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in mark.finditer(text))


def _around(marks: tuple[int, ...], text: str, start: int, end: int) -> tuple[int, int]:
    before, after = bisect_left(marks, start), bisect_left(marks, end)
    return marks[before - 1] + 1 if before else 0, marks[after] if after < len(marks) else len(text)
