"""Phrases beside a quantity: the noun after it, the head before it, what the counted do.

Chinese running text has no word boundaries; phrases are found by the cue words that open and end them
(vocabularies/outcome_cues.csv). All texts are parts of a folded passage.
"""

from __future__ import annotations

import re

from unionkg.loaders.extract.numbers import Quantity
from unionkg.loaders.extract.outcome_cues import cue, words


def noun_after(right: str, surface: str, followed: bool) -> tuple[str, str]:
    """The noun phrase that a right side opens with, and what comes after it."""
    if surface == "门店":
        return "门店", right
    body = right.removeprefix("的")
    if told := _BEING.match(body):
        return told.group(1) or told.group(2), ""
    skipped = _RELATIVE.match(body)
    if skipped:
        body = body[skipped.end() :]
    elif (told := _CLAUSED.match(body)) and acting().match(body):
        return told.group(), body[told.end() :]
    limit = _end(body)
    if (stop := _stop().search(body, 0, limit + 4)) and stop.start() < limit and body[stop.start() : limit] != "现场":
        limit = stop.start()
    limit = _moving(body, limit)
    noun, rest = body[:limit], body[limit:]
    if not skipped and (noun.startswith(("、", "和", "与", "及", "以", "”")) or _QUIET.match(noun)):
        return "", right
    if noun.endswith(("和", "与", "及")) and not noun.endswith("普及"):
        noun, rest = noun[:-1], noun[-1] + rest
    noun = _JOINED.split(noun)[0].removesuffix("等").removesuffix("的").strip("、")
    if "的" in noun:
        first, last = noun.split("的", 1)[0], noun.rsplit("的", 1)[1]
        noun = first if followed and not rest and len(first) > 1 else noun if len(noun) <= 16 else last
    if "各" in noun:
        noun = _VARIOUS.sub("", noun)
    return _ABLE.sub("", noun)[:20], rest


_BUILT = re.compile("^已?建(?![成立起有设会筑造])(?=[\u4e00-\u9fff]{0,6}(?:驿站|书屋|阵地|站点|工会|之家|中心))")
_ABLE = re.compile("(?:可|(?<![技职功性潜动产节])能)(?:以|够)?(?:常态化|随时|免费|直接)?$")


#: 各类服务活动, 辖区各类型企业: how many sorts there are is no part of what was counted.
_VARIOUS = re.compile("^(?:辖区内?|全[市县区镇省])?(?:各级各类|各类型|各种|各类|各项|各级)(?=..)")


def counted_in(noun: str, kind: str) -> str:
    """The people or bodies in a phrase that goes on to say what they do or whose they are: 志愿者|轮班上阵, 公司|职工, 企业|的代表."""
    if kind == "body":
        found = list(cue("body").finditer(noun))
    elif kind in {"person", "visit"}:
        found = list(_PEOPLE.finditer(noun))
    else:
        return noun
    if kind == "body":
        ends = [match.end() for match in found if _goes_on(noun, match.end())]
        if not ends and found and found[-1].end() == len(noun) - 1:
            ends = [len(noun) - 1]
    elif "的" in noun:
        ends = [match.end() for match in found if _MOVES.match(noun, match.end())]
    else:
        ends = [found[-1].end()] if found else []
    if not ends or noun[ends[0] : ends[0] + 1] in {"", "等"}:
        return noun
    return noun[: ends[0]]


def _goes_on(noun: str, end: int) -> bool:
    """Whether a phrase says after a body at ``end`` what it does or who is in it."""
    if noun[end : end + 1] in {"", "、", "和", "与", "及"} or cue("body").match(noun, end):
        return False
    return bool(_GOES_ON.match(noun, end) or cue("act", "verb").match(noun, end) or _STAFF.match(noun, end))


_GOES_ON = re.compile("的|跟着|[\u4e00-\u9fff]{1,2}[了着过]")
_STAFF = re.compile(
    "[\u4e00-\u9fff]{0,2}(?:职工|会员|工人|司机|代表|负责人|主席|干部|人员|劳动者|员工|骑手|快递员|负责同志)(?=$|[的和、与及等])"
)
_MOVES = re.compile("[\u4e00-\u9fff]{1,2}[着了过到]")


def people(phrase: str) -> str:
    """The people that a phrase opens with."""
    match = _PEOPLE.search(phrase, 0, 6)
    return phrase[: match.end()] if match else ""


#: Words for people, by how they end; never the first half of another word (工会, 员工, 人民, 生产).
_PEOPLE = re.compile(
    "职工|会员|干部|司机|小哥|代表|子女|孩子|家属|群众|专家|党员|劳模|选手|先进|标兵|家庭|老人|妈妈|青年|学员|师傅|徒弟|师生|主席|店主|老板"
    "|[\u4e00-\u9fff](?:者(?!协)|员(?![工会])|工(?![会作地资程具序人厂业期时区间匠友种装伤])|师(?![傅生范])|手(?![里中机续工艺册])"
    "|匠|人(?![民员才次数口均工家社])|生(?![产活态育命日机])|民(?![主生工政族营警])|友(?![好谊]))"
)


def _end(text: str) -> int:
    """Where a phrase ends at the latest: at punctuation, but not at a bracket inside a name, as in 村(社区)工会."""
    for match in _END.finditer(text):
        if not match.group(1):
            return match.start()
    return len(text)


def _stop() -> re.Pattern[str]:
    return cue("stop", "verb", after=_NO_NOUN)


#: A verb before one of these is the first half of a noun: 发布会, 评审费, 体检卡.
_NO_NOUN = "(?!会(?![员议场])|[率室站费者证表册书额权师器机仪棚包卡款金车房赛展馆厅院])"


_END = re.compile(r"(（[^（）]{1,8}）(?=[\u4e00-\u9fff“]))|[,，。;；:：!！?？…\n（）]|——")


def _moving(body: str, limit: int) -> int:
    """Where a noun ends because a verb with 到, 进, 着 or 了 follows (驿站|挪到, 子女|进过, 职工|提高了)."""
    match = _MOVING.search(body, 2, limit)
    if match is None:
        return limit
    end = match.start()
    if match.group() in {"了", "着", "到", "进"}:
        verb = cue("act", "verb", "nounverb", "bare", after="$").search(body[:end])
        alone = body[end - 1] in _ONE or end < 4
        end = verb.start() if verb and verb.start() > 1 else end - 1 if alone else end - 2
    return max(end, 0)


#: Verbs of one character that go with them.
_ONE = "写走装搬引住送放成听做跑坐领拿得开办讲看拍站围挪摆用吃喝过建学说"
_MOVING = re.compile(
    "[\u4e00-\u9fff]个(?=[\u4e00-\u9fff])|进[过了来]|(?<=[写走装搬引住送放])进|到(?!位)|着(?![力重陆])|了(?!解)|摆上|走上|登上|跟上"
)
_RELATIVE = re.compile("(?:有|来自|为|在)[^,，、。;；]{1,12}的(?=[^,，、。;；])")
#: A relative clause that opens with a verb: 参加培训的职工, 涉及工资的纠纷.
_CLAUSED = re.compile(r"[^,，、。;；:：\d（）]{2,12}的[^,，、。;；:：\d（）的]{2,8}(?=[,，、。;；（）]|$)")
_BEING = re.compile(
    "(?:都)?(?:是|为)[^,，。;；]*的([^,，。;；的]{2,10})(?=[,，。;；]|$)|(?:均|都)?为([^,，。;；的为]{2,10})(?=[,，。;；]|$)"
)
_JOINED = re.compile("以及|[,，]")
_QUIET = re.compile("(?:累计|共计|总计|左右|以上|多|余)")


def head_before(left: str, quantity: Quantity) -> str:
    """The phrase that a left side ends with: from its verb on where it has one, without what only introduces it."""
    left = _strip_lead((_ASIDE.sub("", left) if left.endswith("）") else left).strip("、，, ()（）*"))
    if match := _SORTED.search(left):
        return (match.group(1) or "") + "类别" if quantity.unit == "类" else match.group(1) or left
    left = _strip_lead(_strip_link(left))
    if not left:
        return ""
    if ("比" in left or "较" in left) and (changed := _LESS.search(left)):
        left = changed.group(1) + changed.group(2)
    if left.endswith("率"):
        left = _RAISED.sub("", left)
    if left.endswith("率") and "、" in left and not left.rsplit("、", 1)[0].endswith("率"):
        left = left.rsplit("、", 1)[1]
    if (quantity.kind == "ratio" or left.endswith(("率", "数", "面", "量"))) and len(left) <= 16:
        return left
    left = _SORTS.sub("", left)
    if "总工会" in left:
        left = _BODY.sub("", left)
    if "了" in left:
        left = _DONE.sub("", left)
    if _EMPTY.fullmatch(left):
        return ""
    left = _ALSO.sub("", left)
    if match := _HAVING.search(left):
        left = left[match.end() :]
    if match := _SUCH_AS.search(left):
        left = left[match.end() :]
    return _shortened(_from_verb(left))


def says_nothing(left: str) -> bool:
    """Whether a left side ends with words that stand in a noun's place and are none: 年初到现在, 头一批."""
    return bool(_EMPTY.fullmatch(_strip_lead(_strip_link(_strip_lead(left.strip("、，, "))))))


def _from_verb(left: str) -> str:
    """A phrase from its verb on, with what limits the verb (有意组建 is not 组建)."""
    verbs = list(cue("verb").finditer(left)) or list(cue("nounverb", "bare").finditer(left))
    phrase = left
    for verb in verbs:
        if verb.group() in words("bare") and 0 < verb.start() <= 10:
            break
        if modal := _MODAL.search(left, 0, verb.start()):
            return left[modal.start() :]
        phrase = left[verb.start() :]
        if len(phrase) <= 22:
            break
    if not verbs:
        return phrase
    first, last = verbs[0], verbs[-1]
    if phrase.removeprefix(first.group()) in words("generic") | {"分会", "小组"} and 2 <= first.start() <= 4:
        phrase = left if not _SUBJECT.search(left[: first.start()]) else phrase
    if phrase == last.group():
        subject = left[: last.start()]
        subject = subject.rsplit("的", 1)[1] if len(subject) > 14 and "的" in subject else subject
        if not _SUBJECT.search(subject) and 2 <= len(subject) <= 20:
            phrase = subject if phrase in words("made") and len(subject) > 3 else subject + phrase
    return phrase


def _shortened(phrase: str) -> str:
    """A phrase without the modifiers that make it longer than a table's cell."""
    phrase = _BUILT.sub("", phrase)
    if _LIMITED.match(phrase):
        return phrase[:28]
    if "、" in phrase.split("的", 1)[0] and "的" in phrase[:-3]:
        phrase = phrase.split("的", 1)[1]
    if len(phrase) > 14 and "的" in phrase[:-3]:
        phrase = phrase.rsplit("的", 1)[1] if len(phrase.rsplit("的", 1)[1]) > 2 else phrase
    if len(phrase) > 22:
        cut = max(phrase.rfind(mark, 0, -2) for mark in "为、")
        phrase = phrase[cut + 1 :] if cut >= 0 and len(phrase) - cut <= 20 else phrase[-16:]
    return phrase


_SUBJECT = re.compile("(?:总工会|公司|集团|[市县区镇乡]|街道|[他她我]|我们|我会|单位|各级工会|[市县区省]总|年)$")
#: 有意组建工会的公司 have not yet done so: what says so stays.
_MODALS = "(?:有意|愿意|拟|准备|尚未|未|正在|没有)"
_MODAL = re.compile(f"{_MODALS}$")
_LIMITED = re.compile(_MODALS)
#: What stands in a noun's place and is none.
_EMPTY = re.compile(
    "(?:[年月日]初|一直)?(?:到|至)(?:现在|目前|今)|[头首第]一?[批次回]|.{0,3}时候|不少|前后|年初|连同.*"
)
_ALSO = re.compile("^.{2,}?(?:过程中|期间|同时|之后|以后)?[还并又再](?=[\u4e00-\u9fff“]{4})")
#: 受理案件（含咨询、代写文书）687件: what stands in brackets is no part of the head.
_ASIDE = re.compile("（[^（）]*）$")
#: 提高了职工参保率: what was done to a rate is told by its value.
_RAISED = re.compile("^(?:提高|提升|降低|实现|保持|使|让)了?(?=.{2,14}率$)")
_SORTS = re.compile("[一二两三四五六七八九十]{1,2}[项种类](?=[\u4e00-\u9fff]{2})")
#: 投诉量比开办前少(了): what it is held against says nothing of what is measured.
_LESS = re.compile(
    "^(.{2,14}?)(?:同)?[比较][^比较]{1,10}?((?:增|减|下|上|提|降|缩|涨|多|少)[\u4e00-\u9fff]?)(?:了|到|至)?$"
)
#: 队伍跑了牧点: what stands before 了 says who did it.
_DONE = re.compile("^[\u4e00-\u9fff]{2,10}了(?!解)(?=[\u4e00-\u9fff]{2})")
_BODY = re.compile("^.{2,24}?总工会(?=.{2})")
_HAVING = re.compile(".*(?:现有|共有|已有|[市县区镇团司园]有)(?=[^有]{2,}$)")
_SUCH_AS = re.compile("等(?=[^等]{3,}$)(?!级)")
_SORTED = re.compile("(?:[把将](.+?))?(?:按[^,，]*?)?(?:细?分为|分成|细化为)[^,，]*$")


def _strip_link(left: str) -> str:
    left = _OTHER.sub("", left)
    while left:
        if cue("verb", "nounverb", after="[了过]*$").search(left) or _FOR.search(left):
            return left
        match = _DOES.search(left) if left[-1] in "了成出过" else _GROWN.search(left) if left[-1] in "到至为" else None
        match = match or _link().search(left) or (_UP_TO.search(left) if left[-1] in "到至" else None)
        if match is None:
            return left
        left = (
            (left[: match.start()] + ("调解" if match.group()[0] == "调" else "")).rstrip("、，, ").removesuffix("的")
        )
    return left


_OTHER = re.compile("(?:其他|其它|其余|别的|所有|全部|历年|先后|前后)+$")
_FOR = re.compile("(?:^|工会|总|公司|我会|[市县区镇院校局])为$")
_GROWN = re.compile(
    "(?:提?[升增涨扩降缩]|增加|增长|上升|提高|提升|下降|降低|减少|扩大|扩展|拓展|发展|缩短|压缩|跃升|攀升|上涨|扩容|延伸)(?:到|至|为)$"
)
_UP_TO = re.compile("(?<=[\u4e00-\u9fff]{2})[开长涨升扩建添设办加补降增](?:到|至)$")
_DOES = re.compile("(?:调|讲|办|做|搞|开|添|设|花|跑|建|凑|谈|走|发|送)(?:了|成|出|过)+$")


def _link() -> re.Pattern[str]:
    return cue("link", after="$")


def _strip_lead(left: str) -> str:
    while match := _DURATION.match(left) or _PLACE.match(left) or cue("lead").match(left):
        if match.end() == 0:
            break
        left = left[match.end() :].lstrip("、，, ")
    return left


#: Whose figure it is: 全市, 我区, 市总工会, 各级工会; the reader knows from the account.
_PLACE = re.compile(
    "全(?:[省市县区镇乡村州旗盟国厂矿校院线局]|街道|行业|系统|部门)|[我本该](?:[省市县区镇乡村院校局会厂矿]|公司|街道)"
    "|(?:[省市县区州旗盟镇乡]|街道|公司|集团|各级)?总?工会(?![会组经干收主建服劳法驿阵联委文小社])|[省市县区]总(?![工体计数量额])"
    "|[省市县区镇乡村]里|各(?:地|级|单位|区县|部门)"
)
_DURATION = re.compile(
    r"(?:近|约|不到|短短)?[\d一二两三四五六七八九十几]+(?:多|余)?(?:年|个月|个多月|天|周)(?:半|多|来|下来|间|里|内|以来|时间)*"
)


def ending_verb(head: str) -> str:
    """The verb at the end of a phrase."""
    match = cue("verb", "nounverb", "bare", before="(?:", after=")+[了过起出的]?$").search(head)
    return match.group().rstrip("了过的") if match else ""


def last_verb(phrase: str) -> str:
    """A phrase up to its last verb, where an object follows it: 清单覆盖 of 清单覆盖企业."""
    found = [match for match in cue("verb", "bare").finditer(phrase) if 0 < match.end() < len(phrase) - 1]
    return phrase[: found[-1].end()] if found else ""


def act_of(rest: str, on: str) -> str:
    """What the counted do, as a short phrase: 当场入会 gives 入会; an object behind the next number is fetched (``on``)."""
    if not rest:
        return ""
    end = _ACT_END.search(rest)
    act = (rest[: end.start()] if end else rest) + ("" if end else on)
    act = _ADVERB.sub("", act)
    if act.startswith("在") and (verb := acting().search(act, 2, 18)):
        act = act[verb.start() :]
    act = act.replace("入了会", "入会").replace("建了会", "建会")
    if held := _HELD.match(act):
        act = act[held.end() :]
    elif not acting().match(act) or _OF_VERB.match(act):
        return ""
    act = re.sub("(?<=[\u4e00-\u9fff])了(?!解)", "", act)
    act = _TITLE.sub("", act)
    return "" if len(act) > 22 or act.startswith(("得到", "受到")) else act


#: 进行免费体检: the noun behind it says what was done.
_HELD = re.compile("(?:进行|开展|实施)(?=[^了的]{4,12}$)")
#: 企业推举的行业协会: the verb belongs to another noun.
_OF_VERB = re.compile("[\u4e00-\u9fff]{2}的")
_TITLE = re.compile("(?<=.{4})(?:荣誉)?称号$")


_ACT_END = re.compile("[,，。;；:：!！?？…\\n()]|——|超过|达到|、(?=.了|建|投|参|开|受|得|获|被)")
_ADVERB = re.compile(
    "^(?:跟着|跟随|轮流|轮班|现已|已经|已|均|都|全部|全都|当场|现场|共同|集中|陆续|先后|先行|正式|成功|自愿|分别|一起|报名|积极|踊跃|就地|首次"
    "|从中)+"
)


def acting() -> re.Pattern[str]:
    """Any word for doing something."""
    return cue("verb", "nounverb", "bare", "act")


def topic_of(clause: str, quantity: Quantity) -> str:
    """What a clause speaks of: the noun of its head, empty where it has none or only says who speaks or when."""
    if _NO_TOPIC.search(clause):
        return ""
    clause = re.split("[\\d（）]", clause)[0]
    head = head_before(clause, quantity)
    topic = object_of(head) or head
    return topic if len(topic) > 1 else ""


_NO_TOPIC = re.compile(
    "^(?:在|从|自|由)?(?:去年|今年|上年|当年)|(?:介绍|表示|透露|说|称|统计|评估|显示|了解|获悉|悉|[年月日来间时后前]|以来|[了着过的])$"
)


def object_of(head: str) -> str:
    """A head without the verb that opens it."""
    if match := cue("verb", "nounverb", "bare").match(head):
        return head[match.end() :].removeprefix("了")
    return head


def tidy(phrase: str) -> str:
    """A phrase without stray signs and particles at its ends, its quotes and brackets in pairs."""
    phrase = phrase.replace("\n", "").strip("、，,。的 ()（）*:：-—了").removesuffix("等")
    if phrase[-1:] in "里中及与和既旁":
        phrase = _TRAILING.sub("", phrase)
    phrase = phrase.removesuffix("作用")
    if "各" in phrase:
        phrase = _KINDS.sub("", phrase)
    for opening, closing in ("“”", "()", "《》", "（）"):
        if phrase.count(opening) != phrase.count(closing):
            phrase = phrase.replace(opening, "").replace(closing, "")
    return phrase


_KINDS = re.compile("^各级(?=[^的]{4})|(?:各级各类|各类型|各种|各类|各项)(?=[^的]{2})")
_TRAILING = re.compile("(?:(?<=..)里?既|(?<=..)旁|(?<=[工员])手[里中]|(?<![惠普涉触])及|(?<!参)与|和)$")
