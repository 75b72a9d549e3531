"""The data of the page: everything that its pictures and tables show, as plain JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any, Literal

from unionkg.graph.analysis.accounts import SPREAD, Selection, collection, listed
from unionkg.graph.analysis.adoptions import material
from unionkg.graph.audience import Audience
from unionkg.graph.build import Projection
from unionkg.language import Language
from unionkg.viz.explorer import tables
from unionkg.viz.explorer.accounts import accounts
from unionkg.viz.explorer.base import Base
from unionkg.viz.explorer.coverage_data import coverage_data
from unionkg.viz.explorer.inferred_data import inferred_data
from unionkg.viz.explorer.labels import labels
from unionkg.viz.explorer.lanes_data import lanes_data
from unionkg.viz.explorer.map_data import map_data
from unionkg.viz.explorer.network_data import network_data
from unionkg.viz.explorer.practice_data import practice_data
from unionkg.viz.explorer.words import words

#: More accounts than these are not shown in full at once: those that tell most about spreading come first.
LIMIT = 400
#: The parts of accounts are shown with their text while all together have at most so many characters.
TEXT_LIMIT = 300_000

ViewName = Literal["explorer", "diffusion", "map", "timeline"]
#: The views that a page holds besides those of single things, the first of which opens.
VIEWS: Mapping[ViewName, Sequence[str]] = {
    "explorer": ("overview", "practice", "timeline", "network", "map", "coverage"),
    "diffusion": ("practice", "timeline", "network"),
    "map": ("map", "coverage"),
    "timeline": ("timeline",),
}

Part = Callable[[Base], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a page is made for.

    Attributes
    ----------
    view : str
        Which views it holds.
    audience : {"internal", "public"}
        For whom; the projection is already theirs.
    selection : Selection, optional
        Which accounts are shown in full; what counts all accounts counts them all the same.
    approval : str or None
        审图号 of the map.
    language : {"zh", "en"}
        The language that it opens in.
    built : str or None
        When the graph was built.
    """

    view: ViewName = "explorer"
    audience: Audience = "internal"
    selection: Selection | None = None
    approval: str | None = None
    language: Language = "zh"
    built: str | None = None


def explorer_data(projection: Projection, texts: Mapping[str, str], setting: Setting) -> dict[str, Any]:
    """Make the data.

    Parameters
    ----------
    projection : Projection
    texts : mapping of str to str
        Stored texts by document id.
    setting : Setting
    """
    selection = setting.selection or Selection(routine=True)
    kept, matching = _kept(projection, selection)
    base = Base(projection, texts, kept)
    parts = {name: part(base) for name, part in _parts(setting).items()}
    length = sum(_length(base, case) for case in kept)
    full = setting.audience == "internal" and length <= TEXT_LIMIT
    shown = accounts(base, full=full)
    unions = tables.unions(base)  # before regions: unions bring theirs
    reach = material(projection)
    about = {
        "version": version("unionkg"),
        "built": setting.built,
        "audience": setting.audience,
        "documents": len(projection.documents),
        "accounts": len({account.id for account in base.collection.accounts}),
        "matching": matching,
        "kept": len(kept),
        "texts": full,
        "end": reach.end,
        "publishers": reach.publishers,
        "undated": reach.undated,
        "approval": setting.approval,
        "language": setting.language,
        "views": list(VIEWS[setting.view]),
        "selection": {
            "practice": selection.practice_type,
            "theme": selection.theme,
            "region": base.position("Region", selection.region) if selection.region else None,
        },
    }
    types = tables.types(base)
    return {
        "about": about,
        **parts,
        "accounts": shown,
        "unions": unions,
        "types": types,
        "themes": tables.terms(base, "Theme", "IN_THEME"),
        "groups": tables.terms(base, "TargetGroup", "SERVED"),
        "documents": tables.documents(base),
        "regions": tables.regions(base),
        "quotes": [list(quote) for quote in base.found],
        "labels": labels(),
        "words": words(),
    }


def _parts(setting: Setting) -> dict[str, Part]:
    """What further parts a page of this kind holds, each under its name."""
    there = set(VIEWS[setting.view])
    found: dict[str, Part] = {}
    if "practice" in there:
        found["practices"] = practice_data
    if "map" in there:
        found["map"] = partial(map_data, approval=setting.approval, audience=setting.audience)
    elif "practice" in there:  # its tiles are all that a practice type's page shows
        found["map"] = partial(map_data, approval=None)
    if "timeline" in there:
        found["lanes"] = lanes_data
    if "network" in there:
        found["network"] = network_data
        if setting.audience == "internal":
            found["inferred"] = inferred_data
    if "coverage" in there:
        found["coverage"] = coverage_data
    return found


def _kept(projection: Projection, selection: Selection) -> tuple[list[str], int]:
    """The cases shown in full, and how many accounts match: those with most statements of spread, then of any, first."""
    wanted = {account.id for account in collection(projection, selection).accounts}
    weight: Counter[str] = Counter()
    group: dict[str, str] = {}
    order: dict[str, tuple[str, int]] = {}
    for graph in projection.documents:
        for node in graph.nodes:
            if node.label == "PracticeCase" and node.properties["account"] in wanted:
                group[node.id] = str(node.properties["account"])
                order[node.id] = (graph.document, int(str(node.properties.get("first_line", 0))))
        for tie in graph.relationships:
            case = tie.properties.get("case_id")
            weight[str(case)] += 1000 if tie.type in SPREAD else 1
    best = sorted(group, key=lambda case: (-weight[case], case))[:LIMIT]
    return sorted(best, key=order.__getitem__), len(wanted)


def _length(base: Base, case: str) -> int:
    node = base.nodes["PracticeCase", case]
    return int(sum(listed(node, "section_ends")) - sum(listed(node, "section_starts")))
