"""Whether an account is a case, a news report, a brief or a caption."""

from __future__ import annotations

import re

from unionkg.graph.records import Kind
from unionkg.loaders.layout.cues import ends_as_caption, is_dateline
from unionkg.loaders.layout.cut import Draft
from unionkg.loaders.layout.sheet import Sheet

_CASES = re.compile(r"案例|选编|汇编|摘编|材料|经验|做法|典型|获奖|展评|剪影|一览表|选登|成果|创新")
#: Of these, headlines without the organisation.
_HEADLINES = frozenset(("listed", "subtitle", "ordinal", "number", "credited", "heading"))
_SPEECH = re.compile(r"各位(?:领导|代表|同志|同仁)|同志们[,:!]|我代表|汇报完|发言完|的发言$")
_FIRST_PERSON = re.compile(r"我会(?!议)")
_WEB = {"source_line", "share", "navigation", "reporter", "imprint"}
_BRIEF = 260
#: Evidence of heads (`starts.Start.why`) as booklets print them.
_BOOKLET = frozenset(
    ("form", "byline", "marker", "org", "org first", "org alone", "listed", "subtitle", "ordinal", "number", "credited")
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
    if any(is_dateline(text) for text in bodies[:2]):
        return "news"
    if (
        alone
        and len(paragraphs) == 1
        and length <= 400
        and _from_press(sheet, ignored)
        and not ends_as_caption(bodies[-1])
    ):
        return "brief"
    if draft.why in _BOOKLET and not alone:
        return "brief" if draft.why in _HEADLINES and length <= _BRIEF and _is_bulletin(sheet) else "case"
    sections = sum(sheet.role(i) in {"section", "label"} for i in draft.body)
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
    return "brief" if length <= _BRIEF else "news"


def _is_bulletin(sheet: Sheet) -> bool:
    """Whether the document calls itself a bulletin at its head: 工会信息, 工作简报 …"""
    return any(known.rule == "briefs" for known in sheet.looks[:3] if known.role == "opener")


def _from_press(sheet: Sheet, ignored: dict[int, str]) -> bool:
    return any(ignored.get(i) in _WEB for i in range(len(sheet.units)))
