"""Finding a quote again in a document's text, white space aside."""

from __future__ import annotations

from unionkg.graph.records import Evidence


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
        places = self.places(quote)
        if not places:
            return None
        return min(places, key=lambda place: (place.start < near, abs(place.start - near)))

    def places(self, quote: str) -> list[Evidence]:
        """Every place where a quote stands, in the order of the text."""
        wanted = "".join(quote.split())
        found = []
        at = self._squeezed.find(wanted) if wanted else -1
        while at >= 0:
            start, end = self._offsets[at], self._offsets[at + len(wanted) - 1] + 1
            found.append(Evidence(self._text[start:end], start, end))
            at = self._squeezed.find(wanted, at + 1)
        return found
