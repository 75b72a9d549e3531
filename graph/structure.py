"""The part of the graph that no document states: regions with their history, themes, practice types, groups.

Regions down to county are all there, because they are the denominators of coverage; towns, and regions that ended
long ago, only when used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from unionkg.graph.node_ids import Vocabularies, region_id, term_id, told
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.ontology.regions import Level, Region, RegionTable
from unionkg.ontology.vocabulary import Term, terms

_CODES = "GB/T 2260"
_BORDERS = "天地图 GS(2024)0650号"
#: Regions that ended before are there only when a document names them: union documents are hardly older.
_SINCE = "2000"
_LEVELS: tuple[Level, ...] = ("province", "prefecture", "county")


def vocabularies(extra: Path | None = None) -> Vocabularies:
    """The vocabularies that statements refer to; ``extra`` is a workspace's ``vocabularies/`` folder."""

    def by_label(name: str) -> Mapping[str, Term]:
        return {term.zh: term for term in terms(name, extra / f"{name}.csv" if extra else None)}

    return Vocabularies(by_label("themes"), by_label("practice_types"), by_label("target_groups"))


def structure(words: Vocabularies, regions: RegionTable, used: Iterable[str]) -> tuple[list[Node], list[Relationship]]:
    """Nodes and relationships of regions and vocabularies; ``used`` are codes that statements name."""
    nodes, found = _regions(regions, used)
    for kind, label, by_label in (
        ("theme", "Theme", words.themes),
        ("practice_type", "PracticeType", words.practice_types),
        ("target_group", "TargetGroup", words.target_groups),
    ):
        known = {term.key: term for term in by_label.values()}
        for term in by_label.values():
            nodes.append(_term_node(kind, label, term))
            for key in term.broader:
                found.append(_link("BROADER", (label, term_id(kind, term)), (label, term_id(kind, known[key]))))
    themes = {term.key: term for term in words.themes.values()}
    for term in words.practice_types.values():
        theme = themes.get(term.fields.get("theme", ""))
        if theme:
            ends = ("PracticeType", term_id("practice_type", term)), ("Theme", term_id("theme", theme))
            found.append(_link("IN_THEME", *ends))
    return nodes, found


def _term_node(kind: str, label: str, term: Term) -> Node:
    properties: dict[str, Any] = {"name": term.zh, "name_en": term.en or None, "aliases": list(term.aliases)}
    if kind == "practice_type":
        properties["routine"] = term.fields.get("routine") == "yes"
    if kind == "theme":
        properties["official"] = term.fields.get("official") or None
    return Node(label, term_id(kind, term), told(properties))


def _link(kind: str, start: tuple[str, str], end: tuple[str, str], **more: str | None) -> Relationship:
    since = f"|{more['valid_from']}" if more.get("valid_from") else ""
    return Relationship(kind, f"{start[1]}>{end[1]}{since}", start, end, told(more))


def _regions(regions: RegionTable, used: Iterable[str]) -> tuple[list[Node], list[Relationship]]:
    shown = {r.code: r for level in _LEVELS for r in regions.at(level) if (r.valid_to or _SINCE) >= _SINCE}
    for code in sorted(used):
        for needed in (code, *regions.ancestors(code)):
            shown.setdefault(needed, regions.region(needed))
    codes = shown.keys()
    nodes = [_region_node(region, regions) for region in shown.values()]
    found = []
    for region in shown.values():
        for upper in regions.within(region.code):
            if upper.value in codes:
                dated = {"valid_from": upper.valid_from, "valid_to": upper.valid_to}
                found.append(_link("WITHIN", _region(region.code), _region(upper.value), source=_CODES, **dated))
    for old, new, date in regions.succeeded():
        if old in codes and new in codes:
            found.append(_link("SUCCEEDED_BY", _region(old), _region(new), source=_CODES, valid_from=date or None))
    for level in _LEVELS:
        for code, other in regions.adjacent(level):
            if code in codes and other in codes:  # one relationship a pair: ADJACENT_TO is symmetric
                found.append(_link("ADJACENT_TO", _region(code), _region(other), source=_BORDERS))
    return nodes, list({(link.type, link.id): link for link in found}.values())


def _region(code: str) -> tuple[str, str]:
    return "Region", region_id(code)


def _region_node(region: Region, regions: RegionTable) -> Node:
    return Node(
        "Region",
        region_id(region.code),
        told(
            {
                "name": region.name,
                "code": region.code,
                "full_name": regions.full_name(region.code),
                "level": region.level,
                "aliases": list(region.aliases),
                "valid_from": region.valid_from,
                "valid_to": region.valid_to,
                "longitude": region.longitude,
                "latitude": region.latitude,
                "counted": region.counted,
            }
        ),
    )
