"""What a quantity measures, as a short phrase made of the words around it: one that a table would have as its heading.

The way in which the text says it is kept with the phrase (`Indicator.way`), for each is right to a different degree:

- ``before``: the thing, perhaps with its verb, stands before the number (建成驿站12个, 建会率92%)
- ``verb``: a verb before the number, its object after it (建成12个驿站)
- ``after``: the thing stands after the number and no verb goes with it (3处文化长廊)
- ``acts``: what is counted does something (48名茶农当场入会: 入会茶农)
- ``for``: something is done for what is counted (为60家企业落实了贷款: 落实贷款的企业)
- ``topic``: the thing was said a clause or a number earlier (培训12场1500人次; 集体合同30份，覆盖企业20家)
- ``listed``: the verb was said earlier, the thing stands here (发放手册500份，毛巾300条)
- ``shared``: things and numbers stand in two lists (建会率、入会率分别达95%和92%)

The phrase is put together from the text's own words. A subject that the reader knows from the account (全市, 区总工会) is
left out; words that limit what was done (有意组建) stay. Nothing is filled in from general knowledge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from unionkg.loaders.extract.numbers import Quantity
from unionkg.loaders.extract.outcome_cues import cue, words
from unionkg.loaders.extract.outcome_phrases import (
    act_of,
    acting,
    counted_in,
    ending_verb,
    head_before,
    last_verb,
    noun_after,
    object_of,
    people,
    says_nothing,
    tidy,
    topic_of,
)
from unionkg.ontology.vocabulary import table

_LONGEST = 28


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a quantity measures.

    ``text`` is the phrase, ``topic`` its noun (for what follows), ``verb`` the verb that opens it, ``way`` how it was
    found, ``rest`` what the numbers listed next measure (入会率 in 建会率、入会率分别达95%和92%), ``kind`` that of its quantity, ``noun_end`` where the noun after the number ends in the text (the
    quantity's end where there is none).
    """

    text: str
    topic: str
    verb: str
    way: str
    kind: str
    noun_end: int
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a quantity in a folded text.

    ``left`` are the words before it that belong to it alone, ``right`` those after it up to the next number, ``on``
    what its clause goes on with behind that number; ``followed`` tells whether there is one. ``before`` is the outcome
    before it in the sentence, ``between`` the words between the two, ``listed`` whether only 、 stands there, ``joined``
    whether nothing does.
    ``shared`` is what the number listed next counts (项省级荣誉 in 11项全国、27项省级荣誉). ``earlier`` are the
    outcomes of the sentence so far that are no shares, ``among`` how many numbers of this kind the clause lists.
    ``clause`` is the clause before, ``behind`` the sentence up to the quantity's clause, ``title`` the account's.
    """

    left: str
    right: str
    on: str
    followed: bool
    before: Indicator | None
    between: str
    listed: bool
    joined: bool
    shared: str
    earlier: tuple[Indicator, ...]
    among: int
    clause: str
    behind: str
    title: str


def read(quantity: Quantity, surface: str, context: Context) -> Indicator | None:
    """The indicator of a quantity, None where no phrase can be made; ``surface`` is its measure word as printed."""
    if composed := _COMPOSED.match(context.right):
        return _made(composed[1], composed[1], "", "after", quantity.kind, quantity.end + composed.end())
    noun, rest = noun_after(context.right, surface, context.followed)
    core = counted_in(noun, quantity.kind)
    noun, tail, rest = core, noun[len(core) :], noun[len(core) :] + rest
    noun_end = quantity.end + len(context.right) - len(rest)
    if (level := _LEVEL.fullmatch(noun)) and (told := _LEVEL.match(context.shared)):
        noun = level.group() + noun_after(context.shared[told.end() :], "", False)[0]
    if listed := _like_before(quantity, noun, noun_end, context):
        return listed
    if quantity.kind == "body" and (end := _before_affairs(noun)):
        done = [match.group() for match in cue("verb").finditer(context.left)]
        text = f"{done[-1]}{noun[end:]}的{noun[:end]}" if done else noun[:end]
        return _made(text, noun[:end], "", "acts", quantity.kind, noun_end)
    before = context.before
    head = head_before(context.left, quantity)
    topic = before.topic if before is not None else ""
    if before is None and (head or not says_nothing(context.left)):
        topic = topic_of(context.clause, quantity)
    if (
        surface in {"人", "口人"}
        and noun
        and context.right.startswith(noun)
        and not ending_verb(head)
        and noun[0] != "“"
    ):
        noun, rest = "", noun + rest
    if "分别" in context.left and not noun and len(each := _shared_out(head, context)) > 1:
        return Indicator(each[0], each[0], "", "shared", quantity.kind, noun_end, tuple(each[1:]))
    if carried := _carried_verb(head, noun, quantity.kind, context):
        return _made(carried + head, head, before.verb if before else "", "listed", quantity.kind, noun_end)
    if quantity.kind == "body" and (theirs := people(tail)):  # 8家公司|职工|加入: the workers joined
        rest = rest[len(theirs) :] if _PREPOSITION.search(head) else ""
    act = act_of(rest, context.on if context.followed else "") or _unlisted_act(
        surface, head, noun, rest, before.topic if before else ""
    )
    text, way = _phrase(quantity, head, noun, act, topic, before)
    text, way = _completed(text, way, quantity, context, topic)
    verb = match.group() if (match := cue("verb", "nounverb", "bare").match(text)) else ""
    carried_on = text if _LEVEL.fullmatch(head) else noun or object_of(head) or topic
    return _made(text, carried_on, verb, way, quantity.kind, noun_end)


#: 由律师、教师等60人组成的服务队: what they make up
_COMPOSED = re.compile(
    "(?:共同)?组成的?((?:“[^”]{2,12}”)?[^,，。；、的了\\d“”]{0,12}?(?:队伍|[团支]队|队|团|组|专班|班子|委员会|联盟|网络))"
)


def _before_affairs(noun: str) -> int:
    """Where the bodies end in 商户|基本情况 and 企业工会|信息台账: they are counted, not their affairs; 0 where none do."""
    ends = [match.end() for match in cue("body").finditer(noun) if _AFFAIRS.fullmatch(noun, match.end())]
    return ends[-1] if ends else 0


_AFFAIRS = re.compile("[^的]{0,6}(?:情况|状况|底数|台账|档案|数据库|信息库|清单|名册)")


def _like_before(quantity: Quantity, noun: str, noun_end: int, context: Context) -> Indicator | None:
    """The indicator of a number that goes on with a list, None where it stands for itself."""
    before = context.before
    if before is None:
        return None
    if context.listed and not noun and before.rest:
        following = replace(before, text=before.rest[0], topic=before.rest[0], rest=before.rest[1:], way="shared")
        return replace(following, kind=quantity.kind, noun_end=noun_end)
    if context.joined or (context.listed and not noun):
        shared = before.text if context.joined else before.topic
        return _made(
            before.verb + noun if noun else shared, before.topic, before.verb, "topic", quantity.kind, noun_end
        )
    if context.listed and before.verb:
        return _made(before.verb + noun, noun, before.verb, "verb", quantity.kind, noun_end)
    if quantity.kind != "ratio" and re.search("占了?$", context.left):
        return _made(before.text, before.topic, before.verb, "topic", quantity.kind, noun_end)
    return None


def _unlisted_act(surface: str, head: str, noun: str, rest: str, topic: str) -> str:
    """What the counted do, told by where it stands and not by its verb: 请30名骑手|公益观影, 94人|升为中级工."""
    match = _PREDICATE.match(rest)
    if match is None:
        return ""
    if noun:
        sent_for = (
            head.endswith(("请", "送", "带")) or ending_verb(head) in _CAUSING or head in {"为", "给", "对", "向"}
        )
        return match.group() if sent_for else ""
    if surface == "人":
        return match.group()
    return f"{match.group()}的{topic}" if topic and not head else ""


def _completed(text: str, way: str, quantity: Quantity, context: Context, topic: str) -> tuple[str, str]:
    """A phrase with what a table would need besides: of what (会员), in what time (年均), which quantity (面积)."""
    if quantity.kind == "area" and not text.endswith(("面积", "占地")):
        text += "面积"
    if cue("generic", after="$").match(text) and (carrier := _carrier(context, text)):
        bare = object_of(text) or text
        text = text.removesuffix(bare) + carrier if carrier.endswith(bare) else carrier + text
    if quantity.kind == "ratio" and way == "topic" and context.left.lstrip().startswith("占") and "占" not in text:
        text += "占比"
    if quantity.kind == "time" and way == "topic":
        text = "办理用时"
    if (rate := _RATE.search(context.left)) and not _RATE.search(text) and quantity.kind != "ratio":
        text = rate.group() + (text if len(text) > 1 else quantity.unit)
    if len(tidy(text)) < 2 and (does := _short_verb(context.left)):
        return (topic + does if quantity.kind == "ratio" else does), "before"
    return _reduced(text, context.left), way


def _reduced(text: str, left: str) -> str:
    """A phrase with the verb of less before it (减少召开会议): without it the figure would tell the contrary."""
    match = _LESS.search(left)
    if match is None or match[1] in text or not text.startswith(match[2]):
        return text
    return match[1] + text


#: 少 alone is one where nothing but its verb follows (少开会, not 不少人).
_LESS = re.compile(
    "(减少|压减|精简|削减|缩减|取消|停办|避免|节省|省去|免去|(?<![\u4e00-\u9fff])少)了?([\u4e00-\u9fff]{2})[^,，。;；]{0,12}$"
)


_PREDICATE = re.compile(
    "(?![和及与等的、是在从到向把被用以对将没不都就也还又只])[\u4e00-\u9fff]{2,8}(?=[,，、。;；]|$)"
)


@cache
def _short_verbs() -> dict[str, str]:
    return {row["verb"]: row["noun"] for row in table("outcome_short_verbs")}


def _short_verb(left: str) -> str:
    """The word for an everyday verb of one character before a number: 讲了42场 is 宣讲."""
    match = _SHORT.search(left)
    word: str = match[1] if match else ""
    return _short_verbs().get(word, "")


_SHORT = re.compile("(?<![\u4e00-\u9fff]{6})([\u4e00-\u9fff])[了过出成起到]{0,2}$")


def _carried_verb(head: str, noun: str, kind: str, context: Context) -> str:
    """The verb of the clause before, where a clause names only another thing: 发放手册500份，毛巾300条; 覆盖企业20家，职工900人."""
    before = context.before
    if before is None or noun or not 2 <= len(head) <= 12 or context.between[:1] not in {",", "，", "、"}:
        return ""
    if len(context.between) > len(head) + 2 or head.endswith(_MEASURES) or ending_verb(head) or acting().search(head):
        return ""
    if _LEVEL.fullmatch(head):
        return ""
    verb = last_verb(before.text)
    same = kind == before.kind and kind in {"person", "body", "thing", "event"}
    if not verb or not (same or ({kind, before.kind} <= {"person", "body", "visit"} and _REACHES.search(verb[-2:]))):
        return ""
    return verb if len(verb) <= 8 else verb[-2:]


def _shared_out(head: str, context: Context) -> list[str]:
    """What the numbers of a list measure in turn: 建会率、入会率分别达…和…; 覆盖企业20家、职工900人，分别增长…和…."""
    if compared := _COMPARED.fullmatch(head):
        change = _SINCE.sub("", compared.group())
        return [tidy(one.topic) + change for one in context.earlier[-context.among :]] if context.among > 1 else []
    parts = [tidy(part) for part in re.split("[、和与及]", head)]
    return parts if len(parts) == context.among and all(len(part) > 1 for part in parts) else []


_SINCE = re.compile("^(?:分别|[比较][^增上提下降减涨翻]*|同比|环比)+")
#: Nouns that say themselves what they measure.
_MEASURES = ("率", "面", "量", "额", "度", "数")
_RATE = re.compile("年均|月均|日均|每年|每月|每周|每天|每日|平均每[天月年]|单期")


_QUOTED = re.compile("“[^“”,，。\\d]{2,10}”")


def _carrier(context: Context, phrase: str) -> str:
    """What a bare noun (会员, 面积) is of: the body just counted, or the last one that the sentence
    names; the title's for a noun of one character (办起37个班).
    """
    before = context.before
    if before is not None and len(before.topic) > 2 and before.topic.endswith(("工会", *words("carrier"))):
        return before.topic
    quoted: list[str] = [match.group() for match in _QUOTED.finditer(context.behind)]
    if quoted := [name for name in quoted if name[1:-1] not in phrase]:
        return quoted[-1]
    short = len(object_of(phrase) or phrase) < 2
    for said in (context.behind, context.title if short else ""):
        if named := [match.group() for match in cue("carrier").finditer(said) if match.group() not in phrase]:
            return named[-1]
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
        subject = head[: head.rfind(verb)] if len(noun) <= 2 and head.rfind(verb) <= 4 else ""
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
    if act.endswith(noun):
        return act
    if len(act) <= 2:
        return act + noun
    return f"{act}的{noun}" if len(act) <= 18 else noun


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
        and not head.endswith("等")
    ):
        owner = head.rsplit("的", 1)[-1]
        return _acted(act, owner if len(owner) > 1 else head), "acts"
    if act and (
        not head or (quantity.kind in {"person", "visit"} and (head.endswith("等") or _PREPOSITION.search(head)))
    ):
        return act, "acts"
    if re.fullmatch("每[^每]{1,3}", head):
        return head + topic, "topic"
    if verb and quantity.kind == "event" and head.endswith(("参加", "参与")) and topic:
        return head + topic, "topic"
    if verb and head == verb:
        if verb in _CAUSING and act:
            return (act + topic if act in words("bare") else act), "acts"
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
        return _reaching(before.topic) + head, "topic"
    return head, "before"


def _reaching(topic: str) -> str:
    """What it is that reaches somebody: 集体合同 of 集体合同覆盖企业."""
    if reached := _REACHES.search(topic):
        topic = topic[: reached.start()]
    return topic if len(topic) > 1 else ""


#: 市级20家 after 省级示范点8家.
_LEVEL = re.compile("全国|(?:国家|全国|部|省部?|自治区|市|区|县|厅|局|集团|公司)级")
#: What these kinds measure is not what is said to reach somebody next.
_SUMS = {"ratio", "money", "weight", "length", "area"}
_REACHES = re.compile("覆盖|服务|惠及|涉及|牵涉|受益|受惠|带动|辐射|参与|参加")


def _share(head: str, noun: str, act: str, topic: str) -> tuple[str, str]:
    if head and (_COMPARED.fullmatch(head) or head.startswith("占")):
        return topic + head, "topic"
    if noun and not head:
        return noun + act, "acts"
    if noun and ending_verb(head):
        return head + noun, "verb"
    if head:
        return head + (act or (noun if noun and len(noun) <= 6 else "")), "before"
    return topic, "topic"


_COMPARED = re.compile(
    "(?:同比|环比|[比较](?:上年|去年|上一年|往年|年初|同期|上年同期|去年同期)|分别|均|比)*(?:增长|增|上升|提升|提高|增加|下降|降低|减少|降幅|增幅|涨幅|上涨|翻番)?(?:率|幅度)?"
)
