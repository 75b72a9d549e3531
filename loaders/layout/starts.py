"""Where accounts start: by numbers, bylines, organisations, datelines, lists of titles, bullets or forms.

Every stretch of headings before running text is a candidate; what stands in it is its evidence. Strong evidence
(案例一, 申报单位, a union's name beside a title, a dateline, a title that the contents list) starts an account by
itself. Weak evidence (一、, (1), 1, a plain heading, ●) starts accounts only as a series whose members speak of
unions of their own: inside one account the same marks structure its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from unionkg.loaders.layout.cues import (
    INLINE_ORDINAL,
    MARKER,
    ends_as_caption,
    is_dateline,
    is_heading,
    opener_of,
    org_prefix,
    squeeze,
)
from unionkg.loaders.layout.sheet import Sheet, lead_unions, title_key
from unionkg.loaders.layout.units import ends_sentence

_HEAD_ROLES = {"marker", "byline", "person", "org", "subtitle", "heading", "section", "opener", "furniture"}
_QUIET = {"furniture", "person"}
#: Evidence that starts an account by itself.
_STRONG = frozenset(("marker", "byline", "org"))
#: Openers whose text is no account of its own and no part of the account before.
_CLOSING = {"preface", "notice", "contents", "related"}
_BEFORE_ACCOUNTS = {"preface", "contents"}
_PLACE_NAME = re.compile(r"【[^】]{2,8}】(?=\S{3})")
_COLUMN_NAME = re.compile(r"【.{1,8}】")
_EDITORS = re.compile(r"(?:本[刊报网]|编者|编辑部|编委会)")


@dataclass(frozen=True, slots=True)
class Start:
    """The head of an account, as indices of units.

    ``run`` is where the stretch of headings begins that it stands in, ``at`` its own first unit, ``title`` the
    units of the title (empty where none is printed), ``byline`` the unit with its organisation, ``body`` the first
    unit after the head, ``lead`` the headings above that do not belong to it. ``why`` names the evidence.
    """

    run: int
    at: int
    title: tuple[int, ...]
    body: int
    why: str
    byline: int | None = None
    lead: tuple[int, ...] = ()
    opener: str = ""
    marks: frozenset[str] = field(default_factory=frozenset)


def starts(sheet: Sheet) -> tuple[Start, ...]:
    """The starts of all accounts in the order of the document; empty where the document is a single account."""
    forms = tuple(_forms(sheet))
    if forms:
        return forms
    candidates = list(_candidates(sheet))
    chosen = _choose(sheet, candidates)
    bullets = [*_bullets(sheet), *_plain_briefs(sheet), *_captions(sheet)]
    untitled = list(_untitled_news(sheet, candidates)) if len(chosen) + len(bullets) > 0 else []
    found = {start.at: start for start in [*untitled, *bullets, *chosen]}
    return _share_headlines(sheet, [found[at] for at in sorted(found)])


def _share_headlines(sheet: Sheet, found: list[Start]) -> tuple[Start, ...]:
    """Give headlines that stand in one stack to the reports below them which they speak of.

    On a page whose columns were read in the wrong order two headlines follow each other and so do their texts.
    """
    for i in range(len(found) - 1):
        above, below = found[i], found[i + 1]
        if len(above.title) < 2 or below.title or "untitled" not in below.marks:
            continue
        own, other = sheet.text(above.body), sheet.text(below.body)
        given = tuple(
            t for t in above.title if shared_bigrams(sheet.text(t), other) > shared_bigrams(sheet.text(t), own)
        )
        if given and len(given) < len(above.title):
            kept = tuple(t for t in above.title if t not in given)
            found[i] = replace(above, title=kept, at=kept[0], marks=above.marks | {"stacked"})
            found[i + 1] = replace(below, title=given, marks=below.marks | {"stacked"})
    return tuple(found)


def shared_bigrams(heading: str, text: str) -> int:
    """How many pairs of neighbouring characters of a heading stand in a text."""
    bare = squeeze(heading)
    return sum(bare[i : i + 2] in text for i in range(len(bare) - 1))


def _forms(sheet: Sheet) -> Iterator[Start]:
    """Records of a form or table printed as 单位：… 项目：… lines."""
    titles = [i for i, found in enumerate(sheet.looks) if found.role == "label" and found.rule == "title"]
    if len(titles) < 2 and not any(_is_org_line(sheet, i) for title in titles for i in (title - 1, title + 1)):
        return
    for title in titles:
        at = title
        byline = None
        while at > 0 and not sheet.units[at].gap and sheet.looks[at].rule != "number" and _above_title(sheet, at - 1):
            at -= 1
        for i in range(at, min(title + 4, len(sheet.units))):
            if sheet.role(i) in {"label", "byline"} and sheet.looks[i].rule == "org" and (i < title or byline is None):
                byline = i
        first = at
        while sheet.looks[first].rule == "number" and first < title:
            first += 1
        yield Start(at, first, (title,), max(title, byline or title) + 1, "form", byline)


def _is_org_line(sheet: Sheet, index: int) -> bool:
    return sheet.role(index) in {"label", "byline"} and sheet.looks[index].rule == "org"


def _above_title(sheet: Sheet, index: int) -> bool:
    return sheet.role(index) in {"label", "byline"} and sheet.looks[index].rule in {"org", "number", "note", "time"}


def _candidates(sheet: Sheet) -> Iterator[Start]:
    index, count = 0, len(sheet.units)
    while index < count:
        if sheet.role(index) not in _HEAD_ROLES:
            index += 1
            continue
        first = index
        while index < count and sheet.role(index) in _HEAD_ROLES:
            index += 1
        yield from _read_run(sheet, first, index)


def _read_run(sheet: Sheet, first: int, after: int) -> Iterator[Start]:
    """Read the head of an account from the stretch of headings ``first .. after``, backwards from its text."""
    opener = ""
    begin = first
    for i in range(first, after):
        if sheet.role(i) == "opener" or (sheet.role(i) == "section" and sheet.looks[i].rule == "comment"):
            begin, opener = i + 1, sheet.looks[i].rule
    end = after
    for i in range(begin, after):
        if sheet.role(i) == "section":
            if any(sheet.role(j) in {"org", "heading", "byline", "subtitle"} for j in range(begin, i)):
                end = i
                break
            begin = i + 1
    core = [i for i in range(begin, end) if sheet.role(i) not in _QUIET]
    if not core:
        if opener == "pictures" and after < len(sheet.units):
            yield Start(first, after, (), after, "pictures", opener=opener)
        return
    marks = _marks_around(sheet, first, core[0], after) | ({opener} if opener else set())
    title, byline = _title(sheet, core, bool(marks & {"person", "dateline"}))
    if not title and byline is None:
        return
    heads = sorted([*title, *([] if byline is None else [byline])])
    at = heads[0]
    above = [i for i in core if i < at]
    for i in reversed(above):
        if sheet.role(i) == "marker":
            marks.add("marker" if MARKER.fullmatch(sheet.text(i)) else "number")
        break
    marks |= _title_marks(sheet, title, byline)
    lead = tuple(i for i in above if sheet.role(i) in {"heading", "org"})
    yield Start(first, at, tuple(title), end, "", byline, lead, opener, frozenset(marks))


def _marks_around(sheet: Sheet, first: int, core: int, after: int) -> set[str]:
    """The evidence above and below a headline: a credit line before it, reporters, a dateline, a caption's end."""
    marks: set[str] = set()
    if any(sheet.looks[i].rule == "credits" and "供稿" in sheet.text(i) for i in range(first, core)):
        marks.add("credited")
    if any(sheet.role(i) == "person" for i in range(core, after)):
        marks.add("person")
    if after < len(sheet.units) and is_dateline(sheet.text(after)):
        marks.add("dateline")
    for i in range(after, min(after + 3, len(sheet.units))):
        if sheet.role(i) != "body":
            break
        if ends_as_caption(sheet.text(i)):
            marks.add("caption")
    return marks


def read_head(sheet: Sheet, core: list[int], body: int) -> Start | None:
    """The head of a document that is one account, from its headings ``core``; text begins at ``body``."""
    title, byline = _title(sheet, core, news=True)
    heads = sorted([*title, *([] if byline is None else [byline])])
    if not heads:
        return None
    marks = _title_marks(sheet, title, byline)
    return Start(core[0], heads[0], tuple(title), body, "", byline, marks=frozenset(marks))


def _title(sheet: Sheet, core: list[int], news: bool) -> tuple[list[int], int | None]:
    """Which units of a stretch of headings are title and organisation."""
    last = core[-1]
    role = sheet.role(last)
    if role == "byline":
        return _lines_up(sheet, core[:-1], news), last
    if role == "org":
        above = core[:-1]
        if above and sheet.role(above[-1]) in {"heading", "subtitle"} and not (news and not sheet.units[last].gap):
            return _lines_up(sheet, above, news), last
        if above and sheet.role(above[-1]) == "org" and not sheet.units[last].gap:
            return [above[-1]], last  # a title that ends with 工会 above the organisation
        if news:
            return _lines_up(sheet, core, news), None
        return [last], None
    if role == "marker":
        return [], None
    title = _lines_up(sheet, core, news)
    before = [i for i in core if i < title[0]] if title else []
    if before and sheet.role(before[-1]) == "org" and len(title) <= 2:
        return [before[-1], *title], None
    return title, None


def _lines_up(sheet: Sheet, core: list[int], news: bool) -> list[int]:
    """The lines of a headline, from its last line upwards."""
    title: list[int] = []
    for i in reversed(core):
        if sheet.role(i) not in {"heading", "subtitle", "org"}:
            break
        if title:
            below = title[0]
            joined = sheet.role(below) == "subtitle" or not sheet.units[below].gap or (news and sheet.airy)
            if not joined or below - i > 1 or len(title) >= 3 or (sheet.role(i) == "org" and not news):
                break
            if _COLUMN_NAME.fullmatch(sheet.text(i)):
                break
            if sheet.units[below].gap and len(squeeze(sheet.text(i))) < 6:
                break
            if MARKER.match(sheet.text(below)) or INLINE_ORDINAL.match(sheet.text(below)):
                break
            if sheet.airy and org_prefix(sheet.text(below)):
                break
        title.insert(0, i)
    return title


def _title_marks(sheet: Sheet, title: list[int], byline: int | None) -> set[str]:
    marks: set[str] = set()
    if byline is not None:
        marks.add("byline" if sheet.role(byline) == "byline" else "org")
    if not title:
        return marks
    text = sheet.text(title[0])
    if len(title) > 1 and sheet.role(title[0]) == "org" and sheet.role(title[1]) != "subtitle":
        marks.add("org")
    if len(title) == 1 and sheet.role(title[0]) == "org" and byline is None:
        marks.add("org alone")
    if MARKER.match(text):
        marks.add("marker")
    elif INLINE_ORDINAL.match(text):
        marks.add("ordinal")
    if any(sheet.role(i) == "subtitle" for i in title):
        marks.add("subtitle")
    if _PLACE_NAME.match(text):
        marks.add("place first")
    bare = sheet.looks[title[0]].bare or text
    if org_prefix(bare):
        marks.add("org first")
    keys = {title_key(text), title_key("".join(sheet.text(i) for i in title))}
    if any(key in sheet.rows and max(sheet.rows[key]) < title[0] for key in keys):
        marks.add("listed")
    return marks


def _choose(sheet: Sheet, candidates: list[Start]) -> list[Start]:
    """The candidates that start accounts."""
    candidates = _eligible(sheet, candidates)
    chosen = {c.at: why for c in candidates if (why := _strong(c))}
    listed = [c for c in candidates if "listed" in c.marks]
    if listed and sum(bool(c.marks & _STRONG) for c in listed) < 0.6 * len(listed):
        chosen |= {c.at: "listed" for c in listed if c.at not in chosen}
    chosen |= _between_credits(sheet, candidates, chosen)
    for mark in ("org first", "subtitle", "org alone"):
        series = [c for c in candidates if mark in c.marks]
        if len(series) >= 2 and not _inside_report(series, chosen):
            chosen |= {c.at: mark for c in series if c.at not in chosen}
    places = [c for c in candidates if "place first" in c.marks]
    if _speak_of_their_own(sheet, places):
        chosen |= {c.at: "place first" for c in places if c.at not in chosen}
    _number_series(sheet, candidates, chosen)
    if not chosen:
        plain = [c for c in candidates if not c.marks and c.title and len(c.title) <= 2]
        if len(plain) >= 3 and not _is_web_page(sheet, plain[1].at) and _speak_of_their_own(sheet, plain):
            chosen |= {c.at: "heading" for c in plain}
    return [replace(c, why=chosen[c.at]) for c in candidates if c.at in chosen]


def _eligible(sheet: Sheet, candidates: list[Start]) -> list[Start]:
    """Candidates outside of prefaces, notices, lists of titles and the editors' own pieces."""
    known = _STRONG | {"listed", "org alone"}
    kept = [
        c
        for c in candidates
        if (c.opener not in _CLOSING or (c.marks & known and c.opener in _BEFORE_ACCOUNTS)) and not _editorial(sheet, c)
    ]
    last_row = max((max(rows) for rows in sheet.rows.values()), default=-1)
    if sum("listed" in c.marks for c in kept) >= 3:
        kept = [c for c in kept if c.at > last_row]
    return kept


def _strong(start: Start) -> str:
    """The evidence that starts an account by itself, "" where there is none."""
    if found := sorted(start.marks & _STRONG):
        return found[0]
    if start.marks & {"dateline", "person"}:
        return "dateline"
    if "pictures" in start.marks or start.why == "pictures":
        return "pictures"
    return "caption" if "caption" in start.marks else ""


def _number_series(sheet: Sheet, candidates: list[Start], chosen: dict[int, str]) -> None:
    """Add the members of a series 一、二、三 or 1, 2, 3 that are accounts and not the parts of one."""
    for mark in ("number", "ordinal"):
        series = [c for c in candidates if mark in c.marks]
        members = {c.at for c in series}
        if any(at < min(members, default=0) for at in chosen if at not in members):
            continue  # they number the parts of an account that began above
        if members and _is_web_page(sheet, min(members)):
            continue  # or of the one report that a web page holds
        if sum(c.at in chosen for c in series) >= max(2, len(series) / 2) or _speak_of_their_own(sheet, series):
            chosen |= {c.at: mark for c in series if c.at not in chosen}


def _inside_report(series: list[Start], chosen: dict[int, str]) -> bool:
    """Whether headings without datelines of their own stand below a report that has one: they are its subheadings."""
    first = series[0].at
    return first not in chosen and any(at < first and why == "dateline" for at, why in chosen.items())


def _is_web_page(sheet: Sheet, before: int) -> bool:
    """Whether a source line or a menu stands at the head of the document."""
    return any(sheet.looks[i].rule in {"source_line", "navigation", "share"} for i in range(before))


def _between_credits(sheet: Sheet, candidates: list[Start], chosen: dict[int, str]) -> dict[int, str]:
    """Pieces that each end with (某某总工会供稿): what follows such a line starts one, and the first needs none above."""
    credited = [c for c in candidates if "credited" in c.marks and c.title]
    lines = [
        i
        for i, known in enumerate(sheet.looks)
        if known.rule == "credits" and sheet.text(i).startswith("(") and "供稿" in sheet.text(i)
    ]
    if not credited or len(lines) < 2:
        return {}
    above = [c for c in candidates if c.title and c.at < lines[0]]
    return {c.at: "credited" for c in [*above[-1:], *credited] if c.at not in chosen}


def _editorial(sheet: Sheet, start: Start) -> bool:
    """A piece by the editors: 本刊编辑部 in the place of the organisation."""
    return any(
        len(sheet.text(i)) <= 16 and _EDITORS.match(sheet.text(i)) and sheet.role(i) != "person"
        for i in range(start.at, start.body)
        if i not in start.title
    )


def _speak_of_their_own(sheet: Sheet, series: list[Start]) -> bool:
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


def _bullets(sheet: Sheet) -> Iterator[Start]:
    """Briefs in a list: ● headline and text below, or ● and the text itself."""
    closed = False
    groups: dict[str, list[Start]] = {}
    opener = ""
    for i, found in enumerate(sheet.looks):
        if found.role == "opener" or found.rule == "comment":
            opener, closed = found.rule, found.rule in {"related", "notice", "preface", "contents"}
        if found.role != "bullet" or closed or opener_of(found.bare) == "notice":
            continue
        titled = len(found.bare) <= 40 and is_heading(found.bare) and sheet.role(i + 1) == "body"
        if titled:
            start = Start(i, i, (i,), i + 1, "bullet", opener=opener)
        elif len(found.bare) >= 30:
            start = Start(i, i, (), i, "bullet", opener=opener)
        else:
            continue
        groups.setdefault(sheet.text(i)[0], []).append(start)
    for series in groups.values():
        brief = sum(c.opener == "briefs" for c in series) >= 0.5 * len(series)
        texts = [sheet.looks[c.at].bare + (sheet.text(c.body) if c.title else "") for c in series]
        own = sum(bool(lead_unions(text)) for text in texts)
        if len(series) >= 2 and (brief or own >= 0.6 * len(series)):
            yield from series


def _plain_briefs(sheet: Sheet) -> Iterator[Start]:
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
        if _speak_of_their_own(sheet, series):
            yield from series


def _captions(sheet: Sheet) -> Iterator[Start]:
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


def _untitled_news(sheet: Sheet, candidates: list[Start]) -> Iterator[Start]:
    """Reports without a headline of their own: a dateline in the middle of running text."""
    heads = {c.body for c in candidates}
    for i, unit in enumerate(sheet.units):
        inside = i > 0 and i not in heads and sheet.role(i) == sheet.role(i - 1) == "body"
        if inside and is_dateline(unit.text) and ends_sentence(sheet.text(i - 1)):
            yield Start(i, i, (), i, "dateline", marks=frozenset({"dateline", "untitled"}))
