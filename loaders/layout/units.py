"""The lines of a document, joined where a paragraph was set in short lines: the units that the layout is read from.

Rules look at the *matching copy* of the text: simplified characters, ASCII forms of full-width letters and
punctuation, plain blanks; it has the length of the stored text, so offsets are the same in both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from unionkg.loaders.extract.simplified import replaced, simplified
from unionkg.loaders.source import SourceText

#: Characters found only in traditional script, frequent in any text about trade unions.
_TRADITIONAL = re.compile("[會總職勞業動員開關學記報導實務區縣縮織產創隊與為這個們來時]")
_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    "\u3000\u00a0\ufeff\u200b\u2002\u2003\u2009\u202f", " "
)
_CLOSING = "”’\"')]】》〉」』"
_TERMINAL = "。!?…;"
_MARKDOWN = re.compile(r"(?:#{1,6}\s+)?(?:\*\*)?(?=[^*#])(.*?[^*#\s])\s*(?:\*\*)?(?:\s+#+)?$")
#: A page number with what is printed around it, or alone.
PAGE_NUMBER = re.compile(r"[-—–－_·•\s|]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–－_·•\s|]*")
#: Longest line of a page set in short lines, in characters.
_SHORT_LINE = 50


@dataclass(frozen=True, slots=True)
class Unit:
    """One line, the lines of one paragraph, or one cell of a table.

    ``text`` is its matching copy without white space and Markdown signs at the ends; ``spans`` are the offset ranges
    that it stands in, one a line. ``gap`` tells whether a blank line stands before it, ``indent`` how far its first
    line is indented. ``column`` is the heading of the column of a cell.
    """

    first: int
    last: int
    text: str
    spans: tuple[tuple[int, int], ...]
    gap: bool
    indent: int
    column: str = ""


def matching_copy(text: str) -> str:
    """The text for rules to match on, as long as the stored text."""
    if _TRADITIONAL.search(text):
        text = simplified(text)
    return replaced(text, _WIDTH)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does; ASCII full stops count where Chinese precedes them."""
    bare = text.rstrip(_CLOSING)
    if not bare:
        return False
    if bare[-1] != ".":
        return bare[-1] in _TERMINAL
    before = bare[:-1].rstrip(_CLOSING)
    return bool(before) and not before[-1].isascii()


def units(source: SourceText) -> tuple[Unit, ...]:
    """Read the units of a document in the order of its lines."""
    copy = matching_copy(source.text)
    lines = tuple(_lines(source, copy))
    if _set_in_short_lines(lines):
        return tuple(_joined(lines))
    from unionkg.loaders.layout.tables import cells  # tables look for cues, which read units

    return cells(lines)


def _lines(source: SourceText, copy: str) -> Iterator[Unit]:
    gap = True
    for number in range(1, source.line_count + 1):
        start, end = source.line_span(number)
        line = copy[start:end]
        text = line.strip()
        if text:
            indent = len(line) - len(line.lstrip())
            start += indent
            if text[0] in "#*" and (sign := _MARKDOWN.match(text)):
                text, start = sign.group(1), start + sign.start(1)
            yield Unit(number, number, text, ((start, start + len(text)),), gap, indent)
        gap = not text


def _runs(lines: tuple[Unit, ...]) -> Iterator[list[Unit]]:
    run: list[Unit] = []
    for line in lines:
        if run and line.gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _set_in_short_lines(lines: tuple[Unit, ...]) -> bool:
    """Whether most of the text stands in runs of short lines that break in mid-sentence."""
    total = sum(len(line.text) for line in lines)
    short = 0
    for run in _runs(lines):
        if len(run) >= 3 and max(len(line.text) for line in run) <= _SHORT_LINE:
            broken = [line for line in run[:-1] if not ends_sentence(line.text)]
            full = 0.75 * max(len(line.text) for line in run)
            # A line that had to be broken is full; headlines above their text are not, unless all is set as verse.
            wrapped = sum(len(line.text) >= full for line in broken)
            if wrapped >= 0.4 * (len(run) - 1) or len(broken) >= 0.8 * len(run):
                short += sum(len(line.text) for line in run)
    return short > 0.5 * total


def running_heads(lines: tuple[Unit, ...]) -> frozenset[str]:
    """Short lines that come back unchanged beside page numbers."""
    counts = Counter(line.text for line in lines if len(line.text) <= 40)
    return frozenset(
        line.text
        for i, line in enumerate(lines)
        if counts[line.text] >= 2
        and not PAGE_NUMBER.fullmatch(line.text)
        and any(0 <= j < len(lines) and PAGE_NUMBER.fullmatch(lines[j].text) for j in (i - 1, i + 1))
    )


def _joined(lines: tuple[Unit, ...]) -> Iterator[Unit]:
    from unionkg.loaders.layout.cues import BULLETS, labelled, stands_alone  # cues read units

    heads = running_heads(lines)
    for run in _runs(lines):
        longest = max(len(line.text) for line in run)
        paragraph: list[Unit] = []
        for line in run:
            if paragraph and (
                line.indent > paragraph[-1].indent
                or any(stands_alone(text) or text in heads for text in (line.text, paragraph[-1].text))
                or labelled(line.text)
                or line.text[0] in BULLETS
                or (paragraph[-1].text[0] in BULLETS and len(paragraph[-1].text) < 0.8 * longest)
                or (ends_sentence(paragraph[-1].text) and line.indent > 0)
            ):
                yield _paragraph(paragraph)
                paragraph = []
            paragraph.append(line)
        yield _paragraph(paragraph)


def _paragraph(lines: list[Unit]) -> Unit:
    text = "".join(line.text for line in lines)
    spans = tuple(span for line in lines for span in line.spans)
    return Unit(lines[0].first, lines[-1].last, text, spans, lines[0].gap, lines[0].indent)
