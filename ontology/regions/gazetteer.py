"""Every name that may stand for a region in running text, and a matcher for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from unionkg.ontology.regions.table import Alias, Region, table

if TYPE_CHECKING:
    import ahocorasick_rs

#: full: official, now or once, or as good as that; short: accepted alone (上海, 湖州, 浦东); local: only beside a name that it fits to,
#: or where the document names the region in full (宝山, 长兴); town: an official township name; abbreviation: 沪, never in text.
Kind = Literal["full", "short", "local", "town", "abbreviation"]
_KINDS: dict[str, Kind] = {"full": "full", "short": "short", "local": "local", "abbreviation": "abbreviation"}


class Sense(NamedTuple):
    """A region that a surface may mean, and how."""

    code: str
    kind: Kind
    valid_from: str | None
    valid_to: str | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The automaton reports ``i`` with the offsets of each hit of ``surfaces[i]``; `senses_of` says what that may mean."""

    surfaces: tuple[str, ...]
    automaton: ahocorasick_rs.AhoCorasick


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built once (0.15 s)."""
    import ahocorasick_rs

    single = {alias.name for alias in table().aliases() if alias.kind == "abbreviation"}
    never = {surface for surface in single if all(sense.kind == "abbreviation" for sense in senses_of(surface))}
    surfaces = tuple(surface for surface in _codes() if surface not in never)
    return Gazetteer(surfaces, ahocorasick_rs.AhoCorasick(surfaces))


@cache
def senses_of(surface: str) -> tuple[Sense, ...]:
    """What a surface may mean, abbreviations included; none where it is no region's name."""
    return tuple(_sense(surface, code) for code in _codes().get(surface, "").split())


@cache
def _codes() -> dict[str, str]:
    """Every surface with the codes that it may mean, a blank between two; senses are made when a name is met."""
    regions = table()
    found: dict[str, str] = {}
    for level in ("province", "prefecture", "county"):
        _note(found, ((code, name) for code, name in regions.printed(level) if len(name) > 1))
    _note(found, ((alias.code, alias.name) for alias in regions.aliases() if len(alias.code) != 9))
    _note(found, regions.township_names())
    _note(found, ((alias.code, alias.name) for alias in regions.aliases() if len(alias.code) == 9))
    return found


def _note(found: dict[str, str], named: Iterable[tuple[str, str]]) -> None:
    for code, name in named:
        known = found.get(name)
        if known is None:
            found[name] = code
        elif code not in known.split():
            found[name] = f"{known} {code}"


def _sense(surface: str, code: str) -> Sense:
    """How a surface means a region: by its official name, else its short form, unless an alias says it otherwise."""
    if len(code) == 9:
        return Sense(code, "town", None, None)
    region = table().region(code)
    official = next((name for name in region.names if name.value == surface), None)
    if official is not None:
        sense = Sense(code, "full", official.valid_from, official.valid_to)
    else:
        sense = Sense(code, _short_kind(region), region.valid_from, region.valid_to)
    printed = official is not None or region.short == surface
    for alias in _aliases().get((code, surface), ()):
        if alias.kind != "former":
            sense = Sense(code, _KINDS[alias.kind], region.valid_from, region.valid_to)
        elif not printed:
            sense = Sense(code, _short_kind(region, alias.valid_to), alias.valid_from, alias.valid_to)
        printed = True
    return sense


@cache
def _aliases() -> dict[tuple[str, str], list[Alias]]:
    found: dict[tuple[str, str], list[Alias]] = defaultdict(list)
    for alias in table().aliases():
        found[alias.code, alias.name].append(alias)
    return dict(found)


def _short_kind(region: Region, end: str | None = None) -> Kind:
    """Short names of prefectures that ceased in the last century (惠民, 晋江) are taken for what they are today."""
    end = end or region.valid_to
    return "local" if region.level == "county" or (end is not None and end < "2000") else "short"
