"""Dates in running text as partial dates: 2017年底, 2017年12月7日, 今年4月, 去年, 2015—2016年度, 7月15日至16日.

A partial date is ``2017``, ``2017-12`` or ``2017-12-07``; an interval is two of them (``2013/2017``). What stands
without a year takes it from the text (the last year named before) or from the date of publication, and only where the
result is certain: 近三年 and 日前 have no value here. Texts are expected folded
(`unionkg.loaders.extract.outcome_text.fold`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from unionkg.loaders.accounts import Account
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.source import SourceText
from unionkg.ontology.vocabulary import table

Bound = Literal["in", "since", "until"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A date at ``start``:``end`` (the words around it that bound it, 自 … 以来 and 截至, included).

    ``value`` is a partial date or an interval of two; ``bound`` says whether things happened in it, since it began
    or until it ended. ``explicit``: its year is printed in it, not inferred from elsewhere. ``stamp``: it is written as
    in a dateline (2024-12-24, 4月2日电), not as in a sentence.
    """

    start: int
    end: int
    value: str
    bound: Bound
    explicit: bool
    stamp: bool = False


def partial(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """``2017``, ``2017-12``, ``2017-12-07``; None where no such day exists."""
    if not 1949 <= year <= 2099:
        return None
    if month is None:
        return f"{year}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= monthrange(year, month)[1] else None


@lru_cache(maxsize=4)
def time_expressions(text: str, published: str | None = None) -> tuple[TimeExpression, ...]:
    """The dates of a folded text in order; ``published`` is the partial date of the document, where it is known."""
    found: list[TimeExpression] = []
    last_year: int | None = None
    named = set(_YEAR.findall(text))
    # A text that names one year and carries no date of its own speaks of that year.
    line_year = int(named.pop()) if published is None and len(named) == 1 else None
    paragraph = -2
    for match in _pattern().finditer(text):
        opening = text.rfind("\n", 0, match.start())
        if opening != paragraph:
            paragraph, last_year = opening, line_year
        read = _read(match, last_year, published)
        if read is None:
            continue
        value, year, explicit = read
        last_year = year
        if text[match.start() - 1 : match.start()] in {":", "："} and _LINE.search(
            text, max(0, match.start() - 6), match.start()
        ):
            line_year = year  # a line 时间：2021年8月 dates what follows it
        start, end = match.start(), match.end()
        if text[end - 1] in "至到":  # 2020年6月至今
            end -= 1
        bound: Bound = "in"
        if before := _UNTIL.search(text, max(0, start - 4), start):
            bound, start = "until", before.start()
        elif after := _SINCE.match(text, end) or (
            _FROM.search(text, max(0, start - 1), start) and _LATER.match(text, end)
        ):
            bound, end = "since", after.end()
        stamp = bool(match["iso"]) or text[end : end + 1] in {"电", "讯"}
        found.append(TimeExpression(start, end, value, bound, explicit, stamp))
    return tuple(found)


def own_date(account: Account, source: SourceText) -> str | None:
    """The partial date printed for one account alone, None where there is none.

    A speech or a clipping in a collection carries its own: a line that holds but a date, above the title or in the
    account's first lines, else in brackets at its end (（2024年10月整理）).
    """
    first, last = account.lines[0][0], account.lines[-1][1]
    above = [line for n in range(first - 1, max(0, first - _NEAR), -1) if (line := source.line(n).strip())][:1]
    opening = _unlabelled([source.line(n).strip() for n in range(first, min(last, first + _NEAR) + 1)])
    below = [source.line(n).strip() for n in range(max(first, last - 1), min(source.line_count, last + _NEAR) + 1)]
    for line in (*above, *opening, *(line for line in below if line.startswith(("（", "(")))):
        if len(line) <= _LONGEST_DATE_LINE and (match := _DATED.fullmatch(folded(line))):
            year, month, day = match.groups()
            return partial(int(year), int(month), _int(day))
    return None


def _unlabelled(lines: list[str]) -> list[str]:
    """Without those that stand in a table behind a label: 实施时间 ⏎ 2016年5月6日."""
    return [line for line, before in zip(lines, ["", *lines], strict=False) if not _LABEL.search(before)]


_NEAR = 3
_LONGEST_DATE_LINE = 20
_LABEL = re.compile("(?:时间|日期)[:：]?$")
_DATED = re.compile(
    r"[（(]?(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日[）)]?|(?:整理|供稿|报送|撰稿|刊发|刊登)?[）)])"
)


_LINE = re.compile("时间[:：]$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\s?年)")
_UNTIL = re.compile("(?:截至到?|截止到?|到了?|至)$")
_SINCE = re.compile(
    "(?:[前初中底末]|[春夏秋冬][天季]|春节|[上中下]旬)?(?:以来|以后|之后|至今|迄今|起|开始|算起|到现在|到目前)"
)
_FROM = re.compile("[自从]$")
_LATER = re.compile(
    "[^,，。;；!！?？\\n]{0,20}?(?:以来|以后|之后|至今|(?<![\\d万千百余多])起|开始|后)(?=[,，。;；]|[^,，。;；]{0,4}[,，]|[共已累])"
)


def _read(match: re.Match[str], last: int | None, published: str | None) -> tuple[str, int, bool] | None:
    """Value, year and whether the year is printed; None where it cannot be told."""
    parts = match.groupdict()
    for name in ("month", "day", "to", "year2", "month2", "day2", "until"):
        parts[name] = parts[name] or parts[f"{name}_bare"]
    if parts["until"]:
        parts["to"], parts["month2"] = "至", parts["until"]
    parts["month"], parts["day"] = parts["month"] or parts["iso_month"], parts["day"] or parts["iso_day"]
    if parts["plan"]:
        row = _plans()[parts["plan"]]
        return f"{row['from']}/{row['to']}", int(row["from"]), True
    if parts["years"]:
        years = [int(year) for year in re.findall(r"\d{4}", parts["years"])]
        if parts["short"]:
            years.append(years[0] // 100 * 100 + int(parts["short"]))
        return _interval(partial(min(years)), partial(max(years)), min(years))
    year = _year(parts, last, published)
    if year is None:
        return None
    first = partial(year, _int(parts["month"]), _int(parts["day"]))
    explicit = bool(parts["year"] or parts["iso"] or parts["characters"])
    if first is None:
        return None
    if not parts["to"]:
        return first, year, explicit
    end_year = _int(parts["year2"]) or year
    month = _int(parts["month2"]) or (_int(parts["month"]) if parts["day2"] else None)
    second = partial(end_year, month, _int(parts["day2"]))
    if second is None or second < first:
        return first, year, explicit
    read = _interval(first, second, year)
    return (read[0], year, explicit) if read else None


def _interval(first: str | None, second: str | None, year: int) -> tuple[str, int, bool] | None:
    if first is None or second is None:
        return None
    return (first if first == second else f"{first}/{second}"), year, True


def _year(parts: Mapping[str, str | None], last: int | None, published: str | None) -> int | None:
    if parts["year"] or parts["iso"]:
        return int(parts["year"] or parts["iso"] or 0)
    if parts["characters"]:
        return int("".join(str("零一二三四五六七八九".index(c)) for c in parts["characters"]))
    of_document = int(published[:4]) if published else None
    if word := parts["word"]:
        row = _words()[word]
        base = of_document if row["kind"] == "year" else last
        return None if base is None else base + int(row["shift"])
    if parts["month"] is None:
        return None
    if last is not None:
        return last
    if of_document is None:
        return None
    if published is None or len(published) < 7:
        return of_document if parts["day"] else None  # 8月 in a yearbook of 2018 may be of the year before
    # 12月20日 in a report of January speaks of the year before.
    return of_document - 1 if int(parts["month"]) > int(published[5:7]) + 1 else of_document


def _int(text: str | None) -> int | None:
    return int(text) if text else None


@cache
def _words() -> dict[str, Mapping[str, str]]:
    return {row["cue"]: row for row in table("time_cues") if row["kind"] in {"year", "same"}}


@cache
def _plans() -> dict[str, Mapping[str, str]]:
    return {row["cue"]: row for row in table("time_cues") if row["kind"] == "plan"}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_words(), key=len, reverse=True))
    plans = "|".join(map(re.escape, sorted(_plans(), key=len, reverse=True)))
    number = r"(?<!\d)(?:19|20)\d\d"
    to = r"(?:年|年度)?\s?(?:至|到|[-–—~]{1,2})\s?"
    year = (
        rf"(?P<year>{number})\s?年(?!级)|(?P<characters>(?:一九|二零)[零一二三四五六七八九]{{2}})年"
        rf"|(?<![比较同评赶])(?P<word>{words})(?!轻|同期|比|相比)"
    )
    return re.compile(
        rf"(?P<plan>{plans})(?=[,，、]|[^,，。;；]{{0,6}}(?:共|累计))"
        rf"|(?P<years>{number}(?:、(?:19|20)\d\d)+(?=\s?(?:年|两年|三年))|{number}{to}(?:19|20)\d\d(?=\s?年)"
        rf"|{number}\s?年(?:和|及|与|、)(?:19|20)\d\d(?=\s?年)"
        rf"|{number}{to}(?P<short>\d\d)(?=\s?年度?))\s?(?:年度|年|两年|三年)"
        rf"|(?P<iso>{number})[-./](?P<iso_month>1[0-2]|0?[1-9])(?:[-./](?P<iso_day>3[01]|[12]\d|0?[1-9]))?(?![\d.%])"
        rf"|(?:{year})(?:度|底|末|初|年底|年初|[上下]半年)?的?\s?(?:{_month('')})?"
        rf"|(?<![\d.])(?<!每年)(?<!每年的){_month('_bare')}"
    )


def _month(suffix: str) -> str:
    """A month, perhaps with a day, perhaps up to another month or day; ``suffix`` keeps the names of the groups apart."""
    month, day = r"1[0-2]|0?[1-9]", r"3[01]|[12]\d|0?[1-9]"
    return (
        rf"(?P<month{suffix}>{month})(?:[-–—~至到](?P<until{suffix}>{month}))?\s?月(?:份|底|初|中旬|上旬|下旬|末)?"
        rf"(?:(?P<day{suffix}>{day})\s?(?:[日号]|(?=[、,至到~—–-]{{1,2}}(?:{day})日)))?"
        rf"(?:(?P<to{suffix}>[、至到—–~-]{{1,2}})(?:(?P<year2{suffix}>(?:19|20)\d\d)年)?"
        rf"(?:(?P<month2{suffix}>{month})月(?:底|末|份|初)?)?(?:(?P<day2{suffix}>{day})[日号])?)?"
    )
