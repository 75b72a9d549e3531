"""Where unions are named in running text, and where each name begins and ends.

A union's name ends in one of a dozen heads (总工会, 工会联合会, 工联会, 市总 …), which a regular expression finds; its left edge
is found by walking back to the nearest punctuation mark, verb or particle. Those words are data (``union_cues.csv``): the text
is cut once, leftmost longest, by words that end a walk and by names that only look as if they held one (同济, 绿化和市容).
Nothing here knows who is who: that is `unionkg.loaders.extract.unions`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from unionkg.ontology.vocabulary import table

if TYPE_CHECKING:
    import ahocorasick_rs

MentionKind = Literal["named", "place", "anaphor", "generic", "weak"]

#: The longest name that is looked for, in characters.
REACH = 46

_WOMEN = r"(?:女职工委员会|女职工工作委员会|女职工部|女职委|女工委)"
#: 总量, 总部, 总书记 …: what makes 市总, 区总 part of another word.
_OTHER_TOTALS = (
    r"工会|量|部(?!署)|体|结|书记|经理|裁|局|署|公司|会计|额|数|值|产|投|面|人口|是|共|计|要求|目标|则|站|队|院|店|支|厂|包|承|"
    r"台|社|医|领事|统|理|监|编|干事|决|冠|收|建筑|长|价|线|动员|攻|览|评|分|成绩|算|之|规|设计|工程师|工期|里程|户|平均|会长|"
    r"商会|参谋|指挥|教头|动力|消费|支出|需求|供|行|校|馆|库|仓|装|开关|关系|和|汇|归|排|责"
)
_HEAD = re.compile(
    r"(?P<committee>工会(?=(?P<tail>[^\W\d_]{2,14}?委员会)))|"
    rf"总工会{_WOMEN}?|"
    r"工会联合会|联合基层工会(?:委员会)?|联合工会(?:委员会)?|工会工作委员会|工会委员会|工联会|"
    rf"工会{_WOMEN}|工会|"
    rf"(?<![安健完齐保])全总(?!{_OTHER_TOTALS})|"
    rf"(?<=[省市区县州旗盟镇乡道团师])总(?!{_OTHER_TOTALS})"
)
_NATIONAL_INDUSTRY = re.compile(r"中国[^\W\d_]{2,14}$")
_COMMITTEE_OF = re.compile(r"^(?:全国|.{1,6}[省市区县州局厂院路]|.{2,14}[局公司集团院所厂矿港站段场])委员会$")
_BREAKS = frozenset(
    "，。；：！？、,;:!?.…—–-/\\|<>《》〈〉【】[]{}“‘’\"'「『』〔〕●◆■□▲★○◎＋+=＝~～#*&@％%\n\t \u3000(（"
)
_SHORT_FORM = re.compile(r"^(?:(?:以下)?(?:简称|下称|称)|以下|下称|原|平台名|又称|别称)")
_ASIDE = re.compile(r"^(?:本报|记者|通讯员|特约|全媒体|实习)|[题摄]$")
#: 12家, 2017年: a number with its measure word; 805所 is a name.
_MEASURES = frozenset("年月日时点分个家名人次元万亿条项余期届号多级批座处")
_LONE_NUMBER = re.compile(r"^[\d:：\-—.年月日时分秒 ]+(?!所|厂|院|部|队|矿)")
_CORPS = re.compile(r"(?:(?:新疆生产建设)?兵团)?(?:第?[一二三四五六七八九十]{1,3}师)?$")
_COUNTED = re.compile(r"(?:[一二两三四五六七八九十百千几数多余]|\d)[个家]$")
_COUNT_BEHIND = re.compile(
    r"(?:近|约|超)?\d[\d.万余多]*[个家]|(?:副?主席|干部|专干|委员|专员)(?:近|约|超)?\d[\d.万余多]*[名人]"
)
_TERRITORY = re.compile(r"(?:自治区|自治州|自治县|[省市县州旗盟]|(?<![新发])区)$")
_LEVEL_WORD = re.compile(
    r"(?:自治区|自治州|自治县|兵团|师市|新区|开发区|高新区|经开区|园区|街道|[省市区县州旗盟镇乡师])$"
)
_BRACKET_REACH, _QUOTE_REACH, _ASIDE_REACH = 12, 14, 40
_NATIONAL = ("中华全国", "全国")


@dataclass(frozen=True, slots=True)
class Mention:
    """A union in running text: ``text[start:end]``; ``name`` leaves out a bracket that only introduces a short form.

    ``stem`` is what stands before the ``head``. ``kind``: ``named``; ``place`` (a region's name and 工会: 某市工会);
    ``anaphor`` (points back: 区总工会, 公司工会); ``generic`` (各级工会); ``weak`` (a name only if something else says so).
    ``counted``: a number stands before it (5个村联合工会); ``holed``: a bracket was left out;
    ``elided``: the head stands behind a later name of the list (甲区 of 甲区、乙县总工会).
    """

    start: int
    end: int
    name: str
    stem: str
    head: str
    kind: MentionKind
    counted: bool = False
    holed: bool = False
    elided: bool = False

    @property
    def total(self) -> bool:
        """Whether this is a 总工会 (地方总工会), in full or as 市总."""
        return self.head.startswith(("总", "全总"))


def find(
    text: str, chains: Sequence[tuple[int, int]] = (), breaks: frozenset[int] = frozenset()
) -> tuple[Mention, ...]:
    """Every mention of a union in simplified Chinese text, in its order, not overlapping.

    ``breaks`` are offsets that no name goes across (a blank in a headline).
    ``chains`` are the (start, end) of names of regions in the text, in order and not overlapping (某区某镇 is one): a
    particle inside one is no particle, and the name of a 总工会 begins with its region.
    """
    heads = list(_HEAD.finditer(text))
    if not heads:
        return ()
    starts = [start for start, _ in chains]
    edges = _word_ends(text, chains, starts) | breaks
    found: list[Mention] = []
    floor = 0
    for match in heads:
        noun = _noun_behind(text, match)
        if noun == "thing":
            floor = match.end()
            continue
        near = _chains_before(chains, starts, match.start())
        mention = _mention(text, match, edges, floor, near)
        if noun and not (mention.kind == "named" and body_type(mention.stem) in {"enterprise", "institution"}):
            floor = match.end()
            continue
        if (elided := _elided(text, mention, edges, floor, near)) is not None:
            found.append(elided)
        found.append(mention)
        floor = mention.end
    return tuple(found)


def left_edge(text: str, position: int) -> int:
    """Where the name begins that reaches up to ``position``, by the words that no name goes back across."""
    first = max(0, position - REACH - 10)
    edges = frozenset(first + end for end in _word_ends(text[first:position], (), []))
    return _walk(text, position, edges, first)[0]


def _mention(
    text: str, match: re.Match[str], edges: frozenset[int], floor: int, near: Sequence[tuple[int, int]]
) -> Mention:
    at = match.start()
    start, hole, counted = _walk(text, at, edges, floor)
    end, head = match.end(), match.group()
    stem = text[start : hole[0]] + text[hole[1] : at] if hole else text[start:at]
    if match.group("committee") and _NATIONAL_INDUSTRY.search(stem) and _COMMITTEE_OF.match(match.group("tail")):
        end += len(match.group("tail"))
        head = text[at:end]
    place = False
    if hole is None:
        start, place = _left_edge(text, start, at, head, near)
        stem = text[start:at]
    kind = _kind(stem, head, place)
    if kind == "named" and _COUNT_BEHIND.match(text[end : end + 12]):
        kind = "generic"
    return Mention(start, end, stem + head, stem, head, kind, counted, hole is not None)


def _elided(
    text: str, mention: Mention, edges: frozenset[int], floor: int, near: Sequence[tuple[int, int]]
) -> Mention | None:
    """The union before a 、 whose head stands only once: 甲区、乙县总工会; 餐饮、物业工会联合会."""
    at = mention.start - 1
    if mention.kind != "named" or at <= floor or text[at] not in "、和与及":
        return None
    if mention.total:
        start = next((first for first, last in near if last == at and first >= floor), at)
        if not (_TERRITORY.search(text[start:at]) and _TERRITORY.search(mention.stem)):
            return None
    elif body_type(mention.stem) == "sector" and text[at] == "、":
        start = _walk(text, at, edges, floor)[0]
        if body_type(text[start:at]) != "sector":
            return None
    else:
        return None
    stem = text[start:at]
    return Mention(start, at, stem + mention.head, stem, mention.head, "named", elided=True) if stem else None


def _left_edge(text: str, start: int, at: int, head: str, near: Sequence[tuple[int, int]]) -> tuple[int, bool]:
    """Move the edge right to where a region's name begins; says whether the name is nothing but a region's."""
    total = head.startswith("总")
    for first, last in near:
        if first < start or last > at:
            continue
        if total and at - last <= 12:
            return first - len(_corps(text[start:first])), False
        if last == at and head == "工会":
            return first, True
        if start < first and at - last <= 16 and text[last - 1] in "省市区县州旗盟" and _is_line_of_work(text[last:at]):
            return first, False
    stem = text[start:at]
    if total and not stem.startswith("各") and not stem.endswith(tuple(_words("class"))):
        for word in _NATIONAL:
            if stem.endswith(word):
                return at - len(word), False
        if (unit := _TERRITORY.search(stem)) and len(stem) > 3 and not _CORPS.fullmatch(stem):
            return start + unit.start(), False
        if number := _LONE_NUMBER.match(stem):
            start += number.end()
    return start, False


def _is_line_of_work(rest: str) -> bool:
    """Whether what follows a region's name is a trade or an area, whose union's name begins with the region."""
    return body_type(rest) in {"industry", "sector", "area"}


def _corps(prefix: str) -> str:
    """The 兵团 and its division before a region's name (兵团某师|某市)."""
    match = _CORPS.search(prefix)
    return match.group() if match else ""


def _walk(text: str, position: int, edges: frozenset[int], floor: int) -> tuple[int, tuple[int, int] | None, bool]:
    """Left edge of the name that reaches up to ``position``; a bracket to leave out; whether a number stands before it."""
    low = max(floor, position - REACH)
    hole: tuple[int, int] | None = None
    at = position
    while at > low:
        mark = text[at - 1]
        if mark in ")）":
            opening = _opening(text, at - 1, "(（", max(low, at - 1 - _ASIDE_REACH))
            if opening is None:
                break
            inner = text[opening + 1 : at - 1]
            if _SHORT_FORM.match(inner) and hole is None:
                hole = (opening, at)
            elif len(inner) > _BRACKET_REACH or _ASIDE.search(inner) or any(c in _BREAKS for c in inner):
                break
            at = opening
        elif mark == "”":
            opening = _opening(text, at - 1, "“", max(low, at - 1 - _QUOTE_REACH))
            if opening is None or at - opening < 4 or any(c in _BREAKS for c in text[opening + 1 : at - 1]):
                break
            at = opening
        elif mark in _BREAKS or at in edges:
            break
        elif mark in "个家" and _COUNTED.search(text, max(low, at - 2), at):
            return at, None, True
        elif mark.isdigit() and at < position and text[at] in _MEASURES:
            return at + 1, None, text[at] not in "年月日时点号届期"
        else:
            at -= 1
    return at, hole if hole and hole[0] > at else None, False


def _opening(text: str, closing: int, marks: str, low: int) -> int | None:
    found = max(text.rfind(mark, low, closing) for mark in marks)
    return found if found >= 0 else None


def _kind(stem: str, head: str, place: bool) -> MentionKind:
    total = head.startswith(("总", "全总"))
    if head == "全总" or (total and stem in _NATIONAL):
        return "named"
    if stem in _words("anaphor") or not stem:
        return "anaphor"
    if is_class(stem):
        return "generic"
    if head != "工会" and not total and stem[-1] in "“”":
        return "named"
    if place:
        return "place"
    if total:
        return "named" if _LEVEL_WORD.search(stem) or head != "总工会" else "weak"
    if head == "工会" and not _has_body(stem):
        return "weak"
    return "named"


@lru_cache(maxsize=4096)
def is_class(stem: str) -> bool:
    """Whether what stands before the head speaks of a class of unions (各级, 村(社区), 市县两级), or ends so."""
    if stem.startswith(("各", "原", "个")) or stem.endswith(tuple(_words("class"))):
        return True
    words = _words("generic")
    bare = re.sub(r"[()“”]", "", stem)
    reached = {0}
    for position in range(len(bare)):
        if position in reached:
            reached |= {position + size for size in range(1, 9) if bare[position : position + size] in words}
    return len(bare) in reached


@lru_cache(maxsize=4096)
def _has_body(stem: str) -> bool:
    """Whether a stem ends in something that has a union: a company, a school, a trade."""
    return body_type(stem) is not None or stem.startswith("中国")


@lru_cache(maxsize=4096)
def body_type(stem: str) -> str | None:
    """The type of body that a stem ends in, by the longest ending that fits (``union_bodies.csv``)."""
    bare = re.sub(r"[()（）“”]", "", stem)
    for size in range(min(len(bare), 8), 0, -1):
        if (found := _bodies().get(bare[-size:])) is not None:
            return found
    return None


def _noun_behind(text: str, match: re.Match[str]) -> str:
    """What a bare 工会 may only qualify: a ``thing`` (工会驿站), a noun or verb that a company's union goes with too, or nothing."""
    if match.group() != "工会":
        return ""
    behind = text[match.end() : match.end() + 4]
    for kind in ("thing", "after"):
        if any(behind[:size] in _words(kind) for size in (1, 2, 3, 4)):
            return kind
    return ""


def _chains_before(chains: Sequence[tuple[int, int]], starts: list[int], position: int) -> Sequence[tuple[int, int]]:
    """The chains that begin within reach before a position, from the left."""
    last = bisect_right(starts, position)
    first = bisect_right(starts, position - REACH)
    return chains[first:last]


def _word_ends(text: str, chains: Sequence[tuple[int, int]], starts: list[int]) -> frozenset[int]:
    """Offsets at which a word ends that no name goes back across."""
    cutter, stops = _cutter()
    ends: set[int] = set()
    for index, start, end in cutter.find_matches_as_indexes(text):
        if not stops[index]:
            continue
        at = bisect_right(starts, start) - 1
        if at < 0 or end > chains[at][1]:
            ends.add(end)
    return frozenset(ends)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("union_cues") if row["kind"] == kind)


@cache
def _bodies() -> dict[str, str]:
    return {row["ending"]: row["type"] for row in table("union_bodies")}


@cache
def _cutter() -> tuple[ahocorasick_rs.AhoCorasick, tuple[bool, ...]]:
    """The automaton of edge words, and for each whether it ends a walk (else it protects a name)."""
    import ahocorasick_rs as matcher

    rows = {row["word"]: row["kind"] == "stop" for row in table("union_cues") if row["kind"] in {"stop", "keep"}}
    built = matcher.AhoCorasick(list(rows), matchkind=matcher.MatchKind.LeftmostLongest)
    return built, tuple(rows.values())
