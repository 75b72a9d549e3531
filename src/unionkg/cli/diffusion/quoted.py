"""Where quotes stand: document, page and line of words that a document's text holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unionkg.graph.sentences import DocumentText
    from unionkg.knowledge_graph import KnowledgeGraph

COLUMNS = ("document", "page", "line", "quote")
Texts = Callable[[str], "tuple[str, DocumentText] | None"]


def texts(kg: KnowledgeGraph) -> Texts:
    """Gives the title and the text of a document by id, each read once; None for one that the workspace has not."""
    from unionkg.graph.corpus import documents, text_of
    from unionkg.graph.sentences import DocumentText

    known = {document.id: document for document in documents(kg.workspace)}

    @cache
    def text(identifier: str) -> tuple[str, DocumentText] | None:
        document = known.get(identifier)
        if document is None:
            return None
        return document.title, DocumentText.of(document, text_of(kg.workspace, identifier))

    return text


def place(document: str, quotes: Sequence[str], starts: Sequence[int], text: Texts) -> tuple[object, ...]:
    """Title, page and line of the first of several quotes of one document, and their words (`COLUMNS`)."""
    known = text(document)
    words = " … ".join(" ".join(quote.split()) for quote in dict.fromkeys(quotes)) or None
    if known is None or not starts:
        return (known[0] if known else document, None, None, words)
    title, lines = known
    return title, lines.page_of(starts[0]), lines.line_of(starts[0]), words
