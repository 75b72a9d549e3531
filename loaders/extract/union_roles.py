"""Whose case it is, and what part every other union of the account has in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from unionkg.graph.records import UnionRole
from unionkg.loaders.extract.union_groups import JOINT_HEADS, Group, Lists, is_pointer, joined, points_at
from unionkg.loaders.extract.union_names import Mention
from unionkg.ontology.vocabulary import table

Side = Literal["before", "after"]

#: How far from the name a cue may stand, in characters.
_BEFORE, _AFTER = 12, 14
#: What joins two owners; 与 names the one that joins in.
_AND = frozenset(["、", "和", "及", "暨"])
_CLAUSE = re.compile(r"[，。；：！？,;:!?\n]")
_FILLERS = r"(?:的|了|都|均|大力|精心|有力|统一|具体|全程|直接|悉心|多次|下来|积极|等|也|先后|正式|一同|共同|充分|相关|及时|组织|主导|联合|会议|今年|去年|近日|于|在|一批|单位)*"
_SEVERAL = re.compile(
    r"(?:成立|组建|建立|新建|建起|建成)(?:了|起)?(?:[一二两三四五六七八九十]+|\d+)[个家](?:$|[^，。；：\n]{0,10}(?:工会|联合会))"
)
#: The same sentence goes on to say that the union was founded (…工会，今年7月在区总工会指导下成立).
_FOUNDED = re.compile(
    r"[^。；！？;\n]{0,6}[，,]?[^，。；！？,;\n]{0,22}?(?:正式|选举|宣告|挂牌)?(?:成立|组建|诞生|揭牌)(?!时|以来|后|的)"
)
_OPENINGS = "，。；：！？,;:\n◆●■★▲□◎"
#: What cues add to a mention's weight as a subject.
_POINTS: tuple[tuple[str, Side, float], ...] = (
    ("guidance", "after", -2.0),
    ("superior", "before", -2.0),
    ("created", "before", -1.0),
    ("created", "after", -1.0),
    ("mentioned", "before", -1.0),
    ("host", "before", 1.5),
    ("host", "after", 0.5),
)
#: 与某局、某公司工会: other bodies between the word that joins and the union, and the same behind it.
_BESIDE = re.compile(
    r"(?:联合|会同|携手|联手|协同|连同|联动|牵手|邀请|与|同|和)(?:[^，。；：！？,;:\n]{1,14}、){1,5}[^，。；：！？、,;:\n]{0,2}$"
)
#: 某总工会也开出…: what the account tells was done there as well; not who also lends a hand.
_AS_WELL = re.compile(
    r"(?:随后|后来|接着|今年|去年|如今|眼下|等|分别|相继|先后|陆续)*"
    r"(?:也(?!积极|来帮|来了|参|协|配|出|派|拿|组织|支持|帮|加入|到场)"
    r"|[^，。；！？,;\n]{0,6}(?:派|组团|专程|慕名|前来|来)[^，。；！？,;\n]{0,8}(?:学习|学过|来学|取经|考察|观摩|跟班|参观))"
)
_WEAKER: tuple[UnionRole, ...] = ("mentioned", "partner")
#: 组建餐饮、快递行业工会联合会: the members of the list before a federation that was set up.
_SET_UP_LIST = re.compile(r"(?:成立|组建|建立|建起|建成)(?:了|起)?(?:[一-龥]{2,5}、){1,5}(?:[一-龥]{2,5}[和及])?$")
#: Where a union is named without acting: what stands before its list of names, and what behind it.
_PASSING: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    # where something was tried out: 从甲工会、乙工会试点
    (
        re.compile(r"(?:从|在|选[定择取]|确定)$"),
        re.compile(r"(?:等[^，。；\n]{0,8})?(?:先行)?试点(?!工作|项目|任务|单位|城市|地区|方案|要求|部署|的|中|期)"),
    ),
    # whose rules are cited (按照某总工会的定义); what it orders is more than that
    (
        re.compile(r"(?:按照?|依据|依照|根据|参照|对照)$"),
        re.compile(
            r"(?![^，。；！？\n]{0,50}(?:通知|部署|要求|安排|布置|决定|精神|方案|意见))"
            r"[^，。；！？\n]{0,40}?(?:定义|口径|标准|规定|办法|条例|细则|章程)"
        ),
    ),
    # whose paper, project or benefit is used
    (re.compile(r"(?:借助|利用|运用|用好|享受|将|把)$"), re.compile(r"(?![^，。；\n]{0,6}(?:部署|要求|决定|精神|列))")),
    # who gave a title: an honour of the account
    (re.compile(r"(?:被|由|获|获得)$"), re.compile(r"[^，。；\n]{0,8}(?:评为|评选为|评定为|授予|表彰)")),
    # whom something is done for
    (
        re.compile(r"(?<![列评命定作成确选认誉因视])[为给替]$"),
        re.compile(r"(?:、[^，。；\n]{0,30})?等?[^，。；\n]{0,10}(?:进行|提供|开展|服务|举办|定制)"),
    ),
    # where a prize was won
    (re.compile(r"在$"), re.compile(r"[^，。；\n]{0,8}(?:获奖|得奖|夺冠|夺魁|参评)")),
    # whose former officer someone is
    (re.compile(r"原$"), re.compile(r"[^，。；\n]{0,12}(?:主席|部长|主任|党组|巡视员|调研员|干部)")),
)
_BEFORE_FILLERS = r"(?:了|的|起|过|全国|全省|全市|全区|首家|首个|第一家|一个|一家|由|其|“|《|为|:|\d+[个家多余]*)*"


@dataclass(frozen=True, slots=True)
class Scene:
    """What is asked about every union of an account: the text, its headline without quoted words, where the body begins,
    the lists that mentions stand in, the words that point back with how often each stands, and the first name's offset.
    """

    text: str
    headline: str
    body: int
    lists: Lists
    pointers: tuple[tuple[Mention, int], ...]
    leader: int


def scene(text: str, body: int, mentions: Sequence[Mention]) -> Scene:
    """Look at an account once, for `owners` and `role`."""
    counts: dict[tuple[str, str], tuple[Mention, int]] = {}
    for mention in mentions:
        if is_pointer(mention):
            first, count = counts.get((mention.stem, mention.head), (mention, 0))
            counts[mention.stem, mention.head] = (first, count + 1)
    leader = next((mention.start for mention in mentions if mention.kind == "named"), -1)
    headline = re.sub(r"“[^”]*”", "", text[:body])
    return Scene(text, headline, body, joined(text, mentions), tuple(counts.values()), leader)


def owners(here: Scene, byline: tuple[int, int] | None, groups: Sequence[Group]) -> tuple[list[Group], str]:
    """The unions whose case the account is, and the rule that says so (byline, title, subject)."""
    if byline is not None:
        inside = [group for group in groups if any(byline[0] <= m.start < byline[1] for m in group.mentions)]
        if inside:
            return inside, "byline"
    candidates = [group for group in groups if not is_national(group)]
    if not candidates:
        return list(groups[:1]), "subject"
    in_title = [g for g in candidates if any(m.start < here.body and not _is_new(here.text, m) for m in g.mentions)]
    if in_title:
        order = {group.full: index for index, group in enumerate(sorted(in_title, key=lambda group: group.first))}
        best = max(in_title, key=lambda group: _weight(here, group) - order[group.full])
        return _with_partners(here, best, in_title), "title"
    scores = {group.full: _weight(here, group) for group in candidates}
    best = max(candidates, key=lambda group: (scores[group.full], -group.first))
    equals = [group for group in candidates if scores[group.full] >= scores[best.full] - 1.5]
    return _with_partners(here, best, equals), "subject"


def _with_partners(here: Scene, best: Group, equals: Sequence[Group]) -> list[Group]:
    """The owner and those listed beside it where it first stands (甲总工会、乙总工会联合举办)."""
    run = here.lists[best.first]
    if len(run) < 2 or _cued(here.text, run, "guidance", "after"):
        return [best]
    if _descends(run) or any(here.text[a.end : b.start] not in _AND for a, b in pairwise(run)):
        return [best]
    listed = {mention.start for mention in run}
    beside = [group for group in equals if any(m.start in listed for m in group.mentions)]
    return beside if best in beside else [best]


def _descends(run: Sequence[Mention]) -> bool:
    """Whether a list goes down a line (甲市总工会、乙区总工会): higher and lower, not two owners."""
    units = [mention.stem[-1] for mention in run if mention.total and mention.stem and not mention.elided]
    return "市" in units and units[-1] in "区县旗"


def _weight(here: Scene, group: Group) -> float:
    """How much speaks for a union as the subject of the account."""
    weight = 0.75 if group.first <= here.leader else 0.0
    for mention in group.mentions:
        weight += 1.0 + sum(
            points for part, side, points in _POINTS if _cued(here.text, here.lists[mention.start], part, side)
        )
        before = here.text[max(0, mention.start - 2) : mention.start]
        if not before or before[-1] in _OPENINGS or before in {"近日", "日前", "年来"}:
            weight += 0.5
    weight += sum(0.75 * count for pointer, count in here.pointers if points_at(pointer, group))
    if here.headline and (short := _short_place(group.stem)) and short in here.headline:
        weight += 3.0
    return weight


def _short_place(stem: str) -> str:
    """A place as a headline shortens it: 某某市 is 某某, 某省某某市 too."""
    tail = re.split(r"[省市州盟](?=.)|自治区(?=.)", stem)[-1]
    short = re.sub(r"(?:市|区|县|州|旗|盟|镇|乡|街道|自治区|省)$", "", tail)
    return short if len(short) >= 2 else tail if len(tail) >= 2 else ""


def role(here: Scene, group: Group, owned: frozenset[int], default: UnionRole) -> tuple[UnionRole, str, Mention | None]:
    """The part of a union that is not the owner, the rule (cue, line), and the mention whose words say so.

    ``owned`` are the offsets of the owners' mentions: who is listed behind an owner (甲工会与乙工会) acts with it.
    """
    parts: list[UnionRole] = [] if group.full.total or is_national(group) else ["created"]
    parts += ["superior", "partner"]
    for part in parts:
        for mention in group.mentions:
            if _says(here, mention, owned, part) and not (part == "superior" and _passes(here, mention)):
                return part, "cue", mention
    if default != "created" and all(_passes(here, mention) for mention in group.mentions):
        return "mentioned", "cue", group.mentions[0]
    if default == "superior":
        return default, "line", None
    for part in _WEAKER:
        for mention in group.mentions:
            run = here.lists[mention.start]
            if _cued(here.text, run, part, "before") or _cued(here.text, run, part, "after"):
                return part, "cue", mention
            if part == "mentioned" and default == "partner" and _AS_WELL.match(here.text, run[-1].end):
                return part, "cue", mention
    return default, "line", None


def _says(here: Scene, mention: Mention, owned: frozenset[int], part: UnionRole) -> bool:
    """Whether the words around a mention tell a part, or its place behind an owner in a list."""
    run = here.lists[mention.start]
    if part == "partner":
        return (run[0].start in owned and run[0] is not mention) or _is_beside(here.text, run[0].start)
    if part == "created" and (
        is_set_up(here.text, mention) or _FOUNDED.match(here.text, mention.end) or _is_in_new_list(here.text, mention)
    ):
        return True
    return _cued(here.text, run, part, "before") or _cued(here.text, run, part, "after")


def _passes(here: Scene, mention: Mention) -> bool:
    """Whether a mention names the union without telling that it acts: cited, used, served, or the place of a trial."""
    run = here.lists[mention.start]
    start, end = run[0].start, run[-1].end
    before, behind = here.text[max(0, start - 6) : start], here.text[end : end + 70]
    return any(left.search(before) and right.match(behind) for left, right in _PASSING)


def _is_beside(text: str, start: int) -> bool:
    """Whether a name is the last of a list of other bodies that someone acted with (联合某局、某公司工会)."""
    return (
        text[start - 1 : start] in {"、", "和", "及"} and _BESIDE.search(text[max(0, start - 60) : start]) is not None
    )


def is_set_up(text: str, mention: Mention) -> bool:
    """Whether the words before a name say that it, or a number of its kind, was set up."""
    start = _sentence_start(text, mention.start)
    return _is_new(text, mention) or _SEVERAL.search(text[start : mention.start]) is not None


def _is_in_new_list(text: str, mention: Mention) -> bool:
    """Whether a federation ends a list of those that were set up, whose other members leave the head out."""
    listed = mention.head in JOINT_HEADS and text[mention.start - 1 : mention.start] in {"、", "和", "及"}
    return listed and _SET_UP_LIST.search(text[max(0, mention.start - 36) : mention.start]) is not None


def clause(text: str, mention: Mention) -> tuple[int, int]:
    """The clause around a name, for evidence."""
    end = _CLAUSE.search(text, mention.end)
    return _clause_start(text, mention.start), end.start() if end else len(text)


def is_national(group: Group) -> bool:
    """Whether this is the All-China Federation."""
    return group.full.head == "全总" or (group.full.total and group.full.stem in {"全国", "中华全国"})


def _is_new(text: str, mention: Mention) -> bool:
    return _cued(text, (mention,), "created", "before")


def _cued(text: str, run: Sequence[Mention], part: str, side: Side) -> bool:
    """Whether a cue of a part stands before the list that a name is in, or behind it."""
    pattern = _cues()[part, side]
    if side == "before":
        start = run[0].start
        return pattern.search(text[max(_clause_start(text, start), start - _BEFORE) : start]) is not None
    end = run[-1].end
    return pattern.match(text[end : end + _AFTER]) is not None


def _clause_start(text: str, position: int) -> int:
    found = max(0, position - _BEFORE)
    for match in _CLAUSE.finditer(text, found, position):
        found = match.end()
    return found


def _sentence_start(text: str, position: int) -> int:
    return max(text.rfind(mark, max(0, position - 60), position) for mark in "。！？\n") + 1


@cache
def _cues() -> Mapping[tuple[str, str], re.Pattern[str]]:
    cells: dict[tuple[str, str], list[str]] = {}
    for row in table("union_roles"):
        cells.setdefault((row["role"], row["side"]), []).append(re.escape(row["cue"]))
    cells["superior", "after"] += cells["guidance", "after"]
    found = {}
    for part in ("created", "superior", "partner", "mentioned", "host", "guidance"):
        for side in ("before", "after"):
            words = "|".join(sorted(cells.get((part, side), ["(?!)"]), key=len, reverse=True))
            body = f"(?:{words}){_BEFORE_FILLERS}$" if side == "before" else f"{_FILLERS}(?:{words})"
            found[part, side] = re.compile(body)
    return found
