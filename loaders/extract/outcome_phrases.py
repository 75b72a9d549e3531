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
        return told.group(1), ""
    skipped = _RELATIVE.match(body)
    if skipped:
        body = body[skipped.end() :]
    limit = _end(body)
    if (stop := _stop().search(body, 0, limit + 4)) and stop.start() < limit:
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
    return noun[:20], rest


def _end(text: str) -> int:
    """Where a phrase ends at the latest: at punctuation, but not at a bracket inside a name, as in 村(社区)工会."""
    for match in _END.finditer(text):
        if not match.group(1):
            return match.start()
    return len(text)


def _stop() -> re.Pattern[str]:
    return cue("stop", "verb")


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
_MOVING = re.compile("进[过了来]|(?<=[写走装搬引住送放])进|到(?!位)|着(?![力重陆])|了(?!解)|摆上|走上|登上|跟上")
_RELATIVE = re.compile("(?:有|来自|为|在)[^,，、。;；]{1,12}的(?=[^,，、。;；])")
_BEING = re.compile("(?:都)?(?:是|为)[^,，。;；]*的([^,，。;；的]{2,10})(?=[,，。;；]|$)")
_JOINED = re.compile("以及|[,，]")
_QUIET = re.compile("(?:累计|共计|总计|左右|以上|多|余)")


def head_before(left: str, quantity: Quantity) -> str:
    """The phrase that a left side ends with: from its verb on where it has one, without what only introduces it."""
    left = _strip_lead(left.strip("、，, ()（）*"))
    if match := _SORTED.search(left):
        return (match.group(1) or "") + "类别" if quantity.unit == "类" else match.group(1) or left
    left = _strip_lead(_strip_link(left))
    if not left:
        return ""
    if (quantity.kind == "ratio" or left.endswith(("率", "数", "面", "量"))) and len(left) <= 16:
        return left
    left = _BODY.sub("", left)
    if match := _HAVING.search(left):
        left = left[match.end() :]
    if match := _SUCH_AS.search(left):
        left = left[match.end() :]
    verbs = list(cue("verb").finditer(left)) or list(cue("nounverb", "bare").finditer(left))
    phrase = left
    for verb in verbs:
        if verb.group() in words("bare") and 0 < verb.start() <= 10:
            break
        phrase = left[verb.start() :]
        if len(phrase) <= 22:
            break
    if (
        verbs
        and phrase.removeprefix(verbs[0].group()) in words("generic") | {"分会", "小组"}
        and 2 <= verbs[0].start() <= 4
    ):
        phrase = left if not _SUBJECT.search(left[: verbs[0].start()]) else phrase
    if verbs and phrase == verbs[-1].group():
        subject = left[: verbs[-1].start()]
        subject = subject.rsplit("的", 1)[1] if len(subject) > 14 and "的" in subject else subject
        phrase = phrase if _SUBJECT.search(subject) or not 2 <= len(subject) <= 20 else subject + phrase
    if len(phrase) > 14 and "的" in phrase[:-3]:
        phrase = phrase.rsplit("的", 1)[1] if len(phrase.rsplit("的", 1)[1]) > 2 else phrase
    if len(phrase) > 22:
        cut = max(phrase.rfind(mark, 0, -2) for mark in "为、")
        phrase = phrase[cut + 1 :] if cut >= 0 and len(phrase) - cut <= 20 else phrase[-16:]
    return phrase


_SUBJECT = re.compile("(?:总工会|公司|集团|[市县区镇乡]|街道|[他她我]|我们|我会|单位|各级工会|[市县区省]总|年)$")
_BODY = re.compile("^.{2,24}?总工会(?=.{2})")
_HAVING = re.compile(".*(?:现有|共有|已有|[市县区镇团司园]有)(?=[^有]{2,}$)")
_SUCH_AS = re.compile("等(?=[^等]{3,}$)(?!级)")
_SORTED = re.compile("(?:[把将](.+?))?(?:按[^,，]*?)?(?:细?分为|分成|细化为)[^,，]*$")


def _strip_link(left: str) -> str:
    while left:
        if cue("verb", "nounverb", after="[了过]*$").search(left) or _FOR.search(left):
            return left
        match = _DOES.search(left) or _link().search(left)
        if match is None:
            return left
        left = (
            (left[: match.start()] + ("调解" if match.group()[0] == "调" else "")).rstrip("、，, ").removesuffix("的")
        )
    return left


_FOR = re.compile("(?:^|工会|总|公司|我会|[市县区镇院校局])为$")
_DOES = re.compile("(?:调|讲|办|做|搞|开|添|设|花|跑|建|凑|谈|走|发|送)(?:了|成|出|过)+$")


def _link() -> re.Pattern[str]:
    return cue("link", after="$")


def _strip_lead(left: str) -> str:
    while match := _DURATION.match(left) or cue("lead").match(left):
        if match.end() == 0:
            break
        left = left[match.end() :].lstrip("、，, ")
    return left


_DURATION = re.compile(
    r"(?:近|约|不到|短短)?[\d一二两三四五六七八九十几]+(?:多|余)?(?:年|个月|个多月|天|周)(?:半|多|来|下来|间|里|内|以来|时间)*"
)


def ending_verb(head: str) -> str:
    """The verb at the end of a phrase."""
    match = cue("verb", "nounverb", "bare", before="(?:", after=")+[了起出的]?$").search(head)
    return match.group().rstrip("了的") if match else ""


def act_of(rest: str, on: str) -> str:
    """What the counted do, as a short phrase: 当场入会 gives 入会; an object behind the next number is fetched (``on``)."""
    if not rest:
        return ""
    end = _ACT_END.search(rest)
    act = (rest[: end.start()] if end else rest) + ("" if end else on)
    act = _ADVERB.sub("", act)
    if act.startswith("在") and (verb := _acting().search(act, 2, 18)):
        act = act[verb.start() :]
    act = act.replace("入了会", "入会").replace("建了会", "建会")
    if not _acting().match(act):
        return ""
    act = re.sub("(?<=[\u4e00-\u9fff])了(?!解)", "", act)
    return "" if len(act) > 22 or act.startswith(("得到", "受到")) else act


_ACT_END = re.compile("[,，。;；:：!！?？…\\n()]|——|超过|达到|、(?=.了|建|投|参|开|受|得|获|被)")
_ADVERB = re.compile(
    "^(?:现已|已经|已|均|都|全部|全都|当场|现场|共同|集中|陆续|先后|先行|正式|成功|自愿|分别|一起|报名|积极|踊跃|就地|首次"
    "|从中)+"
)


def _acting() -> re.Pattern[str]:
    return cue("verb", "nounverb", "bare", "act")


def topic_of(clause: str, quantity: Quantity) -> str:
    """What a clause speaks of: the noun of its head, empty where it has none."""
    head = head_before(clause, quantity)
    topic = object_of(head) or head
    return topic if len(topic) > 1 else ""


def object_of(head: str) -> str:
    """A head without the verb that opens it."""
    if match := cue("verb", "nounverb", "bare").match(head):
        return head[match.end() :].removeprefix("了")
    return head


def tidy(phrase: str) -> str:
    """A phrase without stray signs and particles at its ends, its quotes and brackets in pairs."""
    phrase = phrase.replace("\n", "").strip("、，,。的 ()（）*:：-—了").removesuffix("等")
    phrase = _TRAILING.sub("", phrase).removesuffix("作用")
    for opening, closing in ("“”", "()", "《》", "（）"):
        if phrase.count(opening) != phrase.count(closing):
            phrase = phrase.replace(opening, "").replace(closing, "")
    return phrase


_TRAILING = re.compile("(?:(?<=[工员])手[里中]|(?<![惠普涉触])及|(?<!参)与|和)$")
