"""A union's full official name, its type, level and region, as far as its name and the account make them certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from unionkg.graph.records import UnionLevel, UnionType
from unionkg.loaders.extract.union_groups import Group
from unionkg.loaders.extract.union_names import body_type
from unionkg.ontology import regions

NATIONAL = "中华全国总工会"

_LEVELS: dict[str, UnionLevel] = {
    "province": "provincial", "prefecture": "prefecture", "county": "county", "township": "township"
}  # fmt: skip
#: An area that a municipal or county government runs, ranked as a county (高新区总工会).
_ZONE = re.compile(r"(?:开发区|高新区|经开区|新区|保税区|综保区|试验区|示范区|自贸区|合作区|度假区)$")
_TOWN = re.compile(r"(?:街道|镇|乡|苏木)(?![^\W\d_]*(?:街道|镇|乡))")
_OFFICE = re.compile(r"^[^局委厅]{1,12}(?:委|委员会)$")
_UNIT = re.compile(r"^(?:省|市|区|县|州|旗)(?=[^\W\d_]{2})(?!级|直|属|域|块|内|场|政)")
_CORPS = re.compile(r"^(?:新疆生产建设)?兵团|^(?=第[一二三四五六七八九十]{1,3}师)")
_DIVISION = re.compile(r"^(?:(?:新疆生产建设)?兵团第?|第)[一二三四五六七八九十]{1,3}师")
_COMMITTEE = re.compile(r"^工会(.{2,14})委员会$")
_COMMUNITY = re.compile(r"(?:社区|居委|村|网格|小区|街面|街区|商户|巷)")
_TOWN_CLASS = re.compile(r"^(?:乡镇|镇街|街镇|街道|镇|乡)(?:\(.{1,6}\))?$")
_VILLAGE_CLASS = re.compile(r"^(?:村|社区)(?:\(.{1,6}\))?$")
_WOMEN = {"女职委": "女职工委员会", "女工委": "女职工委员会"}
_NATIONAL_STEM = re.compile(r"^(?:中国|中华|全国)")
_JOINT = re.compile(r"工会联合会|联合工会|工联会|联合基层工会")
_SHORT_BODIES = (("交通委", "交通委员会"), ("教委", "教育委员会"), ("建委", "建设委员会"), ("卫健委", "卫生健康委员会"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name begins with a region: the code (county or above, or a township), what is left of the stem,
    the code at county level or above, and whether the region is printed in full (浙江省, not 浙江).
    """

    code: str | None
    rest: str
    county: str | None
    full: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known around a name: the document's date, its region, the regions that the account names in full (``known``) and
    those that it speaks of at all, in its order (``spoken``); its text; the owner's region (county or above) and town;
    the codes of the ``towns`` that the account names.
    """

    date: str | None
    within: str | None
    known: frozenset[str] = frozenset()
    spoken: tuple[str, ...] = ()
    text: str = ""
    home: str | None = None
    town: str = ""
    towns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """What a union is."""

    canonical: str
    type: UnionType
    level: UnionLevel
    region: str | None


def place(stem: str, setting: Setting) -> Place:
    """The region that a stem begins with, resolved in its setting; ``code`` None where it is unknown or ambiguous."""
    if (corps := _DIVISION.match(stem)) and corps.end() < len(stem):
        at = place(stem[corps.end() :], setting)  # the city of a division of the 兵团
        return Place(at.code, at.rest, at.county, at.full)
    found = regions.find(stem, date=setting.date, within=setting.home or setting.within, known=setting.known)
    if found and not found[0].start:
        mention = found[0]
        one = mention.candidates[0] if len(mention.candidates) == 1 else _decided(mention.candidates, setting)
        return Place(one.code, stem[mention.end :], one.county, mention.full) if one else Place(None, stem, None)
    if stem[-1:] in "省市区县州旗盟镇乡道":
        whole = regions.resolve(stem, date=setting.date, within=setting.home or setting.within, known=setting.known)
        if len(whole) == 1:
            return Place(whole[0].code, "", whole[0].county)
    return Place(None, stem, None)


def _decided(candidates: Sequence[regions.Candidate], setting: Setting) -> regions.Candidate | None:
    """The one of several regions that lies in what the account speaks of, or whose county it names in short."""
    for context in dict.fromkeys((setting.within, *setting.spoken)):
        inside = [c for c in candidates if context in {c.county, *regions.table().ancestors(c.county, setting.date)}]
        if len(inside) == 1:
            return inside[0]
    near = [c for c in candidates if regions.table().region(c.county).short in setting.text]
    return near[0] if len(near) == 1 else None


def identify(group: Group, setting: Setting, names: dict[str, str]) -> Identity:
    """Canonical name, type, level and region of a union."""
    head, stem = group.full.head, names.get(group.full.stem, group.full.stem)
    if head == "全总" or (group.full.total and stem in {"全国", "中华全国"}):
        return Identity(NATIONAL + _women(head), "local_federation", "national", None)
    named = names.get(group.full.name)
    if named and named.endswith("工会") and not group.full.total:
        stem, head = named[: -len("工会")], "工会"
    at = place(stem, setting)
    if at.code is None:
        at = _led_by_unit(stem, setting) or at
    if group.full.total or group.full.kind == "place":
        return _federation(stem, head, at, setting)
    return _other(stem, head, at, setting)


def _led_by_unit(stem: str, setting: Setting) -> Place | None:
    """市交通运输局 begins with the city that the account is about."""
    match = _UNIT.match(stem)
    base = setting.home or next(iter(setting.spoken), None) or setting.within
    above = ancestor(base, match.group()) if match and base else None
    return Place(above, stem[match.end() :], above) if match and above else None


def _federation(stem: str, head: str, at: Place, setting: Setting) -> Identity:
    tail = "总工会" + _women(head)
    if corps := _CORPS.match(stem):
        level: UnionLevel = "prefecture" if stem[corps.end() :] else "provincial"
        return Identity(
            "新疆生产建设兵团" + stem[corps.end() :] + tail, "local_federation", level, at.county or setting.home
        )
    if at.code is None:
        level = "township" if _TOWN.search(stem) else "county"
        prefix = _full(setting.home) if setting.home and not _has_home(stem, setting) and level == "township" else ""
        return Identity(prefix + stem + tail, "local_federation", level, setting.home if level == "township" else None)
    canonical = _full(at.code) + at.rest + tail
    if not at.rest:
        return Identity(canonical, "local_federation", _LEVELS[_level(at.code)], at.county)
    if _TOWN.search(at.rest):
        return Identity(canonical, "local_federation", "township", at.county)
    if at.rest.endswith("园区") or at.rest.endswith("园"):
        return Identity(canonical, "area_federation", "township", at.county)
    return Identity(canonical, "local_federation", "county", at.county)


def _committee(stem: str, of: str, setting: Setting) -> Identity:
    """中国…工会…委员会: of the whole country, of a region's branch of the industry, or of one company."""
    at = place(of, setting)
    name = f"{stem}工会{of}委员会"
    if of == "全国":
        return Identity(name, "industrial", "national", None)
    if at.code is None or at.rest or body_type(stem) == "enterprise":
        return Identity(name, "enterprise", "grassroots", at.county or setting.home)
    return Identity(name, "industrial", _LEVELS[_level(at.code)], at.county)


def _other(stem: str, head: str, at: Place, setting: Setting) -> Identity:
    if (committee := _COMMITTEE.match(head)) and committee.group(1) != "工作":
        return _committee(stem, committee.group(1), setting)
    kind = _type(stem, head, at)
    level = _other_level(stem, kind, at, setting)
    region = at.county or setting.home
    if kind in {"enterprise", "institution"}:
        return Identity(stem + head, kind, level, region)
    if kind == "industrial" and _NATIONAL_STEM.match(stem):
        return Identity(stem + head, kind, level, None)
    for short, long in _SHORT_BODIES:
        if stem.endswith(short):
            stem, at = stem.removesuffix(short) + long, Place(at.code, at.rest.removesuffix(short) + long, at.county)
    if at.code is not None and (at.full or kind != "area_federation"):
        return Identity(_full(at.code) + at.rest + head, kind, level, region)
    if at.code is not None and (at.county == setting.home or _level(at.code) == "province"):
        return Identity(stem + head, kind, level, region)
    if setting.home and kind in {"sectoral_federation", "area_federation"} and not stem.startswith(("项目",)):
        return Identity(_full(setting.home) + setting.town + stem + head, kind, level, region)
    return Identity(stem + head, kind, level, region)


def _type(stem: str, head: str, at: Place) -> UnionType:
    body = body_type(stem)
    rest = at.rest if at.code is not None else stem
    if _TOWN_CLASS.match(stem):
        return "local_federation"
    if (
        at.code is not None
        and head == "工会"
        and (not rest or (_ZONE.search(rest) and _level(at.code) == "prefecture"))
    ):
        return "local_federation"
    if body == "area" or (body is None and head in {"工联会", "联合工会"}) or (rest and rest[-1] in "村巷街"):
        return "area_federation"
    if body == "sector" and rest.endswith("产业") and head == "工会" and at.code is not None:
        return "industrial"
    if body == "sector" or (body == "industry" and _JOINT.search(head)):
        provincial = at.code is not None and len(at.code) == 6 and _level(at.code) == "province"
        return (
            "industrial"
            if body == "sector" and provincial and head == "工会" and stem.endswith("行业")
            else "sectoral_federation"
        )
    if body == "industry" or (_NATIONAL_STEM.match(stem) and body not in {"enterprise", "institution"}):
        return "industrial"
    if body == "institution":
        office = _OFFICE.match(at.rest) is not None
        if office and at.code is not None and _level(at.code) == "province":
            return "industrial"
        return "area_federation" if _JOINT.search(head) else "institution"
    if _JOINT.search(head):
        return "local_federation" if _TOWN.search(stem[-3:]) else "area_federation"
    return "enterprise"


def _other_level(stem: str, kind: UnionType, at: Place, setting: Setting) -> UnionLevel:
    if kind in {"enterprise", "institution"}:
        return "grassroots"
    if kind == "industrial" and _NATIONAL_STEM.match(stem):
        return "national"
    if _VILLAGE_CLASS.match(stem):
        return "community"
    if _TOWN_CLASS.match(stem):
        return "township"
    rest = at.rest if at.code is not None else stem
    if kind == "local_federation" and at.code is not None and _ZONE.search(rest):
        return "county"
    if kind == "area_federation":
        if _COMMUNITY.search(rest):
            return "community"
        if re.search(r"(?:农民工|流动职工|建设者|就业|职工)(?:\(.{1,4}\))?$", rest):
            return _LEVELS[_level(at.code)] if at.code else "county"
        if _ZONE.search(rest) and at.code is not None:
            return "county"
        return "grassroots"
    if at.code is not None:
        return "township" if _TOWN.search(rest) else _LEVELS[_level(at.code)]
    if match := re.match(r"^(?:(省)|(市)|([区县旗])|(镇|乡|街道))", stem):
        return ("provincial", "prefecture", "county", "township")[match.lastindex - 1 if match.lastindex else 0]
    if _TOWN.search(stem) or setting.town:
        return "township"
    return _LEVELS[_level(setting.home)] if setting.home else "county"


def ancestor(code: str, unit: str) -> str | None:
    """The region that 省, 市, 区 … means when said in a region: itself or the nearest above whose name ends so."""
    table = regions.table()
    line = [code, *(c for c in table.ancestors(code) if c != code)]
    fits = {"省": ("province",), "自治区": ("province",), "县": ("county",), "区": ("county",), "旗": ("county",)}.get(
        unit
    )
    for one in line:
        if one == "xpcc" or len(one) != 6:
            continue
        region = table.region(one)
        if unit == "省" and region.level == "province" and not region.name.endswith("市"):
            return one
        if region.name.endswith(unit) and (fits is None or region.level in fits):
            return one
    return None


def pointed(unit: str, setting: Setting) -> Identity:
    """The federation that 市总工会 means in its setting when the account names none: the nearest of that level above."""
    if unit == "兵团":
        return Identity("新疆生产建设兵团总工会", "local_federation", "provincial", "xpcc")
    if (one := _only_town(unit, setting)) is not None:
        county = regions.table().region(one).parent
        return Identity(_full(one) + "总工会", "local_federation", "township", county)
    base = setting.home or setting.within
    found = ancestor(base, "市" if unit == "师市" else unit) if base else None
    if found is None:
        level = {
            "省": "provincial",
            "自治区": "provincial",
            "市": "prefecture",
            "州": "prefecture",
            "盟": "prefecture",
        }.get(unit)
        town = unit in {"镇", "乡", "街道"}
        return Identity(unit + "总工会", "local_federation", "township" if town else level or "county", None)  # type: ignore[arg-type]
    return Identity(_full(found) + "总工会", "local_federation", _LEVELS[_level(found)], found)


def _only_town(unit: str, setting: Setting) -> str | None:
    """The town that 镇总工会 means in the case of a county: the only one of its kind that the account names there."""
    if setting.town or unit not in {"镇", "乡", "街道"}:
        return None
    table = regions.table()
    fits = [code for code in setting.towns if table.region(code).name.endswith(unit)]
    return fits[0] if len(fits) == 1 and setting.home in table.ancestors(fits[0], setting.date) else None


def town(at: Place) -> str:
    """The township that a name goes on with after its county (某镇 of 某区某镇), or nothing."""
    if at.code is not None and len(at.code) == 9:
        return regions.table().region(at.code).name
    match = re.match(r"^.{1,8}?(?:街道|镇|乡|苏木)", at.rest)
    return match.group() if match else ""


def _has_home(stem: str, setting: Setting) -> bool:
    return setting.home is not None and regions.table().region(setting.home).short in stem


def _women(head: str) -> str:
    rest = head.removeprefix("总工会") if head.startswith("总工会") else ""
    return _WOMEN.get(rest, rest)


def _level(code: str) -> str:
    return regions.table().region(code).level


def _full(code: str) -> str:
    return regions.table().full_name(code)
