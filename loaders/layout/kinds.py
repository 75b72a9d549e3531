"""Whether an account is a case, a news report, a brief or a caption.

By the evidence that started it (a booklet's marks, a dateline, a source line, a bullet, a photographer's credit), what
the document calls itself at its head, and the account's length. The subject of an account plays no part.
"""

from __future__ import annotations

import re

from unionkg.graph.records import Kind
from unionkg.loaders.layout.cues import ends_as_caption, is_dateline
from unionkg.loaders.layout.drafts import Draft
from unionkg.loaders.layout.sheet import Sheet
from unionkg.loaders.layout.units import closed_up

_CASES = re.compile(r"案例|选编|汇编|摘编|材料|经验|做法|典型|获奖|展评|剪影|一览表|选登|成果|创新|故事|风采")
#: Of these, headlines without the organisation.
_HEADLINES = frozenset(("listed", "subtitle", "ordinal", "number", "credited", "heading"))
_SPEECH = re.compile(r"各位(?:领导|代表|同志|同仁)|同志们[,:!]|我代表|汇报完|发言完|的发言$")
_FIRST_PERSON = re.compile(r"我会(?!议)")
_BULLETIN = re.compile(r"(?:通讯|信息|动态|简报|快报|要讯|短讯)(?:\s|$)")
_PAPER = re.compile(r"[\u4e00-\u9fff]{2,12}(?:(?<![简快汇申])报|日讯|新闻)(?:\s|$)")
_WEB = {"source_line", "share", "navigation", "reporter", "imprint"}
_BRIEF = 260
#: Evidence of heads (`starts.Start.why`) as booklets print them.
_BOOKLET = frozenset(
    (
        "form",
        "byline",
        "marker",
        "org",
        "org first",
        "org alone",
        "listed",
        "subtitle",
        "ordinal",
        "number",
        "credited",
        "speech",
    )
)


def kind_of(sheet: Sheet, draft: Draft, ignored: dict[int, str], *, alone: bool) -> Kind:
    """The kind of an account; ``alone`` where the document holds no other."""
    bodies = [sheet.text(i) for i in draft.body]
    length = sum(map(len, bodies))
    paragraphs = [text for i, text in zip(draft.body, bodies, strict=True) if sheet.role(i) == "body"]
    if draft.why in {"caption", "pictures"} or (draft.opener == "pictures" and length <= 400):
        return "caption"
    if draft.why == "bullet":
        return "brief"
    if draft.why in {"sourced", "below tail"} or any(is_dateline(text) for text in bodies[:2]):
        return "news"
    if draft.why == "number" and draft.byline is None and _from_press(sheet, ignored):
        return "news"
    if (
        alone
        and len(paragraphs) == 1
        and length <= 400
        and _from_press(sheet, ignored)
        and not ends_as_caption(bodies[-1])
    ):
        return "brief"
    sections = sum(sheet.role(i) in {"section", "label"} for i in draft.body)
    if draft.why in {"org", "org first"} and draft.byline is None and not sections and _is_paper(sheet):
        return "news"
    if draft.why in _BOOKLET and not alone:
        short = draft.why in _HEADLINES or (draft.why == "org first" and len(paragraphs) == 1)
        return "brief" if short and length <= _BRIEF and _is_bulletin(sheet) else "case"
    if sections >= 2 or draft.byline is not None:
        return "case"
    text = " ".join([*(sheet.text(i) for i in draft.title), *bodies])
    if _SPEECH.search(text) or len(_FIRST_PERSON.findall(text)) >= 3:
        return "case"
    heads = {"running_head", "page_heading", "number"}
    if any(_CASES.search(sheet.text(i)) for i, rule in ignored.items() if rule in heads):
        return "case"
    if "dateline" in draft.marks or "person" in draft.marks or alone:
        return "news"
    front = " ".join(sheet.text(i) for i in range(min(len(sheet.units), 8)) if sheet.role(i) == "heading")
    if _CASES.search(front):
        return "case"
    return "brief" if length <= _BRIEF and not (len(paragraphs) > 1 and _is_paper(sheet)) else "news"


def _is_bulletin(sheet: Sheet) -> bool:
    """Whether the document calls itself a bulletin at its head: 工会信息, 工作简报, or 某某通讯 above an issue's number."""
    if any(known.rule == "briefs" for known in sheet.looks[:3] if known.role == "opener"):
        return True
    head = range(min(3, len(sheet.units)))
    return any(sheet.looks[i].rule == "masthead" for i in head) and any(_BULLETIN.search(sheet.text(i)) for i in head)


def _is_paper(sheet: Sheet) -> bool:
    """Whether the page begins with the name of a newspaper."""
    return any(_PAPER.match(closed_up(sheet.text(i))) for i in range(min(3, len(sheet.units))))


def _from_press(sheet: Sheet, ignored: dict[int, str]) -> bool:
    return any(ignored.get(i) in _WEB for i in range(len(sheet.units)))
