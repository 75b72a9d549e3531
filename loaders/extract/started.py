"""When the practice began, where the text says so.

Three ways of saying it: since a date (自2013年起), a beginning told with its date (2013年5月，某市总工会启动“…”), and an
event of one day that a brief or a news item reports. Of several, the earliest counts, and of founding dates those
whose sentence speaks of what the title names and those told in the first part of the account. Awards, visits,
figures for a period, the founding of a company or union, and what another union did are no beginnings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from unionkg.graph.records import TextStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.numbers import quantities
from unionkg.loaders.extract.own_name import names_another, own_name
from unionkg.loaders.extract.sentences import bounds
from unionkg.loaders.extract.time_expressions import TimeExpression, time_expressions
from unionkg.ontology.vocabulary import table

_LONGEST_QUOTE = 50


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A date that the practice may have begun at; ``named``: its sentence names what the title names."""

    time: TimeExpression
    value: str
    way: str
    named: bool
    end: int


def read(account: Account, document: DocumentContext) -> TextStatement | None:
    """The partial date at which the practice began, None where the text does not say; the id is left empty."""
    text = folded(account.passage.text)
    title = folded(account.title or "")
    found = [
        one
        for time in time_expressions(text, document.published)
        if time.start >= account.body
        and (one := _beginning(account, text, title, time, document.published)) is not None
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
    account: Account, text: str, title: str, time: TimeExpression, published: str | None
) -> _Beginning | None:
    start, end = bounds("sentence", text, time.start, time.end)
    value = time.value.split("/")[0]
    if time.stamp or time.bound == "until" or (published and value[:4] > published[:4]):
        return None
    if _LINE.fullmatch(text[start : time.start]):
        return _Beginning(time, value, "line", named=False, end=time.end)
    if another := _DATE.search(text, time.end, end):
        end = another.start()  # what follows is told of the next date
    rest = text[time.end : end].lstrip(",，")
    named = _names(text[start:end], title)
    own = own_name(account)
    before = re.split("[,，]", text[start : time.start])[-1]
    theirs = not named and (names_another(own, before) or names_another(own, rest[:_SUBJECT]))
    if time.bound == "since" and _says("begin", text[time.start : time.end] + rest[:1]):
        founded = not named and _says("body", before[-_SUBJECT:]) and _IS_FOUNDED.search(text, time.start, time.end)
        return None if theirs or founded else _Beginning(time, value, "since_founded", named, time.end)
    if theirs:
        return None
    since = text[time.start - 1 : time.start] in {"从", "自"}
    counted = _counts(re.split("[,，]", rest)[0][: 14 if since else None] if time.explicit else rest)
    if time.bound == "since" or ("/" in time.value and len(value) == 4 and time.explicit):
        if rest.startswith("的") or (counted and not named) or re.search("等问题|突出问题|存在", rest):
            return None
        if "/" in time.value:
            opens = not text[start : time.start].strip("◆●■□ 从自")
            return _Beginning(time, value, "since", named, end) if opens and _says("union", rest) else None
        done = named or since or _says("union", text[start:end])
        done = done or _says("begin", rest) or _says("event", rest)
        if not rest:
            done = _says("union", text[end : bounds("sentence", text, end + 1, end + 1)[1]])
        return _Beginning(time, value, "since", named, end) if done else None
    if _says("body", before[-_SUBJECT:]) and _FOUNDED.match(rest) and not named:
        return None  # a company or union is founded, not its practice
    if _cue("dated").search(before[-4:]) and (named or not _says("body", before)):
        return _Beginning(time, value, "founded", named, end)
    if _says("other", rest[:30]) or _OF_A_LAW.match(rest):
        return None
    return _founded(account, text, time, (start, end), named=named, counted=counted)


def _counts(clause: str) -> bool:
    return any(q.unit and q.kind != "time" and not q.characters for q in quantities(clause))


def _says(kind: str, text: str) -> bool:
    return _cue(kind).search(text) is not None


def _founded(
    account: Account, text: str, time: TimeExpression, sentence: tuple[int, int], *, named: bool, counted: bool
) -> _Beginning | None:
    """A beginning or an event told with its date."""
    start, end = sentence
    value = time.value.split("/")[0]
    rest = text[time.end : end]
    first_paragraph = "\n" not in text[account.body : time.start].strip()
    begin = _cue("begin").search(rest[:80])
    following = text[end : bounds("sentence", text, end + 1, end + 1)[1]]
    if begin or (_says("day", following) and _says("begin", following)):
        quoted = begin is not None and rest[begin.end() : begin.end() + 2].lstrip("了").startswith("“")
        this = re.search("这项|该项|此项|这一", rest[:60])
        if counted and not named and not first_paragraph:
            return None
        union = begin is not None and _says("union", rest[: begin.start()])
        if named or quoted or this or first_paragraph or (len(value) == _DAY and account.kind != "case"):
            return _Beginning(time, value, "founded", named, end)
        if union:
            return _Beginning(time, value, "told", named, end)
    opens = not _OPENING.sub("", text[account.body : time.start])
    dated = account.kind in {"brief", "caption"} and opens and _says("union", rest)
    told = len(value) == _DAY or (len(value) == _MONTH and named and first_paragraph)
    if account.kind in {"brief", "caption", "news"} and told and (dated or _says("event", rest)):
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
    ):
        return _Beginning(time, value, "opening", named, end)
    return None


_SUBJECT = 12
#: what may stand before the date that a brief opens with
_OPENING = re.compile(r"^(?:[◆●■□★▲\s]|本报讯|[（(][^（）()]{1,20}[）)]|[^，。]{1,12}讯)*$")
#: the next date of a sentence
_DATE = re.compile("(?:19|20)[0-9]{2}年|[0-9]{1,2}月[0-9]{1,2}日|(?:去|今|前|同|次)年")
_IS_FOUNDED = re.compile("成立|建厂|建校|建院|创办|组建|落成|投产|开业")
_FOUNDED = re.compile(f"(?:正式)?(?:{_IS_FOUNDED.pattern})(?:以来|至今|后|之初|，|。|、|$)")
_OF_A_LAW = re.compile("(?:新)?(?:修订|修正|颁布|施行)的?《")
_LINE = re.compile(r"(?:活动|实施|起始|开展|起止|起讫|启动|创建|推行|运行)?(?:时间|日期)\s*[:：]\s*")


def _names(sentence: str, title: str) -> bool:
    """Whether a sentence names what the title does: its quoted name, or three pairs of characters of its own."""
    quoted = [name for name in re.findall("“([^“”]{2,20})”", title) if len(name) > 2]
    if any(name in sentence for name in quoted):
        return True
    pairs = {title[i : i + 2] for i in range(len(title) - 1) if not _PLAIN.search(title[i : i + 2])}
    return sum(pair in sentence for pair in pairs) >= 3


_PLAIN = re.compile("[工会总市县区省镇的职员服务建设推动机制发展,，。 “”《》、:：—-]")


@cache
def _cue(kind: str) -> re.Pattern[str]:
    return re.compile(
        "(?:"
        + "|".join(sorted((r["cue"] for r in table("time_started_cues") if r["kind"] == kind), key=len, reverse=True))
        + ")(?!率)"
    )
