"""Accounts in a series without headlines of their own: bullets, paragraphs of briefs, captions, datelines, forms.

A bullet, a numbered paragraph or a paragraph under 工会简讯 is an account where most members of its series speak of
a union that none before them named; otherwise the same signs list the points of one account. Forms are read by
their labels (项目名称：…). Nothing here looks at headlines; those are candidates of `heads`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from unionkg.loaders.layout.cues import (
    INLINE_ORDINAL,
    ends_as_caption,
    is_dateline,
    is_heading,
    opener_of,
)
from unionkg.loaders.layout.heads import Start
from unionkg.loaders.layout.sheet import Sheet, lead_unions
from unionkg.loaders.layout.units import closed_up, ends_sentence

#: What the title of a collection is called by.
COLLECTION = re.compile(
    r"案例|[选汇摘]编|[摘选]登|选刊|专[刊辑]|荟萃|集锦|年鉴|大事记|材料|经验|做法|典型|交流|简报|动态|信息|通讯|[短要]讯|工作法|故事|风采|事迹"
)
#: Least length of a numbered paragraph that is an account, and where in it its union is named, in characters.
_WHOLE, _OPENING = 60, 60
#: Where a paragraph that opens with its union names it, in characters.
_HEAD = 24
#: 【湘潭】…, and the headword of a yearbook: 【某某市总工会推出…】 …
_TAG = re.compile(r"【[^】]{2,36}】\s*(?=\S{3})")
_ARABIC = re.compile(r"\D*(\d{1,2})")
_NUMERALS = {numeral: n for n, numeral in enumerate("一二三四五六七八九十", 1)}


def forms(sheet: Sheet) -> Iterator[Start]:
    """Records of a form or table printed as 单位：… 项目：… lines."""
    titles = [i for i, found in enumerate(sheet.looks) if found.role == "label" and found.rule == "title"]
    if len(titles) < 2 and not any(_is_org_line(sheet, i) for title in titles for i in (title - 1, title + 1)):
        return
    taken = -1  # the last line of a head that another record has
    for title, following in zip(titles, [*titles[1:], len(sheet.units)], strict=True):
        at = title
        byline = None
        while (
            at - 1 > taken
            and not sheet.units[at].gap
            and sheet.looks[at].rule != "number"
            and _above_title(sheet, at - 1)
        ):
            at -= 1
        for i in range(at, min(title + 4, following)):
            if sheet.role(i) in {"label", "byline"} and sheet.looks[i].rule == "org" and (i < title or byline is None):
                byline = i
        first = at
        while sheet.looks[first].rule == "number" and first < title:
            first += 1
        taken = max(title, byline or title)
        yield Start(at, first, (title,), taken + 1, "form", byline)


def _is_org_line(sheet: Sheet, index: int) -> bool:
    return sheet.role(index) in {"label", "byline"} and sheet.looks[index].rule == "org"


def _above_title(sheet: Sheet, index: int) -> bool:
    return sheet.role(index) in {"label", "byline"} and sheet.looks[index].rule in {"org", "number", "note", "time"}


def speak_of_their_own(sheet: Sheet, series: Sequence[Start]) -> bool:
    """Whether most members of a series name a union that no member before it has named."""
    if len(series) < 2:
        return False
    seen: set[str] = set()
    own = 0
    for c in series:
        text = "".join(sheet.looks[i].bare or sheet.text(i) for i in c.title) + "\n"
        below = 3 if c.title else 1
        body = [i for i in range(c.body, min(c.body + below, len(sheet.units))) if sheet.role(i) == "body"]
        text += "\n".join(sheet.text(i) for i in body[:2])
        new = lead_unions(text) - seen
        own += bool(new)
        seen |= new
    return own >= 0.6 * len(series)


def bullets(sheet: Sheet) -> Iterator[Start]:
    """Briefs in a list: ● headline and text below, or ● and the text itself."""
    closed = False
    groups: dict[str, list[Start]] = {}
    opener = ""
    for i, found in enumerate(sheet.looks):
        if found.role == "opener" or found.rule == "comment":
            opener, closed = found.rule, found.rule in {"related", "notice", "preface", "contents"}
        if found.role != "bullet" or closed or opener_of(found.bare) == "notice":
            continue
        below = i + 1
        while sheet.role(below) == "person":
            below += 1
        titled = len(found.bare) <= 40 and is_heading(found.bare) and sheet.role(below) == "body"
        if titled:
            start = Start(i, i, (i,), below, "bullet", opener=opener)
        elif len(found.bare) >= 30:
            start = Start(i, i, (), i, "bullet", opener=opener)
        else:
            continue
        groups.setdefault(sheet.text(i)[0], []).append(start)
    for series in groups.values():
        brief = sum(c.opener == "briefs" for c in series) >= 0.5 * len(series)
        texts = [sheet.looks[c.at].bare + (sheet.text(c.body) if c.title else "") for c in series]
        own = sum(bool(lead_unions(text)) for text in texts)
        signed = sum(c.body > c.at + 1 for c in series)  # ■ headline, □ reporter
        if len(series) >= 2 and (brief or max(own, signed) >= 0.6 * len(series)):
            yield from series


def plain_briefs(sheet: Sheet) -> Iterator[Start]:
    """Briefs without headlines and bullets: under 工会简讯, paragraphs that each speak of another union."""
    for i, known in enumerate(sheet.looks):
        if known.role != "opener" or known.rule != "briefs":
            continue
        series = []
        j = i + 1
        while sheet.role(j) == "body" or sheet.role(j) == "furniture":
            if sheet.role(j) == "body":
                series.append(Start(j, j, (), j, "bullet", opener="briefs"))
            j += 1
        if speak_of_their_own(sheet, series):
            yield from series


def captions(sheet: Sheet) -> Iterator[Start]:
    """Captions one below the other under 图片新闻, each up to its photographer."""
    for i, known in enumerate(sheet.looks):
        if known.role != "opener" or known.rule != "pictures":
            continue
        j = first = i + 1
        while sheet.role(j) == "body":
            if ends_as_caption(sheet.text(j)):
                yield Start(first, first, (), first, "pictures", opener="pictures")
                first = j + 1
            j += 1


def untitled_news(sheet: Sheet, candidates: Sequence[Start]) -> Iterator[Start]:
    """Reports without a headline of their own: a dateline in the middle of running text."""
    heads = {c.body for c in candidates}
    for i, unit in enumerate(sheet.units):
        if not i:
            continue
        inside = i not in heads and sheet.role(i) == sheet.role(i - 1) == "body"
        above = sheet.text(i - 1)
        if inside and is_dateline(unit.text) and (ends_sentence(above) or above.endswith(")")):
            yield Start(i, i, (), i, "dateline", marks=frozenset({"dateline", "untitled"}))


def between_separators(sheet: Sheet) -> Iterator[Start]:
    """Pieces without headlines between lines of stars, each of a union of its own."""
    series: list[Start] = []
    open_ = True
    for i, known in enumerate(sheet.looks):
        if known.rule == "separator":
            open_ = True
        elif open_ and known.role == "body":
            series.append(Start(i, i, (), i, "numbered"))
            open_ = False
    if any(known.rule == "separator" for known in sheet.looks) and speak_of_their_own(sheet, series):
        yield from series


def all_captions(sheet: Sheet) -> Iterator[Start]:
    """A page of pictures: nearly every paragraph ends with its photographer, and several speak of unions of their own."""
    texts = [i for i in range(len(sheet.units)) if sheet.role(i) == "body"]
    series = [Start(i, i, (), i, "pictures", opener="pictures") for i in texts if ends_as_caption(sheet.text(i))]
    if len(series) >= 0.8 * len(texts) and speak_of_their_own(sheet, series):
        yield from series


def tagged_paragraphs(sheet: Sheet) -> Iterator[Start]:
    """Paragraphs that each begin with a place in brackets, 【湘潭】…, and speak of unions of their own."""
    series = [
        Start(i, i, (), i, "bullet", opener="briefs")
        for i in range(len(sheet.units))
        if sheet.role(i) == "body" and _TAG.match(sheet.text(i))
    ]
    if speak_of_their_own(sheet, series):
        yield from series


def stray_captions(sheet: Sheet, starts: Sequence[Start]) -> Iterator[Start]:
    """图为… with a photographer's credit, in the middle of a page of news, of a union that nothing above it named."""
    for i in range(1, len(sheet.units)):
        text = sheet.text(i)
        if sheet.role(i) != "body" or not text.startswith("图为") or not ends_as_caption(text):
            continue
        first = max((start.at for start in starts if start.at < i), default=None)
        if first is not None and (own := lead_unions(text)):
            above = "".join(map(sheet.text, range(first, i)))
            if not any(union in above for union in own):
                yield Start(i, i, (), i, "pictures", opener="pictures")


def numbered_paragraphs(sheet: Sheet) -> Iterator[Start]:
    """Paragraphs 1. 2. 3. without headlines, each of a union of its own, below the title of a collection."""
    series: list[Start] = []
    style = ""
    for i, unit in enumerate(sheet.units):
        if sheet.role(i) not in {"body", "heading"} or not (match := INLINE_ORDINAL.match(unit.text)):
            continue
        number = _number(match.group())
        if number == 1:
            series, style = [], ordinal_style(unit.text)
        if (
            number == len(series) + 1
            and ordinal_style(unit.text) == style
            and len(unit.text) >= _WHOLE
            and lead_unions(unit.text[:_OPENING])
        ):
            series.append(Start(i, i, (), i, "numbered"))
    if len(series) < 2 or not speak_of_their_own(sheet, series):
        return
    front = [
        closed_up(sheet.text(i))
        for i in range(series[0].at)
        if sheet.role(i) in {"heading", "opener"} or sheet.looks[i].rule in {"masthead", "preface", "notice"}
    ]
    if any(COLLECTION.search(text) for text in front):
        yield from series


def led_paragraphs(sheet: Sheet) -> Iterator[Start]:
    """Paragraphs that each open with a union of their own, all of them, below the title of a collection."""
    texts = [i for i in range(len(sheet.units)) if sheet.role(i) == "body"]
    series = [Start(i, i, (), i, "numbered") for i in texts if len(sheet.text(i)) >= _WHOLE]
    opened = [lead_unions(sheet.text(c.at)[:_HEAD]) for c in series]
    if len(series) < 3 or len(series) < len(texts) or not all(opened) or len(frozenset().union(*opened)) < len(series):
        return
    front = [closed_up(sheet.text(i)) for i in range(series[0].at) if sheet.role(i) in {"heading", "opener"}]
    if any(COLLECTION.search(text) for text in front):
        yield from series


def _number(ordinal: str) -> int:
    if match := _ARABIC.match(ordinal):
        return int(match.group(1))
    return next((_NUMERALS[c] for c in ordinal if c in _NUMERALS), 0)


def ordinal_style(text: str) -> str:
    """How the ordinal at the head of a text is printed: 一、 and (一) and 1. count different things."""
    match = INLINE_ORDINAL.match(text)
    if not match:
        return ""
    return re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十百]+", "一", match.group().strip()))
