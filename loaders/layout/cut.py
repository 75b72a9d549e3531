"""Which units belong to which account, and by what rule the others are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from unionkg.loaders.layout.cues import ends_as_caption, squeeze
from unionkg.loaders.layout.sheet import Sheet, lead_unions, title_key
from unionkg.loaders.layout.starts import Start, read_head, starts
from unionkg.loaders.layout.units import ends_sentence
from unionkg.ontology.vocabulary import table

_AWARD = re.compile(r"奖|十大|十佳|优秀|最佳|入选|获评|提名|评选结果|展评")
_COLLECTED = re.compile(r"奖|十大|十佳|优秀|最佳|入选|获评|提名|创新案例|典型案例|示范")
_UNDER_GROUP = re.compile(r"\d{1,2}-\d{1,2}\s")
_TOP_ROW = re.compile(r"\d{1,2}\t")
_SUBSTANTIAL = 60
_NATIONAL = re.compile(r"全国总工会|中华全国总工会|(?<!健)全总|全国工会|全国职工|全国各级工会|各级工会")
#: A tail of a web page begins with one of these once the text is over.
_TAIL = {"credits", "imprint", "navigation", "share"}
_AUTHOR = re.compile(r"[^,。]{4,36}(?:主席|部长|书记|主任|会长)\s*[\u4e00-\u9fff]{2,4}")


@dataclass(slots=True)
class Draft:
    """An account in the making: indices of units. ``body`` is in the order of the document."""

    title: tuple[int, ...] = ()
    byline: int | None = None
    body: list[int] = field(default_factory=list)
    about: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    why: str = "single"
    opener: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def units(self) -> list[int]:
        """All units of the account, head first."""
        head = [*self.title, *([] if self.byline is None else [self.byline])]
        return [*sorted(head), *self.body] if self.why != "form" else sorted({*head, *self.body})


@dataclass(slots=True)
class Cut:
    """The accounts of a document and the rule by which each other unit is ignored."""

    drafts: list[Draft]
    ignored: dict[int, str]


def cut(sheet: Sheet) -> Cut:
    """Cut a document into its accounts."""
    ignored = {i: known.rule for i, known in enumerate(sheet.looks) if known.role == "furniture"}
    ignored |= {i: "reporter" for i, known in enumerate(sheet.looks) if known.role == "person"}
    found = starts(sheet)
    if len(found) >= 2:
        drafts = _collection(sheet, found, ignored)
    else:
        drafts = _single(sheet, found[0] if found else None, ignored)
    kept = []
    for draft in drafts:
        rule = _no_account(sheet, draft)
        if rule:
            ignored.update(dict.fromkeys(draft.units, rule))
        elif draft.body or draft.title:
            kept.append(draft)
    _credits(sheet, kept, ignored)
    return Cut(kept, ignored)


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
            if len(drafts) > 1 and not (text.startswith("(") and len(_NAMED_UNION.findall(text)) == 1):
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
            group, lead = [], above
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
            for member in group:
                member.about.append(("comment", tuple(comment)))
            below = below if below != lead else ()
        elif comment:
            draft.body += [i for i in comment if i not in ignored]
        if comment:
            group = []
        lead = below
        drafts.append(draft)
    for draft in drafts:
        _strip_end(sheet, draft, ignored)
    _awards(sheet, drafts, range(found[0].at))
    if title := _collection_title(sheet, found[0].at, ignored):
        for draft in drafts:
            draft.about.append(("heading", title))
    return drafts


def _collection_title(sheet: Sheet, first: int, ignored: dict[int, str]) -> tuple[int, ...]:
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
            zone = known.rule if known.rule in {"notice", "preface", "related", "contents"} else zone
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
            ignored[i] = zone
        elif known.rule in {"preface", "notice"} or _is_editorial(sheet, i, n + 1 == len(inside)):
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


@cache
def _editorial_words() -> re.Pattern[str]:
    return re.compile("|".join(row["phrase"] for row in table("layout_editorial")))


def _is_editorial(sheet: Sheet, index: int, last: bool) -> bool:
    """Whether the editors speak: at the end of an account, or in a line in brackets."""
    text = sheet.text(index)
    bracketed = text.startswith("(") and text.endswith(")")
    return (last or bracketed) and len(text) <= 240 and bool(_editorial_words().search(text))


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
            elif _editorial_words().search(text):
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


def _awards(sheet: Sheet, drafts: list[Draft], front: range) -> None:
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


# -- a single account ---------------------------------------------------------------------------------------------


def _single(sheet: Sheet, start: Start | None, ignored: dict[int, str]) -> list[Draft]:
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
        if sheet.looks[i].rule == "notice" or (n and _is_editorial(sheet, i, i + 1 == end) and len(text) <= 60):
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


# -- what is no account ---------------------------------------------------------------------------------------------


def _no_account(sheet: Sheet, draft: Draft) -> str | None:
    """The rule by which a piece is no account: national announcements, the editors' own notices."""
    text = " ".join(sheet.text(i) for i in draft.units)
    own = _LOCAL.search(text)
    if draft.why == "bullet" and not own and not lead_unions(text) and _editorial_words().search(text):
        return "notice"
    if own or draft.byline is not None:
        return None
    opening = " ".join(sheet.text(i) for i in [*draft.title, *draft.body[:1]])[:160]
    if _NATIONAL.search(opening) and _CENTRE.search(text):
        return "national_announcement"
    return None


_LOCAL = re.compile(
    r"(?!直辖|自治|各|省辖|地级|县级|地方)[\u4e00-\u9fff]{2,8}?(?:省|市|区|县|州|盟|旗|镇|街道|师)总工会|(?<!直辖)(?<!自治)[省市区县州镇]总(?:工会)?(?!结|量|体|部|值|数|面|人|局|共|计|额|投)|我会|(?:公司|集团|油田|大学|医院|矿|厂)工会"
)
_NAMED_UNION = re.compile(
    r"[\u4e00-\u9fff]{2,}?(?<!各地)(?<!各级)(?<!各地总)(?<!各级总)(?:总工会|工会联合会|工会)(?!网|要闻|动态|新闻|频道)"
)
_CENTRE = re.compile(r"全国总工会|全总|全国工会")
