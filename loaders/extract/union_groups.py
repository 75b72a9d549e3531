"""Which mentions of an account are one union: short forms, pointers back (区总工会, 公司工会) and the case's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from unionkg.loaders.extract.union_names import Mention, body_type

_WOMEN = re.compile(r"女职工|女职委|女工委")
_MARKS = re.compile(r"[()（）“”·]")
_TOWN_LIKE = re.compile(r"(?:街道|镇|乡|园区|开发区|高新区|新区)$")
_DIVISION = re.compile(r"第[一二三四五六七八九十]{1,3}师")
_JOINTS = frozenset(["、", "和", "与", "及", "以及", "暨", "同"])
#: An account that names more unions than this is a table of them: only equal names are one there.
_MANY = 150
#: 公司工会, 所工会: the account's own company, school or office.
_OWN_BODY = frozenset(
    [
        "公司",
        "集团",
        "集团公司",
        "总公司",
        "分公司",
        "所",
        "院",
        "医院",
        "校",
        "学校",
        "局",
        "矿",
        "厂",
        "中心",
        "总部",
        "站",
        "段",
        "处",
        "委",
        "部",
        "机关",
    ]
)
#: 片区工会联合会, 楼宇联合工会: a part of the account's own area, and the heads of joint unions.
OWN_AREA = frozenset(["社区", "村", "片区", "基地", "商圈", "楼宇", "园区"])
_JOINT_KINDS = {
    "工会联合会": 1,
    "工联会": 1,
    "联合工会": 2,
    "联合工会委员会": 2,
    "联合基层工会": 3,
    "联合基层工会委员会": 3,
}
JOINT_HEADS = ("工会联合会", "联合工会", "工联会", "联合基层工会")


@dataclass(frozen=True, slots=True)
class Group:
    """One union of an account: its mentions in the order of the text; ``full`` is the one that names it most fully."""

    mentions: tuple[Mention, ...]
    full: Mention

    @property
    def stem(self) -> str:
        """What stands before the head in the fullest name."""
        return self.full.stem

    @property
    def first(self) -> int:
        """Where the union is first mentioned."""
        return self.mentions[0].start


#: The list that the mention at an offset stands in (甲总工会、乙总工会和丙总工会), alone in it or not.
Lists = Mapping[int, tuple[Mention, ...]]


def named_groups(mentions: Iterable[Mention], names: Mapping[str, str]) -> list[Group]:
    """Groups of the mentions that carry a name. ``names`` maps short forms to full names (柠矿: …矿业有限公司)."""
    same: dict[str, list[Mention]] = {}
    for mention in mentions:
        same.setdefault(mention.name, []).append(mention)
    ordered = sorted(
        same.values(), key=lambda ms: (-len(_bare(names.get(ms[0].stem, ms[0].stem))), -len(ms[0].head), ms[0].start)
    )
    groups: list[list[Mention]] = []
    for alike in ordered:
        near = groups if len(ordered) <= _MANY else groups[:0]
        home = next(
            (group for group in near if any(same_union(alike[0], other, names) for other in _distinct(group))), None
        )
        if home is None:
            groups.append(list(alike))
        else:
            home.extend(alike)
    return [Group(tuple(sorted(group, key=lambda m: m.start)), group[0]) for group in groups]


def _distinct(group: Iterable[Mention]) -> Iterable[Mention]:
    return {mention.name: mention for mention in group}.values()


def same_union(a: Mention, b: Mention, names: Mapping[str, str]) -> bool:
    """Whether two names can be one union's: equal, the end of the other, or its abbreviation."""
    if "全总" in {a.head, b.head} or {a.stem, b.stem} & {"全国", "中华全国"}:
        return all(m.head == "全总" or (m.total and m.stem in {"全国", "中华全国"}) for m in (a, b))
    if a.total != b.total or bool(_WOMEN.search(a.head)) != bool(_WOMEN.search(b.head)):
        return False
    one, two = (_bare(names.get(m.name, names.get(m.stem, m.stem)).removesuffix(m.head)) for m in (a, b))
    short, long = sorted((one, two), key=len)
    if short == long:
        return True
    if a.total:
        if long.endswith(short) or (short[-2:] == long[-2:] and abbreviates(short, long)):
            return True
        return bool(_TOWN_LIKE.search(short)) and short[-1] == long[-1] and abbreviates(short, long)
    joint = {_JOINT_KINDS[m.head] for m in (a, b) if m.head in _JOINT_KINDS}
    if len(joint) > 1 or (
        len(joint) == 1
        and (a.head not in _JOINT_KINDS or b.head not in _JOINT_KINDS)
        and body_type(long) not in {"sector", "area"}
    ):
        return False
    core = short.removesuffix("公司")
    if (
        len(core) >= 2
        and len(short) <= 6
        and body_type(long) == "enterprise"
        and core + "公司" == short
        and core in long + b.head + a.head
    ):
        return True
    if len(short) >= 3 and long.startswith(short) and body_type(long) in {"enterprise", "institution"}:
        return True
    types = {body_type(m.stem) for m in (a, b)} - {None}
    return len(short) >= 2 and len(types) < 2 and abbreviates(short, long)


def abbreviates(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in their order, beginning together or running on."""
    if short in long:
        return True
    at = 0
    for character in short:
        found = long.find(character, at)
        if found < 0:
            return False
        at = found + 1
    return len(short) >= 3


def points_at(anaphor: Mention, group: Group) -> bool:
    """Whether 区总工会, 公司工会, 联合工会 … can mean this union."""
    stem, full = anaphor.stem, group.full
    if anaphor.total:
        if not full.total:
            return False
        if not stem:
            return True
        if stem == "师":
            return _DIVISION.search(full.stem) is not None
        unit = "市" if stem == "师市" else stem
        return full.stem.endswith(unit) and not (unit == "区" and full.stem.endswith("自治区"))
    if full.total:
        return stem in {"镇", "乡", "街道", "县", "市", "区", "州", "省"} and full.stem.endswith(stem)
    if stem in {"集团", "集团公司"}:
        return full.head not in JOINT_HEADS and body_type(full.stem) in {"enterprise", None}
    if stem in _OWN_BODY:
        return full.head not in JOINT_HEADS and body_type(full.stem) in {"enterprise", "institution", "industry", None}
    if stem in OWN_AREA:
        return full.stem.endswith(stem)
    return not stem and anaphor.head in JOINT_HEADS and full.head in JOINT_HEADS


def is_pointer(mention: Mention) -> bool:
    """Whether a mention points back with a word of its own (not the bare 工会, which says nothing)."""
    return mention.kind == "anaphor" and not (mention.head == "工会" and not mention.stem)


def joined(text: str, mentions: Sequence[Mention]) -> Lists:
    """The list that each mention stands in, by the offset of the mention."""
    found: list[list[Mention]] = []
    for mention in mentions:
        if found and text[found[-1][-1].end : mention.start] in _JOINTS:
            found[-1].append(mention)
        else:
            found.append([mention])
    return {mention.start: run for run in map(tuple, found) for mention in run}


def _bare(stem: str) -> str:
    return _MARKS.sub("", stem)
