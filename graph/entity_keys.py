"""The keys of everything but unions that statements name: what makes two names of two accounts one thing.

A key is the normalised name, and behind ``@`` what it must be seen beside: the originator for a practice, the
organisation for a person, the county or the document for a name that many places have (法院, 文明单位). 区教育局 in
金山区 is 金山区教育局.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from unionkg.graph.lineage import lineage
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    HonorStatement,
    PartnerStatement,
    PracticeStatement,
    Statement,
    TextStatement,
)
from unionkg.graph.union_names import is_made_of, is_registered, is_wide, known_alone, normal, parse, says_place
from unionkg.ontology.regions import find, table

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What an organisation's name ends in, so that a post beside a name tells where the person is.
_ORGANISATION = re.compile(
    "^.*(?:大学|学院|学校|研究[院所会]?|工会|公司|协会|中心|局(?!长)|委员会|法院|医院|报社|杂志社?)"
)
#: What only rules of the whole country are called.
_NATIONAL_RULE = re.compile("^(?:中华|中国|全国|国务院|中共中央)|(?:^|国)[^关省市区县]{1,8}法$")
#: A name that says whose it is only beside its place: 市人社局, 区法院, 镇政府.
_RELATIVE = re.compile(r"自治区|[省市区县旗镇乡街州盟本该]|当地")
#: A kind of body, not one: 爱心企业, 律师团队.
_CLASS = re.compile(r"(?:企业|厂家|商家|商户|单位|机构|团队|组织|加油站|第三方|部门|志愿者|门店)$")
_COUNTY_UNITS = frozenset("区县旗")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the keys of an account's entities depend on, beside its own statements."""

    record: CaseRecord
    region: str | None
    originator: str


def keys_of(item: Statement, field: str, setting: Setting) -> tuple[str, tuple[str, ...]]:
    """The name of an entity, and its keys: the one it is entered under, then others that lead to it."""
    match item:
        case PracticeStatement():
            return item.name, (f"{normal(item.name)}@{setting.originator}",)
        case PartnerStatement():
            return item.name, _organisation(item, setting)
        case HonorStatement():
            return item.name, _of_place(item.name, setting, alone=_is_known(item.name))
        case CommentatorStatement():
            there = _ORGANISATION.match(normal(item.title or ""))
            return item.name, (f"{normal(item.name)}@{there.group() if there else setting.record.id}",)
        case TextStatement() if field == "platforms":
            return item.value, _of_place(item.value, setting, alone=_is_known(item.value))
        case TextStatement():
            national = _NATIONAL_RULE.search(item.value) is not None
            return item.value, _of_place(item.value, setting, alone=national or _begins_with_place(item.value))
    raise TypeError(type(item).__name__)


def is_of_organisation(post: str) -> bool:
    """Whether a post names the organisation that it is in (示例大学教授, not 执业律师)."""
    return _ORGANISATION.match(post) is not None


def _organisation(item: PartnerStatement, setting: Setting) -> tuple[str, ...]:
    name = normal(item.name)
    if _CLASS.search(name) and not says_place(name):
        return (f"{name}@{setting.record.id}",)
    if item.type not in {"enterprise", "media"} and (placed := _public_body(name, setting)):
        return placed
    alone = known_alone(name, name) or (item.type in {"enterprise", "media"} and not is_made_of(name))
    return _of_place(item.name, setting, alone=alone or is_registered(name))


def _public_body(name: str, setting: Setting) -> tuple[str, ...]:
    """A body of a county or city by its code: 宝山区教育局, and 区教育局 in an account of 宝山区; nothing for others."""
    region = setting.region
    parsed = parse(name, region)
    if parsed.place is not None and parsed.full and parsed.core and len(parsed.place) == 6:
        return _placed(lineage(parsed.place), parsed.town + parsed.core + parsed.head)
    if region is None or len(region) != 6 or not _is_relative(name):
        return ()
    unit, rest = name[:1], name[1:]
    if unit == "省":
        province = region[:2] + "0000"
        return _placed((province,), rest) if table().region(province).name.endswith("省") else ()
    own = table().region(region)
    certain = unit in _COUNTY_UNITS if own.level == "county" else unit == "市"
    return _placed(lineage(region), rest) if certain and own.name.endswith(unit) and rest else ()


def _placed(codes: Iterable[str], rest: str) -> tuple[str, ...]:
    return tuple(f"{code}:{rest}" for code in reversed(tuple(codes)))


def _of_place(name: str, setting: Setting, *, alone: bool) -> tuple[str, ...]:
    """The keys of a name that is known alone, or in its county, or, where that is not certain, in its document."""
    name = normal(name)
    if alone and not _is_relative(name):
        return (name,)
    region = setting.region
    if region is not None and not is_wide(region):
        return tuple(f"{name}@{code}" for code in dict.fromkeys((region, *reversed(lineage(region)))))
    return (f"{name}@{setting.record.document}{f'/{region}' if region else ''}",)


def _is_known(name: str) -> bool:
    return known_alone(normal(name), normal(name))


def _is_relative(name: str) -> bool:
    return _RELATIVE.match(name) is not None and not _begins_with_place(name)


def _begins_with_place(name: str) -> bool:
    return any(mention.start == 0 and mention.code for mention in find(normal(name)))
