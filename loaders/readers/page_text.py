"""From the lines of printed pages to the text that is stored: one paragraph a line.

A paragraph ends where a person sees it end: at a line that stops short, before one that is indented, set in another
size or parted by white space. Columns and pages end no paragraph, so sentences that run over them are whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from unionkg.graph.records import Page
from unionkg.loaders.layout.units import ends_sentence, matching_copy
from unionkg.loaders.readers.page_furniture import PrintedPage, without_furniture
from unionkg.loaders.readers.page_order import GUTTER, Interval, Line, lines_in_order

#: In ems: what counts as an indent, and how far from the edge a line stops short of it.
_INDENT = 1.2
_SHORT = 1.7
#: The distance of lines, in ems, that is taken for usual where the document shows none.
_LEADING = 1.8
#: In distances of lines: what parts paragraphs, and what is seen as a blank line.
_PARTED = 1.5
_MARK = re.compile(
    r"[●◆■▲★◇○□▪•·※☆►▶◎]|【[^】]{1,20}】|(?:案例|第)\s*[一二三四五六七八九十百\d]{1,4}|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}(?:、|是)|\d{1,2}(?:[.、．]|\s)(?!\d)"
)
#: What stands apart at the end of one line and the beginning of the next: two words, not the halves of a number.
_WORD_GAP = re.compile(r"[A-Za-z,.;:)]\|[A-Za-z(]|[A-Za-z]\|[0-9]|[0-9]\|[A-Za-z]")
_WORD = re.compile(r"[A-Za-z0-9]+")


def stored_text(pages: Sequence[PrintedPage]) -> tuple[str, tuple[Page, ...]]:
    """The text of printed pages, and where each begins in it; an empty text where they hold none."""
    bare = without_furniture(pages)
    upright = _with_common_columns(lines_in_order([page.pieces for page in bare]))
    aside = lines_in_order([page.aside for page in bare])
    heads = lines_in_order([page.head for page in bare])
    lines: list[Line] = []
    for ordered, head, others in zip(upright, heads, aside, strict=True):
        apart = [replace(line, whole=True) for line in others]
        lines += [*_with_head(ordered, [replace(line, whole=True) for line in head]), *apart]
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return "", ()
    text, starts = _written(lines)
    labels = [page.label or str(number) for number, page in enumerate(bare, 1)]
    return text, tuple(
        Page(start, label) for start, label in zip(_all_starts(starts, len(bare), len(text)), labels, strict=True)
    )


def _with_head(ordered: list[Line], head: list[Line]) -> list[Line]:
    """The lines of a page with its running head: below the title, where the page begins with one, else above all."""
    if not head or not ordered:
        return [*head, *ordered]
    first = ordered[0]
    if ends_sentence(matching_copy(first.text)) or first.right > first.column[1] - _SHORT * first.em:
        return [*head, *ordered]
    after = next((n for n, line in enumerate(ordered) if n and abs(line.em - first.em) > 0.1 * first.em), 1)
    after = after if first.em > 1.1 * ordered[-1].em else 1
    return [*ordered[:after], *head, *ordered[after:]]


def _all_starts(starts: dict[int, int], count: int, end: int) -> list[int]:
    """Where every page begins; an empty one where the next one does."""
    found: list[int] = []
    following = end
    for number in range(count - 1, -1, -1):
        following = starts.get(number, following)
        found.append(following)
    return found[::-1]


def _with_common_columns(pages: list[list[Line]]) -> list[list[Line]]:
    """Give columns whose lines all stop short the width that columns of the document have, as far as there is room."""
    widths: Counter[int] = Counter()
    for line in (line for page in pages for line in page):
        widths[round((line.column[1] - line.column[0]) / line.em)] += len(line.text)
    if not widths:
        return pages
    common = widths.most_common(1)[0][0]
    margin = max(line.column[1] for page in pages for line in page)
    return [_widened(page, common, margin) for page in pages]


def _widened(page: list[Line], common: int, margin: float) -> list[Line]:
    columns = {line.column for line in page}
    wider: dict[Interval, Interval] = {}
    for left, right in columns:
        beside = min((other for other, _ in columns if other > right), default=margin + GUTTER)
        em = median(line.em for line in page if line.column == (left, right))
        wider[left, right] = (left, max(right, min(left + common * em, beside - GUTTER * em, margin)))
    return [replace(line, column=wider[line.column]) for line in page]


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a document is set: the edges of its columns by page and place, the distance of lines within a paragraph
    (in ems), whether white space parts nearly all paragraphs, and whether their first lines are indented.
    """

    edges: Mapping[tuple[int, Interval], Interval]
    pitch: float = _LEADING
    airy: bool = False
    indented: bool = False

    def edges_of(self, line: Line) -> Interval:
        """The edges of the column that a line stands in."""
        return self.edges[line.page, line.column]


def _setting(lines: Sequence[Line]) -> _Setting:
    columns: dict[tuple[int, Interval], list[Line]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
    edged = _Setting({key: _edges(column) for key, column in columns.items()})
    spaced = replace(edged, pitch=_pitch(lines, edged))
    breaks = [
        (before, line)
        for before, line in pairwise(lines)
        if (line.page, line.column) == (before.page, before.column)
        and (_ends(before, line, spaced) or _begins(before, line, spaced))
    ]
    steps = [(line.base - before.base) / min(line.em, before.em) for before, line in breaks]
    airy = sum(step > _PARTED * spaced.pitch for step in steps) >= 0.8 * max(1, len(steps))
    indents = [(line.left - spaced.edges_of(line)[0]) / line.em for before, line in breaks if _is_finished(before)]
    indented = sum(indent >= _INDENT for indent in indents) >= 0.3 * max(1, len(indents))
    return replace(spaced, airy=airy, indented=indented)


def _edges(column: list[Line]) -> Interval:
    """The edges that the lines of a column keep to; one that hangs out (a bullet, a comma) is no edge."""
    left, right = column[0].column
    rights = sorted(line.right for line in column if not line.whole)
    if len(rights) < 6 or rights[-1] < right - column[0].em:
        return left, right
    return left, max(rights[int(0.95 * (len(rights) - 1))], rights[-1] - column[0].em)


def _pitch(lines: Sequence[Line], setting: _Setting) -> float:
    """The distance of lines within a paragraph; where no line is broken, the smaller distances."""
    steps: list[float] = []
    broken: list[float] = []
    for before, line in pairwise(lines):
        step = (line.base - before.base) / line.em
        same = line.column == before.column and line.page == before.page
        if same and abs(line.em - before.em) <= 0.1 * line.em and 0.8 < step < 4:
            steps.append(step)
            if not _ends(before, line, setting):
                broken.append(step)
    if len(broken) >= 3:
        return median(broken)
    return min(sorted(steps)[len(steps) // 4], _LEADING) if steps else _LEADING


def _written(lines: list[Line]) -> tuple[str, dict[int, int]]:
    """The text of lines, and the offset that each page begins at."""
    setting = _setting(lines)
    pieces: list[str] = []
    length = 0
    starts: dict[int, int] = {}
    for n, line in enumerate(lines):
        if n:
            below = lines[n + 1] if n + 1 < len(lines) else None
            joint = _joint(lines[n - 1], line, below, setting)
            if not joint and _broken_word(pieces[-1], line.text):
                pieces[-1] = pieces[-1][:-1]
                length -= 1
            pieces.append(joint)
            length += len(joint)
        starts.setdefault(line.page, length)
        pieces.append(line.text)
        length += len(line.text)
    return "".join(pieces) + "\n", starts


def _joint(before: Line, line: Line, below: Line | None, setting: _Setting) -> str:
    """What stands between two lines in the stored text; ``below`` is the line after them."""
    together = line.column == before.column and line.page == before.page
    step = (line.base - before.base) / min(line.em, before.em) if together else 0.0
    if step > _PARTED * setting.pitch:
        return "\n\n"
    finished = _is_finished(before)
    # A line that stops short and ends no sentence is a heading below a full stop, not the end of a text.
    heading = not _is_finished(line) and (below is None or _ends(line, below, setting))
    # Where no first line is indented, a full stop at the end of a page is taken for the end of a paragraph.
    closed = finished and (heading or not (together or setting.indented))
    if closed or _ends(before, line, setting) or _begins(before, line, setting):
        # Over the edge of a column nobody sees whether a line is blank: there is one above and below a heading.
        return "\n\n" if not together and (heading or setting.airy or not finished) else "\n"
    return " " if _WORD_GAP.search(f"{before.text[-1]}|{line.text[0]}") else ""


def _is_finished(line: Line) -> bool:
    return ends_sentence(matching_copy(line.text))


def _ends(before: Line, line: Line, setting: _Setting) -> bool:
    """Whether a line ends its paragraph: it is complete, or the next word would have fitted in."""
    if before.whole or line.whole or abs(before.em - line.em) > 0.12 * max(before.em, line.em):
        return True
    word = _WORD.match(line.text)
    needed = 0.6 * len(word.group()) if word else 0.0
    return setting.edges_of(before)[1] - before.right > (_SHORT + needed) * before.em


def _begins(before: Line, line: Line, setting: _Setting) -> bool:
    """Whether a line begins a paragraph: it is indented, or of another face, or marked after a full stop."""
    indent = (line.left - setting.edges_of(line)[0]) / line.em
    above = (before.left - setting.edges_of(before)[0]) / before.em
    finished = _is_finished(before)
    if indent >= _INDENT:
        hangs = abs(indent - above) < 0.5 or (_MARK.match(before.text) is not None and 0.5 < indent - above < 1.7)
        return finished or not hangs
    own, other = {line.first_font, line.last_font}, {before.first_font, before.last_font}
    if len(own) == 1 and len(other) == 1 and own != other and "" not in own | other:
        return True
    return finished and _MARK.match(line.text) is not None


def _broken_word(above: str, below: str) -> bool:
    """Whether a word is broken by a hyphen at the end of a line."""
    return len(above) > 1 and above[-1] == "-" and above[-2].isalpha() and above[-2].isascii() and below[0].islower()
