"""How alike two names are, for offering them to a person: never for joining them.

String distance alone does not tell names of unions apart (宝山区顾村镇总工会 and 宝山区月浦镇总工会 are closer than 宝钢股份工会 and
宝山钢铁股份有限公司工会), so names are compared part by part: place, core without boilerplate, head. A short form is a
subsequence of the full name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from unionkg.graph.lineage import above, city, merged_with, root, same_place
from unionkg.graph.union_names import UnionName, is_plain, is_registered, normal
from unionkg.ontology.regions import find
from unionkg.ontology.vocabulary import table

#: Why two names are offered: a district that was merged, a place that one of them leaves open, one name in two scopes, a short form,
#: one core with another head or frame, names that differ in little.
Reason = Literal["merged_region", "place_open", "same_name", "short_form", "same_core", "variant"]

_NUMBER = re.compile(r"\d+|第[一二三四五六七八九十百]+|(?<=[^\W\d_])[一二三四五六七八九十](?=[局处厂矿院所队部])")
_UNIT = re.compile(r"(?:街道|新村街道|路街道|镇|乡|苏木)$")
_LIMITED = re.compile(r"(?:有限责任公司|有限公司|公司)$")
_FORM = re.compile(r"(?:股份|集团)$")
#: What the name of a whole body ends in.
_WHOLE = re.compile(r"(?:公司|集团|局|院|所|厂|大学|银行|中心|委员会)$")
_NEAR = 82.0
#: One character makes another company, unless the name is so long that it is a misprint.
_NEAR_COMPANIES = 88.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """0 to 1 for ordering, and why."""

    score: float
    reason: Reason


def unions_alike(one: UnionName, other: UnionName, region: str | None, elsewhere: str | None) -> Likeness | None:
    """How alike two unions' names are; None where nobody would join them. ``region`` and ``elsewhere`` are their places."""
    found = _unions_alike(one, other, region, elsewhere)
    if found is not None and found.reason == "same_name" and one.folded != other.folded:
        return Likeness(0.9, "same_core")  # what differs is the head, or the word for a town
    return found


def _unions_alike(one: UnionName, other: UnionName, region: str | None, elsewhere: str | None) -> Likeness | None:
    if one.kind == "total" and other.kind == "total":
        return _federations(one, other, region, elsewhere)
    if "total" in {one.kind, other.kind}:
        return None
    if one.folded == other.folded and is_registered(one.folded):
        return Likeness(0.75, "same_name")
    if not _compatible(one, other, region, elsewhere):
        return None
    if one.kind == "body" and other.kind == "body":
        several = [bodies_alike(a, b) for a in body_names(one) for b in body_names(other)]
        return max((likeness for likeness in several if likeness), key=lambda likeness: likeness.score, default=None)
    found = _cores(_stem(one), _stem(other), "sector")
    if found is None or (one.kind != other.kind and found.reason != "same_core"):
        return None
    return found


def body_names(name: UnionName) -> tuple[str, ...]:
    """What a company or institution may be called: without the county that it begins with, and with a city's short form."""
    whole = name.folded.removesuffix(name.head)
    core = name.town + name.core
    return (core,) if name.full and core else tuple(dict.fromkeys((whole, core or whole)))


def _stem(name: UnionName) -> str:
    return name.core or name.folded.removesuffix(name.head)


def _federations(one: UnionName, other: UnionName, region: str | None, elsewhere: str | None) -> Likeness | None:
    if one.head != other.head:
        return None
    if one.place is None or other.place is None:
        return _place_left_open(one, other, region, elsewhere)
    here, there = root(one.county or one.place), root(other.county or other.place)
    merged = here in merged_with(there) or there in merged_with(here)
    if here != there and not merged:
        return None
    if one.town and other.town:
        if one.core != other.core or (len(one.place) == 9 and len(other.place) == 9):
            return None  # both are in the list of towns: they are two
        found = _cores(_UNIT.sub("", one.town), _UNIT.sub("", other.town), "town")
        return found and Likeness(found.score - (0.2 if merged else 0.0), found.reason)
    if one.town or other.town:
        return None
    if one.core or other.core:
        return _cores(one.core, other.core, "zone") if one.core and other.core and here == there else None
    return Likeness(0.45, "merged_region") if merged else None


def _place_left_open(one: UnionName, other: UnionName, region: str | None, elsewhere: str | None) -> Likeness | None:
    shorter, longer = sorted((one.folded, other.folded), key=len)
    if not longer.endswith(shorter) or len(shorter) < 5:
        return None
    if region and elsewhere and not same_place(region, elsewhere):
        return None
    return Likeness(0.7 if region and elsewhere else 0.55, "place_open")


def _compatible(one: UnionName, other: UnionName, region: str | None, elsewhere: str | None) -> bool:
    """Whether two names may be of one place: the same where both print it in full, else one within the other."""
    if one.full and other.full and one.place and other.place:
        here, there = root(one.county or one.place), root(other.county or other.place)
        return here == there and (one.town == other.town or one.kind == other.kind == "body")
    if one.town and other.town and one.town != other.town:
        return False
    if region is None or elsewhere is None or same_place(region, elsewhere):
        return True
    # A company is told now in one district of its city, now in another; a 第一中学 stands where it stands.
    company = one.kind == other.kind == "body" and not is_plain(_stem(one)) and not is_plain(_stem(other))
    return company and same_place(city(region), city(elsewhere))


def bodies_alike(one: str, other: str) -> Likeness | None:
    """How alike the names of two companies, institutions or departments are; a branch is never its head office."""
    if branches(one) != branches(other) or _is_part(one, other) or _places(one, other):
        return None
    return _cores(one, other, "legal")


def practices_alike(one: str, other: str) -> Likeness | None:
    """How alike the names of two practices of one originator are."""
    return _cores(normal(one), normal(other), "practice")


def platforms_alike(one: str, other: str) -> Likeness | None:
    """How alike the names of two platforms are (某某通, 某某通APP)."""
    found = _cores(normal(one), normal(other), "platform")
    return found if found and found.reason in {"same_name", "same_core"} else None


def titles_alike(one: str, other: str) -> Likeness | None:
    """How alike the names of two policies are."""
    found = _cores(normal(one), normal(other), "policy")
    return found if found and found.reason != "short_form" else None


def _cores(one: str, other: str, frame: str) -> Likeness | None:
    from rapidfuzz import fuzz

    if _numbers(one) != _numbers(other):
        return None
    if one == other:
        return Likeness(0.95, "same_name")
    bare, plain = _bare(one, frame), _bare(other, frame)
    if not bare or not plain:
        return None
    if bare == plain:
        return Likeness(0.9, "same_core")
    shorter, longer = sorted((bare, plain), key=len)
    if _is_short_form(shorter, longer, frame) or (frame == "legal" and _is_short_of(one, other)):
        return Likeness(0.6 + 0.25 * len(shorter) / len(longer), "short_form")
    ratio = fuzz.ratio(bare, plain)
    near = _NEAR_COMPANIES if frame == "legal" else _NEAR
    return Likeness(ratio / 125, "variant") if ratio >= near and len(shorter) >= 4 else None


def _is_short_form(shorter: str, longer: str, frame: str) -> bool:
    """Whether one name is the other with characters left out, from the first on (中建八局, 人社局)."""
    if len(shorter) < 2 or shorter[0] != longer[0]:
        return False
    if frame in {"sector", "practice"} and (shorter not in longer or len(shorter) < 3):
        return False
    if frame == "practice" and 2 * len(shorter) < len(longer):
        return False
    if frame == "legal" and (len(shorter) < 3 or (shorter[-1] not in longer[-2:] and shorter not in longer)):
        return False
    rest = iter(longer)
    return all(character in rest for character in shorter)


def _is_short_of(one: str, other: str) -> bool:
    """Whether a company's short form keeps a word for its form (宝钢股份): then the full name has it too."""
    shorter, longer = sorted((_LIMITED.sub("", one), _LIMITED.sub("", other)), key=len)
    form = _FORM.search(shorter)
    if form is None or form.group() not in longer:
        return False
    return _is_short_form(shorter, longer[: longer.rindex(form.group())] + form.group(), "legal")


@lru_cache(maxsize=65536)
def branches(name: str) -> tuple[str, ...]:
    """The words for parts of a body in a name (分公司, 支行, and any 部 but 总部 at its end)."""
    part = ("部",) if name.endswith("部") and not name.endswith("总部") else ()
    return tuple(word for word in _boilerplate("branch") if word in name) + part


def _is_part(one: str, other: str) -> bool:
    """Whether one name goes on where the other, whole already, ends: 某某集团 and 某某集团财务公司."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) < len(longer) and longer.startswith(shorter) and _WHOLE.search(shorter) is not None


def _numbers(name: str) -> list[str]:
    return [number.removeprefix("第") for number in _NUMBER.findall(name)]


def _places(one: str, other: str) -> bool:
    """Whether two names contain places of which neither is, or lies in, the other."""
    here, there = _named(one), _named(other)
    if not here or not there:
        return False
    return not any(a == b or a in above(b) or b in above(a) for a in here for b in there)


@lru_cache(maxsize=65536)
def _named(name: str) -> frozenset[str]:
    return frozenset(root(mention.county) for mention in find(name) if mention.county)


@lru_cache(maxsize=65536)
def _bare(name: str, frame: str) -> str:
    for word in _boilerplate(frame):
        name = name.replace(word, "") if frame != "practice" else name.removesuffix(word)
    return name


@cache
def _boilerplate(frame: str) -> tuple[str, ...]:
    """The words of a kind, longest first."""
    found = {row["word"] for row in table("name_boilerplate") if row["kind"] == frame}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))
