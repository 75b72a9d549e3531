"""Accounts with a headline, for the tests of the readers of practices, themes, concepts and groups."""

from __future__ import annotations

from unionkg.graph.records import PracticeStatement
from unionkg.loaders.accounts import Account, DocumentContext
from unionkg.loaders.extract import practices
from unionkg.loaders.source import SourceText, passage


def told(text: str, title: str | None = None) -> tuple[Account, DocumentContext]:
    """An account of ``text``, one paragraph a line, with a headline of one line where ``title`` is given."""
    source = SourceText(text if title is None else f"{title}\n{text}")
    lines = [[source.line_span(number)] for number in range(1, source.line_count + 1)]
    account = Account(
        kind="case",
        lines=((1, source.line_count),),
        passage=passage(source, lines),
        title=title,
        title_evidence=() if title is None else (source.evidence(0, len(title)),),
        body=0 if title is None else len(passage(source, lines[:1]).text) + 1,
    )
    return account, DocumentContext(source=source)


def practices_of(text: str, title: str | None = None) -> tuple[PracticeStatement, ...]:
    """The practices read from an account."""
    return practices.read(*told(text, title))


def main_of(text: str, title: str | None = None) -> PracticeStatement:
    """The one main practice of an account."""
    (main,) = [practice for practice in practices_of(text, title) if practice.main]
    return main
