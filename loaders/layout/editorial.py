"""What is no account: words of the editors, national announcements, opinions, text that speaks of no union or worker.

An account tells what a union or workers of some place did. A piece that names none and speaks for a national body is
an announcement; one below the name of a column that names none is an opinion; program code and licences in other
languages are neither. What the editors say of their collection is told by its usual phrases (table
``layout_editorial``) and by standing in brackets at the end. Quality or truth of a piece is not judged.
"""

from __future__ import annotations

import re

from unionkg.loaders.layout.drafts import Draft
from unionkg.loaders.layout.phrases import editorial_words
from unionkg.loaders.layout.sheet import Sheet, lead_unions

#: Words without one of which nothing is told of a union or of workers (blanks aside), and least share of Chinese.
_WORKERS = re.compile(r"工会|[职员矿女民]工|总工|劳[动模]|工人|工匠|会员|工联")
_CHINESE = 0.2
#: So much of a piece tells its language, in characters.
_SAMPLE = 600
#: The headline of an official notice.
_NOTICE = re.compile(
    r".{0,20}关于(?:印发|公布|表彰|表扬|评选|命名|开展|举办|组织|做好|转发|征集|通报|下发|召开).{2,80}(?:通知|公告|公示|决定|通报|函)(?:\(.{1,20}\))?"
)
_NATIONAL = re.compile(r"全国总工会|中华全国总工会|(?<!健)全总|全国工会|全国职工|全国各级工会|各级工会")


def is_editorial(sheet: Sheet, index: int, last: bool) -> bool:
    """Whether the editors speak: at the end of an account, or in a line in brackets."""
    text = sheet.text(index)
    bracketed = text.startswith("(") and text.endswith(")")
    if last and bracketed and len(text) <= 40 and not lead_unions(text):
        return True
    return (last or bracketed) and len(text) <= 240 and bool(editorial_words().search(text))


def no_account(sheet: Sheet, draft: Draft) -> str | None:
    """The rule by which a piece is no account: national announcements, the editors' own notices."""
    text = " ".join(sheet.text(i) for i in draft.units)
    if not _is_of_workers(text):
        return "no_union"
    if draft.title and _NOTICE.fullmatch("".join(map(sheet.text, draft.title))):
        return "notice"
    own = _LOCAL.search(text)
    if draft.why == "bullet" and not own and not lead_unions(text) and editorial_words().search(text):
        return "notice"
    if own or draft.byline is not None:
        return None
    if draft.why == "column" and not lead_unions(text):
        return "editorial"
    opening = " ".join(sheet.text(i) for i in [*draft.title, *draft.body[:1]])[:160]
    if _NATIONAL.search(opening) and _CENTRE.search(text):
        return "national_announcement"
    return None


def _is_of_workers(text: str) -> bool:
    """Whether a piece is Chinese and speaks of a union or of workers; program code and licences do not."""
    if not _WORKERS.search(text) and not _WORKERS.search("".join(text.split())):
        return False
    words: list[str] = _WORDS.findall(text[:_SAMPLE])
    return sum(character >= "\u4e00" for character in words) >= _CHINESE * len(words)


_WORDS = re.compile(r"[^\W_]")
_LOCAL = re.compile(
    r"(?!直辖|自治|各|省辖|地级|县级|地方)[\u4e00-\u9fff]{2,8}?(?:省|市|区|县|州|盟|旗|镇|街道|师)总工会|(?<!直辖)(?<!自治)[省市区县州镇]总(?:工会)?(?!结|量|体|部|值|数|面|人|局|共|计|额|投)|我会|(?:公司|集团|油田|大学|医院|矿|厂)工会"
)
_CENTRE = re.compile(r"全国总工会|全总|全国工会")
