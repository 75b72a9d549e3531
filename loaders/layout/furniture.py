"""Which lines belong to the page and not to its text: page numbers, mastheads, menus, source lines, credits.

Each is told by its own words and shape and named by the rule that told it. The words are those of the table
``layout_furniture``; dates, trails, separators and mastheads are told by shape. A sentence is no furniture, whatever
it begins with, and whether a credit is worth reading is decided where accounts are cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from unionkg.loaders.layout.units import BULLETS, PAGE_NUMBER, closed_up, ends_sentence
from unionkg.ontology.vocabulary import table

NUMBER_ALONE = re.compile(r"(?:第)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[.、]?")
_DATE = r"(?:19|20)\d\d\s*[-年./]\s*\d{1,2}(?:\s*[-月./]\s*(?:\d{1,2}\s*日?)?)?"
_SCANNED_ZERO = re.compile(r"(?<=\d)[Oo](?=[\d年])")
_END = re.compile(r"[-—\s(【\[]*(?:(?i:the\s+)?(?i:end)|全文完|完|未完待续)[-—\s)】\]]*")
#: A line of stars or dashes between two pieces.
_SEPARATOR = re.compile(rf"[{BULLETS}*#=_~—–\-·.…+]+(?:\s*[{BULLETS}*#=_~—–\-·.…+]+){{2,}}")
_CHINESE_DATE = re.compile(
    r"[(]?[一二][〇○零0Oo一二三四五六七八九]{3}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?[)]?"
)
#: 工会网 > 基层 > 江门: where a page stands on its site.
_TRAIL = re.compile(
    r"[^>。,!?]{1,16}(?:\s+[>›»→]+\s+[^>。,!?]{1,16}|\s*[>›»→]+\s*[^>。,!?\d]{1,16}(?=\s*[>›»→])){1,6}(?:\s*[>›»→]\s*[^>。,!?]{0,16})?"
)
_DATE_LINE = re.compile(
    rf"[\[(【]?\s*(?:{_DATE}|\d\d-\d\d)\s*[\])】]?(?:\s*星期.|\s*\d{{1,2}}:\d\d(?::\d\d)?)?[\])】]?(?:\s.{{0,40}})?"
)
_MASTHEAD = re.compile(
    rf"第?\s*\d{{1,2}}\s*版(?:\W.*)?|[A-D]\d{{1,2}}\s.*|.*{_DATE}\s*日?\s*星期.*|.*\s第\s*\d+\s*版"
    r"|.*(?:总第?\s*\d+\s*期|第\s*\d+\s*期)(?:\W.{0,20}|[^,。]{0,16}编)?"
    rf"|.*编印?\s+{_DATE}|[\u4e00-\u9fff]{{2,12}}(?:报|刊|讯|之声)\s+{_DATE}(?:\s.{{0,20}})?"
    r"|(?:.*\s)?第\s?[一二三四五六七八九十百]{1,4}\s?[期辑卷号](?:\s.{0,30})?"
)
_CLOCK_LINE = re.compile(rf".{{0,24}}{_DATE}日?\s*\d{{1,2}}:\d\d.{{0,24}}")
_PEOPLE = re.compile(r"[(（]\s*(?:[\u4e00-\u9fff·]{2,4}[\s、,]*){1,8}[)）]")
_CREDIT_LINE = re.compile(
    r"\([^()。]{1,30}(?:文/图|文|图|摄|摄影|供稿|整理|报道)\)|[(（\[【<]?\s*(?:供稿|通讯员|责编|责任编辑|编辑|审核|摄影|撰稿|文/图|文|图|作者|来源|Tel|E-mail)[\s::/|].{0,60}"
)
_CONTINUED = re.compile(r"\(?[上下紧]?(?:接|转)第?\s*[A-D\d一二三四五六七八]{1,3}\s*版\)?")


@cache
def matchers(name: str) -> tuple[Mapping[str, str], re.Pattern[str], tuple[tuple[str, str], ...]]:
    """Of a table with ``match`` and ``text``: exact ones, prefixes as one pattern, contained and closing words."""
    rows = table(name)
    kind = "rule" if "rule" in rows[0] else "role"
    exact = {row["text"]: row[kind] for row in rows if row["match"] in {"exact", "prefix"}}
    prefixes = sorted((row["text"] for row in rows if row["match"] == "prefix"), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, prefixes)))
    rest = tuple((row["text"], row[kind]) for row in rows if row["match"] in {"contains", "suffix"})
    return exact, pattern, rest


def furniture_of(text: str) -> str | None:
    """The name of the rule by which a unit is page furniture, None where it is not."""
    if len(text) > 120:
        return None
    if PAGE_NUMBER.fullmatch(text) and not NUMBER_ALONE.fullmatch(text):
        return "page_number"
    if ends_sentence(text) and len(text) > 40 and "版权" not in text and "转载" not in text:
        return None
    if _CONTINUED.fullmatch(text):
        return "continued"
    if re.fullmatch(r"附件\s*\d{0,2}[:.]?", text):
        return "attachment"
    if text in {"×", "x", "X", "*", "**"}:
        return "navigation"
    if _SEPARATOR.fullmatch(text):
        return "separator"
    if _END.fullmatch(text):
        return "navigation"
    exact, prefix, rest = matchers("layout_furniture")
    lead = text.lstrip("([【<□ ")
    if (match := prefix.match(lead)) and _goes_on_as_furniture(lead, match.group()):
        return exact[match.group()]
    for cue, rule in rest:
        if cue in text:
            return rule
    return _by_shape(text)


def closed_line(text: str) -> str:
    """A line without the blanks of letter-spacing and scanners, zeros for the letters that they read for them."""
    if " " in text:
        text = " ".join(closed_up(text).split())
    return _SCANNED_ZERO.sub("0", text) if "O" in text or "o" in text else text


def _by_shape(text: str) -> str | None:
    """Mastheads, trails, dates and credits; scanners read zeros as letters."""
    text = closed_line(text)
    if _MASTHEAD.fullmatch(text) and len(text) <= 120:
        return "masthead"
    if _TRAIL.fullmatch(text):
        return "navigation"
    if _CHINESE_DATE.fullmatch(text):
        return "source_line"
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
