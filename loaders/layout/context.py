"""What a document says about itself: title, publisher, date, and the short forms it introduces.

Its title is the heading above its accounts, else the title of its only account, else the name of the paper or site on
its first lines, else a name made of its first headline or its first words. Its date is the fullest one printed above
the text, before one on an imprint or a later source line. Each account's own date line is not read here.
"""

from __future__ import annotations

import re

from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.layout.drafts import Cut
from unionkg.loaders.layout.furniture import closed_line
from unionkg.loaders.layout.region import region_of
from unionkg.loaders.layout.sheet import Sheet
from unionkg.loaders.layout.units import closed_up

_YEAR = r"((?:19|20)\d\d)"
_FULL = re.compile(rf"(?<!\d){_YEAR}\s*[-年./]\s*(\d{{1,2}})\s*[-月./]\s*(\d{{1,2}})(?!\d)")
_MONTH = re.compile(rf"(?<!\d){_YEAR}\s*年\s*(\d{{1,2}})\s*月(?!\s*\d)")
_ISSUE = re.compile(rf"(?<![\d—–~-]){_YEAR}\s*(?:年|-\s*\d{{1,2}}$|年?第|[春夏秋冬])")
#: An issue with its number; the number of a month stands in 2018-5 only by chance, so the year alone is sure.
_NUMBERED_ISSUE = re.compile(rf"(?<![\d—–~-]){_YEAR}\s*(?:-\s*\d{{1,2}}$|年?第|年\S{{0,2}}期|[春夏秋冬])")
_CHINESE_MONTH = re.compile(r"([一二][〇○零0Oo一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月")
_ZERO = dict.fromkeys("○零0Oo", "〇")
#: Dots between a title and its page in the contents.
_LEADERS = re.compile(r"[.·…]{4,}")
_REPORT = re.compile(r"[^，。,]{0,24}(?:[讯电訊電]|消息)\s*[(（][^)）]{2,40}[)）]|【[^】]{2,12}】")
_CLAUSE = re.compile(r"[^。!?！？;；]{10,36}?(?=[,，。:：])|[^。!?！？;；]{1,30}")
_PAPER = re.compile(r"([\u4e00-\u9fff·]{4,16})(?=\s|$|[|>(])")
_HEADS = {"masthead", "source_line", "credits", "imprint", "share", "navigation", "front_matter", "running_head"}
_DATELINE = re.compile(r"(\d{1,2})月(\d{1,2})日(?:电|讯)")
_PUBLISHER = (
    re.compile(r"主\s*办(?:单位)?\s*[::]\s*([^\s|,;]{3,30})"),
    re.compile(r"(?:来\s*源|转自|稿源)\s*[::|]\s*([\u4e00-\u9fff]{2,20})"),
    re.compile(r"版权所有\s*[::]\s*([^\s|,;]{3,30})"),
    re.compile(r"(?:发布机构|发布单位|编印)\s*[::]\s*([^\s|,;\d]{3,30})"),
    re.compile(r"作者\s*[::]\s*([^\s|,;\d()]{2,28}(?:报|社|网|工会|部|办公室|中心|台))(?=[\s|,;]|$)"),
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
        title=title or _name_of_paper(sheet, found) or _name_by_accounts(made),
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
            return _printed(sheet, i)
        if "\t" in sheet.text(i) or _LEADERS.search(sheet.text(i)) or _COLUMN_NAME.fullmatch(sheet.text(i)):
            continue
        if (
            not lines
            and sheet.role(i) in {"heading", "org"}
            and found.ignored.get(i) in {"front_matter", "group_heading", "notice"}
            and len(sheet.looks[i].bare or sheet.text(i)) >= 4
        ):
            lines = [i]
        elif lines and sheet.role(i) in {"heading", "subtitle"} and i == lines[-1] + 1 and len(lines) < 3:
            if sheet.units[i].gap and not _GOES_ON.search(sheet.text(i)):
                break
            lines.append(i)
    return " ".join(_printed(sheet, i) for i in lines)


def _printed(sheet: Sheet, index: int) -> str:
    """A unit as printed, letter-spacing closed up."""
    text = " ".join(sheet.source.text[a:b] for a, b in sheet.units[index].spans)
    return " ".join(closed_up(text.replace("\u3000", " ")).split())


def _name_of_paper(sheet: Sheet, found: Cut) -> str:
    """The name of the paper or site in the first line of the page: 某某工人报 2020年3月4日 第2版."""
    for i in range(min(3, len(sheet.units))):
        if found.ignored.get(i) in {"masthead", "navigation"}:
            match = _PAPER.match(closed_line(sheet.text(i)))
            if match and match.group(1) not in _NO_PUBLISHER:
                return match.group(1)
    return ""


def _name_by_accounts(made: tuple[Account, ...]) -> str:
    """A name for a document that prints none: the first headline in it, and how many accounts there are."""
    titles = [account.title for account in made if account.title]
    if titles:
        return f"《{titles[0]}》等{len(made)}篇" if len(made) > 1 else titles[0]
    if not made:
        return ""
    opening = _REPORT.sub("", made[0].passage.text[made[0].body :].split("\n")[0], count=1)
    clause = _CLAUSE.match(opening)
    return f"{clause.group()}……" if clause else ""


def _publisher(sheet: Sheet, found: Cut) -> str | None:
    texts = _page_texts(sheet, found)
    for pattern in _PUBLISHER:
        for text in texts:
            match = pattern.search(text)
            if match and match.group(1) not in _NO_PUBLISHER:
                return match.group(1).strip("《》“”")
    return None


def _page_texts(sheet: Sheet, found: Cut, until: int | None = None) -> list[str]:
    """Masthead, source line, imprint and their like; not those of the pages that a web page links to at its end."""
    related = next(
        (i for i, known in enumerate(sheet.looks) if known.role == "opener" and known.rule == "related"), None
    )
    return [
        closed_line(sheet.text(i))
        for i, rule in sorted(found.ignored.items())
        if rule in _HEADS and (related is None or i < related) and (until is None or i < until)
    ]


def _published(sheet: Sheet, found: Cut) -> str | None:
    """The date on masthead, source line or imprint; the year of an issue; the fullest that is printed.

    What is printed above the first text goes before what stands further down: an imprint dates the printing, a
    source line the second of two reports.
    """
    first = min((i for draft in found.drafts for i in draft.body), default=len(sheet.units))
    above = _page_texts(sheet, found, until=first)
    return _fullest(above, _NUMBERED_ISSUE) or _fullest(_page_texts(sheet, found), _ISSUE)


def _fullest(texts: list[str], issue: re.Pattern[str]) -> str | None:
    for text in texts:
        if match := _FULL.search(text):
            return _date(*map(int, match.groups()))
    for text in texts:
        if match := _MONTH.search(text) or _CHINESE_MONTH.search(text):
            year, month = (_digits(group) for group in match.groups())
            return _date(year, month)
    for text in texts:
        if match := issue.search(text):
            return match.group(1)
    return None


def _digits(numeral: str) -> int:
    """二〇二二 -> 2022, 十一 -> 11."""
    if numeral.isdecimal() and numeral.isascii():
        return int(numeral)
    if "十" in numeral:
        tens, units = numeral.split("十")
        return 10 * (_digits(tens) if tens else 1) + (_digits(units) if units else 0)
    return int("".join(str("〇一二三四五六七八九".index(_ZERO.get(c, c))) for c in numeral))


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
