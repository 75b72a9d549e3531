"""What a single unit is by its own looks: furniture, a heading of a section, a byline, an organisation, a heading, text.

By its length, its last character, its punctuation, its first mark, and the words of the tables ``layout_sections``,
``layout_bylines`` and ``layout_headings``; stray blanks of scanners and letter-spacing do not matter. Neighbours are not
looked at: a heading here may turn out to be a subheading, a list's row or a broken line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from unionkg.graph.records import SectionKind
from unionkg.loaders.layout.furniture import NUMBER_ALONE, furniture_of, matchers
from unionkg.loaders.layout.units import BULLETS, closed_up, ends_sentence
from unionkg.ontology.vocabulary import table

Role = Literal[
    "furniture",  # belongs to the page: `Look.rule` names how
    "section",  # heading of a part of an account: `Look.section`
    "opener",  # heading of a part of the document that is no account, or names its accounts' kind: `Look.rule`
    "marker",  # 案例一, 会议材料之一, a number standing alone
    "byline",  # 申报单位：…
    "label",  # a line of a form, 项目：…: `Look.rule` is what the label means
    "person",  # 本报记者 …
    "org",  # the name of a union and nothing else
    "subtitle",  # ——…
    "bullet",  # ● …
    "heading",
    "body",
]

_ORDINAL = r"(?:[一二三四五六七八九十百]{1,4}|\d{1,3}|[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])"
#: An ordinal at the head of a heading: 一、 (一) 1. 1、 (1) 01  1-1
INLINE_ORDINAL = re.compile(
    rf"(?:\({_ORDINAL}\)[、.]?|[①-⑳]|第?{_ORDINAL}[、.,:](?!\d)|{_ORDINAL}[)]|\d{{1,2}}-\d{{1,2}}\s|0\d\s)\s*(?=\S)"
)
_MARKER_WORDS = "亮点|成果|案例|事例|材料|书面交流|经验|典型经验|典型|做法|例|篇|项目|故事"
MARKER = re.compile(
    rf"(?:{_MARKER_WORDS}|交流发言|[\u4e00-\u9fff]{{2,4}}材料)\s*(?:(?:之|第|No\.?)?\s*{_ORDINAL}(?:[:、.\s]+|(?=[“《])|$)|\({_ORDINAL}\)[:、.\s]*)"
    rf"|【?案例\s*{_ORDINAL}】?[:\s]*|之{_ORDINAL}\s+|[\u4e00-\u9fff]{{2,4}}案例[一二三四五六七八九十]{{1,3}}(?:[:、.\s]+|$)|第{_ORDINAL}[节则例](?:[:、.\s]+|$)|(?:(?:PART|Part|CASE|Case)\s?|N[Oo]\.?\s?)\d{{1,2}}(?:[:、.\s]+|$)"
)
#: 第一篇 服务篇: a part of a book, above several accounts.
_PART = re.compile(r"第\s*[一二三四五六七八九十\d]{1,3}\s*(?:篇|章|部分|单元|编|板块)(?:[\s:、][^,。]{0,24})?")
#: What is printed behind the accounts: 附:获奖名单
_APPENDIX = re.compile(
    r"附(?:录|件|表)?\s*[一二三四五\d]{0,2}\s*[:.、\s]\s*.{0,40}(?:名单|名录|目录|一览表|汇总表)(?:\(.{1,12}\))?"
)
_PERSON = re.compile(
    r"(?:□\s*|■\s*|◎\s*)?(?:[(]\s*)?(?:文/?图?\s*[:/]?\s*)?(?:本(?:报|刊|网|台|社)|全媒体|融媒体)?(?:特约|见习|实习|全媒体|融媒体|首席)?(?:记者|通讯员|评论员)(?:\s+.{0,40}|$)"
)
_DATELINE = re.compile(
    r"(?:【[^】]{1,12}】)?(?:[\u4e00-\u9fff—\-]{1,14}(?:讯|消息)|[^,。]{1,16}\d{1,2}月\d{1,2}日(?:电|讯|消息))\s*(?:[(]|记者|通讯员|\s|\d|[\u4e00-\u9fff])"
)
_CAPTION_END = re.compile(r"(?:摄(?:影)?(?:报道)?|供图|图片由.{2,20}提供|\(资料图片?\)|\(资料图\))[)）]?$")
_CAPTION_START = re.compile(r"图(?:为|[①-⑨1-9一二三四五]?\s*:|[①-⑨])")
_ORG = re.compile(
    r"(?!.*(?:的|了|把|让|看|谈|话|说|与你|进)(?:总?工会)?$)(?!(?:组建|成立|建立|创建|打造|建强|加入|走进|推进|推动|做|把|让|向|创新|激活|激发|规范|加强|依托)[^,。]*工会$)"
    r"[\u4e00-\u9fffA-Za-z0-9·()“”\"、]{2,40}?(?:工会|工联会|工会(?:工作)?委员会|总工会.{0,6}委员会|[业家]联合会|工会联合会|工会工作站|工人文化宫|职工服务中心)"
    r"(?:[\u4e00-\u9fff]{2,12}委员会|委员会|女职?工委|女职?工部|经审会|办公室|分会)?(?:\s*\([^()]{2,20}\))?"
)
#: A union's name that can be nothing else, for lines that a scanner broke up.
_FULL_ORG = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9()]{2,24}(?:省|市|区|县|州|盟|旗|镇|乡|街道|师|公司|集团|厂|矿|院|校|所|局|行业|园)"
    r"[\u4e00-\u9fff]{0,8}(?:总工会|工会联合会|工会委员会|工会)"
)
#: A speech ends with it.
_THANKS = re.compile(
    r"(?:(?:我的)?(?:发言|汇报|交流|介绍)(?:完了|完毕|到此结束)[,。!]*)?(?:谢谢(?:大家|各位.{0,4})?)?[。!]"
)
_SPEAKER = re.compile(
    r"([^\s,。:]{4,24}?(?:工会|联合会))(?:[\u4e00-\u9fff、]{0,8})(?:主席|主任|部长|书记|会长|干部|专员)\s*[\u4e00-\u9fff·]{2,4}"
)
_AUTHOR = re.compile(r"(?:文|作者|撰稿|供稿|执笔)\s*[/:|]\s*(\S{4,40})")
_ASCII_STOP = re.compile(r"[\u4e00-\u9fff]\.\s?[\u4e00-\u9fff]")
#: Blanks around Latin letters and digits inside a name.
_INNER_BLANK = re.compile(r"(?<=[A-Za-z0-9]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=[A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Look:
    """What a unit looks like. ``bare`` is its text without ordinal, bullet or label."""

    role: Role
    rule: str = ""
    section: SectionKind | None = None
    bare: str = ""


def squeeze(text: str) -> str:
    """The text without white space and punctuation, for comparing headings."""
    return _SQUEEZE.sub("", text)


_SQUEEZE = re.compile(r"[^\w%＋+]+")
_DECORATION = re.compile(rf"^[\s{BULLETS}*#\-—【\[《<(]*|[\s*:】\]》>)]*$")


@cache
def _sections() -> Mapping[str, SectionKind]:
    return {row["heading"]: cast("SectionKind", row["kind"]) for row in table("layout_sections")}


@cache
def labels() -> Mapping[str, str]:
    """What a label at the head of a line means, by label."""
    return {row["label"]: row["means"] for row in table("layout_bylines")}


@cache
def _label() -> re.Pattern[str]:
    known = sorted([*labels(), *_sections()], key=len, reverse=True)
    words = "|".join(map(re.escape, known))
    known = sorted((label for label, means in labels().items() if means in {"org", "title"}), key=len, reverse=True)
    heads = "|".join(map(re.escape, known))
    long = "|".join(re.escape(label) for label in known if len(label) >= 4)
    return re.compile(
        rf"(?:-\s+)?[{BULLETS}\s]*(?:[【\[*]*({words})(?:\([^()]{{1,6}}\))?[】\]*]*\s*:|[【\[]({heads})[】\]]|({long})\s+)[\s*]*(?=\S)"
    )


def section_of(text: str) -> SectionKind | None:
    """The kind of section that a heading opens, None where it is no section's heading."""
    if len(text) > 24:
        return None
    bare = _DECORATION.sub("", text)
    known = _sections()
    for candidate in (bare, INLINE_ORDINAL.sub("", bare, count=1)):
        key = re.sub(r"\s+", "", _DECORATION.sub("", candidate))
        if key in known:
            return known[key]
    return None


def opener_of(text: str) -> str | None:
    """What a heading opens that is no account (专家点评, 编者按, 目录 …), None where it opens nothing of the kind."""
    bare = re.sub(r"\s+", "", _DECORATION.sub("", text)) if len(text) <= 24 else _DECORATION.sub("", text[:40])[:24]
    exact, prefix, rest = matchers("layout_headings")
    if len(text) <= 24 and (found := exact.get(bare) or exact.get(bare.lower())):
        return found
    if match := prefix.match(bare):
        return exact[match.group()]
    if len(bare) <= 10:
        for cue, role in rest:
            if bare.endswith(cue):
                return role
    return None


def stands_alone(text: str) -> bool:
    """Whether a line is never part of a paragraph set in short lines."""
    return bool(
        furniture_of(text)
        or section_of(text)
        or opener_of(text) in {"comment", "preface", "notice", "contents"}
        or _PERSON.fullmatch(text)
        or text.startswith(("——", "--"))
        or MARKER.fullmatch(text)
    )


def is_heading(text: str) -> bool:
    """Whether a text could be a headline: short, and no sentence."""
    if not text or len(text) > 64 or text[-1] in ",、;:。" or not any("\u4e00" <= c <= "\u9fff" for c in text):
        return False
    outside = re.sub(r"[“\"'‘《][^”\"'’》]*[”\"'’》]", "", text)
    if (
        "。" in outside
        or ";" in outside
        or _ASCII_STOP.search(outside)
        or any(text.count(a) != text.count(b) for a, b in ("“”", "《》", "()"))
    ):
        return False
    return not (ends_sentence(text) and (len(text) > 32 or text[-1] == "."))


def is_org(text: str) -> bool:
    """Whether a text is the name of a union (or two of them) and nothing else."""
    if len(text) > 48:
        return False
    text = _INNER_BLANK.sub("", closed_up(text)).removesuffix(":")
    if _ORG.fullmatch(text):
        return True
    if " " in text and any(len(part) <= 2 for part in text.split()) and _FULL_ORG.fullmatch(text.replace(" ", "")):
        return True
    parts = re.split(r"[\s、]+", text)
    return 1 < len(parts) <= 3 and all(_ORG.fullmatch(part) for part in parts)


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(row["word"] for row in table("commentator_cues") if row["kind"] == "surname")


def is_speaker(text: str) -> bool:
    """Whether a line names a union's officer, as speeches do below their title: 某某总工会主席 某某."""
    if len(text) > 40:
        return False
    plain = closed_up(text)
    if match := _SPEAKER.fullmatch(plain):
        return is_org(match.group(1))
    org, _, name = plain.rpartition(" ")
    return 2 <= len(name) <= 4 and name.startswith(_surnames()) and is_org(org.strip())


def org_prefix(text: str) -> str | None:
    """The union that a headline begins with, set off by a blank or colon, or as its subject."""
    match = re.match(r"([^\s:,，]{2,30}?(?:工会|工联会))(?:\s+|:\s*)(?=\S{3})", text)
    if match and is_org(match.group(1)):
        return match.group(1)
    match = re.match(r"([\u4e00-\u9fff]{0,14}(?:省|市|区|县|州|盟|旗|镇|乡|街道)总工会)(?=[\u4e00-\u9fff“])", text)
    return match.group(1) if match else None


def org_suffix(text: str) -> str | None:
    """The union that a headline ends with, set off by a blank, a dash or brackets."""
    match = re.search(r"\S{4}(?:\s+|\s*——\s*|\s*/\s*|\s*\()([^\s()/]{4,30})\)?$", text)
    return match.group(1) if match and is_org(match.group(1)) else None


def is_dateline(text: str) -> bool:
    """Whether a paragraph begins as a news report does: 本报讯, 某地7月8日电 …"""
    return bool(_DATELINE.match(text))


def is_person(text: str) -> bool:
    """Whether a line names reporters."""
    return len(text) <= 60 and bool(_PERSON.fullmatch(text))


def ends_as_caption(text: str) -> bool:
    """Whether a paragraph ends with the credit of a photograph."""
    return len(text) <= 400 and bool(_CAPTION_END.search(text))


def labelled(text: str) -> Look | None:
    """A line of a form, or a paragraph that begins with its section's name: 做法：…"""
    if (author := _AUTHOR.fullmatch(text)) and is_org(author.group(1)):
        return Look("byline", "org", bare=author.group(1))
    found = _label().match(text)
    if found is None:
        return None
    label, value = found[1] or found[2] or found[3], text[found.end() :]
    means = labels().get(label)
    if means == "org" and len(value) <= 60 and (len(label) > 2 or is_org(value)):
        return Look("byline", means, bare=value)
    return Look("label", means or "section", _sections().get(label), bare=value)


def meaning_of(label: str) -> str | None:
    """What a label means by the known label or section heading that it ends with: 牵头单位 ends with 单位."""
    known = {**_sections(), **labels()}
    return next((known[label[n:]] for n in range(len(label) - 1) if label[n:] in known), None)


def cell_look(text: str, column: str) -> Look:
    """What a cell of a table of accounts is, by the heading of its column."""
    kind = section_of(column)
    return Look("label", labels().get(column) or ("section" if kind else "note"), kind, bare=text)


def _look_long(text: str) -> Look:
    if text[0] in BULLETS:
        return Look("bullet", bare=text.lstrip(BULLETS + " "))
    if form := labelled(text):
        return form
    rule = opener_of(text)
    return Look("body", rule if rule in {"preface", "notice"} else "")


def look(text: str) -> Look:
    """What a unit is by its own looks."""
    if len(text) > 120:
        return _look_long(text)
    if kind := section_of(text):
        return Look("section", opener_of(text) or "", kind)
    if is_person(text):
        return Look("person", "reporter")
    form = labelled(text)
    if form and form.role == "byline":
        return form
    if text[0] + text[-1] in {"【】", "()", "[]"} and is_org(text[1:-1]):
        return Look("org", "bracketed", bare=closed_up(text[1:-1]))
    if rule := furniture_of(text):
        return Look("furniture", rule, bare=text)
    if text.startswith(("——", "--", "──", "―")) and is_heading(text):
        return _look_dashed(text)
    return form or _look_opener(text) or _look_heading(text)


def _look_dashed(text: str) -> Look:
    """——…: the second line of a headline, be it the organisation, or who sent the text above in (——某某总工会供稿)."""
    bare = text.lstrip("—-─― ")
    for ending in ("供稿", "报送", "选送", "推荐"):
        if bare.endswith(ending) and is_org(bare.removesuffix(ending)):
            return Look("furniture", "credits", bare=bare.removesuffix(ending))
    return Look("subtitle", "dashed", bare=closed_up(bare)) if is_org(bare) else Look("subtitle")


def _look_opener(text: str) -> Look | None:
    if _PART.fullmatch(text):
        return Look("opener", "part")
    if _APPENDIX.fullmatch(text):
        return Look("opener", "list")
    if not (rule := opener_of(text)):
        return None
    return Look("opener", rule) if rule != "preface" or len(text) <= 12 else Look("body", rule)


def _look_heading(text: str) -> Look:
    if MARKER.fullmatch(text) or NUMBER_ALONE.fullmatch(text):
        return Look("marker")
    if text[0] in BULLETS:
        bare = text.lstrip(BULLETS + " ")
        if MARKER.fullmatch(bare):
            return Look("marker")
        if bare and bare[-1] in BULLETS:
            return Look("heading", bare=bare.rstrip(BULLETS + " "))  # ★ 一等奖 ★
        return Look("byline", "org", bare=bare) if is_org(bare) else Look("bullet", bare=bare)
    if is_org(text):
        return Look("org", bare=closed_up(text))
    if is_speaker(text):
        return Look("org", "speaker", bare=text)
    if _THANKS.fullmatch(text):
        return Look("body")
    if is_heading(text) and not _CAPTION_START.match(text) and not ends_as_caption(text):
        plain = closed_up(text)
        marked = MARKER.match(plain) or INLINE_ORDINAL.match(plain)
        return Look("heading", bare=plain[marked.end() :] if marked else plain)
    return Look("body")
