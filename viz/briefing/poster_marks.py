"""A sheet of plain drawing marks: text, lines, rectangles, paths; and how wide text is without knowing the font.

Lengths are points, from the upper left corner. Chinese characters are as wide as they are high in every font; for others
the widths are those of common sans-serif fonts, rather too wide than too narrow, so that nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from unicodedata import east_asian_width

Anchor = Literal["start", "middle", "end"]
Dash = tuple[float, ...]
BLACK, GREY, PALE, RED, BLUE, LIGHT = "#1a1a1a", "#595959", "#c9c9c9", "#8c1d18", "#0b5a94", "#d6e8f5"


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; ``y`` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str = BLACK
    bold: bool = False
    anchor: Anchor = "start"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = BLACK
    width: float = 1.0
    dash: Dash = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; no ``fill`` or no ``stroke`` where that is empty."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    dash: Dash = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines through points, closed or not."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    stroke: str = ""
    line: float = 1.0
    dash: Dash = ()
    closed: bool = True


Mark = Text | Line | Rect | Path


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points, its title and language, what is drawn on it, in order."""

    width: float
    height: float
    title: str
    language: str
    marks: tuple[Mark, ...]


def text_width(text: str, size: float) -> float:
    """How wide a line is at most."""
    return size * sum(map(_width, text))


def _width(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return 1.0
    if character in "mwMW%@":
        return 0.98
    if character.isupper():
        return 0.8
    if character in " .,:;'|!il()[]/-":
        return 0.4
    return 0.72 if character in "&+<=>~^" else 0.62


def box(mark: Text) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a line of text."""
    width = text_width(mark.text, mark.size)
    left = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
    return left, mark.y - 0.86 * mark.size, left + width, mark.y + 0.16 * mark.size


_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,%+'-]*|.", re.DOTALL)
_LETTERS = re.compile(r"[A-Za-z0-9]{2}")
_NO_START = "。，、；：！？）》】〉」』”’…—,.;:!?)]}%"
_NO_END = "（《【〈「『“‘([{"


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of a width; no line begins with a closing mark or ends with an opening one."""
    lines, line = [], ""
    for token in _TOKEN.findall(text):
        if line and text_width(line + token, size) > width:
            kept, moved = _broken(line, token)
            lines.append(kept.rstrip())
            line = (moved + token).lstrip()
        else:
            line += token
        while text_width(line, size) > width and len(line) > 1:  # one word wider than a line
            cut = next(at for at in range(len(line), 0, -1) if at == 1 or text_width(line[:at], size) <= width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _broken(line: str, token: str) -> tuple[str, str]:
    """A full line, and what of its end goes to the next one with the token."""
    at = len(line)
    while at > 1 and (line[at - 1] in _NO_END or (line + token)[at] in _NO_START):
        at -= 1
    while 1 < at < len(line) and _LETTERS.fullmatch(line[at - 1 : at + 1]):  # not inside a word
        at -= 1
    return (line[:at], line[at:]) if at > 1 else (line, "")


def shortened(text: str, most: int) -> str:
    """The beginning of a text, with …… where something is left out."""
    return text if len(text) <= most else text[:most].rstrip("，、；：") + "……"


def paragraph(
    text: str, x: float, y: float, width: float, size: float, leading: float, *, hang: float = 0, colour: str = BLACK
) -> tuple[list[Text], float]:
    """The lines of a paragraph and the baseline of the line that would follow; all but the first begin ``hang`` further in."""
    lines: Sequence[str] = wrapped(text, size, width)
    if hang and len(lines) > 1:
        first = lines[0]
        lines = [first, *wrapped(text[len(first) :].lstrip(), size, width - hang)]
    made = [Text(x + (hang if at else 0), y + at * leading, line, size, colour) for at, line in enumerate(lines)]
    return made, y + len(lines) * leading
