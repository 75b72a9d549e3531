"""Text with notes: words, and behind them the quotes that they rest on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from unionkg.graph.analysis.accounts import listed
from unionkg.graph.exchange.references import reference
from unionkg.graph.stores.protocol import Node, Relationship, Value

_BLANK = re.compile(r"\s+")
_LATIN = re.compile(r"(?<=[A-Za-z0-9,.:;])\s+(?=[A-Za-z0-9])")
_KEPT = "\0"
#: Quotation marks inside quotation marks (GB/T 15834—2011, 4.8.3.2).
_INNER = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document: the number of its reference, page as printed, first and last line from 1, the words.

    ``page`` and ``lines`` are None where they are not known.
    """

    document: int
    page: str | None
    lines: tuple[int, int] | None
    words: str

    @property
    def told(self) -> str:
        """As an endnote says it: [2]第12页第36—38行：“……”."""
        page = self.page and (f"第{self.page}页" if self.page.isdigit() else f"“{self.page}”")
        lines = ""
        if self.lines is not None:
            first, last = self.lines
            lines = f"第{first}行" if first == last else f"第{first}—{last}行"
        return f"[{self.document}]{page or ''}{lines}：“{inner(self.words)}”"


@dataclass(frozen=True, slots=True)
class Note:
    """What stands behind a statement: its quotes, in the order of documents and lines.

    ``more`` are so many further ones that are not told, where a figure counts many accounts.
    """

    quotes: tuple[Quote, ...]
    more: int = 0

    @property
    def told(self) -> str:
        """As an endnote says it."""
        rest = f"；等，另有{self.more}处" if self.more else ""
        return "；".join(quote.told for quote in self.quotes) + rest + "。"

    @property
    def documents(self) -> tuple[int, ...]:
        """The numbers of the documents that are quoted."""
        return tuple(sorted({quote.document for quote in self.quotes}))


Text = Sequence[str | Note]
"""Words with notes behind them, in reading order."""


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(piece for piece in text if isinstance(piece, str))


@dataclass
class Sources:
    """The documents that a text cites, numbered from 1 in the order given, and the places of their quotes.

    Parameters
    ----------
    documents : sequence of Node
        Document nodes, in the order of their numbers.
    texts : mapping
        Stored texts by document id, for the lines; without its text a quote has no lines.
    """

    documents: Sequence[Node]
    texts: Mapping[str, str]
    _breaks: dict[str, list[int]] = field(init=False, default_factory=dict)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each document by its id."""
        return {document.id: number for number, document in enumerate(self.documents, 1)}

    @cached_property
    def references(self) -> Sequence[str]:
        """The list of references, GB/T 7714—2015, each with its number."""
        return [f"[{number}] {reference(document)}" for number, document in enumerate(self.documents, 1)]

    def note(self, *statements: Mapping[str, Value], most: int | None = None) -> Note:
        """The note behind statements, given by their properties (quotes, starts, ends, document); each quote once.

        ``most`` quotes are told where there are many.
        """
        found = {quote: None for statement in statements for quote in self._quotes(statement)}
        told = sorted(found, key=lambda q: (q.document, q.lines or (0, 0), q.words))
        return Note(tuple(told[:most]), len(told) - len(told[:most]))

    def _quotes(self, statement: Mapping[str, Value]) -> Iterable[Quote]:
        document = str(statement["document"])
        quotes, starts, ends = (_items(statement.get(name)) for name in ("quotes", "starts", "ends"))
        for words, start, end in zip(quotes, starts, ends, strict=True):
            yield Quote(
                self.numbers[document],
                self._page(document, int(start)),
                self._lines(document, int(start), int(end)),
                closed_up(str(words)),
            )

    def _page(self, document: str, start: int) -> str | None:
        node = self.documents[self.numbers[document] - 1]
        at = bisect_right([int(begins) for begins in listed(node, "page_starts")], start) - 1
        return str(listed(node, "page_labels")[at]) if at >= 0 else None

    def _lines(self, document: str, start: int, end: int) -> tuple[int, int] | None:
        text = self.texts.get(document)
        if text is None:
            return None
        if document not in self._breaks:
            self._breaks[document] = [place for place, character in enumerate(text) if character == "\n"]
        breaks = self._breaks[document]
        return bisect_right(breaks, start - 1) + 1, bisect_right(breaks, max(start, end - 1) - 1) + 1


def quoted(name: str) -> str:
    """A name in quotation marks; one that has some of its own needs none."""
    return name if "“" in name else f"“{name}”"


def words_of(statement: Node | Relationship) -> str:
    """The words of a statement, closed up, with …… between its quotes."""
    return "……".join(closed_up(str(quote)) for quote in listed(statement, "quotes"))


def inner(words: str) -> str:
    """Words as they stand inside quotation marks."""
    return words.translate(_INNER)


def closed_up(words: str) -> str:
    """Words without the line breaks and blanks of the layout; one blank stays between Latin words."""
    return _BLANK.sub("", _LATIN.sub(_KEPT, words)).replace(_KEPT, " ")


def _items(value: Value | None) -> Sequence[str | int | float | bool]:
    return value if isinstance(value, list) else []
