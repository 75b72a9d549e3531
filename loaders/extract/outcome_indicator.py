"""What a quantity measures, as a short phrase made of the words around it.

Four ways of saying it: the measured thing stands after the number (建成12个驿站), before it (建成驿站12个), it acts
(20名司机报名), or it was said a clause earlier (公益活动22场，覆盖2630人). The phrase is put together from the text's
own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from unionkg.loaders.extract.numbers import Quantity
from unionkg.loaders.extract.outcome_cues import cue, words
from unionkg.loaders.extract.outcome_phrases import (
    act_of,
    ending_verb,
    head_before,
    noun_after,
    object_of,
    tidy,
    topic_of,
)

_LONGEST = 28


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a quantity measures.

    ``text`` is the phrase, ``topic`` its noun (for what follows), ``verb`` the verb that opens it, ``way`` how it was
    found, ``kind`` that of its quantity, ``noun_end`` where the noun after the number ends in the text (the
    quantity's end where there is none).
    """

    text: str
    topic: str
    verb: str
    way: str
    kind: str
    noun_end: int


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a quantity in a folded text.

    ``left`` are the words before it that belong to it alone, ``right`` those after it up to the next number, ``on``
    what its clause goes on with behind that number; ``followed`` tells whether there is one. ``before`` is the outcome
    before it in the sentence, ``listed`` whether only 、 stands between the two, ``joined`` whether nothing does.
    ``clause`` is the clause before, ``behind`` the sentence up to the quantity's clause, ``title`` the account's.
    """

    left: str
    right: str
    on: str
    followed: bool
    before: Indicator | None
    listed: bool
    joined: bool
    clause: str
    behind: str
    title: str


def read(quantity: Quantity, surface: str, context: Context) -> Indicator | None:
    """The indicator of a quantity, None where no phrase can be made; ``surface`` is its measure word as printed."""
    noun, rest = noun_after(context.right, surface, context.followed)
    noun_end = quantity.end + len(context.right) - len(rest)
    before = context.before
    if before is not None and (context.joined or (context.listed and not noun)):
        shared = before.text if context.joined else before.topic
        text = before.verb + noun if noun else shared
        return _made(text, before.topic, before.verb, "topic", quantity.kind, noun_end)
    if before is not None and context.listed and before.verb:
        return _made(before.verb + noun, noun, before.verb, "verb", quantity.kind, noun_end)
    if before is not None and quantity.kind != "ratio" and re.search("占了?$", context.left):
        return _made(before.text, before.topic, before.verb, "topic", quantity.kind, noun_end)
    head = head_before(context.left, quantity)
    topic = before.topic if before is not None else topic_of(context.clause, quantity)
    if (
        surface in {"人", "口人"}
        and noun
        and context.right.startswith(noun)
        and not ending_verb(head)
        and noun[0] != "“"
    ):
        noun, rest = "", noun + rest
    act = act_of(rest, context.on if context.followed else "")
    text, way = _phrase(quantity, head, noun, act, topic, before)
    if quantity.kind == "area" and not text.endswith(("面积", "占地")):
        text += "面积"
    if cue("generic", after="$").match(text) and (carrier := _carrier(context, text)):
        text = carrier + text
    if quantity.kind == "time" and way == "topic":
        text = "办理用时"
    if (rate := _RATE.search(context.left)) and not _RATE.search(text) and quantity.kind != "ratio":
        text = rate.group() + (text if len(text) > 1 else quantity.unit)
    verb = match.group() if (match := cue("verb", "nounverb", "bare").match(text)) else ""
    return _made(text, noun or object_of(head) or topic, verb, way, quantity.kind, noun_end)


_RATE = re.compile("年均|月均|日均|每年|每月|每周|每天|每日|平均每[天月年]|单期")


def _carrier(context: Context, phrase: str) -> str:
    """What a bare noun (会员, 面积) is of: the body just counted, or the last name in quotes or place in sentence or title."""
    before = context.before
    if before is not None and len(before.topic) > 2 and before.topic.endswith(("工会", *words("carrier"))):
        return before.topic
    quoted = [name for name in re.findall("“[^“”,，。\\d]{2,10}”", context.behind) if name[1:-1] not in phrase]
    for said in (context.behind, context.title):
        named = [match.group() for match in cue("carrier").finditer(said) if match.group() not in phrase]
        if quoted or named:
            return (quoted or named)[-1]
    return ""


def _made(text: str, topic: str, verb: str, way: str, kind: str, noun_end: int) -> Indicator | None:
    text = tidy(text)
    if text == "补":
        text = "补助"
    return Indicator(text, tidy(topic), verb, way, kind, noun_end) if len(text) > 1 else None


def _phrase(
    quantity: Quantity, head: str, noun: str, act: str, topic: str, before: Indicator | None
) -> tuple[str, str]:
    if quantity.kind == "ratio":
        return _share(head, noun, act, topic)
    verb = ending_verb(head)
    if not noun:
        return _without_noun(quantity, head, verb, act, topic, before)
    if head.endswith(("价值", "总值")):
        return noun + "价值", "after"
    if quantity.kind == "area":
        return noun, "after"
    if _PREPOSITION.search(head):
        noun = noun.split("的", 1)[0]
        return (f"{act}的{noun}", "for") if act and len(act + noun) < _LONGEST else (noun + act, "acts")
    if head.endswith("的") and act and len(act) <= 4:
        return _acted(act, noun), "acts"
    if head.endswith("的") and (len(head) > 6 or _WHOSE.search(head)) and not cue("verb", "bare").match(head):
        return noun, "after"
    if head.endswith("的"):
        return (head[:-1] if verb and head == verb + "的" else head if len(head + noun) <= 16 else "") + noun, "verb"
    if verb in _CAUSING and act:
        return _acted(act, noun), "acts"
    if verb:
        follows = act if len(act) <= 6 and len(verb + noun + act) <= 16 else ""
        subject = head[: -len(verb)] if len(noun) <= 2 and len(head) - len(verb) <= 4 else ""
        return subject + verb + noun + follows, "verb"
    if len(noun) == 1:
        return (does.group(1) if (does := _DOING.search(head)) else head[-2:]) + noun, "verb"
    if quantity.kind in {"visit", "area", "length", "weight"} and len(head) > 1:
        return head, "before"
    if act and quantity.kind != "money":
        return _acted(act, noun), "acts"
    return noun, "after"


def _acted(act: str, noun: str) -> str:
    """入会 and 司机 give 入会司机, 加入工会 and 职工 give 加入工会的职工, a longer act follows its noun."""
    if len(act) <= 2:
        return act + noun
    return f"{act}的{noun}" if len(act) <= 4 else noun + act


_WHOSE = re.compile("(?:公司|企业|单位|集团|[市县区镇乡])的$")
_CAUSING = {"组织", "吸引", "发动", "动员", "邀请", "带动", "帮助", "推动", "推荐", "选派", "派出", "请来"}
_PREPOSITION = re.compile("(?:^|[^应面相结一成配校])(?:对|向|为|给|从|把|将|替|请|由|让|帮|使|与|同)[^,，、]{0,8}$")
_DOING = re.compile("([办开讲做搞建设上])(?:起|了|成|过|出)*$")


def _without_noun(
    quantity: Quantity, head: str, verb: str, act: str, topic: str, before: Indicator | None
) -> tuple[str, str]:
    if (
        act
        and head
        and not verb
        and len(head) <= 6
        and quantity.kind in {"body", "person", "thing"}
        and not _PREPOSITION.search(head)
    ):
        return (act + head if len(act) <= 4 else head + act), "acts"
    if act and (
        not head or (quantity.kind in {"person", "visit"} and (head.endswith("等") or _PREPOSITION.search(head)))
    ):
        return act, "acts"
    if re.fullmatch("每[^每]{1,3}", head):
        return head + topic, "topic"
    if verb and quantity.kind == "event" and head.endswith(("参加", "参与")) and topic:
        return head + topic, "topic"
    if verb and head == verb:
        if verb in words("bare"):
            return topic + verb, "topic"
        if quantity.kind in {"thing", "body"} or (verb in words("verb") and quantity.kind != "money"):
            return verb + topic, "topic"
        return (verb + "资金" if verb in {"拿出", "拿回", "省下", "挣回"} else verb), "before"
    if not head:
        return (act, "acts") if act else (topic, "topic")
    if before is not None and _LEVEL.fullmatch(head):
        return head + _LEVEL.sub("", before.topic), "topic"
    reaches = len(head) <= 6 and _REACHES.match(head) and not head.endswith("数")
    if before is not None and reaches and before.kind not in _SUMS and before.topic not in head:
        return before.topic + head, "topic"
    return head, "before"


#: 市级20家 after 省级示范点8家.
_LEVEL = re.compile("(?:国家|全国|部|省部?|自治区|市|区|县|厅|局)级")
#: What these kinds measure is not what is said to reach somebody next.
_SUMS = {"ratio", "money", "weight", "length", "area"}
_REACHES = re.compile("覆盖|服务|惠及|涉及|牵涉|受益|受惠|带动|辐射|参与|参加")


def _share(head: str, noun: str, act: str, topic: str) -> tuple[str, str]:
    if head and _COMPARED.fullmatch(head):
        return topic + head, "topic"
    if noun and not head:
        return noun + act, "acts"
    if noun and ending_verb(head):
        return head + noun, "verb"
    if head:
        return head + (act or (noun if noun and len(noun) <= 6 else "")), "before"
    return topic, "topic"


_COMPARED = re.compile(
    "(?:同比|环比|较上?年|比上年|分别)?(?:增长|上升|提升|提高|增加|下降|降低|减少|降幅|增幅|涨幅|上涨|翻番)?(?:率|幅度)?"
)
