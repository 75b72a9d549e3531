"""National announcements: the policy that a piece announces, with issuer, date, deadline, target and practice types.

The policy's name is a title in 《》 that is issued in the piece, else what its headline or first sentence says is being
started or carried out (…三年行动, …工程, …计划). A piece that names neither (a book is out, a meeting was held) announces
no policy. Deadlines are dates up to which something is to be reached; nothing is inferred from the length of a plan.
"""

from __future__ import annotations

import re
from pathlib import Path

from unionkg.graph.records import AnnouncementStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import policies, practice_text
from unionkg.loaders.extract.folded_text import folded
from unionkg.loaders.extract.practice_text import vocabulary_terms
from unionkg.loaders.extract.time_expressions import TimeExpression, time_expressions
from unionkg.ontology.regions import find

_DOING = "开展|启动|实施|推进|部署|组织|印发|出台|发布|制定|下发|公布|施行|推出"
_STARTED = re.compile(
    rf"(?:{_DOING})(?:了|的|好|以)?"
    r"((?:[“\"][^”\",。;\n]{1,20}[”\"])?[^,。;:!?、“”\"\n]{1,30}?"
    r"(?:行动计划|专项行动|[一二三四五六七八九十两\d]年行动|行动方案|行动|工程|规划|计划|方案|实施意见|指导意见|意见|办法|条例|规定))"
    r"(?=[,。;:!?、\n]|启动|部署|动员|工作|会|是|的|$)"
)
_ISSUING = re.compile("(?:印发|下发|出台|发布|颁布|公布|联合印发|制定)(?:了|实施)?(?:关于)?$")
_UNION = r"(?:中华)?全国总工会(?:办公厅)?|(?<!健)全总(?:办公厅)?"
_STATE = r"国家[\u4e00-\u9fff]{2,8}(?:局|委员会|委)|(?:工业和信息化|人力资源(?:和)?社会保障|交通运输|住房(?:和)?城乡建设|国家)[\u4e00-\u9fff]{0,4}部|国务院[\u4e00-\u9fff]{0,8}|共青团中央|全国妇联|全国工商联|中国企业联合会"
_ISSUER = re.compile(f"{_UNION}|{_STATE}")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[(（]20\d\d[〕\])）]\d{1,4}号")
_JOINT = re.compile(
    rf"(?:(?:{_UNION}|{_STATE})[、和与,]?)+(?:等[\u4e00-\u9fff\d]*(?:部门|单位))?(?:日前|近日|今天|联合)*(?:印发|下发|出台|发布)"
)
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]?")
#: Something is to be reached, not told as done.
_REACHED = re.compile("实现|达到|建成|完成|全部|应建尽建|全覆盖|基本|培育|建立|不低于|以上")
_TRIED = re.compile("在[^,。;]{2,60}?(?:试点|先行|试行)")


def read(account: Account, document: DocumentContext, vocabularies: Path | None = None) -> AnnouncementStatement | None:
    """Read what a piece of national news announces; None where it announces no policy."""
    text = folded(account.passage.text)
    named = _titled(account, document, text) or _started(text, account.body)
    if named is None:
        return None
    start, end, method = named
    dates = time_expressions(text, document.published)
    issued = _issued(dates, document)
    aim = _aim(text, dates, issued.value if issued else document.published)
    issuers = _issuers(text, account.body)
    number = _NUMBER.search(text)
    spans = [(start, end), *(span for span, _ in issuers)]
    spans += [(issued.start, issued.end)] if issued else []
    spans += [aim[0]] if aim else []
    quotes = [quote for a, b in spans for quote in account.passage.evidence(a, b)]
    return AnnouncementStatement(
        name=account.passage.name(start, end),
        lines=account.lines,
        issuers=tuple(dict.fromkeys(name for _, name in issuers)),
        number=number.group() if number else None,
        issued=issued.value if issued else document.published,
        deadline=aim[1] if aim else None,
        target=account.passage.name(*aim[0]) if aim else None,
        concepts=_concepts(account, (start, end), aim[0] if aim else None, vocabularies),
        regions=_regions(text),
        evidence=tuple(dict.fromkeys(quotes)),
        method=f"announcement.{method}",
        confidence=0.8 if method == "titled" else 0.7,
    )


def _titled(account: Account, document: DocumentContext, text: str) -> tuple[int, int, str] | None:
    """The policy in 《》 that the piece says was issued."""
    for policy in policies.read(account, document):
        at = text.find(f"《{folded(policy.value)}》")
        if at >= 0 and _ISSUING.search(text, max(0, at - 8), at):
            return at + 1, at + 1 + len(policy.value), "titled"
    return None


def _started(text: str, body: int) -> tuple[int, int, str] | None:
    """The plan that the headline, else the first sentence, says is started or carried out."""
    first = text.find("。", body)
    for low, high in ((0, body), (body, first if first > 0 else len(text))):
        if match := _STARTED.search(text, low, high):
            return match.start(1), match.end(1), "started"
    return None


def _issued(dates: tuple[TimeExpression, ...], document: DocumentContext) -> TimeExpression | None:
    """The date of the dateline, as exact as the text and the masthead make it."""
    known = document.published
    dated = next((d for d in dates if d.stamp and "/" not in d.value and (d.explicit or known)), None)
    return dated if dated and (known is None or len(dated.value) >= len(known)) else None


def _aim(text: str, dates: tuple[TimeExpression, ...], since: str | None) -> tuple[tuple[int, int], str] | None:
    """The sentence that sets the latest date for something to be reached, from its first date on, and that date."""
    found: tuple[tuple[int, int], str] | None = None
    begun: dict[int, int] = {}
    for date in dates:
        sentence = next((m for m in _SENTENCE.finditer(text) if m.start() <= date.start < m.end()), None)
        last = date.value.rpartition("/")[2]
        ahead = date.bound == "until" or "/" in date.value
        if sentence is None or not ahead or date.stamp or (since and last[:4] < since[:4]):
            continue
        if _REACHED.search(text, date.end, sentence.end()) and text[max(0, date.start - 2) : date.start] != "截至":
            if text.startswith("截", date.start):
                continue
            first = begun.setdefault(sentence.start(), date.start)
            if found is None or last > found[1]:
                found = ((first, sentence.end()), last)
    return found


def _issuers(text: str, body: int) -> list[tuple[tuple[int, int], str]]:
    """Who issues it: several bodies before one verb of issuing, else the first body named."""
    joint = _JOINT.search(text, body) or _JOINT.search(text)  # a headline names one for all
    bounds = joint.span() if joint else (0, len(text))
    found = [(match.span(), match.group()) for match in _ISSUER.finditer(text, *bounds)]
    return found if joint else found[:1]


def _concepts(
    account: Account, name: tuple[int, int], aim: tuple[int, int] | None, vocabularies: Path | None
) -> tuple[str, ...]:
    """Practice types that the headline, the policy's name or its target names."""
    reading = practice_text.read(account, vocabularies)
    spans = [(0, account.body), name, *([aim] if aim else [])]
    mentions = reading.mentions["practice_types"]
    return tuple(
        term.zh
        for term in vocabulary_terms("practice_types", vocabularies)
        if any(m.strong and a <= m.start and m.end <= b for m in mentions.get(term.key, ()) for a, b in spans)
    )


def _regions(text: str) -> tuple[str, ...]:
    """Regions that it is tried in; a national announcement applies to the whole country otherwise."""
    codes = [
        mention.code
        for tried in _TRIED.finditer(text)
        for mention in find(tried.group())
        if mention.code and len(mention.code) == 6
    ]
    return tuple(dict.fromkeys(codes))
