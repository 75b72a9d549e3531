"""The words around a hit, as printed, with the places that match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unionkg.queries.folding import fold

_BEFORE, _LONGEST = 20, 90
#: A long text is looked through piece by piece; a phrase of so many characters cannot fall between two.
_PIECE, _OVERLAP = 16_000, 400
_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words as printed, line breaks closed up; ``marks`` are (start, end) in ``text``, ascending and apart."""

    text: str
    marks: tuple[tuple[int, int], ...]

    def marked(self, before: str = "【", after: str = "】") -> str:
        """The text with signs around what matches. For HTML escape the pieces instead: `pieces`."""
        return "".join(before + piece + after if hit else piece for piece, hit in self.pieces())

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in turns: what does not match, what does."""
        at = 0
        for start, end in self.marks:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False


def find(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where folded words stand in a printed text, as (start, end) in it; of a long text in its first piece that has any."""
    for begin in range(0, max(len(text), 1), _PIECE - _OVERLAP):
        found = _in_piece(text[begin : begin + _PIECE], words)
        if found:
            return tuple((begin + start, begin + end) for start, end in found)
    return ()


def _in_piece(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    print_of = fold(text)
    units = "".join(map(chr, print_of.units.tolist()))
    spans: set[tuple[int, int]] = set()
    for word in words:
        at = units.find(word)
        for _ in range(_AT_MOST):
            if at < 0:
                break
            last = at + len(word) - 1
            spans.add((int(print_of.offsets[at]), int(print_of.offsets[last]) + 1))
            at = units.find(word, at + 1)
    return sorted(spans)


def snippet(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Snippet, int]:
    """The part of a text that shows the most of some places, of equals the first; and where the first shown begins."""
    if not spans:
        return _closed(text, 0, min(len(text), _LONGEST), ()), 0
    windows = [(start, sum(start <= a and b <= start + _LONGEST - _BEFORE for a, b in spans)) for start, _ in spans]
    first = max(windows, key=lambda window: (window[1], -window[0]))[0]
    begin = 0 if first <= _BEFORE + 5 else first - _BEFORE
    return _closed(text, begin, min(len(text), begin + _LONGEST), spans), first


def _closed(text: str, begin: int, end: int, spans: Sequence[tuple[int, int]]) -> Snippet:
    """A part of a text with its line breaks closed up; a blank stays between Latin letters or digits."""
    shown: list[str] = ["…"] if begin else []
    at: dict[int, int] = {}
    for i in range(begin, end):
        character = text[i]
        at[i] = len(shown)
        if character == "\x1e":
            shown.append("…")
        elif character.isspace():
            if shown and shown[-1].isascii() and shown[-1] != " " and text[i + 1 : i + 2].isascii():
                shown.append(" ")
        else:
            shown.append(character)
    at[end] = len(shown)
    if end < len(text):
        shown.append("…")
    marks: list[tuple[int, int]] = []
    for a, b in spans:
        if a < end and b > begin:
            start, stop = at[max(a, begin)], at[min(b, end)]
            if marks and start <= marks[-1][1]:
                marks[-1] = marks[-1][0], max(stop, marks[-1][1])
            elif stop > start:
                marks.append((start, stop))
    return Snippet("".join(shown), tuple(marks))
