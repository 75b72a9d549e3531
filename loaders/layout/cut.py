"""Which units belong to which account, and by what rule the others are left out.

Between two starts stands one account, less what an opener (专家点评, 编者按, 附录) takes out of it, headings over
nothing, and what the editors say. Commentary behind a group speaks of every account of the group. Where accounts
start is decided in `starts`, a document of one account is read in `single`, their order of lines in `order`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from unionkg.loaders.layout import comments
from unionkg.loaders.layout.awards import collection_title, give_awards
from unionkg.loaders.layout.drafts import Cut, Draft
from unionkg.loaders.layout.editorial import is_editorial, no_account
from unionkg.loaders.layout.heads import Start
from unionkg.loaders.layout.phrases import editorial_words
from unionkg.loaders.layout.sheet import Sheet, lead_unions, title_key
from unionkg.loaders.layout.single import single
from unionkg.loaders.layout.starts import starts
from unionkg.loaders.layout.units import ends_sentence

_NAMED_UNION = re.compile(
    r"[\u4e00-\u9fff]{2,}?(?<!各地)(?<!各级)(?<!各地总)(?<!各级总)(?:总工会|工会联合会|工会)(?!网|要闻|动态|新闻|频道)"
)
_PRIZE = re.compile(r"[^,。]{0,30}(?:[特一二三四]等奖|[金银铜]奖|优秀奖|提名奖)(?:\(.{1,8}\))?")
_SUBSTANTIAL = 60


def cut(sheet: Sheet) -> Cut:
    """Cut a document into its accounts."""
    ignored = {i: known.rule for i, known in enumerate(sheet.looks) if known.role == "furniture"}
    ignored |= {i: "reporter" for i, known in enumerate(sheet.looks) if known.role == "person"}
    found = starts(sheet)
    if len(found) >= 2:
        drafts = _collection(sheet, found, ignored)
    else:
        drafts = single(sheet, found[0] if found else None, ignored)
    kept, announcements = [], []
    for draft in drafts:
        rule = no_account(sheet, draft)
        if rule:
            ignored.update(dict.fromkeys(draft.units, rule))
            if rule == "national_announcement":
                announcements.append(draft)
        elif draft.body or draft.title:
            kept.append(draft)
    _credits(sheet, kept, ignored)
    return Cut(kept, ignored, announcements)


def _credits(sheet: Sheet, drafts: list[Draft], ignored: dict[int, str]) -> None:
    """Give accounts the credit and source lines beside them that name a union: （某某总工会供稿）."""
    for n, draft in enumerate(drafts):
        first = max(drafts[n - 1].units) + 1 if n else 0
        last = min(drafts[n + 1].units) if n + 1 < len(drafts) else len(sheet.units)
        above, below = min(draft.units), max(draft.units)
        for i in range(first, last):
            # Above an account stands the credit of the one before it, but for the first.
            beside = i > below or i > above or not n
            text = sheet.text(i)
            if len(drafts) > 1 and not (text.startswith(("(", "——")) and len(_NAMED_UNION.findall(text)) == 1):
                continue  # a list of contributors at the end of a collection
            if beside and ignored.get(i) in {"credits", "source_line"} and _NAMED_UNION.search(text):
                draft.about.append(("credit", (i,)))


# -- collections --------------------------------------------------------------------------------------------------


def _collection(sheet: Sheet, found: tuple[Start, ...], ignored: dict[int, str]) -> list[Draft]:
    elsewhere = {i for start in found for i in start.title}
    opening = _opening_group(sheet, found[0], ignored)
    _front(sheet, [i for i in range(found[0].at) if i not in elsewhere], ignored)
    drafts: list[Draft] = []
    group: list[Draft] = []
    lead: tuple[int, ...] = ()
    named = sum(start.byline is not None for start in found) >= 0.5 * len(found)
    for n, start in enumerate(found):
        _above(sheet, start, ignored, elsewhere)
        rows = {i for indices in sheet.rows.values() for i in indices}
        above = _group_heading(sheet, start, rows, first=n == 0) or (opening if n == 0 else ())
        if above or start.opener:
            # A comment behind prizes of several grades speaks of all of them.
            prizes = bool(lead) and all(_PRIZE.fullmatch(sheet.text(i)) for i in (*lead, *above))
            group, lead = (group if prizes else []), above
        draft = Draft(
            start.title, start.byline, why=start.why, opener=start.opener or _opener(drafts, start), marks=start.marks
        )
        group.append(draft)
        if lead:
            draft.about.append(("heading", lead))
        stop = found[n + 1].run if n + 1 < len(found) else len(sheet.units)
        inside = [i for i in range(start.at, stop) if i not in elsewhere and i != start.byline]
        comment, below = _body(sheet, draft, inside, ignored, lead, named)
        if comment and len(group) > 1:
            ignored.update((i, "expert_comment") for i in comment if i not in ignored)
            for member, units in comments.given(sheet, group, comment):
                member.about.append(("comment", units))
            below = below if below != lead else ()
        elif comment:
            draft.body += [i for i in comment if i not in ignored]
        if comment:
            group = []
        lead = below
        drafts.append(draft)
    for draft in drafts:
        _strip_end(sheet, draft, ignored)
    give_awards(sheet, drafts, range(found[0].at))
    if title := collection_title(sheet, found[0].at, ignored):
        for draft in drafts:
            draft.about.append(("heading", title))
    return drafts


def _opener(drafts: list[Draft], start: Start) -> str:
    return drafts[-1].opener if drafts and start.why == "bullet" and drafts[-1].why == "bullet" else ""


def _group_heading(sheet: Sheet, start: Start, rows: set[int], *, first: bool) -> tuple[int, ...]:
    """The heading right above an account; above the first one not the title of the whole document or a list."""
    above = [i for i in start.lead if i not in rows and "\t" not in sheet.text(i) and not sheet.text(i).startswith("(")]
    if first:
        above = [i for i in above if i > max(rows, default=-1) and not (i in start.lead[:1] and start.run == 0)]
    return tuple(above[-1:])


def _body(
    sheet: Sheet, draft: Draft, inside: list[int], ignored: dict[int, str], lead: tuple[int, ...], named: bool
) -> tuple[list[int], tuple[int, ...]]:
    """Sort the units below a head: body, comment, or ignored. Returns the comment and the heading in force below."""
    zone = ""
    comment: list[int] = []
    for n, i in enumerate(inside):
        known = sheet.looks[i]
        if known.role == "opener":
            ignored[i] = "part_heading"
            zone = known.rule if known.rule in {"notice", "preface", "related", "contents", "list"} else zone
            if known.rule == "box":
                del ignored[i]
                draft.body.append(i)
            continue
        if known.rule == "comment" and known.role == "section":
            zone = "comment"
        elif known.role == "heading" and _is_group_heading(sheet, i, named):
            zone, lead = "section_preface", (i,)
            ignored[i] = "group_heading"
            continue
        if i in ignored:
            continue
        if zone == "comment":
            comment.append(i)
        elif zone:
            ignored[i] = "award_list" if zone == "list" else zone
        elif known.rule in {"preface", "notice"} or is_editorial(sheet, i, n + 1 == len(inside)):
            ignored[i] = "editorial"
        else:
            draft.body.append(i)
    return comment, lead


def _is_group_heading(sheet: Sheet, index: int, named: bool) -> bool:
    """A heading over several accounts: listed in the contents, or above a 背景 where accounts name their union first."""
    rows = sheet.rows.get(title_key(sheet.text(index)))
    if rows and max(rows) < index:
        return True
    return named and sheet.role(index + 1) == "section" and sheet.looks[index + 1].section == "背景"


def _opening_group(sheet: Sheet, start: Start, ignored: dict[int, str]) -> tuple[int, ...]:
    """A heading with a 背景 of its own above the first account: the first group's, its text is a preface."""
    for i in range(start.run - 1, 0, -1):
        if sheet.role(i) == "section" and sheet.role(i - 1) == "heading" and start.byline is not None:
            ignored.update(dict.fromkeys(range(i, start.run), "section_preface"))
            ignored[i - 1] = "group_heading"
            return (i - 1,)
        if sheet.role(i) not in {"body", "section", "furniture"}:
            break
    return ()


def _above(sheet: Sheet, start: Start, ignored: dict[int, str], elsewhere: set[int]) -> None:
    for i in range(start.run, start.at):
        if i in ignored or i in elsewhere:
            continue
        role = sheet.role(i)
        ignored[i] = {"marker": "number", "opener": "part_heading", "label": "number"}.get(role, "group_heading")


def _front(sheet: Sheet, front: Iterable[int], ignored: dict[int, str]) -> None:
    """Name what stands before the first account."""
    rows = {i for indices in sheet.rows.values() for i in indices}
    last_row = max(rows, default=-1)
    first_row = min(rows, default=-1)
    zone = ""
    for i in front:
        known = sheet.looks[i]
        if known.role == "opener":
            zone = known.rule
        if i in ignored:
            continue
        text = sheet.text(i)
        if i in rows:
            ignored[i] = "award_list" if "\t" in text else "contents"
        elif known.role == "opener":
            ignored[i] = "part_heading"
        elif known.role in {"marker", "label"}:
            ignored[i] = "number"
        elif known.role == "body" or len(text) > _SUBSTANTIAL:
            if zone in {"preface", "notice", "contents"} or known.rule in {"preface", "notice"}:
                ignored[i] = known.rule or zone
            elif editorial_words().search(text):
                ignored[i] = "editorial"
            elif len(text) <= _SUBSTANTIAL and not (known.role == "body" and ends_sentence(text) and lead_unions(text)):
                ignored[i] = "front_matter"
        else:
            ignored[i] = "contents" if first_row <= i <= last_row else "front_matter"


def _strip_end(sheet: Sheet, draft: Draft, ignored: dict[int, str]) -> None:
    """Headings after the last text of an account stand over something else, or over nothing."""
    while draft.body and sheet.role(draft.body[-1]) in {"heading", "org", "subtitle", "marker"}:
        last = draft.body.pop()
        ignored[last] = "number" if sheet.role(last) == "marker" else "heading_without_text"
        # A slogan set in two lines: the first breaks off.
        if draft.body and len(sheet.text(draft.body[-1])) <= 30 and sheet.text(draft.body[-1])[-1] in ",、":
            ignored[draft.body.pop()] = "heading_without_text"
