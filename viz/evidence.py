"""Quotes with the document and the lines they stand in, each kept once however many statements it supports."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from unionkg.graph.stores.protocol import Value
from unionkg.viz.picture import Picture

Properties = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote: position of its document, first and last line counted from 1, and the words.

    ``exact`` is False where only the lines of the whole account are known.
    """

    document: int
    first: int
    last: int
    text: str
    exact: bool


@dataclass(slots=True)
class Quotes:
    """The quotes of a picture, collected as its statements are gone through."""

    picture: Picture
    texts: Mapping[str, str]
    found: dict[Quote, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    breaks: dict[str, list[int]] = field(default_factory=dict)

    def of(self, properties: Properties, document: str, case: str | None = None) -> list[int]:
        """Positions of the quotes that the properties of a statement or a case carry.

        ``document`` is where they stand; ``case`` gives the lines where the document's text is not at hand.
        """
        quotes, starts, ends = (_items(properties.get(name)) for name in ("quotes", "starts", "ends"))
        return [
            self._position(document, case, str(quote), int(start), int(end))
            for quote, start, end in zip(quotes, starts, ends, strict=True)
        ]

    def _position(self, document: str, case: str | None, text: str, start: int, end: int) -> int:
        number = self.documents.setdefault(document, len(self.documents))
        lines = self._lines(document, start, end)
        first, last = lines or self._account(case)
        quote = Quote(number, first, last, text, lines is not None)
        return self.found.setdefault(quote, len(self.found))

    def _lines(self, document: str, start: int, end: int) -> tuple[int, int] | None:
        text = self.texts.get(document)
        if text is None:
            return None
        if document not in self.breaks:
            self.breaks[document] = [place for place, character in enumerate(text) if character == "\n"]
        breaks = self.breaks[document]
        return bisect_right(breaks, start - 1) + 1, bisect_right(breaks, max(start, end - 1) - 1) + 1

    def _account(self, case: str | None) -> tuple[int, int]:
        position = self.picture.index.get(("PracticeCase", case or ""))
        if position is None:
            return 0, 0
        node = self.picture.nodes[position]
        return int(str(node.properties.get("first_line", 0))), int(str(node.properties.get("last_line", 0)))


def _items(value: Value | None) -> Sequence[str | int | float | bool]:
    return value if isinstance(value, list) else []
