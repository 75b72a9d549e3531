"""Policies: rules, plans and contracts that the account cites or issues, by their titles in 《》.

A title in 《》 may also be a newspaper, a report, a form, a work or the case itself: the word it ends in decides
(vocabularies/policy_cues.csv), and a title of unknown end counts only where a verb of issuing or applying stands
before it. The three letters of 一函两书 (提示函, 意见书, 建议书) are instruments that rules define, and count; other
forms (承诺书, 协议书) do not. The value is the title without 《》. Titles printed without 《》 are not read.
"""

from __future__ import annotations

import re
from functools import cache

from unionkg.graph.records import TextStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.printed_comment import in_comment
from unionkg.ontology.vocabulary import table

_TITLE = re.compile(r"《([^《》\n]*(?:(?:《[^《》\n]*》|〈[^〈〉\n]*〉)[^《》\n]*)*)》")
_TAIL = re.compile(r"(?:[（(][^（()）]{1,12}[)）]|[0-9０-９]{4}年?版|修订版|送审稿|\s|[”’\"])+$")
_ISSUING = re.compile(
    r"(?:印发|下发|出台|制定|制订|修订|发布|颁布|颁发|公布|发出|依据|根据|按照|按|遵照|执行|落实|贯彻|实施|施行|签订|签署|通过|表决通过|审议|起草|转发|联合发文)(?:了|过|的)?(?:[一-龥]{0,10})$"
)
_LISTED = re.compile(
    "(?:、?《[^《》\n]*》|和|及|与)*等?(?:[0-9一二两三四五六七八九十多]+)?[余多]?[个项份部]?(?:法律|法规|规章|制度|文件|政策|规定|办法|规范|标准)"
)
_LONGEST = 80


def read(account: Account, document: DocumentContext) -> tuple[TextStatement, ...]:
    """Read the titles of policies in the account, each once, in the order of the text."""
    del document
    text = folded(account.passage.text)
    found: dict[str, TextStatement] = {}
    for match in _TITLE.finditer(text):
        rule = _rule(text, match)
        value = account.passage.name(match.start(1), match.end(1))
        if rule is None or not value or value in found or in_comment(account, match.start()):
            continue
        found[value] = TextStatement(
            value=value,
            evidence=account.passage.evidence(match.start(1), match.end(1)),
            method=f"policy.{rule[0]}",
            confidence=rule[1],
        )
    return tuple(found.values())


def _rule(text: str, match: re.Match[str]) -> tuple[str, float] | None:
    title = match.group(1)
    if not 2 <= len(title) <= _LONGEST:
        return None
    core = _TAIL.sub("", title)
    before = text[max(0, match.start() - 16) : match.start()]
    ends = _ends()
    other, policy = ends["other"].search(core), ends["policy"].search(core)
    if other and (policy is None or len(other.group()) > len(policy.group())):
        return None
    if ends["other_verb"].search(before):
        return None
    if policy:
        return "title_end", 0.9
    if _LISTED.match(text, match.end()):
        return "listed", 0.7
    return ("issued", 0.6) if _ISSUING.search(before) else None


@cache
def _ends() -> dict[str, re.Pattern[str]]:
    words = {
        kind: [row["word"] for row in table("policy_cues") if row["kind"] == kind]
        for kind in ("policy", "other", "other_verb")
    }
    return {
        kind: re.compile("(?:" + "|".join(sorted(map(re.escape, found), key=len, reverse=True)) + ")$")
        for kind, found in words.items()
    }
