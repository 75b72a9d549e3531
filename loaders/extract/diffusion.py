"""Stated diffusion: sentences that say that a practice was learned, piloted, promoted, extended, taken up or recognised.

Only explicit statements with a named or printed other end are read (vocabularies/diffusion_cues.csv): who learned
from whom, which places tried it first or who ordered the pilot, who promoted it, where it was extended to, who copied
it, who recognised it. `collective`, `internal` and `intended` mark what is never one adopter, no adoption by others,
or not done yet. Trips of workers, lessons from model workers, a union's own meetings and its own place going first are no
diffusion. Comments printed after the account are not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from unionkg.graph.records import DiffusionStatement, DiffusionType
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.organisation_names import left_edge
from unionkg.loaders.extract.own_name import own_name
from unionkg.loaders.extract.printed_comment import in_comment
from unionkg.loaders.source import Passage
from unionkg.ontology.vocabulary import table

QUOTE = 80
LONGEST_SENTENCE = 400  # a longer one (a text without marks) is read in pieces: the patterns look back and forth

_BODY = (
    r"(?:[^，。；：、\n“”《》（）()和与被由把将在对于]{0,14}?(?:总工会(?:[一-龥]{2,8}(?:部|委))?|女职委|[市县区省]总(?=[^一-龥工]|[评列组召发在授推部公有会的])|工会(?:[一-龥]{2,6}部)?"
    r"|人民法院|法院|检察院|(?:市|省|县|区|镇)委|(?:市|省|县|区|镇)政府|人社[局厅部]|(?:[一-龥]{2,8}(?:[局厅部委]|协会|研究会)|文明办|妇联|办公室)(?=[评列授组召公发选确联命认通转推印下编写把将、和与])|全国总工会|全总|国务院|人大)|全总|国务院|市委|省委|中央)"
)
_BODIES = rf"{_BODY}(?:(?:、|和|与){_BODY})*"
_GAP = r"[^，。；\n]{0,24}?"
_NAMES = r"(?:[^，。；：、\n“”和与]{2,10}(?:、|和|与))*[^，。；：、\n“”]{2,14}?"
_SCOPE = (
    r"(?:全(?:国|省|市|区|县|州|盟|旗|镇|街道?|矿|厂|校|院|局|系统|行业|域|集团|公司)(?:公司|总?工会系统|系统)?(?:[0-9一二三四五六七八九十]+[个家][^，。；\n]{1,6}?|各[^，。；、\n]{1,6}?)?"
    r"|[^，。；、\n“”的在]{0,6}?[0-9一二两三四五六七八九十百多几]+[余多]?[个家座所](?:[^，。；、\n“”]{0,4}?)(?:街道|乡镇|街镇|镇|乡|[县区市]|区县|县区|县市|盟市|地市|省份?|单位|企业|分?公司|工地|社区|园区|村|项目部?|学校|医院|场站|车间)"
    r"|(?:[^，。；、\n“”的在]{0,6}?各|周边|沿线|其他|所有)[^，。；、\n“”]{1,8}?|{place})"
)

#: who does alike: places and unions by name, perhaps some companies of theirs, or unions in general
_ADOPTERS = (
    r"(?:(?:{place}(?:(?:、|和|与){place})*|(?:[^，。；：、\n“”]{2,4}、)*[^，。；：、\n“”]{2,4}(?=的[0-9一二两三四五六七八九十几]))"
    r"(?:的[0-9一二两三四五六七八九十几多]+[家个][^，。；、\n]{1,5}?(?:厂|企业|单位|公司|工会))?"
    r"|[^，。；：、\n“”]{0,6}各[级地](?:基层)?(?:工会|单位|企业)?)"
)

_INTENDED = re.compile(
    r"(?:将(?=在|向|继续|进一步|逐步|全面|陆续|尽快|适时|把|其|这|该|被|$)|要|拟|计划|打算|准备|争取|力争|下一步|今后|以后|有望|希望|推动|待|尽快|适时)[^，。；\n]{0,12}$"
)
_ANNOUNCED = re.compile("下一步|今后|接下来|将(?:认真|继续|进一步|持续|全面|积极|大力|充分|不断|依托|以|在|会)")
_COLLECTIVE = re.compile(
    r"各|全(?:国(?!总工会|工会|人大)|省|市|区|县|州|镇|系统|行业|域)|多[地家个]|等地|许多|不少|兄弟|其他|周边|基层工会|有关|同行|所有|更多|[0-9一二两三四五六七八九十]+[个家]"
)
_INTERNAL = re.compile(
    r"分公司|子公司|下属|所属|直属|基层单位|成员(?:单位|企业)|各(?:分会|班组|项目|车间|部门|厂)|本(?:系统|单位|企业|公司|集团)|全(?:公司|集团|厂|矿|校|院|局)|(?:公司|集团|企业)内"
)
_EMPTY = re.compile(
    r"(?:[该本][省市县区镇乡州]|这[一些种个套项样]|各地|基层|企业|职工|工会|群众|社会|一线|大家|这里|那里|现场|他们|我们|各级|有关|相关|部门|上级|前|其|该|此|这|它|面上|更大|更多|基地|实地|车间|外地)+"
)
#: a verb within what should be a name: two names and what the first does
_SAYS_MORE = re.compile("召开|举办|举行|开展|启动|印发|出台|作为|成为|列为|评为|进行|参加")
#: a kind of union, no one of them: 非公有制企业工会
_KIND_OF_UNION = re.compile(
    "(?:各级|各类|非公有制|非公|民营|私营|国有|小微|中小|大型|基层|企业|行业性?|区域性?|机关|事业|社会组织|新业态|新就业形态|园区|楼宇|社区|街镇|乡镇|单位|联合)+工会"
)
_ONE_BODY = r"[^、和与]{1,24}(?:总工会|全总|委|政府|领导|法院|部|厅|局|公司|集团|协会|企业|学校|医院|开发区|投资区|园区|工业园)(?:（[^（）]{1,8}）)?"
_SEVERAL = re.compile(f"{_ONE_BODY}(?:(?:、|和|与){_ONE_BODY})+")
_ISSUER = re.compile(r"(?:总工会|全总|委|政府|局|厅|部|人大|国务院|法院)$")
_WISHED = re.compile(r"更多|更大|更广|其他|各地|各行")
_TITLE = re.compile("《[^》]*》?")
_TOLD_TO = re.compile("(?:让|要求|号召|请|推动)$")
_YEAR = re.compile(r"(20[0-9]{2}|19[0-9]{2})年(?!度|第|上半|下半)(?:([0-9]{1,2})月)?")
_RELATIVE = re.compile(r"(今年|去年|前年|同年|当年)(?:([0-9]{1,2})月)?|(?<![0-9年])([0-9]{1,2})月[0-9]{1,2}日")


@dataclass(frozen=True, slots=True)
class _Cue:
    type: DiffusionType
    rule: str
    form: str | None
    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    spans_two: bool  # whether it goes on into the next sentence


def read(account: Account, document: DocumentContext) -> tuple[DiffusionStatement, ...]:
    """Read stated diffusion, in the order of the text; one statement a type and other end."""
    text = folded(account.passage.text)
    found: dict[tuple[object, ...], tuple[int, DiffusionStatement]] = {}
    for cue, sentence, match in _matches(text, account.body):
        if in_comment(account, match.start()):
            continue
        for start, end in _others(text, match):
            statement = _statement(account, document, text, cue, sentence, match, start, end)
            if statement is not None and statement.key not in found:
                found[statement.key] = (start, statement)
    ordered = [statement for _, statement in sorted(found.values(), key=lambda item: item[0])]
    return tuple(item for item in ordered if not any(_inside(item, other) for other in ordered))


def _matches(text: str, body: int) -> Iterator[tuple[_Cue, int, re.Match[str]]]:
    """What the cues find, with the sentence's start; a cue is tried only where one of its trigger words stands."""
    sentences = [match.span() for match in _SENTENCE.finditer(text, body)]
    starts = [start for start, _ in sentences]
    for cue in _cues():
        told = set()
        for trigger in cue.triggers:
            at = text.find(trigger, body)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                if number >= 0 and at + len(trigger) <= sentences[number][1]:
                    told.add(number)
                at = text.find(trigger, at + 1)
        for number in sorted(told):
            start, end = sentences[number]
            if cue.spans_two and number + 1 < len(sentences):
                end = sentences[number + 1][1]
            for match in cue.pattern.finditer(text, start, end):
                yield cue, start, match


_SENTENCE = re.compile(f"[^。！？；\n]{{1,{LONGEST_SENTENCE}}}[。！？；\n]?")


def _inside(item: DiffusionStatement, other: DiffusionStatement) -> bool:
    """Whether another statement of the type has the same end with more of its name (from the same place)."""
    return (
        item.type == other.type
        and item.other != other.other
        and item.other in other.other
        and item.evidence[0].start < other.evidence[0].end
        and other.evidence[0].start < item.evidence[0].end
    )


def _others(text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    groups = match.groupdict()
    several = "body" if not groups.get("other") else "other" if _SEVERAL.fullmatch(groups["other"]) else None
    if several is None:
        span = match.span("other")
        yield span if text[span[0] - 1] == "《" else _trimmed(text, *span)
        return
    position = match.start(several)
    for part in re.split("(、|和|与)", groups[several]):
        if part not in {"、", "和", "与"}:
            yield _trimmed(text, position, position + len(part))
        position += len(part)


_OUTING = re.compile("基地|馆|旧址|故居|党校|景区|红色|革命|高校$|大学$|学院$")  # visits that learn of no practice
_TRAVELLERS = re.compile("(?:职工|员工|劳模|教师|会员|青年|选手|学员|骨干|工匠|代表)们?(?:们|先后|分批|等)?$")
_TEACHERS = re.compile("师傅|老师|劳模|先进|工匠|专家|典型|榜样|同事|同志|管理$|身边|英雄|标兵|模范|能手")
_LEAD = re.compile(
    r"(?:让|使|隔壁的?|邻近的?|日前|近日|随后|后来|目前|今年|去年|当年|同年|同时|此外|并|又|还|也|先后|多次|陆续|已|以|其中|经|为|得到|受到|(?:[0-9]{2,4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:[上下]午)?|今年的|随|其|由|作为|了|该做法|这一做法|[0-9]+[.、])+"
)


_PURPOSE = re.compile("进行|开展|参加|围绕|就(?=[^业])")
_LONG_NAME = 8
_TAIL = re.compile("(?:的|等|等地)+$")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without dates, adverbs and 等 around the name."""
    lead = _LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    first = text.find("、", start, end)
    if first - start > _LONG_NAME:  # the first of a list of places may have words before it
        start = left_edge(text, start, first)
    if purpose := _PURPOSE.search(text, start + 2, end):
        end = purpose.start()
    tail = _TAIL.search(text, start, end)
    return start, tail.start() if tail else end


def _statement(
    account: Account,
    document: DocumentContext,
    text: str,
    cue: _Cue,
    sentence: int,
    match: re.Match[str],
    start: int,
    end: int,
) -> DiffusionStatement | None:
    other = text[start:end]
    if end - start < 2 or _EMPTY.fullmatch(other) or (cue.rule == "list_of" and not _ISSUER.search(other)):
        return None
    if text[start - 1 : start] != "《" and (_SAYS_MORE.search(other, 1) or _KIND_OF_UNION.fullmatch(other)):
        return None
    if cue.type == "learned_from" and (_TEACHERS.search(other) or _is_outing(text, cue, sentence, match, other)):
        return None
    if cue.type in _BY_ANOTHER and (own := own_name(account)) and (own.endswith(other) or other.endswith(own)):
        return None
    if cue.type in {"promoted_by", "recognised_by"} and text[max(0, start - 2) : start].endswith(("各", "）", ")")):
        return None  # 要求各县（市）区总工会推广: they are told to
    if cue.type == "replicated_in" and (
        (cue.rule == "does_alike" and text[max(0, start - 1) : start] == "在")
        or (other.startswith("各") and _TOLD_TO.search(text, sentence, start))
    ):
        return None  # where they do alike, or who is told to
    if cue.rule == "explored_by" and _is_at_home(account, text, other):
        return None
    intended = (
        _INTENDED.search(text, sentence, match.start()) is not None
        or _ANNOUNCED.search(text, sentence, match.start()) is not None
        or "要把" in text[max(0, match.start() - 2) : match.end()]
    )
    if intended and _WISHED.search(other):
        return None
    quote_start, quote_end = _quote(account.passage, text, min(match.start(), start), match.end())
    return DiffusionStatement(
        type=cue.type,
        other=account.passage.name(start, end),
        period=_period(_TITLE.sub("", text[sentence : match.end()]), document.published),
        collective=_COLLECTIVE.search(other) is not None,
        internal=_INTERNAL.search(other) is not None,
        intended=intended,
        form=cue.form,
        evidence=account.passage.evidence(quote_start, quote_end),
        method=f"diffusion.{cue.rule}",
        confidence=0.6,
    )


_BY_ANOTHER = frozenset({"piloted_by", "promoted_by", "recognised_by", "replicated_in"})


def _is_outing(text: str, cue: _Cue, sentence: int, match: re.Match[str], other: str) -> bool:
    """Whether a visit is one of workers or to a memorial: a trip, nothing learned of a union's practice."""
    if cue.rule != "visit":
        return False
    return _OUTING.search(other) is not None or _TRAVELLERS.search(text, sentence, match.start()) is not None


def _is_at_home(account: Account, text: str, other: str) -> bool:
    """Whether a place that went first is the account's own: that its union acts at home is no pilot elsewhere."""
    return other in own_name(account) or other.rstrip("省市区县") in text[: account.body]


def _quote(passage: Passage, text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a match, at most QUOTE characters as printed, the match itself in it as far as it fits."""
    left = max(text.rfind(mark, max(0, start - QUOTE), start) for mark in "，。；！？,;\n：") + 1
    rights = [i for i in (text.find(mark, end, end + QUOTE) for mark in "，。；！？,;\n") if i >= 0]
    right = min(rights) if rights else min(len(text), end + QUOTE)
    if _printed_length(passage, left, right) > QUOTE:
        left = start
    while _printed_length(passage, left, right) > QUOTE:
        right -= 1
    return left, right


def _printed_length(passage: Passage, start: int, end: int) -> int:
    return passage.offsets[end - 1] + 1 - passage.offsets[start] if end > start else 0


def _period(before: str, published: str | None) -> str | None:
    """The last date named in the sentence; 今年 and bare months count from the publication."""
    dates = list(_YEAR.finditer(before))
    if dates:
        return _joined(dates[-1].group(1), dates[-1].group(2))
    relative = list(_RELATIVE.finditer(before))
    if not relative or not published:
        return None
    word, month, bare = relative[-1].groups()
    if word in {"同年", "当年"}:
        return None
    shift = {"去年": 1, "前年": 2}.get(word or "", 0)
    return _joined(str(int(published[:4]) - shift), month or bare)


def _joined(year: str, month: str | None) -> str:
    return f"{year}-{int(month):02d}" if month and 1 <= int(month) <= 12 else year


def _place() -> str:
    """Expression for one place as printed: a short name of a province, or a name with a telling end."""
    words = {
        kind: "|".join(row["word"] for row in table("diffusion_places") if row["kind"] == kind)
        for kind in ("ending", "province")
    }
    name = r"[^，。；：、\n“”.%在选了被的和与]{1,14}?"
    return rf"(?:{name}(?:{words['ending']})(?:（[^（）]{{1,8}}）)?|(?:{words['province']})省?)"


_CLASS = re.compile(r"\[[^\]]*\]")


@cache
def _cues() -> tuple[_Cue, ...]:
    place = _place()
    scope = _SCOPE.replace("{place}", place)
    places = {
        "{body}": _BODIES,
        "{scope}": scope,
        "{others}": _NAMES,
        "{places}": f"{place}(?:(?:、|和|与){place})*",
        "{adopters}": _ADOPTERS.replace("{place}", place),
        "{place}": place,
        "{gap}": _GAP,
    }
    found = []
    for row in table("diffusion_cues"):
        pattern = row["pattern"]
        for name, expression in places.items():
            pattern = pattern.replace(name, expression)
        found.append(
            _Cue(
                cast("DiffusionType", row["type"]),
                row["rule"],
                row["form"] or None,
                tuple(row["trigger"].split("|")),
                re.compile(pattern.replace("[一-龥]", r"[^\W\d_A-Za-z]")),  # the same letters, compiled far faster
                "。" in _CLASS.sub("", row["pattern"]),
            )
        )
    return tuple(found)
