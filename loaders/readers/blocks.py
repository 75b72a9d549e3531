"""The blocks of an HTML tree as plain text: what a reader sees, one paragraph a line.

Word files come through here too, as the HTML that mammoth makes of them. Consecutive paragraphs are consecutive
lines; a blank line stands before a heading, around a table, and where the source has an empty paragraph: the
layout takes a blank line for a sign of something new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from unionkg.loaders.readers import grids

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|header|hgroup|hr|html|legend|li|main|menu|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|h[1-6]"
)
#: What is never read out.
_UNREAD = re.compile(
    "script|style|noscript|template|svg|math|head|title|iframe|object|embed|applet|audio|video|canvas|map|select|option"
    "|datalist|textarea|button|input|img|area|base|link|meta|del|rt|rp"
)
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0\u2002\u2003\u2009\u202f]+")
#: White space and marks of no width that pages put between characters.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: Most rows or columns that a merged cell is repeated over; hostile pages ask for millions.
_MOST_MERGED = 200


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or table row as text (inner line breaks kept); `text` is "" for an empty paragraph.

    ``element`` is the node of the tree that it came from.
    """

    text: str
    element: Any
    heading: bool = False
    gap: bool = False


@dataclass(slots=True)
class _Reading:
    """A walk in progress: blocks so far, inline text not yet in one, the mark of the list item just begun, lists counted."""

    blocks: list[Block] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    mark: str = ""
    gap: bool = False
    counted: dict[Any, int] = field(default_factory=dict)


def blocks(root: Any) -> list[Block]:
    """All blocks of a tree in the order of the document."""
    reading = _Reading()
    _walk(root, reading)
    _flush(reading, root)
    return reading.blocks


def text_of(found: Sequence[Block]) -> str:
    """Blocks as text."""
    lines: list[str] = []
    gap = False
    for block in found:
        if not block.text:
            gap = True
            continue
        if lines and (gap or block.heading or block.gap):
            lines.append("")
        lines.append(block.text)
        gap = False
    return "\n".join(lines) + "\n" if lines else ""


def tidy(text: str) -> str:
    """Inline text as shown: runs of blanks closed up, blank lines at both ends gone, at most one between two lines."""
    lines = [_BLANKS.sub(" ", line).strip() for line in _INVISIBLE.sub("", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def is_hidden(element: Any) -> bool:
    """Whether an element says that it is not shown."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _walk(element: Any, reading: _Reading) -> None:
    tag = element.tag
    if not isinstance(tag, str) or _UNREAD.fullmatch(tag) or is_hidden(element) or _is_note_mark(element):
        return
    if tag == "br":
        reading.inline.append("\n")
        return
    if not _BLOCK.fullmatch(tag):
        _inside(element, reading)
        return
    _flush(reading, element.getparent())
    if tag == "table" and (rows := _rows(element)) is not None:
        _table(element, rows, reading)
        return
    if tag == "li":
        reading.mark = _list_mark(element, reading)
    before = len(reading.blocks)
    _inside(element, reading)
    _flush(reading, element, heading=tag in _HEADINGS)
    if tag == "li":
        reading.mark = ""
    if tag == "p" and len(reading.blocks) == before:
        reading.blocks.append(Block("", element))


def _inside(element: Any, reading: _Reading) -> None:
    pre = element.tag == "pre"
    _say(element.text, reading, pre=pre)
    for child in element:
        _walk(child, reading)
        _say(child.tail, reading, pre=pre)


def _say(text: str | None, reading: _Reading, *, pre: bool) -> None:
    if text:
        # A line break in the source of a page is a blank; only <br> and <pre> break lines.
        reading.inline.append(text if pre else text.replace("\n", " "))


def _flush(reading: _Reading, element: Any, *, heading: bool = False) -> None:
    text = tidy("".join(reading.inline))
    reading.inline.clear()
    if text:
        reading.blocks.append(Block(reading.mark + text, element, heading, reading.gap))
        reading.mark, reading.gap = "", False


def _is_note_mark(element: Any) -> bool:
    """The raised number of a footnote, and the arrow back to it: no words of the text."""
    if element.tag == "sup":
        return any((link.get("href") or "").startswith("#") for link in element.iter("a"))
    return element.tag == "a" and "note-ref" in (element.get("href") or "")


def _list_mark(item: Any, reading: _Reading) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "• " if parent is not None and parent.tag == "ul" and "none" not in (parent.get("style") or "") else ""
    reading.counted[parent] = reading.counted.get(parent, _number(parent.get("start"), 1) - 1) + 1
    return f"{reading.counted[parent]}. "


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


# -- tables -----------------------------------------------------------------------------------------------------------


def _rows(element: Any) -> list[list[str]] | None:
    """The cells of a table, merged ones repeated; None for a table that only places things on the page."""
    if next((inner for inner in element.iter("table") if inner is not element), None) is not None:
        return None
    found = [row for row in element.iter("tr") if not is_hidden(row)]
    cells = [[cell for cell in row if cell.tag in {"td", "th"}] for row in found]
    if max(map(len, cells), default=0) < 2 or len(cells) < 2:
        return None
    rows: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for row in cells:
        line: list[str] = []
        for cell in row:
            _repeat(line, below)
            text = text_of(blocks_inside(cell)).strip("\n")
            down = min(_number(cell.get("rowspan"), 1), _MOST_MERGED)
            for n in range(max(1, min(_number(cell.get("colspan"), 1), _MOST_MERGED))):
                if down > 1:
                    below[len(line)] = (down - 1, text if not n else "")
                line.append(text if not n else "")
        _repeat(line, below)
        rows.append(line)
    return rows


def _repeat(line: list[str], below: dict[int, tuple[int, str]]) -> None:
    while len(line) in below:
        left, text = below.pop(len(line))
        if left > 1:
            below[len(line)] = (left - 1, text)
        line.append(text)


def blocks_inside(cell: Any) -> list[Block]:
    """The blocks of one cell."""
    reading = _Reading()
    _inside(cell, reading)
    _flush(reading, cell)
    return reading.blocks


def _table(element: Any, rows: Sequence[Sequence[str]], reading: _Reading) -> None:
    gap = True
    for part in grids.parts(rows):
        reading.blocks.append(Block(part.text, element, gap=gap or part.gap))
        gap = part.gap
    reading.gap = True
