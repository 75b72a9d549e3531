"""Where accounts start, decided from the heads and series of the whole document.

Strong evidence (案例一, 申报单位, a union's name beside a title, a dateline, a photographer's credit) starts an
account by itself. Weak evidence (a plain headline, 一、, a date line below the headline, the tail of a page above it)
starts accounts only where it repeats and its members speak of unions of their own: inside one account the same
marks structure its text. A national announcement between accounts starts a piece so that it ends the one above;
`cut` leaves it out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from unionkg.loaders.layout.cues import squeeze
from unionkg.loaders.layout.heads import Start, candidates, is_piece_credit
from unionkg.loaders.layout.phrases import editorial_words
from unionkg.loaders.layout.series import (
    COLLECTION,
    all_captions,
    between_separators,
    bullets,
    captions,
    forms,
    led_paragraphs,
    numbered_paragraphs,
    ordinal_style,
    plain_briefs,
    speak_of_their_own,
    stray_captions,
    tagged_paragraphs,
    untitled_news,
)
from unionkg.loaders.layout.sheet import Sheet, lead_unions
from unionkg.loaders.layout.units import closed_up, ends_sentence

#: Evidence that starts an account by itself.
_STRONG = frozenset(("marker", "byline", "org"))
#: Openers whose text is no account of its own and no part of the account before.
_CLOSING = {"preface", "notice", "contents", "related", "list"}
_BEFORE_ACCOUNTS = {"preface", "contents"}
_EDITORS = re.compile(r"(?:本[刊报网]|编者|编辑部|编委会)")
_NATIONAL = re.compile(
    r"(?:中华)?(?:全国总工会|全总|国务院|人力资源(?:和)?社会保障部|人社部|中共中央|中办|国办)[^,。]{0,24}"
    r"(?:印发|发布|出台|部署|下发|启动|通知|意见|办法|规定|要求|召开)"
)
#: Where in the text below a headline its union is named, in characters; share of headlines that is nearly all.
_OPENING, _NEARLY_ALL = 60, 0.8


#: Accounts without headlines, each way of printing them tried where the ways before it found none.
_UNTITLED = (all_captions, tagged_paragraphs, between_separators, numbered_paragraphs, led_paragraphs)


def starts(sheet: Sheet) -> tuple[Start, ...]:
    """The starts of all accounts in the order of the document; empty where the document is a single account."""
    filled = tuple(forms(sheet))
    if filled:
        return filled
    heads = list(candidates(sheet))
    chosen = _choose(sheet, heads)
    listed = [*bullets(sheet), *plain_briefs(sheet), *captions(sheet)]
    if not chosen and not listed:
        listed = next(filter(None, (list(read(sheet)) for read in _UNTITLED)), [])
    if any(start.why == "dateline" for start in chosen):
        listed += stray_captions(sheet, chosen)
    untitled = list(untitled_news(sheet, heads)) if len(chosen) + len(listed) > 0 else []
    found = {start.at: start for start in [*untitled, *listed, *chosen]}
    return _share_headlines(sheet, [found[at] for at in sorted(found)])


def _share_headlines(sheet: Sheet, found: list[Start]) -> tuple[Start, ...]:
    """Give headlines that stand in one stack to the reports below them which they speak of.

    On a page whose columns were read in the wrong order two headlines follow each other and so do their texts.
    """
    for i in range(len(found) - 1):
        above, below = found[i], found[i + 1]
        if len(above.title) < 2 or below.title or "untitled" not in below.marks:
            continue
        own, other = sheet.text(above.body), sheet.text(below.body)
        given = tuple(
            t for t in above.title if shared_bigrams(sheet.text(t), other) > shared_bigrams(sheet.text(t), own)
        )
        if given and len(given) < len(above.title):
            kept = tuple(t for t in above.title if t not in given)
            found[i] = replace(above, title=kept, at=kept[0], marks=above.marks | {"stacked"})
            found[i + 1] = replace(below, title=given, marks=below.marks | {"stacked"})
    return tuple(found)


def shared_bigrams(heading: str, text: str) -> int:
    """How many pairs of neighbouring characters of a heading stand in a text."""
    bare = squeeze(heading)
    return sum(bare[i : i + 2] in text for i in range(len(bare) - 1))


def _choose(sheet: Sheet, found: list[Start]) -> list[Start]:
    """The candidates that start accounts."""
    candidates = _eligible(sheet, found)
    chosen = {c.at: why for c in candidates if (why := _strong(c))}
    listed = [c for c in candidates if "listed" in c.marks]
    if listed and sum(bool(c.marks & _STRONG) for c in listed) < 0.6 * len(listed):
        chosen |= {c.at: "listed" for c in listed if c.at not in chosen}
    chosen |= _between_credits(sheet, candidates, chosen)
    for mark, why in (("sourced", "sourced"), ("authored", "credited")):
        series = [c for c in candidates if mark in c.marks and c.title]
        if len(series) >= 2:
            chosen |= {c.at: why for c in series if c.at not in chosen}
    for mark in ("org first", "org last", "subtitle", "org alone"):
        series = [c for c in candidates if mark in c.marks]
        if len(series) >= 2 and not _inside_report(series, chosen) and not _below_headline(sheet, found, series):
            chosen |= {c.at: mark for c in series if c.at not in chosen}
    places = [c for c in candidates if "place first" in c.marks]
    if speak_of_their_own(sheet, places):
        chosen |= {c.at: "place first" for c in places if c.at not in chosen}
    _number_series(sheet, candidates, chosen)
    chosen |= _below_tails(sheet, candidates, chosen)
    if not chosen:
        plain = [c for c in candidates if not c.marks and c.title and len(c.title) <= 2]
        few = 2 if _is_collection(sheet, plain) else 3
        if len(plain) >= few and not _is_web_page(sheet, found, plain[1].at) and speak_of_their_own(sheet, plain):
            chosen |= {c.at: "heading" for c in plain}
    chosen |= _siblings(sheet, candidates, chosen)
    if len(chosen) >= 2:
        # Below the name of a column something new begins, be it no account.
        chosen |= {c.at: "column" for c in candidates if "column" in c.marks and c.title and c.at not in chosen}
    chosen |= _announcements(sheet, candidates, chosen)
    return [replace(c, why=chosen[c.at]) for c in candidates if c.at in chosen]


def _eligible(sheet: Sheet, candidates: list[Start]) -> list[Start]:
    """Candidates outside of prefaces, notices, lists of titles and the editors' own pieces."""
    known = _STRONG | {"listed", "org alone"}
    kept = [
        c
        for c in candidates
        if (c.opener not in _CLOSING or (c.marks & known and c.opener in _BEFORE_ACCOUNTS)) and not _editorial(sheet, c)
    ]
    last_row = max((max(rows) for rows in sheet.rows.values()), default=-1)
    if sum("listed" in c.marks for c in kept) >= 3:
        kept = [c for c in kept if c.at > last_row]
    return kept


def _strong(start: Start) -> str:
    """The evidence that starts an account by itself, "" where there is none."""
    if found := sorted(start.marks & _STRONG):
        return found[0]
    if start.marks & {"dateline", "person"}:
        return "dateline"
    if "speech" in start.marks:
        return "speech"
    if "pictures" in start.marks or start.why == "pictures":
        return "pictures"
    return "caption" if "caption" in start.marks else ""


def _number_series(sheet: Sheet, candidates: list[Start], chosen: dict[int, str]) -> None:
    """Add the members of a series 一、二、三 or 1, 2, 3 that are accounts and not the parts of one."""
    for mark in ("number", "ordinal"):
        for series in _by_style(sheet, [c for c in candidates if mark in c.marks]):
            _add_series(sheet, candidates, mark, series, chosen)


def _by_style(sheet: Sheet, series: list[Start]) -> list[list[Start]]:
    """Members of a series by how their ordinals are printed: (一) below 一、 numbers the parts of one member."""
    styles: dict[str, list[Start]] = {}
    for c in series:
        styles.setdefault(ordinal_style(sheet.text(c.title[0])) if c.title else "", []).append(c)
    return list(styles.values())


def _add_series(sheet: Sheet, candidates: list[Start], mark: str, series: list[Start], chosen: dict[int, str]) -> None:
    if series:
        members = {c.at for c in series}
        if any(at < min(members, default=0) for at in chosen if at not in members):
            return  # they number the parts of an account that began above
        own = speak_of_their_own(sheet, series)
        alone = mark == "number" and len(series) >= 3 and own
        if _is_web_page(sheet, candidates, min(members)) and not alone:
            return  # or of the one report that a web page holds
        if sum(c.at in chosen for c in series) >= max(2, len(series) / 2) or own:
            chosen |= {c.at: mark for c in series if c.at not in chosen}


def _inside_report(series: list[Start], chosen: dict[int, str]) -> bool:
    """Whether headings without datelines of their own stand below a report that has one: they are its subheadings."""
    first = series[0].at
    return first not in chosen and any(at < first and why == "dateline" for at, why in chosen.items())


def _below_headline(sheet: Sheet, heads: list[Start], series: list[Start]) -> bool:
    """Whether a headline above a series tells of a union itself: the series are its subheadings.

    Above accounts of their own stands the title of a collection, or the words of its editors.
    """
    above = next((c for c in heads if c.title and c.at < series[0].at), None)
    if above is None or above.at in {c.at for c in series}:
        return False
    title = "".join(map(sheet.text, above.title))
    texts = [sheet.text(i) for i in range(above.body, series[0].run) if sheet.role(i) == "body"]
    if not texts or COLLECTION.search(closed_up(title)) or above.opener or above.run:
        return False
    return bool(lead_unions(title + "\n" + "".join(texts))) and not editorial_words().search("".join(texts))


def _is_web_page(sheet: Sheet, candidates: list[Start], before: int) -> bool:
    """Whether a menu stands at the head of the document, or a source line between its first headline and the text."""
    if any(sheet.looks[i].rule in {"navigation", "share"} for i in range(before)):
        return True
    return any("sourced" in c.marks for c in candidates if c.at < before)


def _between_credits(sheet: Sheet, candidates: list[Start], chosen: dict[int, str]) -> dict[int, str]:
    """Pieces that each end with (某某总工会供稿): what follows such a line starts one, and the first needs none above."""
    credited = [c for c in candidates if "credited" in c.marks and c.title]
    lines = [i for i in range(len(sheet.units)) if is_piece_credit(sheet, i)]
    if not credited or len(lines) < 2:
        return {}
    above = [c for c in candidates if c.title and c.at < lines[0]]
    return {c.at: "credited" for c in [*above[-1:], *credited] if c.at not in chosen}


def _below_tails(sheet: Sheet, candidates: list[Start], chosen: dict[int, str]) -> dict[int, str]:
    """Headlines below the tail of a page (责编：…, 上一篇：…): another page's, where both speak of unions of their own."""
    below = [c for c in candidates if "after tail" in c.marks and c.title and c.at not in chosen]
    if not below:
        return {}
    first = [c for c in candidates if c.title and c.at < below[0].at and c.at not in chosen][:1]
    series = [*([] if any(at < below[0].at for at in chosen) else first), *below]
    return {c.at: "below tail" for c in series} if speak_of_their_own(sheet, series) else {}


def _is_collection(sheet: Sheet, plain: list[Start]) -> bool:
    """Whether the first headline stands under a line that says that several accounts follow, or a paper's name and date."""
    return bool(plain) and any(
        (sheet.role(i) in {"heading", "org", "opener"} and COLLECTION.search(closed_up(sheet.text(i))))
        or sheet.looks[i].rule == "masthead"
        for i in range(plain[0].at)
    )


def _siblings(sheet: Sheet, candidates: list[Start], chosen: dict[int, str]) -> dict[int, str]:
    """Plain headlines among accounts that have more: they too, where nearly all of them open with a union of their own.

    A subheading of an account goes on with its union; where subheadings are printed, most name no union at all.
    """
    plain = [
        c
        for c in candidates
        if c.at not in chosen and c.title and not c.marks - {"number", "ordinal", "column"} and sheet.units[c.at].gap
    ]
    if len(chosen) < 2 or not plain:
        return {}
    bounds = sorted(chosen)
    own = []
    for c in plain:
        opening = "".join(map(sheet.text, c.title)) + "\n" + sheet.text(c.body)[:_OPENING]
        above = max((at for at in bounds if at < c.at), default=c.run)
        before = "".join(map(sheet.text, range(above, c.run)))
        if any(union not in before for union in lead_unions(opening)) and _ended_above(sheet, c.run):
            own.append(c)
    return {c.at: "heading" for c in own} if len(own) >= _NEARLY_ALL * len(plain) else {}


def _ended_above(sheet: Sheet, index: int) -> bool:
    """Whether the text above a stretch of headings has come to its end."""
    return not index or ends_sentence(sheet.text(index - 1)) or sheet.text(index - 1).endswith(")")


def _announcements(sheet: Sheet, candidates: list[Start], chosen: dict[int, str]) -> dict[int, str]:
    """Headlines of what a national body announced, among accounts: they end the account above."""
    found = {
        c.at: "announcement"
        for c in candidates
        if c.at not in chosen
        and c.title
        and _NATIONAL.match("".join(map(sheet.text, c.title)))
        and not lead_unions("".join(map(sheet.text, c.title)))
    }
    if not found:
        return {}
    if not any(at < min(found) for at in chosen):
        first = next((c for c in candidates if c.title and c.at < min(found)), None)
        if first is None and not chosen:
            return {}
        if first is not None:
            found[first.at] = "heading"
    return found


def _editorial(sheet: Sheet, start: Start) -> bool:
    """A piece by the editors: 本刊编辑部 in the place of the organisation."""
    return any(
        len(sheet.text(i)) <= 16 and _EDITORS.match(sheet.text(i)) and sheet.role(i) != "person"
        for i in range(start.at, start.body)
        if i not in start.title
    )
