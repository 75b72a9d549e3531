"""The characters of a PDF page with their places, put together to pieces of lines.

PDFium tells every character with its box; its own line breaks and order are not used (they follow the stream).
Text is turned upright by the direction most of it is set in, so pages set sideways read as any other.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import degrees
from typing import TYPE_CHECKING, Any

from unionkg.loaders.readers.page_order import GUTTER, Piece
from unionkg.loaders.readers.radicals import printed

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

#: A shadow or a second printing stands no further off than this share of an em; Latin letters can be as near.
_AGAIN = 0.3
_AGAIN_LATIN = 0.1


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: left and right edge, base line (points, y downwards), size of an em, its number in the page."""

    text: str
    left: float
    right: float
    base: float
    em: float
    index: int


@dataclass(frozen=True, slots=True)
class PageText:
    """The text layer of a page.

    ``upright`` are its pieces, ``sideways`` those set at a right angle to them; ``count`` its characters that mean
    something, ``unknown`` those that its fonts give no meaning for. ``top`` and ``bottom`` are the edges of the page.
    """

    upright: tuple[Piece, ...]
    sideways: tuple[Piece, ...]
    count: int
    unknown: int
    top: float
    bottom: float


def page_text(page: PdfPage) -> PageText:
    """Read the text layer of a page. Text set askew (watermarks) and text outside of the page is left out."""
    textpage = page.get_textpage()
    try:
        found, unknown = _glyphs(page, textpage)
        turns = Counter({turn: len(glyphs) for turn, glyphs in found.items()})
        turn = turns.most_common(1)[0][0] if turns else 0
        pieces = {angle: tuple(_pieces(_once(glyphs), textpage)) for angle, glyphs in found.items()}
        sideways = tuple(piece for angle, others in pieces.items() if angle != turn for piece in others)
        left, bottom, right, top = page.get_cropbox()
        _, upper, _, lower = _turned((0.0, 0.0, right - left, top - bottom), turn)
        return PageText(pieces.get(turn, ()), sideways, sum(turns.values()), unknown, upper, lower)
    finally:
        textpage.close()


def _glyphs(page: PdfPage, textpage: Any) -> tuple[dict[int, list[Glyph]], int]:
    """The characters by the direction they are set in (0, 90, 180, 270 degrees), and how many have no meaning."""
    import pypdfium2.raw as c

    left, bottom, right, top = page.get_cropbox()
    bounded = right - left > 1 and top - bottom > 1
    box, x, y = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found: dict[int, list[Glyph]] = {}
    unknown = 0
    raw = textpage.raw
    high = 0
    for index in range(c.FPDFText_CountChars(raw)):
        code = c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if _means_nothing(code):
            unknown += code not in {2, 9, 10, 13, 0xAD, 0xFEFF, 0xFFFE}
            continue
        if c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if not c.FPDFText_GetLooseCharBox(raw, index, box) or not c.FPDFText_GetCharOrigin(raw, index, x, y):
            continue
        middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        if bounded and not (left <= middle_x <= right and bottom <= middle_y <= top):
            continue
        turn = _turn(degrees(c.FPDFText_GetCharAngle(raw, index)))
        if turn is not None:
            sides = (box.left - left, top - box.top, box.right - left, top - box.bottom)
            glyph = _glyph(chr(code), _turned(sides, turn), _turned_point(x.value - left, top - y.value, turn), index)
            found.setdefault(turn, []).append(glyph)
    return found, unknown


def _means_nothing(code: int) -> bool:
    return code < 32 or code in {0x7F, 0xAD, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF} or 0xE000 <= code < 0xF900


def _turn(angle: float) -> int | None:
    """The right angle to turn the page by; None where the text is askew. PDFium counts angles clockwise."""
    nearest = round(angle / 90) * 90
    return -nearest % 360 if abs(angle - nearest) <= 8 else None


def _turned_point(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point (y downwards) after turning the page clockwise by ``turn`` degrees about its corner."""
    return {0: (x, y), 90: (-y, x), 180: (-x, -y), 270: (y, -x)}[turn]


def _turned(sides: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = _turned_point(sides[0], sides[1], turn), _turned_point(sides[2], sides[3], turn)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _glyph(text: str, box: tuple[float, float, float, float], origin: tuple[float, float], index: int) -> Glyph:
    left, top, right, bottom = box
    wide = is_wide(text)
    em = right - left if wide else (bottom - top) / 1.15
    return Glyph(text, left, right, origin[1], em if em > 0.1 else max(bottom - top, 0.1), index)


def is_wide(text: str) -> bool:
    """Whether a character is as wide as an ideograph: ideographs, kana and full-width punctuation."""
    return "\u2e80" <= text[:1] <= "\ufaff" or "\uff01" <= text[:1] <= "\uff60" or text[:1] >= "\U00020000"


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Leave out what is printed a second time on the same place: bold by double printing, shadows, hidden copies."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for glyph in glyphs:
        if glyph.text.isspace():
            yield glyph
            continue
        reach = glyph.em * (_AGAIN if is_wide(glyph.text) else _AGAIN_LATIN)
        x, y = glyph.left, glyph.base
        cells = {(int((x + dx) // 8), int((y + dy) // 8)) for dx in (-reach, reach) for dy in (-reach, reach)}
        near = (place for cell in cells for place in seen.get((glyph.text, *cell), ()))
        if any(abs(px - x) <= reach and abs(py - y) <= reach for px, py in near):
            continue
        places = seen.setdefault((glyph.text, int(x // 8), int(y // 8)), [])
        if len(places) < 64:  # a page of a million characters in one place is no page to be read
            places.append((x, y))
        yield glyph


def _pieces(glyphs: Iterable[Glyph], textpage: Any) -> Iterator[Piece]:
    """Put characters together that the stream tells one after the other and that stand beside each other."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _goes_on(run[-1], glyph):
            yield from _piece(run, textpage)
            run = []
        run.append(glyph)
    if run:
        yield from _piece(run, textpage)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    em = min(before.em, glyph.em) if before.text.strip() and glyph.text.strip() else before.em
    return abs(glyph.base - before.base) <= 0.3 * em and -0.5 * em <= glyph.left - before.right < GUTTER * em


def _piece(run: list[Glyph], textpage: Any) -> Iterator[Piece]:
    """The pieces of a run: blanks at its ends left out, cut where blanks in it are as wide as a gutter."""
    start = 0
    while start < len(run):
        if run[start].text.isspace():
            start += 1
            continue
        end = start + 1
        last = start
        while end < len(run):
            if not run[end].text.isspace():
                if run[end].left - run[last].right >= GUTTER * run[last].em:
                    break
                last = end
            end += 1
        yield _made(run[start : last + 1], textpage)
        start = last + 1


def _made(run: list[Glyph], textpage: Any) -> Piece:
    wide = [glyph.em for glyph in run if is_wide(glyph.text)]
    sizes = sorted(wide or [glyph.em for glyph in run])
    em = sizes[len(sizes) // 2]
    text = ""
    for n, glyph in enumerate(run):
        if glyph.text.isspace():
            if text[-1:] != " ":
                text += " "
            continue
        if n and text[-1] != " " and _is_word_gap(run[n - 1], glyph):
            text += " "
        text += glyph.text
    return Piece(
        printed(_without_noise(text)),
        min(glyph.left for glyph in run),
        max(glyph.right for glyph in run),
        run[0].base,
        em,
        _font(textpage, run[0].index),
        _font(textpage, run[-1].index),
    )


def _is_word_gap(before: Glyph, glyph: Glyph) -> bool:
    gap = glyph.left - before.right
    return before.text.isascii() and glyph.text.isascii() and gap > 0.15 * min(before.em, glyph.em)


def _without_noise(text: str) -> str:
    """Blanks that a program put between all ideographs of a line say nothing; one that stands alone parts two names."""
    inner = [n for n in range(1, len(text) - 1) if text[n] == " " and is_wide(text[n - 1]) and is_wide(text[n + 1])]
    if len(inner) < 3 or len(inner) < 0.2 * len(text):
        return text
    dropped = set(inner)
    return "".join(c for n, c in enumerate(text) if n not in dropped)


def _font(textpage: Any, index: int) -> str:
    """The name of the font that a character is set in; "" where it has none."""
    import pypdfium2.raw as c

    name = ctypes.create_string_buffer(128)
    length = c.FPDFText_GetFontInfo(textpage.raw, index, name, 128, None)
    return name.raw[: max(0, min(length, 128) - 1)].decode("utf-8", errors="replace")
