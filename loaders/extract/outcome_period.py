"""The period that a figure holds for: the date in its sentence, or one that still governs it from before.

A date governs the sentences after it in its paragraph when it bounds a stretch of time (2015年至2017年, 截至2017年12月底) or tells
an event; not when it tells a founding, and not a sentence that speaks of how things stand (目前, 累计). A line 时间：…
governs the whole account, the day of the event a news item or brief, and the only year of a headline what nothing else
dates. 近三年来 counts back from a date that the text stands at, or in news from its publication; 三年来 and 开办以来 count from
when the practice began, where that is told and the years fit, and hold to the end of the paragraph. No period: a year that a
figure is held against (较2016年), the date of a baseline (由2019年的163件降为11件), 实施时间 with the day on which it began.
Otherwise there is none: a false date is worse than none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from unionkg.graph.records import Kind
from unionkg.loaders.extract.numbers import value_of
from unionkg.loaders.extract.sentences import bounds
from unionkg.loaders.extract.time_expressions import TimeExpression

_NOW = re.compile("截至目前|截止目前|到目前")
_STANDS = re.compile(
    "目前|现有|现已|至今|如今|眼下|已有|累计|如今|一直|每年|年均|近[\\d一二两三四五六七八九十]+年|多年|几年|这些年|一年来|下来"
)
_SUM = re.compile("累计|已有|现有|总数")
_FOUNDED = re.compile("成立|组建|揭牌|挂牌|启动|上线|换届")
_LINE = re.compile(r"(?:^|\n)(活动|实施|开展)?时间\s*[:：]\s*$")
#: Dates outlive their sentence by at most this many characters.
_REACH = 400


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of an account: those of its sentences in order, where they begin, and the two that govern the whole.

    ``line`` is the date of a line 时间：…, ``heading`` the only year that the title names, ``event`` the day that a news
    item or brief tells of; ``published`` the document's partial date.
    """

    kind: Kind
    text: str
    dates: tuple[TimeExpression, ...]
    starts: tuple[int, ...]
    line: TimeExpression | None
    heading: str | None
    event: TimeExpression | None
    published: str | None
    since: tuple[tuple[int, str], ...] = ()


def calendar(
    kind: Kind,
    text: str,
    times: tuple[TimeExpression, ...],
    *,
    published: str | None,
    body: int,
    started: str | None = None,
) -> Calendar:
    """Put the dates of a folded text in order; the account's body begins at ``body``, the practice at ``started``."""
    dates = tuple(time for time in times if not time.stamp and not _is_compared(text, time))
    line = next((t for t in dates if t.bound == "in" and _is_line(text[max(0, t.start - 8) : t.start], t.value)), None)
    event = next((t for t in dates if t.start >= body and t.bound == "in" and len(t.value) >= 10), None)
    if event is not None and not (event.value[:4] == published[:4] if published else event.explicit):
        event = None
    titled = {time.value for time in dates if time.start < body and time.explicit and time.bound == "in"}
    heading = titled.pop() if len(titled) == 1 else None
    starts = tuple(time.start for time in dates)
    since = tuple(_since_start(kind, text, started, published, body)) if started else ()
    return Calendar(kind, text, dates, starts, line, heading, None if kind == "case" else event, published, since)


def counts_from_start(text: str) -> bool:
    """Whether a folded text speaks of the years since something began, without a date (三年来, 开办以来)."""
    return _COUNTED_ON.search(text) is not None


_COUNTED_ON = re.compile(
    r"(?:^|(?<=[，。；：！？、\n\s”,;:!]))(?:这|在这|短短|实施|开办|推行|运行)?(?:"
    r"(?P<count>[\d一二两三四五六七八九十]{1,2})个?(?:半|多|余)?(?P<unit>年|月)(?:半|多|余)?(?:的?时间)?"
    r"(?:以来|来|下来|间|里|走下来|坚持下来|(?=[^，。；：、\n前内后以一的级限期度初底]{2,12}\d))"
    r"|(?:[一-龥]{0,6}(?:运行|实施|开办|推行|开展|启动|建成|上线|施行|设立|开馆|开放|推出|启用|创办|试行|开张|成立|投用))(?:以来|至今)"
    r"|(?:几|这些|这几|这么些)年(?:下来|来|以来|里)|[两三四五六几]季下来"
    r")"
)


def _since_start(kind: Kind, text: str, started: str, published: str | None, body: int) -> Iterator[tuple[int, str]]:
    """Where a text begins to count from the start of the practice, and the interval that it counts."""
    for match in _COUNTED_ON.finditer(text, body):
        last = published
        if match["count"]:
            number = int(value_of(match["count"]) or 0)
            if number == 1 and not _MORE.search(match.group()):
                continue  # 一年来 is as often the year before
            last = f"{int(started[:4]) + number}" if match["unit"] == "年" else _months_later(started, number)
            if last is None or (published and abs(int(published[:4]) - int(last[:4])) > 1):
                continue
            last = published if published and kind != "case" else last
        if last is None or last[:4] < started[:4]:
            continue
        first, last = started[:7], last[:7]
        yield match.start(), first if last == first else f"{first}/{last}"


_MORE = re.compile("[多余半]")


def _months_later(started: str, months: int) -> str | None:
    """The partial date some months after another, None where that names no month."""
    if len(started) < len("2017-12"):
        return None
    later = int(started[:4]) * 12 + int(started[5:7]) - 1 + months
    return f"{later // 12}-{later % 12 + 1:02d}"


def _is_line(before: str, value: str) -> bool:
    """Whether a date is that of a line 时间：…; 实施时间 with one date says when the practice began, not when it had results."""
    match = _LINE.search(before)
    return match is not None and (match[1] in {None, "活动"} or "/" in value)


def _is_compared(text: str, time: TimeExpression) -> bool:
    """较2016年提高, 与2016年相比: a year that a figure is held against, not the one that it is of."""
    before = text[max(0, time.start - 2) : time.start]
    return before.endswith(("较", "比")) or (
        before.endswith(("与", "同", "和")) and "比" in text[time.end : time.end + 4]
    )


def period(of: Calendar, position: int, *, baseline: int | None) -> str | None:
    """The period of the figure at ``position``, None where it is not certain.

    ``baseline`` is where the number that it grew or fell from stands, None where none is told: with one, two dates are
    an interval, and a date that stands by the baseline alone (从2018年的23起降到5起) is not that of the figure.
    """
    changed = baseline is not None
    start, end = bounds("sentence", of.text, position, position)
    first, here = bisect_left(of.starts, start), bisect_left(of.starts, position)
    near = list(of.dates[first:here])
    if (told := _running(of, position, here)) and not _STANDING.search(of.text, start, position):
        return told
    if near:
        if baseline is not None and near[-1].end <= baseline <= near[-1].end + 2 and near[-1].bound == "in":
            return None
        clause = of.text[max(near[-1].end, bounds("clause", of.text, position, position)[0]) : position]
        # 2023年，累计开课90次: those of that year
        alone = "累计" in re.split("\\d", of.text[near[-1].end : position])[0]
        if near[-1].bound == "in" and "/" not in near[-1].value and _SUM.search(clause) and not alone:
            return None  # 去年新添43个，累计已有1000个: the sum is not of that year
        if near[-1].bound == "since" and _STANDING.search(of.text, near[-1].end, position):
            return of.published[:7] if of.kind != "case" and of.published else None
        return _of_sentence(near, of.published, changed=changed)
    sentence = of.text[start : min(end, start + _REACH)]
    if (years := _YEARS.search(of.text, start, position)) and (told := _of_years(of, years[1], position)):
        return told
    if of.kind != "case" and _NOW.search(sentence) and of.published and len(of.published) >= 7:
        return of.published[:7]
    opened = max(of.text.rfind("\n", max(0, start - _REACH), start), start - _REACH)
    if (
        first
        and of.starts[first - 1] > opened
        and (carried := _carried(of, of.dates[first - 1], sentence, changed=changed))
    ):
        return carried
    if of.line is not None:
        return of.line.value if "/" in of.line.value else of.line.value[:7]
    if _STANDS.search(sentence):
        return None
    if of.event is not None and of.event.start < position and not changed:
        return of.event.value[:7]
    return of.heading


def _running(of: Calendar, position: int, here: int) -> str | None:
    """The interval since the practice began that the paragraph still counts, no date having come since."""
    begun = next((one for one in reversed(of.since) if one[0] < position), None)
    if begun is None or "\n" in of.text[begun[0] : position] or (here and of.starts[here - 1] > begun[0]):
        return None
    return begun[1]


#: What holds when the text was written, whatever it is counted from.
_STANDING = re.compile("目前|眼下|现有|如今|现已")
_YEARS = re.compile(r"(?<![\d一二三四五六七八九十几多])([\d一二两三四五六七八九十]{1,2})年(?:以?来|里|间|下来|走下来)")


def _of_years(of: Calendar, count: str, position: int) -> str | None:
    """近三年来: the years up to the last date that the account stands at, or, in news, up to its publication."""
    number = value_of(count)
    before = of.dates[: bisect_left(of.starts, position)]
    until = next((time.value for time in reversed(before) if time.bound == "until"), None)
    last = until or (of.published if of.kind != "case" else None)
    return f"{int(last[:4]) - int(number)}{last[4:7]}/{last[:7]}" if number and last else None


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


def _carried(of: Calendar, time: TimeExpression, sentence: str, *, changed: bool) -> str | None:
    """The value of a date that still governs a later sentence of its paragraph."""
    if time.bound == "until" or "/" in time.value or (time.bound == "since" and sentence.startswith("其中")):
        return _value(time, of.published)
    start, end = bounds("sentence", of.text, time.start, time.end)
    if changed or time.bound == "since" or _STANDS.search(sentence) or _FOUNDED.search(of.text[start:end]):
        return None
    return _value(time, of.published)
