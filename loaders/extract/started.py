"""When the practice began, where the text says so.

Three ways of saying it: since a date (自2013年起), a beginning told with its date (2013年5月，某市总工会启动“…”), and an
event of one day that a brief or a news item reports, where the practice is that event (a contest, a course). Of several,
the earliest counts, and of founding dates those whose sentence speaks of what the title or the practice names and those told in
the first part of the account. Awards, visits, figures for a period, the founding of a company or union, what another union
did, what bears another name (“…”), the completion of a round and the widening of what there was are no beginnings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from unionkg.graph.records import PracticeStatement, TextStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.numbers import quantities
from unionkg.loaders.extract.own_name import names_another, own_name
from unionkg.loaders.extract.practice_marks import pattern
from unionkg.loaders.extract.practice_mentions import occasion
from unionkg.loaders.extract.sentences import bounds
from unionkg.loaders.extract.time_expressions import TimeExpression, time_expressions
from unionkg.ontology.vocabulary import table

_LONGEST_QUOTE = 50
_UNNAMED = "practice.clause"  # a clause stands for the practice


@dataclass(frozen=True, slots=True)
class _Own:
    """What the practice is called, in folded letters: the title, the main practice's name (empty where the account
    names none), its aliases by lines.
    """

    title: str
    name: str
    aliases: str


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A date that the practice may have begun at; ``named``: its sentence names what the title names."""

    time: TimeExpression
    value: str
    way: str
    named: bool
    end: int


def read(account: Account, document: DocumentContext, practices: Sequence[PracticeStatement]) -> TextStatement | None:
    """The partial date at which the practice began, None where the text does not say; the id is left empty.

    ``practices`` are those read of the account, the main one among them.
    """
    text = folded(account.passage.text)
    main = next((practice for practice in practices if practice.main), None)
    own = _Own(
        title=folded(account.title or ""),
        name=folded(main.name) if main and main.method != _UNNAMED else "",
        aliases="\n".join(map(folded, main.aliases)) if main else "",
    )
    found = [
        one
        for time in time_expressions(text, document.published)
        if time.start >= account.body and (one := _beginning(account, text, own, time, document.published)) is not None
    ]
    late = account.body + max(_SHORT, _TOLD_EARLY * (len(text) - account.body))
    found = [one for one in found if one.time.start < late or _stands_anywhere(one)]
    stated = [one for one in found if one.way == "line"] or found
    if any(one.named and not one.way.startswith("since") for one in stated):
        stated = [one for one in stated if one.named or one.way.startswith("since")]
    stated = [one for one in stated if one.way != "told"] or stated
    if account.kind == "case":
        stated = [one for one in stated if one.way != "event"] or stated
    if not stated:
        return None
    since = [one for one in found if one.way.startswith("since")]
    first = min([*stated, *since], key=lambda one: (one.value, one.time.start))
    end = min(first.end, first.time.start + _LONGEST_QUOTE)
    evidence = account.passage.evidence(first.time.start, end)
    return TextStatement(
        value=first.value,
        evidence=evidence,
        method=f"started.{first.way}",
        confidence=_CONFIDENCE[first.way] + (0.03 if first.named else 0.0),
    )


#: an account tells its beginning before its later steps: dates behind this part of it are of those
_TOLD_EARLY = 0.6
_SHORT = 200  # characters in which nothing is late


def _stands_anywhere(one: _Beginning) -> bool:
    """Whether a beginning is told so plainly that it may stand in the last part: since a date, or to the day."""
    return one.way.startswith("since") or one.way == "line" or (len(one.value) == _DAY and one.time.explicit)


_DAY, _MONTH = len("2013-05-02"), len("2013-05")
_CONFIDENCE = {
    "line": 0.9,
    "since": 0.88,
    "since_founded": 0.85,
    "founded": 0.8,
    "opening": 0.65,
    "event": 0.75,
    "told": 0.5,
}


def _beginning(
    account: Account, text: str, own: _Own, time: TimeExpression, published: str | None
) -> _Beginning | None:
    start, end = bounds("sentence", text, time.start, time.end)
    value = time.value.split("/")[0]
    if time.stamp or time.bound == "until" or (published and value[:4] > published[:4]):
        return None
    if _LINE.fullmatch(text[start : time.start]):
        return _Beginning(time, value, "line", named=False, end=time.end)
    end = next(
        (date.start() for date in _DATE.finditer(text, time.end, end) if not _is_in_name(text, date, value)), end
    )
    rest = text[time.end : end].lstrip(",，")
    named = _names(text[start:end], own)
    union = own_name(account)
    before = next((part for part in reversed(re.split("[,，]", text[start : time.start])) if part not in _BARE), "")
    theirs = not named and (names_another(union, before) or names_another(union, rest[:_SUBJECT]))
    if time.bound == "since" and _says("begin", text[time.start : time.end] + rest[:1]):
        if theirs or _is_another(_ONLY_DATE.sub("", text[time.start : time.end]) + rest, own, named=named):
            return None
        founded = not named and _says("body", before[-_SUBJECT:]) and _IS_FOUNDED.search(text, time.start, time.end)
        return None if founded else _Beginning(time, value, "since_founded", named, time.end)
    if theirs or _is_another(rest, own, named=named):
        return None
    since = text[time.start - 1 : time.start] in {"从", "自"}
    counted = _counts(re.split("[,，]", rest)[0][: 14 if since else None] if time.explicit else rest)
    if time.bound == "since" or ("/" in time.value and len(value) == 4 and time.explicit):
        return None if counted and not named else _going_on(text, time, (start, end), named=named, since=since)
    if _says("body", before[-_SUBJECT:]) and _FOUNDED.match(rest) and not named:
        return None  # a company or union is founded, not its practice
    if _cue("dated").search(before[-4:]) and (named or not _says("body", before)):
        return _Beginning(time, value, "founded", named, end)
    if _says("other", rest[:30]) or _OF_A_LAW.match(rest):
        return None
    return _founded(account, text, own, time, (start, end), named=named, counted=counted)


def _is_in_name(text: str, date: re.Match[str], value: str) -> bool:
    """Whether a date is but the year in the name of an event of the day told: 7月2日，2024年技能大赛开赛."""
    same = len(value) > len("2024") and date.group() == f"{value[:4]}年"
    return same and re.match("[\\d底初末度上下]", text[date.end() :]) is None


_BARE = frozenset({"", "从", "自", "于", "在"})


def _going_on(
    text: str, time: TimeExpression, sentence: tuple[int, int], *, named: bool, since: bool
) -> _Beginning | None:
    """What is told as going on since a date, or over years; ``since``: with the word for it (自, 从)."""
    start, end = sentence
    value = time.value.split("/")[0]
    rest = text[time.end : end].lstrip(",，")
    if rest.startswith("的") or re.search("等问题|突出问题|存在", rest) or (not since and _CONTINUED.match(rest)):
        return None
    if "/" in time.value:
        opens = not text[start : time.start].strip("◆●■□ 从自")
        return _Beginning(time, value, "since", named, end) if opens and _says("union", rest) else None
    done = named or since or _says("union", text[start:end])
    done = done or _says("begin", rest) or _says("event", rest)
    if not rest:
        done = _says("union", text[end : bounds("sentence", text, end + 1, end + 1)[1]])
    return _Beginning(time, value, "since", named, end) if done else None


def _counts(clause: str) -> bool:
    return any(q.unit and q.kind != "time" and not q.characters for q in quantities(clause))


def _says(kind: str, text: str) -> bool:
    return _cue(kind).search(text) is not None


def _founded(
    account: Account,
    text: str,
    own: _Own,
    time: TimeExpression,
    sentence: tuple[int, int],
    *,
    named: bool,
    counted: bool,
) -> _Beginning | None:
    """A beginning or an event told with its date."""
    start, end = sentence
    value = time.value.split("/")[0]
    rest = text[time.end : end]
    first_paragraph = "\n" not in text[account.body : time.start].strip()
    begin = _cue("begin").search(rest[:80])
    following = text[end : bounds("sentence", text, end + 1, end + 1)[1]]
    if _COMPLETED.search(rest):
        return None
    if begin or (_says("day", following) and _says("begin", following)):
        this = re.search("这项|该项|此项|这一", rest[:60])
        if counted and not named and not first_paragraph:
            return None
        union = begin is not None and _says("union", rest[: begin.start()])
        if named or this or first_paragraph or (len(value) == _DAY and account.kind != "case"):
            return _Beginning(time, value, "founded", named, end)
        if union:
            return _Beginning(time, value, "told", named, end)
    opens = not _OPENING.sub("", text[account.body : time.start])
    dated = account.kind in {"brief", "caption"} and opens and _says("union", rest)
    told = len(value) == _DAY or (len(value) == _MONTH and named and first_paragraph)
    takes_place = account.kind in {"brief", "caption", "news"} and told and (dated or _says("event", rest))
    if takes_place and (occasion(own.name) is not None if own.name else pattern("occasion").search(rest)):
        return _Beginning(time, value, "event", named, end)
    leads = not text[start : time.start].strip("◆●■□ ") and (start == 0 or text[start - 1] == "\n")
    led = _says("union", rest) or (first_paragraph and _says("begin", following))
    if (
        leads
        and led
        and time.explicit
        and account.kind != "brief"
        and not counted
        and (named or not _says("event", rest))
        and not _WIDENED.match(rest)
    ):
        return _Beginning(time, value, "opening", named, end)
    return None


_SUBJECT = 12
#: what may stand before the date that a brief opens with
_OPENING = re.compile(r"^(?:[◆●■□★▲\s]|本报讯|[（(][^（）()]{1,20}[）)]|[^，。]{1,12}讯)*$")
_ONLY_DATE = re.compile(r"^[自从\s]*[\d\s年月日号初底末中上下旬春夏秋冬]+")
#: the next date of a sentence
_DATE = re.compile("(?:19|20)[0-9]{2}年|[0-9]{1,2}月[0-9]{1,2}日|(?:去|今|前|同|次)年")
_IS_FOUNDED = re.compile("成立|建厂|建校|建院|创办|组建|落成|投产|开业")
_FOUNDED = re.compile(f"(?:正式)?(?:{_IS_FOUNDED.pattern})(?:以来|至今|后|之初|，|。|、|$)")
#: something that began, told but to date what came after: 2019年产业工人队伍建设改革启动以来
_BEGAN = re.compile(
    f"(?P<what>[^,，。“”]{{2,20}}?)(?:正式|全面)?(?:{_IS_FOUNDED.pattern}|启动|实施|推行|开展)(?:以来|以后|之后|后)"
)
#: what there was before goes on, or grows: 2023年以来，县总工会持续深化…, 2021年，服务对象扩大到…
_CONTINUED = re.compile(
    "[^,，。；]{0,20}?(?:持续|不断|继续|进一步|深入)(?:深化|推进|加强|巩固|扩大|完善|拓展|提升|做好|加大)"
)
_WIDENED = re.compile("[^,，。；]{0,20}(?:扩大|扩展|拓展|延伸|扩充|升级)(?:到|至|为|了)")
#: the end of a round, not a beginning: 五个街道的联合工会全部组建完成
_COMPLETED = re.compile("(?:全部|均已?|都已?|悉数|全面)[^,，。；]{0,8}(?:成功|完成|完毕|到位|建成|成立)")
_OF_A_LAW = re.compile("(?:新)?(?:修订|修正|颁布|施行)的?《")
_LINE = re.compile(r"(?:活动|实施|起始|开展|起止|起讫|启动|创建|推行|运行)?(?:时间|日期)\s*[:：]\s*")


def _names(sentence: str, own: _Own) -> bool:
    """Whether a sentence names what the title or the practice does: a quoted name, or three pairs of characters of the title."""
    quoted = [name for name in _QUOTED.findall(f"{own.title}\n{own.name}") if len(name) > 2]
    if any(name in sentence for name in quoted) or (len(own.name) >= _TELLING and own.name in sentence):
        return True
    title = own.title
    pairs = {title[i : i + 2] for i in range(len(title) - 1) if not _PLAIN.search(title[i : i + 2])}
    return sum(pair in sentence for pair in pairs) >= 3


def _is_another(told: str, own: _Own, *, named: bool) -> bool:
    """Whether what begins, told after its date, is another thing: it bears a name of its own that is not the practice's
    (建立“安心”工程以来; not where the sentence names the practice as well), or dates only what came after.
    """
    begin = _cue("begin").search(told)
    if begin is None:
        return False
    if quoted := _OBJECT.match(told, begin.end()):
        return not named and not _shares(quoted["name"], own)
    what = _BEGAN.match(told)
    return what is not None and not _THIS.fullmatch(what["what"]) and not _shares(what["what"], own)


def _shares(words: str, own: _Own) -> bool:
    """Whether words are, or have a telling pair of characters of, what the practice is called."""
    ours = f"{own.title}\n{own.name}\n{own.aliases}"
    if words in ours:
        return True
    pairs = (words[i : i + 2] for i in range(len(words) - 1))
    return any(pair in ours for pair in pairs if not _PLAIN.search(pair))


_QUOTED = re.compile("“([^“”]{2,20})”")
_OBJECT = re.compile("[^,，“”]{0,24}“(?P<name>[^“”]{2,30})”")
_TELLING = 5  # a shorter name may stand in other names
_THIS = re.compile("[该此本这].*|(?:活动|项目|工作|制度|机制|平台|做法|试点)(?:正式)?")


_PLAIN = re.compile("[工会总市县区省镇的职员服务建设推动机制发展,，。 “”《》、:：—-]")


@cache
def _cue(kind: str) -> re.Pattern[str]:
    return re.compile(
        "(?:"
        + "|".join(sorted((r["cue"] for r in table("time_started_cues") if r["kind"] == kind), key=len, reverse=True))
        + ")(?!率)"
    )
