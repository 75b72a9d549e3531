"""Where sentences, their parts and clauses begin and end in a folded text."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Literal

Stretch = Literal["sentence", "part", "clause"]

#: What ends each: a part ends at semicolons too, a clause at commas and colons. An ASCII point ends them where no digit is beside it.
_POINT = r"(?<!\d)\.|\.(?!\d)"
_MARKS: dict[Stretch, re.Pattern[str]] = {
    "sentence": re.compile(rf"[。！？\n]|{_POINT}"),
    "part": re.compile("[。！？；\n]"),
    "clause": re.compile(rf"[，,。；：！？\n…]|{_POINT}"),
}


def bounds(stretch: Stretch, text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the stretch around ``text[start:end]``, its marks excluded."""
    marks = _positions(stretch, text)
    before, after = bisect_left(marks, start), bisect_left(marks, end)
    return marks[before - 1] + 1 if before else 0, marks[after] if after < len(marks) else len(text)


@lru_cache(maxsize=16)
def _positions(stretch: Stretch, text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _MARKS[stretch].finditer(text))
