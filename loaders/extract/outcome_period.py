"""The period that a figure holds for: the date in its sentence, or one that still governs it from before.

A date governs the sentences after it in its paragraph when it bounds a stretch of time (2015年至2017年, 截至2017年12月底) or tells
an event; not when it tells a founding, and not a sentence that speaks of how things stand (目前, 累计). A line 时间：…
governs the whole account, and the day of the event a news item or brief. Otherwise there is none: a false date is
worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from unionkg.graph.records import Kind
from unionkg.loaders.extract.sentences import bounds
from unionkg.loaders.extract.time_expressions import TimeExpression

_NOW = re.compile("截至目前|截止目前|到目前")
_STANDS = re.compile(
    "目前|现有|现已|至今|如今|眼下|已有|累计|如今|一直|每年|年均|近[\\d一二两三四五六七八九十]+年|多年|几年|这些年|一年来|下来"
)
_SUM = re.compile("累计|已有|现有|总数")
_FOUNDED = re.compile("成立|组建|揭牌|挂牌|启动|上线|换届")
_LINE = re.compile(r"(?:^|\n)(?:活动|实施)?时间\s*[:：]\s*$")
#: Dates outlive their sentence by at most this many characters.
_REACH = 400


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of an account: those of its sentences in order, where they begin, and the two that govern the whole.

    ``line`` is the date of a line 时间：…, ``event`` the day that a news item or brief tells of; ``published`` the
    document's partial date.
    """

    kind: Kind
    text: str
    dates: tuple[TimeExpression, ...]
    starts: tuple[int, ...]
    line: TimeExpression | None
    event: TimeExpression | None
    published: str | None


def calendar(kind: Kind, text: str, times: tuple[TimeExpression, ...], *, published: str | None, body: int) -> Calendar:
    """Put the dates of a folded text in order; the account's body begins at ``body``."""
    dates = tuple(time for time in times if not time.stamp)
    line = next((t for t in dates if t.bound == "in" and _LINE.search(text[max(0, t.start - 8) : t.start])), None)
    event = next((t for t in dates if t.start >= body and t.bound == "in" and len(t.value) >= 10), None)
    if event is not None and not (event.value[:4] == published[:4] if published else event.explicit):
        event = None
    starts = tuple(time.start for time in dates)
    return Calendar(kind, text, dates, starts, line, None if kind == "case" else event, published)


def period(of: Calendar, position: int, *, changed: bool) -> str | None:
    """The period of the figure at ``position``, None where it is not certain.

    ``changed`` says that the figure is told with what it was before, so that two dates are an interval.
    """
    start, end = bounds("sentence", of.text, position, position)
    first, here = bisect_left(of.starts, start), bisect_left(of.starts, position)
    near = list(of.dates[first:here])
    if near:
        clause = of.text[max(near[-1].end, bounds("clause", of.text, position, position)[0]) : position]
        if near[-1].bound == "in" and "/" not in near[-1].value and _SUM.search(clause):
            return None  # 去年新添43个，累计已有1000个: the sum is not of that year
        return _of_sentence(near, of.published, changed=changed)
    sentence = of.text[start : min(end, start + _REACH)]
    if of.kind != "case" and _NOW.search(sentence) and of.published and len(of.published) >= 7:
        return of.published[:7]
    opened = max(of.text.rfind("\n", max(0, start - _REACH), start), start - _REACH)
    if first and of.starts[first - 1] > opened and (carried := _carried(of, of.dates[first - 1], sentence)):
        return carried
    if of.line is not None:
        return of.line.value if "/" in of.line.value else of.line.value[:7]
    if of.event is not None and of.event.start < position and not _STANDS.search(sentence):
        return of.event.value[:7]
    return None


def _of_sentence(near: list[TimeExpression], published: str | None, *, changed: bool) -> str:
    last = near[-1]
    earlier = near[-2] if len(near) > 1 else None
    spans = changed or last.bound == "until"
    if earlier is not None and spans and "/" not in last.value + earlier.value and earlier.value < last.value:
        return f"{earlier.value[:7]}/{last.value[:7]}"
    return _value(last, published)


def _value(time: TimeExpression, published: str | None) -> str:
    """The date to the month; what holds since a date ends with the year of publication, where that is known."""
    if "/" in time.value:
        first, second = time.value.split("/")
        return first[:7] if first[:7] == second[:7] else f"{first[:7]}/{second[:7]}"
    year = (published or "")[:4]
    if time.bound == "since" and year > time.value[:4]:
        return f"{time.value[:7]}/{year}"
    return time.value[:7]


def _carried(of: Calendar, time: TimeExpression, sentence: str) -> str | None:
    """The value of a date that still governs a later sentence of its paragraph."""
    if time.bound == "until" or "/" in time.value or (time.bound == "since" and sentence.startswith("其中")):
        return _value(time, of.published)
    start, end = bounds("sentence", of.text, time.start, time.end)
    if time.bound == "since" or _STANDS.search(sentence) or _FOUNDED.search(of.text[start:end]):
        return None
    return _value(time, of.published)
