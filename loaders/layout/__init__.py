"""How a text is laid out: lines, headings, columns, and where one account ends and the next begins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.layout.build import build
from unionkg.loaders.layout.context import context
from unionkg.loaders.layout.cut import cut
from unionkg.loaders.layout.drafts import Cut
from unionkg.loaders.layout.order import repair
from unionkg.loaders.layout.sheet import Sheet, sheet
from unionkg.loaders.source import SourceText


@dataclass(frozen=True, slots=True)
class Layout:
    """A document cut into accounts; ``ignored`` are line ranges (1-based, inclusive) with the rule that left them out.

    ``announcements`` are cut like accounts, but tell what a national body announced: their lines count as ignored.
    """

    context: DocumentContext
    accounts: tuple[Account, ...]
    ignored: tuple[tuple[tuple[int, int], str], ...]
    announcements: tuple[Account, ...] = ()


def accounts(source: SourceText, *, published: str | None = None, rows: Sequence[tuple[int, int]] = ()) -> Layout:
    """Cut a document into its accounts and read what holds for all of them.

    ``published`` is a partial date that overrides what the document prints. ``rows`` are the offsets of accounts that
    are rows of a table: text after the first of them and in none of them is part of no account. Never fails on text, whatever it holds.
    """
    whole = sheet(source)
    found = cut(whole)
    _leave_out(whole, found, rows)
    repair(whole, found)
    made = tuple(build(whole, draft, found.ignored, alone=len(found.drafts) == 1) for draft in found.drafts)
    ignored = tuple(((whole.units[i].first, whole.units[i].last), found.ignored[i]) for i in sorted(found.ignored))
    announced = tuple(build(whole, draft, found.ignored, alone=False) for draft in found.announcements)
    return Layout(context(whole, found, made, published), made, ignored, announced)


def _leave_out(whole: Sheet, found: Cut, rows: Sequence[tuple[int, int]]) -> None:
    """Take out of accounts what stands between and below the rows of their table: sums, notes, other lists."""
    if not rows:
        return
    starts = [start for start, _ in rows]
    for draft in found.drafts:
        for i in list(draft.body):
            at = whole.units[i].spans[0][0]
            row = bisect_right(starts, at) - 1
            if row >= 0 and at >= rows[row][1]:
                draft.body.remove(i)
                found.ignored[i] = "outside_rows"
