"""The files that a poster is printed from, by their suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from unionkg.errors import InputError
from unionkg.language import say
from unionkg.viz.briefing.poster_marks import Sheet
from unionkg.viz.briefing.poster_pdf import pdf
from unionkg.viz.briefing.poster_svg import svg

Writer = Callable[[Sheet], bytes]
_WRITERS: Mapping[str, Writer] = {".pdf": pdf, ".svg": lambda sheet: svg(sheet).encode()}


def writer(path: Path) -> Writer:
    """What writes a file of this name; InputError for a suffix that none has."""
    found = _WRITERS.get(path.suffix.lower())
    if found is None:
        raise InputError(say("文件名应以 .pdf 或 .svg 结尾", "the file's suffix is .pdf or .svg"), where=path)
    return found
