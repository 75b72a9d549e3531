"""Finding a quote again in a document's text, white space aside."""

from __future__ import annotations

import re

from unionkg.graph.records import Evidence

#: What ends a sentence in a stored text: a mark, or an empty line. A line break alone may stand inside one.
_END = re.compile(r"[。！？!?；;]|\n[^\S\n]*\n")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence, or sentences, that a quote stands in, without white space at the ends."""
    first = max((match.end() for match in _END.finditer(text, max(0, start - 400), start)), default=max(0, start - 400))
    found = _END.search(text, max(start, end - 1), min(len(text), end + 400))
    last = found.end() if found else min(len(text), end + 400)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


class QuotedText:
    """A document's text, prepared once for finding many quotes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = [i for i, character in enumerate(text) if not character.isspace()]
        self._squeezed = "".join(text[i] for i in self._offsets)

    def line_start(self, number: int) -> int:
        """The offset at which a line begins, counted from 1."""
        return sum(len(line) + 1 for line in self._text.split("\n")[: number - 1])

    def find(self, quote: str, near: int) -> Evidence | None:
        """The place of a quote that is the first at or after an offset, else the nearest before it; None for none."""
        wanted = "".join(quote.split())
        places = []
        at = self._squeezed.find(wanted) if wanted else -1
        while at >= 0:
            places.append((self._offsets[at], self._offsets[at + len(wanted) - 1] + 1))
            at = self._squeezed.find(wanted, at + 1)
        if not places:
            return None
        start, end = min(places, key=lambda place: (place[0] < near, abs(place[0] - near)))
        return Evidence(self._text[start:end], start, end)
