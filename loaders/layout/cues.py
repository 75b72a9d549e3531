"""What a single unit is by its own looks: furniture, a heading of a section, a byline, an organisation, a heading, text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from unionkg.graph.records import SectionKind
from unionkg.loaders.layout.units import PAGE_NUMBER, ends_sentence
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

BULLETS = "●◆■▲★◇○□▪•·※☆►▶◎"
_ORDINAL = r"(?:[一二三四五六七八九十百]{1,4}|\d{1,3}|[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])"
#: An ordinal at the head of a heading: 一、 (一) 1. 1、 (1) 01  1-1
INLINE_ORDINAL = re.compile(
    rf"(?:\({_ORDINAL}\)[、.]?|第?{_ORDINAL}[、.,:](?!\d)|{_ORDINAL}[)]|\d{{1,2}}-\d{{1,2}}\s|0\d\s)\s*(?=\S)"
)
_MARKER_WORDS = "案例|事例|材料|书面交流|经验|典型经验|典型|做法|例|篇|项目|故事"
MARKER = re.compile(
    rf"(?:{_MARKER_WORDS}|交流发言|[\u4e00-\u9fff]{{2,4}}材料)\s*(?:之|第|No\.?)?\s*{_ORDINAL}(?:[:、.\s]+|(?=[“《])|$)|【?案例\s*{_ORDINAL}】?[:\s]*|之{_ORDINAL}\s+"
)
_NUMBER_ALONE = re.compile(r"(?:第)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、]?")
_DATE = r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}(?:\s*[-月./]\s*(?:\d{1,2}\s*日?)?)?"
_DATE_LINE = re.compile(
    rf"[\[(【]?\s*(?:{_DATE}|\d\d-\d\d)\s*[\])】]?(?:\s*星期.|\s*\d{{1,2}}:\d\d(?::\d\d)?)?[\])】]?(?:\s.{{0,40}})?"
)
_MASTHEAD = re.compile(
    rf"第?\s*\d{{1,2}}\s*版(?:\W.*)?|[A-D]\d{{1,2}}\s.*|.*{_DATE}\s*日?\s*星期.*|.*\s第\s*\d+\s*版"
    r"|.*(?:总第?\s*\d+\s*期|第\s*\d+\s*期)(?:\W.{0,20}|[^,。]{0,16}编)?"
    rf"|.*编印?\s+{_DATE}"
)
_CLOCK_LINE = re.compile(rf".{{0,24}}{_DATE}日?\s*\d{{1,2}}:\d\d.{{0,24}}")
_PEOPLE = re.compile(r"[(（]\s*(?:[\u4e00-\u9fff·]{2,4}[\s、,]*){1,8}[)）]")
_PERSON = re.compile(
    r"(?:□\s*|■\s*|◎\s*)?(?:[(]\s*)?(?:文/?图?\s*[:/]?\s*)?(?:本(?:报|刊|网|台|社)|全媒体|融媒体)?(?:特约|见习|实习|全媒体|融媒体|首席)?(?:记者|通讯员|评论员)(?:\s+.{0,40}|$)"
)
_DATELINE = re.compile(
    r"(?:【[^】]{1,12}】)?(?:[\u4e00-\u9fff—\-]{1,14}(?:讯|消息)|[^,。]{1,16}\d{1,2}月\d{1,2}日(?:电|讯|消息))\s*(?:[(]|记者|通讯员|\s|\d|[\u4e00-\u9fff])"
)
_CREDIT_LINE = re.compile(
    r"\([^()。]{1,30}(?:文/图|文|图|摄|摄影|供稿|整理|报道)\)|[(（\[【<]?\s*(?:供稿|通讯员|责编|责任编辑|编辑|审核|摄影|撰稿|文/图|文|图|作者|来源|Tel|E-mail)[\s::/|].{0,60}"
)
_CAPTION_END = re.compile(r"(?:摄(?:影)?(?:报道)?|供图|图片由.{2,20}提供|\(资料图片?\)|\(资料图\))[)）]?$")
_CAPTION_START = re.compile(r"图(?:为|[①-⑨1-9一二三四五]?\s*:|[①-⑨])")
_ORG = re.compile(
    r"(?!.*(?:的|了|把|让|看|谈|话|说|与你|进)(?:总?工会)?$)(?!(?:组建|成立|建立|创建|打造|建强|加入|走进|推进|推动|做|把|让|向|创新|激活|激发|规范|加强|依托)[^,。]*工会$)"
    r"[\u4e00-\u9fffA-Za-z0-9·()“”\"、]{2,40}?(?:工会|工联会|工会(?:工作)?委员会|总工会.{0,6}委员会|[业家]联合会|工会联合会|工会工作站)"
    r"(?:[\u4e00-\u9fff]{2,12}委员会|委员会)?(?:\s*\([^()]{2,20}\))?"
)
_AUTHOR = re.compile(r"(?:文|作者|撰稿|供稿|执笔)\s*[/:|]\s*(\S{4,40})")
_CONTINUED = re.compile(r"\(?[上下紧]?(?:接|转)第?\s*[A-D\d一二三四五六七八]{1,3}\s*版\)?")
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
    return re.compile(rf"[{BULLETS}\s]*[【\[]?({'|'.join(map(re.escape, known))})[】\]]?\s*:\s*(?=\S)")


@cache
def _matchers(name: str) -> tuple[Mapping[str, str], re.Pattern[str], tuple[tuple[str, str], ...]]:
    """Of a table with ``match`` and ``text``: exact ones, prefixes as one pattern, contained and closing words."""
    rows = table(name)
    kind = "rule" if "rule" in rows[0] else "role"
    exact = {row["text"]: row[kind] for row in rows if row["match"] in {"exact", "prefix"}}
    prefixes = sorted((row["text"] for row in rows if row["match"] == "prefix"), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, prefixes)))
    rest = tuple(
        (row["match"] + " " + row["text"], row[kind]) for row in rows if row["match"] in {"contains", "suffix"}
    )
    return exact, pattern, rest


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
    exact, prefix, rest = _matchers("layout_headings")
    if len(text) <= 24 and (found := exact.get(bare) or exact.get(bare.lower())):
        return found
    if match := prefix.match(bare):
        return exact[match.group()]
    if len(bare) <= 10:
        for cue, role in rest:
            if bare.endswith(cue.removeprefix("suffix ")):
                return role
    return None


def furniture_of(text: str) -> str | None:
    """The name of the rule by which a unit is page furniture, None where it is not."""
    if len(text) > 120:
        return None
    if PAGE_NUMBER.fullmatch(text) and not _NUMBER_ALONE.fullmatch(text):
        return "page_number"
    if ends_sentence(text) and len(text) > 40 and "版权" not in text and "转载" not in text:
        return None
    if _CONTINUED.fullmatch(text):
        return "continued"
    if re.fullmatch(r"附件\s*\d{0,2}[:.]?", text):
        return "attachment"
    if text in {"×", "x", "X", "*", "**", "---"}:
        return "navigation"
    exact, prefix, rest = _matchers("layout_furniture")
    lead = text.lstrip("([【<□ ")
    if (match := prefix.match(lead)) and _goes_on_as_furniture(lead, match.group()):
        return exact[match.group()]
    for cue, rule in rest:
        if cue.removeprefix("contains ") in text:
            return rule
    if _MASTHEAD.fullmatch(" ".join(text.split())) and len(text) <= 120:
        return "masthead"
    if (_DATE_LINE.fullmatch(text) and len(text) <= 70) or _CLOCK_LINE.fullmatch(text):
        return "source_line"
    if _PEOPLE.fullmatch(text) or (_CREDIT_LINE.fullmatch(text) and len(text) <= 70):
        return "credits"
    return None


def _goes_on_as_furniture(text: str, cue: str) -> bool:
    """A cue alone, before a mark, or in a line that is no clause; 打印 and 编辑 also begin ordinary sentences."""
    rest = text[len(cue) :]
    if not rest or cue.endswith((":", "/", "|")) or cue.isascii():
        return True
    return rest[0] in " ::|/>])】(." or (len(text) <= 30 and not ends_sentence(text) and "," not in text)


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
    return not (ends_sentence(text) and len(text) > 32)


def is_org(text: str) -> bool:
    """Whether a text is the name of a union (or two of them) and nothing else."""
    if len(text) > 48:
        return False
    text = _INNER_BLANK.sub("", text)
    if _ORG.fullmatch(text):
        return True
    parts = re.split(r"[\s、]+", text)
    return 1 < len(parts) <= 3 and all(_ORG.fullmatch(part) for part in parts)


def org_prefix(text: str) -> str | None:
    """The union that a headline begins with, set off by a blank or colon, or as its subject."""
    match = re.match(r"([^\s:,，]{2,30}?(?:工会|工联会))(?:\s+|:\s*)(?=\S{3})", text)
    if match and is_org(match.group(1)):
        return match.group(1)
    match = re.match(r"([\u4e00-\u9fff]{0,14}(?:省|市|区|县|州|盟|旗|镇|乡|街道)总工会)(?=[\u4e00-\u9fff“])", text)
    return match.group(1) if match else None


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
    label, value = found.group(1), text[found.end() :]
    means = labels().get(label)
    if means == "org" and len(value) <= 60 and (len(label) > 2 or is_org(value)):
        return Look("byline", means, bare=value)
    return Look("label", means or "section", _sections().get(label), bare=value)


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
    if rule := furniture_of(text):
        return Look("furniture", rule, bare=text)
    if text.startswith(("——", "--", "──", "―")) and is_heading(text):
        return Look("subtitle")
    if form:
        return form
    if rule := opener_of(text):
        if rule != "preface" or len(text) <= 12:
            return Look("opener", rule)
        return Look("body", rule)
    if MARKER.fullmatch(text) or _NUMBER_ALONE.fullmatch(text):
        return Look("marker")
    if text[0] in BULLETS:
        bare = text.lstrip(BULLETS + " ")
        return Look("byline", "org", bare=bare) if is_org(bare) else Look("bullet", bare=bare)
    if is_org(text) or (re.fullmatch(r"【.{2,40}】", text) and is_org(text[1:-1])):
        return Look("org", bare=text.strip("【】"))
    if is_heading(text) and not _CAPTION_START.match(text) and not ends_as_caption(text):
        marked = MARKER.match(text) or INLINE_ORDINAL.match(text)
        return Look("heading", bare=text[marked.end() :] if marked else text)
    return Look("body")
