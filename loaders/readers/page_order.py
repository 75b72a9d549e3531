"""The order in which a person reads what stands on a page: columns, boxes, titles across them, rows of tables.

What comes in are pieces of text with their places, in any order; what goes out are lines. A variant of the recursive
XY-cut (Nagy and Seth, 1984): rows are gathered downwards into a band as long as one gutter runs through all of them,
so a title that spans the columns ends a band, and a band is read column by column only where its columns hold running
text. Rows of a table keep together instead: their cells stand beside each other with a tab between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Interval = tuple[float, float]

#: Shares of an em. A gutter is at least so wide; a blank between two ideographs; the distance between two cells.
GUTTER = 0.6
_BLANK = 0.5
_LATIN_BLANK = 0.2
_CELL = 1.4
#: Height of a line, in ems, at which lines of columns with base lines of their own overlap and those below do not.
_BESIDE = 1.05
#: Narrowest column of running text, in ems, and how deep columns lie in each other at most.
_COLUMN = 7.0
_DEPTH = 8
_ENDS = re.compile("[。！？!?]")
_STOPS = re.compile("[,.;:!?，。；：！？、]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters on one base line.

    Places are in points (or pixels), y downwards: ``left`` and ``right`` edge, ``base`` line; ``em`` is the size of
    an ideograph. ``first_font`` and ``last_font`` are the fonts that it begins and ends in ("" where not known).
    """

    text: str
    left: float
    right: float
    base: float
    em: float
    first_font: str = ""
    last_font: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a row of a table, between the edges of its column. ``page`` counts from 0.

    ``whole`` tells that it is complete as it stands: never joined with the line before or after it.
    """

    text: str
    left: float
    right: float
    base: float
    em: float
    column: Interval
    page: int = 0
    first_font: str = ""
    last_font: str = ""
    whole: bool = False


def lines_in_order(pages: Sequence[Sequence[Piece]]) -> list[list[Line]]:
    """The lines of each page in reading order.

    Gutters that running text proves on some page count on all: on the last page a column may hold three lines.
    """
    proved: set[Interval] = set()
    for pieces in pages:
        _in_order(pieces, 0, frozenset(), proved)
    known = frozenset(proved)
    return [_in_order(pieces, number, known, proved) for number, pieces in enumerate(pages)]


def _in_order(pieces: Sequence[Piece], page: int, known: frozenset[Interval], proved: set[Interval]) -> list[Line]:
    if not pieces:
        return []
    reading = _Reading(median(piece.em for piece in pieces), page, known, proved)
    return list(_region(list(pieces), _extent(pieces), reading, _DEPTH))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What holds for a page: its number, the size of its text, gutters known from other pages and found on this one."""

    em: float
    page: int
    known: frozenset[Interval]
    proved: set[Interval]

    def knows(self, gutter: Interval) -> bool:
        """Whether another page has a gutter inside of this empty stretch, or nearly."""
        slack = self.em
        return any(gutter[0] - slack <= left and right <= gutter[1] + slack for left, right in self.known)


def rows_of(pieces: Iterable[Piece], height: float = 0.72) -> list[list[Piece]]:
    """Pieces whose heights overlap, gathered from the top of the page down, each row from left to right.

    ``height`` is that of a line in ems; as little as that of an ideograph's body, lines that stand close stay apart.
    """
    rows: list[list[Piece]] = []
    bottom = float("-inf")
    for top, piece in sorted(((piece.base - height * piece.em, piece) for piece in pieces), key=lambda pair: pair[0]):
        if rows and top < bottom:
            rows[-1].append(piece)
            bottom = max(bottom, piece.base)
        else:
            rows.append([piece])
            bottom = piece.base
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _extent(pieces: Iterable[Piece]) -> Interval:
    spans = [(piece.left, piece.right) for piece in pieces]
    return min(left for left, _ in spans), max(right for _, right in spans)


def _region(pieces: list[Piece], edges: Interval, reading: _Reading, depth: int) -> Iterable[Line]:
    for band in _bands(rows_of(pieces, _BESIDE), GUTTER * reading.em):
        columns = _columns(band, reading) if depth else []
        if columns:
            for column in columns:
                yield from _region(column, _extent(column), reading, depth - 1)
        else:
            for row in band:
                yield from _lines_of_row(row, edges, reading.page)


def _merged(spans: Iterable[Interval], gap: float) -> list[Interval]:
    """The stretches that spans cover, those less than ``gap`` apart taken together."""
    merged: list[Interval] = []
    for left, right in sorted(spans):
        if merged and left - merged[-1][1] < gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _bands(rows: list[list[Piece]], gutter: float) -> list[list[list[Piece]]]:
    """Rows that follow each other and have a gutter in common, or have none."""
    bands: list[list[list[Piece]]] = []
    covered: list[Interval] = []
    for row in rows:
        own = _merged(((piece.left, piece.right) for piece in row), gutter)
        both = _merged([*covered, *own], gutter)
        parted = len(covered) > 1 or len(own) > 1
        if not bands or (len(both) == 1 and parted):
            if bands and len(covered) > 1:
                _give_back(bands[-1], bands)
            bands.append([row])
            covered = own
            if len(bands) > 1 and len(own) > 1:
                covered = _take_back(bands, covered, gutter)
        else:
            bands[-1].append(row)
            covered = both
    return [band for band in bands if band]


def _take_back(bands: list[list[list[Piece]]], covered: list[Interval], gutter: float) -> list[Interval]:
    """The lines right above two columns that leave their gutter free are the first lines of one of them."""
    above, band = bands[-2], bands[-1]
    while above:
        row, below = above[-1], band[0]
        both = _merged([*covered, *((piece.left, piece.right) for piece in row)], gutter)
        near = _base(below) - _base(row) <= 2.2 * min(piece.em for piece in (*row, *below))
        if len(both) < len(covered) or not near:
            break
        band.insert(0, above.pop())
        covered = both
    return covered


def _give_back(band: list[list[Piece]], bands: list[list[list[Piece]]]) -> None:
    """A line alone below the columns and far from them is the heading of what follows across the page."""
    edges = _extent(piece for row in band for piece in row)
    middle = sum(edges) / 2
    last = max((n for n, row in enumerate(band) if row[-1].right > middle and len(row) > 1), default=-1)
    pitch = median(_base(below) - _base(above) for above, below in pairwise(band)) if len(band) > 1 else 0.0
    for n in range(max(last + 1, 1, len(band) - 2), len(band)):
        step = _base(band[n]) - _base(band[n - 1])
        if last >= 0 and step > max(1.6 * pitch, 2.4 * band[n][0].em):
            bands.append(band[n:])
            del band[n:]
            return


def _base(row: list[Piece]) -> float:
    return max(piece.base for piece in row)


def _columns(band: list[list[Piece]], reading: _Reading) -> list[list[Piece]]:
    """The columns of a band that are read one after the other; none where it is a table or a single column."""
    pieces = [piece for row in band for piece in row]
    spans = _merged(((piece.left, piece.right) for piece in pieces), GUTTER * reading.em)
    if len(spans) < 2:
        return []
    parts: list[list[Piece]] = [[] for _ in spans]
    for piece in pieces:
        parts[next(n for n, (left, right) in enumerate(spans) if left <= piece.left <= right)].append(piece)
    # Narrow parts (marks of a list, numbers of lines) are no columns: they stay with the text right of them.
    wide = [right - left >= _COLUMN * reading.em for left, right in spans]
    wide[-1] = wide[-1] or _is_tail(parts[-1])
    columns: list[list[Piece]] = []
    gutters: list[Interval] = []
    carried: list[Piece] = []
    for n, part in enumerate(parts):
        carried += part
        if wide[n]:
            columns.append(carried)
            gutters += [(spans[n][1], spans[n + 1][0])] if n + 1 < len(parts) else []
            carried = []
    if carried and columns:
        columns[-1] += carried
    gutters = gutters[: len(columns) - 1]
    if len(columns) < 2:
        return []
    running = [_broken_lines(column, reading.em) for column in columns]
    if sum(running) >= 2 and not any(_is_cells(columns, n, reading.em) for n, count in enumerate(running) if count < 2):
        reading.proved.update(gutters)
        return columns
    return columns if any(reading.knows(gutter) for gutter in gutters) and not _is_table(columns, reading.em) else []


def _is_tail(part: list[Piece]) -> bool:
    """Whether a narrow last part is the end of a text that just reached the last column."""
    rows = rows_of(part)
    return len(rows) <= 3 and _ENDS.search(rows[-1][-1].text[-2:]) is not None


def _broken_lines(part: list[Piece], em: float) -> int:
    """How many lines go to the edge and read on in the line below, with a comma or stop in one of the two."""
    rows = rows_of(part)
    _, right = _extent(part)
    texts = ["".join(piece.text for piece in row) for row in rows]
    count = 0
    for n, (row, below) in enumerate(pairwise(rows)):
        full = row[-1].right >= right - 1.6 * em and _base(below) - _base(row) <= 2.6 * em
        if full and _STOPS.search(texts[n] + texts[n + 1]) and not _ENDS.search(texts[n][-2:]):
            count += 1
    return count


def _is_cells(columns: list[list[Piece]], n: int, em: float) -> bool:
    """Whether a column without running text holds cells that belong to the lines beside them."""
    rows = rows_of(columns[n])
    stopped = sum(bool(_STOPS.search("".join(piece.text for piece in row))) for row in rows)
    if len(rows) < 4 or stopped > 0.15 * len(rows):
        return False
    beside = sorted(_base(row) for m, column in enumerate(columns) if m != n for row in rows_of(column))
    aligned = sum(any(abs(_base(row) - base) <= 0.5 * em for base in beside) for row in rows)
    return aligned >= 0.8 * len(rows)


def _is_table(columns: list[list[Piece]], em: float) -> bool:
    """Whether every row has all cells, none of which ends as a sentence does."""
    bases = [[_base(row) for row in rows_of(column)] for column in columns]
    first = bases[0]
    if len(first) < 2 or any(len(other) != len(first) for other in bases):
        return False
    aligned = all(abs(a - b) <= 0.5 * em for other in bases[1:] for a, b in zip(first, other, strict=True))
    return aligned and not any(_STOPS.search(piece.text[-1:]) for column in columns for piece in column)


def _lines_of_row(row: list[Piece], edges: Interval, page: int) -> Iterable[Line]:
    """The lines of a row: one, or several where pieces overlap because they stand on base lines of their own."""
    levels: list[list[Piece]] = []
    for piece in sorted(row, key=lambda piece: piece.base):
        if levels and piece.base - levels[-1][0].base <= 0.45 * max(piece.em, levels[-1][0].em):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    for level in levels:
        level.sort(key=lambda piece: piece.left)
        text = text_of_row(level)
        size = max(level, key=lambda piece: len(piece.text)).em
        yield Line(
            text,
            level[0].left,
            level[-1].right,
            level[0].base,
            size,
            edges,
            page,
            level[0].first_font,
            level[-1].last_font,
            "\t" in text,
        )


def text_of_row(row: Sequence[Piece]) -> str:
    """The text of pieces beside each other: a tab between cells, a blank where one is seen."""
    if _is_spaced_out(row):
        return "".join(piece.text for piece in row)
    text = row[0].text
    for before, piece in pairwise(row):
        text += separator(before, piece, (piece.left - before.right) / max(before.em, piece.em, 0.1)) + piece.text
    return text


def separator(before: Piece, piece: Piece, gap: float) -> str:
    """What stands between two pieces that are ``gap`` ems apart."""
    if gap >= _CELL:
        return "\t"
    latin = before.text[-1:].isascii() and piece.text[:1].isascii()
    return " " if gap >= (_LATIN_BLANK if latin else _BLANK) else ""


def _is_spaced_out(row: Sequence[Piece]) -> bool:
    """Whether the ideographs of a line were set far apart, as those of titles are."""
    if len(row) < 3 or any(len(piece.text) > 1 or piece.text.isascii() for piece in row):
        return False
    gaps = [b.left - a.right for a, b in pairwise(row)]
    return max(gaps) - min(gaps) <= 0.35 * row[0].em and max(gaps) <= 2.6 * row[0].em
