"""Where quotes stand: document, page and line of words that a document's text holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unionkg.graph.sentences import DocumentText

Texts = Callable[[str], "tuple[str, DocumentText] | None"]
"""See `unionkg.graph.corpus.titled_texts`."""


def place(document: str, quotes: Sequence[str], starts: Sequence[int], text: Texts) -> tuple[object, ...]:
    """Title, page and line of the first of several quotes of one document, and their words."""
    known = text(document)
    words = " … ".join(" ".join(quote.split()) for quote in dict.fromkeys(quotes)) or None
    if known is None or not starts:
        return (known[0] if known else document, None, None, words)
    title, lines = known
    return title, lines.page_of(starts[0]), lines.line_of(starts[0]), words
