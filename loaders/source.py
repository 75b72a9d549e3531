"""The text of a document and views of parts of it; every character knows its offset in the stored text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from unionkg.graph.records import Evidence

_BLANKS = re.compile(r"[^\S\n]+|\n")
_PRINTED = re.compile(r"[^\s\ufeff]+")


class SourceText:
    """The stored text of one document. Immutable; offsets count Unicode code points, lines count from 1."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offset of the first character of every line."""
        return (0, *(match.end() for match in re.finditer("\n", self.text)))

    @property
    def line_count(self) -> int:
        """How many lines the text has; a final line break does not open another line."""
        return len(self.starts) - (1 if self.text.endswith("\n") else 0)

    def line_span(self, number: int) -> tuple[int, int]:
        """Start and end offset of a line, without its line break."""
        start = self.starts[number - 1]
        end = self.starts[number] - 1 if number < len(self.starts) else len(self.text)
        return start, end

    def line(self, number: int) -> str:
        """The text of a line, without its line break."""
        start, end = self.line_span(number)
        return self.text[start:end]

    def line_of(self, offset: int) -> int:
        """The number of the line that an offset lies in."""
        return bisect_right(self.starts, offset)

    def evidence(self, start: int, end: int) -> Evidence:
        """The quote between two offsets."""
        return Evidence(self.text[start:end], start, end)


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text put together from parts of a document, for rules to match on.

    ``text`` has no white space but one blank between two Latin letters or digits that were apart, and ``\\n``
    between paragraphs; ``offsets[i]`` is where ``text[i]`` stands in the source. A sentence that the layout cut
    by a line break is whole here, so rules see words, not lines.
    """

    source: SourceText
    text: str
    offsets: array[int] = field(repr=False)

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Quotes for ``text[start:end]``: one, or several where columns or pages come between."""
        while start < end and self.text[start] in "\n ":
            start += 1
        while end > start and self.text[end - 1] in "\n ":
            end -= 1
        if start < end:
            first, last = self.offsets[start], self.offsets[start] + end - start
            if self.offsets[start:end] == array("l", range(first, last)):  # most quotes: nothing closed up in it
                return (self.source.evidence(first, last),)
        # The line break between two paragraphs stands for no character of its own.
        printed = [self.offsets[i] for i in range(start, end) if self.text[i] != "\n"]
        pieces: list[Evidence] = []
        first = 0
        for i in range(1, len(printed) + 1):
            if i == len(printed) or not self._adjacent(printed[i - 1], printed[i]):
                pieces.append(self.source.evidence(printed[first], printed[i - 1] + 1))
                first = i
        return tuple(pieces)

    def _adjacent(self, here: int, there: int) -> bool:
        """Whether only white space stands between two offsets of the source."""
        return here < there and (there == here + 1 or not self.source.text[here + 1 : there].strip())

    def name(self, start: int, end: int) -> str:
        """``text[start:end]`` as a name to show: as printed, line breaks and stray blanks closed up."""
        return self.text[start:end].replace("\n", "").strip()

    def sentence(self, position: int) -> tuple[int, int]:
        """Bounds in ``text`` of the sentence around a position (。！？； and paragraph ends bound it; not ASCII .)."""
        start = max(self.text.rfind(mark, 0, position) for mark in "。！？!?；;\n") + 1
        ends = [i for i in (self.text.find(mark, position) for mark in "。！？!?；;\n") if i >= 0]
        return start, min(ends) + 1 if ends else len(self.text)


def passage(source: SourceText, paragraphs: Iterable[Sequence[tuple[int, int]]]) -> Passage:
    """Put a passage together: paragraphs, each a sequence of (start, end) offset ranges that run on.

    White space inside and between the ranges of a paragraph is closed up (one blank stays between two Latin
    letters or digits); between paragraphs stands one line break.
    """
    pieces: list[str] = []
    offsets = array("l")
    last = ""
    for ranges in paragraphs:
        opened = False
        for start, end in ranges:
            for match in _PRINTED.finditer(source.text, start, end):
                first = match.start()
                if last and not opened:
                    pieces.append("\n")
                    offsets.append(first)
                elif opened and first and _apart(last, match.group()[0]) and source.text[first - 1].isspace():
                    pieces.append(" ")
                    offsets.append(first - 1)
                opened = True
                pieces.append(match.group())
                offsets.extend(range(first, match.end()))
                last = match.group()[-1]
    return Passage(source, "".join(pieces), offsets)


def _apart(before: str, after: str) -> bool:
    """Whether a blank between two characters means something: between Latin words or numbers."""
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
