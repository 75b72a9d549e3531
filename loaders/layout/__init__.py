"""How a text is laid out: lines, headings, columns, and where one account ends and the next begins."""

from __future__ import annotations

from dataclasses import dataclass

from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.layout.build import build
from unionkg.loaders.layout.context import context
from unionkg.loaders.layout.cut import cut
from unionkg.loaders.layout.order import repair
from unionkg.loaders.layout.sheet import sheet
from unionkg.loaders.source import SourceText


@dataclass(frozen=True, slots=True)
class Layout:
    """A document cut into accounts; ``ignored`` are line ranges (1-based, inclusive) with the rule that left them out."""

    context: DocumentContext
    accounts: tuple[Account, ...]
    ignored: tuple[tuple[tuple[int, int], str], ...]


def accounts(source: SourceText, *, published: str | None = None) -> Layout:
    """Cut a document into its accounts and read what holds for all of them.

    ``published`` is a partial date that overrides what the document prints. Never fails on text, whatever it holds.
    """
    whole = sheet(source)
    found = cut(whole)
    repair(whole, found)
    made = tuple(build(whole, draft, found.ignored, alone=len(found.drafts) == 1) for draft in found.drafts)
    ignored = tuple(((whole.units[i].first, whole.units[i].last), found.ignored[i]) for i in sorted(found.ignored))
    return Layout(context(whole, found, made, published), made, ignored)
