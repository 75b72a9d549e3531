"""Whose account it is, as far as the layout tells, and whether a union named in running text is another one.

Readers ask it where a sentence counts only if the union itself acts (a beginning), or only if another one does
(promotion, recognition). The name is the one printed beside the title, or the union that the title begins with.
"""

from __future__ import annotations

import re

from unionkg.loaders.accounts import Account
from unionkg.loaders.extract.folded_text import folded

_BODY = "自治[区州县]|[省市州盟县区旗镇乡厂矿局院校行社段站所]|街道|集团|公司|中心|大学|中学|兵团"
_HEAD = re.compile(f"[^，。：；“”\n]{{1,20}}?(?:{_BODY})(?:总工会|工会)(?![一-龥]?(?:驿站|会员|干部|主席|工作|组织))")
_UNION = re.compile(
    "(?P<who>[一-龥]{1,10}?(?:自治[区州县]|[省市州盟县区旗镇乡]|街道|集团|公司)|[省市州盟县区旗镇乡]|街道|集团|公司)(?P<kind>总工会|总(?![工量体部经会结是的])|工会)"
)
_ALWAYS_ABOVE = re.compile("全国总工会|全总|国务院|中央|国家|(?:自治区|省|市|县|区)(?:委|政府)|人大常委会")
_FILLER = re.compile("[，。、：在由经被按照和与年月日]|根据|随后|当时")


def own_name(account: Account) -> str:
    """The union printed beside or at the head of the title, in folded letters; empty where none is printed."""
    text = folded(account.passage.text)
    if account.byline:
        return text[slice(*account.byline)]
    head = _HEAD.match(text, 0, account.body) if account.body else None
    return head.group() if head else ""


def names_another(own: str, words: str) -> bool:
    """Whether words name a higher body, or a union that cannot be ``own`` (市总工会 in the account of a county)."""
    if not own:
        return False
    above = _ALWAYS_ABOVE.search(words)
    if above is not None and above.group() not in own:
        return True
    for match in _UNION.finditer(words):
        who = _FILLER.split(match["who"])[-1]
        kind = "总工会" if match["kind"] == "总" else match["kind"]
        if who in {"集团", "公司"} and re.search("集团|公司|厂|院", own):
            continue
        if who and not own.endswith(who + kind) and not (len(who) > 2 and who in own):
            return True
    return False
