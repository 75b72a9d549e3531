"""Award lists and titles of collections: which of their lines speak of which account.

A row below a heading that speaks of a prize belongs to the account whose title or, where it has but one account, whose
union it names. Lists stand before or behind the accounts; the rows themselves are no accounts.
"""

from __future__ import annotations

import re
from collections import Counter

from unionkg.loaders.layout.cues import squeeze
from unionkg.loaders.layout.drafts import Draft
from unionkg.loaders.layout.sheet import Sheet, title_key

_AWARD = re.compile(r"奖|十大|十佳|优秀|最佳|入选|获评|提名|评选结果|展评")
_COLLECTED = re.compile(r"奖|十大|十佳|优秀|最佳|入选|获评|提名|创新案例|典型案例|示范")
_UNDER_GROUP = re.compile(r"\d{1,2}-\d{1,2}\s")
_TOP_ROW = re.compile(r"\d{1,2}\t")


def give_awards(sheet: Sheet, drafts: list[Draft], front: range) -> None:
    """Give each account the row of an award list that names it, with the heading that the row stands under."""
    headed = _award_rows(sheet, front)
    if not headed:
        return
    unions = Counter(_union_key(sheet, draft) for draft in drafts)
    listed: dict[int, str] = {}
    for n, draft in enumerate(drafts):
        key = title_key("".join(sheet.text(i) for i in draft.title))
        rows = [i for i in sheet.rows.get(key, ()) if i in headed]
        union = _union_key(sheet, draft)
        if not rows and union and unions[union] == 1:
            rows = [i for i in headed if union in squeeze(sheet.text(i))]
            rows = rows if len(rows) == 1 else []
        if rows:
            row = max(rows, key=lambda i: ("\t" in sheet.text(i), i))
            draft.about.append(("award", (headed[row], row)))
            listed[n] = sheet.text(row)
    if any(_UNDER_GROUP.match(text) for text in listed.values()):
        # 6-4 stands under the group 6; a row 7 beside it is a case by itself.
        for n, text in listed.items():
            if _TOP_ROW.match(text):
                drafts[n].about = [(what, indices) for what, indices in drafts[n].about if what != "heading"]


def _award_rows(sheet: Sheet, front: range) -> dict[int, int]:
    """Rows below a heading that speaks of a prize, with that heading."""
    headed: dict[int, int] = {}
    heading = -1
    for i in front:
        text = sheet.text(i)
        if sheet.role(i) == "opener":
            heading = -1
        elif _AWARD.search(text) and "\t" not in text and len(text) <= 60 and sheet.role(i) == "heading":
            heading = i
        elif heading >= 0 and sheet.role(i) in {"heading", "org"}:
            headed[i] = heading
    return headed


def _union_key(sheet: Sheet, draft: Draft) -> str:
    if draft.byline is None:
        return ""
    return squeeze(sheet.looks[draft.byline].bare or sheet.text(draft.byline))


def collection_title(sheet: Sheet, first: int, ignored: dict[int, str]) -> tuple[int, ...]:
    """The title of a collection where it says that its accounts were selected or won a prize."""
    for i in range(first):
        if (
            sheet.role(i) == "heading"
            and ignored.get(i) in {"front_matter", "group_heading"}
            and "\t" not in sheet.text(i)
        ):
            lines = [i]
            while sheet.role(lines[-1] + 1) == "heading" and not sheet.units[lines[-1] + 1].gap and len(lines) < 3:
                lines.append(lines[-1] + 1)
            return tuple(lines) if _COLLECTED.search("".join(map(sheet.text, lines))) else ()
    return ()
