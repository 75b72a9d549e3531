"""How a practice type or a group is spoken of in an account: done, planned, denied, only named in a rule."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from unionkg.graph.records import PracticeStatement
from unionkg.loaders.accounts import Account
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.practice_marks import marks, pattern
from unionkg.loaders.extract.practice_text import Mention, Reading

_NUMBER = re.compile("[0-9]")
_LONGEST_QUOTE = 40


class Use(NamedTuple):
    """A mention with what its clause says of it."""

    mention: Mention
    zone: str
    negated: bool
    future: bool
    law: bool
    background: bool
    listed: bool
    done: bool
    served: bool
    number: bool

    @property
    def real(self) -> bool:
        """Neither denied nor only named in a rule."""
        return not (self.negated or self.law)


def uses(account: Account, reading: Reading, mentions: Sequence[Mention]) -> list[Use]:
    """The mentions with their contexts, in the order of the text."""
    text = reading.text
    found_marks = marks(text)
    background = [(s.start, s.end) for s in account.sections if s.kind == "背景"]
    found = []
    for mention in mentions:
        start, end = reading.clause(mention.start)
        sentence = reading.sentence(mention.start)[0]
        found.append(
            Use(
                mention=mention,
                zone=reading.zone(mention.start),
                negated=found_marks.has("negation", max(start, mention.start - 6), mention.start)
                or _IS_LOW.match(text, mention.end, end) is not None,
                future=found_marks.has("future", max(sentence, mention.start - 60), mention.start),
                law=_in_brackets(text, mention.start),
                background=any(a <= mention.start < b for a, b in background),
                listed="、" in {text[mention.start - 1 : mention.start], text[mention.end : mention.end + 1]},
                done=found_marks.has("do", start, end) or found_marks.has("begun", start, end),
                served=found_marks.has("serve", max(start, mention.start - 14), mention.start),
                number=_NUMBER.search(text, start, end) is not None,
            )
        )
    return found


#: 楼宇建会|率不到三成: what was lacking, told as the problem
_IS_LOW = re.compile(
    "[^0-9一二三四五六七八九两]{0,4}率(?:(?:却|仍|还|也)?(?:仅|只|才)(?:有|为|达|占)?|(?:却|仍|还|也)?(?:不到|不足|低于))(?:[0-9.]+%|[一二三四五六七八九两]成)"
    "|[^0-9]{0,4}率(?:普遍|总体|相对|一直)?(?:偏低|较低|不高|很低)"
)


def _in_brackets(text: str, position: int) -> bool:
    """In the title of a rule; a contract that was signed (签下《某行业工资专项集体合同》) is the thing itself."""
    opened = text.rfind("《", max(0, position - 40), position)
    return opened > text.rfind("》", max(0, position - 40), position) and "签" not in text[max(0, opened - 4) : opened]


def names_the_union(text: str, own: str, mention: Mention) -> bool:
    """Whether a word stands but in the name of the account's own union (某市快递行业工会), which it does not set up there."""
    if len(own) <= mention.end - mention.start:
        return False
    at = text.find(own, max(0, mention.end - len(own)), mention.start + len(own))
    return at >= 0 and _SETS_UP.search(text, max(0, at - 8), at) is None and not _IS_SET_UP.match(text, at + len(own))


_SETS_UP = re.compile("(?:成立|组建|建立|建起|建成|筹建|设立|创建)(?:了|起)?$")
_IS_SET_UP = re.compile("(?:[^，。；\n]{0,16}[年月日]|自)?(?:正式|宣告|挂牌|选举)?(?:成立|组建|揭牌|诞生|应运而生)")


def names_an_account(text: str, mention: Mention) -> bool:
    """Whether a word stands but in the quoted name of an account or an app: “骑手之家”公众号, 小程序“云上书屋”."""
    opened, closed = text.rfind("“", max(0, mention.start - _LONGEST_BRAND), mention.start), text.find("”", mention.end)
    if opened < 0 or not mention.end <= closed <= mention.end + _LONGEST_BRAND:
        return False
    if "”" in text[opened : mention.start] or "“" in text[mention.end : closed]:
        return False
    return (
        _IS_ACCOUNT.match(text, closed + 1) is not None or _ACCOUNT.search(text, max(0, opened - 6), opened) is not None
    )


_LONGEST_BRAND = 16
_CHANNEL = "微信(?!群)|公众号|订阅号|服务号|视频号|抖音|微博|APP|app|小程序"
_IS_ACCOUNT = re.compile(f"(?:的)?(?:官方|手机|同名)?(?:{_CHANNEL})")
_ACCOUNT = re.compile(f"(?:{_CHANNEL})(?:平台|公众号|账号|号)?(?:——|:|：)?$")


def names_an_honour(text: str, mention: Mention) -> bool:
    """Whether a word stands but in the name of an honour won: 荣获设计大赛银奖, 获得“模范职工之家”称号."""
    won = _WON.search(text, max(0, mention.start - _LONGEST_HONOUR), mention.start)
    return won is not None and _IS_HONOUR.match(text, mention.end) is not None


_LONGEST_HONOUR = 30
_WON = re.compile("(?:获得?|荣获|获评|评为|授予)[^，。；：\n]*$")
_IS_HONOUR = re.compile("[^，。；、：\n“]{0,6}?(?:[金银铜]奖|[特一二三]等奖|优[胜秀]奖|(?:荣誉)?称号)")


def occasion(name: str) -> int | None:
    """Where the noun begins that makes a folded name that of an occasion: 协商|竞赛, 安全|培训活动; None where none does."""
    found = [noun for noun in pattern("occasion").finditer(name) if _END_OF_OCCASION.fullmatch(name, noun.end())]
    return found[-1].start() if found else None


_END_OF_OCCASION = re.compile("(?:系列)?(?:活动|项目|赛|会|班)?[”》）)]*")


@dataclass(frozen=True, slots=True)
class Names:
    """The folded names of an account's practices, one line each: of the main one, and of its parts."""

    main: str = ""
    parts: str = ""


def names(account: Account, reading: Reading, practices: Sequence[PracticeStatement]) -> Names:
    """The names and aliases of practices as the folded text prints them."""
    lines: dict[bool, list[str]] = {True: [], False: []}
    for practice in practices:
        for name in (practice.name, *practice.aliases):
            at = account.passage.text.find(name)
            lines[practice.main].append(reading.text[at : at + len(name)] if at >= 0 else folded(name))
    return Names("\n".join(lines[True]), "\n".join(lines[False]))


def features(reading: Reading, found: Sequence[Use], practices: Names) -> dict[str, float]:
    """What speaks for a type being really used; values between 0 and about 3."""
    real = [use for use in found if use.real]
    strong = [use for use in real if use.mention.strong]
    surfaces = {reading.text[u.mention.start : u.mention.end] for u in found}
    words = {s for use in strong if (s := reading.text[use.mention.start : use.mention.end])}
    return {
        "strong": float(bool(strong)),
        "strong_count": math.log1p(len(strong)),
        "weak_count": math.log1p(len(real) - len(strong)),
        "surfaces": min(len(surfaces), 4) / 2,
        "title": float(any(use.zone == "title" for use in strong)),
        "weak_title": float(any(use.zone == "title" for use in real if not use.mention.strong)),
        "lead": float(any(use.zone == "lead" for use in strong)),
        "main": float(any(word in practices.main for word in words)),
        "part": float(any(word in practices.parts for word in words)),
        "done": float(any(use.done for use in strong)),
        "served": float(any(use.served for use in strong)),
        "number": float(any(use.number for use in strong)),
        "listed": float(bool(strong) and all(use.listed for use in strong)),
        "future": float(bool(real) and all(use.future for use in real)),
        "background": float(bool(real) and all(use.background for use in real)),
        "unreal": float(not real),
        "long_text": math.log(max(len(reading.text), 100) / 400),
        "once": float(len(strong) == 1),
    }


def best(found: Sequence[Use]) -> Use:
    """The mention that shows use best: real, strong, done, not planned, not in the title, early."""

    def rank(use: Use) -> tuple[bool, ...]:
        return (not use.real, not use.mention.strong, use.future, use.background, use.zone == "title", not use.done)

    return min(found, key=rank)


def quote(reading: Reading, mention: Mention) -> tuple[int, int]:
    """A stretch of at most 40 characters around a mention: its clause, else the part of it that holds the mention."""
    start, end = reading.clause(mention.start)
    end = max(end, mention.end)
    if end - start > _LONGEST_QUOTE:
        start = max(start, mention.start - (_LONGEST_QUOTE - (mention.end - mention.start)) // 2)
        for cut in range(start, mention.start):
            if reading.text[cut] in "、”和与":
                start = cut + 1
                break
        end = min(end, start + _LONGEST_QUOTE)
        while end < len(reading.text) and end > mention.end and reading.text[end - 1] in "、“（":
            end -= 1
    return start, end
