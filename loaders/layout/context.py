"""What a document says about itself: title, publisher, date, and the short forms it introduces."""

from __future__ import annotations

import re

from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.layout.cut import Cut
from unionkg.loaders.layout.region import region_of
from unionkg.loaders.layout.sheet import Sheet

_YEAR = r"((?:19|20)\d\d)"
_FULL = re.compile(rf"(?<!\d){_YEAR}\s*[-年./]\s*(\d{{1,2}})\s*[-月./]\s*(\d{{1,2}})(?!\d)")
_MONTH = re.compile(rf"(?<!\d){_YEAR}\s*年\s*(\d{{1,2}})\s*月(?!\s*\d)")
_ISSUE = re.compile(rf"(?<![\d—–~-]){_YEAR}\s*(?:年|-\s*\d{{1,2}}$|年?第|[春夏秋冬])")
_HEADS = {"masthead", "source_line", "credits", "imprint", "share", "navigation", "front_matter", "running_head"}
_DATELINE = re.compile(r"(\d{1,2})月(\d{1,2})日(?:电|讯)")
_PUBLISHER = (
    re.compile(r"主\s*办(?:单位)?\s*[::]\s*([^\s|,;]{3,30})"),
    re.compile(r"(?:来\s*源|转自|稿源)\s*[::|]\s*([\u4e00-\u9fff]{2,20})"),
    re.compile(r"版权所有\s*[::]\s*([^\s|,;]{3,30})"),
    re.compile(r"(?:发布机构|发布单位|作者|编印)\s*[::]\s*([^\s|,;\d]{3,30})"),
    re.compile(r"([\u4e00-\u9fff]{4,20}?)\s*(?<![选汇摘主责改新])编印?(?:\s|$)"),
    re.compile(r"([\u4e00-\u9fff]{2,8}(?:日报|晚报|周报|时报|早报|商报|导报|工人报|劳动报|周刊))$"),
)
#: Second lines of titles of collections.
_GOES_ON = re.compile(r"^\(|(?:汇编|选编|摘编|案例集?|材料|选登|选刊|专辑|专刊|集)(?:\(.{1,8}\))?$")
_COLUMN_NAME = re.compile(r"【.{1,8}】")
_NO_PUBLISHER = {"客户端", "本站", "某网", "某某网", "互联网", "网络", "未知"}
_OWN = re.compile(r".?[省市区县州旗师镇]总|[我本].{0,2}|.{1,2}")


def context(sheet: Sheet, found: Cut, made: tuple[Account, ...], published: str | None) -> DocumentContext:
    """Read the context of a document that has been cut into accounts."""
    title, publisher = _title(sheet, found, made), _publisher(sheet, found)
    date = published or _published(sheet, found)
    return DocumentContext(
        source=sheet.source,
        title=title,
        publisher=publisher,
        published=date,
        region=region_of(title, publisher, made, date),
        names=_shared_names(made),
    )


def _title(sheet: Sheet, found: Cut, made: tuple[Account, ...]) -> str:
    """The heading of the collection, or the title of its only account."""
    if len(made) == 1 and made[0].title:
        return made[0].title
    first = min((i for draft in found.drafts for i in draft.units), default=0)
    lines: list[int] = []
    for i in range(first):
        if not lines and sheet.role(i) == "opener" and sheet.looks[i].rule == "briefs" and len(sheet.text(i)) >= 4:
            return sheet.text(i)
        if "\t" in sheet.text(i) or _COLUMN_NAME.fullmatch(sheet.text(i)):
            continue
        if (
            not lines
            and sheet.role(i) in {"heading", "org"}
            and found.ignored.get(i) in {"front_matter", "group_heading"}
        ):
            lines = [i]
        elif lines and sheet.role(i) in {"heading", "subtitle"} and i == lines[-1] + 1 and len(lines) < 3:
            if sheet.units[i].gap and not _GOES_ON.search(sheet.text(i)):
                break
            lines.append(i)
    return " ".join(sheet.text(i) for i in lines)


def _publisher(sheet: Sheet, found: Cut) -> str | None:
    texts = _page_texts(sheet, found)
    for pattern in _PUBLISHER:
        for text in texts:
            match = pattern.search(text)
            if match and match.group(1) not in _NO_PUBLISHER:
                return match.group(1).strip("《》“”")
    return None


def _page_texts(sheet: Sheet, found: Cut) -> list[str]:
    """Masthead, source line, imprint and their like; not those of the pages that a web page links to at its end."""
    related = next(
        (i for i, known in enumerate(sheet.looks) if known.role == "opener" and known.rule == "related"), None
    )
    return [
        " ".join(sheet.text(i).split())
        for i, rule in sorted(found.ignored.items())
        if rule in _HEADS and (related is None or i < related)
    ]


def _published(sheet: Sheet, found: Cut) -> str | None:
    """The date on masthead, source line or imprint; the year of an issue; the fullest that is printed."""
    texts = _page_texts(sheet, found)
    for text in texts:
        if match := _FULL.search(text):
            return _date(*map(int, match.groups()))
    for text in texts:
        if match := _MONTH.search(text):
            return _date(int(match.group(1)), int(match.group(2)))
    for text in texts:
        if match := _ISSUE.search(text):
            return match.group(1)
    return None


def _date(year: int, month: int, day: int | None = None) -> str:
    if not 1 <= month <= 12:
        return f"{year}"
    if day is None or not 1 <= day <= 31:
        return f"{year}-{month:02}"
    return f"{year}-{month:02}-{day:02}"


def _shared_names(made: tuple[Account, ...]) -> dict[str, str]:
    """Short forms of all accounts; 市总 and 我会 mean another union in each account and are shared by none."""
    names: dict[str, str] = {}
    for account in made:
        for short, full in account.names.items():
            if len(made) == 1 or not _OWN.fullmatch(short):
                names.setdefault(short, full)
    return names
