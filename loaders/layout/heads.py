"""Heads of accounts: every stretch of headings before running text, read for title, organisation and evidence.

A stretch is read backwards from its text: section headings and openers bound it, the organisation stands beside the
title, lines without a blank line between them are one title. What else stands in it is collected as marks (a
number, a date line below the title, a page's tail above it, the credit of a photograph): whether they start an
account is decided in `starts`. A stretch without a headline or organisation is no head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from unionkg.loaders.layout.cues import (
    INLINE_ORDINAL,
    MARKER,
    ends_as_caption,
    is_dateline,
    org_prefix,
    org_suffix,
    squeeze,
)
from unionkg.loaders.layout.sheet import Sheet, title_key

_HEAD_ROLES = {"marker", "byline", "person", "org", "subtitle", "heading", "section", "opener", "furniture"}
_QUIET = {"furniture", "person"}
_PLACE_NAME = re.compile(r"【[^】]{2,8}】(?=\S{3})")
_COLUMN_NAME = re.compile(r"【.{1,8}】")
_AUTHOR_LINE = re.compile(r"[(【\[]?\s*(?:文|作者|撰稿|执笔|供稿|通讯员)\s*[/:|\s]")
_FIRST = re.compile(r"\(?一[)、.]|\(?1[)、.]|第一[、,]")
#: A speech begins with it: 各位领导、同志们:
_SALUTATION = re.compile(r"(?:尊敬的)?[^,。]{0,10}(?:各位|同志们|同事们|工友们|代表们|朋友们)[^。]{0,24}:$")
#: A heading over several accounts: 一等奖(2个), 组织建设类.
_GROUP = re.compile(r".{0,30}(?:奖|类|篇|部分|单元)(?:\s*\(.{1,10}\))?")
_LETTER_SPACED = re.compile(r"(?:[\u4e00-\u9fff“”] ){2,}[\u4e00-\u9fff“”]")
#: Furniture that ends a page or a piece on it.
_TAIL = {"credits", "navigation", "source_line", "share", "imprint", "separator"}


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


def candidates(sheet: Sheet) -> Iterator[Start]:
    """Read all stretches of headings that text follows."""
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
    begin, end, opener = _bounds(sheet, first, after)
    core = [i for i in range(begin, end) if sheet.role(i) not in _QUIET]
    if (part := first_part(sheet, core, alone=False)) is not None:
        end, core = part, [i for i in core if i < part]
    elif (byline := _titled_byline(sheet, core)) is not None:
        end, core = core[byline + 1], core[: byline + 1]
    if not core:
        if opener == "pictures" and after < len(sheet.units):
            yield Start(first, after, (), after, "pictures", opener=opener)
        return
    marks = _marks_around(sheet, first, core[0], after) | ({opener} if opener else set())
    if after == len(sheet.units):
        return  # headings over nothing
    title, byline = _title(sheet, core, bool(marks & {"person", "dateline"}))
    if not title and byline is None:
        if sheet.role(core[-1]) == "marker" and sheet.role(after) == "body":
            mark = "marker" if MARKER.fullmatch(sheet.text(core[-1])) else "number"
            yield Start(first, after, (), after, "", None, (), opener, frozenset({*marks, mark}))
        return
    heads = sorted([*title, *([] if byline is None else [byline])])
    at = heads[0]
    above = [i for i in core if i < at]
    for i in reversed(above):
        if sheet.role(i) == "marker":
            marks.add("marker" if MARKER.fullmatch(sheet.text(i)) else "number")
        break
    marks |= _title_marks(sheet, title, byline)
    below = range(heads[-1] + 1, after)
    if any(_is_author_line(sheet, i) for i in below):
        marks.add("authored")
    elif any(sheet.looks[i].rule == "source_line" for i in below):
        marks.add("sourced")
    if any(_is_column(sheet, i) for i in range(first, at)):
        marks.add("column")
    if first and any(sheet.looks[i].rule in _TAIL for i in range(first, at)):
        marks.add("after tail")
    lead = tuple(i for i in above if sheet.role(i) in {"heading", "org"})
    yield Start(first, at, tuple(title), end, "", byline, lead, opener, frozenset(marks))


def _bounds(sheet: Sheet, first: int, after: int) -> tuple[int, int, str]:
    """Where the head itself begins and ends in a stretch of headings, and the opener that it stands under."""
    opener = ""
    begin = first
    for i in range(first, after):
        if sheet.role(i) == "opener" or (sheet.role(i) == "section" and sheet.looks[i].rule == "comment"):
            begin, opener = i + 1, sheet.looks[i].rule
    end = after
    for i in range(begin, after):
        if sheet.role(i) == "section":
            above = [j for j in range(begin, i) if sheet.role(j) in {"org", "heading", "byline", "subtitle"}]
            if above and "\t" not in sheet.text(above[-1]):
                end = i
                break
            begin = i + 1
    return begin, end, opener


def first_part(sheet: Sheet, core: list[int], *, alone: bool) -> int | None:
    """Where 一、… right below a head numbers the first part of the account; None where it numbers the account itself.

    Below a title and its organisation it does, and in a document of one account (``alone``) below any headline.
    """
    for n, i in enumerate(core):
        if n and sheet.role(i) == "heading" and _FIRST.match(sheet.text(i)):
            above = [sheet.role(j) for j in core[:n]]
            titled = any(role in {"heading", "subtitle"} for role in above)
            if (
                titled
                and (alone or above[-1] in {"org", "byline"})
                and not any(INLINE_ORDINAL.match(sheet.text(j)) for j in core[:n])
            ):
                return i
    return None


def _titled_byline(sheet: Sheet, core: list[int]) -> int | None:
    """Where in a stretch 申报单位：… stands right below its title, so that headings below it are parts of the account.

    A line that is set off from a heading above it (一等奖, the name of a group) stands over its own title instead.
    """
    for n, i in enumerate(core[:-1]):
        if n and sheet.role(i) == "byline" and sheet.role(core[n - 1]) in {"heading", "subtitle"}:
            joined = (not sheet.units[i].gap or sheet.airy) and not _GROUP.fullmatch(sheet.text(core[n - 1]))
            return n if joined and not INLINE_ORDINAL.match(sheet.text(core[n + 1])) else None
    return None


def _marks_around(sheet: Sheet, first: int, core: int, after: int) -> set[str]:
    """The evidence above and below a headline: a credit line before it, reporters, a dateline, a caption's end."""
    marks: set[str] = set()
    if any(is_piece_credit(sheet, i) for i in range(first, core)):
        marks.add("credited")
    if any(sheet.role(i) == "person" for i in range(core, after)):
        marks.add("person")
    if after < len(sheet.units) and is_dateline(sheet.text(after)):
        marks.add("dateline")
    if after < len(sheet.units) and _SALUTATION.match(sheet.text(after)):
        marks.add("speech")
    for i in range(after, min(after + 3, len(sheet.units))):
        if sheet.role(i) != "body":
            break
        if ends_as_caption(sheet.text(i)):
            marks.add("caption")
    return marks


def _is_column(sheet: Sheet, index: int) -> bool:
    """The name of a column of a periodical, 【基层】; 【背景】 and 【专家点评】 head parts of accounts."""
    known = sheet.looks[index]
    return (
        known.role in {"heading", "opener"}
        and known.rule in {"", "briefs"}
        and bool(_COLUMN_NAME.fullmatch(sheet.text(index)))
    )


def _is_author_line(sheet: Sheet, index: int) -> bool:
    """作者：… without a date or a count of visits, which a web page prints."""
    if sheet.looks[index].rule not in {"credits", "source_line"}:
        return False
    text = sheet.text(index)
    return bool(_AUTHOR_LINE.match(text)) and not any(character.isdigit() for character in text)


def is_piece_credit(sheet: Sheet, index: int) -> bool:
    """Whether a line says who wrote the piece above it: (某某供稿), (某某总工会), (张三 李四), ——某某总工会供稿."""
    if sheet.looks[index].rule != "credits":
        return False
    text = sheet.text(index)
    if sheet.looks[index].bare and text.startswith(("——", "--", "──", "―")):
        return True
    return text.startswith("(") and text.endswith(")") and not re.search(r"摄|图|责编|编辑", text)


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
    if before and sheet.role(before[-1]) == "byline":
        return title, before[-1]
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
            if _LETTER_SPACED.fullmatch(sheet.text(i)) and not _LETTER_SPACED.fullmatch(sheet.text(below)):
                break  # the name of the paper or booklet
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
    elif org_suffix(sheet.text(title[-1])):
        marks.add("org last")
    keys = {title_key(text), title_key("".join(sheet.text(i) for i in title))}
    if any(key in sheet.rows and max(sheet.rows[key]) < title[0] for key in keys):
        marks.add("listed")
    return marks
