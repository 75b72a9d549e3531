"""Print texts as PDF files for the tests of the PDF reader: columns, running heads, page numbers, boxes, tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
#: What does not begin a line.
_CLOSING = "，。；：！？、）】》”’,.;:!?)"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass(frozen=True)
class Drawn:
    """A line on a page, its place in points from the lower left corner."""

    text: str
    x: float
    y: float
    size: float


def width_of(text: str, size: float) -> float:
    """How long a text is, in points."""
    return float(pdfmetrics.stringWidth(text, FONT, size))


def wrapped(text: str, size: float, width: float, indent: float = 0.0) -> list[str]:
    """A paragraph in lines of a width; no line begins with a closing mark."""
    lines, line, room = [], "", width - indent
    for character in text:
        if line and width_of(line + character, size) > room + 0.01:
            kept = len(line)
            while kept > 1 and (line + character)[kept] in _CLOSING:
                kept -= 1
            lines.append(line[:kept])
            line, room = line[kept:], width
        line += character
    return [*lines, line]


def set_in_columns(
    paragraphs: Sequence[str],
    *,
    columns: int = 1,
    size: float = 10.5,
    leading: float = 17.0,
    margin: float = 72.0,
    gutter: float = 21.0,
    top: float = HEIGHT - 80,
    bottom: float = 80.0,
) -> Iterator[list[Drawn]]:
    """Set paragraphs ("" for a blank line) column by column; those longer than a line are indented. Yields pages."""
    width = (WIDTH - 2 * margin - (columns - 1) * gutter) / columns
    page: list[Drawn] = []
    column, y = 0, top
    for text in paragraphs:
        if "\t" in text:
            if y < bottom:
                column, y = column + 1, top
                if column == columns:
                    yield page
                    page, column = [], 0
            cells = text.split("\t")
            room = width / len(cells)
            left = margin + column * (width + gutter)
            small = min(size, *((room - size) / width_of(cell, 1) for cell in cells))
            page += [Drawn(cell, left + n * room, y, small) for n, cell in enumerate(cells)]
            y -= leading
            continue
        long = width_of(text, size) > width or text.endswith("。")
        indent = 2 * size if long else 0.0
        for n, line in enumerate(wrapped(text, size, width, indent)):
            if y < bottom:
                column, y = column + 1, top
                if column == columns:
                    yield page
                    page, column = [], 0
            if line:
                page.append(Drawn(line, margin + column * (width + gutter) + (0 if n else indent), y, size))
            if line or y < top:
                y -= leading
    if page:
        yield page


def write(
    path: Path,
    pages: Sequence[Sequence[Drawn]],
    *,
    head: str = "",
    numbers: str = "— {} —",
    first: int = 1,
    shuffle: bool = False,
    rotate: int = 0,
    twice: bool = False,
) -> Path:
    """Write pages with a running head and page numbers; ``shuffle`` scrambles the order of the content stream."""
    # reportlab swaps width and height of a page that is turned by a right angle
    canvas = Canvas(str(path), pagesize=A4 if rotate % 180 == 0 else (HEIGHT, WIDTH), invariant=1)
    for number, page in enumerate(pages, first):
        lines = list(page)
        if head:
            lines.append(Drawn(head, 72, HEIGHT - 50, 9))
        if numbers:
            lines.append(Drawn(numbers.format(number), WIDTH / 2 - 15, 45, 9))
        if shuffle:
            Random(number).shuffle(lines)
        for line in lines:
            for shift in (0.0, 0.4) if twice else (0.0,):
                canvas.setFont(FONT, line.size)
                canvas.drawString(line.x + shift, line.y, line.text)
        if rotate:
            canvas.setPageRotation(rotate)
        canvas.showPage()
    canvas.save()
    return path


def adjacent(printed: Sequence[str], read: str) -> float:
    """The share of neighbouring lines that are still neighbours in a text."""
    bare = "".join(read.split())
    pairs = [("".join(a.split()), "".join(b.split())) for a, b in pairwise(printed)]
    return sum(a + b in bare for a, b in pairs) / len(pairs)
