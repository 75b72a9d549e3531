"""The files that a comparison is handed round as, by their suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from unionkg.errors import InputError
from unionkg.language import say
from unionkg.viz.briefing.compare import Comparison
from unionkg.viz.briefing.compare_docx import docx
from unionkg.viz.briefing.compare_html import html
from unionkg.viz.briefing.compare_xlsx import xlsx

Writer = Callable[[Comparison], bytes]
_WRITERS: Mapping[str, Writer] = {".docx": docx, ".xlsx": xlsx, ".html": lambda shown: html(shown).encode()}


def writer(path: Path) -> Writer:
    """What writes a file of this name; InputError for a suffix that none has."""
    found = _WRITERS.get(path.suffix.lower())
    if found is None:
        known = say("、", ", ").join(_WRITERS)
        raise InputError(say(f"文件名应以 {known} 结尾", f"the file's suffix is one of {known}"), where=path)
    return found
