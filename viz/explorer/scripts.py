"""The page's own scripts and styles: which there are, and in which order they stand."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

#: What scripts, styles and words of the page are called, in order: first what the others use, last what starts the page.
NAMES = (
    "kit",
    "pieces",
    "figure",
    "chart",
    "scene_pen",
    "scene_view",
    "scene_labels",
    "scene_paint",
    "scene_sheet",
    "scene",
    "map_cells",
    "map_tiles",
    "map_drawn",
    "map",
    "overview",
    "practice_curve",
    "practice_ties",
    "practice",
    "lanes",
    "network_read",
    "network",
    "coverage_cells",
    "coverage",
    "region",
    "union",
    "account",
    "topic",
)
#: Only in the page that a server gives.
LIVE = (
    "live",
    "live_account",
    "live_search",
    "live_query",
    "live_answer",
    "live_regions",
    "live_decide",
    "live_review",
    "live_pairs",
)
#: What starts it all.
LAST = "start"


def folder() -> Traversable:
    """Where they lie."""
    return files("unionkg.viz.explorer") / "assets"


def script(*, live: bool = False) -> str:
    """All scripts as one, in a scope of its own."""
    text = _joined("js", live=live)
    return f'(function () {{\n"use strict";\n{text}\n}})();\n'


def style(*, live: bool = False) -> str:
    """All styles as one."""
    return _joined("css", live=live)


def names(*, live: bool = False) -> tuple[str, ...]:
    """The names in order."""
    return (*NAMES, *(LIVE if live else ()), LAST)


def _joined(ending: Literal["js", "css"], *, live: bool) -> str:
    found = (folder() / f"{name}.{ending}" for name in names(live=live))
    return "\n".join(path.read_text(encoding="utf-8") for path in found if path.is_file())
