"""The structured name of a union, and the keys that it is known by.

A union's name has a place (上海市宝山区顾村镇), a core (快递行业) and a head (工会联合会). A name whose place is printed in
full is known by the place's code, so a renamed county (奉化市, 奉化区) and a town whose county is left out where the account
decides are the same place; a company by its registered name; what says neither by its name beside the county or document.
What is no name of its own (镇总工会, 集团公司工会) is known in its account only.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from unionkg.graph.lineage import lineage, root, same_place
from unionkg.graph.records import UnionStatement
from unionkg.ontology.regions import Mention, find, table
from unionkg.ontology.regions.gazetteer import senses_of
from unionkg.ontology.vocabulary import table as words

NATIONAL = "中华全国总工会"

_NOISE = re.compile(r"[\s“”\"'‘’《》〈〉「」『』()（）·—\-_]+")
_NATIONAL_FORMS = re.compile(r"^(?:中华全国总工会|全国总工会|全总)(?=$|[^\W\d_]{2,6}(?:部|委员会)$)")
#: 顾村镇总工会委员会 is the committee that acts for the union; 女职工委员会 and 工作委员会 are bodies of their own.
_COMMITTEE = re.compile(r"工会委员会$")
_HEAD = re.compile(
    r"(?:总工会(?:[^\W\d_]{2,6}委员会)?|工会联合会|联合基层工会|联合工会|联合会|工会(?:[^\W\d_]{2,14}委员会)?)$"
)
_JOINT = ("工会联合会", "联合基层工会", "联合工会", "联合会")
_NATIONWIDE = re.compile(r"^(?:中国|中华|全国|国家)")
#: What only the registered name of one company has.
_REGISTERED = re.compile("有限公司|有限责任公司|股份公司|集团公司|集团股份")
#: A name that begins so says whose it is only beside its place: 市人社局, 区法院, 镇总工会.
_RELATIVE = re.compile(r"[省市区县旗镇乡街州盟本该]|自治区|当地")
#: Universities bear names of their own, but not these.
_UNIVERSITY = re.compile(r"(?<!老年)(?<!职工)(?<!开放)(?<!电视)(?<!业余)大学$")
_ORDINAL = re.compile(r"第?[一二三四五六七八九十百\d]+")
_TOWN = re.compile(r"^[^\W\d_]{1,8}?(?:街道|镇|乡|苏木)")


@dataclass(frozen=True, slots=True)
class UnionName:
    """A union's name taken apart.

    ``place`` is the code that the name begins with (nine digits for a township of the list), None where it begins with none or
    does not decide between several; ``county`` the same at county level or above. ``full``: the place is printed in full (宝山区).
    ``town`` is a township's name, in the list or not. ``core`` and ``head`` are the rest, folded.
    """

    folded: str
    place: str | None
    county: str | None
    full: bool
    town: str
    core: str
    head: str

    @property
    def federation(self) -> bool:
        """Whether this is the 总工会 of its place, and not that of a zone in it or a committee of one."""
        return self.head == "总工会" and not self.core

    @property
    def kind(self) -> str:
        """The class that only equals are compared with: ``total`` (总工会), ``joint`` (联合) or ``body``."""
        return "total" if self.head.startswith("总") else "joint" if self.head in _JOINT else "body"


def normal(name: str) -> str:
    """A name for comparing: width folded, blanks, quotes and brackets dropped, lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


def folded(name: str) -> str:
    """A union's name for comparing: as `normal`, a committee of the whole as its union, short heads in full."""
    name = _COMMITTEE.sub("工会", normal(name))
    if name.endswith("工联会"):
        name = name.removesuffix("工联会") + "工会联合会"
    return _NATIONAL_FORMS.sub(NATIONAL, name)


@lru_cache(maxsize=1 << 17)
def parse(canonical: str, region: str | None = None) -> UnionName:
    """Take a name apart; ``region`` is the code of the place that its account gives it, if any."""
    name = folded(canonical)
    if name.startswith(NATIONAL):
        return UnionName(name, None, None, True, "", "", name.removeprefix("中华全国"))
    code, county, end, full = _place(name, region)
    head = _HEAD.search(name, end)
    at = head.start() if head else len(name)
    rest = name[end:at]
    town = ""
    if code is not None and len(code) == 9:
        town = table().region(code).name
    elif (match := _TOWN.match(rest)) and (code is not None or not end):
        town, rest = match.group(), rest[match.end() :]
    return UnionName(name, code, county, full, town, rest, head.group() if head else "")


def _place(name: str, region: str | None) -> tuple[str | None, str | None, int, bool]:
    """The code that a name begins with, its county, where it ends, and whether it is printed in full."""
    within = region if region in table() else None
    mention = next(iter(find(name, within=within)), None)
    if mention is None or mention.start:
        return None, None, 0, False
    last = mention.links[-1]
    if within is not None:
        surface = mention.text[last.start - mention.start :]
        printed = {code for link in mention.links[:-1] for code in link.codes}
        agrees = not printed or not printed.isdisjoint(table().ever_within(within))
        if agrees and any(sense.code == within for sense in senses_of(surface)):
            return within, within, mention.end, mention.full
    code = mention.code or _fitting(mention, within)
    if code is None:
        return None, None, 0, False
    county = next((c.county for c in mention.candidates if c.code == code), code)
    if within is not None and len(code) == 9 and within in {*lineage(county), *table().ever_within(code)}:
        county = within if not within.endswith("00") else county
    return code, county, mention.end, mention.full


def _fitting(mention: Mention, within: str | None) -> str | None:
    """The one of several regions that is, or lies in, the region of the account."""
    if within is None:
        return None
    fits = {root(c.code): c.code for c in mention.candidates if same_place(c.county, within)}
    return next(iter(fits.values())) if len(fits) == 1 else None


def union_keys(union: UnionStatement, document: str, case: str) -> tuple[str, ...]:
    """The keys of a union: the one it is entered under, then those of other names of its place, that lead to it as well."""
    name = parse(union.canonical, union.region)
    if name.folded.startswith(NATIONAL) or (union.level == "national" and _NATIONWIDE.match(name.folded)):
        return (name.folded,)
    if is_relative(name):
        return (f"{name.folded}@{case}",)
    if name.place is not None and name.county is not None and name.full:
        rest = name.core + name.head
        if len(name.place) == 9:
            elsewhere = (f"{code}:{name.town}{rest}" for code in reversed(lineage(name.county)))
            return (f"{name.place}:{rest}", *elsewhere)
        first = f"{name.place}:{name.town}{rest}"
        return (first, *(k for c in reversed(lineage(name.place)) if (k := f"{c}:{name.town}{rest}") != first))
    if known_alone(name.folded, name.folded.removesuffix(name.head)):
        return (name.folded,)
    if union.region is not None and not is_plain(name.folded.removesuffix(name.head)):
        return (f"{name.folded}@{union.region[:2]}",)
    if union.region is not None and not is_wide(union.region):
        codes = dict.fromkeys((union.region, *reversed(lineage(union.region))))
        return tuple(f"{name.folded}@{code}" for code in codes)
    return (f"{name.folded}@{document}{f'/{union.region}' if union.region else ''}",)


def is_relative(name: UnionName) -> bool:
    """Whether a name is none by itself: 镇总工会, 集团公司工会, or 上海分公司工会, of which a place has many."""
    stem = name.core if name.place is not None else name.folded.removesuffix(name.head)
    if name.place is not None:
        return name.head == "工会" and stem in _pointers()
    return not stem or _is_relative_stem(stem)


def _is_relative_stem(stem: str) -> bool:
    if _RELATIVE.match(stem) and not any(mention.start == 0 for mention in find(stem)):
        return True
    return stem in _pointers() or is_made_of(stem)


def known_alone(name: str, stem: str) -> bool:
    """Whether a name says by itself who it is, all over the country."""
    if _NATIONWIDE.match(name) or _REGISTERED.search(name) or _UNIVERSITY.search(stem):
        return True
    return says_place(name)


@lru_cache(maxsize=65536)
def says_place(name: str) -> bool:
    """Whether a name contains a place that is certain."""
    return any(mention.code for mention in find(name))


def is_registered(name: str) -> bool:
    """Whether a name has what only the registered name of one company has."""
    return _REGISTERED.search(name) is not None


def is_bare(key: str) -> bool:
    """Whether a union's key is a company's or another name of its own without a place, which several may have by chance."""
    name, _, scope = key.partition("@")
    if scope:
        return len(scope) == 2
    return is_registered(name) and not _NATIONWIDE.match(name) and not says_place(name)


def is_wide(region: str) -> bool:
    """Whether a region is a province: too wide for a name like 第二人民医院 to mean one body in it."""
    return region.endswith("0000") or region == "xpcc"


@lru_cache(maxsize=65536)
def is_made_of(stem: str) -> bool:
    """Whether a name is put together from words for kinds of bodies (快递 + 行业, 农业 + 合作社): a class, not a name."""
    return _is_composed(stem, _class_words())


@lru_cache(maxsize=65536)
def is_plain(stem: str) -> bool:
    """Whether every county can have a body of this name (第二人民医院, 自来水公司)."""
    return _is_composed(_ORDINAL.sub("", stem), _plain_words())


def _is_composed(stem: str, known: frozenset[str]) -> bool:
    reached = {0}
    for at in range(len(stem)):
        if at in reached:
            reached |= {at + size for size in range(1, 9) if stem[at : at + size] in known}
    return len(stem) in reached


@cache
def _pointers() -> frozenset[str]:
    return frozenset(row["word"] for row in words("union_cues") if row["kind"] == "anaphor")


@cache
def _class_words() -> frozenset[str]:
    endings = {row["ending"] for row in words("union_bodies")}
    return _pointers() | endings | {row["word"] for row in words("union_cues") if row["kind"] == "generic"}


@cache
def _plain_words() -> frozenset[str]:
    return _class_words() | {row["word"] for row in words("plain_names")}
