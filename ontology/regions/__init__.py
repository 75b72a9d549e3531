"""Regions of China after GB/T 2260, from province to township, with their history, and how names in text find them.

The table (`unionkg.ontology.regions.table`)::

    regions = table()                         # RegionTable, read once; towns are read when first asked for
    region = regions.region("310113")         # Region(code, name, level, parent, valid_from, valid_to, ...)
    regions.full_name("310113")               # "上海市宝山区"
    regions.parents("320684", "2019-05")      # codes of what it lay WITHIN then
    regions.ancestors("310113109")            # ("310113", "310000")
    regions.children("310000"), regions.neighbours("310113"), regions.successors("500105"), regions.predecessors(..)
    regions.at("county")                      # every region of a level, past ones included; `date=` keeps those in force
    regions.valid("500105", "2024")           # True
    county_of("310113109")                    # "310113"; a code of a county or above is returned as it is

Codes are six digits, nine for a township, and ``xpcc`` for the 兵团 (Xinjiang Production and Construction Corps), a counting
unit of its own. The id of a region in the graph is `region_id(code)`, ``region:310113``.
Dates are partial ISO dates (``2017``, ``2017-05``, ``2017-05-02``).

Names in text are simplified Chinese (convert with OpenCC ``t2s`` first, which keeps offsets) without white space inside sentences
(`unionkg.ontology.regions.resolver`, pure functions over plain strings)::

    find(text, *, date=None, within=None, known=frozenset()) -> tuple[Mention, ...]
        Maximal chains (湖北孝感市, 宝山区顾村镇) in text order, not overlapping: Mention(start, end, text, candidates, links).
        ``mention.code`` is the finest region when exactly one is left (nine digits for a township), ``mention.county`` the
        six-digit code for records, else None; ``mention.links`` are the single names of the chain as Link(start, end,
        codes, kind). ``within`` is the code of the region that the document speaks of, ``known`` the codes that the document names in full (`named_in_full(mentions)`): it lets their short forms through.
    resolve(name, *, date=None, within=None, known=frozenset()) -> tuple[Candidate, ...]
        The regions that a whole name (浙江省湖州市长兴县, 江北区, 上海) can mean: Candidate(code, county, basis). Several when the name is
        ambiguous, none when it is no region's name. Understands short and one-character forms (宝山, 沪) too.
    named_in_full(mentions) -> frozenset[str]
    hits(text) -> list[Link]
        Every gazetteer name in the text, overlapping ones too, before any rule: for callers with rules of their own.
"""

from __future__ import annotations

from unionkg.ontology.regions.resolver import Candidate, Link, Mention, find, hits, named_in_full, resolve
from unionkg.ontology.regions.table import Level, Region, RegionTable, county_of, region_id, table

__all__ = [
    "Candidate",
    "Level",
    "Link",
    "Mention",
    "Region",
    "RegionTable",
    "county_of",
    "find",
    "hits",
    "named_in_full",
    "region_id",
    "resolve",
    "table",
]
