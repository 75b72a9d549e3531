"""A Chinese font for a PDF: of one that is installed, the characters that occur are embedded.

PDF readers cannot be relied on to have a Chinese font, so the characters are taken along. reportlab embeds TrueType only;
fonts with PostScript outlines (Noto, Source Han) are made TrueType first. Where the machine has no font with all
characters, Adobe's STSong-Light is named, which readers replace by a font of their own.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError, newTable
from fontTools.ttLib.ttCollection import TTCollection

#: Beginnings of the names of font files, the ones to be preferred first: of Windows, macOS and Linux, without serifs.
_FILES = (
    *(
        "msyh",
        "NotoSansCJK-Regular",
        "NotoSansCJKsc-Regular",
        "NotoSansSC",
        "SourceHanSansSC-Regular",
        "SourceHanSansCN-Regular",
    ),
    *("Hiragino Sans GB", "STHeiti", "PingFang", "simhei", "wqy-microhei", "wqy-zenhei", "DroidSansFallback", "simsun"),
)
_SUFFIXES = {".ttf", ".ttc", ".otf"}
_RESTRICTED = 0x0002
"""Bit of a font's licence (OS/2 fsType) that forbids embedding."""
_UNREADABLE = (TTLibError, OSError, KeyError, ValueError, AssertionError, struct.error)
"""What fontTools says of a broken font, or of one without the tables that all of ours have."""
_ZEROES = (
    *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"),
    *(
        "maxSizeOfInstructions",
        "maxComponentDepth",
        "maxPoints",
        "maxContours",
        "maxCompositePoints",
        "maxCompositeContours",
    ),
)
"""Limits of TrueType programs, of which there are none."""


def font_for(text: str) -> str:
    """The name, for reportlab, of a font that has all characters of a text."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont as Embedded

    wanted = "".join(sorted(set(text)))
    for path in font_files():
        content = embeddable(path, wanted)
        if content is not None:
            name = "unionkg-" + hashlib.sha256(content).hexdigest()[:12]
            pdfmetrics.registerFont(Embedded(name, io.BytesIO(content)))
            return name
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def font_files() -> list[Path]:
    """The Chinese fonts that are installed where systems keep theirs, those to be preferred first."""
    found = [path for folder in _folders() for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES]
    ranked = [(_rank(path), path.name, path) for path in found]
    return [path for rank, _, path in sorted(ranked) if rank < len(_FILES)]


def _rank(path: Path) -> int:
    return next((at for at, name in enumerate(_FILES) if path.name.lower().startswith(name.lower())), len(_FILES))


def _folders() -> Iterator[Path]:
    if os.name == "nt":
        of_windows, of_user = os.environ.get("WINDIR", r"C:\Windows"), os.environ.get("LOCALAPPDATA")
        named = [Path(of_windows, "Fonts"), *([Path(of_user, "Microsoft", "Windows", "Fonts")] if of_user else [])]
    else:
        of_system = ("/System/Library/Fonts", "/Library/Fonts", "/usr/share/fonts", "/usr/local/share/fonts")
        own = [
            Path.home().joinpath(*parts) for parts in (("Library", "Fonts"), (".local", "share", "fonts"), (".fonts",))
        ]
        named = [*map(Path, of_system), *own]
    yield from (folder for folder in named if folder.is_dir())


def embeddable(path: Path, characters: str) -> bytes | None:
    """A TrueType font with nothing but some characters of an installed one: the same bytes for the same font.

    None where the font lacks one of them, may not be embedded, or cannot be read.
    """
    try:
        font = _face(path)
        codes = {ord(character) for character in characters}
        if not codes <= set(font.getBestCmap() or ()) or font["OS/2"].fsType & _RESTRICTED:
            return None
        options = subset.Options(layout_features=[], name_IDs=[1, 2, 4, 6], notdef_outline=True, glyph_names=False)
        options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"]
        options.recalc_timestamp = False
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        if "CFF " in font:
            _make_truetype(font)
        _rename(font, hashlib.sha256(characters.encode()).hexdigest()[:8])
        written = io.BytesIO()
        font.save(written, reorderTables=None)
    except _UNREADABLE:
        return None
    return written.getvalue()


def _face(path: Path) -> TTFont:
    """The face of a file; of a collection the one for simplified Chinese."""
    if path.suffix.lower() != ".ttc":
        return TTFont(path, lazy=True, recalcTimestamp=False)
    with TTCollection(path, lazy=True) as collection:
        names = [str(font["name"].getBestFamilyName() or "") for font in collection.fonts]
    simplified = [at for at, name in enumerate(names) if re.search(r"\b(?:SC|CN|GB)$", name) and "Mono" not in name]
    return TTFont(path, fontNumber=simplified[0] if simplified else 0, lazy=True, recalcTimestamp=False)


def _make_truetype(font: TTFont) -> None:
    """Turn PostScript outlines into TrueType ones, to a unit of the grid."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    drawn: dict[str, Any] = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, drawn
    del font["CFF "]
    font["hmtx"].metrics = {name: (width, _left(table, name)) for name, (width, _) in font["hmtx"].metrics.items()}
    highest = font["maxp"]
    highest.tableVersion = 0x00010000
    for name in ("maxZones", "maxComponentElements"):
        setattr(highest, name, 1)
    for name in _ZEROES:
        setattr(highest, name, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"


def _rename(font: TTFont, mark: str) -> None:
    """Call a font by a name of its own: reportlab takes two fonts of one name for one, whatever they hold."""
    name = f"{font['name'].getDebugName(6) or 'font'}-{mark}"
    for record in list(font["name"].names):
        if record.nameID == 6:
            font["name"].names.remove(record)
    font["name"].setName(name, 6, 3, 1, 0x409)


def _left(table: Any, name: str) -> int:
    glyph = table[name]
    glyph.recalcBounds(table)
    return int(getattr(glyph, "xMin", 0))
