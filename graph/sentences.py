"""The sentence around a quote, with the quote marked, its line and its page: what a person looks at to judge a value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unionkg.graph.records import DocumentRecord, Evidence, Page

#: A sentence ends here; so does a paragraph that a blank line closes.
_END = re.compile(r"[。！？!?；;]|\n[^\S\n]*\n")
#: A text that ends here was not cut in the middle of a sentence.
_CLOSED = re.compile(r"(?:[。！？!?；;]\s*|\n[^\S\n]*\n)$")
#: How much is shown before and behind a quote at most, in characters of the text.
_REACH = 90
_BLANK = re.compile(r"\s+")
#: A blank that means something: between two Latin words or numbers.
_APART = re.compile(r"[A-Za-z0-9]\s+[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in pieces, each with whether it is quoted; ``line`` counts from 1, ``page`` is as printed.

    ``line`` is None where the quote's place is not known.
    """

    pieces: tuple[tuple[str, bool], ...]
    line: int | None
    page: str | None

    def text(self, before: str = "【", after: str = "】") -> str:
        """The sentence as text, the quote between two marks."""
        return "".join(f"{before}{piece}{after}" if quoted else piece for piece, quoted in self.pieces)


class DocumentText:
    """A document's text, prepared once for showing many sentences of it."""

    def __init__(self, text: str, pages: Sequence[Page] = ()) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._pages = pages
        self._page_starts = [page.start for page in pages]

    @classmethod
    def of(cls, document: DocumentRecord, text: str) -> DocumentText:
        """The text of a document with its pages."""
        return cls(text, document.pages)

    def line_of(self, offset: int) -> int:
        """The number of the line, from 1, that an offset lies in."""
        return bisect_right(self._starts, offset)

    def page_of(self, offset: int) -> str | None:
        """The page that an offset lies on, as printed; None where the document has no pages."""
        at = bisect_right(self._page_starts, offset) - 1
        return self._pages[at].label if at >= 0 else None

    def line(self, number: int) -> str:
        """The text of a line, without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]

    def lines(self, ranges: Iterable[tuple[int, int]]) -> str:
        """The text of some lines, 1-based and inclusive, one after the other."""
        return "\n".join(self.line(n) for first, last in ranges for n in range(first, min(last, len(self._starts)) + 1))

    def marked(self, evidence: Sequence[Evidence]) -> list[Marked]:
        """The sentences around quotes; quotes of one sentence are marked in it together."""
        placed = [one for one in evidence if 0 <= one.start < one.end <= len(self.text)]
        shown = [Marked(((one.quote, True),), None, None) for one in evidence if one not in placed]
        spans: list[tuple[int, int, list[Evidence]]] = []
        for one in sorted(placed, key=lambda e: (e.start, e.end)):
            start, end = self._sentence(one)
            if spans and start < spans[-1][1]:
                first, last, together = spans[-1]
                spans[-1] = (first, max(last, end), [*together, one])
            else:
                spans.append((start, end, [one]))
        for start, end, quotes in spans:
            pieces = tuple(self._pieces(start, end, quotes))
            shown.append(Marked(pieces, self.line_of(quotes[0].start), self.page_of(quotes[0].start)))
        return shown

    def _sentence(self, quote: Evidence) -> tuple[int, int]:
        start, end = quote.start, quote.end
        first, last = self.line_of(start), self.line_of(end - 1)
        whole = "\n".join(self.line(n) for n in range(first, last + 1))
        if whole.strip() == self.text[start:end].strip():  # a heading, or a line of a list: it stands for itself
            return start, end
        low, high = max(0, start - _REACH), min(len(self.text), end + _REACH)
        before = [match.end() for match in _END.finditer(self.text, low, start)]
        after = _END.search(self.text, end, high)
        if end and self.text[end - 1] in "。！？!?；;":
            return (before[-1] if before else low), end
        return (before[-1] if before else low), (after.end() if after else high)

    def _pieces(self, start: int, end: int, quotes: Sequence[Evidence]) -> Iterable[tuple[str, bool]]:
        at = start
        for quote in quotes:
            if quote.start > at:
                between = _closed_up(self.text[at : quote.start])
                yield ("…" + between.lstrip() if at == start and self._cut(start) else between), False
            if quote.end > at:
                yield _closed_up(self.text[max(at, quote.start) : quote.end]), True
                at = quote.end
        if end > at:
            yield _closed_up(self.text[at:end]).rstrip() + ("…" if self._cut(end) else ""), False

    def _cut(self, offset: int) -> bool:
        """Whether an offset is where the reach ended, not a sentence."""
        before = self.text[max(0, offset - 200) : offset]
        return 0 < offset < len(self.text) and not _CLOSED.search(before)


def _closed_up(text: str) -> str:
    """Text without the line breaks and blanks of the layout; one blank stays between Latin words."""
    found = _APART.search(text)
    if found is None:
        return _BLANK.sub("", text)
    return _BLANK.sub(lambda m: " " if _between_latin(text, m.start(), m.end()) else "", text)


def _between_latin(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isascii() and text[end].isascii()
