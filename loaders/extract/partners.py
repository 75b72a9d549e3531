"""Partners: organisations other than unions that cooperate in the practice.

A name alone is a mention. It becomes a partner when the clause says so: a verb or preposition of cooperation
directly before the list of names (联合…, 与…共同, 由…承办) or a predicate of taking part behind it
(…配合, …派员参与, …出场地, …承办). Names without a telling end count inside a list of organisations. The originator's own
company or school is no partner unless the text puts it beside the union (由某公司和某公司工会联合主办). Left out are places
that something is only built in (在物流园建成), branches (家政公司), a union's own bodies and a company's departments.
Comments printed after the account are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from unionkg.graph.records import PartnerStatement, PartnerType
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.organisation_names import OrganisationName, find, known_alone, left_edge
from unionkg.loaders.extract.printed_comment import in_comment
from unionkg.ontology.vocabulary import table

_STOPS = "。！？；\n"
_LINK = re.compile(
    r"(?:[站网门][点店])?(?:（[^（）]{1,16}）)?(?:[a-zA-Z一-龥]{0,4}(?P<count>[0-9]+)[余多]?[家座个处所名]?)?"
    r"(?:、[一-龥]{2,14})?(?:、|将与|先后与|与|和|同|及|以及|暨|还有|，还有|连同|加上|，|会同|联合|携手|借)(?:相关|有关|各|当地|辖区|属地|所在地?|该|热心)?"
)
_OTHERS = re.compile(
    r"(?:、[^，。、；\n]{2,10}){0,3}"
    r"(?:等(?:[0-9一二两三四五六七八九十几多数]+[余多]?[个家所名])?(?:[一-龥]{0,4}(?:部门|单位|机构|院校|高校|学校|医院|力量|组织|企业|媒体|方|公司|律所|协会|商会|银行|商家|商户|门店|品牌|领导|人员|队伍))?"
    r"|(?:相关|职能|有关|[两三四五六七八九多]个?)?(?:部门|单位|两家|双方|三方))?"
)
_COMPANIES = re.compile(
    r"(?:等(?:[0-9一二两三四五六七八九十几多]+[余多]?[家个])?|[0-9]+家|[一二三四五六七八九十两]{1,2}家)(?P<kind>(?:(?!部门|单位)[一-龥]){0,4}?)"
    r"(?P<head>企业|公司|商家|商户|品牌商?|银行|平台|机构|门店|旅行社|药店|药房|超市|商超|酒店|影院|医院|院校|高校|媒体)(?P<after>[^，。；！？\n]{0,16})"
)
_COMPANY_LIST = re.compile(r"[A-Za-z一-龥]{2,8}(?:、[A-Za-z一-龥]{2,8})*$")
_SHARE = re.compile(r"(?:爱心|共建|合作|会员|支持)$")
_SITES = re.compile(r"站点|驿站|接力站|服务站|服务点|网点|门店|窗口")
_FORMULA = re.compile("[一-龥]{2,8}(?:[+＋][一-龥]{2,8})+")
_ALIAS = re.compile(r"（(?:以下)?(?:统称|简称)(?:为)?[“]?(?P<alias>[^“”）]{2,10})[”]?）")


@dataclass(frozen=True, slots=True)
class _Group:
    """Names in one list: 市人社局、市教育局和某协会."""

    names: tuple[OrganisationName, ...]

    @property
    def start(self) -> int:
        return self.names[0].start

    @property
    def end(self) -> int:
        return self.names[-1].end


def read(account: Account, document: DocumentContext) -> tuple[PartnerStatement, ...]:
    """Read the partners of an account, in the order of their first cooperative mention."""
    del document
    text = folded(account.passage.text)
    names = find(text)
    aliases = _aliases(text, names)
    found: dict[str, PartnerStatement] = {}
    for name, rule in sorted(_cooperating(text, names), key=lambda pair: pair[0].start):
        if in_comment(account, name.start) or name.type is None or _is_general(text, account.body, name):
            continue
        full = aliases.get(text[name.start : name.end], name)
        shown = account.passage.name(full.start, full.end)
        if shown not in found:
            found[shown] = PartnerStatement(
                name=shown,
                type=full.type or name.type,
                evidence=account.passage.evidence(full.start, full.end),
                method=f"partner.{rule.name}",
                confidence=rule.confidence,
            )
    return tuple(item for key, item in found.items() if not any(key != other and key in other for other in found))


def _is_general(text: str, body: int, name: OrganisationName) -> bool:
    """Whether a word is no name: an expression in the headline (牵手高校), a branch without a proper name (家政公司)."""
    if name.kind == "expression":
        return name.start < body
    return name.kind == "named" and _BRANCH.match(text, name.start, name.end) is not None


_BRANCH = re.compile(
    "(?:家政|快递|物流|物业|建筑|施工|保险|外卖|平台|运输|货运|出租|租赁|餐饮|用工|劳务|总|子|分|各|本|大|小|中小|民营|国有|私营|上级|基层|第三方|服务|管理|职业|专业)+"
    "(?:公司|企业|集团|学校|医院|银行|商会|工厂|厂|机构)$|(?:企业|公司)[一-龥]{0,8}(?:中心|研究院|研究所)$"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Why names are partners; ``explicit`` rules hold for the originator's own company and for general words too."""

    name: str
    confidence: float
    explicit: bool


def _cooperating(text: str, names: Sequence[OrganisationName]) -> Iterator[tuple[OrganisationName, _Rule]]:
    own = _own_names(text, names)
    for group in _groups(text, names):
        if (rule := _rule(text, group)) is None:
            continue
        for name in group.names:
            if not rule.explicit and (name.kind == "bare" or _is_own(text, name, own)):
                continue
            if name.kind == "bare" and not _stands_bare(text, group, name):
                continue
            if name.kind == "expression" and _CLASS_OF_LIST.search(text, max(0, name.start - 16), name.start):
                continue
            yield name, rule
        for name in _unknown(text, group, led=rule.name == "led"):
            yield name, _Rule("beside", 0.55, explicit=True)
    yield from _listed_companies(text, names)
    yield from _formulas(text)


def _unknown(text: str, group: _Group, *, led: bool) -> Iterator[OrganisationName]:
    """Names without a telling end that stand in a list of organisations: 甲银行、某某、乙公司等5家企业.

    ``led``: such names stand between the cue and the first that is known.
    """
    stretches = [(a, a.end, b.start) for a, b in pairwise(group.names)]
    if led and (head := _cues()["led"].search(_before(text, group.start))):
        at = group.start - len(head.group("items"))
        for item in head.group("items").split("、")[:-1]:
            kind = group.names[0].type
            if kind is not None and not _NO_BODY.search(item):
                yield OrganisationName(at, at + len(item), kind, "named")
            at += len(item) + 1
    last = group.names[-1]
    if tail := _LIST_TAIL.match(text, last.end):
        stretches.append((last, last.end, tail.end("items")))
    for beside, start, end in stretches:
        for item in _LIST_ITEM.finditer(text, start, end):
            kind = beside.type
            if kind is not None and not _NO_BODY.search(item.group("item")):
                yield OrganisationName(item.start("item"), item.end("item"), kind, "named")


_LIST_ITEM = re.compile("、(?P<item>[A-Za-z一-龥]{2,10}?)(?=、|等|和|与|$)")
_LIST_TAIL = re.compile(
    "(?P<items>(?:、[A-Za-z一-龥]{2,10}?)+)(?=等[0-9一二两三四五六七八九十]*[余多]?[家个所]?[一-龥]{0,6}(?:企业|公司|单位|部门|机构|商家|商户|银行|院校|学校|医院|协会|媒体))"
)
#: people, things and words for many bodies, which stand in such lists too
_NO_BODY = re.compile(
    "(?:工会|职工|员工|律师|专家|劳模|工匠|代表|志愿者|人员|骨干|干部|主席|书记|记者|教师|老师|师生|学生|会员|群众|部门|单位|领导|队伍|资源|工作|活动|服务|保障|建设|管理|行业|领域|岗位|企业|工地|车间|班组|家庭|者|部|科|室|厕|网点|站点|场地|设施|阵地|平台)$|^(?:工会|职工|以及|还有|各|有关|相关|其他|全体)"
)


def _stands_bare(text: str, group: _Group, name: OrganisationName) -> bool:
    """Whether a department's stem is a department here: beside other organisations, or before 部门."""
    others = sum(other.type is not None for other in group.names)
    return others > 1 or name.type in _PLAIN or _OF_OFFICES.match(text, name.end) is not None


#: Types whose stems are no other words (法院, 妇联), as 交通 and 文化 are.
_PLAIN = ("judiciary", "social_org")
_OF_OFFICES = re.compile("等?(?:相关|有关|职能|多个|[0-9一二两三四五六七八九十]+个)?(?:部门|单位)")


def _rule(text: str, group: _Group) -> _Rule | None:
    """The cue that makes a group of names partners, None where there is none."""
    before = _before(text, group.start)
    after = _after(text, group.end)
    if _HONOURING.match(after):
        return None
    cues = _cues()
    located = _SITE.search(text, group.names[-1].start, group.names[-1].end) is not None
    if cues["strong"].search(before) and not (located and _STANDS_IN.search(before)):
        return _Rule("cue_before", 0.7, explicit=True)
    led = cues["led"].search(before) if group.names[0].type is not None else None
    if led is not None and not any(map(_NO_BODY.search, led.group("items").split("、"))):
        return _Rule("led", 0.55, explicit=True)
    for kind, reach in _REACH.items():
        if kind == "in" and located:
            continue
        if cues[f"before {kind}"].search(before) and cues[f"after {kind}"].search(after[:reach]):
            return _Rule(kind, 0.7, explicit=True)
    links = [text[a.end : b.start] for a, b in pairwise(group.names)]
    beside_union = any(name.type is None for name in group.names)
    if any(re.search("会同|联合(?!会)|携手", link) for link in links):
        return _Rule("with", 0.75, explicit=True)
    if cues["act"].match(after):
        return _Rule("took_part", 0.65, explicit=beside_union or len(group.names) > 1)
    if beside_union and cues["after with"].search(after[:10]):
        return _Rule("with", 0.65, explicit=True)
    if beside_union and not before and _OPENS.match(after):
        return _Rule("beside_union", 0.5, explicit=True)
    if len(group.names) > 1 and not beside_union and _OF_OFFICES.match(text, group.end):
        return _Rule("offices", 0.5, explicit=True)
    counted = sum(bool(re.search(r"[0-9]+[家座个处所]", link)) for link in links)
    if counted >= 2 and _SITES.search(text, max(0, group.start - 60), group.end + 40):
        return _Rule("sites", 0.6, explicit=True)
    if len(group.names) > 1 and not beside_union and re.match(f"(?:户外劳动者|工会|爱心)?(?:{_SITES.pattern})", after):
        return _Rule("sites", 0.6, explicit=True)
    return None


#: Bodies that are places too: what is built in them is not built with them.
_SITE = re.compile(
    "(?:物流园|产业园|工业园|园区|开发区|广场|景区|商场|商城|购物中心|超市|体育馆|体育中心|文化馆|图书馆|博物馆|客运站|加油站|人才市场|少年宫|书店|酒店|党群服务中心|邻里中心|社区|政务服务中心|便民服务中心)$"
)
_STANDS_IN = re.compile("(?:设|建|放|挂牌|嵌|住|进驻|入驻|走进)[在进入]?$")


#: How many characters behind the names a preposition's predicate is looked for.
_REACH = {"with": 12, "by": 10, "in": 12, "to": 10, "got": 12, "from": 10, "is": 10}
_HONOURING = re.compile(
    r"(?:联合|共同)?(?:发出|下发|印发|公布|发布)?[^，。；]{0,6}(?:表彰|授予|命名|评为|评选为|认定为)"
)
_OPENS = re.compile(
    r"(?:“[^”\n]{2,16}”[^，。]{0,8}(?:启动|开幕|开班|签约|揭牌)|请|派|送|帮|办|组织|召开|举行|举办|开展|成立|签|到|来到|为|给|在|向|把|一同|近日|日前|今年|先后|每年|商定)"
)


_CLASS_TYPES: Mapping[str, PartnerType] = {"医院": "hospital", "院校": "school", "高校": "school", "媒体": "media"}


def _listed_companies(text: str, names: Sequence[OrganisationName]) -> Iterator[tuple[OrganisationName, _Rule]]:
    """Companies without a telling end, known by the word behind the list: 甲、乙等爱心企业 or 甲、乙7家快递企业 doing something."""
    cues = _cues()
    for match in _COMPANIES.finditer(text):
        floor = max(0, match.start() - 80)
        listed = _COMPANY_LIST.search(text[floor : match.start()])
        if listed is None:
            continue
        start, end = floor + listed.start(), match.start()
        first = text.find("、", start, end)
        start = left_edge(text, start, first if first >= 0 else end)
        before, after = _before(text, start), match.group("after")
        joined = cues["strong"].search(before) or (
            cues["before with"].search(before) and cues["after with"].search(after[: _REACH["with"]])
        )
        if not (
            _SHARE.search(match.group("kind"))
            or cues["act"].match(after)
            or _ACTS.match(after)
            or (joined and match.group("head") not in {"平台", "机构"})  # those may be things
        ):
            continue
        for piece in re.finditer(r"[^、]+", text[start:end]):
            a, b = start + piece.start(), start + piece.end()
            if 2 <= b - a <= 8 and not any(name.start < b and a < name.end and name.kind == "union" for name in names):
                kind = _CLASS_TYPES.get(match.group("head"), "enterprise")
                yield OrganisationName(a, b, kind, "named"), _Rule("companies", 0.6, explicit=True)


_ACTS = re.compile("(?:的[0-9一二三四五六七八九十]+名)?(?:代表|自组|负责人|捐|送|坐|签|[^，。；\n]{0,4}商量)")


def _formulas(text: str) -> Iterator[tuple[OrganisationName, _Rule]]:
    """工会+法院+人社: the organisations written beside the union in a formula."""
    if "+" not in text and "＋" not in text:
        return
    for match in _FORMULA.finditer(text):
        if "工会" not in match.group():
            continue
        for piece in re.finditer("[一-龥]+", match.group()):
            first, word = piece.start() == 0, piece.group()
            stem = next((s for s in known_alone() if (word.endswith(s) if first else word.startswith(s))), None)
            if stem is not None:
                start = match.start() + (piece.end() - len(stem) if first else piece.start())
                name = OrganisationName(start, start + len(stem), known_alone()[stem], "bare")
                yield name, _Rule("formula", 0.6, explicit=True)


def _aliases(text: str, names: Sequence[OrganisationName]) -> dict[str, OrganisationName]:
    """Short names that the text introduces behind a full one: （以下简称“市中院”）."""
    aliases = {}
    for name in names:
        if name.kind == "named" and (match := _ALIAS.match(text, name.end)):
            aliases[match.group("alias")] = name
    return aliases


def _groups(text: str, names: Sequence[OrganisationName]) -> Iterator[_Group]:
    """Lists of names; a bare department counts only in a list."""
    current: list[OrganisationName] = []
    for name in names:
        if name.type is not None and text.startswith(("工会", "总工会"), name.end):
            continue
        if current and name.kind in {"expression", "bare"} and _CLASS.fullmatch(text, current[-1].end, name.start):
            continue  # 某事务所等16家|律所: the class of those before it
        if current and not (name.start - current[-1].end <= 30 and _LINK.fullmatch(text, current[-1].end, name.start)):
            yield from _finished(text, current)
            current = []
        current.append(name)
    yield from _finished(text, current)


_CLASS_OF_LIST = re.compile("、[^，。；\n]{1,12}等$")  # 某甲、某乙等|爱心企业
_CLASS = re.compile(
    "(?:等(?:[0-9一二两三四五六七八九十]+[余多]?[家个所])?|[0-9]+[余多]?[家个所])(?!以?及|和|与)[一-龥]{0,4}"
)


def _finished(text: str, names: list[OrganisationName]) -> Iterator[_Group]:
    alone = names[0] if len(names) == 1 and names[0].kind == "bare" else None
    if alone and alone.type not in _PLAIN and not _OF_OFFICES.match(text, alone.end):
        return
    if any(name.type is not None for name in names):
        yield _Group(tuple(names))


def _before(text: str, start: int) -> str:
    return re.split(f"[{_STOPS}，]", text[max(0, start - 20) : start])[-1]


def _after(text: str, end: int) -> str:
    """The rest of the clause behind a list, without 等部门."""
    limit = min(len(text), end + 44)
    skipped = _OTHERS.match(text, end, limit)
    start = skipped.end() if skipped else end
    if member := _MEMBERS.match(text, start, limit):
        return text[member.start("act") : limit]
    stop = next((i for i in range(start, limit) if text[i] in _STOPS or text[i] == "，"), limit)
    return text[start:stop]


_MEMBERS = re.compile(r"，(?:连同[^，。；\n]{2,16}，)?(?P<act>(?:是|成为|均为|都是)[一-龥]{0,4}(?:成员|单位))")


def _own_names(text: str, names: Sequence[OrganisationName]) -> frozenset[str]:
    """Bodies whose own union acts in the account: X of X工会 in its first lines."""
    unions = (text[name.start : name.end] for name in names if name.type is None and name.start < 400)
    return frozenset(
        union.removesuffix("工会") for union in unions if union.endswith("工会") and not union.endswith("总工会")
    ) - {""}


def _is_own(text: str, name: OrganisationName, own: frozenset[str]) -> bool:
    shown = text[name.start : name.end]
    return any(
        shown == other
        or (len(shown) >= _TELLS and other.endswith(shown))
        or shown.startswith(other)
        or (name.type == "enterprise" and len(shown) > _TELLS and other.startswith(shown[:_TELLS]))
        for other in own
    )


_TELLS = 4  # characters by which a company is told from others: of the same house if they begin its name


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """``strong`` and ``before`` a kind end where the names begin; ``act`` begins, ``after`` a kind stands, behind them."""
    rows = table("partner_cues")

    def either(place: str, kind: str) -> str:
        return "(?:" + "|".join(row["cue"] for row in rows if row["place"] == place and row["kind"] == kind) + ")"

    patterns = {"strong": either("before", "strong") + _MODIFIERS, "act": _ADVERBS + either("after", "act")}
    patterns["led"] = either("before", "strong") + "(?P<items>(?:[A-Za-z一-龥]{2,8}、){1,4})$"
    for kind in _REACH:
        patterns[f"before {kind}"] = either("before", kind) + _MODIFIERS
        patterns[f"after {kind}"] = either("after", kind)
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


_ADVERBS = "(?:都|均|也|还|则|等|率先|相继|陆续|纷纷|首先|正式|现已|已|分别|有关|共同|联合|一同|一道|一起|积极|主动|踊跃|先后|随后|大力|热情|全程|专门|定期|首批|十分|高度|每[年月周季天]|第一时间)*"

#: What may stand between a cue and the names.
_MODIFIERS = (
    "(?:各|当地|本地|辖区|辖内|区域|区内|市内|县内|所在|所属|属地|驻地|周边|沿线|相关|有关|专业|知名|多家|大型|部分|第三方|内|的"
    "|[0-9一二两三四五六七八九十多几]+[余多]?[家个所名])*$"
)
