"""A document that is one account: its headline, its text, and what stands around them.

The headline is what stands above the source line of a web page, else right above the text; the text ends before the
tail of the page or an opener that closes it (相关阅读). Subheadings with unions of their own do not cut it: whether a
document holds several accounts is decided in `starts`.
"""

from __future__ import annotations

import re

from unionkg.loaders.layout.cues import ends_as_caption, squeeze
from unionkg.loaders.layout.drafts import Draft
from unionkg.loaders.layout.editorial import is_editorial
from unionkg.loaders.layout.heads import Start, first_part, read_head
from unionkg.loaders.layout.sheet import Sheet

_SUBSTANTIAL = 60
#: A tail of a web page begins with one of these once the text is over.
_TAIL = {"credits", "imprint", "navigation", "share"}
_AUTHOR = re.compile(r"[^,。]{4,36}(?:主席|部长|书记|主任|会长)\s*[\u4e00-\u9fff]{2,4}")


def single(sheet: Sheet, start: Start | None, ignored: dict[int, str]) -> list[Draft]:
    """The whole document as one account: headline, text, and what stands around them."""
    count = len(sheet.units)
    texts = [i for i in range(count) if sheet.role(i) in {"body", "label", "bullet"} and i not in ignored]
    if not texts:
        return []
    head = start if start is not None and start.why not in {"bullet", "pictures"} else _head(sheet, texts[0])
    draft = Draft(why="single")
    first = texts[0]
    if head is not None:
        draft = Draft(head.title, head.byline, why="single", marks=head.marks)
        first = head.at
        if "caption" in head.marks or start is head:
            draft.why = head.why or "single"
    end = _end(sheet, max(first, texts[0]), ignored)
    for i in range(first):
        if i not in ignored:
            role = sheet.role(i)
            ignored[i] = "part_heading" if role == "opener" else "number" if role == "marker" else "page_heading"
    for i in range(end, count):
        ignored.setdefault(i, "after_end")
    taken = {*draft.title, draft.byline}
    if not draft.title:
        for i in range(first, end - 1):
            if not ends_as_caption(sheet.text(i)):
                break
            ignored[i] = "picture_caption"
    for n, i in enumerate(range(first, end)):
        if i in ignored or i in taken:
            continue
        text = sheet.text(i)
        if sheet.looks[i].rule == "notice" or (n and is_editorial(sheet, i, i + 1 == end) and len(text) <= 60):
            ignored[i] = "editorial"
        else:
            draft.body.append(i)
    if (
        draft.byline is None
        and draft.body
        and _AUTHOR.fullmatch(sheet.text(draft.body[0]))
        and "工会" in sheet.text(draft.body[0])
    ):
        draft.byline = draft.body.pop(0)
    return [draft]


def _head(sheet: Sheet, first: int) -> Start | None:
    """The headline of a single account: what stands above the source line, else right above the text."""
    sources = [i for i in range(first) if sheet.looks[i].rule in {"source_line", "share"}]
    before = [i for i in range(first) if sheet.role(i) in {"heading", "org", "subtitle", "byline", "marker"}]
    above = [i for i in before if any(i < source for source in sources)]
    run = above or before
    while run and sheet.role(run[-1]) == "heading" and len(squeeze(sheet.text(run[-1]))) < 5:
        run.pop()
    if not run:
        return _original_title(sheet, first)
    if (part := first_part(sheet, run, alone=True)) is not None:
        return read_head(sheet, [i for i in run if i < part], part)
    return read_head(sheet, run, first)


def _original_title(sheet: Sheet, first: int) -> Start | None:
    """原标题：… where nothing else is printed over the text."""
    for i in range(first):
        if sheet.looks[i].rule == "original_title" and sheet.text(i).startswith("原标题"):
            return Start(i, i, (i,), i + 1, "", marks=frozenset({"original"}))
    return None


def _end(sheet: Sheet, first: int, ignored: dict[int, str]) -> int:
    """One past the last unit of a single account: before the tail of a web page, or an opener that closes it."""
    count = len(sheet.units)
    for i in range(first, count):
        if sheet.role(i) == "opener" and sheet.looks[i].rule in {"related", "notice"}:
            return i
    kept = [i for i in range(first, count) if i not in ignored and sheet.role(i) != "opener"]
    last = max((i for i in kept if len(sheet.text(i)) >= _SUBSTANTIAL), default=first)
    for i in kept:
        if i <= last:
            continue
        tail = any(sheet.looks[j].rule in _TAIL for j in range(last + 1, i))
        if tail and len(sheet.text(i)) < _SUBSTANTIAL and not sheet.text(i).endswith("。"):
            return last + 1
        last = i
    return last + 1
