"""Accounts from their units: passage, title, byline, sections, and what stands about them elsewhere.

Nothing is decided about where accounts begin: ordinals, bullets, labels and brackets come off, sentences that a break
cut are made whole, and everything keeps its offsets in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from unionkg.graph.records import Evidence, SectionKind
from unionkg.loaders.accounts import Account, AccountSection
from unionkg.loaders.layout.cues import INLINE_ORDINAL, MARKER, ends_as_caption
from unionkg.loaders.layout.drafts import Draft
from unionkg.loaders.layout.kinds import kind_of
from unionkg.loaders.layout.names import names_in
from unionkg.loaders.layout.order import is_open, ordinal_of
from unionkg.loaders.layout.sheet import Sheet
from unionkg.loaders.layout.units import BULLETS, matching_copy
from unionkg.loaders.source import Passage, passage

Ranges = list[tuple[int, int]]
_LIST_MARK = re.compile(r"\d{1,2}[.、)]|\(?[一二三四五六七八九十\d]{1,2}\)|[①-⑨]|[一二三四五六七八九十]、")
_BRACKETED = re.compile(r"【([^【】]+)】")


def build(sheet: Sheet, draft: Draft, ignored: dict[int, str], *, alone: bool) -> Account:
    """Make an account of its units."""
    source = sheet.source
    title = _title_ranges(sheet, draft)
    byline = _spans(sheet, draft.byline) if draft.byline is not None else []
    if draft.byline is not None and (label := _label_length(sheet, draft.byline)):
        byline = [(byline[0][0] + label, byline[0][1])]
    if draft.byline is not None and sheet.looks[draft.byline].rule == "bracketed":
        byline = [(byline[0][0] + 1, byline[-1][1] - 1)]
    body = [(i, ranges) for i, ranges in _body_paragraphs(sheet, draft) if i != draft.byline]
    paragraphs = [*(pieces for _, pieces in title), *([byline] if byline else []), *(ranges for _, ranges in body)]
    whole = passage(source, paragraphs)
    # A line break in the passage has the offset of the character after it, which comes later and stays.
    positions = dict(zip(whole.offsets, range(len(whole.text)), strict=True))
    return Account(
        kind=kind_of(sheet, draft, ignored, alone=alone),
        lines=line_ranges(sheet, draft.units, ignored),
        passage=whole,
        title=" ".join(_shown(source.text[a:b]) for _, pieces in title for a, b in pieces) or None,
        title_evidence=tuple(_evidence(sheet, pieces) for _, pieces in title),
        body=_place(positions, whole, body[0][1]) if body else len(whole.text),
        byline=_within(positions, byline),
        sections=_sections(sheet, body, positions, whole),
        names=names_in(matching_copy(whole.text)),
        about=tuple((what, _about(sheet, indices)) for what, indices in draft.about),
    )


def line_ranges(sheet: Sheet, indices: Sequence[int], ignored: dict[int, str]) -> tuple[tuple[int, int], ...]:
    """Line ranges of units in reading order; page furniture between two units does not part them."""
    ranges: list[tuple[int, int]] = []
    previous = -2
    for i in indices:
        unit = sheet.units[i]
        if ranges and i > previous and all(j in ignored for j in range(previous + 1, i)):
            ranges[-1] = (ranges[-1][0], unit.last)
        else:
            ranges.append((unit.first, unit.last))
        previous = i
    return tuple(ranges)


def _spans(sheet: Sheet, index: int) -> Ranges:
    """Offset ranges of the lines of a unit."""
    return list(sheet.units[index].spans)


def _title_ranges(sheet: Sheet, draft: Draft) -> list[tuple[int, Ranges]]:
    """Ranges of the title by unit, without ordinal, bullet, label or the brackets around all of it."""
    found = []
    for n, i in enumerate(draft.title):
        spans = _spans(sheet, i)
        if n == 0:
            start, end = spans[0]
            text = sheet.text(i)
            skip = _label_length(sheet, i) if sheet.role(i) == "label" else _mark_length(text)
            if text.startswith("原标题"):
                skip = len("原标题") + 1
            start += skip
            if len(spans) == 1 and (match := _BRACKETED.fullmatch(sheet.source.text[start:end])):
                start, end = start + match.start(1), start + match.end(1)
            spans[0] = (start, end)
        if sheet.text(i).endswith("(主题)"):
            spans[-1] = (spans[-1][0], spans[-1][1] - len("(主题)"))
        found.append((i, spans))
    return found


def _mark_length(text: str) -> int:
    bare = text.lstrip(BULLETS + " ")
    if match := MARKER.match(bare) or INLINE_ORDINAL.match(bare):
        bare = bare[match.end() :]
    return len(text) - len(bare.lstrip()) if bare else 0


def _label_length(sheet: Sheet, index: int) -> int:
    bare = sheet.looks[index].bare
    return len(sheet.text(index)) - len(bare) if bare and sheet.role(index) in {"label", "byline"} else 0


def _body_paragraphs(sheet: Sheet, draft: Draft) -> list[tuple[int, Ranges]]:
    """The paragraphs of the body with their first unit; a sentence cut by a break is whole again."""
    paragraphs: list[tuple[int, Ranges]] = []
    previous: int | None = None
    for i in draft.body:
        spans = _spans(sheet, i)
        if not spans:
            continue
        if draft.why == "bullet" and i == draft.body[0] and sheet.role(i) == "bullet":
            spans[0] = (spans[0][0] + _bullet_length(sheet.text(i)), spans[0][1])
        if previous is not None and _runs_on(sheet, previous, i):
            paragraphs[-1] = (paragraphs[-1][0], [*paragraphs[-1][1], *spans])
        else:
            paragraphs.append((i, spans))
        previous = i
    return paragraphs


def _bullet_length(text: str) -> int:
    return len(text) - len(text.lstrip(BULLETS + " "))


def _runs_on(sheet: Sheet, above: int, below: int) -> bool:
    """Whether the text of a unit continues the sentence that the one above breaks off."""
    text = sheet.text(below)
    if sheet.role(below) not in {"body", "heading"} or _LIST_MARK.match(text) or ordinal_of(text):
        return False
    first = sheet.text(above)
    if sheet.role(above) == "heading":
        # A fragment of text that looks like a heading: it has commas and the next unit is plain text.
        return (
            "," in first
            and sheet.role(below) == "body"
            and sheet.role(above - 1) in {"heading", "body"}
            and len(first) > 12
        )
    broken = is_open(sheet, above) or (sheet.role(above) in {"bullet", "label"} and not _ended(first))
    if not broken or ends_as_caption(first):
        return False
    unit = sheet.units[above]
    if unit.last > unit.first:
        # Set in short lines: text runs on only from a full line.
        return len(sheet.source.line(unit.last).strip()) >= 0.75 * sheet.width
    return sheet.role(below) == "body"


def _ended(text: str) -> bool:
    return text.rstrip("”’\"')]】")[-1:] in set("。!?…;:")


def _place(positions: dict[int, int], whole: Passage, ranges: Ranges) -> int:
    """Where in the passage the first character of some ranges stands."""
    for start, end in ranges:
        for offset in range(start, end):
            if offset in positions:
                return positions[offset]
    return len(whole.text)


def _within(positions: dict[int, int], ranges: Ranges) -> tuple[int, int] | None:
    places = [positions[offset] for start, end in ranges for offset in range(start, end) if offset in positions]
    return (places[0], places[-1] + 1) if places else None


def _sections(
    sheet: Sheet, body: list[tuple[int, Ranges]], positions: dict[int, int], whole: Passage
) -> tuple[AccountSection, ...]:
    """Parts of the passage between headings of sections; headings outside of them."""
    marks: list[tuple[SectionKind, str, int, int]] = []
    heading: list[int] = []
    for i, ranges in body:
        kind = sheet.looks[i].section
        if kind is None:
            continue
        start = _place(positions, whole, ranges)
        end = (_within(positions, ranges) or (start, start))[1]
        if sheet.role(i) == "label":
            end = start + len(re.sub(r"\s", "", sheet.text(i)[: _label_length(sheet, i)]))
        if heading and heading[-1] == i - 1 and sheet.looks[i - 1] is sheet.looks[i] and marks:
            marks[-1] = (kind, marks[-1][1] + whole.text[start:end], marks[-1][2], end)
        else:
            marks.append((kind, sheet.units[i].column or whole.text[start:end], start, end))
        heading.append(i)
    if not marks:
        return ()
    stops = [start for _, _, start, _ in marks[1:]] + [len(whole.text)]
    return tuple(
        AccountSection(
            kind,
            printed.strip("【】[]*:： " + BULLETS),
            _skip(whole.text, end),
            max(_skip(whole.text, end), _back(whole.text, stop)),
        )
        for (kind, printed, _, end), stop in zip(marks, stops, strict=True)
    )


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] == "\n":
        position += 1
    return position


def _back(text: str, position: int) -> int:
    while position and text[position - 1] == "\n":
        position -= 1
    return position


def _about(sheet: Sheet, indices: Iterable[int]) -> Passage:
    return passage(sheet.source, [_spans(sheet, i) for i in indices])


def _evidence(sheet: Sheet, pieces: Ranges) -> Evidence:
    return sheet.source.evidence(pieces[0][0], pieces[-1][1])


def _shown(text: str) -> str:
    return " ".join(text.split())
