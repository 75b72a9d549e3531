"""What a figure stands in: which figure it is a part of, and in whose mouth the account puts it.

A part is told by 其中: 发展会员46万名，其中农民工34万名. The whole is the nearest figure before it in the same unit that is
not smaller. What merely looks like a part (调解23起，调成16起) is not made one.

A claim is told by its speaker: 据市统计局统计, 经第三方机构评估, 公司工会主席介绍. 据统计 names nobody, so nobody is named.
Shares that an account works out of others are left as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from unionkg.graph.records import OutcomeKind
from unionkg.loaders.extract.outcome_cues import cue


class Told(NamedTuple):
    """A figure read so far: where it begins, its sentence, value and unit, name and kind, and whether it is told to be a part."""

    start: int
    sentence: int
    value: float
    unit: str
    name: str
    kind: OutcomeKind | None
    part: bool


def whole_of(
    text: str, start: int, own: str, sentence: int, value: float, unit: str, before: Sequence[Told]
) -> Told | None:
    """The figure that the one at ``start`` is told to be a part of, None where it is not told to be one.

    ``own`` are the words that belong to the figure alone, ``sentence`` is where its sentence begins, ``before`` the
    figures read before it in order.
    """
    among = text.rfind("其中", sentence, start)
    if among < 0 or text[among - 1 : among] not in _OPENS or re.search("[;；]", text[among:start]):
        return None
    since = [told for told in before if told.start > among]
    if since and not (since[-1].part and _continues(text[since[-1].start : start], own)):
        return None
    opened = text.rfind("\n", 0, sentence) + 1
    earlier = [told for told in before if opened <= told.start < among and not told.part]
    parts = sum(told.value for told in since if told.unit == unit)
    for told in reversed(earlier[-4:]):
        if told.unit == unit and told.value >= parts + value:
            alike = [other for other in earlier if other.sentence == told.sentence and other.unit == unit]
            return told if len(alike) < 3 else None  # of 一等奖2项、二等奖28项、三等奖49项 none is the whole
        if told.sentence != earlier[-1].sentence:
            break
    return None


_OPENS = ("", "\n", ",", "，", "。", ";", "；", ":", "：", "(", "（", "、")


def _continues(between: str, own: str) -> bool:
    """Whether a figure goes on with the list of parts: no new sentence part, and no verb of its own."""
    return not re.search("[;；]", between) and not cue("verb", "bare", "nounverb").search(own)


_ORGANISED = (
    "工会|公司|集团|协会|学会|机构|中心|平台|部门|统计局|[局委部厅办院所]|主办方|承办方|[资劳企校院店]方|第三方"
)
_POST = (
    "主席|书记|主任|部长|处长|科长|局长|院长|校长|会长|秘书长|经理|董事长|负责人|工作人员|干部|队长|班长|站长|厂长|店长|教授|专家|律师"
    "|发言人|创始人|老板|企业主"
)
_SPEAKER = rf"[^,，、。;；:：\n“”（）\d]{{0,22}}(?:{_ORGANISED}|(?:{_POST})[\u4e00-\u9fff]{{0,3}})"
_CLAIMS = re.compile(
    rf"(?:据|根据|按照?)(?P<source>{_SPEAKER})(?:的)?(?:初步|不完全)?(?:统计|介绍|测算|调查|透露|反映|估算|评估|公布|通报)"
    rf"|经(?P<assessor>{_SPEAKER})(?:的)?(?:评估|测评|审计|测算|调查|核算|认定)"
    rf"|(?P<report>{_SPEAKER})(?:的)?(?:统计|数据|报告|调查|评估|问卷)(?:结果)?(?:显示|表明)"
    rf"|(?<![\u4e00-\u9fff])(?P<speaker>{_SPEAKER})(?:介绍|表示|透露|告诉记者|坦言|告诉笔者|(?:介绍)?说|称)(?=[,，:：“])"
)
#: One of these words is in every claim.
_SAID = re.compile("[据经说称]|介绍|表示|透露|告诉|坦言|显示|表明")
#: What stands before a speaker and is no part of the name.
_BEFORE = re.compile("^(?:记者)?(?:日前|近日|昨日|今天)?(?:从|向)?(?:该|这位|这名)?")


def claimant(text: str, sentence: tuple[int, int], start: int) -> str | None:
    """Who says the figure at ``start``, as printed, where its sentence names somebody who says it."""
    if not _SAID.search(text, sentence[0], start):
        return None
    found = None
    for match in _CLAIMS.finditer(text, sentence[0], start):
        found = match
    if found is None:
        return None
    if (
        found["speaker"]
        and found.end() < start
        and text[found.end() : start].count("”") > text[found.end() : start].count("“")
    ):
        return None  # what was said ended before the figure
    name = next(group for group in found.groups() if group)
    return _BEFORE.sub("", name).strip() or None
