"""The region table: codes, names, levels, history, points and borders.

Built by ``scripts/build_regions.py`` from published lists; ``NOTICE`` and docs/reference/regions.md name them. Provinces to
counties are read at once, townships when they are first asked for.
"""

from __future__ import annotations

import lzma
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, NamedTuple

from unionkg.errors import InputError
from unionkg.language import say

Level = Literal["province", "prefecture", "county", "township"]
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "township")
#: The Xinjiang Production and Construction Corps: no division of GB/T 2260, but counted beside the provinces.
CORPS = "xpcc"
#: Provinces whose regions are shown but not counted when coverage is measured.
NOT_COUNTED = frozenset({"710000", "810000", "820000"})


class Dated(NamedTuple):
    """A name or a parent with the time it held; None is open or unknown."""

    value: str
    valid_from: str | None
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class Region:
    """One code of GB/T 2260, or a township of nine digits, or the 兵团 (``xpcc``).

    ``name`` is the last official name, ``short`` the one people use (宝山, 湘西). ``parent`` is the code of the region it lies in,
    or lay in last. ``valid_from`` and ``valid_to`` are partial dates, None where open; a code ceased during ``valid_to``, so both
    it and its successor answer for that year. ``longitude`` and ``latitude`` are a label point inside the region in
    degrees (WGS84), None for townships and for codes without a published polygon. ``names`` holds every
    official name with its time, ``aliases`` other names that stand for the region.
    """

    code: str
    name: str
    level: Level
    parent: str | None
    valid_from: str | None
    valid_to: str | None
    longitude: float | None
    latitude: float | None
    short: str
    aliases: tuple[str, ...]
    names: tuple[Dated, ...]

    @property
    def counted(self) -> bool:
        """Whether coverage counts the region: all but Hong Kong, Macau and Taiwan."""
        return self.code not in NOT_COUNTED


class Alias(NamedTuple):
    """Another name of a region; ``kind`` is full, short, local or abbreviation (sources/aliases.csv says what they mean), or
    former: the short form of an earlier name, with the time it held.
    """

    code: str
    name: str
    kind: str
    valid_from: str | None = None
    valid_to: str | None = None


class Word(NamedTuple):
    """An ordinary word of sources/words.csv that bears on names: its kind and what must not follow it."""

    kind: str
    word: str
    unless: str


def in_force(valid_from: str | None, valid_to: str | None, date: str | None) -> bool:
    """Whether a span touches a partial date; None stands for today, when only an open span is in force."""
    if date is None:
        return valid_to is None
    return (valid_from is None or _not_after(valid_from, date)) and (valid_to is None or _not_after(date, valid_to))


def _not_after(a: str, b: str) -> bool:
    """Whether partial date ``a`` is before ``b`` or may be the same day."""
    shorter = min(len(a), len(b))
    return a[:shorter] <= b[:shorter]


def region_id(code: str) -> str:
    """The id of a region in the graph."""
    return f"region:{code}"


class RegionTable:
    """The whole table. Read it with `table`; immutable once read."""

    def __init__(self, sections: Mapping[str, list[str]]) -> None:
        #: rows by code, taken apart when a region is asked for: nobody needs all of them
        self._rows = {line.partition("\t")[0]: line for line in sections["regions"]}
        self._read: dict[str, Region] = {}
        self._above: dict[str, tuple[Dated, ...]] = {}
        self._successors: dict[str, tuple[Dated, ...]] = {}
        self._predecessors: dict[str, tuple[Dated, ...]] = {}
        for line in sections["succeeded"]:
            old, new, date = line.split("\t")
            self._successors[old] = (*self._successors.get(old, ()), Dated(new, date, None))
            self._predecessors[new] = (*self._predecessors.get(new, ()), Dated(old, None, date))
        self._adjacent = {
            name.removeprefix("adjacent "): lines for name, lines in sections.items() if name.startswith("adjacent ")
        }
        self.words = tuple(Word(*line.split("\t")) for line in sections["words"])

    def _division(self, code: str) -> Region | None:
        """The region of a county or above; None for any other code."""
        found = self._read.get(code)
        if found is None and code in self._rows:
            _, names, _, longitude, latitude, short, aliases = self._rows[code].split("\t")
            named = tuple(_dated(cell) for cell in names.split("|"))
            above = self.within(code)
            last = max(above, key=lambda d: (d.valid_to is None, d.valid_to or "", d.value != CORPS), default=None)
            found = self._read[code] = Region(
                code=code,
                name=named[-1].value,
                level=_level(code),
                parent=last.value if last else None,
                valid_from=named[0].valid_from,
                valid_to=named[-1].valid_to,
                longitude=float(longitude) if longitude else None,
                latitude=float(latitude) if latitude else None,
                short=short or named[-1].value,
                aliases=tuple(_alias(code, cell).name for cell in aliases.split("|") if cell),
                names=named,
            )
        return found

    # ------------------------------------------------------------ single regions

    def region(self, code: str) -> Region:
        """The region of a code; raises InputError for an unknown one."""
        found = self._division(code) or self._township(code)
        if found is None:
            raise _unknown(code)
        return found

    def __contains__(self, code: object) -> bool:
        return code in self._rows or code in self._towns

    def valid(self, code: str, date: str | None = None) -> bool:
        """Whether the region is in force at a partial date (today without one)."""
        region = self.region(code)
        if region.level == "township":
            return region.valid_to is None
        return in_force(region.valid_from, region.valid_to, date)

    def name(self, code: str, date: str | None = None) -> str:
        """The official name at a date; the last one without a date or where none is known for it."""
        region = self.region(code)
        if date is not None:
            for name in reversed(region.names):
                if in_force(name.valid_from, name.valid_to, date):
                    return name.value
        return region.name

    def full_name(self, code: str, date: str | None = None) -> str:
        """Names from the province down: 上海市宝山区. A past region is named as it last was where no date is given."""
        line = [code, *(upper for upper in self.ancestors(code, date) if upper != CORPS)]
        return "".join(self.name(part, date) for part in reversed(line))

    # ------------------------------------------------------------ up and down

    def within(self, code: str) -> tuple[Dated, ...]:
        """Everything the region lies or lay within directly, with the time; several at once for cities of the 兵团."""
        if code in self._above:
            return self._above[code]
        if code in self._rows:
            cell = self._rows[code].split("\t", 3)[2]
            found = self._above[code] = tuple(_dated(part) for part in cell.split("|")) if cell else ()
            return found
        if code not in self._towns:
            raise _unknown(code)
        first = self._first_parents.get(code, code[:6])
        ended = self.region(first).valid_to
        if code in self._moved:
            new, date = self._moved[code]
            return (Dated(first, None, date), Dated(new, date, None))
        heirs = self.successors(first) if ended else ()
        if len(heirs) == 1:
            return (Dated(first, None, ended), Dated(heirs[0], ended, None))
        return (Dated(first, None, ended),)

    def parents(self, code: str, date: str | None = None) -> tuple[str, ...]:
        """Codes of what the region lay directly within at a date; without one: today, or last.

        A township of a county that had another code then gets that code.
        """
        dated = self.within(code)
        if date is None:
            now = tuple(d.value for d in dated if d.valid_to is None)
            return now or tuple(d.value for d in dated if d.valid_to == dated[-1].valid_to)
        found = tuple(d.value for d in dated if in_force(d.valid_from, d.valid_to, date)) or tuple(
            d.value for d in dated[-1:]
        )
        return tuple(self._then(upper, date) for upper in found) if code in self._towns else found

    def _then(self, county: str, date: str) -> str:
        """The county's one predecessor in force at a date before it began; the county itself where there is none."""
        if self.valid(county, date):
            return county
        before = [old for old in self.predecessors(county) if self.valid(old, date)]
        return before[0] if len(before) == 1 else county

    def ancestors(self, code: str, date: str | None = None) -> tuple[str, ...]:
        """Everything the region lies within, nearest first."""
        found: list[str] = []
        level = self.parents(code, date)
        while level:
            found += [upper for upper in level if upper not in found]
            level = tuple(top for upper in level for top in self.parents(upper, date))
        return tuple(found)

    def ever_within(self, code: str) -> frozenset[str]:
        """Every code that the region lay within at any time, and what succeeded or preceded those."""
        found = self._ever.get(code)
        if found is None:
            direct = {d.value for d in self.within(code)}
            wider = direct.union(*(self._line(upper) for upper in direct))
            found = self._ever[code] = frozenset(wider).union(*(self.ever_within(upper) for upper in wider))
        return found

    @cached_property
    def _ever(self) -> dict[str, frozenset[str]]:
        return {}

    def _line(self, code: str) -> set[str]:
        """All successors of successors and predecessors of predecessors."""
        found: set[str] = set()
        for step in (self.successors, self.predecessors):
            todo = list(step(code))
            while todo:
                other = todo.pop()
                if other not in found:
                    found.add(other)
                    todo += step(other)
        return found

    def children(self, code: str, date: str | None = None) -> tuple[str, ...]:
        """Codes directly within the region at a date (today without one), townships of a county included."""
        below = [*self._below.get(code, ()), *(self._towns_below.get(code, ()) if code in self._rows else ())]
        return tuple(c for c in below if code in self.parents(c, date) and self.valid(c, date))

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = defaultdict(list)
        for code in self._rows:
            for upper in dict.fromkeys(d.value for d in self.within(code)):
                below[upper].append(code)
        return dict(below)

    @cached_property
    def _towns_below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = defaultdict(list)
        for code in self._towns:
            first = self._first_parents.get(code, code[:6])
            for upper in dict.fromkeys([*(d.value for d in self.within(code)), *self.predecessors(first)]):
                below[upper].append(code)
        return dict(below)

    def county(self, code: str, date: str | None = None) -> str:
        """The county (or what stands for it, as 东莞市) that a township lies in; any other code as it is."""
        return self.parents(code, date)[0] if code in self._towns else self.region(code).code

    # ------------------------------------------------------------ sideways and in time

    def neighbours(self, code: str, *, level: Level | None = None, date: str | None = None) -> tuple[str, ...]:
        """Codes that share a land border with the region, past ones too unless a date is given.

        The layer is that of the region's own level. The prefectures' layer also holds the municipalities and the counties
        directly under a province: ``neighbours("310000", level="prefecture")`` are 苏州市 and 嘉兴市.
        """
        found = self._neighbours(level or self.region(code).level).get(code, ())
        return tuple(other for other in found if date is None or self.valid(other, date))

    def _neighbours(self, level: str) -> Mapping[str, tuple[str, ...]]:
        if level not in self._layers:
            around: dict[str, set[str]] = defaultdict(set)
            for a, b in self.adjacent(level):
                around[a].add(b)
                around[b].add(a)
            self._layers[level] = {code: tuple(sorted(others)) for code, others in around.items()}
        return self._layers[level]

    @cached_property
    def _layers(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        return {}

    def adjacent(self, level: str) -> Iterator[tuple[str, str]]:
        """Every pair of a layer (province, prefecture, county) that shares a border, the lower code first."""
        for line in self._adjacent.get(level, ()):
            code, _, others = line.partition("\t")
            for other in others.split(" "):
                yield code, other

    def successors(self, code: str) -> tuple[str, ...]:
        """Codes that took over the territory when the code ceased."""
        return tuple(d.value for d in self._successors.get(code, ()))

    def predecessors(self, code: str) -> tuple[str, ...]:
        """Codes whose territory the code took over."""
        return tuple(d.value for d in self._predecessors.get(code, ()))

    def succeeded(self) -> Iterator[tuple[str, str, str]]:
        """Every succession as (old code, new code, partial date)."""
        for old, dated in self._successors.items():
            for d in dated:
                yield old, d.value, d.valid_from or ""

    # ------------------------------------------------------------ all of them

    def at(self, level: Level, date: str | None = None) -> Iterator[Region]:
        """Regions of a level in the order of their codes; those in force at a date where one is given, else all.

        ``province`` includes the 兵团, which stands beside the 34 provinces.
        """
        if level == "township":
            codes: Iterator[str] = iter(self._towns)
        else:
            codes = (code for code in self._rows if _level(code) == level)
        return (self.region(code) for code in codes if date is None or self.valid(code, date))

    def counting_units(self) -> tuple[str, ...]:
        """The base of coverage: 31 provinces and the 兵团."""
        return tuple(region.code for region in self.at("province") if region.counted)

    def aliases(self) -> tuple[Alias, ...]:
        """Every alias with its kind, those of townships included."""
        return (*self._division_aliases, *self._town_aliases)

    @cached_property
    def _division_aliases(self) -> tuple[Alias, ...]:
        cells = ((code, row.rpartition("\t")[2]) for code, row in self._rows.items())
        return tuple(_alias(code, part) for code, cell in cells if cell for part in cell.split("|") if part)

    def printed(self, level: Level) -> Iterator[tuple[str, str]]:
        """Code with each official name, now or once, and with the short form, for the regions of a level to the county."""
        for code, row in self._rows.items():
            if _level(code) == level:
                _, names, _, _, _, short, _ = row.split("\t")
                official = [cell.partition(":")[0] for cell in names.split("|")]
                yield from ((code, name) for name in (*official, short or official[-1]))

    # ------------------------------------------------------------ townships

    def township_names(self) -> Iterator[tuple[str, str]]:
        """Code and name of every unit of the township list that bears a place's name: no development zones or companies."""
        return ((code, name) for code, name in self._towns.items() if name[0] != "~")

    def _township(self, code: str) -> Region | None:
        if code not in self._towns:
            return None
        name = self._towns[code].lstrip("~")
        return Region(
            code=code,
            name=name,
            level="township",
            parent=self.within(code)[-1].value,
            valid_from=None,
            valid_to=None,
            longitude=None,
            latitude=None,
            short=name,
            aliases=tuple(alias.name for alias in self._town_aliases if alias.code == code),
            names=(Dated(name, None, None),),
        )

    @cached_property
    def _towns(self) -> dict[str, str]:
        """Township code -> name, with ``~`` before one that is no place's name. Strings only: 40,000 tuples take longer."""
        found = {}
        for line in self._town_sections["townships"]:
            area, _, *cells = line.split("\t")
            for cell in cells:
                if cell[3].isdigit():
                    found[cell[:9]] = cell[9:]
                else:
                    found[area + cell[:3]] = cell[3:]
        return found

    @cached_property
    def _first_parents(self) -> dict[str, str]:
        """Township code -> the region it lies in by the list, where the code does not say it."""
        found = {}
        for line in self._town_sections["townships"]:
            area, parent, *cells = line.split("\t")
            for cell in cells if parent else [cell for cell in cells if cell[3].isdigit()]:
                code = cell[:9] if cell[3].isdigit() else area + cell[:3]
                if code[:6] != (parent or area):
                    found[code] = parent or area
        return found

    @cached_property
    def _moved(self) -> dict[str, tuple[str, str]]:
        return {code: (new, date) for code, new, date in (line.split("\t") for line in self._town_sections["moved"])}

    @cached_property
    def _town_aliases(self) -> tuple[Alias, ...]:
        return tuple(Alias(*line.split("\t")) for line in self._town_sections["aliases"])

    @cached_property
    def _town_sections(self) -> dict[str, list[str]]:
        return _sections("townships.tsv.xz")


def _unknown(code: str) -> InputError:
    return InputError(
        say(f"区划代码不存在：{code}", f"unknown region code: {code}"),
        hint=say("县级以上为六位代码，乡镇为九位代码", "six digits for a county or above, nine for a township"),
    )


def _level(code: str) -> Level:
    if code == CORPS or code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _alias(code: str, cell: str) -> Alias:
    kind, name, start, end = cell.split(":")
    return Alias(code, name, kind, start or None, end or None)


def _dated(cell: str) -> Dated:
    value, start, end = cell.split(":")
    return Dated(value, start or None, end or None)


def _sections(name: str) -> dict[str, list[str]]:
    """The tables of a file, each under a line ``#name``."""
    data = lzma.decompress((files("unionkg.ontology.regions") / name).read_bytes()).decode("utf-8")
    sections: dict[str, list[str]] = {}
    for part in data.split("#")[1:]:
        title, _, body = part.partition("\n")
        sections[title] = body.splitlines()
    return sections


@cache
def table() -> RegionTable:
    """The region table, read once."""
    return RegionTable(_sections("regions.tsv.xz"))


def county_of(code: str, date: str | None = None) -> str:
    """The county that a township lies in; a code of a county or above as it is."""
    return table().county(code, date)
