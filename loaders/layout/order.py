"""Reading order within an account: columns read across each other, paragraphs printed twice, 三是 before 一是.

Units are only put in order or named as repeated; none is given to another account but a numbered paragraph that its
account already has and the next one lacks.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from unionkg.loaders.layout.drafts import Cut, Draft
from unionkg.loaders.layout.sheet import Sheet
from unionkg.loaders.layout.units import ends_sentence

_NUMERALS = {numeral: n for n, numeral in enumerate("一二三四五六七八九十", 1)}
_ORDINAL = re.compile(r"(?:([一二三四五六七八九十])是|第([一二三四五六七八九十])[,、]|([一二三四五六七八九十])、)")
_REPEATED = 30
_MAX_BLOCKS = 24


def repair(sheet: Sheet, found: Cut) -> None:
    """Put the units of each account into reading order; repeated paragraphs become ignored units."""
    _drop_repeated(sheet, found)
    _return_strays(sheet, found)
    troubled = [draft for draft in found.drafts if _misfits(sheet, draft) > 0]
    for draft in found.drafts:
        _sort_ordinals(sheet, draft)
        # One break in mid-sentence proves nothing; two, or several accounts of one make, prove columns.
        if draft in troubled and (len(troubled) >= 2 or _misfits(sheet, draft) >= 2):
            _untangle(sheet, draft)


def is_open(sheet: Sheet, index: int) -> bool:
    """Whether a paragraph breaks off in mid-sentence."""
    text = sheet.text(index)
    return is_text(sheet, index) and not ends_sentence(text) and text[-1] not in ":：" and len(text) >= 8


def is_text(sheet: Sheet, index: int) -> bool:
    """Whether a unit is running text; a short piece of it looks like a heading but for its commas."""
    return sheet.role(index) == "body" or (sheet.role(index) == "heading" and "," in sheet.text(index))


def ordinal_of(text: str) -> int:
    """The number of a paragraph that begins with 一是 or 第一、 or 一、; 0 for others."""
    match = _ORDINAL.match(text)
    return _NUMERALS[next(group for group in match.groups() if group)] if match else 0


def _drop_repeated(sheet: Sheet, found: Cut) -> None:
    for draft in found.drafts:
        seen: set[str] = set()
        kept = []
        for i in draft.body:
            text = sheet.text(i)
            if len(text) >= _REPEATED and text in seen:
                found.ignored[i] = "repeated_paragraph"
            else:
                kept.append(i)
            seen.add(text)
        draft.body = kept


def _return_strays(sheet: Sheet, found: Cut) -> None:
    """A paragraph 三是 that stands at the end of an account that has one already belongs to the next, which lacks it."""
    for draft, following in pairwise(found.drafts):
        if not draft.body or not following.body:
            continue
        last = draft.body[-1]
        number = ordinal_of(sheet.text(last))
        have = [ordinal_of(sheet.text(i)) for i in draft.body[:-1]]
        need = [ordinal_of(sheet.text(i)) for i in following.body]
        if number > 1 and number in have and number - 1 in need and number not in need and max(need) == number - 1:
            draft.body.pop()
            following.body.append(last)


def _sort_ordinals(sheet: Sheet, draft: Draft) -> None:
    """Order the paragraphs 一是, 二是, 三是 of a section where they are all there but in another order."""
    numbered = [(n, ordinal_of(sheet.text(i))) for n, i in enumerate(draft.body) if sheet.role(i) == "body"]
    numbered = [(n, number) for n, number in numbered if number]
    order = [number for _, number in numbered]
    if order == sorted(order) or sorted(order) != list(range(1, len(order) + 1)):
        return
    bounds = [n for n, _ in numbered] + [len(draft.body)]
    # What follows a numbered paragraph goes with it only while it completes its sentence.
    pieces: dict[int, list[int]] = {}
    for (n, number), stop in zip(numbered, bounds[1:], strict=True):
        end = n + 1
        while end < stop and is_open(sheet, draft.body[end - 1]) and sheet.role(draft.body[end]) == "body":
            end += 1
        pieces[number] = draft.body[n:end]
    moved = {i for piece in pieces.values() for i in piece}
    # They gather where the first of them stands, below its heading.
    at = next(n for n, number in numbered if number == 1)
    before = [i for i in draft.body[:at] if i not in moved]
    after = [i for i in draft.body[at:] if i not in moved]
    draft.body = [*before, *(i for number in sorted(pieces) for i in pieces[number]), *after]


def _columns(sheet: Sheet, draft: Draft) -> tuple[int, list[int]] | None:
    """Position of the last section heading, where two columns could run side by side, and the blocks below it."""
    heads = [n for n, i in enumerate(draft.body) if sheet.role(i) == "section"]
    if len(heads) < 2 or heads[-1] - heads[-2] < 2:
        return None
    blocks = draft.body[heads[-1] + 1 :]
    if not 2 <= len(blocks) <= _MAX_BLOCKS or not all(is_text(sheet, i) for i in blocks):
        return None
    return heads[-1], blocks


def _misfits(sheet: Sheet, draft: Draft) -> int:
    """How many paragraphs break off and are followed by one that does not continue them."""
    found = _columns(sheet, draft)
    if found is None:
        return 0
    head, blocks = found
    broken = sum(is_open(sheet, a) and not _continues(sheet, a, b) for a, b in pairwise(blocks))
    return broken + is_open(sheet, draft.body[head - 1])


def _untangle(sheet: Sheet, draft: Draft) -> None:
    """Deal the blocks below the last section heading out to the two columns so that most sentences go on."""
    found = _columns(sheet, draft)
    if found is None:
        return
    head, blocks = found

    @cache
    def best(n: int, left: int, right: int) -> tuple[float, tuple[bool, ...]]:
        """Score and sides of blocks n.. when ``left`` and ``right`` are the last units of the columns."""
        if n == len(blocks):
            return -1.0 * is_open(sheet, left) - 1.0 * is_open(sheet, right), ()
        block = blocks[n]
        below = blocks[n - 1]
        one, sides = best(n + 1, block, right)
        other, others = best(n + 1, left, block)
        stay_left = one + _fit(sheet, left, block) + (0.4 if below == right else 0.0)
        stay_right = other + _fit(sheet, right, block) + (0.4 if below == left else 0.0)
        return (stay_left, (True, *sides)) if stay_left > stay_right else (stay_right, (False, *others))

    _, sides = best(1, draft.body[head - 1], blocks[0])
    sides = (False, *sides)
    left = [block for block, to_left in zip(blocks, sides, strict=True) if to_left]
    right = [block for block, to_left in zip(blocks, sides, strict=True) if not to_left]
    draft.body = [*draft.body[:head], *left, draft.body[head], *right]


def _fit(sheet: Sheet, above: int, below: int) -> float:
    if not is_open(sheet, above):
        return 0.3
    if _continues(sheet, above, below):
        return 1.5
    joint = sheet.text(above)[-1:] + sheet.text(below)[:1]
    known = all("\u4e00" <= c <= "\u9fff" for c in joint) and joint in sheet.source.text
    return 0.7 if known else -0.5


def _continues(sheet: Sheet, above: int, below: int) -> bool:
    """Whether the words over the break stand elsewhere in the document."""
    a, b = sheet.text(above), sheet.text(below)
    if ordinal_of(b):
        return False
    return any(
        joint in sheet.source.text
        for joint in (a[-2:] + b[:1], a[-1:] + b[:2])
        if sum("\u4e00" <= c <= "\u9fff" for c in joint) >= 2
    )
